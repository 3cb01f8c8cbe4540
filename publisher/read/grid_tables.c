/* Grid tables. Lines of plus signs and hyphens stand between rows, bars between columns. All places
   where such lines begin and end give elementary rows and columns; where no line stands between two
   elementary cells, they are one. Each that comes out must be a rectangle. Every step goes once
   over the lines, whatever they hold. */
#include "read/text_tables.h"

#include <string.h>

enum { WIDEST_GRID = 4096, MOST_GRID_LINES = 20000 };

struct grid {
    struct reader *reader;
    uint32_t first; /* line of the source */
    size_t count, prefix;
    size_t borders[LIMIT_TABLE_COLUMNS + 1]; /* columns of the screen */
    unsigned columns;
    size_t *offsets;      /* of each border in each line */
    uint32_t *boundaries; /* lines between rows, from 0 */
    unsigned rows;
    bool *taken;
};

static text line_of(const struct grid *grid, size_t number)
{
    text line = reader_line(grid->reader, grid->first + (uint32_t)number);
    while (line.length &&
           (line.bytes[line.length - 1] == ' ' || line.bytes[line.length - 1] == '\t'))
        line.length--;
    return line;
}

static bool is_rule_sign(char c)
{
    return c == '-' || c == '=' || c == ':';
}

static bool is_edge(char c)
{
    return c == '+' || c == '|';
}

/* Marks both ends of each stretch of a rule in the line. True: it has one. */
static bool mark_rules(text line, size_t from, bool *is_border)
{
    bool found = false;
    size_t offset = from, column = from, last = SIZE_MAX;
    while (offset < line.length && column < WIDEST_GRID) {
        char c = line.bytes[offset];
        if (c == '+') {
            if (last != SIZE_MAX && column > last + 1) {
                is_border[last] = is_border[column] = true;
                found = true;
            }
            last = column;
        } else if (!is_rule_sign(c)) {
            last = SIZE_MAX;
        }
        text_find_column(line, column + 1, &offset, &column);
    }
    return found;
}

static bool find_lines(struct grid *grid)
{
    text first = reader_line(grid->reader, grid->first);
    while (grid->prefix < first.length && first.bytes[grid->prefix] == ' ')
        grid->prefix++;
    for (; grid->count < MOST_GRID_LINES; grid->count++) {
        text line = line_of(grid, grid->count);
        if (grid->first + grid->count > grid->reader->line_count || line.length <= grid->prefix ||
            !is_edge(line.bytes[grid->prefix]))
            break;
        if (!is_edge(line.bytes[line.length - 1]))
            return false;
    }
    return grid->count >= 3 && grid->count < MOST_GRID_LINES;
}

static bool find_borders(struct grid *grid)
{
    bool *is_border = ARENA_NEW_ARRAY(grid->reader->arena, WIDEST_GRID + 2, bool);
    size_t count = 0;
    grid->boundaries = ARENA_NEW_ARRAY(grid->reader->arena, grid->count, uint32_t);
    for (size_t i = 0; i < grid->count; i++) {
        if (mark_rules(line_of(grid, i), grid->prefix, is_border))
            grid->boundaries[grid->rows++] = (uint32_t)i;
    }
    for (size_t i = 0; i < WIDEST_GRID; i++) {
        if (is_border[i] && count > LIMIT_TABLE_COLUMNS)
            return false;
        if (is_border[i])
            grid->borders[count++] = i;
    }
    if (count < 2 || grid->rows < 2 || grid->boundaries[0] != 0 ||
        grid->boundaries[grid->rows - 1] != grid->count - 1)
        return false;
    grid->columns = (unsigned)count - 1;
    grid->rows--;
    return true;
}

/* The offset of a border in a line. */
static size_t offset_at(const struct grid *grid, size_t line, unsigned border)
{
    return grid->offsets[line * (grid->columns + 1) + border];
}

static bool find_offsets(struct grid *grid)
{
    size_t width = grid->columns + 1;
    grid->offsets = ARENA_NEW_ARRAY(grid->reader->arena, grid->count * width, size_t);
    for (size_t i = 0; i < grid->count; i++) {
        text line = line_of(grid, i);
        size_t offset = 0, column = 0;
        for (unsigned b = 0; b <= grid->columns; b++) {
            text_find_column(line, grid->borders[b], &offset, &column);
            grid->offsets[i * width + b] = offset;
            bool is_outer = b == 0 || b == grid->columns;
            if (is_outer && (offset >= line.length || !is_edge(line.bytes[offset])))
                return false;
        }
        if (offset + 1 != line.length)
            return false;
    }
    return true;
}

static bool has_rule(const struct grid *grid, unsigned boundary, unsigned column)
{
    size_t number = grid->boundaries[boundary];
    text line = line_of(grid, number);
    size_t from = offset_at(grid, number, column) + 1, to = offset_at(grid, number, column + 1);
    for (size_t i = from; i < to; i++) {
        if (!is_rule_sign(line.bytes[i]) && line.bytes[i] != '+')
            return false;
    }
    return to > from;
}

/* Between the column and the next, in an elementary row. */
static bool has_bar(const struct grid *grid, unsigned row, unsigned column)
{
    for (size_t i = grid->boundaries[row] + 1; i < grid->boundaries[row + 1]; i++) {
        text line = line_of(grid, i);
        size_t offset = offset_at(grid, i, column + 1);
        if (offset >= line.length || !is_edge(line.bytes[offset]))
            return false;
    }
    return true;
}

/* The rectangle whose first elementary cell this is. */
static bool take_cell(struct grid *grid, unsigned row, unsigned column, struct text_cell *cell)
{
    unsigned last_column = column, last_row = row;
    while (last_column + 1 < grid->columns && !has_bar(grid, row, last_column))
        last_column++;
    while (last_row + 1 < grid->rows && !has_rule(grid, last_row + 1, column))
        last_row++;
    for (unsigned r = row; r <= last_row; r++) {
        for (unsigned c = column; c <= last_column; c++) {
            bool *taken = &grid->taken[r * grid->columns + c];
            if (*taken || (c < last_column && has_bar(grid, r, c)) ||
                (r < last_row && has_rule(grid, r + 1, c)) ||
                (r == last_row && r + 1 < grid->rows && !has_rule(grid, r + 1, c)))
                return false;
            *taken = true;
        }
        if (last_column + 1 < grid->columns && !has_bar(grid, r, last_column))
            return false;
    }
    *cell = (struct text_cell){.row = row,
                               .column = column,
                               .rows = last_row - row + 1,
                               .columns = last_column - column + 1};
    return true;
}

static void add_pieces(const struct grid *grid, struct text_cell *cell)
{
    size_t from = grid->boundaries[cell->row] + 1, to = grid->boundaries[cell->row + cell->rows];
    for (size_t i = from; i < to; i++)
        text_cell_add_piece(grid->reader, cell,
                            (struct text_piece){grid->first + (uint32_t)i,
                                                offset_at(grid, i, cell->column) + 1,
                                                offset_at(grid, i, cell->column + cell->columns)});
}

static void find_head(const struct grid *grid, struct text_table *table)
{
    unsigned rule = 0;
    for (unsigned b = 1; b < grid->rows && rule == 0; b++) {
        if (text_find_byte(line_of(grid, grid->boundaries[b]), '=', 0) != SIZE_MAX)
            rule = b;
    }
    table->head_rows = rule;
    table->lacks_head = rule == 0;
    size_t number = grid->boundaries[rule];
    text line = line_of(grid, number);
    for (unsigned c = 0; c < grid->columns; c++) {
        bool is_left = line.bytes[offset_at(grid, number, c) + 1] == ':';
        bool is_right = line.bytes[offset_at(grid, number, c + 1) - 1] == ':';
        table->alignments[c] = is_left && is_right ? ALIGN_CENTRE
                               : is_right          ? ALIGN_RIGHT
                               : is_left           ? ALIGN_LEFT
                                                   : ALIGN_START;
    }
}

bool grid_table_find(struct reader *reader, uint32_t number, size_t from, struct text_table *table)
{
    struct grid grid = {.reader = reader, .first = number, .prefix = from};
    if (!find_lines(&grid) || !find_borders(&grid) || !find_offsets(&grid))
        return false;
    *table = (struct text_table){.kind = TABLE_GRID,
                                 .first = number,
                                 .last = number + (uint32_t)grid.count - 1,
                                 .columns = grid.columns,
                                 .rows = grid.rows};
    for (unsigned c = 0; c < grid.columns; c++) {
        if (!has_rule(&grid, 0, c) || !has_rule(&grid, grid.rows, c))
            return false;
    }
    find_head(&grid, table);
    grid.taken = ARENA_NEW_ARRAY(reader->arena, (size_t)grid.rows * grid.columns, bool);
    for (unsigned row = 0; row < grid.rows; row++) {
        for (unsigned column = 0; column < grid.columns; column++) {
            struct text_cell cell;
            if (grid.taken[row * grid.columns + column])
                continue;
            if (!take_cell(&grid, row, column, &cell))
                return false;
            add_pieces(&grid, text_table_add_cell(reader, table, cell));
        }
    }
    return true;
}

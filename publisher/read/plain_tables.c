/* Tables without bars, after Pandoc: a line of hyphens says where columns stand. A simple table has
   a line a row; in one of many lines blank lines stand between the rows, and whole lines of hyphens
   around it. Either may be without a head, and then a line of hyphens begins and ends it. */
#include "read/text_tables.h"

enum { MOST_ROWS = 20000 };

struct column {
    size_t from, to; /* of the hyphens, in columns of the screen */
};

struct plain {
    struct reader *reader;
    size_t prefix;
    struct column columns[LIMIT_TABLE_COLUMNS];
    unsigned count;
};

static text line_of(const struct plain *plain, uint32_t number)
{
    text line = text_table_line(plain->reader, number);
    while (line.length &&
           (line.bytes[line.length - 1] == ' ' || line.bytes[line.length - 1] == '\t'))
        line.length--;
    return line;
}

static bool is_blank(const struct plain *plain, uint32_t number)
{
    text line = line_of(plain, number);
    return number > plain->reader->line_count ||
           text_is_blank(text_slice(line, plain->prefix, line.length));
}

/* The groups of hyphens that the line is made of; 0: it has something else, or too many. */
static unsigned read_hyphens(const struct plain *plain, uint32_t number, struct column *columns)
{
    text line = line_of(plain, number);
    unsigned count = 0;
    for (size_t i = plain->prefix; i < line.length;) {
        if (line.bytes[i] == ' ') {
            i++;
            continue;
        }
        size_t from = i;
        while (i < line.length && line.bytes[i] == '-')
            i++;
        if (i < from + 2 || count == LIMIT_TABLE_COLUMNS)
            return 0;
        columns[count++] = (struct column){from, i};
    }
    return count;
}

static unsigned count_hyphens(const struct plain *plain, uint32_t number)
{
    struct column columns[LIMIT_TABLE_COLUMNS];
    return read_hyphens(plain, number, columns);
}

/* cells */

static bool is_space_at(text line, size_t offset)
{
    return offset >= line.length || line.bytes[offset] == ' ';
}

/* The bytes of a column in a line, without the spaces around them. */
static struct text_piece piece_of(const struct plain *plain, uint32_t number, unsigned column,
                                  size_t *offset, size_t *at)
{
    text line = line_of(plain, number);
    struct text_piece piece = {number, *offset, line.length};
    if (column + 1 < plain->count) {
        text_find_column(line, plain->columns[column + 1].from, offset, at);
        piece.to = *offset < line.length ? *offset : line.length;
    }
    while (piece.from < piece.to && line.bytes[piece.from] == ' ')
        piece.from++;
    while (piece.to > piece.from && line.bytes[piece.to - 1] == ' ')
        piece.to--;
    return piece;
}

static void add_line(struct plain *plain, struct text_table *table, unsigned row, uint32_t number)
{
    text line = line_of(plain, number);
    size_t offset = plain->prefix, at = plain->prefix;
    struct text_cell *cells = &table->cells[(size_t)row * plain->count];
    for (unsigned column = 0; column < plain->count; column++) {
        struct text_piece piece = piece_of(plain, number, column, &offset, &at);
        bool is_crossed = column + 1 < plain->count && offset < line.length && offset &&
                          !is_space_at(line, offset) && !is_space_at(line, offset - 1);
        if (is_crossed && table->crossed.line == 0)
            table->crossed = (struct text_piece){number, offset - 1, offset + 1};
        if (piece.to > piece.from)
            text_cell_add_piece(plain->reader, &cells[column], piece);
    }
}

static void add_row(struct plain *plain, struct text_table *table)
{
    for (unsigned column = 0; column < plain->count; column++)
        text_table_add_cell(
            plain->reader, table,
            (struct text_cell){.row = table->rows, .column = column, .rows = 1, .columns = 1});
    table->rows++;
}

static size_t column_at(text line, size_t offset)
{
    size_t at = 0, column = 0;
    while (at < offset && at < line.length)
        text_find_column(line, column + 1, &at, &column);
    return column;
}

/* How the words of the head stand to the hyphens tells the alignment; of several lines the shortest
   does, as for Pandoc. The words are those of the first row. */
static void align(const struct plain *plain, struct text_table *table)
{
    for (unsigned i = 0; i < plain->count && i < table->cell_count; i++) {
        const struct text_cell *cell = &table->cells[i];
        const struct text_piece *shortest = NULL;
        for (size_t n = 0; n < cell->piece_count; n++) {
            const struct text_piece *piece = &cell->pieces[n];
            if (!shortest || piece->to - piece->from < shortest->to - shortest->from)
                shortest = piece;
        }
        if (!shortest)
            continue;
        text line = line_of(plain, shortest->line);
        bool is_left = column_at(line, shortest->from) <= plain->columns[i].from;
        bool is_right = column_at(line, shortest->to) >= plain->columns[i].to;
        table->alignments[i] = is_left == is_right ? (is_left ? ALIGN_START : ALIGN_CENTRE)
                               : is_left           ? ALIGN_LEFT
                                                   : ALIGN_RIGHT;
    }
}

/* kinds */

/* A line for each row, from `first`; the first line after them. */
static uint32_t add_rows(struct plain *plain, struct text_table *table, uint32_t first)
{
    uint32_t number = first;
    for (; !is_blank(plain, number) && !count_hyphens(plain, number); number++) {
        if (table->rows > MOST_ROWS)
            return number;
        add_row(plain, table);
        add_line(plain, table, table->rows - 1, number);
    }
    return number;
}

/* Blank lines stand between rows. Up to a line of so many groups of hyphens with a blank line
   behind it; 0: there is none. */
static uint32_t add_blocks(struct plain *plain, struct text_table *table, uint32_t first,
                           unsigned groups)
{
    bool in_row = false;
    for (uint32_t number = first; number <= plain->reader->line_count; number++) {
        if (table->rows > MOST_ROWS)
            return 0;
        if (is_blank(plain, number)) {
            in_row = false;
            continue;
        }
        unsigned hyphens = count_hyphens(plain, number);
        if (hyphens)
            return hyphens == groups && is_blank(plain, number + 1) ? number : 0;
        if (!in_row)
            add_row(plain, table);
        in_row = true;
        add_line(plain, table, table->rows - 1, number);
    }
    return 0;
}

/* Whether the columns of a line of hyphens begin where those of the table do: people draw the last
   line longer or shorter than the first. */
static bool begin_alike(const struct plain *plain, uint32_t number)
{
    struct column columns[LIMIT_TABLE_COLUMNS];
    if (read_hyphens(plain, number, columns) != plain->count)
        return false;
    for (unsigned i = 0; i < plain->count; i++) {
        if (columns[i].from != plain->columns[i].from)
            return false;
    }
    return true;
}

/* `Table: words`, which nobody writes but below a table. */
static bool is_caption(const struct plain *plain, uint32_t number)
{
    text line = line_of(plain, number);
    return text_starts_with(text_trim(text_slice(line, plain->prefix, line.length)),
                            TEXT("Table: "));
}

/* An empty row for the head that is not there. */
static bool find_headless(struct plain *plain, uint32_t number, struct text_table *table)
{
    plain->count = read_hyphens(plain, number, plain->columns);
    if (plain->count < 2 || is_blank(plain, number + 1) || count_hyphens(plain, number + 1))
        return false;
    uint32_t last = number + 1;
    bool has_blanks = false;
    while (last <= plain->reader->line_count && last < number + MOST_ROWS &&
           !count_hyphens(plain, last))
        has_blanks |= is_blank(plain, last++);
    if (last > plain->reader->line_count || !begin_alike(plain, last) ||
        !(is_blank(plain, last + 1) || is_caption(plain, last + 1)))
        return false;
    table->lacks_head = true;
    table->kind = has_blanks ? TABLE_MULTILINE : TABLE_SIMPLE;
    if (has_blanks)
        add_blocks(plain, table, number + 1, plain->count);
    else
        add_rows(plain, table, number + 1);
    table->last = last;
    align(plain, table);
    return true;
}

static bool find_simple(struct plain *plain, uint32_t number, struct text_table *table)
{
    plain->count = read_hyphens(plain, number + 1, plain->columns);
    if (plain->count < 2 || is_blank(plain, number) || is_blank(plain, number + 2) ||
        count_hyphens(plain, number + 2))
        return false;
    table->kind = TABLE_SIMPLE;
    table->head_rows = 1;
    add_row(plain, table);
    add_line(plain, table, 0, number);
    uint32_t after = add_rows(plain, table, number + 2);
    table->last = count_hyphens(plain, after) ? after : after - 1;
    align(plain, table);
    return true;
}

static bool find_multiline(struct plain *plain, uint32_t number, struct text_table *table)
{
    uint32_t rule = number + 1;
    while (!is_blank(plain, rule) && !count_hyphens(plain, rule) && rule < number + 64)
        rule++;
    plain->count = read_hyphens(plain, rule, plain->columns);
    if (rule == number + 1 || plain->count < 2 || is_blank(plain, rule + 1))
        return false;
    table->kind = TABLE_MULTILINE;
    table->head_rows = 1;
    add_row(plain, table);
    for (uint32_t line = number + 1; line < rule; line++)
        add_line(plain, table, 0, line);
    table->last = add_blocks(plain, table, rule + 1, 1);
    align(plain, table);
    return table->last > 0;
}

bool plain_table_find(struct reader *reader, uint32_t number, size_t from, struct text_table *table)
{
    struct plain plain = {.reader = reader, .prefix = from};
    *table = (struct text_table){.first = number};
    unsigned hyphens = count_hyphens(&plain, number);
    bool is_found = hyphens == 1 ? find_multiline(&plain, number, table)
                    : hyphens    ? find_headless(&plain, number, table)
                                 : find_simple(&plain, number, table);
    table->columns = plain.count;
    return is_found;
}

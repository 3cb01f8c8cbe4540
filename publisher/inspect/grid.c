#include "inspect/grid.h"

#include <stdlib.h>

/* MOST_REACHED: rows that headers reach along, all in all. */
enum { MOST_COLUMNS = 1000, MOST_CELLS = 2000000, MOST_REACHED = 8000000 };

/* The next TR of the table behind `row` (0: the first); rows of tables within its cells are not
   its own. */
static uint32_t next_row(const struct inspection *inspection, uint32_t table, uint32_t row)
{
    uint32_t at = row ? inspection_skip(inspection, row, table) : inspection->nodes[table].first;
    while (at && !node_is(inspection, at, "TR")) {
        bool is_part = node_is(inspection, at, "THead") || node_is(inspection, at, "TBody") ||
                       node_is(inspection, at, "TFoot");
        at = is_part ? inspection_next(inspection, at, table)
                     : inspection_skip(inspection, at, table);
    }
    return at;
}

static void add_cell(struct grid *grid, struct grid_cell cell)
{
    if (grid->count == grid->capacity) {
        grid->capacity = grid->capacity ? grid->capacity * 2 : 64;
        grid->cells = memory_reallocate(grid->cells, grid->capacity * sizeof *grid->cells);
    }
    grid->cells[grid->count++] = cell;
}

/* Puts one row's cells into the first columns that cells from above leave free. open: how many more
   rows the column is taken for. The row's width. */
static uint32_t place_row(struct grid *grid, const struct inspection *inspection, uint32_t row,
                          uint32_t *open)
{
    uint32_t column = 0, width = 0;
    uint32_t fresh[MOST_COLUMNS] = {0};
    for (uint32_t at = inspection->nodes[row].first; at; at = inspection->nodes[at].next) {
        bool is_header = node_is(inspection, at, "TH");
        if (!is_header && !node_is(inspection, at, "TD"))
            continue;
        const struct details *details = inspection->nodes[at].details;
        while (column < MOST_COLUMNS && open[column])
            column++;
        if (column + details_more(details)->column_span > MOST_COLUMNS ||
            grid->count >= MOST_CELLS) {
            grid->is_too_large = true;
            break;
        }
        struct grid_cell cell = {.node = at,
                                 .row = grid->rows,
                                 .column = column,
                                 .rows = details_more(details)->row_span,
                                 .columns = details_more(details)->column_span,
                                 .is_header = is_header};
        for (uint32_t i = 0; i < cell.columns; i++) {
            grid->has_overlap = grid->has_overlap || open[column + i] != 0;
            fresh[column + i] = cell.rows;
        }
        add_cell(grid, cell);
        grid->has_header_cell = grid->has_header_cell || is_header;
        column += cell.columns;
    }
    for (uint32_t i = 0; i < MOST_COLUMNS; i++) {
        if (open[i] || fresh[i])
            width = i + 1;
        open[i] = open[i] > fresh[i] ? open[i] : fresh[i];
        open[i] -= open[i] > 0;
    }
    return width;
}

static text id_of(const struct grid *grid, const struct inspection *inspection, uint32_t cell)
{
    return inspection->nodes[grid->cells[cell].node].details->id;
}

static text scope_of(const struct inspection *inspection, const struct grid_cell *cell)
{
    return details_more(inspection->nodes[cell->node].details)->scope;
}

static bool reaches(text scope, bool down)
{
    return text_equal_c(scope, "Both") || text_equal_c(scope, down ? "Column" : "Row");
}

/* Rows that there are of those that a cell says it covers. */
static uint32_t rows_of(const struct grid *grid, const struct grid_cell *cell)
{
    uint32_t left = grid->rows - cell->row;
    return cell->rows < left ? cell->rows : left;
}

/* ids */

struct sorting {
    const struct grid *grid;
    const struct inspection *inspection;
};

static int compare_ids(const void *a, const void *b, void *object)
{
    const struct sorting *sorting = object;
    uint32_t left = *(const uint32_t *)a, right = *(const uint32_t *)b;
    int order = text_compare(id_of(sorting->grid, sorting->inspection, left),
                             id_of(sorting->grid, sorting->inspection, right));
    return order ? order : (left > right) - (left < right);
}

static void sort_ids(struct grid *grid, const struct inspection *inspection)
{
    struct sorting sorting = {grid, inspection};
    grid->by_id = memory_allocate((grid->count + 1) * sizeof *grid->by_id);
    for (uint32_t i = 0; i < grid->count; i++) {
        if (id_of(grid, inspection, i).length)
            grid->by_id[grid->id_count++] = i;
    }
    qsort_r(grid->by_id, grid->id_count, sizeof *grid->by_id, compare_ids, &sorting);
}

/* Where in by_id the cells with that id begin, or would. */
static size_t find_id(const struct grid *grid, const struct inspection *inspection, text id)
{
    size_t low = 0, high = grid->id_count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (text_compare(id_of(grid, inspection, grid->by_id[middle]), id) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

static bool has_cell(const struct grid *grid, const struct inspection *inspection, size_t at,
                     text id)
{
    return at < grid->id_count && text_equal(id_of(grid, inspection, grid->by_id[at]), id);
}

/* The next of the IDs, which stand on a line each. False: there is none. */
static bool next_id(text ids, size_t *start, text *id)
{
    if (*start >= ids.length)
        return false;
    size_t end = text_find_byte(ids, '\n', *start);
    *id = text_slice(ids, *start, end == SIZE_MAX ? ids.length : end);
    *start = end == SIZE_MAX ? ids.length : end + 1;
    return true;
}

/* Whether the IDs name cells of the grid that are there. */
static bool knows_all(const struct grid *grid, const struct inspection *inspection, text ids)
{
    text id;
    for (size_t start = 0; next_id(ids, &start, &id);) {
        if (id.length && !has_cell(grid, inspection, find_id(grid, inspection, id), id))
            return false;
    }
    return true;
}

/* scopes */

static bool is_header_of(const struct inspection *inspection, const struct grid_cell *cell,
                         bool down)
{
    return cell->is_header && reaches(scope_of(inspection, cell), down);
}

/* Counts the headers that reach along each row; then puts them there. */
static void list_row_headers(struct grid *grid, const struct inspection *inspection)
{
    size_t *starts = grid->row_starts =
        memory_allocate(((size_t)grid->rows + 2) * sizeof *grid->row_starts);
    for (size_t i = 0; i < (size_t)grid->rows + 2; i++)
        starts[i] = 0;
    size_t all = 0, counted = 0; /* counted: of the cells */
    for (; counted < grid->count; counted++) {
        const struct grid_cell *cell = &grid->cells[counted];
        uint32_t rows = is_header_of(inspection, cell, false) ? rows_of(grid, cell) : 0;
        if (all + rows > MOST_REACHED) {
            grid->is_too_large = true;
            break;
        }
        all += rows;
        for (uint32_t k = 0; k < rows; k++)
            starts[cell->row + k + 2]++;
    }
    for (size_t i = 2; i < (size_t)grid->rows + 2; i++)
        starts[i] += starts[i - 1];
    grid->row_headers = memory_allocate((all + 1) * sizeof *grid->row_headers);
    for (uint32_t i = 0; i < counted; i++) {
        const struct grid_cell *cell = &grid->cells[i];
        uint32_t rows = is_header_of(inspection, cell, false) ? rows_of(grid, cell) : 0;
        for (uint32_t k = 0; k < rows; k++)
            grid->row_headers[starts[cell->row + k + 1]++] = i;
    }
}

static void list_column_headers(struct grid *grid, const struct inspection *inspection)
{
    grid->column_headers =
        memory_allocate(((size_t)grid->columns + 1) * sizeof *grid->column_headers);
    for (size_t i = 0; i <= grid->columns; i++)
        grid->column_headers[i].count = 0;
    for (uint32_t i = 0; i < grid->count; i++) {
        const struct grid_cell *cell = &grid->cells[i];
        for (uint32_t k = 0; k < cell->columns && is_header_of(inspection, cell, true); k++) {
            struct grid_column *column = &grid->column_headers[cell->column + k];
            if (column->count < GRID_MOST_HEADERS)
                column->cells[column->count++] = i;
        }
    }
}

void grid_connect(struct grid *grid, const struct inspection *inspection)
{
    sort_ids(grid, inspection);
    list_column_headers(grid, inspection);
    list_row_headers(grid, inspection);
    for (size_t i = 0; i < grid->count; i++) {
        struct grid_cell *cell = &grid->cells[i];
        text ids = details_more(inspection->nodes[cell->node].details)->headers;
        cell->has_unknown = ids.length && !knows_all(grid, inspection, ids);
        cell->has_header = ids.length && !cell->has_unknown;
        for (uint32_t k = 0; k < cell->columns && !cell->has_header; k++)
            cell->has_header = grid->column_headers[cell->column + k].count > 0;
        for (uint32_t k = 0; k < rows_of(grid, cell) && !cell->has_header; k++)
            cell->has_header =
                grid->row_starts[cell->row + k + 1] > grid->row_starts[cell->row + k];
    }
}

void grid_place(struct grid *grid, const struct inspection *inspection, uint32_t table)
{
    *grid = (struct grid){0};
    uint32_t *open = memory_allocate(MOST_COLUMNS * sizeof *open);
    for (size_t i = 0; i < MOST_COLUMNS; i++)
        open[i] = 0;
    uint32_t first_width = 0;
    for (uint32_t row = next_row(inspection, table, 0); row && !grid->is_too_large;
         row = next_row(inspection, table, row)) {
        uint32_t width = place_row(grid, inspection, row, open);
        grid->rows++;
        if (grid->rows == 1)
            first_width = width;
        else if (width != first_width && !grid->ragged_row)
            grid->ragged_row = grid->rows;
        grid->columns = width > grid->columns ? width : grid->columns;
    }
    for (size_t i = 0; i < MOST_COLUMNS; i++)
        grid->has_overhang = grid->has_overhang || open[i];
    free(open);
}

void grid_read(struct grid *grid, const struct inspection *inspection, uint32_t table)
{
    grid_place(grid, inspection, table);
    grid_connect(grid, inspection);
}

void grid_check_size(const struct grid *grid, struct inspection *inspection)
{
    if (grid->is_too_large && !inspection->failure.length)
        inspection_fail(inspection,
                        "a table has more than %d columns or %d cells, or headers of more than %d "
                        "rows all in all",
                        MOST_COLUMNS, MOST_CELLS, MOST_REACHED);
}

void grid_check_places(const struct grid *grid, struct inspection *inspection,
                       enum condition condition, uint32_t table)
{
    const struct inspection_node *node = &inspection->nodes[table];
    grid_check_size(grid, inspection);
    if (grid->has_overlap)
        inspection_find(inspection, condition, node->page, node->object, table,
                        "two cells stand at one place");
    if (grid->ragged_row)
        inspection_find(inspection, condition, node->page, node->object, table,
                        "row %u is not as wide as the first", grid->ragged_row);
    if (grid->has_overhang)
        inspection_find(inspection, condition, node->page, node->object, table,
                        "a cell goes on below the last row");
}

void grid_release(struct grid *grid)
{
    free(grid->cells);
    free(grid->column_headers);
    free(grid->row_headers);
    free(grid->row_starts);
    free(grid->by_id);
}

/* the headers of one cell */

/* Keeps the first, in reading order, each once. */
static void keep(uint32_t found[GRID_MOST_HEADERS], size_t *count, uint32_t cell)
{
    size_t at = *count;
    while (at > 0 && found[at - 1] > cell)
        at--;
    if ((at > 0 && found[at - 1] == cell) || at == GRID_MOST_HEADERS)
        return;
    size_t last = *count < GRID_MOST_HEADERS ? (*count)++ : GRID_MOST_HEADERS - 1;
    for (size_t i = last; i > at; i--)
        found[i] = found[i - 1];
    found[at] = cell;
}

static void keep_named(const struct grid *grid, const struct inspection *inspection, text ids,
                       uint32_t own, uint32_t found[GRID_MOST_HEADERS], size_t *count)
{
    text id;
    for (size_t start = 0; next_id(ids, &start, &id);) {
        size_t kept = 0;
        for (size_t at = find_id(grid, inspection, id);
             id.length && has_cell(grid, inspection, at, id) && kept < GRID_MOST_HEADERS; at++) {
            uint32_t cell = grid->by_id[at];
            if (!grid->cells[cell].is_header || cell == own)
                continue;
            keep(found, count, cell);
            kept++;
        }
    }
}

static void keep_in_reach(const struct grid *grid, uint32_t own, uint32_t found[GRID_MOST_HEADERS],
                          size_t *count)
{
    const struct grid_cell *cell = &grid->cells[own];
    for (uint32_t k = 0; k < cell->columns; k++) {
        const struct grid_column *column = &grid->column_headers[cell->column + k];
        for (size_t i = 0; i < column->count && grid->cells[column->cells[i]].row < cell->row; i++)
            keep(found, count, column->cells[i]);
    }
    for (uint32_t k = 0; k < rows_of(grid, cell); k++) {
        for (size_t i = grid->row_starts[cell->row + k]; i < grid->row_starts[cell->row + k + 1];
             i++) {
            if (grid->cells[grid->row_headers[i]].column < cell->column)
                keep(found, count, grid->row_headers[i]);
        }
    }
}

size_t grid_headers(const struct grid *grid, const struct inspection *inspection, size_t cell,
                    uint32_t headers[GRID_MOST_HEADERS])
{
    size_t count = 0;
    text ids = details_more(inspection->nodes[grid->cells[cell].node].details)->headers;
    if (ids.length)
        keep_named(grid, inspection, ids, (uint32_t)cell, headers, &count);
    else
        keep_in_reach(grid, (uint32_t)cell, headers, &count);
    for (size_t i = 0; i < count; i++)
        headers[i] = grid->cells[headers[i]].node;
    return count;
}

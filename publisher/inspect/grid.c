#include "inspect/grid.h"

#include <stdlib.h>

enum { MOST_COLUMNS = 1000, MOST_CELLS = 2000000 };

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
        if (column + details->column_span > MOST_COLUMNS || grid->count >= MOST_CELLS) {
            grid->is_too_wide = true;
            break;
        }
        struct grid_cell cell = {.node = at,
                                 .row = grid->rows,
                                 .column = column,
                                 .rows = details->row_span,
                                 .columns = details->column_span,
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

/* Whether the IDs (on a line each) name header cells of the grid that are there. */
static bool knows_all(const struct grid *grid, const struct inspection *inspection, text ids)
{
    for (size_t start = 0; start < ids.length;) {
        size_t end = text_find_byte(ids, '\n', start);
        text id = text_slice(ids, start, end == SIZE_MAX ? ids.length : end);
        start = end == SIZE_MAX ? ids.length : end + 1;
        bool is_known = id.length == 0;
        for (size_t i = 0; i < grid->count && !is_known; i++)
            is_known = text_equal(inspection->nodes[grid->cells[i].node].details->id, id);
        if (!is_known)
            return false;
    }
    return true;
}

static bool reaches(text scope, bool down)
{
    return text_equal_c(scope, "Both") || text_equal_c(scope, down ? "Column" : "Row");
}

static void connect(struct grid *grid, const struct inspection *inspection)
{
    bool *columns = memory_allocate(grid->columns + 1), *rows = memory_allocate(grid->rows + 1001);
    for (uint32_t i = 0; i <= grid->columns; i++)
        columns[i] = false;
    for (uint32_t i = 0; i <= grid->rows + 1000; i++)
        rows[i] = false;
    for (size_t i = 0; i < grid->count; i++) {
        const struct grid_cell *cell = &grid->cells[i];
        text scope = inspection->nodes[cell->node].details->scope;
        if (!cell->is_header)
            continue;
        for (uint32_t k = 0; k < cell->columns && reaches(scope, true); k++)
            columns[cell->column + k] = true;
        for (uint32_t k = 0; k < cell->rows && reaches(scope, false); k++)
            rows[cell->row + k] = true;
    }
    for (size_t i = 0; i < grid->count; i++) {
        struct grid_cell *cell = &grid->cells[i];
        text ids = inspection->nodes[cell->node].details->headers;
        cell->has_unknown = ids.length && !knows_all(grid, inspection, ids);
        cell->has_header = ids.length && !cell->has_unknown;
        for (uint32_t k = 0; k < cell->columns; k++)
            cell->has_header = cell->has_header || columns[cell->column + k];
        for (uint32_t k = 0; k < cell->rows; k++)
            cell->has_header = cell->has_header || rows[cell->row + k];
    }
    free(columns);
    free(rows);
}

void grid_read(struct grid *grid, const struct inspection *inspection, uint32_t table)
{
    *grid = (struct grid){0};
    uint32_t *open = memory_allocate(MOST_COLUMNS * sizeof *open);
    for (size_t i = 0; i < MOST_COLUMNS; i++)
        open[i] = 0;
    uint32_t first_width = 0;
    for (uint32_t row = next_row(inspection, table, 0); row && !grid->is_too_wide;
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
    connect(grid, inspection);
}

void grid_release(struct grid *grid)
{
    free(grid->cells);
}

static bool has_id(text ids, text id)
{
    size_t at = id.length ? text_find(ids, id, 0) : SIZE_MAX;
    return at != SIZE_MAX && (at == 0 || ids.bytes[at - 1] == '\n') &&
           (at + id.length == ids.length || ids.bytes[at + id.length] == '\n');
}

size_t grid_headers(const struct grid *grid, const struct inspection *inspection, size_t cell,
                    uint32_t *headers, size_t most)
{
    const struct grid_cell *own = &grid->cells[cell];
    text ids = inspection->nodes[own->node].details->headers;
    size_t count = 0;
    for (size_t i = 0; i < grid->count && count < most; i++) {
        const struct grid_cell *other = &grid->cells[i];
        const struct details *details = inspection->nodes[other->node].details;
        if (!other->is_header || i == cell)
            continue;
        bool is_above = other->row < own->row && other->column < own->column + own->columns &&
                        own->column < other->column + other->columns;
        bool is_beside = other->column < own->column && other->row < own->row + own->rows &&
                         own->row < other->row + other->rows;
        bool is_header = ids.length ? has_id(ids, details->id)
                                    : (is_above && reaches(details->scope, true)) ||
                                          (is_beside && reaches(details->scope, false));
        if (is_header)
            headers[count++] = other->node;
    }
    return count;
}

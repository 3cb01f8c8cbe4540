/* The cells of a table at their rows and columns, spans counted. */
#ifndef LECTERN_INSPECT_GRID_H
#define LECTERN_INSPECT_GRID_H

#include "inspect/model.h"

struct grid_cell {
    uint32_t node, row, column, rows, columns;
    bool is_header;
    /* Found by Headers and IDs or by the scope of headers: has one; names one that is not there. */
    bool has_header, has_unknown;
};

struct grid {
    struct grid_cell *cells; /* in reading order */
    size_t count, capacity;
    uint32_t rows, columns;
    bool has_overlap;    /* two cells at one place */
    uint32_t ragged_row; /* from 1: of another width than the first; 0: none is */
    bool has_overhang;   /* a cell that goes on below the last row */
    bool has_header_cell;
    bool is_too_wide;
};

/* Of a Table element. Release with grid_release. */
void grid_read(struct grid *grid, const struct inspection *inspection, uint32_t table);
void grid_release(struct grid *grid);
/* The nodes of the headers of a cell, by scope or by Headers, at most `most`; how many. */
size_t grid_headers(const struct grid *grid, const struct inspection *inspection, size_t cell,
                    uint32_t *headers, size_t most);

#endif

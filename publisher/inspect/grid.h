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

/* Of a cell's headers the first of each column count, as far as they are ever shown. */
enum { GRID_MOST_HEADERS = 8 };

/* The headers that reach down a column: the first cells, in reading order. */
struct grid_column {
    uint32_t cells[GRID_MOST_HEADERS];
    uint32_t count;
};

struct grid {
    struct grid_cell *cells; /* in reading order */
    size_t count, capacity;
    uint32_t rows, columns;
    bool has_overlap;    /* two cells at one place */
    uint32_t ragged_row; /* from 1: of another width than the first; 0: none is */
    bool has_overhang;   /* a cell that goes on below the last row */
    bool has_header_cell;
    bool is_too_large; /* for what is looked at: cells from some place on are not here */
    /* what is asked for each cell again */
    struct grid_column *column_headers; /* [columns] */
    uint32_t *row_headers;              /* headers that reach along a row: cells, row by row, */
    size_t *row_starts;                 /* [rows + 1] where those of each begin */
    uint32_t *by_id;                    /* cells with an id, by id, then in reading order */
    size_t id_count;
};

/* Of a Table element. Release with grid_release. */
void grid_read(struct grid *grid, const struct inspection *inspection, uint32_t table);
/* In two steps: the places of the cells; then, when all scopes are known, their headers. */
void grid_place(struct grid *grid, const struct inspection *inspection, uint32_t table);
/* Finds the headers of each cell; after grid_place. */
void grid_connect(struct grid *grid, const struct inspection *inspection);
/* After it: says so where the grid is too large to be looked at. */
void grid_check_size(const struct grid *grid, struct inspection *inspection);
/* After grid_read of an element's cells: finds what is wrong with their places, by that condition,
   and says so where the grid is too large. */
void grid_check_places(const struct grid *grid, struct inspection *inspection,
                       enum condition condition, uint32_t table);
/* Gives the memory back. */
void grid_release(struct grid *grid);
/* The nodes of the first headers of a cell, by scope or by Headers, in reading order; how many. */
size_t grid_headers(const struct grid *grid, const struct inspection *inspection, size_t cell,
                    uint32_t headers[GRID_MOST_HEADERS]);

#endif

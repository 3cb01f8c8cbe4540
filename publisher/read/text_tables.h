/* Tables that are drawn with signs: Pandoc's grid tables, and those without bars. Here is what
   their lines say of columns, rows and cells; text_cells.c makes nodes of it. */
#ifndef LECTERN_READ_TEXT_TABLES_H
#define LECTERN_READ_TEXT_TABLES_H

#include "base/limits.h"
#include "read/reader.h"

enum text_table_kind { TABLE_GRID, TABLE_SIMPLE, TABLE_MULTILINE };

/* A line of a cell. */
struct text_piece {
    uint32_t line;   /* of the source */
    size_t from, to; /* bytes of it */
};

struct text_cell {
    unsigned row, column, rows, columns;
    struct text_piece *pieces;
    size_t piece_count, piece_capacity;
};

struct text_table {
    enum text_table_kind kind;
    uint32_t first, last;              /* lines of the source */
    unsigned columns, rows, head_rows; /* a table without a head has one row of empty cells */
    bool lacks_head;
    enum alignment alignments[LIMIT_TABLE_COLUMNS];
    struct text_cell *cells; /* row by row */
    size_t cell_count, cell_capacity;
    struct text_piece crossed; /* a word that reaches from one column into the next; line 0: none */
};

/* The table that begins in that line of the source. False: none does, or one that is not whole.
   What was found is in the reader's arena. */
/* from: bytes of its first line that belong to what it stands in. */
bool text_table_find(struct reader *reader, uint32_t line, size_t from, struct text_table *table);
/* Grid tables alone, and the others. Lines: without what stands before all of them. */
bool grid_table_find(struct reader *reader, uint32_t line, size_t from, struct text_table *table);
/* The same for tables whose columns are told by spaces alone. */
bool plain_table_find(struct reader *reader, uint32_t line, size_t from, struct text_table *table);
/* Marks, before the parser sees them, the heads of tables that it would take for something else. */
void text_tables_mark(struct reader *reader);

/* A line of the source without the marks that text_tables_mark puts there. */
text text_table_line(const struct reader *reader, uint32_t number);
/* Whether the line has nothing but the signs of quotations. */
bool text_tables_blank(const struct reader *reader, uint32_t number);
/* Bytes at the head of a line that belong to quotations. */
size_t text_table_prefix(text line);
/* Appends the cell; valid until the next. */
struct text_cell *text_table_add_cell(struct reader *reader, struct text_table *table,
                                      struct text_cell cell);
/* Appends a piece of the source to the cell's words. */
void text_cell_add_piece(struct reader *reader, struct text_cell *cell, struct text_piece piece);
/* Goes on to the byte that stands in a column of the screen. *offset and *column: where to begin,
   and where it ended; the line may end before. */
void text_find_column(text line, size_t wanted, size_t *offset, size_t *column);

#endif

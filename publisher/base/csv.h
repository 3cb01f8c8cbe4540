/* CSV: rows of cells, as RFC 4180 has them: a value between quotation marks may hold separators,
   line ends and, written twice, quotation marks. Lines may end in LF or CR LF. What stands between
   cells is told by the first row, or by the caller. */
#ifndef LECTERN_BASE_CSV_H
#define LECTERN_BASE_CSV_H

#include "base/arena.h"

struct csv_cell {
    text words;      /* white space around a value without quotation marks is not of it */
    size_t from, to; /* bytes of the file, its quotation marks included */
};

struct csv_row {
    struct csv_cell *cells;
    size_t count;
};

struct csv {
    struct csv_row *rows; /* at least one, and all of as many cells; rows of nothing are left out */
    size_t count;
    char separator;
};

/* Why a file is no such table, and at which bytes. */
struct csv_fault {
    const char *why, *hint;
    size_t from, to;
};

/* Reads UTF-8, which may begin with U+FEFF. separator: what stands between cells, or 0: of
   comma, semicolon and tab the one that the first row has most of outside quotation marks, of two
   the first of these. Values lie in the arena or in the bytes. False: *fault says why. */
MUST_CHECK bool csv_read(struct arena *arena, text bytes, char separator, struct csv *csv,
                         struct csv_fault *fault);

#endif

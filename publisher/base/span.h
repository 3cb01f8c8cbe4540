/* Span: a place in a source file that the author can go to. */
#ifndef LECTERN_BASE_SPAN_H
#define LECTERN_BASE_SPAN_H

#include <stdint.h>

/* Lines and columns count from 1; a column is a byte offset in the line plus one while it is
   carried about, and is turned into characters only when it is printed. `file` is what
   report_add_source gave. line 0: the file as a whole. The end is the last byte, inclusive. */
struct span {
    uint32_t file;
    uint32_t line, column;
    uint32_t end_line, end_column;
};

#endif

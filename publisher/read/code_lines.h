/* Which lines of the source are code, for rooms that look at the source before the parser does. */
#ifndef LECTERN_READ_CODE_LINES_H
#define LECTERN_READ_CODE_LINES_H

#include "base/text.h"

/* Lines of code are left alone: those between fences, and those that are indented behind a blank
   line. */
struct code_lines {
    char fence; /* 0: none is open */
    size_t length;
    bool was_blank, was_code;
    bool has_blocks; /* also the lines of HTML's words as they are, of comments and of formulas */
    const char *block_end; /* of the open one; NULL: none is */
};

/* Before the first line of the body. */
#define CODE_LINES_BEGIN ((struct code_lines){.was_blank = true})

/* The same for rooms that leave lines of <pre>, <script>, <style>, comments and formulas alone. */
#define CODE_AND_BLOCKS_BEGIN ((struct code_lines){.was_blank = true, .has_blocks = true})

/* Whether the next line is code, or a fence. */
bool code_lines_take(struct code_lines *lines, text line);
/* Code within a line: the offset behind the run of backticks that ends the one at the offset, or
   behind that run itself where none ends it in the line. */
size_t code_lines_skip_span(text line, size_t at);

#endif

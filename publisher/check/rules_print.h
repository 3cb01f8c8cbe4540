/* The rules in words: the table and the chapter of the manual, in the manual's own Markdown. */
#ifndef LECTERN_CHECK_RULES_PRINT_H
#define LECTERN_CHECK_RULES_PRINT_H

#include "base/buffer.h"

/* A table with a row for each rule, an empty line, and a section for each rule. */
void rules_print(struct buffer *out);

#endif

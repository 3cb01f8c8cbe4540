/* Manifest: the lists in fonts/ are lines of columns with bars between them. Blank lines, and those
   that begin with #, say nothing. */
#ifndef LECTERN_LAYOUT_MANIFEST_H
#define LECTERN_LAYOUT_MANIFEST_H

#include "base/text.h"

/* Begins as zeroes but for the bytes. */
struct manifest_reader {
    text bytes;
    size_t offset;
    size_t line; /* number of the line given last, from 1 */
};

/* The next line that says something, trimmed; false at the end. */
bool manifest_next(struct manifest_reader *reader, text *line);
/* Splits a line at its bars into `most` columns at most, trimmed; returns their number. */
size_t manifest_split(text line, text *columns, size_t most);

#endif

/* MDX: lines of a program, comments and attributes in braces, in reader->source. */
#ifndef LECTERN_READ_MDX_H
#define LECTERN_READ_MDX_H

#include "read/reader.h"

/* Blanks them, before the article is parsed; does nothing where it is no MDX. */
void read_mdx(struct reader *reader);

#endif

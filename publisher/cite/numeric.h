/* Numeric: the plain style. "[1, p. 3; 2]" in the text, entries numbered in the order of first
   citation and worded much as the Vancouver style does. */
#ifndef LECTERN_CITE_NUMERIC_H
#define LECTERN_CITE_NUMERIC_H

#include "cite/style.h"

/* Fills output; everything lives in the arena. Linear in the size of the input. */
void numeric_format(struct arena *arena, const struct style_input *input,
                    struct style_output *output);

#endif

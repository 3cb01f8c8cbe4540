/* Styled: citations and entries in a CSL style. */
#ifndef LECTERN_CITE_STYLED_H
#define LECTERN_CITE_STYLED_H

#include "cite/cite.h"
#include "cite/style.h"

/* As numeric_format: fills output; everything lives in the arena. */
void styled_format(struct arena *arena, const struct cite_wording *wording,
                   const struct style_input *input, struct style_output *output);

#endif

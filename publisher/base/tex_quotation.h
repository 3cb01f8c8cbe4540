/* ``words'' of LaTeX: the rule that an article's reader and its translations share. */
#ifndef LECTERN_BASE_TEX_QUOTATION_H
#define LECTERN_BASE_TEX_QUOTATION_H

#include "base/text.h"

/* Whether two backticks at the offset stand as an opening sign does: words follow, or what marks
   words, a link or a formula. */
bool tex_quotation_may_open(text words, size_t offset);

#endif

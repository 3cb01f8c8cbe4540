/* Contrast: whether text and meaningful lines stand out from what they stand on. */
#ifndef LECTERN_THEME_CONTRAST_H
#define LECTERN_THEME_CONTRAST_H

#include "base/contrast.h"
#include "theme/keys.h"

/* Reports (theme-contrast) every colour of the theme that misses WCAG 2.2 level AA on a ground that
   it may stand on, at the place where the file sets it: 1.4.3 for text, 1.4.11 for bars and rules
   that carry meaning. Rules between the rows of a table are ornament: space divides them too.
   False: there is one. */
bool contrast_check(const struct theme *theme, const struct theme_places *places, uint32_t file,
                    struct report *report);

#endif

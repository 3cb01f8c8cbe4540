/* Design: what the style sheet of a page has besides that of an EPUB. */
#ifndef LECTERN_HTML_DESIGN_H
#define LECTERN_HTML_DESIGN_H

#include "base/buffer.h"
#include "theme/theme.h"

/* Appends sizes, spaces, boxes and tables; colours are the style sheet's. */
void design_write(const struct theme *theme, struct buffer *out);

enum colour_use { COLOUR_TEXT, COLOUR_LINE, COLOUR_GROUND };

/* The grounds of the theme for who asks for light on dark. */
struct dark {
    bool is_wanted; /* false: the theme is dark itself */
    uint32_t page, lightest;
};
struct dark design_dark(const struct theme *theme);
/* What a colour of the theme becomes there. */
uint32_t design_dark_colour(const struct dark *dark, uint32_t colour, enum colour_use use);

#endif

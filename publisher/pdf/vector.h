/* Vector: SVG drawings. */
#ifndef LECTERN_PDF_VECTOR_H
#define LECTERN_PDF_VECTOR_H

#include "document/document.h"

#include <cairo.h>

/* Draws the image into the box (points). Its text stays text, except where a character may come
   from a CJK font: Cairo 1.16 can end in an assertion on subsets of those CFF faces, so that such
   drawings are drawn with their letters as outlines. Filters, masks and blends, which Cairo would
   rasterise at 72 dots an inch, are rasterised here at the resolution of print. False: damaged. */
bool vector_draw(const struct image *image, cairo_t *cr, double x, double y, double width,
                 double height);

#endif

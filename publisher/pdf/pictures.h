/* Pictures: images as Cairo paints them. Each image is decoded at most once and stored once, at the
   largest size at which it is placed; its pixels leave memory with the page that is the last to
   show it.

   JPEG goes through as it is, but CMYK is turned into sRGB (PDF/A asks for one colour space). PNG
   keeps its alpha, 16 bits become 8, and what is finer than print can show is averaged down while
   its rows are read. SVG stays vector. */
#ifndef LECTERN_PDF_PICTURES_H
#define LECTERN_PDF_PICTURES_H

#include "layout/pages.h"

#include <cairo.h>

struct pictures; /* opaque */

/* The pictures that stand on the pages, each once; freed with the arena. */
struct pictures *pictures_new(struct arena *arena, const struct pages *pages);
/* Paints it into its box; cr's matrix must be the page's own. */
void pictures_paint(struct pictures *pictures, cairo_t *cr, const struct picture *picture);
/* A page is whole and shown: what stands on no later one leaves memory. */
void pictures_leave_page(struct pictures *pictures);
/* What went wrong, a literal; NULL: nothing. */
const char *pictures_fault(const struct pictures *pictures);

#endif

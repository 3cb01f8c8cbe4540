/* Paint: Pages → a PDF by Cairo, in memory, with a position marker (marker.h) at each mark. */
#ifndef LECTERN_PDF_PAINT_H
#define LECTERN_PDF_PAINT_H

#include "base/buffer.h"
#include "pdf/faces.h"
#include "pdf/marks.h"

/* Paints every page into out, with a marker before each mark and one behind the page's last.
   Returns NULL, or what went wrong, a literal or text that Cairo owns. */
const char *paint_pages(const struct pages *pages, const struct marks *marks, struct faces *faces,
                        struct arena *arena, struct buffer *out);

#endif

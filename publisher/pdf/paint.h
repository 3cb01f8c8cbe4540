/* Paint: Pages → PDFs by Cairo, in memory, with a position marker (marker.h) at each mark. */
#ifndef LECTERN_PDF_PAINT_H
#define LECTERN_PDF_PAINT_H

#include "base/buffer.h"
#include "pdf/faces.h"
#include "pdf/marks.h"

struct pictures;

/* Pages that are painted onto one surface, in this order. */
struct page_range {
    const uint32_t *pages; /* from 0; never none */
    size_t count;
    bool is_primed; /* a page before them shows every glyph of all ranges: see brush_prime */
};

/* Goes over the range without painting, before faces_freeze. Returns NULL or what went wrong. */
const char *paint_plan(const struct pages *pages, const struct marks *marks, struct faces *faces,
                       const struct page_range *range);
/* Paints the range's pages into out, with a marker before each mark and one behind the page's last;
   what is between marks that are counted (struct pdf_mark) needs none. pictures: NULL where the
   pages have none. Returns NULL, or what went wrong, a literal or text that Cairo owns. */
const char *paint_range(const struct pages *pages, const struct marks *marks, struct faces *faces,
                        struct pictures *pictures, const struct page_range *range,
                        struct buffer *out);

#endif

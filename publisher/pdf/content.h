/* Content: a page's content stream as Cairo wrote it, with its position markers (marker.h) replaced
   by our own marked content (ISO 32000-1, 14.6). */
#ifndef LECTERN_PDF_CONTENT_H
#define LECTERN_PDF_CONTENT_H

#include "pdf/marks.h"

/* A page as Cairo wrote it, and what it must hold. */
struct content {
    text bytes;
    const struct pdf_mark *marks; /* in painting order */
    size_t mark_count;
    uint32_t first_number;      /* of the page's markers: a mark's each, and one behind the last */
    enum pdf_standard standard; /* for the tags' names */
};

/* Rewrites the content into out. Returns NULL, or what is wrong, a literal: a marker missing,
   doubled or in a wrong place, a text object, graphics state or marked content that spans two
   marks, something painted outside of all marks, a token that does not end. */
const char *content_rewrite(const struct content *content, struct buffer *out);

#endif

/* Content: a page's content stream as Cairo wrote it, with its position markers (marker.h) replaced
   by our own marked content (ISO 32000-1, 14.6). */
#ifndef LECTERN_PDF_CONTENT_H
#define LECTERN_PDF_CONTENT_H

#include "pdf/marks.h"

/* A font of the page. */
struct content_font {
    text name;          /* in the page's resources */
    uint8_t code_bytes; /* of a glyph in a string: 1, or 2 in a composite font */
};

/* A page as Cairo wrote it, and what it must hold. */
struct content {
    text bytes;
    const struct content_font *fonts;
    size_t font_count;
    const struct pdf_mark *marks; /* in painting order */
    size_t mark_count;
    /* Of the page's markers: a mark's each, and one behind the last. A mark that is counted has a
       marker only where the one before it is not. */
    uint32_t first_number;
    enum pdf_standard standard; /* for the tags' names */
};

/* Rewrites the content into out. A mark that is counted begins before its first glyph and ends
   behind its last, within one text object (ISO 32000-1, 14.6.2); any other from its marker to the
   next. Returns NULL, or what is wrong, a literal: a marker missing, doubled or in a wrong place, a
   text object, graphics state or marked content that spans two marks, something painted outside of
   all marks, a glyph too many or too few, a token that does not end. */
const char *content_rewrite(const struct content *content, struct buffer *out);

#endif

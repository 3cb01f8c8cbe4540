/* Content: a page's content stream as Cairo wrote it, with its position markers replaced by our own
   marked content (ISO 32000-1, 14.6). */
#ifndef LECTERN_PDF_CONTENT_H
#define LECTERN_PDF_CONTENT_H

#include "pdf/marks.h"

/* The name of the marker that Cairo is asked for as the nth of a page. The names go round in a
   cycle, so that a marker that Cairo dropped does not pass for its neighbour. */
const char *content_marker(size_t nth);
/* Rewrites `content` into out. marks: the page's, in painting order; standard: for the tags' names.
   Returns NULL, or what is wrong, a literal: a marker dropped, doubled, unbalanced or in wrong
   order, something painted outside of all markers, a token that does not end. */
const char *content_rewrite(text content, const struct mark *marks, size_t mark_count,
                            enum pdf_standard standard, struct buffer *out);

#endif

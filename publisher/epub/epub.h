/* EPUB: Document → EPUB 3.3 in a zip file. The same document and options give the same bytes. */
#ifndef LECTERN_EPUB_EPUB_H
#define LECTERN_EPUB_EPUB_H

#include "html/html.h"
#include "theme/theme.h"

struct epub_options {
    const struct page_start *page_starts; /* in page order */
    size_t page_count;
    text page_source;          /* identifies the printed edition: pageBreakSource */
    const struct theme *theme; /* for the style sheet; NULL: all is left to the reader */
    text generator;            /* "Lectern 0.1" */
    text modified;             /* "2026-01-31T00:00:00Z", never empty */
};

/* Writes the whole file into out; false where it cannot be made (reported). */
MUST_CHECK bool epub_write(const struct document *document, const struct epub_options *options,
                           struct buffer *out);

#endif

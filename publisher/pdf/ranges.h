/* Ranges: the pages of a document, painted in parts.

   Cairo paints a page after the other onto a surface, and works on one core. A long document is
   therefore painted onto several surfaces, each in a thread, and so are its pages' contents
   rewritten and packed. What stands in the file does not depend on how many threads there are: how
   pages are divided is decided by the document alone.

   - Pages with pictures are all in the first range, which the caller's thread does: no picture is
     read or stored twice, and what draws pictures (librsvg, Pango) is asked by one thread.
   - Every surface begins with a page that shows every glyph of the document once (brush_prime). So
     all give their fonts the same glyphs and codes, and the fonts of one serve all. That page is
     left out of the file.
   - A document that is too short for several ranges is painted onto one surface, as it is. */
#ifndef LECTERN_PDF_RANGES_H
#define LECTERN_PDF_RANGES_H

#include "pdf/cairo_file.h"
#include "pdf/paint.h"

/* A page that was painted: its content, rewritten and deflated, in the range's buffer. */
struct made_page {
    size_t start, length;
};

struct range {
    struct page_range pages;
    struct buffer painted; /* Cairo's file */
    struct cairo_file cairo;
    struct buffer contents;
    struct made_page *made; /* by page of the range */
    const char *fault;      /* NULL: none */
};

struct ranges {
    struct range *ranges;
    size_t count;
    uint32_t *range_of, *nth; /* by page: its range, and which of its pages it is */
    struct range *finished;   /* its last page was asked for; NULL: none since the last call */
};

/* Paints all pages and makes their contents. Returns NULL or what went wrong, a literal or text
   that Cairo owns; to be released in either case. The faces must live until then. Ends early where
   the report's budget is used up, with a fault. Where the options say so, runs of a long document
   leave memory when they are painted. */
MUST_CHECK const char *ranges_make(struct ranges *ranges, const struct pages *pages,
                                   struct marks *marks, const struct pdf_options *options,
                                   const struct report *report, struct arena *arena);
/* Lets go of the files and their contents. */
void ranges_release(struct ranges *ranges);
/* Gives the files their numbers in the finished one; returns the first that is free. */
uint32_t ranges_number(struct ranges *ranges);
/* The object number of the page in the finished file, once numbers are given. */
uint32_t ranges_page_number(struct ranges *ranges, size_t page);
/* The entries of the page's dictionary, appended; returns its content, deflated, until the next
   call: what was asked for leaves memory range by range, and is asked for once. */
text ranges_page(struct ranges *ranges, size_t page, struct buffer *entries);
/* Copies what the pages refer to, when all were asked for; Cairo's files leave memory. False:
   something cannot be read. */
MUST_CHECK bool ranges_copy(struct ranges *ranges, struct writer *writer);

#endif

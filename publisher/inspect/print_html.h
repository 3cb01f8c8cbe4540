/* What the parts of the HTML report share. */
#ifndef LECTERN_INSPECT_PRINT_HTML_H
#define LECTERN_INSPECT_PRINT_HTML_H

#include "inspect/print.h"

/* Text as HTML's characters (WHATWG HTML, 13.1.4); of any file, so nothing in it is markup. */
void html_add(struct buffer *out, text words);
/* The same with white space made one space, cut at `most` bytes, in a span of the language where
   that is not English. */
void html_add_words(struct buffer *out, text words, text language, size_t most);
/* A link to where the node stands in the reading order, with what it is and what it says. */
void html_add_object(const struct inspection *inspection, uint32_t node, struct buffer *scratch,
                     struct buffer *out);
/* "page 4", "file EPUB/a.xhtml, line 12"; nothing for 0. */
void html_add_place(const struct inspection *inspection, uint32_t page, uint32_t object,
                    struct buffer *out);

/* The pages of a PDF as pictures with the reading order drawn over them, and what one element
   looks like, by the same picture: print_pages.c */
void print_pages(const struct inspection *inspection, struct buffer *out);
void print_crop(const struct inspection *inspection, uint32_t node, struct buffer *out);
/* Which conditions were met, which were not checked, and the worksheet for a person:
   print_worksheet.c */
void print_worksheet(const struct inspection *inspection, struct buffer *out);

#endif

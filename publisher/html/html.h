/* HTML: Document → XHTML (the XML syntax of HTML), split into chapters for the EPUB. */
#ifndef LECTERN_HTML_HTML_H
#define LECTERN_HTML_HTML_H

#include "base/buffer.h"
#include "document/document.h"

/* A place where a page of the printed edition begins (from Pages, handed over by publish.c). */
struct page_start {
    const struct node *node; /* text node, other leaf or block */
    size_t offset;           /* bytes into node->text */
    text label;
};

/* html/ knows no layout: publish.c makes page_start values from Pages. See html.c for the rest of the
   interface (its author completes this header). */

#endif

/* Cite: resolves the citations of a document and builds its reference list. */
#ifndef LECTERN_CITE_CITE_H
#define LECTERN_CITE_CITE_H

#include "csl/csl.h"
#include "document/document.h"
#include "document/reference.h"

/* A CSL style, and where its locales come from. */
struct cite_wording {
    const struct csl_style *style;
    csl_locale_loader load_locale;
    void *locales; /* the loader's */
};

/* Fills every NODE_CITATION with its words and links (to the entries), makes the bibliography (in
   the place that `::: {#refs}` holds, else at the end under a heading with Lectern's word for
   "References"), and gives each entry back links to every citation that names it. Reports
   `citation-unknown`. */
void cite_document(struct document *document);
/* The same in a style; wording NULL: the plain numeric one. */
void cite_document_in_style(struct document *document, const struct cite_wording *wording);

#endif

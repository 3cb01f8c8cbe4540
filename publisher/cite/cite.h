/* Cite: resolves the citations of a document and builds its reference list. */
#ifndef LECTERN_CITE_CITE_H
#define LECTERN_CITE_CITE_H

#include "document/document.h"
#include "document/reference.h"

/* Fills every NODE_CITATION with its words and links (to the entries), makes the bibliography (in
   the place that `::: {#refs}` holds, else at the end under a heading with Lectern's word for
   "References"), and gives each entry back links to every citation that names it. Reports
   `citation-unknown`. */
void cite_document(struct document *document);

#endif

/* Typography: straight quotation marks, apostrophes, hyphens in a row and three points become the
   signs that the language writes. An author types what a keyboard has; a reader gets what a printed
   book has. */
#ifndef LECTERN_DOCUMENT_TYPOGRAPHY_H
#define LECTERN_DOCUMENT_TYPOGRAPHY_H

#include "document/document.h"

/* All words of the tree, each in its language, and those of the title block that the metadata
   repeat. Nothing where the article says `typography: as-typed`. Never in code, in addresses, in
   what Lectern says itself, nor signs that node->characters.typed names. Once, when languages are
   known. */
void document_set_typography(struct document *document);
/* The inlines below one node, before all else is done; they are then left alone. */
void node_set_typography(struct document *document, struct node *node);

#endif

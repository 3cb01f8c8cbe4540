/* Sections: what a heading begins. */
#ifndef LECTERN_DOCUMENT_SECTIONS_H
#define LECTERN_DOCUMENT_SECTIONS_H

#include "document/document.h"

/* Whether a heading begins a section of that kind; of a book, a file of that role does. */
bool heading_begins(const struct node *heading, enum section_kind section);
/* Of headings in the order of the text the last one that is the node or stands before it; NULL:
   none. The nodes are numbered. */
const struct node *heading_over(struct node *const *headings, size_t count,
                                const struct node *node);
/* Whether the node is a group of an index, or the letter above one. */
bool index_holds(const struct node *node);

#endif

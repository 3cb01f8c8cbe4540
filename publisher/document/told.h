/* Told: what is seen alone, where there are only characters to tell it. What is raised or lowered
   by the signs that Unicode has, as in kg/m², else M^(lle) and x_(max), and never as if it stood on
   the line: 10² is not 102. What is struck out, added, highlighted or underlined in words: a dose
   that is struck out counts no more. */
#ifndef LECTERN_DOCUMENT_TOLD_H
#define LECTERN_DOCUMENT_TOLD_H

#include "document/node.h"

/* Begins a node of such a kind; does nothing for others. True: it was appended whole, and its
   children are to be left out. False: they are to follow, then told_end. Words are in the language
   of the document that the node stands in. */
bool told_begin(const struct node *node, struct buffer *out);
/* Ends it; does nothing for other kinds, and where told_begin was true. */
void told_end(const struct node *node, struct buffer *out);

/* The plain character of a sign such as ² or ₂, which is raised or lowered; 0: it is none. */
char told_plain_sign(uint32_t sign, bool *is_raised);

#endif

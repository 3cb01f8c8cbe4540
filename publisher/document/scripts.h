/* Scripts: what is raised or lowered, where there are only characters to tell it: kg/m² by the
   signs that Unicode has, else 1^(er) and x_(max). Never as if it stood on the line: 10² is not
   102. */
#ifndef LECTERN_DOCUMENT_SCRIPTS_H
#define LECTERN_DOCUMENT_SCRIPTS_H

#include "document/node.h"

/* Begins a superscript or a subscript. True: it was appended whole, and its children are to be
   left out. False: they are to follow, then scripts_end. */
bool scripts_begin(const struct node *node, struct buffer *out);
/* Ends it; does nothing for other kinds, and where scripts_begin was true. */
void scripts_end(const struct node *node, struct buffer *out);

#endif

/* What ISO 14289-1, 7.2 to 7.9 asks of the structure tree. */
#ifndef LECTERN_INSPECT_PDF_RULES_H
#define LECTERN_INSPECT_PDF_RULES_H

#include "inspect/pdf/reader.h"

/* What the whole tree must be (ISO 14289-1, 7), once all of it and of the pages is read. */
void pdf_check_tree(struct pdf_reader *reader);
/* The same by ISO 14289-2, 8.2: rules2.c. */
void pdf_check_tree_2(struct pdf_reader *reader);

#endif

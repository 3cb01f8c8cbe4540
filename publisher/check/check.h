/* Check: what a reader could not use is an error here, with the place to mend. */
#ifndef LECTERN_CHECK_CHECK_H
#define LECTERN_CHECK_CHECK_H

#include "document/document.h"

/* Runs every rule over the finished tree; only reports. */
void check_document(const struct document *document);

#endif

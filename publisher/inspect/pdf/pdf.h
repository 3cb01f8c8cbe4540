/* Reads a PDF into an inspection. */
#ifndef LECTERN_INSPECT_PDF_PDF_H
#define LECTERN_INSPECT_PDF_PDF_H

#include "inspect/model.h"

/* inspection->bytes is the file; what keeps it from being read is inspection->failure. */
void pdf_inspect(struct inspection *inspection);

#endif

/* What a PDF says of itself as a whole. */
#ifndef LECTERN_INSPECT_PDF_CATALOG_H
#define LECTERN_INSPECT_PDF_CATALOG_H

#include "inspect/pdf/reader.h"

/* A file specification with an embedded file must say F and UF (ISO 14289-1, 7.11). */
void pdf_check_file(struct pdf_reader *reader, pdf_object specification, enum condition condition,
                    uint32_t page);
/* The XMP packet: title, claim (metadata.c). A claim of part 2 makes it a file of PDF/UA-2. */
void pdf_read_metadata(struct pdf_reader *reader, text packet);

#endif

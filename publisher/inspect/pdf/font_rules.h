/* What ISO 14289-1, 7.21 asks of a font's dictionary and program, whatever it shows. */
#ifndef LECTERN_INSPECT_PDF_FONT_RULES_H
#define LECTERN_INSPECT_PDF_FONT_RULES_H

#include "inspect/pdf/font.h"

/* descendant: of a composite font; else the dictionary itself. */
void font_rules(struct pdf_file *file, struct pdf_font *font, pdf_object dictionary,
                pdf_object descendant, pdf_object descriptor, uint32_t page);

#endif

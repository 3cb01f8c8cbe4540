/* An annotation of a page, with the element that refers to it: for what is asked of annotations. */
#ifndef LECTERN_INSPECT_PDF_ANNOTATION_H
#define LECTERN_INSPECT_PDF_ANNOTATION_H

#include "inspect/pdf/reader.h"

struct annotation {
    struct pdf_reader *reader;
    pdf_object object;
    uint32_t page, number;
    text subtype;
    uint32_t node; /* that refers to it in the tree; 0: none */
    text role;     /* of the element around it */
    text shown;    /* the words of its appearance */
    text contents; /* kept by annotation_contents */
    bool has_contents;
    const struct details *element;
};

/* TU of a widget or of the field that it belongs to; empty: there is none. */
text annotation_field_name(struct annotation *annotation);
/* Its Contents; empty: there are none. Borrowed from the arena, where a long one is kept. */
text annotation_contents(struct annotation *annotation);
/* What ISO 14289-2, 8.8 to 8.10 ask of it; is_unseen: it is hidden, or lies outside of its page. */
void annotation_check_2(struct annotation *annotation, bool is_unseen);

#endif

/* A PDF on its way into an inspection: what the passes share. */
#ifndef LECTERN_INSPECT_PDF_READER_H
#define LECTERN_INSPECT_PDF_READER_H

#include "inspect/pdf/file.h"
#include "inspect/pdf/font.h"

struct number_set { /* of object numbers */
    uint8_t *bits;
    size_t size; /* bytes */
};

struct pdf_reader {
    struct pdf_file file;
    struct inspection *inspection;
    uint32_t largest;               /* object numbers are at most this */
    uint32_t *page_of;              /* object number to page, from 1; 0: no page */
    uint32_t *annotation_of;        /* object number to the node that refers to it; 0: none */
    struct pdf_font **fonts;        /* by object number; NULL: not read yet */
    size_t direct_fonts;            /* fonts that are no objects of their own, read so far */
    uint8_t *forms;                 /* by object number: FORM_… */
    struct inspection_page scratch; /* its arrays hold a page's artifacts while the page is read */
    bool has_catalog_language;
};

enum { FORM_PAINTED = 1, FORM_MARKED = 2, FORM_REPORTED = 4 };

/* True where the number was not in the set yet; false too where it is too large. */
bool number_set_add(struct pdf_reader *reader, struct number_set *set, uint32_t number);

/* Pages, outline: pages.c */
void pdf_read_pages(struct pdf_reader *reader);
/* pages.c: the bookmarks, into the inspection's outline. */
void pdf_read_outline(struct pdf_reader *reader);
/* An attribute that pages inherit (ISO 32000-1, 7.7.3.4). */
pdf_object pdf_inherited(struct pdf_reader *reader, pdf_object page, const char *key);
/* The page where a destination or a GoTo action leads; 0: not known. */
uint32_t pdf_destination(struct pdf_reader *reader, pdf_object holder);
/* The structure tree: tree.c */
void pdf_read_tree(struct pdf_reader *reader);
/* The content of a page: content.c */
void pdf_read_content(struct pdf_reader *reader, uint32_t page);
/* Its annotations: annotations.c */
void pdf_read_annotations(struct pdf_reader *reader, uint32_t page);
/* Catalog, metadata, encryption, attached files, layers: catalog.c */
void pdf_read_catalog(struct pdf_reader *reader);
/* A tag that languages are checked by. */
void pdf_check_language(struct pdf_reader *reader, text language, uint32_t page, uint32_t object);

#endif

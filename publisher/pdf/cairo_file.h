/* Cairo file: the PDF that Cairo made, read with libqpdf and carried over into ours. Its pages'
   content, their resources and all that hangs on these are taken; its structure tree is left
   behind. Objects keep their numbers. */
#ifndef LECTERN_PDF_CAIRO_FILE_H
#define LECTERN_PDF_CAIRO_FILE_H

#include "pdf/content.h"
#include "pdf/faces.h"
#include "pdf/writer.h"

#include <libdeflate.h>
#include <qpdf/qpdf-c.h>

struct cairo_file {
    qpdf_data qpdf;
    const struct faces *faces;
    uint32_t object_count; /* numbers below it are Cairo's */
    unsigned char *state;  /* by object number: bits of cairo_file.c */
    uint32_t *queue;       /* objects that wait to be copied */
    size_t queued, copied;
    /* Of the page read last; names are kept, for they come again. */
    struct content_font *fonts;
    size_t font_count, font_capacity;
    struct arena arena;
    struct libdeflate_decompressor *decompressor;
    struct buffer scratch;
};

/* bytes must outlive the file. Returns NULL, or what is wrong with it, a literal. */
const char *cairo_file_open(struct cairo_file *file, text bytes, size_t pages,
                            const struct faces *faces);
/* Gives the memory back. */
void cairo_file_release(struct cairo_file *file);
/* The object number of a page. */
uint32_t cairo_file_page_number(struct cairo_file *file, size_t page);
/* The page's content, decoded, appended to content, its fonts in file->fonts; and its dictionary's
   entries, appended to entries, without /Contents, /Parent and /StructParents. False: it cannot be
   read. */
bool cairo_file_page(struct cairo_file *file, size_t page, struct buffer *content,
                     struct buffer *entries);
/* Copies everything that the pages asked for until now refer to. False: something cannot be read.
 */
MUST_CHECK bool cairo_file_copy(struct cairo_file *file, struct writer *writer);

#endif

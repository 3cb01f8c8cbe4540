/* Cairo file: the PDF that Cairo made, read with libqpdf and carried over into ours. Its pages'
   content, their resources and all that hangs on these are taken; its structure tree is left
   behind. Objects keep their numbers. */
#ifndef LECTERN_PDF_CAIRO_FILE_H
#define LECTERN_PDF_CAIRO_FILE_H

#include "libraries/qpdf.h"
#include "pdf/content.h"
#include "pdf/faces.h"
#include "pdf/writer.h"

#include <libdeflate.h>

/* A font of its pages. */
struct cairo_font {
    text base_name; /* with Cairo's tag, which says which glyphs it has */
    uint32_t number;
};

/* A page whose content was asked for: what is told of it later. */
struct cairo_page {
    uint32_t number;
    size_t start, length; /* of its entries, in file->entries */
};

struct cairo_file {
    qpdf_data qpdf; /* NULL: closed for the time being */
    text bytes;
    const struct faces *faces;
    uint32_t object_count; /* numbers below it are Cairo's */
    uint32_t base;         /* added to them in the finished file */
    uint32_t *shared;      /* by object number: what stands for it in the finished file; 0: it */
    unsigned char *state;  /* by object number: bits of cairo_file.c */
    uint32_t *queue;       /* objects that wait to be copied */
    size_t queued, copied;
    /* Names are kept, for they come again on every page. */
    struct content_font *fonts;
    struct cairo_font *font_objects;
    size_t font_count, font_capacity;
    struct arena arena;
    struct libdeflate_decompressor *decompressor;
    struct cairo_page *pages;
    struct buffer entries; /* of the pages' dictionaries, as Cairo numbers what they refer to */
    struct buffer scratch, renumbered;
};

/* bytes must outlive the file. Returns NULL, or what is wrong with it, a literal. Several files can
   be read in as many threads. */
MUST_CHECK const char *cairo_file_open(struct cairo_file *file, text bytes, size_t pages,
                                       const struct faces *faces);
/* Gives the memory back; a second time there is none. */
void cairo_file_release(struct cairo_file *file);
/* The page's content, decoded, appended to content, its fonts in file->fonts. To be asked once for
   each page that is to be told of later. False: it cannot be read. */
MUST_CHECK bool cairo_file_content(struct cairo_file *file, size_t page, struct buffer *content);
/* All contents were asked for: what libqpdf keeps of the objects that it read, which is more than
   the file is long, leaves memory. What is to be copied is read anew. */
void cairo_file_close(struct cairo_file *file);
/* What follows is for when it is known which numbers the files have in the finished one. */

/* The fonts that the other file has too, with the same glyphs and codes, are taken from there. */
void cairo_file_share_fonts(struct cairo_file *file, struct cairo_file *other);
/* The object number of a page in the finished file. */
uint32_t cairo_file_page_number(const struct cairo_file *file, size_t page);
/* The page's dictionary's entries, appended, without /Contents, /Parent and /StructParents. */
void cairo_file_entries(struct cairo_file *file, size_t page, struct buffer *entries);
/* Copies everything that the pages asked for until now refer to. False: something cannot be read.
 */
MUST_CHECK bool cairo_file_copy(struct cairo_file *file, struct writer *writer);

#endif

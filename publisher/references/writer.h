/* Writer: what the writers of all formats share. Private to references/. */
#ifndef LECTERN_REFERENCES_WRITER_H
#define LECTERN_REFERENCES_WRITER_H

#include "references/library.h"
#include "references/write.h"

struct reference_writer {
    struct arena *arena;
    struct report *report;
    enum reference_target target;
    struct buffer *out;
    const struct reference *reference; /* the one in hand */
    struct id_map *keys;               /* of BibTeX's entries, which are written already */
    struct id_map *told;               /* names of what is left, told already */
};

/* Tells that the field, or the reference's own place where it has none, is not held: the message is
   a sentence about it. */
void writer_tell(struct reference_writer *writer, const struct reference_field *field,
                 const char *format, ...) __attribute__((format(printf, 3, 4)));
/* "the field dimensions has no place in RIS" */
void writer_tell_unheld(struct reference_writer *writer, const struct reference_field *field);
/* As messages call it: "BibTeX". */
const char *writer_format_name(const struct reference_writer *writer);
/* A year before Christ, of four digits at least, as EDTF has it: -0348 is 349 before Christ. */
void writer_add_edtf(struct buffer *out, const struct reference_date *date);

/* The formats: the reference in hand. */
void json_write(struct reference_writer *writer, bool is_first);
/* BibTeX and BibLaTeX. */
void bibtex_write(struct reference_writer *writer);
/* RIS. */
void ris_write(struct reference_writer *writer);
/* latex_write.c: words of CSL's rich text as LaTeX. protects_case: words with capitals, but the
   first of a sentence, stand in braces. */
void latex_write(struct buffer *out, text rich, bool protects_case);

#endif

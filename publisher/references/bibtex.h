/* BibTeX: entries as they are written, before they are understood. Private to references/. */
#ifndef LECTERN_REFERENCES_BIBTEX_H
#define LECTERN_REFERENCES_BIBTEX_H

#include "references/library.h"

struct bib_field {
    struct bib_field *next;
    text name;  /* small letters */
    text value; /* LaTeX, its parts joined, the outermost braces or quotes taken off */
    struct span span;
};

struct bib_entry {
    struct bib_entry *next;
    text type; /* small letters */
    text key;
    struct span span;
    struct bib_field *fields, *last_field;
};

/* The value, or an empty text. */
text bib_text(const struct bib_entry *entry, const char *name);
/* The entry's field of that name; NULL: it has none. */
const struct bib_field *bib_find(const struct bib_entry *entry, const char *name);
/* bibtex_reference.c: the reference that an entry is; NULL: none (a set of entries). */
struct reference *bib_make_reference(struct library *library, const struct bib_entry *entry);
/* bibtex_names.c: "von Last, Jr, First and Another, One" */
void bib_read_names(struct arena *arena, text value, bool useprefix, struct reference_field *field);

#endif

/* BibTeX: entries as they are written, before they are understood, and the tables that the reader
   and the writer share. Private to references/. */
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
    size_t count;
};

/* The value, or an empty text. */
text bib_text(const struct bib_entry *entry, const char *name);
/* The entry's field of that name; NULL: it has none. */
const struct bib_field *bib_find(const struct bib_entry *entry, const char *name);
/* bibtex_reference.c: the reference that an entry is; NULL: none (a set of entries). */
struct reference *bib_make_reference(struct library *library, const struct bib_entry *entry);
/* The field as it is written goes among what is left; NULL or empty: nothing. */
void bib_leave(struct arena *arena, struct reference *reference, const struct bib_field *field);
/* bibtex_dates.c */
void bib_add_date(struct arena *arena, struct reference *reference, const char *csl,
                  const struct bib_field *field);
/* Of date, or year, month and day. */
void bib_add_issued(struct arena *arena, struct reference *reference,
                    const struct bib_entry *entry);
/* bibtex_names.c: "von Last, Jr, First and Another, One" */
void bib_read_names(struct arena *arena, text value, bool useprefix, struct reference_field *field);

/* bibtex_tables.c: the rows of bibtex.def. Each table ends with a row whose field is NULL. */
enum bib_written { BIB_READ, BIB_OLD, BIB_NEW, BIB_BOTH };

/* Plain words; words with looks; the same with lines; an address, of which only what LaTeX had to
   escape is undone. */
enum bib_kind { BIB_PLAIN, BIB_TITLE, BIB_LINES, BIB_VERBATIM };

struct bib_row {
    const char *field, *csl;
    enum bib_written written;
    enum bib_kind kind; /* of bib_texts */
};

extern const struct bib_row bib_types[], bib_texts[], bib_names[], bib_dates[];
/* The entrysubtype of an @article, and CSL's type. */
extern const struct bib_row bib_subtypes[];
/* Babel's name and tag; a key and its words. */
extern const struct bib_row bib_languages[], bib_words[];

/* The entry's type of a CSL type that has no row in bib_types, in each dialect. */
struct bib_nearest {
    const char *csl, *newer, *older;
};
/* Ends with a row whose csl is NULL. */
extern const struct bib_nearest bib_nearest[];

/* What depends on a type of CSL's, for the reader and the writer. */

/* Whether CSL has the type. */
bool bib_is_type(text type);
/* Whether such a thing stands in a book: a chapter, a paper of a conference, an entry. */
bool bib_is_part(text type);
/* Whether such a thing stands in an issue, which its field number is then: an article, and what has
   issues itself. */
bool bib_is_in_issue(text type);
/* Whether the field number beside a series is the place in it; a report's, a patent's and a
   standard's is their own. */
bool bib_counts_in_series(text type);

#endif

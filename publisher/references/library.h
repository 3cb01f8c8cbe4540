/* Library: what the readers of one file of references share. Private to references/. */
#ifndef LECTERN_REFERENCES_LIBRARY_H
#define LECTERN_REFERENCES_LIBRARY_H

#include "references/references.h"

struct library {
    struct arena *arena;
    struct report *report;
    uint32_t file;
    text bytes;
    struct reference_list *list;
    struct id_map *ids;
    size_t repeated; /* bytes that entries took from an @string or another entry */
    /* lines are counted once, going forward */
    size_t counted, line_start;
    uint32_t line;
};

/* A value of CSL-JSON or CSL-YAML. */
enum item_kind { ITEM_NULL, ITEM_WORDS, ITEM_NUMBER, ITEM_LIST, ITEM_MAP };

struct item {
    enum item_kind kind;
    struct item *next, *first, *last;
    text key;   /* in a map */
    text words; /* ITEM_WORDS, ITEM_NUMBER as written ("true" and "false" too) */
    struct span span;
};

enum { ITEM_DEPTH = 8 }; /* values deeper than this are left out: no field has such */

/* The span of bytes from..to; fast where it is asked for in the file's order. */
struct span library_span(struct library *library, size_t from, size_t to);
/* A copy without control characters and without white space at the ends. */
text library_clean(const struct library *library, text words);
/* The same for the value of a key: a note keeps its lines, each of which may be a field. */
text library_clean_of(const struct library *library, text key, text words);
/* Adds the reference unless its id is taken, which is reported. */
bool library_add(struct library *library, struct reference *reference);
/* Reports reference-syntax at the span. */
void library_report_syntax(struct library *library, struct span span, const char *hint,
                           const char *message);

/* An empty item in the arena. */
struct item *item_new(struct library *library, enum item_kind kind, struct span span);
/* Makes the child the last of the parent's. */
void item_append(struct item *parent, struct item *child);
/* item.c: the references that a list of maps holds, and one of them. */
void items_read(struct library *library, const struct item *items);
/* One reference from its map; what cannot be is reported. */
void item_read(struct library *library, const struct item *item);

/* The formats. */
void json_read(struct library *library);
/* CSL-YAML, as pandoc writes it. */
void yaml_references_read(struct library *library);
/* BibTeX and BibLaTeX. */
void bibtex_read(struct library *library);
/* RIS. */
void ris_read(struct library *library);

/* Building a reference, for the formats that are not CSL's own. Empty values are left out. */
struct reference_field *reference_add(struct arena *arena, struct reference *reference,
                                      const char *key, enum reference_field_kind kind);
/* The same with these words for its value. */
void reference_add_text(struct arena *arena, struct reference *reference, const char *key,
                        text value);
/* The same for the language, as a tag; what is none is left out. */
void reference_set_language(struct arena *arena, struct reference *reference, text tag);
/* "2016", "2016-05", "2016-05-31", with ranges "2016/2018", seasons 21 to 24 (EDTF level 1), "~" or
   "?" at the end for about, years before 1 with a minus; anything else stays words. */
void date_read(text written, struct reference_date *date);

#endif

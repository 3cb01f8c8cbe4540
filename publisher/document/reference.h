/* Reference: one item of a reference file, as CSL-JSON has it (CSL 1.0.2, appendix IV). Fields keep
   the author's names so that any style can ask for any of them. */
#ifndef LECTERN_DOCUMENT_REFERENCE_H
#define LECTERN_DOCUMENT_REFERENCE_H

#include "base/arena.h"
#include "base/span.h"

struct reference_name {
    text family, given, literal;
    text dropping_particle, non_dropping_particle, suffix;
    bool comma_suffix, static_ordering;
};

struct reference_date {
    int year, month, day; /* month, day 0: not given; year 0 with literal: not numeric */
    int end_year, end_month, end_day;
    bool has_end, circa;
    int season; /* 1 to 4; 0: none */
    text literal;
};

enum reference_field_kind { FIELD_TEXT, FIELD_NAMES, FIELD_DATE };

struct reference_field {
    struct reference_field *next;
    text key;
    enum reference_field_kind kind;
    text value;                   /* FIELD_TEXT: also numbers, as written */
    struct reference_name *names; /* FIELD_NAMES */
    size_t name_count;
    bool has_others;            /* and others, whom the file does not name */
    struct reference_date date; /* FIELD_DATE */
    bool is_latex;              /* of what is left: BibTeX wrote it */
    struct span span;           /* where it is written; line 0: nowhere (it was worked out) */
};

struct reference {
    text id, type;
    text id_stem;  /* "ris": the file gives no id, it is made of this and a number; else empty */
    text language; /* of its title, where given */
    struct span span;
    struct reference_field *fields; /* in the file's order */
    /* What the file says besides, which no field of CSL's is for (where a reference manager keeps
       its PDF); by the names of the file's format. Nothing is made of them. */
    struct reference_field *left, *last_left;
};

/* The field, or NULL. No field has an empty name. */
const struct reference_field *reference_find(const struct reference *reference, const char *key);
/* The field of that key; NULL: the reference has none. */
const struct reference_field *reference_field_of(const struct reference *reference, text key);
/* A text field's value, or empty. */
text reference_text(const struct reference *reference, const char *key);

#endif

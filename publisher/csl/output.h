/* Output: formatted text as a tree while a style is rendered, and how it is joined in the end.
   Private to csl/. */
#ifndef LECTERN_CSL_OUTPUT_H
#define LECTERN_CSL_OUTPUT_H

#include "base/buffer.h"
#include "csl/locale.h"
#include "document/reference.h"

/* What a part is, for whom looks for it later. */
enum output_role {
    ROLE_NONE,
    ROLE_NAMES,       /* of the first cs:names that says anything: what citations are grouped by */
    ROLE_LIST,        /* the names of one variable, without a label */
    ROLE_NAME,        /* one name of them */
    ROLE_YEAR,        /* a date's year */
    ROLE_YEAR_SUFFIX, /* the letter after it */
    ROLE_NUMBER,      /* citation-number */
};

struct output {
    struct output *next, *first, *last;
    text characters; /* of a leaf */
    text prefix, suffix, delimiter;
    struct format format;
    enum csl_look markup; /* of the field's own: turns what stands around it over */
    enum output_role role;
    bool has_quotes;
    bool
        quotes_are_single; /* as the field has them: the inner ones, where they are the outermost */
    bool keeps_case;       /* text-case leaves it alone */
    bool affixes_inside;   /* prefix and suffix have the format too (cs:layout) */
    bool is_affix;         /* what stands between: its signs meet those around it */
    bool is_cite;          /* `item` says which */
    size_t item;
    text link, language;
    const struct reference_name *person;  /* of ROLE_NAME: who it is; NULL: looks must tell */
    const struct reference_field *people; /* of ROLE_LIST: all of them, shown or not */
};

/* An empty part in the arena. */
struct output *output_new(struct arena *arena);
/* A part that is characters, borrowed. */
struct output *output_leaf(struct arena *arena, text characters);
/* Makes the child the last of the parent's; NULL is passed over. */
void output_append(struct output *parent, struct output *child);
/* True where it says nothing. */
bool output_is_empty(const struct output *output);
/* The characters below, without affixes of their own being joined: for comparing. */
void output_add_characters(const struct output *output, struct buffer *buffer);
/* The first part with that role, or NULL. */
struct output *output_find(struct output *output, enum output_role role);
/* Makes an affix of it: its signs meet those around it. */
void output_mark_affix(struct output *output);
/* Takes the periods out of all its characters (strip-periods); new ones lie in the arena. */
void output_strip_periods(struct arena *arena, struct output *output);
/* Joins everything into tokens: affixes, delimiters, quotes, punctuation. */
void output_join(struct arena *arena, const struct locale *locale, const struct output *output,
                 struct csl_tokens *tokens);
/* rich.c: a field's text with its markup and quotes. Straight quotes and those of the language take
   the language's marks; others are the title's own, and stay. */
struct output *rich_read(struct arena *arena, const struct locale *locale, text field);
/* Without the tags at its ends: what is read first and last. */
text rich_bare(text field);
/* The same characters, with narrow no-break spaces where French has them: before ; : ? ! » and
   after «, if a space stands there. */
text rich_spaces(struct arena *arena, text field);
/* text_case.c: as CSL names it ("title"), in the way of the language: title case is for English
   only, and Turkish has capitals of its own. */
void text_case_apply(struct arena *arena, struct output *output, text text_case, text language);

#endif

/* Context: what a style's elements are rendered with: the item, the cite, what was said before.
   Each element asks it for variables, terms and what it inherits. Private to csl/. */
#ifndef LECTERN_CSL_CONTEXT_H
#define LECTERN_CSL_CONTEXT_H

#include "csl/output.h"

enum position {
    POSITION_FIRST,
    POSITION_SUBSEQUENT,
    POSITION_IBID,
    POSITION_IBID_WITH_LOCATOR,
};

enum given_level {
    GIVEN_AS_STYLED,
    GIVEN_INITIALS,
    GIVEN_FULL,
};

/* How the names of one item are told from those of others: for each cs:names that a citation
   renders, in order. */
enum { CHOICE_NAMES = 4 };
struct names_choice {
    unsigned shown[CHOICE_NAMES]; /* names before "et al."; 0: as the style says */
    uint8_t *given[CHOICE_NAMES]; /* enum given_level of each name; NULL: as styled */
};

/* A cited reference. */
struct cited_item {
    const struct reference *reference;
    size_t index;         /* in csl_input.references */
    unsigned number;      /* citation-number, from 1 */
    unsigned year_suffix; /* from 1; 0: none */
    unsigned conditions;  /* how many disambiguate="true" hold, in the order in which they come */
    struct names_choice choice;
    unsigned first_note; /* that cites it */
    text label;          /* citation-label */
};

struct run {
    struct arena *arena;
    const struct csl_input *input;
    const struct csl_style *style;
    struct locale locale;
    struct cited_item *items; /* one for each reference */
    bool citation_has_label;  /* citation-label is used: a letter tells equal ones apart */
    size_t used_before;       /* of the arena, when the citations began */
    bool citation_has_suffix, bibliography_has_suffix; /* year-suffix is rendered where it says */
};

enum { SUPPRESSED_MOST = 16 };

struct context {
    struct run *run;
    struct arena *arena;
    struct cited_item *item;
    const struct reference *reference;
    const struct csl_cite *cite; /* NULL: in the bibliography */
    const struct element *area;  /* cs:citation or cs:bibliography: what is inherited from */
    const struct element *key;   /* cs:key, where the text is to be sorted by */
    const struct names_choice *choice;
    enum position position;
    bool near_note;
    unsigned conditions; /* of disambiguate="true", that came and held */
    bool without_suffix; /* the year-suffix is left out: cites are compared */
    bool has_names;      /* ROLE_NAMES was given */
    bool author_suppressed;
    bool shows_locator;            /* of the cite */
    bool suffix_is_done, has_text; /* something was rendered: a term is not the first word */
    unsigned called, filled;       /* variables asked for, and of them those that had a value */
    size_t names_rendered;         /* cs:names, for choice */
    const struct element *names;   /* cs:names that a cs:substitute stands in; else NULL */
    bool records;                  /* variables that are rendered are to be suppressed later */
    text suppressed[SUPPRESSED_MOST], recorded[SUPPRESSED_MOST];
    size_t suppressed_count, recorded_count;
    size_t name_total; /* for form="count" */
    unsigned depth;
    text delimiter; /* of the nearest element around that has one: the branches of a cs:choose take
                       it (CSL 1.0.2, "Choose") */
};

/* For one item; area: cs:citation or cs:bibliography. */
void context_init(struct context *context, struct run *run, struct arena *arena,
                  struct cited_item *item, const struct element *area);
/* Gives the output the element's format, quotes, affixes, text case. */
struct output *context_dress(struct context *context, const struct element *element,
                             struct output *output);

/* The term that labels something (cs:label), in its form. NULL: there is none. */
struct output *context_label(struct context *context, const struct element *label, text term_name,
                             bool is_many);

/* A variable's words, or empty; counts it as called. */
text context_variable(struct context *context, text name);
/* Whether cs:substitute has used the variable up in this item. */
bool context_is_suppressed(const struct context *context, text name);
/* Notes a variable that was called, where cs:substitute asks for it. */
void context_record(struct context *context, text name);
/* Inherited from cs:names, cs:citation or cs:bibliography, cs:style. */
text context_inherited(const struct context *context, const struct element *element,
                       enum csl_attribute own, enum csl_attribute inherited);

/* Variables that are no field of the reference: whether the name is one, and its value, which may
   be empty. Does not count as called. */
bool context_computes(const struct context *context, text name, text *value);
/* The words of a field, or empty; does not count as called. */
text context_field(const struct context *context, text name);
/* What the cite's locator counts, "page" where nothing says; empty: it has none. */
text context_locator_label(const struct context *context);
/* The words of a term, with its apostrophes and markup. */
struct output *context_term(struct context *context, text words);

#endif

/* Style: how citations and reference lists are worded. Here ends what knows the tree: a style gets
   references and citations in order and gives back runs of formatted text; cite.c makes nodes of
   them. The plain numeric style (numeric.h) stands behind this interface, and a processor of CSL
   styles can stand there in its place. */
#ifndef LECTERN_CITE_STYLE_H
#define LECTERN_CITE_STYLE_H

#include "document/reference.h"

/* Bits of a run's look. */
enum {
    LOOK_ITALIC = 1,
    LOOK_BOLD = 2,
    LOOK_SMALL_CAPITALS = 4,
    LOOK_SUPERSCRIPT = 8,
    LOOK_SUBSCRIPT = 16,
    LOOK_COUNT = 5,
};

#define STYLE_NO_REFERENCE SIZE_MAX

/* Characters with one look. */
struct style_run {
    struct style_run *next;
    text characters;
    unsigned look;
    size_t reference; /* the run leads to this reference's entry; else STYLE_NO_REFERENCE */
    text url;         /* the run leads there; empty: it does not */
    text name;        /* with url: what the link is called where it is read on its own */
    text language;    /* BCP 47, canonical; empty: the publication's */
};

struct style_runs {
    struct style_run *first, *last;
};

/* One reference named in a citation. */
struct style_item {
    size_t reference; /* in style_input.references */
    text prefix, locator, suffix;
    bool author_suppressed;
};

struct style_citation {
    struct style_item *items;
    size_t item_count; /* 0: nothing in it is known */
    bool narrative;    /* stands in the sentence: "Sun et al. [2] found" */
    bool author_only;  /* narrative: "Sun et al." */
    unsigned note;     /* the number of the note that it stands in; 0: in the text */
};

struct style_input {
    struct report *report;                     /* whose budget it takes from; NULL: none */
    text language;                             /* the publication's */
    const struct reference *const *references; /* the cited ones, in order of first citation */
    size_t reference_count;
    const struct style_citation *citations; /* in document order */
    size_t citation_count;
};

struct style_entry {
    size_t reference; /* in style_input.references */
    unsigned number;  /* shown before the entry, and in the names of links to it */
    struct style_runs runs;
    bool unnumbered; /* nothing is shown before it that is not among its runs */
    text label;      /* what is shown before it: "[1]"; empty: the number with a full stop */
};

struct style_output {
    struct style_runs *citations; /* one for each citation */
    struct style_entry *entries;  /* in the order of the list; a style may leave references out */
    size_t entry_count;
    bool cut; /* the citations came to the limits at cut_at; those after it are empty */
    size_t cut_at;
};

/* Adds a run without links; NULL where there are no characters. */
struct style_run *style_add(struct arena *arena, struct style_runs *runs, text characters,
                            unsigned look);

#endif

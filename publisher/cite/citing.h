/* Citing: what the parts of the stage share. Private to cite/. */
#ifndef LECTERN_CITE_CITING_H
#define LECTERN_CITE_CITING_H

#include "cite/cite.h"
#include "cite/style.h"

/* A back link in the making: which reference, cited by which citation. */
struct cite_place {
    size_t reference;
    struct node *citation;
};

/* Citations that are worded together, and the lists of what they name. The first group is the
   document's; a section of the first level that has a list of its own is a group too. */
struct group {
    size_t section;      /* 0: the document */
    struct node **nodes; /* citations in document order, beside `citations` */
    size_t *ordinals;    /* which of the document's citations each is, from 1 */
    struct style_citation *citations;
    size_t citation_count, node_capacity, ordinal_capacity, citation_capacity;
    const struct reference **references; /* in order of first citation, then those not cited */
    size_t reference_count, reference_capacity, cited_count;
    struct node **lists; /* in document order */
    size_t list_count, list_capacity;
    struct node **entries;     /* by the reference's place in `references`; NULL: in no list */
    unsigned *numbers;         /* the same */
    struct cite_place *places; /* in document order */
    size_t place_count, place_capacity;
};

struct key {
    text id;
    size_t place; /* in document->references */
};

struct cite {
    struct document *document;
    struct arena *arena;
    struct id_map *ids;
    text language;
    struct key *keys; /* sorted by id, then by place */
    size_t *cited_as; /* for document->references: place in the group's references, or
                         STYLE_NO_REFERENCE */
    bool *is_cited;   /* the same: in any group until now */
    unsigned unknown_keys;
    struct group *group;                /* the one in hand */
    const struct cite_wording *wording; /* NULL: the plain numeric style */
};

/* collect.c */

/* Sorts the keys; fills cited_as. */
void cite_sort_keys(struct cite *cite);
/* Divides citations and lists among groups, in document order; returns their number. */
size_t cite_collect(struct cite *cite, struct group **groups);
/* Adds to the document's group what is listed without being cited. */
void cite_add_uncited(struct cite *cite);
/* Resolves the keys of the group's citations; reports `citation-unknown`. */
void cite_resolve(struct cite *cite);

/* runs.c */

/* A node of Lectern's own at the end of the parent. */
struct node *cite_add_node(struct cite *cite, struct node *parent, enum node_kind kind);
/* Appends a text node with these characters, marked as generated, to the parent. */
void cite_add_characters(struct cite *cite, struct node *parent, text characters);
/* Runs side by side in one language share one span: a title with markup in it is one part. */
void cite_add_runs(struct cite *cite, struct node *top, const struct style_runs *runs);

/* As the list shows it: in the digits of the language, or of the style. */
text cite_number_text(struct cite *cite, size_t number);

/* own_heading.c */

/* The author's own heading for the list of references, in the article's language; NULL: none. */
struct node *cite_find_own_heading(struct cite *cite);

/* lists.c */

/* Makes the entries in the group's lists; a list at the end takes what none of them does. */
void cite_make_lists(struct cite *cite, const struct style_output *output);
/* base, or base-2, base-3 …: the first that is free, and now taken. */
text cite_take_id(struct cite *cite, const char *base, struct node *node);
/* The id base-number, or the next that is free, for the node; in the arena. */
text cite_take_numbered_id(struct cite *cite, const char *base, size_t number, struct node *node);

#endif

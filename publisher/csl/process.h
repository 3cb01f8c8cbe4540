/* Process: the parts of a run. Private to csl/. */
#ifndef LECTERN_CSL_PROCESS_H
#define LECTERN_CSL_PROCESS_H

#include "csl/render.h"

/* A cite of a citation, as it is put together. */
struct cite_state {
    const struct csl_cite *cite;
    struct cited_item *item;
    size_t place; /* in the citation as written */
    enum position position;
    bool near_note;
    bool has_text;      /* words stand before it */
    bool shows_locator; /* the style prints its locator; cite_render finds out */
    struct output *output;
};

/* note_fields.c: the reference, with the fields that its note holds. */
const struct reference *note_fields_read(struct arena *arena, const struct reference *reference);

/* locator.c: the cite, with the label that its locator brings itself. */
struct csl_cite locator_read(struct arena *arena, const struct csl_cite *cite, text language);

/* cite.c: the layout of citations for one item; scratch: where it is built. */
struct output *cite_render(struct run *run, struct arena *arena, struct cite_state *state,
                           bool without_suffix);
/* cites.c: words every citation of the run, in order, into output->citations. */
void cites_process(struct run *run, struct csl_output *output);

/* collapse.c: groups and shortens the cites of a citation; returns what the layout holds. */
struct output *cites_collapse(struct run *run, struct cite_state *cites, size_t count);

/* sort.c */
struct sorter;
/* NULL where there is nothing to sort by. */
struct sorter *sorter_new(struct run *run, const struct element *sort, const struct element *area);
/* order: indices of run->items; sorted stably. */
void sorter_sort(struct sorter *sorter, size_t *order, size_t count);
/* As strcmp does, for the items at these places of run->items. */
int sorter_compare(struct sorter *sorter, size_t a, size_t b);
/* Gives the memory back; NULL is nothing. */
void sorter_release(struct sorter *sorter);

/* disambiguate.c: order: the items as the bibliography has them. */
void disambiguate(struct run *run, const size_t *order, size_t count);

/* bibliography.c */
void bibliography_process(struct run *run, const size_t *order, size_t count,
                          struct csl_output *output);

#endif

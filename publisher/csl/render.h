/* Render: the elements of a style, for one item → a tree of formatted text. Private to csl/. */
#ifndef LECTERN_CSL_RENDER_H
#define LECTERN_CSL_RENDER_H

#include "csl/context.h"

/* The children of an element in order, joined by its delimiter. NULL: nothing. */
struct output *render_children(struct context *context, const struct element *element);
/* One element, whatever it is. NULL: nothing. */
struct output *render_element(struct context *context, const struct element *element);
/* The branch of a cs:choose whose conditions hold; NULL: none. */
const struct element *render_branch(struct context *context, const struct element *choose);
/* names.c */
struct output *names_render(struct context *context, const struct element *element);
/* The same people in the same order; NULL is nobody's. */
bool names_are_same(const struct reference_field *a, const struct reference_field *b);
/* name.c */
struct name_style {
    const struct element *name; /* cs:name; may be NULL */
    bool is_short, is_inverted, initializes, hyphenates, is_sort_key;
    bool has_initials; /* initialize-with is given */
    text initials, separator;
    enum { DEMOTE_NEVER, DEMOTE_SORT_ONLY, DEMOTE_ALWAYS } demote;
};
struct output *name_render(struct context *context, const struct reference_name *name,
                           const struct name_style *style);
/* False where its parts have one order only: institutions, names in Chinese. */
bool name_has_order(const struct reference_name *name);
/* Whether two names say the same in all their parts. */
bool name_is_same(const struct reference_name *a, const struct reference_name *b);
/* With its particles found in the family or the given name. */
struct reference_name name_parse(const struct reference_name *name);

/* dates.c */
struct output *date_render(struct context *context, const struct element *element);
/* "YYYYMMDD-YYYYMMDD"; empty: no date. For sorting. */
text date_sort_key(struct arena *arena, const struct reference_date *date);

/* numbers.c */
struct output *number_render(struct context *context, const struct element *element);
/* cs:label. NULL: the variable is empty, or has no such term. */
struct output *label_render(struct context *context, const struct element *element);
/* Whether the words are numbers, with ranges and lists of them (CSL 1.0.2, "is-numeric"). */
bool number_is_numeric(text words);
/* Ranges of pages as the style wants them; hyphens become dashes. */
text number_page_range(struct context *context, text words);
/* The same without a format: "3-4" → "3–4". */
text number_dashes(struct context *context, text words);

#endif

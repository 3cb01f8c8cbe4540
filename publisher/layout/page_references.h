/* Page references: what a reference to a page shows ("Figure 3 (page 12)"). It can be known only
   when there are pages, so a text that has any is laid out with noughts first, and again with the
   numbers. On the page of the target, or the one that faces it, nothing is shown: the reader sees
   it; nor on the panels of a leaflet, which have no numbers. */
#ifndef LECTERN_LAYOUT_PAGE_REFERENCES_H
#define LECTERN_LAYOUT_PAGE_REFERENCES_H

#include "layout/pages.h"
#include "theme/theme.h"

struct page_reference {
    const struct node *node;
    text label;      /* of its target's page, as it was laid out last; empty: not known yet */
    size_t target;   /* the number of that page, from 1; 0: none */
    bool is_silent;  /* shows nothing */
    bool was_spoken; /* was found on another page than its target when it was to show nothing */
};

struct page_references {
    struct page_reference *all; /* in the order of the tree */
    size_t count;
};

/* All references of the document but the places of an index, which layout/locators.h knows. In the
   arena. */
struct page_references page_references_new(const struct document *document,
                                           const struct theme *theme, struct arena *arena);
/* That of a page_reference; NULL: it is none of them. */
struct page_reference *page_references_find(const struct page_references *references,
                                            const struct node *node);
/* Compares what is shown with the pages, which have numbered the targets (page_numbers_fill), and
   takes down what is to be shown next; labels are copied into the arena. True: the pages are right
   as they are. What has shown nothing and should have does so never again, and from the last trial
   on (is_last) everything is shown, with whatever room there is: so it ends, with the right
   numbers. */
bool page_references_settle(struct page_references *references, const struct document *document,
                            const struct theme *theme, const struct pages *pages,
                            struct arena *arena, bool is_last);

#endif

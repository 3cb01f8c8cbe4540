/* Floats: figures and tables that may move to the top of the next page (or column), text going on
   before them. Works on the flow and on pieces of the page breaker; knows nothing of painting. */
#ifndef LECTERN_LAYOUT_FLOATS_H
#define LECTERN_LAYOUT_FLOATS_H

#include "layout/stack.h"

struct floats {
    uint32_t next; /* in flow->floats: the first that is on no page yet */
    /* Workspace: the pieces in sight in another order, and which each of them is. */
    struct page_piece *pieces;
    uint32_t *places;
    size_t count, capacity;
    struct flow_box *waiting;
    size_t waiting_capacity;
};

enum floats_answer {
    FLOATS_NONE,      /* no float is in sight: the page breaker has the word */
    FLOATS_WANT_MORE, /* what text would go on cannot be seen yet */
    FLOATS_CHOSEN,
};

/* Gives the memory back. */
void floats_release(struct floats *floats);
/* Chooses how many pieces stand on the page that begins at box `first`. Where a float waits, the
   boxes of the flow get their new order, so that these pieces come first and then what waits. Then
   floats->pieces holds the pieces of the page. A float that waits keeps start_node no longer: no
   page begins with it in the order of the text. in_column: the page is one of several columns, in
   which nothing stands that reaches over all of them; then *chosen may be 0. */
enum floats_answer floats_choose(struct floats *floats, struct flow *flow,
                                 struct page_breaker *breaker, const struct page_view *view,
                                 size_t first, bool in_column, size_t *chosen);
/* The boxes first..end-1 are on a page. */
void floats_pass(struct floats *floats, const struct flow *flow, size_t first, size_t end);

#endif

/* Stack: boxes one below the other, with the space and the frames between them. */
#ifndef LECTERN_LAYOUT_STACK_H
#define LECTERN_LAYOUT_STACK_H

#include "layout/flow.h"

/* From the bottom of one box to the top of the next: the frames that close, the larger of the two
   spaces, the frames that open. */
float stack_gap(const struct flow *flow, const struct flow_box *upper,
                const struct flow_box *lower);
/* Above a box that begins a page: frames go on there, space vanishes. */
float stack_gap_at_top(const struct flow *flow, const struct flow_box *box);
/* Below a box that ends a page. */
float stack_gap_at_bottom(const struct flow *flow, const struct flow_box *box);

/* Items of a page in the making: what lies below the text, and the text. Heap. */
struct page_layers {
    struct page_item *ground, *text;
    size_t ground_count, ground_capacity, text_count, text_capacity;
    float x;                 /* how far what is written moves to the right: to its column */
    struct open_frame *open; /* while boxes are written */
    size_t open_count, open_capacity;
};

/* Gives the memory back. */
void page_layers_release(struct page_layers *layers);
/* Writes the boxes first..end-1, the first box's own gap above included, from y on. Their runs are
   moved to the page. Returns the y below the last and its frames. */
float stack_write(struct page_layers *layers, const struct flow *flow, size_t first, size_t end,
                  float y);
/* Writes boxes again as artifacts; nothing is moved. Returns the y below the last. */
float stack_write_again(struct page_layers *layers, const struct flow *flow, struct arena *arena,
                        size_t first, size_t end, float y);

#endif

#include "layout/stack.h"

#include "layout/paragraph.h"

static uint32_t common_frame(const struct flow *flow, uint32_t a, uint32_t b)
{
    while (a != b) {
        if (flow->frames[a].depth >= flow->frames[b].depth)
            a = flow->frames[a].parent;
        else
            b = flow->frames[b].parent;
    }
    return a;
}

float stack_gap(const struct flow *flow, const struct flow_box *upper, const struct flow_box *lower)
{
    float space = upper->after > lower->before ? upper->after : lower->before;
    if (upper->frame == lower->frame)
        return space;
    const struct flow_frame *common = &flow->frames[common_frame(flow, upper->frame, lower->frame)];
    return flow->frames[upper->frame].total_below - common->total_below + space +
           flow->frames[lower->frame].total_above - common->total_above;
}

float stack_gap_at_top(const struct flow *flow, const struct flow_box *box)
{
    return flow->frames[box->frame].total_above;
}

float stack_gap_at_bottom(const struct flow *flow, const struct flow_box *box)
{
    return flow->frames[box->frame].total_below;
}

/* frames on the page in the making */

struct open_frame {
    uint32_t frame;
    size_t first_item, item_count; /* its rules in the ground, whose height is not known yet */
};

static void add_frame_rule(struct page_layers *layers, const struct flow_frame *frame, float x,
                           float y, float width, uint32_t colour)
{
    WORK_GROW(layers->ground, layers->ground_count, layers->ground_capacity);
    layers->ground[layers->ground_count++] =
        (struct page_item){.kind = ITEM_RULE,
                           .piece = PIECE_DECORATION,
                           .node = frame->node,
                           .rule = {.x = x + layers->x, .y = y, .width = width, .colour = colour}};
}

static void open_frame(struct page_layers *layers, const struct flow *flow, uint32_t number,
                       float y)
{
    const struct flow_frame *frame = &flow->frames[number];
    const struct frame_look *look = frame->look;
    WORK_GROW(layers->open, layers->open_count, layers->open_capacity);
    struct open_frame *open = &layers->open[layers->open_count++];
    *open = (struct open_frame){.frame = number, .first_item = layers->ground_count};
    if (look->ground != FRAME_NO_GROUND)
        add_frame_rule(layers, frame, frame->left, y, frame->right - frame->left, look->ground);
    if (look->bar_width > 0)
        add_frame_rule(layers, frame,
                       frame->bar_at_right ? frame->right - look->bar_width : frame->left, y,
                       look->bar_width, look->bar);
    open->item_count = layers->ground_count - open->first_item;
}

/* Closes the innermost frame; y: the bottom of what is in it. Returns the frame's bottom. */
static float close_frame(struct page_layers *layers, const struct flow *flow, float y)
{
    const struct open_frame *open = &layers->open[--layers->open_count];
    y += flow->frames[open->frame].padding_below;
    for (size_t i = 0; i < open->item_count; i++) {
        struct rule *rule = &layers->ground[open->first_item + i].rule;
        rule->height = y - rule->y;
    }
    return y;
}

/* Opens all frames of `wanted` that are inside `common`, outermost first. Returns the y inside
 * them. */
static float open_frames(struct page_layers *layers, const struct flow *flow, uint32_t common,
                         uint32_t wanted, float y)
{
    size_t first = layers->open_count;
    for (uint32_t i = wanted; i != common; i = flow->frames[i].parent) { /* room, innermost first */
        WORK_GROW(layers->open, layers->open_count, layers->open_capacity);
        layers->open[layers->open_count++].frame = i;
    }
    size_t count = layers->open_count - first;
    layers->open_count = first;
    for (size_t i = 0; i < count / 2; i++) {
        uint32_t kept = layers->open[first + i].frame;
        layers->open[first + i].frame = layers->open[first + count - 1 - i].frame;
        layers->open[first + count - 1 - i].frame = kept;
    }
    for (size_t i = 0; i < count; i++) {
        uint32_t number = layers->open[first + i].frame;
        open_frame(layers, flow, number, y);
        y += flow->frames[number].padding_above;
    }
    return y;
}

/* boxes */

static struct page_item *add_text_item(struct page_layers *layers, const struct page_item *item)
{
    WORK_GROW(layers->text, layers->text_count, layers->text_capacity);
    struct page_item *placed = &layers->text[layers->text_count++];
    *placed = *item;
    return placed;
}

static void move_item(struct page_item *item, float x, float y)
{
    if (item->kind == ITEM_RUN) {
        item->run->x += x;
        item->run->baseline += y;
    } else if (item->kind == ITEM_RULE) {
        item->rule.x += x;
        item->rule.y += y;
    } else {
        item->picture.x += x;
        item->picture.y += y;
    }
}

/* Writes items of a box that has its place. */
static void write_items(struct page_layers *layers, const struct flow *flow,
                        const struct flow_box *box, uint32_t first, uint32_t end)
{
    for (uint32_t i = first; i < end; i++)
        move_item(add_text_item(layers, &flow->items[box->first_item + i]), box->x, box->y);
}

static void write_box(struct page_layers *layers, const struct flow *flow, struct flow_box *box,
                      float y)
{
    box->x = layers->x;
    box->y = y;
    write_items(layers, flow, box, 0, box->pair ? box->pair_items : box->item_count);
}

/* The second column of the pair that ends with the last of the boxes, where one does. */
static void write_second(struct page_layers *layers, const struct flow *flow, size_t first,
                         size_t last, size_t end)
{
    const struct flow_box *boxes = flow->boxes;
    uint32_t pair = boxes[last].pair;
    if (!pair || (last + 1 < end && boxes[last + 1].pair == pair))
        return;
    size_t from = last;
    while (from > first && boxes[from - 1].pair == pair)
        from--;
    for (; from <= last; from++)
        write_items(layers, flow, &boxes[from], boxes[from].pair_items, boxes[from].item_count);
}

float stack_write(struct page_layers *layers, const struct flow *flow, size_t first, size_t end,
                  float y)
{
    layers->open_count = 0;
    for (size_t i = first; i < end; i++) {
        struct flow_box *box = &flow->boxes[i];
        uint32_t common = NO_FRAME;
        if (i > first) {
            const struct flow_box *upper = &flow->boxes[i - 1];
            common = common_frame(flow, upper->frame, box->frame);
            while (layers->open_count && layers->open[layers->open_count - 1].frame != common &&
                   flow->frames[layers->open[layers->open_count - 1].frame].depth >
                       flow->frames[common].depth)
                y = close_frame(layers, flow, y);
            y += upper->after > box->before ? upper->after : box->before;
        }
        y = open_frames(layers, flow, common, box->frame, y);
        write_box(layers, flow, box, y);
        write_second(layers, flow, first, i, end);
        y += box->height;
    }
    while (layers->open_count)
        y = close_frame(layers, flow, y);
    return y;
}

float stack_write_again(struct page_layers *layers, const struct flow *flow, struct arena *arena,
                        size_t first, size_t end, float y)
{
    for (size_t b = first; b < end; b++) {
        const struct flow_box *box = &flow->boxes[b];
        for (uint32_t i = 0; i < box->item_count; i++) {
            const struct page_item *shown = &flow->items[box->first_item + i];
            struct page_item *item = add_text_item(layers, shown);
            if (item->piece != PIECE_DECORATION)
                item->piece = PIECE_REPEATED;
            /* Only what is in a run has been moved with the box. */
            bool is_run = item->kind == ITEM_RUN;
            if (is_run) {
                struct glyph_run *run = ARENA_NEW(arena, struct glyph_run);
                *run = *item->run;
                item->run = run;
            }
            move_item(item, layers->x - (is_run ? box->x : 0), y - (is_run ? box->y : 0));
        }
        y += box->height;
    }
    return y;
}

void page_layers_release(struct page_layers *layers)
{
    free(layers->ground);
    free(layers->text);
    free(layers->open);
    *layers = (struct page_layers){0};
}

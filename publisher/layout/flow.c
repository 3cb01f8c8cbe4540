#include "layout/flow.h"

#include "layout/paragraph.h"

void flow_init(struct flow *flow)
{
    *flow = (struct flow){0};
    WORK_GROW(flow->frames, flow->frame_count, flow->frame_capacity);
    flow->frames[flow->frame_count++] = (struct flow_frame){0};
    WORK_GROW(flow->tables, flow->table_count, flow->table_capacity);
    flow->tables[flow->table_count++] = (struct flow_table){0};
}

void flow_release(struct flow *flow)
{
    free(flow->boxes);
    free(flow->items);
    free(flow->notes);
    free(flow->frames);
    free(flow->tables);
    free(flow->anchors);
    free(flow->floats);
    *flow = (struct flow){0};
}

struct flow_box *flow_add_box(struct flow *flow)
{
    WORK_GROW(flow->boxes, flow->box_count, flow->box_capacity);
    struct flow_box *box = &flow->boxes[flow->box_count++];
    *box = (struct flow_box){
        .number = (uint32_t)flow->box_count - 1,
        .first_item = (uint32_t)flow->item_count,
        .first_note = (uint32_t)flow->note_count,
    };
    return box;
}

struct page_item *flow_add_item(struct flow *flow, enum page_item_kind kind, enum piece piece,
                                const struct node *node)
{
    WORK_GROW(flow->items, flow->item_count, flow->item_capacity);
    struct page_item *item = &flow->items[flow->item_count++];
    *item = (struct page_item){.kind = kind, .piece = piece, .node = node};
    flow->boxes[flow->box_count - 1].item_count++;
    return item;
}

struct page_item *flow_add_rule(struct flow *flow, const struct node *node, float x, float y,
                                float width, float height, uint32_t colour)
{
    struct page_item *item = flow_add_item(flow, ITEM_RULE, PIECE_DECORATION, node);
    item->rule = (struct rule){.x = x, .y = y, .width = width, .height = height, .colour = colour};
    return item;
}

void flow_add_note(struct flow *flow, const struct node *note)
{
    WORK_GROW(flow->notes, flow->note_count, flow->note_capacity);
    flow->notes[flow->note_count++] = note;
    flow->boxes[flow->box_count - 1].note_count++;
}

uint32_t flow_add_frame(struct flow *flow, uint32_t parent, const struct frame_look *look,
                        const struct node *node, float most_padding)
{
    WORK_GROW(flow->frames, flow->frame_count, flow->frame_capacity);
    const struct flow_frame *around = &flow->frames[parent];
    float wanted = look->padding_above + look->padding_below;
    float room = most_padding - around->total_above - around->total_below;
    float scale = wanted <= room ? 1 : room > 0 ? room / wanted : 0;
    flow->frames[flow->frame_count] = (struct flow_frame){
        .parent = parent,
        .depth = around->depth + 1,
        .look = look,
        .node = node,
        .padding_above = look->padding_above * scale,
        .padding_below = look->padding_below * scale,
        .total_above = around->total_above + look->padding_above * scale,
        .total_below = around->total_below + look->padding_below * scale,
    };
    return (uint32_t)flow->frame_count++;
}

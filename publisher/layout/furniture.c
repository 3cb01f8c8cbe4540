/* Furniture: the running header (the title, from the second page on) and the page number. */
#include "layout/pager.h"

static void fill_small(struct builder *builder, text characters, const struct node *node,
                       enum piece piece, const struct look *look)
{
    paragraph_begin(&builder->small, look, node_direction(node) == DIRECTION_RIGHT_TO_LEFT,
                    node_language(node));
    paragraph_add_text(&builder->small, characters, node, 0, piece);
    paragraph_prepare(&builder->small);
}

void furniture_set(struct builder *builder, struct flow *flow, text characters,
                   const struct node *node, enum piece piece, const struct look *look,
                   const struct line_place *place)
{
    fill_small(builder, characters, node, piece, look);
    paragraph_break(&builder->small, 1e6F);
    builder->sink.flow = flow;
    line_write(&builder->sink, &builder->small, &builder->small.lines[0], place);
}

static struct line_place place_at(const struct builder *builder, const struct look *look,
                                  float baseline)
{
    const struct font *body = fonts_body(builder->fonts);
    return (struct line_place){
        .left = builder->geometry.left,
        .right = builder->geometry.right,
        .baseline = baseline,
        .above = body->ascent * look->size,
        .below = body->descent * look->size,
    };
}

/* What of the title stands on one line. */
static text shorten_title(struct builder *builder, text title, const struct look *look)
{
    float measure = builder->geometry.right - builder->geometry.left - look->size;
    fill_small(builder, title, builder->document->root, PIECE_HEADER, look);
    const struct paragraph *small = &builder->small;
    paragraph_break(&builder->small, measure);
    if (small->line_count < 2)
        return title;
    size_t end = small->lines[0].to;
    text kept = text_slice(title, 0, end < small->glyph_count ? small->glyphs[end].start : 0);
    return arena_printf(builder->arena, "%.*s\xE2\x80\xA6", TEXT_ARGUMENTS(text_trim(kept)));
}

void furniture_init(struct furniture *furniture, struct builder *builder)
{
    *furniture = (struct furniture){.builder = builder};
    flow_init(&furniture->flow);
    flow_add_box(&furniture->flow);
    text title = builder->document->metadata.title;
    if (builder->geometry.header_baseline <= 0 || title.length == 0)
        return;
    const struct look *look = &builder->theme->looks[LOOK_HEADER];
    title = shorten_title(builder, title, look);
    struct line_place place = place_at(builder, look, builder->geometry.header_baseline);
    furniture_set(builder, &furniture->flow, title, builder->document->root, PIECE_HEADER, look,
                  &place);
}

void furniture_release(struct furniture *furniture)
{
    flow_release(&furniture->flow);
}

static void copy_items(struct furniture *furniture, struct page_layers *layers, size_t from)
{
    for (size_t i = from; i < furniture->flow.item_count; i++) {
        WORK_GROW(layers->text, layers->text_count, layers->text_capacity);
        struct page_item *item = &layers->text[layers->text_count++];
        *item = furniture->flow.items[i];
        item->run = ARENA_NEW(furniture->builder->arena, struct glyph_run);
        *item->run = *furniture->flow.items[i].run;
    }
}

void furniture_write(struct furniture *furniture, struct page_layers *layers, text label,
                     bool is_first)
{
    struct builder *builder = furniture->builder;
    size_t header_end = furniture->flow.boxes[0].item_count;
    if (!is_first)
        copy_items(furniture, layers, 0);
    if (builder->geometry.footer_baseline <= 0)
        return;
    const struct look *look = &builder->theme->looks[LOOK_FOOTER];
    struct line_place place = place_at(builder, look, builder->geometry.footer_baseline);
    place.alignment = ALIGN_CENTRE;
    furniture_set(builder, &furniture->flow, label, builder->document->root, PIECE_FOOTER, look,
                  &place);
    copy_items(furniture, layers, header_end);
    furniture->flow.item_count = header_end;
    furniture->flow.boxes[0].item_count = (uint32_t)header_end;
}

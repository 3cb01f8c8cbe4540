/* Contents: the lines of the contents list. The page numbers are not known yet: each line keeps
   room for one and leaves runs without glyphs, which the pager fills. */
#include "layout/builder.h"

#include <math.h>

static const struct node *find_link(const struct node *entry)
{
    const struct node *child = entry->first_child;
    while (child && child->kind != NODE_LINK)
        child = child->next;
    return child;
}

/* A row of dots from the end of the words to the number, one rule. The dots of all lines stand
 * below one another. */
static void write_leader(struct layout_builder *builder, const struct node *entry, float from,
                         float to, float baseline)
{
    const struct theme *theme = builder->theme;
    float step = theme->contents_leader_gap, side = theme->contents_leader_size;
    float first = builder->geometry.left + ceilf((from - builder->geometry.left) / step) * step;
    float room = to - first - side; /* for the left side of the last dot */
    if (room < 0)
        return;
    struct page_item *dots =
        flow_add_rule(builder->flow, entry, first, baseline - side,
                      floorf(room / step) * step + side, side, theme->looks[LOOK_CAPTION].colour);
    dots->rule.step = step;
}

/* The number's empty runs, and the dots that lead to it, in the last box. */
static void want_number(struct layout_builder *builder, const struct node *entry,
                        const struct node *target, const struct look *look, float room)
{
    const struct paragraph *paragraph = &builder->paragraph;
    const struct block_context *context = builder_context(builder);
    const struct text_line *line = &paragraph->lines[paragraph->line_count - 1];
    float above, below, gap = builder->theme->contents_gap;
    paragraph_line_height(paragraph, line, &above, &below);
    struct number_wish wish = {.entry = entry, .target = target, .look = *look};
    wish.right_to_left = paragraph->right_to_left;
    wish.left = wish.right_to_left ? context->left : context->right - room;
    wish.right = wish.right_to_left ? context->left + room : context->right;
    if (wish.right_to_left)
        write_leader(builder, entry, wish.right, context->right - line->width - gap, above);
    else
        write_leader(builder, entry, context->left + line->width + gap, wish.left, above);
    for (size_t i = 0; i < NUMBER_RUNS; i++) {
        wish.runs[i] = ARENA_NEW(builder->arena, struct glyph_run);
        *wish.runs[i] = (struct glyph_run){
            .face = &fonts_body(builder->fonts)->face,
            .size = look->size,
            .x = wish.left,
            .baseline = above,
            .ascent = above,
            .descent = below,
            .colour = look->colour,
        };
        flow_add_item(builder->flow, ITEM_RUN, PIECE_PAGE_NUMBER, entry)->run = wish.runs[i];
    }
    WORK_GROW(builder->numbers, builder->number_count, builder->number_capacity);
    builder->numbers[builder->number_count++] = wish;
}

void builder_add_contents_entry(struct layout_builder *builder, const struct node *entry)
{
    const struct node *link = find_link(entry);
    if (!link)
        return;
    const struct block_context *context = builder_context(builder);
    const struct look *look =
        &builder->theme->looks[context->list_depth ? LOOK_CONTENTS_DEEPER : LOOK_CONTENTS];
    float room = look->size * builder_number_room(builder, link->link.target);
    bool right_to_left = context->right_to_left;
    struct paragraph *paragraph = &builder->paragraph;
    paragraph_begin(paragraph, look, right_to_left, node_language(entry));
    paragraph_add_plain_link(paragraph, link, look->size);
    paragraph_prepare(paragraph);
    struct line_options options = {
        .left = context->left,
        .right = context->right,
        .before = look->before,
        .after = look->after,
        .end_room = room,
    };
    builder_add_lines(builder, entry, &options);
    if (link->link.target)
        want_number(builder, entry, link->link.target, look, room);
}

/* Labels: the bullets and numbers that hang beside the first line of an item. */
#include "layout/builder.h"

#include "document/language.h"
#include "document/numerals.h"

static const char *const bullets[] = {"\xE2\x80\xA2", "\xE2\x80\x93", "\xE2\x96\xAA"}; /* • – ▪ */

/* 1: a, 26: z, 27: aa */
static text letters_of(struct arena *arena, unsigned number)
{
    char digits[16];
    size_t first = sizeof digits;
    for (; number > 0; number = (number - 1) / 26)
        digits[--first] = (char)('a' + (number - 1) % 26);
    return arena_printf(arena, "%.*s.", (int)(sizeof digits - first), digits + first);
}

static text roman_of(struct arena *arena, unsigned number)
{
    static const struct {
        unsigned value;
        const char *letters;
    } parts[] = {{1000, "m"}, {900, "cm"}, {500, "d"}, {400, "cd"}, {100, "c"},
                 {90, "xc"},  {50, "l"},   {40, "xl"}, {10, "x"},   {9, "ix"},
                 {5, "v"},    {4, "iv"},   {1, "i"}};
    struct buffer out;
    buffer_init(&out, 64);
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
        for (; number >= parts[i].value; number -= parts[i].value)
            buffer_add_c(&out, parts[i].letters);
    }
    buffer_add_byte(&out, '.');
    text result = arena_copy(arena, buffer_text(&out));
    buffer_release(&out);
    return result;
}

enum { MOST_ROMAN = 3999 };

text label_of_number(struct builder *builder, unsigned number)
{
    text digits = numeral_in(builder->arena, builder->document->metadata.language, number);
    return arena_printf(builder->arena, "%.*s.", TEXT_ARGUMENTS(digits));
}

static text ordered_label(struct builder *builder, const struct node *item, unsigned depth)
{
    unsigned number = item->list_item.number;
    /* Letters count only where the alphabet is the reader's. */
    bool has_letters = text_equal_c(text_from_c(language_script(node_language(item))), "Latn");
    if (has_letters && number > 0 && depth % 3 == 2)
        return letters_of(builder->arena, number);
    if (has_letters && number > 0 && number <= MOST_ROMAN && depth % 3 == 0)
        return roman_of(builder->arena, number);
    return label_of_number(builder, number);
}

text label_of_item(struct builder *builder, const struct node *item)
{
    const struct context *context = builder_context(builder);
    if (item->parent->list.ordered)
        return ordered_label(builder, item, context->ordered_depth);
    unsigned unordered = context->list_depth - context->ordered_depth;
    return text_from_c(bullets[(unordered ? unordered - 1 : 0) % 3]);
}

static void fill_small(struct builder *builder, text characters, const struct node *node,
                       enum look_name look, bool right_to_left)
{
    struct paragraph *small = &builder->small;
    /* Without a language: bullets and figures look the same in all of them. */
    paragraph_begin(small, &builder->theme->looks[look], right_to_left, TEXT_EMPTY);
    paragraph_add_text(small, characters, node, 0, PIECE_LABEL);
    paragraph_prepare(small);
}

float label_measure(struct builder *builder, text characters, enum look_name look)
{
    float narrowest, widest;
    fill_small(builder, characters, builder->document->root, look, false);
    paragraph_measure(&builder->small, &narrowest, &widest);
    return widest;
}

float list_label_width(struct builder *builder, const struct node *list)
{
    const struct theme *theme = builder->theme;
    const struct context *context = builder_context(builder);
    float least = theme->looks[context->look].size * theme->list_indent;
    if (!list->list.ordered || !list->last_child)
        return least;
    struct node item = *list->last_child;
    float widest = 0;
    /* The last label, and for Roman numbers the longest before it. */
    static const unsigned long_roman[] = {8, 18, 28, 38, 88, 188, 288, 388, 888, 1888, 2888, 3888};
    for (size_t i = 0; i <= sizeof long_roman / sizeof *long_roman; i++) {
        if (i > 0 && long_roman[i - 1] >= list->last_child->list_item.number)
            break;
        if (i > 0)
            item.list_item.number = long_roman[i - 1];
        text label = ordered_label(builder, &item, context->ordered_depth + 1);
        float wide = label_measure(builder, label, context->look);
        widest = wide > widest ? wide : widest;
    }
    float width = widest + theme->label_gap;
    return width > least ? width : least;
}

void builder_want_label(struct builder *builder, const struct node *node, text characters,
                        float left, float right, bool right_to_left, enum look_name look)
{
    WORK_GROW(builder->labels, builder->label_count, builder->label_capacity);
    builder->labels[builder->label_count++] = (struct pending_label){
        .node = node,
        .characters = characters,
        .left = left,
        .right = right,
        .right_to_left = right_to_left,
        .look = look,
    };
}

void builder_write_labels(struct builder *builder, float baseline, float above, float below)
{
    for (size_t i = 0; i < builder->label_count; i++) {
        const struct pending_label *label = &builder->labels[i];
        fill_small(builder, label->characters, label->node, label->look, label->right_to_left);
        paragraph_break(&builder->small, 1e6F);
        /* Next to the text; what is too wide for its room begins at the item's edge. */
        float gap = builder->theme->label_gap;
        float width = builder->small.lines[0].width;
        bool fits = width + gap <= label->right - label->left;
        struct line_place place = {
            .left = label->left,
            .right = label->right,
            .baseline = baseline,
            .above = above,
            .below = below,
            .alignment = ALIGN_START,
        };
        if (fits && label->right_to_left) {
            place.left += gap;
            place.alignment = ALIGN_LEFT;
        } else if (fits) {
            place.right -= gap;
            place.alignment = ALIGN_RIGHT;
        }
        builder->sink.flow = builder->flow;
        line_write(&builder->sink, &builder->small, &builder->small.lines[0], &place);
    }
    builder->label_count = 0;
}

void builder_write_labels_alone(struct builder *builder, const struct node *node)
{
    if (builder->label_count == 0)
        return;
    const struct context *context = builder_context(builder);
    paragraph_begin(&builder->paragraph, &builder->theme->looks[context->look],
                    context->right_to_left, node_language(node));
    paragraph_prepare(&builder->paragraph);
    struct line_options options = {.left = context->left,
                                   .right = context->right,
                                   .after = builder->theme->tight_item_gap,
                                   .keep_with_next = true};
    builder_add_lines(builder, node, &options);
}

/* Superior and inferior figures: a raised or lowered mark that the font has drawn as such (OpenType
   sups, subs and sinf) is set with those figures, whose lines are as strong as those of the words
   beside them, in place of ordinary ones made small. They stand at the height that the font gives
   them. */
#include "layout/paragraph.h"

enum { MOST_FIGURES = 12 };

static struct shape shape_as(const struct paragraph *paragraph, const struct text_item *item,
                             text words, size_t from, size_t to, enum shape_forms forms)
{
    struct shaping shaping = {item->font, item->script, item->text_run->language,
                              item->bidi_level & 1, forms};
    return shape_word(paragraph->fonts->cache, &shaping, words, from, to);
}

/* Has the font glyphs of these forms for all of the words, one for each ordinary glyph? first: that
   of the first one, and `ordinary` the glyph that it stands for. */
static bool has_figures(const struct paragraph *paragraph, const struct text_item *item,
                        enum shape_forms forms, text words, size_t from, size_t to, uint16_t *first,
                        uint16_t *ordinary)
{
    uint16_t ids[MOST_FIGURES];
    struct shape shape = shape_as(paragraph, item, words, from, to, FORMS_OF_FONT);
    size_t count = shape.count;
    if (count == 0 || count > MOST_FIGURES)
        return false;
    for (size_t i = 0; i < count; i++)
        ids[i] = shape.glyphs[i].id;
    shape = shape_as(paragraph, item, words, from, to, forms);
    if (shape.count != count)
        return false;
    for (size_t i = 0; i < count; i++) {
        if (shape.glyphs[i].id == ids[i])
            return false;
    }
    *first = shape.glyphs[0].id;
    *ordinary = ids[0];
    return true;
}

static bool item_has_figures(const struct paragraph *paragraph, const struct text_item *item,
                             enum shape_forms forms)
{
    uint16_t first, ordinary;
    /* All figures: a font that has some of them would mix the two kinds on one page. */
    return item->font &&
           has_figures(paragraph, item, forms, TEXT("0123456789"), 0, 10, &first, &ordinary) &&
           has_figures(paragraph, item, forms, paragraph_text(paragraph), item->start, item->end,
                       &first, &ordinary);
}

/* Sets a text run with the font's own figures: as large as the words beside it, or as much larger
   as the theme's smallest mark wants. Then the tops of raised ones and the feet of lowered ones
   stay where the font has them. */
static void take_figures(struct paragraph *paragraph, const struct text_item *item,
                         enum shape_forms forms)
{
    struct text_style *style = &paragraph->text_runs[item->text_run - paragraph->text_runs].style;
    uint16_t first, ordinary;
    hb_glyph_extents_t small, plain;
    if (!has_figures(paragraph, item, forms, TEXT("1"), 0, 1, &first, &ordinary) ||
        !hb_font_get_glyph_extents(item->font->shaper, first, &small) ||
        !hb_font_get_glyph_extents(item->font->shaper, ordinary, &plain) || small.height == 0 ||
        plain.height == 0)
        return;
    float share = (float)small.height / (float)plain.height;
    float least = paragraph->theme->raised_smallest / share;
    hb_position_t edge = forms == FORMS_SUPERIOR ? small.y_bearing : small.y_bearing + small.height;
    style->size = style->beside > least ? style->beside : least;
    style->rise = -(float)edge * item->font->unit * (style->size - style->beside);
    style->figures = forms;
}

/* A raised mark: 1; a lowered one: -1; else 0. */
static int height_of(const struct text_item *item)
{
    const struct text_style *style = &item->text_run->style;
    return !item->text_run->node || style->beside <= 0 ? 0 : style->rise > 0 ? 1 : -1;
}

/* The forms that the font of each item has for all that it says. */
static enum shape_forms forms_of_items(const struct paragraph *paragraph, size_t from, size_t to)
{
    static const enum shape_forms raised[] = {FORMS_SUPERIOR},
                                  lowered[] = {FORMS_INFERIOR, FORMS_SCIENTIFIC};
    bool is_raised = height_of(&paragraph->items[from]) > 0;
    const enum shape_forms *forms = is_raised ? raised : lowered;
    for (size_t i = 0; i < (is_raised ? 1 : 2); i++) {
        bool has_all = true;
        for (size_t k = from; has_all && k < to; k++)
            has_all = item_has_figures(paragraph, &paragraph->items[k], forms[i]);
        if (has_all)
            return forms[i];
    }
    return FORMS_OF_FONT;
}

void paragraph_raise(struct paragraph *paragraph)
{
    if (paragraph->theme->smallest_size > 0) /* they are always small */
        return;
    for (size_t i = 0, end; i < paragraph->item_count; i = end) {
        int height = height_of(&paragraph->items[i]);
        end = i + 1;
        if (height == 0)
            continue;
        while (end < paragraph->item_count && height_of(&paragraph->items[end]) == height)
            end++;
        enum shape_forms forms = forms_of_items(paragraph, i, end);
        for (size_t k = i; forms != FORMS_OF_FONT && k < end; k++)
            take_figures(paragraph, &paragraph->items[k], forms);
    }
}

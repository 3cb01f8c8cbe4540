/* Superior figures: a raised mark that the font has drawn as such (OpenType sups) is set with those
   figures, whose lines are as strong as those of the words beside them, in place of ordinary ones
   made small. They stand at the height that the font gives them. */
#include "layout/paragraph.h"

enum { MOST_FIGURES = 12 };

static struct shape shape_as(const struct paragraph *paragraph, const struct text_item *item,
                             text words, size_t from, size_t to, enum shape_forms forms)
{
    struct shaping shaping = {item->font, item->script, item->stretch->language, item->level & 1,
                              forms};
    return shape_word(paragraph->fonts->cache, &shaping, words, from, to);
}

/* Has the font superior glyphs for all of these words, one for each ordinary glyph? first: that of
   the first one, and `ordinary` the glyph that it stands for. */
static bool has_superior(const struct paragraph *paragraph, const struct text_item *item,
                         text words, size_t from, size_t to, uint16_t *first, uint16_t *ordinary)
{
    uint16_t ids[MOST_FIGURES];
    struct shape shape = shape_as(paragraph, item, words, from, to, FORMS_OF_FONT);
    size_t count = shape.count;
    if (count == 0 || count > MOST_FIGURES)
        return false;
    for (size_t i = 0; i < count; i++)
        ids[i] = shape.glyphs[i].id;
    shape = shape_as(paragraph, item, words, from, to, FORMS_SUPERIOR);
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

static bool item_has_superior(const struct paragraph *paragraph, const struct text_item *item)
{
    uint16_t first, ordinary;
    /* All figures: a font that has some of them would mix the two kinds on one page. */
    return item->font &&
           has_superior(paragraph, item, TEXT("0123456789"), 0, 10, &first, &ordinary) &&
           has_superior(paragraph, item, paragraph_text(paragraph), item->start, item->end, &first,
                        &ordinary);
}

/* Sets a raised stretch with the font's own figures: as large as the words beside it, or as much
   larger as the theme's smallest mark wants; their tops stay where the font has them. */
static void make_superior(struct paragraph *paragraph, const struct text_item *item)
{
    struct text_style *style = &paragraph->stretches[item->stretch - paragraph->stretches].style;
    uint16_t first, ordinary;
    hb_glyph_extents_t raised, plain;
    if (!has_superior(paragraph, item, TEXT("1"), 0, 1, &first, &ordinary) ||
        !hb_font_get_glyph_extents(item->font->shaper, first, &raised) ||
        !hb_font_get_glyph_extents(item->font->shaper, ordinary, &plain) || raised.height == 0 ||
        plain.height == 0)
        return;
    float share = (float)raised.height / (float)plain.height;
    float least = paragraph->theme->raised_smallest / share;
    float top = (float)raised.y_bearing * item->font->unit;
    style->size = style->beside > least ? style->beside : least;
    style->rise = -top * (style->size - style->beside);
    style->superior = true;
}

static bool is_raised(const struct text_item *item)
{
    return item->stretch->node && item->stretch->style.beside > 0;
}

void paragraph_raise(struct paragraph *paragraph)
{
    if (paragraph->theme->smallest_size > 0) /* they are always small */
        return;
    for (size_t i = 0, end; i < paragraph->item_count; i = end) {
        end = i + 1;
        if (!is_raised(&paragraph->items[i]))
            continue;
        bool has_all = true;
        for (end = i; end < paragraph->item_count && is_raised(&paragraph->items[end]); end++)
            has_all = has_all && item_has_superior(paragraph, &paragraph->items[end]);
        for (size_t k = i; has_all && k < end; k++)
            make_superior(paragraph, &paragraph->items[k]);
    }
}

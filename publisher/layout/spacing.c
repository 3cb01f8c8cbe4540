/* Spacing: the blanks of Chinese and Japanese text. A full-width bracket, comma or full stop fills
   half of its square; the other half is blank, and is wanted only between it and a character
   (JLREQ 3.1; CLREQ 3.1.6). So the sign is taken without its blank, and the blank becomes a gap:
   between two signs there is one blank or none, and no gap is set where a line ends. Which side is
   blank the font says (OpenType halt): it differs between China, Taiwan and Japan. Between
   characters and Latin letters or figures stands a gap of its own, which nobody typed (JLREQ 3.2.6;
   CLREQ 3.2.2). */
#include "layout/paragraph.h"

#include "document/language.h"

#include <math.h>
#include <string.h>

/* In units of the size. A gap that no space fills is read as one from 0.10 on (poppler; pdf.js from
   0.102, MuPDF from 0.15): so the gap between scripts is not the quarter of print, and lines do not
   stretch further between characters. Blanks of signs count for nothing there: readers know the
   width of the whole square. */
static const float widest_gap = 0.09F;
static const float stretch_of_gap = 0.06F; /* between characters without spaces */
/* poppler begins a new line of text where a glyph lies over more than half the square before it: so
   much is left where a blank is taken out whole. */
static const float hair = 0.01F;

/* The blanks of a sign, in points; all zero: it has none. */
struct blanks {
    float before, after;
    bool is_sign, opens, is_stop;
};

struct spacer {
    struct paragraph *paragraph;
    hb_language_t language; /* that was asked for last */
    bool is_spaced;
};

/* Korean is written with spaces, and needs none of this. */
static bool language_is_spaced(struct spacer *spacer, hb_language_t language)
{
    if (language != spacer->language) {
        const char *script = language_script(text_from_c(hb_language_to_string(language)));
        spacer->language = language;
        spacer->is_spaced = strcmp(script, "Hans") == 0 || strcmp(script, "Hant") == 0 ||
                            strcmp(script, "Jpan") == 0;
    }
    return spacer->is_spaced;
}

static uint32_t character_at(const struct paragraph *paragraph, size_t offset)
{
    return text_next(paragraph_text(paragraph), &offset);
}

static bool may_have_blanks(uint32_t c)
{
    return (c >= 0x3001 && c <= 0x301F) || (c >= 0xFF01 && c <= 0xFF60) ||
           (c >= 0x2018 && c <= 0x201D);
}

/* Takes the blanks of a sign out of its glyph. */
static struct blanks take_blanks(struct paragraph *paragraph, size_t glyph)
{
    struct blanks none = {0};
    struct line_glyph *sign = &paragraph->glyphs[glyph];
    const struct text_item *item = &paragraph->items[sign->item];
    uint32_t c = character_at(paragraph, sign->start);
    bool stands_alone =
        glyph + 1 == paragraph->glyph_count || paragraph->glyphs[glyph + 1].length > 0;
    if (!may_have_blanks(c) || !stands_alone || item->bidi_level % 2)
        return none;
    struct shaping shaping = {item->font, item->script, item->text_run->language, false,
                              FORMS_HALF_WIDTH};
    struct shape half = shape_word(paragraph->fonts->cache, &shaping, paragraph_text(paragraph),
                                   sign->start, sign->start + sign->length);
    if (half.count != 1 || half.glyphs[0].id != sign->id)
        return none;
    float size = item->text_run->style.size;
    float whole =
        (float)hb_font_get_glyph_h_advance(item->font->shaper, sign->id) * item->font->unit * size;
    float blank = whole - half.glyphs[0].advance * size;
    float before = sign->x - half.glyphs[0].x * size;
    bool is_stop = c == 0x3002 || c == 0xFF0E || c == 0xFF61;
    bool is_comma = c == 0x3001 || c == 0xFF0C;
    /* What stands in the middle of its square keeps it, but commas and full stops (Taiwan). */
    bool is_centred = before > blank / 4 && before < blank * 3 / 4;
    if (blank <= 0 || before < 0 || before > blank || (is_centred && !is_stop && !is_comma))
        return none;
    sign->advance -= blank;
    sign->x -= before;
    return (struct blanks){before, blank - before, true, before > blank / 2, is_stop};
}

static bool is_letter_or_figure(uint32_t c)
{
    hb_unicode_general_category_t category =
        hb_unicode_general_category(hb_unicode_funcs_get_default(), c);
    return category == HB_UNICODE_GENERAL_CATEGORY_DECIMAL_NUMBER ||
           (category >= HB_UNICODE_GENERAL_CATEGORY_LOWERCASE_LETTER &&
            category <= HB_UNICODE_GENERAL_CATEGORY_UPPERCASE_LETTER);
}

static bool is_code(const struct text_item *item)
{
    return item->text_run->style.style & FONT_CODE;
}

static bool has_blanks(struct spacer *spacer, const struct text_item *item)
{
    return item->font && script_has_gaps(item->script) && !is_code(item) &&
           language_is_spaced(spacer, item->text_run->language);
}

/* Does one script end at the glyph `after`, whose cluster follows that of `before`? */
static bool scripts_meet(struct spacer *spacer, size_t before, size_t after)
{
    const struct paragraph *paragraph = spacer->paragraph;
    const struct line_glyph *glyphs = paragraph->glyphs;
    const struct text_item *left = &paragraph->items[glyphs[before].item];
    const struct text_item *right = &paragraph->items[glyphs[after].item];
    if (left == right || !left->font || !right->font || (is_code(left) && is_code(right)) ||
        left->text_run->style.beside > 0 || right->text_run->style.beside > 0)
        return false;
    bool left_is_asian = script_has_gaps(left->script);
    if (left_is_asian == script_has_gaps(right->script))
        return false;
    const struct text_item *asian = left_is_asian ? left : right;
    const struct text_item *other = left_is_asian ? right : left;
    return language_is_spaced(spacer, asian->text_run->language) &&
           (other->script == HB_SCRIPT_LATIN || other->script == HB_SCRIPT_GREEK ||
            other->script == HB_SCRIPT_CYRILLIC) &&
           is_letter_or_figure(character_at(paragraph, glyphs[before].start)) &&
           is_letter_or_figure(character_at(paragraph, glyphs[after].start));
}

/* Between a sign that closes and one that opens there is the blank of one; else the smaller. */
static float blank_between(const struct blanks *left, const struct blanks *right)
{
    if (!left->is_sign || !right->is_sign)
        return left->after + right->before;
    bool is_wider =
        !left->opens && right->opens ? left->after < right->before : left->after > right->before;
    return is_wider ? right->before : left->after;
}

static void space_glyphs(struct spacer *spacer)
{
    struct paragraph *paragraph = spacer->paragraph;
    struct line_glyph *glyphs = paragraph->glyphs;
    struct blanks left = {0};
    size_t before = 0; /* the head of the cluster before */
    for (size_t i = 0; i < paragraph->glyph_count; i++) {
        if (glyphs[i].length == 0)
            continue;
        struct blanks right = {0};
        if (!(glyphs[i].flags & GLYPH_IS_SPACE) &&
            has_blanks(spacer, &paragraph->items[glyphs[i].item]))
            right = take_blanks(paragraph, i);
        if (i > 0 && (left.is_sign || right.is_sign)) {
            bool is_pair = left.is_sign && right.is_sign;
            glyphs[i - 1].gap = blank_between(&left, &right) +
                                (is_pair ? hair * paragraph_glyph_size(paragraph, i) : 0);
            if (!left.is_stop && !is_pair)
                glyphs[i - 1].flags |= GLYPH_GAP_SHRINKS;
        } else if (i > 0 && scripts_meet(spacer, before, i)) {
            glyphs[i - 1].gap = widest_gap * fminf(paragraph_glyph_size(paragraph, before),
                                                   paragraph_glyph_size(paragraph, i));
            glyphs[i - 1].flags |= GLYPH_BORDERS_SCRIPT;
        }
        left = right;
        before = i;
    }
}

void paragraph_space(struct paragraph *paragraph)
{
    struct spacer spacer = {.paragraph = paragraph, .language = HB_LANGUAGE_INVALID};
    for (size_t i = 0; i < paragraph->item_count; i++) {
        const struct text_item *item = &paragraph->items[i];
        if (script_has_gaps(item->script) &&
            language_is_spaced(&spacer, item->text_run->language)) {
            space_glyphs(&spacer);
            return;
        }
    }
}

float paragraph_gap_stretch(const struct paragraph *paragraph, size_t glyph)
{
    const struct line_glyph *before = &paragraph->glyphs[glyph];
    bool stretches = before->flags & GLYPH_HAS_GAP && !(before->flags & GLYPH_BORDERS_SCRIPT);
    return stretches ? stretch_of_gap * paragraph_glyph_size(paragraph, glyph) : 0;
}

float paragraph_gap_ratio(float ratio)
{
    return fminf(ratio, widest_gap / stretch_of_gap);
}

float paragraph_gap_shrink(const struct paragraph *paragraph, size_t glyph)
{
    const struct line_glyph *before = &paragraph->glyphs[glyph];
    if (before->flags & GLYPH_BORDERS_SCRIPT)
        return before->gap / 2;
    return before->flags & GLYPH_GAP_SHRINKS
               ? fmaxf(before->gap - hair * paragraph_glyph_size(paragraph, glyph), 0)
               : 0;
}

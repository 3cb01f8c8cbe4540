/* Tracking: letters of a justified line move apart or together by a hair, so that less is asked of
   the spaces between words, and fewer words are divided. The limit is of the size of pdfTeX's font
   expansion (Thanh 2000, "Micro-typographic extensions to the TeX typesetting system"), which
   readers do not see. The theme says how far they may move. */
#include "layout/paragraph.h"

/* Scripts of letters that stand apart, with spaces between words. */
static bool is_tracked_script(hb_script_t script)
{
    return script == HB_SCRIPT_LATIN || script == HB_SCRIPT_GREEK || script == HB_SCRIPT_CYRILLIC ||
           script == HB_SCRIPT_ARMENIAN || script == HB_SCRIPT_GEORGIAN;
}

float paragraph_track_box(struct paragraph *paragraph, size_t from, size_t to)
{
    float room = 0, farthest = paragraph->theme->tracking;
    for (size_t i = from; i < to && i + 1 < paragraph->glyph_count; i++) {
        struct line_glyph *glyph = &paragraph->glyphs[i];
        const struct line_glyph *next = glyph + 1;
        const struct text_item *item = &paragraph->items[glyph->item];
        if (next->length == 0 || next->flags & GLYPH_IS_SPACE || next->item != glyph->item ||
            !item->font || !is_tracked_script(item->script) ||
            item->text_run->style.style & FONT_CODE)
            continue;
        glyph->flags |= GLYPH_IS_TRACKED;
        room += paragraph_glyph_size(paragraph, i) * farthest;
    }
    return room;
}

float paragraph_line_tracking(const struct paragraph *paragraph, const struct text_line *line,
                              float ratio, float spaces, float *left)
{
    float counted = 0, moved = 0, farthest = paragraph->theme->tracking;
    for (size_t i = line->from; i < line->to; i++) {
        if (!(paragraph->glyphs[i].flags & GLYPH_IS_TRACKED))
            continue;
        counted += paragraph_glyph_size(paragraph, i) * farthest;
        if (i + 1 < line->to) /* nothing after the last one */
            moved += paragraph_glyph_size(paragraph, i) * farthest;
    }
    float used = ratio > 1 ? 1 : ratio;
    *left = spaces > 0 ? ratio + (ratio * counted - used * moved) / spaces : 0;
    return used * farthest;
}

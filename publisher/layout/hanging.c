/* Hanging: signs with little ink stand partly beyond the measure, so that both edges of justified
   text look even (after Hàn Thế Thành 2000, "Micro-typographic extensions", 4). What hangs is left
   out of a line's length when its ends are chosen, so lines are set as they were measured. */
#include "layout/paragraph.h"

/* In hundredths of the sign's width; sorted. Quotes stand at both sides: which of them opens a
   quotation is the language's choice. */
static const struct {
    uint16_t code_point;
    uint8_t at_start, at_end;
} hanging[] = {
    {'!', 0, 25},     {'"', 50, 50},    {'\'', 50, 50},   {',', 0, 70},     {'-', 0, 60},
    {'.', 0, 70},     {':', 0, 50},     {';', 0, 50},     {'?', 0, 25},     {0xAB, 40, 40},
    {0xAD, 0, 60},    {0xBB, 40, 40},   {0x60C, 0, 70},   {0x61B, 0, 50},   {0x61F, 0, 25},
    {0x6D4, 0, 60},   {0x2010, 0, 60},  {0x2013, 0, 25},  {0x2018, 50, 50}, {0x2019, 50, 50},
    {0x201A, 50, 0},  {0x201C, 50, 50}, {0x201D, 50, 50}, {0x201E, 50, 0},  {0x2039, 40, 40},
    {0x203A, 40, 40},
};

static float share_of(uint32_t c, bool at_start)
{
    size_t low = 0, high = sizeof hanging / sizeof *hanging;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (hanging[middle].code_point < c)
            low = middle + 1;
        else
            high = middle;
    }
    if (low == sizeof hanging / sizeof *hanging || hanging[low].code_point != c)
        return 0;
    return (float)(at_start ? hanging[low].at_start : hanging[low].at_end) / 100;
}

static bool lets_hang(const struct paragraph *paragraph)
{
    return paragraph->theme->hanging_punctuation && paragraph->look.justified;
}

static float hang_of(const struct paragraph *paragraph, size_t glyph, bool at_start)
{
    const struct line_glyph *sign = &paragraph->glyphs[glyph];
    /* Text that runs the other way begins and ends inside the line, not at its edge. */
    int base = paragraph->right_to_left ? 1 : 0;
    if (sign->length == 0 || sign->flags & GLYPH_IS_SPACE || !paragraph->items[sign->item].font ||
        paragraph->items[sign->item].bidi_level != base)
        return 0;
    size_t offset = sign->start;
    return share_of(text_next(paragraph_text(paragraph), &offset), at_start) * sign->advance;
}

float paragraph_hang_start(const struct paragraph *paragraph, size_t glyph)
{
    return lets_hang(paragraph) && glyph < paragraph->glyph_count ? hang_of(paragraph, glyph, true)
                                                                  : 0;
}

float paragraph_hang_end(const struct paragraph *paragraph, size_t glyph, float hyphen_width)
{
    if (!lets_hang(paragraph) || glyph == 0)
        return 0;
    return hyphen_width > 0 ? share_of('-', false) * hyphen_width
                            : hang_of(paragraph, glyph - 1, false);
}

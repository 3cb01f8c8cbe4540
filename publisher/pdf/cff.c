#include "pdf/cff.h"

#include "pdf/sfnt.h"

#include <string.h>

/* Operators of a DICT; two-byte ones are ESCAPE + their second byte. */
enum { ESCAPE = 256, CHAR_STRINGS = 17, PRIVATE = 18, NOMINAL_WIDTH = 21 };
enum { FONT_ARRAY = ESCAPE + 36, FONT_SELECT = ESCAPE + 37 };
enum { OPERANDS = 48 };

struct span {
    size_t from, to;
};

static unsigned index_count(struct sfnt_table *cff, size_t at)
{
    return sfnt_number(cff, at, 2);
}

static struct span index_item(struct sfnt_table *cff, size_t at, unsigned nth)
{
    unsigned count = index_count(cff, at), size = sfnt_number(cff, at + 2, 1);
    if (nth >= count || size < 1 || size > 4) {
        cff->is_unsound = true;
        return (struct span){0, 0};
    }
    size_t base =
        at + 2 + (size_t)(count + 1) * size; /* offsets count from the byte before the data */
    struct span item = {base + sfnt_number(cff, at + 3 + (size_t)nth * size, size),
                        base + sfnt_number(cff, at + 3 + (size_t)(nth + 1) * size, size)};
    if (item.from > item.to || item.to > cff->length) {
        cff->is_unsound = true;
        return (struct span){0, 0};
    }
    return item;
}

static size_t index_end(struct sfnt_table *cff, size_t at)
{
    unsigned count = index_count(cff, at);
    return count ? index_item(cff, at, count - 1).to : at + 2;
}

/* One operand of a DICT, behind which *at then stands. Real numbers are none that we ask for. */
static int32_t operand(struct sfnt_table *cff, size_t *at)
{
    int32_t first = (int32_t)sfnt_number(cff, (*at)++, 1);
    if (first >= 32 && first <= 246)
        return first - 139;
    if (first >= 247 && first <= 254) {
        int32_t second = (int32_t)sfnt_number(cff, (*at)++, 1);
        return first < 251 ? (first - 247) * 256 + second + 108
                           : -(first - 251) * 256 - second - 108;
    }
    if (first == 28 || first == 29) {
        unsigned size = first == 28 ? 2 : 4;
        uint32_t value = sfnt_number(cff, *at, size);
        *at += size;
        return size == 2 ? (int16_t)value : (int32_t)value;
    }
    if (first != 30) {
        cff->is_unsound = true;
        return 0;
    }
    while (!cff->is_unsound && (sfnt_number(cff, (*at)++, 1) & 15) != 15)
        ;
    return 0;
}

/* The operands of an operator, at most two; how many there are. */
static unsigned look_up(struct sfnt_table *cff, struct span dict, unsigned wanted, int32_t found[2])
{
    int32_t operands[OPERANDS];
    unsigned count = 0;
    for (size_t at = dict.from; at < dict.to && !cff->is_unsound;) {
        unsigned operator= sfnt_number(cff, at, 1);
        if (operator> 21) {
            int32_t value = operand(cff, &at);
            if (count < OPERANDS)
                operands[count++] = value;
            continue;
        }
        at++;
        if (operator== 12)
            operator= ESCAPE + sfnt_number(cff, at++, 1);
        if (operator== wanted) {
            for (unsigned i = 0; i < count && i < 2; i++)
                found[i] = operands[i];
            return count < 2 ? count : 2;
        }
        count = 0;
    }
    return 0;
}

/* Which of the fonts of a CID-keyed one the glyph belongs to (5176, 19, FDSelect). */
static unsigned select_font(struct sfnt_table *cff, size_t at, unsigned glyph)
{
    unsigned format = sfnt_number(cff, at, 1);
    if (format == 0)
        return sfnt_number(cff, at + 1 + glyph, 1);
    unsigned ranges = format == 3 ? sfnt_number(cff, at + 1, 2) : 0;
    for (unsigned i = 0; i < ranges && !cff->is_unsound; i++)
        if (glyph < sfnt_number(cff, at + 3 + 3 * (size_t)(i + 1), 2))
            return sfnt_number(cff, at + 3 + 3 * (size_t)i + 2, 1);
    cff->is_unsound = true;
    return 0;
}

/* The width that widths in charstrings count from. */
static int32_t nominal_width(struct sfnt_table *cff, struct span top, unsigned glyph)
{
    int32_t value[2] = {0, 0};
    struct span dict = top;
    if (look_up(cff, top, FONT_ARRAY, value)) {
        int32_t select[2] = {0, 0};
        look_up(cff, top, FONT_SELECT, select);
        dict = index_item(cff, (uint32_t)value[0], select_font(cff, (uint32_t)select[0], glyph));
    }
    if (look_up(cff, dict, PRIVATE, value) != 2)
        return 0;
    struct span private = {(uint32_t)value[1], (size_t)(uint32_t)value[1] + (uint32_t)value[0]};
    value[0] = 0;
    look_up(cff, private, NOMINAL_WIDTH, value);
    return value[0];
}

/* A width, moves by nothing, the end: in as many bytes as there are. */
static bool write_hollow(unsigned char *bytes, size_t length, int32_t width)
{
    enum { SHORT = 28, ZERO = 139, HMOVETO = 22, RMOVETO = 21, ENDCHAR = 14 };
    if (length < 4 || length == 5 || width < INT16_MIN || width > INT16_MAX)
        return false;
    *bytes++ = SHORT;
    *bytes++ = (unsigned char)((uint32_t)width >> 8 & 255);
    *bytes++ = (unsigned char)((uint32_t)width & 255);
    length -= 4;
    if (length % 2) {
        *bytes++ = ZERO;
        *bytes++ = ZERO;
        *bytes++ = RMOVETO;
        length -= 3;
    }
    for (; length; length -= 2) {
        *bytes++ = ZERO;
        *bytes++ = HMOVETO;
    }
    *bytes = ENDCHAR;
    return true;
}

bool cff_hollow(unsigned char *font, size_t length, unsigned glyph)
{
    struct sfnt_table cff = sfnt_find(font, length, "CFF "), hhea = sfnt_find(font, length, "hhea"),
                      hmtx = sfnt_find(font, length, "hmtx");
    size_t advance = (size_t)glyph * 4;
    if (!cff.length || glyph >= sfnt_number(&hhea, 34, 2) || advance + 2 > hmtx.length)
        return false; /* the last advance is that of many glyphs */
    size_t names = sfnt_number(&cff, 2, 1), tops = index_end(&cff, names);
    struct span top = index_item(&cff, tops, 0);
    int32_t char_strings[2] = {0, 0};
    if (!look_up(&cff, top, CHAR_STRINGS, char_strings))
        return false;
    struct span char_string = index_item(&cff, (uint32_t)char_strings[0], glyph);
    int32_t nominal = nominal_width(&cff, top, glyph);
    if (cff.is_unsound || hhea.is_unsound ||
        !write_hollow(cff.bytes + char_string.from, char_string.to - char_string.from, -nominal))
        return false;
    memset(hmtx.bytes + advance, 0, 2);
    return true;
}

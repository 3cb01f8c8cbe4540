#include "inspect/pdf/glyphs.h"

#include <string.h>

static const char *const encodings[224][ENCODING_COUNT] = {
#define ENCODED(code, standard, mac, win) [code - 32] = {standard, mac, win},
#include "inspect/pdf/encodings.def"
#undef ENCODED
};

static const struct glyph {
    const char *name;
    uint32_t code_point;
} glyphs[] = {
#define GLYPH(name, code_point) {name, code_point},
#include "inspect/pdf/glyph_names.def"
#undef GLYPH
};

static const struct predefined_cmap predefined[] = {
#define PREDEFINED(name, ordering, supplement, set, shape)                                         \
    {name, ordering, supplement, set, SHAPE_##shape},
#include "inspect/pdf/predefined_cmaps.def"
#undef PREDEFINED
};

const char *glyph_name(enum simple_encoding encoding, unsigned code)
{
    return code < 32 || code > 255 ? NULL : encodings[code - 32][encoding];
}

/* Upper-case hexadecimal digits, all of the text. */
static bool hexadecimal(text digits, uint32_t *value)
{
    *value = 0;
    for (size_t i = 0; i < digits.length; i++) {
        char c = digits.bytes[i];
        if (byte_is_digit(c))
            *value = *value * 16 + (uint32_t)(c - '0');
        else if (c >= 'A' && c <= 'F')
            *value = *value * 16 + (uint32_t)(c - 'A' + 10);
        else
            return false;
    }
    return digits.length > 0;
}

/* "Asmall", "sevenoldstyle", "threesuperior": of expert fonts, by what they are forms of. */
static text without_form(text name)
{
    static const char *const forms[] = {"small", "oldstyle", "superior", "inferior"};
    for (size_t i = 0; i < sizeof forms / sizeof *forms; i++) {
        text form = text_from_c(forms[i]);
        if (name.length > form.length && text_ends_with(name, form))
            return text_slice(name, 0, name.length - form.length);
    }
    return TEXT_EMPTY;
}

static uint32_t find_listed(text name)
{
    size_t low = 0, high = sizeof glyphs / sizeof *glyphs;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        int order = text_compare(name, text_from_c(glyphs[middle].name));
        if (order == 0)
            return glyphs[middle].code_point;
        if (order < 0)
            high = middle;
        else
            low = middle + 1;
    }
    return 0;
}

uint32_t glyph_listed(text name)
{
    uint32_t own = find_listed(name);
    return own ? own : find_listed(without_form(name));
}

uint32_t glyph_unicode(text name)
{
    uint32_t value = glyph_listed(name);
    if (value)
        return value;
    if (name.length >= 7 && text_starts_with(name, TEXT("uni")) &&
        hexadecimal(text_slice(name, 3, 7), &value))
        return value;
    if (name.length >= 5 && name.length <= 7 && name.bytes[0] == 'u' &&
        hexadecimal(text_slice(name, 1, name.length), &value) && value <= 0x10FFFF)
        return value;
    size_t dot = text_find_byte(name, '.', 1);
    return dot == SIZE_MAX ? 0 : glyph_unicode(text_slice(name, 0, dot));
}

const struct predefined_cmap *predefined_cmap_find(text name)
{
    if (text_ends_with(name, TEXT("-H")) || text_ends_with(name, TEXT("-V")))
        name.length -= 2;
    for (size_t i = 0; i < sizeof predefined / sizeof *predefined; i++)
        if (text_equal_c(name, predefined[i].name))
            return &predefined[i];
    return NULL;
}

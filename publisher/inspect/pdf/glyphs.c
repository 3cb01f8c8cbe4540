#include "inspect/pdf/glyphs.h"

#include <string.h>

static const char *const encodings[224][ENCODING_COUNT] = {
#define ENCODED(code, standard, mac, win) [code - 32] = {standard, mac, win},
#include "inspect/pdf/encodings.def"
#undef ENCODED
};

static const struct glyph {
    const char *name;
    uint16_t letters[GLYPH_LETTERS]; /* all of the basic plane; 0: no more */
} glyphs[] = {
#define GLYPH(name, ...) {name, {__VA_ARGS__}},
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

static const struct glyph *find_listed(text name)
{
    size_t low = 0, high = sizeof glyphs / sizeof *glyphs;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        int order = text_compare(name, text_from_c(glyphs[middle].name));
        if (order == 0)
            return &glyphs[middle];
        if (order < 0)
            high = middle;
        else
            low = middle + 1;
    }
    return NULL;
}

bool glyph_is_listed(text name)
{
    return find_listed(name) != NULL;
}

uint32_t glyph_listed(text name)
{
    const struct glyph *glyph = find_listed(name);
    return glyph && !glyph->letters[1] ? glyph->letters[0] : 0;
}

static bool is_private(const struct glyph *glyph)
{
    return glyph->letters[0] >= 0xE000 && glyph->letters[0] <= 0xF8FF;
}

size_t glyph_unicode(text name, uint32_t letters[GLYPH_LETTERS])
{
    const struct glyph *glyph = find_listed(name);
    const struct glyph *base = glyph && !is_private(glyph) ? NULL : find_listed(without_form(name));
    size_t count = 0;
    if (base)
        glyph = base;
    if (glyph) {
        while (count < GLYPH_LETTERS && glyph->letters[count]) {
            letters[count] = glyph->letters[count];
            count++;
        }
        return count;
    }
    uint32_t value = 0;
    bool is_number = (name.length >= 7 && text_starts_with(name, TEXT("uni")) &&
                      hexadecimal(text_slice(name, 3, 7), &value)) ||
                     (name.length >= 5 && name.length <= 7 && name.bytes[0] == 'u' &&
                      hexadecimal(text_slice(name, 1, name.length), &value) && value <= 0x10FFFF);
    letters[0] = value;
    if (is_number)
        return value > 0;
    size_t dot = text_find_byte(name, '.', 1);
    return dot == SIZE_MAX ? 0 : glyph_unicode(text_slice(name, 0, dot), letters);
}

unsigned glyph_mac_code(text name)
{
    /* ISO 32000-1, 9.6.6.4: those of Mac OS beside MacRomanEncoding's own. */
    static const struct {
        const char *name;
        unsigned code;
    } more[] = {{"notequal", 173},    {"infinity", 176},  {"lessequal", 178}, {"greaterequal", 179},
                {"partialdiff", 182}, {"summation", 183}, {"product", 184},   {"pi", 185},
                {"integral", 186},    {"Omega", 189},     {"radical", 195},   {"approxequal", 197},
                {"Delta", 198},       {"lozenge", 215},   {"Euro", 219},      {"apple", 240}};
    for (size_t i = 0; i < sizeof more / sizeof *more; i++)
        if (text_equal_c(name, more[i].name))
            return more[i].code;
    for (unsigned code = 32; code < 256; code++) {
        const char *mac = glyph_name(ENCODING_MAC, code);
        if (mac && text_equal_c(name, mac))
            return code;
    }
    return 0;
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

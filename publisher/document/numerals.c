#include "document/numerals.h"

#include "document/language.h"

static const struct {
    const char *language;
    const char *regions; /* NULL: all */
    uint32_t nought;     /* the others follow it in Unicode's order */
    const char *style;
} systems[] = {
    {"ar", "BH DJ EG ER IL IQ JO KM KW LB MR OM PS QA SA SD SO SS SY TD YE", 0x0660,
     "arabic-indic"},
    {"bn", NULL, 0x09E6, "bengali"},
    {"fa", NULL, 0x06F0, "persian"},
    {"ur", "IN", 0x06F0, "persian"},
};
enum { SYSTEM_COUNT = sizeof systems / sizeof *systems };

static bool has_region(const char *regions, text region)
{
    for (; region.length == 2 && *regions; regions += regions[2] ? 3 : 2) {
        if (text_equal_ignoring_case(region, (text){regions, 2}))
            return true;
    }
    return false;
}

static size_t find_system(text language)
{
    size_t i = 0;
    for (; i < SYSTEM_COUNT; i++) {
        if (language_primary_is(language, systems[i].language) &&
            (!systems[i].regions || has_region(systems[i].regions, language_region(language))) &&
            !text_equal_c(text_from_c(language_script(language)), "Latn"))
            break;
    }
    return i;
}

bool numeral_is_digit(uint32_t code_point)
{
    bool is_digit = code_point - '0' < 10;
    for (size_t i = 0; i < SYSTEM_COUNT; i++)
        is_digit = is_digit || code_point - systems[i].nought < 10;
    return is_digit;
}

bool numerals_are_decimal(text language)
{
    return find_system(language) == SYSTEM_COUNT;
}

const char *numeral_style(text language)
{
    size_t system = find_system(language);
    return system < SYSTEM_COUNT ? systems[system].style : "decimal";
}

text numeral_in(struct arena *arena, text language, unsigned long number)
{
    text decimal = arena_printf(arena, "%lu", number);
    size_t system = find_system(language), length = 0;
    if (system == SYSTEM_COUNT)
        return decimal;
    char *bytes = arena_allocate(arena, 3 * decimal.length + 1); /* each has two bytes or three */
    for (size_t i = 0; i < decimal.length; i++)
        length += text_encode(systems[system].nought + (uint32_t)(decimal.bytes[i] - '0'),
                              bytes + length);
    return (text){bytes, length};
}

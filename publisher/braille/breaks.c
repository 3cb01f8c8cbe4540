#include "braille/breaks.h"

#include <string.h>
#include <unicode/uchar.h>

bool unit_is_digit(const struct braille_character *unit)
{
    return u_isdigit((UChar32)unit->character);
}

bool unit_is_letter_or_digit(const struct braille_character *unit)
{
    return u_isalnum((UChar32)unit->character);
}

bool unit_is_blank(const struct braille_character *unit)
{
    return unit->character == ' ';
}

/* What stands inside numbers: decimals, dates, times, fractions, ranges. */
static bool is_in_numbers(widechar c)
{
    return c < 0x80 && strchr(".,:/-'", (int)c) != NULL;
}

/* Whether a number goes on from the unit before i to the one at i. */
static bool is_inside_number(const struct braille_character *units, size_t count, size_t i)
{
    const struct braille_character *before = &units[i - 1], *here = &units[i];
    if (unit_is_digit(before))
        return unit_is_digit(here) ||
               (is_in_numbers(here->character) && i + 1 < count && unit_is_digit(&units[i + 1]));
    return is_in_numbers(before->character) && i >= 2 && unit_is_digit(&units[i - 2]) &&
           unit_is_digit(here);
}

enum cell_break break_before(const struct braille_character *units, size_t count, size_t i)
{
    if (i == 0 || is_inside_number(units, count, i))
        return BREAK_NEVER;
    widechar before = units[i - 1].character;
    if (!unit_is_letter_or_digit(&units[i])) /* a row of signs, such as a line to fill in */
        return i >= 2 && units[i].character == before && units[i - 2].character == before
                   ? BREAK_LETTER
                   : BREAK_NEVER;
    if (unit_is_letter_or_digit(&units[i - 1]))
        return BREAK_LETTER;
    bool is_mark = before < 0x80 && before && strchr("-/?&=_.:@#", (int)before);
    return is_mark && i >= 2 && unit_is_letter_or_digit(&units[i - 2]) ? BREAK_MARK : BREAK_NEVER;
}

/* A blank between two digits is inside of a number, such as that of a telephone. */
enum cell_break break_at_blank(const struct braille_character *units, size_t count, size_t i)
{
    bool is_in_number =
        i > 0 && i + 1 < count && unit_is_digit(&units[i - 1]) && unit_is_digit(&units[i + 1]);
    return !unit_is_blank(&units[i]) || units[i].is_glued || is_in_number ? BREAK_GLUED
                                                                          : BREAK_BLANK;
}

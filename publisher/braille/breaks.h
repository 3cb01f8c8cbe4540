/* Breaks: where a line of braille may end, told by the characters before they become cells. */
#ifndef LECTERN_BRAILLE_BREAKS_H
#define LECTERN_BRAILLE_BREAKS_H

#include "braille/cells.h"

/* A character on its way to liblouis. */
struct braille_character {
    widechar character;
    formtype form;
    bool is_glued; /* a blank at which no line ends */
};

/* Whether it is a digit of any script. */
bool unit_is_digit(const struct braille_character *unit);
/* Whether it is a letter or a digit of any script. */
bool unit_is_letter_or_digit(const struct braille_character *unit);
/* Whether it is a space. */
bool unit_is_blank(const struct braille_character *unit);

/* Before the unit at i, which is no blank. */
enum cell_break break_before(const struct braille_character *units, size_t count, size_t i);
/* At the blank i. */
enum cell_break break_at_blank(const struct braille_character *units, size_t count, size_t i);

#endif

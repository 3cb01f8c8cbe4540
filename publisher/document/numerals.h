/* Numerals: the digits that a publication counts with.

   The rule is CLDR's (defaultNumberingSystem, version 42): Persian, Bengali, the Urdu of India and
   the Arabic of most countries have digits of their own; every other language that Lectern knows,
   Hindi, Thai and Hebrew among them, counts with 0 to 9. Plain "ar" is read from Morocco, which
   writes 0 to 9, to Oman, which does not, and keeps 0 to 9: a tag with a country ("ar-EG") decides.

   Whatever Lectern counts is in the digits of the publication's language, also inside a part of
   another one, so that a number is the same wherever it stands: pages, notes, figures, tables,
   items of lists, references, dates. What a citation style of CSL writes is in 0 to 9. */
#ifndef LECTERN_DOCUMENT_NUMERALS_H
#define LECTERN_DOCUMENT_NUMERALS_H

#include "base/arena.h"

/* The number in the digits of the language. In the arena. */
text numeral_in(struct arena *arena, text language, unsigned long number);
/* Whether these are 0 to 9. */
bool numerals_are_decimal(text language);
/* Whether the character is a digit of any of these languages, or 0 to 9. */
bool numeral_is_digit(uint32_t code_point);
/* What CSS calls these digits (CSS Counter Styles 3, 6.1): "persian"; "decimal" for 0 to 9. */
const char *numeral_style(text language);

#endif

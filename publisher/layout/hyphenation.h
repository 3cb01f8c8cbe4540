/* Hyphenation: the dictionaries that fonts/hyphenation.txt lists, read by libhyphen when a language
   first needs one. */
#ifndef LECTERN_LAYOUT_HYPHENATION_H
#define LECTERN_LAYOUT_HYPHENATION_H

#include "base/arena.h"

struct hyphenation;
struct hyphenation_row;

/* The list's text; NULL with *bad_line where a line cannot be understood. Freed with the arena. */
struct hyphenation *hyphenation_new(struct arena *arena, text list, size_t *bad_line);
/* The dictionary of a language (BCP 47, any case), loaded; NULL: there is none. The tag is borrowed
   until the next call or hyphenation_begin. */
struct hyphenation_row *hyphenation_find(struct hyphenation *hyphenation, text language);
/* Where a word may be divided: marks[i] for the place after its character i, counted from 0, of
   `count` characters (small letters). False: nowhere, or the dictionary cannot write it. */
enum { HYPHENATION_LONGEST = 64 };
bool hyphenation_divide(struct hyphenation_row *row, const uint32_t *characters, size_t count,
                        bool marks[HYPHENATION_LONGEST]);
/* Another document begins: forgets which languages were asked for in vain. */
void hyphenation_begin(struct hyphenation *hyphenation);
/* The languages whose dictionary is listed but not installed, as far as they were asked for: one
   after the other, the tag and the package that would bring it. False: no more. */
bool hyphenation_next_absent(const struct hyphenation *hyphenation, size_t *place, text *language,
                             text *package);

#endif

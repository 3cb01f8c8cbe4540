/* Characters: which may stand in what is published. Every reader asks here.

   A PDF may map no glyph to U+0000, U+FEFF or U+FFFE (ISO 14289-1, 7.21.7); XML 1.0 has no C0
   controls and no U+FFFE and U+FFFF (2.2); noncharacters are for no interchange (Unicode 15, 23.7).
 */
#ifndef LECTERN_BASE_CHARACTERS_H
#define LECTERN_BASE_CHARACTERS_H

#include "base/arena.h"

enum character_fault {
    CHARACTER_GOOD,
    CHARACTER_MARK, /* U+FEFF, which a file may begin with: elsewhere nothing is lost without it */
    CHARACTER_CONTROL, /* of C0 (but tab, line feed and carriage return) or C1; a noncharacter */
    CHARACTER_LOST,    /* U+FFFD: what stood there was lost on the way */
};

/* What is reported of one, as control-character. */
#define CHARACTER_CONTROL_MESSAGE "the control character U+%04X does not belong in a text"

#define CHARACTER_LOST_MESSAGE "U+FFFD stands where a character was lost"

/* The fault of a character; CHARACTER_GOOD: none. */
enum character_fault character_fault(uint32_t code_point);
/* Is one of that fault in the text, at *offset or after? *offset moves to it. */
bool characters_find(text t, enum character_fault fault, size_t *offset);
/* The text without U+FEFF: t itself where it has none. For every text that an escape or an entity
   could have put one into. */
text characters_clean(struct arena *arena, text t);
/* The bytes of a file as they are read: the same, but a mark at the very beginning stays. */
text characters_of_file(struct arena *arena, text bytes);

#endif

/* Collation: the order of words as the readers of a language expect it, and the letters under which
   a list of them is set (ICU with CLDR's rules: Han by pinyin or by strokes, Japanese by kana). */
#ifndef LECTERN_DOCUMENT_COLLATION_H
#define LECTERN_DOCUMENT_COLLATION_H

#include "base/arena.h"

struct collation;

/* The order of a language; NULL: ICU has none. Given back with collation_free. */
struct collation *collation_new(struct arena *arena, text language);
/* Gives ICU's part of it back; NULL: does nothing. */
void collation_free(struct collation *collation);
/* Bytes that stand to one another as the words do. In the arena. */
text collation_key(const struct collation *collation, text words);
/* The letter under which the words stand: "C" of "çay" in French, "Ç" in Turkish; empty: they begin
   with none. In the arena. */
text collation_letter(struct collation *collation, text words);

#endif

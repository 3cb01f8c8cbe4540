/* Words: what Lectern itself says in a publication, by language. (Catalogues take over from this
   table when translations are built.) */
#ifndef LECTERN_DOCUMENT_WORDS_H
#define LECTERN_DOCUMENT_WORDS_H

#include "base/arena.h"

enum word {
#define WORD(symbol, english) WORD_##symbol,
#include "document/words.def"
#undef WORD
    WORD_COUNT,
};

/* The word in the language of the tag, or in English where Lectern does not know that language;
   then *language_used is "en", else the tag's primary subtag (zh: zh-Hans or zh-Hant).
   language_used may be NULL. A literal. */
text word_in(text language, enum word word, text *language_used);
/* The same with its %1 and %2 filled in. */
text word_filled(struct arena *arena, text language, enum word word, text first, text second);

#endif

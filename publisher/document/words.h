/* Words: what Lectern itself says in a publication, by language. The English stands in words.def,
   the translations in publisher/locale/LANGUAGE.po; the build makes one constant table of them
   (document/catalogues.h).

   A language is known where a catalogue has its primary subtag and is written in the same script:
   pt-BR reads pt, zh-TW and zh-HK read zh-Hant, ur-Latn reads English. */
#ifndef LECTERN_DOCUMENT_WORDS_H
#define LECTERN_DOCUMENT_WORDS_H

#include "base/arena.h"

enum word {
#define WORD(symbol, english, note)         WORD_##symbol,
#define COUNTED(symbol, one, several, note) WORD_##symbol,
#include "document/words.def"
#undef WORD
#undef COUNTED
    WORD_COUNT,
};

/* The word in the language of the tag, or in English where Lectern does not know that language;
   then *language_used is "en", else the tag of the catalogue ("de", "zh-Hant").
   language_used may be NULL. A literal. Of a word with a count: its first form. */
text word_in(text language, enum word word, text *language_used);
/* The same with its %1 and %2 filled in. */
text word_filled(struct arena *arena, text language, enum word word, text first, text second);
/* A word with a count (COUNTED in words.def), in the plural form that the count takes; %1 is the
   count in the digits 0 to 9. */
text word_counted(struct arena *arena, text language, enum word word, unsigned long count);

#endif

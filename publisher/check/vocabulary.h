/* Vocabulary: the few words by which a language is known, and those that some rules look for. */
#ifndef LECTERN_CHECK_VOCABULARY_H
#define LECTERN_CHECK_VOCABULARY_H

#include "base/arena.h"

enum { VOCABULARY_LANGUAGES = 16 };

/* What a word is: a bit for each language whose function word it is, then these. */
#define WORD_COLOUR   ((uint64_t)1 << 32)
#define WORD_MARKED   ((uint64_t)1 << 33) /* "marked", "printed" */
#define WORD_COLOURED ((uint64_t)1 << 34) /* what is said to have a colour: "words", "cells" */
#define WORD_IN       ((uint64_t)1 << 35)
#define WORD_THE      ((uint64_t)1 << 36)

struct vocabulary_word {
    text word; /* in lower case */
    uint64_t hash, classes;
    uint32_t seen; /* the number of the block that had it last */
};

struct vocabulary;

/* All lists of vocabulary.def, to look words up in; in the arena. */
struct vocabulary *vocabulary_new(struct arena *arena);
/* hash: of the bytes of the word in lower case (base/hash.h). NULL: none of these words. */
struct vocabulary_word *vocabulary_find(struct vocabulary *vocabulary, text word, uint64_t hash);
/* The number of a language, or -1 where its words are not known. */
int vocabulary_language(text tag);
/* The name of the i-th: "de". */
const char *vocabulary_language_name(int language);

#endif

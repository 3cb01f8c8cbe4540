#include "document/phrases.h"

static const struct {
    enum phrase_kind kind;
    const char *words;
} phrases[] = {
#define PHRASE(kind, words) {PHRASE_##kind, words},
#include "document/phrases.def"
#undef PHRASE
};

const char *phrase_find(enum phrase_kind kind, text words, bool whole)
{
    for (size_t i = 0; i < sizeof phrases / sizeof phrases[0]; i++) {
        text phrase = text_from_c(phrases[i].words);
        text start = whole ? words : text_slice(words, 0, phrase.length);
        if (phrases[i].kind == kind && text_equal_ignoring_case(start, phrase))
            return phrases[i].words;
    }
    return NULL;
}

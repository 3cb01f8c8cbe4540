/* Why not a library: ICU tells scripts, not languages. libexttextcat takes about a millisecond for
   a paragraph, reads its models from files at run time, and always has an answer, sure or not.
   What a rule needs is the other way round: to be silent unless it is sure, on every paragraph of
   a book. So a language is known by its function words: they are frequent, do not depend on the
   subject, and a sentence that has many of one language and hardly any of another is surely not in
   that other. */
#include "check/vocabulary.h"

#include "base/hash.h"

#include <string.h>

static const struct {
    const char *language;
    uint64_t classes;
    const char *words;
} rows[] = {
#define WORDS(language, classes, words) {language, classes, words},
#include "check/vocabulary.def"
#undef WORDS
};

enum { SLOTS = 4096 }; /* a power of two; several times the number of words */

struct vocabulary {
    struct vocabulary_word slots[SLOTS];
};

/* The languages are the first rows. */
const char *vocabulary_language_name(int language)
{
    return rows[language].language;
}

int vocabulary_language(text tag)
{
    size_t end = text_find_byte(tag, '-', 0);
    text primary = text_slice(tag, 0, end == SIZE_MAX ? tag.length : end);
    for (int i = 0; *rows[i].language; i++) {
        if (text_equal_ignoring_case(primary, text_from_c(rows[i].language)))
            return i;
    }
    return -1;
}

static struct vocabulary_word *find_slot(struct vocabulary *vocabulary, text word, uint64_t hash)
{
    size_t place = (size_t)hash & (SLOTS - 1);
    while (
        vocabulary->slots[place].word.length &&
        !(vocabulary->slots[place].hash == hash && text_equal(vocabulary->slots[place].word, word)))
        place = (place + 1) & (SLOTS - 1);
    return &vocabulary->slots[place];
}

static void add_words(struct vocabulary *vocabulary, const char *words, uint64_t classes)
{
    while (*words) {
        size_t length = strcspn(words, " ");
        uint64_t hash = HASH_START;
        for (size_t i = 0; i < length; i++)
            hash = hash_number(hash, (unsigned char)words[i]);
        text word = {words, length};
        struct vocabulary_word *slot = find_slot(vocabulary, word, hash);
        slot->word = word;
        slot->hash = hash;
        slot->classes |= classes;
        words += length + (words[length] == ' ');
    }
}

struct vocabulary *vocabulary_new(struct arena *arena)
{
    struct vocabulary *vocabulary = ARENA_NEW(arena, struct vocabulary);
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++)
        add_words(vocabulary, rows[i].words,
                  *rows[i].language ? (uint64_t)1 << i : rows[i].classes);
    return vocabulary;
}

struct vocabulary_word *vocabulary_find(struct vocabulary *vocabulary, text word, uint64_t hash)
{
    struct vocabulary_word *slot = find_slot(vocabulary, word, hash);
    return slot->word.length ? slot : NULL;
}

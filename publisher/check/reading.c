/* The reading level that the front matter declares. Nothing is measured where none is declared: how
   hard a text may be is its author's to say.

   LIX (Björnsson 1968): words in a sentence, plus the share of words of more than six letters. It
   needs no syllables, and was made for, or tried in, the languages listed below. */
#include "check/rooms.h"

#include "document/language.h"

enum { LONG_WORD = 6, FEWEST_WORDS_OF_A_TEXT = 100 };

static const struct {
    unsigned words;   /* of a sentence */
    unsigned letters; /* of a word */
    unsigned lix;
} limits[] = {[READING_PLAIN] = {25, 24, 50}, [READING_EASY] = {15, 16, 35}};

static bool has_measure(text language)
{
    static const char *const measured[] = {"en", "de", "fr", "es", "it",
                                           "nl", "sv", "da", "nb", "no"};
    for (size_t i = 0; i < sizeof measured / sizeof measured[0]; i++) {
        if (language_primary_is(language, measured[i]))
            return true;
    }
    return false;
}

void check_sentence_end(struct check *check, const struct node *node, size_t offset)
{
    struct read_block *block = &check->block;
    enum reading_level level = check->document->metadata.reading_level;
    if (block->sentence_words == 0)
        return;
    if (level != READING_ANY) {
        check->all_sentences++;
        check->all_words += block->sentence_words;
        if (block->sentence_words > limits[level].words && block->sentence.node) {
            const struct node *first = block->sentence.node;
            size_t end = first == node ? offset : first->text.length;
            check_report(check, check_span_of(check, first, block->sentence.offset, end),
                         "sentence-long", "a sentence of %u words; %u are easy to follow",
                         block->sentence_words, limits[level].words);
        }
    }
    block->sentence_words = 0;
}

void check_long_word(struct check *check, const struct node *node, size_t from, size_t to,
                     unsigned letters)
{
    enum reading_level level = check->document->metadata.reading_level;
    check->long_words += letters > LONG_WORD;
    if (letters > limits[level].letters)
        check_report(check, check_span_of(check, node, from, to), "word-long",
                     "a word of %u letters", letters);
}

void check_reading_level(struct check *check)
{
    const struct metadata *metadata = &check->document->metadata;
    if (metadata->reading_level == READING_ANY || check->all_words < FEWEST_WORDS_OF_A_TEXT ||
        check->all_sentences == 0 || !has_measure(metadata->language))
        return;
    unsigned long lix =
        check->all_words / check->all_sentences + check->long_words * 100 / check->all_words;
    if (lix > limits[metadata->reading_level].lix)
        check_report(check, metadata->title_span, "text-hard",
                     "the text has a LIX of %lu; the level that it declares goes up to %u", lix,
                     limits[metadata->reading_level].lix);
}

/* Languages: tags that mean something, and words that are in the language that they claim. */
#include "check/rooms.h"

#include "document/language.h"

#include <string.h>
#include <unicode/uloc.h>

enum {
    FEWEST_WORDS = 8,    /* of a block that is judged by its words */
    FEWEST_LETTERS = 12, /* of one that is judged by its script */
    FEWEST_SIGNS = 4,    /* different function words of the other language */
};

static bool is_listed(text subtag, const char *const *list)
{
    for (; *list; list++) {
        if (text_equal_ignoring_case(subtag, text_from_c(*list)))
            return true;
    }
    return false;
}

/* ISO 639-1 and ISO 3166-1, as ICU has them. Of three letters there are thousands of languages,
   more than ICU knows, and numbers name parts of the world. */
void check_tag(struct check *check, const struct node *node)
{
    text language = language_primary(node->language), region = language_region(node->language);
    if (language.length == 2 && !is_listed(language, uloc_getISOLanguages()))
        check_report(check, node->span, "language-unknown", "no language has the tag %.*s",
                     TEXT_ARGUMENTS(language));
    else if (region.length == 2 && !is_listed(region, uloc_getISOCountries()))
        check_report(check, node->span, "language-unknown", "no country has the tag %.*s",
                     TEXT_ARGUMENTS(region));
}

/* Written in another script than its language is. */
static bool check_script(struct check *check)
{
    const struct block *block = &check->block;
    if (block->letters < FEWEST_LETTERS || block->own_letters * 3 >= block->letters)
        return false;
    check_report(check, block->node->span, "language-script",
                 "the text is marked as %.*s and written in another script",
                 TEXT_ARGUMENTS(check->language));
    return true;
}

void check_block_language(struct check *check)
{
    const struct block *block = &check->block;
    if (check->language.length == 0 || check_script(check) || block->words < FEWEST_WORDS)
        return;
    int own = vocabulary_language(check->language), best = -1;
    for (int i = 0; i < VOCABULARY_LANGUAGES; i++) {
        if (i != own && (best < 0 || block->hits[i] > block->hits[best]))
            best = i;
    }
    unsigned own_hits = own >= 0 ? block->hits[own] : block->words / 8;
    if (best < 0 || block->distinct[best] < FEWEST_SIGNS || block->hits[best] * 4 < block->words ||
        own_hits * 3 > block->hits[best] || (own < 0 && block->hits[best] * 3 < block->words))
        return;
    /* Own words that are also the other's say nothing for either. */
    check_report(check, block->node->span, "language-unmarked",
                 "the text is marked as %.*s and looks like %s", TEXT_ARGUMENTS(check->language),
                 vocabulary_language_name(best));
}

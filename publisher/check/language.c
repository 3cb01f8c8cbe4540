/* Languages: tags that mean something, and words that are in the language that they claim. */
#include "check/rooms.h"

#include "document/language.h"

#include <stdio.h>
#include <string.h>
#include <unicode/uloc.h>
#include <unicode/uscript.h>

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

/* What hints say, with a language that comes into question twice. */
#define MARK_IT "mark it with its language, as in [words]{lang=%s} or ::: {lang=%s}"

/* The language that most of those speak who write in the script of a letter, by CLDR. */
static void find_language(uint32_t letter, char language[ULOC_LANG_CAPACITY])
{
    UErrorCode error = U_ZERO_ERROR;
    char tag[ULOC_FULLNAME_CAPACITY] = "und_", likely[ULOC_FULLNAME_CAPACITY];
    const char *script = uscript_getShortName(uscript_getScript((UChar32)letter, &error));
    snprintf(tag, sizeof tag, "und_%s", script ? script : "Latn");
    uloc_addLikelySubtags(tag, likely, sizeof likely, &error);
    uloc_getLanguage(likely, language, ULOC_LANG_CAPACITY, &error);
    if (U_FAILURE(error) || language[0] == '\0')
        snprintf(language, ULOC_LANG_CAPACITY, "en");
}

/* Written in another script than its language is. */
static bool check_script(struct check *check)
{
    const struct read_block *block = &check->block;
    if (block->letters < FEWEST_LETTERS || block->own_letters * 3 >= block->letters)
        return false;
    char language[ULOC_LANG_CAPACITY], hint[160];
    find_language(block->other_letter, language);
    snprintf(hint, sizeof hint, MARK_IT "; a tag may name a script, as sr-Latn", language,
             language);
    report_rule(check->report, "language-script", block->node->span, hint,
                "the text is marked as %.*s and written in another script",
                TEXT_ARGUMENTS(check->language));
    return true;
}

void check_block_language(struct check *check)
{
    const struct read_block *block = &check->block;
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
    const char *name = vocabulary_language_name(best);
    char hint[160];
    snprintf(hint, sizeof hint, MARK_IT, name, name);
    report_rule(check->report, "language-unmarked", block->node->span, hint,
                "the text is marked as %.*s and looks like %s", TEXT_ARGUMENTS(check->language),
                name);
}

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

/* Tags that are out of use, and mistaken ones that many write; what to write for them. */
static const struct {
    const char *tag, *now;
} old_tags[] = {
    {"iw", "write he, or what else is meant"},
    {"in", "write id, or what else is meant"},
    {"ji", "write yi, or what else is meant"},
    {"jw", "write jv, or what else is meant"},
    {"mo", "write ro, or what else is meant"},
    {"sh", "write sr-Latn, hr or bs"},
    {"UK", "write en-GB for English as in Britain, uk for Ukrainian"},
};

static const char *hint_for_tag(text subtag)
{
    for (size_t i = 0; i < sizeof old_tags / sizeof *old_tags; i++) {
        if (text_equal_ignoring_case(subtag, text_from_c(old_tags[i].tag)))
            return old_tags[i].now;
    }
    return NULL;
}

/* ISO 639-1 and ISO 3166-1, as ICU has them, and Tagalog, which ICU knows as Filipino. Of three
   letters there are thousands of languages, more than ICU knows, and numbers name parts of the
   world. */
void check_tag(struct check *check, const struct node *node)
{
    text language = language_primary(node->language), region = language_region(node->language);
    const struct metadata *metadata = &check->document->metadata;
    bool is_whole = node == check->document->root;
    struct span span = is_whole ? metadata->language_span : node->span;
    if (is_whole && span.line == 0 && span.file == node->span.file)
        span = node->span;
    if (language.length == 2 && !is_listed(language, uloc_getISOLanguages()) &&
        !text_equal_ignoring_case(language, TEXT("tl")))
        report_rule(check->report, "language-unknown", span, hint_for_tag(language),
                    "no language has the tag %.*s", TEXT_ARGUMENTS(language));
    else if (region.length == 2 && !is_listed(region, uloc_getISOCountries()))
        report_rule(check->report, "language-unknown", span, hint_for_tag(region),
                    "no country has the tag %.*s", TEXT_ARGUMENTS(region));
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

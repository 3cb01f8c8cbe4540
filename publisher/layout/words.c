/* Words: Lao, Khmer and Burmese are written without spaces between them. ICU has dictionaries of
   the three, and says where a line may end; inside what it takes for one word lines end between
   syllables, where nothing better is left. */
#include "layout/paragraph.h"

#include <unicode/putil.h>
#include <unicode/ubrk.h>
#include <unicode/utext.h>

/* A syllable begins with a consonant, or with a vowel that is written before it. */
static bool begins_syllable(uint32_t c, uint32_t before)
{
    if (c >= 0xE81 && c <= 0xEAE) /* Lao consonants; after a vowel sign before them: no */
        return !(before >= 0xEC0 && before <= 0xEC4);
    if (c >= 0xEC0 && c <= 0xEC4)
        return true;
    if (c >= 0x1780 && c <= 0x17B3) /* Khmer letters; not under a coeng */
        return before != 0x17D2;
    return c >= 0x1000 && c <= 0x102A && before != 0x1039; /* Burmese letters; not stacked */
}

static bool is_written_without_spaces(hb_script_t script)
{
    return script == HB_SCRIPT_LAO || script == HB_SCRIPT_KHMER || script == HB_SCRIPT_MYANMAR;
}

static void mark_syllables(struct paragraph *paragraph, size_t from, size_t to)
{
    for (size_t i = from + 1; i < to; i++) {
        const struct character *character = &paragraph->characters[i];
        if (paragraph->opportunities[character->offset] != OPPORTUNITY_NONE ||
            !begins_syllable(character->code_point, character[-1].code_point))
            continue;
        /* A final consonant carries a mark that kills its vowel: it ends the syllable before. */
        uint32_t after = i + 1 < paragraph->character_count ? character[1].code_point : 0;
        if (after != 0x103A && after != 0x17CB && after != 0)
            paragraph->opportunities[character->offset] = OPPORTUNITY_POOR;
    }
}

static bool open_words(struct paragraph *paragraph)
{
    if (paragraph->words)
        return true;
    UErrorCode error = U_ZERO_ERROR;
    u_setDataDirectory(""); /* the library's own data, whatever the environment names */
    /* The dictionary goes by the script, not by the language. */
    paragraph->words = ubrk_open(UBRK_LINE, "en", NULL, 0, &error);
    return U_SUCCESS(error);
}

/* The bytes from..to are in one script. */
static void mark_dictionary(struct paragraph *paragraph, size_t from, size_t to)
{
    UErrorCode error = U_ZERO_ERROR;
    UText bytes = UTEXT_INITIALIZER;
    if (!open_words(paragraph))
        return;
    utext_openUTF8(&bytes, paragraph->bytes.bytes + from, (int64_t)(to - from), &error);
    ubrk_setUText(paragraph->words, &bytes, &error);
    if (U_SUCCESS(error)) {
        for (int32_t at = ubrk_first(paragraph->words); at != UBRK_DONE;
             at = ubrk_next(paragraph->words)) {
            uint8_t *opportunity = &paragraph->opportunities[from + (size_t)at];
            if (at > 0 && from + (size_t)at < to && *opportunity == OPPORTUNITY_NONE)
                *opportunity = OPPORTUNITY_PLAIN;
        }
    }
    utext_close(&bytes);
}

void paragraph_mark_words(struct paragraph *paragraph)
{
    const struct character *characters = paragraph->characters;
    size_t count = paragraph->character_count;
    for (size_t from = 0, to; from < count; from = to) {
        to = from + 1;
        if (!is_written_without_spaces(characters[from].script))
            continue;
        while (to < count && characters[to].script == characters[from].script)
            to++;
        size_t end = to < count ? characters[to].offset : paragraph->bytes.length;
        mark_dictionary(paragraph, characters[from].offset, end);
        mark_syllables(paragraph, from, to);
    }
}

void paragraph_close_words(struct paragraph *paragraph)
{
    if (paragraph->words)
        ubrk_close(paragraph->words);
    paragraph->words = NULL;
}

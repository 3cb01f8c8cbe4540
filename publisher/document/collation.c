/* ICU's index of letters (AlphabeticIndex) is C++ alone; the same is made here of what it is made
   of: the exemplar characters of an index (CLDR, UTS 35, part 2, 3.2), each the first of what
   stands under it by primary differences. Chinese has none for Han: its collations have
   contractions of U+FDD0 for them, with a letter of pinyin, or with U+2800 and so many strokes (UTS
   35, part 5, 1.12). */
#include "document/collation.h"

#include "base/memory.h"
#include "document/language.h"
#include "document/numerals.h"

#include <stdlib.h>
#include <string.h>
#include <unicode/uchar.h>
#include <unicode/ucol.h>
#include <unicode/uloc.h>
#include <unicode/ulocdata.h>
#include <unicode/uscript.h>
#include <unicode/ustring.h>

enum { MOST_LETTERS = 200, MOST_STROKES = 64, LONGEST_LETTER = 16, HAN_MARK = 0xFDD0 };

struct letter {
    text shown, key; /* by primary differences */
    UScriptCode script;
};

struct collation {
    struct arena *arena;
    text language;
    char locale[ULOC_FULLNAME_CAPACITY];
    UCollator *all, *primary;
    struct letter letters[MOST_LETTERS];
    size_t letter_count;
    bool has_letters; /* they were looked for, when one was first asked for */
};

static text key_with(struct arena *arena, const UCollator *collator, text words)
{
    size_t room = words.length + 1;
    UChar *units = memory_allocate(room * sizeof *units);
    int32_t count = 0;
    UErrorCode error = U_ZERO_ERROR;
    u_strFromUTF8WithSub(units, (int32_t)room, &count, words.bytes, (int32_t)words.length, 0xFFFD,
                         NULL, &error);
    int32_t size = ucol_getSortKey(collator, units, count, NULL, 0);
    uint8_t *bytes = arena_allocate(arena, (size_t)size + 1);
    size = ucol_getSortKey(collator, units, count, bytes, size + 1);
    free(units);
    return (text){(const char *)bytes, size > 0 ? (size_t)size - 1 : 0};
}

static UScriptCode script_of(text words)
{
    UErrorCode error = U_ZERO_ERROR;
    for (size_t at = 0; at < words.length;) {
        UChar32 c = (UChar32)text_next(words, &at);
        UScriptCode script = u_isalpha(c) ? uscript_getScript(c, &error) : USCRIPT_COMMON;
        if (script != USCRIPT_COMMON) /* Japanese has one order for its two syllabaries */
            return script == USCRIPT_KATAKANA ? USCRIPT_HIRAGANA : script;
    }
    return USCRIPT_COMMON;
}

static void add_letter(struct collation *collation, text shown, text key_of, UScriptCode script)
{
    if (collation->letter_count == MOST_LETTERS)
        return;
    collation->letters[collation->letter_count++] = (struct letter){
        .shown = arena_copy(collation->arena, shown),
        .key = key_with(collation->arena, collation->primary, key_of),
        .script = script,
    };
}

static void add_exemplar(struct collation *collation, const UChar *units, int32_t length)
{
    char bytes[4 * LONGEST_LETTER];
    int32_t size = 0;
    UErrorCode error = U_ZERO_ERROR;
    u_strToUTF8(bytes, (int32_t)sizeof bytes, &size, units, length, &error);
    text letter = {bytes, (size_t)size};
    UScriptCode script = script_of(letter);
    if (U_SUCCESS(error) && size > 0 && script != USCRIPT_HAN) /* those come from add_han */
        add_letter(collation, letter, letter, script);
}

static void add_exemplars(struct collation *collation)
{
    UErrorCode error = U_ZERO_ERROR;
    ULocaleData *data = ulocdata_open(collation->locale, &error);
    USet *set = data ? ulocdata_getExemplarSet(data, NULL, 0, ULOCDATA_ES_INDEX, &error) : NULL;
    for (int32_t i = 0; set && i < uset_getItemCount(set); i++) {
        UChar32 first = 0, last = 0;
        UChar units[LONGEST_LETTER];
        UErrorCode fault = U_ZERO_ERROR;
        int32_t length = uset_getItem(set, i, &first, &last, units, LONGEST_LETTER, &fault);
        if (U_SUCCESS(fault) && length >= 2)
            add_exemplar(collation, units, length);
        for (UChar32 c = first; U_SUCCESS(fault) && length == 0 && c <= last; c++) {
            int32_t used = 0;
            U16_APPEND_UNSAFE(units, used, c);
            add_exemplar(collation, units, used);
        }
    }
    uset_close(set);
    if (data)
        ulocdata_close(data);
}

/* Where the collation has those of pinyin or of strokes; else they are nothing. */
static void add_han(struct collation *collation)
{
    char mark[4];
    int length = (int)text_encode(HAN_MARK, mark);
    UErrorCode error = U_ZERO_ERROR;
    const char *type = ucol_getLocaleByType(collation->all, ULOC_VALID_LOCALE, &error);
    bool by_strokes = type && (strstr(type, "Hant") || strstr(type, "stroke"));
    for (char c = 'A'; !by_strokes && c <= 'Z'; c++) {
        text sign = arena_printf(collation->arena, "%.*s%c", length, mark, c);
        if (c != 'I' && c != 'U' && c != 'V') /* no syllable begins so */
            add_letter(collation, (text){&c, 1}, sign, USCRIPT_HAN);
    }
    for (unsigned n = 1; by_strokes && n <= MOST_STROKES; n++) {
        char strokes[4];
        int size = (int)text_encode(0x2800 + n, strokes);
        text sign = arena_printf(collation->arena, "%.*s%.*s", length, mark, size, strokes);
        text number = numeral_in(collation->arena, collation->language, n);
        add_letter(collation, arena_printf(collation->arena, "%.*s劃", TEXT_ARGUMENTS(number)),
                   sign, USCRIPT_HAN);
    }
}

static int compare_letters(const void *a, const void *b)
{
    const struct letter *x = a, *y = b;
    return text_compare(x->key, y->key);
}

static void find_letters(struct collation *collation)
{
    if (collation->has_letters)
        return;
    collation->has_letters = true;
    add_exemplars(collation);
    if (language_primary_is(collation->language, "zh"))
        add_han(collation);
    if (collation->letter_count)
        qsort(collation->letters, collation->letter_count, sizeof *collation->letters,
              compare_letters);
}

struct collation *collation_new(struct arena *arena, text language)
{
    UErrorCode error = U_ZERO_ERROR;
    struct collation *collation = ARENA_NEW(arena, struct collation);
    *collation = (struct collation){.arena = arena, .language = language};
    uloc_forLanguageTag(arena_copy_c(arena, language), collation->locale, sizeof collation->locale,
                        NULL, &error);
    error = U_ZERO_ERROR;
    collation->all = ucol_open(collation->locale, &error);
    collation->primary = ucol_open(collation->locale, &error);
    if (U_FAILURE(error)) {
        collation_free(collation);
        return NULL;
    }
    ucol_setStrength(collation->primary, UCOL_PRIMARY);
    return collation;
}

void collation_free(struct collation *collation)
{
    if (!collation)
        return;
    if (collation->all)
        ucol_close(collation->all);
    if (collation->primary)
        ucol_close(collation->primary);
    collation->all = collation->primary = NULL;
}

text collation_key(const struct collation *collation, text words)
{
    return key_with(collation->arena, collation->all, words);
}

/* Of a script that the language's index has no letters of: its own, as a capital, without marks. */
static text foreign_letter(const struct collation *collation, text words)
{
    char bytes[4];
    for (size_t at = 0; at < words.length;) {
        UChar32 c = (UChar32)text_next(words, &at);
        if (u_isalpha(c))
            return arena_copy(collation->arena,
                              (text){bytes, text_encode((uint32_t)u_toupper(c), bytes)});
    }
    return TEXT_EMPTY;
}

text collation_letter(struct collation *collation, text words)
{
    size_t at = 0;
    UChar32 first = (UChar32)text_next(words, &at);
    UScriptCode script = script_of(words);
    if (words.length == 0 || !u_isalpha(first))
        return TEXT_EMPTY;
    bool is_latin_in_chinese =
        language_primary_is(collation->language, "zh") && script != USCRIPT_HAN;
    if (is_latin_in_chinese)
        return script == USCRIPT_LATIN ? TEXT("A–Z") : foreign_letter(collation, words);
    find_letters(collation);
    text key = key_with(collation->arena, collation->primary, words);
    const struct letter *found = NULL;
    for (size_t i = 0; i < collation->letter_count; i++) {
        const struct letter *letter = &collation->letters[i];
        if (letter->script == script && text_compare(letter->key, key) <= 0)
            found = letter;
    }
    return found ? found->shown : foreign_letter(collation, words);
}

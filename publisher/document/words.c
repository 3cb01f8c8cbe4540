#include "document/words.h"

#include "base/buffer.h"
#include "document/catalogues.h"
#include "document/language.h"
#include "document/numerals.h"

#include <string.h>

_Static_assert(WORD_DECEMBER - WORD_JANUARY == 11 &&
                   WORD_DAY_OF_DECEMBER - WORD_DAY_OF_JANUARY == 11,
               "the months stand in their order");

static const struct word_catalogue *find_catalogue(text language)
{
    for (size_t i = 1; language.length && i < word_catalogue_count; i++) {
        text tag = text_from_c(word_catalogues[i].tag);
        /* Asked for each page: most are told by their first letter (0x20: its case). */
        if ((language.bytes[0] | 0x20) == (tag.bytes[0] | 0x20) &&
            language_is_same(language, tag) &&
            strcmp(language_script(language), language_script(tag)) == 0)
            return &word_catalogues[i];
    }
    return &word_catalogues[0];
}

text word_in(text language, enum word word, text *language_used)
{
    const struct word_catalogue *catalogue = find_catalogue(language);
    if (language_used)
        *language_used = text_from_c(catalogue->tag);
    return text_from_c(catalogue->words[word]);
}

static text fill(struct arena *arena, text pattern, text first, text second)
{
    struct buffer filled;
    buffer_init(&filled, pattern.length + first.length + second.length + 1);
    for (size_t i = 0; i < pattern.length; i++) {
        bool is_place = pattern.bytes[i] == '%' && i + 1 < pattern.length &&
                        (pattern.bytes[i + 1] == '1' || pattern.bytes[i + 1] == '2');
        if (is_place)
            buffer_add_text(&filled, pattern.bytes[++i] == '1' ? first : second);
        else
            buffer_add_byte(&filled, pattern.bytes[i]);
    }
    text result = arena_copy(arena, buffer_text(&filled));
    buffer_release(&filled);
    return result;
}

text word_filled(struct arena *arena, text language, enum word word, text first, text second)
{
    return fill(arena, word_in(language, word, NULL), first, second);
}

text word_counted(struct arena *arena, text language, enum word word, unsigned long count)
{
    const struct word_catalogue *catalogue = find_catalogue(language);
    const char *pattern = catalogue->words[word];
    unsigned long form = catalogue->form_of(count);
    for (unsigned long i = 0; i < form && i + 1 < catalogue->form_count; i++)
        pattern += strlen(pattern) + 1;
    return fill(arena, text_from_c(pattern), numeral_in(arena, language, count), TEXT_EMPTY);
}

text date_in(struct arena *arena, text language, text date)
{
    text used;
    unsigned long year, month, day;
    word_in(language, WORD_LANGUAGE, &used);
    bool is_known = language_is_same(used, language);
    bool has_month = date.length == 7 || date.length == 10, has_day = date.length == 10;
    if (!is_known || !has_month || date.bytes[4] != '-' ||
        !text_to_number(text_slice(date, 0, 4), 9999, &year) ||
        !text_to_number(text_slice(date, 5, 7), 12, &month) || month == 0)
        return date;
    text year_words = numeral_in(arena, language, year);
    if (!has_day)
        return word_filled(arena, language, (enum word)(WORD_JANUARY + month - 1), year_words,
                           TEXT_EMPTY);
    if (date.bytes[7] != '-' || !text_to_number(text_slice(date, 8, 10), 31, &day) || day == 0)
        return date;
    text first_day = word_in(language, WORD_FIRST_DAY, NULL);
    bool is_special = day == 1 && !text_equal(first_day, TEXT("1"));
    text day_words = is_special ? first_day : numeral_in(arena, language, day);
    return word_filled(arena, language, (enum word)(WORD_DAY_OF_JANUARY + month - 1), day_words,
                       year_words);
}

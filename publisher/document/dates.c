/* A date is taken apart: what is the time of day, a name or a filler falls away, and what is left
   must be a year, perhaps with a month, perhaps with a day. Where anything else is left, or where
   what is left could be two dates, there is no date: better none than a wrong one. */
#include "document/dates.h"

#include "base/buffer.h"
#include "document/language.h"

#include <string.h>
#include <unicode/uchar.h>
#include <unicode/udat.h>
#include <unicode/uloc.h>
#include <unicode/ustring.h>

enum { LONGEST_DATE = 100, LONGEST_NAME = 64, MOST_NUMBERS = 3 };

/* Thailand counts from the death of the Buddha: 2563 is 2020. Nobody dates a text 400 years ahead.
 */
enum { THAI_YEARS = 543, FIRST_THAI_YEAR = 2400 };

struct parts {
    unsigned numbers[MOST_NUMBERS], digits[MOST_NUMBERS];
    size_t count;
    char separator; /* after the first number: '.', '/', '-' or 0 */
    unsigned year, month, day;
};

/* words */

/* Year, month and day as Chinese, Japanese and Korean write them behind their numbers. */
static bool is_unit(uint32_t c)
{
    return c == 0x5E74 || c == 0x6708 || c == 0x65E5 || c == 0x53F7 || c == 0x865F || c == 0xB144 ||
           c == 0xC6D4 || c == 0xC77C;
}

/* Small letters, digits of any script as 0 to 9, all white space as one space, and none between a
   number and its unit (2020 年 5 月). */
static text fold(struct arena *arena, text words)
{
    struct buffer out;
    buffer_init(&out, 8 * LONGEST_DATE);
    size_t offset = 0;
    for (uint32_t c = text_next(words, &offset); c != UINT32_MAX; c = text_next(words, &offset)) {
        int digit = u_charDigitValue((UChar32)c);
        if (is_unit(c) && out.length > 1 && out.bytes[out.length - 1] == ' ' &&
            out.bytes[out.length - 2] >= '0' && out.bytes[out.length - 2] <= '9')
            out.length--;
        if (digit >= 0)
            buffer_add_byte(&out, (char)('0' + digit));
        else if (!text_is_space(c))
            buffer_add_code_point(&out, (uint32_t)u_tolower((UChar32)c));
        else if (out.length && out.bytes[out.length - 1] != ' ')
            buffer_add_byte(&out, ' ');
    }
    text folded = arena_copy(arena, text_trim(buffer_text(&out)));
    buffer_release(&out);
    return folded;
}

/* Whether the place between two bytes is in the midst of a word of letters. Scripts that put no
   spaces between words may go on after a name. */
static bool is_inside_word(text words, size_t offset)
{
    if (offset == 0 || offset >= words.length)
        return false;
    size_t before = offset - 1, after = offset;
    while (before && ((unsigned char)words.bytes[before] & 0xC0) == 0x80)
        before--;
    uint32_t one = text_next(words, &before), other = text_next(words, &after);
    return u_isalpha((UChar32)one) && u_isalpha((UChar32)other) && one < 0x2E80 && other < 0x2E80;
}

/* Names of CLDR's */

/* The longest name of those that stands in the words from `from` on: its number from 1, its place
   and its length. */
struct found {
    unsigned number;
    size_t offset, length;
};

static void find_names(struct arena *arena, text words, const UDateFormat *format,
                       UDateFormatSymbolType type, int32_t first, struct found *found)
{
    int32_t count = udat_countSymbols(format, type);
    for (int32_t i = first; i < count; i++) {
        UErrorCode error = U_ZERO_ERROR;
        UChar name[LONGEST_NAME];
        char bytes[3 * LONGEST_NAME + 1];
        int32_t length = 0, units = udat_getSymbols(format, type, i, name, LONGEST_NAME, &error);
        u_strToUTF8(bytes, sizeof bytes, &length, name, units, &error);
        if (U_FAILURE(error))
            continue;
        text folded = fold(arena, (text){bytes, (size_t)length});
        if (text_ends_with(folded, TEXT(".")))
            folded.length--;
        if (folded.length <= found->length)
            continue;
        size_t at = text_find(words, folded, 0);
        /* a name of digits alone ("10" in some languages) is a number */
        bool has_letter = false;
        for (size_t k = 0; k < folded.length; k++)
            has_letter |= !byte_is_digit(folded.bytes[k]);
        if (at != SIZE_MAX && has_letter && !is_inside_word(words, at) &&
            !is_inside_word(words, at + folded.length) &&
            !(at && byte_is_digit(words.bytes[at - 1]) && byte_is_digit(words.bytes[at])))
            *found = (struct found){(unsigned)(i - first) + 1, at, folded.length};
    }
}

static struct found find_in(struct arena *arena, text words, text language, bool is_month)
{
    static const UDateFormatSymbolType months[] = {
        UDAT_MONTHS, UDAT_SHORT_MONTHS, UDAT_STANDALONE_MONTHS, UDAT_STANDALONE_SHORT_MONTHS};
    static const UDateFormatSymbolType weekdays[] = {UDAT_WEEKDAYS, UDAT_SHORT_WEEKDAYS,
                                                     UDAT_STANDALONE_WEEKDAYS,
                                                     UDAT_STANDALONE_SHORT_WEEKDAYS};
    const UDateFormatSymbolType *types = is_month ? months : weekdays;
    const text languages[] = {language, TEXT("en-GB"), TEXT("en")};
    struct found found = {0};
    for (size_t i = 0; i < sizeof languages / sizeof *languages && found.length == 0; i++) {
        UErrorCode error = U_ZERO_ERROR;
        char locale[ULOC_FULLNAME_CAPACITY];
        uloc_forLanguageTag(arena_copy_c(arena, languages[i]), locale, sizeof locale, NULL, &error);
        /* whatever calendar the locale counts by, the date is of the Gregorian one */
        uloc_setKeywordValue("calendar", "gregorian", locale, sizeof locale, &error);
        static const UChar utc[] = {'U', 'T', 'C', 0};
        UDateFormat *format =
            U_SUCCESS(error) && languages[i].length
                ? udat_open(UDAT_SHORT, UDAT_SHORT, locale, utc, -1, NULL, 0, &error)
                : NULL;
        if (format && U_SUCCESS(error))
            for (size_t t = 0; t < 4; t++)
                find_names(arena, words, format, types[t], is_month ? 0 : 1, &found);
        udat_close(format);
    }
    return found;
}

/* The words with a blank in the place of what was found. */
static text without(struct arena *arena, text words, size_t from, size_t length)
{
    return arena_printf(arena, "%.*s %.*s", TEXT_ARGUMENTS(text_slice(words, 0, from)),
                        TEXT_ARGUMENTS(text_slice(words, from + length, words.length)));
}

/* the time of day */

static size_t skip_digits(text words, size_t at)
{
    while (at < words.length && byte_is_digit(words.bytes[at]))
        at++;
    return at;
}

/* "21:58:56.123 -0800", "t12:00z", "3:15 pm": from the hour to the end of its zone. */
static text without_time(struct arena *arena, text words)
{
    static const char *const after[] = {"am", "pm", "a.m.", "p.m.", "z", "utc", "gmt", "uhr", "h"};
    size_t colon = text_find_byte(words, ':', 0);
    if (colon == SIZE_MAX || colon == 0 || !byte_is_digit(words.bytes[colon - 1]))
        return words;
    size_t from = colon, at = colon;
    while (from && colon - from < 2 && byte_is_digit(words.bytes[from - 1]))
        from--;
    if (from && (words.bytes[from - 1] == 't' || words.bytes[from - 1] == ' '))
        from--;
    while (at < words.length && (words.bytes[at] == ':' || words.bytes[at] == '.') &&
           skip_digits(words, at + 1) > at + 1)
        at = skip_digits(words, at + 1);
    size_t next = at + (at < words.length && words.bytes[at] == ' ');
    if (next < words.length && (words.bytes[next] == '+' || words.bytes[next] == '-') &&
        skip_digits(words, next + 1) >= next + 3) {
        at = skip_digits(words, next + 1);
        if (at < words.length && words.bytes[at] == ':')
            at = skip_digits(words, at + 1);
        return without(arena, words, from, at - from);
    }
    for (size_t i = 0; i < sizeof after / sizeof *after; i++) {
        text word = text_from_c(after[i]);
        if (text_starts_with(text_slice(words, next, words.length), word) &&
            !is_inside_word(words, next + word.length))
            at = next + word.length;
    }
    return without(arena, words, from, at - from);
}

/* numbers */

/* Words that stand in dates and say nothing. */
static bool is_filler(text word)
{
    static const char *const fillers[] = {
        "of", "the",  "on",  "at",   "den", "der", "dem",  "am",  "um", "le",
        "à",  "de",   "del", "do",   "da",  "di",  "el",   "la",  "a",  "г",
        "г.", "года", "год", "року", "р",   "р.",  "ngày", "năm", "m",  "d",
    };
    return TEXT_IS_AMONG(word, fillers);
}

enum suffix { SUFFIX_NONE, SUFFIX_ORDINAL, SUFFIX_YEAR, SUFFIX_MONTH, SUFFIX_DAY, SUFFIX_WRONG };

/* What stands at a number without a space. */
static enum suffix suffix_of(text word)
{
    static const struct {
        const char *word;
        enum suffix suffix;
    } suffixes[] = {
        {"", SUFFIX_NONE},      {"st", SUFFIX_ORDINAL}, {"nd", SUFFIX_ORDINAL},
        {"rd", SUFFIX_ORDINAL}, {"th", SUFFIX_ORDINAL}, {"er", SUFFIX_ORDINAL},
        {"º", SUFFIX_ORDINAL},  {"°", SUFFIX_ORDINAL},  {"年", SUFFIX_YEAR},
        {"年度", SUFFIX_WRONG}, {"년", SUFFIX_YEAR},    {"月", SUFFIX_MONTH},
        {"월", SUFFIX_MONTH},   {"日", SUFFIX_DAY},     {"号", SUFFIX_DAY},
        {"號", SUFFIX_DAY},     {"일", SUFFIX_DAY},
    };
    for (size_t i = 0; i < sizeof suffixes / sizeof *suffixes; i++) {
        if (text_equal_c(word, suffixes[i].word))
            return suffixes[i].suffix;
    }
    return SUFFIX_WRONG;
}

/* The word of letters at the offset. Digits and signs end it. */
static text word_at(text words, size_t at)
{
    size_t end = at;
    for (size_t next = at; next < words.length; end = next) {
        uint32_t c = text_next(words, &next);
        if (c < 0x80 && !u_isalpha((UChar32)c))
            break;
        if (c == 0x5E74 || c == 0x6708 || c == 0xB144 || c == 0xC6D4) /* year, month: end a word */
            return text_slice(words, at, next);
    }
    return text_slice(words, at, end);
}

static bool take_number(struct parts *parts, text words, size_t *at)
{
    unsigned long number;
    size_t end = skip_digits(words, *at);
    text digits = text_slice(words, *at, end), suffix = word_at(words, end);
    if (!text_to_number(digits, 9999, &number) || digits.length > 4)
        return false;
    *at = end + suffix.length;
    switch (suffix_of(suffix)) {
    case SUFFIX_YEAR:
        parts->year = (unsigned)number;
        return digits.length == 4;
    case SUFFIX_MONTH:
        parts->month = (unsigned)number;
        return true;
    case SUFFIX_DAY:
        parts->day = (unsigned)number;
        return true;
    case SUFFIX_WRONG:
        return false;
    default:
        break;
    }
    if (parts->count == MOST_NUMBERS)
        return false;
    parts->numbers[parts->count] = (unsigned)number;
    parts->digits[parts->count++] = (unsigned)digits.length;
    char next = *at < words.length ? words.bytes[*at] : '\0';
    bool is_joined = *at + 1 < words.length && strchr("./-", next) && next;
    if (parts->count == 1 && is_joined)
        parts->separator = next;
    return true;
}

static bool take_apart(struct parts *parts, text words)
{
    for (size_t at = 0; at < words.length;) {
        char c = words.bytes[at];
        if (byte_is_digit(c)) {
            if (!take_number(parts, words, &at))
                return false;
        } else if (strchr(" ,./-", c)) {
            at++;
        } else {
            text word = word_at(words, at);
            if (word.length == 0 || !is_filler(word))
                return false;
            at += word.length;
        }
    }
    return true;
}

/* CLDR's short pattern begins with the month there. */
static bool puts_month_first(text language)
{
    static const char *const regions[] = {"US", "PH", "PR", "GU", "VI",
                                          "AS", "UM", "MH", "MP", "PW"};
    text region = language_region(language);
    return TEXT_IS_AMONG_IGNORING_CASE(region, regions);
}

/* With the name of a month: a year, and perhaps a day before or after it. */
static bool set_beside_name(struct parts *parts)
{
    for (size_t i = 0; i < parts->count; i++) {
        if (parts->digits[i] == 4 && parts->year == 0)
            parts->year = parts->numbers[i];
        else if (parts->digits[i] <= 2 && parts->day == 0)
            parts->day = parts->numbers[i];
        else
            return false;
    }
    return parts->year > 0;
}

/* Three numbers, two or one. */
static bool set_numbers(struct parts *parts, text language)
{
    const unsigned *n = parts->numbers, *digits = parts->digits;
    if (parts->count == 0)
        return parts->year > 0 && (parts->day == 0 || parts->month > 0);
    if (parts->year || parts->month || parts->day)
        return false;
    if (digits[0] == 4) { /* the year first */
        parts->year = n[0];
        parts->month = parts->count > 1 ? n[1] : 0;
        parts->day = parts->count > 2 ? n[2] : 0;
        return parts->count == 1 || digits[1] <= 2;
    }
    if (digits[parts->count - 1] != 4 || parts->count == 1 || !parts->separator)
        return false;
    parts->year = n[parts->count - 1];
    parts->month = n[parts->count - 2];
    if (parts->count == 2)
        return true;
    parts->day = n[0];
    bool could_swap = parts->separator == '/' && n[0] <= 12 && n[1] <= 12 && n[0] != n[1];
    bool swaps = parts->separator == '/' && (n[1] > 12 || puts_month_first(language));
    if (could_swap && !swaps && language_primary_is(language, "en") &&
        language_region(language).length == 0)
        return false; /* English of everywhere: 3/4/2019 is in March or in April */
    if (swaps) {
        parts->month = n[0];
        parts->day = n[1];
    }
    return true;
}

static bool is_in_calendar(const struct parts *parts, bool has_day)
{
    static const unsigned char days[] = {31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    unsigned year = parts->year;
    bool is_leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
    if (year == 0 || parts->month > 12 || (has_day && parts->month == 0))
        return false;
    return !has_day || (parts->day >= 1 && parts->day <= days[parts->month - 1] &&
                        (parts->month != 2 || parts->day < 29 || is_leap));
}

static bool has_letters(text words)
{
    size_t i = 0;
    while (i < words.length && (byte_is_digit(words.bytes[i]) || strchr(" ,./-", words.bytes[i])))
        i++;
    return i < words.length;
}

text date_of_words(struct arena *arena, text words, text language)
{
    struct parts parts = {0};
    if (words.length == 0 || words.length > LONGEST_DATE)
        return TEXT_EMPTY;
    words = without_time(arena, fold(arena, words));
    struct found month = {0};
    if (has_letters(words)) {
        month = find_in(arena, words, language, true); /* before weekdays: "mar" can be both */
        words = without(arena, words, month.offset, month.length);
        parts.month = month.number;
        struct found weekday = find_in(arena, words, language, false);
        words = without(arena, words, weekday.offset, weekday.length);
    }
    if (!take_apart(&parts, words) ||
        !(month.length ? set_beside_name(&parts) : set_numbers(&parts, language)))
        return TEXT_EMPTY;
    if (language_primary_is(language, "th") && parts.year >= FIRST_THAI_YEAR)
        parts.year -= THAI_YEARS;
    bool has_month = month.length || parts.month || parts.count > 1, has_day = parts.day > 0;
    if (!is_in_calendar(&parts, has_day || parts.count > 2) || (has_month && parts.month == 0))
        return TEXT_EMPTY;
    if (has_day)
        return arena_printf(arena, "%04u-%02u-%02u", parts.year, parts.month, parts.day);
    return has_month ? arena_printf(arena, "%04u-%02u", parts.year, parts.month)
                     : arena_printf(arena, "%04u", parts.year);
}

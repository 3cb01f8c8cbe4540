/* Quotation marks. Each straight sign is looked at with the characters beside it: it may open, it
   may close, or it is an apostrophe or the sign of feet, inches, minutes and seconds. Then those
   that open are paired with those that close; what stays alone is an apostrophe, where it is
   single, and where it is double opens or closes a quotation that goes on in another paragraph.
   Which signs a pair gets is told by the pair around it: the inner ones of the language inside the
   outer ones and the other way round. */
#include "document/language.h"
#include "document/typography_room.h"

#include <string.h>
#include <unicode/uchar.h>
#include <unicode/uscript.h>

/* characters */

uint32_t typography_before(text words, size_t offset)
{
    if (offset == 0)
        return 0;
    do
        offset--;
    while (offset && ((unsigned char)words.bytes[offset] & 0xC0) == 0x80);
    return text_next(words, &offset);
}

uint32_t typography_after(text words, size_t offset)
{
    return offset < words.length ? text_next(words, &offset) : 0;
}

bool typography_is_space(uint32_t c)
{
    return c == 0 || text_is_space(c) || c == 0x200B;
}

bool typography_is_word(uint32_t c)
{
    return u_isalnum((UChar32)c) || c == 0xFFFC || u_charType((UChar32)c) == U_NON_SPACING_MARK ||
           u_charType((UChar32)c) == U_COMBINING_SPACING_MARK;
}

static bool is_digit(uint32_t c)
{
    return u_isdigit((UChar32)c);
}

/* Scripts that put no space between words. */
static bool is_unspaced(uint32_t c)
{
    UErrorCode error = U_ZERO_ERROR;
    switch (uscript_getScript((UChar32)c, &error)) {
    case USCRIPT_HAN:
    case USCRIPT_HIRAGANA:
    case USCRIPT_KATAKANA:
    case USCRIPT_HANGUL:
    case USCRIPT_THAI:
    case USCRIPT_LAO:
    case USCRIPT_KHMER:
    case USCRIPT_MYANMAR:
        return true;
    default:
        return c >= 0x3000 && c <= 0x303F;
    }
}

static bool is_hebrew(uint32_t c)
{
    return c >= 0x590 && c <= 0x5FF;
}

/* A quotation may begin right after it. */
static bool is_opening(uint32_t c)
{
    int8_t type = u_charType((UChar32)c);
    return type == U_START_PUNCTUATION || type == U_INITIAL_PUNCTUATION ||
           type == U_DASH_PUNCTUATION || c == '/' || c == '=' || c == 0xBF || c == 0xA1;
}

static bool is_closing(uint32_t c)
{
    int8_t type = u_charType((UChar32)c);
    return type == U_END_PUNCTUATION || type == U_FINAL_PUNCTUATION || type == U_OTHER_PUNCTUATION;
}

/* apostrophes */

static size_t word_length(text words, size_t offset)
{
    size_t end = offset;
    while (end < words.length &&
           ((words.bytes[end] | 0x20) >= 'a' && (words.bytes[end] | 0x20) <= 'z'))
        end++;
    return typography_is_word(typography_after(words, end)) ? 0 : end - offset;
}

static bool is_elision(text words, size_t offset, const struct typography_language *language)
{
    static const struct {
        const char *language, *word;
    } elisions[] = {
#define SPACING(language, quotes, marks, colon)
#define ELISION(language, word) {language, word},
#include "document/typography.def"
#undef SPACING
#undef ELISION
    };
    size_t length = word_length(words, offset);
    text word = text_slice(words, offset, offset + length);
    for (size_t i = 0; length && i < sizeof elisions / sizeof *elisions; i++) {
        if (language_primary_is(language->tag, elisions[i].language) &&
            text_equal_ignoring_case(word, text_from_c(elisions[i].word)))
            return true;
    }
    /* the '90s, the '68 */
    text rest = text_slice(words, offset, words.length);
    size_t digits = 0;
    while (digits < rest.length && byte_is_digit(rest.bytes[digits]))
        digits++;
    size_t end = digits + (digits < rest.length && rest.bytes[digits] == 's');
    return digits == 2 && !typography_is_word(typography_after(rest, end)) &&
           typography_after(rest, end) != '\'';
}

/* pairs */

/* The quotes that wait, the innermost last. */
struct waiting {
    size_t count, doubles;
};

static bool may_close(const struct typography *typography, const struct waiting *waiting, char sign)
{
    if (sign == '"')
        return waiting->doubles > 0;
    return waiting->count && typography->quotes[typography->open[waiting->count - 1]].sign == '\'';
}

static void close_quotation(struct typography *typography, struct waiting *waiting, size_t number)
{
    struct typography_quote *quotes = typography->quotes;
    quotes[number].fate = QUOTE_CLOSES;
    while (waiting->count) {
        size_t open = typography->open[--waiting->count];
        waiting->doubles -= quotes[open].sign == '"';
        if (quotes[open].sign == quotes[number].sign) {
            quotes[open].partner = number;
            return;
        }
        quotes[open].fate = QUOTE_APOSTROPHE; /* a single one inside: it has no partner */
    }
}

static void open_quotation(struct typography *typography, struct waiting *waiting, size_t number)
{
    ARENA_GROW(typography->document->arena, typography->open, waiting->count,
               typography->open_capacity);
    typography->open[waiting->count++] = number;
    waiting->doubles += typography->quotes[number].sign == '"';
    typography->quotes[number].fate = QUOTE_OPENS;
}

/* Whether the quote right before is one that opens. */
static bool follows_opening(const struct typography *typography, size_t number)
{
    const struct typography_quote *quotes = typography->quotes;
    return number && quotes[number - 1].offset + 1 == quotes[number].offset &&
           quotes[number - 1].fate == QUOTE_OPENS;
}

/* 6'2": of a digit, a single quote, digits. */
static bool is_inches(text words, size_t offset)
{
    size_t at = offset;
    while (at && byte_is_digit(words.bytes[at - 1]))
        at--;
    while (at && words.bytes[at - 1] == ' ')
        at--;
    return at > 1 && (words.bytes[at - 1] == '\'' || words.bytes[at - 1] == '\x01') &&
           is_digit((unsigned char)words.bytes[at - 2]);
}

static void judge_double(struct typography *typography, struct waiting *waiting, size_t number)
{
    struct typography_quote *quote = &typography->quotes[number];
    text words = buffer_text(&typography->words);
    uint32_t before = typography_before(words, quote->offset);
    uint32_t after = typography_after(words, quote->offset + 1);
    bool follows = follows_opening(typography, number);
    bool at_start = typography_is_space(before) || is_opening(before) || follows;
    bool at_end = typography_is_space(after);
    bool waits = may_close(typography, waiting, '"');
    if (is_digit(before) && !follows && (!waits || is_inches(words, quote->offset)))
        return;
    if (typography_is_space(before) && at_end)
        return;
    if (is_hebrew(before) && is_hebrew(after)) /* an abbreviation */
        return;
    if (at_start && !at_end) {
        open_quotation(typography, waiting, number);
    } else if (at_end || waits || (is_closing(after) && after != '\'')) {
        close_quotation(typography, waiting, number);
    } else if (!typography_is_word(before) || is_unspaced(before) || is_unspaced(after)) {
        open_quotation(typography, waiting, number);
    }
}

static void judge_single(struct typography *typography, struct waiting *waiting, size_t number)
{
    struct typography_quote *quote = &typography->quotes[number];
    text words = buffer_text(&typography->words);
    uint32_t before = typography_before(words, quote->offset);
    uint32_t after = typography_after(words, quote->offset + 1);
    bool follows = follows_opening(typography, number);
    bool at_end = typography_is_space(after);
    bool is_between = typography_is_word(before) && typography_is_word(after);
    if (typography_is_space(before) && at_end)
        return;
    if (is_digit(before) &&
        (is_digit(after) || (!is_between && !may_close(typography, waiting, '\''))))
        return;
    if (is_between && !is_unspaced(before) && !is_unspaced(after)) {
        quote->fate = QUOTE_APOSTROPHE;
    } else if ((typography_is_space(before) || is_opening(before) || follows) && !at_end) {
        if (is_elision(words, quote->offset + 1, typography->runs[quote->run].language))
            quote->fate = QUOTE_APOSTROPHE;
        else
            open_quotation(typography, waiting, number);
    } else if (may_close(typography, waiting, '\'')) {
        close_quotation(typography, waiting, number);
    } else if (is_unspaced(before) || is_unspaced(after)) {
        open_quotation(typography, waiting, number);
    } else {
        quote->fate = QUOTE_APOSTROPHE;
    }
}

/* Which signs each pair gets. */
static void nest(struct typography *typography)
{
    size_t depth = 0; /* of pairs, whose openings stand in typography->open */
    for (size_t i = 0; i < typography->quote_count; i++) {
        struct typography_quote *quote = &typography->quotes[i];
        if (quote->fate == QUOTE_OPENS && quote->partner) {
            bool is_inside = depth > 0;
            quote->nested = is_inside ? !typography->quotes[typography->open[depth - 1]].nested
                                      : quote->sign == '\'';
            typography->quotes[quote->partner].nested = quote->nested;
            /* both ends are of one language */
            typography->quotes[quote->partner].run = quote->run;
            typography->open[depth++] = i;
        } else if (quote->fate == QUOTE_OPENS && quote->sign == '\'') {
            quote->fate = QUOTE_APOSTROPHE;
        } else if (depth && typography->quotes[typography->open[depth - 1]].partner == i) {
            depth--;
        }
    }
}

void typography_find_quotes(struct typography *typography)
{
    struct waiting waiting = {0};
    text words = buffer_text(&typography->words);
    size_t run = 0;
    typography->quote_count = 0;
    size_t next_double = text_find_byte(words, '"', 0);
    size_t next_single = text_find_byte(words, '\'', 0);
    while (next_double != SIZE_MAX || next_single != SIZE_MAX) {
        size_t i = next_double < next_single ? next_double : next_single;
        if (i == next_double)
            next_double = text_find_byte(words, '"', i + 1);
        else
            next_single = text_find_byte(words, '\'', i + 1);
        while (typography->runs[run].to <= i)
            run++;
        ARENA_GROW(typography->document->arena, typography->quotes, typography->quote_count,
                   typography->quote_capacity);
        size_t number = typography->quote_count++;
        typography->quotes[number] =
            (struct typography_quote){.offset = i, .run = run, .sign = words.bytes[i]};
        if (words.bytes[i] == '"')
            judge_double(typography, &waiting, number);
        else
            judge_single(typography, &waiting, number);
    }
    nest(typography);
}

void typography_put(struct typography_edit *edit, const char *sign)
{
    size_t length = strlen(edit->bytes), more = strlen(sign);
    if (length + more < sizeof edit->bytes)
        memcpy(edit->bytes + length, sign, more + 1);
}

void typography_write_quote(const struct typography *typography,
                            const struct typography_quote *quote, struct typography_edit *edit)
{
    /* only these stand off from the words */
    static const char *const guillemets[] = {"\u00AB", "\u00BB", "\u2039", "\u203A"};
    const struct typography_language *language = typography->runs[quote->run].language;
    if (quote->fate == QUOTE_APOSTROPHE) {
        typography_put(edit, "\u2019"); /* as the Unicode Standard prefers, 6.2 */
        return;
    }
    bool closes = quote->fate == QUOTE_CLOSES;
    const char *sign = language->delimiters[(quote->nested ? 2U : 0U) + closes], *space = "";
    for (size_t i = 0; i < sizeof guillemets / sizeof *guillemets; i++) {
        if (strcmp(sign, guillemets[i]) == 0)
            space = language->quote_space;
    }
    typography_put(edit, closes ? space : sign);
    typography_put(edit, closes ? sign : space);
}

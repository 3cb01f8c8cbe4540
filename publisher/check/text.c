/* Text: one pass over the characters of every text node, in the order of reading. Each word goes by
   once; what a rule needs to know of the words before stands in struct read_block. */
#include "check/rooms.h"

#include "base/hash.h"
#include "base/limits.h"
#include "document/language.h"

#include <string.h>
#include <unicode/uchar.h>
#include <unicode/uscript.h>

enum {
    FEWEST_CAPITAL_WORDS = 4,
    FEWEST_CAPITAL_LETTERS = 20,
    MOST_EMPHASIS = 240, /* bytes of italics */
    WORD_BYTES = 48,     /* longer ones are none of the vocabulary */
    SPACED_LETTERS = 5,
};

struct word {
    size_t from, to;
    unsigned letters, capitals, digits;
    uint64_t hash;
    char lower[WORD_BYTES];
    size_t length; /* of lower; WORD_BYTES: too long */
};

struct text_state {
    struct check *check;
    const struct node *node;
    bool counts; /* in the language of the block */
    int script;  /* UScriptCode of the language, or USCRIPT_COMMON */
    unsigned single_letters;
    size_t single_from;
    char single_last;
    bool singles_ascend;
};

/* scripts */

static int script_of(text language)
{
    const char *name = language_script(language);
    if (strcmp(name, "Hans") == 0 || strcmp(name, "Hant") == 0)
        return USCRIPT_HAN;
    if (strcmp(name, "Jpan") == 0)
        return USCRIPT_JAPANESE;
    if (strcmp(name, "Kore") == 0)
        return USCRIPT_KOREAN;
    int script = u_getPropertyValueEnum(UCHAR_SCRIPT, name);
    return script < 0 ? USCRIPT_COMMON : script;
}

static bool is_of_script(uint32_t c, int wanted)
{
    UErrorCode status = U_ZERO_ERROR;
    int script = uscript_getScript((UChar32)c, &status);
    if (script == wanted || script == USCRIPT_INHERITED || script == USCRIPT_COMMON)
        return true;
    if (wanted == USCRIPT_JAPANESE)
        return script == USCRIPT_HAN || script == USCRIPT_HIRAGANA || script == USCRIPT_KATAKANA;
    return wanted == USCRIPT_KOREAN && (script == USCRIPT_HANGUL || script == USCRIPT_HAN);
}

/* words */

static void check_colours(struct text_state *state, const struct word *word, uint64_t classes)
{
    uint64_t *before = state->check->block.classes;
    bool is_sign = (before[1] & WORD_MARKED && before[0] & WORD_IN && classes & WORD_COLOUR) ||
                   (before[0] & WORD_COLOUR && classes & WORD_MARKED) ||
                   (before[1] & WORD_THE && before[0] & WORD_COLOUR && classes & WORD_COLOURED);
    if (is_sign)
        check_report(state->check, check_span_of(state->check, state->node, word->from, word->to),
                     "colour-only", "the words point to something by its colour alone");
    before[1] = before[0];
    before[0] = classes;
}

static void end_capitals(struct check *check)
{
    struct read_block *block = &check->block;
    if (block->capital_words >= FEWEST_CAPITAL_WORDS &&
        block->capital_letters >= FEWEST_CAPITAL_LETTERS && block->capitals.node)
        check_report(check,
                     check_span_of(check, block->capitals.node, block->capitals.offset,
                                   block->capitals.offset + 1),
                     "text-capitals", "%u words in capitals", block->capital_words);
    block->capital_words = block->capital_letters = 0;
}

static void check_capitals(struct text_state *state, const struct word *word)
{
    struct read_block *block = &state->check->block;
    if (word->letters == 0)
        return;
    if (word->capitals < word->letters) {
        if (block->capital_words)
            end_capitals(state->check);
        return;
    }
    if (block->capital_words++ == 0)
        block->capitals = (struct place_in_text){state->node, word->from};
    block->capital_letters += word->letters;
}

/* "W a r n i n g": letters apart, but not the alphabet. */
static void check_spaced(struct text_state *state, const struct word *word)
{
    text characters = state->node->text;
    bool is_single = word->to - word->from == 1 && word->letters == 1;
    char letter = is_single ? characters.bytes[word->from] : '\0';
    bool follows = is_single && state->single_letters && word->from &&
                   word->from == state->single_from + 2 * state->single_letters &&
                   characters.bytes[word->from - 1] == ' ';
    bool is_lower = letter >= 'a' && letter <= 'z';
    if (follows && is_lower) {
        state->singles_ascend &= (letter | 32) == (state->single_last | 32) + 1;
        if (++state->single_letters == SPACED_LETTERS && !state->singles_ascend)
            check_report(state->check,
                         check_span_of(state->check, state->node, state->single_from, word->to),
                         "spaces-for-layout", "letters with spaces between them are no word");
    } else {
        state->single_letters = is_single;
        state->single_from = word->from;
        state->singles_ascend = true;
    }
    state->single_last = letter;
}

static void count_word(struct text_state *state, const struct word *word, uint64_t hash)
{
    struct check *check = state->check;
    struct read_block *block = &check->block;
    block->words++;
    struct vocabulary_word *found =
        word->length < WORD_BYTES
            ? vocabulary_find(check->vocabulary, (text){word->lower, word->length}, hash)
            : NULL;
    uint64_t classes = found ? found->classes : 0;
    if (classes >> 32 || block->classes[0] >> 32)
        check_colours(state, word, classes);
    else {
        block->classes[1] = block->classes[0];
        block->classes[0] = classes;
    }
    uint32_t languages = (uint32_t)classes;
    bool is_new = found && found->seen != block->number;
    if (found)
        found->seen = block->number;
    for (; languages; languages &= languages - 1) {
        int language = __builtin_ctz(languages);
        block->hits[language]++;
        block->distinct[language] += is_new;
    }
}

static void end_word(struct text_state *state, const struct word *word)
{
    struct check *check = state->check;
    check_spaced(state, word);
    if (check->block.sentence_words++ == 0)
        check->block.sentence = (struct place_in_text){state->node, word->from};
    if (!state->counts)
        return;
    count_word(state, word, word->hash);
    check_capitals(state, word);
    bool is_ascii = word->letters + word->digits == word->to - word->from;
    if (word->letters >= 2 && word->letters <= 6 && word->capitals == word->letters && is_ascii &&
        word->digits == 0 && check->block.capital_words < FEWEST_CAPITAL_WORDS)
        check_short_form(check, state->node, word->from, word->to);
    if (check->document->metadata.reading_level != READING_ANY)
        check_long_word(check, state->node, word->from, word->to, word->letters);
}

/* single characters */

static bool is_private(uint32_t c)
{
    return (c >= 0xE000 && c <= 0xF8FF) || c >= 0xF0000;
}

/* Embeddings, overrides and isolates (UAX 9, 2.1 to 2.5); one counter is enough to see that they do
   not match. */
static void check_direction(struct read_block *block, uint32_t c)
{
    bool opens = (c >= 0x202A && c <= 0x202E && c != 0x202C) || (c >= 0x2066 && c <= 0x2068);
    bool closes = c == 0x202C || c == 0x2069;
    block->directions += opens - closes;
    if (block->directions < 0)
        block->is_unbalanced = true;
}

static void check_sign(struct text_state *state, uint32_t c, size_t from, size_t to)
{
    struct check *check = state->check;
    if (c == 0xAD)
        check_report(
            check, check_span_of(check, state->node, from, to), "soft-hyphen",
            "a soft hyphen: Lectern divides words by itself, and a search misses the word");
    else if (is_private(c))
        check_report(check, check_span_of(check, state->node, from, to), "character-private-use",
                     "U+%04X means nothing outside of one font", (unsigned)c);
    else
        check_direction(&check->block, c);
}

/* Rows of no-break spaces, underscores and dots push words to a place. */
static void check_rows(struct text_state *state)
{
    text words = state->node->text;
    for (size_t i = 0; i + 3 < words.length; i++) {
        char c = words.bytes[i];
        if (c != '_' && c != '.' && c != '\xC2')
            continue;
        size_t unit = c == '\xC2' ? 2 : 1, end = i, count = 0;
        while (end + unit <= words.length && words.bytes[end] == c &&
               (unit == 1 || words.bytes[end + 1] == '\xA0'))
            end += unit, count++;
        size_t fewest = c == '_' ? 4 : c == '.' ? 5 : 2;
        if (count >= fewest) {
            check_report(state->check, check_span_of(state->check, state->node, i, end),
                         "spaces-for-layout", "%zu %s in a row stand for an empty place", count,
                         c == '_'   ? "underscores"
                         : c == '.' ? "dots"
                                    : "no-break spaces");
        }
        if (end > i)
            i = end - 1;
    }
}

/* numbers */

static bool is_digit(text words, size_t at)
{
    return at < words.length && byte_is_digit(words.bytes[at]);
}

static unsigned read_digits(text words, size_t *at, size_t *count)
{
    unsigned number = 0;
    size_t start = *at;
    for (; is_digit(words, *at) && *at - start < 9; ++*at)
        number = number * 10 + (unsigned)(words.bytes[*at] - '0');
    *count = *at - start;
    return number;
}

/* 03/04/2026: the third of April or the fourth of March? */
static size_t check_date(struct text_state *state, size_t from)
{
    text words = state->node->text;
    size_t at = from, digits[3];
    unsigned first = read_digits(words, &at, &digits[0]), second;
    if (at >= words.length || words.bytes[at] != '/' || digits[0] > 2)
        return at;
    at++;
    second = read_digits(words, &at, &digits[1]);
    if (digits[1] == 0 || digits[1] > 2 || at >= words.length || words.bytes[at] != '/')
        return at;
    at++;
    read_digits(words, &at, &digits[2]);
    if ((digits[2] == 4 || digits[2] == 2) && first >= 1 && first <= 12 && second >= 1 &&
        second <= 12 && first != second)
        check_report(state->check, check_span_of(state->check, state->node, from, at),
                     "date-ambiguous", "some read the day first in this date, others the month");
    return at;
}

static bool has_decimal_comma(text language)
{
    static const char *const with_point[] = {"en", "zh", "ja", "ko", "th", "he", "hi", "bn",
                                             "ur", "ar", "ga", "mt", "sw", "ms", "ta"};
    for (size_t i = 0; i < sizeof with_point / sizeof with_point[0]; i++) {
        if (language_primary_is(language, with_point[i]))
            return false;
    }
    return true;
}

/* In a translation: 1,000 where a comma begins the decimals. */
static void check_number(struct text_state *state, size_t from)
{
    text words = state->node->text;
    size_t at = from, before, after;
    char sign = has_decimal_comma(state->check->language) ? ',' : '.';
    read_digits(words, &at, &before);
    if (before == 0 || before > 3 || words.bytes[from] == '0' || at >= words.length ||
        words.bytes[at] != sign)
        return;
    at++;
    read_digits(words, &at, &after);
    bool goes_on = at + 1 < words.length && (words.bytes[at] == '.' || words.bytes[at] == ',') &&
                   is_digit(words, at + 1);
    if (after == 3 && !goes_on)
        check_report(state->check, check_span_of(state->check, state->node, from, at),
                     "number-ambiguous",
                     "in this language \"%.*s\" reads as a number with decimals",
                     TEXT_ARGUMENTS(text_slice(words, from, at)));
}

static size_t check_digits(struct text_state *state, size_t from)
{
    text words = state->node->text;
    char before = from ? words.bytes[from - 1] : ' ';
    if (before == '.' || before == ',' || before == '/' || before == '-')
        return from;
    if (state->check->document->is_translation)
        check_number(state, from);
    return check_date(state, from);
}

/* the pass */

static bool is_word_byte(unsigned char c)
{
    return c >= 0x80 || text_is_ascii_alphanumeric((char)c);
}

/* A character beyond ASCII: a letter, or a sign that ends the word. */
static bool add_wide(struct text_state *state, struct word *word, size_t *offset)
{
    size_t from = *offset;
    text words = state->node->text;
    uint32_t c = text_next(words, offset);
    if (c < 0x250 ? c >= 0xC0 && c != 0xD7 && c != 0xF7 : u_isalpha((UChar32)c)) {
        word->letters++;
        word->capitals += u_isupper((UChar32)c) ? 1 : 0;
        if (state->counts) {
            state->check->block.letters++;
            bool is_own = is_of_script(c, state->script);
            state->check->block.own_letters += is_own;
            if (!is_own && !state->check->block.other_letter)
                state->check->block.other_letter = c;
        }
        char bytes[4];
        size_t length = text_encode((uint32_t)u_tolower((UChar32)c), bytes);
        for (size_t i = 0; i < length && word->length < WORD_BYTES; i++)
            word->lower[word->length++] = bytes[i];
        for (size_t i = 0; i < length; i++)
            word->hash = hash_number(word->hash, (unsigned char)bytes[i]);
        return true;
    }
    if (c == 0xAD || c >= 0x202A)
        check_sign(state, c, from, *offset);
    bool is_mark = c >= 0x300 && (u_charType((UChar32)c) == U_NON_SPACING_MARK ||
                                  u_charType((UChar32)c) == U_COMBINING_SPACING_MARK);
    if (c == 0x3002 || c == 0x0964 || c == 0x061F || c == 0x2026)
        check_sentence_end(state->check, state->node, *offset);
    return is_mark || c == 0xAD || c == 0x2019;
}

static void read_word(struct text_state *state, size_t *offset)
{
    text words = state->node->text;
    struct word word; /* its letters are not cleared: there are many words */
    word.from = *offset;
    word.letters = word.capitals = word.digits = 0;
    word.length = 0;
    word.hash = HASH_START;
    struct read_block *block = &state->check->block;
    size_t at = *offset;
    unsigned narrow = 0; /* letters of ASCII */
    while (at < words.length) {
        unsigned char c = (unsigned char)words.bytes[at];
        if (c >= 0x80) {
            size_t next = at;
            bool goes_on = add_wide(state, &word, &next);
            if (!goes_on) {
                *offset = next;
                break;
            }
            at = *offset = next;
            continue;
        }
        if (!is_word_byte(c))
            break;
        bool is_upper = c >= 'A' && c <= 'Z', is_number = c <= '9';
        word.letters += !is_number;
        word.capitals += is_upper;
        word.digits += is_number;
        if (is_upper)
            c = (unsigned char)(c + 32);
        if (word.length < WORD_BYTES)
            word.lower[word.length++] = (char)c;
        word.hash = hash_number(word.hash, (unsigned char)c);
        narrow += !is_number;
        *offset = ++at;
    }
    if (state->counts) {
        block->letters += narrow;
        block->own_letters += state->script == USCRIPT_LATIN ? narrow : 0;
        if (narrow && state->script != USCRIPT_LATIN && !block->other_letter)
            block->other_letter = 'a';
    }
    word.to = at;
    if (word.to > word.from)
        end_word(state, &word);
}

static bool ends_sentence(text words, size_t at)
{
    static const char *const follow[] = {" ",      "\"",     "\u201D", "\u201C",
                                         "\u2019", "\u00BB", "\u00A0"};
    text rest = text_slice(words, at + 1, words.length);
    size_t i = 0;
    while (i < sizeof follow / sizeof *follow && !text_starts_with(rest, text_from_c(follow[i])))
        i++;
    return rest.length == 0 || i < sizeof follow / sizeof *follow;
}

static bool begins_with_one_of(text line, const char *const *signs)
{
    while (*signs && !text_starts_with(line, text_from_c(*signs)))
        signs++;
    return *signs != NULL;
}

/* The number with which a line begins as an item would: "2. ", "2) ", "2.two", and as Chinese and
   Japanese have it "2、", "二、" and "②"; else 0. */
static unsigned typed_number(text line)
{
    static const char *const numerals[] = {"一", "二", "三", "四", "五",
                                           "六", "七", "八", "九", "十"};
    static const char *const stops[] = {". ", ") ", "、", "．", NULL};
    unsigned number = 0;
    size_t at = 0, offset = 0;
    while (at < line.length && at < 3 && line.bytes[at] >= '0' && line.bytes[at] <= '9')
        number = number * 10 + (unsigned)(line.bytes[at++] - '0');
    if (at == 0) {
        uint32_t c = line.length ? text_next(line, &offset) : 0;
        if (c >= 0x2460 && c <= 0x2473) /* in a circle, up to 20 */
            return c - 0x2460 + 1;
        for (size_t i = 0; i < sizeof numerals / sizeof *numerals && at == 0; i++) {
            bool is_here = text_starts_with(line, text_from_c(numerals[i]));
            number = is_here ? (unsigned)i + 1 : number;
            at = is_here ? strlen(numerals[i]) : 0;
        }
        return at && text_starts_with(text_slice(line, at, line.length), TEXT("、")) ? number : 0;
    }
    text rest = text_slice(line, at, line.length);
    bool is_tight = rest.length > 1 && rest.bytes[0] == '.' &&
                    (text_is_ascii_letter(rest.bytes[1]) || (unsigned char)rest.bytes[1] >= 0x80);
    return at < 3 && (is_tight || begins_with_one_of(rest, stops)) ? number : 0;
}

/* A bullet, or "(a)" and "b)", at the beginning of a line. */
static bool begins_typed_item(text line, bool *is_bullet)
{
    static const char *const bullets[] = {"• ", "‣ ", "▪ ", "●",  "○ ", "◦ ",
                                          "· ", "■ ", "► ", "➢ ", NULL};
    /* what in a paragraph of its own may be anything */
    static const char *const signs[] = {"– ", "→ ", "✓ ", "✔ ",   "✗ ",   "✘ ",
                                        "☐ ", "☑ ", "☒ ", "[ ] ", "[x] ", NULL};
    *is_bullet = begins_with_one_of(line, bullets);
    bool is_tight = line.length > 1 && (line.bytes[0] == '-' || line.bytes[0] == '*') &&
                    text_is_ascii_letter(line.bytes[1]); /* "-one" */
    if (*is_bullet || is_tight || begins_with_one_of(line, signs))
        return true;
    size_t at = line.length && line.bytes[0] == '(';
    bool is_letter = at < line.length && ((line.bytes[at] >= 'a' && line.bytes[at] <= 'z') ||
                                          (line.bytes[at] >= '1' && line.bytes[at] <= '9'));
    return is_letter && at + 2 < line.length && line.bytes[at + 1] == ')' &&
           line.bytes[at + 2] == ' ';
}

static void check_typed_list(struct check *check, const struct node *node)
{
    const struct node *paragraph = node->parent;
    bool is_cell = paragraph && paragraph->kind == NODE_TABLE_CELL;
    if (!paragraph || (paragraph->kind != NODE_PARAGRAPH && !is_cell))
        return;
    const struct node *before = node->previous;
    struct read_block *block = &check->block;
    bool is_first = before == NULL, is_bullet = false;
    bool begins_line =
        is_first || before->kind == NODE_LINE_BREAK || before->span.line < node->span.line;
    unsigned number = begins_line ? typed_number(node->text) : 0;
    bool goes_on = number && block->typed_number && number == block->typed_number + 1;
    block->typed_number = number ? number : block->typed_number;
    bool is_hyphen = is_cell && (text_starts_with(node->text, TEXT("- ")) ||
                                 text_starts_with(node->text, TEXT("* ")));
    if (!begins_line || (!goes_on && !is_hyphen && !begins_typed_item(node->text, &is_bullet)))
        return;
    is_bullet = is_bullet && !is_cell;
    bool follows = is_first && is_bullet && check->typed && check->typed == paragraph->previous;
    if (is_first && is_bullet)
        check->typed = paragraph;
    block->typed_lines += goes_on && block->typed_lines == 0; /* the one before it */
    if (++block->typed_lines == 2 || follows)
        report_rule(check->report, "list-typed", node->span,
                    is_cell ? "write <ul><li>one</li><li>two</li></ul>, or a grid table" : NULL,
                    "a list is typed with signs of its own");
}

/* An address that is its own link is in no language, and none of its signs are words. */
static bool is_address(const struct node *node)
{
    const struct node *link = node->parent;
    return link && link->kind == NODE_LINK && link->link.url.length &&
           (text_starts_with(node->text, TEXT("http")) ||
            text_starts_with(node->text, TEXT("www.")) ||
            text_equal(text_slice(link->link.url, sizeof "mailto:" - 1, link->link.url.length),
                       node->text));
}

void check_text(struct check *check, const struct node *node)
{
    text words = node->text;
    if (!check->block.node || is_address(node))
        return;
    struct text_state state = {.check = check, .node = node, .counts = !check->foreign};
    if (!text_equal(check->script_language, check->language)) {
        check->script_language = check->language;
        check->script = script_of(check->language);
    }
    state.script = check->script;
    check_typed_list(check, node);
    check_rows(&state);
    for (size_t at = 0; at < words.length;) {
        unsigned char c = (unsigned char)words.bytes[at];
        if (byte_is_digit((char)c)) {
            size_t end = check_digits(&state, at);
            read_word(&state, &at);
            at = end > at ? end : at;
        } else if (is_word_byte(c)) {
            read_word(&state, &at);
        } else {
            if ((c == '.' || c == '!' || c == '?') && ends_sentence(words, at))
                check_sentence_end(check, node, at + 1);
            at++;
        }
    }
}

void check_begin_block(struct check *check, const struct node *node)
{
    check->block = (struct read_block){.node = node, .number = ++check->block_count};
}

void check_end_block(struct check *check)
{
    struct read_block *block = &check->block;
    end_capitals(check);
    if (block->sentence.node)
        check_sentence_end(check, block->sentence.node, block->sentence.node->text.length);
    if (block->directions != 0 || block->is_unbalanced)
        check_report(check, block->node->span, "direction-unbalanced",
                     "a mark of direction is opened and not closed, or the other way round");
    if (block->node->kind != NODE_BYLINE) /* names keep their script */
        check_block_language(check);
    block->node = NULL;
}

/* "2*3*4": nobody stresses a figure within a number by signs, and the signs are gone. A tag or a
   command, which is longer, says what is meant. */
static bool is_in_number(const struct node *node)
{
    const struct node *before = node->previous, *within = node->first_child, *after = node->next;
    bool are_words = before && before->kind == NODE_TEXT && before->text.length && within &&
                     within->kind == NODE_TEXT && within->text.length && after &&
                     after->kind == NODE_TEXT && after->text.length;
    bool are_signs = are_words && within->span.line == node->span.line &&
                     within->span.column <= node->span.column + strlen("**");
    return are_signs && byte_is_digit(before->text.bytes[before->text.length - 1]) &&
           byte_is_digit(within->text.bytes[0]) &&
           byte_is_digit(within->text.bytes[within->text.length - 1]) &&
           byte_is_digit(after->text.bytes[0]);
}

void check_strong(struct check *check, const struct node *node)
{
    if (is_in_number(node))
        check_report(check, node->span, "emphasis-in-number",
                     "the signs between these numbers are read as %s, and are gone",
                     node->kind == NODE_STRONG ? "bold" : "italics");
}

void check_emphasis(struct check *check, const struct node *node)
{
    check_strong(check, node);
    size_t length = check_words_of(check, node).length;
    if (length > MOST_EMPHASIS)
        check_report(check, node->span, "emphasis-long", "%zu characters in italics", length);
}

#include "translate/markup.h"

#include "base/limits.h"
#include "base/tex_quotation.h"
#include "document/variable.h"

#include <string.h>

static char at(text words, size_t offset)
{
    return offset < words.length ? words.bytes[offset] : '\0';
}

/* Pandoc's keys: letters, digits, _ and, between them, single signs. */
static size_t end_of_key(text words, size_t offset)
{
    size_t end = offset;
    while (end < words.length) {
        char c = words.bytes[end];
        bool is_part = text_is_ascii_alphanumeric(c) || c == '_' || (unsigned char)c >= 0x80;
        bool is_joined =
            c && strchr(":.#$%&-+?<>~/", c) && text_is_ascii_alphanumeric(at(words, end + 1));
        if (!is_part && !is_joined)
            break;
        end++;
    }
    return end;
}

static size_t end_of_code(text words, size_t offset)
{
    size_t run = 0;
    while (at(words, offset + run) == '`')
        run++;
    for (size_t i = offset + run; i < words.length; i++) {
        size_t closing = 0;
        while (at(words, i + closing) == '`')
            closing++;
        if (closing == run)
            return i + closing;
        i += closing;
    }
    return offset + run;
}

static size_t end_of_run(text words, size_t offset)
{
    size_t end = offset + 1;
    while (at(words, end) == words.bytes[offset])
        end++;
    return end;
}

/* ``words'' of LaTeX, as the reader finds them (tex_quotations.c): a word stands before the sign
   that ends them, and behind the next two backticks, if there are any. */
static bool begins_quotation(text words, size_t offset)
{
    bool is_closed = false;
    if (end_of_run(words, offset) != offset + 2 || !tex_quotation_may_open(words, offset))
        return false;
    for (size_t i = offset + 2, end; i < words.length; i = end) {
        char c = words.bytes[i], before = words.bytes[i - 1];
        end = c == '\\' ? i + 2 : c == '`' || c == '\'' ? end_of_run(words, i) : i + 1;
        if (c == '`' && end == i + 2)
            return is_closed && tex_quotation_may_open(words, i);
        if (c == '`')
            end = end_of_code(words, i);
        is_closed = is_closed || (c == '\'' && end == i + 2 && !strchr(" \t\n", before));
    }
    return is_closed;
}

static size_t end_of_address(text words, size_t offset, const char *stops)
{
    while (offset < words.length && !strchr(stops, words.bytes[offset]))
        offset += words.bytes[offset] == '\\' && offset + 1 < words.length ? 2 : 1;
    return offset;
}

/* Without the stops and brackets that end a sentence and not the address (GFM's autolinks). */
static size_t end_of_bare_address(text words, size_t offset)
{
    size_t end = end_of_address(words, offset, " \n\t<>[]{}\"");
    while (end > offset && strchr(".,;:!?')*_", words.bytes[end - 1]))
        end--;
    return end;
}

static bool begins(text words, size_t offset, const char *what)
{
    return text_starts_with(text_slice(words, offset, words.length), text_from_c(what));
}

static bool is_bare_address(text words, size_t offset)
{
    return (offset == 0 || !text_is_ascii_alphanumeric(words.bytes[offset - 1])) &&
           (begins(words, offset, "https://") || begins(words, offset, "http://"));
}

/* Inside braces that follow a bracket, a link or code: ids and classes stay, values are words. */
static bool next_attribute(text words, size_t offset, struct markup *markup)
{
    char c = words.bytes[offset];
    bool after_space = offset && (words.bytes[offset - 1] == ' ' || words.bytes[offset - 1] == '{');
    if (!after_space || (c != '#' && c != '.') ||
        !text_is_ascii_alphanumeric(at(words, offset + 1)))
        return false;
    size_t open = offset;
    while (open && words.bytes[open] != '{' && words.bytes[open] != '}' && words.bytes[open] != '"')
        open--;
    if (words.bytes[open] != '{')
        return false;
    size_t end = offset + 1;
    while (end < words.length && !strchr(" }\"", words.bytes[end]))
        end++;
    *markup = (struct markup){MARKUP_ATTRIBUTE, offset, end};
    return true;
}

/* {{name}}; of other braces the first alone. */
static size_t end_of_variable(text words, size_t offset)
{
    text rest = text_slice(words, offset, offset + LIMIT_VARIABLE_NAME + 8);
    size_t close = text_starts_with(rest, TEXT("{{")) ? text_find(rest, TEXT("}}"), 2) : SIZE_MAX;
    bool is_one = close != SIZE_MAX && (offset == 0 || words.bytes[offset - 1] != '{') &&
                  variable_name_is_valid(text_trim(text_slice(rest, 2, close)));
    return offset + (is_one ? close + 2 : 1);
}

static bool next_mark(text words, size_t offset, struct markup *markup)
{
    char c = words.bytes[offset];
    size_t end = offset + 1;
    enum markup_kind kind = MARKUP_SIGN;
    switch (c) {
    case '\\':
        if (end < words.length)
            end++;
        break;
    case '`':
        if (begins_quotation(words, offset)) {
            end = offset + 2;
            break;
        }
        end = end_of_code(words, offset);
        kind = at(words, end - 1) == '`' && end > offset + 2 ? MARKUP_CODE : MARKUP_SIGN;
        break;
    case '@':
        if (offset && text_is_ascii_alphanumeric(words.bytes[offset - 1]))
            return false; /* a@b.org */
        end = end_of_key(words, offset + 1);
        kind = end > offset + 1 ? MARKUP_CITATION : MARKUP_WORDS;
        break;
    case '[':
        if (at(words, end) != '^')
            break;
        end = end_of_address(words, offset, "] \n");
        kind = at(words, end) == ']' ? MARKUP_NOTE : MARKUP_SIGN;
        end = kind == MARKUP_NOTE ? end + 1 : offset + 1;
        break;
    case '(':
        if (offset == 0 || words.bytes[offset - 1] != ']' || text_is_escaped(words, offset - 1))
            return false;
        end = at(words, end) == '<' ? end_of_address(words, offset, ">\n") + 1
                                    : end_of_address(words, offset, " )\n");
        if (end > words.length)
            end = words.length;
        end += at(words, end) == ')';
        kind = MARKUP_ADDRESS;
        break;
    case '<':
        if (!begins(words, end, "http") && !begins(words, end, "mailto:"))
            return false;
        end = end_of_address(words, offset, "> \n");
        end += end < words.length;
        kind = MARKUP_ADDRESS;
        break;
    case '*':
    case '_':
    case '~':
        if (c == '_' && offset && text_is_ascii_alphanumeric(words.bytes[offset - 1]) &&
            text_is_ascii_alphanumeric(at(words, end)))
            return false;
        while (at(words, end) == c)
            end++;
        break;
    case '{':
        end = end_of_variable(words, offset);
        kind = end > offset + 1 ? MARKUP_VARIABLE : MARKUP_SIGN;
        break;
    case '}':
    case ']':
    case '\n':
        break;
    case '#':
    case '.':
        return next_attribute(words, offset, markup);
    case 'h':
        if (!is_bare_address(words, offset))
            return false;
        end = end_of_bare_address(words, offset);
        kind = MARKUP_ADDRESS;
        break;
    default:
        return false;
    }
    *markup = (struct markup){kind, offset, end};
    return true;
}

bool markup_next(text words, size_t *offset, struct markup *markup)
{
    if (*offset >= words.length)
        return false;
    if (!next_mark(words, *offset, markup) || markup->kind == MARKUP_WORDS) {
        size_t end = *offset + 1;
        struct markup other;
        while (end < words.length && (!next_mark(words, end, &other) || other.kind == MARKUP_WORDS))
            end++;
        *markup = (struct markup){MARKUP_WORDS, *offset, end};
    }
    *offset = markup->to;
    return true;
}

static bool is_letter(uint32_t c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
           (c >= 0xAA && c != 0xD7 && c != 0xF7 && !(c >= 0x2000 && c < 0x2C00) &&
            !(c >= 0x3000 && c < 0x3041));
}

bool markup_has_words(text words)
{
    struct markup markup;
    for (size_t offset = 0; markup_next(words, &offset, &markup);) {
        text piece = text_slice(words, markup.from, markup.to);
        uint32_t c;
        for (size_t i = 0;
             markup.kind == MARKUP_WORDS && (c = text_next(piece, &i)) != UINT32_MAX;) {
            if (is_letter(c))
                return true;
        }
    }
    return false;
}

bool markup_is_for_translator(const struct unit *unit)
{
    size_t digits = 0, spaces = 0;
    for (size_t i = 0; i < unit->words.length; i++) {
        digits += byte_is_digit(unit->words.bytes[i]);
        spaces += unit->words.bytes[i] == ' ';
    }
    bool is_numbered = unit->words.length && byte_is_digit(unit->words.bytes[0]);
    bool is_name = (unit->kind == UNIT_LICENCE && (digits || spaces == 0)) ||
                   (unit->kind == UNIT_VERSION && spaces < (is_numbered ? 2 : 1));
    return !is_name && markup_has_words(unit->words);
}

/* comparison */

struct kept {
    enum markup_kind kind;
    text words;
    bool has_partner;
};

static struct kept *collect(struct arena *arena, text words, size_t *count)
{
    struct kept *kept = NULL;
    size_t capacity = 0;
    struct markup markup;
    *count = 0;
    for (size_t offset = 0; markup_next(words, &offset, &markup);) {
        if (markup.kind == MARKUP_WORDS || markup.kind == MARKUP_SIGN)
            continue;
        ARENA_GROW(arena, kept, *count, capacity);
        kept[(*count)++] =
            (struct kept){.kind = markup.kind, .words = text_slice(words, markup.from, markup.to)};
    }
    return kept;
}

static void find_partner(struct kept *one, struct kept *others, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (!others[i].has_partner && others[i].kind == one->kind &&
            text_equal(others[i].words, one->words)) {
            others[i].has_partner = one->has_partner = true;
            return;
        }
    }
}

struct markup_fault *markup_compare(struct arena *arena, text source, text translation,
                                    size_t *count)
{
    size_t from_count, to_count, most = 0;
    struct kept *from = collect(arena, source, &from_count);
    struct kept *to = collect(arena, translation, &to_count);
    *count = 0;
    enum { MOST_COMPARED = 2000 }; /* pairs are compared: a unit with more is no paragraph */
    if (from_count > MOST_COMPARED || to_count > MOST_COMPARED)
        return NULL;
    for (size_t i = 0; i < from_count; i++)
        find_partner(&from[i], to, to_count);
    struct markup_fault *faults = NULL;
    for (size_t i = 0; i < from_count + to_count; i++) {
        const struct kept *one = i < from_count ? &from[i] : &to[i - from_count];
        if (one->has_partner)
            continue;
        ARENA_GROW(arena, faults, *count, most);
        faults[(*count)++] = (struct markup_fault){
            .kind = one->kind, .is_lost = i < from_count, .words = one->words};
    }
    return faults;
}

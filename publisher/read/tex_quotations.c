/* ``words'' of LaTeX, before the parser takes two of them for code: their signs become marks of two
   bytes, which are straight quotation marks in words (dialect.c), and typography does the rest.

   Whether ``one'' and ``two'' is code that stands between the two pairs of backticks, the second
   pair says: it ends code where a word stands before it, and begins a quotation where one follows.
   What lies between is looked at once. */
#include "base/tex_quotation.h"
#include "read/code_lines.h"
#include "read/dialect.h"
#include "read/passes.h"

#include <string.h>

struct quotation {
    size_t open, close;  /* offsets of the signs; SIZE_MAX: not met yet */
    const char *element; /* of HTML's, which holds code and goes on; NULL: none does */
};

#define NO_QUOTATION ((struct quotation){SIZE_MAX, SIZE_MAX, NULL})

static char byte_at(text source, size_t at)
{
    return at < source.length ? source.bytes[at] : '\0';
}

static bool is_space(char c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\0';
}

static size_t run_at(text source, size_t at)
{
    size_t length = 1;
    while (byte_at(source, at + length) == source.bytes[at])
        length++;
    return length;
}

static void keep(char *bytes, struct quotation *quotation)
{
    if (quotation->close != SIZE_MAX) {
        memcpy(bytes + quotation->open, MARK_QUOTE_OPEN, 2);
        memcpy(bytes + quotation->close, MARK_QUOTE_CLOSE, 2);
    }
    quotation->open = quotation->close = SIZE_MAX;
}

/* The offset behind the formula whose dollar stands at the offset, in the line up to `to`: its
   primes end no quotation. Within one, two prices are no formula: ``only $5'' and ``about $6''. */
static size_t past_formula(text source, size_t at, size_t to, bool is_quoted)
{
    text line = text_slice(source, 0, to);
    if (byte_at(line, at + 1) == '$') {
        size_t end = text_find(line, TEXT("$$"), at + 2);
        return end == SIZE_MAX ? at + 2 : end + 2;
    }
    size_t end = at + 1;
    if (is_space(byte_at(line, end)))
        return end;
    for (; end < to && line.bytes[end] != '$'; end++) {
        char c = line.bytes[end], before = line.bytes[end - 1];
        bool is_double = c == byte_at(line, end + 1);
        if (is_quoted && is_double && (c == '`' || (c == '\'' && byte_is_digit(before))))
            return at + 1;
        end += c == '\\';
    }
    bool is_end =
        end < to && !is_space(line.bytes[end - 1]) && !byte_is_digit(byte_at(line, end + 1));
    return is_end ? end + 1 : at + 1;
}

/* In an element that holds code they are no quotation, nor code of Markdown's. */
static void mark_ticks(char *bytes, text source, size_t at, size_t to)
{
    size_t ticks = SIZE_MAX, length;
    for (; at < to; at += length) {
        length = run_at(source, at);
        if (length != 2)
            continue;
        if (source.bytes[at] == '`') {
            ticks = ticks == SIZE_MAX ? at : SIZE_MAX;
        } else if (source.bytes[at] == '\'' && ticks != SIZE_MAX) {
            memcpy(bytes + ticks, MARK_TICKS, 2);
            ticks = SIZE_MAX;
        }
    }
}

/* Behind the end of the element in the line; `to` where it goes on. */
static size_t past_element(char *bytes, text source, size_t at, size_t to,
                           struct quotation *quotation)
{
    size_t from = at;
    text line = text_slice(source, 0, to);
    size_t length = strlen(quotation->element);
    for (at = text_find(line, TEXT("</"), at); at != SIZE_MAX;
         at = text_find(line, TEXT("</"), at + 2)) {
        if (text_equal_ignoring_case(text_slice(line, at + 2, at + 2 + length),
                                     text_from_c(quotation->element))) {
            quotation->element = NULL;
            mark_ticks(bytes, source, from, at);
            return at + 2 + length;
        }
    }
    mark_ticks(bytes, source, from, to);
    return to;
}

/* Behind `<https://example.org/>` or an element that holds code; behind "<" where neither begins.
 */
static size_t past_angle(char *bytes, text source, size_t at, size_t to,
                         struct quotation *quotation)
{
    static const char *const elements[] = {"code", "pre", "samp"};
    text line = text_slice(source, 0, to);
    size_t end = at + 1;
    while (text_is_ascii_alphanumeric(byte_at(line, end)) || byte_at(line, end) == '+' ||
           byte_at(line, end) == '.' || byte_at(line, end) == '-')
        end++;
    char after = byte_at(line, end);
    text name = text_slice(line, at + 1, end);
    if (after == ':' && name.length > 1) {
        while (end < to && !is_space(line.bytes[end]) && !strchr("<>", line.bytes[end]))
            end++;
        return byte_at(line, end) == '>' ? end + 1 : at + 1;
    }
    enum { NEAR = 200 }; /* bytes: what stands between two backticks may be code about a tag */
    text near = text_slice(line, end, end + NEAR);
    size_t close = text_find(near, TEXT("</"), 0);
    if (quotation->open != SIZE_MAX &&
        (close == SIZE_MAX || text_find(near, TEXT("``"), 0) < close))
        return at + 1;
    for (size_t i = 0; i < sizeof elements / sizeof *elements; i++) {
        if ((after == '>' || is_space(after)) &&
            text_equal_ignoring_case(name, text_from_c(elements[i]))) {
            quotation->element = elements[i];
            return past_element(bytes, source, end, to, quotation);
        }
    }
    return at + 1;
}

static size_t take_backticks(char *bytes, const struct source_lines *lines, size_t at,
                             struct quotation *quotation)
{
    size_t length = run_at(lines->source, at);
    if (length != 2)
        return code_lines_skip(&lines->code, lines->source, lines->to, at);
    bool opens = tex_quotation_may_open(lines->source, at);
    if (quotation->open == SIZE_MAX && !opens)
        return code_lines_skip(&lines->code, lines->source, lines->to, at);
    if (opens && quotation->close != SIZE_MAX)
        keep(bytes, quotation);
    if (quotation->open == SIZE_MAX)
        quotation->open = at;
    else /* code after all, which ends here */
        quotation->open = quotation->close = SIZE_MAX;
    return at + length;
}

static void take_line(char *bytes, const struct source_lines *lines, size_t from,
                      struct quotation *quotation)
{
    text source = lines->source;
    size_t at = quotation->element ? past_element(bytes, source, from, lines->to, quotation) : from;
    while (at < lines->to) {
        char c = source.bytes[at];
        if (c == '\\') {
            at += 2;
        } else if (c == '`') {
            at = take_backticks(bytes, lines, at, quotation);
        } else if (c == '$') {
            at = past_formula(source, at, lines->to,
                              quotation->open != SIZE_MAX && quotation->close == SIZE_MAX);
        } else if (c == '\'') {
            size_t length = run_at(source, at);
            bool ends = length == 2 && quotation->open != SIZE_MAX &&
                        quotation->close == SIZE_MAX && !is_space(source.bytes[at - 1]);
            if (ends)
                quotation->close = at;
            at += length;
        } else {
            size_t next = code_lines_skip(&lines->code, source, lines->to, at);
            if (next == at)
                next = c == '<' ? past_angle(bytes, source, at, lines->to, quotation) : at + 1;
            at = next;
        }
    }
}

/* Marks them in bytes, which `source` is too, from the offset on. */
static void mark_from(char *bytes, text source, size_t from)
{
    if (text_find(source, TEXT("``"), from) == SIZE_MAX ||
        text_find(source, TEXT("''"), from) == SIZE_MAX)
        return;
    struct source_lines lines = SOURCE_LINES(source, from, CODE_AND_BLOCKS_BEGIN);
    struct quotation quotation = NO_QUOTATION;
    while (source_lines_next(&lines)) {
        const struct code_lines *code = &lines.code;
        /* what is taken for code over several lines may be two quotations */
        bool is_open = code->span_end > lines.from && code->span_at < lines.from &&
                       run_at(source, code->span_at) == 2;
        if (lines.kind == LINE_HIDDEN && !is_open)
            continue;
        bool ends =
            lines.kind == LINE_CODE || text_is_blank(lines.line) ||
            (!is_open && code->marks > lines.from && code_lines_begin_item(text_trim(lines.line)));
        if (ends) {
            keep(bytes, &quotation);
            quotation.element = NULL;
        }
        if (lines.kind != LINE_CODE)
            take_line(bytes, &lines, is_open ? lines.from : code->words, &quotation);
    }
    keep(bytes, &quotation);
}

void read_tex_quotations(struct reader *reader)
{
    mark_from(reader->source, reader_source(reader), reader->body);
}

text mark_tex_quotations(struct arena *arena, text words)
{
    char *bytes = arena_copy_c(arena, words);
    text copy = {bytes, words.length};
    mark_from(bytes, copy, 0);
    return copy;
}

text straight_tex_quotations(struct arena *arena, text words)
{
    bool may_hold = text_find(words, TEXT("``"), 0) != SIZE_MAX;
    return may_hold ? restore_words(arena, mark_tex_quotations(arena, words)) : words;
}

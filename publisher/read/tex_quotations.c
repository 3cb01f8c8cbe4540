/* ``words'' of LaTeX, before the parser takes two of them for code: their signs become marks of two
   bytes, which are straight quotation marks in words (dialect.c), and typography does the rest.

   Whether ``one'' and ``two'' is code that stands between the two pairs of backticks, the second
   pair says: it ends code where a word stands before it, and begins a quotation where one follows.
   What lies between is looked at once. */
#include "read/code_lines.h"
#include "read/passes.h"

#include <string.h>

struct quotation {
    size_t open, close; /* offsets of the signs; SIZE_MAX: not met yet */
};

#define NO_QUOTATION ((struct quotation){SIZE_MAX, SIZE_MAX})

static char byte_at(text source, size_t at)
{
    return at < source.length ? source.bytes[at] : '\0';
}

static bool is_space(char c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\0';
}

static bool is_word(char c)
{
    return text_is_ascii_alphanumeric(c) || (unsigned char)c >= 0x80;
}

static size_t run_at(text source, size_t at)
{
    size_t length = 1;
    while (byte_at(source, at + length) == source.bytes[at])
        length++;
    return length;
}

/* Whether two backticks at the offset stand as an opening sign does. */
static bool may_open(text source, size_t at)
{
    char before = at ? source.bytes[at - 1] : '\n';
    return (is_space(before) || strchr("([{\"*_|-/>", before)) && is_word(byte_at(source, at + 2));
}

static void keep(struct reader *reader, struct quotation *quotation)
{
    if (quotation->close != SIZE_MAX) {
        memcpy(reader->source + quotation->open, MARK_QUOTE_OPEN, 2);
        memcpy(reader->source + quotation->close, MARK_QUOTE_CLOSE, 2);
    }
    *quotation = NO_QUOTATION;
}

/* The offset behind the formula whose dollar stands at the offset, in the line up to `to`: its
   primes end no quotation. */
static size_t past_formula(text source, size_t at, size_t to)
{
    size_t end = is_space(byte_at(source, at + 1))
                     ? SIZE_MAX
                     : text_find_byte(text_slice(source, 0, to), '$', at + 1);
    return end == SIZE_MAX ? at + 1 : end + 1;
}

static size_t take_backticks(struct reader *reader, const struct source_lines *lines, size_t at,
                             struct quotation *quotation)
{
    size_t length = run_at(lines->source, at);
    if (length != 2)
        return code_lines_skip(&lines->code, lines->source, lines->to, at);
    bool opens = may_open(lines->source, at);
    if (quotation->open == SIZE_MAX && !opens)
        return code_lines_skip(&lines->code, lines->source, lines->to, at);
    if (opens && quotation->close != SIZE_MAX)
        keep(reader, quotation);
    if (quotation->open == SIZE_MAX)
        quotation->open = at;
    else /* code after all, which ends here */
        *quotation = NO_QUOTATION;
    return at + length;
}

static void take_line(struct reader *reader, const struct source_lines *lines, size_t from,
                      struct quotation *quotation)
{
    text source = lines->source;
    for (size_t at = from; at < lines->to;) {
        char c = source.bytes[at];
        if (c == '\\') {
            at += 2;
        } else if (c == '`') {
            at = take_backticks(reader, lines, at, quotation);
        } else if (c == '$') {
            at = past_formula(source, at, lines->to);
        } else if (c == '\'') {
            size_t length = run_at(source, at);
            bool ends = length == 2 && quotation->open != SIZE_MAX &&
                        quotation->close == SIZE_MAX && !is_space(source.bytes[at - 1]);
            if (ends)
                quotation->close = at;
            at += length;
        } else {
            size_t next = code_lines_skip(&lines->code, source, lines->to, at);
            at = next > at ? next : at + 1;
        }
    }
}

void read_tex_quotations(struct reader *reader)
{
    text source = reader_source(reader);
    if (text_find(source, TEXT("``"), reader->body) == SIZE_MAX ||
        text_find(source, TEXT("''"), reader->body) == SIZE_MAX)
        return;
    struct source_lines lines = SOURCE_LINES(source, reader->body, CODE_AND_BLOCKS_BEGIN);
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
        if (ends)
            keep(reader, &quotation);
        if (lines.kind != LINE_CODE)
            take_line(reader, &lines, is_open ? lines.from : code->words, &quotation);
    }
    keep(reader, &quotation);
}

/* Pictures for a dark page, before the parser sees them: sites show one of two, by a mark behind
   the file's name, as Material for MkDocs and GitHub have it. A publication is a light page. The
   picture for a dark one becomes spaces where the article holds pictures for a light one. */
#include "read/code_lines.h"
#include "read/passes.h"

#include <string.h>

static const char *const dark[] = {"#only-dark", "#gh-dark-mode-only"};
static const char *const light[] = {"#only-light", "#gh-light-mode-only"};

enum { LONGEST_PICTURE = 2000 /* bytes */ };

/* An address ends there, and its mark with it: none of it is blank or a bracket. */
static bool is_address(text line, size_t from, size_t to)
{
    bool is_one = from < to && line.bytes[from] == '(';
    for (size_t i = from; is_one && i < to; i++)
        is_one = !strchr(" \t)", line.bytes[i]);
    return is_one;
}

/* A tag of a picture at the offset whose source ends behind the mark. */
static bool is_tag_of(text line, size_t from, size_t mark)
{
    size_t quotes = 0, last = from;
    for (size_t i = from; i < mark; i++) {
        bool is_quote = line.bytes[i] == '"';
        quotes += is_quote;
        last = is_quote ? i : last;
    }
    return text_starts_with(text_slice(line, from, line.length), TEXT("<img ")) &&
           quotes % 2 == 1 && text_ends_with(text_slice(line, from, last + 1), TEXT(" src=\""));
}

/* Where the picture begins whose mark stands before the offset; SIZE_MAX: it is none, or a link. */
static size_t beginning(text line, size_t mark)
{
    bool is_tag = line.bytes[mark] == '"';
    size_t depth = 0, first = mark > LONGEST_PICTURE ? mark - LONGEST_PICTURE : 0;
    for (size_t i = mark; i-- > first;) {
        char c = line.bytes[i];
        if (is_tag && (c == '>' || c == '<'))
            return is_tag_of(line, i, mark) ? i : SIZE_MAX;
        if (!is_tag && c == ']' && depth++ == 0 && !is_address(line, i + 1, mark))
            return SIZE_MAX;
        if (is_tag || c != '[')
            continue;
        if (depth < 2) {
            bool is_picture = depth == 1 && i && line.bytes[i - 1] == '!';
            bool is_linked = i > 1 && line.bytes[i - 2] == '[';
            return is_picture && !is_linked ? i - 1 : SIZE_MAX;
        }
        depth--;
    }
    return SIZE_MAX;
}

/* Behind the picture and its attributes, whose values may hold the sign of its end. */
static size_t ending(text line, size_t mark)
{
    line = text_slice(line, 0, mark + LONGEST_PICTURE);
    bool is_tag = line.bytes[mark] == '"';
    char sign = is_tag ? '>' : ')', quote = '\0';
    size_t end = mark + is_tag;
    while (end < line.length && (quote || line.bytes[end] != sign)) {
        char c = line.bytes[end++];
        if (quote)
            quote = c == quote ? '\0' : quote;
        else if (c == '"' || c == '\'')
            quote = c;
    }
    if (end >= line.length)
        return SIZE_MAX;
    bool has_attributes = end + 1 < line.length && line.bytes[end + 1] == '{';
    size_t brace = has_attributes ? text_find_byte(line, '}', end) : SIZE_MAX;
    return brace == SIZE_MAX ? end + 1 : brace + 1;
}

/* The mark for a dark page that begins at the offset: its length, or 0. */
static size_t length_of_mark(text line, size_t at)
{
    for (size_t i = 0; i < sizeof dark / sizeof *dark; i++) {
        size_t length = strlen(dark[i]), end = at + length;
        if (text_starts_with(text_slice(line, at, line.length), text_from_c(dark[i])) &&
            end < line.length && strchr("\") ", line.bytes[end]))
            return length;
    }
    return 0;
}

/* Only marks of quotations and lists stand before the offset. */
static bool is_first(text line, size_t at)
{
    for (size_t i = 0; i < at; i++) {
        if (!strchr(" \t>-+*.)0123456789", line.bytes[i]))
            return false;
    }
    return true;
}

static size_t length_without_blanks(text line)
{
    size_t length = line.length;
    while (length && strchr(" \t\r", line.bytes[length - 1]))
        length--;
    return length;
}

/* What stands behind a first picture moves to its place: spaces would make it code. */
static void close_up(char *bytes, text line, size_t first, size_t length)
{
    size_t behind = first;
    while (behind < length && bytes[behind] == ' ')
        behind++;
    if (behind == length) {
        if (is_first(line, first) && length + 1 == length_without_blanks(line))
            bytes[length] = ' '; /* a backslash that breaks no line */
        return;
    }
    if (is_first(line, first)) {
        memmove(bytes + first, bytes + behind, length - behind);
        memset(bytes + length - (behind - first), ' ', behind - first);
    }
}

/* A comment where spaces at the end would break the line, and leave no figure. */
static void fill_end(char *bytes, text line, size_t length)
{
    size_t end = length_without_blanks(text_slice(line, 0, length));
    if (is_first(line, end) || length - end < 7 || text_trim(line).bytes[0] == '#' ||
        text_find(line, TEXT("<!--"), 0) != SIZE_MAX)
        return;
    memcpy(bytes + end, "<!--", 4);
    memcpy(bytes + length - 3, "-->", 3);
}

static void leave_out(struct reader *reader, const struct code_lines *lines, text line)
{
    text source = reader_source(reader);
    size_t start = (size_t)(line.bytes - source.bytes);
    char *bytes = reader->source + (line.bytes - reader->source);
    size_t first = SIZE_MAX, length = length_without_blanks(line);
    while (length && line.bytes[length - 1] == '\\') /* it breaks the line, and stays */
        length--;
    for (size_t at = lines->words - start; at < line.length; at++) {
        size_t behind = code_lines_skip(lines, source, start + line.length, start + at);
        if (behind > start + at) {
            at = behind - start - 1;
            continue;
        }
        size_t mark = line.bytes[at] == '#' ? length_of_mark(line, at) : 0;
        size_t from = mark ? beginning(line, at + mark) : SIZE_MAX;
        size_t to = mark ? ending(line, at + mark) : SIZE_MAX;
        if (from == SIZE_MAX || to == SIZE_MAX)
            continue;
        memset(bytes + from, ' ', to - from);
        first = first == SIZE_MAX ? from : first;
    }
    if (first == SIZE_MAX)
        return;
    close_up(bytes, line, first, length);
    fill_end(bytes, line, length);
}

static bool has_any(text body, const char *const *names)
{
    return text_find(body, text_from_c(names[0]), 0) != SIZE_MAX ||
           text_find(body, text_from_c(names[1]), 0) != SIZE_MAX;
}

void leave_out_dark_pictures(struct reader *reader)
{
    text body = reader_body(reader);
    if (!has_any(body, dark) || !has_any(body, light))
        return;
    struct source_lines lines =
        SOURCE_LINES(reader_source(reader), reader->body, CODE_AND_BLOCKS_BEGIN);
    while (source_lines_next(&lines)) {
        if (lines.kind == LINE_WORDS)
            leave_out(reader, &lines.code, lines.line);
    }
}

/* Whether the text of a file can stand where it is asked for, and how. */
#include "read/includes.h"

#include <string.h>

bool include_begins_block(text words)
{
    size_t digits = 0;
    while (digits < words.length && byte_is_digit(words.bytes[digits]))
        digits++;
    char first = words.length ? words.bytes[0] : '\0';
    char next = words.length > 1 ? words.bytes[1] : ' ';
    char behind = digits < words.length ? words.bytes[digits] : '\0';
    return (first && strchr("-+*", first) && strchr(" -+*", next)) ||
           (first && strchr("#>|", first)) ||
           (digits && digits < 10 && (behind == '.' || behind == ')') &&
            digits + 1 < words.length && words.bytes[digits + 1] == ' ') ||
           text_starts_with(words, TEXT("```")) || text_starts_with(words, TEXT("~~~")) ||
           text_starts_with(words, TEXT(":::"));
}

bool include_fits_line(text line, text bytes, struct include_range *range)
{
    text words = text_trim(text_slice(bytes, range->from, range->to));
    bool is_row = text_find_byte(line, '|', 0) != SIZE_MAX;
    bool is_heading = line.length && line.bytes[0] == '#'; /* which ends with its line */
    range->from = words.length ? (size_t)(words.bytes - bytes.bytes) : range->from;
    range->to = range->from + words.length;
    for (size_t at = 0; at < words.length; at++) {
        bool ends_line = words.bytes[at] == '\n';
        if ((is_row && (ends_line || words.bytes[at] == '|')) || (is_heading && ends_line))
            return false;
        if (!ends_line)
            continue;
        text rest = text_slice(words, at + 1, words.length);
        if (text_is_blank(text_slice(rest, 0, text_find_byte(rest, '\n', 0))) ||
            include_begins_block(text_trim(rest)))
            return false;
    }
    return !include_begins_block(words);
}

bool include_has_fence(const struct code_lines *code, text bytes,
                       const struct include_range *ranges, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        for (size_t at = ranges[i].from, end; at < ranges[i].to; at = end + 1) {
            end = text_find_byte(bytes, '\n', at);
            end = end == SIZE_MAX ? bytes.length : end;
            text line = text_trim(text_slice(bytes, at, end));
            size_t run = 0;
            while (run < line.length && line.bytes[run] == code->fence)
                run++;
            if (run >= code->length && run == line.length && run)
                return true;
        }
    }
    return false;
}

size_t include_common_blanks(text bytes, const struct include_range *ranges, size_t count)
{
    size_t least = SIZE_MAX;
    for (size_t i = 0; i < count; i++) {
        for (size_t at = ranges[i].from, end; at < ranges[i].to; at = end + 1) {
            size_t blanks = 0;
            end = text_find_byte(bytes, '\n', at);
            end = end == SIZE_MAX ? bytes.length : end;
            text line = text_slice(bytes, at, end);
            while (blanks < line.length && line.bytes[blanks] == ' ')
                blanks++;
            if (!text_is_blank(line) && blanks < least)
                least = blanks;
        }
    }
    return least == SIZE_MAX ? 0 : least;
}

bool include_is_underline(text bytes, size_t at)
{
    size_t end = text_find_byte(bytes, '\n', at);
    text line = text_trim(text_slice(bytes, at, end));
    size_t run = 0;
    while (run < line.length && line.bytes[run] == line.bytes[0])
        run++;
    return run && run == line.length && (line.bytes[0] == '=' || line.bytes[0] == '-');
}

size_t include_skip_marks(text bytes, size_t at, size_t to)
{
    bool had_item = false;
    for (; at < to; at++) {
        char c = bytes.bytes[at];
        size_t end = at;
        if (c == ' ' || c == '\t' || c == '>')
            continue;
        while (end < to && end < at + 9 && byte_is_digit(bytes.bytes[end]))
            end++;
        bool is_item = end > at ? end < to && (bytes.bytes[end] == '.' || bytes.bytes[end] == ')')
                                : strchr("-+*:", c) != NULL;
        if (had_item || !is_item || end + 1 >= to || bytes.bytes[end + 1] != ' ')
            break;
        had_item = true;
        at = end;
    }
    return at;
}

text include_blank_prefix(struct arena *arena, text before, text marks)
{
    text whole = arena_printf(arena, "%.*s%.*s", TEXT_ARGUMENTS(before), TEXT_ARGUMENTS(marks));
    char *bytes = arena_copy_c(arena, whole);
    for (size_t i = before.length; i < whole.length; i++) {
        if (bytes[i] != '>' && bytes[i] != '\t')
            bytes[i] = ' ';
    }
    return (text){bytes, whole.length};
}

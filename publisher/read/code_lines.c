#include "read/code_lines.h"

#include <string.h>

/* Behind the mark of an item of a list and its blank at the offset; the offset itself where there
   is none: code may begin in the line in which its item does. */
static size_t skip_item(text line, size_t at)
{
    size_t end = at;
    while (end < line.length && end < at + 9 && line.bytes[end] >= '0' && line.bytes[end] <= '9')
        end++;
    const char *signs = end > at ? ".)" : "-+*";
    bool is_item = end + 1 < line.length && line.bytes[end] && strchr(signs, line.bytes[end]) &&
                   line.bytes[end + 1] == ' ';
    return is_item ? end + 2 : at;
}

static const struct {
    const char *opens, *closes;
} blocks[] = {
    {"<pre", "</pre>"},     {"<PRE", "</PRE>"}, {"<script", "</script>"},
    {"<style", "</style>"}, {"<!--", "-->"},    {"$$", "$$"},
};

/* Whether the line is one of such a block. */
static bool take_block(struct code_lines *lines, text line)
{
    if (lines->block_end && lines->block_end[0] == '$' && text_is_blank(line))
        lines->block_end = NULL; /* two dollars may be none of a formula */
    if (lines->block_end) {
        if (text_find(line, text_from_c(lines->block_end), 0) != SIZE_MAX)
            lines->block_end = NULL;
        return true;
    }
    size_t at = 0;
    while (at < 3 && at < line.length && line.bytes[at] == ' ')
        at++;
    text words = text_slice(line, at, line.length);
    for (size_t i = 0; i < sizeof blocks / sizeof *blocks; i++) {
        size_t length = strlen(blocks[i].opens);
        bool is_tag = blocks[i].closes[1] == '/';
        if (!text_starts_with(words, text_from_c(blocks[i].opens)) ||
            (is_tag && words.length > length && !strchr(" \t\r>", words.bytes[length])))
            continue;
        text end = text_from_c(blocks[i].closes);
        size_t found = text_find(words, end, length);
        if (found != SIZE_MAX) /* words behind it are none of it */
            return text_is_blank(text_slice(words, found + end.length, words.length));
        lines->block_end = blocks[i].closes;
        return true;
    }
    return false;
}

bool code_lines_take(struct code_lines *lines, text line)
{
    if (lines->has_blocks && !lines->fence && take_block(lines, line)) {
        lines->was_blank = lines->was_code = false;
        return true;
    }
    size_t indent = 0, run = 0;
    while (indent < line.length) {
        bool is_blank =
            line.bytes[indent] == ' ' || line.bytes[indent] == '\t' || line.bytes[indent] == '>';
        size_t behind = is_blank ? indent + 1 : lines->fence ? indent : skip_item(line, indent);
        if (behind == indent)
            break;
        indent = behind;
    }
    char c = indent < line.length ? line.bytes[indent] : '\0';
    while ((c == '`' || c == '~') && indent + run < line.length && line.bytes[indent + run] == c)
        run++;
    bool was_open = lines->fence != '\0', is_blank = indent == line.length;
    text behind = text_slice(line, indent + run, line.length);
    if (!was_open && run >= 3 && (c == '~' || text_find_byte(behind, '`', 0) == SIZE_MAX)) {
        lines->fence = c;
        lines->length = run;
    } else if (was_open && c == lines->fence && run >= lines->length && text_is_blank(behind)) {
        lines->fence = '\0';
        return true;
    }
    bool is_indented = !is_blank && line.length > 4 &&
                       (line.bytes[0] == '\t' || text_starts_with(line, TEXT("    "))) &&
                       (lines->was_blank || lines->was_code);
    lines->was_code = is_indented;
    lines->was_blank = is_blank;
    return was_open || lines->fence || is_indented;
}

static size_t run_at(text line, size_t at)
{
    size_t end = at;
    while (end < line.length && line.bytes[end] == '`')
        end++;
    return end - at;
}

size_t code_lines_skip_span(text line, size_t at)
{
    enum { MOST_RUNS = 64 }; /* looked at, for one: else a line of runs would cost its square */
    size_t length = run_at(line, at), next = at + length;
    for (unsigned i = 0; i < MOST_RUNS; i++) {
        next = text_find_byte(line, '`', next);
        if (next == SIZE_MAX)
            break;
        size_t run = run_at(line, next);
        next += run;
        if (run == length)
            return next;
    }
    return at + length;
}

/* Comments within words, before the parser sees them: it takes none for a comment whose words hold
   two hyphens, or end with one (CommonMark up to 0.30), and would print it. Browsers, pandoc and
   later rules of CommonMark do; so such a hyphen becomes a space. Comments that begin a line are
   blocks, in which hyphens are nothing. In the value of an attribute nothing is a comment. */
#include "read/code_lines.h"
#include "read/passes.h"

#include <string.h>

static bool holds_blank_line(text words)
{
    bool is_blank = false;
    for (size_t i = 0; i < words.length; i++) {
        if (words.bytes[i] == '\n' && is_blank)
            return true;
        is_blank = words.bytes[i] == '\n' || (is_blank && byte_is_white(words.bytes[i]));
    }
    return false;
}

/* The words of a comment from..to of the source. */
static void part_hyphens(struct reader *reader, size_t from, size_t to)
{
    char *bytes = reader->source;
    for (size_t i = from; i < to; i++) {
        bool is_second = i > from && bytes[i - 1] == '-';
        if (bytes[i] == '-' && (is_second || i + 1 == to))
            bytes[i] = ' ';
    }
}

/* Within a line, whose bytes are taken one after another: the offset behind the value of an
   attribute (in braces or in a tag) whose quotation mark the byte at the offset is; the offset
   itself: none begins there. *close is what ends the attributes; '\0': none are open. */
static size_t skip_value(text line, size_t at, char *close)
{
    char c = line.bytes[at];
    if (c == '"' && *close && line.bytes[at - 1] == '=') {
        size_t end = text_find_byte(line, '"', at + 1);
        if (end != SIZE_MAX)
            return end + 1;
        *close = '\0'; /* nor does another one end */
    }
    bool is_tag = c == '<' && at + 1 < line.length && text_is_ascii_letter(line.bytes[at + 1]);
    if (c == '{' || is_tag)
        *close = is_tag ? '>' : '}';
    else if (c == *close)
        *close = '\0';
    return at;
}

void read_comments(struct reader *reader)
{
    text source = reader_source(reader);
    if (text_find(source, TEXT("<!--"), reader->body) == SIZE_MAX)
        return;
    struct source_lines lines = SOURCE_LINES(source, reader->body, CODE_AND_BLOCKS_BEGIN);
    while (source_lines_next(&lines)) {
        if (lines.kind != LINE_WORDS)
            continue;
        char close = '\0';
        for (size_t at = lines.code.words; at < lines.to; at++) {
            size_t behind = skip_value(text_slice(source, 0, lines.to), at, &close);
            if (behind > at) {
                at = behind - 1;
                continue;
            }
            behind = code_lines_skip(&lines.code, source, lines.to, at);
            if (behind <= at)
                continue;
            size_t from = at + strlen("<!--");
            size_t end = source.bytes[at] == '<' ? text_find(source, TEXT("-->"), from) : SIZE_MAX;
            if (end != SIZE_MAX && !holds_blank_line(text_slice(source, from, end)))
                part_hyphens(reader, from, end);
            at = behind - 1;
        }
    }
}

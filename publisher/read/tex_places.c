/* What stands in an environment of LaTeX that only places it: `\begin{center}`. Papers put Markdown
   there, and its ends are left out around it. Where LaTeX's own stands there, a line that `\\`
   ends, a group, a command that is not read in the text, it would be printed as it is; such an
   environment is told as all others are. Code, formulas and environments of other kinds may hold
   what they like: they are read, or told, for themselves. */
#include "read/tex.h"

#include <cmark-gfm/node.h>
#include <cmark-gfm/parser.h>

enum {
    LONGEST_PLACE = 1024 * 1024,   /* bytes; what stands behind them is not looked at */
    MOST_SEEN = 4 * LONGEST_PLACE, /* in an article; then all are told */
    LONGEST_SIGNS = 2000,          /* of code or a formula within a line */
    CODE_INDENT = 4,
};

/* The offset behind the words that close what begins at the offset, or SIZE_MAX. */
static size_t past(text lines, size_t at, size_t opening, text closing)
{
    size_t end = text_find(lines, closing, at + opening);
    return end == SIZE_MAX ? end : end + closing.length;
}

/* The offset behind code, a formula or a comment that begins at the offset; at: none does;
   SIZE_MAX: it has no end. */
static size_t past_signs(text lines, size_t at)
{
    static const char *const pairs[][2] = {{"<!--", "-->"},
                                           {"$$", "$$"},
                                           {MARK_ROUND_OPEN, MARK_ROUND_CLOSE},
                                           {MARK_SQUARE_OPEN, MARK_SQUARE_CLOSE}};
    char sign = lines.bytes[at];
    text rest = text_slice(lines, at, lines.length);
    for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++) {
        text open = text_from_c(pairs[i][0]);
        if (text_starts_with(rest, open))
            return past(lines, at, open.length, text_from_c(pairs[i][1]));
    }
    size_t run = 0;
    while (run < rest.length && rest.bytes[run] == sign)
        run++;
    if (sign == '$' || (sign == '`' && run < 3)) {
        text reach = text_slice(lines, 0, at + LONGEST_SIGNS);
        size_t end = past(reach, at, run, text_slice(rest, 0, run));
        return end == SIZE_MAX ? at + run : end; /* the signs themselves */
    }
    return sign == '`' ? past(lines, at, run, text_slice(rest, 0, run)) : at;
}

/* The offset behind a backslash or brace and what belongs to it; SIZE_MAX: it is LaTeX's own. */
static size_t past_command(text lines, size_t at)
{
    char next = at + 1 < lines.length ? lines.bytes[at + 1] : '\n';
    if (lines.bytes[at] == '{')
        return next == '\\' ? SIZE_MAX : at + 1;
    if (next == '\\')
        return SIZE_MAX;
    size_t end = at + 1;
    while (end < lines.length && text_is_ascii_letter(lines.bytes[end]))
        end++;
    if (end == at + 1)
        return at + 2; /* a sign that is plain */
    bool is_folder = at && lines.bytes[at - 1] == ':';
    return is_folder || tex_is_read(text_slice(lines, at + 1, end)) ? end : SIZE_MAX;
}

/* The environment that the words begin, as its end is written; empty: none. */
static text closing_of(struct arena *arena, text words)
{
    text begin = TEXT("\\begin{");
    size_t at = text_find(words, begin, 0);
    size_t end = at == SIZE_MAX ? at : text_find_byte(words, '}', at);
    if (end == SIZE_MAX)
        return TEXT_EMPTY;
    text name = text_slice(words, at + begin.length, end);
    return arena_printf(arena, "\\end{%.*s}", TEXT_ARGUMENTS(name));
}

static size_t columns_before_words(text line)
{
    size_t columns = 0;
    for (size_t i = 0;
         i < line.length && (line.bytes[i] == ' ' || line.bytes[i] == '\t' || line.bytes[i] == '>');
         i++)
        columns += line.bytes[i] == '\t' ? CODE_INDENT - columns % CODE_INDENT : 1;
    return columns;
}

/* Whether the lines, up to the closing words, are Markdown; *seen: the bytes that were looked at.
   column: from which the lines' indentation counts. */
static bool is_markdown(struct arena *arena, text lines, text closing, size_t column, size_t *seen)
{
    bool is_first = true;
    size_t line_end = 0, at = 0;
    while (at < lines.length) {
        if (at >= line_end) { /* a line begins */
            line_end = text_find_byte(lines, '\n', at);
            line_end = line_end == SIZE_MAX ? lines.length : line_end + 1;
            *seen = line_end;
            text line = text_slice(lines, at, line_end), words = text_trim(line);
            while (words.length && words.bytes[0] == '>')
                words = text_trim(text_slice(words, 1, words.length));
            if (text_find(line, closing, 0) != SIZE_MAX)
                return true;
            if (words.length == 0 || tex_layout_of(words) != TEX_LAYOUT_NONE) {
                at = line_end;
                continue;
            }
            if ((is_first && columns_before_words(line) >= column + CODE_INDENT) ||
                words.bytes[0] == '%')
                return false;
            is_first = false;
            text other =
                text_starts_with(words, TEXT("\\begin{")) ? closing_of(arena, words) : TEXT_EMPTY;
            if (other.length) {
                at = past(lines, at, 0, other);
                if (at == SIZE_MAX)
                    return false;
                continue;
            }
        }
        size_t next = past_signs(lines, at);
        if (next == at)
            next = lines.bytes[at] == '\\' || lines.bytes[at] == '{' ? past_command(lines, at)
                                                                     : at + 1;
        if (next == SIZE_MAX)
            return false;
        at = next;
    }
    return true;
}

bool tex_is_markdown(struct arena *arena, text source, size_t from, text name)
{
    size_t seen = 0;
    text lines = text_slice(source, from, from + LONGEST_PLACE);
    size_t line_end = text_find_byte(lines, '\n', 0);
    lines = text_slice(lines, line_end == SIZE_MAX ? lines.length : line_end + 1, lines.length);
    return is_markdown(arena, lines, arena_printf(arena, "\\end{%.*s}", TEXT_ARGUMENTS(name)), 0,
                       &seen);
}

bool tex_places_markdown(struct dialect *dialect, cmark_parser *parser, text line)
{
    const struct reader *reader = dialect->reader;
    uint32_t number = (uint32_t)cmark_parser_get_line_number(parser) + reader->body_line;
    text closing = closing_of(reader->arena, line);
    if (closing.length == 0 || number >= reader->line_count)
        return true; /* it ends one, or stands in a cell */
    if (dialect->places_seen >= MOST_SEEN)
        return false;
    size_t from = reader->line_starts[number], seen = 0;
    int column = cmark_parser_get_first_nonspace_column(parser) - cmark_parser_get_indent(parser);
    bool is =
        is_markdown(reader->arena, text_slice(reader_source(reader), from, from + LONGEST_PLACE),
                    closing, column > 0 ? (size_t)column : 0, &seen);
    dialect->places_seen += seen;
    return is;
}

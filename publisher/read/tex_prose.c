/* Words of LaTeX as Markdown, a step at a time. What Markdown in LaTeX means is left to Markdown:
   people who write both put `**strong words**` into a list of LaTeX's. So are commands that are
   read in any text (tex.def), and formulas. What LaTeX alone has is written otherwise: ties,
   quotation marks, accents, comments, groups, commands for the look. A command that nobody knows
   stays, and is told where it stands. */
#include "read/tex_blocks.h"

#include "read/tex.h"
#include "references/latex.h"

#include <string.h>

enum {
    LONGEST_SIGNS = 4000, /* of a formula or a quotation */
    LONGEST_NUMBER = 9,   /* of an item of Markdown's, in digits */
};

/* as it is */

/* Where the words begin an item and would begin a block for Markdown, `1986. A year`, `- 5`: the
   offset of the sign that makes it one, or SIZE_MAX. */
static size_t find_mark(text source, size_t from)
{
    size_t at = from;
    while (at < source.length && at - from < LONGEST_NUMBER && byte_is_digit(source.bytes[at]))
        at++;
    bool has_number = at > from;
    if (!has_number && at < source.length && source.bytes[at] == '>')
        return at;
    size_t end = at;
    while (!has_number && end < source.length && source.bytes[end] == '#')
        end++;
    if (end == at)
        end =
            at < source.length && strchr(has_number ? ".)" : "-+:", source.bytes[at]) ? at + 1 : at;
    return end > at && (end >= source.length || byte_is_white(source.bytes[end])) ? at : SIZE_MAX;
}

void tex_put(struct tex_writer *writer, struct tex_line *line, size_t from, size_t to)
{
    text source = writer->source;
    size_t copied = from, sign = line->is_fresh ? find_mark(source, from) : SIZE_MAX;
    tex_begin_words(writer, line, from);
    if (sign < to) {
        tex_copy(writer, from, sign);
        tex_make(writer, sign, TEXT("\\"));
        copied = sign;
    }
    for (size_t at = from; at < to; at++) {
        char c = source.bytes[at];
        bool is_bar = c == '|' && line->form == TEX_CELL;
        if (c != '\n' && !is_bar)
            continue;
        bool has_return = c == '\n' && at > copied && source.bytes[at - 1] == '\r';
        tex_copy(writer, copied, at - has_return);
        copied = at;
        if (is_bar) {
            tex_make(writer, at, TEXT("\\"));
            continue;
        }
        bool is_flow = line->form == TEX_FLOW;
        tex_make(writer, at, is_flow ? TEXT("\n") : TEXT(" "));
        if (is_flow)
            tex_make(writer, at, line->prefix);
        while (at + 1 < to && (source.bytes[at + 1] == ' ' || source.bytes[at + 1] == '\t'))
            at++;
        copied = at + 1;
    }
    tex_copy(writer, copied, to);
}

static void make(struct tex_writer *writer, struct tex_line *line, size_t at, text words)
{
    tex_begin_words(writer, line, at);
    tex_make(writer, at, words);
}

/* characters */

/* Commands that are characters: latex.def of references/ has them. */
static bool is_character(text name)
{
    static const char *const names[] = {"ss",
                                        "o",
                                        "O",
                                        "l",
                                        "L",
                                        "ae",
                                        "AE",
                                        "oe",
                                        "OE",
                                        "aa",
                                        "AA",
                                        "i",
                                        "j",
                                        "S",
                                        "P",
                                        "dag",
                                        "ddag",
                                        "pounds",
                                        "dj",
                                        "DJ",
                                        "ng",
                                        "NG",
                                        "th",
                                        "TH",
                                        "textless",
                                        "textgreater",
                                        "textbar",
                                        "dh",
                                        "DH",
                                        "quad",
                                        "qquad",
                                        "space",
                                        "thinspace",
                                        "enspace",
                                        "textbullet",
                                        "textunderscore",
                                        "textquotedblleft",
                                        "textquotedblright",
                                        "textquoteleft",
                                        "textquoteright",
                                        "textasciicircum",
                                        "textperiodcentered",
                                        "guillemotleft",
                                        "guillemotright",
                                        "textdagger"};
    return TEXT_IS_AMONG(name, names);
}

/* `\c{c}`, `\'e`, `\"{\i}`: the offset behind an accent and its letter, or 0. */
static size_t past_accent(text source, size_t at, size_t to)
{
    size_t next = at + 2;
    char accent = at + 1 < to ? source.bytes[at + 1] : '\0';
    bool is_letter = text_is_ascii_letter(accent);
    if (accent == '\0' || !strchr("`'^\"~=.cHvukrdbt", accent))
        return 0;
    if (is_letter && (next >= to || (source.bytes[next] != '{' && source.bytes[next] != ' ')))
        return 0;
    next = tex_past_blanks(source, next, to);
    bool has_brace = next < to && source.bytes[next] == '{';
    size_t letter = next + has_brace;
    if (letter < to && source.bytes[letter] == '\\') { /* \i */
        text name = tex_name_at(source, letter++, to);
        if (!text_equal_c(name, "i") && !text_equal_c(name, "j"))
            return 0;
    }
    if (letter >= to || !text_is_ascii_letter(source.bytes[letter]))
        return 0;
    letter++;
    if (!has_brace)
        return letter;
    return letter < to && source.bytes[letter] == '}' ? letter + 1 : 0;
}

static void make_characters(struct tex_writer *writer, struct tex_line *line, size_t from,
                            size_t to)
{
    struct latex_options plain = {.plain = true};
    text words = latex_read(writer->reader->arena, text_slice(writer->source, from, to), &plain);
    bool is_sign = words.length == 1 && strchr("<>|_", words.bytes[0]);
    if (is_sign)
        make(writer, line, from, TEXT("\\"));
    make(writer, line, from, words.length ? words : TEXT(" "));
}

/* groups */

static bool open_group(struct tex_line *line, const char *close)
{
    if (line->depth == TEX_MOST_GROUPS)
        return false;
    line->groups[line->depth++] = close;
    return true;
}

/* `{\em words}` and its like: the offset behind what opens it; 0: too many are open. */
static size_t begin_group(struct tex_writer *writer, struct tex_line *line, size_t at, size_t to)
{
    static const struct {
        const char *name, *command;
    } looks[] = {{"bf", "\\textbf{"},       {"bfseries", "\\textbf{"}, {"em", "\\emph{"},
                 {"it", "\\emph{"},         {"itshape", "\\emph{"},    {"tt", "\\texttt{"},
                 {"ttfamily", "\\texttt{"}, {"sc", "\\textsc{"},       {"scshape", "\\textsc{"}};
    size_t begin = tex_past_blanks(writer->source, at + 1, to);
    bool has_command = begin < to && writer->source.bytes[begin] == '\\';
    text name = has_command ? tex_name_at(writer->source, begin, to) : TEXT_EMPTY;
    for (size_t i = 0; i < sizeof looks / sizeof *looks; i++) {
        if (!text_equal_c(name, looks[i].name))
            continue;
        make(writer, line, at, text_from_c(looks[i].command));
        return open_group(line, "}") ? tex_past_blanks(writer->source, begin + 1 + name.length, to)
                                     : 0;
    }
    return open_group(line, "") ? at + 1 : 0;
}

/* commands */

/* What stands behind the name of a command and belongs to it, as it is. */
static size_t put_arguments(struct tex_writer *writer, struct tex_line *line, size_t at, size_t end,
                            size_t to)
{
    while (end < to && (writer->source.bytes[end] == '{' || writer->source.bytes[end] == '[')) {
        struct tex_range inside;
        if (!tex_take_argument(writer->source, &end, to, writer->source.bytes[end], &inside)) {
            if (writer->source.bytes[end] == '{')
                return 0;
            break;
        }
        for (size_t i = inside.from; i < inside.to; i++) {
            if (writer->source.bytes[i] == '%' && writer->source.bytes[i - 1] != '\\' &&
                tex_is_comment(writer->source, i))
                return 0;
        }
    }
    tex_put(writer, line, at, end);
    return end;
}

/* `\verb|code|`: the offset behind it, or 0. */
static size_t step_verb(struct tex_writer *writer, struct tex_line *line, size_t at, size_t end,
                        size_t to)
{
    text rest = text_slice(writer->source, end, to);
    size_t close = rest.length ? text_find_byte(rest, rest.bytes[0], 1) : SIZE_MAX;
    text code = close == SIZE_MAX ? TEXT_EMPTY : text_slice(rest, 1, close);
    if (code.length == 0 || text_find_byte(code, '`', 0) != SIZE_MAX ||
        text_find_byte(code, '\n', 0) != SIZE_MAX)
        return 0;
    make(writer, line, at, TEXT("`"));
    tex_put(writer, line, end + 1, end + close);
    make(writer, line, end + close, TEXT("`"));
    return end + close + 1;
}

static size_t step_command(struct tex_writer *writer, struct tex_line *line, size_t at, size_t to)
{
    static const char *const parts[] = {"begin", "end", "item"};
    text source = writer->source, name = tex_name_at(source, at, to);
    if (TEXT_IS_AMONG(name, parts))
        return 0;
    size_t end = at + 1 + name.length, behind = past_accent(source, at, to);
    if (behind) {
        make_characters(writer, line, at, behind);
        return behind;
    }
    if (text_equal_c(name, "verb"))
        return step_verb(writer, line, at, end, to);
    if (text_equal_c(name, "footnote") && end < to && source.bytes[end] == '{') {
        tex_put(writer, line, at, end + 1); /* its words are words */
        return open_group(line, "}") ? end + 1 : 0;
    }
    if (tex_is_read(name)) {
        bool has_braces = end < to && (source.bytes[end] == '{' || source.bytes[end] == '[');
        if (tex_argument_count(name) && !has_braces)
            return 0;
        bool is_first = line->is_fresh || line->line_ends || !line->is_begun || line->is_silent;
        end = put_arguments(writer, line, at, end, to);
        line->is_silent = is_first && text_equal_c(name, "label");
        return end;
    }
    if (is_character(name)) {
        make_characters(writer, line, at, end);
        if (end + 1 < to && source.bytes[end] == '{' && source.bytes[end + 1] == '}')
            return end + 2;
        while (end < to && source.bytes[end] == ' ')
            end++;
        return end;
    }
    if (text_equal_c(name, "par") && line->form == TEX_FLOW) {
        line->line_ends = line->is_fresh ? line->line_ends : 2;
        return end;
    }
    behind = tex_past_layout(source, at, to);
    if (behind)
        return behind;
    /* of those without arguments most are not told in a text of Markdown's: nothing is written */
    bool has_argument = end < to && (source.bytes[end] == '{' || source.bytes[end] == '[');
    bool touches = at && text_is_ascii_alphanumeric(source.bytes[at - 1]);
    return has_argument && name.length > 1 && !touches ? put_arguments(writer, line, at, end, to)
                                                       : 0;
}

/* A return is part of the line end behind it. */
static bool is_blank_sign(char c)
{
    return c == ' ' || c == '\t' || c == '\r';
}

/* A line of a paragraph ends here: `\\`. */
static size_t end_line(struct tex_writer *writer, struct tex_line *line, size_t at, size_t to)
{
    struct tex_range length;
    size_t end = at + 2 + (at + 2 < to && writer->source.bytes[at + 2] == '*');
    if (end < to && writer->source.bytes[end] == '[' &&
        !tex_take_argument(writer->source, &end, to, '[', &length))
        return 0;
    if (line->form == TEX_FLOW && line->is_begun && !line->is_fresh && line->line_ends == 0)
        line->break_at = at;
    if (!line->is_fresh)
        line->line_ends = line->line_ends ? line->line_ends : 1;
    while (end < to && is_blank_sign(writer->source.bytes[end]))
        end++; /* an empty line behind it ends the paragraph */
    return end;
}

/* The offset of the words within the bytes that signs may enclose, or SIZE_MAX. */
static size_t find_near(text source, text words, size_t from, size_t to)
{
    size_t most = to - from > LONGEST_SIGNS ? from + LONGEST_SIGNS : to;
    return text_find(text_slice(source, 0, most), words, from);
}

static size_t step_backslash(struct tex_writer *writer, struct tex_line *line, size_t at, size_t to)
{
    text source = writer->source;
    char next = at + 1 < to ? source.bytes[at + 1] : '\0';
    if (text_is_ascii_letter(next))
        return step_command(writer, line, at, to);
    if (next == '\\')
        return end_line(writer, line, at, to);
    if (next == '(' || next == '[') {
        text closing = next == '(' ? TEXT("\\)") : TEXT("\\]");
        size_t end = find_near(source, closing, at + 2, to);
        if (end == SIZE_MAX)
            return 0;
        tex_put(writer, line, at, end + 2);
        return end + 2;
    }
    size_t behind = past_accent(source, at, to);
    if (behind) {
        make_characters(writer, line, at, behind);
        return behind;
    }
    if (next == ',' || next == ';' || next == ':') {
        make(writer, line, at, TEXT("\xC2\xA0"));
        return at + 2;
    }
    if (next == '\n' || next == ' ') { /* a space as others are */
        make(writer, line, at, TEXT(" "));
        return at + 2;
    }
    bool is_nothing = next && strchr("-/!@", next);
    if (!is_nothing)
        tex_put(writer, line, at, at + 1 + (next != '\0'));
    return at + 1 + (next != '\0');
}

/* signs */

/* A formula within a line does not reach over paragraphs or items. */
static bool reaches_too_far(text source, size_t at, size_t end)
{
    static const char *const signs[] = {"\\item", "\n\n", "\r\n\r\n", "\\end{itemize",
                                        "\\end{enumerate"};
    return TEXT_HOLDS_ANY(text_slice(source, at, end), signs);
}

static size_t step_dollar(struct tex_writer *writer, struct tex_line *line, size_t at, size_t to)
{
    bool is_display = at + 1 < to && writer->source.bytes[at + 1] == '$';
    text sign = is_display ? TEXT("$$") : TEXT("$");
    size_t end = find_near(writer->source, sign, at + sign.length, to);
    while (end != SIZE_MAX && text_is_escaped(writer->source, end))
        end = find_near(writer->source, sign, end + 1, to);
    bool is_money = end != SIZE_MAX && !is_display && reaches_too_far(writer->source, at, end);
    end = end == SIZE_MAX || is_money ? at + sign.length : end + sign.length;
    if (is_display)
        line->break_at = 0;
    enum tex_form form = line->form;
    tex_begin_words(writer, line, at);
    bool is_before_digit = end < to && byte_is_digit(writer->source.bytes[end]);
    if (is_before_digit && end > at + 2 && !is_display) { /* Markdown takes it for money */
        tex_make(writer, at, TEXT(MARK_ROUND_OPEN));
        tex_put(writer, line, at + 1, end - 1);
        tex_make(writer, end - 1, TEXT(MARK_ROUND_CLOSE));
        return end;
    }
    if (!is_display && form == TEX_FLOW)
        line->form = TEX_LINE; /* none of its lines is to begin with a sign of Markdown's */
    tex_put(writer, line, at, end);
    line->form = form;
    return end;
}

/* Backticks begin quotation marks of LaTeX's or code of Markdown's. */
static size_t step_backtick(struct tex_writer *writer, struct tex_line *line, size_t at, size_t to)
{
    text source = writer->source;
    bool is_double = at + 1 < to && source.bytes[at + 1] == '`';
    size_t length = is_double ? 2 : 1;
    size_t quote = find_near(source, is_double ? TEXT("''") : TEXT("'"), at + length, to);
    size_t code = find_near(source, is_double ? TEXT("``") : TEXT("`"), at + length, to);
    if (code < quote) {
        tex_put(writer, line, at, code + length);
        return code + length;
    }
    if (quote == SIZE_MAX)
        tex_put(writer, line, at, at + length);
    else
        make(writer, line, at, is_double ? TEXT("\"") : TEXT("'"));
    return at + length;
}

/* Behind a line end and the blanks after it. */
static size_t step_line_end(struct tex_line *line, text source, size_t at, size_t to)
{
    size_t end = at + 1;
    while (end < to && is_blank_sign(source.bytes[end]))
        end++;
    bool is_blank = end < to && source.bytes[end] == '\n';
    unsigned count = is_blank && line->form == TEX_FLOW ? 2 : 1;
    if (!line->is_fresh && (!line->is_silent || count > 1))
        line->line_ends = line->line_ends > count ? line->line_ends : count;
    return end;
}

/* A comment takes its line end with it, but not the one before a blank line. */
static size_t past_comment(text source, size_t at, size_t to)
{
    size_t end = text_find_byte(source, '\n', at), next = end;
    if (end >= to)
        return to;
    do
        next++;
    while (next < to && is_blank_sign(source.bytes[next]));
    return next < to && source.bytes[next] == '\n' ? end : end + 1;
}

size_t tex_step(struct tex_writer *writer, struct tex_line *line, size_t at, size_t to)
{
    text source = writer->source;
    switch (source.bytes[at]) {
    case '\\':
        return step_backslash(writer, line, at, to);
    case '\n':
        return step_line_end(line, source, at, to);
    case '$':
        return step_dollar(writer, line, at, to);
    case '`':
        return step_backtick(writer, line, at, to);
    case '\'':
        if (at + 1 < to && source.bytes[at + 1] == '\'') {
            make(writer, line, at, TEXT("\""));
            return at + 2;
        }
        break;
    case '~':
        if (text_starts_with(text_slice(source, at, to), TEXT("~~~")))
            return 0; /* a fence */
        make(writer, line, at, TEXT("\xC2\xA0"));
        return at + 1;
    case '%':
        return tex_is_comment(source, at) ? past_comment(source, at, to) : 0;
    case '{':
        return begin_group(writer, line, at, to);
    case '}':
        if (line->depth == 0)
            return 0;
        if (line->groups[--line->depth][0])
            make(writer, line, at, text_from_c(line->groups[line->depth]));
        return at + 1;
    case '*':
        if (line->form == TEX_CELL)
            make(writer, line, at, TEXT("\\"));
        break;
    case '\r':
        return at + 1;
    case ' ':
    case '\t':
        if (line->is_fresh || line->is_silent || line->line_ends || !line->is_begun)
            return at + 1;
        break;
    default:
        break;
    }
    size_t end = at + 1;
    while (end < to && !strchr("\\\n\r$`'~%{}*| \t", source.bytes[end]))
        end++;
    tex_put(writer, line, at, end);
    return end;
}

bool tex_write_words(struct tex_writer *writer, struct tex_line *line, struct tex_range words)
{
    size_t at = words.from, depth = line->depth;
    while (at < words.to) {
        at = tex_step(writer, line, at, words.to);
        if (at == 0 || line->depth < depth)
            return false;
    }
    return line->depth == depth;
}

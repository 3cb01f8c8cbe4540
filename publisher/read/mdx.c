/* What MDX has beside Markdown (mdxjs.com), before the parser sees it. Nothing moves: each thing
   is written anew within its own bytes, so that all places stay.

   - Lines of a program, `import x from 'y'` and `export …`, at the level of the document. They
     bring names. Where a name is used that Lectern does not know, it is told there; so the lines
     themselves are left out.
   - A comment in braces becomes one of HTML.
   - Attributes in braces become attributes of HTML: src={useBaseUrl('img/x.png')},
     src={require('./x.png').default}, width={300}, className, style={{…}}. An attribute that only
     a program could work out stays, and is told by html_attributes.c. */
#include "read/mdx.h"

#include "base/buffer.h"
#include "read/build.h"
#include "read/code_lines.h"

#include <string.h>

enum {
    LONGEST_STATEMENT = 8000, /* bytes */
    LONGEST_TAG = 4000,
    MOST_NAMES = 64,
};

struct mdx {
    struct reader *reader;
    text names[MOST_NAMES];
    size_t name_count;
    struct buffer words;
    size_t resume; /* what stands before it has been looked at */
    /* Up to there no end was found: what begins before it is not tried again, so that the time is
       linear. */
    size_t no_statement, no_comment;
};

static bool is_name(char c)
{
    return text_is_ascii_alphanumeric(c) || c == '_' || c == '$';
}

static text source_of(const struct mdx *mdx)
{
    return reader_source(mdx->reader);
}

static char byte_at(text words, size_t at)
{
    return at < words.length ? words.bytes[at] : '\0';
}

static size_t skip_spaces(text words, size_t at)
{
    while (byte_is_white(byte_at(words, at)))
        at++;
    return at;
}

static size_t skip_name(text words, size_t at)
{
    while (is_name(byte_at(words, at)))
        at++;
    return at;
}

static void blank(struct mdx *mdx, size_t from, size_t to)
{
    for (char *c = mdx->reader->source + from; c < mdx->reader->source + to; c++)
        *c = *c == '\n' || *c == '\r' ? *c : ' ';
}

/* The offset behind the string whose quote stands at the offset; the end, where it has none. */
static size_t skip_string(text words, size_t at)
{
    char quote = words.bytes[at];
    for (at++; at < words.length && words.bytes[at] != quote; at++)
        at += words.bytes[at] == '\\';
    return at < words.length ? at + 1 : words.length;
}

/* The offset behind the bracket that closes the one at the offset, or SIZE_MAX. */
static size_t skip_brackets(text words, size_t at)
{
    size_t depth = 0;
    while (at < words.length) {
        char c = words.bytes[at];
        if (c == '"' || c == '\'' || c == '`') {
            at = skip_string(words, at);
            continue;
        }
        depth += c == '{' || c == '(' || c == '[';
        at++;
        if ((c == '}' || c == ')' || c == ']') && --depth == 0)
            return at;
    }
    return SIZE_MAX;
}

/* lines of a program */

struct statement {
    size_t end;
    text path;
    text names[MOST_NAMES];
    size_t name_count;
};

static bool ends_line(text words, size_t at)
{
    at += byte_at(words, at) == ';';
    while (byte_at(words, at) == ' ' || byte_at(words, at) == '\t' || byte_at(words, at) == '\r')
        at++;
    return at >= words.length || words.bytes[at] == '\n';
}

static size_t line_end(text words, size_t at)
{
    size_t end = text_find_byte(words, '\n', at);
    return end == SIZE_MAX ? words.length : end;
}

static bool add_name(struct statement *statement, text word)
{
    if (statement->name_count == MOST_NAMES)
        return false;
    statement->names[statement->name_count++] = word;
    return true;
}

/* `import A, {B as C} from 'y';` */
static bool parse_import(text words, size_t at, struct statement *statement)
{
    static const char *const keywords[] = {"from", "default", "type"};
    *statement = (struct statement){0};
    bool had_as = false;
    for (at += strlen("import "); at < words.length;) {
        char c = words.bytes[at];
        if (c == '"' || c == '\'') {
            size_t end = skip_string(words, at);
            statement->path = text_slice(words, at + 1, end - 1);
            statement->end = line_end(words, end);
            return end > at + 2 && ends_line(words, end) &&
                   text_find_byte(statement->path, '\n', 0) == SIZE_MAX;
        }
        size_t end = skip_name(words, at);
        if (end == at && !byte_is_white(c) && !strchr("{},*", c))
            return false;
        text word = text_slice(words, at, end);
        bool is_keyword = TEXT_IS_AMONG(word, keywords);
        if (text_equal_c(word, "as")) {
            had_as = true;
        } else if (word.length && !is_keyword) {
            statement->name_count -= had_as && statement->name_count;
            had_as = false;
            if (!add_name(statement, word))
                return false;
        }
        at = end > at ? end : at + 1;
    }
    return false;
}

/* `export const x = …` up to the line at whose end all brackets are closed. */
static bool parse_export(text words, size_t at, struct statement *statement)
{
    static const char *const kinds[] = {"const ", "let ", "function ", "default "};
    *statement = (struct statement){0};
    at += strlen("export ");
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
        text kind = text_from_c(kinds[i]);
        if (!text_starts_with(text_slice(words, at, words.length), kind))
            continue;
        at += kind.length;
        size_t end = skip_name(words, at);
        if (end > at && !text_equal_c(kind, "default "))
            add_name(statement, text_slice(words, at, end));
        /* "export default settings to a file" is a sentence */
        text line = text_trim(text_slice(words, at, line_end(words, at)));
        bool is_program =
            text_find_byte(line, '=', 0) != SIZE_MAX || text_find_byte(line, '(', 0) != SIZE_MAX ||
            text_find_byte(line, '{', 0) != SIZE_MAX || text_ends_with(line, TEXT(";"));
        if (!is_program)
            return false;
        for (at = end; at < words.length && words.bytes[at] != '\n';) {
            char c = words.bytes[at];
            if (c == '{' || c == '(' || c == '[')
                at = skip_brackets(words, at);
            else if (c == '"' || c == '\'' || c == '`')
                at = skip_string(words, at);
            else
                at++;
            if (at == SIZE_MAX)
                return false;
        }
        statement->end = at;
        return true;
    }
    return false;
}

/* Whether the word stands in the article as a component or in braces. */
static bool is_used(text source, size_t from, text word)
{
    for (size_t at = text_find(source, word, from); at != SIZE_MAX;
         at = text_find(source, word, at + word.length)) {
        char before = at ? source.bytes[at - 1] : '\0';
        if ((before == '<' || before == '{') && !is_name(byte_at(source, at + word.length)))
            return true;
    }
    return false;
}

/* A file of the site's own, or a module of a program for sites. */
static bool is_of_site(text path)
{
    return path.length && strchr("./@~", path.bytes[0]);
}

/* A line in running text that says the same is the author's word. */
static size_t read_statement(struct mdx *mdx, size_t at, bool is_head)
{
    text source = source_of(mdx), words = text_slice(source, 0, at + LONGEST_STATEMENT);
    text rest = text_slice(words, at, words.length);
    struct statement statement;
    bool is_import = text_starts_with(rest, TEXT("import "));
    if (at < mdx->no_statement)
        return 0;
    if (is_import ? !parse_import(words, at, &statement) : !parse_export(words, at, &statement)) {
        mdx->no_statement = words.length;
        return 0;
    }
    if (mdx->name_count + statement.name_count > MOST_NAMES)
        return 0;
    bool is_program = is_head || is_of_site(statement.path);
    for (size_t i = 0; i < statement.name_count; i++)
        is_program = is_program || is_used(source, statement.end, statement.names[i]);
    if (!is_program)
        return 0;
    for (size_t i = 0; i < statement.name_count; i++) /* the line is about to be blank */
        mdx->names[mdx->name_count++] = arena_copy(mdx->reader->arena, statement.names[i]);
    blank(mdx, at, statement.end);
    return statement.end;
}

/* At the head of the article, or behind a blank line or another of these. */
static void read_statements(struct mdx *mdx)
{
    static const char *const words[] = {"import ", "export "};
    struct source_lines lines = SOURCE_LINES(source_of(mdx), mdx->reader->body, CODE_LINES_BEGIN);
    bool is_head = true, may_begin = true;
    while (source_lines_next(&lines)) {
        bool is_blank = text_is_blank(lines.line);
        bool is_statement =
            lines.kind == LINE_WORDS && may_begin && TEXT_STARTS_WITH_ANY(lines.line, words);
        size_t taken = is_statement ? read_statement(mdx, lines.from, is_head) : 0;
        if (taken) {
            lines.code.was_blank = true;
            lines.next = taken + 1;
        }
        is_head = is_head && (is_blank || taken);
        may_begin = is_blank || taken;
    }
}

/* comments */

/* The offset behind it, or 0. */
static size_t read_comment(struct mdx *mdx, size_t at)
{
    text source = source_of(mdx);
    text words = text_slice(source, 0, at + LONGEST_STATEMENT);
    size_t end = at < mdx->no_comment ? SIZE_MAX : text_find(words, TEXT("*/}"), at + 3);
    if (end == SIZE_MAX && at >= mdx->no_comment)
        mdx->no_comment = words.length;
    if (end == SIZE_MAX || end < at + 4)
        return 0;
    end += 3;
    blank(mdx, at, end);
    memcpy(mdx->reader->source + at, "<!--", 4);
    memcpy(mdx->reader->source + end - 3, "-->", 3);
    return end;
}

/* attributes */

struct jsx_attribute {
    size_t from, to; /* the whole */
    text name, value;
    bool in_braces;
};

/* The next attribute of a tag; false at its end, or where it is not well formed. */
static bool next_attribute(text words, size_t *offset, struct jsx_attribute *attribute)
{
    size_t at = skip_spaces(words, *offset), end = at;
    while (end < words.length && !byte_is_white(words.bytes[end]) &&
           !strchr("=<>/{}", words.bytes[end]))
        end++;
    *attribute = (struct jsx_attribute){.from = at, .name = text_slice(words, at, end)};
    *offset = end;
    if (end == at || byte_at(words, end) != '=') {
        attribute->to = end;
        return end > at;
    }
    char c = byte_at(words, ++end);
    size_t from = end + 1;
    attribute->in_braces = c == '{';
    if (c == '{')
        end = skip_brackets(words, end);
    else if (c == '"' || c == '\'')
        end = skip_string(words, end);
    else
        return false;
    if (end == SIZE_MAX || end >= words.length)
        return false;
    attribute->value = text_slice(words, from, end - 1);
    attribute->to = *offset = end;
    return true;
}

/* 'x', "x" or `x`, the whole: what is in it. */
static bool is_string(text value, text *inside)
{
    if (value.length < 2 || !strchr("\"'`", value.bytes[0]) ||
        skip_string(value, 0) != value.length || value.bytes[value.length - 1] != value.bytes[0])
        return false;
    *inside = text_slice(value, 1, value.length - 1);
    return text_find_byte(*inside, '"', 0) == SIZE_MAX &&
           text_find_byte(*inside, '\\', 0) == SIZE_MAX &&
           (value.bytes[0] != '`' || text_find(*inside, TEXT("${"), 0) == SIZE_MAX);
}

/* What the expression in braces stands for. */
static bool value_of(text expression, struct buffer *out)
{
    static const struct {
        const char *open, *close;
        bool is_path;
    } calls[] = {{"useBaseUrl(", ")", true},
                 {"withBase(", ")", true},
                 {"$withBase(", ")", true},
                 {"require(", ").default", false},
                 {"require(", ")", false}};
    text inside;
    expression = text_trim(expression);
    if (is_string(expression, &inside)) {
        buffer_add_text(out, inside);
        return true;
    }
    for (size_t i = 0; i < sizeof calls / sizeof *calls; i++) {
        text open = text_from_c(calls[i].open), close = text_from_c(calls[i].close);
        if (!text_starts_with(expression, open) || !text_ends_with(expression, close) ||
            !is_string(
                text_trim(text_slice(expression, open.length, expression.length - close.length)),
                &inside))
            continue;
        if (calls[i].is_path && byte_at(inside, 0) != '/')
            buffer_add_byte(out, '/');
        buffer_add_text(out, inside);
        return true;
    }
    for (size_t i = 0; i < expression.length; i++) {
        if (expression.bytes[i] < '0' || expression.bytes[i] > '9')
            return false;
    }
    buffer_add_text(out, expression);
    return expression.length > 0;
}

/* Styles that only colour or space words; those that hide some stay, and are told. */
static bool is_look(text style)
{
    static const char *const hiding[] = {"display", "visibility", "opacity", "font",    "indent",
                                         "clip",    "left",       "top",     "content", "height",
                                         "width",   "transform",  "color"};
    for (size_t i = 0; i < sizeof hiding / sizeof *hiding; i++) {
        text name = text_from_c(hiding[i]);
        for (size_t at = text_find(style, name, 0); at != SIZE_MAX;
             at = text_find(style, name, at + 1)) {
            size_t value = skip_spaces(style, skip_name(style, at + name.length));
            value = skip_spaces(style, value + (byte_at(style, value) == ':'));
            text rest = text_slice(style, value, style.length);
            bool has_quote = rest.length && strchr("'\"", rest.bytes[0]);
            rest = text_slice(rest, has_quote, rest.length);
            if (text_starts_with(rest, TEXT("none")) || text_starts_with(rest, TEXT("hidden")) ||
                text_starts_with(rest, TEXT("collapse")) || text_starts_with(rest, TEXT("trans")) ||
                text_starts_with(rest, TEXT("scale(0")) || text_starts_with(rest, TEXT("rect")) ||
                text_starts_with(rest, TEXT("0")) || text_starts_with(rest, TEXT("-")))
                return false;
        }
    }
    return true;
}

/* The attribute as HTML has it, in words; empty: it is left out. False: it stays. */
static bool rewrite(struct mdx *mdx, const struct jsx_attribute *attribute)
{
    static const char *const looks[] = {"key", "className", "class", "ref"};
    struct buffer *words = &mdx->words;
    text name = attribute->name;
    buffer_clear(words);
    if (text_equal_c(name, "className") && !attribute->in_braces) {
        buffer_printf(words, "class=\"%.*s\"", TEXT_ARGUMENTS(attribute->value));
        return true;
    }
    bool is_bound = byte_at(name, 0) == ':' && !attribute->in_braces;
    if (!attribute->in_braces && !is_bound)
        return false;
    if (text_equal_c(name, "style"))
        return is_look(attribute->value);
    if (is_bound)
        name = text_slice(name, 1, name.length);
    buffer_add_text(words, name);
    buffer_add_c(words, "=\"");
    if (value_of(attribute->value, words)) {
        buffer_add_byte(words, '"');
        return true;
    }
    buffer_clear(words);
    return TEXT_IS_AMONG(name, looks);
}

/* The end of the tag at the offset, behind its ">". 0: it is none; *stop: how far was looked. */
static size_t tag_end(text words, size_t at, size_t *stop)
{
    size_t offset = skip_name(words, at + 1);
    while (byte_at(words, offset) == '.' || byte_at(words, offset) == '-')
        offset = skip_name(words, offset + 1);
    struct jsx_attribute attribute;
    while (next_attribute(words, &offset, &attribute))
        ;
    offset = skip_spaces(words, offset);
    *stop = offset;
    offset += byte_at(words, offset) == '/';
    return byte_at(words, offset) == '>' ? offset + 1 : 0;
}

/* The offset behind the tag, or behind what was looked at in vain. */
static size_t read_tag(struct mdx *mdx, size_t at)
{
    text words = text_slice(source_of(mdx), 0, at + LONGEST_TAG);
    size_t stop, end = tag_end(words, at, &stop), offset = skip_name(words, at + 1);
    if (end == 0)
        return stop > at ? stop : at + 1;
    struct jsx_attribute attribute;
    while (next_attribute(text_slice(words, 0, end), &offset, &attribute)) {
        text made;
        if (!rewrite(mdx, &attribute) ||
            (made = buffer_text(&mdx->words)).length > attribute.to - attribute.from)
            continue;
        blank(mdx, attribute.from, attribute.to);
        if (made.length) /* spaces go behind it */
            memcpy(mdx->reader->source + attribute.from, made.bytes, made.length);
    }
    return end;
}

/* What a program would put into the text in place of a name of its own. */
static void report_name(struct mdx *mdx, size_t at)
{
    text source = source_of(mdx);
    size_t end = skip_name(source, at + 1);
    text word = text_slice(source, at + 1, end);
    for (size_t i = 0; i < mdx->name_count; i++) {
        if (!text_equal(mdx->names[i], word))
            continue;
        notation_report(mdx->reader, NOTATION_MDX_VALUE, reader_span(mdx->reader, at, end));
        return;
    }
}

static void read_line(struct mdx *mdx, const struct code_lines *lines, size_t from, size_t to)
{
    text source = source_of(mdx);
    from = lines->words > from ? lines->words : from;
    for (size_t at = from > mdx->resume ? from : mdx->resume; at < to;) {
        char c = source.bytes[at], next = byte_at(source, at + 1);
        size_t end = 0, behind = code_lines_skip(lines, source, to, at);
        if (behind > at)
            end = behind;
        else if (c == '{' && next == '/' && byte_at(source, at + 2) == '*')
            end = read_comment(mdx, at);
        else if (c == '<' && text_is_ascii_letter(next))
            end = read_tag(mdx, at);
        else if (c == '{' && is_name(next) && at && source.bytes[at - 1] != '=')
            report_name(mdx, at);
        at = end ? end : at + 1;
        mdx->resume = at;
    }
}

void read_mdx(struct reader *reader)
{
    static const char *const signs[] = {
        "={", "{/*", "className=", "\nimport ", "\nexport ", "withBase("};
    text body =
        text_slice(reader_source(reader), reader->body - (reader->body > 0), reader->length);
    if (!text_starts_with(body, TEXT("import ")) && !text_starts_with(body, TEXT("export ")) &&
        !TEXT_HOLDS_ANY(body, signs))
        return;
    struct mdx mdx = {.reader = reader};
    buffer_init(&mdx.words, LONGEST_TAG);
    read_statements(&mdx);
    struct source_lines lines = SOURCE_LINES(reader_source(reader), reader->body, CODE_LINES_BEGIN);
    while (source_lines_next(&lines)) {
        if (lines.kind == LINE_WORDS)
            read_line(&mdx, &lines.code, lines.from, lines.to);
    }
    buffer_release(&mdx.words);
}

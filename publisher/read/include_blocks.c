/* Notations of includes that have several lines: MyST's directives, cells of code that stand for
   another file, and the imports of MDX. */
#include "read/code_cells.h"
#include "read/directives.h"
#include "read/includes.h"

#include <string.h>

enum { LONGEST_BLOCK = 8000 /* bytes */ };

static text line_at(text bytes, size_t from, size_t *end)
{
    size_t newline = text_find_byte(bytes, '\n', from);
    *end = newline == SIZE_MAX ? bytes.length : newline;
    return text_slice(bytes, from, *end);
}

/* The length of the fence at the beginning; 0: none. */
static size_t fence_length(text line)
{
    size_t length = 0;
    char c = line.length ? line.bytes[0] : '\0';
    while ((c == '`' || c == '~' || c == ':') && length < line.length && line.bytes[length] == c)
        length++;
    return length >= 3 ? length : 0;
}

static bool closes(text line, char sign, size_t length)
{
    line = text_trim(line);
    while (line.length && line.bytes[0] == '>')
        line = text_trim(text_slice(line, 1, line.length));
    return fence_length(line) >= length && line.bytes[0] == sign &&
           fence_length(line) == line.length;
}

/* directives */

static bool is_one_of(text key, const char *first, const char *second)
{
    return text_equal_c(key, first) || text_equal_c(key, second);
}

static bool take_number(text value, long *number)
{
    unsigned long found;
    bool is_less = text_starts_with(value, TEXT("-"));
    if (!text_to_number(text_slice(value, is_less, value.length), 1000000, &found))
        return false;
    *number = is_less ? -(long)found : (long)found;
    return true;
}

/* `start-line` counts from 0 and is read; `end-line` is not. From the end where they are less. */
static bool take_lines_option(struct include_request *request, text key, text value)
{
    long number;
    if (!take_number(value, &number) || (number < 0 && text_equal_c(key, "start-line")))
        return false;
    struct include_lines *lines = &request->lines[0];
    if (request->line_count == 0)
        *lines = (struct include_lines){1, 0};
    request->line_count = 1;
    if (text_equal_c(key, "start-line")) {
        lines->first = (unsigned long)number + 1;
    } else {
        if (number == 0)
            return false;
        request->counts_from_end = number < 0;
        lines->last = (unsigned long)(number < 0 ? -number : number);
    }
    return true;
}

/* Options of both directives; what only a page's looks depend on is passed over. */
static void take_option(struct include_request *request, struct arena *arena, text key, text value)
{
    static const char *const refused[] = {"parser", "pyobject", "diff",
                                          "filter", "prepend",  "append"};
    value = option_value(arena, value);
    if (text_equal_c(key, "start-line") || text_equal_c(key, "end-line")) {
        if (!take_lines_option(request, key, value))
            include_refuse(request, "the number of its line cannot be told",
                           "write :start-line: 2 or :end-line: 10");
    } else if (text_equal_c(key, "lines")) {
        if (!include_parse_lines(request, value, '-'))
            include_refuse(request, "its lines cannot be told", "write :lines: 2-4,6");
    } else if (is_one_of(key, "start-after", "start-at")) {
        request->after = value;
        request->keeps_after = text_equal_c(key, "start-at");
    } else if (is_one_of(key, "end-before", "end-at")) {
        request->before = value;
        request->keeps_before = text_equal_c(key, "end-at");
    } else if (text_equal_c(key, "heading-offset")) {
        take_number(value, &request->deeper);
    } else if (text_equal_c(key, "relative-images") || text_equal_c(key, "relative-docs")) {
        request->form = INCLUDE_IMPORT; /* what the file names lies beside it */
    } else if (is_one_of(key, "literal", "code") || is_one_of(key, "language", "lang")) {
        request->is_code = true;
        request->language = value;
    } else if (text_equal_c(key, "caption")) {
        request->title = value;
    } else if (text_equal_c(key, "dedent")) {
        long number = 0;
        request->dedent = take_number(value, &number) ? (size_t)number : SIZE_MAX;
    }
    bool is_myst = text_equal_c(key, "parser") && text_find(value, TEXT("myst"), 0) != SIZE_MAX;
    for (size_t i = 0; i < sizeof refused / sizeof *refused && !is_myst; i++) {
        if (text_equal_c(key, refused[i]))
            include_refuse(request, "an option of it asks for a program",
                           "take the option out, or write here what it would show");
    }
}

/* "key: value" or ":key: value"; false: it is none. */
static bool parse_option(text line, text *key, text *value)
{
    size_t from = line.length && line.bytes[0] == ':', colon = text_find_byte(line, ':', from);
    if (colon == SIZE_MAX || colon == from)
        return false;
    *key = text_slice(line, from, colon);
    *value = text_trim(text_slice(line, colon + 1, line.length));
    return text_find_byte(*key, ' ', 0) == SIZE_MAX;
}

static bool find_directive(const struct include_place *place, size_t at, size_t length,
                           struct include_request *request)
{
    text line = text_slice(place->bytes, at, place->to), name, key, value;
    size_t behind = directive_name(line, length, &name);
    bool is_code = behind && text_equal_c(name, "literalinclude");
    if (!is_code && !(behind && text_equal_c(name, "include")))
        return false;
    text path = text_trim(text_slice(line, behind, line.length));
    *request = (struct include_request){.form = INCLUDE_DIRECTIVE, .from = at, .path_count = 1};
    request->paths[0] = path;
    request->is_code = is_code;
    size_t option_column = SIZE_MAX;
    bool is_caption = false;
    for (size_t next = place->to + 1, end; next < place->bytes.length; next = end + 1) {
        text words = text_trim(line_at(place->bytes, next, &end));
        if (closes(words, line.bytes[0], length)) {
            request->to = end;
            if (is_code && request->language.length == 0)
                request->language = include_language(path);
            return true;
        }
        if (end > at + LONGEST_BLOCK)
            return false;
        while (words.length && words.bytes[0] == '>')
            words = text_trim(text_slice(words, 1, words.length));
        size_t column = words.length ? (size_t)(words.bytes - place->bytes.bytes) - next : 0;
        bool goes_on = column > option_column; /* the words of an option do */
        if (parse_option(words, &key, &value)) {
            take_option(request, place->arena, key, value);
            option_column = column;
            is_caption = text_equal_c(key, "caption");
        } else if (words.length && goes_on && is_caption) {
            request->title = arena_printf(place->arena, "%.*s %.*s", TEXT_ARGUMENTS(request->title),
                                          TEXT_ARGUMENTS(words));
        } else if (words.length && !goes_on && words.bytes[0] != '#' &&
                   !text_equal_c(words, "---")) {
            include_refuse(request, "words stand in its directive, and no program shows them",
                           "take them out, or write them behind it");
        }
    }
    return false;
}

/* cells of code */

/* `"x"` or `c("x", "y")`; false: a program must be asked. */
static bool take_children(struct include_request *request, text value)
{
    bool is_list = text_starts_with(value, TEXT("c("));
    size_t at = is_list ? 2 : 0;
    while (at < value.length && request->path_count < INCLUDE_MOST_FILES) {
        while (at < value.length && strchr(" ,", value.bytes[at]))
            at++;
        if (at < value.length && is_list && value.bytes[at] == ')')
            return request->path_count > 0;
        if (at >= value.length || !strchr("\"'", value.bytes[at]))
            return false;
        at = include_parse_word(value, at, &request->paths[request->path_count]);
        if (!at)
            return false;
        request->path_count++;
        if (!is_list)
            return true;
    }
    return false;
}

/* What stands behind `key=` or `key:`; false: nothing does. */
static bool find_value(text words, text key, text *value)
{
    for (size_t at = text_find(words, key, 0); at != SIZE_MAX; at = text_find(words, key, at + 1)) {
        size_t next = at + key.length;
        bool begins = at == 0 || strchr(" ,|", words.bytes[at - 1]);
        while (next < words.length && words.bytes[next] == ' ')
            next++;
        if (!begins || next >= words.length || !strchr("=:", words.bytes[next]))
            continue;
        *value = text_trim(text_slice(words, next + 1, words.length));
        return true;
    }
    return false;
}

/* Whether a cell with such an option `eval` shows its child; what a program works out is refused.
 */
static bool is_shown(struct include_request *request, text eval)
{
    static const char *const no[] = {"FALSE", "F", "false", "False"};
    static const char *const yes[] = {"TRUE", "T", "true", "True"};
    eval = text_trim(text_slice(eval, 0, text_find_byte(eval, ',', 0)));
    if (TEXT_IS_AMONG(eval, no) || TEXT_IS_AMONG(eval, yes))
        return TEXT_IS_AMONG(eval, yes);
    include_refuse(request, "a program works out whether it is shown",
                   "write eval=TRUE or eval=FALSE");
    return true;
}

static bool find_cell(const struct include_place *place, size_t at, size_t length,
                      struct include_request *request)
{
    text line = text_slice(place->bytes, at, place->to), language, options, value;
    text eval = TEXT_EMPTY;
    text info = text_trim(text_slice(line, length, line.length));
    if (line.bytes[0] == ':' || !cell_find(info, &language, &options))
        return false;
    bool has_child = find_value(options, TEXT("child"), &value);
    text value_here;
    bool has_eval = find_value(options, TEXT("eval"), &eval);
    *request = (struct include_request){.form = INCLUDE_CHILD, .from = at};
    for (size_t next = place->to + 1, end; next < place->bytes.length; next = end + 1) {
        text words = text_trim(line_at(place->bytes, next, &end));
        if (closes(words, line.bytes[0], length)) {
            request->to = end;
            if (!has_child || (has_eval && !is_shown(request, eval)))
                return false;
            if (!take_children(request, value))
                include_refuse(request, "a program works out which file it is",
                               "write the name of the file: child=\"part.Rmd\"");
            if (request->refused) {
                request->paths[0] = value;
                request->path_count = 1;
            }
            return true;
        }
        if (end > at + LONGEST_BLOCK)
            return false;
        bool is_option = text_starts_with(words, TEXT("#|"));
        if (is_option && find_value(words, TEXT("eval"), &value_here)) {
            has_eval = true;
            eval = value_here;
        } else if (is_option && !has_child && find_value(words, TEXT("child"), &value)) {
            has_child = true;
            if (value.length && !strchr("\"'c", value.bytes[0]))
                value = arena_printf(place->arena, "\"%.*s\"", TEXT_ARGUMENTS(value));
        }
    }
    return false;
}

bool include_find_block(const struct include_place *place, size_t at,
                        struct include_request *request)
{
    size_t length = fence_length(text_slice(place->bytes, at, place->to));
    size_t next = at + length;
    while (next < place->to && place->bytes.bytes[next] == ' ')
        next++;
    return !place->is_code && length && next < place->to && place->bytes.bytes[next] == '{' &&
           (find_directive(place, at, length, request) || find_cell(place, at, length, request));
}

/* imports */

void include_find_names(text bytes, struct include_names *names)
{
    struct source_lines lines = SOURCE_LINES(bytes, 0, CODE_LINES_BEGIN);
    names->count = 0;
    if (text_find(bytes, TEXT("import "), 0) == SIZE_MAX)
        return;
    while (source_lines_next(&lines)) {
        text line = lines.line;
        bool is_import = lines.kind == LINE_WORDS && text_starts_with(line, TEXT("import "));
        size_t from = is_import ? text_find(line, TEXT(" from "), 0) : SIZE_MAX;
        if (from == SIZE_MAX || names->count == sizeof names->rows / sizeof *names->rows)
            continue;
        text name = text_trim(text_slice(line, strlen("import "), from)), path;
        size_t quote = from + strlen(" from ");
        bool is_name = name.length && name.bytes[0] >= 'A' && name.bytes[0] <= 'Z';
        for (size_t i = 0; i < name.length; i++)
            is_name = is_name && (text_is_ascii_letter(name.bytes[i]) || name.bytes[i] == '_' ||
                                  byte_is_digit(name.bytes[i]));
        if (!is_name || quote >= line.length || !strchr("\"'", line.bytes[quote]) ||
            !include_parse_word(line, quote, &path) ||
            !(text_ends_with(path, TEXT(".mdx")) || text_ends_with(path, TEXT(".md"))))
            continue;
        names->rows[names->count].name = name;
        names->rows[names->count++].path = path;
    }
}

/* The options of a code cell: in its braces as knitr has them (`{r plot, echo=FALSE}`), in lines of
   comments at its head as Quarto has them (`#| echo: false`), and in YAML as MyST has them. */
#include "read/code_cells.h"

#include "base/buffer.h"
#include "base/yaml.h"

#include <string.h>

static bool is_word(char c)
{
    return text_is_ascii_alphanumeric(c) || c == '-' || c == '_' || c == '.';
}

/* what is run */

static const struct {
    const char *engine, *language;
} engines[] = {
    {"r", "r"},
    {"python", "python"},
    {"python3", "python"},
    {"ipython3", "python"},
    {"julia", "julia"},
    {"ojs", "js"},
    {"js", "js"},
    {"node", "js"},
    {"bash", "bash"},
    {"sh", "sh"},
    {"zsh", "zsh"},
    {"sql", "sql"},
    {"stata", "stata"},
    {"sas", "sas"},
    {"stan", "stan"},
    {"rcpp", "cpp"},
    {"css", "css"},
    {"scss", "scss"},
    {"octave", "octave"},
    {"perl", "perl"},
    {"ruby", "ruby"},
    {"awk", "awk"},
    {"c", "c"},
    {"fortran", "fortran"},
    {"go", "go"},
    {"haskell", "haskell"},
    {"scala", "scala"},
    {"powershell", "powershell"},
    {"webr", "r"},
    {"webr-r", "r"},
    {"pyodide", "python"},
    {"pyodide-python", "python"},
};

static text language_of(text engine)
{
    for (size_t i = 0; i < sizeof engines / sizeof *engines; i++) {
        if (text_equal_ignoring_case(engine, text_from_c(engines[i].engine)))
            return text_from_c(engines[i].language);
    }
    return TEXT_EMPTY;
}

bool cell_find(text info, text *language, text *options)
{
    size_t close = info.length;
    while (close && info.bytes[close - 1] != '}')
        close--;
    if (close == 0 || info.bytes[0] != '{')
        return false;
    size_t end = 1;
    while (end < close && is_word(info.bytes[end]))
        end++;
    text name = text_slice(info, 1, end);
    char after = info.bytes[end];
    if (after != '}' && after != ' ' && after != ',' && after != '\t')
        return false;
    *options = text_trim(text_slice(info, end, close - 1));
    if (text_equal_c(name, "code-cell")) {
        text kernel = text_trim(text_slice(info, close, info.length));
        *language = language_of(kernel);
        return true;
    }
    *language = language_of(name);
    return language->length > 0;
}

/* values */

static bool is_false(text value)
{
    static const char *const words[] = {"false", "f", "no", "off", "hide", "none"};
    return TEXT_IS_AMONG_IGNORING_CASE(value, words);
}

static bool is_true(text value)
{
    static const char *const words[] = {"true", "t", "yes", "on", "asis", "markup", "fenced"};
    return TEXT_IS_AMONG_IGNORING_CASE(value, words);
}

static void set_flag(bool *hides, text value)
{
    if (is_false(value))
        *hides = true;
    else if (is_true(value))
        *hides = false;
}

/* MyST and Jupyter name by tags what is left out. */
static void set_tag(struct cell_options *options, text tag)
{
    if (text_equal_c(tag, "remove-input") || text_equal_c(tag, "remove_input"))
        options->hides_code = true;
    else if (text_equal_c(tag, "remove-output") || text_equal_c(tag, "remove_output"))
        options->hides_output = true;
    else if (text_equal_c(tag, "remove-cell") || text_equal_c(tag, "remove_cell"))
        options->hides_all = true;
    else if (text_equal_c(tag, "skip-execution"))
        options->is_not_run = true;
}

/* fig.cap is fig-cap; both spellings are one key. */
static bool is_key(text key, const char *name)
{
    size_t length = strlen(name);
    for (size_t i = 0; i < length && key.length == length; i++) {
        char c = key.bytes[i] == '.' || key.bytes[i] == '_' ? '-' : key.bytes[i];
        if (c != name[i])
            return false;
    }
    return key.length == length;
}

void cell_set_option(struct cell_options *options, text key, text value)
{
    if (is_key(key, "echo"))
        set_flag(&options->hides_code, value);
    else if (is_key(key, "include"))
        set_flag(&options->hides_all, value);
    else if (is_key(key, "eval"))
        set_flag(&options->is_not_run, value);
    else if (is_key(key, "output") || is_key(key, "results") || is_key(key, "fig-show"))
        set_flag(&options->hides_output, value);
    else if (is_key(key, "tags"))
        set_tag(options, value);
    else if (is_key(key, "child"))
        options->has_child = true;
    else if (is_key(key, "label") || is_key(key, "name"))
        options->label = value;
}

static struct cell_words *caption_of(struct cell_options *options, text key)
{
    return is_key(key, "fig-cap")                         ? &options->figure
           : is_key(key, "tbl-cap")                       ? &options->table
           : is_key(key, "lst-cap")                       ? &options->listing
           : is_key(key, "fig-alt") || is_key(key, "alt") ? &options->alternative
                                                          : NULL;
}

/* knitr's braces */

/* The offset of the comma that ends the option, or of the end. */
static size_t end_of_option(text words, size_t from)
{
    int depth = 0;
    char quote = '\0';
    for (size_t i = from; i < words.length; i++) {
        char c = words.bytes[i];
        if (c == '\\' && quote)
            i++;
        else if (quote)
            quote = c == quote ? '\0' : quote;
        else if (c == '"' || c == '\'')
            quote = c;
        else if (c == '(' || c == '[' || c == '{')
            depth++;
        else if (c == ')' || c == ']' || c == '}')
            depth--;
        else if (c == ',' && depth <= 0)
            return i;
    }
    return words.length;
}

/* The number of a character, `\u00e9` or `\u{e9}`, as at most so many hexadecimal digits; *at: the
   offset behind them. False: there are none. */
static bool read_number(text words, size_t *at, unsigned most, uint32_t *number)
{
    bool is_braced = *at < words.length && words.bytes[*at] == '{';
    size_t from = *at + is_braced, end = from;
    *number = 0;
    for (int digit; end < words.length && end - from < most &&
                    (digit = byte_hexadecimal(words.bytes[end])) >= 0;
         end++)
        *number = *number * 16 + (uint32_t)digit;
    if (end == from || (is_braced && (end == words.length || words.bytes[end] != '}')))
        return false;
    *at = end + is_braced;
    return true;
}

static bool is_character(uint32_t number)
{
    return number >= ' ' && number != 0x7F && number <= 0x10FFFF &&
           !(number >= 0xD800 && number <= 0xDFFF);
}

/* Without its quotes, and what a backslash made plain: the escapes of R. */
static text unquoted(struct arena *arena, text value)
{
    if (value.length < 2 || (value.bytes[0] != '"' && value.bytes[0] != '\'') ||
        value.bytes[value.length - 1] != value.bytes[0])
        return value;
    text inside = text_slice(value, 1, value.length - 1);
    struct buffer words;
    buffer_init(&words, inside.length + 1);
    for (size_t at = 0; at < inside.length;) {
        char c = inside.bytes[at++];
        if (c != '\\' || at == inside.length) {
            buffer_add_byte(&words, c);
            continue;
        }
        c = inside.bytes[at++];
        uint32_t number;
        if ((c == 'u' || c == 'U') && read_number(inside, &at, c == 'u' ? 4 : 8, &number))
            buffer_add_code_point(&words, is_character(number) ? number : 0xFFFD);
        else
            buffer_add_byte(&words, c == 'n' ? '\n' : c == 't' ? ' ' : c);
    }
    text kept = arena_copy(arena, buffer_text(&words));
    buffer_release(&words);
    return kept;
}

/* Where the words stand in the line: their first bytes are looked for. */
static uint32_t column_of(const struct reader *reader, uint32_t line, text words)
{
    enum { COMPARED = 24 };
    size_t end = 0;
    while (end < words.length && end < COMPARED && !strchr("\n\"'\\", words.bytes[end]))
        end++;
    text begin = text_slice(words, 0, end);
    size_t at = begin.length ? text_find(reader_line(reader, line), begin, 0) : SIZE_MAX;
    return at == SIZE_MAX ? 1 : (uint32_t)at + 1;
}

static void set_words(const struct reader *reader, struct cell_options *options, text key,
                      text value, uint32_t line)
{
    struct cell_words *words = caption_of(options, key);
    if (words)
        *words =
            (struct cell_words){text_trim(value), line, column_of(reader, line, text_trim(value))};
    else
        cell_set_option(options, key, value);
}

static void read_braces(const struct reader *reader, text words, uint32_t line,
                        struct cell_options *options)
{
    bool is_first = true;
    for (size_t from = 0, end = 0; from < words.length; from = end + 1) {
        end = end_of_option(words, from);
        text option = text_trim(text_slice(words, from, end));
        size_t equals = text_find_byte(option, '=', 0);
        /* the label is a word, and behind it may stand an option without a comma between */
        size_t space = text_find_byte(option, ' ', 0);
        if (is_first && option.length && (equals == SIZE_MAX || space < equals)) {
            text label = text_slice(option, 0, space);
            bool is_label = text_find_byte(label, '"', 0) == SIZE_MAX;
            text rest = text_trim(text_slice(option, label.length, option.length));
            if (is_label && (rest.length == 0 || rest.bytes[0] != '=')) {
                options->label = label;
                option = rest;
                equals = text_find_byte(option, '=', 0);
            }
        }
        is_first = is_first && option.length == 0;
        if (equals != SIZE_MAX)
            set_words(
                reader, options, text_trim(text_slice(option, 0, equals)),
                unquoted(reader->arena, text_trim(text_slice(option, equals + 1, option.length))),
                line);
    }
}

void cell_read_defaults(text code, struct cell_options *defaults)
{
    text begin = TEXT("opts_chunk$set(");
    size_t at = text_find(code, begin, 0);
    if (at == SIZE_MAX)
        return;
    text words = text_slice(code, at + begin.length, code.length);
    for (size_t from = 0, end = 0; from < words.length; from = end + 1) {
        end = end_of_option(words, from);
        text option = text_trim(text_slice(words, from, end));
        size_t equals = text_find_byte(option, '=', 0), close = text_find_byte(option, ')', 0);
        bool is_last = close != SIZE_MAX && text_find_byte(option, '(', 0) == SIZE_MAX;
        if (equals == SIZE_MAX)
            break;
        text value = text_trim(text_slice(option, equals + 1, is_last ? close : option.length));
        bool is_quoted = value.length > 1 && (value.bytes[0] == '"' || value.bytes[0] == '\'');
        text key = text_trim(text_slice(option, 0, equals));
        if (!is_key(key, "label"))
            cell_set_option(defaults, key,
                            is_quoted ? text_slice(value, 1, value.length - 1) : value);
        if (is_last)
            break;
    }
}

/* lines at the head of the code */

static text first_line(text code)
{
    return text_slice(code, 0, text_find_byte(code, '\n', 0));
}

static text after_line(text code, text line)
{
    return text_slice(code, line.length + 1, code.length);
}

/* The sign of a comment and a bar: what stands behind them; false: no line of options. */
static bool option_line(text line, text *rest)
{
    static const char *const marks[] = {"#|", "//|", "--|", "%%|", "%|", "\"|"};
    line = text_slice(line, 0, line.length);
    for (size_t i = 0; i < sizeof marks / sizeof *marks; i++) {
        text mark = text_from_c(marks[i]);
        if (text_starts_with(line, mark)) {
            *rest = text_slice(line, mark.length, line.length);
            if (rest->length && rest->bytes[0] == ' ')
                *rest = text_slice(*rest, 1, rest->length);
            return true;
        }
    }
    return false;
}

/* MyST's lines `:tags: [hide-input]`. */
static bool field_line(text line, text *rest)
{
    size_t end = 1;
    while (end < line.length && is_word(line.bytes[end]))
        end++;
    if (line.length < 3 || line.bytes[0] != ':' || end < 2 || end >= line.length ||
        line.bytes[end] != ':')
        return false;
    *rest = text_slice(line, 1, line.length);
    return true;
}

/* Empty ones count too: the letters of those after them go by it. */
static void add_part(const struct reader *reader, struct cell_options *options, text words,
                     uint32_t line)
{
    ARENA_GROW(reader->arena, options->parts, options->part_count, options->part_capacity);
    options->parts[options->part_count++] =
        (struct cell_words){words, line, column_of(reader, line, words)};
}

static void set_yaml(const struct reader *reader, struct cell_options *options,
                     const struct yaml_value *value, uint32_t line)
{
    line += (uint32_t)value->place.line;
    if (value->kind == YAML_SCALAR) {
        bool is_block =
            value->place.end_line > value->place.line && value->scalar.length &&
            text_find(reader_line(reader, line), text_slice(value->scalar, 0, 8), 0) == SIZE_MAX;
        set_words(reader, options, value->key, value->scalar, line + is_block);
        return;
    }
    bool is_parts = is_key(value->key, "fig-subcap");
    for (const struct yaml_value *item = value->first; item; item = item->next) {
        uint32_t at = line - (uint32_t)value->place.line + (uint32_t)item->place.line;
        if (item->kind == YAML_SCALAR && is_key(value->key, "tags"))
            set_tag(options, item->scalar);
        else if (item->kind == YAML_SCALAR && is_parts)
            add_part(reader, options, text_trim(item->scalar), at);
    }
}

static bool read_yaml(const struct reader *reader, text yaml, uint32_t line,
                      struct cell_options *options)
{
    const char *why;
    struct yaml_place place;
    const struct yaml_value *top = yaml_read(reader->arena, yaml, &why, &place);
    if (why || (top && top->kind != YAML_MAPPING))
        return false;
    for (const struct yaml_value *value = top ? top->first : NULL; value; value = value->next)
        set_yaml(reader, options, value, line);
    return true;
}

/* MyST: YAML between two lines of hyphens. */
static bool read_fenced(const struct reader *reader, text *code, uint32_t line,
                        struct cell_options *options)
{
    text rest = after_line(*code, first_line(*code));
    size_t end = text_starts_with(rest, TEXT("---\n")) ? 0 : text_find(rest, TEXT("\n---\n"), 0);
    if (end == SIZE_MAX && text_ends_with(text_trim(rest), TEXT("\n---")))
        end = text_trim(rest).length - 4;
    if (end == SIZE_MAX)
        return false;
    text yaml = text_slice(rest, 0, end);
    *code = text_slice(rest, end + (end ? 5 : 4), rest.length);
    return read_yaml(reader, yaml, line + 1, options);
}

/* The offset of the first call that makes a table; SIZE_MAX: none. */
static size_t find_table(text code)
{
    static const char *const calls[] = {"kable(", "kbl(", "apa_table(", "xtable(", "pander("};
    size_t first = SIZE_MAX;
    for (size_t i = 0; i < sizeof calls / sizeof *calls; i++) {
        size_t at = text_find(code, text_from_c(calls[i]), 0);
        first = at < first ? at : first;
    }
    return first;
}

/* With spaces in place of comments, so that offsets stay. */
static text without_comments(struct arena *arena, text code)
{
    char *bytes = arena_copy_c(arena, code), quote = '\0';
    bool in_comment = false;
    for (size_t i = 0; i < code.length; i++) {
        char c = bytes[i];
        if (c == '\n')
            in_comment = false;
        else if (in_comment)
            bytes[i] = ' ';
        else if (quote)
            quote = c == quote ? '\0' : quote;
        else if (c == '"' || c == '\'' || c == '`')
            quote = c;
        else if (c == '#')
            in_comment = true;
        if (c == '\\' && quote && i + 1 < code.length)
            i++;
    }
    return (text){bytes, code.length};
}

/* Where the offset lies in the code of a cell: a line of code may stand indented in the article. */
static struct cell_words words_at(const struct reader *reader, const struct cell_source *source,
                                  size_t offset, text words)
{
    uint32_t line = source->line + 1;
    size_t start = 0;
    for (size_t i = 0; i < offset; i++) {
        if (source->code.bytes[i] == '\n') {
            line++;
            start = i + 1;
        }
    }
    text rest = text_slice(source->code, offset, source->code.length);
    rest = text_slice(rest, 0, text_find_byte(rest, '\n', 0));
    text whole = reader_line(reader, line);
    size_t column = text_ends_with(whole, rest) ? whole.length - rest.length : offset - start;
    return (struct cell_words){words, line, (uint32_t)column + 1};
}

void cell_find_caption(const struct reader *reader, const struct cell_source *source,
                       struct cell_options *options)
{
    if (options->label.length == 0 || options->table.words.length ||
        find_table(source->code) == SIZE_MAX)
        return;
    text code = without_comments(reader->arena, source->code), sign = TEXT("caption");
    size_t call = find_table(code), end;
    size_t at = call == SIZE_MAX ? call : text_find(code, sign, call), from = at + sign.length;
    if (at == SIZE_MAX)
        return;
    while (from < code.length && strchr(" =", code.bytes[from]))
        from++;
    char quote = from < code.length ? code.bytes[from] : '\0';
    if (quote != '"' && quote != '\'')
        return;
    for (end = from + 1; end < code.length && code.bytes[end] != quote; end++)
        end += code.bytes[end] == '\\';
    text words = end < code.length ? text_slice(code, from, end + 1) : TEXT_EMPTY;
    words = text_trim(unquoted(reader->arena, words));
    if (words.length == 0 || text_starts_with(words, TEXT("(ref:")) ||
        text_find_byte(words, '%', 0) != SIZE_MAX)
        return;
    for (from++; from < end && text_is_blank(text_slice(code, from, from + 1));)
        from++;
    options->table = words_at(reader, source, from, words);
    options->is_captioned_by_code = true;
}

/* Behind options stand blank lines that belong to nobody. */
static text without_blank_lines(text code)
{
    while (code.length && text_is_blank(first_line(code)))
        code = after_line(code, first_line(code));
    return code;
}

text cell_read_options(const struct reader *reader, const struct cell_source *source, text words,
                       struct cell_options *options, uint32_t *fault)
{
    text code = source->code, rest;
    uint32_t line = source->line + 1;
    *fault = 0;
    read_braces(reader, words, source->line, options);
    if (text_equal_c(text_trim(first_line(code)), "---")) {
        *fault = read_fenced(reader, &code, line, options) ? 0 : line;
        return without_blank_lines(code);
    }
    struct buffer yaml;
    buffer_init(&yaml, code.length + 1);
    while (option_line(first_line(code), &rest) || field_line(first_line(code), &rest)) {
        size_t equals = text_find_byte(rest, '=', 0), colon = text_find_byte(rest, ':', 0);
        bool is_knitr = equals != SIZE_MAX && colon > equals && yaml.length == 0;
        if (is_knitr) {
            read_braces(reader, rest, line, options);
            line++;
        } else {
            /* what a program works out is not known: `echo: !expr knitr::is_html_output()` */
            bool is_program =
                colon != SIZE_MAX &&
                text_starts_with(text_trim(text_slice(rest, colon, rest.length)), TEXT(": !expr "));
            buffer_add_text(&yaml, is_program ? TEXT("#") : rest);
            buffer_add_byte(&yaml, '\n');
        }
        code = after_line(code, first_line(code));
    }
    if (yaml.length &&
        !read_yaml(reader, arena_copy(reader->arena, buffer_text(&yaml)), line, options))
        *fault = line;
    buffer_release(&yaml);
    return without_blank_lines(code);
}

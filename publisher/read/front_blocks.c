/* The notations in which people write front matter, and where it ends: YAML between two lines of
   hyphens; TOML between two lines of plus signs (Hugo, Zola); an object of JSON (Hugo); pandoc's
   title block, of lines that begin with a per cent sign; lines "Key: value" up to the first blank
   line (MultiMarkdown, MkDocs, Pelican). All become the values that YAML gives; what the keys mean
   does not depend on the notation. */
#include "base/buffer.h"
#include "base/limits.h"
#include "base/toml.h"
#include "read/front.h"
#include "read/passes.h"

#include <string.h>

static text line_at(const struct reader *reader, uint32_t number)
{
    text line = reader_line(reader, number);
    return number == 1 ? text_slice(line, reader->body, line.length) : line;
}

static text without_end(text line)
{
    while (line.length && strchr(" \t\r", line.bytes[line.length - 1]))
        line.length--;
    return line;
}

/* between two lines */

static bool is_yaml_end(text line)
{
    return text_equal_c(line, "---") || text_equal_c(line, "...");
}

static bool is_toml_end(text line)
{
    return text_equal_c(line, "+++");
}

static void parse_toml(struct arena *arena, text toml, struct front_block *block)
{
    block->notation = "TOML";
    block->hint = "write lines such as title = \"Water for everyone\"";
    block->top = toml_read(arena, toml, &block->why, &block->place);
}

static const struct {
    const char *opens;
    bool (*is_end)(text line);
    void (*parse)(struct arena *arena, text words, struct front_block *block);
    const char *hint;
} fences[] = {
    {"---", is_yaml_end, front_parse_yaml, "end it with a line of three hyphens"},
    {"+++", is_toml_end, parse_toml, "end it with a line of three plus signs"},
};

static bool find_fenced(struct reader *reader, struct front_block *block)
{
    size_t i = 0, count = sizeof fences / sizeof *fences;
    while (i < count && !text_equal_c(without_end(line_at(reader, 1)), fences[i].opens))
        i++;
    if (i == count)
        return false;
    uint32_t last = 2;
    while (last <= reader->line_count && !fences[i].is_end(without_end(reader_line(reader, last))))
        last++;
    size_t from = reader->line_starts[1];
    block->first_line = 2;
    block->line_count = last;
    block->hint = fences[i].hint;
    if (last > reader->line_count)
        block->unended = "the front matter does not end";
    else if (reader->line_starts[last - 1] - from > LIMIT_FRONT_MATTER_BYTES)
        block->unended = "the front matter is larger than 256 KB";
    else
        fences[i].parse(reader->arena,
                        (text){reader->source + from, reader->line_starts[last - 1] - from}, block);
    return true;
}

/* an object */

/* The offset behind the brace that ends the one at the offset, or 0. */
static size_t end_of_object(text source, size_t at)
{
    size_t depth = 0;
    bool in_words = false;
    for (size_t i = at; i < source.length; i++) {
        char c = source.bytes[i];
        if (in_words && c == '\\')
            i++;
        else if (c == '"')
            in_words = !in_words;
        else if (!in_words && c == '{')
            depth++;
        else if (!in_words && c == '}' && --depth == 0)
            return i + 1;
    }
    return 0;
}

/* Four hexadecimal digits behind `\u` at the offset; UINT32_MAX: it is none. */
static uint32_t escape_at(text words, size_t at)
{
    uint32_t code = 0;
    if (at + 6 > words.length || words.bytes[at] != '\\' || words.bytes[at + 1] != 'u')
        return UINT32_MAX;
    for (size_t i = at + 2; i < at + 6; i++) {
        int digit = byte_hexadecimal(words.bytes[i]);
        if (digit < 0)
            return UINT32_MAX;
        code = code << 4 | (uint32_t)digit;
    }
    return code;
}

/* JSON writes a character beyond U+FFFF as a pair of escapes (RFC 8259, 7), YAML as one of eight
   digits: `\ud83d\ude00` is `\U0001F600`. Two blanks for each go behind the quote that ends the
   words, so that all else stays at its place. */
static text with_whole_characters(struct arena *arena, text json)
{
    if (text_find(json, TEXT("\\u"), 0) == SIZE_MAX)
        return json;
    char *bytes = arena_copy_c(arena, json);
    size_t length = 0, owed = 0;
    for (size_t at = 0; at < json.length;) {
        uint32_t high = escape_at(json, at), low = escape_at(json, at + 6);
        if (high >= 0xD800 && high < 0xDC00 && low >= 0xDC00 && low < 0xE000) {
            uint32_t code = 0x10000 + ((high - 0xD800) << 10) + (low - 0xDC00);
            length += (size_t)snprintf(bytes + length, 11, "\\U%08X", (unsigned)code);
            at += 12;
            owed += 2;
            continue;
        }
        bool is_pair = json.bytes[at] == '\\' && at + 1 < json.length; /* `\\u` is no escape */
        bool is_end = json.bytes[at] == '"' && owed;
        bytes[length++] = json.bytes[at++];
        if (is_pair)
            bytes[length++] = json.bytes[at++];
        for (; is_end && owed; owed--)
            bytes[length++] = ' ';
    }
    return (text){bytes, length};
}

/* `{` and a key in quotes; no other article begins so. JSON is YAML's flow style (YAML 1.2, 1.3).
 */
static bool find_object(struct reader *reader, struct front_block *block)
{
    text source = reader_source(reader);
    size_t at = reader->body + 1;
    if (at >= source.length || source.bytes[reader->body] != '{')
        return false;
    while (at < source.length && strchr(" \t\r\n", source.bytes[at]))
        at++;
    size_t end =
        at < source.length && source.bytes[at] == '"' ? end_of_object(source, reader->body) : 0;
    size_t next = end ? text_find_byte(source, '\n', end) : 0;
    if (end == 0 || end - reader->body > LIMIT_FRONT_MATTER_BYTES ||
        !text_is_blank(text_slice(source, end, next)))
        return false;
    uint32_t last = 1;
    while (last < reader->line_count && reader->line_starts[last] < end)
        last++;
    block->first_line = 1;
    block->line_count = last;
    text json = with_whole_characters(reader->arena, text_slice(source, reader->body, end));
    front_parse_yaml(reader->arena, json, block);
    block->notation = "JSON";
    block->hint = "write keys and values between quotes, and commas between them";
    return true;
}

/* lines */

/* Words that begin that many bytes into the line, as a value of the mapping or the list. */
static struct yaml_value *add_words(struct reader *reader, struct yaml_value *into, text key,
                                    uint32_t line, size_t from, text words)
{
    struct yaml_value *value = ARENA_NEW(reader->arena, struct yaml_value);
    size_t column = text_count(text_slice(line_at(reader, line), 0, from));
    value->key = key;
    value->scalar = words;
    value->place = (struct yaml_place){line - 1, column, line - 1, column + text_count(words)};
    value->key_place = (struct yaml_place){line - 1, 0, line - 1, text_count(key)};
    yaml_append(into, value);
    return value;
}

/* What goes on in the next line: of keywords, the next of them (MultiMarkdown). */
static void go_on(struct reader *reader, struct yaml_value *value, uint32_t line)
{
    static const char *const lists[] = {"keywords", "tags"};
    bool is_next = TEXT_IS_AMONG(value->key, lists) && !text_ends_with(value->scalar, TEXT(","));
    text whole = without_end(line_at(reader, line)), words = text_trim(whole);
    if (value->scalar.length == 0) {
        size_t column = text_count(text_slice(whole, 0, (size_t)(words.bytes - whole.bytes)));
        value->place.line = line - 1;
        value->place.column = column;
    }
    value->scalar = arena_printf(reader->arena, "%.*s%s%.*s", TEXT_ARGUMENTS(value->scalar),
                                 !value->scalar.length ? ""
                                 : is_next             ? ", "
                                                       : " ",
                                 TEXT_ARGUMENTS(words));
    value->place.end_line = line - 1;
    value->place.end_column = text_count(whole);
}

enum { MOST_LINES = 64, LONGEST_LINE = 4096 };

/* How many lines there are before the first blank one; 0: too many, or one is too long. */
static uint32_t count_lines(const struct reader *reader)
{
    uint32_t count = 0;
    for (; count < reader->line_count; count++) {
        text line = line_at(reader, count + 1);
        if (text_is_blank(line))
            return count;
        if (line.length > LONGEST_LINE || count == MOST_LINES)
            return 0;
    }
    return count;
}

static bool is_continued(text line)
{
    return line.length && (line.bytes[0] == ' ' || line.bytes[0] == '\t');
}

/* Authors have a line each, or semicolons between them. */
static void add_authors(struct reader *reader, struct yaml_value *list, uint32_t line, size_t at)
{
    text words = without_end(line_at(reader, line));
    while (at < words.length) {
        size_t end = text_find_byte(words, ';', at);
        end = end == SIZE_MAX ? words.length : end;
        text name = text_trim(text_slice(words, at, end));
        if (name.length)
            add_words(reader, list, TEXT_EMPTY, line, (size_t)(name.bytes - words.bytes), name);
        at = end + 1;
    }
}

static struct yaml_value *make_collection(const struct reader *reader, enum yaml_kind kind)
{
    struct yaml_value *value = ARENA_NEW(reader->arena, struct yaml_value);
    value->kind = kind;
    return value;
}

/* `% title`, `% authors`, `% date`, each of which may be empty; a line that is set in goes on. */
static bool find_title_block(struct reader *reader, struct front_block *block)
{
    enum { TITLE, AUTHORS, DATE, FIELDS };
    struct yaml_value *top = make_collection(reader, YAML_MAPPING);
    struct yaml_value *authors = make_collection(reader, YAML_SEQUENCE), *value = NULL;
    uint32_t count = count_lines(reader), number = 1;
    unsigned field = 0;
    for (; number <= count; number++) {
        text line = without_end(line_at(reader, number));
        bool is_field = line.bytes[0] == '%';
        if (!is_field && (number == 1 || !is_continued(line)))
            return false;
        if (is_field && (field == FIELDS || (line.length > 1 && line.bytes[1] != ' ')))
            return false;
        field += is_field;
        text words = text_trim(text_slice(line, is_field, line.length));
        size_t from = words.length ? (size_t)(words.bytes - line.bytes) : 1;
        if (field - 1 == AUTHORS)
            add_authors(reader, authors, number, from);
        else if (is_field)
            value = add_words(reader, top, field - 1 == TITLE ? TEXT("title") : TEXT("date"),
                              number, from, words);
        else
            go_on(reader, value, number);
    }
    bool is_empty = field == 0 || (top->first->scalar.length == 0 && !authors->first);
    if (is_empty || reader_is_myst(reader))
        return false; /* for MyST such a line is a comment */
    authors->key = TEXT("author");
    authors->place = authors->key_place = (struct yaml_place){1, 0, 1, 1};
    if (authors->first)
        yaml_append(top, authors);
    *block =
        (struct front_block){.top = top, .first_line = 1, .line_count = count, .is_typed = true};
    return true;
}

/* The key before the colon with which a line begins, as our keys are written: "Base Header Level"
   is base-header-level. Empty: it begins with none. *from: where the value begins. */
static text key_of_line(struct arena *arena, text line, size_t *from)
{
    size_t colon = text_find_byte(line, ':', 0);
    if (colon == SIZE_MAX || colon == 0 || colon > 40 || !text_is_ascii_letter(line.bytes[0]) ||
        (colon + 1 < line.length && line.bytes[colon + 1] != ' ' && line.bytes[colon + 1] != '\t'))
        return TEXT_EMPTY;
    char *key = arena_copy_c(arena, text_slice(line, 0, colon));
    for (size_t i = 0; i < colon; i++) {
        char c = key[i];
        bool is_bare = text_is_ascii_alphanumeric(c) || c == '-' || c == '_';
        if (!is_bare && c != ' ')
            return TEXT_EMPTY;
        key[i] = c == ' ' ? '-' : c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
    }
    *from = colon + 1;
    while (*from < line.length && strchr(" \t", line.bytes[*from]))
        ++*from;
    return (text){key, colon};
}

/* Lines "Key: value" with a title among them; a line that is set in goes on. */
static bool find_keys(struct reader *reader, struct front_block *block)
{
    struct yaml_value *top = make_collection(reader, YAML_MAPPING);
    uint32_t count = count_lines(reader);
    struct yaml_value *value = NULL;
    static const char *const lists[] = {"author", "authors", "creator"};
    for (uint32_t number = 1; number <= count; number++) {
        text line = without_end(line_at(reader, number));
        size_t from = 0;
        text key = key_of_line(reader->arena, line, &from);
        if (key.length && !yaml_find(top, key)) {
            value = add_words(reader, top, key, number, from, text_slice(line, from, line.length));
            if (TEXT_IS_AMONG(key, lists)) {
                value->kind = YAML_SEQUENCE;
                add_authors(reader, value, number, from);
            }
        } else if (value && is_continued(line)) {
            if (value->kind == YAML_SEQUENCE)
                add_authors(reader, value, number, 0);
            else
                go_on(reader, value, number);
        } else {
            return false;
        }
    }
    const struct yaml_value *title = count ? yaml_find(top, TEXT("title")) : NULL;
    if (!title || title->scalar.length == 0)
        return false;
    *block =
        (struct front_block){.top = top, .first_line = 1, .line_count = count, .is_typed = true};
    return true;
}

bool front_find_block(struct reader *reader, struct front_block *block)
{
    return find_fenced(reader, block) || find_object(reader, block) ||
           find_title_block(reader, block) || find_keys(reader, block);
}

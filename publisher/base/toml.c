/* One pass over the bytes. What is open (a table, an array, an inline table) is a value whose
   parent is what it stands in, so nothing recurses. Whether a table was named already is kept in
   its field `plain`, which means nothing else in a mapping or a sequence. */
#include "base/toml.h"

#include "base/buffer.h"
#include "base/characters.h"
#include "base/limits.h"

#include <string.h>

struct toml {
    struct arena *arena;
    text bytes;
    size_t at;
    size_t line, column; /* of `at`; columns count characters */
    struct yaml_value *top, *table;
    size_t count;
    const char *why;
    struct yaml_place where;
};

static char peek(const struct toml *toml, size_t ahead)
{
    size_t at = toml->at + ahead;
    return at < toml->bytes.length ? toml->bytes.bytes[at] : '\0';
}

static bool is_end(const struct toml *toml)
{
    return toml->at >= toml->bytes.length;
}

static bool starts(const struct toml *toml, const char *words)
{
    return text_starts_with(text_slice(toml->bytes, toml->at, toml->bytes.length),
                            text_from_c(words));
}

static void step(struct toml *toml, size_t bytes)
{
    for (; bytes && !is_end(toml); bytes--, toml->at++) {
        char c = toml->bytes.bytes[toml->at];
        if (c == '\n') {
            toml->line++;
            toml->column = 0;
        } else {
            toml->column += ((unsigned char)c & 0xC0) != 0x80;
        }
    }
}

static struct yaml_place here(const struct toml *toml)
{
    return (struct yaml_place){toml->line, toml->column, toml->line, toml->column};
}

static void end_place(const struct toml *toml, struct yaml_place *place)
{
    place->end_line = toml->line;
    place->end_column = toml->column;
}

static void *fail_at(struct toml *toml, const char *why, struct yaml_place place)
{
    if (!toml->why) {
        toml->why = why;
        toml->where = place;
    }
    return NULL;
}

static void *fail(struct toml *toml, const char *why)
{
    return fail_at(toml, why, here(toml));
}

static struct yaml_value *make(struct toml *toml, enum yaml_kind kind)
{
    if (++toml->count > LIMIT_YAML_NODES)
        return fail(toml, "there are too many values");
    struct yaml_value *value = ARENA_NEW(toml->arena, struct yaml_value);
    value->kind = kind;
    value->place = here(toml);
    return value;
}

/* white space */

static void skip_blanks(struct toml *toml)
{
    while (peek(toml, 0) == ' ' || peek(toml, 0) == '\t')
        step(toml, 1);
}

static void skip_comment(struct toml *toml)
{
    skip_blanks(toml);
    if (peek(toml, 0) == '#') {
        while (!is_end(toml) && peek(toml, 0) != '\n')
            step(toml, 1);
    }
}

/* Blanks, comments and line ends. */
static void skip_lines(struct toml *toml)
{
    skip_comment(toml);
    while (peek(toml, 0) == '\n' || (peek(toml, 0) == '\r' && peek(toml, 1) == '\n')) {
        step(toml, 1);
        skip_comment(toml);
    }
}

static void end_line(struct toml *toml)
{
    skip_comment(toml);
    if (peek(toml, 0) == '\r')
        step(toml, 1);
    if (!is_end(toml) && peek(toml, 0) != '\n')
        fail(toml, "only a comment may follow in this line");
}

/* strings */

static bool read_code_point(struct toml *toml, size_t digits, struct buffer *out)
{
    uint32_t c = 0;
    for (size_t i = 0; i < digits; i++) {
        int value = byte_hexadecimal(peek(toml, i));
        if (value < 0)
            return false;
        c = c << 4 | (uint32_t)value;
    }
    char encoded[4];
    if (c > 0x10FFFF || (c >= 0xD800 && c < 0xE000))
        return false;
    buffer_add_text(out, (text){encoded, text_encode(c, encoded)});
    step(toml, digits);
    return true;
}

/* Behind a backslash. */
static void read_escape(struct toml *toml, bool has_lines, struct buffer *out)
{
    static const char names[] = "btnfr\"\\", values[] = "\b\t\n\f\r\"\\";
    char c = peek(toml, 0);
    const char *found = c ? strchr(names, c) : NULL;
    if (found) {
        step(toml, 1);
        buffer_add_byte(out, values[found - names]);
    } else if (c == 'u' || c == 'U') {
        step(toml, 1);
        if (!read_code_point(toml, c == 'u' ? 4 : 8, out))
            fail(toml, "this is no number of a character");
    } else if (has_lines && c && strchr(" \t\r\n", c)) {
        size_t from = toml->line;
        while (peek(toml, 0) && strchr(" \t\r\n", peek(toml, 0)))
            step(toml, 1);
        if (toml->line == from)
            fail(toml, "a backslash stands before a space");
    } else {
        fail(toml, "a backslash stands before a sign that it does not go with");
    }
}

/* Between quotes, of which there are one or three. */
static text read_string(struct toml *toml)
{
    char quote = peek(toml, 0);
    bool has_lines = peek(toml, 1) == quote && peek(toml, 2) == quote;
    char ending[] = {quote, has_lines ? quote : '\0', has_lines ? quote : '\0', '\0'};
    struct yaml_place begin = here(toml);
    struct buffer out;
    buffer_init(&out, toml->bytes.length + 16);
    step(toml, strlen(ending));
    if (has_lines && peek(toml, 0) == '\r' && peek(toml, 1) == '\n')
        step(toml, 1);
    if (has_lines && peek(toml, 0) == '\n')
        step(toml, 1);
    while (!toml->why && !starts(toml, ending)) {
        if (is_end(toml) || (peek(toml, 0) == '\n' && !has_lines)) {
            fail_at(toml, "the quote does not end", begin);
        } else if (peek(toml, 0) == '\\' && quote == '"') {
            step(toml, 1);
            read_escape(toml, has_lines, &out);
        } else {
            buffer_add_byte(&out, peek(toml, 0));
            step(toml, 1);
        }
    }
    while (has_lines && !toml->why && peek(toml, 3) == quote) { /* """a "quoted"""" */
        buffer_add_byte(&out, quote);
        step(toml, 1);
    }
    step(toml, strlen(ending));
    text words = characters_clean(toml->arena, arena_copy(toml->arena, buffer_text(&out)));
    buffer_release(&out);
    return words;
}

/* keys */

static bool is_bare(char c)
{
    return text_is_ascii_alphanumeric(c) || c == '_' || c == '-';
}

/* One part of a key; empty with a failure: there is none. */
static text read_key_part(struct toml *toml, struct yaml_place *place)
{
    skip_blanks(toml);
    *place = here(toml);
    text key = TEXT_EMPTY;
    if (peek(toml, 0) == '"' || peek(toml, 0) == '\'') {
        key = read_string(toml);
    } else {
        size_t from = toml->at;
        while (is_bare(peek(toml, 0)))
            step(toml, 1);
        key = text_slice(toml->bytes, from, toml->at);
        if (key.length == 0)
            fail(toml, "a key is missing here");
    }
    end_place(toml, place);
    skip_blanks(toml);
    return key;
}

static size_t depth_of(const struct yaml_value *value)
{
    size_t depth = 0;
    while (value) {
        depth++;
        value = value->parent;
    }
    return depth;
}

/* Puts a new value under the key. */
static struct yaml_value *add(struct toml *toml, struct yaml_value *into, enum yaml_kind kind,
                              text key, struct yaml_place place)
{
    struct yaml_value *value = make(toml, kind);
    if (!value)
        return NULL;
    value->key = key;
    value->key_place = place;
    yaml_append(into, value);
    if (kind != YAML_SCALAR && depth_of(value) > LIMIT_DEPTH)
        return fail(toml, "this is nested too deep");
    return value;
}

/* The table under the key, made where there is none; of an array of tables the last. */
static struct yaml_value *enter(struct toml *toml, struct yaml_value *into, text key,
                                struct yaml_place place)
{
    struct yaml_value *found = yaml_find(into, key);
    if (!found)
        return add(toml, into, YAML_MAPPING, key, place);
    if (found->kind == YAML_SEQUENCE && found->plain && found->last)
        found = found->last;
    if (found->kind != YAML_MAPPING)
        return fail_at(toml, "this key has a value already, which is no table", place);
    return found;
}

/* All parts of `a.b.c` but the last, which goes to *key; what the last goes into, or NULL. */
static struct yaml_value *read_key(struct toml *toml, struct yaml_value *into, text *key,
                                   struct yaml_place *place)
{
    *key = read_key_part(toml, place);
    while (into && !toml->why && peek(toml, 0) == '.') {
        into = enter(toml, into, *key, *place);
        step(toml, 1);
        *key = read_key_part(toml, place);
    }
    return toml->why ? NULL : into;
}

/* values */

/* A number, a date, true or false: as it is written. */
static void read_plain(struct toml *toml, struct yaml_value *value)
{
    size_t from = toml->at;
    while (is_bare(peek(toml, 0)) || (peek(toml, 0) && strchr("+.:", peek(toml, 0))) ||
           (peek(toml, 0) == ' ' && toml->at >= from + 10 &&
            byte_is_digit(peek(toml, 1)))) /* 1979-05-27 07:32:00 */
        step(toml, 1);
    value->scalar = text_slice(toml->bytes, from, toml->at);
    value->plain = true;
    char first = value->scalar.length ? value->scalar.bytes[0] : '\0';
    bool is_word = text_equal_c(value->scalar, "true") || text_equal_c(value->scalar, "false") ||
                   text_equal_c(value->scalar, "inf") || text_equal_c(value->scalar, "nan");
    if (!is_word && !byte_is_digit(first) && first != '+' && first != '-')
        fail_at(toml, "words stand between quotes", value->place);
}

/* The value that begins here, into the table (key) or the array. What it leaves open is returned:
   an array, an inline table, or what it stands in. */
static struct yaml_value *read_value(struct toml *toml, struct yaml_value *into, text key,
                                     struct yaml_place key_place)
{
    char c = peek(toml, 0);
    enum yaml_kind kind = c == '[' ? YAML_SEQUENCE : c == '{' ? YAML_MAPPING : YAML_SCALAR;
    if (into->kind == YAML_MAPPING && yaml_find(into, key))
        return fail_at(toml, "this key stands here twice", key_place);
    struct yaml_value *value = add(toml, into, kind, key, key_place);
    if (!value)
        return NULL;
    if (kind == YAML_SCALAR) {
        if (c == '"' || c == '\'')
            value->scalar = read_string(toml);
        else
            read_plain(toml, value);
        end_place(toml, &value->place);
        return into;
    }
    step(toml, 1);
    value->plain = kind == YAML_MAPPING; /* no header may name it again */
    return value;
}

/* In an array or an inline table: the next value, or its end. The value that is open then. */
static struct yaml_value *go_on(struct toml *toml, struct yaml_value *open)
{
    while (open->kind == YAML_MAPPING && !open->plain)
        open = open->parent; /* made by a dot in a key */
    bool is_list = open->kind == YAML_SEQUENCE;
    is_list ? skip_lines(toml) : skip_blanks(toml);
    if (open->first) {
        if (peek(toml, 0) == ',')
            step(toml, 1);
        else if (peek(toml, 0) != (is_list ? ']' : '}'))
            return fail(toml, "a comma or the closing bracket is missing here");
        is_list ? skip_lines(toml) : skip_blanks(toml);
    }
    if (peek(toml, 0) == (is_list ? ']' : '}')) {
        step(toml, 1);
        end_place(toml, &open->place);
        return open->parent;
    }
    if (is_list)
        return read_value(toml, open, TEXT_EMPTY, here(toml));
    text key;
    struct yaml_place place;
    struct yaml_value *into = read_key(toml, open, &key, &place);
    if (!into)
        return NULL;
    if (peek(toml, 0) != '=')
        return fail(toml, "an equals sign is missing here");
    step(toml, 1);
    skip_blanks(toml);
    struct yaml_value *next = read_value(toml, into, key, place);
    return next == into ? open : next;
}

static void read_pair(struct toml *toml)
{
    text key;
    struct yaml_place place;
    struct yaml_value *into = read_key(toml, toml->table, &key, &place);
    if (!into)
        return;
    if (peek(toml, 0) != '=') {
        fail(toml, "an equals sign is missing here");
        return;
    }
    step(toml, 1);
    skip_blanks(toml);
    struct yaml_value *open = read_value(toml, into, key, place);
    while (open && open != into && !toml->why)
        open = go_on(toml, open);
}

/* `[a.b]` or `[[a.b]]` */
static void read_header(struct toml *toml)
{
    bool is_list = starts(toml, "[[");
    text key;
    struct yaml_place place;
    step(toml, is_list ? 2 : 1);
    struct yaml_value *into = read_key(toml, toml->top, &key, &place);
    if (!into)
        return;
    if (!starts(toml, is_list ? "]]" : "]")) {
        fail(toml, "the closing bracket is missing here");
        return;
    }
    step(toml, is_list ? 2 : 1);
    struct yaml_value *found = yaml_find(into, key);
    if (is_list) {
        if (!found && (found = add(toml, into, YAML_SEQUENCE, key, place)))
            found->plain = true;
        if (found && (found->kind != YAML_SEQUENCE || !found->plain))
            fail_at(toml, "this key has a value already", place);
        else if (found)
            toml->table = add(toml, found, YAML_MAPPING, TEXT_EMPTY, place);
        return;
    }
    if (found && (found->kind != YAML_MAPPING || found->plain))
        fail_at(toml, "this key stands here twice", place);
    toml->table = found ? found : add(toml, into, YAML_MAPPING, key, place);
    if (toml->table)
        toml->table->plain = true;
}

struct yaml_value *toml_read(struct arena *arena, text bytes, const char **why,
                             struct yaml_place *place)
{
    struct toml toml = {.arena = arena, .bytes = bytes};
    toml.top = toml.table = make(&toml, YAML_MAPPING);
    skip_lines(&toml);
    while (!toml.why && !is_end(&toml)) {
        if (peek(&toml, 0) == '[')
            read_header(&toml);
        else
            read_pair(&toml);
        if (!toml.why)
            end_line(&toml);
        skip_lines(&toml);
    }
    *why = toml.why;
    if (toml.why)
        *place = toml.where;
    return toml.why ? NULL : toml.top;
}

/* Values of the front matter: their places, their words, and tables of keys. */
#include "read/front.h"
#include "read/settings.h"
#include "read/variables.h"

#include "base/characters.h"
#include "document/language.h"

/* libyaml counts characters, spans count bytes. */
static uint32_t byte_column(text line, size_t characters)
{
    size_t offset = 0;
    while (characters-- && text_next(line, &offset) != UINT32_MAX)
        ;
    return (uint32_t)offset + 1;
}

static text line_of(const struct front *front, uint32_t number)
{
    return front->is_settings || front->is_of_part
               ? report_line(front->reader->report, front->file, number)
               : reader_line(front->reader, number);
}

struct span front_span(const struct front *front, struct yaml_place place)
{
    struct span span = {.file = front->file};
    span.line = front->first_line + (uint32_t)place.line;
    span.end_line = front->first_line + (uint32_t)place.end_line;
    bool has_mark = !front->is_settings && !front->is_of_part && front->reader->has_mark;
    span.column =
        byte_column(line_of(front, span.line), place.column + (has_mark && span.line == 1));
    span.end_column = byte_column(line_of(front, span.end_line),
                                  place.end_column + (has_mark && span.end_line == 1));
    bool is_empty = span.end_line == span.line && span.end_column <= span.column;
    if (span.end_column > 1 && !is_empty)
        span.end_column--; /* YAML's end is exclusive */
    return span;
}

const char *front_rule(const struct front *front)
{
    return front->is_settings ? "settings-syntax" : "front-matter-syntax";
}

void front_report_kind(struct front *front, const struct yaml_value *value, const char *wanted)
{
    if (front->is_foreign)
        front_report_unread(front, value, wanted, "the value of %.*s is not read",
                            TEXT_ARGUMENTS(value->key));
    else
        report_error(front->reader->report, front_rule(front), front_span(front, value->place),
                     wanted, "the value of %.*s is not of its kind", TEXT_ARGUMENTS(value->key));
}

/* White space as one space each, none at the ends; with a blank line in it, as two line feeds, if
   paragraphs are kept. */
static text fold_spaces(struct arena *arena, text words, bool keeps_paragraphs)
{
    char *bytes = arena_copy_c(arena, text_trim(words));
    size_t length = 0;
    for (const char *from = bytes; *from;) {
        if (!byte_is_white(*from)) {
            bytes[length++] = *from++;
            continue;
        }
        unsigned line_feeds = 0;
        for (; byte_is_white(*from); from++)
            line_feeds += *from == '\n';
        bool ends = keeps_paragraphs && line_feeds > 1;
        bytes[length++] = ends ? '\n' : ' ';
        if (ends)
            bytes[length++] = '\n';
    }
    return (text){bytes, length};
}

bool front_is_null(const struct yaml_value *value)
{
    return value->plain && (text_equal_c(value->scalar, "~") ||
                            text_equal_ignoring_case(value->scalar, TEXT("null")));
}

static text words_of(struct front *front, const struct yaml_value *value, bool keeps_paragraphs)
{
    if (value->kind != YAML_SCALAR) {
        front_report_kind(front, value, "write words after the colon");
        return TEXT_EMPTY;
    }
    size_t offset = 0;
    if (characters_find(value->scalar, CHARACTER_CONTROL, &offset)) {
        report_error(front->reader->report, "control-character", front_span(front, value->place),
                     "take the character out", CHARACTER_CONTROL_MESSAGE,
                     (unsigned)text_next(value->scalar, &offset));
        return TEXT_EMPTY;
    }
    offset = 0;
    if (characters_find(value->scalar, CHARACTER_LOST, &offset))
        report_rule(front->reader->report, "character-lost", front_span(front, value->place), NULL,
                    CHARACTER_LOST_MESSAGE);
    return front_is_null(value)
               ? TEXT_EMPTY
               : fold_spaces(front->reader->arena, value->scalar, keeps_paragraphs);
}

text front_words(struct front *front, const struct yaml_value *value)
{
    return words_of(front, value, false);
}

text front_filled_words(struct front *front, const struct yaml_value *value)
{
    return variables_fill(front->reader, front_words(front, value),
                          front_span(front, value->place));
}

text front_paragraphs(struct front *front, const struct yaml_value *value)
{
    return words_of(front, value, true);
}

void front_report_markup(struct reader *reader, struct span span)
{
    report_rule(reader->report, "front-matter-markup", span, NULL,
                "what looks like Markdown, HTML or LaTeX is printed here as it is typed");
}

text front_keep_unit(struct front *front, enum unit_kind kind, const struct yaml_value *value,
                     text words)
{
    struct reader *reader = front->reader;
    if (words.length == 0)
        return words;
    struct span span = front_span(front, value->place);
    if (kind != UNIT_LANGUAGE && !unit_kind_is_markdown(kind) &&
        front_holds_markup(variables_leave_out(reader, words)))
        front_report_markup(reader, span);
    if (front->is_settings)
        words = reader_keep_outside_unit(reader, kind, TEXT(SETTINGS_NAME), words, span);
    else
        reader_add_unit(reader, kind, words, span);
    /* what is read as Markdown gets them then, for they are none */
    return unit_kind_is_markdown(kind) ? words : variables_fill(reader, words, span);
}

struct named_file front_named_file(const struct front *front, const struct yaml_value *value,
                                   text path)
{
    return (struct named_file){
        .path = path, .folder = front->folder, .span = front_span(front, value->place)};
}

bool front_is_true(const struct yaml_value *value)
{
    static const char *const words[] = {"true", "yes", "on"};
    return value->kind == YAML_SCALAR && TEXT_IS_AMONG_IGNORING_CASE(value->scalar, words);
}

bool front_is_false(const struct yaml_value *value)
{
    static const char *const words[] = {"false", "no", "off"};
    return value->kind == YAML_SCALAR && TEXT_IS_AMONG_IGNORING_CASE(value->scalar, words);
}

/* lists */

size_t front_count(const struct yaml_value *value)
{
    size_t count = 0;
    for (const struct yaml_value *item = value->first; item; item = item->next)
        count++;
    return count;
}

text *front_split(struct front *front, const struct yaml_value *value, text words, size_t *count)
{
    text *items = NULL;
    size_t capacity = 0, start = 0;
    *count = 0;
    while (start < words.length) {
        size_t end = text_find_byte(words, ',', start);
        if (end == SIZE_MAX)
            end = words.length;
        text item = text_trim(text_slice(words, start, end));
        if (item.length) {
            ARENA_GROW(front->reader->arena, items, *count, capacity);
            items[(*count)++] =
                variables_fill(front->reader, item, front_span(front, value->place));
        }
        start = end + 1;
    }
    return items;
}

text *front_list(struct front *front, const struct yaml_value *value, size_t *count)
{
    struct arena *arena = front->reader->arena;
    *count = 0;
    if (value->kind == YAML_MAPPING) {
        front_report_kind(front, value, "write a list, or words with commas between them");
        return NULL;
    }
    if (value->kind == YAML_SEQUENCE) {
        text *items = ARENA_NEW_ARRAY(arena, front_count(value), text);
        for (const struct yaml_value *item = value->first; item; item = item->next) {
            text words = front_filled_words(front, item);
            if (words.length)
                items[(*count)++] = words;
        }
        return items;
    }
    return front_split(front, value, front_words(front, value), count);
}

/* tables of keys */

void front_report_unknown(struct front *front, const struct yaml_value *value,
                          const char *const *names, size_t count)
{
    const char *nearest = reader_nearest(front->reader, value->key, names, count);
    for (size_t i = 0; i < count; i++) {
        if (text_equal_ignoring_case(value->key, text_from_c(names[i])))
            nearest = names[i]; /* LANG */
    }
    report_warning(front->reader->report,
                   front->is_settings ? "settings-unknown-key" : "front-matter-unknown-key",
                   front_span(front, value->key_place), reader_did_you_mean(front->reader, nearest),
                   "Lectern does not know the key %.*s", TEXT_ARGUMENTS(value->key));
}

void front_read_keys(struct front *front, const struct yaml_value *mapping,
                     const struct front_key *keys, size_t count)
{
    enum { MOST_KEYS = 64 };
    for (const struct yaml_value *value = mapping->first; value; value = value->next) {
        size_t i = 0;
        while (i < count && !text_equal_c(value->key, keys[i].name))
            i++;
        if (i < count) {
            keys[i].read(front, value);
            continue;
        }
        const char *names[MOST_KEYS];
        for (i = 0; i < count && i < MOST_KEYS; i++)
            names[i] = keys[i].name;
        front_report_unknown(front, value, names, i);
    }
}

const struct yaml_value *front_in_language(const struct yaml_value *value, text language)
{
    for (; language.length; language = language_shorter(language)) {
        for (const struct yaml_value *one = value->first; one; one = one->next) {
            if (text_equal_ignoring_case(one->key, language))
                return one;
        }
    }
    return NULL;
}

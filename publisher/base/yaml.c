#include "base/yaml.h"

#include "base/characters.h"
#include "base/limits.h"

#include <yaml.h>

struct yaml_reader {
    struct arena *arena;
    struct yaml_value *top, *open; /* open: the sequence or mapping being filled */
    text key;                      /* of the next value of a mapping */
    struct yaml_place key_place;
    bool has_key, done;
    bool is_past_end; /* of the document: an empty one may follow, as below a last "---" */
    bool has_mark;    /* a byte order mark, which the parser was not shown */
    size_t count, depth, most;
    const char *why;
};

/* The parser counts from behind the mark; a place is counted from the beginning of the line. */
static struct yaml_place place_at(const struct yaml_reader *reader, yaml_mark_t start,
                                  yaml_mark_t end)
{
    return (struct yaml_place){start.line, start.column + (reader->has_mark && start.line == 0),
                               end.line, end.column + (reader->has_mark && end.line == 0)};
}

static struct yaml_place place_of(const struct yaml_reader *reader, const yaml_event_t *event)
{
    return place_at(reader, event->start_mark, event->end_mark);
}

struct yaml_value *yaml_find(const struct yaml_value *mapping, text key)
{
    for (struct yaml_value *value = mapping->first; value; value = value->next) {
        if (text_equal(value->key, key))
            return value;
    }
    return NULL;
}

void yaml_append(struct yaml_value *parent, struct yaml_value *value)
{
    value->parent = parent;
    if (parent->last)
        parent->last->next = value;
    else
        parent->first = value;
    parent->last = value;
}

static void add_value(struct yaml_reader *reader, struct yaml_value *value)
{
    struct yaml_value *parent = reader->open;
    if (!parent) {
        reader->top = value;
        return;
    }
    if (parent->kind == YAML_MAPPING) {
        value->key = reader->key;
        value->key_place = reader->key_place;
        reader->has_key = false;
    }
    yaml_append(parent, value);
}

static struct yaml_value *make_value(struct yaml_reader *reader, enum yaml_kind kind,
                                     const yaml_event_t *event)
{
    struct yaml_value *value = ARENA_NEW(reader->arena, struct yaml_value);
    value->kind = kind;
    value->place = place_of(reader, event);
    return value;
}

static void read_scalar(struct yaml_reader *reader, const yaml_event_t *event)
{
    text scalar = {(const char *)event->data.scalar.value, event->data.scalar.length};
    scalar = characters_clean(reader->arena, arena_copy(reader->arena, scalar));
    bool is_key = reader->open && reader->open->kind == YAML_MAPPING && !reader->has_key;
    if (is_key) {
        if (yaml_find(reader->open, scalar))
            reader->why = "this key stands here twice";
        reader->key = scalar;
        reader->key_place = place_of(reader, event);
        reader->has_key = true;
        return;
    }
    struct yaml_value *value = make_value(reader, YAML_SCALAR, event);
    value->scalar = scalar;
    value->plain = event->data.scalar.style == YAML_PLAIN_SCALAR_STYLE;
    add_value(reader, value);
}

static void begin_collection(struct yaml_reader *reader, enum yaml_kind kind,
                             const yaml_event_t *event)
{
    if (reader->open && reader->open->kind == YAML_MAPPING && !reader->has_key) {
        reader->why = "a key is a word, not a list or a mapping";
        return;
    }
    if (++reader->depth > LIMIT_DEPTH) {
        reader->why = "this is nested too deep";
        return;
    }
    struct yaml_value *value = make_value(reader, kind, event);
    add_value(reader, value);
    reader->open = value;
}

static void end_collection(struct yaml_reader *reader, const yaml_event_t *event)
{
    struct yaml_place place = place_of(reader, event);
    reader->open->place.end_line = place.end_line;
    reader->open->place.end_column = place.end_column;
    reader->open = reader->open->parent;
    reader->depth--;
}

/* What stands behind the document would be lost. */
static void read_past_end(struct yaml_reader *reader, const yaml_event_t *event)
{
    bool is_words = event->type == YAML_SCALAR_EVENT && event->data.scalar.length;
    if (is_words || event->type == YAML_MAPPING_START_EVENT ||
        event->type == YAML_SEQUENCE_START_EVENT || event->type == YAML_ALIAS_EVENT)
        reader->why = "a second document begins here, and one is read";
    reader->done = event->type == YAML_STREAM_END_EVENT;
}

/* Keys are few but may be many: their number is capped with the values', and so is the search for a
   key given twice. */
static void read_event(struct yaml_reader *reader, const yaml_event_t *event)
{
    if (++reader->count > reader->most) {
        reader->why = "there are too many values";
        return;
    }
    if (reader->is_past_end) {
        read_past_end(reader, event);
        return;
    }
    switch (event->type) {
    case YAML_SCALAR_EVENT:
        if (event->data.scalar.tag)
            reader->why = "tags are not read here";
        else
            read_scalar(reader, event);
        break;
    case YAML_SEQUENCE_START_EVENT:
        if (event->data.sequence_start.tag)
            reader->why = "tags are not read here";
        else
            begin_collection(reader, YAML_SEQUENCE, event);
        break;
    case YAML_MAPPING_START_EVENT:
        if (event->data.mapping_start.tag)
            reader->why = "tags are not read here";
        else
            begin_collection(reader, YAML_MAPPING, event);
        break;
    case YAML_SEQUENCE_END_EVENT:
    case YAML_MAPPING_END_EVENT:
        end_collection(reader, event);
        break;
    case YAML_ALIAS_EVENT:
        reader->why = "aliases are not read here: write the value out";
        break;
    case YAML_DOCUMENT_END_EVENT:
        reader->is_past_end = true;
        break;
    case YAML_STREAM_END_EVENT:
        reader->done = true;
        break;
    default:
        break;
    }
}

struct yaml_value *yaml_read(struct arena *arena, text bytes, const char **why,
                             struct yaml_place *place)
{
    return yaml_read_many(arena, bytes, LIMIT_YAML_NODES, why, place);
}

struct yaml_value *yaml_read_many(struct arena *arena, text bytes, size_t most_values,
                                  const char **why, struct yaml_place *place)
{
    struct yaml_reader reader = {.arena = arena, .most = most_values};
    yaml_parser_t parser;
    *why = NULL;
    if (!yaml_parser_initialize(&parser)) {
        *why = "out of memory";
        return NULL;
    }
    yaml_parser_set_encoding(&parser, YAML_UTF8_ENCODING);
    /* an empty text may have no bytes at all, which the library does not take */
    reader.has_mark = text_starts_with(bytes, TEXT("\xEF\xBB\xBF"));
    bytes = text_slice(bytes, reader.has_mark ? 3 : 0, bytes.length);
    const char *input = bytes.bytes ? bytes.bytes : "";
    yaml_parser_set_input_string(&parser, (const unsigned char *)input, bytes.length);
    while (!reader.done && !*why) {
        yaml_event_t event;
        if (!yaml_parser_parse(&parser, &event)) {
            *why = arena_copy(arena, text_from_c(parser.problem)).bytes;
            yaml_mark_t mark = parser.problem_mark.line || parser.problem_mark.column
                                   ? parser.problem_mark
                                   : parser.mark;
            *place = place_at(&reader, mark, mark);
            break;
        }
        read_event(&reader, &event);
        *why = reader.why;
        if (*why)
            *place = place_of(&reader, &event);
        yaml_event_delete(&event);
    }
    yaml_parser_delete(&parser);
    return *why ? NULL : reader.top;
}

/* What counts for an article, and where it stands: for `lectern settings`. */
#include "base/buffer.h"
#include "base/limits.h"
#include "read/front.h"

static void put_scalar(struct buffer *out, text scalar)
{
    for (size_t i = 0; i < scalar.length; i++)
        buffer_add_byte(out, (unsigned char)scalar.bytes[i] < 0x20 ? ' ' : scalar.bytes[i]);
}

/* A value in one line, as YAML's flow style has it. */
static text flow_of(struct arena *arena, const struct yaml_value *top)
{
    struct buffer out;
    buffer_init(&out, LIMIT_FRONT_MATTER_BYTES * 2);
    const struct yaml_value *value = top;
    for (bool is_up = false; value;) {
        if (!is_up && value != top && value->key.length)
            buffer_printf(&out, "%.*s: ", TEXT_ARGUMENTS(value->key));
        bool is_list = value->kind == YAML_SEQUENCE;
        if (value->kind == YAML_SCALAR)
            put_scalar(&out, text_trim(value->scalar));
        else if (!is_up)
            buffer_add_byte(&out, is_list ? '[' : '{');
        if (!is_up && value->first) {
            value = value->first;
            continue;
        }
        if (value->kind != YAML_SCALAR)
            buffer_add_byte(&out, is_list ? ']' : '}');
        if (value == top)
            break;
        if (value->next)
            buffer_add_c(&out, ", ");
        is_up = !value->next;
        value = value->next ? value->next : value->parent;
    }
    text flow = arena_copy(arena, buffer_text(&out));
    buffer_release(&out);
    return flow;
}

static void keep(struct front *front, text key, const struct yaml_value *value)
{
    struct document *document = front->reader->document;
    ARENA_GROW(document->arena, document->given, document->given_count, document->given_capacity);
    document->given[document->given_count++] =
        (struct given_value){.key = key,
                             .value = flow_of(document->arena, value),
                             .span = front_span(front, value->key_place)};
}

/* Of rules each that was said before counts. */
static bool is_kept(const struct document *document, text key)
{
    for (size_t i = 0; i < document->given_count; i++) {
        if (text_equal(document->given[i].key, key))
            return true;
    }
    return false;
}

void front_keep_given(struct front *front, const char *name, const struct yaml_value *value)
{
    struct document *document = front->reader->document;
    if (!document->keeps_given)
        return;
    if (value->kind != YAML_MAPPING) {
        keep(front, text_from_c(name), value);
        return;
    }
    for (const struct yaml_value *part = value->first; part; part = part->next) {
        text key = arena_printf(document->arena, "%s.%.*s", name, TEXT_ARGUMENTS(part->key));
        if (!is_kept(document, key))
            keep(front, key, part);
    }
}

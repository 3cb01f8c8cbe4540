#include "csl/output.h"

#include <string.h>

struct output *output_new(struct arena *arena)
{
    return ARENA_NEW(arena, struct output);
}

struct output *output_leaf(struct arena *arena, text characters)
{
    struct output *leaf = output_new(arena);
    leaf->characters = characters;
    return leaf;
}

void output_append(struct output *parent, struct output *child)
{
    if (!child)
        return;
    if (parent->last)
        parent->last->next = child;
    else
        parent->first = child;
    parent->last = child;
}

bool output_is_empty(const struct output *output)
{
    if (!output)
        return true;
    if (output->characters.length)
        return false;
    for (const struct output *child = output->first; child; child = child->next)
        if (!output_is_empty(child))
            return false;
    return true;
}

void output_add_characters(const struct output *output, struct buffer *buffer)
{
    buffer_add_text(buffer, output->prefix);
    buffer_add_text(buffer, output->characters);
    bool is_first = true;
    for (const struct output *child = output->first; child; child = child->next) {
        if (output_is_empty(child))
            continue;
        if (!is_first)
            buffer_add_text(buffer, output->delimiter);
        is_first = false;
        output_add_characters(child, buffer);
    }
    buffer_add_text(buffer, output->suffix);
}

struct output *output_find(struct output *output, enum output_role role)
{
    if (output->role == role)
        return output;
    for (struct output *child = output->first; child; child = child->next) {
        struct output *found = output_find(child, role);
        if (found)
            return found;
    }
    return NULL;
}

void output_mark_affix(struct output *output)
{
    output->is_affix = true;
    for (struct output *child = output->first; child; child = child->next)
        output_mark_affix(child);
}

static text without_periods(char *bytes, text t)
{
    size_t length = 0;
    for (size_t i = 0; i < t.length; i++)
        if (t.bytes[i] != '.')
            bytes[length++] = t.bytes[i];
    return (text){bytes, length};
}

void output_strip_periods(struct arena *arena, struct output *output)
{
    if (output->characters.length)
        output->characters =
            without_periods(arena_allocate(arena, output->characters.length), output->characters);
    for (struct output *child = output->first; child; child = child->next)
        output_strip_periods(arena, child);
}

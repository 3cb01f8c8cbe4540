#include "read/html.h"
#include "read/passes.h"

#include <string.h>

static text decoded(struct builder *builder, text value)
{
    struct arena *arena = builder->reader->arena;
    text words = restore_code(arena, html_decoded(arena, value));
    return words.bytes == value.bytes ? arena_copy(arena, words) : words;
}

static struct span span_of(struct builder *builder, const struct html_attribute *attribute)
{
    return places_span(&builder->places, attribute->from, attribute->to);
}

bool html_attribute(struct builder *builder, const struct html_token *token, const char *name,
                    text *value, struct span *span)
{
    static const char *const of_words[] = {"alt", "aria-label", "title"};
    struct html_attribute attribute;
    size_t offset = token->attributes;
    while (html_next_attribute(builder->places.content, token, &offset, &attribute)) {
        if (!text_equal_ignoring_case(attribute.name, text_from_c(name)))
            continue;
        *value = decoded(builder, attribute.value);
        if (TEXT_IS_AMONG(text_from_c(name), of_words))
            *value = straight_tex_quotations(builder->reader->arena, *value);
        if (span)
            *span = span_of(builder, &attribute);
        return true;
    }
    return false;
}

/* what no page can hold */

/* Declarations of a style that can hide words. Spaces are left out, letters are small. */
static const char *const hiding[] = {
    "display:none", "visibility:hidden", "visibility:collapse",
    "opacity:0",    "font-size:0",       "text-indent:-",
    "clip:",        "clip-path:",        "left:-",
    "top:-",        "color:transparent", "content-visibility:hidden",
    "height:0",     "width:0",           "transform:scale(0",
};

static bool hides_words(text style)
{
    enum { LONGEST = 4096 };
    char plain[LONGEST];
    size_t length = 0;
    for (size_t i = 0; i < style.length && length < LONGEST; i++) {
        char c = style.bytes[i];
        if (!html_is_space(c))
            plain[length++] = (char)(c >= 'A' && c <= 'Z' ? c + 32 : c);
    }
    text words = {plain, length};
    for (size_t i = 0; i < sizeof hiding / sizeof *hiding; i++) {
        text name = text_from_c(hiding[i]);
        size_t at = text_find(words, name, 0);
        for (; at != SIZE_MAX; at = text_find(words, name, at + 1)) {
            bool begins = at == 0 || words.bytes[at - 1] == ';';
            size_t end = at + name.length;
            char next = end < length ? plain[end] : ';';
            /* opacity:0.5 and height:0.5em hide nothing */
            bool is_zero = name.bytes[name.length - 1] == '0' && name.bytes[0] != 't';
            if (begins && (!is_zero || (next != '.' && (next < '0' || next > '9'))))
                return true;
        }
    }
    return length == LONGEST;
}

static bool starts_in(text name, const char *start)
{
    return text_equal_ignoring_case(text_slice(name, 0, text_from_c(start).length),
                                    text_from_c(start));
}

/* Attributes of components: Vue, Angular, JSX. */
static bool is_of_component(const struct html_attribute *attribute)
{
    char first = attribute->name.bytes[0];
    return first == '@' || first == ':' || first == '#' || first == '[' || first == '(' ||
           first == '{' || first == '*' ||
           (starts_in(attribute->name, "v-") && !text_equal_c(attribute->name, "v-pre")) ||
           text_equal_c(attribute->name, "className") ||
           (attribute->value.length && attribute->value.bytes[0] == '{' &&
            attribute->value_from == attribute->from + attribute->name.length + 1);
}

static void check_attribute(struct builder *builder, const struct html_attribute *attribute)
{
    text name = attribute->name;
    struct span span = span_of(builder, attribute);
    if (name.length > 2 && starts_in(name, "on") && attribute->has_value)
        html_report(builder, span, "take it out: no script runs on a page", "%.*s runs a script",
                    TEXT_ARGUMENTS(name));
    else if (is_of_component(attribute))
        html_report(builder, span, "write what it would put there",
                    "%.*s is an attribute of a component", TEXT_ARGUMENTS(name));
    else if (text_equal_ignoring_case(name, TEXT("hidden")) ||
             (text_equal_ignoring_case(name, TEXT("style")) &&
              hides_words(html_decoded(builder->reader->arena, attribute->value))))
        html_report(builder, span, "take the words out, or show them to all readers",
                    "%.*s may hide what stands here", TEXT_ARGUMENTS(name));
}

void html_check_attributes(struct builder *builder, const struct html_token *token)
{
    struct html_attribute attribute;
    size_t offset = token->attributes;
    while (html_next_attribute(builder->places.content, token, &offset, &attribute))
        check_attribute(builder, &attribute);
}

/* what a node takes */

static void add(struct builder *builder, struct attribute **list, const char *key, text value,
                struct span span)
{
    struct attribute *added = ARENA_NEW(builder->reader->arena, struct attribute);
    *added =
        (struct attribute){.next = *list, .key = text_from_c(key), .value = value, .span = span};
    *list = added;
}

static void add_classes(struct builder *builder, struct attribute **list, text classes,
                        struct span span, const struct node *node)
{
    for (size_t at = 0, end; at < classes.length; at = end + 1) {
        end = at;
        while (end < classes.length && !html_is_space(classes.bytes[end]))
            end++;
        text name = text_slice(classes, at, end);
        if (name.length && attributes_know_class(node, name))
            add(builder, list, "class", name, span);
    }
}

void html_apply_attributes(struct builder *builder, const struct html_token *token,
                           struct node *node)
{
    struct attribute *list = NULL;
    struct html_attribute attribute;
    size_t offset = token->attributes;
    while (html_next_attribute(builder->places.content, token, &offset, &attribute)) {
        text name = attribute.name, value = decoded(builder, attribute.value);
        struct span span = span_of(builder, &attribute);
        if (text_equal_ignoring_case(name, TEXT("id")) && value.length)
            add(builder, &list, "id", value, span);
        else if ((text_equal_ignoring_case(name, TEXT("lang")) ||
                  text_equal_ignoring_case(name, TEXT("xml:lang"))) &&
                 value.length)
            add(builder, &list, "lang", value, span);
        else if (text_equal_ignoring_case(name, TEXT("dir")) &&
                 !text_equal_ignoring_case(value, TEXT("auto")))
            add(builder, &list, "dir", value, span);
        else if (text_equal_ignoring_case(name, TEXT("class")))
            add_classes(builder, &list, value, span, node);
    }
    attributes_apply(builder->reader, node, list);
}

/* places that links lead to */

static void give_anchor(struct builder *builder, struct node *block, text id, struct span span)
{
    if (block->id.length == 0) {
        reader_set_id(builder->reader, block, id, span);
        return;
    }
    if (id_map_find(builder->reader->ids, id) != block)
        reader_add_name(builder->reader, block, id, span);
}

void html_add_anchor(struct builder *builder, text id, struct span span)
{
    struct html_anchor *anchor = ARENA_NEW(builder->reader->arena, struct html_anchor);
    *anchor = (struct html_anchor){.id = id, .span = span};
    if (builder->anchors)
        builder->last_anchor->next = anchor;
    else
        builder->anchors = anchor;
    builder->last_anchor = anchor;
}

void html_give_anchors(struct builder *builder, struct node *block)
{
    struct html_anchor *anchor = builder->anchors;
    builder->anchors = NULL;
    for (; anchor; anchor = anchor->next)
        give_anchor(builder, block, anchor->id, anchor->span);
}

/* Colours for light and for dark screens: draw.io writes `fill="light-dark(#000000, #ffffff)"` for
   each label. Paper is light, and so is what lies behind a drawing in an EPUB: the first of the two
   is taken (CSS Color 5, 4), since the renderer would pass over both. */
#include "base/buffer.h"
#include "read/svg.h"

#include <libxml/tree.h>

#include <string.h>

static const char function[] = "light-dark(";

/* The offset behind what ends at a comma or a bracket outside of brackets. */
static size_t end_of_argument(text value, size_t at)
{
    int depth = 0;
    for (; at < value.length; at++) {
        char c = value.bytes[at];
        depth += c == '(';
        if (depth == 0 && (c == ',' || c == ')'))
            return at;
        depth -= c == ')';
    }
    return SIZE_MAX;
}

/* The value with the light one of each two; empty: it has none that is whole. */
static text light_of(struct arena *arena, text value)
{
    struct buffer out;
    size_t from = 0, name = sizeof function - 1;
    buffer_init(&out, value.length);
    for (size_t at = text_find(value, text_from_c(function), 0); at != SIZE_MAX;
         at = text_find(value, text_from_c(function), from)) {
        size_t comma = end_of_argument(value, at + name), end = comma;
        while (end != SIZE_MAX && value.bytes[end] == ',')
            end = end_of_argument(value, end + 1);
        if (end == SIZE_MAX)
            break;
        buffer_add_text(&out, text_slice(value, from, at));
        buffer_add_text(&out, text_trim(text_slice(value, at + name, comma)));
        from = end + 1;
    }
    if (from)
        buffer_add_text(&out, text_slice(value, from, value.length));
    text light = from ? arena_copy(arena, buffer_text(&out)) : TEXT_EMPTY;
    buffer_release(&out);
    return light;
}

void svg_take_light(struct arena *arena, xmlNode *root)
{
    for (xmlNode *node = root; node; node = svg_next(node)) {
        bool is_sheet =
            node->type == XML_ELEMENT_NODE && strcmp((const char *)node->name, "style") == 0;
        for (xmlAttr *a = node->type == XML_ELEMENT_NODE ? node->properties : NULL; a;
             a = a->next) {
            const char *content = a->children ? (const char *)a->children->content : NULL;
            if (!content || !strstr(content, function))
                continue;
            text light = light_of(arena, text_from_c(content));
            if (light.length)
                xmlSetNsProp(node, a->ns, a->name, (const xmlChar *)light.bytes);
        }
        for (xmlNode *child = is_sheet ? node->children : NULL; child; child = child->next) {
            bool is_text = child->type == XML_TEXT_NODE || child->type == XML_CDATA_SECTION_NODE;
            text light = is_text && child->content && strstr((const char *)child->content, function)
                             ? light_of(arena, text_from_c((const char *)child->content))
                             : TEXT_EMPTY;
            if (light.length) {
                xmlFree(child->content);
                child->content = xmlStrdup((const xmlChar *)light.bytes);
            }
        }
    }
}

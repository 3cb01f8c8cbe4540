/* Colours for light and for dark screens: draw.io writes `fill="light-dark(#000000, #ffffff)"` for
   each label. Paper is light, and so is what lies behind a drawing in an EPUB: the first of the two
   is taken (CSS Color 5, 4), since the renderer would pass over both. */
#include "base/buffer.h"
#include "read/svg.h"

#include <libxml/tree.h>

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
    const text function = TEXT("light-dark(");
    struct buffer out;
    size_t from = 0, at = text_find(value, function, 0);
    if (at == SIZE_MAX)
        return TEXT_EMPTY;
    buffer_init(&out, value.length);
    for (; at != SIZE_MAX; at = text_find(value, function, from)) {
        size_t first = at + function.length, comma = end_of_argument(value, first), end = comma;
        while (end != SIZE_MAX && value.bytes[end] == ',')
            end = end_of_argument(value, end + 1);
        if (end == SIZE_MAX)
            break;
        buffer_add_text(&out, text_slice(value, from, at));
        buffer_add_text(&out, text_trim(text_slice(value, first, comma)));
        from = end + 1;
    }
    if (from)
        buffer_add_text(&out, text_slice(value, from, value.length));
    text light = from ? arena_copy(arena, buffer_text(&out)) : TEXT_EMPTY;
    buffer_release(&out);
    return light;
}

/* The attributes of an element. */
static void take_light_of_attributes(struct arena *arena, xmlNode *element)
{
    for (xmlAttr *a = element->properties; a; a = a->next) {
        const char *content = a->children ? (const char *)a->children->content : NULL;
        text light = light_of(arena, text_from_c(content));
        if (light.length)
            xmlSetNsProp(element, a->ns, a->name, (const xmlChar *)light.bytes);
    }
}

/* The declarations of a sheet. */
static void take_light_of_sheet(struct arena *arena, xmlNode *sheet)
{
    for (xmlNode *child = sheet->children; child; child = child->next) {
        bool is_text = child->type == XML_TEXT_NODE || child->type == XML_CDATA_SECTION_NODE;
        text light =
            is_text ? light_of(arena, text_from_c((const char *)child->content)) : TEXT_EMPTY;
        if (light.length) {
            xmlFree(child->content);
            child->content = xmlStrdup((const xmlChar *)light.bytes);
        }
    }
}

void svg_take_light(struct arena *arena, xmlNode *root)
{
    for (xmlNode *node = root; node; node = svg_next(node)) {
        if (node->type == XML_ELEMENT_NODE)
            take_light_of_attributes(arena, node);
        if (svg_is_named(node, "style"))
            take_light_of_sheet(arena, node);
    }
}

/* Whether words in a drawing are too pale. What lies behind a word would take a whole renderer to
   know; so a word counts as pale only where it is on every ground that it could stand on: white
   paper, and each colour that a shape of the drawing is filled with. Where a colour cannot be told
   (a gradient, a style sheet, transparency), nothing is said. */
#include "base/contrast.h"
#include "read/pictures.h"
#include "read/svg.h"

#include <libxml/tree.h>

#include <string.h>

enum { MOST_GROUNDS = 64 };

enum paint { PAINT_COLOUR, PAINT_NONE, PAINT_UNKNOWN };

static const struct {
    const char *name;
    uint32_t colour;
} names[] = {
    {"black", 0x000000},     {"white", 0xFFFFFF},      {"gray", 0x808080},
    {"grey", 0x808080},      {"silver", 0xC0C0C0},     {"red", 0xFF0000},
    {"green", 0x008000},     {"blue", 0x0000FF},       {"yellow", 0xFFFF00},
    {"orange", 0xFFA500},    {"purple", 0x800080},     {"navy", 0x000080},
    {"teal", 0x008080},      {"maroon", 0x800000},     {"lightgray", 0xD3D3D3},
    {"lightgrey", 0xD3D3D3}, {"darkgray", 0xA9A9A9},   {"darkgrey", 0xA9A9A9},
    {"gainsboro", 0xDCDCDC}, {"whitesmoke", 0xF5F5F5}, {"lightyellow", 0xFFFFE0},
    {"lightblue", 0xADD8E6},
};

/* #rgb, #rrggbb or a name; none; anything else is unknown. */
static enum paint read_paint(text value, uint32_t *colour)
{
    *colour = 0;
    if (text_equal_c(value, "none") || text_equal_c(value, "transparent"))
        return PAINT_NONE;
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        if (text_equal_ignoring_case(value, text_from_c(names[i].name))) {
            *colour = names[i].colour;
            return PAINT_COLOUR;
        }
    }
    if ((value.length != 4 && value.length != 7) || value.bytes[0] != '#')
        return PAINT_UNKNOWN;
    for (size_t i = 1; i < value.length; i++) {
        int digit = byte_hexadecimal(value.bytes[i]);
        if (digit < 0)
            return PAINT_UNKNOWN;
        *colour = *colour << 4 | (uint32_t)digit;
        if (value.length == 4)
            *colour = *colour << 4 | (uint32_t)digit;
    }
    return PAINT_COLOUR;
}

/* The value of a property in a style attribute: "fill: red; stroke: none"; empty: not there. */
static text find_in_style(text style, text name)
{
    while (style.length) {
        text one, property, value;
        text_cut(style, ';', &one, &style);
        if (text_cut(one, ':', &property, &value) && text_equal(text_trim(property), name))
            return text_trim(value);
    }
    return TEXT_EMPTY;
}

text svg_property(struct arena *arena, xmlNode *element, const char *name)
{
    xmlChar *style = xmlGetNoNsProp(element, (const xmlChar *)"style");
    text value = find_in_style(text_from_c((const char *)style), text_from_c(name));
    value = value.length ? arena_copy(arena, value) : TEXT_EMPTY;
    xmlFree(style);
    if (value.length)
        return value;
    xmlChar *attribute = xmlGetNoNsProp(element, (const xmlChar *)name);
    text words = text_trim(text_from_c((const char *)attribute));
    value = words.length ? arena_copy(arena, words) : TEXT_EMPTY;
    xmlFree(attribute);
    return value;
}

/* The fill, with what it inherits; black where nothing sets it (SVG 2, 13.3). */
static enum paint fill_of(struct arena *arena, xmlNode *element, uint32_t *colour)
{
    enum paint paint = PAINT_COLOUR;
    bool is_set = false;
    *colour = 0;
    for (xmlNode *node = element; node && node->type == XML_ELEMENT_NODE; node = node->parent) {
        if (svg_property(arena, node, "opacity").length ||
            svg_property(arena, node, "fill-opacity").length ||
            svg_property(arena, node, "class").length)
            return PAINT_UNKNOWN;
        text value = is_set ? TEXT_EMPTY : svg_property(arena, node, "fill");
        if (value.length == 0 || text_equal_c(value, "inherit"))
            continue;
        is_set = true;
        paint = read_paint(value, colour);
    }
    return paint;
}

static bool is_shape(const xmlNode *node)
{
    return svg_is_named(node, "rect") || svg_is_named(node, "circle") ||
           svg_is_named(node, "ellipse") || svg_is_named(node, "polygon") ||
           svg_is_named(node, "path");
}

bool svg_has_words(const xmlNode *node)
{
    for (const xmlNode *child = node->children; child; child = child->next) {
        if (child->type == XML_TEXT_NODE &&
            !text_is_blank(text_from_c((const char *)child->content)))
            return true;
    }
    return false;
}

xmlNode *svg_next(xmlNode *node)
{
    if (node->type == XML_ELEMENT_NODE && node->children)
        return node->children;
    while (node && !node->next)
        node = node->parent && node->parent->type == XML_ELEMENT_NODE ? node->parent : NULL;
    return node ? node->next : NULL;
}

struct colours {
    uint32_t grounds[MOST_GROUNDS];
    size_t count;
    bool is_unknown;
};

static void add_ground(struct colours *colours, uint32_t colour)
{
    for (size_t i = 0; i < colours->count; i++) {
        if (colours->grounds[i] == colour)
            return;
    }
    if (colours->count == MOST_GROUNDS)
        colours->is_unknown = true;
    else
        colours->grounds[colours->count++] = colour;
}

static void find_grounds(struct arena *arena, xmlNode *root, struct colours *colours)
{
    add_ground(colours, 0xFFFFFF);
    for (xmlNode *node = root; node && !colours->is_unknown; node = svg_next(node)) {
        if (node->type != XML_ELEMENT_NODE)
            continue;
        uint32_t colour;
        enum paint paint = is_shape(node) ? fill_of(arena, node, &colour) : PAINT_NONE;
        if (paint == PAINT_COLOUR)
            add_ground(colours, colour);
        colours->is_unknown |=
            paint == PAINT_UNKNOWN || svg_is_named(node, "style") || svg_is_named(node, "image");
    }
}

double svg_text_contrast(struct arena *arena, xmlNode *root)
{
    struct colours colours = {.count = 0};
    double least = 0;
    find_grounds(arena, root, &colours);
    for (xmlNode *node = root; node && !colours.is_unknown; node = svg_next(node)) {
        uint32_t colour;
        if ((!svg_is_named(node, "text") && !svg_is_named(node, "tspan")) || !svg_has_words(node) ||
            fill_of(arena, node, &colour) != PAINT_COLOUR)
            continue;
        double best = 0;
        for (size_t i = 0; i < colours.count; i++) {
            double ratio = contrast_ratio(colour, colours.grounds[i]);
            best = ratio > best ? ratio : best;
        }
        least = least <= 0 || best < least ? best : least;
    }
    return least;
}

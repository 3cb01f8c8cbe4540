/* Elements of a style: XML through libxml2 into a small tree. */
#include "csl/csl.h"
#include "csl/style.h"
#include "csl/xml.h"

#include <libxml/tree.h>
#include <string.h>

enum { STYLE_DEPTH = 48 }; /* elements within elements */

static const char *const element_names[] = {
    [ELEMENT_TEXT] = "text",
    [ELEMENT_NUMBER] = "number",
    [ELEMENT_LABEL] = "label",
    [ELEMENT_DATE] = "date",
    [ELEMENT_DATE_PART] = "date-part",
    [ELEMENT_NAMES] = "names",
    [ELEMENT_NAME] = "name",
    [ELEMENT_NAME_PART] = "name-part",
    [ELEMENT_ET_AL] = "et-al",
    [ELEMENT_INSTITUTION] = "institution",
    [ELEMENT_SUBSTITUTE] = "substitute",
    [ELEMENT_GROUP] = "group",
    [ELEMENT_CHOOSE] = "choose",
    [ELEMENT_IF] = "if",
    [ELEMENT_ELSE_IF] = "else-if",
    [ELEMENT_ELSE] = "else",
    [ELEMENT_LAYOUT] = "layout",
    [ELEMENT_SORT] = "sort",
    [ELEMENT_KEY] = "key",
    [ELEMENT_MACRO] = "macro",
    [ELEMENT_CITATION] = "citation",
    [ELEMENT_BIBLIOGRAPHY] = "bibliography",
    [ELEMENT_LOCALE] = "locale",
    [ELEMENT_STYLE] = "style",
};

static const char *const attribute_names[] = {
#define ATTRIBUTE(symbol, name) [ATTRIBUTE_##symbol] = name,
#include "csl/attributes.def"
#undef ATTRIBUTE
};

/* Values of the attributes of formatting. */
static const struct {
    enum csl_attribute attribute;
    const char *value;
    enum csl_look look;
} looks[] = {
    {ATTRIBUTE_FONT_STYLE, "italic", CSL_ITALIC},
    {ATTRIBUTE_FONT_STYLE, "oblique", CSL_OBLIQUE},
    {ATTRIBUTE_FONT_STYLE, "normal", CSL_UPRIGHT},
    {ATTRIBUTE_FONT_WEIGHT, "bold", CSL_BOLD},
    {ATTRIBUTE_FONT_WEIGHT, "light", CSL_LIGHT},
    {ATTRIBUTE_FONT_WEIGHT, "normal", CSL_MEDIUM},
    {ATTRIBUTE_FONT_VARIANT, "small-caps", CSL_SMALL_CAPITALS},
    {ATTRIBUTE_FONT_VARIANT, "normal", CSL_PLAIN_CAPITALS},
    {ATTRIBUTE_TEXT_DECORATION, "underline", CSL_UNDERLINED},
    {ATTRIBUTE_TEXT_DECORATION, "none", CSL_NOT_UNDERLINED},
    {ATTRIBUTE_VERTICAL_ALIGN, "sup", CSL_SUPERSCRIPT},
    {ATTRIBUTE_VERTICAL_ALIGN, "sub", CSL_SUBSCRIPT},
    {ATTRIBUTE_VERTICAL_ALIGN, "baseline", CSL_ON_BASELINE},
    {ATTRIBUTE_DISPLAY, "block", CSL_DISPLAY_BLOCK},
    {ATTRIBUTE_DISPLAY, "left-margin", CSL_DISPLAY_LEFT_MARGIN},
    {ATTRIBUTE_DISPLAY, "right-inline", CSL_DISPLAY_RIGHT_INLINE},
    {ATTRIBUTE_DISPLAY, "indent", CSL_DISPLAY_INDENT},
};

const text *element_find(const struct element *element, enum csl_attribute attribute)
{
    for (const struct attribute_value *a = element ? element->attributes : NULL; a; a = a->next) {
        if (a->attribute == attribute)
            return &a->value;
    }
    return NULL;
}

text element_attribute(const struct element *element, enum csl_attribute attribute)
{
    const text *value = element_find(element, attribute);
    return value ? *value : TEXT_EMPTY;
}

bool element_is(const struct element *element, enum csl_attribute attribute, const char *value)
{
    return text_equal_c(element_attribute(element, attribute), value);
}

const struct element *element_child(const struct element *element, enum element_kind kind)
{
    for (const struct element *child = element ? element->first : NULL; child;
         child = child->next) {
        if (child->kind == kind)
            return child;
    }
    return NULL;
}

static enum element_kind kind_of(const xmlNode *node)
{
    for (size_t i = 1; i < sizeof element_names / sizeof *element_names; i++)
        if (strcmp(element_names[i], (const char *)node->name) == 0)
            return (enum element_kind)i;
    return ELEMENT_UNKNOWN;
}

static void set_look(struct element *element, enum csl_attribute attribute, text value)
{
    for (size_t i = 0; i < sizeof looks / sizeof *looks; i++) {
        if (looks[i].attribute != attribute || !text_equal_c(value, looks[i].value))
            continue;
        struct format *format = &element->format;
        uint8_t *const places[] = {&format->style,      &format->variant,  &format->weight,
                                   &format->decoration, &format->vertical, &format->display};
        *places[attribute - ATTRIBUTE_FONT_STYLE] = (uint8_t)looks[i].look;
        element->has_format = true;
    }
}

static void split_variables(struct arena *arena, struct element *element, text value)
{
    element->variables = ARENA_NEW_ARRAY(arena, value.length / 2 + 1, text);
    for (size_t from = 0, to; from < value.length; from = to + 1) {
        for (to = from; to < value.length && !strchr(" \t\n\r", value.bytes[to]);)
            to++;
        if (to > from)
            element->variables[element->variable_count++] = text_slice(value, from, to);
    }
}

static void set_attribute(struct arena *arena, struct element *element,
                          enum csl_attribute attribute, text value)
{
    struct attribute_value *made = ARENA_NEW(arena, struct attribute_value);
    *made = (struct attribute_value){element->attributes, attribute, value};
    element->attributes = made;
    switch (attribute) {
    case ATTRIBUTE_PREFIX:
        element->prefix = value;
        break;
    case ATTRIBUTE_SUFFIX:
        element->suffix = value;
        break;
    case ATTRIBUTE_DELIMITER:
        element->delimiter = value;
        break;
    case ATTRIBUTE_QUOTES:
        element->has_quotes = text_equal_c(value, "true");
        break;
    case ATTRIBUTE_STRIP_PERIODS:
        element->strips_periods = text_equal_c(value, "true");
        break;
    case ATTRIBUTE_VARIABLE:
        split_variables(arena, element, value);
        break;
    default:
        set_look(element, attribute, value);
        break;
    }
}

static struct element *read_element(struct arena *arena, const xmlNode *node,
                                    struct element *parent)
{
    struct element *element = ARENA_NEW(arena, struct element);
    element->kind = kind_of(node);
    element->parent = parent;
    for (const xmlAttr *a = node->properties; a; a = a->next) {
        for (size_t i = 0; i < ATTRIBUTE_COUNT; i++) {
            if (strcmp(attribute_names[i], (const char *)a->name) == 0) {
                set_attribute(arena, element, (enum csl_attribute)i,
                              xml_attribute(arena, node, attribute_names[i]));
                break;
            }
        }
    }
    return element;
}

struct element *element_read(struct arena *arena, const xmlNode *top, const xmlNode **too_deep)
{
    struct {
        const xmlNode *next;
        struct element *element, *last;
    } stack[STYLE_DEPTH];
    size_t depth = 0;
    struct element *root = read_element(arena, top, NULL);
    stack[depth++].next = top->children;
    stack[0].element = root;
    stack[0].last = NULL;
    while (depth) { /* without recursion: depth is the author's */
        const xmlNode *node = stack[depth - 1].next;
        if (!node) {
            depth--;
            continue;
        }
        stack[depth - 1].next = node->next;
        if (node->type != XML_ELEMENT_NODE)
            continue;
        struct element *child = read_element(arena, node, stack[depth - 1].element);
        if (child->kind == ELEMENT_UNKNOWN || child->kind == ELEMENT_LOCALE)
            continue;
        if (stack[depth - 1].last)
            stack[depth - 1].last->next = child;
        else
            stack[depth - 1].element->first = child;
        stack[depth - 1].last = child;
        if (depth == STYLE_DEPTH) {
            *too_deep = node;
            return root;
        }
        stack[depth].next = node->children;
        stack[depth].element = child;
        stack[depth++].last = NULL;
    }
    return root;
}

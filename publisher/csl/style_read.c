/* Reads a style: XML through libxml2 into a small tree, macros resolved to what they name. */
#include "csl/csl.h"
#include "csl/locale.h"
#include "csl/style.h"
#include "csl/xml.h"

#include <libxml/parser.h>
#include <libxml/tree.h>
#include <string.h>

enum {
    STYLE_DEPTH = 48,    /* elements within elements */
    STYLE_NODES = 60000, /* of a style, macros counted wherever they are called: no bombs */
    MACRO_DEPTH = 32,
};

struct style_reader {
    struct arena *arena;
    struct report *report;
    uint32_t file;
    struct csl_style *style;
    struct element **macros;
    size_t macro_count, macro_capacity;
    bool failed;
};

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

static struct span span_of(const struct style_reader *reader, const xmlNode *node)
{
    long line = node ? xmlGetLineNo(node) : 1;
    return (struct span){.file = reader->file, .line = line > 0 ? (uint32_t)line : 1, .column = 1};
}

static void fail(struct style_reader *reader, const char *rule, const xmlNode *node,
                 const char *message, text subject)
{
    report_error(reader->report, rule, span_of(reader, node), NULL, message,
                 TEXT_ARGUMENTS(subject));
    reader->failed = true;
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

static void split_variables(struct style_reader *reader, struct element *element, text value)
{
    element->variables = ARENA_NEW_ARRAY(reader->arena, value.length / 2 + 1, text);
    for (size_t from = 0, to; from < value.length; from = to + 1) {
        for (to = from; to < value.length && !strchr(" \t\n\r", value.bytes[to]);)
            to++;
        if (to > from)
            element->variables[element->variable_count++] = text_slice(value, from, to);
    }
}

static void set_attribute(struct style_reader *reader, struct element *element,
                          enum csl_attribute attribute, text value)
{
    struct attribute_value *made = ARENA_NEW(reader->arena, struct attribute_value);
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
        split_variables(reader, element, value);
        break;
    default:
        set_look(element, attribute, value);
        break;
    }
}

static struct element *read_element(struct style_reader *reader, const xmlNode *node,
                                    struct element *parent)
{
    struct element *element = ARENA_NEW(reader->arena, struct element);
    element->kind = kind_of(node);
    element->parent = parent;
    for (const xmlAttr *a = node->properties; a; a = a->next) {
        for (size_t i = 0; i < ATTRIBUTE_COUNT; i++) {
            if (strcmp(attribute_names[i], (const char *)a->name) == 0) {
                set_attribute(reader, element, (enum csl_attribute)i,
                              xml_attribute(reader->arena, node, attribute_names[i]));
                break;
            }
        }
    }
    return element;
}

/* The tree below a node, without recursion: depth is the author's. */
static void read_children(struct style_reader *reader, const xmlNode *top, struct element *root)
{
    struct {
        const xmlNode *next;
        struct element *element, *last;
    } stack[STYLE_DEPTH];
    size_t depth = 0;
    stack[depth++].next = top->children;
    stack[0].element = root;
    stack[0].last = NULL;
    while (depth) {
        const xmlNode *node = stack[depth - 1].next;
        if (!node) {
            depth--;
            continue;
        }
        stack[depth - 1].next = node->next;
        if (node->type != XML_ELEMENT_NODE)
            continue;
        struct element *child = read_element(reader, node, stack[depth - 1].element);
        if (child->kind == ELEMENT_UNKNOWN || (child->kind == ELEMENT_LOCALE && !reader->style))
            continue;
        if (stack[depth - 1].last)
            stack[depth - 1].last->next = child;
        else
            stack[depth - 1].element->first = child;
        stack[depth - 1].last = child;
        if (child->kind == ELEMENT_MACRO) {
            ARENA_GROW(reader->arena, reader->macros, reader->macro_count, reader->macro_capacity);
            reader->macros[reader->macro_count++] = child;
        }
        if (child->kind == ELEMENT_LOCALE) {
            locale_add_part(reader->arena, &reader->style->locales, node);
            continue;
        }
        if (depth == STYLE_DEPTH) {
            if (reader->report)
                fail(reader, "style-syntax", node, "the style's elements nest too deeply%.*s",
                     TEXT_EMPTY);
            return;
        }
        stack[depth].next = node->children;
        stack[depth].element = child;
        stack[depth++].last = NULL;
    }
}

struct element *element_read(struct arena *arena, const xmlNode *node)
{
    struct style_reader reader = {.arena = arena};
    struct element *element = read_element(&reader, node, NULL);
    read_children(&reader, node, element);
    return element;
}

/* macros */

static const struct element *find_macro(const struct style_reader *reader, text name)
{
    for (size_t i = 0; i < reader->macro_count; i++)
        if (text_equal(element_attribute(reader->macros[i], ATTRIBUTE_NAME), name))
            return reader->macros[i];
    return NULL;
}

/* The element after this one in a walk over everything below top. */
static struct element *next_in(struct element *element, const struct element *top)
{
    if (element->first)
        return element->first;
    while (element != top && !element->next)
        element = element->parent;
    return element == top ? NULL : element->next;
}

static void resolve_macros(struct style_reader *reader, struct element *root)
{
    for (struct element *e = root; e; e = next_in(e, root)) {
        text name = element_attribute(e, ATTRIBUTE_MACRO);
        if (!name.length)
            continue;
        e->macro = find_macro(reader, name);
        if (!e->macro)
            fail(reader, "style-macro", NULL, "the style has no macro \"%.*s\"", name);
    }
}

/* Walks what a layout would render: macros that call themselves are found, and styles that would
   grow without end by calling macros from macros. */
static void check_macros(struct style_reader *reader, const struct element *top)
{
    struct {
        const struct element *top;
        struct element *at;
    } stack[MACRO_DEPTH];
    size_t depth = 0, nodes = 0;
    stack[depth].top = top;
    stack[depth++].at = (struct element *)top;
    while (depth && !reader->failed) {
        struct element *at = stack[depth - 1].at;
        if (!at) {
            depth--;
            continue;
        }
        stack[depth - 1].at = next_in(at, stack[depth - 1].top);
        if (++nodes > STYLE_NODES)
            fail(reader, "style-macro", NULL, "the style calls macros from macros too often%.*s",
                 TEXT_EMPTY);
        if (!at->macro)
            continue;
        for (size_t i = 0; i < depth; i++) {
            if (stack[i].top == at->macro) {
                fail(reader, "style-macro", NULL, "the macro \"%.*s\" calls itself",
                     element_attribute(at->macro, ATTRIBUTE_NAME));
                return;
            }
        }
        if (depth == MACRO_DEPTH) {
            fail(reader, "style-macro", NULL, "macros call macros too deeply%.*s", TEXT_EMPTY);
            return;
        }
        stack[depth].top = at->macro;
        stack[depth++].at = (struct element *)at->macro;
    }
}

/* the style */

static text parent_of(struct arena *arena, const xmlNode *root)
{
    const xmlNode *info = xml_child(root, "info");
    for (const xmlNode *link = info ? info->children : NULL; link; link = link->next) {
        if (link->type == XML_ELEMENT_NODE && strcmp((const char *)link->name, "link") == 0 &&
            text_equal_c(xml_attribute(arena, link, "rel"), "independent-parent"))
            return xml_attribute(arena, link, "href");
    }
    return TEXT_EMPTY;
}

static void read_style(struct style_reader *reader, const xmlNode *root)
{
    struct csl_style *style = reader->style;
    struct element *top = read_element(reader, root, NULL);
    style->root = top;
    style->uses_notes = element_is(top, ATTRIBUTE_CLASS, "note");
    style->default_locale = element_attribute(top, ATTRIBUTE_DEFAULT_LOCALE);
    read_children(reader, root, top);
    style->citation = element_child(top, ELEMENT_CITATION);
    style->bibliography = element_child(top, ELEMENT_BIBLIOGRAPHY);
    style->citation_layout = element_child(style->citation, ELEMENT_LAYOUT);
    style->bibliography_layout = element_child(style->bibliography, ELEMENT_LAYOUT);
    style->citation_sort = element_child(style->citation, ELEMENT_SORT);
    style->bibliography_sort = element_child(style->bibliography, ELEMENT_SORT);
    if (!style->bibliography_layout)
        style->bibliography = NULL;
    if (!style->citation_layout) {
        style->parent = parent_of(reader->arena, root);
        if (!style->parent.length)
            fail(reader, "style-syntax", root, "the style does not say how a citation looks%.*s",
                 TEXT_EMPTY);
        return;
    }
    resolve_macros(reader, top);
    if (!reader->failed)
        check_macros(reader, style->citation);
    if (!reader->failed && style->bibliography)
        check_macros(reader, style->bibliography);
}

const struct csl_style *csl_style_read(struct arena *arena, struct report *report, uint32_t file,
                                       text bytes)
{
    struct csl_style *style = ARENA_NEW(arena, struct csl_style);
    struct style_reader reader = {.arena = arena, .report = report, .file = file, .style = style};
    xmlDoc *document = xml_read(bytes);
    const xmlNode *root = document ? xmlDocGetRootElement(document) : NULL;
    if (!root || strcmp((const char *)root->name, "style") != 0)
        fail(&reader, "style-syntax", NULL, "this is not a CSL style%.*s", TEXT_EMPTY);
    else
        read_style(&reader, root);
    xmlFreeDoc(document);
    return reader.failed ? NULL : style;
}

text csl_style_parent(const struct csl_style *style)
{
    return style->parent;
}

bool csl_style_has_bibliography(const struct csl_style *style)
{
    return style->bibliography != NULL;
}

bool csl_style_uses_notes(const struct csl_style *style)
{
    return style->uses_notes;
}

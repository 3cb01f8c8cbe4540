/* What drawing an SVG would take, before anything is drawn: elements, each counted as often as it
   is used, and what a few of them ask of the renderer. Also what the renderer leaves out without a
   word. What cannot be told from the elements is told by trying (svg_trial.c). */
#include "base/lengths.h"
#include "base/limits.h"
#include "read/svg.h"

#include <libxml/hash.h>
#include <libxml/tree.h>

#include <string.h>

struct budget {
    struct arena *arena;
    xmlHashTable *parts;   /* elements by their id */
    xmlHashTable *classes; /* names that elements have */
    const char *why;       /* in the arena, or constant */
    unsigned depth;        /* of what uses what */
};

/* An element's weight stands in xmlNode._private: 0, not known yet; UNDER_WAY, being counted; or
   the number of elements that it draws, plus one. */
enum { UNDER_WAY = 1, MOST_NESTED_USES = 32 };

static text content_of(const xmlAttr *attribute)
{
    const xmlNode *only = attribute->children;
    return text_from_c(only && !only->next ? (const char *)only->content : NULL);
}

static text attribute_of(const xmlNode *element, const char *name)
{
    for (const xmlAttr *a = element->properties; a; a = a->next) {
        if (strcmp((const char *)a->name, name) == 0)
            return content_of(a);
    }
    return TEXT_EMPTY;
}

static void refuse(struct budget *budget, const xmlNode *element, const char *what)
{
    text id = attribute_of(element, "id");
    if (!budget->why)
        budget->why =
            arena_printf(budget->arena, "its <%s%s%.*s%s> %s", (const char *)element->name,
                         id.length ? " id=\"" : "", TEXT_ARGUMENTS(id), id.length ? "\"" : "", what)
                .bytes;
}

/* weight */

static size_t weight_of(struct budget *budget, xmlNode *element);

static size_t weight_of_part(struct budget *budget, xmlNode *element, text id)
{
    xmlNode *part =
        xmlHashLookup(budget->parts, (const xmlChar *)arena_copy(budget->arena, id).bytes);
    if (!part) {
        if (svg_is_named(element, "use"))
            refuse(budget, element, "leads to a part that is not there");
        return 0;
    }
    if (++budget->depth > MOST_NESTED_USES)
        refuse(budget, element, "uses what uses what uses others, more than 32 times");
    size_t weight = budget->why ? 0 : weight_of(budget, part);
    budget->depth--;
    return weight;
}

/* How many points a path or a line of points has, roughly: each may carry a marker. */
static size_t count_points(const xmlNode *element)
{
    text path = attribute_of(element, svg_is_named(element, "path") ? "d" : "points");
    size_t numbers = 0;
    bool in_number = false;
    for (size_t i = 0; i < path.length; i++) {
        bool is_digit = byte_is_digit(path.bytes[i]);
        numbers += is_digit && !in_number;
        in_number = is_digit || (in_number && path.bytes[i] == '.');
    }
    return numbers / 2 + 1;
}

/* Parts that a value such as "url(#arrow)" or "fill: url('#dots')" leads to. */
static size_t weight_of_value(struct budget *budget, xmlNode *element, text value)
{
    size_t weight = 0;
    /* in a style: "marker-mid: url(#dot)" and "marker: url(#dot)" stand at each point */
    bool has_marker = text_find(value, TEXT("marker-mid:"), 0) != SIZE_MAX ||
                      text_find(value, TEXT("marker:"), 0) != SIZE_MAX;
    for (size_t at = text_find(value, TEXT("url("), 0); at != SIZE_MAX;
         at = text_find(value, TEXT("url("), at + 4)) {
        size_t from = at + 4;
        while (from < value.length && strchr(" '\"#", value.bytes[from]))
            from++;
        size_t end = from;
        while (end < value.length && !strchr(" '\")", value.bytes[end]))
            end++;
        size_t one = weight_of_part(budget, element, text_slice(value, from, end));
        weight += has_marker ? one * count_points(element) : one;
    }
    return weight;
}

static size_t weight_of_attributes(struct budget *budget, xmlNode *element)
{
    size_t weight = 0;
    for (const xmlAttr *a = element->properties; a && !budget->why; a = a->next) {
        const char *name = (const char *)a->name;
        text value = content_of(a);
        if (svg_is_named(element, "use") && strcmp(name, "href") == 0 && value.length &&
            value.bytes[0] == '#') {
            weight += weight_of_part(budget, element, text_slice(value, 1, value.length));
        } else if (strncmp(name, "marker", 6) == 0) {
            bool is_each = strcmp(name, "marker-mid") == 0;
            weight +=
                weight_of_value(budget, element, value) * (is_each ? count_points(element) : 1);
        } else if (value.length > 5 && text_find(value, TEXT("url("), 0) != SIZE_MAX) {
            weight += weight_of_value(budget, element, value);
        }
    }
    return weight;
}

static size_t weight_of(struct budget *budget, xmlNode *element)
{
    uintptr_t known = (uintptr_t)element->_private;
    if (known == UNDER_WAY)
        refuse(budget, element, "draws itself");
    if (known)
        return known - 1;
    element->_private = (void *)UNDER_WAY;
    size_t weight = 1 + weight_of_attributes(budget, element);
    for (xmlNode *child = element->children; child && !budget->why; child = child->next) {
        if (child->type == XML_ELEMENT_NODE)
            weight += weight_of(budget, child);
    }
    if (weight > LIMIT_SVG_ELEMENTS)
        refuse(budget, element, "draws more than 100,000 parts");
    element->_private = (void *)(uintptr_t)(weight + 1);
    return weight;
}

/* what a few elements ask */

static void check_letters(struct budget *budget, xmlNode *element)
{
    xmlChar *string = xmlNodeGetContent(element);
    if (xmlUTF8Strlen(string) > LIMIT_SVG_LETTERS)
        refuse(budget, element, "has more than 4,000 letters; divide it");
    xmlFree(string);
}

static void check_number(struct budget *budget, xmlNode *element, const char *name, double most)
{
    size_t used;
    double number = number_read(attribute_of(element, name), &used);
    if (used && number > most)
        refuse(budget, element, arena_printf(budget->arena, "has %s above %g", name, most).bytes);
}

static void check_cost(struct budget *budget, xmlNode *element)
{
    if (svg_is_named(element, "text"))
        check_letters(budget, element);
    else if (svg_is_named(element, "feTurbulence"))
        check_number(budget, element, "numOctaves", 10);
    else if (svg_is_named(element, "feConvolveMatrix"))
        check_number(budget, element, "order", 15);
    check_number(budget, element, "font-size", 10000);
}

/* what is not drawn */

/* Elements that librsvg passes over (its "Supported features"), with all words that stand in them.
 */
static const char *const never_drawn[] = {
    "textPath", "tref", "altGlyph", "flowRoot", "flowPara", "flowSpan",
};

/* Properties without which a part of a drawing is another: not fonts, cursors and the like. */
static const char *const seen[] = {
    "fill",    "stroke",       "color",          "stop-color", "flood-color", "opacity",
    "display", "fill-opacity", "stroke-opacity", "visibility", "transform",   "stroke-width",
};

/* Functions of newer CSS: a value with one of them is left out as a whole. */
static const char *const functions[] = {"var(", "calc(", "color-mix(", "env("};

static const char *function_in(text value)
{
    for (size_t i = 0; value.length && i < sizeof functions / sizeof *functions; i++) {
        if (text_find(value, text_from_c(functions[i]), 0) != SIZE_MAX)
            return functions[i];
    }
    return NULL;
}

static void refuse_function(struct budget *budget, const xmlNode *element, text property,
                            const char *function)
{
    refuse(budget, element,
           arena_printf(budget->arena, "sets %.*s by %s), which is not drawn",
                        TEXT_ARGUMENTS(property), function)
               .bytes);
}

/* Whether one of the names was set before the offset, in the same braces, to what is understood. */
static bool is_set_before(text style, size_t at, text property)
{
    enum { REACH = 4096 };
    size_t start = at;
    while (start && at - start < REACH && !strchr("{}", style.bytes[start - 1]))
        start--;
    text before = text_slice(style, start, at);
    for (size_t found = text_find(before, property, 0); found != SIZE_MAX;
         found = text_find(before, property, found + 1)) {
        size_t end = text_find_byte(before, ';', found);
        text value =
            text_slice(before, found + property.length, end == SIZE_MAX ? before.length : end);
        bool is_whole = found == 0 || strchr("; \t\n{", before.bytes[found - 1]);
        if (is_whole && text_starts_with(text_trim(value), TEXT(":")) && !function_in(value))
            return true;
    }
    return false;
}

/* Whether a rule of a sheet is for a class that no element has, or for dark screens. */
static bool is_unused(const struct budget *budget, text sheet, size_t at)
{
    enum { REACH = 4096 };
    size_t open = at;
    while (open && at - open < REACH && sheet.bytes[open - 1] != '{')
        open--;
    size_t start = open ? open - 1 : 0;
    while (start && at - start < 2 * REACH && !strchr("{};", sheet.bytes[start - 1]))
        start--;
    text selector = text_trim(text_slice(sheet, start, open ? open - 1 : 0));
    size_t dot = SIZE_MAX, end;
    for (size_t i = 0; i < selector.length; i++)
        dot = selector.bytes[i] == '.' ? i + 1 : dot;
    if (dot == SIZE_MAX || text_find_byte(selector, ',', 0) != SIZE_MAX)
        return false;
    for (end = dot; end < selector.length && !strchr(" :[>.#+~", selector.bytes[end]);)
        end++;
    text name = arena_copy(budget->arena, text_slice(selector, dot, end));
    return !xmlHashLookup(budget->classes, (const xmlChar *)name.bytes);
}

/* Declarations, of an attribute or of a sheet: "fill: red; stroke: var(--line)". What is not
   understood counts for nothing where the same property is set to what is, by the element's own
   attribute or before it in the style. */
static void check_declarations(struct budget *budget, const xmlNode *element, text style)
{
    bool is_sheet = svg_is_named(element, "style");
    if (!function_in(style))
        return;
    if (is_sheet) /* what follows is for dark screens, at the end of a sheet */
        style = text_slice(style, 0, text_find(style, TEXT("prefers-color-scheme"), 0));
    for (size_t start = 0; start < style.length && !budget->why;) {
        size_t end = start, from = start;
        while (end < style.length && !strchr(";{}", style.bytes[end]))
            end++;
        text one = text_slice(style, start, end);
        start = end + 1;
        text property, value;
        const char *function = text_cut(one, ':', &property, &value) ? function_in(value) : NULL;
        if (!function)
            continue;
        property = text_trim(property);
        char *name = arena_copy_c(budget->arena, property);
        if (TEXT_IS_AMONG(property, seen) && !is_set_before(style, from, property) &&
            (is_sheet ? !is_unused(budget, style, from) : attribute_of(element, name).length == 0))
            refuse_function(budget, element, property, function);
    }
}

static bool holds_words(const xmlNode *element)
{
    xmlChar *content = xmlNodeGetContent(element);
    bool holds = !text_is_blank(text_from_c((const char *)content));
    xmlFree(content);
    return holds;
}

static void check_drawn(struct budget *budget, xmlNode *element)
{
    text name = text_from_c((const char *)element->name);
    if (TEXT_IS_AMONG(name, never_drawn) && holds_words(element))
        refuse(budget, element, "holds words that are not drawn; write them as <text>");
    if (svg_is_named(element, "style")) {
        xmlChar *sheet = xmlNodeGetContent(element);
        check_declarations(budget, element, text_from_c((const char *)sheet));
        xmlFree(sheet);
    }
    for (const xmlAttr *a = element->properties; a; a = a->next) {
        text value = content_of(a), property = text_from_c((const char *)a->name);
        if (text_equal_c(property, "style"))
            check_declarations(budget, element, value);
        else if (TEXT_IS_AMONG(property, seen) && function_in(value))
            refuse_function(budget, element, property, function_in(value));
    }
}

static void add_classes(struct budget *budget, xmlNode *element)
{
    text classes = attribute_of(element, "class");
    for (size_t from = 0; from < classes.length;) {
        size_t end = from;
        while (end < classes.length && !strchr(" \t\n\r", classes.bytes[end]))
            end++;
        text name = arena_copy(budget->arena, text_slice(classes, from, end));
        if (name.length)
            xmlHashAddEntry(budget->classes, (const xmlChar *)name.bytes, element);
        from = end + 1;
    }
}

const char *svg_over_budget(struct arena *arena, xmlNode *root, size_t *weight)
{
    struct budget budget = {.arena = arena, .parts = xmlHashCreate(0), .classes = xmlHashCreate(0)};
    size_t count = 0;
    for (xmlNode *node = root; node; node = svg_next(node)) {
        if (node->type != XML_ELEMENT_NODE)
            continue;
        text id = attribute_of(node, "id");
        node->_private = NULL;
        if (id.length)
            xmlHashAddEntry(budget.parts, (const xmlChar *)id.bytes, node);
        add_classes(&budget, node);
        if (++count > LIMIT_SVG_ELEMENTS)
            refuse(&budget, root, "has more than 100,000 parts");
    }
    for (xmlNode *node = root; node && !budget.why; node = svg_next(node)) {
        if (node->type != XML_ELEMENT_NODE)
            continue;
        check_cost(&budget, node);
        check_drawn(&budget, node);
    }
    *weight = budget.why ? 0 : weight_of(&budget, root);
    xmlHashFree(budget.parts, NULL);
    xmlHashFree(budget.classes, NULL);
    return budget.why;
}

/* Reads a style: its tree (element.c), its locales, and macros resolved to what they name. */
#include "csl/csl.h"
#include "csl/locale.h"
#include "csl/style.h"
#include "csl/xml.h"

#include <libxml/parser.h>
#include <libxml/tree.h>
#include <string.h>

enum {
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
        if (e->kind != ELEMENT_MACRO)
            continue;
        ARENA_GROW(reader->arena, reader->macros, reader->macro_count, reader->macro_capacity);
        reader->macros[reader->macro_count++] = e;
    }
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
    const xmlNode *too_deep = NULL;
    struct element *top = element_read(reader->arena, root, &too_deep);
    if (too_deep)
        fail(reader, "style-syntax", too_deep, "the style's elements nest too deeply%.*s",
             TEXT_EMPTY);
    for (const xmlNode *node = root->children; node; node = node->next)
        if (node->type == XML_ELEMENT_NODE && strcmp((const char *)node->name, "locale") == 0)
            locale_add_part(reader->arena, &style->locales, node);
    style->root = top;
    style->uses_notes = element_is(top, ATTRIBUTE_CLASS, "note");
    style->default_locale = element_attribute(top, ATTRIBUTE_DEFAULT_LOCALE);
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

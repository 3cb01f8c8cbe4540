/* Names of the parts of a drawing. Programs write such as "bullet-char-template(57356)", "Layer 1"
   or the same name twice; in an EPUB a name is one of XML without colons, and stands once
   (EPUB 3.3, 3.5; Namespaces in XML, 3). What leads to a part follows its new name. */
#include "base/buffer.h"
#include "read/svg.h"

#include <libxml/hash.h>
#include <libxml/tree.h>

#include <string.h>

enum { MOST_BYTES = 1 << 16 }; /* of one value that names parts */

struct names {
    struct arena *arena;
    xmlHashTable *renamed; /* by the old name: the new one, in the arena */
    xmlHashTable *taken;   /* the names that stand already */
    size_t count;
};

static text make_name(struct names *names, const xmlChar *old)
{
    struct buffer made;
    buffer_init(&made, MOST_BYTES);
    buffer_add_c(&made, text_is_ascii_letter((char)old[0]) ? "" : "_");
    for (const xmlChar *c = old; *c; c++) {
        bool is_plain = text_is_ascii_letter((char)*c) || (*c >= '0' && *c <= '9') || *c == '_' ||
                        *c == '.' || *c == '-';
        buffer_add_byte(&made, is_plain ? (char)*c : '_');
    }
    text plain = arena_copy(names->arena, buffer_text(&made)), name = plain;
    buffer_release(&made);
    while (xmlHashLookup(names->taken, (const xmlChar *)name.bytes)) /* each number is tried once */
        name = arena_printf(names->arena, "%s-%zu", plain.bytes, ++names->count);
    return name;
}

static void read_names(struct names *names, xmlNode *root)
{
    static const xmlChar id[] = "id";
    for (xmlNode *node = root; node; node = svg_next(node)) {
        xmlChar *name = xmlGetNoNsProp(node, id);
        if (name && xmlValidateNCName(name, 0) == 0 &&
            xmlHashAddEntry(names->taken, name, names) != 0)
            xmlUnsetProp(node, id); /* the first of a name is what it leads to */
        xmlFree(name);
    }
}

static void mend_names(struct names *names, xmlNode *root)
{
    static const xmlChar id[] = "id";
    for (xmlNode *node = root; node; node = svg_next(node)) {
        xmlChar *name = xmlGetNoNsProp(node, id);
        bool is_wrong = name && xmlValidateNCName(name, 0) != 0;
        bool is_first = is_wrong && !xmlHashLookup(names->renamed, name);
        if (is_wrong && (!is_first || strlen((const char *)name) > MOST_BYTES / 2)) {
            xmlUnsetProp(node, id);
        } else if (is_wrong) {
            text made = make_name(names, name);
            xmlHashAddEntry(names->renamed, name, (void *)(uintptr_t)made.bytes);
            xmlHashAddEntry(names->taken, (const xmlChar *)made.bytes, names);
            xmlSetProp(node, id, (const xmlChar *)made.bytes);
        }
        xmlFree(name);
    }
}

/* The new name of what a value leads to, where the value is #NAME or url(#NAME); or NULL. */
static const char *find_new(const struct names *names, text value, const char **before,
                            const char **after)
{
    bool is_function = text_starts_with(value, TEXT("url(#")) && text_ends_with(value, TEXT(")"));
    bool is_address = text_starts_with(value, TEXT("#"));
    if (!is_function && !is_address)
        return NULL;
    *before = is_function ? "url(#" : "#";
    *after = is_function ? ")" : "";
    text name = text_slice(value, strlen(*before), value.length - strlen(*after));
    return xmlHashLookup(names->renamed, (const xmlChar *)arena_copy(names->arena, name).bytes);
}

static void follow(struct names *names, xmlNode *root)
{
    for (xmlNode *node = root; node; node = svg_next(node)) {
        for (xmlAttr *attribute = node->properties; attribute; attribute = attribute->next) {
            const xmlNode *only = attribute->children;
            const char *content = only && !only->next ? (const char *)only->content : NULL;
            if (!content || (content[0] != '#' && content[0] != 'u'))
                continue;
            const char *before, *after;
            const char *name = find_new(names, text_from_c(content), &before, &after);
            if (!name)
                continue;
            text made = arena_printf(names->arena, "%s%s%s", before, name, after);
            xmlSetNsProp(node, attribute->ns, attribute->name, (const xmlChar *)made.bytes);
        }
    }
}

void svg_mend_ids(struct arena *arena, xmlNode *root)
{
    struct names names = {arena, xmlHashCreate(0), xmlHashCreate(0), 0};
    if (names.renamed && names.taken) {
        read_names(&names, root);
        mend_names(&names, root);
        if (xmlHashSize(names.renamed) > 0)
            follow(&names, root);
    }
    xmlHashFree(names.renamed, NULL);
    xmlHashFree(names.taken, NULL);
}

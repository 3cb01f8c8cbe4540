/* XMP (ISO 16684-1) as far as ISO 14289-1, clause 5 and 7.1 ask for it. */
#include "inspect/pdf/catalog.h"

#include <libxml/parser.h>
#include <libxml/tree.h>

static const char rdf[] = "http://www.w3.org/1999/02/22-rdf-syntax-ns#";
static const char dublin_core[] = "http://purl.org/dc/elements/1.1/";
static const char claim[] = "http://www.aiim.org/pdfua/ns/id/";

struct metadata {
    struct pdf_reader *reader;
    bool has_title, has_claim, has_default; /* words in x-default, and in no language beside */
    text part, revision;                    /* empty: not said */
    const char
        *wrong_prefix; /* the first entry of the claim with another prefix than it must have */
};

#define FAULT(condition, ...)                                                                      \
    inspection_find(metadata->reader->inspection, CONDITION_##condition, 0, 0, 0, __VA_ARGS__)

static bool is_in(const xmlNs *space, const char *uri)
{
    return space && space->href && xmlStrEqual(space->href, (const xmlChar *)uri);
}

static bool is_named(const xmlChar *name, const char *wanted)
{
    return xmlStrEqual(name, (const xmlChar *)wanted);
}

/* pdfuaid:part, amd, corr: an element or an attribute. */
static void read_claim(struct metadata *metadata, const xmlNs *space, const xmlChar *name,
                       text value)
{
    struct inspection *inspection = metadata->reader->inspection;
    static const char *const entries[] = {"part", "rev", "amd", "corr"};
    size_t entry = 0;
    while (entry < sizeof entries / sizeof *entries && !is_named(name, entries[entry]))
        entry++;
    if (entry == sizeof entries / sizeof *entries)
        return;
    metadata->has_claim = true;
    if ((!space->prefix || !is_named(space->prefix, "pdfuaid")) && !metadata->wrong_prefix)
        metadata->wrong_prefix = entries[entry];
    if (entry == 0) {
        metadata->part = value;
        inspection->claims = arena_printf(inspection->arena, "PDF/UA-%.*s", TEXT_ARGUMENTS(value));
    } else if (entry == 1) {
        metadata->revision = value;
    }
}

static bool is_year(text value)
{
    unsigned long year;
    return value.length == 4 && text_to_number(value, 9999, &year);
}

/* Clause 5 of both parts. */
static void check_claim(struct metadata *metadata)
{
    const char *wanted = metadata->reader->inspection->is_ua2 ? "2" : "1";
    if (!metadata->has_claim)
        FAULT(M06_002, "there is no pdfuaid:part");
    else if (!metadata->part.length)
        FAULT(M06_002, "the claim names no part");
    else if (!text_equal_c(metadata->part, wanted))
        FAULT(M06_002, "the part is \"%.*s\", not %s", TEXT_ARGUMENTS(metadata->part), wanted);
    if (metadata->wrong_prefix)
        FAULT(M06_002, "%s is written with another prefix than pdfuaid", metadata->wrong_prefix);
    if (metadata->reader->inspection->is_ua2 && metadata->has_claim && !is_year(metadata->revision))
        FAULT(UA2_CLAIM, "pdfuaid:rev is \"%.*s\", not a year of four digits",
              TEXT_ARGUMENTS(metadata->revision));
}

static text content_of(struct metadata *metadata, xmlNode *node)
{
    xmlChar *content = xmlNodeGetContent(node);
    text all = text_trim(text_from_c((const char *)content));
    text copy = arena_copy(metadata->reader->file.arena, all);
    xmlFree(content);
    return copy;
}

/* An item of a language alternative. */
static void read_item(struct metadata *metadata, xmlNode *item)
{
    bool is_title = item->parent && item->parent->parent &&
                    is_in(item->parent->parent->ns, dublin_core) &&
                    is_named(item->parent->parent->name, "title");
    if (!is_title)
        return;
    text words = content_of(metadata, item);
    struct inspection *inspection = metadata->reader->inspection;
    if (!inspection->title.length)
        inspection->title = words;
}

/* A language alternative: the same words in several languages, or in no matter which. */
static void read_alternative(struct metadata *metadata, xmlNode *alternative)
{
    bool has_default = false, has_own = false;
    for (xmlNode *item = alternative->children; item; item = item->next) {
        xmlChar *language = item->type == XML_ELEMENT_NODE ? xmlNodeGetLang(item) : NULL;
        bool is_default = language && is_named(language, "x-default");
        has_default = has_default || is_default;
        has_own = has_own || (language && !is_default);
        xmlFree(language);
    }
    metadata->has_default = metadata->has_default || (has_default && !has_own);
}

static void read_node(struct metadata *metadata, xmlNode *node)
{
    if (node->type != XML_ELEMENT_NODE)
        return;
    for (xmlAttr *attribute = node->properties; attribute; attribute = attribute->next)
        if (is_in(attribute->ns, claim))
            read_claim(metadata, attribute->ns, attribute->name,
                       content_of(metadata, (xmlNode *)attribute));
    if (is_in(node->ns, claim))
        read_claim(metadata, node->ns, node->name, content_of(metadata, node));
    if (is_in(node->ns, dublin_core) && is_named(node->name, "title"))
        metadata->has_title = true;
    if (is_in(node->ns, rdf) && is_named(node->name, "li") && node->parent &&
        is_named(node->parent->name, "Alt"))
        read_item(metadata, node);
    if (is_in(node->ns, rdf) && is_named(node->name, "Alt"))
        read_alternative(metadata, node);
}

void pdf_read_metadata(struct pdf_reader *reader, text packet)
{
    struct metadata all = {.reader = reader}, *metadata = &all;
    xmlDoc *document =
        packet.length <= INT32_MAX
            ? xmlReadMemory(packet.bytes, (int)packet.length, "metadata", NULL,
                            XML_PARSE_NONET | XML_PARSE_NOERROR | XML_PARSE_NOWARNING)
            : NULL;
    /* Entities of its own: XMP has none, and they may grow without bounds. */
    bool is_plain = document && !document->intSubset;
    xmlNode *root = is_plain ? xmlDocGetRootElement(document) : NULL;
    for (xmlNode *node = root; node;) {
        read_node(metadata, node);
        xmlNode *next = node->type == XML_ELEMENT_NODE ? node->children : NULL;
        while (!next && node && node != root) {
            next = node->next;
            node = node->parent;
        }
        node = next;
    }
    if (document)
        xmlFreeDoc(document);
    if (text_equal_c(all.part, "2"))
        reader->inspection->is_ua2 = true;
    check_claim(metadata);
    if (!all.has_title)
        FAULT(M06_003, "there is no dc:title");
    if (all.has_default && !reader->has_catalog_language)
        FAULT(M11_006, "the metadata are in x-default, and the file names no language");
}

#include "csl/xml.h"

#include "base/characters.h"

#include <libxml/parser.h>
#include <libxml/tree.h>
#include <limits.h>
#include <string.h>

xmlDoc *xml_read(text bytes)
{
    /* No style has a document type; what follows one can cost the parser dear. */
    if (bytes.length == 0 || bytes.length > INT_MAX ||
        text_find(bytes, TEXT("<!DOCTYPE"), 0) != SIZE_MAX ||
        text_find(bytes, TEXT("<!ENTITY"), 0) != SIZE_MAX)
        return NULL;
    xmlParserCtxt *context = xmlNewParserCtxt();
    if (!context)
        return NULL;
    xmlDoc *document = xmlCtxtReadMemory(context, bytes.bytes, (int)bytes.length, NULL, NULL,
                                         XML_PARSE_NONET | XML_PARSE_NOERROR | XML_PARSE_NOWARNING |
                                             XML_PARSE_NOCDATA);
    xmlFreeParserCtxt(context);
    return document;
}

text xml_attribute(struct arena *arena, const xmlNode *node, const char *name)
{
    xmlChar *value = xmlGetNoNsProp(node, (const xmlChar *)name);
    if (!value) /* xml:lang */
        value = xmlGetNsProp(node, (const xmlChar *)name, XML_XML_NAMESPACE);
    if (!value)
        return TEXT_EMPTY;
    text copy = characters_clean(arena, arena_copy(arena, text_from_c((const char *)value)));
    xmlFree(value);
    return copy;
}

bool xml_has_attribute(const xmlNode *node, const char *name)
{
    return xmlHasProp(node, (const xmlChar *)name) != NULL;
}

text xml_content(struct arena *arena, const xmlNode *node)
{
    xmlChar *content = xmlNodeGetContent(node);
    if (!content)
        return TEXT_EMPTY;
    text copy = characters_clean(arena, arena_copy(arena, text_from_c((const char *)content)));
    xmlFree(content);
    return copy;
}

const xmlNode *xml_child(const xmlNode *node, const char *name)
{
    for (const xmlNode *child = node->children; child; child = child->next) {
        if (child->type == XML_ELEMENT_NODE && strcmp((const char *)child->name, name) == 0)
            return child;
    }
    return NULL;
}

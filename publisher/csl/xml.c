#include "csl/xml.h"

#include "base/characters.h"

#include <libxml/parser.h>
#include <libxml/tree.h>
#include <limits.h>
#include <string.h>

enum { LONGEST_REFERENCE = 9 }; /* &#x10FFFF without its semicolon */

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

/* The code point of "&#8212;" or "&#x2014;" at the offset, and the offset behind it; 0: none. */
static uint32_t reference_at(text words, size_t at, size_t *end)
{
    size_t semicolon = at;
    while (semicolon < words.length && semicolon - at <= LONGEST_REFERENCE &&
           words.bytes[semicolon] != ';')
        semicolon++;
    if (semicolon == words.length || words.bytes[semicolon] != ';' ||
        !text_starts_with(text_slice(words, at, semicolon), TEXT("&#")))
        return 0;
    bool is_hexadecimal = words.bytes[at + 2] == 'x' || words.bytes[at + 2] == 'X';
    uint32_t code_point = 0;
    for (size_t i = at + 2 + is_hexadecimal; i < semicolon; i++) {
        const char *digits = "0123456789abcdef";
        char c = words.bytes[i];
        const char *digit = strchr(digits, c >= 'A' && c <= 'F' ? c - 'A' + 'a' : c);
        uint32_t base = is_hexadecimal ? 16 : 10;
        if (!digit || (uint32_t)(digit - digits) >= base)
            return 0;
        code_point = code_point * base + (uint32_t)(digit - digits);
    }
    *end = semicolon + 1;
    bool is_character = code_point <= 0x10FFFF && (code_point < 0xD800 || code_point > 0xDFFF);
    return !is_character ? 0 : code_point && code_point < ' ' ? ' ' : code_point;
}

/* A copy in the arena. A character that was written by its number twice over (&amp;#8212;) is that
   character: styles have such, since the programs that they were tried out with print HTML. */
static text copied(struct arena *arena, xmlChar *written)
{
    text words = text_from_c((const char *)written);
    char *bytes = arena_copy_c(arena, words);
    size_t length = 0;
    for (size_t at = 0, end; at < words.length; at = end) {
        uint32_t code_point = words.bytes[at] == '&' ? reference_at(words, at, &end) : 0;
        if (code_point) {
            length += text_encode(code_point, bytes + length);
        } else {
            bytes[length++] = words.bytes[at];
            end = at + 1;
        }
    }
    xmlFree(written);
    return characters_clean(arena, (text){bytes, length});
}

text xml_attribute(struct arena *arena, const xmlNode *node, const char *name)
{
    xmlChar *value = xmlGetNoNsProp(node, (const xmlChar *)name);
    if (!value) /* xml:lang */
        value = xmlGetNsProp(node, (const xmlChar *)name, XML_XML_NAMESPACE);
    if (!value)
        return TEXT_EMPTY;
    return copied(arena, value);
}

bool xml_has_attribute(const xmlNode *node, const char *name)
{
    return xmlHasProp(node, (const xmlChar *)name) != NULL;
}

text xml_content(struct arena *arena, const xmlNode *node)
{
    xmlChar *content = xmlNodeGetContent(node);
    return content ? copied(arena, content) : TEXT_EMPTY;
}

const xmlNode *xml_child(const xmlNode *node, const char *name)
{
    for (const xmlNode *child = node->children; child; child = child->next) {
        if (child->type == XML_ELEMENT_NODE && strcmp((const char *)child->name, name) == 0)
            return child;
    }
    return NULL;
}

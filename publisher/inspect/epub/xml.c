/* Small XML files of an EPUB as trees. */
#include "base/limits.h"
#include "inspect/epub/reader.h"

#include <libxml/parser.h>
#include <libxml/tree.h>
#include <string.h>

/* EPUB 3.3, 3.9: no external entities; this reader takes no entities of a file's own at all, which
   a bomb is made of. */
static void refuse_entity(void *context, const xmlChar *name, int type, const xmlChar *public_id,
                          const xmlChar *system_id, xmlChar *content)
{
    (void)name, (void)type, (void)public_id, (void)system_id, (void)content;
    xmlParserCtxt *parser = context;
    parser->_private = (void *)"entity";
    xmlStopParser(parser);
}

xmlDoc *epub_read_xml(struct epub_reader *reader, text path)
{
    struct buffer bytes;
    buffer_init(&bytes, LIMIT_INSPECT_STREAM_BYTES + 1);
    text why = epub_archive_read(&reader->archive, path, &bytes);
    if (why.length) {
        EPUB_FAULT(reader, MISSING, path, NULL, "%.*s", TEXT_ARGUMENTS(why));
        buffer_release(&bytes);
        return NULL;
    }
    xmlParserCtxt *parser = bytes.length ? xmlNewParserCtxt() : NULL;
    xmlDoc *document = NULL;
    if (parser) {
        parser->sax->entityDecl = refuse_entity;
        document = xmlCtxtReadMemory(parser, bytes.bytes, (int)bytes.length, NULL, NULL,
                                     XML_PARSE_NONET | XML_PARSE_NOERROR | XML_PARSE_NOWARNING |
                                         XML_PARSE_NOCDATA | XML_PARSE_BIG_LINES);
    }
    if (parser && parser->_private)
        EPUB_FAULT(reader, ENTITY, path, NULL, "%s", "an entity is declared; the file is not read");
    else if (!document || !xmlDocGetRootElement(document))
        inspection_find(reader->inspection, CONDITION_EPUB_XML, 0,
                        parser ? (uint32_t)parser->lastError.line : 0, 0, "%.*s",
                        TEXT_ARGUMENTS(path));
    if (document && (parser->_private || !xmlDocGetRootElement(document))) {
        xmlFreeDoc(document);
        document = NULL;
    }
    if (parser)
        xmlFreeParserCtxt(parser);
    buffer_release(&bytes);
    return document;
}

uint32_t epub_line(const xmlNode *node)
{
    long line = node ? xmlGetLineNo(node) : 0;
    return line > 0 ? (uint32_t)line : 0;
}

text epub_attribute(struct epub_reader *reader, const xmlNode *node, const char *name)
{
    for (const xmlAttr *attribute = node->properties; attribute; attribute = attribute->next) {
        if (strcmp((const char *)attribute->name, name) != 0)
            continue;
        xmlChar *value = xmlNodeListGetString(node->doc, attribute->children, 1);
        text copy =
            arena_copy(reader->inspection->arena, text_trim(text_from_c((const char *)value)));
        xmlFree(value);
        return copy;
    }
    return TEXT_EMPTY;
}

text epub_content(struct epub_reader *reader, const xmlNode *node)
{
    xmlChar *content = xmlNodeGetContent(node);
    text all = text_from_c((const char *)content);
    char *bytes = arena_allocate(reader->inspection->arena, all.length + 1);
    size_t length = 0;
    for (size_t i = 0; i < all.length; i++) {
        bool is_space = strchr(" \t\r\n", all.bytes[i]) != NULL;
        if (!is_space)
            bytes[length++] = all.bytes[i];
        else if (length && bytes[length - 1] != ' ')
            bytes[length++] = ' ';
    }
    xmlFree(content);
    return text_trim((text){bytes, length});
}

bool epub_is(const xmlNode *node, const char *name)
{
    return node && node->type == XML_ELEMENT_NODE && strcmp((const char *)node->name, name) == 0;
}

xmlNode *epub_next(xmlNode *node, const xmlNode *top)
{
    if (node->type == XML_ELEMENT_NODE && node->children)
        return node->children;
    while (node != top && !node->next)
        node = node->parent;
    return node == top ? NULL : node->next;
}

bool epub_has_word(text words, const char *word)
{
    for (size_t start = 0; start < words.length;) {
        size_t end = start;
        while (end < words.length && !strchr(" \t\r\n", words.bytes[end]))
            end++;
        if (text_equal_ignoring_case(text_slice(words, start, end), text_from_c(word)))
            return true;
        start = end + 1;
    }
    return false;
}

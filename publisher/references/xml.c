/* XML files of references, EndNote's and MODS. libxml2 reads them as a stream of events (SAX), with
   no entities of the file's own, no network and limits of size and depth; the elements come with
   their places, which its trees have not. */
#include "references/xml.h"

#include "base/limits.h"

#include <libxml/parser.h>
#include <libxml/parserInternals.h>
#include <string.h>

enum { MOST_DEPTH = 64 };

struct xml_reader {
    struct library *library;
    xmlParserCtxt *parser;
    struct xml_element *top, *open;
    size_t depth, count;
    const char *stopped; /* why it was stopped; NULL: it was not */
    struct span stopped_at;
    int fault_line, fault_column; /* of the first fault: the others follow from it; 0: none */
};

/* Where the tag that the parser has just read begins. */
static size_t offset_of_tag(const struct xml_reader *reader)
{
    const xmlParserInput *input = reader->parser->input;
    text bytes = reader->library->bytes;
    size_t at = (size_t)input->consumed + (size_t)(input->cur - input->base);
    at = at < bytes.length ? at : bytes.length;
    while (at > 0 && bytes.bytes[at - 1] != '<')
        at--;
    return at ? at - 1 : 0;
}

static struct xml_element *append(struct xml_reader *reader)
{
    struct xml_element *element = ARENA_NEW(reader->library->arena, struct xml_element);
    element->parent = reader->open;
    if (!reader->open)
        reader->top = reader->top ? reader->top : element;
    else if (reader->open->last)
        reader->open->last->next = element;
    else
        reader->open->first = element;
    if (reader->open)
        reader->open->last = element;
    if (++reader->count > LIMIT_REFERENCE_ELEMENTS && !reader->stopped) {
        reader->stopped = "the file of references has more than three million elements";
        xmlStopParser(reader->parser);
    }
    return element;
}

static text copy(const struct xml_reader *reader, const xmlChar *bytes, size_t length)
{
    return arena_copy(reader->library->arena, (text){(const char *)bytes, length});
}

static void start(void *context, const xmlChar *name, const xmlChar *prefix, const xmlChar *uri,
                  int namespace_count, const xmlChar **namespaces, int attribute_count,
                  int defaulted, const xmlChar **attributes)
{
    (void)prefix, (void)uri, (void)namespace_count, (void)namespaces, (void)defaulted;
    struct xml_reader *reader = ((xmlParserCtxt *)context)->_private;
    struct library *library = reader->library;
    struct xml_element *element = append(reader);
    element->name = copy(reader, name, strlen((const char *)name));
    size_t offset = offset_of_tag(reader);
    element->span = library_span(library, offset, offset + element->name.length + 1);
    for (int i = 0; i < attribute_count; i++) { /* local name, prefix, address, start, end */
        const xmlChar **part = attributes + (ptrdiff_t)5 * i;
        if (part[1]) /* another vocabulary's: xlink:type is no type of MODS */
            continue;
        struct xml_attribute *attribute = ARENA_NEW(library->arena, struct xml_attribute);
        attribute->name = copy(reader, part[0], strlen((const char *)part[0]));
        attribute->value =
            library_clean(library, copy(reader, part[3], (size_t)(part[4] - part[3])));
        attribute->next = element->attributes;
        element->attributes = attribute;
    }
    reader->open = element;
    if (++reader->depth > MOST_DEPTH && !reader->stopped) {
        reader->stopped = "elements of the file of references stand more than 64 in each other";
        reader->stopped_at = element->span;
        xmlStopParser(reader->parser);
    }
}

static void end(void *context, const xmlChar *name, const xmlChar *prefix, const xmlChar *uri)
{
    (void)name, (void)prefix, (void)uri;
    struct xml_reader *reader = ((xmlParserCtxt *)context)->_private;
    reader->depth--;
    reader->open = reader->open->parent;
}

static void characters(void *context, const xmlChar *bytes, int length)
{
    struct xml_reader *reader = ((xmlParserCtxt *)context)->_private;
    if (reader->open)
        append(reader)->words = copy(reader, bytes, (size_t)length);
}

/* The parser's messages are not ours; their place is. */
static void note_fault(void *context, const char *message, ...)
{
    (void)message;
    struct xml_reader *reader = ((xmlParserCtxt *)context)->_private;
    const xmlError *error = xmlCtxtGetLastError(context);
    if (reader->fault_line || !error || error->level != XML_ERR_FATAL)
        return;
    reader->fault_line = error->line;
    reader->fault_column = error->int2;
}

/* elements */

text xml_attribute_of(const struct xml_element *element, const char *name)
{
    for (const struct xml_attribute *one = element->attributes; one; one = one->next)
        if (text_equal_c(one->name, name))
            return one->value;
    return TEXT_EMPTY;
}

struct xml_element *xml_child_of(const struct xml_element *element, const char *name,
                                 const struct xml_element *after)
{
    struct xml_element *child = after ? after->next : element->first;
    while (child && !text_equal_c(child->name, name))
        child = child->next;
    return child;
}

struct xml_element *xml_find(struct xml_element *element, const char *path)
{
    text rest = text_from_c(path);
    while (element && rest.length) {
        size_t stroke = text_find_byte(rest, '/', 0);
        text name = text_slice(rest, 0, stroke);
        rest = stroke == SIZE_MAX ? TEXT_EMPTY : text_slice(rest, stroke + 1, rest.length);
        struct xml_element *child = element->first;
        while (child && !text_equal(child->name, name))
            child = child->next;
        element = child;
    }
    return element;
}

/* The next of all below the top, the outer ones first; NULL: there is none. */
static struct xml_element *walk(struct xml_element *at, const struct xml_element *top)
{
    if (at->first)
        return at->first;
    while (at != top && !at->next)
        at = at->parent;
    return at == top ? NULL : at->next;
}

/* EndNote's <style face="italic">. */
static void add_marks(struct buffer *out, const struct xml_element *style, bool opens)
{
    static const struct {
        const char *face, *open, *close;
    } faces[] = {
        {"italic", "<i>", "</i>"},
        {"bold", "<b>", "</b>"},
        {"superscript", "<sup>", "</sup>"},
        {"subscript", "<sub>", "</sub>"},
    };
    size_t count = sizeof faces / sizeof *faces;
    text face = text_equal_c(style->name, "style") ? xml_attribute_of(style, "face") : TEXT_EMPTY;
    for (size_t i = 0; face.length && i < count; i++) {
        size_t row = opens ? i : count - 1 - i; /* closed the other way round */
        if (text_find(face, text_from_c(faces[row].face), 0) != SIZE_MAX)
            buffer_add_c(out, opens ? faces[row].open : faces[row].close);
    }
}

static text words_of(struct library *library, struct xml_element *element, bool is_rich)
{
    if (!element)
        return TEXT_EMPTY;
    struct buffer out;
    buffer_init(&out, 4 * LIMIT_REFERENCES_BYTES);
    bool is_below = true;
    for (struct xml_element *at = element; at;) {
        if (is_below) {
            at->is_read = true;
            if (is_rich)
                add_marks(&out, at, true);
            for (size_t i = 0; i < at->words.length; i++) {
                bool is_space = strchr(" \t\r\n", at->words.bytes[i]) != NULL;
                if (!is_space)
                    buffer_add_byte(&out, at->words.bytes[i]);
                else if (out.length && out.bytes[out.length - 1] != ' ')
                    buffer_add_byte(&out, ' ');
            }
        }
        if (is_below && at->first) {
            at = at->first;
            continue;
        }
        if (is_rich)
            add_marks(&out, at, false);
        if (at == element)
            break;
        is_below = at->next != NULL;
        at = at->next ? at->next : at->parent;
    }
    text words = library_clean(library, buffer_text(&out));
    buffer_release(&out);
    return library_without_entities(library, words, false); /* "&amp;amp;" */
}

text xml_words(struct library *library, struct xml_element *element)
{
    return words_of(library, element, false);
}

text xml_rich(struct library *library, struct xml_element *element)
{
    return words_of(library, element, true);
}

void xml_unread(struct xml_element *element)
{
    for (struct xml_element *at = element; at; at = walk(at, element))
        at->is_read = false;
}

void xml_leave_rest(struct library *library, struct reference *reference,
                    struct xml_element *element)
{
    for (struct xml_element *at = element; at; at = walk(at, element)) {
        bool has_words = false; /* of its own, not of what is below it */
        for (const struct xml_element *part = at->first; part && !has_words; part = part->next)
            has_words = part->name.length == 0 && !text_is_blank(part->words);
        if (at->is_read || at->name.length == 0 || !has_words)
            continue;
        bool is_style = text_equal_c(at->name, "style") && at->parent;
        text name = is_style ? at->parent->name : at->name;
        struct span span = at->span;
        text words = xml_words(library, at);
        if (words.length)
            reference_leave(library->arena, reference, name, words, span);
    }
}

/* files */

static bool parse(struct xml_reader *reader)
{
    text bytes = reader->library->bytes;
    xmlParserCtxt *parser = reader->parser = xmlNewParserCtxt();
    if (!parser)
        return false;
    parser->_private = reader;
    parser->sax->startElementNs = start;
    parser->sax->endElementNs = end;
    parser->sax->characters = characters;
    parser->sax->ignorableWhitespace = characters;
    parser->sax->cdataBlock = characters;
    parser->sax->error = note_fault;
    parser->sax->fatalError = note_fault;
    parser->sax->comment = NULL;
    parser->sax->processingInstruction = NULL;
    xmlDoc *none =
        xmlCtxtReadMemory(parser, bytes.bytes ? bytes.bytes : "", (int)bytes.length, NULL, "UTF-8",
                          XML_PARSE_NOENT | XML_PARSE_NONET | XML_PARSE_NOWARNING);
    bool is_good = parser->wellFormed && !reader->stopped;
    xmlFreeDoc(none);
    return is_good;
}

static void report_fault(struct xml_reader *reader)
{
    struct library *library = reader->library;
    if (reader->stopped) {
        library_report_syntax(
            library, reader->stopped_at.line ? reader->stopped_at : library_span(library, 0, 1),
            "open the file with the program that made it and save it anew", reader->stopped);
        return;
    }
    size_t at = 0;
    for (int line = 1; line < reader->fault_line; line++) {
        size_t line_end = text_find_byte(library->bytes, '\n', at);
        if (line_end == SIZE_MAX)
            break;
        at = line_end + 1;
    }
    /* the column counts characters; at the end of a file it may stand behind the line */
    for (int column = 1; column < reader->fault_column && at < library->bytes.length; column++) {
        size_t next = at;
        text_next(library->bytes, &next);
        if (library->bytes.bytes[at] == '\n' || next >= library->bytes.length)
            break;
        at = next;
    }
    library_report_syntax(library, library_span(library, at, at + 1),
                          "look for a tag or a sign & that is not finished in this line or before",
                          "the file of references is not proper XML");
}

/* The records below the top, however deep the lists stand. */
static bool read_records(struct library *library, struct xml_element *top)
{
    bool has_any = false;
    for (struct xml_element *at = top, *next; at; at = next) {
        bool is_record = text_equal_c(at->name, "record") && xml_child_of(at, "ref-type", NULL);
        bool is_mods = text_equal_c(at->name, "mods");
        next = is_record || is_mods ? NULL : at->first;
        for (struct xml_element *up = at; !next && up != top; up = up->parent)
            next = up->next;
        if (is_record)
            endnote_read(library, at);
        else if (is_mods)
            mods_read(library, at);
        has_any |= is_record || is_mods;
    }
    return has_any;
}

void xml_references_read(struct library *library)
{
    struct xml_reader reader = {.library = library};
    size_t declaration = text_find(library->bytes, TEXT("<!DOCTYPE"), 0);
    size_t entity = text_find(library->bytes, TEXT("<!ENTITY"), 0);
    declaration = declaration < entity ? declaration : entity;
    if (declaration != SIZE_MAX) {
        library_report_syntax(library, library_span(library, declaration, declaration + 9),
                              "take the declaration out", "XML with a document type is not read");
        return;
    }
    if (!parse(&reader))
        report_fault(&reader);
    else if (!read_records(library, reader.top))
        library_report_syntax(library, reader.top->span,
                              "export it anew, as EndNote's XML or as MODS",
                              "this XML is neither EndNote's nor MODS");
    xmlFreeParserCtxt(reader.parser);
}

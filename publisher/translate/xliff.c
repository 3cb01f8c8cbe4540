/* XLIFF: what is not for a translator stands in <originalData>, and a <ph> in its place. A tool may
   have cut a unit into segments; they are put together again. */
#include "base/characters.h"

#include "base/hash.h"
#include "base/limits.h"
#include "translate/catalogue.h"
#include "translate/markup.h"

#include <libxml/parser.h>
#include <libxml/tree.h>
#include <libxml/xmlwriter.h>
#include <string.h>

static const char xliff_namespace[] = "urn:oasis:names:tc:xliff:document:2.0";

static const xmlChar *xml(const char *string)
{
    return (const xmlChar *)string;
}

/* writing */

/* Markup of a unit: one entry for each placeholder of the source, then those only in the target. */
struct codes {
    struct arena *arena;
    text *data;
    size_t count, capacity;
};

/* As markup_next; a field of a theme is one piece. */
static bool next_piece(const struct message *message, text words, size_t *offset,
                       struct markup *markup)
{
    size_t start = *offset;
    if (!markup_next(words, offset, markup))
        return false;
    size_t close = message->has_fields && words.bytes[start] == '{'
                       ? text_find_byte(words, '}', start)
                       : SIZE_MAX;
    if (close != SIZE_MAX) {
        *markup = (struct markup){MARKUP_VARIABLE, start, close + 1};
        *offset = close + 1;
    }
    return true;
}

/* A run of markup without words between. False at the end. */
static bool next_run(const struct message *message, text words, size_t *offset, bool *is_code,
                     text *run)
{
    struct markup markup;
    size_t start = *offset, next = start;
    if (!next_piece(message, words, &next, &markup))
        return false;
    *is_code = markup.kind != MARKUP_WORDS;
    *offset = next;
    while (*is_code && next_piece(message, words, &next, &markup) && markup.kind != MARKUP_WORDS)
        *offset = next;
    *run = text_slice(words, start, *offset);
    return true;
}

static size_t add_code(struct codes *codes, text data)
{
    ARENA_GROW(codes->arena, codes->data, codes->count, codes->capacity);
    codes->data[codes->count] = data;
    return codes->count++;
}

/* The placeholder of the source that a run of the target stands for; a new one where none is. */
static size_t find_code(struct codes *codes, size_t of_source, bool *is_used, text data)
{
    for (size_t i = 0; i < of_source; i++) {
        if (!is_used[i] && text_equal(codes->data[i], data)) {
            is_used[i] = true;
            return i;
        }
    }
    return add_code(codes, data);
}

static void write_characters(xmlTextWriter *writer, struct arena *arena, text words)
{
    if (words.length)
        xmlTextWriterWriteString(writer, xml(arena_copy_c(arena, words)));
}

static void write_inlines(xmlTextWriter *writer, struct arena *arena, const struct message *message,
                          const char *element, text words, const size_t *numbers)
{
    xmlTextWriterStartElement(writer, xml(element));
    text run;
    bool is_code;
    for (size_t offset = 0, n = 0; next_run(message, words, &offset, &is_code, &run);) {
        if (!is_code) {
            write_characters(writer, arena, run);
            continue;
        }
        xmlTextWriterStartElement(writer, xml("ph"));
        xmlTextWriterWriteFormatAttribute(writer, xml("id"), "%zu", numbers[n] + 1);
        xmlTextWriterWriteFormatAttribute(writer, xml("dataRef"), "d%zu", numbers[n] + 1);
        xmlTextWriterEndElement(writer);
        n++;
    }
    xmlTextWriterEndElement(writer);
}

/* The placeholder of each run of markup in the words, in order. */
static size_t *number_codes(struct codes *codes, const struct message *message, text words,
                            size_t of_source)
{
    size_t *numbers = NULL, count = 0, capacity = 0;
    bool *is_used = ARENA_NEW_ARRAY(codes->arena, of_source, bool), is_code;
    text run;
    for (size_t offset = 0; next_run(message, words, &offset, &is_code, &run);) {
        if (!is_code)
            continue;
        ARENA_GROW(codes->arena, numbers, count, capacity);
        numbers[count++] = find_code(codes, of_source, is_used, run);
    }
    return numbers;
}

static void write_notes(xmlTextWriter *writer, struct arena *arena, const struct message *message)
{
    if (message->place_count == 0 && message->comments.length == 0)
        return;
    xmlTextWriterStartElement(writer, xml("notes"));
    for (size_t i = 0; i < message->place_count; i++) {
        text place = arena_printf(arena, "%.*s:%u", TEXT_ARGUMENTS(message->places[i].file),
                                  (unsigned)message->places[i].line);
        xmlTextWriterStartElement(writer, xml("note"));
        xmlTextWriterWriteAttribute(writer, xml("category"), xml("location"));
        write_characters(writer, arena, place);
        xmlTextWriterEndElement(writer);
    }
    if (message->comments.length)
        xmlTextWriterWriteElement(writer, xml("note"),
                                  xml(arena_copy_c(arena, text_trim(message->comments))));
    xmlTextWriterEndElement(writer);
}

static void write_unit(xmlTextWriter *writer, struct arena *arena, const struct message *message,
                       size_t number)
{
    struct codes codes = {.arena = arena};
    size_t *of_source = number_codes(&codes, message, message->words, 0);
    size_t source_count = codes.count;
    size_t *of_target = number_codes(&codes, message, message->translation, source_count);
    xmlTextWriterStartElement(writer, xml("unit"));
    xmlTextWriterWriteFormatAttribute(writer, xml("id"), "u%zu-%016llx", number,
                                      (unsigned long long)hash_text(HASH_START, message->words));
    xmlTextWriterWriteAttribute(writer, xml("name"), xml(arena_copy_c(arena, message->note)));
    write_notes(writer, arena, message);
    if (codes.count)
        xmlTextWriterStartElement(writer, xml("originalData"));
    for (size_t i = 0; i < codes.count; i++) {
        xmlTextWriterStartElement(writer, xml("data"));
        xmlTextWriterWriteFormatAttribute(writer, xml("id"), "d%zu", i + 1);
        write_characters(writer, arena, codes.data[i]);
        xmlTextWriterEndElement(writer);
    }
    if (codes.count)
        xmlTextWriterEndElement(writer);
    xmlTextWriterStartElement(writer, xml("segment"));
    bool is_translated = message_is_translated(message);
    xmlTextWriterWriteAttribute(writer, xml("state"),
                                xml(is_translated ? "translated" : "initial"));
    write_inlines(writer, arena, message, "source", message->words, of_source);
    if (message->translation.length)
        write_inlines(writer, arena, message, "target", message->translation, of_target);
    xmlTextWriterEndElement(writer);
    xmlTextWriterEndElement(writer);
}

void catalogue_write_xliff(const struct catalogue *catalogue, const struct xliff_options *options,
                           struct buffer *out)
{
    struct arena arena;
    arena_init(&arena);
    xmlBuffer *into = xmlBufferCreate();
    xmlTextWriter *writer = xmlNewTextWriterMemory(into, 0);
    xmlTextWriterSetIndent(writer, 0);
    xmlTextWriterStartDocument(writer, NULL, "UTF-8", NULL);
    xmlTextWriterStartElementNS(writer, NULL, xml("xliff"), xml(xliff_namespace));
    xmlTextWriterWriteAttribute(writer, xml("version"), xml("2.1"));
    xmlTextWriterWriteAttribute(writer, xml("srcLang"),
                                xml(arena_copy_c(&arena, options->source_language)));
    xmlTextWriterWriteAttribute(writer, xml("trgLang"),
                                xml(arena_copy_c(&arena, options->language)));
    xmlTextWriterWriteString(writer, xml("\n"));
    xmlTextWriterStartElement(writer, xml("file"));
    xmlTextWriterWriteAttribute(writer, xml("id"), xml("article"));
    xmlTextWriterWriteAttribute(writer, xml("original"),
                                xml(arena_copy_c(&arena, options->original)));
    xmlTextWriterWriteAttribute(writer, xml("xml:space"), xml("preserve"));
    for (size_t i = 0; i < catalogue->count; i++) {
        if (catalogue->messages[i].is_obsolete)
            continue;
        xmlTextWriterWriteString(writer, xml("\n"));
        write_unit(writer, &arena, &catalogue->messages[i], i + 1);
    }
    xmlTextWriterWriteString(writer, xml("\n"));
    xmlTextWriterEndElement(writer);
    xmlTextWriterWriteString(writer, xml("\n"));
    xmlTextWriterEndDocument(writer);
    xmlFreeTextWriter(writer);
    buffer_add(out, into->content, into->use);
    xmlBufferFree(into);
    arena_release(&arena);
}

/* reading */

struct xliff {
    struct arena *arena;
    struct report *report;
    struct catalogue *catalogue;
    xmlNode *data; /* <originalData> of the unit */
};

static bool is_element(const xmlNode *node, const char *name)
{
    return node->type == XML_ELEMENT_NODE && node->ns &&
           strcmp((const char *)node->ns->href, xliff_namespace) == 0 &&
           strcmp((const char *)node->name, name) == 0;
}

static xmlNode *find_child(const xmlNode *node, const char *name)
{
    xmlNode *child = node->children;
    while (child && !is_element(child, name))
        child = child->next;
    return child;
}

static text copy_of(const struct xliff *xliff, text words)
{
    return characters_clean(xliff->arena, arena_copy(xliff->arena, words));
}

static text attribute_of(const struct xliff *xliff, const xmlNode *node, const char *name)
{
    xmlChar *value = xmlGetNoNsProp(node, xml(name));
    text copied = copy_of(xliff, text_from_c((const char *)value));
    xmlFree(value);
    return copied;
}

static struct span span_of(const struct xliff *xliff, const xmlNode *node)
{
    long line = xmlGetLineNo(node);
    struct span span = {.file = xliff->catalogue->file};
    if (line > 0)
        span = (struct span){xliff->catalogue->file, (uint32_t)line, 1, (uint32_t)line, 1};
    return span;
}

static void add_data(const struct xliff *xliff, const xmlNode *node, const char *attribute,
                     struct buffer *out)
{
    text wanted = attribute_of(xliff, node, attribute);
    if (wanted.length == 0)
        return;
    for (xmlNode *data = xliff->data ? xliff->data->children : NULL; data; data = data->next) {
        if (!is_element(data, "data") || !text_equal(attribute_of(xliff, data, "id"), wanted))
            continue;
        xmlChar *content = xmlNodeGetContent(data);
        buffer_add_c(out, (const char *)content);
        xmlFree(content);
        return;
    }
    report_error(xliff->report, "xliff-syntax", span_of(xliff, node), NULL,
                 "the unit has no <data> with the id %.*s", TEXT_ARGUMENTS(wanted));
}

static void enter_inline(const struct xliff *xliff, const xmlNode *node, struct buffer *out)
{
    if (node->type == XML_TEXT_NODE || node->type == XML_CDATA_SECTION_NODE)
        buffer_add_c(out, (const char *)node->content);
    else if (is_element(node, "ph") || is_element(node, "sc") || is_element(node, "ec"))
        add_data(xliff, node, "dataRef", out);
    else if (is_element(node, "pc"))
        add_data(xliff, node, "dataRefStart", out);
    else if (node->type == XML_ELEMENT_NODE && !is_element(node, "mrk") &&
             !is_element(node, "sm") && !is_element(node, "em"))
        report_error(xliff->report, "xliff-syntax", span_of(xliff, node), NULL,
                     "Lectern does not know what <%s> stands for", (const char *)node->name);
}

/* The words of a <source> or a <target>. */
static void add_words(const struct xliff *xliff, xmlNode *top, struct buffer *out)
{
    xmlNode *node = top->children;
    while (node) {
        enter_inline(xliff, node, out);
        if (node->type == XML_ELEMENT_NODE && node->children) {
            node = node->children;
            continue;
        }
        while (node != top) {
            if (is_element(node, "pc"))
                add_data(xliff, node, "dataRefEnd", out);
            if (node->next)
                break;
            node = node->parent;
        }
        node = node == top ? NULL : node->next;
    }
}

/* Whether anything but blanks was added to the buffer from there on. */
static bool has_more(const struct buffer *buffer, size_t from)
{
    text all = buffer_text(buffer);
    return !text_is_blank(text_slice(all, from, all.length));
}

/* Whether the target stands where its source stands; `place` counts from one. */
static bool is_in_place(const struct xliff *xliff, const xmlNode *target, size_t place)
{
    text order = target ? attribute_of(xliff, target, "order") : TEXT_EMPTY;
    return order.length == 0 ||
           text_equal(text_trim(order), arena_printf(xliff->arena, "%zu", place));
}

static void read_unit(struct xliff *xliff, const xmlNode *unit)
{
    struct buffer source, target;
    buffer_init(&source, LIMIT_WORDS_BYTES);
    buffer_init(&target, LIMIT_WORDS_BYTES);
    xliff->data = find_child(unit, "originalData");
    bool is_whole = true, is_ordered = true, has_target = false, is_initial = true;
    size_t segments = 0, parts = 0;
    for (xmlNode *part = unit->children; part; part = part->next) {
        bool is_segment = is_element(part, "segment");
        if (!is_segment && !is_element(part, "ignorable"))
            continue;
        segments += is_segment;
        size_t source_from = source.length, target_from = target.length;
        xmlNode *from = find_child(part, "source"), *to = find_child(part, "target");
        text state = attribute_of(xliff, part, "state");
        if (from)
            add_words(xliff, from, &source);
        if (to)
            add_words(xliff, to, &target);
        else if (!is_segment && from)
            add_words(xliff, from, &target);
        has_target |= is_segment && target.length > target_from;
        is_initial &= !is_segment || text_equal_c(state, "initial");
        is_whole &= !is_segment ||
                    (to && (has_more(&target, target_from) || !has_more(&source, source_from)));
        is_ordered &= is_in_place(xliff, to, ++parts);
    }
    if (segments && is_whole && is_ordered && source.length && target.length) {
        struct message *message =
            catalogue_add(xliff->catalogue, copy_of(xliff, buffer_text(&source)));
        message->translation = copy_of(xliff, buffer_text(&target));
        message->span = span_of(xliff, unit);
        message->is_initial = is_initial;
    }
    if (has_target && !is_whole)
        report_warning(xliff->report, "xliff-target-left-out", span_of(xliff, unit), NULL,
                       "the target of this unit is left out: a segment has none");
    else if (has_target && !is_ordered)
        report_warning(xliff->report, "xliff-target-left-out", span_of(xliff, unit), NULL,
                       "the target of this unit is left out: its segments are in another order");
    buffer_release(&source);
    buffer_release(&target);
}

static void read_units(struct xliff *xliff, xmlNode *root)
{
    for (xmlNode *file = root->children; file; file = file->next) {
        xmlNode *node = is_element(file, "file") ? file->children : NULL;
        while (node) { /* groups may hold groups */
            if (is_element(node, "unit"))
                read_unit(xliff, node);
            if (is_element(node, "group") && node->children) {
                node = node->children;
                continue;
            }
            while (node != file && !node->next)
                node = node->parent;
            node = node == file ? NULL : node->next;
        }
    }
}

bool catalogue_read_xliff(struct catalogue *catalogue, struct report *report, text name, text bytes)
{
    bytes = characters_of_file(catalogue->arena, bytes);
    catalogue->file = report_add_source(report, name, bytes);
    struct span whole = {.file = catalogue->file};
    if (text_find(bytes, TEXT("<!DOCTYPE"), 0) != SIZE_MAX ||
        text_find(bytes, TEXT("<!ENTITY"), 0) != SIZE_MAX) {
        report_error(report, "xliff-syntax", whole, "take the line with <!DOCTYPE out",
                     "the file holds a document type");
        return false;
    }
    struct xliff xliff = {.arena = catalogue->arena, .report = report, .catalogue = catalogue};
    size_t errors = report->errors;
    xmlParserCtxt *context = xmlNewParserCtxt();
    xmlDoc *document =
        context ? xmlCtxtReadMemory(context, bytes.bytes, (int)bytes.length, NULL, NULL,
                                    XML_PARSE_NONET | XML_PARSE_NOERROR | XML_PARSE_NOWARNING)
                : NULL;
    xmlNode *root = document ? xmlDocGetRootElement(document) : NULL;
    if (!root) {
        const xmlError *error = context ? xmlCtxtGetLastError(context) : NULL;
        struct span span = whole;
        if (error && error->line > 0)
            span =
                (struct span){catalogue->file, (uint32_t)error->line, 1, (uint32_t)error->line, 1};
        report_error(report, "xliff-syntax", span, NULL, "the file is not proper XML");
    } else if (!is_element(root, "xliff")) {
        report_error(report, "xliff-syntax", whole, "save it as XLIFF 2.0 or 2.1",
                     "the file is not XLIFF 2");
    } else {
        catalogue->language = attribute_of(&xliff, root, "trgLang");
        read_units(&xliff, root);
    }
    xmlFreeDoc(document);
    xmlFreeParserCtxt(context);
    return report->errors == errors;
}

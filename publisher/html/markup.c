#include "html/markup.h"

#include "base/arena.h"

#include <libxml/xmlwriter.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct markup {
    xmlTextWriterPtr writer;
    struct buffer *out;
    struct buffer scratch; /* a NUL-terminated copy of what is written next */
    bool is_page;
    bool is_void; /* the element that was opened last, while it is open */
    bool failed;
};

static int write_bytes(void *context, const char *bytes, int length)
{
    struct buffer *out = context;
    buffer_add(out, bytes, (size_t)length);
    return out->overflowed ? -1 : length;
}

static int close_nothing(void *context)
{
    (void)context;
    return 0;
}

static void keep(struct markup *markup, int result)
{
    if (result < 0)
        markup->failed = true;
}

static struct markup *begin(struct buffer *out)
{
    struct markup *markup = memory_allocate(sizeof *markup);
    *markup = (struct markup){.out = out};
    buffer_init(&markup->scratch, out->maximum);
    xmlOutputBufferPtr output = xmlOutputBufferCreateIO(write_bytes, close_nothing, out, NULL);
    if (output)
        markup->writer = xmlNewTextWriter(output);
    if (!markup->writer) {
        if (output)
            xmlOutputBufferClose(output);
        buffer_release(&markup->scratch);
        free(markup);
        return NULL;
    }
    return markup;
}

struct markup *markup_new(struct buffer *out)
{
    struct markup *markup = begin(out);
    if (markup)
        keep(markup, xmlTextWriterStartDocument(markup->writer, NULL, "UTF-8", NULL));
    return markup;
}

struct markup *markup_new_page(struct buffer *out)
{
    struct markup *markup = begin(out);
    if (markup)
        markup->is_page = true;
    return markup;
}

bool markup_finish(struct markup *markup)
{
    keep(markup, xmlTextWriterEndDocument(markup->writer));
    xmlFreeTextWriter(markup->writer); /* flushes and closes the output */
    bool done = !markup->failed && !markup->out->overflowed && !markup->scratch.overflowed;
    buffer_release(&markup->scratch);
    free(markup);
    return done;
}

void markup_html_doctype(struct markup *markup)
{
    keep(markup, xmlTextWriterWriteDTD(markup->writer, BAD_CAST "html", NULL, NULL, NULL));
    markup_newline(markup);
}

void markup_html_head(struct markup *markup)
{
    markup_open(markup, "head");
    markup_open(markup, "meta");
    markup_attribute_c(markup, "charset", "utf-8");
    markup_close(markup);
    markup_open(markup, "meta");
    markup_attribute_c(markup, "name", "viewport");
    markup_attribute_c(markup, "content", "width=device-width, initial-scale=1");
    markup_close(markup);
}

/* XML 1.0, 2.2: Char. Surrogates cannot come out of valid UTF-8. */
static bool is_xml_character(uint32_t c)
{
    return c >= 0x20 ? c != 0xFFFE && c != 0xFFFF : c == '\t' || c == '\n' || c == '\r';
}

/* Most text has nothing to replace: U+FFFE and U+FFFF begin with EF BF. */
static bool is_clean(text t)
{
    for (size_t i = 0; i < t.length; i++) {
        unsigned char c = (unsigned char)t.bytes[i];
        if (c < 0x20 && c != '\t' && c != '\n' && c != '\r')
            return false;
        if (c == 0xEF && i + 1 < t.length && (unsigned char)t.bytes[i + 1] == 0xBF)
            return false;
    }
    return true;
}

static const xmlChar *admitted(struct markup *markup, text t)
{
    buffer_clear(&markup->scratch);
    if (is_clean(t)) {
        buffer_add_text(&markup->scratch, t);
    } else {
        size_t offset = 0;
        for (uint32_t c = text_next(t, &offset); c != UINT32_MAX; c = text_next(t, &offset))
            buffer_add_code_point(&markup->scratch, is_xml_character(c) ? c : 0xFFFD);
    }
    buffer_add_byte(&markup->scratch, '\0');
    return markup->scratch.overflowed ? BAD_CAST "" : BAD_CAST markup->scratch.bytes;
}

/* WHATWG HTML, 13.1.2: elements that never have an end tag; those that we write. */
static bool is_void(const char *element)
{
    static const char *const names[] = {"br", "hr", "img", "link", "meta"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        if (strcmp(element, names[i]) == 0)
            return true;
    }
    return false;
}

static bool is_for_xml_alone(const char *attribute)
{
    return strncmp(attribute, "xml", 3) == 0 || strncmp(attribute, "epub:", 5) == 0;
}

void markup_open(struct markup *markup, const char *element)
{
    markup->is_void = is_void(element);
    keep(markup, xmlTextWriterStartElement(markup->writer, BAD_CAST element));
}

/* Without an XML declaration libxml2 would write each letter beyond ASCII as a number. */
static void add_attribute_of_page(struct markup *markup, const char *name, const xmlChar *value)
{
    static const struct {
        char character;
        const char *written;
    } escapes[] = {{'&', "&amp;"}, {'<', "&lt;"},   {'>', "&gt;"},  {'"', "&quot;"},
                   {'\t', "&#9;"}, {'\n', "&#10;"}, {'\r', "&#13;"}};
    struct buffer written;
    buffer_init(&written, markup->out->maximum);
    for (const char *c = (const char *)value; *c; c++) {
        size_t i = 0;
        while (i < sizeof escapes / sizeof *escapes && escapes[i].character != *c)
            i++;
        if (i < sizeof escapes / sizeof *escapes)
            buffer_add_c(&written, escapes[i].written);
        else
            buffer_add_byte(&written, *c);
    }
    markup->failed = markup->failed || written.overflowed;
    keep(markup, xmlTextWriterStartAttribute(markup->writer, BAD_CAST name));
    if (written.length)
        keep(markup,
             xmlTextWriterWriteRawLen(markup->writer, BAD_CAST written.bytes, (int)written.length));
    keep(markup, xmlTextWriterEndAttribute(markup->writer));
    buffer_release(&written);
}

static void add_attribute(struct markup *markup, const char *name, const xmlChar *value)
{
    if (!markup->is_page)
        keep(markup, xmlTextWriterWriteAttribute(markup->writer, BAD_CAST name, value));
    else if (!is_for_xml_alone(name))
        add_attribute_of_page(markup, name, value);
}

void markup_attribute(struct markup *markup, const char *name, text value)
{
    add_attribute(markup, name, admitted(markup, value));
}

void markup_attribute_c(struct markup *markup, const char *name, const char *value)
{
    add_attribute(markup, name, BAD_CAST value);
}

void markup_attribute_number(struct markup *markup, const char *name, unsigned long value)
{
    char digits[24];
    snprintf(digits, sizeof digits, "%lu", value);
    markup_attribute_c(markup, name, digits);
}

void markup_characters(struct markup *markup, text characters)
{
    if (characters.length)
        keep(markup, xmlTextWriterWriteString(markup->writer, admitted(markup, characters)));
}

void markup_characters_c(struct markup *markup, const char *characters)
{
    markup_characters(markup, text_from_c(characters));
}

void markup_raw(struct markup *markup, text characters)
{
    keep(markup, xmlTextWriterWriteRaw(markup->writer, admitted(markup, characters)));
}

void markup_close(struct markup *markup)
{
    bool has_end_tag = markup->is_page && !markup->is_void;
    markup->is_void = false;
    keep(markup, has_end_tag ? xmlTextWriterFullEndElement(markup->writer)
                             : xmlTextWriterEndElement(markup->writer));
}

void markup_element(struct markup *markup, const char *element, text characters)
{
    markup_open(markup, element);
    markup_characters(markup, characters);
    markup_close(markup);
}

void markup_newline(struct markup *markup)
{
    keep(markup, xmlTextWriterWriteString(markup->writer, BAD_CAST "\n"));
}

void markup_language(struct markup *markup, text language, const char *direction)
{
    if (language.length) {
        markup_attribute(markup, "lang", language);
        markup_attribute(markup, "xml:lang", language);
    }
    if (direction)
        markup_attribute_c(markup, "dir", direction);
}

#include "pdf/content.h"

#include "pdf/writer.h"

#include <stdio.h>

/* Structure types that Cairo takes for leaves. */
static const char *const markers[] = {"P", "Span", "Code", "Quote", "Lbl", "Caption", "H1"};
enum { MARKER_COUNT = sizeof markers / sizeof markers[0] };

const char *content_marker(size_t nth)
{
    return markers[nth % MARKER_COUNT];
}

/* Operators that leave something on the page, and are so only allowed in marked content. */
static const char painters[][4] = {"Tj", "TJ", "'", "\"", "S",  "s",  "f",  "F", "f*",
                                   "B",  "B*", "b", "b*", "sh", "Do", "EI", "BI"};

struct scanner {
    text content;
    size_t at;
    size_t operands; /* where the operands of the next operator begin */
    const char *fault;
};

static bool is_space(char c)
{
    return c == ' ' || c == '\n' || c == '\r' || c == '\t' || c == '\f' || c == '\0';
}

static bool is_delimiter(char c)
{
    return c == '(' || c == ')' || c == '<' || c == '>' || c == '[' || c == ']' || c == '{' ||
           c == '}' || c == '/' || c == '%';
}

static void skip_string(struct scanner *s)
{
    unsigned depth = 0;
    for (; s->at < s->content.length; s->at++) {
        char c = s->content.bytes[s->at];
        if (c == '\\') {
            s->at++;
        } else if (c == '(') {
            depth++;
        } else if (c == ')' && --depth == 0) {
            s->at++;
            return;
        }
    }
    s->fault = "a string in a content stream does not end";
}

static void skip_hexadecimal(struct scanner *s)
{
    size_t end = text_find_byte(s->content, '>', s->at);
    if (end == SIZE_MAX)
        s->fault = "a string in a content stream does not end";
    s->at = end == SIZE_MAX ? s->content.length : end + 1;
}

static void skip_comment(struct scanner *s)
{
    while (s->at < s->content.length && s->content.bytes[s->at] != '\n' &&
           s->content.bytes[s->at] != '\r')
        s->at++;
}

/* The data of an inline image: ID, one white space, bytes, white space, EI (ISO 32000-1, 8.9.7). */
static void skip_inline_image(struct scanner *s)
{
    for (size_t i = s->at + 1; i + 2 < s->content.length; i++) {
        const char *b = s->content.bytes + i;
        bool ends = i + 3 >= s->content.length || is_space(b[3]);
        if (is_space(b[0]) && b[1] == 'E' && b[2] == 'I' && ends) {
            s->at = i + 3;
            return;
        }
    }
    s->fault = "an inline image does not end";
    s->at = s->content.length;
}

/* Moves over one token; true where it was an operator, which then is *word. */
static bool scan_token(struct scanner *s, text *word)
{
    const char *bytes = s->content.bytes;
    size_t start = s->at;
    char c = bytes[start];
    bool is_doubled = start + 1 < s->content.length && bytes[start + 1] == c;
    if (c == '(') {
        skip_string(s);
    } else if (c == '<' && !is_doubled) {
        skip_hexadecimal(s);
    } else if ((c == '<' || c == '>') && is_doubled) {
        s->at += 2;
    } else if (c == '%') {
        skip_comment(s);
    } else if (is_delimiter(c) && c != '/') {
        s->at++;
    } else {
        s->at++;
        while (s->at < s->content.length && !is_space(bytes[s->at]) && !is_delimiter(bytes[s->at]))
            s->at++;
        *word = text_slice(s->content, start, s->at);
        return c != '/' && !(c >= '0' && c <= '9') && c != '-' && c != '+' && c != '.';
    }
    return false;
}

/* The next operator; false at the end. s->operands is where its operands begin. */
static bool scan_operator(struct scanner *s, text *word)
{
    s->operands = s->at;
    bool has_operand = false;
    while (s->at < s->content.length && !s->fault) {
        if (is_space(s->content.bytes[s->at])) {
            s->at++;
            continue;
        }
        if (!has_operand)
            s->operands = s->at;
        has_operand = true;
        if (scan_token(s, word)) {
            if (text_equal_c(*word, "true") || text_equal_c(*word, "false") ||
                text_equal_c(*word, "null"))
                continue;
            if (text_equal_c(*word, "ID"))
                skip_inline_image(s);
            return true;
        }
    }
    return false;
}

static bool is_painter(text word)
{
    if (word.length > 2)
        return false;
    for (size_t i = 0; i < sizeof painters / sizeof painters[0]; i++)
        if (text_equal_c(word, painters[i]))
            return true;
    return false;
}

/* Is this the operand list that Cairo writes for the marker with this name and number? */
static bool is_marker(text operands, const char *name, size_t number)
{
    char wanted[64];
    int length = snprintf(wanted, sizeof wanted, "/%s << /MCID %zu >>", name, number);
    return text_equal(text_trim(operands), (text){wanted, (size_t)length});
}

static void open_mark(struct buffer *out, const struct mark *mark, enum pdf_standard standard)
{
    static const char *const artifacts[] = {
        [ARTIFACT_NONE] = "/Artifact BMC",
        [ARTIFACT_LAYOUT] = "/Artifact<</Type/Layout>>BDC",
        [ARTIFACT_HEADER] = "/Artifact<</Type/Pagination/Subtype/Header/Attached[/Top]>>BDC",
        [ARTIFACT_FOOTER] = "/Artifact<</Type/Pagination/Subtype/Footer/Attached[/Bottom]>>BDC",
        [ARTIFACT_REPEATED] = "/Artifact<</Type/Pagination>>BDC",
    };
    if (!mark->content) {
        buffer_add_c(out, artifacts[mark->artifact]);
        return;
    }
    pdf_add_name(out, tag_name((enum tag)mark->content->parent->tag, standard));
    buffer_add_c(out, "<</MCID ");
    pdf_add_unsigned(out, mark->mcid);
    buffer_add_c(out, ">>BDC");
}

const char *content_rewrite(text content, const struct mark *marks, size_t mark_count,
                            enum pdf_standard standard, struct buffer *out)
{
    struct scanner s = {.content = content};
    size_t copied = 0, opened = 0, depth = 0;
    text word;
    while (scan_operator(&s, &word)) {
        if (text_equal_c(word, "BDC") || text_equal_c(word, "BMC")) {
            text operands = text_slice(content, s.operands, s.at - word.length);
            if (depth++ == 0) {
                if (opened == mark_count || !is_marker(operands, content_marker(opened), opened))
                    return "Cairo dropped a marker";
                buffer_add_text(out, text_slice(content, copied, s.operands));
                open_mark(out, &marks[opened++], standard);
                copied = s.at;
            } else if (text_find(operands, TEXT("/MCID"), 0) != SIZE_MAX) {
                return "a marker stands inside another one";
            }
        } else if (text_equal_c(word, "EMC")) {
            if (depth-- == 0)
                return "a marker ends that never began";
        } else if (depth == 0 && is_painter(word)) {
            return "something is painted outside of all markers";
        }
    }
    if (s.fault)
        return s.fault;
    if (depth)
        return "a marker does not end";
    if (opened != mark_count)
        return "Cairo dropped the last marker of a page";
    buffer_add_text(out, text_slice(content, copied, content.length));
    return NULL;
}

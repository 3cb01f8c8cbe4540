#include "read/html_tokens.h"

#include "read/reader.h"

#define CMARK_NO_SHORT_NAMES
#include <cmark-gfm/cmark-gfm.h>

#include <cmark-gfm/houdini.h>

bool html_is_space(char c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f';
}

static char byte_at(text source, size_t at)
{
    return at < source.length ? source.bytes[at] : '\0';
}

static size_t find_end(text source, const char *end, size_t from)
{
    size_t found = text_find(source, text_from_c(end), from);
    return found == SIZE_MAX ? SIZE_MAX : found + text_from_c(end).length;
}

/* The end of what begins with "<!" or "<?". */
static void read_declaration(text source, size_t at, struct html_token *token)
{
    text rest = text_slice(source, at, at + 9);
    token->kind = HTML_DECLARATION;
    if (text_starts_with(rest, TEXT("<!--"))) {
        token->kind = HTML_COMMENT;
        bool is_empty = byte_at(source, at + 4) == '>';
        token->to = is_empty ? at + 5 : find_end(source, "-->", at + 4);
    } else if (text_starts_with(rest, TEXT("<![CDATA["))) {
        token->to = find_end(source, "]]>", at + 9);
    } else {
        token->to = find_end(source, rest.bytes[1] == '?' ? "?>" : ">", at + 2);
    }
}

static size_t skip_spaces(text source, size_t at)
{
    while (at < source.length && html_is_space(source.bytes[at]))
        at++;
    return at;
}

static size_t skip_name(text source, size_t at)
{
    while (at < source.length && !html_is_space(source.bytes[at]) && source.bytes[at] != '>' &&
           source.bytes[at] != '/')
        at++;
    return at;
}

/* The value after an equals sign; the offset after it, with its quote. */
static size_t read_value(text source, size_t at, struct html_attribute *attribute)
{
    char quote = byte_at(source, at);
    size_t end;
    attribute->has_value = true;
    if (quote == '"' || quote == '\'') {
        at++;
        end = text_find_byte(source, quote, at);
        if (end == SIZE_MAX)
            end = source.length;
        attribute->value_from = at;
        attribute->value = text_slice(source, at, end);
        return end < source.length ? end + 1 : end;
    }
    end = at;
    while (end < source.length && !html_is_space(source.bytes[end]) && source.bytes[end] != '>')
        end++;
    attribute->value_from = at;
    attribute->value = text_slice(source, at, end);
    return end;
}

/* An attribute at the offset, up to the end of the source or the ">" of the tag. */
static bool read_attribute(text source, size_t *offset, struct html_attribute *attribute)
{
    size_t at = *offset;
    while (at < source.length && (html_is_space(source.bytes[at]) || source.bytes[at] == '/'))
        at++;
    *offset = at;
    if (at >= source.length || source.bytes[at] == '>')
        return false;
    size_t end = at + 1; /* "=" may begin a name */
    while (end < source.length && !html_is_space(source.bytes[end]) && source.bytes[end] != '>' &&
           source.bytes[end] != '/' && source.bytes[end] != '=')
        end++;
    *attribute = (struct html_attribute){.name = text_slice(source, at, end), .from = at};
    size_t equals = skip_spaces(source, end);
    if (byte_at(source, equals) == '=')
        end = read_value(source, skip_spaces(source, equals + 1), attribute);
    attribute->to = *offset = end;
    return true;
}

static void read_tag(text source, size_t at, struct html_token *token)
{
    bool is_closing = byte_at(source, at + 1) == '/';
    size_t name = at + 1 + is_closing, end = skip_name(source, name);
    token->kind = is_closing ? HTML_CLOSING : HTML_OPENING;
    token->name = text_slice(source, name, end);
    token->attributes = end;
    struct html_attribute attribute;
    while (read_attribute(source, &end, &attribute))
        ;
    token->attributes_end = end;
    token->is_closed = end > name && end < source.length && source.bytes[end - 1] == '/';
    token->to = end < source.length ? end + 1 : SIZE_MAX;
}

static bool is_sign(char c)
{
    return c == '<' || c == HTML_MARK;
}

/* What "<" may begin here. */
static bool begins_markup(text source, size_t at)
{
    char next = byte_at(source, at + 1);
    return text_is_ascii_letter(next) || next == '?' || (next == '!' && byte_at(source, at + 2)) ||
           (next == '/' && text_is_ascii_letter(byte_at(source, at + 2)));
}

bool html_next(text source, size_t *offset, struct html_token *token)
{
    size_t at = *offset;
    if (at >= source.length)
        return false;
    *token = (struct html_token){.kind = HTML_WORDS, .from = at};
    if (!is_sign(source.bytes[at]) || !begins_markup(source, at)) {
        do
            at++;
        while (at < source.length && (!is_sign(source.bytes[at]) || !begins_markup(source, at)));
        token->to = *offset = at;
        return true;
    }
    if (source.bytes[at + 1] == '!' || source.bytes[at + 1] == '?')
        read_declaration(source, at, token);
    else
        read_tag(source, at, token);
    /* What does not end has no end further on either: it takes the rest. */
    if (token->to == SIZE_MAX) {
        token->kind = HTML_BROKEN;
        token->to = source.length;
    }
    *offset = token->to;
    return true;
}

bool html_next_attribute(text source, const struct html_token *token, size_t *offset,
                         struct html_attribute *attribute)
{
    return read_attribute(text_slice(source, 0, token->attributes_end), offset, attribute);
}

size_t html_entity_length(text source, size_t at)
{
    enum { LONGEST = 40 };
    text rest = text_slice(source, at + 1, source.length);
    cmark_strbuf buffer;
    cmark_strbuf_init(cmark_get_default_mem_allocator(), &buffer, 0);
    bufsize_t length =
        houdini_unescape_ent(&buffer, (const uint8_t *)rest.bytes,
                             rest.length < LONGEST ? (bufsize_t)rest.length : (bufsize_t)LONGEST);
    cmark_strbuf_free(&buffer);
    return length > 0 ? (size_t)length + 1 : 0;
}

text html_decoded(struct arena *arena, text source)
{
    if (text_find_byte(source, '&', 0) == SIZE_MAX)
        return source;
    cmark_strbuf buffer;
    cmark_strbuf_init(cmark_get_default_mem_allocator(), &buffer, 0);
    houdini_unescape_html_f(&buffer, (const uint8_t *)source.bytes, (bufsize_t)source.length);
    text decoded = arena_copy(arena, (text){(const char *)buffer.ptr, (size_t)buffer.size});
    cmark_strbuf_free(&buffer);
    return decoded;
}

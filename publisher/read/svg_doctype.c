/* The document type of a drawing, as Graphviz, matplotlib, Inkscape and Illustrator write it. It is
   taken out before the parser sees it, for what follows it can cost a parser dear; the entities
   that Illustrator declares there are put in. XML 1.0, 2.8 and 4.2. */
#include "base/buffer.h"
#include "read/pictures.h"

#include <string.h>

enum {
    MOST_ENTITIES = 64,
    MOST_ADDED = 1024 * 1024, /* bytes that entities may add to a drawing */
};

struct doctype {
    text source;
    size_t offset;
    struct {
        text name, value;
    } entities[MOST_ENTITIES];
    size_t count;
    const char *why;
};

static bool is_at(const struct doctype *type, const char *sign)
{
    return text_starts_with(text_slice(type->source, type->offset, SIZE_MAX), text_from_c(sign));
}

/* Goes past the sign, wherever it is next; false: it is nowhere. */
static bool go_past(struct doctype *type, const char *sign)
{
    size_t at = text_find(type->source, text_from_c(sign), type->offset);
    if (at == SIZE_MAX)
        return false;
    type->offset = at + strlen(sign);
    return true;
}

static void skip_spaces(struct doctype *type)
{
    while (type->offset < type->source.length && byte_is_white(type->source.bytes[type->offset]))
        type->offset++;
}

/* Past what may stand before the document type. */
static void skip_prolog(struct doctype *type)
{
    if (is_at(type, "\xEF\xBB\xBF"))
        type->offset += 3;
    skip_spaces(type);
    while ((is_at(type, "<?") && go_past(type, "?>")) ||
           (is_at(type, "<!--") && go_past(type, "-->")))
        skip_spaces(type);
}

/* What stands between the quotes that come next. */
static bool read_quoted(struct doctype *type, text *value)
{
    skip_spaces(type);
    char quote = type->offset < type->source.length ? type->source.bytes[type->offset] : '\0';
    size_t end = quote == '"' || quote == '\''
                     ? text_find_byte(type->source, quote, type->offset + 1)
                     : SIZE_MAX;
    if (end == SIZE_MAX)
        return false;
    *value = text_slice(type->source, type->offset + 1, end);
    type->offset = end + 1;
    return true;
}

/* Behind `<!ENTITY`: a name and a value that needs nothing else. */
static bool read_entity(struct doctype *type)
{
    skip_spaces(type);
    size_t start = type->offset;
    while (type->offset < type->source.length && !byte_is_white(type->source.bytes[type->offset]) &&
           !strchr("%&<>\"'[]", type->source.bytes[type->offset]))
        type->offset++;
    text name = text_slice(type->source, start, type->offset), value;
    if (name.length == 0 || type->count == MOST_ENTITIES || !read_quoted(type, &value))
        return false;
    for (size_t i = 0; i < value.length; i++) {
        if (strchr("&<%", value.bytes[i]))
            return false;
    }
    type->entities[type->count].name = name;
    type->entities[type->count++].value = value;
    skip_spaces(type);
    return is_at(type, ">") && go_past(type, ">");
}

/* Behind `[`. */
static bool read_subset(struct doctype *type)
{
    for (skip_spaces(type); !is_at(type, "]"); skip_spaces(type)) {
        bool is_read = is_at(type, "<!--")       ? go_past(type, "-->")
                       : is_at(type, "<!ENTITY") ? go_past(type, "<!ENTITY") && read_entity(type)
                                                 : false;
        if (!is_read)
            return false;
    }
    return go_past(type, "]");
}

/* Behind `<!DOCTYPE`. */
static bool read_type(struct doctype *type)
{
    text ignored;
    while (type->offset < type->source.length) {
        char c = type->source.bytes[type->offset];
        if (c == '>')
            return go_past(type, ">");
        if (c == '"' || c == '\'' ? !read_quoted(type, &ignored)
            : c == '['            ? !(type->offset++, read_subset(type))
                                  : (type->offset++, false))
            return false;
    }
    return false;
}

static void add_expanded(const struct doctype *type, struct buffer *out, text rest)
{
    for (size_t i = 0; i < rest.length; i++) {
        size_t known = type->count;
        size_t end = rest.bytes[i] == '&' && type->count
                         ? text_find_byte(text_slice(rest, 0, i + 80), ';', i)
                         : SIZE_MAX;
        text name = end == SIZE_MAX ? TEXT_EMPTY : text_slice(rest, i + 1, end);
        for (size_t entity = 0; name.length && entity < type->count && known == type->count;
             entity++) {
            if (text_equal(name, type->entities[entity].name))
                known = entity;
        }
        if (known < type->count) {
            buffer_add_text(out, type->entities[known].value);
            i = end;
        } else {
            buffer_add_byte(out, rest.bytes[i]);
        }
    }
}

bool svg_drop_doctype(struct arena *arena, text *bytes, const char **why)
{
    struct doctype type = {.source = *bytes};
    skip_prolog(&type);
    text before = text_slice(*bytes, 0, type.offset);
    bool has_type = is_at(&type, "<!DOCTYPE");
    bool is_read = !has_type || read_type(&type);
    text rest = text_slice(*bytes, type.offset, SIZE_MAX);
    if (!is_read || text_find(rest, TEXT("<!DOCTYPE"), 0) != SIZE_MAX ||
        text_find(rest, TEXT("<!ENTITY"), 0) != SIZE_MAX) {
        *why = "its document type says more than simple entities";
        return false;
    }
    if (!has_type)
        return true;
    struct buffer plain;
    buffer_init(&plain, bytes->length + MOST_ADDED);
    buffer_add_text(&plain, before);
    add_expanded(&type, &plain, rest);
    bool is_whole = !plain.overflowed;
    *bytes = arena_copy(arena, buffer_text(&plain));
    buffer_release(&plain);
    if (!is_whole)
        *why = "its entities make it larger than it may be";
    return is_whole;
}

/* Rich: the markup that fields may have (CSL-JSON: <i>, <b>, <sup>, <sub>, <sc>, <span>), and the
   quotes in them, which take the marks of the language and of their depth. */
#include "csl/output.h"

#include <string.h>
#include <unicode/uchar.h>

enum {
    RICH_DEPTH = 40,
    TAG_MOST = 64, /* bytes of a tag, or of what looks like one beside a quote */
};

static const struct {
    const char *open, *close;
    enum csl_look look;
    bool keeps_case;
} tags[] = {
    {"<i>", "</i>", CSL_ITALIC, false},
    {"<b>", "</b>", CSL_BOLD, false},
    {"<sup>", "</sup>", CSL_SUPERSCRIPT, false},
    {"<sub>", "</sub>", CSL_SUBSCRIPT, false},
    {"<sc>", "</sc>", CSL_SMALL_CAPITALS, false},
    {"<span style=\"font-variant:small-caps;\">", "</span>", CSL_SMALL_CAPITALS, false},
    {"<span style=\"font-variant: small-caps;\">", "</span>", CSL_SMALL_CAPITALS, false},
    {"<span style=\"font-variant:small-caps\">", "</span>", CSL_SMALL_CAPITALS, false},
    {"<span class=\"nocase\">", "</span>", CSL_LOOK_NONE, true},
    {"<span class=\"nodecor\">", "</span>", CSL_LOOK_COUNT, true},
};

enum quote {
    QUOTE_NONE,
    QUOTE_DOUBLE,
    QUOTE_SINGLE,
    QUOTE_OUTER, /* as the language writes it */
    QUOTE_INNER,
};

struct open {
    struct output *node;
    const char *close; /* of a tag; NULL: a quote */
    enum quote quote;
    text written;
};

enum { TAG_COUNT = sizeof tags / sizeof *tags, MARK_COUNT = 2 };

struct reader {
    struct arena *arena;
    const struct locale *locale;
    text field;
    size_t tag_ends[TAG_COUNT], mark_ends[MARK_COUNT]; /* where the next close stands, as far as it
                                                          was looked for; SIZE_MAX: there is none */
    struct open stack[RICH_DEPTH];
    size_t depth;
    char *plain; /* characters since the last mark */
    size_t plain_length;
};

static void flush(struct reader *reader)
{
    if (!reader->plain_length)
        return;
    text characters = arena_copy(reader->arena, (text){reader->plain, reader->plain_length});
    struct output *leaf = output_leaf(reader->arena, characters);
    output_append(reader->stack[reader->depth - 1].node, leaf);
    reader->plain_length = 0;
}

static void add_plain(struct reader *reader, text t)
{
    memcpy(reader->plain + reader->plain_length, t.bytes, t.length);
    reader->plain_length += t.length;
}

static struct output *push(struct reader *reader, text written, const char *close, enum quote quote)
{
    flush(reader);
    struct output *node = output_new(reader->arena);
    output_append(reader->stack[reader->depth - 1].node, node);
    reader->stack[reader->depth++] =
        (struct open){.node = node, .close = close, .quote = quote, .written = written};
    return node;
}

/* What was opened and never closed is what it looks like. */
static void revert(struct reader *reader)
{
    flush(reader);
    struct open *open = &reader->stack[--reader->depth];
    struct output *node = open->node;
    text written = open->quote == QUOTE_SINGLE && open->written.bytes[0] == '\'' ? TEXT("\u2019")
                                                                                 : open->written;
    struct output *leaf = output_leaf(reader->arena, arena_copy(reader->arena, written));
    node->has_quotes = node->keeps_case = false;
    node->markup = CSL_LOOK_NONE;
    leaf->next = node->first;
    node->first = leaf;
    if (!node->last)
        node->last = leaf;
}

static void close_to(struct reader *reader, size_t depth)
{
    while (reader->depth > depth)
        revert(reader);
    flush(reader);
    reader->depth--;
}

/* Whether what closes stands at `from` or behind. What was found is kept: no place is looked at
   twice, however much opens and never ends. */
static bool ends_later(const struct reader *reader, size_t *kept, text close, size_t from)
{
    if (*kept < from)
        *kept = text_find(reader->field, close, from);
    return *kept != SIZE_MAX;
}

static bool read_tag(struct reader *reader, size_t at, size_t *length)
{
    text rest = text_slice(reader->field, at, reader->field.length);
    for (size_t i = 0; i < TAG_COUNT; i++) {
        text open = text_from_c(tags[i].open), close = text_from_c(tags[i].close);
        if (text_starts_with(rest, open) && reader->depth < RICH_DEPTH &&
            ends_later(reader, &reader->tag_ends[i], close, at + open.length)) {
            struct output *node = push(reader, open, tags[i].close, QUOTE_NONE);
            node->markup = tags[i].look;
            if (node->markup == CSL_LOOK_COUNT) { /* as if nothing stood around it */
                node->markup = CSL_LOOK_NONE;
                node->format = (struct format){
                    .style = CSL_UPRIGHT, .weight = CSL_MEDIUM, .variant = CSL_PLAIN_CAPITALS};
            }
            node->keeps_case = tags[i].keeps_case;
            *length = open.length;
            return true;
        }
        if (!text_starts_with(rest, close))
            continue;
        for (size_t depth = reader->depth; depth > 1; depth--) {
            if (reader->stack[depth - 1].close &&
                strcmp(reader->stack[depth - 1].close, tags[i].close) == 0) {
                close_to(reader, depth);
                *length = close.length;
                return true;
            }
        }
    }
    return false;
}

static bool is_letter_or_digit(uint32_t c)
{
    return c != UINT32_MAX && u_isalnum((UChar32)c);
}

static uint32_t before_of(text field, size_t at)
{
    /* what markup stands between does not count */
    while (at > 0 && field.bytes[at - 1] == '>') {
        size_t tag = at - 1;
        while (tag > 0 && field.bytes[tag] != '<' && at - tag < TAG_MOST)
            tag--;
        if (field.bytes[tag] != '<')
            break;
        at = tag;
    }
    if (at == 0)
        return UINT32_MAX;
    do
        at--;
    while (at > 0 && ((unsigned char)field.bytes[at] & 0xC0) == 0x80);
    return text_next(field, &at);
}

static uint32_t after_of(text field, size_t at)
{
    while (at < field.length && field.bytes[at] == '<') {
        text tag =
            text_slice(field, at, at + TAG_MOST < field.length ? at + TAG_MOST : field.length);
        size_t end = text_find_byte(tag, '>', 0);
        if (end == SIZE_MAX)
            break;
        at += end + 1;
    }
    return text_next(field, &at);
}

static bool opens_word(uint32_t before)
{
    return before == UINT32_MAX || text_is_space(before) ||
           (before < 0x80 && strchr("([{-/\"", (int)before)) || before == 0x2014 ||
           before == 0x2013 || before == 0x201C || before == 0x2018 || before == 0xAB;
}

static bool close_quote(struct reader *reader, enum quote quote)
{
    for (size_t depth = reader->depth; depth > 1; depth--) {
        if (reader->stack[depth - 1].close)
            return false; /* quotes do not reach out of markup */
        if (reader->stack[depth - 1].quote == quote) {
            close_to(reader, depth);
            return true;
        }
    }
    return false;
}

static bool open_quote(struct reader *reader, text written, enum quote quote)
{
    if (reader->depth == RICH_DEPTH)
        return false;
    struct output *node = push(reader, written, NULL, quote);
    node->has_quotes = true;
    node->quotes_are_single = quote == QUOTE_INNER;
    return true;
}

static bool read_quote(struct reader *reader, size_t at, size_t length, uint32_t c)
{
    text written = text_slice(reader->field, at, at + length);
    uint32_t before = before_of(reader->field, at);
    uint32_t after = after_of(reader->field, at + length);
    bool opens = opens_word(before) && after != UINT32_MAX && !text_is_space(after) && after != c;
    switch (c) {
    case '"':
        return (!text_is_space(before) && close_quote(reader, QUOTE_DOUBLE)) ||
               (opens && open_quote(reader, written, QUOTE_DOUBLE));
    case '\'':
        if (!is_letter_or_digit(after) && close_quote(reader, QUOTE_SINGLE))
            return true;
        if (opens && open_quote(reader, written, QUOTE_SINGLE))
            return true;
        add_plain(reader, TEXT("\u2019"));
        return true;
    default:
        return false;
    }
}

/* A quote as the language writes it, which may be more than one character: « with a space. */
static bool read_language_quote(struct reader *reader, size_t at, size_t *length)
{
    const struct locale *locale = reader->locale;
    const struct {
        text open, close;
        enum quote quote;
    } marks[MARK_COUNT] = {{locale->open_quote, locale->close_quote, QUOTE_OUTER},
                           {locale->open_inner, locale->close_inner, QUOTE_INNER}};
    text rest = text_slice(reader->field, at, reader->field.length);
    for (size_t i = 0; i < MARK_COUNT; i++) {
        text open = marks[i].open, close = marks[i].close;
        if (close.length && text_starts_with(rest, close)) {
            uint32_t after = after_of(reader->field, at + close.length);
            bool is_apostrophe = text_equal_c(close, "\u2019") && is_letter_or_digit(after);
            *length = close.length;
            if (!is_apostrophe && close_quote(reader, marks[i].quote))
                return true;
        }
        if (open.length && (unsigned char)open.bytes[0] >= 0x80 && text_starts_with(rest, open) &&
            at + open.length < reader->field.length &&
            ends_later(reader, &reader->mark_ends[i], close, at + open.length)) {
            *length = open.length;
            return open_quote(reader, open, marks[i].quote);
        }
    }
    return false;
}

text rich_bare(text field)
{
    for (;;) {
        size_t start = field.length && field.bytes[0] == '<' ? text_find_byte(field, '>', 0) : 0;
        size_t end = field.length;
        while (text_ends_with(field, TEXT(">")) && end > 0 && field.length - end < TAG_MOST &&
               field.bytes[end - 1] != '<')
            end--;
        bool begins = start > 0 && start < TAG_MOST;
        bool ends = end < field.length && end > 0 && field.bytes[end - 1] == '<';
        if (begins)
            field = text_slice(field, start + 1, field.length);
        else if (ends)
            field = text_slice(field, 0, end - 1);
        else
            return field;
    }
}

text rich_spaces(struct arena *arena, text field)
{
    size_t found = 0;
    for (size_t i = 0; i + 1 < field.length; i++)
        found += field.bytes[i] == ' ' || field.bytes[i + 1] == ' ';
    if (!found)
        return field;
    char *bytes = arena_allocate(arena, field.length + 2 * found + 1);
    size_t length = 0;
    for (size_t i = 0; i < field.length; i++) {
        text rest = text_slice(field, i + 1, field.length);
        bool before = rest.length &&
                      (strchr(":;?!", rest.bytes[0]) || text_starts_with(rest, TEXT("\u00BB")));
        bool after = i >= 2 && text_equal_c(text_slice(field, i - 2, i), "\u00AB");
        if (field.bytes[i] == ' ' && (before || after)) {
            memcpy(bytes + length, "\u202F", 3);
            length += 3;
        } else {
            bytes[length++] = field.bytes[i];
        }
    }
    return (text){bytes, length};
}

struct output *rich_read(struct arena *arena, const struct locale *locale, text field)
{
    struct output *root = output_new(arena);
    field = rich_spaces(arena, field);
    struct reader reader = {.arena = arena, .locale = locale, .field = field, .depth = 1};
    reader.stack[0].node = root;
    reader.plain =
        arena_allocate(arena, 3 * field.length + 1); /* an apostrophe of 1 byte takes 3 */
    for (size_t at = 0, next = 0; at < field.length; at = next) {
        uint32_t c = text_next(field, &next);
        size_t length;
        if ((c == '<' && read_tag(&reader, at, &length)) ||
            (c >= 0x80 && read_language_quote(&reader, at, &length))) {
            next = at + length;
            continue;
        }
        if (!read_quote(&reader, at, next - at, c))
            add_plain(&reader, text_slice(field, at, next));
    }
    while (reader.depth > 1)
        revert(&reader);
    flush(&reader);
    return root;
}

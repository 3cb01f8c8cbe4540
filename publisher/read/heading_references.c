/* `[Heading name]` leads to the heading, as in Pandoc: each heading is a definition of its own
   words, and those that the author writes come first. The parser looks definitions up when it makes
   its inlines, which is when it is finished; until then headings are just blocks with their source.
   A second parser makes the definitions, since the library does not let anybody else; they move
   into the first one's map. The library looks a label up as soon as its bracket closes, and a link
   around it is none from then on; so words with attributes within a link, which are never a link to
   a heading, have their brackets hidden from it: `[the [name]{.kbd} of it](#id)`. */
#include "read/places.h"

#include "base/buffer.h"
#include "base/limits.h"

#include <cmark-gfm/map.h>
#include <cmark-gfm/node.h>
#include <cmark-gfm/parser.h>

enum {
    LONGEST_NAME = 900, /* bytes: a label of CommonMark's has fewer than 1,000 characters */
    LAST_AGE = 1 << 30, /* of definitions the one of least age holds; the author's count from 0 */
    MOST_OPEN = 256,    /* brackets within each other */
};

/* The words of the heading's source, without attributes; empty: they can be no label. */
static text name_of(const cmark_node *heading)
{
    text words =
        text_trim((text){(const char *)heading->content.ptr, (size_t)heading->content.size});
    if (words.length && words.bytes[words.length - 1] == '}') {
        size_t brace = text_find_byte(words, '{', 0);
        words = text_trim(text_slice(words, 0, brace == SIZE_MAX ? words.length : brace));
    }
    if (words.length < 2 || words.length > LONGEST_NAME)
        return TEXT_EMPTY;
    for (size_t i = 0; i < words.length; i++) {
        if (strchr("[]\\", words.bytes[i]))
            return TEXT_EMPTY;
    }
    return words;
}

/* What labels begin with: a bit for each two signs behind a bracket of the article. A definition is
   dear, and few headings are referred to. */
struct beginnings {
    unsigned char bits[(1 << 16) / 8];
};

/* Labels are compared without regard to case; of letters beyond ASCII any will do. */
static unsigned fold(char c)
{
    unsigned byte = (unsigned char)c;
    return byte >= 0x80 ? 0x80 : byte <= ' ' ? ' ' : byte >= 'A' && byte <= 'Z' ? byte + 32 : byte;
}

static unsigned beginning_of(text words)
{
    return fold(words.bytes[0]) << 8 | fold(words.bytes[1]);
}

static void find_beginnings(const struct reader *reader, struct beginnings *beginnings)
{
    text source = reader_source(reader);
    *beginnings = (struct beginnings){.bits = {0}};
    for (size_t at = text_find_byte(source, '[', reader->body); at != SIZE_MAX;
         at = text_find_byte(source, '[', at)) {
        at++;
        size_t from = at;
        while (from < source.length && fold(source.bytes[from]) == ' ')
            from++;
        if (from + 1 < source.length) {
            unsigned beginning = beginning_of(text_slice(source, from, from + 2));
            beginnings->bits[beginning / 8] |= (unsigned char)(1U << beginning % 8);
        }
    }
}

static bool may_be_label(const struct beginnings *beginnings, text words)
{
    unsigned beginning = words.length ? beginning_of(words) : 0;
    return words.length && (beginnings->bits[beginning / 8] >> beginning % 8 & 1);
}

/* The next block in the order of the article; NULL behind the last. */
static cmark_node *next_block(const cmark_node *root, cmark_node *node)
{
    if (node->first_child)
        return node->first_child;
    while (node != root && !node->next)
        node = node->parent;
    return node == root ? NULL : node->next;
}

/* *names: what the headings begin with that are defined. */
static void add_definitions(cmark_parser *parser, const struct reader *reader,
                            struct beginnings *names, struct buffer *out)
{
    struct beginnings beginnings;
    cmark_node *root = parser->root;
    find_beginnings(reader, &beginnings);
    *names = (struct beginnings){.bits = {0}};
    for (cmark_node *node = root->first_child; node; node = next_block(root, node)) {
        text name = node->type == CMARK_NODE_HEADING ? name_of(node) : TEXT_EMPTY;
        if (!may_be_label(&beginnings, name))
            continue;
        unsigned beginning = beginning_of(name);
        names->bits[beginning / 8] |= (unsigned char)(1U << beginning % 8);
        buffer_printf(out, "[%.*s]: <#" MARK_HEADING "%u>\n\n", TEXT_ARGUMENTS(name),
                      places_of_block(reader, node).line);
    }
}

/* A bracket that closes, while what stands before it is looked at. */
struct closing {
    size_t at;
    bool is_link, has_attributes;
};

static bool begins_attributes(const struct reader *reader, text content, size_t at)
{
    struct attribute *attributes = NULL;
    size_t end = 0;
    if (at >= content.length || content.bytes[at] != '{')
        return false;
    bool is_kramdown = at + 1 < content.length && content.bytes[at + 1] == ':';
    return attributes_parse(reader->arena, content, at + is_kramdown, &end, &attributes);
}

/* From the last bracket to the first, so that a link is known before what it holds. */
static void hide_brackets(const struct reader *reader, const struct beginnings *names,
                          cmark_strbuf *buffer)
{
    text content = {(const char *)buffer->ptr, (size_t)buffer->size};
    struct closing open[MOST_OPEN];
    size_t depth = 0, links = 0;
    for (size_t i = content.length; i-- > 0;) {
        char c = content.bytes[i], next = i + 1 < content.length ? content.bytes[i + 1] : '\0';
        if ((c != '[' && c != ']') || text_is_escaped(content, i))
            continue;
        if (c == ']') {
            if (depth == MOST_OPEN)
                return;
            bool is_link = next == '(' || next == '[';
            open[depth++] = (struct closing){
                i, is_link, links > 0 && begins_attributes(reader, content, i + 1)};
            links += is_link;
        } else if (depth) {
            struct closing closing = open[--depth];
            links -= closing.is_link;
            text words = text_trim(text_slice(content, i + 1, closing.at));
            /* `[![A][logo]{width=50%}](a.md)` and `![logo]{width=50%}` are pictures */
            bool is_label = i && (content.bytes[i - 1] == ']' || content.bytes[i - 1] == '!');
            if (is_label || !closing.has_attributes || words.length < 2 ||
                !may_be_label(names, words))
                continue;
            buffer->ptr[i] = BRACKET_OPEN;
            buffer->ptr[closing.at] = BRACKET_CLOSE;
        }
    }
}

static void hide_labels(cmark_parser *parser, const struct reader *reader,
                        const struct beginnings *names)
{
    for (cmark_node *node = parser->root->first_child; node;
         node = next_block(parser->root, node)) {
        text content = {(const char *)node->content.ptr, (size_t)node->content.size};
        bool is_code = node->type == CMARK_NODE_CODE_BLOCK || node->type == CMARK_NODE_HTML_BLOCK;
        if (!is_code && text_find(content, TEXT("]{"), 0) != SIZE_MAX)
            hide_brackets(reader, names, &node->content);
    }
}

void headings_define(cmark_parser *parser, const struct reader *reader)
{
    struct buffer definitions;
    struct beginnings names;
    buffer_init(&definitions, LIMIT_ARTICLE_BYTES);
    add_definitions(parser, reader, &names, &definitions);
    if (definitions.length)
        hide_labels(parser, reader, &names);
    cmark_parser *second = cmark_parser_new_with_mem(CMARK_OPT_DEFAULT, parser->mem);
    cmark_parser_feed(second, definitions.bytes ? definitions.bytes : "", definitions.length);
    buffer_release(&definitions);
    cmark_map_entry *moved = second->refmap->refs, *last = NULL;
    for (cmark_map_entry *entry = moved; entry; entry = entry->next) {
        entry->age += LAST_AGE;
        last = entry;
    }
    if (last) {
        last->next = parser->refmap->refs;
        parser->refmap->refs = moved;
        parser->refmap->size += second->refmap->size;
        second->refmap->refs = NULL;
        second->refmap->size = 0;
    }
    cmark_parser_free(second);
}

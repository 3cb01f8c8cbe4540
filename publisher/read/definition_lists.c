/* Definition lists, after Pandoc: a line with a term; then, perhaps after a blank line, a colon (or
   a tilde) and the definition, which goes on with indented lines. cmark knows of a term only when
   it sees the colon: then the paragraph before becomes one, in a list of its own or in the list
   before it. */
#include "read/build.h"
#include "read/dialect.h"

#include <cmark-gfm/node.h>
#include <cmark-gfm/parser.h>

#include <string.h>

enum {
    DEEPEST_INDENT = 4, /* columns that always go on with a definition */
    LEAST_INDENT = 2    /* that begin one in a glossary */
};

static bool is_list(const cmark_node *node)
{
    const struct mark *mark = mark_of(node);
    return mark && mark->kind == MARK_DEFINITION_LIST;
}

static bool begins_definition(text line)
{
    if (line.length > 2 && line.bytes[0] == '~')
        return (line.bytes[1] == ' ' || line.bytes[1] == '\t') &&
               !text_is_blank(text_slice(line, 1, line.length));
    return line_is_colon(line);
}

/* `~ 5 km`, `~ €5`: "about", in a line that goes on with a sentence; a definition of a list that is
   there already may begin so. */
static bool is_about_number(text line)
{
    size_t at = 1;
    while (at < line.length && (line.bytes[at] == ' ' || line.bytes[at] == '\t'))
        at++;
    while (at < line.length &&
           ((unsigned char)line.bytes[at] >= 0x80 || strchr("$+-.,(", line.bytes[at])))
        at++;
    return line.bytes[0] == '~' && at < line.length && byte_is_digit(line.bytes[at]);
}

/* A term is one line, and no definition of a link. */
static bool is_term(const cmark_node *paragraph)
{
    text content = {(const char *)paragraph->content.ptr, (size_t)paragraph->content.size};
    while (content.length && content.bytes[content.length - 1] == '\n')
        content.length--;
    if (content.length == 0 || text_find_byte(content, '\n', 0) != SIZE_MAX)
        return false;
    return content.bytes[0] != '[' || text_find(content, TEXT("]:"), 0) == SIZE_MAX;
}

/* The paragraph that a colon in this container makes a term, or NULL. */
static cmark_node *find_term(cmark_parser *parser, cmark_node *container)
{
    bool is_open = container->type == CMARK_NODE_PARAGRAPH;
    cmark_node *paragraph = is_open ? container : container->last_child;
    if (!paragraph || paragraph->type != CMARK_NODE_PARAGRAPH || !is_term(paragraph))
        return NULL;
    const struct mark *parent = mark_of(paragraph->parent);
    if (parent && (parent->kind == MARK_CAPTION || parent->kind == MARK_DEFINITION_LIST))
        return NULL;
    /* at most one blank line between */
    return is_open || cmark_parser_get_line_number(parser) <= paragraph->end_line + 2 ? paragraph
                                                                                      : NULL;
}

static cmark_node *make_list(cmark_syntax_extension *extension, cmark_parser *parser,
                             cmark_node *paragraph)
{
    cmark_node *list = cmark_node_new_with_mem(CMARK_NODE_CUSTOM_BLOCK, parser->mem);
    struct mark *mark =
        mark_new(cmark_syntax_extension_get_private(extension), MARK_DEFINITION_LIST);
    mark->line = (uint32_t)paragraph->start_line;
    mark->column = (uint32_t)paragraph->start_column;
    list->start_line = paragraph->start_line;
    list->start_column = paragraph->start_column;
    cmark_node_set_user_data(list, mark);
    cmark_node_set_syntax_extension(list, extension);
    cmark_node_insert_before(paragraph, list);
    return list;
}

/* The list in which the paragraph has become a term, open for a definition. */
static cmark_node *take_term(cmark_syntax_extension *extension, cmark_parser *parser,
                             cmark_node *paragraph)
{
    if (paragraph->flags & CMARK_NODE__OPEN) {
        paragraph->flags &= (uint16_t)~CMARK_NODE__OPEN;
        paragraph->end_line = cmark_parser_get_line_number(parser) - 1;
        paragraph->end_column = cmark_parser_get_last_line_length(parser);
    }
    cmark_node *list =
        is_list(paragraph->prev) ? paragraph->prev : make_list(extension, parser, paragraph);
    cmark_node_append_child(list, paragraph);
    list->flags |= CMARK_NODE__OPEN;
    return list;
}

static cmark_node *open_definition(cmark_syntax_extension *extension, cmark_parser *parser,
                                   cmark_node *list, const unsigned char *input, text line)
{
    struct mark *mark = mark_new(cmark_syntax_extension_get_private(extension), MARK_DEFINITION);
    cmark_node *definition = mark_open_block(extension, parser, list, mark);
    unsigned spaces = 0;
    while (line.bytes[1 + spaces] == ' ')
        spaces++;
    /* More than four are one, and the rest makes a code block. */
    unsigned used = spaces == 0 || spaces > DEEPEST_INDENT ? 1 : spaces;
    mark->content_offset = 1 + used;
    mark->offset = (size_t)cmark_parser_get_indent(parser);
    line_advance(parser, input, 1 + used);
    return definition;
}

/* In a glossary of Sphinx or MyST a line that is set in begins the definition of the lines before
   it, a term each. */
static bool is_glossary(const cmark_node *box)
{
    const struct mark *mark = mark_of(box);
    return mark && mark->is_glossary;
}

/* Of a paragraph in a list each line but the last becomes a paragraph before it. */
static void split_terms(cmark_parser *parser, cmark_node *paragraph)
{
    for (;;) {
        text content = {(const char *)paragraph->content.ptr, (size_t)paragraph->content.size};
        size_t end = text_find_byte(content, '\n', 0);
        if (end == SIZE_MAX || text_is_blank(text_slice(content, end, content.length)))
            return;
        cmark_node *term = cmark_node_new_with_mem(CMARK_NODE_PARAGRAPH, parser->mem);
        cmark_strbuf_put(&term->content, paragraph->content.ptr, (bufsize_t)end + 1);
        cmark_strbuf_drop(&paragraph->content, (bufsize_t)end + 1);
        term->start_line = term->end_line = paragraph->start_line++;
        term->start_column = paragraph->start_column;
        term->end_column = term->start_column + (int)end - 1;
        cmark_node_insert_before(paragraph, term);
    }
}

static cmark_node *open_indented(cmark_syntax_extension *extension, cmark_parser *parser,
                                 cmark_node *paragraph, const unsigned char *input)
{
    cmark_node *list = take_term(extension, parser, paragraph);
    split_terms(parser, paragraph);
    struct mark *mark = mark_new(cmark_syntax_extension_get_private(extension), MARK_DEFINITION);
    cmark_node *definition = mark_open_block(extension, parser, list, mark);
    mark->content_offset = (unsigned)cmark_parser_get_indent(parser);
    mark->bracketed = true; /* no line that is not set in goes on with it */
    line_advance(parser, input, 0);
    return definition;
}

/* The next term, which no blank line sets apart from the definition before. */
static cmark_node *open_next_term(cmark_parser *parser, cmark_node *box, text line)
{
    const cmark_node *list = box->last_child;
    const struct mark *last =
        list && is_list(list) && list->last_child ? mark_of(list->last_child) : NULL;
    bool begins_word =
        line.length && (text_is_ascii_alphanumeric(line.bytes[0]) ||
                        (unsigned char)line.bytes[0] >= 0x80 || strchr("*_\"'(", line.bytes[0]));
    if (!last || !last->bracketed || !begins_word)
        return NULL;
    return cmark_parser_add_child(parser, box, CMARK_NODE_PARAGRAPH,
                                  cmark_parser_get_first_nonspace(parser) + 1);
}

static cmark_node *open_block(cmark_syntax_extension *extension, int indented, cmark_parser *parser,
                              cmark_node *container, unsigned char *input, int length)
{
    text line = line_rest(parser, input, length);
    bool is_set_in = cmark_parser_get_indent(parser) >= LEAST_INDENT;
    if (is_set_in && container->type == CMARK_NODE_PARAGRAPH && is_glossary(container->parent) &&
        !begins_definition(line))
        return open_indented(extension, parser, container, input);
    if (!is_set_in && is_glossary(container) && !begins_definition(line))
        return open_next_term(parser, container, line);
    if (indented || !begins_definition(line))
        return NULL;
    if (is_list(container))
        return open_definition(extension, parser, container, input, line);
    cmark_node *paragraph = find_term(parser, container);
    if (!paragraph || (is_about_number(line) && !is_list(paragraph->prev)))
        return NULL;
    return open_definition(extension, parser, take_term(extension, parser, paragraph), input, line);
}

static int match_block(cmark_syntax_extension *extension, cmark_parser *parser,
                       unsigned char *input, int length, cmark_node *container)
{
    (void)extension;
    if (cmark_parser_is_blank(parser))
        return 1;
    int indent = cmark_parser_get_indent(parser);
    const struct mark *mark = mark_of(container);
    if (mark->kind == MARK_DEFINITION_LIST) {
        const struct mark *last = mark_of(container->last_child);
        int wanted = last ? (int)last->content_offset : DEEPEST_INDENT;
        if (indent >= wanted || indent >= DEEPEST_INDENT)
            return 1;
        return begins_definition(line_rest(parser, input, length));
    }
    if (indent <= (int)mark->offset && begins_definition(line_rest(parser, input, length)))
        return 0; /* the next one, set in as this is */
    int wanted =
        (int)mark->content_offset < DEEPEST_INDENT ? (int)mark->content_offset : DEEPEST_INDENT;
    if (indent < wanted)
        return 0;
    cmark_parser_advance_offset(parser, (const char *)input, wanted, true);
    return 1;
}

cmark_syntax_extension *definition_lists_extension(void)
{
    cmark_syntax_extension *extension = cmark_syntax_extension_new("definition_lists");
    cmark_syntax_extension_set_open_block_func(extension, open_block);
    cmark_syntax_extension_set_match_block_func(extension, match_block);
    return extension;
}

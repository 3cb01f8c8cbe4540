/* Fenced divs, after Pandoc: a line of three or more colons with a name or attributes opens one, a
   line of colons alone closes the innermost. Every line belongs to an open div, so it is never
   closed by a line that does not match: its closing fence is found when cmark looks for the block
   that a line may open, and closes it by opening, in the div's parent, a block that the div
   refuses. That block is a thematic break for cmark, the one leaf that leaves lists tight. */
#include "read/dialect.h"

#include "base/limits.h"

#include <cmark-gfm/node.h>

static bool is_div(const cmark_node *node)
{
    const struct mark *mark = mark_of(node);
    return mark && mark->kind == MARK_DIV;
}

/* The div that a closing fence in this container closes: its own, not one around the list item or
   the quotation in which the fence stands. */
static cmark_node *find_div(cmark_node *container)
{
    while (container && (container->type == CMARK_NODE_PARAGRAPH ||
                         container->type == CMARK_NODE_THEMATIC_BREAK ||
                         container->type == CMARK_NODE_LIST || container->type == CMARK_NODE_TABLE))
        container = container->parent;
    return is_div(container) ? container : NULL;
}

static bool is_too_deep(const cmark_node *container)
{
    int depth = 0;
    for (; container && depth <= LIMIT_DEPTH; container = container->parent)
        depth++;
    return depth > LIMIT_DEPTH;
}

static struct span span_of_fence(const struct dialect *dialect, cmark_parser *parser, text fence)
{
    uint32_t line = dialect->reader->body_line + (uint32_t)cmark_parser_get_line_number(parser);
    uint32_t column = (uint32_t)cmark_parser_get_first_nonspace(parser) + 1;
    return (struct span){.file = dialect->reader->file,
                         .line = line,
                         .column = column,
                         .end_line = line,
                         .end_column = column + (uint32_t)fence.length - 1};
}

static cmark_node *close_div(struct dialect *dialect, cmark_parser *parser, cmark_node *container,
                             const unsigned char *input, text fence)
{
    cmark_node *div = find_div(container);
    if (!div) {
        report_error(dialect->reader->report, "div-unopened", span_of_fence(dialect, parser, fence),
                     "a box begins with ::: and its kind, such as ::: note",
                     "this line closes a box, but none is open here");
        container = container->type == CMARK_NODE_PARAGRAPH ? container->parent : container;
    } else {
        mark_of(div)->closed = true;
    }
    dialect->closing_div = div;
    cmark_node *end = cmark_parser_add_child(parser, container, CMARK_NODE_THEMATIC_BREAK,
                                             cmark_parser_get_first_nonspace(parser) + 1);
    dialect->closing_div = NULL;
    cmark_node_set_user_data(end, mark_new(dialect, MARK_DIV_END));
    line_advance(parser, input, fence.length);
    return end;
}

/* `name`, `name {…}` or `{…}`, then perhaps more colons. */
static bool parse_opening(struct arena *arena, text rest, struct attribute **attributes)
{
    size_t from = 0, to = rest.length;
    while (to && (rest.bytes[to - 1] == ':' || rest.bytes[to - 1] == ' '))
        to--;
    rest = text_slice(rest, 0, to);
    *attributes = NULL;
    while (from < rest.length && rest.bytes[from] != ' ' && rest.bytes[from] != '\t' &&
           rest.bytes[from] != '{' && rest.bytes[from] != '}')
        from++;
    text name = text_slice(rest, 0, from);
    while (from < rest.length && (rest.bytes[from] == ' ' || rest.bytes[from] == '\t'))
        from++;
    size_t end = from;
    if (from < rest.length &&
        (rest.bytes[from] != '{' || !attributes_parse(arena, rest, from, &end, attributes)))
        return false;
    if (end < rest.length)
        return false;
    if (name.length) {
        struct attribute *attribute = ARENA_NEW(arena, struct attribute);
        attribute->next = *attributes;
        attribute->key = TEXT("class");
        attribute->value = arena_copy(arena, name);
        attribute->span.end_column = (uint32_t)name.length;
        *attributes = attribute;
    }
    return name.length || rest.length;
}

static void place_attributes(struct attribute *attributes, struct span fence, size_t offset)
{
    for (struct attribute *a = attributes; a; a = a->next) {
        uint32_t from = fence.column + (uint32_t)offset + a->span.column;
        uint32_t to = fence.column + (uint32_t)offset + a->span.end_column;
        a->span = fence;
        a->span.column = from;
        a->span.end_column = to - 1;
    }
}

static cmark_node *open_block(cmark_syntax_extension *extension, int indented, cmark_parser *parser,
                              cmark_node *container, unsigned char *input, int length)
{
    struct dialect *dialect = cmark_syntax_extension_get_private(extension);
    text line = line_rest(parser, input, length);
    size_t colons = 0;
    while (colons < line.length && line.bytes[colons] == ':')
        colons++;
    if (indented || colons < 3)
        return NULL;
    size_t start = colons;
    while (start < line.length && (line.bytes[start] == ' ' || line.bytes[start] == '\t'))
        start++;
    if (start == line.length)
        return close_div(dialect, parser, container, input, line);
    struct attribute *attributes;
    struct arena *arena = dialect->reader->arena;
    if (!parse_opening(arena, text_slice(line, start, line.length), &attributes))
        return NULL;
    struct span fence = span_of_fence(dialect, parser, text_trim(line));
    if (is_too_deep(container)) {
        if (!dialect->has_reported_depth)
            report_error(dialect->reader->report, "nesting-too-deep", fence,
                         "put fewer parts into one another",
                         "parts stand in one another more than %d levels deep", LIMIT_DEPTH);
        dialect->has_reported_depth = true;
        return NULL;
    }
    struct mark *mark = mark_new(dialect, MARK_DIV);
    mark->attributes = attributes;
    place_attributes(attributes, fence, start);
    cmark_node *div = mark_open_block(extension, parser, container, mark);
    line_advance(parser, input, line.length);
    return div;
}

static int match_block(cmark_syntax_extension *extension, cmark_parser *parser,
                       unsigned char *input, int length, cmark_node *container)
{
    (void)extension, (void)parser, (void)input, (void)length, (void)container;
    return 1;
}

static int can_contain(cmark_syntax_extension *extension, cmark_node *node, cmark_node_type child)
{
    const struct dialect *dialect = cmark_syntax_extension_get_private(extension);
    return dialect->closing_div != node && CMARK_NODE_TYPE_BLOCK_P(child) &&
           child != CMARK_NODE_ITEM;
}

cmark_syntax_extension *divs_extension(void)
{
    cmark_syntax_extension *extension = cmark_syntax_extension_new("divs");
    cmark_syntax_extension_set_open_block_func(extension, open_block);
    cmark_syntax_extension_set_match_block_func(extension, match_block);
    cmark_syntax_extension_set_can_contain_func(extension, can_contain);
    return extension;
}

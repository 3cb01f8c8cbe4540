/* Lists whose items have letters, Roman numerals or numbers in brackets, after Pandoc's fancy
   lists: `a.`, `iv)`, `(A)`, `(1)`, and `#.`, which counts by itself. A line "A. Smith came" begins
   none: the item that follows must stand somewhere below, as far to the right.

   The lists and items are the parser's own; only their beginnings are found here. */
#include "read/dialect.h"

#include "document/list_labels.h"

#include <cmark-gfm/node.h>
#include <cmark-gfm/parser.h>

enum { LINES_AHEAD = 200, LONGEST_LETTERS = 12 };

struct marker {
    enum list_delimiter delimiter;
    text letters; /* "#": it counts by itself */
    size_t length;
};

static bool is_part(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '#';
}

/* The marker at the head of the line, with words behind it. */
static bool read_marker(text line, struct marker *marker)
{
    size_t from = line.length && line.bytes[0] == '(', end = from;
    while (end < line.length && end < from + LONGEST_LETTERS && is_part(line.bytes[end]))
        end++;
    char after = end < line.length ? line.bytes[end] : '\0';
    bool has_end = from ? after == ')' : after == ')' || after == '.';
    if (end == from || !has_end || end + 1 >= line.length ||
        (line.bytes[end + 1] != ' ' && line.bytes[end + 1] != '\t') ||
        text_is_blank(text_slice(line, end + 1, line.length)))
        return false;
    *marker = (struct marker){from           ? LIST_BRACKETS
                              : after == ')' ? LIST_BRACKET
                                             : LIST_PERIOD,
                              text_slice(line, from, end), end + 1};
    bool is_hash = text_find_byte(marker->letters, '#', 0) != SIZE_MAX;
    return !is_hash || (marker->letters.length == 1 && marker->delimiter == LIST_PERIOD);
}

/* The number of the marker in a list of that style, or 0. Digits without brackets are the parser's
   own. */
static unsigned number_in(const struct marker *marker, enum list_style style)
{
    unsigned long number;
    if (style != LIST_DIGITS)
        return list_number_read(style, marker->letters);
    return marker->delimiter == LIST_BRACKETS && text_to_number(marker->letters, 9999, &number)
               ? (unsigned)number
               : 0;
}

/* Whether the marker of that number stands below, in a line that begins as far to the right. */
static bool is_followed(const struct reader *reader, uint32_t number, const struct marker *marker,
                        enum list_style style, unsigned wanted)
{
    text line = reader_line(reader, number);
    size_t indent = (size_t)(marker->letters.bytes - line.bytes);
    indent -= marker->delimiter == LIST_BRACKETS;
    for (uint32_t i = 1; i <= LINES_AHEAD && number + i <= reader->line_count; i++) {
        text below = reader_line(reader, number + i);
        struct marker next;
        text before = text_slice(below, 0, indent);
        if (below.length > indent &&
            (text_is_blank(before) || text_equal(before, text_slice(line, 0, indent))) &&
            read_marker(text_slice(below, indent, below.length), &next) &&
            next.delimiter == marker->delimiter && number_in(&next, style) == wanted)
            return true;
    }
    return false;
}

/* What list the marker begins; false: none. */
static bool find_list(const struct reader *reader, uint32_t line, const struct marker *marker,
                      struct mark *mark)
{
    mark->list_delimiter = marker->delimiter;
    if (marker->letters.bytes[0] == '#') {
        mark->list_style = LIST_DIGITS;
        mark->list_start = 1;
        mark->bracketed = true; /* counts by itself */
        return true;
    }
    for (enum list_style style = LIST_DIGITS; style <= LIST_UPPER_ROMAN; style++) {
        unsigned number = number_in(marker, style);
        if (number && is_followed(reader, line, marker, style, number + 1)) {
            mark->list_style = style;
            mark->list_start = number;
            return true;
        }
    }
    return false;
}

/* Whether the marker goes on with the list of the mark. */
static bool goes_on(const struct mark *mark, const struct marker *marker)
{
    if (mark->list_delimiter != marker->delimiter)
        return false;
    return mark->bracketed ? marker->letters.bytes[0] == '#'
                           : number_in(marker, mark->list_style) == mark->list_start + mark->offset;
}

static cmark_node *add_node(cmark_parser *parser, cmark_node *container, cmark_node_type type,
                            const struct marker *marker)
{
    int column = cmark_parser_get_first_nonspace(parser) + 1;
    cmark_node *node = cmark_parser_add_child(parser, container, type, column);
    node->as.list = (cmark_list){
        .list_type = CMARK_ORDERED_LIST,
        .marker_offset = cmark_parser_get_indent(parser),
        .padding = (int)marker->length + 1,
        .start = 1,
        .delimiter = CMARK_NO_DELIM, /* no list of the parser's own goes on here */
    };
    return node;
}

static cmark_node *open_block(cmark_syntax_extension *extension, int indented, cmark_parser *parser,
                              cmark_node *container, unsigned char *input, int length)
{
    struct dialect *dialect = cmark_syntax_extension_get_private(extension);
    text line = line_rest(parser, input, length);
    struct marker marker;
    /* Words go on; in an item a list may begin in the next line. */
    bool is_in_words =
        container->type == CMARK_NODE_PARAGRAPH && container->parent->type != CMARK_NODE_ITEM;
    if (indented || is_in_words || !read_marker(line, &marker))
        return NULL;
    uint32_t number = (uint32_t)cmark_parser_get_line_number(parser) + dialect->reader->body_line;
    struct mark *mark = container->type == CMARK_NODE_LIST ? mark_of(container) : NULL;
    if (!mark || !goes_on(mark, &marker)) {
        struct mark found = {.kind = MARK_LIST};
        /* the same line in the source, whose bytes are the reader's own */
        text source = reader_line(dialect->reader, number);
        struct marker there = marker;
        if (source.length < line.length)
            return NULL;
        size_t start = source.length - line.length;
        if (!text_equal(text_slice(source, start, source.length), line) ||
            !read_marker(text_slice(source, start, source.length), &there) ||
            !find_list(dialect->reader, number, &there, &found))
            return NULL;
        container = add_node(parser, container, CMARK_NODE_LIST, &marker);
        mark = mark_new(dialect, MARK_LIST);
        *mark = found;
        cmark_node_set_user_data(container, mark);
    }
    mark->offset++;
    cmark_node *item = add_node(parser, container, CMARK_NODE_ITEM, &marker);
    line_advance(parser, input, marker.length + 1);
    return item;
}

cmark_syntax_extension *lists_extension(void)
{
    cmark_syntax_extension *extension = cmark_syntax_extension_new("lists");
    cmark_syntax_extension_set_open_block_func(extension, open_block);
    return extension;
}

/* Lists whose items have letters, Roman numerals or numbers in brackets, after Pandoc's fancy
   lists: `a.`, `iv)`, `(A)`, `(1)`, and `#.` or `#)`, which count by themselves; and examples
   (examples.c). A line "A. Smith came" begins none: the item that follows must stand somewhere
   below, as far to the right.

   The lists and items are the parser's own; only their beginnings are found here. */
#include "read/dialect.h"

#include "document/list_labels.h"

#include <cmark-gfm/node.h>
#include <cmark-gfm/parser.h>

enum { LINES_AHEAD = 200, LONGEST_LETTERS = 12 };

struct marker {
    enum list_delimiter delimiter;
    text letters;
    size_t length;
    bool is_hash;    /* "#": it counts by itself */
    bool is_example; /* the letters are its label */
};

static bool is_part(char c)
{
    return text_is_ascii_alphanumeric(c) || c == '#';
}

/* The marker at the head of the line, with words behind it. */
static bool read_marker(text line, struct marker *marker)
{
    text label;
    size_t from = line.length && line.bytes[0] == '(', end = from;
    size_t example = from ? example_marker(line, &label) : 0;
    if (example) {
        *marker = (struct marker){
            .delimiter = LIST_BRACKETS, .letters = label, .length = example, .is_example = true};
        return true;
    }
    while (end < line.length && end < from + LONGEST_LETTERS && is_part(line.bytes[end]))
        end++;
    char after = end < line.length ? line.bytes[end] : '\0';
    bool has_end = from ? after == ')' : after == ')' || after == '.';
    if (end == from || !has_end || end + 1 >= line.length ||
        (line.bytes[end + 1] != ' ' && line.bytes[end + 1] != '\t') ||
        text_is_blank(text_slice(line, end + 1, line.length)))
        return false;
    *marker = (struct marker){.delimiter = from           ? LIST_BRACKETS
                                           : after == ')' ? LIST_BRACKET
                                                          : LIST_PERIOD,
                              .letters = text_slice(line, from, end),
                              .length = end + 1};
    marker->is_hash = marker->letters.bytes[0] == '#';
    return text_find_byte(marker->letters, '#', marker->is_hash) == SIZE_MAX &&
           (!marker->is_hash || marker->letters.length == 1);
}

/* The number of the marker in a list of that style, or 0. Digits without brackets are the parser's
   own. */
static unsigned number_in(const struct marker *marker, enum list_style style)
{
    unsigned long number;
    if (marker->is_example)
        return 0;
    if (style != LIST_DIGITS)
        return list_number_read(style, marker->letters);
    return marker->delimiter == LIST_BRACKETS && text_to_number(marker->letters, 9999, &number)
               ? (unsigned)number
               : 0;
}

/* Whether a line has the marker of that number: with nothing but the same signs before it, and as
   far to the right as the other, or ending where that ends. */
static bool is_next(text line, text below, const struct marker *marker, size_t indent,
                    enum list_style style, unsigned wanted, bool is_item)
{
    size_t at = 0;
    struct marker next;
    while (at < indent && at < below.length && (below.bytes[at] == ' ' || below.bytes[at] == '\t'))
        at++;
    if (at < indent && text_equal(text_slice(below, 0, indent), text_slice(line, 0, indent)))
        at = indent;
    return at <= indent && read_marker(text_slice(below, at, below.length), &next) &&
           (at == indent || at + next.length == indent + marker->length) &&
           next.delimiter == marker->delimiter &&
           (next.is_hash ? wanted == 2 && is_item : number_in(&next, style) == wanted);
}

static bool is_indented(text line)
{
    return line.length && (line.bytes[0] == ' ' || line.bytes[0] == '\t');
}

/* Whether the marker of that number stands below. `#.` goes on with the list only where nothing
   stands between that is no part of the item: "A. Smith came" is the name of a person. */
static bool is_followed(const struct reader *reader, uint32_t number, const struct marker *marker,
                        enum list_style style, unsigned wanted)
{
    text line = reader_line(reader, number);
    size_t indent = (size_t)(marker->letters.bytes - line.bytes);
    indent -= marker->delimiter == LIST_BRACKETS;
    bool is_item = true, was_blank = false;
    for (uint32_t i = 1; i <= LINES_AHEAD && number + i <= reader->line_count; i++) {
        text below = reader_line(reader, number + i);
        if (is_next(line, below, marker, indent, style, wanted, is_item))
            return true;
        bool is_blank = text_is_blank(below);
        is_item = is_item && (is_blank || !was_blank || is_indented(below));
        was_blank = is_blank;
    }
    return false;
}

/* What list the marker begins; false: none. */
static bool find_list(struct dialect *dialect, uint32_t line, const struct marker *marker,
                      struct mark *mark)
{
    struct reader *reader = dialect->reader;
    mark->list_delimiter = marker->delimiter;
    if (marker->is_example) {
        mark->list_style = LIST_DIGITS;
        mark->list_start = reader->example_count + 1;
        mark->closed = true; /* one of examples */
        return !dialect->in_cell && examples_are_read(reader);
    }
    if (marker->is_hash) {
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

/* Whether the marker goes on with the list of the mark. An example that others stand in has the
   next number no more. */
static bool goes_on(const struct reader *reader, const struct mark *mark,
                    const struct marker *marker)
{
    if (mark->list_delimiter != marker->delimiter || mark->closed != marker->is_example)
        return false;
    if (marker->is_example)
        return reader->example_count == mark->list_start + mark->offset - 1;
    return marker->is_hash || mark->bracketed
               ? marker->is_hash
               : number_in(marker, mark->list_style) == mark->list_start + mark->offset;
}

/* Whether it goes on with a list with numbers, which is the parser's own. */
static bool counts_on(const cmark_node *container, const struct marker *marker)
{
    if (container->type != CMARK_NODE_LIST || mark_of(container) || !marker->is_hash ||
        container->as.list.list_type != CMARK_ORDERED_LIST)
        return false;
    return (marker->delimiter == LIST_PERIOD &&
            container->as.list.delimiter == CMARK_PERIOD_DELIM) ||
           (marker->delimiter == LIST_BRACKET && container->as.list.delimiter == CMARK_PAREN_DELIM);
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

/* What goes on with an example stands four spaces to the right, however long its label is. */
static void begin_example(struct dialect *dialect, cmark_parser *parser, cmark_node *item,
                          const struct marker *marker)
{
    enum { INDENT = 4 };
    text sign = {marker->letters.bytes, marker->length};
    struct mark *mark = mark_new(dialect, MARK_EXAMPLE);
    mark->made =
        example_new(dialect->reader, marker->letters, span_of_line(dialect, parser, 0, sign));
    item->as.list.padding = INDENT;
    cmark_node_set_user_data(item, mark);
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
    if (counts_on(container, &marker)) {
        cmark_node *next = add_node(parser, container, CMARK_NODE_ITEM, &marker);
        line_advance(parser, input, marker.length + 1);
        return next;
    }
    if (!mark || !goes_on(dialect->reader, mark, &marker)) {
        struct mark found = {.kind = MARK_LIST};
        /* the same line in the source, whose bytes are the reader's own */
        text source = reader_line(dialect->reader, number);
        struct marker there = marker;
        if (source.length < line.length)
            return NULL;
        size_t start = source.length - line.length;
        if (!text_equal(text_slice(source, start, source.length), line) ||
            !read_marker(text_slice(source, start, source.length), &there) ||
            !find_list(dialect, number, &there, &found) ||
            (marker.is_example && dialect_is_full(dialect, parser, container, line)))
            return NULL;
        container = add_node(parser, container, CMARK_NODE_LIST, &marker);
        mark = mark_new(dialect, MARK_LIST);
        *mark = found;
        cmark_node_set_user_data(container, mark);
    }
    mark->offset++;
    cmark_node *item = add_node(parser, container, CMARK_NODE_ITEM, &marker);
    if (marker.is_example)
        begin_example(dialect, parser, item, &marker);
    line_advance(parser, input, marker.length + 1);
    return item;
}

cmark_syntax_extension *lists_extension(void)
{
    cmark_syntax_extension *extension = cmark_syntax_extension_new("lists");
    cmark_syntax_extension_set_open_block_func(extension, open_block);
    return extension;
}

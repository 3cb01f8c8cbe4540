/* Captions: a line that begins with a colon and a space, right after a table or a figure (a
   paragraph that is one image), or after one blank line. They come before the tables: a table would
   take the line for a row. And tables that cmark must not even try: too wide ones, and rows of
   hyphens below a line that cannot be their head, for which it would read the whole paragraph
   again. */
#include "read/dialect.h"

#include "base/limits.h"

#include <cmark-gfm/node.h>
#include <cmark-gfm/parser.h>

#include <cmark-gfm-core-extensions.h>

/* captions */

enum { LONGEST_IMAGE = 16 * 1024 }; /* bytes of a paragraph that is looked at for one */

/* The offset after the bracket that closes the one at `offset`, or SIZE_MAX. */
static size_t skip_brackets(text content, size_t offset, char opening, char closing)
{
    int depth = 0;
    for (; offset < content.length; offset++) {
        char c = content.bytes[offset];
        if (c == '\\')
            offset++;
        else if (c == opening)
            depth++;
        else if (c == closing && --depth == 0)
            return offset + 1;
    }
    return SIZE_MAX;
}

/* Whether a paragraph is one image, as far as its signs tell; build.c knows for certain. */
static bool is_lone_image(const cmark_node *paragraph)
{
    if (!paragraph || paragraph->type != CMARK_NODE_PARAGRAPH)
        return false;
    text content =
        text_trim((text){(const char *)paragraph->content.ptr, (size_t)paragraph->content.size});
    if (!text_starts_with(content, TEXT("![")) || content.length > LONGEST_IMAGE)
        return false;
    size_t offset = skip_brackets(content, 1, '[', ']');
    if (offset < content.length && content.bytes[offset] == '(')
        offset = skip_brackets(content, offset, '(', ')');
    else if (offset < content.length && content.bytes[offset] == '[')
        offset = skip_brackets(content, offset, '[', ']');
    if (offset < content.length && content.bytes[offset] == '{')
        offset = skip_brackets(content, offset, '{', '}');
    return offset == content.length;
}

static bool has_caption(const cmark_node *container)
{
    if (container->type == CMARK_NODE_TABLE || is_lone_image(container))
        return true;
    const cmark_node *last = container->type == CMARK_NODE_PARAGRAPH ? NULL : container->last_child;
    return last && (last->type == CMARK_NODE_TABLE || is_lone_image(last));
}

static cmark_node *open_caption(cmark_syntax_extension *extension, cmark_parser *parser,
                                cmark_node *container, const unsigned char *input, text line)
{
    struct dialect *dialect = cmark_syntax_extension_get_private(extension);
    cmark_node *caption =
        mark_open_block(extension, parser, container, mark_new(dialect, MARK_CAPTION));
    size_t spaces = 1;
    while (spaces < line.length && (line.bytes[spaces] == ' ' || line.bytes[spaces] == '\t'))
        spaces++;
    line_advance(parser, input, spaces);
    /* The paragraph is made here, so that nothing in the caption becomes another block. */
    return cmark_parser_add_child(parser, caption, CMARK_NODE_PARAGRAPH,
                                  cmark_parser_get_offset(parser) + 1);
}

/* tables */

enum {
    LONGEST_BEFORE_TABLE = 16 * 1024
}; /* bytes of text, without a blank line before the table */

/* The columns of a row of hyphens, or 0 where the line is none. */
static unsigned count_columns(text line)
{
    line = text_trim(line);
    unsigned columns = 0;
    bool in_cell = false, has_hyphen = false;
    for (size_t i = 0; i < line.length; i++) {
        char c = line.bytes[i];
        if (c == '|') {
            in_cell = false;
        } else if (c == '-' || c == ':') {
            columns += !in_cell;
            in_cell = true;
            has_hyphen = has_hyphen || c == '-';
        } else if (c != ' ' && c != '\t') {
            return 0;
        }
    }
    return has_hyphen ? columns : 0;
}

/* The cells of a line of text, counted as cmark does. */
static unsigned count_cells(text line)
{
    line = text_trim(line);
    unsigned cells = 1;
    for (size_t i = 0; i < line.length; i++) {
        if (line.bytes[i] == '\\')
            i++;
        else if (line.bytes[i] == '|')
            cells += i > 0 && i + 1 < line.length;
    }
    return cells;
}

static text last_line(const cmark_node *paragraph)
{
    text content = {(const char *)paragraph->content.ptr, (size_t)paragraph->content.size};
    while (content.length && content.bytes[content.length - 1] == '\n')
        content.length--;
    size_t start = content.length;
    while (start && content.bytes[start - 1] != '\n')
        start--;
    return text_slice(content, start, content.length);
}

static bool is_refused_table(struct dialect *dialect, cmark_parser *parser, cmark_node *paragraph,
                             text line)
{
    unsigned columns = count_columns(line);
    if (columns == 0)
        return false;
    if (columns != count_cells(last_line(paragraph)) ||
        paragraph->content.size > LONGEST_BEFORE_TABLE)
        return true;
    if (columns <= LIMIT_TABLE_COLUMNS)
        return false;
    uint32_t number = dialect->reader->body_line + (uint32_t)cmark_parser_get_line_number(parser);
    struct span span = {.file = dialect->reader->file, .line = number, .end_line = number};
    span.column = (uint32_t)cmark_parser_get_first_nonspace(parser) + 1;
    span.end_column = span.column + (uint32_t)line.length - 1;
    report_error(dialect->reader->report, "table-too-wide", span, "split the table",
                 "the table has %u columns, more than %d", columns, LIMIT_TABLE_COLUMNS);
    return true;
}

/* Each row that is shorter than its table costs as many cells as are missing; a few bytes must not
   become gigabytes. Newer versions of cmark-gfm end a table without a word at 0x80000 missing
   cells, and what follows becomes a paragraph: the limit stands before that. True: there were too
   many, and the row is left out. */
static bool is_amplifying(struct dialect *dialect, cmark_parser *parser, cmark_node *table,
                          const unsigned char *input, text line)
{
    enum { MOST_MISSING = 500 * 1000 };
    unsigned columns = cmark_gfm_extensions_get_table_columns(table), cells = count_cells(line);
    if (line.length == 0 || cells >= columns)
        return false;
    bool was_reported = dialect->missing_cells > MOST_MISSING;
    dialect->missing_cells += columns - cells;
    if (dialect->missing_cells <= MOST_MISSING)
        return false;
    uint32_t number = dialect->reader->body_line + (uint32_t)cmark_parser_get_line_number(parser);
    struct span span = {dialect->reader->file, number, 1, number, 1};
    if (!was_reported)
        report_error(dialect->reader->report, "input-too-large", span,
                     "write all cells of each row",
                     "the rows of tables leave out more than %d cells", MOST_MISSING);
    line_advance(parser, input, line.length);
    return true;
}

static cmark_node *open_block(cmark_syntax_extension *extension, int indented, cmark_parser *parser,
                              cmark_node *container, unsigned char *input, int length)
{
    if (indented)
        return NULL;
    text line = line_rest(parser, input, length);
    if (line_is_colon(line) && has_caption(container))
        return open_caption(extension, parser, container, input, line);
    if (container->type == CMARK_NODE_TABLE &&
        is_amplifying(cmark_syntax_extension_get_private(extension), parser, container, input,
                      line))
        return container;
    /* To give the paragraph back means: the line is taken, no other extension is asked. */
    if (container->type == CMARK_NODE_PARAGRAPH &&
        is_refused_table(cmark_syntax_extension_get_private(extension), parser, container, line))
        return container;
    return NULL;
}

/* A caption is one paragraph: what goes on with it does so as a lazy line. */
static int match_block(cmark_syntax_extension *extension, cmark_parser *parser,
                       unsigned char *input, int length, cmark_node *container)
{
    (void)extension, (void)parser, (void)input, (void)length, (void)container;
    return 0;
}

cmark_syntax_extension *captions_extension(void)
{
    cmark_syntax_extension *extension = cmark_syntax_extension_new("captions");
    cmark_syntax_extension_set_open_block_func(extension, open_block);
    cmark_syntax_extension_set_match_block_func(extension, match_block);
    return extension;
}

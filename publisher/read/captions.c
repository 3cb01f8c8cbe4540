/* Captions: a line that begins with a colon and a space, right after a table or a figure (a
   paragraph that is one image), or after one blank line; of tables also before them, and with the
   word "Table:". They come before the tables: a table would
   take the line for a row. And tables that cmark must not even try: too wide ones, and rows of
   hyphens below a line that cannot be their head, for which it would read the whole paragraph
   again. */
#include "read/dialect.h"

#include "base/limits.h"
#include "read/passes.h"
#include "read/text_tables.h"

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
    while (offset < content.length && content.bytes[offset] == '{')
        offset = skip_brackets(content, offset, '{', '}');
    return offset == content.length;
}

static bool is_table(const cmark_node *node)
{
    const struct mark *mark = mark_of(node);
    return node && (node->type == CMARK_NODE_TABLE || (mark && mark->kind == MARK_TABLE));
}

/* A table that has its caption before it takes none behind it. */
static bool takes_caption(const cmark_node *node, bool is_of_table)
{
    const struct mark *before = node ? mark_of(node->prev) : NULL;
    if (!is_table(node))
        return !is_of_table && is_lone_image(node);
    return !before || before->kind != MARK_CAPTION || !before->closed;
}

static bool has_caption(const cmark_node *container, bool is_of_table)
{
    return takes_caption(container, is_of_table) ||
           (container->type != CMARK_NODE_PARAGRAPH &&
            takes_caption(container->last_child, is_of_table));
}

/* What stands before the words of a caption, without the spaces; 0: the line is none. */
static size_t caption_sign(text line)
{
    static const char *const words[] = {"Table:", "table:"};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        text word = text_from_c(words[i]);
        if (text_starts_with(line, word) &&
            !text_is_blank(text_slice(line, word.length, line.length)))
            return word.length;
    }
    return line_is_colon(line) ? 1 : 0;
}

static cmark_node *open_caption(cmark_syntax_extension *extension, cmark_parser *parser,
                                cmark_node *container, const unsigned char *input, text line,
                                bool is_before)
{
    struct dialect *dialect = cmark_syntax_extension_get_private(extension);
    cmark_node *caption =
        mark_open_block(extension, parser, container, mark_new(dialect, MARK_CAPTION));
    if (is_before)
        dialect_keep_caption(dialect, caption);
    mark_of(caption)->closed = is_before;
    size_t spaces = caption_sign(line);
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

bool lines_begin_table(text head, text hyphens)
{
    return count_columns(hyphens) && count_columns(hyphens) == count_cells(head);
}

/* Whether a table begins in that line of the source. */
static bool begins_table(struct reader *reader, uint32_t number)
{
    text line = reader_line(reader, number), next = reader_line(reader, number + 1);
    size_t prefix = text_table_prefix(line);
    line = text_slice(line, prefix, line.length);
    next = text_slice(next, text_table_prefix(next), next.length);
    if (text_find_byte(next, '|', 0) != SIZE_MAX && !text_starts_with(text_trim(line), TEXT("+")))
        return lines_begin_table(line, next);
    struct text_table table;
    return text_table_find(reader, number, prefix, &table);
}

/* Whether a caption in this line, which has no table before it, has one after it. */
static bool stands_before_table(struct dialect *dialect, cmark_parser *parser,
                                const cmark_node *container, text line)
{
    enum { MOST_LINES = 32 };
    struct reader *reader = dialect->reader;
    uint32_t number = reader->body_line + (uint32_t)cmark_parser_get_line_number(parser), at;
    const cmark_node *last = container->last_child;
    const struct mark *mark = mark_of(container);
    /* Behind a paragraph a colon begins a definition, and in a list of them the next one; but none
       has the id of a table. */
    bool is_definition = (last && last->type == CMARK_NODE_PARAGRAPH) ||
                         (mark && mark->kind == MARK_DEFINITION_LIST);
    bool has_label = text_find(line, TEXT("\\label{"), 0) != SIZE_MAX ||
                     text_find(line, TEXT("{#t"), 0) != SIZE_MAX;
    if (dialect->in_cell || (line.bytes[0] == ':' && is_definition && !has_label))
        return false;
    for (at = number; !text_tables_blank(reader, at) && at < number + MOST_LINES; at++)
        continue;
    while (at <= reader->line_count && text_tables_blank(reader, at) && at < number + MOST_LINES)
        at++;
    return at < number + MOST_LINES && begins_table(reader, at);
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
    struct dialect *dialect = cmark_syntax_extension_get_private(extension);
    if (caption_sign(line) && has_caption(container, line.bytes[0] != ':'))
        return open_caption(extension, parser, container, input, line, false);
    if (caption_sign(line) && container->type != CMARK_NODE_PARAGRAPH &&
        stands_before_table(dialect, parser, container, line))
        return open_caption(extension, parser, container, input, line, true);
    if (container->type == CMARK_NODE_TABLE &&
        is_amplifying(dialect, parser, container, input, line))
        return container;
    /* To give the paragraph back means: the line is taken, no other extension is asked. */
    if (container->type == CMARK_NODE_PARAGRAPH &&
        is_refused_table(dialect, parser, container, line))
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

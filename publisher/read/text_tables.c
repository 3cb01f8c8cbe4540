/* Where tables of signs begin. The parser takes a line of hyphens for a break, and words that stand
   far in for code, before it asks anybody. So the heads of such tables get a mark of as many bytes
   beforehand; the extension here takes all lines of a table into one block, which is code for
   cmark, and text_cells.c reads it. */
#include "read/text_tables.h"

#include "read/dialect.h"

#include <cmark-gfm/node.h>
#include <cmark-gfm/parser.h>
#include <string.h>

/* lines */

static bool has_mark(text line, size_t at, const char *mark)
{
    return at + 1 < line.length && line.bytes[at] == mark[0] && line.bytes[at + 1] == mark[1];
}

text text_table_line(const struct reader *reader, uint32_t number)
{
    text line = reader_line(reader, number);
    size_t at = text_find_byte(line, MARK_TABLE_RULE[0], 0);
    bool is_rule = at != SIZE_MAX && has_mark(line, at, MARK_TABLE_RULE);
    if (at == SIZE_MAX || (!is_rule && !has_mark(line, at, MARK_TABLE_SPACE)))
        return line;
    char *bytes = arena_copy_c(reader->arena, line);
    memset(bytes + at, is_rule ? '-' : ' ', 2);
    return (text){bytes, line.length};
}

size_t text_table_prefix(text line)
{
    size_t prefix = 0;
    for (size_t i = 0; i < line.length && (line.bytes[i] == ' ' || line.bytes[i] == '>'); i++) {
        if (line.bytes[i] == '>')
            prefix = i + 1;
    }
    return prefix;
}

/* Columns of the screen that a character takes, as far as those who draw tables count them. */
static size_t width_of(uint32_t c)
{
    bool has_none = (c >= 0x300 && c <= 0x36F) || (c >= 0x200B && c <= 0x200F) ||
                    (c >= 0xFE00 && c <= 0xFE0F) || c == 0xAD;
    bool is_wide = (c >= 0x1100 && c <= 0x115F) || (c >= 0x2E80 && c <= 0xA4CF) ||
                   (c >= 0xAC00 && c <= 0xD7A3) || (c >= 0xF900 && c <= 0xFAFF) ||
                   (c >= 0xFE30 && c <= 0xFE6F) || (c >= 0xFF00 && c <= 0xFF60) ||
                   (c >= 0xFFE0 && c <= 0xFFE6) || (c >= 0x1F300 && c <= 0x1FAFF) ||
                   (c >= 0x20000 && c <= 0x3FFFD);
    return has_none ? 0 : is_wide ? 2 : 1;
}

void text_find_column(text line, size_t wanted, size_t *offset, size_t *column)
{
    while (*column < wanted && *offset < line.length)
        *column += width_of(text_next(line, offset));
    /* marks that belong to the character before */
    for (size_t next = *offset; next < line.length; *offset = next) {
        if (width_of(text_next(line, &next)))
            break;
    }
}

/* cells */

struct text_cell *text_table_add_cell(struct reader *reader, struct text_table *table,
                                      struct text_cell cell)
{
    ARENA_GROW(reader->arena, table->cells, table->cell_count, table->cell_capacity);
    table->cells[table->cell_count] = cell;
    return &table->cells[table->cell_count++];
}

void text_cell_add_piece(struct reader *reader, struct text_cell *cell, struct text_piece piece)
{
    ARENA_GROW(reader->arena, cell->pieces, cell->piece_count, cell->piece_capacity);
    cell->pieces[cell->piece_count++] = piece;
}

bool text_table_find(struct reader *reader, uint32_t number, size_t from, struct text_table *table)
{
    text line = text_table_line(reader, number);
    line = text_trim(text_slice(line, from, line.length));
    if (text_starts_with(line, TEXT("+-")) || text_starts_with(line, TEXT("+:")) ||
        text_starts_with(line, TEXT("+=")))
        return grid_table_find(reader, number, from, table);
    return plain_table_find(reader, number, from, table);
}

/* the heads of tables */

static bool is_hyphens(text line)
{
    size_t i = text_table_prefix(line), hyphens = 0;
    for (; i < line.length && (line.bytes[i] == ' ' || line.bytes[i] == '-'); i++)
        hyphens += line.bytes[i] == '-';
    return i == line.length && hyphens > 1;
}

static size_t first_of(text line, size_t from)
{
    while (from < line.length && line.bytes[from] == ' ')
        from++;
    return from;
}

bool text_tables_blank(const struct reader *reader, uint32_t number)
{
    text line = reader_line(reader, number);
    return text_is_blank(text_slice(line, text_table_prefix(line), line.length));
}

static void put_mark(struct reader *reader, uint32_t number, size_t at, const char *mark)
{
    memcpy(reader->source + reader->line_starts[number - 1] + at, mark, 2);
}

/* Marks the table that begins in the line, where it needs a mark. Returns its last line, or 0. */
static uint32_t mark_table(struct reader *reader, uint32_t number)
{
    enum { FAR_IN = 4 };
    struct text_table table;
    text line = reader_line(reader, number), next = reader_line(reader, number + 1);
    size_t prefix = text_table_prefix(line), at = first_of(line, prefix);
    bool begins_with_rule = is_hyphens(line);
    if (!begins_with_rule && (!is_hyphens(next) || at < prefix + FAR_IN))
        return 0;
    if (text_find_byte(line, '\r', 0) != SIZE_MAX ||
        !plain_table_find(reader, number, prefix, &table))
        return 0;
    size_t rule = first_of(next, prefix);
    if (begins_with_rule)
        put_mark(reader, number, at, MARK_TABLE_RULE);
    else if (rule + 2 <= at)
        put_mark(reader, number, rule, MARK_TABLE_SPACE);
    return table.last;
}

void text_tables_mark(struct reader *reader)
{
    uint32_t first = reader->body_line + 1, barren = 0;
    for (uint32_t number = first; number < reader->line_count; number++) {
        text line = reader_line(reader, number);
        if (line.length == 0 || (number > first && !text_tables_blank(reader, number - 1)) ||
            number < barren || !(is_hyphens(line) || is_hyphens(reader_line(reader, number + 1))))
            continue;
        uint32_t last = mark_table(reader, number);
        number = last ? last : number;
    }
}

/* the extension */

static cmark_node *open_block(cmark_syntax_extension *extension, int indented, cmark_parser *parser,
                              cmark_node *container, unsigned char *input, int length)
{
    struct dialect *dialect = cmark_syntax_extension_get_private(extension);
    struct reader *reader = dialect->reader;
    text line = line_rest(parser, input, length);
    uint32_t number = reader->body_line + (uint32_t)cmark_parser_get_line_number(parser);
    if (dialect->in_cell || indented || line.length == 0 ||
        container->type == CMARK_NODE_PARAGRAPH || number < dialect->no_table_before)
        return NULL;
    bool is_grid = line.bytes[0] == '+' && line.length > 3;
    bool is_marked = has_mark(line, 0, MARK_TABLE_RULE) || has_mark(line, 0, MARK_TABLE_SPACE);
    struct text_table table;
    if (!is_grid && !is_marked && !is_hyphens(reader_line(reader, number + 1)))
        return NULL;
    size_t from = (size_t)cmark_parser_get_offset(parser);
    if (!text_table_find(reader, number, from, &table)) {
        /* a grid that is none is not looked at from each of its lines */
        while (is_grid && number <= reader->line_count && !text_tables_blank(reader, number))
            dialect->no_table_before = ++number;
        return NULL;
    }
    struct mark *mark = mark_new(dialect, MARK_TABLE);
    mark->line = number;
    mark->offset = from;
    mark->end = table.last - reader->body_line;
    return mark_open_lines(extension, parser, container, input, mark);
}

/* A cell of a table without bars holds words, whatever they begin with: the mark before them. */
static cmark_node *open_words(struct dialect *dialect, cmark_syntax_extension *extension,
                              cmark_parser *parser, cmark_node *container,
                              const unsigned char *input, text line)
{
    if (!has_mark(line, 0, MARK_TABLE_SPACE))
        return NULL;
    cmark_node *block =
        mark_open_block(extension, parser, container, mark_new(dialect, MARK_CELL_WORDS));
    line_advance(parser, input, 2);
    return cmark_parser_add_child(parser, block, CMARK_NODE_PARAGRAPH,
                                  cmark_parser_get_offset(parser) + 1);
}

static cmark_node *open_any(cmark_syntax_extension *extension, int indented, cmark_parser *parser,
                            cmark_node *container, unsigned char *input, int length)
{
    struct dialect *dialect = cmark_syntax_extension_get_private(extension);
    if (dialect->in_cell)
        return open_words(dialect, extension, parser, container, input,
                          line_rest(parser, input, length));
    return open_block(extension, indented, parser, container, input, length);
}

cmark_syntax_extension *text_tables_extension(void)
{
    cmark_syntax_extension *extension = cmark_syntax_extension_new("text-tables");
    cmark_syntax_extension_set_open_block_func(extension, open_any);
    cmark_syntax_extension_set_match_block_func(extension, mark_match_lines);
    return extension;
}

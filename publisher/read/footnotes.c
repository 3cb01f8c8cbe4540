/* Footnotes: `[^label]` in the text, `[^label]: text` for the note, which goes on with lines that
   are indented by four columns. cmark-gfm has footnotes of its own, but drops unused and repeated
   ones and turns undefined ones into text without a word; these keep all, for notes.c to judge. */
#include "read/dialect.h"

#include <cmark-gfm/node.h>
#include <cmark-gfm/parser.h>

enum { INDENT = 4, LONGEST_LABEL = 200 };

/* The label at the offset, which stands after "[^"; empty where there is none before "]". */
static text scan_label(text source, size_t offset)
{
    size_t end = offset;
    while (end < source.length && end - offset < LONGEST_LABEL) {
        unsigned char c = (unsigned char)source.bytes[end];
        if (c == ']')
            return text_slice(source, offset, end);
        if (c <= ' ' || c == '[' || c == '^' || c == '\\')
            break;
        end++;
    }
    return TEXT_EMPTY;
}

static cmark_node *open_block(cmark_syntax_extension *extension, int indented, cmark_parser *parser,
                              cmark_node *container, unsigned char *input, int length)
{
    text line = line_rest(parser, input, length);
    if (indented || !text_starts_with(line, TEXT("[^")))
        return NULL;
    text label = scan_label(line, 2);
    size_t end = 2 + label.length + 1;
    if (label.length == 0 || end >= line.length || line.bytes[end] != ':')
        return NULL;
    struct dialect *dialect = cmark_syntax_extension_get_private(extension);
    struct mark *mark = mark_new(dialect, MARK_FOOTNOTE);
    mark->label = arena_copy(dialect->reader->arena, label);
    cmark_node *note = mark_open_block(extension, parser, container, mark);
    size_t spaces = end + 1;
    while (spaces < line.length && (line.bytes[spaces] == ' ' || line.bytes[spaces] == '\t'))
        spaces++;
    line_advance(parser, input, spaces);
    return note;
}

static int match_block(cmark_syntax_extension *extension, cmark_parser *parser,
                       unsigned char *input, int length, cmark_node *container)
{
    (void)extension, (void)length, (void)container;
    if (cmark_parser_is_blank(parser))
        return 1;
    if (cmark_parser_get_indent(parser) < INDENT)
        return 0;
    cmark_parser_advance_offset(parser, (const char *)input, INDENT, true);
    return 1;
}

static cmark_node *match_inline(cmark_syntax_extension *extension, cmark_parser *parser,
                                cmark_node *parent, unsigned char character,
                                cmark_inline_parser *inline_parser)
{
    if (character != '^' || !is_bracket(parent->last_child, '['))
        return NULL;
    struct dialect *dialect = cmark_syntax_extension_get_private(extension);
    text content = inline_content(inline_parser);
    size_t offset = (size_t)cmark_inline_parser_get_offset(inline_parser);
    text label = scan_label(content, offset + 1);
    size_t end = offset + 1 + label.length;
    if (label.length == 0 || (end + 1 < content.length && content.bytes[end + 1] == '('))
        return NULL; /* with an address it is a link */
    struct mark *mark = mark_new(dialect, MARK_NOTE_REFERENCE);
    mark->label = arena_copy(dialect->reader->arena, label);
    mark->offset = offset - 1;
    mark->end = end;
    mark->bracketed = true;
    cmark_node *node = mark_new_inline(parser, mark);
    mark->partner = parent->last_child;
    mark_bracket(dialect, parent->last_child, node);
    cmark_inline_parser_set_offset(inline_parser, (int)end);
    return node;
}

cmark_syntax_extension *footnotes_extension(void)
{
    cmark_syntax_extension *extension = cmark_syntax_extension_new("footnotes");
    cmark_syntax_extension_set_open_block_func(extension, open_block);
    cmark_syntax_extension_set_match_block_func(extension, match_block);
    inline_extension(extension, match_inline, "^");
    return extension;
}

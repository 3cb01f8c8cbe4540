/* Obsidian: `![[map.png|what it shows|300]]` embeds a picture; `%%` comments are not printed;
   `^name` at the end of a block, or alone behind it, names it. Notes that are embedded, and sounds,
   are told (see notations_signs.c). */
#include "read/obsidian.h"

#include "base/limits.h"
#include "read/emoji.h"
#include "read/notations.h"

#include <string.h>

enum { LONGEST = 1000 }; /* bytes, of an embedding or a comment */

static bool is_picture(text name)
{
    static const char *const endings[] = {".png", ".jpg", ".jpeg", ".svg", ".webp",
                                          ".gif", ".bmp", ".avif", ".tiff"};
    return TEXT_HAS_EXTENSION(name, endings);
}

/* What stands between the brackets at the offset; false: they do not end in the line. */
static bool inside_of(text source, size_t brackets, text *inside)
{
    text reach = text_slice(source, 0, brackets + LONGEST);
    size_t end = text_find(reach, TEXT("]]"), brackets);
    *inside = text_slice(source, brackets + 2, end);
    return end != SIZE_MAX && text_find_byte(*inside, '\n', 0) == SIZE_MAX &&
           text_find_byte(*inside, '[', 0) == SIZE_MAX;
}

/* The file's name: up to a bar or a number sign. */
static text file_of(text inside)
{
    size_t bar = text_find_byte(inside, '|', 0), sign = text_find_byte(inside, '#', 0);
    text name = text_trim(text_slice(inside, 0, bar < sign ? bar : sign));
    while (text_ends_with(name, TEXT("\\"))) /* in the cell of a table */
        name.length--;
    return name;
}

bool obsidian_embeds(text line, size_t brackets)
{
    text inside;
    return brackets && line.bytes[brackets - 1] == '!' && !text_is_escaped(line, brackets - 1) &&
           inside_of(line, brackets, &inside) && is_picture(file_of(inside));
}

/* "300", "300x200": its size on a screen, which a page has none for. */
static bool is_size(text part)
{
    bool has_digit = false;
    for (size_t i = 0; i < part.length; i++) {
        char c = part.bytes[i];
        if (!byte_is_digit(c) && c != 'x')
            return false;
        has_digit = has_digit || c != 'x';
    }
    return has_digit;
}

bool obsidian_find_words(text source, size_t bracket, size_t *from, size_t *to)
{
    text inside;
    if (!inside_of(source, bracket, &inside))
        return false;
    size_t begin = bracket + 2;
    for (size_t at = text_find_byte(inside, '|', 0); at != SIZE_MAX;) {
        size_t end = text_find_byte(inside, '|', at + 1);
        text part = text_trim(text_slice(inside, at + 1, end));
        while (text_ends_with(part, TEXT("\\")))
            part.length--;
        if (part.length && !is_size(part)) {
            *from = begin + (size_t)(part.bytes - inside.bytes);
            *to = *from + part.length;
            return true;
        }
        at = end;
    }
    return false;
}

/* A name alone leads to the file wherever it lies. */
static text find_file(const struct reader *reader, text path)
{
    const struct document *document = reader->document;
    enum { ANY_BYTES = 1 }; /* it is asked for, not read: a file of more is there too */
    text bytes, from_root = arena_printf(reader->arena, "/%.*s", TEXT_ARGUMENTS(path));
    bool is_elsewhere = text_find_byte(path, '/', 0) == SIZE_MAX &&
                        document_read_file(document, path, ANY_BYTES, &bytes) == FILE_NOT_FOUND;
    if (is_elsewhere) {
        enum file_status status = document_read_from_root(document, from_root, ANY_BYTES).status;
        is_elsewhere = status == FILE_OK || status == FILE_TOO_LARGE;
    }
    return is_elsewhere ? from_root : path;
}

void obsidian_enter_picture(struct builder *builder, const struct mark *mark, struct span span)
{
    struct reader *reader = builder->reader;
    if (builder->image_depth) {
        build_add_characters(builder, mark->meaning, span);
        return;
    }
    struct node *image = build_add(builder, NODE_IMAGE, span);
    if (mark->meaning.length)
        node_append(image, node_new_text(reader->arena, mark->meaning, span));
    image->image.source = find_file(reader, mark->label);
    ARENA_GROW(reader->arena, reader->images, reader->image_count, reader->image_capacity);
    reader->images[reader->image_count++] = image;
}

/* `![[lucide-wrench.svg#icon]]`: an icon that Obsidian itself draws; how it is read. Empty: it is
   none. */
static text icon_of(struct arena *arena, text inside)
{
    text file = file_of(inside), end = TEXT(".svg");
    if (!text_starts_with(file, TEXT("lucide-")) || !text_ends_with(file, end) ||
        !text_ends_with(text_trim(inside), TEXT("#icon")))
        return TEXT_EMPTY;
    return icon_named(arena, text_slice(file, 0, file.length - end.length));
}

static cmark_node *match_picture(struct dialect *dialect, cmark_parser *parser, text content,
                                 size_t at, cmark_inline_parser *inline_parser)
{
    text inside, open = TEXT(MARK_EMBED);
    if (!text_starts_with(text_slice(content, at, content.length), open) ||
        !inside_of(content, at + 1, &inside))
        return NULL;
    struct arena *arena = dialect->reader->arena;
    text icon = icon_of(arena, inside);
    struct mark *mark = mark_new(dialect, icon.length ? MARK_ICON : MARK_EMBED_PICTURE);
    size_t from, to;
    mark->offset = at;
    mark->end = (size_t)(inside.bytes - content.bytes) + inside.length + 2;
    mark->label = icon.length ? icon : arena_copy(arena, restore_code(arena, file_of(inside)));
    if (icon.length)
        return mark_take_inline(parser, inline_parser, mark);
    if (obsidian_find_words(content, at + 1, &from, &to))
        mark->meaning = arena_copy(arena, restore_words(arena, text_slice(content, from, to)));
    return mark_take_inline(parser, inline_parser, mark);
}

/* comments */

static bool is_space(char c)
{
    return c == ' ' || c == '\t' || c == '\n';
}

/* Whether it has its lines for itself. */
static bool is_alone(text content, size_t from, size_t to)
{
    size_t begin = from, end = to;
    while (begin && content.bytes[begin - 1] == ' ')
        begin--;
    while (end < content.length && content.bytes[end] == ' ')
        end++;
    return (begin == 0 || content.bytes[begin - 1] == '\n') &&
           (end == content.length || content.bytes[end] == '\n');
}

/* Other scripts have words without spaces, and stops of their own. */
static bool is_ascii_word(char c)
{
    return text_is_ascii_alphanumeric(c);
}

/* The offset behind the comment that begins at the offset, or 0. Only what nobody could mean
   otherwise is left out, for it must not vanish: signs that touch what is between them, which is
   more than a word (%%NAME%% is to be filled in), or that have their lines for themselves. */
static size_t end_of_comment(text content, size_t at)
{
    text sign = TEXT("%%"), rest = text_slice(content, at, content.length);
    char before = at ? content.bytes[at - 1] : ' ';
    if (!text_starts_with(rest, sign) || text_starts_with(rest, TEXT("%%%")) ||
        is_ascii_word(before) || before == '%')
        return 0;
    size_t end = text_find(text_slice(content, 0, at + LONGEST), sign, at + 2);
    if (end == SIZE_MAX || end == at + 2)
        return 0;
    text words = text_slice(content, at + 2, end);
    bool touches = !is_space(words.bytes[0]) && !is_space(words.bytes[words.length - 1]) &&
                   text_find_byte(words, ' ', 0) != SIZE_MAX;
    char after = end + 2 < content.length ? content.bytes[end + 2] : ' ';
    return !is_ascii_word(after) && (touches || is_alone(content, at, end + 2)) ? end + 2 : 0;
}

size_t obsidian_skip_comment(text content, size_t at)
{
    size_t end = content.bytes[at] == '%' ? end_of_comment(content, at) : 0;
    if (end == 0 || !is_alone(content, at, end))
        return 0;
    size_t next = text_find_byte(content, '\n', end);
    return (next == SIZE_MAX ? content.length : next + 1) - at;
}

static cmark_node *match_comment(struct dialect *dialect, cmark_parser *parser, text content,
                                 size_t at, cmark_inline_parser *inline_parser)
{
    size_t end = end_of_comment(content, at);
    if (end == 0)
        return NULL;
    struct mark *mark = mark_new(dialect, MARK_LINE_NOTHING);
    mark->offset = at;
    mark->end = end;
    return mark_take_inline(parser, inline_parser, mark);
}

/* names of blocks */

bool obsidian_has_links(struct reader *reader)
{
    text source = reader_source(reader);
    if (reader->has_block_links == 0)
        reader->has_block_links = text_find(source, TEXT("#^"), 0) != SIZE_MAX ||
                                          text_find(source, TEXT("[["), 0) != SIZE_MAX
                                      ? 1
                                      : -1;
    return reader->has_block_links > 0;
}

static bool is_of_name(char c)
{
    return text_is_ascii_alphanumeric(c) || c == '-';
}

static text name_at(text source, size_t from)
{
    size_t end = from;
    while (end < source.length && is_of_name(source.bytes[end]))
        end++;
    return text_slice(source, from, end);
}

/* Whether a link of the article leads to the name: else the caret is one of the text. */
static bool is_linked(struct reader *reader, text name)
{
    text source = reader_source(reader), sign = TEXT("#^");
    if (!reader->block_names) {
        reader->block_names = id_map_new(reader->arena);
        for (size_t at = text_find(source, sign, 0); at != SIZE_MAX;) {
            text linked = name_at(source, at + sign.length);
            if (linked.length)
                id_map_add(reader->block_names, linked, reader->document->root, NULL);
            at = text_find(source, sign, at + sign.length);
        }
    }
    return id_map_find(reader->block_names, name) != NULL;
}

static cmark_node *match_name(struct dialect *dialect, cmark_parser *parser, text content,
                              size_t at, cmark_inline_parser *inline_parser)
{
    bool is_apart = at == 0 || is_space(content.bytes[at - 1]);
    text name = name_at(content, at + 1);
    size_t end = at + 1 + name.length;
    if (!is_apart || name.length == 0 || name.length > LONGEST ||
        !text_is_blank(text_slice(content, end, content.length)) ||
        !is_linked(dialect->reader, name))
        return NULL;
    struct mark *mark = mark_new(dialect, MARK_BLOCK_NAME);
    mark->offset = at;
    mark->end = end;
    mark->label = arena_copy(dialect->reader->arena, text_slice(content, at, end));
    return mark_take_inline(parser, inline_parser, mark);
}

/* Obsidian's links have the caret in the address, which no id may have. A name alone in its
   paragraph is that of the block before it. */
void obsidian_enter_name(struct builder *builder, const struct mark *mark)
{
    struct reader *reader = builder->reader;
    struct span span = places_span(&builder->places, mark->offset, mark->end);
    struct node *block = builder->into;
    while (block->parent && !node_is_block(block))
        block = block->parent;
    if (mark->offset == 0)
        block = block->kind == NODE_PARAGRAPH ? builder->block_before : NULL;
    /* before the first paragraph of a body or a box there is its title */
    if (!block || block->span.line <= reader->body_line || block->kind == NODE_CALLOUT_TITLE) {
        notation_report(reader, NOTATION_BLOCK_NAME_ALONE, span);
        build_add_source(builder, mark->offset, mark->end);
        return;
    }
    while (build_ends_with_space(builder))
        builder->characters.length--;
    build_end_text(builder);
    builder->words_end = mark->offset;
    ARENA_GROW(reader->arena, reader->named_blocks, reader->named_block_count,
               reader->named_block_capacity);
    reader->named_blocks[reader->named_block_count++] =
        (struct named_block){block, text_slice(mark->label, 1, mark->label.length)};
    reader_add_name(reader, block, mark->label, span);
}

static cmark_node *match(cmark_syntax_extension *extension, cmark_parser *parser,
                         cmark_node *parent, unsigned char character,
                         cmark_inline_parser *inline_parser)
{
    (void)parent;
    struct dialect *dialect = cmark_syntax_extension_get_private(extension);
    text content = inline_content(inline_parser);
    size_t at = (size_t)cmark_inline_parser_get_offset(inline_parser);
    return character == '%'   ? match_comment(dialect, parser, content, at, inline_parser)
           : character == '^' ? match_name(dialect, parser, content, at, inline_parser)
           : character == (unsigned char)MARK_EMBED[0]
               ? match_picture(dialect, parser, content, at, inline_parser)
               : NULL;
}

cmark_syntax_extension *obsidian_extension(void)
{
    cmark_syntax_extension *extension = cmark_syntax_extension_new("obsidian");
    inline_extension(extension, match, (char[]){'%', '^', MARK_EMBED[0], '\0'});
    return extension;
}

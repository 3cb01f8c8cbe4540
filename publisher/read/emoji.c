/* Emoji by name: `:warning:` is the character that the table has for it. Icons, which are drawings
   of a site's own (`:material-check:`), and other names are told where they stand (see
   notations_signs.c). */
#include "read/emoji.h"

#include "read/notations.h"

#include <string.h>

static const struct {
    const char *name, *characters;
} table[] = {
#define EMOJI(name, characters) {name, characters},
#include "read/emoji.def"
#undef EMOJI
};

enum { EMOJI_COUNT = sizeof table / sizeof *table, LONGEST_NAME = 40 };

static bool is_of_name(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_' || c == '+' || c == '-';
}

static const char *find(text name)
{
    size_t low = 0, high = EMOJI_COUNT;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        int order = text_compare(name, text_from_c(table[middle].name));
        if (order == 0)
            return table[middle].characters;
        if (order < 0)
            high = middle;
        else
            low = middle + 1;
    }
    return NULL;
}

/* Not within a word, nor before code, which is a role. */
static cmark_node *match(cmark_syntax_extension *extension, cmark_parser *parser,
                         cmark_node *parent, unsigned char character,
                         cmark_inline_parser *inline_parser)
{
    (void)parent;
    if (character != ':')
        return NULL;
    text content = inline_content(inline_parser);
    size_t at = (size_t)cmark_inline_parser_get_offset(inline_parser), end = at + 1;
    while (end < content.length && end - at <= LONGEST_NAME && is_of_name(content.bytes[end]))
        end++;
    char before = at ? content.bytes[at - 1] : ' ';
    char after = end + 1 < content.length ? content.bytes[end + 1] : ' ';
    if (end == content.length || content.bytes[end] != ':' || scan_is_word(before) ||
        scan_is_word(after) || before == ':' || after == ':' || after == '`')
        return NULL;
    const char *found = find(text_slice(content, at + 1, end));
    if (!found)
        return NULL;
    struct dialect *dialect = cmark_syntax_extension_get_private(extension);
    struct mark *mark = mark_new(dialect, MARK_EMOJI);
    mark->offset = at;
    mark->end = end + 1;
    mark->label = text_from_c(found);
    mark->meaning = arena_copy(dialect->reader->arena, text_slice(content, at + 1, end));
    return mark_take_inline(parser, inline_parser, mark);
}

cmark_syntax_extension *emoji_extension(void)
{
    cmark_syntax_extension *extension = cmark_syntax_extension_new("emoji");
    inline_extension(extension, match, ":");
    return extension;
}

/* A node of its own: links may lead to a heading by its name. */
void emoji_enter(struct builder *builder, const struct mark *mark)
{
    build_end_text(builder);
    build_add_characters(builder, mark->label,
                         places_span(&builder->places, mark->offset, mark->end));
    build_end_text(builder);
    struct node *last = builder->into->last_child;
    if (last && last->kind == NODE_TEXT)
        last->characters.emoji = mark->meaning;
}

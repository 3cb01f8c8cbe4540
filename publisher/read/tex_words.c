/* Commands of LaTeX among the words that the parser has left. */
#include "read/tex.h"

static bool is_sign(char c)
{
    return c > ' ' && c < 0x7F && !text_is_ascii_letter(c) && (c < '0' || c > '9');
}

/* How many bytes of the content make the next byte of the text: 2 for a sign behind a backslash, 5
   for an ampersand by its name; 0: what no byte of it stands for. */
static size_t bytes_of_next(text content, size_t offset, size_t end, char next)
{
    char c = content.bytes[offset];
    if (c == '\\' && offset + 1 < end && is_sign(content.bytes[offset + 1]))
        return next == content.bytes[offset + 1] ? 2 : 0;
    if (c == '&' && text_starts_with(text_slice(content, offset, end), TEXT("&amp;")))
        return next == '&' ? 5 : 0;
    return next == c;
}

/* A text in which commands of LaTeX without arguments may stand: it is followed in the content up
   to the first other entity. */
void tex_add_words(struct builder *builder, text characters, size_t start, size_t end)
{
    text content = builder->places.content;
    size_t at = 0, from = 0, offset = start, length, bytes;
    struct mark mark;
    bool has_command = text_find_byte(characters, '\\', 0) != SIZE_MAX;
    while (has_command && at < characters.length && offset < end) {
        bytes = bytes_of_next(content, offset, end, characters.bytes[at]);
        if (bytes == 0)
            break;
        bool is_backslash = bytes == 1 && content.bytes[offset] == '\\';
        length = is_backslash ? tex_find_alone(content, offset, &mark) : 0;
        if (length == 0 || length > characters.length - at) {
            at++;
            offset += bytes;
            continue;
        }
        build_add_part(builder, text_slice(characters, from, at), start, offset);
        build_end_text(builder);
        tex_enter(builder, &mark, places_span(&builder->places, offset, offset + length));
        notations_understand(builder, offset, offset + length);
        at += length;
        offset += length;
        bool is_gap = at < characters.length && characters.bytes[at] == ' ' &&
                      builder->into->last_child == NULL;
        at += is_gap;
        offset += is_gap;
        from = at;
        start = offset;
    }
    build_add_part(builder, text_slice(characters, from, characters.length), start, end);
}

bool tex_take_name(struct builder *builder, const struct mark *mark)
{
    struct buffer *gathered = &builder->characters;
    size_t length = mark->content_offset;
    text before = text_slice(builder->places.content, mark->offset, mark->offset + length);
    if (!text_ends_with(buffer_text(gathered), before))
        return false;
    size_t kept = gathered->length - length;
    /* behind the last words, of the block or of brackets, a label takes the space with it */
    text after = text_slice(builder->places.content, mark->end, SIZE_MAX);
    bool is_last = text_is_blank(after) || after.bytes[0] == ']';
    while (is_last && kept && gathered->bytes[kept - 1] == ' ' && mark->kind == MARK_TEX &&
           tex_is_silent(mark))
        kept--;
    gathered->length = kept;
    bool is_tied = kept && gathered->bytes[kept - 1] == '~' && tex_is_place(mark) &&
                   (mark->offset < 2 || builder->places.content.bytes[mark->offset - 2] != '\\');
    if (is_tied) { /* `Fig.~\ref{a}`: a space at which no line ends */
        gathered->length--;
        buffer_add_c(gathered, "\xC2\xA0");
    }
    if (kept && mark->offset) {
        struct span end = places_span(&builder->places, mark->offset - 1, mark->offset);
        builder->characters_span.end_line = end.end_line;
        builder->characters_span.end_column = end.end_column;
    }
    build_end_text(builder);
    return true;
}

void tex_enter_command(struct builder *builder, const struct mark *mark)
{
    size_t length = mark->content_offset;
    struct span span = places_span(&builder->places, mark->offset, mark->end);
    bool is_there = tex_take_name(builder, mark);
    if (is_there && tex_enter(builder, mark, span)) {
        notations_understand(builder, mark->offset, mark->end);
        builder->last_character = 'a';
    } else {
        size_t from = is_there ? mark->offset : mark->offset + length;
        notations_see(builder, mark->offset, mark->end);
        build_add_source(builder, from, mark->end);
    }
    if (mark->end > builder->places.cursor)
        builder->places.cursor = mark->end;
}

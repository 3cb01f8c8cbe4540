/* Commands of LaTeX among the words that the parser has left. */
#include "read/tex.h"

/* A text in which commands of LaTeX without arguments may stand: it is followed in the content up
   to the first entity. */
void tex_add_words(struct builder *builder, text characters, size_t start, size_t end)
{
    text content = builder->places.content;
    size_t at = 0, from = 0, offset = start, length;
    struct mark mark;
    bool has_command = text_find_byte(characters, '\\', 0) != SIZE_MAX;
    while (has_command && at < characters.length && offset < end &&
           content.bytes[offset] == characters.bytes[at] && content.bytes[offset] != '&') {
        bool is_backslash = content.bytes[offset] == '\\';
        if (is_backslash && offset + 1 < end && content.bytes[offset + 1] == '\\') {
            offset += 2;
            at++;
            continue;
        }
        length = is_backslash ? tex_find_alone(content, offset, &mark) : 0;
        if (length == 0 || length > characters.length - at) {
            at++;
            offset++;
            if (at < characters.length && offset < end && content.bytes[offset] == '\\' &&
                characters.bytes[at] != '\\')
                offset++; /* a sign that is plain */
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

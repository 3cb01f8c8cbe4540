/* Notes within the text, after Pandoc: `^[words]`. The extension looks for the bracket that ends it
   and takes the two signs that begin it; what stands in it are inlines beside those around it, so
   the note takes what follows until the bracket comes by. */
#include "read/build.h"
#include "read/tex.h"

#include <cmark-gfm/node.h>
#include <cmark-gfm/parser.h>

#include <string.h>

enum { LONGEST_NOTE = 8 * 1024, LONGEST_TAIL = 1024 }; /* bytes */

/* The offset behind code that begins at the offset, or behind the backticks that begin none. */
static size_t past_code(text content, size_t at, size_t end)
{
    size_t run = at;
    while (run < end && content.bytes[run] == '`')
        run++;
    for (size_t i = run, closing; i < end; i += closing + 1) {
        for (closing = 0; i + closing < end && content.bytes[i + closing] == '`';)
            closing++;
        if (closing == run - at)
            return i + closing;
    }
    return run;
}

/* The offset of the bracket that closes the one before `from`, or SIZE_MAX; it is looked for in
   that many bytes. */
static size_t find_end(text content, size_t from, size_t most)
{
    size_t end = content.length < from + most ? content.length : from + most;
    unsigned depth = 1, codes = 0;
    for (size_t i = from; i < end; i++) {
        char c = content.bytes[i];
        if (c == '\\') {
            i++;
        } else if (c == '`' && codes++ < 16) {
            i = past_code(content, i, end) - 1;
        } else if (c == '[') {
            depth++;
        } else if (c == ']' && --depth == 0) {
            return i;
        }
    }
    return SIZE_MAX;
}

static cmark_node *match(cmark_syntax_extension *extension, cmark_parser *parser,
                         cmark_node *parent, unsigned char character,
                         cmark_inline_parser *inline_parser)
{
    (void)parent;
    struct dialect *dialect = cmark_syntax_extension_get_private(extension);
    text content = inline_content(inline_parser);
    size_t at = (size_t)cmark_inline_parser_get_offset(inline_parser);
    if (character != '^' || at + 1 >= content.length || content.bytes[at + 1] != '[')
        return NULL;
    size_t end = find_end(content, at + 2, LONGEST_NOTE);
    if (end == SIZE_MAX || text_is_blank(text_slice(content, at + 2, end)))
        return NULL;
    size_t link = find_end(content, end + 1, LONGEST_TAIL);
    if (link != SIZE_MAX && link + 1 < content.length && content.bytes[link + 1] == '(')
        return NULL; /* its bracket would be taken for that of the link */
    struct mark *mark = mark_new(dialect, MARK_INLINE_NOTE);
    mark->offset = at;
    mark->end = end;
    cmark_inline_parser_set_offset(inline_parser, (int)at + 2);
    return mark_new_inline(parser, mark);
}

cmark_syntax_extension *inline_notes_extension(void)
{
    cmark_syntax_extension *extension = cmark_syntax_extension_new("inline_notes");
    inline_extension(extension, match, "^");
    return extension;
}

/* building */

/* In the content: the first of its words. */
static size_t first_of_note(const struct mark *mark)
{
    return mark->offset + (mark->content_offset ? mark->content_offset + 1 : strlen("^["));
}

static bool enter_note(struct builder *builder, const struct mark *mark)
{
    struct reader *reader = builder->reader;
    struct span span = places_span(&builder->places, mark->offset, mark->end + 1);
    size_t first = first_of_note(mark);
    if (!build_note_may_be_called(builder, span))
        return false;
    struct node *note = node_new(reader->arena, NODE_FOOTNOTE, span);
    struct node *paragraph =
        node_new(reader->arena, NODE_PARAGRAPH, places_span(&builder->places, first, mark->end));
    node_append(note, paragraph);
    build_end_text(builder);
    struct node *reference = build_add(builder, NODE_NOTE_REFERENCE, span);
    /* no author's label begins with such a sign */
    reference->link.url = arena_printf(reader->arena, "\x01%zu", reader->footnote_count);
    ARENA_GROW(reader->arena, reader->footnotes, reader->footnote_count, reader->footnote_capacity);
    reader->footnotes[reader->footnote_count++] =
        (struct footnote_definition){.label = reference->link.url, .node = note};
    builder->around_note = builder->into;
    builder->note = builder->into = paragraph;
    builder->note_end = mark->end;
    builder->footnote_depth++;
    builder->last_character = 0;
    return true;
}

void build_note(struct builder *builder, const struct mark *mark)
{
    size_t first = first_of_note(mark);
    bool is_named = mark->content_offset > 0;
    bool is_there = !is_named || tex_take_name(builder, mark);
    bool is_note = is_there && enter_note(builder, mark);
    if (is_note && is_named)
        notations_understand(builder, mark->offset, first);
    if (!is_note)
        build_add_source(builder, is_there ? mark->offset : mark->offset + mark->content_offset,
                         first);
    builder->places.cursor = first;
}

void build_leave_inline_note(struct builder *builder)
{
    build_end_text(builder);
    if (builder->into == builder->note)
        builder->into = builder->around_note;
    else
        notation_report(builder->reader, NOTATION_SIGN_TORN, builder->note->parent->span);
    builder->note = NULL;
    builder->footnote_depth--;
    builder->last_character = ']';
}

/* Code in LaTeX becomes code between fences. */
#include "read/tex_blocks.h"

#include <string.h>

/* More backticks than stand in a row in the lines, three at least. */
static text fence_of(struct arena *arena, text lines)
{
    size_t run = 0, longest = 2;
    for (size_t i = 0; i < lines.length; i++) {
        run = lines.bytes[i] == '`' ? run + 1 : 0;
        longest = run > longest ? run : longest;
    }
    char *fence = arena_allocate(arena, longest + 1);
    memset(fence, '`', longest + 1);
    return (text){fence, longest + 1};
}

static bool is_name(text words)
{
    for (size_t i = 0; i < words.length; i++) {
        char c = words.bytes[i];
        if (!text_is_ascii_alphanumeric(c) && !strchr("_:.-", c))
            return false;
    }
    return words.length > 0;
}

/* Words that mean the same in an attribute as in LaTeX. */
static bool is_plain(text words)
{
    for (size_t i = 0; i < words.length; i++) {
        if (strchr("\\\"{}$~\n`", words.bytes[i]))
            return false;
    }
    return true;
}

/* What stands behind the fence; false: it cannot be said there. */
static bool write_info(struct tex_writer *writer, struct tex_range options,
                       struct tex_range language, size_t at)
{
    text source = writer->source;
    struct tex_range caption = tex_find_option(source, options, "caption"),
                     label = tex_find_option(source, options, "label");
    text word = text_trim(text_slice(source, language.from, language.to)),
         id = text_slice(source, label.from, label.to);
    struct tex_range title = tex_find_option(source, options, "title");
    if (caption.to && title.to)
        return false;
    if (caption.to == 0)
        caption = title;
    bool is_known = word.length == 0 || is_name(word);
    if (caption.to == 0 && id.length == 0) {
        if (word.length && is_known) {
            tex_make(writer, at, TEXT(" "));
            tex_copy(writer, language.from, language.to);
        }
        return true;
    }
    if (!is_plain(text_slice(source, caption.from, caption.to)) || (id.length && !is_name(id)))
        return false;
    tex_make(writer, at, TEXT(" {"));
    if (id.length) {
        tex_make(writer, label.from, TEXT("#"));
        tex_copy(writer, label.from, label.to);
    }
    if (word.length && is_known) {
        tex_make(writer, language.from, id.length ? TEXT(" .") : TEXT("."));
        tex_copy(writer, language.from, language.to);
    }
    if (caption.to) {
        tex_make(writer, caption.from, TEXT(" caption=\""));
        tex_copy(writer, caption.from, caption.to);
        tex_make(writer, caption.to - 1, TEXT("\""));
    }
    tex_make(writer, at, TEXT("}"));
    return true;
}

bool tex_write_code(struct tex_writer *writer, struct tex_line *line, struct tex_range options,
                    struct tex_range language, struct tex_range lines)
{
    text source = writer->source;
    size_t at = lines.from, end = lines.to;
    while (at < end && strchr(" \t\r", source.bytes[at]))
        at++;
    at = at < end && source.bytes[at] == '\n' ? at + 1 : lines.from;
    while (end > at && (source.bytes[end - 1] == ' ' || source.bytes[end - 1] == '\t'))
        end--;
    end -= end > at && source.bytes[end - 1] == '\n';
    text fence = fence_of(writer->reader->arena, text_slice(source, at, end));
    if (language.to == 0)
        language = tex_find_option(source, options, "language");
    tex_begin_block(writer, line, lines.from);
    tex_make(writer, lines.from, fence);
    if (!write_info(writer, options, language, lines.from))
        return false;
    while (at <= end) {
        size_t line_end = text_find_byte(source, '\n', at);
        line_end = line_end < end ? line_end : end;
        tex_make(writer, at, TEXT("\n"));
        tex_make(writer, at, line->prefix);
        tex_copy(writer, at, line_end - (line_end > at && source.bytes[line_end - 1] == '\r'));
        at = line_end + 1;
    }
    tex_make(writer, lines.to - 1, TEXT("\n"));
    tex_make(writer, lines.to - 1, line->prefix);
    tex_make(writer, lines.to - 1, fence);
    line->line_ends = 2;
    return true;
}

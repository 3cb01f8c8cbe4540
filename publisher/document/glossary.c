#include "document/glossary.h"

#include "base/buffer.h"
#include "base/limits.h"

#include <unicode/uchar.h>

bool heading_begins(const struct node *heading, enum section_kind section)
{
    static const enum book_division divisions[] = {[SECTION_TEXT] = DIVISION_NONE,
                                                   [SECTION_GLOSSARY] = DIVISION_GLOSSARY,
                                                   [SECTION_INDEX] = DIVISION_INDEX,
                                                   [SECTION_ABBREVIATIONS] = DIVISION_NONE};
    if (heading->kind != NODE_HEADING)
        return false;
    return heading->heading.section == section ||
           (divisions[section] && heading->heading.division == divisions[section]);
}

/* The block's words; its links back are none of them. */
static void add_block(const struct node *block, struct buffer *out)
{
    for (const struct node *child = block->first_child; child; child = child->next) {
        if (child->kind != NODE_BACK_LINK)
            node_add_characters(child, out);
    }
}

text glossary_definition(struct arena *arena, const struct node *link, size_t most)
{
    const struct node *term = link->kind == NODE_LINK ? link->link.target : NULL;
    if (!term || term->kind != NODE_TERM || !term->term.is_entry)
        return TEXT_EMPTY;
    const struct node *definition = term;
    while (definition && definition->kind != NODE_DEFINITION)
        definition = definition->next;
    if (!definition || !definition->first_child)
        return TEXT_EMPTY;
    struct buffer words;
    buffer_init(&words, LIMIT_WORDS_BYTES);
    buffer_cut(&words);
    add_block(definition->first_child, &words);
    text all = text_trim(buffer_text(&words));
    while (text_ends_with(all, TEXT("\u00A0"))) /* before a link back */
        all.length -= 2;
    size_t end = all.length;
    if (end > most) {
        for (end = most; end && all.bytes[end] != ' ';)
            end--;
        if (end == 0) /* a script without spaces */
            for (end = most; end && ((unsigned char)all.bytes[end] & 0xC0) == 0x80;)
                end--;
    }
    text result = arena_printf(arena, "%.*s%s", (int)end, all.bytes, end < all.length ? "…" : "");
    buffer_release(&words);
    return result;
}

text glossary_key(struct arena *arena, text words)
{
    struct buffer key;
    buffer_init(&key, words.length * 4 + 4);
    bool has_space = false;
    for (size_t at = 0; at < words.length;) {
        uint32_t c = text_next(words, &at);
        if (text_is_space(c)) {
            has_space = key.length > 0;
            continue;
        }
        if (c == 0xAD || text_is_ignorable(c))
            continue;
        if (has_space)
            buffer_add_byte(&key, ' ');
        has_space = false;
        c = c == 0x2019 ? '\'' : c;
        buffer_add_code_point(&key, (uint32_t)u_foldCase((UChar32)c, U_FOLD_CASE_DEFAULT));
    }
    text result = arena_copy(arena, buffer_text(&key));
    buffer_release(&key);
    return result;
}

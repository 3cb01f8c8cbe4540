/* Addresses that are typed into the text: cmark-gfm takes all up to the next space for one. A
   bracket that closes one before the address ends it: a note of pandoc's (`^[http://…]`), words in
   brackets. */
#include "read/dialect.h"

#include <cmark-gfm/node.h>

#include <string.h>

/* Where the address ends: before a bracket that it does not open, and the stops before that. */
static size_t end_of_address(text words)
{
    size_t depth = 0, end = 0;
    for (; end < words.length; end++) {
        char c = words.bytes[end];
        depth += c == '[';
        if (c == ']' && depth-- == 0)
            break;
    }
    if (end == words.length)
        return end;
    while (end && strchr("?!.,:;*_~'\"", words.bytes[end - 1]))
        end--;
    return end;
}

/* Whether more of an address than its beginning stands before the end. */
static bool is_address(text words, size_t end)
{
    size_t begin = text_find(words, TEXT("://"), 0);
    if (begin == SIZE_MAX && text_starts_with(words, TEXT("www.")))
        return text_find_byte(text_slice(words, 0, end), '.', 4) != SIZE_MAX;
    return end > (begin == SIZE_MAX ? 0 : begin + 3);
}

/* What stands behind the end of the address becomes words again; all of it, where none is left. */
static void cut(cmark_node *link)
{
    cmark_node *child = link->first_child;
    /* of a link between signs the words begin behind one */
    if (!child || child->next || child->type != CMARK_NODE_TEXT ||
        child->start_column != link->start_column)
        return;
    text words = {(const char *)child->as.literal.data, (size_t)child->as.literal.len};
    text url = {(const char *)link->as.link.url.data, (size_t)link->as.link.url.len};
    size_t end = text_ends_with(url, words) ? end_of_address(words) : words.length;
    if (end == words.length)
        return;
    if (!is_address(words, end)) {
        cmark_node_insert_before(link, child);
        cmark_node_free(link);
        return;
    }
    struct arena arena;
    arena_init(&arena);
    const char *rest = arena_copy_c(&arena, text_slice(words, end, words.length));
    const char *address =
        arena_copy_c(&arena, text_slice(url, 0, url.length - (words.length - end)));
    const char *shown = arena_copy_c(&arena, text_slice(words, 0, end));
    cmark_node *after = cmark_node_new(CMARK_NODE_TEXT);
    cmark_node_set_literal(after, rest);
    cmark_node_insert_after(link, after);
    cmark_node_set_url(link, address);
    cmark_node_set_literal(child, shown);
    arena_release(&arena);
}

void bare_addresses_cut(cmark_node *tree)
{
    cmark_iter *iter = cmark_iter_new(tree);
    for (cmark_event_type event; (event = cmark_iter_next(iter)) != CMARK_EVENT_DONE;) {
        cmark_node *node = cmark_iter_get_node(iter);
        if (event == CMARK_EVENT_EXIT && node->type == CMARK_NODE_LINK && node->as.link.url.len)
            cut(node);
    }
    cmark_iter_free(iter);
}

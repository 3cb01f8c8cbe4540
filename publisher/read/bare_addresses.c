/* Addresses that are typed into the text: cmark-gfm takes all up to the next space for one. A
   bracket that closes one before the address ends it: a note of pandoc's (`^[http://…]`), words in
   brackets.

   Those of mail are found here, by the rules of GitHub Flavored Markdown 0.29 (6.9): cmark-gfm
   keeps a copy of the rest of the text for each, a gigabyte for a thousand of them in a paragraph,
   and leaves all behind the thousandth as they are. */
#include "read/dialect.h"

#include <cmark-gfm/node.h>

#include <cmark-gfm-core-extensions.h>
#include <string.h>

/* mail */

/* An address of mail, or of a chat, about the sign `@`. */
struct mail {
    size_t begin, end; /* the same: there is none */
    bool has_scheme;   /* it is written with it: mailto:, xmpp: */
    bool is_chat;
};

static bool is_behind(text words, size_t least, size_t end, text scheme)
{
    size_t begin = end - scheme.length;
    return end - least >= scheme.length && text_equal(text_slice(words, begin, end), scheme) &&
           (begin == least || !text_is_ascii_alphanumeric(words.bytes[begin - 1]));
}

/* Finds where what stands before the sign begins, not before `least`. */
static void find_begin(struct mail *mail, text words, size_t least)
{
    for (; mail->begin > least; mail->begin--) {
        char c = words.bytes[mail->begin - 1];
        bool is_mail = c == ':' && is_behind(words, least, mail->begin, TEXT("mailto:"));
        bool is_chat = c == ':' && is_behind(words, least, mail->begin, TEXT("xmpp:"));
        if (!text_is_ascii_alphanumeric(c) && !memchr(".+-_", c, 4) && !is_mail && !is_chat)
            return;
        mail->has_scheme |= is_mail || is_chat;
        mail->is_chat |= is_chat;
    }
}

/* Finds where the host behind the sign ends; false: there is none. */
static bool find_end(struct mail *mail, text words)
{
    bool has_stop = false;
    for (mail->end++; mail->end < words.length; mail->end++) {
        char c = words.bytes[mail->end];
        bool is_stop = c == '.' && mail->end + 1 < words.length &&
                       text_is_ascii_alphanumeric(words.bytes[mail->end + 1]);
        if (!is_stop && !text_is_ascii_alphanumeric(c) && !memchr("-_/", c, mail->is_chat ? 3 : 2))
            break;
        has_stop |= is_stop;
    }
    bool has_another = mail->end < words.length && words.bytes[mail->end] == '@';
    return has_stop && !has_another && text_is_ascii_letter(words.bytes[mail->end - 1]);
}

static struct mail find_mail(text words, size_t least, size_t at)
{
    struct mail mail = {.begin = at, .end = at};
    find_begin(&mail, words, least);
    if (mail.begin == at || !find_end(&mail, words))
        mail.begin = mail.end = at;
    return mail;
}

static cmark_node *new_words(struct arena *arena, text words)
{
    cmark_node *node = cmark_node_new(CMARK_NODE_TEXT);
    cmark_node_set_literal(node, arena_copy_c(arena, words));
    return node;
}

static cmark_node *insert_behind(cmark_node *last, cmark_node *node)
{
    cmark_node_insert_after(last, node);
    return node;
}

/* The text becomes the words before its first address, and behind it come links and words. */
static void link_mail(cmark_node *node)
{
    text words = {(const char *)node->as.literal.data, (size_t)node->as.literal.len};
    cmark_node *last = node;
    size_t done = 0, least = 0;
    struct arena arena;
    if (text_find_byte(words, '@', 0) == SIZE_MAX)
        return;
    arena_init(&arena);
    words = arena_copy(&arena, words);
    for (size_t at; (at = text_find_byte(words, '@', least)) != SIZE_MAX;) {
        struct mail mail = find_mail(words, least, at);
        least = mail.end > at ? mail.end : at + 1;
        if (mail.end == at)
            continue;
        text shown = text_slice(words, mail.begin, mail.end);
        cmark_node *link = cmark_node_new(CMARK_NODE_LINK);
        cmark_node_set_url(link, arena_printf(&arena, "%s%.*s", mail.has_scheme ? "" : "mailto:",
                                              TEXT_ARGUMENTS(shown))
                                     .bytes);
        cmark_node_append_child(link, new_words(&arena, shown));
        if (last == node)
            cmark_node_set_literal(node, arena_copy_c(&arena, text_slice(words, 0, mail.begin)));
        else
            last = insert_behind(last, new_words(&arena, text_slice(words, done, mail.begin)));
        last = insert_behind(last, link);
        done = mail.end;
    }
    if (last != node)
        insert_behind(last, new_words(&arena, text_slice(words, done, words.length)));
    arena_release(&arena);
}

/* other addresses */

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

void bare_addresses_find(cmark_node *tree)
{
    bool is_in_link = false;
    cmark_iter *iter = cmark_iter_new(tree);
    for (cmark_event_type event; (event = cmark_iter_next(iter)) != CMARK_EVENT_DONE;) {
        cmark_node *node = cmark_iter_get_node(iter);
        if (node->type == CMARK_NODE_LINK)
            is_in_link = event == CMARK_EVENT_ENTER;
        else if (event == CMARK_EVENT_ENTER && node->type == CMARK_NODE_TEXT && !is_in_link)
            link_mail(node);
    }
    cmark_iter_free(iter);
    iter = cmark_iter_new(tree);
    for (cmark_event_type event; (event = cmark_iter_next(iter)) != CMARK_EVENT_DONE;) {
        cmark_node *node = cmark_iter_get_node(iter);
        if (event == CMARK_EVENT_EXIT && node->type == CMARK_NODE_LINK && node->as.link.url.len)
            cut(node);
    }
    cmark_iter_free(iter);
}

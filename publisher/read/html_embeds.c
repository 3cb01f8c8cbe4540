/* Pages, films and sounds of the web that a site shows in a frame of its own: <iframe>, <video>,
   <audio>. A publication shows no other page; a reader gets a link to it, with the title that the
   author gave it, or else its address, which link-bare-address tells. What a site says to browsers
   that show no frames is left out, but where it holds a link, to a transcript perhaps. */
#include "read/beside.h"
#include "read/html.h"

#include "base/address.h"

#include <string.h>

static text web_address(struct arena *arena, text address)
{
    if (text_starts_with(address, TEXT("//")))
        return arena_printf(arena, "https:%.*s", TEXT_ARGUMENTS(address));
    return address_is_web(address) ? address : TEXT_EMPTY;
}

enum { LONGEST_EMBED = 4096 }; /* bytes behind its tag that are looked at for a source */

/* Its own, or that of the first <source> in it. */
static text address_of(struct builder *builder, const struct html_token *token)
{
    text address = TEXT_EMPTY;
    text content = text_slice(builder->places.content, 0, token->to + LONGEST_EMBED);
    struct arena *arena = builder->reader->arena;
    if (html_attribute(builder, token, "src", &address, NULL))
        return web_address(arena, text_trim(address));
    struct html_token inner;
    for (size_t at = token->to; html_next(content, &at, &inner);) {
        if (inner.kind == HTML_CLOSING && text_equal_ignoring_case(inner.name, token->name))
            break;
        if (inner.kind == HTML_OPENING && text_equal_ignoring_case(inner.name, TEXT("source")) &&
            html_attribute(builder, &inner, "src", &address, NULL))
            return web_address(arena, text_trim(address));
    }
    return TEXT_EMPTY;
}

size_t html_embed_end(struct builder *builder, const struct html_token *token, bool *has_link)
{
    *has_link = false;
    text content = text_slice(builder->places.content, 0, token->to + LONGEST_EMBED);
    struct html_token inner;
    for (size_t at = token->to; !token->is_closed && html_next(content, &at, &inner);) {
        *has_link = inner.kind == HTML_OPENING && text_equal_ignoring_case(inner.name, TEXT("a"));
        if (*has_link)
            return SIZE_MAX;
        if (inner.kind == HTML_CLOSING && text_equal_ignoring_case(inner.name, token->name))
            return inner.from;
    }
    return SIZE_MAX;
}

/* The parser has read Markdown in it: nodes of its own come, and links among them, which stay. */
static void leave_out_fallback(struct builder *builder, const struct html_token *token)
{
    bool has_link;
    size_t end = html_embed_end(builder, token, &has_link);
    text content = text_slice(builder->places.content, 0, end);
    struct html_token inner;
    for (size_t at = token->to; end != SIZE_MAX && html_next(content, &at, &inner);) {
        for (size_t i = inner.from; inner.kind == HTML_WORDS && i < inner.to; i++) {
            bool ends = i + 1 == inner.to || strchr(" \n", content.bytes[i + 1]);
            bool is_address = strchr(":@", content.bytes[i]) && !ends; /* or an emoji */
            if (is_address || strchr("*_`[~^=$\\{", content.bytes[i]))
                return;
        }
    }
    if (end != SIZE_MAX)
        builder->skip_end = end;
}

bool html_embed(struct builder *builder, const struct html_token *token)
{
    static const char *const names[] = {"iframe", "video", "audio"};
    bool is_one = TEXT_IS_AMONG_IGNORING_CASE(token->name, names);
    text address = is_one ? address_of(builder, token) : TEXT_EMPTY, title = TEXT_EMPTY;
    struct span span = html_span(builder, token);
    if (address.length == 0 || builder->image_depth || builder->link_depth ||
        is_in_link(builder->into) || !html_takes_words(builder, span))
        return false;
    if (!html_attribute(builder, token, "title", &title, NULL) || text_is_blank(title))
        html_attribute(builder, token, "aria-label", &title, NULL);
    notation_report(builder->reader, NOTATION_HTML_EMBED, span);
    build_end_text(builder);
    struct node *link = build_add(builder, NODE_LINK, span);
    link->link.url = address;
    text words = text_is_blank(title) ? address : text_trim(title);
    node_append(link, node_new_text(builder->reader->arena, words, span));
    builder->last_character = 'a';
    html_keep_apart(builder, link);
    builder->last_embed = link;
    leave_out_fallback(builder, token);
    return true;
}

#include "read/beside.h"

#include "read/build.h"

#include <string.h>

bool is_in_link(const struct node *node)
{
    while (node && node->kind != NODE_LINK && !node_is_block(node))
        node = node->parent;
    return node && node->kind == NODE_LINK;
}

bool is_of_word(uint32_t c)
{
    bool is_digit = c >= '0' && c <= '9';
    bool is_punctuation = (c >= 0x2000 && c <= 0x206F) || (c >= 0x3000 && c <= 0x303F) ||
                          (c >= 0xFF00 && c <= 0xFF0F);
    return is_digit || (c < 0x80 && text_is_ascii_letter((char)c)) ||
           (c >= 0xC0 && !is_punctuation);
}

/* The outermost inline that begins, or ends, with the node. */
static struct node *edge(struct node *node, bool at_end)
{
    while (!(at_end ? node->next : node->previous) && node->parent && !node_is_block(node->parent))
        node = node->parent;
    return node;
}

/* Whether the words of what stands next to it would be joined with its own. Scripts that set no
   spaces between words need none. */
static bool touches(const struct node *node, bool at_end)
{
    while (node && node_kind_facts(node->kind)->content == CONTENT_INLINES && node->first_child)
        node = at_end ? node->last_child : node->first_child;
    if (!node || node->kind == NODE_LINE_BREAK)
        return false;
    if (node->kind != NODE_TEXT || node->text.length == 0)
        return node->kind != NODE_TEXT;
    size_t at = at_end ? node->text.length - 1 : 0;
    while (at && ((unsigned char)node->text.bytes[at] & 0xC0) == 0x80)
        at--;
    uint32_t c = text_next(node->text, &at);
    bool is_sign_apart = c && c < 0x80 && strchr(at_end ? ".,;:!?)]}" : "([{", (int)c);
    return (is_of_word(c) && !joins_lines(c)) || is_sign_apart;
}

void keep_apart(struct arena *arena, struct node *node)
{
    struct node *first = edge(node, false), *last = edge(node, true);
    if (touches(first->previous, true))
        node_insert_before(first, node_new_text(arena, TEXT(" "), node->span));
    if (touches(last->next, false))
        node_insert_after(last, node_new_text(arena, TEXT(" "), node->span));
}

void take_out_of_line(struct node *node)
{
    struct node *before = node->previous, *after = node->next;
    bool is_after_space = !before || before->kind == NODE_LINE_BREAK ||
                          (before->kind == NODE_TEXT && text_ends_with(before->text, TEXT(" ")));
    bool has_space_after =
        after && after->kind == NODE_TEXT && text_starts_with(after->text, TEXT(" "));
    bool is_before_sign = after && after->kind == NODE_TEXT && after->text.length &&
                          strchr(".,;:!?)", after->text.bytes[0]);
    if (is_after_space && has_space_after)
        after->text = text_slice(after->text, 1, after->text.length);
    else if (before && before->kind == NODE_TEXT && is_after_space && (!after || is_before_sign))
        before->text.length--;
    if (after && after->kind == NODE_TEXT && after->text.length == 0)
        node_unlink(after);
    if (before && before->kind == NODE_TEXT && before->text.length == 0)
        node_unlink(before);
    node_unlink(node);
}

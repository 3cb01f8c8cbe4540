/* Headings: the way through a text for those who listen to it. */
#include "check/rooms.h"

enum { MOST_HEADING = 80 }; /* bytes of a bold paragraph that poses as a heading */

/* Siblings: what stands under the same heading above. */
static void check_repeated(struct check *check, const struct node *node, int level)
{
    check->sections[level] = node;
    for (int below = level + 1; below <= 6; below++)
        check->sections[below] = NULL;
    const struct node *above = NULL;
    for (int i = level - 1; i > 0 && !above; i--)
        above = check->sections[i];
    text words = check_words_of(check, node);
    words = text_slice(words, node->heading.number.length, words.length);
    text key = arena_printf(check->arena, "%u:%d:%.*s", above ? above->index : 0, level,
                            TEXT_ARGUMENTS(words));
    struct node *holder = NULL;
    if (!id_map_add(check->headings, key, (struct node *)(uintptr_t)node, &holder))
        check_report(check, node->span, "heading-repeated",
                     "the heading in %.*s of the same part has the same words",
                     TEXT_ARGUMENTS(report_where(check->report, holder->span)));
}

void check_heading(struct check *check, const struct node *node)
{
    int level = node->heading.level;
    if (check_words_of(check, node).length == 0)
        check_report(check, node->span, "heading-empty", "a heading without words");
    else if (level >= 1 && level <= 6)
        check_repeated(check, node, level);
}

/* A short line that is bold as a whole, with text after it, is meant as a heading. */
void check_bold_paragraph(struct check *check, const struct node *node)
{
    const struct node *only = node->first_child;
    if (!only || only->kind != NODE_STRONG || only->next || !node->next || !node->parent ||
        (node->parent->kind != NODE_DOCUMENT && node->parent->kind != NODE_DIV))
        return;
    enum node_kind next = node->next->kind;
    if (next != NODE_PARAGRAPH && next != NODE_LIST && next != NODE_TABLE)
        return;
    if (next == NODE_PARAGRAPH && node->next->first_child &&
        node->next->first_child->kind == NODE_STRONG && !node->next->first_child->next)
        return; /* a row of bold lines is no row of headings */
    text words = check_words_of(check, node);
    if (words.length == 0 || words.length > MOST_HEADING)
        return;
    char last = words.bytes[words.length - 1];
    if (last == '.' || last == '!' || last == '?' || last == ',' || last == ';')
        return;
    check_report(check, node->span, "heading-imitated",
                 "a paragraph in bold stands where a heading should");
}

/* Locators: what the places of an index show. It can be known only when there are pages: the text
   is laid out with a nought for each place first, and again with the numbers of the pages. An index
   at the end moves nothing, so these hold; one before the text may move it, and is tried a few
   times. */
#include "layout/locators.h"

#include <stdlib.h>

/* By node->index. */
struct found {
    const struct node *root;
    uint32_t *page_of; /* from 1: on which the node's content begins; 0: on none */
    /* Where what is shown begins, from the node on but not behind the next heading, and up to it.
     */
    uint32_t *from, *up_to;
};

static void find_pages_around(struct found *found, const struct document *document)
{
    struct walk walk;
    uint32_t page = 0;
    size_t open = 0; /* the first whose page comes later */
    walk_init(&walk, document->root);
    while (walk_next(&walk)) {
        size_t index = walk.node->index;
        if (!walk.entering)
            continue;
        if (walk.node->kind == NODE_HEADING)
            open = index;
        if (found->page_of[index])
            page = found->page_of[index];
        found->up_to[index] = page;
        while (found->page_of[index] && open <= index)
            found->from[open++] = page;
    }
}

static struct found find_pages(const struct document *document, const struct pages *pages,
                               struct arena *arena)
{
    struct found found = {document->root, ARENA_NEW_ARRAY(arena, document->node_count, uint32_t),
                          ARENA_NEW_ARRAY(arena, document->node_count, uint32_t),
                          ARENA_NEW_ARRAY(arena, document->node_count, uint32_t)};
    for (size_t p = 0; p < pages->count; p++) {
        for (size_t i = 0; i < pages->pages[p].item_count; i++) {
            const struct page_item *item = &pages->pages[p].items[i];
            if (item->node && item->piece == PIECE_CONTENT && !found.page_of[item->node->index])
                found.page_of[item->node->index] = (uint32_t)p + 1;
        }
    }
    find_pages_around(&found, document);
    return found;
}

static uint32_t page_within(const uint32_t *page_of, const struct node *top)
{
    struct walk walk;
    walk_init(&walk, (struct node *)(uintptr_t)top);
    while (walk_next(&walk)) {
        if (walk.entering && page_of[walk.node->index])
            return page_of[walk.node->index];
    }
    return 0;
}

/* Of a mark: where its words begin; of one without words, where what follows it in its block does,
   or what stands before it. Where its block shows nothing, what stands beside that in the section:
   before it first, for the end of a range, and in cells and items. */
static uint32_t page_of_mark(const struct found *found, const struct node *mark, bool is_end)
{
    const uint32_t *page_of = found->page_of;
    if (!node_is_in(mark, found->root))
        return 0; /* for other outputs alone */
    uint32_t page = page_within(page_of, mark);
    for (const struct node *up = mark; !page && !node_is_block(up); up = up->parent) {
        for (const struct node *next = up->next; next && !page; next = next->next)
            page = page_within(page_of, next);
    }
    for (const struct node *up = mark; !page && !node_is_block(up); up = up->parent) {
        for (const struct node *before = up->previous; before && !page; before = before->previous)
            page = page_within(page_of, before);
    }
    static const bool goes_on[NODE_KIND_COUNT] = {
        [NODE_DOCUMENT] = true, [NODE_DIV] = true, [NODE_BLOCK_QUOTE] = true};
    const struct node *block = mark;
    while (block->parent && !node_is_block(block))
        block = block->parent;
    bool is_behind = !is_end && block->parent && goes_on[block->parent->kind];
    uint32_t behind = found->from[mark->index], before = found->up_to[mark->index];
    if (!page)
        page = is_behind && behind ? behind : before;
    return page ? page : behind;
}

/* One of the places that an entry has. */
struct shown {
    uint32_t first, last; /* pages */
    bool is_main;
    size_t ordinal;
};

/* Whether `one` says all that `other` says. */
static bool covers(const struct shown *one, const struct shown *other)
{
    bool is_within = one->first <= other->first && other->last <= one->last;
    return is_within && (one->is_main || !other->is_main);
}

static text words_of(struct arena *arena, const struct pages *pages, const struct shown *shown)
{
    text first = pages->pages[shown->first - 1].label, last = pages->pages[shown->last - 1].label;
    return shown->first == shown->last
               ? arena_copy(arena, first)
               : arena_printf(arena, "%.*s–%.*s", TEXT_ARGUMENTS(first), TEXT_ARGUMENTS(last));
}

static void settle_entry(struct arena *arena, const struct pages *pages, const struct found *found,
                         const struct node *paragraph, text *words)
{
    struct shown *shown = NULL;
    size_t count = 0, capacity = 0;
    for (const struct node *child = paragraph->first_child; child; child = child->next) {
        if (child->kind != NODE_LINK || !child->link.locator)
            continue;
        struct shown one = {.first = page_of_mark(found, child->link.target, false),
                            .is_main = child->link.is_main,
                            .ordinal = child->link.ordinal};
        one.last = child->link.end ? page_of_mark(found, child->link.end, true) : one.first;
        if (!one.first)
            continue; /* what holds it could not be shown, and that is reported */
        one.last = one.last < one.first ? one.first : one.last;
        bool is_covered = false;
        /* Places come in the order of the text: what covers this one is among the last few. */
        for (size_t i = count; i-- > 0 && !is_covered;) {
            if (!words[shown[i].ordinal].length)
                continue;
            is_covered = covers(&shown[i], &one);
            if (covers(&one, &shown[i]) && !is_covered)
                words[shown[i].ordinal] = TEXT_EMPTY;
            if (count - i > 16)
                break;
        }
        if (is_covered)
            continue;
        words[one.ordinal] = words_of(arena, pages, &one);
        WORK_GROW(shown, count, capacity);
        shown[count++] = one;
    }
    free(shown);
}

bool locators_settle(const struct document *document, const struct pages *pages,
                     struct arena *arena, const text **words)
{
    struct arena scratch;
    arena_init(&scratch);
    const struct found places = find_pages(document, pages, &scratch);
    text *found = ARENA_NEW_ARRAY(arena, document->locator_count + 1, text);
    struct walk walk;
    walk_init(&walk, document->root);
    while (walk_next(&walk)) {
        const struct node *node = walk.node;
        bool is_list = node->kind == NODE_LIST_ITEM && node->parent->list.is_index;
        if (walk.entering && is_list && node->first_child)
            settle_entry(arena, pages, &places, node->first_child, found);
    }
    bool is_same = *words != NULL;
    for (size_t i = 1; is_same && i <= document->locator_count; i++)
        is_same = text_equal((*words)[i], found[i]);
    *words = found;
    arena_release(&scratch);
    return is_same;
}

/* Locators: what the places of an index show. It can be known only when there are pages: the text
   is laid out with a nought for each place first, and again with the numbers of the pages. An index
   at the end moves nothing, so these hold; one before the text may move it, and is tried a few
   times. */
#include "layout/locators.h"

#include <stdlib.h>

/* By node->index: the page, from 1, on which the node's content begins; 0: on none. */
static uint32_t *find_pages(const struct document *document, const struct pages *pages,
                            struct arena *arena)
{
    uint32_t *page_of = ARENA_NEW_ARRAY(arena, document->node_count, uint32_t);
    for (size_t p = 0; p < pages->count; p++) {
        for (size_t i = 0; i < pages->pages[p].item_count; i++) {
            const struct page_item *item = &pages->pages[p].items[i];
            if (item->node && item->piece == PIECE_CONTENT && !page_of[item->node->index])
                page_of[item->node->index] = (uint32_t)p + 1;
        }
    }
    return page_of;
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
   or what stands before it. */
static uint32_t page_of_mark(const uint32_t *page_of, const struct node *mark)
{
    const struct node *top = mark;
    while (top->parent)
        top = top->parent;
    if (top->kind != NODE_DOCUMENT)
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
    return page;
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

static void settle_entry(struct arena *arena, const struct pages *pages, const uint32_t *page_of,
                         const struct node *paragraph, text *words)
{
    struct shown *shown = NULL;
    size_t count = 0, capacity = 0;
    for (const struct node *child = paragraph->first_child; child; child = child->next) {
        if (child->kind != NODE_LINK || !child->link.locator)
            continue;
        struct shown one = {.first = page_of_mark(page_of, child->link.target),
                            .is_main = child->link.is_main,
                            .ordinal = child->link.ordinal};
        one.last = child->link.end ? page_of_mark(page_of, child->link.end) : one.first;
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
    const uint32_t *page_of = find_pages(document, pages, &scratch);
    text *found = ARENA_NEW_ARRAY(arena, document->locator_count + 1, text);
    struct walk walk;
    walk_init(&walk, document->root);
    while (walk_next(&walk)) {
        const struct node *node = walk.node;
        bool is_list = node->kind == NODE_LIST_ITEM && node->parent->list.is_index;
        if (walk.entering && is_list && node->first_child)
            settle_entry(arena, pages, page_of, node->first_child, found);
    }
    bool is_same = *words != NULL;
    for (size_t i = 1; is_same && i <= document->locator_count; i++)
        is_same = text_equal((*words)[i], found[i]);
    *words = found;
    arena_release(&scratch);
    return is_same;
}

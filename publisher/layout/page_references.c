#include "layout/page_references.h"

static bool is_page_reference(const struct node *node)
{
    return node->kind == NODE_PAGE_REFERENCE && node->link.target && !node_find_locator(node);
}

struct page_references page_references_new(const struct document *document,
                                           const struct theme *theme, struct arena *arena)
{
    struct page_references references = {0};
    struct walk walk;
    walk_init(&walk, document->root);
    while (walk_next(&walk))
        references.count += walk.entering && is_page_reference(walk.node);
    references.all = ARENA_NEW_ARRAY(arena, references.count + 1, struct page_reference);
    size_t count = 0;
    walk_init(&walk, document->root);
    while (walk_next(&walk)) {
        if (walk.entering && is_page_reference(walk.node))
            references.all[count++] =
                (struct page_reference){.node = walk.node, .is_silent = theme->page.fold > 0};
    }
    return references;
}

struct page_reference *page_references_find(const struct page_references *references,
                                            const struct node *node)
{
    size_t low = 0, high = references ? references->count : 0;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (references->all[middle].node->index < node->index)
            low = middle + 1;
        else
            high = middle;
    }
    bool is_there = references && low < references->count && references->all[low].node == node;
    return is_there ? &references->all[low] : NULL;
}

/* The page on which what the reference goes with ends, by the last pages of the nodes' content: the
   words of its link before it. 0: on none. */
static size_t page_of_words(const uint32_t *last_page, const struct node *reference)
{
    size_t page = 0;
    for (const struct node *node = reference->previous; node && !page; node = node->previous) {
        struct walk walk;
        walk_init(&walk, (struct node *)(uintptr_t)node);
        while (walk_next(&walk)) {
            size_t here = walk.entering ? last_page[walk.node->index] : 0;
            page = here > page ? here : page;
        }
    }
    return page;
}

/* Are both in sight at once? Page 1 is on the right, 2 and 3 face each other. */
static bool is_in_sight(const struct theme *theme, size_t one, size_t other)
{
    bool is_two_sided = theme->page.gutter > 0 || theme->page.booklet || theme->chapters_right;
    return one == other || (is_two_sided && one / 2 == other / 2);
}

static bool settle_one(struct page_reference *reference, size_t page, const struct theme *theme,
                       const struct pages *pages, struct arena *arena, bool is_last)
{
    if (!reference->target)
        return true; /* it or its target could not be shown, and that is reported */
    bool wants_none = page && is_in_sight(theme, page, reference->target);
    bool was_silent = reference->is_silent, was_known = reference->label.length > 0;
    text label = pages->pages[reference->target - 1].label;
    bool is_same = was_known && text_equal(label, reference->label);
    bool has_room = was_known && label.length == reference->label.length;
    if (was_silent && !wants_none)
        reference->was_spoken = true;
    reference->is_silent = !is_last && !reference->was_spoken && (was_silent || wants_none);
    if (!is_same)
        reference->label = arena_copy(arena, label);
    /* Shown where it need not be, or with another number of as many digits: right all the same. */
    return was_silent ? wants_none : was_known && (has_room || is_last);
}

bool page_references_settle(struct page_references *references, const struct document *document,
                            const struct theme *theme, const struct pages *pages,
                            struct arena *arena, bool is_last)
{
    if (references->count == 0 || theme->page.fold)
        return true;
    struct arena scratch;
    arena_init(&scratch);
    uint32_t *last_page = ARENA_NEW_ARRAY(&scratch, document->node_count, uint32_t);
    for (size_t p = 0; p < pages->count; p++) {
        for (size_t i = 0; i < pages->pages[p].item_count; i++) {
            const struct page_item *item = &pages->pages[p].items[i];
            if (item->node && item->piece == PIECE_CONTENT)
                last_page[item->node->index] = (uint32_t)p + 1;
        }
    }
    bool is_settled = true;
    for (size_t i = 0; i < references->count; i++) {
        struct page_reference *reference = &references->all[i];
        size_t page = page_of_words(last_page, reference->node);
        is_settled &= settle_one(reference, page, theme, pages, arena, is_last);
    }
    arena_release(&scratch);
    return is_settled;
}

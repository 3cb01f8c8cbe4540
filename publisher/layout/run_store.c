#include "layout/run_store.h"

#include <stdatomic.h>

/* Some twenty pages: enough that few blocks are begun and not full, and few pages share one. */
enum { BLOCK_FULL_BYTES = 240 * 1024 };

struct run_block {
    struct arena arena;
    atomic_size_t uses; /* by items of pages that are not painted yet */
};

struct run_store {
    struct arena *arena;
    struct run_block **blocks; /* the last is being filled */
    size_t count, capacity;
};

static void release(void *object)
{
    struct run_store *store = object;
    for (size_t i = 0; i < store->count; i++)
        arena_release(&store->blocks[i]->arena);
}

struct run_store *run_store_new(struct arena *arena)
{
    struct run_store *store = ARENA_NEW(arena, struct run_store);
    store->arena = arena;
    arena_on_release(arena, release, store);
    return store;
}

struct glyph_run *run_store_add(struct run_store *store, size_t glyph_count)
{
    if (!store->count || store->blocks[store->count - 1]->arena.used > BLOCK_FULL_BYTES) {
        ARENA_GROW(store->arena, store->blocks, store->count, store->capacity);
        struct run_block *added = ARENA_NEW(store->arena, struct run_block);
        arena_init(&added->arena);
        atomic_init(&added->uses, 0);
        store->blocks[store->count++] = added;
    }
    struct arena *arena = &store->blocks[store->count - 1]->arena;
    struct glyph_run *run = arena_allocate(arena, sizeof *run + glyph_count * sizeof *run->glyphs);
    run->glyphs = (struct glyph *)(run + 1);
    run->block = (uint32_t)store->count - 1;
    return run;
}

size_t run_store_bytes(const struct run_store *store)
{
    size_t bytes = 0;
    for (size_t i = 0; i < store->count; i++)
        bytes += store->blocks[i]->arena.used;
    return bytes;
}

void pages_count_runs(const struct pages *pages)
{
    for (size_t p = 0; p < pages->count; p++) {
        const struct page *page = &pages->pages[p];
        for (size_t i = 0; i < page->item_count; i++)
            if (page->items[i].kind == ITEM_RUN)
                atomic_fetch_add(&pages->runs->blocks[page->items[i].run->block]->uses, 1);
    }
}

void pages_leave(const struct pages *pages, size_t number)
{
    const struct page *page = &pages->pages[number];
    for (size_t i = 0; i < page->item_count; i++) {
        if (page->items[i].kind != ITEM_RUN)
            continue;
        struct run_block *block = pages->runs->blocks[page->items[i].run->block];
        if (atomic_fetch_sub(&block->uses, 1) == 1)
            arena_release(&block->arena);
    }
}

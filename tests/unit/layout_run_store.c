#include "tests/unit/unit.h"

#include "layout/run_store.h"

static struct arena arena;
static struct pages pages;

static void begin(size_t page_count)
{
    arena_release(&arena);
    pages = (struct pages){.arena = &arena, .runs = run_store_new(&arena), .count = page_count};
    pages.pages = ARENA_NEW_ARRAY(&arena, page_count, struct page);
}

static struct glyph_run *add_run(size_t page, struct glyph_run *run)
{
    struct page *shown = &pages.pages[page];
    ARENA_GROW(&arena, shown->items, shown->item_count, shown->item_capacity);
    struct page_item *item = &shown->items[shown->item_count++];
    item->kind = ITEM_RUN;
    item->run = run;
    return run;
}

enum { GLYPHS = 1000, RUNS = 400 }; /* some 3 MB: a dozen blocks */

static void test_a_block_leaves_memory_when_all_pages_have_left_it(void)
{
    begin(2);
    for (size_t i = 0; i < RUNS; i++) {
        struct glyph_run *run = add_run(i < RUNS / 2 ? 0 : 1, run_store_add(pages.runs, GLYPHS));
        run->glyphs[GLYPHS - 1].id = (uint16_t)i;
    }
    size_t all = run_store_bytes(pages.runs);
    CHECK(all >= RUNS * GLYPHS * sizeof(struct glyph));
    pages_count_runs(&pages);
    pages_leave(&pages, 0);
    size_t half = run_store_bytes(pages.runs);
    CHECK(half < all * 2 / 3 && half > all / 3);
    const struct page *left = &pages.pages[1];
    for (size_t i = 0; i < left->item_count; i++)
        CHECK(left->items[i].run->glyphs[GLYPHS - 1].id == RUNS / 2 + i);
    pages_leave(&pages, 1);
    CHECK(run_store_bytes(pages.runs) == 0);
}

static void test_a_copy_keeps_the_glyphs_of_its_original(void)
{
    begin(2);
    struct glyph_run *run = add_run(0, run_store_add(pages.runs, 1));
    struct glyph_run *copy = ARENA_NEW(&arena, struct glyph_run);
    run->glyphs[0].id = 7;
    *copy = *run;
    add_run(1, copy);
    pages_count_runs(&pages);
    pages_leave(&pages, 0);
    CHECK(copy->glyphs[0].id == 7 && run_store_bytes(pages.runs) > 0);
    pages_leave(&pages, 1);
    CHECK(run_store_bytes(pages.runs) == 0);
}

static void test_pages_with_nothing_but_rules_leave_too(void)
{
    begin(1);
    struct page *page = &pages.pages[0];
    ARENA_GROW(&arena, page->items, page->item_count, page->item_capacity);
    page->items[page->item_count++] = (struct page_item){.kind = ITEM_RULE};
    pages_count_runs(&pages);
    pages_leave(&pages, 0);
    CHECK(run_store_bytes(pages.runs) == 0);
}

int main(void)
{
    arena_init(&arena);
    RUN(test_a_block_leaves_memory_when_all_pages_have_left_it);
    RUN(test_a_copy_keeps_the_glyphs_of_its_original);
    RUN(test_pages_with_nothing_but_rules_leave_too);
    arena_release(&arena);
    UNIT_EXIT();
}

#include "tests/unit/layout_sample.h"

#include "layout/run_store.h"

static void begin_pages(size_t page_count)
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
    begin_pages(2);
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
    begin_pages(2);
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
    begin_pages(1);
    struct page *page = &pages.pages[0];
    ARENA_GROW(&arena, page->items, page->item_count, page->item_capacity);
    page->items[page->item_count++] = (struct page_item){.kind = ITEM_RULE};
    pages_count_runs(&pages);
    pages_leave(&pages, 0);
    CHECK(run_store_bytes(pages.runs) == 0);
}

/* The numbers of pages are set when all is, by glyphs made then: the runs lie in the text's blocks
   as before, and must not leave memory with a later one. */
static void test_references_to_pages_leave_with_the_words_before_them(void)
{
    begin("en");
    struct node *heading = add_block(document.root, NODE_HEADING, "Where to");
    add(document.root, NODE_PAGE_BREAK); /* on the heading's page it would not be named */
    for (size_t i = 0; i < 3000; i++) {
        struct node *reference =
            add(add_block(document.root, NODE_PARAGRAPH, "See "), NODE_PAGE_REFERENCE);
        reference->text = TEXT("(page %1)");
        reference->link.target = heading;
    }
    lay_out(300, 400);
    const struct glyph_run *before = NULL;
    size_t references = 0, elsewhere = 0;
    uint32_t blocks = 0;
    for (size_t page = 0; page < pages.count; page++) {
        for (size_t i = 0; i < pages.pages[page].item_count; i++) {
            const struct page_item *item = &pages.pages[page].items[i];
            if (item->kind != ITEM_RUN)
                continue;
            if (item->node && item->node->kind == NODE_PAGE_REFERENCE && before) {
                references++;
                elsewhere += item->run->block - before->block > 1; /* one may end between them */
                blocks = item->run->block > blocks ? item->run->block : blocks;
                CHECK_TEXT(item->run->text, "(page 1)");
            }
            before = item->run;
        }
    }
    CHECK(references == 3000 && blocks > 2);
    CHECK(elsewhere == 0);
}

int main(void)
{
    arena_init(&arena);
    RUN(test_a_block_leaves_memory_when_all_pages_have_left_it);
    RUN(test_a_copy_keeps_the_glyphs_of_its_original);
    RUN(test_pages_with_nothing_but_rules_leave_too);
    RUN(test_references_to_pages_leave_with_the_words_before_them);
    end();
    UNIT_EXIT();
}

/* References to pages: the number is filled in when the pages are there. */
#include "tests/unit/layout_sample.h"

#include "document/numerals.h"

static struct node *add_page_reference(struct node *parent, const char *words, struct node *target)
{
    struct node *node = add(parent, NODE_PAGE_REFERENCE);
    node->text = text_from_c(words);
    node->link.target = target;
    return node;
}

/* What the runs of a node say, one after the other, and how far they reach. */
static text words_on_pages(const struct node *node, float *left, float *right)
{
    text words = TEXT_EMPTY;
    *left = 1e9F;
    *right = 0;
    for (size_t p = 0; p < pages.count; p++) {
        for (size_t i = 0; i < pages.pages[p].item_count; i++) {
            const struct page_item *item = &pages.pages[p].items[i];
            if (item->kind != ITEM_RUN || item->node != node)
                continue;
            words = arena_printf(&arena, "%.*s%.*s", TEXT_ARGUMENTS(words),
                                 TEXT_ARGUMENTS(item->run->text));
            float end = item->run->x + item->run->width;
            *left = item->run->x < *left ? item->run->x : *left;
            *right = end > *right ? end : *right;
        }
    }
    return words;
}

/* The narrowest and the widest space of the node's runs, in parts of their size. */
static void find_spaces(const struct node *node, float *narrowest, float *widest)
{
    *narrowest = 1e9F;
    *widest = 0;
    for (size_t p = 0; p < pages.count; p++) {
        for (size_t i = 0; i < pages.pages[p].item_count; i++) {
            const struct page_item *item = &pages.pages[p].items[i];
            const struct glyph_run *run = item->kind == ITEM_RUN ? item->run : NULL;
            size_t offset = 0;
            if (!run || item->node != node)
                continue;
            for (uint32_t g = 0; g + 1 < run->glyph_count; g++) {
                size_t at = offset;
                bool is_space = text_is_space(text_next(run->text, &at));
                float width = (run->glyphs[g + 1].x - run->glyphs[g].x) / run->size;
                offset += run->glyphs[g].text_length;
                *narrowest = is_space && width < *narrowest ? width : *narrowest;
                *widest = is_space && width > *widest ? width : *widest;
            }
        }
    }
}

static float narrowest_space(const struct node *node)
{
    float narrowest, widest;
    find_spaces(node, &narrowest, &widest);
    return narrowest;
}

static float widest_space(const struct node *node)
{
    float narrowest, widest;
    find_spaces(node, &narrowest, &widest);
    return widest;
}

static struct node *add_target(void)
{
    struct node *heading = add_block(document.root, NODE_HEADING, "The end");
    heading->id = TEXT("end");
    return heading;
}

static void test_the_number_of_a_later_page_is_filled_in(void)
{
    begin("en");
    struct node *paragraph = add_block(document.root, NODE_PARAGRAPH, "See the end");
    struct node *reference = add_page_reference(paragraph, " (page\xC2\xA0%1)", NULL);
    struct node *after = add_words(paragraph, ", and go on.");
    add_long(document.root, 90);
    reference->link.target = add_target();
    lay_out(0, 0);
    float left, right, next, end;
    CHECK_TEXT(words_on_pages(reference, &left, &right), " (page\xC2\xA0"
                                                         "3)");
    words_on_pages(after, &next, &end);
    CHECK(right <= next + 0.1F && right > next - 0.1F);
    CHECK(report.count == 0);
}

static void test_room_for_more_digits_than_are_needed_leaves_no_hole(void)
{
    begin("en");
    struct node *target = add_target();
    add_long(document.root, 90);
    struct node *paragraph = add_block(document.root, NODE_PARAGRAPH, "See");
    struct node *reference = add_page_reference(paragraph, " (page\xC2\xA0%1)", target);
    struct node *after = add_words(paragraph, ", and go on.");
    add_long(document.root, 1200); /* so that numbers of two digits are expected */
    lay_out(0, 0);
    CHECK(pages.count > 9);
    CHECK(widest_space(reference) < 0.36F);
    float left, right, next, end;
    CHECK_TEXT(words_on_pages(reference, &left, &right), " (page\xC2\xA0"
                                                         "1)");
    words_on_pages(after, &next, &end);
    CHECK(right <= next + 0.1F && right > next - 0.1F);
}

static void test_from_right_to_left(void)
{
    begin("ar");
    struct node *target = add_target();
    add_long(document.root, 90);
    struct node *paragraph = add_block(document.root, NODE_PARAGRAPH, "انظر الشكل");
    struct node *reference = add_page_reference(paragraph, " (صفحة\xC2\xA0%1)", target);
    lay_out(0, 0);
    float left, right;
    CHECK_TEXT(words_on_pages(reference, &left, &right), " (صفحة\xC2\xA0"
                                                         "1)");
}

/* Two rows of one cell; returns the cell of the head or of the body. */
static struct node *add_cells(bool head)
{
    struct node *table = add(document.root, NODE_TABLE), *wanted = NULL;
    table->table.columns = 1;
    for (int part = 0; part < 2; part++) {
        struct node *rows = add(table, part ? NODE_TABLE_BODY : NODE_TABLE_HEAD);
        for (int r = 0; r < (part ? 80 : 1); r++) {
            struct node *cell = add(add(rows, NODE_TABLE_ROW), NODE_TABLE_CELL);
            cell->cell.header = part == 0;
            cell->cell.column_span = cell->cell.row_span = 1;
            add_words(cell, "See the end");
            if (r == 0 && head == (part == 0))
                wanted = cell;
        }
    }
    return wanted;
}

static void test_a_cell_says_the_page(void)
{
    begin("en");
    struct node *reference = add_page_reference(add_cells(false), " (page\xC2\xA0%1)", NULL);
    reference->link.target = add_target();
    lay_out(0, 0);
    float left, right;
    CHECK(pages.count > 2);
    text wanted = arena_printf(&arena, " (page\xC2\xA0%zu)", pages.count);
    CHECK_TEXT(words_on_pages(reference, &left, &right), wanted.bytes);
}

static size_t count_repeated_heads(const struct node *words)
{
    size_t count = 0;
    while (find_run(words, PIECE_REPEATED, count))
        count++;
    return count;
}

/* Each line has all its parts, where it is shown again too: else it has a hole, and from right to
   left it is torn. */
static void test_a_head_shown_again_says_the_page_again(void)
{
    static const char *const samples[][2] = {
        {"en", " (page\xC2\xA0%1)"}, {"he", " (עמוד\xC2\xA0%1)"}, {"ar", " (صفحة\xC2\xA0%1)"}};
    for (size_t i = 0; i < sizeof samples / sizeof *samples; i++) {
        begin(samples[i][0]);
        struct node *cell = add_cells(true);
        struct node *reference = add_page_reference(cell, samples[i][1], NULL);
        add_words(cell, " and on");
        add_long(document.root, 40);
        reference->link.target = add_target();
        lay_out(0, 0);
        text wanted = TEXT_EMPTY;
        size_t heads = 1 + count_repeated_heads(cell->first_child);
        for (size_t h = 0; h < heads; h++)
            wanted = arena_printf(&arena, "%.*s%.*s%zu)", TEXT_ARGUMENTS(wanted),
                                  (int)(strlen(samples[i][1]) - 3), samples[i][1], pages.count);
        float left, right;
        CHECK(heads > 2);
        CHECK_TEXT(words_on_pages(reference, &left, &right), wanted.bytes);
    }
}

/* Digits of the publication in words of another script: the number is a run of its own. */
static void test_digits_of_another_script_than_the_words(void)
{
    static const char *const languages[] = {"bn", "fa", "ar-EG", "ur-IN"};
    for (size_t i = 0; i < sizeof languages / sizeof *languages; i++) {
        begin(languages[i]);
        struct node *target = add_target();
        add_long(document.root, 90);
        struct node *paragraph = add_block(document.root, NODE_PARAGRAPH, "a");
        struct node *reference = add_page_reference(paragraph, " (page\xC2\xA0%1)", target);
        reference->language = TEXT("fr");
        lay_out(0, 0);
        float left, right;
        text digit = numeral_in(&arena, text_from_c(languages[i]), 1);
        text shown = words_on_pages(reference, &left, &right);
        CHECK(report.count == 0 && text_find(shown, digit, 0) != SIZE_MAX);
        CHECK(text_find(shown, numeral_in(&arena, text_from_c(languages[i]), 0), 0) == SIZE_MAX);
    }
}

static void test_what_stands_in_a_note_has_a_page(void)
{
    begin("en");
    struct node *before = add_block(document.root, NODE_PARAGRAPH, "See the note");
    struct node *reference = add_page_reference(before, " (page\xC2\xA0%1)", NULL);
    add_long(document.root, 90);
    struct node *note = add_note(add_block(document.root, NODE_PARAGRAPH, "Called"), 1, 1);
    struct node *target = add_block(note, NODE_HEADING, "In the note");
    target->id = TEXT("in-note");
    reference->link.target = target;
    lay_out(0, 0);
    float left, right;
    CHECK(page_of(target, PIECE_CONTENT) == pages.count && pages.count > 1);
    text wanted = arena_printf(&arena, " (page\xC2\xA0%zu)", pages.count);
    CHECK_TEXT(words_on_pages(reference, &left, &right), wanted.bytes);
}

static struct node *add_division(enum book_division division, enum matter matter)
{
    struct node *heading = add_block(document.root, NODE_HEADING, "Division");
    heading->id = TEXT("division");
    heading->heading.level = 2;
    heading->heading.division = division;
    heading->heading.matter = matter;
    return heading;
}

/* Numbers that are wider than was expected: Roman ones, and those of many short chapters. */
static void test_a_wide_number_lies_on_no_neighbour(void)
{
    for (int is_roman = 0; is_roman < 2; is_roman++) {
        begin("en");
        add_division(DIVISION_PREFACE, MATTER_FRONT);
        add_long(document.root, is_roman ? 900 : 1);
        struct node *target = add_division(DIVISION_FOREWORD, MATTER_FRONT);
        target->id = TEXT("wanted");
        for (int i = 0; i < (is_roman ? 1 : 12); i++) {
            struct node *chapter = add_division(DIVISION_CHAPTER, MATTER_BODY);
            target = is_roman ? target : chapter;
        }
        add_division(DIVISION_CHAPTER, MATTER_BODY);
        struct node *paragraph = add_block(document.root, NODE_PARAGRAPH, "See");
        struct node *reference = add_page_reference(paragraph, " (page\xC2\xA0%1)", target);
        struct node *after = add_words(paragraph, ", and go on.");
        lay_out(0, 0);
        float left, right, next, end;
        text shown = words_on_pages(reference, &left, &right);
        CHECK_TEXT(shown, is_roman ? " (page\xC2\xA0xxiii)"
                                   : " (page\xC2\xA0"
                                     "12)");
        words_on_pages(after, &next, &end);
        CHECK(right <= next + 0.1F && right > next - 0.1F);
        CHECK(narrowest_space(reference) > 0.14F);
    }
}

static void lay_out_in(float gutter, unsigned fold)
{
    document_number_nodes(&document);
    struct theme_options wishes = {0};
    struct theme theme;
    theme_resolve(&document, &wishes, &theme);
    theme.page.gutter = gutter;
    theme.page.fold = fold;
    struct layout_options options = {.theme = &theme};
    arena_release(&pages_arena);
    CHECK(layout_document(&document, &options, fonts, &pages_arena, &pages));
}

static void test_what_is_in_sight_has_no_page(void)
{
    enum { PAGES = 5 };
    for (int way = 0; way < 3; way++) { /* one-sided, two-sided, panels */
        begin("en");
        struct node *target = add_target(), *references[PAGES];
        for (int i = 0; i < PAGES; i++) {
            struct node *paragraph = add_block(document.root, NODE_PARAGRAPH, "See the end");
            references[i] = add_page_reference(paragraph, " (page\xC2\xA0%1)", target);
            add(document.root, NODE_PAGE_BREAK);
            if (i == 0)
                target = add_target(); /* on page 2, as the second reference is */
        }
        references[0]->link.target = target;
        lay_out_in(way == 1 ? 20 : 0, way == 2 ? 3 : 0);
        size_t silent = 0;
        for (int i = 0; i < PAGES; i++) {
            float left, right;
            text words = words_on_pages(references[i], &left, &right);
            bool is_in_sight = i == 1 || (way == 1 && i == 2) || way == 2;
            CHECK_TEXT(words, is_in_sight ? ""
                                          : " (page\xC2\xA0"
                                            "2)");
            silent += is_in_sight;
        }
        CHECK(pages.silent_count == silent);
    }
}

/* Whatever the lines do: what is shown is the page of the target, and what is not shown is in
   sight. Targets stand just below the references to them, so that some fall on the next page when
   the lines above get shorter or longer. */
static void test_every_reference_shows_its_page_or_has_it_in_sight(void)
{
    enum { LINES = 4, REFERENCES = 40 };
    for (size_t lines = 1; lines <= LINES; lines++) {
        begin("en");
        struct node *references[REFERENCES];
        add_long(document.root, lines);
        for (int i = 0; i < REFERENCES; i++) {
            struct node *paragraph = add_block(document.root, NODE_PARAGRAPH,
                                               "some words that fill a line of the page but for "
                                               "a reference");
            references[i] = add_page_reference(paragraph, " (page\xC2\xA0%1)", NULL);
            add_words(paragraph, " with a word or two behind it");
            references[i]->link.target = add_target();
        }
        lay_out(0, 0);
        CHECK(pages.count > 2 && report.count == 0);
        for (int i = 0; i < REFERENCES; i++) {
            float left, right;
            text words = words_on_pages(references[i], &left, &right);
            size_t page = page_of(references[i]->link.target, PIECE_CONTENT);
            text wanted = arena_printf(&arena, " (page\xC2\xA0%zu)", page);
            if (words.length)
                CHECK_TEXT(words, wanted.bytes);
            else
                CHECK(page_of(references[i]->parent, PIECE_CONTENT) <= page &&
                      page_of(references[i]->next, PIECE_CONTENT) >= page);
        }
    }
}

int main(void)
{
    RUN(test_what_is_in_sight_has_no_page);
    RUN(test_every_reference_shows_its_page_or_has_it_in_sight);
    RUN(test_a_wide_number_lies_on_no_neighbour);
    RUN(test_a_cell_says_the_page);
    RUN(test_a_head_shown_again_says_the_page_again);
    RUN(test_what_stands_in_a_note_has_a_page);
    RUN(test_the_number_of_a_later_page_is_filled_in);
    RUN(test_room_for_more_digits_than_are_needed_leaves_no_hole);
    RUN(test_from_right_to_left);
    RUN(test_digits_of_another_script_than_the_words);
    end();
    UNIT_EXIT();
}

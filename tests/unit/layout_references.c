/* References to pages: the number is filled in when the pages are there. */
#include "tests/unit/layout_sample.h"

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
    struct node *paragraph = add_block(document.root, NODE_PARAGRAPH, "See");
    struct node *target = add_target();
    struct node *reference = add_page_reference(paragraph, " (page\xC2\xA0%1)", target);
    struct node *after = add_words(paragraph, ", and go on.");
    add_long(document.root, 1200); /* so that numbers of two digits are expected */
    lay_out(0, 0);
    CHECK(pages.count > 9);
    float left, right, next, end;
    CHECK_TEXT(words_on_pages(reference, &left, &right), " (page\xC2\xA0"
                                                         "1)");
    words_on_pages(after, &next, &end);
    CHECK(right <= next + 0.1F && right > next - 0.1F);
}

static void test_from_right_to_left(void)
{
    begin("ar");
    struct node *paragraph = add_block(document.root, NODE_PARAGRAPH, "انظر الشكل");
    struct node *target = add_target();
    struct node *reference = add_page_reference(paragraph, " (صفحة\xC2\xA0%1)", target);
    lay_out(0, 0);
    float left, right;
    CHECK_TEXT(words_on_pages(reference, &left, &right), " (صفحة\xC2\xA0"
                                                         "1)");
}

int main(void)
{
    RUN(test_the_number_of_a_later_page_is_filled_in);
    RUN(test_room_for_more_digits_than_are_needed_leaves_no_hole);
    RUN(test_from_right_to_left);
    end();
    UNIT_EXIT();
}

/* Tables on the pages: cells over rows and columns, and tables on turned pages. */
#include "tests/unit/layout_sample.h"

static struct node *add_table(unsigned columns)
{
    struct node *table = add(document.root, NODE_TABLE);
    table->table.columns = columns;
    return table;
}

static struct node *add_row(struct node *table, enum node_kind group)
{
    struct node *part = table->last_child;
    if (!part || part->kind != group)
        part = add(table, group);
    return add(part, NODE_TABLE_ROW);
}

static struct node *add_cell(struct node *row, unsigned column, unsigned rows, const char *words)
{
    struct node *cell = add(row, NODE_TABLE_CELL);
    cell->cell.column = column;
    cell->cell.column_span = 1;
    cell->cell.row_span = rows;
    cell->cell.header = row->parent->kind == NODE_TABLE_HEAD;
    add_words(cell, words);
    return cell;
}

/* Two columns with their head. */
static struct node *add_table_of_two(void)
{
    struct node *table = add_table(2), *head = add_row(table, NODE_TABLE_HEAD);
    add_cell(head, 0, 1, "A");
    add_cell(head, 1, 1, "B");
    return table;
}

/* Top of the first line and bottom of the last of what a cell says; the page that it stands on. */
static size_t find_cell(const struct node *cell, float *top, float *bottom)
{
    size_t page = 0;
    *top = 1e9F;
    *bottom = 0;
    for (size_t p = 0; p < pages.count; p++) {
        for (size_t i = 0; i < pages.pages[p].item_count; i++) {
            const struct page_item *item = &pages.pages[p].items[i];
            if (item->kind != ITEM_RUN || !item->node || item->node->parent != cell ||
                item->piece != PIECE_CONTENT)
                continue;
            page = page ? page : p + 1;
            float above = item->run->baseline - item->run->ascent;
            float below = item->run->baseline + item->run->descent;
            *top = above < *top ? above : *top;
            *bottom = below > *bottom ? below : *bottom;
        }
    }
    return page;
}

static void test_rows_share_the_height_of_a_cell_that_reaches_over_them(void)
{
    begin("en");
    struct node *table = add_table_of_two();
    struct node *first = add_row(table, NODE_TABLE_BODY);
    struct node *tall =
        add_cell(first, 0, 3,
                 "many words that take some lines in a column which is as narrow as "
                 "this one is since the other column has many words too, and these "
                 "are even longer than those, so that there is no room");
    struct node *one =
        add_cell(first, 1, 1, "one row of words that are not so few that they are nothing");
    struct node *two = add_cell(add_row(table, NODE_TABLE_BODY), 1, 1, "two");
    struct node *three = add_cell(add_row(table, NODE_TABLE_BODY), 1, 1, "three");
    struct node *fourth = add_row(table, NODE_TABLE_BODY);
    struct node *below = add_cell(fourth, 0, 1, "below");
    add_cell(fourth, 1, 1, "four");
    lay_out(300, 500);
    float top, bottom, one_top = 0, one_bottom = 0, two_top, two_bottom, below_top, below_bottom;
    CHECK(find_cell(tall, &top, &bottom) == 1 && find_cell(one, &one_top, &one_bottom) == 1);
    CHECK(top - one_top < 0.1F && one_top - top < 0.1F);
    find_cell(two, &two_top, &two_bottom);
    CHECK(two_top > one_bottom && two_top < bottom); /* beside the tall cell, not below it */
    float three_top, three_bottom;
    find_cell(three, &three_top, &three_bottom);
    find_cell(below, &below_top, &below_bottom);
    CHECK(below_top >= bottom - 0.1F && below_top >= three_bottom - 0.1F);
}

static void test_no_row_of_such_a_cell_is_left_on_another_page(void)
{
    begin("en");
    for (size_t lines = 20; lines < 40; lines++) {
        begin("en");
        add_long(document.root, lines);
        struct node *table = add_table_of_two();
        struct node *row = add_row(table, NODE_TABLE_BODY);
        struct node *cells[6], *over = add_cell(row, 0, 3, "over three rows");
        cells[0] = add_cell(row, 1, 1, "1");
        for (unsigned i = 1; i < 6; i++) {
            row = add_row(table, NODE_TABLE_BODY);
            if (i >= 3)
                add_cell(row, 0, 1, "x");
            cells[i] = add_cell(row, 1, 1, "n");
        }
        lay_out(0, 0);
        float top, bottom;
        size_t page = find_cell(over, &top, &bottom);
        CHECK(page && find_cell(cells[0], &top, &bottom) == page);
        CHECK(find_cell(cells[1], &top, &bottom) == page &&
              find_cell(cells[2], &top, &bottom) == page);
    }
}

/* A long text in a cell of its own. */
static struct node *add_long_cell(struct node *row, unsigned column, size_t lines)
{
    struct node *cell = add_cell(row, column, 1, "");
    node_unlink(cell->first_child);
    add_long(cell, lines);
    struct node *paragraph = cell->first_child, *words = paragraph->first_child;
    node_unlink(words);
    node_unlink(paragraph);
    node_append(cell, words);
    return cell;
}

/* The row below is higher than what the page has left, so it cannot be held. */
static void test_a_high_row_under_such_a_cell_goes_over_the_page(void)
{
    for (size_t lines = 4; lines < 60; lines += 2) {
        begin("en");
        struct node *table = add_table_of_two();
        struct node *row = add_row(table, NODE_TABLE_BODY);
        add_cell(row, 0, 2,
                 "over two rows, and so long that it takes many lines of a column that is not "
                 "wide, many more than the first of these rows has, so that what is left of it "
                 "stands beside the rows below");
        add_cell(row, 1, 1, "1");
        row = add_row(table, NODE_TABLE_BODY);
        add_cell(row, 1, 2,
                 "over two rows, and so long that it takes many lines of a column that is not "
                 "wide, many more than the first of these rows has, so that what is left of it "
                 "stands beside the row below");
        add_long_cell(add_row(table, NODE_TABLE_BODY), 0, lines);
        lay_out(300, 400);
        for (size_t i = 0; i < pages.count; i++)
            for (size_t k = 0; k < pages.pages[i].item_count; k++) {
                const struct page_item *item = &pages.pages[i].items[k];
                CHECK(item->kind != ITEM_RUN || item->piece != PIECE_CONTENT ||
                      item->run->baseline < 372);
            }
    }
}

static void test_a_cell_over_rows_that_is_higher_than_a_page_is_cut(void)
{
    begin("en");
    struct node *table = add_table_of_two();
    struct node *row = add_row(table, NODE_TABLE_BODY);
    struct node *cell = add_cell(row, 0, 2, "");
    node_unlink(cell->first_child);
    add_long(cell, 300);
    struct node *paragraph = cell->first_child, *words = paragraph->first_child;
    node_unlink(words);
    node_unlink(paragraph);
    node_append(cell, words);
    add_cell(row, 1, 1, "1");
    add_cell(add_row(table, NODE_TABLE_BODY), 1, 1, "2");
    lay_out(0, 0);
    float top, bottom;
    CHECK(find_cell(cell, &top, &bottom) == 1 && pages.count > 2);
    for (size_t p = 0; p < pages.count; p++) {
        for (size_t i = 0; i < pages.pages[p].item_count; i++) {
            const struct page_item *item = &pages.pages[p].items[i];
            CHECK(item->kind != ITEM_RUN || (double)item->run->baseline < pages.pages[p].height);
        }
    }
}

static void test_the_head_stands_with_the_beginning_of_a_row_that_is_higher_than_a_page(void)
{
    for (size_t lines = 0; lines < 40; lines += 3) {
        begin("en");
        add_long(document.root, lines);
        struct node *heading = add_block(document.root, NODE_HEADING, "Heading");
        struct node *table = add_table(2);
        struct node *caption = add_block(table, NODE_CAPTION, "A caption");
        struct node *head = add_row(table, NODE_TABLE_HEAD);
        struct node *name = add_cell(head, 0, 1, "A");
        add_cell(head, 1, 1, "B");
        struct node *row = add_row(table, NODE_TABLE_BODY), *cell = add_cell(row, 0, 1, "");
        add_cell(row, 1, 1, "one");
        struct node *paragraph = add_long(cell, 60), *words = paragraph->first_child;
        node_unlink(cell->first_child);
        node_unlink(paragraph);
        node_unlink(words);
        node_append(cell, words);
        lay_out(0, 0);
        float top, bottom;
        size_t page = find_cell(name, &top, &bottom);
        CHECK(page && find_cell(cell, &top, &bottom) == page && all_is_painted_once());
        CHECK(page_of(caption, PIECE_CONTENT) == page && page_of(heading, PIECE_CONTENT) == page);
    }
}

/* The lines under rows, thicker than none, that cross a point of their table. */
static size_t rules_across(float x)
{
    size_t count = 0;
    for (size_t p = 0; p < pages.count; p++) {
        for (size_t i = 0; i < pages.pages[p].item_count; i++) {
            const struct page_item *item = &pages.pages[p].items[i];
            count += item->kind == ITEM_RULE && item->node && item->node->kind == NODE_TABLE_ROW &&
                     item->rule.height < 3 && item->rule.x < x &&
                     item->rule.x + item->rule.width > x;
        }
    }
    return count;
}

static void test_no_rule_crosses_a_cell_that_reaches_over_rows(void)
{
    static const unsigned spans[] = {3, 20}; /* held together, and set in its first row */
    for (size_t s = 0; s < 2; s++) {
        begin("en");
        struct node *table = add_table_of_two(), *over = NULL, *beside = NULL;
        for (unsigned i = 0; i < spans[s]; i++) {
            struct node *row = add_row(table, NODE_TABLE_BODY);
            if (i == 0)
                over = add_cell(row, 0, spans[s], "over rows");
            beside = add_cell(row, 1, 1, "n");
        }
        lay_out(0, 0);
        CHECK(pages.count == 1);
        float x = find_run(over->first_child, PIECE_CONTENT, 0)->x + 1;
        CHECK(rules_across(x) == 2); /* under the head and under the last row */
        x = find_run(beside->first_child, PIECE_CONTENT, 0)->x + 1;
        CHECK(rules_across(x) == spans[s] + 1);
    }
}

static void test_a_row_is_seldom_left_alone_by_a_page(void)
{
    for (size_t lines = 20; lines < 42; lines++) {
        begin("en");
        add_long(document.root, lines);
        struct node *table = add_table_of_two(), *rows[7], *cells[7];
        for (size_t i = 0; i < 7; i++) {
            rows[i] = add_row(table, NODE_TABLE_BODY);
            cells[i] = add_cell(rows[i], 0, 1, "a");
            add_cell(rows[i], 1, 1, "b");
        }
        add_long(document.root, 60);
        lay_out(0, 0);
        float top, bottom;
        size_t first = find_cell(cells[0], &top, &bottom);
        CHECK(find_cell(cells[1], &top, &bottom) == first);
        CHECK(find_cell(cells[5], &top, &bottom) == find_cell(cells[6], &top, &bottom));
    }
}

static void test_what_would_be_cut_off_is_an_error_that_names_its_cell(void)
{
    begin("en");
    struct node *table = add_table(30), *row = add_row(table, NODE_TABLE_BODY);
    table->table.sideways = SIDEWAYS_NEVER;
    for (unsigned i = 0; i < 30; i++)
        add_cell(row, i, 1, "WWWW")->span.line = 7;
    lay_out(500, 700);
    CHECK(report.errors == 0); /* letters stand one below the other, and all of them are there */
    CHECK(all_is_painted_once() && report.count > 0);
    lay_out(150, 700);
    CHECK(report.errors == 1);
    const struct diagnostic *said = &report.diagnostics[report.count - 1];
    CHECK(text_equal_c(text_from_c(said->rule->id), "overfull") && said->span.line == 7);
}

static struct node *add_wide_table(void)
{
    struct node *table = add_table(4);
    struct node *head = add_row(table, NODE_TABLE_HEAD), *row = add_row(table, NODE_TABLE_BODY);
    for (unsigned i = 0; i < 4; i++) {
        add_cell(head, i, 1, "Communicationdepartments");
        add_cell(row, i, 1, "Internationalisationwork");
    }
    return table;
}

static void test_a_table_that_is_too_wide_stands_on_a_turned_page(void)
{
    begin("en");
    add_block(document.root, NODE_PARAGRAPH, "Before.");
    struct node *table = add_wide_table();
    struct node *after = add_block(document.root, NODE_PARAGRAPH, "After.");
    lay_out(0, 0);
    size_t page = page_of(table, PIECE_CONTENT);
    CHECK(pages.count == 3 && page == 2 && page_of(after, PIECE_CONTENT) == 3);
    CHECK(pages.pages[1].width > pages.pages[1].height);
    CHECK(pages.pages[0].width < pages.pages[0].height && report.count == 0);
}

static void test_an_author_may_keep_it_upright_or_turn_it(void)
{
    begin("en");
    add_wide_table()->table.sideways = SIDEWAYS_NEVER;
    lay_out(0, 0);
    CHECK(pages.count == 1 && pages.pages[0].width < pages.pages[0].height);
    begin("en");
    struct node *table = add_table(1);
    add_cell(add_row(table, NODE_TABLE_HEAD), 0, 1, "A");
    add_cell(add_row(table, NODE_TABLE_BODY), 0, 1, "1");
    table->table.sideways = SIDEWAYS_ALWAYS;
    lay_out(0, 0);
    CHECK(pages.pages[0].width > pages.pages[0].height);
}

int main(void)
{
    RUN(test_rows_share_the_height_of_a_cell_that_reaches_over_them);
    RUN(test_no_row_of_such_a_cell_is_left_on_another_page);
    RUN(test_a_high_row_under_such_a_cell_goes_over_the_page);
    RUN(test_a_cell_over_rows_that_is_higher_than_a_page_is_cut);
    RUN(test_the_head_stands_with_the_beginning_of_a_row_that_is_higher_than_a_page);
    RUN(test_no_rule_crosses_a_cell_that_reaches_over_rows);
    RUN(test_a_row_is_seldom_left_alone_by_a_page);
    RUN(test_what_would_be_cut_off_is_an_error_that_names_its_cell);
    RUN(test_a_table_that_is_too_wide_stands_on_a_turned_page);
    RUN(test_an_author_may_keep_it_upright_or_turn_it);
    end();
    UNIT_EXIT();
}

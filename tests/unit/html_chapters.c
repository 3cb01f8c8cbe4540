/* XHTML of single constructs, chapters and page markers. */
#include "html/html.h"

#include "tests/unit/sample.h"

static struct html_book book;
static struct arena book_arena;

static bool write_with(const struct page_start *starts, size_t count)
{
    struct html_options options = {
        .page_starts = starts, .page_count = count, .stylesheet = TEXT("style.css")};
    arena_init(&book_arena);
    document_number_nodes(&sample.document);
    return html_write(&sample.document, &options, &book_arena, &book);
}

static void finish(void)
{
    html_book_release(&book);
    arena_release(&book_arena);
    sample_end();
}

static bool has(const char *words)
{
    return text_find(buffer_text(&book.chapters[0].bytes), text_from_c(words), 0) != SIZE_MAX;
}

static struct node *begin(void)
{
    sample_begin("en");
    return sample.document.root;
}

static void test_headings_open_sections_that_nest(void)
{
    struct node *root = begin();
    add_heading(root, 2, "a", "A");
    add_heading(root, 3, "b", "B");
    add_heading(root, 2, "c", "C");
    CHECK(write_with(NULL, 0));
    CHECK(has("<section>\n<h2 id=\"a\">A</h2>\n<section>\n<h3 id=\"b\">B</h3>\n</section>\n"
              "</section>\n<section>\n<h2 id=\"c\">C</h2>\n</section>"));
    finish();
}

static void test_special_characters_are_escaped_and_forbidden_ones_replaced(void)
{
    struct node *root = begin();
    add_with(root, NODE_PARAGRAPH, "a < b & c > d \x01\xEF\xBF\xBF\xEF\xBF\xBE.");
    CHECK(write_with(NULL, 0));
    CHECK(has("<p>a &lt; b &amp; c &gt; d \xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD.</p>"));
    finish();
}

static void test_a_part_in_another_language_says_so_twice_and_its_direction(void)
{
    sample_build("en");
    CHECK(write_with(NULL, 0));
    CHECK(has("<span lang=\"ar\" xml:lang=\"ar\" dir=\"rtl\">خلايا</span>"));
    finish();
}

static void test_code_runs_from_left_to_right_in_an_arabic_text(void)
{
    sample_build("ar");
    CHECK(write_with(NULL, 0));
    CHECK(has("<code dir=\"ltr\">a &lt; b</code>"));
    CHECK(has("<pre dir=\"ltr\"><code class=\"language-c\">"));
    finish();
}

static void test_citations_and_notes_have_their_roles_and_lead_back(void)
{
    sample_build("en");
    CHECK(write_with(NULL, 0));
    CHECK(has("<span id=\"cite-1\">[<a href=\"#reference-1\" role=\"doc-biblioref\" "
              "aria-label=\"Reference 1\">1</a>]</span>"));
    CHECK(has("<a id=\"noteref-1\" role=\"doc-noteref\" href=\"#note-1\" epub:type=\"noteref\" "
              "aria-label=\"Note 1\">1</a>"));
    CHECK(has("<aside id=\"note-1\" class=\"footnote\" role=\"doc-footnote\" "
              "epub:type=\"footnote\">\n<p><span class=\"note-number\">1.</span> The note. "));
    CHECK(has("<section role=\"doc-bibliography\" aria-labelledby=\"references\">\n"
              "<h2 id=\"references\">References</h2>\n<ol id=\"refs\" class=\"references\">"));
    CHECK(has("<a role=\"doc-backlink\" href=\"#cite-1\" aria-label=\"Back to citation 1 of "
              "reference 1\">↩</a>"));
    finish();
}

static void test_a_name_that_does_not_hold_the_words_is_left_out(void)
{
    struct node *root = begin();
    struct node *paragraph = add(root, NODE_PARAGRAPH);
    add_link(paragraph, NODE_LINK, NULL, "another name", "seen words")->link.url =
        TEXT("https://example.org/");
    add_link(paragraph, NODE_LINK, NULL, "seen words, and more", "seen words")->link.url =
        TEXT("https://example.org/");
    CHECK(write_with(NULL, 0));
    CHECK(
        has("<p><a href=\"https://example.org/\">seen words</a>"
            "<a href=\"https://example.org/\" aria-label=\"seen words, and more\">seen words</a>"));
    finish();
}

static void test_addresses_are_encoded_where_a_url_cannot_hold_them(void)
{
    sample_build("en");
    CHECK(write_with(NULL, 0));
    CHECK(has("href=\"https://example.org/a%20b?c=%5Bd%5D#e\""));
    finish();
}

static void test_data_cells_name_their_headers_in_both_directions(void)
{
    sample_build("en");
    CHECK(write_with(NULL, 0));
    CHECK(has("<th id=\"table-cell-1\" role=\"columnheader\" scope=\"col\">Study</th>"));
    CHECK(has(
        "<th id=\"table-cell-2\" role=\"columnheader\" scope=\"col\" colspan=\"2\">Result</th>"));
    CHECK(has("<th id=\"table-cell-4\" role=\"rowheader\" scope=\"row\">Qu</th>\n"
              "<td class=\"align-right\" role=\"cell\" data-label=\"Result: \" "
              "headers=\"table-cell-2 table-cell-4\">63</td>\n"
              "<td role=\"cell\" data-label=\"Result: \" headers=\"table-cell-2 "
              "table-cell-4\">better</td>"));
    CHECK(has("<caption>Table 1. Studies</caption>"));
    finish();
}

static void test_pictures_have_text_or_say_that_they_are_decoration(void)
{
    sample_build("en");
    CHECK(write_with(NULL, 0));
    CHECK(has("<img src=\"images/1.svg\" alt=\"A cell divides\" aria-details=\"at-length\" "
              "width=\"40\" height=\"20\"/>"));
    CHECK(has("<a href=\"#at-length\">Description of the picture</a>"));
    CHECK(has("<img src=\"images/1.svg\" alt=\"\" role=\"presentation\" style=\"width: 1.5em\"/>"));
    CHECK(has("<figcaption>Figure 1. A cell</figcaption>"));
    finish();
    sample_build("en"); /* what is decoration says nothing, whatever it was given */
    sample_find(NODE_IMAGE)->image.decorative = true;
    CHECK(write_with(NULL, 0));
    CHECK(!has("alt=\"A cell divides\""));
    finish();
}

static void test_a_tight_item_is_its_words_and_a_loose_one_a_paragraph(void)
{
    sample_build("en");
    CHECK(write_with(NULL, 0));
    CHECK(has("<ul>\n<li>one\n</li>"));
    CHECK(has("<ol start=\"3\">\n<li><p>three</p>\n</li>"));
    finish();
    struct node *list = add_list(begin(), true, 0);
    add_item(list, "un")->first_child->language = TEXT("fr");
    add_item(list, "two");
    CHECK(write_with(NULL, 0));
    CHECK(has("<li><p lang=\"fr\" xml:lang=\"fr\">un</p>\n</li>"));
    CHECK(has("<li>two\n</li>"));
    finish();
}

static void test_the_printed_contents_are_left_out(void)
{
    struct node *root = begin();
    for (int i = 0; i < 8; i++)
        add_heading(root, 2, arena_printf(&sample.arena, "h%d", i).bytes, "Heading");
    document_add_contents(&sample.document);
    CHECK(write_with(NULL, 0));
    CHECK(!has("Contents"));
    CHECK(has("<h2 id=\"h7\">Heading</h2>"));
    CHECK(book.heading_count == 8);
    finish();
}

/* page markers */

#define MARKER(n)                                                                                  \
    "<span id=\"page-" n "\" role=\"doc-pagebreak\" epub:type=\"pagebreak\" aria-label=\" " n      \
    ". \"/>"

static void test_a_page_begins_at_the_very_word(void)
{
    struct node *root = begin();
    struct node *paragraph = add_with(root, NODE_PARAGRAPH, "one two three");
    struct page_start starts[] = {{paragraph->first_child, 4, TEXT("2")},
                                  {paragraph->first_child, 8, TEXT("3")}};
    CHECK(write_with(starts, 2));
    CHECK(has("<p>one " MARKER("2") "two " MARKER("3") "three</p>"));
    CHECK_TEXT(book.pages[1].href, "article.xhtml#page-3");
    finish();
}

static void test_two_pages_that_begin_in_one_place_have_a_marker_each(void)
{
    struct node *root = begin();
    struct node *paragraph = add_with(root, NODE_PARAGRAPH, "one two");
    struct page_start starts[] = {{paragraph->first_child, 4, TEXT("2")},
                                  {paragraph->first_child, 4, TEXT("3")}};
    CHECK(write_with(starts, 2));
    CHECK(has("<p>one " MARKER("2") MARKER("3") "two</p>"));
    finish();
}

static void test_a_page_that_begins_with_a_heading_is_no_part_of_its_name(void)
{
    struct node *root = begin();
    struct node *heading = add_heading(root, 2, "a", "A");
    struct page_start starts[] = {{heading->first_child, 0, TEXT("2")}};
    CHECK(write_with(starts, 1));
    CHECK(has(MARKER("2") "<section>\n<h2 id=\"a\">A</h2>"));
    finish();
}

static void test_a_page_never_begins_as_a_child_of_a_list_or_a_table(void)
{
    sample_build("en");
    struct node *list = sample_find(NODE_LIST);
    struct node *row = sample_find(NODE_TABLE_BODY)->last_child;
    struct page_start starts[] = {{list->last_child, 0, TEXT("2")}, {row, 0, TEXT("3")}};
    CHECK(write_with(starts, 2));
    CHECK(has("<li>" MARKER("2") "two"));
    CHECK(has("scope=\"row\">" MARKER("3") "Qu</th>"));
    finish();
}

static void test_a_page_never_begins_between_the_parts_of_ruby(void)
{
    struct node *root = begin();
    struct node *paragraph = add(root, NODE_PARAGRAPH);
    struct node *ruby = add(paragraph, NODE_RUBY);
    struct node *base = add_with(ruby, NODE_RUBY_BASE, "to");
    struct node *open = add_with(ruby, NODE_RUBY_BRACKET, "(");
    struct node *reading = add_with(ruby, NODE_RUBY_READING, "two");
    struct node *close = add_with(ruby, NODE_RUBY_BRACKET, ")");
    add_with(paragraph, NODE_STRONG, "more");
    struct page_start starts[] = {{base->first_child, 1, TEXT("2")},
                                  {open->first_child, 0, TEXT("3")},
                                  {reading->first_child, 1, TEXT("4")},
                                  {close->first_child, 0, TEXT("5")}};
    CHECK(write_with(starts, 4));
    CHECK(has("<ruby>t" MARKER("2") "o<rp>(</rp><rt>" MARKER("3") "t" MARKER(
        "4") "wo</rt><rp>)</rp></ruby>" MARKER("5") "<strong>more</strong>"));
    finish();
}

static void test_a_marker_stands_between_characters(void)
{
    struct node *root = begin();
    struct node *paragraph = add_with(root, NODE_PARAGRAPH, "é");
    struct node *code = add(root, NODE_CODE_BLOCK);
    code->text = TEXT("a\nb");
    struct page_start starts[] = {{paragraph->first_child, 1, TEXT("2")}, {code, 2, TEXT("3")}};
    CHECK(write_with(starts, 2));
    CHECK(has("<p>é" MARKER("2") "</p>"));
    CHECK(has("<pre><code>a\n" MARKER("3") "b</code></pre>"));
    finish();
}

static void test_a_page_past_the_last_word_still_has_its_marker(void)
{
    struct node *root = begin();
    struct node *paragraph = add_with(root, NODE_PARAGRAPH, "end");
    struct page_start starts[] = {{paragraph->first_child, 3, TEXT("2")}};
    CHECK(write_with(starts, 1));
    CHECK(has("<p>end</p>\n" MARKER("2") "</body>"));
    finish();
}

static void test_an_author_s_id_is_not_taken_by_a_page(void)
{
    struct node *root = begin();
    struct node *heading = add_heading(root, 2, "page-2", "Two");
    struct page_start starts[] = {{heading, 0, TEXT("2")}};
    CHECK(write_with(starts, 1));
    CHECK_TEXT(book.pages[0].href, "article.xhtml#page-2-2");
    finish();
}

/* chapters */

static void test_a_long_document_is_split_before_headings_and_links_find_their_files(void)
{
    static char long_text[50001];
    struct node *root = begin();
    memset(long_text, 'x', sizeof long_text - 1);
    struct node *first = NULL;
    for (int i = 0; i < 8; i++) {
        struct node *heading =
            add_heading(root, 2, arena_printf(&sample.arena, "h%d", i).bytes, "Heading");
        first = first ? first : heading;
        add_with(root, NODE_PARAGRAPH, long_text);
    }
    struct node *last = add_link(add(root, NODE_PARAGRAPH), NODE_LINK, first, "", "up");
    (void)last;
    struct page_start starts[] = {{root->last_child, 0, TEXT("9")}};
    CHECK(write_with(starts, 1));
    CHECK(book.chapter_count == 4);
    CHECK_TEXT(book.chapters[3].file_name, "article-4.xhtml");
    CHECK_TEXT(book.chapters[3].title, "Heading");
    CHECK_TEXT(book.headings[7].href, "article-4.xhtml#h7");
    CHECK_TEXT(book.pages[0].href, "article-4.xhtml#page-9");
    CHECK(text_find(buffer_text(&book.chapters[3].bytes),
                    TEXT("<a href=\"article.xhtml#h0\">up</a>"), 0) != SIZE_MAX);
    finish();
}

static void test_depth_costs_no_stack(void)
{
    struct node *parent = begin();
    for (int i = 0; i < 100000; i++)
        parent = add(parent, NODE_BLOCK_QUOTE);
    add_with(parent, NODE_PARAGRAPH, "deep");
    CHECK(write_with(NULL, 0));
    CHECK(has("<p>deep</p>"));
    finish();
}

static void test_cells_over_columns_and_rows_name_all_their_headers_once(void)
{
    struct node *root = begin(), *table = add(root, NODE_TABLE);
    table->table.columns = 3;
    table->table.header_columns = 1;
    struct node *row = add(add(table, NODE_TABLE_HEAD), NODE_TABLE_ROW);
    static const char *const names[] = {"N", "A", "B"};
    for (unsigned i = 0; i < 3; i++)
        add_cell(row, i, names[i])->cell.header = true;
    struct node *body = add(table, NODE_TABLE_BODY);
    for (unsigned i = 0; i < 3; i++) {
        row = add(body, NODE_TABLE_ROW);
        struct node *header = add_cell(row, 0, "row");
        header->cell.header = header->cell.row_scope = true;
        if (i == 0)
            add_cell(row, 1, "wide")->cell.column_span = 2;
        if (i == 1)
            add_cell(row, 1, "high")->cell.row_span = 2;
        if (i > 0)
            add_cell(row, 2, "one");
    }
    add_cell(add(body, NODE_TABLE_ROW), 0, "a note")->cell.column_span = 3;
    CHECK(write_with(NULL, 0));
    CHECK(has("headers=\"table-cell-2 table-cell-3 table-cell-4\">wide<"));
    CHECK(has("headers=\"table-cell-2 table-cell-5 table-cell-6\">high<"));
    CHECK(has("headers=\"table-cell-3 table-cell-6\">one<"));
    /* As blocks: the words of headers, and what reaches down from above. */
    CHECK(has("<div class=\"table\">\n<table class=\"stack stack-10\" role=\"table\">"));
    CHECK(has("data-label=\"A, B: \"") && has("data-label=\"B: \""));
    CHECK(has("a note") && !has("data-label=\"N, A, B: \""));
    CHECK(has("<tr role=\"row\" data-also=\"A: high\">"));
    finish();
}

int main(void)
{
    RUN(test_headings_open_sections_that_nest);
    RUN(test_special_characters_are_escaped_and_forbidden_ones_replaced);
    RUN(test_a_part_in_another_language_says_so_twice_and_its_direction);
    RUN(test_code_runs_from_left_to_right_in_an_arabic_text);
    RUN(test_citations_and_notes_have_their_roles_and_lead_back);
    RUN(test_a_name_that_does_not_hold_the_words_is_left_out);
    RUN(test_addresses_are_encoded_where_a_url_cannot_hold_them);
    RUN(test_cells_over_columns_and_rows_name_all_their_headers_once);
    RUN(test_data_cells_name_their_headers_in_both_directions);
    RUN(test_pictures_have_text_or_say_that_they_are_decoration);
    RUN(test_a_tight_item_is_its_words_and_a_loose_one_a_paragraph);
    RUN(test_the_printed_contents_are_left_out);
    RUN(test_a_page_begins_at_the_very_word);
    RUN(test_two_pages_that_begin_in_one_place_have_a_marker_each);
    RUN(test_a_page_that_begins_with_a_heading_is_no_part_of_its_name);
    RUN(test_a_page_never_begins_as_a_child_of_a_list_or_a_table);
    RUN(test_a_page_never_begins_between_the_parts_of_ruby);
    RUN(test_a_marker_stands_between_characters);
    RUN(test_a_page_past_the_last_word_still_has_its_marker);
    RUN(test_an_author_s_id_is_not_taken_by_a_page);
    RUN(test_a_long_document_is_split_before_headings_and_links_find_their_files);
    RUN(test_depth_costs_no_stack);
    UNIT_EXIT();
}

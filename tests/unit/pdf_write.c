/* The finished file, read again with libqpdf. (Whether it conforms is veraPDF's to say.) */
#include "unit.h"

#include "pdf_sample.h"

#include <qpdf/qpdf-c.h>

static struct arena arena;
static struct report report;
static struct document document;
static struct setter setter;
static struct buffer out;

static void begin(double page_height)
{
    document_init(&document, &report, &arena);
    setter_init(&setter, &arena, page_height);
    setter_add_face(&setter, NOTO "NotoSansMath-Regular.ttf", 0, false);
    buffer_release(&out);
    buffer_init(&out, 64 << 20);
}

static bool write_pdf(enum pdf_standard standard)
{
    struct pdf_options options = {
        .standard = standard, .producer = TEXT("Test 1.0"), .date = TEXT("2026-01-31T00:00:00Z")};
    return pdf_write(&document, &setter.pages, &options, &out);
}

static qpdf_data open_pdf(void)
{
    qpdf_data q = qpdf_init();
    qpdf_silence_errors(q);
    CHECK(qpdf_read_memory(q, "test", out.bytes, out.length, NULL) == QPDF_SUCCESS);
    return q;
}

static void test_the_sample_is_a_sound_file_in_both_standards(void)
{
    for (int standard = 0; standard < 2; standard++) {
        begin(300);
        sample_document(&document);
        set_pages(&setter, &document);
        CHECK(write_pdf((enum pdf_standard)standard));
        CHECK(report.errors == 0);
        qpdf_data q = open_pdf();
        CHECK(qpdf_check_pdf(q) == QPDF_SUCCESS);
        CHECK(qpdf_get_num_pages(q) == (int)setter.pages.count);
        CHECK(strcmp(qpdf_get_pdf_version(q), standard ? "2.0" : "1.7") == 0);
        qpdf_oh root = qpdf_get_root(q);
        CHECK(qpdf_oh_is_dictionary(q, qpdf_oh_get_key(q, root, "/StructTreeRoot")));
        CHECK(qpdf_oh_is_dictionary(q, qpdf_oh_get_key(q, root, "/Outlines")));
        CHECK(strcmp(qpdf_oh_get_utf8_value(q, qpdf_oh_get_key(q, root, "/Lang")), "en") == 0);
        CHECK(qpdf_oh_has_key(q, qpdf_get_trailer(q), "/Info") == !standard);
        qpdf_cleanup(&q);
        setter_release(&setter);
    }
}

/* /Nums of leaf `leaf`, entry `entry` of the parent tree. */
static qpdf_oh parent_tree_entry(qpdf_data q, int leaf, int entry)
{
    qpdf_oh tree = qpdf_oh_get_key(q, qpdf_get_root(q), "/StructTreeRoot");
    qpdf_oh kids = qpdf_oh_get_key(q, qpdf_oh_get_key(q, tree, "/ParentTree"), "/Kids");
    qpdf_oh nums = qpdf_oh_get_key(q, qpdf_oh_get_array_item(q, kids, leaf), "/Nums");
    return qpdf_oh_get_array_item(q, nums, 2 * entry + 1);
}

static void test_marked_content_is_found_from_the_parent_tree(void)
{
    begin(842);
    add_heading(&document, document.root, 2, "h", "Words");
    add_block(&document, document.root, NODE_PARAGRAPH, "More");
    set_pages(&setter, &document);
    CHECK(write_pdf(PDF_UA1));
    qpdf_data q = open_pdf();
    qpdf_oh page = parent_tree_entry(q, 0, 0);
    CHECK(qpdf_oh_get_array_n_items(q, page) == 2);
    qpdf_oh heading = qpdf_oh_get_array_item(q, page, 0);
    CHECK(qpdf_oh_is_name_and_equals(q, qpdf_oh_get_key(q, heading, "/S"), "/H2"));
    qpdf_cleanup(&q);
    setter_release(&setter);
}

static void test_a_link_has_an_annotation_a_line(void)
{
    begin(842);
    struct node *p = add(&document, document.root, NODE_PARAGRAPH);
    struct node *link = add(&document, p, NODE_LINK);
    for (int i = 0; i < 30; i++)
        add_words(&document, link, "many words of a link ");
    link->link.url = TEXT("https://example.org/ä b");
    set_pages(&setter, &document);
    CHECK(write_pdf(PDF_UA1));
    qpdf_data q = open_pdf();
    qpdf_oh annotations = qpdf_oh_get_key(q, qpdf_get_page_n(q, 0), "/Annots");
    int count = qpdf_oh_get_array_n_items(q, annotations);
    CHECK(count > 3);
    qpdf_oh annotation = qpdf_oh_get_array_item(q, annotations, count - 1);
    qpdf_oh action = qpdf_oh_get_key(q, annotation, "/A");
    CHECK(strcmp(qpdf_oh_get_utf8_value(q, qpdf_oh_get_key(q, action, "/URI")),
                 "https://example.org/%C3%A4%20b") == 0);
    qpdf_oh parent = parent_tree_entry(q, 0, 1); /* behind the one page */
    CHECK(qpdf_oh_is_name_and_equals(q, qpdf_oh_get_key(q, parent, "/S"), "/Link"));
    qpdf_cleanup(&q);
    setter_release(&setter);
}

static double number_at(qpdf_data q, qpdf_oh array, int place)
{
    return qpdf_oh_get_numeric_value(q, qpdf_oh_get_array_item(q, array, place));
}

/* Pages may have heights of their own: wide tables stand on turned ones. A link over two pages, and
   links into the second. */
static void test_places_are_those_of_their_own_page(void)
{
    begin(842);
    struct node *p = add(&document, document.root, NODE_PARAGRAPH);
    struct node *link = add(&document, p, NODE_LINK);
    link->link.url = TEXT("https://example.org/");
    add_words(&document, link, "over ");
    add(&document, document.root, NODE_PAGE_BREAK);
    struct node *heading = add_heading(&document, document.root, 2, "t", "Target");
    add_link(&document, add(&document, document.root, NODE_PARAGRAPH), NODE_LINK, "to the target",
             heading, "");
    set_pages(&setter, &document);
    struct page *second = &setter.pages.pages[1];
    second->height = 400;
    /* as if the first link went on in the same place of the second page */
    struct page_item copy = setter.pages.pages[0].items[0];
    struct glyph_run *run = ARENA_NEW(&arena, struct glyph_run);
    *run = *copy.run;
    struct node *more = add_words(&document, link, "over ");
    document_number_nodes(&document);
    copy.run = run;
    copy.node = more;
    setter.page = second;
    *add_item(&setter, ITEM_RUN, PIECE_CONTENT, more) = copy;
    for (size_t i = 0; i < second->item_count; i++) {
        if (second->items[i].run->baseline > 400)
            second->items[i].run->baseline = 380;
    }
    CHECK(write_pdf(PDF_UA1));
    CHECK(report.errors == 0);
    qpdf_data q = open_pdf();
    static const int counts[] = {1, 2};
    static const double heights[] = {842, 400};
    for (size_t page = 0; page < 2; page++) {
        qpdf_oh annotations = qpdf_oh_get_key(q, qpdf_get_page_n(q, page), "/Annots");
        CHECK(qpdf_oh_get_array_n_items(q, annotations) == counts[page]);
        for (int i = 0; i < qpdf_oh_get_array_n_items(q, annotations); i++) {
            qpdf_oh annotation = qpdf_oh_get_array_item(q, annotations, i);
            qpdf_oh rect = qpdf_oh_get_key(q, annotation, "/Rect");
            CHECK(number_at(q, rect, 1) > heights[page] - 200);
            CHECK(number_at(q, rect, 3) < heights[page] && number_at(q, rect, 3) > 0);
            qpdf_oh place = qpdf_oh_get_key(q, qpdf_oh_get_key(q, annotation, "/A"), "/D");
            CHECK(!qpdf_oh_is_array(q, place) || number_at(q, place, 3) < 400);
        }
    }
    qpdf_cleanup(&q);
    setter_release(&setter);
}

static void test_headings_of_any_levels_make_an_outline(void)
{
    static const int levels[] = {4, 2, 6, 3, 2};
    begin(842);
    for (size_t i = 0; i < sizeof levels / sizeof levels[0]; i++)
        add_heading(&document, document.root, levels[i], "", "Words");
    set_pages(&setter, &document);
    CHECK(write_pdf(PDF_UA2));
    qpdf_data q = open_pdf();
    qpdf_oh outline = qpdf_oh_get_key(q, qpdf_get_root(q), "/Outlines");
    int top = 0;
    qpdf_oh item = qpdf_oh_get_key(q, outline, "/First");
    for (; qpdf_oh_is_dictionary(q, item); item = qpdf_oh_get_key(q, item, "/Next"))
        top++;
    CHECK(top == 3); /* 4; 2 with 6 and 3 below; 2 */
    qpdf_cleanup(&q);
    setter_release(&setter);
}

static void test_page_labels_go_by_the_labels_that_are_printed(void)
{
    begin(842);
    for (int i = 0; i < 4; i++) {
        add_block(&document, document.root, NODE_PARAGRAPH, "Words");
        if (i < 3)
            add(&document, document.root, NODE_PAGE_BREAK);
    }
    set_pages(&setter, &document);
    setter.pages.pages[0].label = TEXT("i");
    setter.pages.pages[1].label = TEXT("1");
    setter.pages.pages[2].label = TEXT("2");
    setter.pages.pages[3].label = TEXT("7");
    CHECK(write_pdf(PDF_UA1));
    qpdf_data q = open_pdf();
    qpdf_oh labels = qpdf_oh_get_key(q, qpdf_get_root(q), "/PageLabels");
    qpdf_oh nums = qpdf_oh_get_key(q, labels, "/Nums");
    CHECK(qpdf_oh_get_array_n_items(q, nums) == 6);
    CHECK(strcmp(qpdf_oh_unparse(q, nums),
                 "[ 0 << /S /r /St 1 >> 1 << /S /D /St 1 >> 3 << /S /D /St 7 >> ]") == 0);
    qpdf_cleanup(&q);
    setter_release(&setter);
}

static bool begins_with(const char *bytes, size_t length, const char *wanted, size_t most)
{
    return length >= most && memcmp(bytes, wanted, most) == 0;
}

static void test_dates_addresses_and_languages_are_written_as_pdf_has_them(void)
{
    begin(842);
    struct node *heading = add_heading(&document, document.root, 2, "t", "Titre");
    heading->language = TEXT("fr-CA");
    add_link(&document, add(&document, document.root, NODE_PARAGRAPH), NODE_LINK, "torn", NULL,
             "https://example.org/(a\\b");
    set_pages(&setter, &document);
    CHECK(write_pdf(PDF_UA1));
    qpdf_data q = open_pdf();
    qpdf_oh info = qpdf_oh_get_key(q, qpdf_get_trailer(q), "/Info");
    CHECK(strcmp(qpdf_oh_get_utf8_value(q, qpdf_oh_get_key(q, info, "/CreationDate")),
                 "D:20260131000000Z") == 0);
    qpdf_oh annotations = qpdf_oh_get_key(q, qpdf_get_page_n(q, 0), "/Annots");
    qpdf_oh action = qpdf_oh_get_key(q, qpdf_oh_get_array_item(q, annotations, 0), "/A");
    CHECK(strcmp(qpdf_oh_get_utf8_value(q, qpdf_oh_get_key(q, action, "/URI")),
                 "https://example.org/(a\\b") == 0);
    /* UTF-16 with the language between escapes (ISO 32000-1, 7.9.2.2) */
    qpdf_oh outlines = qpdf_oh_get_key(q, qpdf_get_root(q), "/Outlines");
    qpdf_oh title = qpdf_oh_get_key(q, qpdf_oh_get_key(q, outlines, "/First"), "/Title");
    size_t length;
    const char *bytes = qpdf_oh_get_binary_string_value(q, title, &length);
    CHECK(begins_with(bytes, length, "\xFE\xFF\0\x1B\0f\0r\0\x1B\0T", 12));
    qpdf_cleanup(&q);
    setter_release(&setter);
}

static void test_an_item_that_belongs_to_nothing_is_our_fault_and_nothing_is_written(void)
{
    begin(842);
    add_block(&document, document.root, NODE_PARAGRAPH, "Words");
    set_pages(&setter, &document);
    setter.pages.pages[0].items[0].node = NULL;
    CHECK(!write_pdf(PDF_UA1));
    CHECK(out.length == 0);
    CHECK(report.errors == 1);
    CHECK(strcmp(report.diagnostics[0].rule->id, "internal") == 0);
    setter_release(&setter);
}

static void test_words_outside_of_the_page_are_our_fault(void)
{
    begin(842);
    add_block(&document, document.root, NODE_PARAGRAPH, "Words");
    set_pages(&setter, &document);
    setter.pages.pages[0].items[0].run->baseline = 2000;
    CHECK(!write_pdf(PDF_UA1));
    CHECK(out.length == 0);
    setter_release(&setter);
}

static void test_a_font_that_is_not_there_is_reported(void)
{
    begin(842);
    add_block(&document, document.root, NODE_PARAGRAPH, "Words");
    set_pages(&setter, &document);
    setter.faces[0]->path = TEXT("/nowhere/font.ttf");
    CHECK(!write_pdf(PDF_UA1));
    CHECK(report.errors == 1 && out.length == 0);
    setter_release(&setter);
}

static void test_no_pages_is_reported(void)
{
    begin(842);
    document_number_nodes(&document);
    CHECK(!write_pdf(PDF_UA1));
    CHECK(report.errors == 1);
    setter_release(&setter);
}

static void test_the_same_document_gives_the_same_bytes(void)
{
    struct buffer first;
    buffer_init(&first, 64 << 20);
    for (int i = 0; i < 2; i++) {
        begin(300);
        sample_document(&document);
        set_pages(&setter, &document);
        CHECK(write_pdf(PDF_UA2));
        if (i == 0)
            buffer_add_text(&first, buffer_text(&out));
        setter_release(&setter);
    }
    CHECK(text_equal(buffer_text(&first), buffer_text(&out)));
    buffer_release(&first);
}

static void test_metadata_holds_what_xml_must_escape(void)
{
    begin(842);
    add_block(&document, document.root, NODE_PARAGRAPH, "Words");
    document.metadata.title = TEXT("A <title> & \"more\" \x01");
    set_pages(&setter, &document);
    CHECK(write_pdf(PDF_UA1));
    CHECK(text_find(buffer_text(&out), TEXT("A &lt;title&gt; &amp; \"more\" </rdf:li>"), 0) !=
              SIZE_MAX ||
          text_find(buffer_text(&out), TEXT("A &lt;title&gt; &amp; &quot;more&quot; </rdf:li>"),
                    0) != SIZE_MAX);
    setter_release(&setter);
}

int main(void)
{
    arena_init(&arena);
    use_sealed_fonts(&arena);
    RUN(test_the_sample_is_a_sound_file_in_both_standards);
    RUN(test_marked_content_is_found_from_the_parent_tree);
    RUN(test_a_link_has_an_annotation_a_line);
    RUN(test_places_are_those_of_their_own_page);
    RUN(test_headings_of_any_levels_make_an_outline);
    RUN(test_page_labels_go_by_the_labels_that_are_printed);
    RUN(test_an_item_that_belongs_to_nothing_is_our_fault_and_nothing_is_written);
    RUN(test_dates_addresses_and_languages_are_written_as_pdf_has_them);
    RUN(test_words_outside_of_the_page_are_our_fault);
    RUN(test_a_font_that_is_not_there_is_reported);
    RUN(test_no_pages_is_reported);
    RUN(test_the_same_document_gives_the_same_bytes);
    RUN(test_metadata_holds_what_xml_must_escape);
    buffer_release(&out);
    arena_release(&arena);
    UNIT_EXIT();
}

/* Parts for some outputs alone: they go from the tree with what has no sense without them, and all
   of it comes back as it was. */
#include "document/only.h"
#include "read/read.h"
#include "tests/unit/unit.h"

static struct arena arena;
static struct report report;
static struct document document;
static struct buffer before, after;

static void begin(const char *body)
{
    arena_release(&arena);
    report_init(&report, &arena);
    document = (struct document){.arena = &arena, .report = &report, .name = TEXT("a")};
    text source = arena_printf(&arena, "---\ntitle: T\nlang: en\n---\n\n%s", body);
    CHECK(folder_open(&document.folder, &arena, TEXT("tests/spec/files")));
    CHECK(read_article_bytes(&document, source, TEXT("a.md")));
    document_number_nodes(&document);
}

/* The tree as an output has it; afterwards it must be what it was. */
static text dump_for(const char *format, const char *profile)
{
    buffer_clear(&before);
    document_dump(&document, &before);
    struct only *left_out = only_select(&document, text_from_c(format), text_from_c(profile));
    buffer_clear(&after);
    document_dump(&document, &after);
    text selected = arena_copy(&arena, buffer_text(&after));
    only_restore(left_out);
    buffer_clear(&after);
    document_dump(&document, &after);
    CHECK(text_equal(buffer_text(&after), buffer_text(&before)));
    return selected;
}

static bool holds(text dump, const char *words)
{
    return text_find(dump, text_from_c(words), 0) != SIZE_MAX;
}

static void test_parts_are_in_their_formats_alone(void)
{
    begin("::: {.only format=\"pdf epub\"}\nOne.\n:::\n\n[Two]{.only unless-format=pdf}, all.\n\n"
          "::: {.only format=pdf profile=large-print}\nThree.\n:::\n");
    text pdf = dump_for("pdf", "standard"), html = dump_for("html", "standard");
    CHECK(holds(pdf, "One.") && !holds(pdf, "Two") && !holds(pdf, "Three."));
    CHECK(!holds(html, "One.") && holds(html, "Two") && !holds(html, "Three."));
    CHECK(holds(dump_for("epub", "standard"), "One."));
    CHECK(holds(dump_for("pdf", "large-print"), "Three."));
    CHECK(!holds(dump_for("html", "large-print"), "Three."));
}

static void test_what_holds_nothing_else_goes_too(void)
{
    begin("> [One]{.only format=pdf}\n\n1. *[Two]{.only format=pdf}*\n2. three\n3. four\n");
    text html = dump_for("html", "standard"), pdf = dump_for("pdf", "standard");
    CHECK(!holds(html, "block_quote") && !holds(html, "emphasis"));
    CHECK(holds(html, "list_item number=1") && holds(html, "list_item number=2"));
    CHECK(!holds(html, "number=3") && holds(pdf, "number=3"));
}

static void test_one_blank_stays_between_words(void)
{
    begin("One [two]{.only format=pdf} [three]{.only format=pdf} four.\n");
    text html = dump_for("html", "standard");
    CHECK(holds(html, "\"One \"") && holds(html, "\"four.\"") && !holds(html, "\" \""));
    CHECK(holds(dump_for("pdf", "standard"), "text \" four.\""));
}

static void test_notes_go_with_what_calls_them(void)
{
    begin("One.[^a] [Two.[^b] Three.[^a]]{.only format=pdf}\n\n[^a]: Both.\n\n[^b]: Paper.\n");
    text html = dump_for("html", "standard"), pdf = dump_for("pdf", "standard");
    CHECK(holds(html, "Both.") && !holds(html, "Paper."));
    CHECK(holds(pdf, "Both.") && holds(pdf, "Paper."));
}

static void test_contents_have_no_line_for_what_is_left_out(void)
{
    begin("## One\n\n::: {.only format=pdf}\n## Two\n\nWords.\n:::\n");
    document.metadata.contents = CONTENTS_WANTED;
    document_add_contents(&document);
    document_number_nodes(&document);
    text html = dump_for("html", "standard"), pdf = dump_for("pdf", "standard");
    CHECK(holds(html, "One") && !holds(html, "Two"));
    CHECK(holds(pdf, "Two"));
}

static void test_parts_for_other_languages_are_not_in_the_tree(void)
{
    begin("::: {.only lang=\"en-GB en\"}\n## Hours {#hours}\n:::\n\n::: {.only lang=fr}\n"
          "## Heures {#hours}\n\nMots.[^a]\n:::\n\nSee [it](#hours).\n\n[^a]: Note.\n");
    CHECK(report.errors == 0 && report.warnings == 0);
    text html = dump_for("html", "standard");
    CHECK(holds(html, "Hours") && !holds(html, "Heures") && !holds(html, "Note."));
}

static void test_pictures_of_parts_alone_are_marked(void)
{
    begin("::: {.only format=pdf}\n![A dot](dot.png)\n:::\n");
    CHECK(document.image_count == 1 && !document.images[0]->is_left_out);
    struct only *left_out = only_select(&document, TEXT("epub"), TEXT("standard"));
    CHECK(document.images[0]->is_left_out);
    only_restore(left_out);
    left_out = only_select(&document, TEXT("pdf"), TEXT("standard"));
    CHECK(!document.images[0]->is_left_out);
    only_restore(left_out);
    begin("![A dot](dot.png)\n\n::: {.only format=pdf}\n![A dot](dot.png)\n:::\n");
    left_out = only_select(&document, TEXT("epub"), TEXT("standard"));
    CHECK(!document.images[0]->is_left_out);
    only_restore(left_out);
}

int main(void)
{
    arena_init(&arena);
    buffer_init(&before, 1 << 20);
    buffer_init(&after, 1 << 20);
    RUN(test_parts_are_in_their_formats_alone);
    RUN(test_what_holds_nothing_else_goes_too);
    RUN(test_one_blank_stays_between_words);
    RUN(test_notes_go_with_what_calls_them);
    RUN(test_contents_have_no_line_for_what_is_left_out);
    RUN(test_parts_for_other_languages_are_not_in_the_tree);
    RUN(test_pictures_of_parts_alone_are_marked);
    buffer_release(&before);
    buffer_release(&after);
    arena_release(&arena);
    UNIT_EXIT();
}

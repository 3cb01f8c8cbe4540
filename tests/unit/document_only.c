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

static unsigned count(text dump, const char *words)
{
    unsigned found = 0;
    for (size_t at = text_find(dump, text_from_c(words), 0); at != SIZE_MAX;
         at = text_find(dump, text_from_c(words), at + 1))
        found++;
    return found;
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
    begin("- [A]{.only format=pdf} [B]{.only format=epub}\n- c\n\n::: note\n[D]{.only format=pdf}\n"
          ":::\n\nfig\n: [leaf]{.only format=pdf}\n\npear\n: fruit\n\n"
          "[plum]{.only format=pdf}\n: round\n");
    html = dump_for("html", "standard");
    pdf = dump_for("pdf", "standard");
    CHECK(holds(pdf, "callout") && holds(pdf, "fig") && holds(pdf, "round"));
    CHECK(!holds(html, "callout") && !holds(html, "fig") && !holds(html, "round"));
    size_t item = text_find(html, TEXT("list_item"), 0);
    CHECK(item != SIZE_MAX && text_find(html, TEXT("list_item"), item + 1) == SIZE_MAX);
    CHECK(holds(html, "pear"));
}

static void test_examples_keep_their_numbers(void)
{
    begin("(@) first\n(@) [second]{.only format=pdf}\n(@a) third\n\nSee (@a).\n");
    text html = dump_for("html", "standard");
    CHECK(holds(html, "number=1") && holds(html, "number=3") && !holds(html, "number=2"));
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

static void test_notes_stand_behind_the_parts_that_call_them(void)
{
    begin("::: {.only format=pdf}\nOne.[^a]\n:::\n\nAll.[^a]\n\n[^a]: Both.[^b]\n\n[^b]: Two.\n");
    CHECK(holds(dump_for("html", "standard"), "Both."));
    begin("[One.[^a]]{.only format=pdf} Two.\n\n[^a]: ![A dot](dot.png)\n");
    struct only *left_out = only_select(&document, TEXT("epub"), TEXT("standard"));
    CHECK(document.image_count == 1 && document.images[0]->is_left_out);
    only_restore(left_out);
}

static void test_ways_back_stay_where_they_lead_somewhere(void)
{
    begin("[One.[^a] Two.[^a]]{.only format=pdf} All.[^a]\n\n[^a]:\n    - item\n");
    CHECK(count(dump_for("html", "standard"), "back_link") == 1);
    CHECK(count(dump_for("pdf", "standard"), "back_link") == 3);
    begin("All.[^a] [One.[^a] Two.[^a]]{.only format=pdf}\n\n[^a]:\n    - item\n");
    CHECK(count(dump_for("html", "standard"), "back_link") == 1);
    begin("One.[^a] Two.[^a]\n\n[^a]: [Words.]{.only format=pdf}\n");
    CHECK(!holds(dump_for("html", "standard"), "back_link"));
}

static void test_parts_of_notes_are_for_their_languages(void)
{
    begin("Word.[^a]\n\n[^a]: Note [eng]{.only lang=en}[espa]{.only lang=es} end.\n");
    CHECK(report.errors == 0);
    text html = dump_for("html", "standard");
    CHECK(holds(html, "eng") && !holds(html, "espa"));
    begin("Word.[^a]\n\n[^a]: [espa]{.only lang=es}\n");
    CHECK(report.errors == 1); /* the note is not there */
}

static void test_all_languages_around_count(void)
{
    begin("::: {.only lang=es}\n[a]{#k .only lang=\"es en\"}\n:::\n\n[b]{#k} and [it here](#k)\n");
    CHECK(report.errors == 0);
}

static void test_abbreviations_are_explained_where_they_are_left(void)
{
    begin("[The [WHO]{abbr=\"World Health Organization\"}.]{.only format=pdf} x\n\n"
          "The [WHO]{abbr=\"World Health Organization\"} and the "
          "[WHO]{abbr=\"World Health Organization\"}.\n");
    document_explain_abbreviations(&document);
    document_number_nodes(&document);
    text html = dump_for("html", "standard"), pdf = dump_for("pdf", "standard");
    size_t at = text_find(html, TEXT("explanation"), 0);
    CHECK(at != SIZE_MAX && text_find(html, TEXT("explanation"), at + 1) == SIZE_MAX);
    CHECK(holds(pdf, "explanation"));
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

static void test_lines_below_those_left_out_stay(void)
{
    static const char *const formats[] = {"pdf", "html"};
    begin("::: {.only format=pdf}\n# Print\n:::\n\n::: {.only unless-format=pdf}\n# Web\n:::\n\n"
          "## Child one\n\na\n\n## Child two\n\nb\n");
    document.metadata.contents = CONTENTS_WANTED;
    document_add_contents(&document);
    document_number_nodes(&document);
    for (size_t i = 0; i < 2; i++) {
        text dump = dump_for(formats[i], "standard");
        CHECK(count(dump, "Child one") == 2 && count(dump, "Child two") == 2);
        CHECK(count(dump, "Print") == (i ? 0 : 2) && count(dump, "Web") == (i ? 2 : 0));
    }
    begin("::: {.only format=pdf}\n## One\n:::\n\nx\n");
    document.metadata.contents = CONTENTS_WANTED;
    document_add_contents(&document);
    document_number_nodes(&document);
    CHECK(holds(dump_for("pdf", "standard"), "\"Contents\""));
    CHECK(!holds(dump_for("html", "standard"), "\"Contents\""));
}

static void test_words_said_twice_are_the_same_in_all(void)
{
    static const char *const wrong[] = {"## Head [a]{.only format=pdf} end\n",
                                        "![Pic [a]{.only format=pdf} here](dot.png)\n",
                                        "![Pic [a]{.only lang=en} here](dot.png)\n",
                                        "| a |\n| - |\n| b |\n\n: Cap [c]{.only format=pdf} d\n",
                                        "## Head {.only format=pdf}\n",
                                        "[a](https://example.org){.only format=pdf}\n",
                                        "~~~ {.only format=pdf}\na\n~~~\n"};
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        begin(wrong[i]);
        CHECK(report.errors == 1);
    }
    begin("## [Head]{.only format=pdf}\n\n## Head [a]{.only lang=en}[b]{.only lang=es}\n");
    CHECK(report.errors == 0);
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

static void test_places_of_an_index_are_told_where_they_are(void)
{
    begin("## One\n\n::: {.only format=epub}\nOn [pens]{.index}, [quills]{.index} and "
          "[red ink]{.index entry=\"ink > red\"}.\n:::\n\nOn [pens]{.index}, [pens]{.index}.\n\n"
          "## Index {.index}\n");
    text html = dump_for("html", "standard"), epub = dump_for("epub", "standard");
    CHECK(holds(epub, "\"quills\" generated") && holds(epub, "\"ink\" generated") &&
          holds(epub, "\"I\" generated"));
    CHECK(holds(html, "\"pens\" generated") && !holds(html, "quills") && !holds(html, "\"ink\""));
    CHECK(!holds(html, "\"I\" generated") && holds(html, "\"P\" generated"));
    const struct node *entry = NULL;
    struct walk walk;
    struct only *left_out = only_select(&document, TEXT("html"), TEXT("standard"));
    walk_init(&walk, document.root);
    while (walk_next(&walk)) {
        if (walk.entering && walk.node->kind == NODE_LIST_ITEM)
            entry = walk.node->first_child;
    }
    unsigned shown = 0, signs = 0;
    for (const struct node *child = entry->first_child; child; child = child->next) {
        shown += child->kind == NODE_LINK && child->link.locator == LOCATOR_WORDS;
        signs += child->kind == NODE_TEXT && child->characters.locator == LOCATOR_WORDS;
    }
    CHECK(shown == 1 && signs == 1 && entry->last_child->link.locator == LOCATOR_REPEATED);
    only_restore(left_out);
}

static void test_the_list_of_abbreviations_is_of_those_that_are_left(void)
{
    begin(
        "## One\n\n::: {.only format=epub}\nThe [WHO]{abbr=\"World Health Organization\"}.\n:::\n\n"
        "The [EU]{abbr=\"European Union\"}.\n\n## Abbreviations {.abbreviations}\n");
    CHECK(holds(dump_for("epub", "standard"), "\"World Health Organization\" generated"));
    text html = dump_for("html", "standard");
    CHECK(!holds(html, "WHO") && holds(html, "\"European Union\" generated"));
}

static void test_words_stay_where_their_glossary_is_left_out(void)
{
    begin("See [*mulch*]{.term} and [mulch]{.term}.\n\n::: {.only format=pdf}\n## Glossary "
          "{.glossary}\n\n"
          "mulch\n:   A layer.\n:::\n");
    CHECK(report.errors == 0);
    text html = dump_for("html", "standard");
    CHECK(holds(html, "\"mulch\"") && !holds(html, "link") && !holds(html, "A layer"));
    CHECK(holds(dump_for("pdf", "standard"), "A layer"));
}

static void test_sections_that_nothing_is_left_for_go(void)
{
    begin(
        "## One\n\n::: {.only format=epub}\n[soap]{.index} [WHO]{abbr=\"World\"}\n:::\n\nWords.\n\n"
        "## Index {.index}\n\n## Abbreviations {.abbreviations}\n");
    CHECK(holds(dump_for("epub", "standard"), "\"Index\""));
    text html = dump_for("html", "standard");
    CHECK(!holds(html, "\"Index\"") && !holds(html, "\"Abbreviations\""));
}

static void test_a_place_is_told_for_its_own_section(void)
{
    begin("## One\n\n### Notes\n\n::: {.only format=pdf}\n[soap]{.index}\n:::\n\n## Two\n\n### "
          "Notes\n\n"
          "[soap]{.index} and [soap]{.index}\n\n## Index {.index}\n\n");
    struct only *left_out = only_select(&document, TEXT("txt"), TEXT("standard"));
    struct walk walk;
    unsigned shown = 0;
    walk_init(&walk, document.root);
    while (walk_next(&walk))
        shown += walk.entering && walk.node->kind == NODE_LINK &&
                 walk.node->link.locator == LOCATOR_WORDS;
    CHECK(shown == 1);
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
    RUN(test_examples_keep_their_numbers);
    RUN(test_notes_stand_behind_the_parts_that_call_them);
    RUN(test_ways_back_stay_where_they_lead_somewhere);
    RUN(test_parts_of_notes_are_for_their_languages);
    RUN(test_all_languages_around_count);
    RUN(test_abbreviations_are_explained_where_they_are_left);
    RUN(test_lines_below_those_left_out_stay);
    RUN(test_words_said_twice_are_the_same_in_all);
    RUN(test_places_of_an_index_are_told_where_they_are);
    RUN(test_the_list_of_abbreviations_is_of_those_that_are_left);
    RUN(test_words_stay_where_their_glossary_is_left_out);
    RUN(test_sections_that_nothing_is_left_for_go);
    RUN(test_a_place_is_told_for_its_own_section);
    buffer_release(&before);
    buffer_release(&after);
    arena_release(&arena);
    UNIT_EXIT();
}

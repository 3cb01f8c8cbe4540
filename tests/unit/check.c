#include "tests/unit/unit.h"

#include "base/limits.h"
#include "check/check.h"

#include <stdlib.h>

static struct arena arena;
static struct report report;
static struct document document;

static void begin(void)
{
    arena_release(&arena);
    arena_init(&arena);
    report_init(&report, &arena);
    report_add_source(&report, TEXT("a.md"), TEXT_EMPTY);
    document = (struct document){.arena = &arena, .report = &report};
    document.root = node_new(&arena, NODE_DOCUMENT, (struct span){0});
}

static struct node *add(struct node *parent, enum node_kind kind)
{
    static uint32_t line = 1;
    struct node *node = node_new(&arena, kind, (struct span){.line = ++line, .column = 1});
    node_append(parent, node);
    return node;
}

static struct node *add_words(struct node *parent, const char *words)
{
    struct node *node = add(parent, NODE_TEXT);
    node->text = text_from_c(words);
    return node;
}

static struct node *add_heading(int level, const char *words)
{
    struct node *heading = add(document.root, NODE_HEADING);
    heading->heading.level = level;
    add_words(heading, words);
    return heading;
}

static struct node *add_figure(const char *alt, const char *caption)
{
    struct node *figure = add(document.root, NODE_FIGURE);
    struct node *image = add(figure, NODE_IMAGE);
    image->image.alt = text_from_c(alt);
    if (caption)
        add_words(add(figure, NODE_CAPTION), caption);
    return image;
}

/* That just this rule was broken, once; or none where rule is NULL. */
static bool found(const char *rule)
{
    check_document(&document);
    if (!rule)
        return report.count == 0;
    return report.count == 1 && strcmp(report.diagnostics[0].rule->id, rule) == 0 &&
           report.diagnostics[0].hint.length > 0 && report.diagnostics[0].span.line > 0;
}

static void headings_may_go_up_by_any_number_of_levels(void)
{
    begin();
    add_heading(2, "One");
    add_heading(3, "Two");
    add_heading(4, "Three");
    add_heading(2, "Four");
    CHECK(found(NULL));
}

static void an_empty_heading_is_reported(void)
{
    begin();
    add_heading(2, "  ");
    CHECK(found("heading-empty"));
    begin();
    add_heading(2, "\u200B\u00A0\u2800\u2060");
    CHECK(found("heading-empty")); /* nobody sees them */
}

static void a_missing_alternative_text_is_reported(void)
{
    begin();
    add_figure("", NULL);
    CHECK(found("image-alt-missing"));
    begin();
    add_figure("  ", "A caption does not stand for it");
    CHECK(found("image-alt-missing"));
    begin();
    add_figure("\u200B\u3164", NULL);
    CHECK(found("image-alt-missing")); /* nor do signs that nobody sees or hears */
}

static void a_decorative_picture_needs_no_alternative_text_and_may_have_none(void)
{
    begin();
    add_figure("", NULL)->image.decorative = true;
    CHECK(found(NULL));
    begin();
    add_figure("Flowers", NULL)->image.decorative = true;
    CHECK(found("image-decorative-with-alt"));
}

static void an_alternative_text_that_repeats_the_caption_is_reported(void)
{
    begin();
    add_figure("a cell divides", "A cell divides");
    CHECK(found("image-alt-same-as-caption"));
    begin();
    add_figure("Two cells, joined by a thread", "A cell divides");
    CHECK(found(NULL));
}

static void a_link_without_words_is_reported(void)
{
    begin();
    add(add(document.root, NODE_PARAGRAPH), NODE_LINK);
    CHECK(found("link-empty"));
    begin();
    add(add(add(document.root, NODE_PARAGRAPH), NODE_LINK), NODE_TEXT)->text = TEXT("\u200B\u2003");
    CHECK(found("link-empty"));
    begin();
    struct node *link = add(add(document.root, NODE_PARAGRAPH), NODE_LINK);
    add(link, NODE_IMAGE)->image.alt = TEXT("The hospital's page");
    CHECK(found(NULL)); /* the picture names it */
}

/* More words than are compared are words all the same. */
static void a_link_of_very_many_words_has_some(void)
{
    enum { MANY = LIMIT_WORDS_BYTES + 1000 };
    char *words = malloc(MANY);
    memset(words, 'a', MANY);
    for (size_t i = 6; i < MANY; i += 7)
        words[i] = ' ';
    memcpy(words + LIMIT_WORDS_BYTES - 1, "\u00E9", 2); /* the limit is within a character */
    begin();
    struct node *link = add(add(document.root, NODE_PARAGRAPH), NODE_LINK);
    add(link, NODE_TEXT)->text = (text){words, MANY};
    CHECK(found(NULL));
    begin();
    add(add(document.root, NODE_HEADING), NODE_TEXT)->text = (text){words, MANY};
    document.root->first_child->heading.level = 2;
    CHECK(found(NULL));
    begin();
    struct node *emphasis = add(add(document.root, NODE_PARAGRAPH), NODE_EMPHASIS);
    add(emphasis, NODE_TEXT)->text = (text){words, MANY};
    CHECK(found("emphasis-long"));
    free(words);
}

/* "2*3*4" */
static void a_sign_between_numbers_that_is_read_as_emphasis_is_reported(void)
{
    static const struct {
        enum node_kind kind;
        uint32_t signs;
        const char *before, *within, *after, *rule;
    } cases[] = {
        {NODE_EMPHASIS, 1, "Take 2", "3", "4 mg", "emphasis-in-number"},
        {NODE_STRONG, 2, "Take 2", "3, 5", "4 mg", "emphasis-in-number"},
        {NODE_STRONG, 3, "Take 2", "3", "4 mg", NULL}, /* <b> */
        {NODE_EMPHASIS, 1, "Take 2 ", "3", "4 mg", NULL},
        {NODE_EMPHASIS, 1, "Take 2", "x", "4 mg", NULL},
        {NODE_EMPHASIS, 1, "Take 2", "3", " mg", NULL},
        {NODE_SUPERSCRIPT, 1, "Take 2", "3", "4 mg", NULL},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        begin();
        struct node *paragraph = add(document.root, NODE_PARAGRAPH);
        add(paragraph, NODE_TEXT)->text = text_from_c(cases[i].before);
        struct node *emphasis = add(paragraph, cases[i].kind);
        struct node *within = add(emphasis, NODE_TEXT);
        within->text = text_from_c(cases[i].within);
        within->span = emphasis->span;
        within->span.column += cases[i].signs;
        add(paragraph, NODE_TEXT)->text = text_from_c(cases[i].after);
        CHECK(found(cases[i].rule));
    }
}

static struct node *add_table(void)
{
    struct node *table = add(document.root, NODE_TABLE);
    table->table.columns = 2;
    table->table.header_columns = 1;
    add_words(add(table, NODE_CAPTION), "Glasses a day");
    return table;
}

static struct node *add_header_cell(struct node *row, unsigned column, const char *words)
{
    struct node *cell = add(row, NODE_TABLE_CELL);
    cell->cell.header = true;
    cell->cell.column = column;
    add_words(cell, words);
    return cell;
}

static void an_empty_header_cell_is_reported_but_not_the_corner(void)
{
    begin();
    struct node *table = add_table();
    struct node *row = add(add(table, NODE_TABLE_HEAD), NODE_TABLE_ROW);
    add_header_cell(row, 0, "");
    add_header_cell(row, 1, "Year");
    CHECK(found(NULL));
    add_header_cell(row, 2, " ");
    CHECK(found("table-header-empty"));
}

static void an_empty_row_header_is_reported(void)
{
    begin();
    struct node *table = add_table();
    struct node *row = add(add(table, NODE_TABLE_BODY), NODE_TABLE_ROW);
    add_header_cell(row, 0, "")->cell.row_scope = true;
    CHECK(found("table-header-empty"));
}

/* A year among words is a header like any other. */
static void a_head_of_numbers_alone_is_reported(void)
{
    static const struct {
        const char *words[3];
        bool is_data;
    } heads[] = {{{"Glasses", "2023", "2024"}, false},
                 {{"2023", "2024", "Glasses"}, false},
                 {{"3", "12.5 %", "1,000"}, true},
                 {{"3", "-", "5"}, false}};
    for (size_t i = 0; i < sizeof heads / sizeof *heads; i++) {
        begin();
        struct node *row = add(add(add_table(), NODE_TABLE_HEAD), NODE_TABLE_ROW);
        for (unsigned column = 0; column < 3; column++)
            add_header_cell(row, column, heads[i].words[column]);
        CHECK(found(heads[i].is_data ? "table-header-numbers" : NULL));
    }
}

/* In a box for a video stands what it shows. */
static void a_link_to_a_video_wants_words_beside_it(void)
{
    static const struct {
        const char *url;
        bool is_video;
    } links[] = {{"https://youtu.be/abc", true},
                 {"https://example.org/film.mp4", true},
                 {"https://example.org/film", false}};
    for (size_t i = 0; i < sizeof links / sizeof *links; i++) {
        begin();
        struct node *link = add(add(document.root, NODE_PARAGRAPH), NODE_LINK);
        link->link.url = text_from_c(links[i].url);
        add_words(link, "How to wash hands");
        CHECK(found(links[i].is_video ? "video-transcript-missing" : NULL));
        begin();
        struct node *box = add(document.root, NODE_CALLOUT);
        box->callout.variety = CALLOUT_VIDEO;
        struct node *paragraph = add(box, NODE_PARAGRAPH);
        link = add(paragraph, NODE_LINK);
        link->link.url = text_from_c(links[i].url);
        add_words(link, "How to wash hands");
        add_words(paragraph, ": two hands under a tap.");
        CHECK(found(NULL));
    }
}

static void all_faults_of_a_document_are_reported_at_once(void)
{
    begin();
    add_heading(4, "");
    add_figure("", NULL);
    add(add(document.root, NODE_PARAGRAPH), NODE_LINK);
    check_document(&document);
    CHECK(report.errors == 3);
}

int main(void)
{
    arena_init(&arena);
    RUN(headings_may_go_up_by_any_number_of_levels);
    RUN(an_empty_heading_is_reported);
    RUN(a_missing_alternative_text_is_reported);
    RUN(a_decorative_picture_needs_no_alternative_text_and_may_have_none);
    RUN(an_alternative_text_that_repeats_the_caption_is_reported);
    RUN(a_link_without_words_is_reported);
    RUN(a_link_of_very_many_words_has_some);
    RUN(a_sign_between_numbers_that_is_read_as_emphasis_is_reported);
    RUN(a_head_of_numbers_alone_is_reported);
    RUN(a_link_to_a_video_wants_words_beside_it);
    RUN(an_empty_header_cell_is_reported_but_not_the_corner);
    RUN(an_empty_row_header_is_reported);
    RUN(all_faults_of_a_document_are_reported_at_once);
    arena_release(&arena);
    UNIT_EXIT();
}

/* From characters to runs: shaping, places to break, direction, on a page. */
#include "tests/unit/layout_sample.h"

#include "layout/paragraph.h"

#include <math.h>

static text line_of(const struct node *node, size_t number)
{
    const struct glyph_run *run = find_run(node, PIECE_CONTENT, number);
    return run ? run->text : TEXT_EMPTY;
}

static void a_line_keeps_the_space_at_its_end(void)
{
    struct node *node = set_paragraph("en", "some words that go on to a second line", 150);
    text first = line_of(node, 0);
    CHECK(first.length > 0 && first.bytes[first.length - 1] == ' ');
    CHECK(line_of(node, 1).length > 0);
}

static void a_run_knows_where_in_its_node_it_begins(void)
{
    struct node *node = set_paragraph("en", "some words that go on to a second line", 150);
    const struct glyph_run *second = find_run(node, PIECE_CONTENT, 1);
    CHECK(second && second->text_offset == line_of(node, 0).length);
    CHECK(second && second->text.bytes == node->text.bytes + second->text_offset);
}

/* Signs that nobody sees are said by a neighbour: before a word, behind it, in it, alone. */
static void signs_without_a_shape_keep_their_text(void)
{
    static const char *const signs[] = {"\u200B", "\u2060", "\u200E", "\u200D", "\uFE0F"};
    static const char *const words[] = {"word", "سلام", "नमस्ते", "字"};
    for (size_t i = 0; i < sizeof signs / sizeof *signs; i++) {
        for (size_t k = 0; k < sizeof words / sizeof *words; k++) {
            char line[256];
            snprintf(line, sizeof line, "%s%s a %s%s%s %s. %s %s", signs[i], words[k], signs[i],
                     words[k], signs[i], words[k], signs[i], words[k]);
            set_paragraph("en", arena_printf(&fonts_arena, "%s", line).bytes, 150);
        }
    }
}

static void chinese_breaks_between_characters_without_a_space(void)
{
    struct node *node =
        set_paragraph("zh-Hans", "脑瘫是出生前后脑损伤所导致的一组疾病的总称。", 150);
    text first = line_of(node, 0);
    CHECK(first.length > 0 && first.length < node->text.length);
    CHECK(first.bytes[first.length - 1] != ' ');
}

static void no_line_begins_with_a_chinese_full_stop(void)
{
    for (double width = 80; width < 200; width += 3) {
        struct node *node =
            set_paragraph("zh-Hans", "一二三四五六七八九十。一二三四五六七八九十。", width);
        for (size_t i = 0; line_of(node, i).length; i++)
            CHECK(!text_starts_with(line_of(node, i), TEXT("。")));
    }
}

static void a_space_that_does_not_break_holds_its_line(void)
{
    for (double width = 80; width < 200; width += 7) {
        struct node *node =
            set_paragraph("en", "a dose of 10\xC2\xA0mg and of 20\xC2\xA0mg", width);
        for (size_t i = 0; line_of(node, i).length; i++)
            CHECK(!text_starts_with(line_of(node, i), TEXT("mg")));
    }
}

static void a_long_address_breaks_after_its_marks(void)
{
    struct node *node = set_paragraph(
        "en", "see https://example.org/a/long/path/to/some/page.html?query=one&two=three", 220);
    text first = line_of(node, 0);
    CHECK(text_find(first, TEXT("example"), 0) != SIZE_MAX);
    CHECK(text_ends_with(first, TEXT("/")) || text_ends_with(first, TEXT(".")));
}

static void a_word_longer_than_the_line_is_broken_somewhere(void)
{
    struct node *node =
        set_paragraph("en", "Donaudampfschifffahrtsgesellschaftskapitaensmuetze", 120);
    CHECK(line_of(node, 1).length > 0);
}

static void a_soft_hyphen_shows_at_the_end_of_a_line_only(void)
{
    struct node *node = set_paragraph("en",
                                      "hyphen\xC2\xAD"
                                      "ation hyphen\xC2\xAD"
                                      "ation hyphen\xC2\xAD"
                                      "ation",
                                      150);
    const struct glyph_run *run = find_run(node, PIECE_CONTENT, 0);
    bool is_broken = run && text_ends_with(run->text, TEXT("\xC2\xAD"));
    CHECK(is_broken);
    CHECK(is_broken && run->glyphs[run->glyph_count - 1].text_length == 2);
    struct node *wide = set_paragraph("en",
                                      "hyphen\xC2\xAD"
                                      "ation",
                                      500);
    run = find_run(wide, PIECE_CONTENT, 0);
    CHECK(run && run->glyph_count == 11);
}

static void right_to_left_text_is_written_in_the_order_of_reading(void)
{
    struct node *node = set_paragraph("ar", "مرحبا بالعالم", 400);
    const struct glyph_run *run = find_run(node, PIECE_CONTENT, 0);
    CHECK(run && run->right_to_left && run->glyph_count > 2);
    CHECK(run && run->glyphs[0].x > run->glyphs[run->glyph_count - 1].x);
    /* It begins at the right. */
    CHECK(run && (double)(run->x + run->width) > 350);
}

static void numbers_stand_left_to_right_in_arabic(void)
{
    struct node *node = set_paragraph("ar", "في 2016 دراسة", 400);
    const struct glyph_run *year = find_run(node, PIECE_CONTENT, 1);
    CHECK(year && !year->right_to_left);
    CHECK(year && text_equal_c(year->text, "2016"));
    const struct glyph_run *before = find_run(node, PIECE_CONTENT, 0);
    const struct glyph_run *after = find_run(node, PIECE_CONTENT, 2);
    CHECK(year && before && after && before->x > year->x && year->x > after->x);
}

static void lam_alef_is_one_cluster(void)
{
    struct node *node = set_paragraph("ar", "لا", 400);
    const struct glyph_run *run = find_run(node, PIECE_CONTENT, 0);
    CHECK(run && run->glyphs[0].text_length == 4);
}

static void letters_join_across_emphasis(void)
{
    begin("ar");
    struct node *paragraph = add(document.root, NODE_PARAGRAPH);
    struct node *first = add_words(paragraph, "ب");
    struct node *second = add_words(add(paragraph, NODE_STRONG), "ب");
    struct node *alone = add_words(add(document.root, NODE_PARAGRAPH), "ب");
    lay_out(400, 400);
    CHECK(find_run(first, PIECE_CONTENT, 0)->glyphs[0].id !=
          find_run(alone, PIECE_CONTENT, 0)->glyphs[0].id);
    CHECK(second && all_is_painted_once());
}

static void what_has_no_shape_is_carried_by_its_neighbour(void)
{
    struct node *node =
        set_paragraph("en", "zero\xE2\x80\x8Bwidth \xE2\x80\x8B\xEF\xBB\xBF end", 400);
    const struct glyph_run *run = find_run(node, PIECE_CONTENT, 0);
    for (uint32_t i = 0; run && i < run->glyph_count; i++)
        CHECK(run->glyphs[i].text_length > 0);
}

static void a_part_in_another_direction_is_set_apart(void)
{
    begin("en");
    struct node *paragraph = add(document.root, NODE_PARAGRAPH);
    add_words(paragraph, "The word ");
    struct node *span = add(paragraph, NODE_SPAN);
    span->language = TEXT("he");
    span->direction = DIRECTION_RIGHT_TO_LEFT;
    struct node *hebrew = add_words(span, "שלום");
    struct node *after = add_words(paragraph, " 3 times");
    lay_out(400, 400);
    CHECK(all_is_painted_once());
    CHECK(find_run(hebrew, PIECE_CONTENT, 0)->x < find_run(after, PIECE_CONTENT, 0)->x);
}

static void a_character_that_no_font_has_is_an_error_with_its_place(void)
{
    begin("en");
    struct node *node =
        add_words(add(document.root, NODE_PARAGRAPH), "bad \xEE\x80\x80 and \xEE\x80\x80");
    node->span = (struct span){.line = 7, .column = 3};
    lay_out(400, 400);
    CHECK(report.count == 1 && report.errors == 1);
    CHECK(strcmp(report.diagnostics[0].rule->id, "glyph-missing") == 0);
    CHECK(report.diagnostics[0].span.line == 7 && report.diagnostics[0].span.column == 7);
    CHECK(text_find(report.diagnostics[0].message, TEXT("U+E000"), 0) != SIZE_MAX);
    CHECK(text_find(report.diagnostics[0].message, TEXT("2 times"), 0) != SIZE_MAX);
}

static void a_forced_end_begins_a_new_line(void)
{
    begin("en");
    struct node *paragraph = add(document.root, NODE_PARAGRAPH);
    struct node *first = add_words(paragraph, "one");
    add(paragraph, NODE_LINE_BREAK);
    struct node *second = add_words(paragraph, "two");
    lay_out(400, 400);
    CHECK(find_run(first, PIECE_CONTENT, 0)->baseline <
          find_run(second, PIECE_CONTENT, 0)->baseline);
}

/* People part what stands in a cell by two ends. */
static void a_forced_end_after_another_leaves_a_line_empty(void)
{
    float between[3];
    for (size_t ends = 1; ends <= 3; ends++) {
        begin("en");
        struct node *paragraph = add(document.root, NODE_PARAGRAPH);
        struct node *first = add_words(paragraph, "one");
        for (size_t i = 0; i < ends; i++)
            add(paragraph, NODE_LINE_BREAK);
        struct node *second = add_words(paragraph, "two");
        lay_out(400, 400);
        between[ends - 1] = find_run(second, PIECE_CONTENT, 0)->baseline -
                            find_run(first, PIECE_CONTENT, 0)->baseline;
    }
    CHECK(fabsf(between[1] - 2 * between[0]) < 0.01F);
    CHECK(fabsf(between[2] - 3 * between[0]) < 0.01F);
}

static void code_keeps_its_lines_and_spaces(void)
{
    begin("en");
    struct node *code = add(document.root, NODE_CODE_BLOCK);
    code->text = TEXT("if (x)\n    y();\n\nend");
    lay_out(400, 400);
    CHECK(all_is_painted_once());
    CHECK_TEXT(find_run(code, PIECE_CONTENT, 0)->text, "if (x) ");
    CHECK_TEXT(find_run(code, PIECE_CONTENT, 1)->text, "    y(); ");
    CHECK_TEXT(find_run(code, PIECE_CONTENT, 3)->text, "end");
}

/* Its ink fits and the spaces after it do not: they hang beyond the line, as spaces do. */
static void spaces_at_the_end_of_a_line_of_code_make_no_empty_line(void)
{
    float second[2];
    for (int spaced = 0; spaced < 2; spaced++) {
        begin("en");
        struct node *code = add(document.root, NODE_CODE_BLOCK);
        code->text = spaced ? TEXT("some_code_here            \nend") : TEXT("some_code_here\nend");
        lay_out(180, 400);
        CHECK(all_is_painted_once());
        CHECK_TEXT(find_run(code, PIECE_CONTENT, 1)->text, "end");
        second[spaced] = find_run(code, PIECE_CONTENT, 1)->baseline;
    }
    CHECK(second[0] == second[1]);
}

static void a_cluster_of_many_marks_keeps_all_its_text(void)
{
    begin("en");
    char *bytes = arena_allocate(&arena, 1 + 2 * 400);
    bytes[0] = 'a';
    for (size_t i = 0; i < 400; i++)
        memcpy(bytes + 1 + 2 * i, "\xCC\x81", 2);
    add(add(document.root, NODE_PARAGRAPH), NODE_TEXT)->text = (text){bytes, 801};
    lay_out(400, 400);
    CHECK(all_is_painted_once());
}

/* No line begins with one of those characters, where the measure has room for what must stay
   together. */
static void no_line_begins_with(const char *language, const char *characters, const char *forbidden)
{
    for (double width = 130; width < 300; width += 7) {
        struct node *node = set_paragraph(language, characters, width);
        for (size_t i = 0; line_of(node, i).length; i++) {
            text line = line_of(node, i), signs = text_from_c(forbidden);
            float baseline = find_run(node, PIECE_CONTENT, i)->baseline;
            if (i == 0 || find_run(node, PIECE_CONTENT, i - 1)->baseline == baseline)
                continue; /* a further run of the same line */
            for (size_t at = 0; at < signs.length;) {
                size_t from = at;
                text_next(signs, &at);
                CHECK(!text_starts_with(line, text_slice(signs, from, at)));
            }
        }
    }
}

static void no_line_begins_with_a_sign_that_closes_in_japanese(void)
{
    no_line_begins_with("ja",
                        "「東京」ー、きゃっと。（コーヒー）ァ々〜言った。「東京」ー、きゃっと。",
                        "。、」）ー々");
}

static void no_word_of_devanagari_is_broken_inside_a_cluster(void)
{
    no_line_begins_with("hi", "क्षत्रियक्षत्रियक्षत्रियक्षत्रियक्षत्रियक्षत्रियस्त्रीकिकीकुकूकेकै", "्ािीुूेै");
}

static void thai_stays_with_its_bracket_and_its_marks(void)
{
    no_line_begins_with("th", "น้ำสะอาด(น้ำดื่ม)ดีต่อทุกคน(ทำน้ำ)สะอาด", ")ะาำิีึืุู่้");
}

/* The glyph of a paragraph's first character, in a theme with or without old-style figures. */
static uint16_t glyph_of(struct node *node, bool old_style)
{
    struct theme theme;
    struct theme_options wishes = {0};
    theme_resolve(&document, &wishes, &theme);
    theme.old_style_figures = old_style;
    struct paragraph paragraph;
    paragraph_init(&paragraph, fonts, &theme);
    const struct look *look = &theme.looks[node->kind == NODE_HEADING ? LOOK_HEADING_2 : LOOK_BODY];
    paragraph_fill(&paragraph, node, look, false);
    uint16_t id = paragraph.glyph_count ? paragraph.glyphs[0].id : 0;
    paragraph_release(&paragraph);
    return id;
}

static void figures_are_old_style_where_the_theme_says_so(void)
{
    begin("en");
    struct node *body = add_block(document.root, NODE_PARAGRAPH, "3");
    struct node *heading = add_block(document.root, NODE_HEADING, "3");
    struct node *cell =
        add_block(add(add(add(document.root, NODE_TABLE), NODE_TABLE_ROW), NODE_TABLE_CELL),
                  NODE_PARAGRAPH, "3");
    lay_out(400, 400);
    uint16_t lining = glyph_of(body, false), old_style = glyph_of(body, true);
    CHECK(lining && old_style && lining != old_style);
    CHECK(glyph_of(body, false) == lining); /* each keeps its own place in the cache */
    CHECK(glyph_of(heading, true) == glyph_of(heading, false));
    CHECK(glyph_of(cell, true) == glyph_of(cell, false));
}

/* In every width. A line of runs: each run is a line, as all is of one font. */
static void check_quotes(const char *language, const char *words, const char *opening,
                         const char *closing)
{
    text sign = text_from_c(opening), end = text_from_c(closing);
    for (double width = 60; width < 300; width += 7) {
        const struct node *node = set_paragraph(language, words, width);
        for (size_t i = 0; line_of(node, i).length; i++) {
            text line = text_trim(line_of(node, i));
            bool is_last = line_of(node, i + 1).length == 0;
            CHECK(is_last || !text_ends_with(line, sign));
            CHECK(i == 0 || !text_starts_with(line, end));
        }
    }
}

static void quotation_marks_stay_with_their_words(void)
{
    check_quotes("fr", "Il a dit « oui » et « non » et « peut-être » puis « jamais » enfin.", "«",
                 "»");
    check_quotes("de", "Er sagte »ja« und »nein« und »vielleicht« und dann »niemals« wieder.", "»",
                 "«");
    check_quotes("en", "Look at “https://example.org/a/b/c/” and “https://example.org/d/e/f/” now.",
                 "“", "”");
    check_quotes("en", "“wwwwwwwwwwwwwwwwwwwwwwwwww” “mmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmm”", "“",
                 "”");
}

static void a_line_may_end_beside_a_guillemet_outside(void)
{
    CHECK(
        line_of(
            set_paragraph("de", "Er sagte »ja« und immer wieder »nein« aus vielen Gründen", 100), 1)
            .length);
}

int main(void)
{
    RUN(a_line_keeps_the_space_at_its_end);
    RUN(a_run_knows_where_in_its_node_it_begins);
    RUN(signs_without_a_shape_keep_their_text);
    RUN(chinese_breaks_between_characters_without_a_space);
    RUN(no_line_begins_with_a_chinese_full_stop);
    RUN(a_space_that_does_not_break_holds_its_line);
    RUN(a_long_address_breaks_after_its_marks);
    RUN(a_word_longer_than_the_line_is_broken_somewhere);
    RUN(a_soft_hyphen_shows_at_the_end_of_a_line_only);
    RUN(right_to_left_text_is_written_in_the_order_of_reading);
    RUN(numbers_stand_left_to_right_in_arabic);
    RUN(lam_alef_is_one_cluster);
    RUN(letters_join_across_emphasis);
    RUN(what_has_no_shape_is_carried_by_its_neighbour);
    RUN(a_part_in_another_direction_is_set_apart);
    RUN(a_character_that_no_font_has_is_an_error_with_its_place);
    RUN(a_forced_end_begins_a_new_line);
    RUN(a_forced_end_after_another_leaves_a_line_empty);
    RUN(code_keeps_its_lines_and_spaces);
    RUN(spaces_at_the_end_of_a_line_of_code_make_no_empty_line);
    RUN(a_cluster_of_many_marks_keeps_all_its_text);
    RUN(no_line_begins_with_a_sign_that_closes_in_japanese);
    RUN(no_word_of_devanagari_is_broken_inside_a_cluster);
    RUN(thai_stays_with_its_bracket_and_its_marks);
    RUN(quotation_marks_stay_with_their_words);
    RUN(a_line_may_end_beside_a_guillemet_outside);
    RUN(figures_are_old_style_where_the_theme_says_so);
    end();
    UNIT_EXIT();
}

/* Chinese and Japanese: what may stand at the edges of a line, blanks of signs, gaps between
   scripts. */
#include "tests/unit/layout_sample.h"

#include "layout/paragraph.h"

#include <math.h>

/* The width of all runs of a node, in units of their size. Its words must fit one line. */
static float width_of(const struct node *node)
{
    float width = 0;
    const struct glyph_run *run, *first = find_run(node, PIECE_CONTENT, 0);
    for (size_t i = 0; (run = find_run(node, PIECE_CONTENT, i)); i++) {
        CHECK(run->baseline == first->baseline);
        width += run->width / run->size;
    }
    return width;
}

static bool is_width(const char *language, const char *words, float wanted)
{
    float width = width_of(set_paragraph(language, words, 500));
    if (fabsf(width - wanted) < 0.002F)
        return true;
    printf("# %s: %f, not %f\n", words, (double)width, (double)wanted);
    return false;
}

/* The width that those letters have by themselves. */
static float letters(const char *words)
{
    return width_of(set_paragraph("zh-Hans", words, 500));
}

static const struct glyph_run *first_of_line(const struct node *node, size_t line)
{
    const struct glyph_run *run, *last = NULL;
    for (size_t i = 0; (run = find_run(node, PIECE_CONTENT, i)); i++) {
        bool is_new = !last || run->baseline > last->baseline + 1;
        last = run;
        if (is_new && line-- == 0)
            return run;
    }
    return NULL;
}

static const struct glyph_run *last_of_line(const struct node *node, size_t line)
{
    const struct glyph_run *run, *first = first_of_line(node, line), *last = NULL;
    for (size_t i = 0; first && (run = find_run(node, PIECE_CONTENT, i)); i++) {
        if (fabsf(run->baseline - first->baseline) < 1)
            last = run;
    }
    return last;
}

static bool one_of(text t, const char *characters)
{
    return t.length > 0 && text_find(text_from_c(characters), t, 0) != SIZE_MAX;
}

/* In every width: which characters begin and end lines. */
static void check_edges(const char *language, const char *words, const char *not_first,
                        const char *not_last)
{
    for (double width = 90; width < 260; width += 3) {
        struct node *node = set_paragraph(language, words, width);
        CHECK(first_of_line(node, 1));
        const struct glyph_run *first, *last;
        for (size_t i = 0; (first = first_of_line(node, i)); i++) {
            last = last_of_line(node, i);
            CHECK(!one_of(text_slice(first->text, 0, 3), not_first));
            CHECK(!first_of_line(node, i + 1) ||
                  !one_of(text_slice(last->text, last->text.length - 3, last->text.length),
                          not_last));
        }
    }
}

static void no_japanese_line_begins_with_what_belongs_to_the_one_before(void)
{
    check_edges("ja",
                "ちょっと待って、コーヒーを「飲もう」。きゃっきゃっと（笑って）しまった！"
                "どうして？『様々』な・ファッション。",
                "、。」』）！？・ーっゃゅょッャュョィェァォぁぃぅぇぉ々", "「『（");
}

static void no_chinese_line_begins_with_what_belongs_to_the_one_before(void)
{
    static const char *const words =
        "他说：“你好，世界！”《书》（注）、「引」；好吗？好。《国际功能、残疾》。";
    check_edges("zh-Hans", words, "、。，：；！？」』）》”", "「『（《“");
    check_edges("zh-Hant", words, "、。，：；！？」』）》”", "「『（《“");
}

static void a_sign_has_no_blank_at_the_edges_of_a_line(void)
{
    CHECK(is_width("zh-Hans", "中文", 2));
    CHECK(is_width("zh-Hans", "中文。", 2.5F));
    CHECK(is_width("zh-Hans", "（中文）", 3));
    CHECK(is_width("ja", "「日本」", 3));
    CHECK(is_width("zh-Hant", "中文。", 2.75F)); /* it stands in the middle of its square */
    const struct glyph_run *run = find_run(set_paragraph("ja", "「日本」", 500), PIECE_CONTENT, 0);
    CHECK(run && run->glyphs[0].x < 0); /* its ink begins where the line begins */
}

static void quotes_of_chinese_are_of_one_kind_around_latin_letters(void)
{
    float alone = letters("WHO");
    CHECK(is_width("zh-Hans", "中“WHO”文", 2 + alone + 2));
    CHECK(is_width("zh-Hans", "“WHO”文", 1 + alone + 1.5F));
    CHECK(is_width("zh-Hans", "中‘WHO’", 1 + alone + 1.5F));
    /* So are signs after them. */
    CHECK(is_width("zh-Hans", "中WHO。", 1 + 0.09F + alone + 0.5F));
    CHECK(is_width("zh-Hans", "中‘WHO’。", 2 + alone + 0.5F + 0.01F + 0.5F));
    CHECK(is_width("ja", "「WHO」、WHO、日", 1 + 0.01F + 2 * alone + 1 + 1 + 1));
    /* An apostrophe is the word's own. */
    const struct glyph_run *run =
        find_run(set_paragraph("zh-Hans", "中it’s文", 500), PIECE_CONTENT, 1);
    CHECK(run && text_equal_c(run->text, "it’s"));
    CHECK(find_run(set_paragraph("en", "“WHO” or ‘WHO’", 500), PIECE_CONTENT, 0)->text.length > 16);
}

static void a_sign_keeps_its_blank_beside_a_character(void)
{
    CHECK(is_width("zh-Hans", "中，文", 3));
    CHECK(is_width("zh-Hans", "中（文", 3));
    CHECK(is_width("zh-Hant", "中，文", 3));
    CHECK(is_width("ja", "日・本", 3));
    CHECK(is_width("ja", "日！本", 3));
}

/* 0.01: kept for readers, see spacing.c. */
static void two_signs_have_one_blank_or_none(void)
{
    CHECK(is_width("zh-Hans", "中」「文", 2 + 1.5F + 0.01F));
    CHECK(is_width("zh-Hans", "中。」文", 2 + 1 + 0.5F + 0.01F));
    CHECK(is_width("zh-Hans", "中「（文", 2 + 1 + 0.5F + 0.01F));
    CHECK(is_width("zh-Hans", "中）。（文", 2 + 1.5F + 0.5F + 0.02F));
    CHECK(is_width("zh-Hant", "中。」文", 2 + 1 + 0.25F + 0.5F + 0.01F));
    CHECK(is_width("ja", "日」、「本", 2 + 1.5F + 0.5F + 0.02F));
}

static void letters_and_figures_stand_apart_from_characters(void)
{
    float alone = letters("ABC"), figures = letters("123");
    CHECK(is_width("zh-Hans", "中ABC文", 2 + alone + 0.18F));
    CHECK(is_width("zh-Hans", "中123文", 2 + figures + 0.18F));
    CHECK(is_width("ja", "あABCア", 2 + alone + 0.18F));
    CHECK(is_width("zh-Hans", "中 ABC", 1 + letters("ABC") + letters("A A") - letters("AA")));
    CHECK(is_width("zh-Hans", "中，ABC", 2 + alone)); /* the comma's blank is enough */
    CHECK(is_width("ko", "中ABC", 1 + alone));
    CHECK(is_width("en", "中ABC", 1 + alone));
}

static void the_gap_before_letters_vanishes_where_a_line_ends(void)
{
    size_t seen = 0;
    for (double width = 100; width < 200; width += 2) {
        struct node *node =
            set_paragraph("zh-Hans", "一二三四五ABC六七八九十DEF一二三四五六", width);
        const struct glyph_run *first, *last;
        for (size_t i = 0; (first = first_of_line(node, i)); i++) {
            last = last_of_line(node, i);
            bool is_asian = (unsigned char)last->text.bytes[0] >= 0xE0;
            float wanted = (float)(last->text.length / 3) * last->size;
            CHECK(!is_asian || fabsf(last->width - wanted) < 0.01F);
            seen += i > 0 && (unsigned char)first->text.bytes[0] < 0x80;
        }
    }
    CHECK(seen > 0);
}

static void korean_code_and_other_languages_keep_whole_squares(void)
{
    CHECK(is_width("ko", "中」「文", 4));
    CHECK(is_width("en", "中」「文", 4));
    begin("zh-Hans");
    struct node *code = add(add(document.root, NODE_PARAGRAPH), NODE_CODE);
    code->text = TEXT("中」「文");
    lay_out(500, 400);
    const struct glyph_run *run = find_run(code, PIECE_CONTENT, 0);
    CHECK(run && fabsf(run->width / run->size - 4) < 0.002F);
}

/* Widths of lines of a justified paragraph, each in the measure, with no gap that readers take for
   a space: 0.1 of the size. */
static void justified_lines_shrink_blanks_and_stretch_no_gap_into_a_space(void)
{
    struct theme theme;
    begin("zh-Hans");
    theme_resolve(&document, &(struct theme_options){0}, &theme);
    struct paragraph paragraph;
    paragraph_init(&paragraph, fonts, &theme);
    struct look look = theme.looks[LOOK_BODY];
    look.justified = true;
    struct node *node = add_block(document.root, NODE_PARAGRAPH,
                                  "脑瘫，是指（发育中的）胎儿，或「婴幼儿」脑部，非进行性损伤。"
                                  "所致的一组持续存在的，（中枢性）运动和姿势发育障碍、活动受限。");
    size_t tight = 0, even = 0;
    for (float measure = 8 * look.size; measure < 20 * look.size; measure += 1.5F) {
        paragraph_fill(&paragraph, node, &look, false);
        paragraph_break(&paragraph, measure);
        for (size_t i = 0; i < paragraph.line_count; i++) {
            const struct text_line *line = &paragraph.lines[i];
            CHECK(line->width <= measure + 0.05F);
            even += line->width > measure - 0.05F;
            tight += line->gap_ratio < 0;
            for (size_t g = line->from; g + 1 < line->to; g++) {
                float room = paragraph_advance(&paragraph, line, g) - paragraph.glyphs[g].advance;
                CHECK(room >= 0 && room <= paragraph.glyphs[g].gap + 0.0901F * look.size);
            }
        }
    }
    CHECK(tight > 3 && even > 20);
    paragraph_release(&paragraph);
}

/* The narrowest that a table's column can be: no gap counts where a line may end. */
static void gaps_count_for_nothing_in_the_narrowest_part(void)
{
    struct theme theme;
    begin("zh-Hans");
    theme_resolve(&document, &(struct theme_options){0}, &theme);
    struct paragraph paragraph;
    paragraph_init(&paragraph, fonts, &theme);
    struct look look = theme.looks[LOOK_BODY];
    struct node *node = add_block(document.root, NODE_PARAGRAPH, "中。文，中（文");
    paragraph_fill(&paragraph, node, &look, false);
    float narrowest, widest;
    paragraph_measure(&paragraph, &narrowest, &widest);
    CHECK(fabsf(narrowest - 1.5F * look.size) < 0.01F);
    CHECK(fabsf(widest - 7 * look.size) < 0.01F);
    paragraph_release(&paragraph);
}

/* In every width, in scripts where the sign before it would let a line end. */
static void no_line_begins_with_the_mark_of_a_note(void)
{
    static const struct {
        const char *language, *before, *after;
    } rows[] = {
        {"zh-Hans", "他说世界很好好好好好。", "然后他们一起去吃饭。"},
        {"ja", "コーヒーを飲もうとした。", "それから家に帰った。"},
        {"ar", "الماء النظيف مفيد للجميع.", " اشرب كوبًا من الماء"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        for (double width = 90; width < 260; width += 3) {
            begin(rows[i].language);
            struct node *paragraph = add(document.root, NODE_PARAGRAPH);
            struct node *before = add_words(paragraph, rows[i].before);
            struct node *call = add(paragraph, NODE_NOTE_REFERENCE);
            struct node *mark = add_words(call, "1");
            add_words(paragraph, rows[i].after);
            call->link.target = add(document.root, NODE_FOOTNOTE);
            call->link.target->footnote.number = 1;
            add_block(call->link.target, NODE_PARAGRAPH, "a");
            lay_out(width, 800);
            const struct glyph_run *last = NULL, *run;
            for (size_t n = 0; (run = find_run(before, PIECE_CONTENT, n)); n++)
                last = !last || run->text_offset > last->text_offset ? run : last;
            run = find_run(mark, PIECE_CONTENT, 0);
            CHECK(run && last && fabsf(run->baseline - last->baseline) < last->size * 0.7F);
        }
    }
}

int main(void)
{
    RUN(no_line_begins_with_the_mark_of_a_note);
    RUN(no_japanese_line_begins_with_what_belongs_to_the_one_before);
    RUN(no_chinese_line_begins_with_what_belongs_to_the_one_before);
    RUN(a_sign_has_no_blank_at_the_edges_of_a_line);
    RUN(quotes_of_chinese_are_of_one_kind_around_latin_letters);
    RUN(a_sign_keeps_its_blank_beside_a_character);
    RUN(two_signs_have_one_blank_or_none);
    RUN(letters_and_figures_stand_apart_from_characters);
    RUN(the_gap_before_letters_vanishes_where_a_line_ends);
    RUN(korean_code_and_other_languages_keep_whole_squares);
    RUN(justified_lines_shrink_blanks_and_stretch_no_gap_into_a_space);
    RUN(gaps_count_for_nothing_in_the_narrowest_part);
    end();
    UNIT_EXIT();
}

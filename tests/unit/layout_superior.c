/* Raised and lowered marks: the font's own raised figures where it has them all. */
#include "tests/unit/layout_sample.h"

#include "base/contrast.h"
#include "layout/typefaces.h"

static struct node *plain, *mark;
static struct theme chosen;

/* "words 1", and a call of a note that says `says`, in that profile. */
static const struct glyph_run *set(const char *profile, const char *says)
{
    begin("en");
    struct node *paragraph = add(document.root, NODE_PARAGRAPH);
    add_words(paragraph, "words ");
    plain = add_words(add(paragraph, NODE_SPAN), "1");
    struct node *call = add(paragraph, NODE_NOTE_REFERENCE);
    mark = add_words(call, says);
    document_number_nodes(&document);
    struct theme_options wishes = {
        .profile = profile_find(text_from_c(profile)), .paper_width = 500, .paper_height = 500};
    theme_resolve(&document, &wishes, &chosen);
    CHECK(fonts_choose(fonts, &chosen, &report));
    struct layout_options options = {.theme = &chosen};
    arena_release(&pages_arena);
    CHECK(layout_document(&document, &options, fonts, &pages_arena, &pages));
    CHECK(all_is_painted_once());
    const struct glyph_run *run = find_run(mark, PIECE_CONTENT, 0);
    CHECK(run && text_equal_c(run->text, says));
    return run;
}

/* Is it set with glyphs of its own? */
static bool is_own(const struct glyph_run *run)
{
    return run->glyphs[0].id != find_run(plain, PIECE_CONTENT, 0)->glyphs[0].id;
}

static void a_note_mark_is_in_the_fonts_own_raised_figures(void)
{
    const struct glyph_run *run = set("standard", "1");
    const struct glyph_run *beside = find_run(plain, PIECE_CONTENT, 0);
    CHECK(is_own(run));
    CHECK(run->size >= beside->size && run->size < beside->size * 1.2F);
    /* Figures of 0.6 of their size: no smaller than the theme's smallest mark. */
    CHECK(run->size * 0.6F > chosen.raised_smallest - 0.2F);
    CHECK(run->baseline >= beside->baseline);
}

static void a_mark_of_several_figures_too(void)
{
    const struct glyph_run *run = set("standard", "12");
    CHECK(is_own(run) && run->glyph_count == 2);
    CHECK(run->glyphs[0].id != run->glyphs[1].id);
}

static void what_the_font_has_no_raised_glyphs_for_is_scaled(void)
{
    static const char *const marks[] = {"1,2", "1a", "1*"};
    for (size_t i = 0; i < sizeof marks / sizeof *marks; i++) {
        const struct glyph_run *run = set("standard", marks[i]);
        CHECK(!is_own(run));
        CHECK(run->size < chosen.looks[LOOK_BODY].size);
        CHECK(run->baseline < find_run(plain, PIECE_CONTENT, 0)->baseline);
    }
}

/* OpenDyslexic has three raised figures: they would stand beside seven that are scaled. */
static void a_font_with_some_raised_figures_uses_none(void)
{
    const struct glyph_run *run = set("dyslexia", "1");
    CHECK(!is_own(run) && run->size < chosen.looks[LOOK_BODY].size);
}

static void large_print_has_no_small_figures(void)
{
    const struct glyph_run *run = set("large-print", "1");
    CHECK(!is_own(run) && run->size >= 18);
}

/* "xa", the a raised or lowered; says: what stands there in its place. */
static void set_script(enum node_kind kind, const char *says, const struct glyph_run **beside,
                       const struct glyph_run **run)
{
    begin("en");
    struct node *paragraph = add(document.root, NODE_PARAGRAPH);
    plain = add_words(paragraph, "x1");
    mark = add_words(add(paragraph, kind), says);
    lay_out(500, 500);
    *beside = find_run(plain, PIECE_CONTENT, 0);
    *run = find_run(mark, PIECE_CONTENT, 0);
    CHECK(*run && *beside);
}

static void superscripts_and_subscripts_are_raised_and_lowered(void)
{
    static const enum node_kind kinds[] = {NODE_SUPERSCRIPT, NODE_SUBSCRIPT};
    for (size_t i = 0; i < 2; i++) {
        const struct glyph_run *run, *beside;
        set_script(kinds[i], "a?", &beside, &run);
        CHECK(run->size < beside->size);
        CHECK(i == 0 ? run->baseline < beside->baseline : run->baseline > beside->baseline);
    }
}

static void a_subscript_is_in_the_fonts_own_lowered_figures(void)
{
    const struct glyph_run *run, *beside;
    set_script(NODE_SUBSCRIPT, "12", &beside, &run);
    CHECK(run->glyph_count == 2 && run->glyphs[0].id != beside->glyphs[1].id);
    CHECK(run->size >= beside->size && run->baseline <= beside->baseline);
}

static void a_line_is_as_high_with_them_as_without(void)
{
    float heights[3];
    static const enum node_kind kinds[] = {NODE_SPAN, NODE_SUPERSCRIPT, NODE_SUBSCRIPT};
    for (size_t i = 0; i < 3; i++) {
        const struct glyph_run *run, *beside;
        set_script(kinds[i], "a?", &beside, &run);
        heights[i] = beside->ascent + beside->descent;
    }
    CHECK(heights[1] == heights[0] && heights[2] == heights[0]);
}

static const struct rule *find_rule(void)
{
    for (size_t i = 0; i < pages.pages[0].item_count; i++) {
        if (pages.pages[0].items[i].kind == ITEM_RULE && pages.pages[0].items[i].node == mark)
            return &pages.pages[0].items[i].rule;
    }
    return NULL;
}

static void what_is_highlighted_stands_on_a_tint(void)
{
    const struct glyph_run *run, *beside;
    set_script(NODE_HIGHLIGHT, "words", &beside, &run);
    const struct rule *ground = find_rule();
    CHECK(ground && ground->y < run->baseline && ground->y + ground->height > run->baseline);
    CHECK(ground->width >= run->width - 0.1F);
    CHECK(contrast_ratio(ground->colour, run->colour) >= 7);
    CHECK(contrast_ratio(ground->colour, 0xFFFFFF) > 1.05);
    set_script(NODE_UNDERLINE, "words", &beside, &run);
    CHECK(find_rule() && find_rule()->y > run->baseline && find_rule()->height < 2);
}

static void small_capitals_are_the_fonts_own(void)
{
    const struct glyph_run *run, *beside;
    set_script(NODE_SMALL_CAPITALS, "x", &beside, &run);
    CHECK(run->glyphs[0].id != beside->glyphs[0].id && run->size == beside->size);
    CHECK(text_equal_c(run->text, "x"));
}

int main(void)
{
    RUN(a_note_mark_is_in_the_fonts_own_raised_figures);
    RUN(a_mark_of_several_figures_too);
    RUN(what_the_font_has_no_raised_glyphs_for_is_scaled);
    RUN(a_font_with_some_raised_figures_uses_none);
    RUN(large_print_has_no_small_figures);
    RUN(superscripts_and_subscripts_are_raised_and_lowered);
    RUN(a_subscript_is_in_the_fonts_own_lowered_figures);
    RUN(a_line_is_as_high_with_them_as_without);
    RUN(what_is_highlighted_stands_on_a_tint);
    RUN(small_capitals_are_the_fonts_own);
    end();
    UNIT_EXIT();
}

/* Raised and lowered marks: the font's own raised figures where it has them all. */
#include "tests/unit/layout_sample.h"

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

static void spans_of_a_citation_are_raised_and_lowered(void)
{
    static const char *const classes[] = {"superscript", "subscript"};
    for (size_t i = 0; i < 2; i++) {
        begin("en");
        struct node *paragraph = add(document.root, NODE_PARAGRAPH);
        struct node *before = add_words(paragraph, "x");
        struct node *span = add(paragraph, NODE_SPAN);
        struct attribute class = {.key = TEXT("class"), .value = text_from_c(classes[i])};
        span->attributes = &class;
        struct node *inside = add_words(span, "a");
        lay_out(500, 500);
        const struct glyph_run *run = find_run(inside, PIECE_CONTENT, 0);
        const struct glyph_run *beside = find_run(before, PIECE_CONTENT, 0);
        CHECK(run && beside && run->size < beside->size);
        CHECK(i == 0 ? run->baseline < beside->baseline : run->baseline > beside->baseline);
    }
}

int main(void)
{
    RUN(a_note_mark_is_in_the_fonts_own_raised_figures);
    RUN(a_mark_of_several_figures_too);
    RUN(what_the_font_has_no_raised_glyphs_for_is_scaled);
    RUN(a_font_with_some_raised_figures_uses_none);
    RUN(large_print_has_no_small_figures);
    RUN(spans_of_a_citation_are_raised_and_lowered);
    end();
    UNIT_EXIT();
}

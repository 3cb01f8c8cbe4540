/* Content streams: Cairo's markers become our marked content, and nothing else changes. */
#include "unit.h"

#include "pdf/content.h"

static struct element paragraph = {.tag = TAG_P};
static struct element leaf = {.tag = TAG_CONTENT, .parent = &paragraph};
static const struct mark marks[] = {
    {.content = &leaf, .mcid = 0},
    {.content = NULL, .artifact = ARTIFACT_FOOTER},
    {.content = &leaf, .mcid = 1},
};

/* What is wrong with `content`, which has `count` marks; NULL: nothing, and it became `wanted`. */
static const char *rewrite(const char *content, size_t count, const char *wanted)
{
    struct buffer out;
    buffer_init(&out, 4096);
    const char *why = content_rewrite(text_from_c(content), marks, count, PDF_UA1, &out);
    if (!why && wanted && !text_equal_c(buffer_text(&out), wanted))
        why = "became something else";
    buffer_release(&out);
    return why;
}

static void test_markers_become_marked_content_and_artifacts(void)
{
    CHECK(!rewrite(
        "q\n/P << /MCID 0 >> BDC\nBT (a) Tj ET\nEMC\n/Span << /MCID 1 >> BDC\n0 0 1 1 re f\nEMC\n"
        "/Code << /MCID 2 >> BDC\nBT [<01>-3<02>]TJ ET\nEMC\nQ\n",
        3,
        "q\n/P<</MCID 0>>BDC\nBT (a) Tj ET\nEMC\n"
        "/Artifact<</Type/Pagination/Subtype/Footer/Attached[/Bottom]>>BDC\n0 0 1 1 re f\nEMC\n"
        "/P<</MCID 1>>BDC\nBT [<01>-3<02>]TJ ET\nEMC\nQ\n"));
}

static void test_operators_in_strings_and_comments_are_not_operators(void)
{
    const char *plain = "(EMC \\) ( BDC ) f) pop % EMC f\n<46> pop";
    CHECK(!rewrite(plain, 0, plain));
}

static void test_an_inline_image_is_passed_over(void)
{
    CHECK(!rewrite("/P << /MCID 0 >> BDC BI /W 1 /H 1 ID f EMC ( EIx \nEI EMC", 1,
                   "/P<</MCID 0>>BDC BI /W 1 /H 1 ID f EMC ( EIx \nEI EMC"));
}

static void test_what_a_drawing_marks_itself_stays(void)
{
    CHECK(!rewrite("/P << /MCID 0 >> BDC /Span << /ActualText <feff0066> >> BDC (f) Tj EMC EMC", 1,
                   "/P<</MCID 0>>BDC /Span << /ActualText <feff0066> >> BDC (f) Tj EMC EMC"));
}

static void test_a_dropped_marker_is_noticed(void)
{
    CHECK(rewrite("/Span << /MCID 1 >> BDC EMC", 2, NULL)); /* the first */
    CHECK(rewrite("/Code << /MCID 1 >> BDC EMC", 1, NULL)); /* renumbered */
    CHECK(rewrite("/P << /MCID 0 >> BDC EMC", 2, NULL));    /* the last */
    CHECK(rewrite("/P << /MCID 0 >> BDC EMC", 0, NULL));    /* one too many */
}

static void test_unbalanced_and_nested_markers_are_noticed(void)
{
    CHECK(rewrite("/P << /MCID 0 >> BDC", 1, NULL));
    CHECK(rewrite("EMC", 0, NULL));
    CHECK(rewrite("/P << /MCID 0 >> BDC /Span << /MCID 1 >> BDC EMC EMC", 2, NULL));
}

static void test_paint_outside_of_markers_is_noticed(void)
{
    CHECK(rewrite("BT (a) Tj ET", 0, NULL));
    CHECK(rewrite("0 0 1 1 re f*", 0, NULL));
    CHECK(rewrite("/x5 Do", 0, NULL));
    CHECK(!rewrite("1 0 0 -1 0 842 cm q 0 0 1 1 re W n Q", 0, NULL));
}

static void test_content_that_breaks_off_is_no_harm(void)
{
    static const char whole[] = "/P << /MCID 0 >> BDC BT (a\\)(b)) Tj <0a> Tj ET BI ID x EI EMC %c";
    for (size_t length = 0; length < sizeof whole; length++) {
        struct buffer out;
        buffer_init(&out, 4096);
        content_rewrite((text){whole, length}, marks, 1, PDF_UA2, &out);
        buffer_release(&out);
    }
}

int main(void)
{
    RUN(test_markers_become_marked_content_and_artifacts);
    RUN(test_operators_in_strings_and_comments_are_not_operators);
    RUN(test_an_inline_image_is_passed_over);
    RUN(test_what_a_drawing_marks_itself_stays);
    RUN(test_a_dropped_marker_is_noticed);
    RUN(test_unbalanced_and_nested_markers_are_noticed);
    RUN(test_paint_outside_of_markers_is_noticed);
    RUN(test_content_that_breaks_off_is_no_harm);
    UNIT_EXIT();
}

#include "tests/unit/unit.h"

#include "layout/optimal.h"

#include <math.h>

/* The paragraph that the paper breaks: the beginning of the Frog King, with the widths of its
   characters in eighteenths of an em (Knuth and Plass 1981, figures 1 to 3), and hyphenation points
   as it gives them. */
static const char frog_king[] =
    "In olden times when wish-ing still helped one, there lived a king whose daugh-ters were all "
    "beau-ti-ful; and the young-est was so beau-ti-ful that the sun it-self, which has seen so "
    "much, was aston-ished when-ever it shone in her face. Close by the king's castle lay a great "
    "dark for-est, and un-der an old lime-tree in the for-est was a well, and when the day was "
    "very warm, the king's child went out into the for-est and sat down by the side of the cool "
    "foun-tain; and when she was bored she took a golden ball, and threw it up on high and caught "
    "it; and this ball was her favor-ite play-thing.";

static float width_of(char c)
{
    static const signed char lower[26] = {9,  10, 8,  10, 8, 6, 9, 10, 5, 6,  10, 5,  15,
                                          10, 9,  10, 10, 7, 7, 7, 10, 9, 13, 10, 10, 8};
    if (c >= 'a' && c <= 'z')
        return lower[c - 'a'];
    switch (c) {
    case 'C':
        return 13;
    case 'I':
        return 6;
    case '-':
        return 6;
    default: /* , ; . ' */
        return 5;
    }
}

static struct break_item items[2000];
static struct optimal_workspace workspace;
static size_t item_count;

static void add(enum break_kind kind, float width, float stretch, float shrink, int penalty)
{
    items[item_count++] = (struct break_item){.width = width,
                                              .stretch = stretch,
                                              .shrink = shrink,
                                              .penalty = (int16_t)penalty,
                                              .kind = (uint8_t)kind};
}

static void add_space(char before)
{
    switch (before) {
    case ',':
        add(BREAK_GLUE, 6, 4, 2, 0);
        break;
    case ';':
        add(BREAK_GLUE, 6, 4, 1, 0);
        break;
    case '.':
        add(BREAK_GLUE, 8, 6, 1, 0);
        break;
    default:
        add(BREAK_GLUE, 6, 3, 2, 0);
        break;
    }
}

static void set_frog_king(void)
{
    item_count = 0;
    float word = 0;
    for (const char *c = frog_king; *c; c++) {
        if (*c == ' ') {
            add(BREAK_BOX, word, 0, 0, 0);
            add_space(c[-1]);
            word = 0;
        } else if (*c == '-') {
            add(BREAK_BOX, word, 0, 0, 0);
            /* "lime-tree" has its hyphen in any case */
            bool is_written = c >= frog_king + 4 && memcmp(c - 4, "lime-", 5) == 0;
            if (is_written)
                add(BREAK_BOX, 6, 0, 0, 0);
            add(BREAK_PENALTY, is_written ? 0 : 6, 0, 0, 50);
            word = 0;
        } else {
            word += width_of(*c);
        }
    }
    add(BREAK_BOX, word, 0, 0, 0);
    add(BREAK_PENALTY, 0, 0, 0, PENALTY_NEVER);
    add(BREAK_GLUE, 0, 100000, 0, 0);
    add(BREAK_PENALTY, 0, 0, 0, PENALTY_FORCED);
}

/* The first line of the paper's paragraph is set in by an em. */
static size_t set_paragraph(const struct optimal_options *changed, size_t *breaks, float *ratios,
                            size_t *overfull)
{
    struct optimal_options options = *changed;
    options.first_indent = 18;
    set_frog_king();
    return break_optimal(items, item_count, &options, &workspace, breaks, ratios, overfull);
}

static void the_paragraph_of_the_paper_is_broken_as_the_paper_breaks_it(void)
{
    static const float published[] = {0.857F, 0.000F,  0.280F, 1.000F,  0.067F, -0.278F,
                                      0.536F, -0.167F, 0.700F, -0.176F, 0.357F};
    size_t breaks[100], overfull;
    float ratios[100];
    struct optimal_options options = optimal_options_for(390, false);
    size_t lines = set_paragraph(&options, breaks, ratios, &overfull);
    CHECK(lines == sizeof published / sizeof *published + 1);
    for (size_t i = 0; i + 1 < lines; i++)
        CHECK(fabsf(ratios[i] - published[i]) < 0.0006F);
    CHECK(fabsf(ratios[lines - 1]) < 0.05F && overfull == 0);
    CHECK(breaks[lines - 1] == item_count - 1);
}

static double length_of_line(const size_t *breaks, size_t line)
{
    double width = 0, pending = 0;
    for (size_t i = line ? breaks[line - 1] + 1 : 0; i < breaks[line]; i++) {
        if (items[i].kind == BREAK_BOX) {
            width += pending + (double)items[i].width;
            pending = 0;
        } else if (items[i].kind == BREAK_GLUE && width > 0) {
            pending += (double)items[i].width;
        }
    }
    if (items[breaks[line]].kind == BREAK_PENALTY)
        width += (double)items[breaks[line]].width;
    return width;
}

static void no_line_of_ragged_text_is_longer_than_the_measure(void)
{
    size_t breaks[1000], overfull;
    for (float measure = 150; measure < 900; measure += 13) {
        struct optimal_options options = optimal_options_for(measure, true);
        size_t lines = set_paragraph(&options, breaks, NULL, &overfull);
        CHECK(lines > 0 && overfull == 0 && breaks[lines - 1] == item_count - 1);
        for (size_t i = 0; i < lines; i++)
            CHECK(length_of_line(breaks, i) <= (double)measure - (i ? 0 : 18) + 0.02);
    }
}

static void a_box_longer_than_the_measure_is_a_line_of_its_own(void)
{
    size_t breaks[100], overfull;
    struct optimal_options options = optimal_options_for(100, false);
    item_count = 0;
    for (int i = 0; i < 5; i++) {
        add(BREAK_BOX, i == 2 ? 130 : 40, 0, 0, 0);
        add(BREAK_GLUE, 10, 5, 3, 0);
    }
    add(BREAK_GLUE, 0, 100000, 0, 0);
    add(BREAK_PENALTY, 0, 0, 0, PENALTY_FORCED);
    size_t lines = break_optimal(items, item_count, &options, &workspace, breaks, NULL, &overfull);
    CHECK(lines == 3 && overfull == 1);
    CHECK(breaks[0] == 3 && breaks[1] == 5);
}

/* 98 of 100 without the hyphen of six that stands before the last three. */
static void set_short_tail(float head)
{
    item_count = 0;
    add(BREAK_BOX, head, 0, 0, 0);
    add(BREAK_PENALTY, 6, 0, 0, 90);
    add(BREAK_BOX, 3, 0, 0, 0);
    add(BREAK_GLUE, 5, 2.5F, 1.6F, 0);
    add(BREAK_BOX, 40, 0, 0, 0);
    add(BREAK_PENALTY, 0, 0, 0, PENALTY_NEVER);
    add(BREAK_GLUE, 0, 100000, 0, 0);
    add(BREAK_PENALTY, 0, 0, 0, PENALTY_FORCED);
}

static void a_hyphen_that_does_not_fit_does_not_hide_a_shorter_rest(void)
{
    size_t breaks[8], overfull;
    for (int ragged = 0; ragged < 2; ragged++) {
        struct optimal_options options = optimal_options_for(100, ragged);
        set_short_tail(95);
        CHECK(break_optimal(items, item_count, &options, &workspace, breaks, NULL, &overfull) == 2);
        CHECK(breaks[0] == 3 && overfull == 0);
        set_short_tail(99); /* neither fits: one line is too long, and only that */
        CHECK(break_optimal(items, item_count, &options, &workspace, breaks, NULL, &overfull) == 2);
        CHECK(overfull == 1);
    }
}

static void what_hangs_takes_no_room(void)
{
    size_t breaks[8];
    struct optimal_options options = optimal_options_for(100, true);
    for (int hangs = 0; hangs < 2; hangs++) {
        item_count = 0;
        for (int i = 0; i < 4; i++) { /* two to a line need 102, and 3 of them hang at the start */
            add(BREAK_BOX, 48, 0, 0, 0);
            items[item_count - 1].hang = hangs ? 3 : 0;
            add(BREAK_GLUE, 6, 0, 0, 0);
        }
        add(BREAK_PENALTY, 0, 0, 0, PENALTY_FORCED);
        CHECK(break_optimal(items, item_count, &options, &workspace, breaks, NULL, NULL) ==
              (hangs ? 2 : 4));
    }
}

static void space_before_a_forced_end_makes_no_empty_line(void)
{
    size_t breaks[8], overfull;
    for (int justified = 0; justified < 2; justified++) {
        struct optimal_options options = optimal_options_for(100, !justified);
        for (int looseness = 0; looseness < 2; looseness++) {
            options.looseness = looseness;
            item_count = 0;
            for (int i = 0; i < 2; i++) {
                add(BREAK_BOX, 98, 0, 0, 0);
                add(BREAK_GLUE, 30, 15, 10, 0);
                if (justified) {
                    add(BREAK_PENALTY, 0, 0, 0, PENALTY_NEVER);
                    add(BREAK_GLUE, 0, 100000, 0, 0);
                }
                add(BREAK_PENALTY, 0, 0, 0, PENALTY_FORCED);
            }
            size_t lines =
                break_optimal(items, item_count, &options, &workspace, breaks, NULL, &overfull);
            CHECK(lines == 2 && overfull == 0 && breaks[0] == item_count / 2 - 1);
        }
    }
}

static void looseness_changes_the_number_of_lines(void)
{
    size_t breaks[100];
    struct optimal_options options = optimal_options_for(390, false);
    options.tolerance = 10;
    size_t usual = set_paragraph(&options, breaks, NULL, NULL);
    options.looseness = 1;
    CHECK(set_paragraph(&options, breaks, NULL, NULL) == usual + 1);
    options.looseness = 0;
    CHECK(set_paragraph(&options, breaks, NULL, NULL) == usual);
}

static void nothing_makes_no_line(void)
{
    size_t breaks[1];
    struct optimal_options options = optimal_options_for(100, true);
    CHECK(break_optimal(items, 0, &options, &workspace, breaks, NULL, NULL) == 0);
}

int main(void)
{
    RUN(the_paragraph_of_the_paper_is_broken_as_the_paper_breaks_it);
    RUN(no_line_of_ragged_text_is_longer_than_the_measure);
    RUN(a_box_longer_than_the_measure_is_a_line_of_its_own);
    RUN(a_hyphen_that_does_not_fit_does_not_hide_a_shorter_rest);
    RUN(what_hangs_takes_no_room);
    RUN(space_before_a_forced_end_makes_no_empty_line);
    RUN(looseness_changes_the_number_of_lines);
    RUN(nothing_makes_no_line);
    UNIT_EXIT();
}

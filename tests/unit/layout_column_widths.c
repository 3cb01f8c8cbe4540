/* How the columns of a table share its measure. */
#include "tests/unit/unit.h"

#include "layout/column_widths.h"

#include <math.h>

enum { MOST = 4 };
static float widths[MOST];

static float choose(const struct column_wish *wishes, size_t count, float measure)
{
    float sum = 0;
    column_widths_choose(wishes, count, measure, 90, widths);
    for (size_t i = 0; i < count; i++)
        sum += widths[i];
    return sum;
}

static bool is_near(float a, float b)
{
    return fabsf(a - b) < 0.01F;
}

static void test_a_table_with_room_is_as_wide_as_its_words(void)
{
    const struct column_wish wishes[] = {{10, 40, 80, 80, false}, {10, 30, 60, 70, false}};
    CHECK(is_near(choose(wishes, 2, 400), 150));
    CHECK(is_near(widths[0], 80) && is_near(widths[1], 70));
}

static void test_heads_of_numbers_break_before_words_below_other_heads_do(void)
{
    /* "Distance in a row (cm)" over two digits, beside "in the middle of spring" */
    const struct column_wish wishes[] = {
        {10, 50, 130, 130, false}, {10, 60, 20, 150, false}, {10, 60, 20, 150, false}};
    CHECK(is_near(choose(wishes, 3, 300), 300));
    CHECK(widths[0] >= 130 && widths[1] >= 60 && is_near(widths[1], widths[2]));
}

static void test_short_columns_are_whole_beside_long_ones(void)
{
    const struct column_wish wishes[] = {
        {10, 40, 90, 90, false}, {10, 60, 600, 600, false}, {10, 60, 1800, 1800, false}};
    CHECK(is_near(choose(wishes, 3, 450), 450));
    CHECK(is_near(widths[0], 90));
    CHECK(widths[2] > 2 * widths[1] && widths[1] > 60); /* in proportion to what they hold */
}

static void test_no_word_is_broken_for_a_column_that_would_be_content(void)
{
    const struct column_wish wishes[] = {{10, 40, 140, 140, false}, {10, 200, 900, 900, false}};
    CHECK(is_near(choose(wishes, 2, 300), 300));
    CHECK(widths[0] >= 40 && widths[1] >= 200 - 0.01F);
}

static void test_short_words_stay_whole_beside_a_word_that_fits_nowhere(void)
{
    const struct column_wish wishes[] = {
        {10, 40, 40, 40, false}, {10, 1200, 1200, 1200, false}, {10, 60, 60, 60, false}};
    CHECK(is_near(choose(wishes, 3, 400), 400));
    CHECK(is_near(widths[0], 40) && is_near(widths[1], 300) && is_near(widths[2], 60));
    const struct column_wish long_ones[] = {{10, 300, 300, 300, false}, {10, 300, 300, 300, false}};
    CHECK(is_near(choose(long_ones, 2, 400), 400) && is_near(widths[0], widths[1]));
}

static void test_columns_to_be_filled_in_get_room(void)
{
    const struct column_wish wishes[] = {{10, 40, 150, 150, false}, {10, 30, 10, 30, true}};
    choose(wishes, 2, 400);
    CHECK(is_near(widths[0], 150) && is_near(widths[1], 180)); /* twice the hand's */
    choose(wishes, 2, 260);
    CHECK(is_near(widths[0], 150) && is_near(widths[1], 110));
    CHECK(is_near(choose(wishes, 2, 200), 200));
    CHECK(is_near(widths[1], 90)); /* the words break, the hand has its room */
}

static void test_whatever_is_wished_the_measure_is_kept(void)
{
    for (unsigned seed = 1; seed < 3000; seed++) {
        struct column_wish wishes[MOST];
        unsigned value = seed * 2654435761U;
        size_t count = 1 + seed % MOST;
        float narrowest = 0, measure = (float)(50 + seed % 700);
        for (size_t i = 0; i < count; i++) {
            float parts[3];
            for (int k = 0; k < 3; k++) {
                value = value * 1664525U + 1013904223U;
                parts[k] = (float)(value >> 16 & 0xFF);
            }
            wishes[i] = (struct column_wish){.least = 5,
                                             .narrowest = 5 + parts[0],
                                             .widest = 5 + parts[0] + parts[1] * 3,
                                             .is_blank = value >> 24 & 1};
            wishes[i].body = wishes[i].widest * parts[2] / 255;
            narrowest += wishes[i].narrowest;
        }
        CHECK(choose(wishes, count, measure) <= measure + 0.1F);
        for (size_t i = 0; i < count; i++)
            CHECK(widths[i] > 0 &&
                  (narrowest > measure || widths[i] >= wishes[i].narrowest - 0.1F));
    }
}

int main(void)
{
    RUN(test_a_table_with_room_is_as_wide_as_its_words);
    RUN(test_heads_of_numbers_break_before_words_below_other_heads_do);
    RUN(test_short_columns_are_whole_beside_long_ones);
    RUN(test_no_word_is_broken_for_a_column_that_would_be_content);
    RUN(test_short_words_stay_whole_beside_a_word_that_fits_nowhere);
    RUN(test_columns_to_be_filled_in_get_room);
    RUN(test_whatever_is_wished_the_measure_is_kept);
    UNIT_EXIT();
}

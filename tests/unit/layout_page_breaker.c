/* Where pages end: the pieces alone, without text. */
#include "tests/unit/unit.h"

#include "layout/page_breaker.h"

#include <math.h>
#include <stdlib.h>

enum { MOST = 200000 };
static struct page_piece pieces[MOST];
static struct page_breaker breaker;
static const float line = 10, page = 200; /* twenty lines */

static struct page_view view_of(size_t count)
{
    return (struct page_view){.pieces = pieces,
                              .count = count,
                              .room = page,
                              .short_room = page,
                              .note_rule = 5,
                              .is_last = true};
}

static void fill(size_t count)
{
    for (size_t i = 0; i < count; i++)
        pieces[i] = (struct page_piece){.height = line};
}

static size_t choose(size_t count)
{
    struct page_view view = view_of(count);
    return page_breaker_choose(&breaker, &view, NULL);
}

static void a_page_takes_what_goes_on_it(void)
{
    fill(50);
    CHECK(choose(50) == 20);
    CHECK(choose(20) == 20);
    CHECK(choose(3) == 3);
    CHECK(choose(0) == 0);
}

static void a_worse_place_is_passed_over_while_the_page_stays_full_enough(void)
{
    static const enum break_quality qualities[] = {PAGE_BREAK_ANNOUNCED, PAGE_BREAK_AVOID,
                                                   PAGE_BREAK_EDGE_ROW, PAGE_BREAK_ORPHAN,
                                                   PAGE_BREAK_WIDOW};
    size_t before = 20;
    for (size_t q = 0; q < sizeof qualities / sizeof *qualities; q++) {
        /* Bad places reach up from the page's foot until going back costs more than they do. */
        size_t passed = 0;
        for (size_t bad = 1; bad < 20; bad++) {
            fill(60);
            for (size_t i = 20 - bad; i < 20; i++)
                pieces[i].quality = (uint8_t)qualities[q];
            if (choose(60) == 20 - bad)
                passed = bad;
        }
        float share = sqrtf(page_costs.of[qualities[q]] / page_costs.emptiness);
        CHECK(fabsf((float)passed - share * 20) <= 1.01F);
        CHECK(20 - passed <= before); /* the later reason is the stronger */
        before = 20 - passed;
    }
}

static void what_must_stay_together_does_even_on_a_page_that_is_nearly_empty(void)
{
    fill(40);
    for (size_t i = 1; i < 20; i++)
        pieces[i].quality = PAGE_BREAK_NEVER;
    CHECK(choose(40) == 1);
    fill(40); /* but there is no other way if it fills more than a page */
    for (size_t i = 0; i < 39; i++)
        pieces[i].quality = PAGE_BREAK_NEVER;
    CHECK(choose(40) == 20);
}

static void a_bad_end_is_seen_a_page_ahead(void)
{
    /* The second page cannot be full: both are short by a little. */
    fill(60);
    for (size_t i = 36; i < 40; i++)
        pieces[i].quality = PAGE_BREAK_NEVER;
    CHECK(choose(60) == 18);
    /* One line more than two pages: it does not stand on the last alone. */
    fill(41);
    struct page_view view = view_of(41);
    double cost;
    page_breaker_choose(&breaker, &view, &cost);
    CHECK(cost > 0 && cost < (double)page_costs.poor_last);
}

static void a_forced_break_ends_the_page(void)
{
    fill(50);
    pieces[4].quality = PAGE_BREAK_FORCED;
    CHECK(choose(50) == 5);
}

static void a_piece_that_no_page_holds_stands_alone(void)
{
    fill(5);
    pieces[1].height = 1000;
    CHECK(choose(5) == 1);
    fill(5);
    pieces[0].height = 1000;
    CHECK(choose(5) == 1);
}

static void a_note_may_be_divided_but_at_a_cost(void)
{
    fill(60);
    for (size_t i = 0; i < 60; i++)
        pieces[i].quality = PAGE_BREAK_FREE;
    pieces[10].notes = pieces[10].last_note = 60;
    pieces[10].least_note = 20;
    CHECK(choose(60) == 13); /* 130 and 65: the whole note fits */
    pieces[18].notes = pieces[18].last_note = 60;
    pieces[18].least_note = 20;
    CHECK(choose(60) == 13);
    fill(60);
    pieces[16].notes = pieces[16].last_note = 60;
    pieces[16].least_note = 20;
    /* 16 lines without the note: short by a fifth, which is 40; 17 with its beginning: 30. */
    CHECK(choose(60) == 17);
}

static void the_room_below_a_title_is_less(void)
{
    fill(60);
    struct page_view view = view_of(60);
    view.short_room = 100;
    view.short_count = 2;
    CHECK(page_breaker_choose(&breaker, &view, NULL) == 10);
    view.first_notes = 30;
    CHECK(page_breaker_choose(&breaker, &view, NULL) == 7);
}

/* Every set of breaks, weighed by a sum of its own. */
static double cost_of_set(const struct page_view *view, unsigned breaks)
{
    double sum = 0;
    for (size_t first = 0; first < view->count;) {
        float used = pieces[first].head + pieces[first].height;
        size_t last = first;
        while (last + 1 < view->count && !(breaks >> last & 1)) {
            last++;
            used += pieces[last].gap + pieces[last].height;
        }
        used += pieces[last].foot;
        if (used > page + 0.01F && last > first)
            return 1e18; /* more than a page */
        if (used > page + 0.01F)
            sum += (double)page_costs.overfull * (double)(used - page);
        if (last + 1 < view->count) {
            double empty = used < page ? (double)((page - used) / page) : 0;
            sum += (double)page_costs.emptiness * empty * empty +
                   (double)page_costs.of[pieces[last].quality];
        } else if (used - pieces[last].foot < page_costs.least_last * page) {
            sum += (double)page_costs.poor_last;
        }
        first = last + 1;
    }
    return sum;
}

static uint32_t seed;
static unsigned chance(unsigned below)
{
    seed = seed * 1664525 + 1013904223;
    return (seed >> 16) % below;
}

static void no_other_set_of_breaks_is_cheaper(void)
{
    enum { COUNT = 13 };
    for (seed = 1; seed < 4000; seed += 41) {
        uint32_t kept = seed;
        for (size_t i = 0; i < COUNT; i++) {
            pieces[i] = (struct page_piece){
                .height = (float)(10 + chance(90)),
                .gap = (float)chance(12),
                .head = chance(4) ? 0 : 8,
                .foot = chance(4) ? 0 : 5,
                .quality = (uint8_t)chance(PAGE_BREAK_FORCED),
            };
        }
        if (chance(5) == 0)
            pieces[chance(COUNT)].height = 260;
        seed = kept;
        struct page_view view = view_of(COUNT);
        double found, best = 1e18;
        page_breaker_choose(&breaker, &view, &found);
        for (unsigned breaks = 0; breaks < 1U << (COUNT - 1); breaks++) {
            double cost = cost_of_set(&view, breaks);
            best = cost < best ? cost : best;
        }
        CHECK(fabs(found - best) <= best * 1e-6 + 1e-3);
        /* What is left after the first page is again the best. */
        size_t first = page_breaker_choose(&breaker, &view, NULL);
        CHECK(first >= 1 && first <= COUNT);
    }
}

static void twice_the_pieces_take_twice_the_steps(void)
{
    size_t steps[2];
    for (size_t i = 0; i < 2; i++) {
        size_t count = MOST / 2 * (i + 1);
        for (size_t k = 0; k < count; k++)
            pieces[k] = (struct page_piece){.height = (float)(5 + k % 7),
                                            .quality = (uint8_t)(k % PAGE_BREAK_FORCED)};
        breaker.steps = 0;
        choose(count);
        steps[i] = breaker.steps;
    }
    CHECK(steps[0] > 0 && steps[1] <= steps[0] * 2 + 2000);
    CHECK(steps[1] / MOST < 60); /* no more than the pieces of a page for each */
}

int main(void)
{
    RUN(a_page_takes_what_goes_on_it);
    RUN(a_worse_place_is_passed_over_while_the_page_stays_full_enough);
    RUN(what_must_stay_together_does_even_on_a_page_that_is_nearly_empty);
    RUN(a_bad_end_is_seen_a_page_ahead);
    RUN(a_forced_break_ends_the_page);
    RUN(a_piece_that_no_page_holds_stands_alone);
    RUN(a_note_may_be_divided_but_at_a_cost);
    RUN(the_room_below_a_title_is_less);
    RUN(no_other_set_of_breaks_is_cheaper);
    RUN(twice_the_pieces_take_twice_the_steps);
    page_breaker_release(&breaker);
    UNIT_EXIT();
}

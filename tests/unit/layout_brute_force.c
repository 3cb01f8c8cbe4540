/* The method against all sets of breaks, on paragraphs small enough to try them all, and against
   first fit. What a set costs is worked out here by the paper's words alone (Knuth and Plass 1981,
   equations 3, 8 and 9), without sums from the beginning and without a list of active breaks. */
#include "tests/unit/first_fit.h"
#include "tests/unit/unit.h"

#include "layout/optimal.h"

#include <math.h>
#include <stdlib.h>

enum { MOST_ITEMS = 64, MOST_WORDS = 500 };

static struct optimal_workspace workspace;

static unsigned next_random(unsigned *seed)
{
    *seed = *seed * 1664525U + 1013904223U;
    return *seed >> 16;
}

static bool is_forced(const struct break_item *item)
{
    return item->kind == BREAK_PENALTY && item->penalty == PENALTY_FORCED;
}

static bool is_hyphen(const struct break_item *item)
{
    return item->kind == BREAK_PENALTY && item->width > 0;
}

struct kind_of_text {
    bool ragged, hyphens, forced, classes, hangs;
};

static size_t end_paragraph(struct break_item *items, size_t count, bool ragged)
{
    if (!ragged) {
        items[count++] = (struct break_item){.penalty = PENALTY_NEVER, .kind = BREAK_PENALTY};
        items[count++] = (struct break_item){.stretch = 1e5F, .kind = BREAK_GLUE};
    }
    items[count++] = (struct break_item){.penalty = PENALTY_FORCED, .kind = BREAK_PENALTY};
    return count;
}

/* Words of one to three parts; some are the narrowest that a hyphen can leave. */
static size_t make_items(struct break_item *items, unsigned *seed, const struct kind_of_text *kind)
{
    size_t count = 0, words = 4 + next_random(seed) % 4;
    for (size_t i = 0; i < words; i++) {
        size_t parts = kind->hyphens ? 1 + next_random(seed) % 3 : 1;
        for (size_t p = 0; p < parts; p++) {
            if (p)
                items[count++] =
                    (struct break_item){.width = 6, .penalty = 50, .kind = BREAK_PENALTY};
            float width =
                (float)(kind->hyphens ? 2 + next_random(seed) % 25 : 10 + next_random(seed) % 40);
            items[count++] = (struct break_item){
                .width = width, .hang = kind->hangs && p == 0 ? 2 : 0, .kind = BREAK_BOX};
        }
        if (i + 1 == words)
            break;
        bool is_ended = kind->forced && next_random(seed) % 4 == 0;
        if (is_ended && next_random(seed) % 2) /* a space that the author left there */
            items[count++] =
                (struct break_item){.width = 6, .stretch = 3, .shrink = 2, .kind = BREAK_GLUE};
        if (is_ended)
            count = end_paragraph(items, count, kind->ragged);
        else
            items[count++] =
                (struct break_item){.width = 6, .stretch = 3, .shrink = 2, .kind = BREAK_GLUE};
    }
    return end_paragraph(items, count, kind->ragged);
}

struct measured {
    double width, stretch, shrink;
};

static struct measured measure_line(const struct break_item *items, size_t from, size_t end)
{
    struct measured m = {0};
    size_t ink = end; /* where the spaces begin that hang beyond a forced end */
    while (is_forced(&items[end]) && ink > from && items[ink - 1].kind != BREAK_BOX)
        ink--;
    for (size_t i = from; i < end; i++) {
        if (items[i].kind == BREAK_PENALTY)
            continue;
        m.stretch += (double)items[i].stretch;
        if (i >= ink)
            continue;
        m.width += (double)items[i].width - (i == from ? (double)items[i].hang : 0);
        m.shrink += (double)items[i].shrink;
    }
    if (items[end].kind == BREAK_PENALTY)
        m.width += (double)items[end].width;
    return m;
}

static double ratio_of(const struct break_item *items, size_t from, size_t end,
                       const struct optimal_options *options)
{
    struct measured m = measure_line(items, from, end);
    double missing = (double)options->measure - m.width;
    if (options->ragged) {
        enum { PERCENT_AT_ONE = 15 }; /* of the measure: a shortfall that counts as a ratio of 1 */
        return missing < -0.01 ? -2
               : is_forced(&items[end])
                   ? 0
                   : missing * 100 / (PERCENT_AT_ONE * (double)options->measure);
    }
    if (fabs(missing) <= 0.01)
        return 0;
    double give = missing > 0 ? m.stretch : m.shrink;
    return give > 0 ? missing / give : missing > 0 ? 1e9 : -1e9;
}

static int class_of(double ratio)
{
    return ratio < -0.5 ? 0 : ratio <= 0.5 ? 1 : ratio <= 1 ? 2 : 3;
}

/* Infinite: a line is out of bounds. */
static double demerits_of(const struct break_item *items, size_t count, const size_t *breaks,
                          size_t lines, const struct optimal_options *options)
{
    double sum = 0;
    int last_class = 1;
    for (size_t l = 0, from = 0; l < lines; from = breaks[l++] + 1) {
        size_t end = breaks[l];
        double ratio = ratio_of(items, from, end, options);
        if (ratio < -1 || ratio > (double)options->tolerance)
            return INFINITY;
        double line = (double)options->line_penalty + 100 * fabs(ratio * ratio * ratio);
        double penalty = is_forced(&items[end]) || items[end].kind == BREAK_GLUE
                             ? 0
                             : (double)items[end].penalty;
        sum += (line + penalty) * (line + penalty);
        bool follows = l > 0 && is_hyphen(&items[breaks[l - 1]]);
        if (follows && is_hyphen(&items[end]))
            sum += (double)options->flagged_demerits;
        if (follows && end + 1 == count)
            sum += (double)options->last_flagged_demerits;
        if (l > 0 && abs(class_of(ratio) - last_class) > 1)
            sum += (double)options->fitness_demerits;
        last_class = class_of(ratio);
    }
    return sum;
}

static double least_by_force(const struct break_item *items, size_t count,
                             const struct optimal_options *options)
{
    size_t places[MOST_ITEMS], place_count = 0;
    for (size_t i = 1; i + 1 < count; i++) {
        bool is_space = items[i].kind == BREAK_GLUE && items[i - 1].kind == BREAK_BOX;
        if (is_space || is_hyphen(&items[i]) || is_forced(&items[i]))
            places[place_count++] = i;
    }
    double least = INFINITY;
    for (unsigned long set = 0; set < 1UL << place_count; set++) {
        size_t breaks[MOST_ITEMS], lines = 0;
        bool is_allowed = true;
        for (size_t i = 0; i < place_count; i++) {
            bool is_taken = set >> i & 1;
            is_allowed &= is_taken || !is_forced(&items[places[i]]);
            if (is_taken)
                breaks[lines++] = places[i];
        }
        breaks[lines++] = count - 1;
        double demerits = is_allowed ? demerits_of(items, count, breaks, lines, options) : INFINITY;
        least = demerits < least ? demerits : least;
    }
    return least;
}

static size_t compare(const struct kind_of_text *kind)
{
    unsigned seed = 1981;
    size_t compared = 0;
    for (int round = 0; round < 250; round++) {
        struct break_item items[MOST_ITEMS];
        size_t count = make_items(items, &seed, kind), breaks[MOST_ITEMS], overfull;
        struct optimal_options options =
            optimal_options_for((float)(60 + next_random(&seed) % 80), kind->ragged);
        options.fitness_demerits = kind->classes ? 3000 : 0;
        options.tolerance = 20;
        double least = least_by_force(items, count, &options);
        size_t lines = break_optimal(items, count, &options, &workspace, breaks, NULL, &overfull);
        if (!isfinite(least))
            continue;
        compared++;
        CHECK(overfull == 0);
        CHECK(fabs(demerits_of(items, count, breaks, lines, &options) - least) <= least * 1e-4);
        lines = break_first_fit(items, count, options.measure, breaks);
        CHECK(demerits_of(items, count, breaks, lines, &options) >= least * (1 - 1e-4));
    }
    return compared;
}

static void no_other_set_of_breaks_is_better(void)
{
    for (unsigned bits = 0; bits < 32; bits++) {
        struct kind_of_text kind = {.ragged = bits & 1,
                                    .hyphens = bits >> 1 & 1,
                                    .forced = bits >> 2 & 1,
                                    .classes = bits >> 3 & 1,
                                    .hangs = bits >> 4 & 1};
        if (kind.ragged && kind.classes)
            continue; /* ragged text has no classes */
        CHECK(compare(&kind) > 50);
    }
}

/* Ragged text of plain words takes a line more than first fit only where that evens out a narrow
   column: at no measure more than one in a paragraph, and none in 99 of 100. */
static void ragged_text_wastes_no_lines(void)
{
    static struct break_item items[2 * MOST_WORDS];
    static size_t breaks[2 * MOST_WORDS];
    unsigned seed = 7;
    for (float measure = 200; measure <= 500; measure += 100) {
        size_t rounds = 500, longer = 0;
        for (size_t round = 0; round < rounds; round++) {
            size_t count = 0, words = 20 + next_random(&seed) % 100;
            for (size_t i = 0; i < words; i++) {
                if (i)
                    items[count++] = (struct break_item){.width = 4, .kind = BREAK_GLUE};
                items[count++] = (struct break_item){.width = (float)(5 + next_random(&seed) % 30),
                                                     .kind = BREAK_BOX};
            }
            items[count++] = (struct break_item){.penalty = PENALTY_FORCED, .kind = BREAK_PENALTY};
            struct optimal_options options = optimal_options_for(measure, true);
            size_t lines = break_optimal(items, count, &options, &workspace, breaks, NULL, NULL);
            size_t least = break_first_fit(items, count, measure, breaks);
            CHECK(lines >= least && lines <= least + 1);
            longer += lines > least;
        }
        CHECK(longer * 100 <= rounds);
    }
}

int main(void)
{
    RUN(no_other_set_of_breaks_is_better);
    RUN(ragged_text_wastes_no_lines);
    optimal_workspace_release(&workspace);
    UNIT_EXIT();
}

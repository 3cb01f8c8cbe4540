/* First fit, the plain reference for tests of the whole paragraph's method: a line takes what it
   can hold. Where its last end would be a poor one (inside an address, say) an earlier good end is
   taken instead, unless too little would be left of the line.
 */
#ifndef LECTERN_TESTS_FIRST_FIT_H
#define LECTERN_TESTS_FIRST_FIT_H

#include "layout/breaker.h"

#include <stdbool.h>

/* A good end that fills less of the measure than this gives way to a worse one further on. */
#define LEAST_FILL_BEFORE_POOR      0.66F
#define LEAST_FILL_BEFORE_EMERGENCY 0.33F
/* Sums of floats: a line that was measured to fit must fit. */
#define TOLERANCE 0.01F

struct candidate {
    size_t item; /* SIZE_MAX: none yet */
    int penalty;
    float width;
};

static bool is_better(const struct candidate *old, int penalty, float measure)
{
    if (old->item == SIZE_MAX || penalty <= old->penalty)
        return true;
    float fill = measure > 0 ? old->width / measure : 1;
    if (penalty >= PENALTY_EMERGENCY)
        return fill < LEAST_FILL_BEFORE_EMERGENCY;
    return penalty >= PENALTY_POOR ? fill < LEAST_FILL_BEFORE_POOR : true;
}

static bool can_end_at(const struct break_item *items, size_t i, size_t first)
{
    if (items[i].kind == BREAK_PENALTY)
        return items[i].penalty < PENALTY_NEVER;
    return items[i].kind == BREAK_GLUE && i > first && items[i - 1].kind == BREAK_BOX;
}

/* The item at which the line that begins at `first` ends. */
static size_t end_of_line(const struct break_item *items, size_t count, size_t first, float measure)
{
    struct candidate best = {.item = SIZE_MAX};
    float width = 0, ink = 0; /* ink: without the glue at the end */
    for (size_t i = first; i < count; i++) {
        bool is_end = can_end_at(items, i, first);
        float width_here = ink;
        if (is_end && items[i].kind == BREAK_PENALTY)
            width_here += items[i].width;
        bool fits = width_here <= measure + TOLERANCE;
        if (is_end && items[i].penalty == PENALTY_FORCED && items[i].kind == BREAK_PENALTY &&
            (fits || best.item == SIZE_MAX))
            return i;
        int penalty = items[i].kind == BREAK_PENALTY ? items[i].penalty : 0;
        if (is_end && fits && is_better(&best, penalty, measure))
            best = (struct candidate){i, penalty, width_here};
        if (!fits && best.item != SIZE_MAX)
            return best.item;
        if (is_end && !fits)
            return i; /* one box wider than the line: it ends as soon as it may */
        if (items[i].kind != BREAK_PENALTY)
            width += items[i].width;
        if (items[i].kind == BREAK_BOX)
            ink = width;
    }
    return best.item != SIZE_MAX ? best.item : count - 1;
}

/* Fills each line as far as it goes. Writes the index of the item at which each line ends to
   breaks. The last item must be a forced penalty. */
static size_t break_first_fit(const struct break_item *items, size_t item_count, float measure,
                              size_t *breaks)
{
    size_t line_count = 0, first = 0;
    while (first < item_count) {
        size_t end = end_of_line(items, item_count, first, measure);
        breaks[line_count++] = end;
        bool is_forced = items[end].kind == BREAK_PENALTY && items[end].penalty == PENALTY_FORCED;
        first = end + 1;
        /* Space at a line's beginning vanishes, unless the line was begun on purpose. */
        while (!is_forced && first < item_count && items[first].kind != BREAK_BOX &&
               !(items[first].kind == BREAK_PENALTY && items[first].penalty == PENALTY_FORCED))
            first++;
    }
    return line_count;
}

#endif

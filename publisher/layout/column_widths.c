#include "layout/column_widths.h"

static float larger(float a, float b)
{
    return a > b ? a : b;
}

/* What a column wants before any head is set on one line: it may be on two. */
static float first_wish(const struct column_wish *wish, float hand)
{
    static const float half = 0.55F; /* words do not end in the midst of a line */
    float wanted = larger(larger(wish->narrowest, wish->body), half * wish->widest);
    return wish->is_blank ? larger(wanted, hand) : wanted;
}

struct sums {
    float least, narrowest, first, widest;
};

static struct sums sum_up(const struct column_wish *wishes, size_t count, float hand)
{
    struct sums sums = {0};
    for (size_t i = 0; i < count; i++) {
        sums.least += wishes[i].least;
        sums.narrowest += wishes[i].narrowest;
        sums.first += first_wish(&wishes[i], hand);
        sums.widest += larger(wishes[i].widest, first_wish(&wishes[i], hand));
    }
    return sums;
}

static float between(float low, float high, float share)
{
    return low + (high - low) * share;
}

/* Columns whose wish is at most an equal share of what is left have it, as long as the others keep
   their words whole; that makes the share of the others larger. The rest is shared in proportion
   to what there is to be set. Widths that are not given yet are negative. */
static void share_rest(const struct column_wish *wishes, size_t count, float measure, float hand,
                       float *widths)
{
    float left = measure, narrowest = 0, first = 0;
    size_t open = count;
    for (size_t i = 0; i < count; i++) {
        widths[i] = -1;
        narrowest += wishes[i].narrowest;
        first += first_wish(&wishes[i], hand);
    }
    for (bool changes = true; changes && open;) {
        changes = false;
        for (size_t i = 0; i < count; i++) {
            if (widths[i] >= 0)
                continue;
            float wanted = first_wish(&wishes[i], hand);
            if (wanted > left / (float)open || narrowest - wishes[i].narrowest > left - wanted)
                continue;
            widths[i] = wanted;
            left -= wanted;
            narrowest -= wishes[i].narrowest;
            first -= wanted;
            open--;
            changes = true;
        }
    }
    float share = first > narrowest ? (left - narrowest) / (first - narrowest) : 1;
    for (size_t i = 0; i < count; i++) {
        if (widths[i] < 0)
            widths[i] = between(wishes[i].narrowest, first_wish(&wishes[i], hand), share);
    }
}

/* No head is broken; what is left is for columns that are filled in by hand. */
static void give_all(const struct column_wish *wishes, size_t count, float hand, float left,
                     float *widths)
{
    size_t blank = 0;
    for (size_t i = 0; i < count; i++) {
        widths[i] = larger(wishes[i].widest, first_wish(&wishes[i], hand));
        blank += wishes[i].is_blank;
    }
    for (size_t i = 0; i < count && blank; i++) {
        if (wishes[i].is_blank)
            widths[i] += larger(0, left / (float)blank < hand ? left / (float)blank : hand);
    }
}

/* Words must be broken: those of columns whose narrowest is at most an equal share of what is left
   stay whole, as long as the others have their least, and the rest is shared. */
static void break_words(const struct column_wish *wishes, size_t count, float measure,
                        float *widths)
{
    float left = measure, least = 0, narrowest = 0;
    size_t open = count;
    for (size_t i = 0; i < count; i++) {
        widths[i] = -1;
        least += wishes[i].least;
        narrowest += wishes[i].narrowest;
    }
    for (bool changes = true; changes;) {
        changes = false;
        for (size_t i = 0; i < count; i++) {
            float wanted = wishes[i].narrowest;
            if (widths[i] >= 0 || open < 2 || wanted > left / (float)open ||
                least - wishes[i].least >= left - wanted)
                continue;
            widths[i] = wanted;
            left -= wanted;
            least -= wishes[i].least;
            narrowest -= wanted;
            open--;
            changes = true;
        }
    }
    float share = narrowest > least ? (left - least) / (narrowest - least) : 1;
    for (size_t i = 0; i < count; i++) {
        if (widths[i] < 0)
            widths[i] = between(wishes[i].least, wishes[i].narrowest, share);
    }
}

void column_widths_choose(const struct column_wish *wishes, size_t count, float measure, float hand,
                          float *widths)
{
    struct sums sums = sum_up(wishes, count, hand);
    if (sums.widest <= measure) {
        give_all(wishes, count, hand, measure - sums.widest, widths);
        return;
    }
    if (sums.narrowest < measure && sums.first > measure) {
        share_rest(wishes, count, measure, hand, widths);
        return;
    }
    if (sums.narrowest >= measure && sums.least < measure) {
        break_words(wishes, count, measure, widths);
        return;
    }
    for (size_t i = 0; i < count; i++) {
        const struct column_wish *wish = &wishes[i];
        float first = first_wish(wish, hand);
        if (sums.narrowest < measure)
            widths[i] = between(first, larger(wish->widest, first),
                                (measure - sums.first) / (sums.widest - sums.first));
        else
            widths[i] = wish->least * measure / sums.least;
    }
}

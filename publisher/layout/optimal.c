/* The method. Every place where a line may end is tried in order. Active breaks are those from
   which a line to the place now tried is possible; each is the end of the best chain of lines up to
   it, one for each number of lines and class of fitness. A break from which the line would be too
   long even when it is shrunk leaves the list: that keeps the list within one line's length, and
   the time linear in the text. Sums of widths from the paragraph's beginning make the length of any
   line a subtraction.

   The hard case: nothing fits, because a box is longer than the measure or the tolerance is too
   small. Then a second try takes any looseness, and where a line is too long the last active break
   stays in use, so that the line is overfull and all others are still the best.

   All lines but the first are equally long. So chains that end at the same break need not be told
   apart by their number of lines, unless a looseness is asked for. */
#include "layout/optimal.h"

#include "base/arena.h"

#include <math.h>
#include <stdlib.h>

/* Badness of a line set at the ratio 1; TeX's 100. */
#define BADNESS_AT_ONE 100.0
/* A shortfall of this part of the measure counts in ragged text like a ratio of one. */
#define RAGGED_STRETCH 0.15F
#define TOLERANCE_ANY  1e9F
/* The ratio of an empty line that nothing in it could fill: text without spaces. */
#define RIGID_RATIO 1000.0F
/* Sums of floats: a line that was measured to fit must fit. */
#define ROUNDING 0.01F

enum fitness { FITNESS_TIGHT, FITNESS_NORMAL, FITNESS_LOOSE, FITNESS_VERY_LOOSE, FITNESS_COUNT };

/* Sums from the beginning of the paragraph. */
struct sums {
    double width, stretch, shrink;
};

struct chain { /* the best way to end a line at an item */
    size_t item;
    struct sums after; /* where the next line's content begins */
    double demerits;
    float ratio;
    uint32_t line;     /* lines up to here */
    uint32_t previous; /* index of a chain; NONE */
    uint8_t fitness;
    bool is_flagged, is_overfull;
};

#define NONE UINT32_MAX

struct optimiser {
    const struct break_item *items;
    size_t count;
    const struct optimal_options *options;
    float tolerance;
    bool is_last_try; /* something must come out */
    struct optimal_workspace *workspace;
    struct chain *chains; /* all three lie in the workspace */
    uint32_t chain_count;
    uint32_t *active; /* indices of chains */
    size_t active_count;
    struct chain *candidates; /* the best chains that end at the item tried */
    size_t candidate_count;
    struct sums sums; /* up to the item tried */
    struct sums ink;  /* up to the end of the last box before it */
};

struct optimal_options optimal_options_for(float measure, bool ragged)
{
    return (struct optimal_options){
        .measure = measure,
        .tolerance = ragged ? 4 : 2,
        /* (1981, equation 8: 1.) In ragged text a line more is as bad as some raggedness. */
        .line_penalty = ragged ? 10 : 1,
        .flagged_demerits = 3000,
        .fitness_demerits = ragged ? 0 : 3000, /* unequal lines are what ragged text is */
        .last_flagged_demerits = 3000,
        .ragged = ragged,
    };
}

static void make_room(void **things, size_t count, size_t *capacity, size_t size)
{
    if (count < *capacity)
        return;
    *capacity = *capacity ? *capacity * 2 : 64;
    *things = memory_reallocate(*things, *capacity * size);
}

static uint32_t add_chain(struct optimiser *o, struct chain chain)
{
    make_room(&o->workspace->chains, o->chain_count, &o->workspace->chain_capacity, sizeof chain);
    o->chains = o->workspace->chains;
    o->chains[o->chain_count] = chain;
    return o->chain_count++;
}

static bool is_forced(const struct break_item *item)
{
    return item->kind == BREAK_PENALTY && item->penalty <= PENALTY_FORCED;
}

/* Space before a forced end hangs beyond the line as at any end. No line ends at it: the next one
   would be empty. */
static bool leads_to_forced(const struct optimiser *o, size_t i)
{
    while (i < o->count && o->items[i].kind != BREAK_BOX && !is_forced(&o->items[i]))
        i++;
    return i < o->count && is_forced(&o->items[i]);
}

static bool is_place(const struct optimiser *o, size_t i)
{
    const struct break_item *item = &o->items[i];
    if (item->kind == BREAK_PENALTY)
        return item->penalty < PENALTY_NEVER;
    return item->kind == BREAK_GLUE && i > 0 && o->items[i - 1].kind == BREAK_BOX &&
           !leads_to_forced(o, i);
}

/* The sums where a line begins that follows a break at `item`: space and penalties there vanish, up
   to the next box or forced break. */
static struct sums sums_after(const struct optimiser *o, size_t item)
{
    struct sums sums = o->sums;
    bool keeps_space = is_forced(&o->items[item]); /* a line begun on purpose keeps its space */
    for (size_t i = item; i < o->count; i++) {
        const struct break_item *next = &o->items[i];
        if (next->kind == BREAK_BOX) {
            sums.width += next->hang; /* this much of the line stands before the measure */
            break;
        }
        if (i > item && (is_forced(next) || keeps_space))
            break;
        if (next->kind == BREAK_GLUE) {
            sums.width += next->width;
            sums.stretch += next->stretch;
            sums.shrink += next->shrink;
        }
    }
    return sums;
}

/* end_width: of what stands at the line's end only because it ends there, a hyphen. */
static float ratio_of(const struct optimiser *o, const struct chain *from, size_t item,
                      float end_width)
{
    float measure = o->options->measure - (from->line == 0 ? o->options->first_indent : 0);
    const struct sums *end = is_forced(&o->items[item]) ? &o->ink : &o->sums;
    double width = end->width - from->after.width + end_width;
    if (width < 0) /* nothing but space */
        width = 0;
    double missing = measure + o->items[item].hang - width;
    if (o->options->ragged) {
        if (missing < -ROUNDING)
            return -INFINITY;
        bool is_end = is_forced(&o->items[item]);
        return is_end || missing < 0 ? 0 : (float)(missing / (measure * RAGGED_STRETCH));
    }
    double stretch = o->sums.stretch - from->after.stretch;
    double shrink = end->shrink - from->after.shrink;
    if (missing >= -ROUNDING && missing <= ROUNDING)
        return 0;
    if (missing > 0)
        return stretch > 0      ? (float)(missing / stretch)
               : o->is_last_try ? (float)(missing / measure) * RIGID_RATIO
                                : INFINITY;
    return shrink > 0 ? (float)(missing / shrink) : -INFINITY;
}

static enum fitness fitness_of(const struct optimiser *o, float ratio)
{
    if (o->options->fitness_demerits <= 0)
        return FITNESS_NORMAL; /* one class: nothing depends on it */
    return ratio < -0.5F   ? FITNESS_TIGHT
           : ratio <= 0.5F ? FITNESS_NORMAL
           : ratio <= 1    ? FITNESS_LOOSE
                           : FITNESS_VERY_LOOSE;
}

static bool is_flagged(const struct optimiser *o, size_t item)
{
    return o->items[item].kind == BREAK_PENALTY && o->items[item].width > 0;
}

static double demerits_of(const struct optimiser *o, const struct chain *from, size_t item,
                          float ratio, enum fitness fitness)
{
    double size = ratio < TOLERANCE_ANY ? fabs((double)ratio) : 1e3;
    double line = (double)o->options->line_penalty + BADNESS_AT_ONE * size * size * size;
    double penalty = o->items[item].kind == BREAK_PENALTY ? o->items[item].penalty : 0;
    double demerits = line * line;
    if (penalty >= 0)
        demerits = (line + penalty) * (line + penalty);
    else if (penalty > PENALTY_FORCED)
        demerits -= penalty * penalty;
    if (from->is_flagged && is_flagged(o, item))
        demerits += o->options->flagged_demerits;
    if (from->is_flagged && item + 1 == o->count)
        demerits += o->options->last_flagged_demerits;
    int difference = (int)fitness - (int)from->fitness;
    if (from->line && (difference > 1 || difference < -1))
        demerits += o->options->fitness_demerits;
    return from->demerits + demerits;
}

/* A chain that ends at the item tried. Of those with one class of fitness (and, where a looseness
   is asked for, one number of lines) only the best is kept. */
static void offer(struct optimiser *o, uint32_t from, size_t item, float ratio, bool overfull)
{
    const struct chain *start = &o->chains[from];
    enum fitness fitness = overfull ? fitness_of(o, -1) : fitness_of(o, ratio);
    struct chain chain = {
        .item = item,
        .demerits = demerits_of(o, start, item, overfull ? TOLERANCE_ANY : ratio, fitness),
        .ratio = overfull ? -1 : ratio,
        .line = start->line + 1,
        .previous = from,
        .fitness = (uint8_t)fitness,
        .is_flagged = is_flagged(o, item),
        .is_overfull = overfull,
    };
    for (size_t i = 0; i < o->candidate_count; i++) {
        struct chain *other = &o->candidates[i];
        if (other->fitness != chain.fitness || (o->options->looseness && other->line != chain.line))
            continue;
        if (chain.demerits < other->demerits)
            *other = chain;
        return;
    }
    make_room(&o->workspace->candidates, o->candidate_count, &o->workspace->candidate_capacity,
              sizeof chain);
    o->candidates = o->workspace->candidates;
    o->candidates[o->candidate_count++] = chain;
}

static void activate(struct optimiser *o, size_t item)
{
    struct sums after = sums_after(o, item);
    for (size_t i = 0; i < o->candidate_count; i++) {
        o->candidates[i].after = after;
        make_room(&o->workspace->active, o->active_count, &o->workspace->active_capacity,
                  sizeof *o->active);
        o->active = o->workspace->active;
        uint32_t added = add_chain(o, o->candidates[i]);
        o->active[o->active_count++] = added;
    }
    o->candidate_count = 0;
}

/* Tries to end a line at the item from every active break. False: no chain is left. */
static bool try_item(struct optimiser *o, size_t item)
{
    bool forced = is_forced(&o->items[item]);
    float end_width = o->items[item].kind == BREAK_PENALTY ? o->items[item].width : 0;
    size_t kept = 0, reaching = 0; /* reaching: of those kept, how many reach this place */
    uint32_t last_dropped = NONE;
    for (size_t i = 0; i < o->active_count; i++) {
        uint32_t from = o->active[i];
        float ratio = ratio_of(o, &o->chains[from], item, end_width);
        if (ratio >= -1 && ratio <= o->tolerance)
            offer(o, from, item, ratio, false);
        bool reaches = ratio >= -1;
        if (!reaches)
            last_dropped = from;
        /* A longer line may still be possible from there. So it may where only the hyphen is too
           much: the rest of the word can be narrower. */
        if (!reaches && end_width > 0)
            ratio = ratio_of(o, &o->chains[from], item, 0);
        if (ratio >= -1 && !forced) {
            o->active[kept++] = from;
            reaching += reaches;
        }
    }
    /* Nothing reaches this place and nothing could later: the line is too long, whatever is done.
     */
    bool is_lost = o->candidate_count == 0 && reaching == 0;
    if (is_lost && o->is_last_try && last_dropped != NONE)
        offer(o, last_dropped, item, 0, true);
    o->active_count = kept;
    activate(o, item);
    return o->active_count > 0;
}

static bool try_all(struct optimiser *o)
{
    o->chain_count = 0;
    o->active_count = 0;
    o->sums = o->ink = (struct sums){0};
    o->candidate_count = 0;
    struct chain beginning = {.previous = NONE, .fitness = FITNESS_NORMAL};
    if (o->items[0].kind == BREAK_BOX)
        beginning.after.width = o->items[0].hang;
    uint32_t start = add_chain(o, beginning);
    make_room(&o->workspace->active, 0, &o->workspace->active_capacity, sizeof *o->active);
    o->active = o->workspace->active;
    o->active[o->active_count++] = start;
    for (size_t i = 0; i < o->count; i++) {
        const struct break_item *item = &o->items[i];
        if (is_place(o, i) && !try_item(o, i))
            return false;
        if (item->kind == BREAK_PENALTY)
            continue;
        o->sums.width += item->width;
        o->sums.stretch += item->stretch;
        o->sums.shrink += item->shrink;
        if (item->kind == BREAK_BOX)
            o->ink = o->sums;
    }
    return true;
}

/* Of the chains that reach the end: the best, or with a looseness the best of those whose number of
   lines is nearest to what is wanted. */
static uint32_t choose(const struct optimiser *o)
{
    uint32_t best = o->active[0];
    for (size_t i = 1; i < o->active_count; i++) {
        if (o->chains[o->active[i]].demerits < o->chains[best].demerits)
            best = o->active[i];
    }
    if (o->options->looseness == 0)
        return best;
    long wanted = (long)o->chains[best].line + o->options->looseness;
    uint32_t nearest = best;
    for (size_t i = 0; i < o->active_count; i++) {
        const struct chain *chain = &o->chains[o->active[i]];
        long here = labs((long)chain->line - wanted);
        long there = labs((long)o->chains[nearest].line - wanted);
        if (here < there || (here == there && chain->demerits < o->chains[nearest].demerits))
            nearest = o->active[i];
    }
    return nearest;
}

static size_t write_breaks(const struct optimiser *o, size_t *breaks, float *ratios,
                           size_t *overfull)
{
    uint32_t chain = choose(o);
    size_t lines = o->chains[chain].line;
    for (size_t line = lines; line-- > 0; chain = o->chains[chain].previous) {
        breaks[line] = o->chains[chain].item;
        if (ratios)
            ratios[line] = o->options->ragged ? 0 : o->chains[chain].ratio;
        if (overfull)
            *overfull += o->chains[chain].is_overfull;
    }
    return lines;
}

size_t break_optimal(const struct break_item *items, size_t item_count,
                     const struct optimal_options *options, struct optimal_workspace *workspace,
                     size_t *breaks, float *ratios, size_t *overfull)
{
    if (overfull)
        *overfull = 0;
    if (item_count == 0)
        return 0;
    struct optimiser o = {
        .items = items, .count = item_count, .options = options, .workspace = workspace};
    o.tolerance = options->tolerance;
    bool found = try_all(&o);
    if (!found) {
        o.tolerance = TOLERANCE_ANY;
        o.is_last_try = true;
        found = try_all(&o);
    }
    size_t lines = found ? write_breaks(&o, breaks, ratios, overfull) : 0;
    return lines;
}

void optimal_workspace_release(struct optimal_workspace *workspace)
{
    free(workspace->chains);
    free(workspace->active);
    free(workspace->candidates);
    *workspace = (struct optimal_workspace){0};
}

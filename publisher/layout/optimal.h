/* Optimal: chooses where the lines of a paragraph end so that the paragraph as a whole is as good
   as it can be (Knuth and Plass 1981, "Breaking Paragraphs into Lines"). Pure: boxes, glue and
   penalties in, breaks out; nothing of text, fonts or pages. */
#ifndef LECTERN_LAYOUT_OPTIMAL_H
#define LECTERN_LAYOUT_OPTIMAL_H

#include "layout/breaker.h"

#include <stdbool.h>

struct optimal_options {
    float measure;      /* points */
    float first_indent; /* points taken from the first line */
    float tolerance;    /* the largest adjustment ratio that a line may have (1981: rho) */
    int looseness;      /* lines more (or less, negative) than the best number */
    float
        flagged_demerits; /* two lines running end at a flagged penalty (a hyphen) (1981: alpha) */
    float fitness_demerits;      /* a tight line beside a loose one (1981: gamma) */
    float line_penalty;          /* added to each line's badness: what a line more costs */
    float last_flagged_demerits; /* the line before the last ends at a flagged penalty */
    bool ragged;                 /* shortfall is left at the line's end; glue keeps its width */
};

/* Memory of the method, kept from paragraph to paragraph. Begins as zeroes. */
struct optimal_workspace {
    void *chains, *active, *candidates; /* heap */
    size_t chain_capacity, active_capacity, candidate_capacity;
};

/* Gives the memory back. */
void optimal_workspace_release(struct optimal_workspace *workspace);

/* The values of the paper for justified text; for ragged text the same with what differs. */
struct optimal_options optimal_options_for(float measure, bool ragged);

/* Writes the index of the item at which each line ends, in order, to breaks (room for item_count),
   and where ratios is not NULL each line's adjustment ratio (stretch > 0, shrink < 0; in ragged
   text always 0). The last item must be a forced penalty. Returns the number of lines, at least 1
   where there are items. workspace: memory that is used again. A paragraph without a feasible set
   of breaks gets lines that are too long or too loose, never none: *overfull (may be NULL) counts
   those that are longer than the measure. Time grows with the number of items times the number of
   breaks within one line. */
size_t break_optimal(const struct break_item *items, size_t item_count,
                     const struct optimal_options *options, struct optimal_workspace *workspace,
                     size_t *breaks, float *ratios, size_t *overfull);

#endif

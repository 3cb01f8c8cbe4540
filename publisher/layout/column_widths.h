/* Column widths: how the columns of a table share its measure. Knows nothing of cells. */
#ifndef LECTERN_LAYOUT_COLUMN_WIDTHS_H
#define LECTERN_LAYOUT_COLUMN_WIDTHS_H

#include <stdbool.h>
#include <stddef.h>

/* What a column wants, in points, with its padding. */
struct column_wish {
    float least;     /* even where words are broken: a letter */
    float narrowest; /* no word is broken */
    float body;      /* below its head no line is; 0: nothing stands there */
    float widest;    /* no line is */
    bool is_blank;   /* all its cells are to be filled in by hand */
};

/* The widths of the columns, together at most the measure. In this order: no word is broken; what
   stands below the heads is not; the heads are not; columns to be filled in by hand get what is
   left, up to `hand` each, for which heads may be broken too. Where the columns want more, those
   that are content with an equal share of the measure are content, and the others share the rest in
   proportion to what they hold. */
void column_widths_choose(const struct column_wish *wishes, size_t count, float measure, float hand,
                          float *widths);

#endif

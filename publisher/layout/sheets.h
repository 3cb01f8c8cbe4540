/* Sheets: Pages → the sheets that are printed. Adds what belongs to the paper and not to the text:
   the page's ground, the gutter of two-sided pages, bleed and crop marks, and the order of a
   booklet. What does not ask for any of it is handed through. */
#ifndef LECTERN_LAYOUT_SHEETS_H
#define LECTERN_LAYOUT_SHEETS_H

#include "layout/pages.h"
#include "theme/theme.h"

/* The pages stay as they are (the EPUB's page list comes from them); the sheets borrow from them
   and live in the same arena. right_to_left: the publication is bound at its right edge.
   A booklet is stitched through its fold: side n of a book of 4k pages shows page n and its
   partner 4k + 1 - n, the sheets lie in one another, and missing pages are blank. Printed on both
   sides, turned at the short edge. A sheet's parts stand in the order of reading. */
void sheets_make(const struct pages *pages, const struct theme *theme, bool right_to_left,
                 struct pages *sheets);

#endif

/* Direction: the Unicode bidirectional algorithm (UAX 9), step by step. The levels of a paragraph
   come from FriBidi (up to rule I2, and L1 for tabs); what is left for each line is here, pure. */
#ifndef LECTERN_LAYOUT_DIRECTION_H
#define LECTERN_LAYOUT_DIRECTION_H

#include "layout/paragraph.h"

/* Fills paragraph->characters, and their levels where the text is not plainly left to right. What
   itemise.c begins with; needs no font. */
void paragraph_find_levels(struct paragraph *paragraph);

/* UAX 9, L2: writes to order the numbers of the parts of a line as they stand from left to right.
   Room for count. */
void direction_order(const int8_t *levels, size_t count, size_t *order);

#endif

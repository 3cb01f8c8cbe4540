/* Contrast: how far two colours stand apart for the eye. */
#ifndef LECTERN_BASE_CONTRAST_H
#define LECTERN_BASE_CONTRAST_H

#include <stdint.h>

/* The contrast ratio of two colours 0xRRGGBB, 1 to 21 (WCAG 2.2, "contrast ratio" and "relative
   luminance"). */
double contrast_ratio(uint32_t a, uint32_t b);

/* The relative luminance of it, 0 (black) to 1 (white). */
double colour_luminance(uint32_t colour);

#endif

/* Lengths as authors write them: 80mm, 2cm, 8.5in, 300pt; and papers by their names. */
#ifndef LECTERN_BASE_LENGTHS_H
#define LECTERN_BASE_LENGTHS_H

#include "base/text.h"

#define POINTS_PER_MM (72.0 / 25.4)

/* A decimal number at the start of t, without sign, exponent or locale; *used: its length (0:
   none). Not for more than 15 digits. */
double number_read(text t, size_t *used);
/* A number with its unit (mm, cm, in, pt, px of 1/96 inch), the whole of t, in points. */
MUST_CHECK bool length_read(text t, double *points);
/* The size of a paper (a3, a4, a5, a6, letter, legal; capitals do not matter), upright, in points:
   ISO 216, ANSI/ASME Y14.1. False: no paper is called so. */
bool paper_find(text name, double *width, double *height);

#endif

/* Lengths as authors write them: 80mm, 2cm, 8.5in, 300pt. */
#ifndef LECTERN_READ_LENGTHS_H
#define LECTERN_READ_LENGTHS_H

#include "base/text.h"

#define POINTS_PER_MM (72.0 / 25.4)

/* A decimal number at the start of t, without sign, exponent or locale; *used: its length (0:
   none). Not for more than 15 digits. */
double number_read(text t, size_t *used);
/* A number with its unit (mm, cm, in, pt, px of 1/96 inch), the whole of t, in points. */
bool length_read(text t, double *points);

#endif

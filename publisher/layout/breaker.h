/* Breaker: chooses where lines end. Knows boxes, glue and penalties (Knuth and Plass 1981) and
   nothing of text, fonts or pages. */
#ifndef LECTERN_LAYOUT_BREAKER_H
#define LECTERN_LAYOUT_BREAKER_H

#include <stddef.h>
#include <stdint.h>

enum break_kind {
    BREAK_BOX,  /* ink: never broken; it may stretch and shrink a little between its letters */
    BREAK_GLUE, /* space: a line may end before it, where a box stands before; it then vanishes */
    BREAK_PENALTY, /* a line may end here at a price; its width counts only then (a hyphen) */
};

enum {
    PENALTY_FORCED = -10000,
    PENALTY_POOR = 1000,      /* inside an address, code, a script written without spaces */
    PENALTY_EMERGENCY = 5000, /* anywhere in a word that is longer than the line */
    PENALTY_NEVER = 10000,
};

struct break_item {
    float width, stretch, shrink; /* points */
    float hang; /* how far a line reaches out of the measure that ends here (glue, penalty) or
                   begins here (box) */
    int16_t penalty;
    uint8_t kind;
    uint32_t position; /* the caller's */
};

#endif

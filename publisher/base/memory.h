/* The process's memory as a whole: how much of it there is, and how much there may be. */
#ifndef LECTERN_BASE_MEMORY_H
#define LECTERN_BASE_MEMORY_H

#include <stdbool.h>
#include <stddef.h>

/* False under a sanitizer, which takes more address space than any machine has. */
extern const bool memory_can_be_limited;
/* Bounds the address space of this process and its children; nothing where it cannot be. What goes
   past it fails to be allocated. A smaller bound that holds already stays. */
void memory_limit(size_t bytes);
/* Bytes on the heap; 0 where that is not known (a sanitizer's heap). Looks at each free piece. */
size_t memory_in_use(void);
/* Gives pages that hold nothing back to the system. */
void memory_trim(void);

#endif

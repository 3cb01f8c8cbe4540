/* Arena: memory that is freed all at once. One arena for each document holds its nodes, strings and
   pages. Nothing in it is freed alone. Out of memory ends the process with a message (exit 3). */
#ifndef LECTERN_BASE_ARENA_H
#define LECTERN_BASE_ARENA_H

#include "base/text.h"

struct arena_block;
struct arena_cleanup;

struct arena {
    struct arena_block *blocks;
    struct arena_cleanup *cleanups;
    char *next, *end;
    size_t used; /* bytes handed out, for tests and benchmarks */
};

/* An empty arena; nothing is asked for yet. arena_release gives all back. */
void arena_init(struct arena *arena);
/* Runs the clean-ups, last first, then frees every block. The arena is as after arena_init. */
void arena_release(struct arena *arena);
/* Zeroed memory, aligned for any type; size 0 gives a valid pointer. */
void *arena_allocate(struct arena *arena, size_t size);
/* Zeroed memory for count things of size bytes each; an overflow ends the process. */
void *arena_allocate_array(struct arena *arena, size_t count, size_t size);
#define ARENA_NEW(arena, type) ((type *)arena_allocate((arena), sizeof(type)))
#define ARENA_NEW_ARRAY(arena, count, type)                                                        \
    ((type *)arena_allocate_array((arena), (count), sizeof(type)))
/* A copy of t, followed by a NUL byte that does not count. */
text arena_copy(struct arena *arena, text t);
/* The same as a NUL-terminated string. */
char *arena_copy_c(struct arena *arena, text t);
/* What printf would print, in the arena, with a zero byte behind it. */
text arena_printf(struct arena *arena, const char *format, ...)
    __attribute__((format(printf, 2, 3)));
/* Calls release(object) when the arena is released; for handles of libraries. */
void arena_on_release(struct arena *arena, void (*release)(void *object), void *object);

/* Growing arrays in an arena: makes room for one more thing of `size` bytes in *items, doubling.
   The old copy stays in the arena until it is released. Use through ARENA_GROW. */
void arena_grow(struct arena *arena, void **items, size_t count, size_t *capacity, size_t size);
#define ARENA_GROW(arena, items, count, capacity)                                                  \
    arena_grow((arena), (void **)&(items), (count), &(capacity), sizeof *(items))

/* Ends the process with a message (exit 3): there is no more memory. */
__attribute__((noreturn)) void memory_ended(void);
/* malloc and realloc that end the process with a message instead of returning NULL. */
void *memory_allocate(size_t size);
/* The same, of zeroes: so many things of a size. */
void *memory_allocate_zeroes(size_t count, size_t size);
/* realloc that ends the process where there is no memory (memory.h's rule for all of it). */
void *memory_reallocate(void *old, size_t size);

#endif

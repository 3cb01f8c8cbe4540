/* Run store: where text runs and their glyphs lie, in blocks of neighbours. Of all that pages are
   made of they take the most room, and nobody wants them once they are painted: a block leaves
   memory when the last page that shows something of it does so, while others are still painted. */
#ifndef LECTERN_LAYOUT_RUN_STORE_H
#define LECTERN_LAYOUT_RUN_STORE_H

#include "layout/pages.h"

struct run_store;

/* An empty store, released with the arena. */
struct run_store *run_store_new(struct arena *arena);
/* A run without glyphs, with room for so many. Its copies show the same glyphs. */
struct glyph_run *run_store_add(struct run_store *store, size_t glyph_count);
/* Bytes of runs and glyphs that are in memory; for tests. */
size_t run_store_bytes(const struct run_store *store);
/* Counts who shows what: before pages_leave, once. */
void pages_count_runs(const struct pages *pages);
/* The page is painted, and its runs are not asked for again: not by it, and of blocks that every
   page has left not by anybody. Each page once; pages of any threads. */
void pages_leave(const struct pages *pages, size_t page);

#endif

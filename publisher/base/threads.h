/* Threads: pieces of work that do not touch each other, done by several threads. */
#ifndef LECTERN_BASE_THREADS_H
#define LECTERN_BASE_THREADS_H

#include <stddef.h>

/* Calls work(object, 0) … work(object, count - 1), each once, in at most `threads` threads, and
   returns when all are done. The caller's thread is one of them, and does piece 0; the order of the
   others is open. Where a thread cannot be started the others do its share. */
void threads_run(unsigned threads, size_t count, void (*work)(void *object, size_t piece),
                 void *object);

#endif

/* A child process that works on what a stranger made: what it may do, and how much of it. */
#ifndef LECTERN_BASE_PROCESS_H
#define LECTERN_BASE_PROCESS_H

#include "base/buffer.h"

#include <stddef.h>
#include <stdint.h>

/* For a child, first of all: nothing that it says is heard, no file that it writes holds a byte,
   and it dies with its parent. Its address space is bounded (see memory.h). */
void process_shut_in(size_t memory_bytes);
/* Seconds of computing from now on; then it is killed. */
void process_limit_time(unsigned seconds);

/* A child that works on its own, and the end of the pipe from which what it writes is read. */
struct process_child {
    int id, pipe;
};

enum process_news {
    PROCESS_WROTE,
    PROCESS_ENDED, /* or it has closed its pipe */
    PROCESS_LATE,  /* nothing came before the deadline */
    PROCESS_LOST,  /* the pipe cannot be asked */
};

/* Starts a child that does work(closure, pipe), shut in with so much memory, and with so many
   seconds of computing at first. It exits with 0 where its work was well (true), else with 1.
   False: none can be started. */
MUST_CHECK bool process_begin(struct process_child *child,
                              bool (*work)(const void *closure, int pipe), const void *closure,
                              size_t memory_bytes, unsigned seconds);
/* Waits for what the child writes next, up to the deadline (as process_milliseconds counts), and
   adds it to `got`. */
enum process_news process_hear(const struct process_child *child, uint64_t deadline,
                               struct buffer *got);
/* Waits until the child has ended; is_done: false: it is killed first. True: it ended by itself and
   its work was well. */
bool process_end(const struct process_child *child, bool is_done);
/* Lets a child do work(closure, pipe), shut in with so much memory and so many seconds of
   computing, and adds to `got` what it writes into the pipe. True: it came to its end by itself and
   took nothing that it may not, and its work was well (true). */
bool process_ask(bool (*work)(const void *closure, int pipe), const void *closure,
                 size_t memory_bytes, unsigned seconds, struct buffer *got);
/* Lets a child do work(closure), with the files and streams of this process; it dies with its
   parent. The exit code, which is what work gives; -1: none could be started, or it was lost.
   Where it ended since nobody reads what it prints, so does this process. */
int process_apart(int (*work)(const void *closure), const void *closure);
/* Of computing, of all children that have ended. */
uint64_t process_children_milliseconds(void);
/* Of a clock that only goes forward. */
uint64_t process_milliseconds(void);

#endif

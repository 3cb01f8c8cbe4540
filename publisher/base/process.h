/* A child process that works on what a stranger made: what it may do, and how much of it. */
#ifndef LECTERN_BASE_PROCESS_H
#define LECTERN_BASE_PROCESS_H

#include <stddef.h>
#include <stdint.h>

/* For a child, first of all: nothing that it says is heard, no file that it writes holds a byte,
   and it dies with its parent. Its address space is bounded (see memory.h). */
void process_shut_in(size_t memory_bytes);
/* Seconds of computing from now on; then it is killed. */
void process_limit_time(unsigned seconds);
/* Of a clock that only goes forward. */
uint64_t process_milliseconds(void);

#endif

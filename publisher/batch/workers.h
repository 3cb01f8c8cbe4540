/* Workers: processes that do jobs. They are forked when fonts are warm, do one job after another,
   and take nothing with them when they crash, hang or grow too large but the job that they were at.
 */
#ifndef LECTERN_BATCH_WORKERS_H
#define LECTERN_BATCH_WORKERS_H

#include "batch/jobs.h"

struct worker_options {
    unsigned count;             /* of processes */
    unsigned timeout_seconds;   /* for one job; 0: none */
    unsigned long memory_bytes; /* of address space of one process; 0: no limit */
    bool shares_memory;         /* in place of it: the machine's, by the number of processes */
    bool is_asked; /* the user set a limit: it holds for a job on its own too, which else is done in
                      the program's own process, without limits */
};

/* Without a word of the user: one for each processor, ten minutes for a job, the machine's memory
   shared out to all, but no less than 2 GB each. */
void workers_defaults(struct worker_options *options);

/* How many threads each of so many jobs may have: the processes that would stand idle. Where memory
   has a limit, one for each GB of it: a thread reserves address space that it may never use. */
unsigned workers_threads(const struct worker_options *options, size_t jobs);
/* Does the jobs listed (indices into jobs, in this order) and calls `finished` for each in the
   order in which they end, in this process. False where no process could be started: *why says why.
 */
bool workers_run(struct jobs *jobs, const size_t *order, size_t count,
                 const struct publish_options *publish, const struct worker_options *options,
                 void (*finished)(void *object, struct job *job), void *object, const char **why);
/* Appends what became of the job: its cost and its publication, for another process of this program
   on this machine. */
void job_pack(const struct job *job, struct buffer *out);
/* Takes it back, into the arena. The bytes are believed. */
void job_unpack(text bytes, struct job *job, struct arena *arena);
/* Does one job in this process. */
void worker_do(struct job *job, struct arena *arena, const struct publish_options *publish);

#endif

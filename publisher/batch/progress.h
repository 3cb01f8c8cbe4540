/* Progress: a bar for a person at a terminal, events for a program. */
#ifndef LECTERN_BATCH_PROGRESS_H
#define LECTERN_BATCH_PROGRESS_H

#include "batch/jobs.h"

struct progress {
    size_t total, done, work; /* jobs; work: those that must be done */
    size_t worked;
    bool is_shown;
    uint64_t start; /* milliseconds */
};

/* Begins to count: `work` of `total` jobs are to be done, the rest is done; the bar is for more
 * than one. */
void progress_start(struct progress *progress, size_t total, size_t work, bool is_shown);
/* One job more is done: counts it, and draws the bar anew. */
void progress_step(struct progress *progress);
/* Takes the bar away, so that something else can be written. */
void progress_hide(const struct progress *progress);

/* One JSON object on a line of standard output (JSON Lines). */
bool progress_tell_start(size_t jobs, size_t work);
/* What became of a job and its files. False: it could not be written. */
bool progress_tell_event(const struct job *job, const char *output);
/* A file of an earlier build that was taken away. False: it could not be written. */
bool progress_tell_removed(text path);
/* The last line. False: it could not be written. */
bool progress_tell_summary(size_t jobs, size_t failed);

#endif

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

void progress_start(struct progress *progress, size_t total, size_t work, bool is_shown);
void progress_step(struct progress *progress);
/* Takes the bar away, so that something else can be written. */
void progress_hide(const struct progress *progress);

/* One JSON object on a line of standard output (JSON Lines). */
bool progress_tell_start(size_t jobs, size_t work);
bool progress_tell_event(const struct job *job, const char *output);
bool progress_tell_summary(size_t jobs, size_t failed);

#endif

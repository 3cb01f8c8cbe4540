/* Plan: a build as a graph for Ninja (1.10), and its distributed kin: one edge for each job, which
   names its inputs itself when it has run (a depfile), and one that joins what they gave. */
#ifndef LECTERN_BATCH_PLAN_H
#define LECTERN_BATCH_PLAN_H

#include "batch/jobs.h"

struct plan_options {
    const char *const *arguments; /* of the command line, the program first, --plan left out */
    size_t argument_count;
    const char *const *sources; /* as on the command line */
    size_t source_count;
};

/* Writes OUTPUT/build.ninja and prints its name. digest: of all jobs; a part that was planned from
   others is refused. The same jobs and arguments give the same bytes.
 */
MUST_CHECK enum outcome plan_write_ninja(struct arena *arena, const struct jobs *jobs, text digest,
                                         const char *output, const struct plan_options *options);
/* Writes the files that a job has read, as make's rules have them, so that Ninja knows when to do
   it again; where one was not there, its folder, which changes when it comes. Ninja's depfiles
   cannot name a path with an apostrophe: such a job is done each time. False where it cannot be
   written. */
MUST_CHECK bool plan_write_depfile(struct arena *arena, const struct job *job, const char *target,
                                   const char *path);

#endif

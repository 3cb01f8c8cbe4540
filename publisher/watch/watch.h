/* Watch: publishes articles whenever their files are saved, and shows the result in a browser on
   the same machine. */
#ifndef LECTERN_WATCH_WATCH_H
#define LECTERN_WATCH_WATCH_H

#include "batch/batch.h"

struct watch_options {
    const char *const *sources; /* as on the command line */
    size_t source_count;
    const struct publish_options *publish;
    const struct batch_options *batch;
    unsigned port;      /* 0: any that is free */
    const char *editor; /* a command, see editor_words; NULL: places are no links */
};

/* Serves on 127.0.0.1 alone, prints the address, and returns when the process is told to end
   (SIGINT, SIGTERM); OUTCOME_SYSTEM where it cannot begin. Each build is a process of its own: one
   that fails leaves the server and the publications of the build before it. */
MUST_CHECK enum outcome watch_run(const struct watch_options *options);

#endif

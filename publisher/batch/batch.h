/* Batch: builds articles in their languages: what is unchanged is left, the rest is shared out to
   workers, and what became of each is told in the order of the jobs, whatever the number of
   workers. */
#ifndef LECTERN_BATCH_BATCH_H
#define LECTERN_BATCH_BATCH_H

#include "batch/plan.h"
#include "batch/workers.h"

struct batch_options {
    struct worker_options workers;
    const char *cache;      /* folder; NULL: .cache in the output folder */
    uint64_t cache_bytes;   /* what it may take up; 0: no limit */
    bool prunes;            /* removes what earlier builds left and this one does not list */
    bool force;             /* does all jobs, whatever the cache knows */
    bool is_json;           /* events on standard output in place of names */
    bool shows_bar;         /* standard error is a terminal */
    unsigned shard, shards; /* does the jobs of shard 1…shards; 0: all */
    unsigned part, parts;   /* does the part-th of `parts` jobs alone, as a shard; 0: all */
    const char *part_of;    /* with part: the digest of all jobs that it was planned from */
    const char *depfile;    /* with part: where to write what it has read; NULL: nowhere */
    const struct plan_options *plan; /* writes a graph for Ninja, and does nothing; NULL: builds */
    void (*hear)(void *object, const struct job *job); /* each job when it is told; NULL: nobody */
    void *object;
    const char *costs; /* a file of costs from an earlier build: what shards are balanced by */
};

/* Builds the articles; the worst outcome of all. */
MUST_CHECK enum outcome batch_build(struct arena *arena, const struct article *articles,
                                    size_t count, const struct publish_options *publish,
                                    const struct batch_options *options);

/* Joins the manifests of shards into the output folder: takes over the files of shards that lie in
   other folders, and checks that every shard is there once and every file whole. Where one is not,
   no manifest is written. of: takes only shards of so many; 0: whatever there is. */
MUST_CHECK enum outcome batch_merge(struct arena *arena, const char *const *folders, size_t count,
                                    const char *output, unsigned of);

#endif

/* Manifest: what a build gave, as out/manifest.json for machines and out/index.html for people.
   Both depend on nothing but what was published, so they are the same bytes on one machine or on
   many. */
#ifndef LECTERN_BATCH_MANIFEST_H
#define LECTERN_BATCH_MANIFEST_H

#include "batch/jobs.h"

/* One article in one language. */
struct manifest_row {
    text article, language, title;
    bool is_published;
    text why; /* where it is not */
    size_t warnings;
    struct published_file *files;
    size_t file_count, file_capacity;
};

/* A file of an earlier build that still lies there and that no row names. */
struct stale_file {
    text article, language;
    struct published_file file; /* name, format and digest */
};

struct manifest {
    struct arena *arena;
    struct manifest_row *rows;
    size_t count, capacity;
    struct stale_file *stale; /* prune.h */
    size_t stale_count, stale_capacity;
    unsigned shard, shards; /* 0: the whole */
    text jobs;              /* digest of the names of all jobs, of the other shards too */
    size_t job_count;
};

/* Adds what became of a job; not one that was not wanted. */
void manifest_add_job(struct manifest *manifest, const struct job *job);
/* Keeps the rows of an earlier manifest whose articles are not in this one and whose files are all
   still in the folder. */
void manifest_keep_others(struct manifest *manifest, const struct manifest *earlier,
                          const char *folder);
/* Sorts by article and language. */
void manifest_sort(struct manifest *manifest);
/* Appends the manifest as JSON (RFC 8259); the same rows give the same bytes. */
void manifest_write_json(const struct manifest *manifest, struct buffer *out);
/* False where the bytes are no manifest: *why says why. */
MUST_CHECK bool manifest_read_json(struct manifest *manifest, text bytes, const char **why);
/* Reads the manifest that an earlier build has left there; where there is none or the file is none,
   it stays as it is, empty but for its arena. */
void manifest_read_earlier(struct manifest *manifest, const char *path);
/* index.c: "1.2 MB", "300 kB", in English. */
text manifest_size_words(struct arena *arena, size_t bytes);
/* index.c: the page for people; EN 301 549 and WCAG 2.2 AA. False: no memory. */
MUST_CHECK bool manifest_write_index(const struct manifest *manifest, struct buffer *out);

#endif

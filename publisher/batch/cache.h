/* Cache: what was published from what, so that nothing is done twice.

   An entry is named by all that is known before reading: the program and its libraries, fonts and
   dictionaries, the options, the article's place. It lists every file that was read with its
   digest, and every file that was written; the written ones are kept by their digest beside it. An
   entry stands for as long as the files it lists have the same digests. The stamps of files are
   remembered, so that what was not touched is not read again. Entries and objects are written whole
   or not at all, and an object is believed only with its digest: any number of builds may share a
   cache, may be killed at any moment, and may take from it what another one counts on, which costs
   no more than doing a job again. */
#ifndef LECTERN_BATCH_CACHE_H
#define LECTERN_BATCH_CACHE_H

#include "batch/jobs.h"

struct cache {
    struct arena *arena;
    const char *folder;                    /* "out/.cache" */
    const struct publish_options *publish; /* where publications are written, which languages */
    char environment[65];
};

/* The environment and the options in one digest. */
void cache_init(struct cache *cache, struct arena *arena, const char *folder,
                const struct publish_options *options);
/* Sets job->key, and its cost where an entry knows it. True where the entry stands and all its
   outputs do: the publication is then filled (its log too, where it has one: what was read), and
   outputs that were lost or edited are made again out of the cache; none is looked at where the
   article's own language was not asked for: the publication is then unwanted. is_forced: the job is
   done in any case, and only its cost is looked up. */
bool cache_find(const struct cache *cache, struct job *job, bool is_forced);
/* Remembers a job that was done without errors. A failure costs only the next build time. */
void cache_store(const struct cache *cache, const struct job *job);
/* Where the cache takes up more than that many bytes, takes away the entries that no build has
   asked for the longest, until it is a quarter below, and the objects that only they name. What an
   output folder has too takes up nothing. cache_sweep.c */
void cache_sweep(const struct cache *cache, uint64_t most_bytes);

/* The digests of the objects that the entry in the file names, each with a NUL byte, one after the
   other; how many. 0: it is no entry. */
size_t cache_entry_objects(struct arena *arena, const char *path, char (**digests)[65]);

#endif

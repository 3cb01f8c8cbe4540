/* Shards: the same jobs shared out over machines that know nothing of each other. */
#ifndef LECTERN_BATCH_SHARDS_H
#define LECTERN_BATCH_SHARDS_H

#include "batch/jobs.h"

/* All jobs of a build in one word: shards that were cut from another list do not fit together. */
struct shard_jobs {
    size_t count;
    text digest;
};

/* How many jobs there are, and a digest of their names in order, by which shards know one another.
 */
void shards_name_jobs(const struct jobs *jobs, struct shard_jobs *all);
/* Leaves the jobs of one shard: the dearest job first, each to the shard that has least so far
   (Graham 1969, LPT: at most a third more than the best). Costs come from the file, where it knows
   the job, else from the size of its source; the file must be the same for all shards. False: the
   file cannot be read, which is said on standard error. */
bool shards_choose(struct jobs *jobs, unsigned shard, unsigned shards, const char *costs);

#endif

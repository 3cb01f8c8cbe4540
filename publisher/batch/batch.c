#include "batch/batch.h"

#include "base/limits.h"
#include "batch/cache.h"
#include "batch/manifest.h"
#include "batch/progress.h"
#include "batch/prune.h"
#include "batch/selection.h"
#include "batch/shards.h"
#include "libraries/library.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

struct batch {
    struct arena *arena;
    const struct publish_options *publish;
    const struct batch_options *options;
    struct jobs jobs;
    struct shard_jobs all; /* names of all jobs, of other shards too */
    struct cache cache;
    struct progress progress;
    unsigned shard, shards; /* 0: the whole */
    size_t next;            /* the first job that was not told of yet */
    const struct job *told; /* the last; of its article these faults were told already */
    struct said said;
    bool is_mute;      /* standard output failed */
    bool has_stored;   /* something new is in the cache */
    bool was_given_up; /* jobs were left undone: nothing is removed */
    enum outcome outcome;
};

static void complain(struct batch *batch, text path)
{
    stream_complain(arena_printf(batch->arena, "lectern: cannot write %.*s: %s\n",
                                 TEXT_ARGUMENTS(path), strerror(errno)));
    batch->outcome = OUTCOME_SYSTEM;
}

/* telling */

static void tell_job(struct batch *batch, const struct job *job)
{
    const struct publication *publication = &job->publication;
    if (publication->is_unwanted)
        return;
    if (publication->outcome > batch->outcome)
        batch->outcome = publication->outcome;
    if (batch->options->hear)
        batch->options->hear(batch->options->object, job);
    progress_hide(&batch->progress);
    if (batch->options->is_json) {
        batch->is_mute |= batch->is_mute || !progress_tell_event(job, batch->publish->output);
        return;
    }
    for (size_t i = 0; i < publication->file_count && !batch->is_mute; i++)
        batch->is_mute =
            !stream_print(arena_printf(batch->arena, "%s/%.*s\n", batch->publish->output,
                                       TEXT_ARGUMENTS(publication->files[i].name)));
    if (!batch->told || !text_equal(batch->told->article.folder, job->article.folder) ||
        !text_equal(batch->told->article.file, job->article.file))
        batch->said.count = 0;
    batch->told = job;
    said_write_new(&batch->said, batch->arena, publication->diagnostics);
    if (job->why.length) {
        text name = job_name(batch->arena, job);
        stream_complain(arena_printf(batch->arena, "lectern: %.*s was not published: %.*s\n",
                                     TEXT_ARGUMENTS(name), TEXT_ARGUMENTS(job->why)));
    }
}

/* In the order of the jobs: those that ended earlier wait for the ones before them. */
static void tell_what_can_be_told(struct batch *batch)
{
    while (batch->next < batch->jobs.count && batch->jobs.items[batch->next].state != JOB_WAITING)
        tell_job(batch, &batch->jobs.items[batch->next++]);
}

static void end_job(void *object, struct job *job)
{
    struct batch *batch = object;
    if (job->state == JOB_DONE && !job->article.is_given) {
        cache_store(&batch->cache, job);
        batch->has_stored = true;
    }
    tell_what_can_be_told(batch);
    progress_step(&batch->progress);
}

/* doing */

struct queued {
    size_t index;
    uint64_t cost;
};

static int compare_costs(const void *a, const void *b)
{
    const struct queued *first = a, *second = b;
    if (first->cost != second->cost)
        return first->cost > second->cost ? -1 : 1;
    return first->index < second->index ? -1 : first->index > second->index;
}

/* The jobs that must be done, the longest first, so that none is left for the end. */
static size_t *queue_jobs(struct batch *batch, size_t *count)
{
    struct queued *queue = ARENA_NEW_ARRAY(batch->arena, batch->jobs.count, struct queued);
    size_t *order = ARENA_NEW_ARRAY(batch->arena, batch->jobs.count, size_t);
    *count = 0;
    for (size_t i = 0; i < batch->jobs.count; i++) {
        struct job *job = &batch->jobs.items[i];
        if (batch->options->depfile) { /* which tells what was read, now or earlier */
            job->publication.log = ARENA_NEW(batch->arena, struct file_log);
            job->publication.log->arena = batch->arena;
        }
        if (cache_find(&batch->cache, job, batch->options->force || job->article.is_given)) {
            job->state = JOB_UNCHANGED;
            continue;
        }
        job->publication = (struct publication){.arena = batch->arena};
        queue[(*count)++] = (struct queued){i, job->cost ? job->cost : job->source_size};
    }
    if (*count)
        qsort(queue, *count, sizeof *queue, compare_costs);
    for (size_t i = 0; i < *count; i++)
        order[i] = queue[i].index;
    return order;
}

/* No worker can be started, or no other where the last has ended: what waits still has failed. */
static void give_up_jobs(struct batch *batch, const char *why)
{
    stream_complain(arena_printf(batch->arena, "lectern: no worker can be started: %s\n", why));
    batch->outcome = OUTCOME_SYSTEM;
    batch->was_given_up = true;
    for (size_t i = 0; i < batch->jobs.count; i++) {
        struct job *job = &batch->jobs.items[i];
        if (job->state != JOB_WAITING)
            continue;
        job->state = JOB_LOST;
        job->publication = (struct publication){.arena = batch->arena, .outcome = OUTCOME_SYSTEM};
        job->why = TEXT("no worker could be started");
    }
    tell_what_can_be_told(batch);
    if (batch->options->prunes)
        stream_complain(TEXT("lectern: nothing is removed: not all was built\n"));
}

static void do_jobs(struct batch *batch)
{
    size_t count;
    size_t *order = queue_jobs(batch, &count);
    const struct worker_options *workers = &batch->options->workers;
    progress_start(&batch->progress, batch->jobs.count, count, batch->options->shows_bar);
    if (batch->options->is_json)
        batch->is_mute = !progress_tell_start(batch->jobs.count, count);
    tell_what_can_be_told(batch);
    struct publish_options publish = *batch->publish;
    publish.threads = workers_threads(workers, count);
    text no_fonts;
    if (count == 1 && (batch->options->parts || !workers->is_asked)) {
        struct job *job = &batch->jobs.items[order[0]];
        worker_do(job, batch->arena, &publish);
        end_job(batch, job);
    } else if (count) {
        const char *why;
        library_open_all(); /* once, not in each worker */
        publish.shared_fonts = fonts_new(batch->arena, publish.fonts, &no_fonts);
        if (!workers_run(&batch->jobs, order, count, &publish, workers, end_job, batch, &why))
            give_up_jobs(batch, why);
    }
    progress_hide(&batch->progress);
}

/* what is left behind */

static text path_in_output(struct batch *batch, const char *name)
{
    return arena_printf(batch->arena, "%s/%s", batch->publish->output, name);
}

/* What is to be written where it is not there yet: what is the same is left alone, stamp and all.
 */
static void add_file(struct batch *batch, struct file_content *files, size_t *count, text path,
                     const struct buffer *bytes)
{
    text old;
    if (bytes->overflowed) {
        errno = EFBIG;
        complain(batch, path);
        return;
    }
    if (file_read(batch->arena, path.bytes, LIMIT_MANIFEST_BYTES, &old) == FILE_OK &&
        text_equal(old, buffer_text(bytes)))
        return;
    files[(*count)++] = (struct file_content){path.bytes, buffer_text(bytes), 0};
}

static void write_files(struct batch *batch, struct file_content *files, size_t count)
{
    if (!count)
        return;
    int error = folder_make(batch->publish->output) ? 0 : errno;
    for (size_t i = 0; i < count; i++)
        files[i].error = error;
    if (!error)
        file_write_together(files, count);
    for (size_t i = 0; i < count; i++) {
        if ((errno = files[i].error))
            complain(batch, text_from_c(files[i].path));
    }
}

static bool has_something(const struct manifest *manifest)
{
    for (size_t i = 0; i < manifest->count; i++) {
        if (manifest->rows[i].file_count)
            return true;
    }
    return false;
}

static void write_manifest(struct batch *batch)
{
    struct manifest manifest = {.arena = batch->arena,
                                .shard = batch->shard,
                                .shards = batch->shards,
                                .jobs = batch->all.digest,
                                .job_count = batch->all.count};
    struct manifest earlier = {.arena = batch->arena};
    bool is_whole = manifest.shards == 0;
    bool prunes = batch->options->prunes && !batch->was_given_up;
    text path = is_whole ? path_in_output(batch, "manifest.json")
                         : arena_printf(batch->arena, "%s/manifest.%u-of-%u.json",
                                        batch->publish->output, manifest.shard, manifest.shards);
    for (size_t i = 0; i < batch->jobs.count; i++)
        manifest_add_job(&manifest, &batch->jobs.items[i]);
    if (is_whole) {
        manifest_read_earlier(&earlier, path.bytes);
        if (!prunes)
            manifest_keep_others(&manifest, &earlier, batch->publish->output);
        prune_note(&manifest, &earlier, batch->publish->output);
        if (prunes && !prune_remove(&manifest, batch->publish->output, batch->options->is_json))
            batch->outcome = OUTCOME_SYSTEM;
    }
    if (is_whole && !has_something(&manifest) && !(prunes && earlier.count))
        return; /* nothing was ever published here: no folder is made for it */
    manifest_sort(&manifest);
    struct file_content files[2];
    struct buffer out, page;
    size_t count = 0;
    buffer_init(&out, LIMIT_OUTPUT_BYTES);
    buffer_init(&page, LIMIT_OUTPUT_BYTES);
    manifest_write_json(&manifest, &out);
    add_file(batch, files, &count, path, &out);
    if (is_whole) {
        text index = path_in_output(batch, "index.html");
        if (manifest_write_index(&manifest, &page) || page.overflowed) {
            add_file(batch, files, &count, index, &page);
        } else {
            errno = ENOMEM;
            complain(batch, index);
        }
    }
    write_files(batch, files, count);
    buffer_release(&out);
    buffer_release(&page);
}

/* A line for each job whose cost is known: what shards of the next build are balanced by. */
static void write_costs(struct batch *batch)
{
    struct buffer out;
    size_t known = 0;
    buffer_init(&out, LIMIT_OUTPUT_BYTES);
    for (size_t i = 0; i < batch->jobs.count; i++) {
        const struct job *job = &batch->jobs.items[i];
        bool is_done = job->state == JOB_DONE && job->publication.outcome == OUTCOME_DONE;
        known += is_done;
        if (job->cost && (is_done || job->state == JOB_UNCHANGED))
            buffer_printf(&out, "%llu\t%.*s\t%.*s\n", (unsigned long long)job->cost,
                          TEXT_ARGUMENTS(job->article.language), TEXT_ARGUMENTS(job->article.name));
    }
    text path = arena_printf(batch->arena, "%s/costs", batch->cache.folder);
    bool is_kept = known && folder_make(batch->cache.folder) &&
                   file_write_quickly(path.bytes, buffer_text(&out));
    (void)is_kept; /* a help, no result: it may fail */
    buffer_release(&out);
}

/* After the last job, where some of several failed: which, and why. */
static void tell_summary(struct batch *batch)
{
    size_t failed = 0, wanted = 0;
    for (size_t i = 0; i < batch->jobs.count; i++) {
        const struct publication *publication = &batch->jobs.items[i].publication;
        wanted += !publication->is_unwanted;
        failed += !publication->is_unwanted && publication->outcome != OUTCOME_DONE;
    }
    if (batch->options->is_json) {
        batch->is_mute |= batch->is_mute || !progress_tell_summary(wanted, failed);
        return;
    }
    if (failed == 0 || wanted < 2)
        return;
    stream_complain(arena_printf(batch->arena, "lectern: %zu of %zu failed:\n", failed, wanted));
    for (size_t i = 0; i < batch->jobs.count; i++) {
        const struct job *job = &batch->jobs.items[i];
        if (job->publication.is_unwanted || job->publication.outcome == OUTCOME_DONE)
            continue;
        text name = job_name(batch->arena, job), why = job_failure(batch->arena, job);
        stream_complain(arena_printf(batch->arena, "  %.*s: %.*s\n", TEXT_ARGUMENTS(name),
                                     TEXT_ARGUMENTS(why)));
    }
}

/* parts of a plan */

static bool choose_part(struct batch *batch)
{
    const struct batch_options *options = batch->options;
    bool is_same = options->part_of && text_equal_c(batch->all.digest, options->part_of);
    if (options->parts != batch->jobs.count || !is_same) {
        stream_complain(
            TEXT("lectern: the plan is of other articles than there are: plan again\n"));
        return false;
    }
    batch->jobs.items[0] = batch->jobs.items[options->part - 1];
    batch->jobs.count = 1;
    batch->shard = options->part;
    batch->shards = options->parts;
    return true;
}

static void write_depfile(struct batch *batch)
{
    const struct batch_options *options = batch->options;
    if (!options->depfile || batch->jobs.items[0].publication.outcome != OUTCOME_DONE)
        return;
    text target = arena_printf(batch->arena, "%s/manifest.%u-of-%u.json", batch->publish->output,
                               options->part, options->parts);
    if (!plan_write_depfile(batch->arena, &batch->jobs.items[0], target.bytes, options->depfile))
        complain(batch, text_from_c(options->depfile));
}

/* Whether no file would be written twice; else nothing is begun. */
static bool names_are_apart(struct batch *batch)
{
    struct report report;
    struct buffer out;
    report_init(&report, batch->arena);
    buffer_init(&out, LIMIT_OUTPUT_BYTES);
    selection_check_names(&report, &batch->jobs, batch->publish);
    report_print(&report, &out);
    stream_complain(buffer_text(&out));
    buffer_release(&out);
    return report.errors == 0;
}

enum outcome batch_build(struct arena *arena, const struct article *articles, size_t count,
                         const struct publish_options *publish, const struct batch_options *options)
{
    struct batch *batch = ARENA_NEW(arena, struct batch);
    *batch = (struct batch){.arena = arena, .publish = publish, .options = options};
    batch->jobs.arena = arena;
    for (size_t i = 0; i < count; i++)
        jobs_add(&batch->jobs, &articles[i], publish);
    if (!options->parts && !names_are_apart(batch)) /* of parts, the plan has seen to it */
        return OUTCOME_INPUT;
    shards_name_jobs(&batch->jobs, &batch->all);
    if (options->shards &&
        !shards_choose(&batch->jobs, options->shard, options->shards, options->costs))
        return OUTCOME_INPUT;
    batch->shard = options->shard;
    batch->shards = options->shards;
    if (options->parts && !choose_part(batch))
        return OUTCOME_INPUT;
    if (options->plan)
        return plan_write_ninja(arena, &batch->jobs, batch->all.digest, publish->output,
                                options->plan);
    const char *cache =
        options->cache ? options->cache : arena_printf(arena, "%s/.cache", publish->output).bytes;
    cache_init(&batch->cache, arena, cache, publish);
    do_jobs(batch);
    write_manifest(batch);
    if (options->parts)
        write_depfile(batch);
    else
        write_costs(batch); /* parts do not know each other's */
    if (batch->has_stored && options->cache_bytes && !options->parts)
        cache_sweep(&batch->cache, options->cache_bytes);
    tell_summary(batch);
    return batch->is_mute ? OUTCOME_SYSTEM : batch->outcome;
}

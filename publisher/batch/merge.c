/* Merging shards: nothing is believed but digests. */
#include "base/limits.h"
#include "batch/batch.h"
#include "batch/manifest.h"
#include "batch/prune.h"

#include <errno.h>
#include <string.h>
#include <unistd.h>

struct merge {
    struct arena *arena;
    const char *output;
    struct manifest merged;
    unsigned of;     /* 0: any number of shards */
    bool *has_shard; /* from 1 */
    size_t row_count;
    bool is_broken; /* something is missing or is not as its manifest says */
    enum outcome outcome;
};

static void complain(struct merge *merge, enum outcome outcome, text message)
{
    stream_complain(arena_printf(merge->arena, "lectern: %.*s\n", TEXT_ARGUMENTS(message)));
    merge->is_broken = true;
    if (outcome > merge->outcome)
        merge->outcome = outcome;
}

/* Sees that the file stands in the output folder with the right bytes; takes it from the shard's
   folder where it does not. */
static void take_file(struct merge *merge, const struct published_file *file, const char *folder)
{
    struct arena arena;
    arena_init(&arena);
    text from = arena_printf(&arena, "%s/%.*s", folder, TEXT_ARGUMENTS(file->name));
    text to = arena_printf(&arena, "%s/%.*s", merge->output, TEXT_ARGUMENTS(file->name));
    text bytes;
    char digest[65] = "";
    if (file_read(&arena, from.bytes, SIZE_MAX / 2, &bytes) == FILE_OK)
        bytes_digest(bytes, digest);
    if (strcmp(digest, file->digest) != 0)
        complain(merge, OUTCOME_INPUT,
                 arena_printf(&arena, "%.*s is not what its manifest says", TEXT_ARGUMENTS(from)));
    else if (!text_equal(from, to) && !file_write_whole(to.bytes, bytes))
        complain(
            merge, OUTCOME_SYSTEM,
            arena_printf(&arena, "cannot write %.*s: %s", TEXT_ARGUMENTS(to), strerror(errno)));
    arena_release(&arena);
}

static bool fits(struct merge *merge, const struct manifest *shard, text path)
{
    struct manifest *merged = &merge->merged;
    if (merged->shards == 0) {
        merged->shards = shard->shards;
        merged->jobs = shard->jobs;
        merged->job_count = shard->job_count;
        merge->has_shard = ARENA_NEW_ARRAY(merge->arena, (size_t)shard->shards + 1, bool);
    }
    text why = TEXT_EMPTY;
    if (shard->shards != merged->shards || !text_equal(shard->jobs, merged->jobs))
        why = TEXT("is of another build than the shards before it");
    else if (shard->shard == 0 || shard->shard > shard->shards)
        why = TEXT("is no shard");
    else if (merge->has_shard[shard->shard])
        why = TEXT("is of a shard that is there already");
    if (why.length)
        complain(
            merge, OUTCOME_INPUT,
            arena_printf(merge->arena, "%.*s %.*s", TEXT_ARGUMENTS(path), TEXT_ARGUMENTS(why)));
    else
        merge->has_shard[shard->shard] = true;
    return why.length == 0;
}

static void take_shard(struct merge *merge, const char *folder, text name)
{
    text bytes, path = arena_printf(merge->arena, "%s/%.*s", folder, TEXT_ARGUMENTS(name));
    const char *why = "cannot be read";
    struct manifest shard = {.arena = merge->arena};
    if (file_read(merge->arena, path.bytes, LIMIT_MANIFEST_BYTES, &bytes) != FILE_OK ||
        !manifest_read_json(&shard, bytes, &why)) {
        complain(merge, OUTCOME_INPUT,
                 arena_printf(merge->arena, "%.*s: %s", TEXT_ARGUMENTS(path), why));
        return;
    }
    if (!fits(merge, &shard, path))
        return;
    for (size_t i = 0; i < shard.count; i++) {
        for (size_t f = 0; f < shard.rows[i].file_count; f++)
            take_file(merge, &shard.rows[i].files[f], folder);
        struct manifest *merged = &merge->merged;
        ARENA_GROW(merge->arena, merged->rows, merged->count, merged->capacity);
        merged->rows[merged->count++] = shard.rows[i];
        if (!shard.rows[i].is_published && merge->outcome < OUTCOME_INPUT)
            merge->outcome = OUTCOME_INPUT;
    }
    merge->row_count += shard.count;
}

static void take_folder(struct merge *merge, const char *folder)
{
    text *names;
    size_t count;
    if (!folder_list(merge->arena, folder, &names, &count)) {
        complain(merge, OUTCOME_INPUT, arena_printf(merge->arena, "%s cannot be read", folder));
        return;
    }
    text end = merge->of ? arena_printf(merge->arena, "-of-%u.json", merge->of) : TEXT(".json");
    for (size_t i = 0; i < count; i++) {
        if (text_starts_with(names[i], TEXT("manifest.")) &&
            text_find(names[i], TEXT("-of-"), 0) != SIZE_MAX && text_ends_with(names[i], end))
            take_shard(merge, folder, names[i]);
    }
}

static void check_completeness(struct merge *merge)
{
    const struct manifest *merged = &merge->merged;
    if (merged->shards == 0)
        complain(merge, OUTCOME_INPUT, TEXT("no manifest of a shard was found"));
    for (unsigned i = 1; i <= merged->shards; i++) {
        if (!merge->has_shard[i])
            complain(merge, OUTCOME_INPUT,
                     arena_printf(merge->arena, "shard %u of %u is missing", i, merged->shards));
    }
}

static void write_file(struct merge *merge, const char *name, const struct buffer *bytes)
{
    text path = arena_printf(merge->arena, "%s/%s", merge->output, name);
    if (!file_write_whole(path.bytes, buffer_text(bytes)))
        complain(merge, OUTCOME_SYSTEM,
                 arena_printf(merge->arena, "cannot write %.*s: %s", TEXT_ARGUMENTS(path),
                              strerror(errno)));
}

enum outcome batch_merge(struct arena *arena, const char *const *folders, size_t count,
                         const char *output, unsigned of)
{
    struct merge merge = {.arena = arena, .output = output, .of = of, .merged = {.arena = arena}};
    if (!folder_make(output))
        complain(&merge, OUTCOME_SYSTEM,
                 arena_printf(arena, "cannot write %s: %s", output, strerror(errno)));
    for (size_t i = 0; i < count && merge.outcome < OUTCOME_SYSTEM; i++)
        take_folder(&merge, folders[i]);
    check_completeness(&merge);
    if (merge.is_broken)
        return merge.outcome; /* a manifest that lacks a shard would look like the whole */
    merge.merged.shards = 0;
    struct manifest earlier = {.arena = arena};
    manifest_read_earlier(&earlier, arena_printf(arena, "%s/manifest.json", output).bytes);
    prune_note(&merge.merged, &earlier, output);
    manifest_sort(&merge.merged);
    struct buffer out;
    buffer_init(&out, LIMIT_OUTPUT_BYTES);
    manifest_write_json(&merge.merged, &out);
    write_file(&merge, "manifest.json", &out);
    buffer_clear(&out);
    if (manifest_write_index(&merge.merged, &out))
        write_file(&merge, "index.html", &out);
    buffer_release(&out);
    return merge.outcome;
}

#include "batch/shards.h"

#include "base/limits.h"

#include <stdlib.h>
#include <unistd.h>

void shards_name_jobs(const struct jobs *jobs, struct shard_jobs *all)
{
    struct buffer names;
    char digest[65];
    buffer_init(&names, LIMIT_OUTPUT_BYTES);
    for (size_t i = 0; i < jobs->count; i++)
        buffer_printf(&names, "%.*s\n%.*s\n", TEXT_ARGUMENTS(jobs->items[i].article.name),
                      TEXT_ARGUMENTS(jobs->items[i].article.language));
    bytes_digest(buffer_text(&names), digest);
    *all = (struct shard_jobs){jobs->count, arena_copy(jobs->arena, text_from_c(digest))};
    buffer_release(&names);
}

struct share {
    size_t index;
    uint64_t cost;
    text name, language;
};

static int compare_names(const struct share *a, const struct share *b)
{
    int order = text_compare(a->name, b->name);
    return order ? order : text_compare(a->language, b->language);
}

static int compare_shares(const void *a, const void *b)
{
    const struct share *first = a, *second = b;
    return compare_names(first, second);
}

static int compare_costs(const void *a, const void *b)
{
    const struct share *first = a, *second = b;
    if (first->cost != second->cost)
        return first->cost > second->cost ? -1 : 1;
    return compare_names(first, second);
}

/* Lines of COST, LANGUAGE and NAME with tabs between them; others are passed over. */
static void read_costs(text bytes, struct share *shares, size_t count)
{
    while (bytes.length) {
        text line, number;
        unsigned long cost;
        struct share wanted = {0};
        text_cut(bytes, '\n', &line, &bytes);
        if (!text_cut(line, '\t', &number, &line) ||
            !text_cut(line, '\t', &wanted.language, &wanted.name) ||
            !text_to_number(number, (unsigned long)-1, &cost))
            continue;
        struct share *found = bsearch(&wanted, shares, count, sizeof *shares, compare_shares);
        if (found)
            found->cost = cost;
    }
}

/* What a page or so costs, in microseconds, where nobody has measured it. */
enum { COST_OF_JOB = 20000, COST_OF_BYTE = 4 };

bool shards_choose(struct jobs *jobs, unsigned shard, unsigned shards, const char *costs)
{
    struct share *shares = ARENA_NEW_ARRAY(jobs->arena, jobs->count, struct share);
    for (size_t i = 0; i < jobs->count; i++) {
        const struct job *job = &jobs->items[i];
        shares[i] = (struct share){i, COST_OF_JOB + COST_OF_BYTE * job->source_size,
                                   job->article.name, job->article.language};
    }
    if (jobs->count)
        qsort(shares, jobs->count, sizeof *shares, compare_shares);
    text bytes;
    enum file_status status =
        costs ? file_read(jobs->arena, costs, LIMIT_CATALOGUE_BYTES, &bytes) : FILE_OK;
    if (status != FILE_OK) {
        stream_complain(arena_printf(jobs->arena, "lectern: the file of costs %s %s\n", costs,
                                     file_status_words(status)));
        return false;
    }
    if (costs)
        read_costs(bytes, shares, jobs->count);
    if (jobs->count)
        qsort(shares, jobs->count, sizeof *shares, compare_costs);
    uint64_t *loads = ARENA_NEW_ARRAY(jobs->arena, shards, uint64_t);
    bool *is_ours = ARENA_NEW_ARRAY(jobs->arena, jobs->count, bool);
    for (size_t i = 0; i < jobs->count; i++) {
        unsigned least = 0;
        for (unsigned s = 1; s < shards; s++) {
            if (loads[s] < loads[least])
                least = s;
        }
        loads[least] += shares[i].cost;
        is_ours[shares[i].index] = least + 1 == shard;
    }
    size_t kept = 0;
    for (size_t i = 0; i < jobs->count; i++) {
        if (is_ours[i])
            jobs->items[kept++] = jobs->items[i];
    }
    jobs->count = kept;
    return true;
}

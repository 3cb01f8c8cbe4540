#include "base/assembled.h"

void assembled_add(struct assembled *assembled, struct arena *arena, struct assembled_run run)
{
    if (assembled->run_count) {
        struct assembled_run *last = &assembled->runs[assembled->run_count - 1];
        bool goes_on = !last->is_made && !run.is_made && last->file == run.file &&
                       last->origin + (run.start - last->start) == run.origin;
        if (goes_on)
            return;
        if (last->start == run.start) {
            *last = run;
            return;
        }
    }
    ARENA_GROW(arena, assembled->runs, assembled->run_count, assembled->run_capacity);
    assembled->runs[assembled->run_count++] = run;
}

const struct assembled_run *assembled_find(const struct assembled *assembled, size_t offset)
{
    size_t low = 0, high = assembled->run_count;
    while (low + 1 < high) {
        size_t middle = low + (high - low) / 2;
        if (assembled->runs[middle].start <= offset)
            low = middle;
        else
            high = middle;
    }
    return &assembled->runs[low];
}

void assembled_move_parts(const struct assembled *before, struct assembled *after,
                          struct arena *arena)
{
    size_t at = 0;
    after->parts = ARENA_NEW_ARRAY(arena, before->part_count, struct assembled_part);
    after->part_count = before->part_count;
    for (size_t i = 0; i < before->part_count; i++) {
        const struct assembled_part *part = &before->parts[i];
        const struct assembled_run *old = assembled_find(before, part->start), *run;
        size_t origin = old->origin + (old->is_made ? 0 : part->start - old->start);
        for (; at < after->run_count; at++) { /* the first that goes on from there */
            run = &after->runs[at];
            bool is_last = at + 1 == after->run_count;
            size_t length = is_last ? SIZE_MAX : run[1].start - run->start;
            if (run->file == old->file &&
                (run->origin >= origin || (!run->is_made && origin - run->origin < length)))
                break;
        }
        after->parts[i] = *part;
        if (at == after->run_count)
            after->parts[i].start = after->parts[i - (i > 0)].start;
        else
            after->parts[i].start =
                after->runs[at].start +
                (after->runs[at].origin < origin ? origin - after->runs[at].origin : 0);
    }
}

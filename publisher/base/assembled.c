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

#include "batch/cache.h"

#include <stdlib.h>
#include <string.h>

struct kept_file {
    const char *path, *name;
    uint64_t bytes, used; /* what it takes up; when it was last asked for */
    size_t wanted_by;     /* an object: the entry that named it first, from 1; 0: none */
};

struct kept_files {
    struct arena *arena;
    struct kept_file *items;
    size_t count, capacity;
    uint64_t bytes;
};

/* All files two folders below: "jobs/3f/3fa2…". */
static void list_files(struct kept_files *files, const char *folder)
{
    text *parts, *names;
    size_t part_count, name_count;
    struct arena *arena = files->arena;
    if (!folder_list(arena, folder, &parts, &part_count))
        return;
    for (size_t i = 0; i < part_count; i++) {
        const char *part = arena_printf(arena, "%s/%.*s", folder, TEXT_ARGUMENTS(parts[i])).bytes;
        if (!folder_list(arena, part, &names, &name_count))
            continue;
        for (size_t k = 0; k < name_count; k++) {
            struct kept_file file = {0};
            struct file_stamp stamp;
            file.path = arena_printf(arena, "%s/%.*s", part, TEXT_ARGUMENTS(names[k])).bytes;
            file.name = names[k].bytes;
            if (names[k].length != 64 || !file_usage(file.path, &file.bytes, &stamp))
                continue; /* not ours */
            file.used = stamp.modified;
            files->bytes += file.bytes;
            ARENA_GROW(arena, files->items, files->count, files->capacity);
            files->items[files->count++] = file;
        }
    }
}

static int compare_use(const void *a, const void *b)
{
    const struct kept_file *first = a, *second = b;
    if (first->used != second->used)
        return first->used > second->used ? -1 : 1;
    return strcmp(first->name, second->name);
}

static int compare_names(const void *a, const void *b)
{
    return strcmp(((const struct kept_file *)a)->name, ((const struct kept_file *)b)->name);
}

/* Marks what the entry names; how many bytes that adds. The objects are sorted by name. */
static uint64_t want_objects(const struct kept_files *objects, const struct kept_file *entry,
                             size_t number)
{
    struct arena arena;
    char(*digests)[65];
    uint64_t added = 0;
    arena_init(&arena);
    size_t count = cache_entry_objects(&arena, entry->path, &digests);
    for (size_t i = 0; i < count && objects->count; i++) {
        struct kept_file key = {.name = digests[i]};
        struct kept_file *object =
            bsearch(&key, objects->items, objects->count, sizeof key, compare_names);
        if (object && !object->wanted_by) {
            object->wanted_by = number;
            added += object->bytes;
        }
    }
    arena_release(&arena);
    return added;
}

void cache_sweep(const struct cache *cache, uint64_t most_bytes)
{
    struct arena arena;
    arena_init(&arena);
    struct kept_files entries = {.arena = &arena}, objects = {.arena = &arena};
    list_files(&entries, arena_printf(&arena, "%s/jobs", cache->folder).bytes);
    list_files(&objects, arena_printf(&arena, "%s/objects", cache->folder).bytes);
    if (entries.bytes + objects.bytes > most_bytes) {
        uint64_t room = most_bytes - most_bytes / 4, taken = 0;
        if (entries.count)
            qsort(entries.items, entries.count, sizeof *entries.items, compare_use);
        /* objects come in the order of their names, as the folders were listed */
        for (size_t i = 0; i < entries.count; i++) {
            taken += entries.items[i].bytes;
            if (taken < room)
                taken += want_objects(&objects, &entries.items[i], i + 1);
            if (taken < room)
                continue;
            file_remove(entries.items[i].path);
            /* Nobody wants what it alone has named; older ones go without being read. */
            for (size_t k = 0; room && k < objects.count; k++)
                if (objects.items[k].wanted_by == i + 1)
                    objects.items[k].wanted_by = 0;
            room = 0;
        }
        for (size_t i = 0; i < objects.count; i++) {
            if (!objects.items[i].wanted_by)
                file_remove(objects.items[i].path);
        }
    }
    arena_release(&arena);
}

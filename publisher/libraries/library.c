#include "libraries/library.h"

#include "base/files.h"
#include "libraries/names.h"

#include <assert.h>
#include <dlfcn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { EXIT_SYSTEM = 3, MOST_LIBRARIES = 16 }; /* 3: see --help */

/* By the library's number in library_names; NULL: not yet open. They are never closed. */
static _Atomic(void *) handles[MOST_LIBRARIES];

static size_t find_name(const char *library)
{
    size_t i = 0;
    while (library_names[i].name && strcmp(library_names[i].name, library) != 0)
        i++;
    assert(library_names[i].name && i < MOST_LIBRARIES);
    return i;
}

/* Says what the loader says, which names the file. */
static _Noreturn void give_up(void)
{
    char words[1024];
    const char *why = dlerror();
    int length = snprintf(words, sizeof words, "lectern: a library cannot be loaded: %s\n",
                          why ? why : "it is not as it should be");
    stream_complain((text){words, length < (int)sizeof words ? (size_t)length : sizeof words - 1});
    _exit(EXIT_SYSTEM);
}

/* All that will be called is looked for at once: a library that lacks something is named before
   work begins, or is divided among processes. Two threads that ask at once get the same handle: the
   loader counts. NULL: dlerror has why. */
static void *try_library(const char *library)
{
    size_t number = find_name(library);
    void *handle = atomic_load(&handles[number]);
    if (handle)
        return handle;
    handle = dlopen(library_names[number].file, RTLD_LAZY | RTLD_LOCAL);
    const char *const *name = library_names[number].functions;
    while (handle && *name)
        handle = dlsym(handle, *name++) ? handle : NULL;
    if (handle)
        atomic_store(&handles[number], handle);
    return handle;
}

static void *open_library(const char *library)
{
    void *handle = try_library(library);
    if (!handle)
        give_up();
    return handle;
}

library_function library_find(library_slot *slot, const char *library, const char *function)
{
    library_function found = atomic_load_explicit(slot, memory_order_acquire);
    if (found)
        return found;
    /* POSIX lets a pointer to a function through void *, ISO C does not: hence the copy. */
    void *address = dlsym(open_library(library), function);
    static_assert(sizeof address == sizeof found, "pointers of one size");
    memcpy(&found, &address, sizeof found);
    if (!found)
        give_up();
    atomic_store_explicit(slot, found, memory_order_release);
    return found;
}

void library_open(const char *library)
{
    open_library(library);
}

int library_try(const char *library)
{
    return try_library(library) != NULL;
}

void library_open_all(void)
{
    for (size_t i = 0; library_names[i].name; i++)
        open_library(library_names[i].name);
}

int library_is_open(const char *library)
{
    return atomic_load(&handles[find_name(library)]) != NULL;
}

static int compare_names(const void *name, const void *file)
{
    return strcmp(name, *(const char *const *)file);
}

static size_t count_files(void)
{
    size_t count = 0;
    while (library_files[count])
        count++;
    return count;
}

/* What ldconfig noted, which the loader looks up: among other things the paths, each ended by a NUL
   byte. Those that end with a name of library_files are visited, whichever of them it would take.
 */
static void each_noted_file(void (*visit)(void *object, const char *path), void *object)
{
    enum { LIMIT_NOTED_BYTES = 16 * 1024 * 1024 };
    struct arena arena;
    text noted;
    size_t count = count_files();
    arena_init(&arena);
    if (file_read(&arena, "/etc/ld.so.cache", LIMIT_NOTED_BYTES, &noted) != FILE_OK)
        noted = TEXT("");
    for (size_t at = 0; at < noted.length; at += strlen(noted.bytes + at) + 1) {
        const char *path = noted.bytes + at, *name = strrchr(path, '/');
        if (path[0] == '/' &&
            bsearch(name + 1, library_files, count, sizeof *library_files, compare_names))
            visit(object, path);
    }
    arena_release(&arena);
}

void library_each_file(void (*visit)(void *object, const char *path), void *object)
{
    Dl_serinfo room, *places = NULL;
    void *program = dlopen(NULL, RTLD_LAZY);
    if (program && dlinfo(program, RTLD_DI_SERINFOSIZE, &room) == 0)
        places = malloc(room.dls_size);
    if (places) {
        places->dls_size = room.dls_size;
        places->dls_cnt = room.dls_cnt;
    }
    if (places && dlinfo(program, RTLD_DI_SERINFO, places) == 0) {
        for (size_t i = 0; library_files[i]; i++) {
            for (unsigned k = 0; k < places->dls_cnt; k++) {
                char path[4096];
                int length = snprintf(path, sizeof path, "%s/%s", places->dls_serpath[k].dls_name,
                                      library_files[i]);
                if (length > 0 && length < (int)sizeof path && file_kind(path))
                    visit(object, path);
            }
        }
    }
    free(places);
    if (program)
        dlclose(program);
    each_noted_file(visit, object);
}

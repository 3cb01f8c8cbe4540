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

/* Two threads that ask at once get the same handle: the loader counts. */
static void *open_library(const char *library)
{
    size_t number = find_name(library);
    void *handle = atomic_load(&handles[number]);
    if (!handle) {
        handle = dlopen(library_names[number].file, RTLD_LAZY | RTLD_LOCAL);
        if (!handle)
            give_up();
        atomic_store(&handles[number], handle);
    }
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

void library_open_all(void)
{
    for (size_t i = 0; library_names[i].name; i++)
        open_library(library_names[i].name);
}

int library_is_open(const char *library)
{
    return atomic_load(&handles[find_name(library)]) != NULL;
}

int library_is_deferred(const char *name)
{
    for (size_t i = 0; library_files[i]; i++)
        if (strcmp(library_files[i], name) == 0)
            return 1;
    return 0;
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
                if (length > 0 && length < (int)sizeof path && file_kind(path)) {
                    visit(object, path);
                    break;
                }
            }
        }
    }
    free(places);
    if (program)
        dlclose(program);
}

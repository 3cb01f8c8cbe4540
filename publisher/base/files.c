#include "base/files.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <linux/openat2.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

static void close_descriptor(void *object)
{
    close((int)(intptr_t)object);
}

bool folder_open(struct folder *folder, struct arena *arena, text path)
{
    *folder = (struct folder){.descriptor = -1, .name = arena_copy(arena, path)};
    folder->descriptor = open(folder->name.bytes, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (folder->descriptor < 0)
        return false;
    arena_on_release(arena, close_descriptor, (void *)(intptr_t)folder->descriptor);
    return true;
}

/* Opens a name below a folder without ever leaving it. Kernels and sandboxes without openat2 get
   the careful way: each component opened without following links. */
static int open_component_by_component(int descriptor, char *name)
{
    int current = dup(descriptor);
    char *rest = name;
    while (current >= 0) {
        char *slash = strchr(rest, '/');
        if (slash)
            *slash = '\0';
        bool is_nothing = *rest == '\0' || strcmp(rest, ".") == 0;
        if (strcmp(rest, "..") == 0) {
            close(current);
            errno = EXDEV;
            return -1;
        }
        int flags = O_RDONLY | O_NOFOLLOW | O_CLOEXEC | O_NONBLOCK | (slash ? O_DIRECTORY : 0);
        int next = is_nothing ? dup(current) : openat(current, rest, flags);
        int error = errno;
        close(current);
        errno = error == ELOOP ? EXDEV : error;
        current = next;
        if (!slash)
            break;
        rest = slash + 1;
    }
    return current;
}

static int open_below(int descriptor, const char *name)
{
    struct open_how how = {
        .flags = O_RDONLY | O_CLOEXEC | O_NONBLOCK,
        .resolve = RESOLVE_BENEATH | RESOLVE_NO_MAGICLINKS,
    };
    long opened = syscall(SYS_openat2, descriptor, name, &how, sizeof how);
    if (opened >= 0 || (errno != ENOSYS && errno != EPERM))
        return (int)opened;
    char *copy = strdup(name);
    if (!copy)
        return -1;
    int result = open_component_by_component(descriptor, copy);
    int error = errno;
    free(copy);
    errno = error;
    return result;
}

static enum file_status read_descriptor(int descriptor, struct arena *arena, size_t maximum,
                                        text *bytes)
{
    struct stat status;
    if (fstat(descriptor, &status) < 0)
        return FILE_UNREADABLE;
    if (!S_ISREG(status.st_mode))
        return FILE_NOT_REGULAR;
    if (status.st_size < 0 || (uintmax_t)status.st_size > maximum)
        return FILE_TOO_LARGE;
    size_t size = (size_t)status.st_size, length = 0;
    char *memory = arena_allocate(arena, size + 1);
    while (length < size) {
        ssize_t got = read(descriptor, memory + length, size - length);
        if (got < 0 && errno == EINTR)
            continue;
        if (got < 0)
            return FILE_UNREADABLE;
        if (got == 0)
            break; /* it shrank meanwhile: what is there is what is read */
        length += (size_t)got;
    }
    memory[length] = '\0';
    *bytes = (text){memory, length};
    return FILE_OK;
}

static enum file_status status_of_error(int error)
{
    switch (error) {
    case ENOENT:
    case ENOTDIR:
    case ENAMETOOLONG:
        return FILE_NOT_FOUND;
    case EXDEV:
    case ELOOP:
        return FILE_OUTSIDE;
    default:
        return FILE_UNREADABLE;
    }
}

static enum file_status read_and_close(int descriptor, struct arena *arena, size_t maximum,
                                       text *bytes)
{
    if (descriptor < 0)
        return status_of_error(errno);
    enum file_status status = read_descriptor(descriptor, arena, maximum, bytes);
    close(descriptor);
    return status;
}

enum file_status folder_read(const struct folder *folder, struct arena *arena, text name,
                             size_t maximum, text *bytes)
{
    *bytes = TEXT_EMPTY;
    if (name.length == 0 || text_find_byte(name, '\0', 0) != SIZE_MAX)
        return FILE_NOT_FOUND;
    if (name.bytes[0] == '/')
        return FILE_OUTSIDE;
    char *path = arena_copy_c(arena, name);
    return read_and_close(open_below(folder->descriptor, path), arena, maximum, bytes);
}

char file_kind(const char *path)
{
    struct stat status;
    if (stat(path, &status) < 0)
        return 0;
    if (S_ISREG(status.st_mode))
        return 'f';
    return S_ISDIR(status.st_mode) ? 'd' : 0;
}

enum file_status file_read(struct arena *arena, const char *path, size_t maximum, text *bytes)
{
    *bytes = TEXT_EMPTY;
    return read_and_close(open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK), arena, maximum, bytes);
}

const char *file_status_words(enum file_status status)
{
    switch (status) {
    case FILE_OK:
        return "can be read";
    case FILE_NOT_FOUND:
        return "does not exist";
    case FILE_OUTSIDE:
        return "lies outside the article's folder";
    case FILE_NOT_REGULAR:
        return "is not a file";
    case FILE_TOO_LARGE:
        return "is larger than Lectern reads";
    case FILE_UNREADABLE:
        break;
    }
    return "cannot be read";
}

static int compare_names(const void *left, const void *right)
{
    return text_compare(*(const text *)left, *(const text *)right);
}

bool folder_list(struct arena *arena, const char *path, text **names, size_t *count)
{
    *names = NULL;
    *count = 0;
    DIR *stream = opendir(path);
    if (!stream)
        return false;
    size_t capacity = 0;
    for (struct dirent *entry = readdir(stream); entry; entry = readdir(stream)) {
        if (entry->d_name[0] == '.')
            continue;
        ARENA_GROW(arena, *names, *count, capacity);
        (*names)[(*count)++] = arena_copy(arena, text_from_c(entry->d_name));
    }
    closedir(stream);
    if (*count)
        qsort(*names, *count, sizeof **names, compare_names);
    return true;
}

bool folder_make(const char *path)
{
    char *copy = strdup(path);
    if (!copy)
        return false;
    bool made = true;
    for (char *slash = strchr(copy + (copy[0] == '/'), '/'); slash && made;
         slash = strchr(slash + 1, '/')) {
        *slash = '\0';
        made = mkdir(copy, 0777) == 0 || errno == EEXIST;
        *slash = '/';
    }
    made = made && (mkdir(copy, 0777) == 0 || errno == EEXIST) && file_kind(copy) == 'd';
    free(copy);
    return made;
}

bool stream_write(int descriptor, text bytes)
{
    size_t done = 0;
    while (done < bytes.length) {
        ssize_t wrote = write(descriptor, bytes.bytes + done, bytes.length - done);
        if (wrote < 0 && errno == EINTR)
            continue;
        if (wrote < 0)
            return false;
        done += (size_t)wrote;
    }
    return true;
}

bool file_write_whole(const char *path, text bytes)
{
    /* The temporary name is of the process, so that two builds at once do not share it. */
    char *temporary = NULL;
    const char *slash = strrchr(path, '/');
    int folder_length = slash ? (int)(slash - path) + 1 : 0;
    if (asprintf(&temporary, "%.*s.%s.%ld.tmp", folder_length, path, path + folder_length,
                 (long)getpid()) < 0)
        return false;
    int descriptor = open(temporary, O_WRONLY | O_CREAT | O_TRUNC | O_NOFOLLOW | O_CLOEXEC, 0666);
    bool written = descriptor >= 0 && stream_write(descriptor, bytes) && fsync(descriptor) == 0;
    int error = errno;
    if (descriptor >= 0 && close(descriptor) < 0 && written) {
        written = false;
        error = errno;
    }
    if (written && rename(temporary, path) < 0) {
        written = false;
        error = errno;
    }
    if (!written && descriptor >= 0)
        unlink(temporary);
    free(temporary);
    errno = error;
    return written;
}

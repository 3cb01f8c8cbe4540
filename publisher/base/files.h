/* Files: the only place of the program that opens a path. A folder is a root that cannot be left:
   names are relative, no `..`, no symbolic link that leads out of it (openat2 RESOLVE_BENEATH), and
   only regular files are read. Outputs appear at their final name only when they are whole. */
#ifndef LECTERN_BASE_FILES_H
#define LECTERN_BASE_FILES_H

#include "base/arena.h"

enum file_status {
    FILE_OK,
    FILE_NOT_FOUND,
    FILE_OUTSIDE,     /* the name or a link in it leaves the folder */
    FILE_NOT_REGULAR, /* a folder, a device, a pipe */
    FILE_TOO_LARGE,
    FILE_UNREADABLE,
};

struct folder {
    int descriptor; /* -1: not open */
    text name;      /* as the user wrote it, for messages */
};

/* Opens a folder for reading below it. The name is copied into the arena; the descriptor closes
   with the arena. */
bool folder_open(struct folder *folder, struct arena *arena, text path);
/* Reads the whole file into the arena (followed by a NUL byte that does not count). */
enum file_status folder_read(const struct folder *folder, struct arena *arena, text name,
                             size_t maximum, text *bytes);
/* What a path is: 'f' a regular file, 'd' a folder, 0 neither or not there. Follows links. */
char file_kind(const char *path);
/* Reads a file outside any article: the program's own data. Same errors. */
enum file_status file_read(struct arena *arena, const char *path, size_t maximum, text *bytes);
/* A sentence part: "does not exist", "is larger than the limit" … */
const char *file_status_words(enum file_status status);
/* Names in a folder, sorted by bytes, without those that begin with a dot. */
bool folder_list(struct arena *arena, const char *path, text **names, size_t *count);
/* Makes the folder and those above it. */
bool folder_make(const char *path);
/* Writes bytes to folder/name: temporary file beside it, fsync, rename. False with errno set, and
   then nothing stands at or beside the final name that did not stand there before. */
bool file_write_whole(const char *path, text bytes);
/* Standard output and error, all of it; false on failure. */
bool stream_write(int descriptor, text bytes);

#endif

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

/* By what a file that was not touched is known again, without reading it. */
struct file_stamp {
    uint64_t size, inode, changed, modified; /* times in nanoseconds since 1970 */
};

/* One file that was asked for below a folder. */
struct file_record {
    text folder, name;
    bool is_there;
    struct file_stamp stamp;
    char digest[65]; /* SHA-256 of its bytes, in hexadecimal */
};

/* All that was read below some folders, each file once, in the order in which it was first read: on
   what the result depends. */
struct file_log {
    struct arena *arena;
    struct file_record *records;
    size_t count, capacity;
};

struct folder {
    int descriptor;       /* -1: not open */
    text name;            /* as the user wrote it, for messages */
    struct file_log *log; /* what folder_read reads is noted here; NULL, as folder_open sets it:
                             nowhere */
};

/* Opens a folder for reading below it. The name is copied into the arena; the descriptor closes
   with the arena. */
MUST_CHECK bool folder_open(struct folder *folder, struct arena *arena, text path);
/* Reads the whole file into the arena (followed by a NUL byte that does not count). */
MUST_CHECK enum file_status folder_read(const struct folder *folder, struct arena *arena, text name,
                                        size_t maximum, text *bytes);
/* The stamp of a regular file; false where there is none. Follows links. */
bool file_stamp(const char *path, struct file_stamp *stamp);
/* Whether the file is, as far as stamps tell, the same as it was. */
bool file_stamp_equal(const struct file_stamp *a, const struct file_stamp *b);
/* Bytes that would be free if the file were removed: none where it has another name. */
bool file_usage(const char *path, uint64_t *bytes, struct file_stamp *stamp);
/* Sets the time of the last change to now, where that is more than so many seconds ago. */
void file_touch(const char *path, unsigned seconds);
/* SHA-256 (FIPS 180-4) in hexadecimal, with a NUL byte. */
void bytes_digest(text bytes, char digest[65]);
/* What a path is: 'f' a regular file, 'd' a folder, 0 neither or not there. Follows links. */
char file_kind(const char *path);
/* Whether both paths lead to the same file or folder. */
bool file_is_same(const char *path, const char *other);
/* The folder's path from the one above it, or from itself (empty), links followed; false where that
   is none of these. */
bool folder_path_below(struct arena *arena, const char *above, const char *folder, text *path);
/* The folder's own name, links followed, however the path to it is written; empty: it has none, or
   is not there. */
text folder_own_name(struct arena *arena, const char *folder);
/* Whether the path is a symbolic link. */
bool file_is_link(const char *path);
/* Reads a file outside any article: the program's own data. Same errors. */
MUST_CHECK enum file_status file_read(struct arena *arena, const char *path, size_t maximum,
                                      text *bytes);
/* "-", a pipe, a terminal: it can be read once, and nothing lies beside it. */
bool file_is_stream(const char *path);
/* file_read, and of streams too: "-" is standard input. */
MUST_CHECK enum file_status file_read_any(struct arena *arena, const char *path, size_t maximum,
                                          text *bytes);
/* A sentence part: "does not exist", "is larger than the limit" … */
const char *file_status_words(enum file_status status);
/* Names in a folder, sorted by bytes, without those that begin with a dot. */
bool folder_list(struct arena *arena, const char *path, text **names, size_t *count);
/* The regular files somewhere below a path in the folder (empty: the folder itself), as paths from
   the folder: those that are wanted, of one folder after the other, its names sorted by bytes.
   Names that begin with a dot and links are left out, and so is all below `but` (empty: nothing).
   At most so many are found, and so many entries looked at. */
struct folder_search {
    bool (*wants)(text name);
    text below, but;
    size_t most, most_entries;
};
void folder_find(const struct folder *folder, struct arena *arena,
                 const struct folder_search *search, text **names, size_t *count);
/* The first bytes of a file, such as one of /proc, into storage of the caller; how many they are, 0
   where it cannot be read. A handler of signals may call it: nothing is allocated or locked. */
size_t file_peek(const char *path, char *into, size_t room);
/* Makes the folder and those above it. */
MUST_CHECK bool folder_make(const char *path);
/* Writes an output: temporary file beside it, fsync, rename. False with errno set, and then nothing
   stands at or beside the final name that did not stand there before. A file that was there leaves
   its mode; a link stays one, and what it leads to is written; into a pipe or a device the bytes
   are written, and one that nobody reads from is an error (ENXIO), as a socket is. */
MUST_CHECK bool file_write_whole(const char *path, text bytes);
/* The same, without waiting for the disk: where the power fails a moment later, an empty file may
   stand there. For what whoever reads it tests, and what can be made again. */
MUST_CHECK bool file_write_quickly(const char *path, text bytes);

enum { FILES_TOGETHER = 4 };

struct file_content {
    const char *path;
    text bytes;
    int error; /* errno where it could not be written; else 0 */
};

/* Writes some files (FILES_TOGETHER at most), each as file_write_whole does, and says of each
   whether it was; the disk is waited for once, not once for each. */
void file_write_together(struct file_content *files, size_t count);
/* Writes a file of the author's own: whole, as above, and with its mode, its owner, its other names
   and its attributes; where these cannot go over to a new file, in its place. One that is there
   and may not be written is left alone. */
MUST_CHECK bool file_rewrite(const char *path, text bytes);
/* Gives the file a second name, or copies it where that cannot be; a name that is taken stays as it
   is. False with errno set. */
MUST_CHECK bool file_link_or_copy(const char *from, const char *to);
/* Takes the name away; one that is not there is no failure. */
bool file_remove(const char *path);
/* Standard output and error, all of it; false on failure. */
MUST_CHECK bool stream_write(int descriptor, text bytes);
/* Writes the words on standard error, as far as that can be had: of its failure nobody could be
   told. */
void stream_complain(text words);
/* To standard output; false where that fails, which is said on standard error. */
MUST_CHECK bool stream_print(text bytes);
/* At the start of the program: standard streams that were closed are opened for nothing, so that no
   file that is opened later is taken for one of them. */
void streams_open(void);

#endif

/* The ZIP archive of an EPUB (EPUB 3.3, 4.2 and 4.3), read in memory: nothing is unpacked to a
   disk, so a name that leaves the archive is only a fault. */
#ifndef LECTERN_INSPECT_EPUB_ARCHIVE_H
#define LECTERN_INSPECT_EPUB_ARCHIVE_H

#include "inspect/model.h"

struct epub_entry {
    text name;
    uint64_t index, size, packed;
    bool is_encrypted;
};

struct epub_archive {
    struct zip *zip;
    struct inspection *inspection;
    struct epub_entry *entries; /* sorted by name */
    size_t count;
    uint64_t unpacked; /* bytes of all that was read */
};

/* False, with the inspection's failure set, where it is no archive or exceeds a limit. Notes faults
   of names and of the file mimetype. */
MUST_CHECK bool epub_archive_open(struct epub_archive *archive, struct inspection *inspection);
/* Gives the archive back; what was read of it stays, in the arena. */
void epub_archive_close(struct epub_archive *archive);
/* The file of that path; NULL: there is none. */
struct epub_entry *epub_archive_find(const struct epub_archive *archive, text path);
/* The file's bytes into the buffer, which is cleared. Empty: it was read; else why it was not. Past
   a limit the inspection fails. */
text epub_archive_read(struct epub_archive *archive, text path, struct buffer *out);

/* The file's first bytes, so many and one more where it has them, into the buffer, which is
   cleared. They count for no limit. Empty: they were read; else why not. */
text epub_archive_begin(struct epub_archive *archive, text path, size_t most, struct buffer *out);

enum epub_place {
    EPUB_INSIDE,  /* path (and fragment) name a place of the archive */
    EPUB_REMOTE,  /* another scheme */
    EPUB_OUTSIDE, /* it leads out of the archive */
};

/* Where a URL in the file `base` leads (EPUB 3.3, 4.2.5): percent signs decoded, "." and ".."
   resolved. path and fragment are in the arena; a path that leads out of the archive stays as it
   is written, and is that of no file. */
enum epub_place epub_resolve(struct arena *arena, text base, text url, text *path, text *fragment);

#endif

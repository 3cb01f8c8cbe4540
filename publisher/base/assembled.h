/* Assembled: a text that was put together out of several files before it was read. It remembers of
   each byte from where it comes, so that what is found in it is told where somebody can mend it.
   The first file is the one that holds the others. */
#ifndef LECTERN_BASE_ASSEMBLED_H
#define LECTERN_BASE_ASSEMBLED_H

#include "base/arena.h"

struct assembled_file {
    text name;         /* as a user would write it, from where Lectern was called */
    text path;         /* from the folder of the first file */
    text bytes;        /* all that is in it */
    bool is_base;      /* what its addresses name lies beside it, and not beside the first */
    uint32_t source;   /* its number in the report */
    bool is_in_use;    /* while it is assembled: it is being put in */
    text clean;        /* while it is assembled: the bytes without what may not stand in a text */
    size_t first_byte; /* while it is assembled: what stands before it is front matter */
};

/* Bytes of the text, up to the next run. */
struct assembled_run {
    size_t start;              /* in the text */
    size_t origin, origin_end; /* in the file; the end of what was made alone */
    uint32_t file;
    bool is_made; /* stands for the bytes origin..origin_end, which are no copy */
};

/* A part of the text that is read by itself: of a book, a file. */
struct assembled_part {
    size_t start;  /* in the text; the first is at 0 */
    uint32_t file; /* from which it comes */
    unsigned kind; /* what it is, and where it stands: see document/division.h */
    unsigned place;
    unsigned deeper;  /* by how many levels its headings are deeper */
    bool has_title;   /* it begins with a line that was made of its title */
    bool drops_title; /* which the first heading of its own says as well: found when it is parsed */
};

struct assembled {
    struct assembled_file *files;
    size_t file_count, file_capacity;
    struct assembled_run *runs; /* the first begins at 0 */
    size_t run_count, run_capacity;
    struct assembled_part *parts; /* in their order; none: it is read as one */
    size_t part_count, part_capacity;
};

/* Adds a run, joined to the one before where it goes on from there. */
void assembled_add(struct assembled *assembled, struct arena *arena, struct assembled_run run);
/* The run that holds the offset; there is one at least. */
const struct assembled_run *assembled_find(const struct assembled *assembled, size_t offset);

#endif

/* The names of files that libraries/library.c opens: names.c is made by the Makefile, from what the
   linker would have linked. */
#ifndef LECTERN_LIBRARIES_NAMES_H
#define LECTERN_LIBRARIES_NAMES_H

struct library_name {
    const char *name;             /* as the linker is asked for it: "poppler-glib" */
    const char *file;             /* its soname: "libpoppler-glib.so.8" */
    const char *const *functions; /* that Lectern calls; the last is NULL */
};

/* The last has no name. */
extern const struct library_name library_names[];
/* The sonames of these, of the others that the program is linked with, and of all that they need,
   in the order of bytes; NULL behind the last. */
extern const char *const library_files[];

#endif

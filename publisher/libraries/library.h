/* Libraries that few runs need: they are opened when one of their functions is called first, not
   when the program starts. Loading poppler, librsvg, libqpdf, libzip and libmicrohttpd, and the
   fifty libraries that these need, takes longer than an article does.

   Each has a header here. It includes the library's own, and gives each function that Lectern calls
   as a macro of the same name: who calls sees no difference, and the compiler holds the call
   against the library's declaration. A function that is left out does not link. */
#ifndef LECTERN_LIBRARIES_LIBRARY_H
#define LECTERN_LIBRARIES_LIBRARY_H

#include <stdatomic.h>

typedef void (*library_function)(void);

/* Where a place that calls keeps what it found. */
typedef _Atomic(library_function) library_slot;

/* The function of a library, which is opened if it is not yet: "poppler-glib", as the linker has
   it. Any thread may ask. Where the library or the function is not there the process says so and
   ends with OUTCOME_SYSTEM, as it would without this, before it began. */
library_function library_find(library_slot *slot, const char *library, const char *function);

/* Opens it, for children that are about to be made: each would open it for itself. */
void library_open(const char *library);
/* The same, but one that cannot be opened is left to the child, which says so. 0: it is. */
int library_try(const char *library);
/* library_open of all of them. */
void library_open_all(void);
/* Whether it was opened, by this or a call. */
int library_is_open(const char *library);

/* Calls visit(object, path) for each file that the loader may take for a library that the program
   is linked with, that may be opened so, or that one of these needs: where it looks first, and what
   /etc/ld.so.cache has. They and their order do not depend on what is open. */
void library_each_file(void (*visit)(void *object, const char *path), void *object);

/* What the headers beside this one are made of. The name of the function is not replaced again in
   what replaces it (C11, 6.10.3.4). */
#define LIBRARY_CALL(library, function)                                                            \
    (__extension__({                                                                               \
        static library_slot library_slot_here;                                                     \
        (__typeof__(&function))library_find(&library_slot_here, library, #function);               \
    }))

#endif

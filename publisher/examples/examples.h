/* Examples of whole publications, one of each kind, for whoever begins one: the files of this
   folder, which embed.sh puts into the program. */
#ifndef LECTERN_EXAMPLES_EXAMPLES_H
#define LECTERN_EXAMPLES_EXAMPLES_H

#include "base/arena.h"

struct example_file {
    const char *kind;         /* "leaflet" */
    const char *language;     /* a tag of BCP 47; empty: the file belongs to all languages */
    const char *name;         /* within the article's folder */
    const char *const *lines; /* each with its newline, the last followed by NULL */
};

/* Sorted by kind, and within one by the name of the source; the last has no kind. */
extern const struct example_file example_files[];

/* Whether the file is what makes its folder an article or a book: an article itself, or the list of
   the files of a book. */
bool example_is_main(const struct example_file *file);
/* Whether there is an example of the kind. */
bool example_has_kind(const char *kind);
/* The kinds there are, or (kind not NULL) the languages that there is one in: with commas between
   them, in the arena. */
const char *example_list(struct arena *arena, const char *kind);
/* The tag of the example that serves the tag asked for: "de" for de-AT too. NULL: there is none. */
const char *example_language(const char *kind, text asked);

#endif

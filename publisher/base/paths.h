/* Paths as users write them, without a look at the disk. */
#ifndef LECTERN_BASE_PATHS_H
#define LECTERN_BASE_PATHS_H

#include "base/arena.h"

/* The folder above: "a" of "a/b", "." of "a", ".." of ".", "../.." of ".."; "/" of "/". */
text path_above(struct arena *arena, text folder);
/* The folder before a name in it; the name alone where the folder is "." or empty. */
text path_join(struct arena *arena, text folder, text name);
/* Without "." and "..", as far as these can be taken back: "a/../../b" gives "../b"; a path that
   begins with a slash never leads above it. Empty: the folder itself. */
text path_normal(struct arena *arena, text path);

/* The way from a folder to a path, both from the same place, without "." and "..": "../x" from "a"
   to "x". */
text path_between(struct arena *arena, text folder, text path);

/* Whether the name is that of a file of Markdown. */
bool path_is_markdown(text name);
/* Names of files that are of their own kind, and that no one takes for articles: README …; a name
   that begins with a low line is that of a part, for Quarto, Jekyll and Docusaurus. */
bool path_is_about_folder(text name);

#endif

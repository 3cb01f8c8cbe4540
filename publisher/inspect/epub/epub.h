/* Reads an EPUB 3 (or 2) into an inspection: its container, package, spine and navigation (EPUB
   3.3, 4, 5 and 7), and the documents of the spine as a screen reader gets them. */
#ifndef LECTERN_INSPECT_EPUB_EPUB_H
#define LECTERN_INSPECT_EPUB_EPUB_H

#include "inspect/model.h"

/* inspection->bytes is the file; what keeps it from being read is inspection->failure. */
void epub_inspect(struct inspection *inspection);
/* The bytes of a picture, by details.picture, in the arena, and its media type (a literal) by its
   first bytes; false where it is not there, is too large or is of a type that EPUBs may not show.
 */
bool epub_picture(const struct inspection *inspection, text path, struct arena *arena, text *bytes,
                  const char **media_type);

#endif

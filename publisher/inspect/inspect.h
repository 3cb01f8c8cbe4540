/* Inspect: reads a PDF or an EPUB, whoever made it, and writes what assistive technology gets from
   it, and which conditions of the Matterhorn Protocol (of EPUB Accessibility) it does not meet. */
#ifndef LECTERN_INSPECT_INSPECT_H
#define LECTERN_INSPECT_INSPECT_H

#include "base/arena.h"
#include "base/buffer.h"

struct inspection; /* inspect/model.h */

enum inspect_format { INSPECT_TEXT, INSPECT_JSON, INSPECT_HTML };

/* Reads the bytes of a file; name: as the user wrote it. By its first bytes it is taken for a PDF
   or an EPUB. Always gives an inspection, in the arena; its failure says what kept it from being
   read whole. */
struct inspection *inspect(struct arena *arena, text name, text bytes);
/* The library (libraries/library.h) that inspect will open for a file that begins so; NULL: none.
 */
const char *inspect_library(text bytes);
/* Writes it; INSPECT_HTML is a page that asks for nothing outside of itself. False where the output
 * would be too large. */
MUST_CHECK bool inspection_write(const struct inspection *inspection, enum inspect_format format,
                                 struct buffer *out);

/* Why it could not be read whole; empty where it was. */
text inspection_failure(const struct inspection *inspection);
/* How many faults were found. */
size_t inspection_findings(const struct inspection *inspection);

#endif

/* lectern inspect: one file to standard output, or its report to a file. */
#ifndef LECTERN_INSPECT_FILE_H
#define LECTERN_INSPECT_FILE_H

#include "inspect/inspect.h"
#include "publish.h"

/* report: where the HTML report goes, written whole or not at all; NULL: everything goes to
   standard output. OUTCOME_INPUT where there are findings or the file cannot be read whole; why
   stands on standard error. */
enum outcome inspect_file(struct arena *arena, const char *path, enum inspect_format format,
                          const char *report);

#endif

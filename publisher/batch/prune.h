/* Prune: what earlier builds have written into the output folder and the manifest no longer lists.
   Only what a manifest has named, by a name that Lectern gives, and that still has the bytes that
   it was published with, is ever taken away. */
#ifndef LECTERN_BATCH_PRUNE_H
#define LECTERN_BATCH_PRUNE_H

#include "batch/manifest.h"

/* Notes in the manifest what the earlier one listed, or had noted itself, that is still in the
   folder and that no row of the manifest names: sorted by name, each once. */
void prune_note(struct manifest *manifest, const struct manifest *earlier, const char *folder);
/* Takes away what is noted, but for files of articles that failed in this build, which stay as they
   were, and for files that were changed since: these are told on standard error and stay noted.
   What is taken away is told: on standard error, or with is_json as events on standard output.
   False where the system fails, which is told. */
MUST_CHECK bool prune_remove(struct manifest *manifest, const char *folder, bool is_json);

#endif

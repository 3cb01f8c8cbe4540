/* Selection: what of the sources is worked on, and what is not, which is said: a run that did
   nothing, or less than one may think, is no silent success. */
#ifndef LECTERN_BATCH_SELECTION_H
#define LECTERN_BATCH_SELECTION_H

#include "base/report.h"
#include "batch/jobs.h"

/* Reports languages that were asked for and of whose range no article is in one or has a catalogue
   in one (language-unavailable), and catalogues whose names say nothing (catalogue-name). Reads
   articles only as far as that needs. False where languages were asked for and none is there. */
bool selection_check(struct report *report, const struct article *articles, size_t count,
                     const struct publish_options *options);
/* Reports jobs whose files would have the same names (output-same), as an error, and those whose
   names differ in their case alone, as a warning. */
void selection_check_names(struct report *report, const struct jobs *jobs,
                           const struct publish_options *options);
/* Of a source that is a folder, with the articles found in it: reports Markdown files, and articles
   in the folders of others, that are part of none of these (source-passed-over). */
void selection_tell_passed_over(struct report *report, text source, const struct article *articles,
                                size_t count);

#endif

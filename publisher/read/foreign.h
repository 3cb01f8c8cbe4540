/* Foreign: documents of other programs that are given for an article. */
#ifndef LECTERN_READ_FOREIGN_H
#define LECTERN_READ_FOREIGN_H

#include "base/report.h"

struct foreign {
    const char *what; /* "a Word document" */
    const char *hint; /* what to do; "%s" in it: the file's name */
};

/* Whether the bytes are such a document: by their beginning, by what an archive holds, and of text
   by the name where it does not begin with front matter. */
bool foreign_find(text bytes, text name, struct foreign *foreign);
/* The same by the name alone, of files too large to be read. */
bool foreign_find_by_name(text name, struct foreign *foreign);
/* Reports it (source-format); false. */
bool foreign_report(struct report *report, struct span span, text name,
                    const struct foreign *foreign);

#endif

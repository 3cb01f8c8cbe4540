/* Write: references → a file of references in a format of the readers'. */
#ifndef LECTERN_REFERENCES_WRITE_H
#define LECTERN_REFERENCES_WRITE_H

#include "references/references.h"

enum reference_target {
    REFERENCES_TO_CSLJSON,
    REFERENCES_TO_BIBTEX,
    REFERENCES_TO_BIBLATEX,
    REFERENCES_TO_RIS,
    REFERENCES_TARGETS
};

/* "csljson", "bibtex", "biblatex", "ris". */
extern const char *const reference_target_names[REFERENCES_TARGETS];

/* Writes them in the list's order. What the format has no place for is told where it stands
   (`reference-unheld`): each field of CSL's, and once for each name what no field of CSL's is for
   (reference->left). The same references give the same bytes. */
void references_write(struct arena *arena, struct report *report, const struct reference_list *list,
                      enum reference_target target, struct buffer *out);

#endif

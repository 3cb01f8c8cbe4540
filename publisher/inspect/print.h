/* The printers of an inspection. */
#ifndef LECTERN_INSPECT_PRINT_H
#define LECTERN_INSPECT_PRINT_H

#include "inspect/model.h"

void print_text(const struct inspection *inspection, struct buffer *out);
void print_html(const struct inspection *inspection, struct buffer *out);
void print_json(const struct inspection *inspection, struct buffer *out);

/* The role, or the tag where it has none. */
text print_role(const struct details *details);
bool condition_applies(const struct inspection *inspection, enum condition condition);
/* Whether a condition that is checked here was looked for in all of this file: not where reading
   was given up, nor where the file has nothing that it is about. What was found was examined. */
bool condition_examined(const struct inspection *inspection, enum condition condition);
/* An EPUB is tagged by its nature, once there is a document in it. */
bool print_is_tagged(const struct inspection *inspection);
/* "findings", "no findings"; "not examined": reading was given up before anything was found. */
const char *print_verdict(const struct inspection *inspection);
/* Whether a PDF or an EPUB holds no text at all, as a page that is a picture. */
bool print_lacks_text(const struct inspection *inspection);

#endif

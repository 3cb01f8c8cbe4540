/* The printers of an inspection: text and JSON. report/ is the third, HTML. */
#ifndef LECTERN_INSPECT_PRINT_H
#define LECTERN_INSPECT_PRINT_H

#include "inspect/rules.h"

/* Each appends the whole inspection to the buffer, whose maximum may be met. */
void print_text(const struct inspection *inspection, struct buffer *out);
/* The same as one JSON object (RFC 8259). */
void print_json(const struct inspection *inspection, struct buffer *out);

/* The role, or the tag where it has none; borrowed. */
text print_role(const struct details *details);
#endif

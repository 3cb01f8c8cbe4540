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

#endif

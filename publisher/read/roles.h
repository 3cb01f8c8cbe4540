/* Roles of MyST: `{name}`words``. roles.def is the table of what becomes of the words, which hold
   no Markdown. */
#ifndef LECTERN_READ_ROLES_H
#define LECTERN_READ_ROLES_H

#include "read/build.h"

/* What a mark MARK_ROLE says, as nodes in builder->into; the character that comes last in it. */
char roles_enter(struct builder *builder, const struct mark *mark, struct span span);

#endif

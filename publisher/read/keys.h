/* Keys of a keyboard between plus signs. */
#ifndef LECTERN_READ_KEYS_H
#define LECTERN_READ_KEYS_H

#include "read/build.h"

/* The keys of a mark MARK_KEYS at builder->into, each a node of its own, with a plus sign between
   two. */
void keys_enter(struct builder *builder, const struct mark *mark);

#endif

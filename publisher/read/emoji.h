/* Emoji by name. */
#ifndef LECTERN_READ_EMOJI_H
#define LECTERN_READ_EMOJI_H

#include "read/build.h"

/* The characters of a mark MARK_EMOJI, as a text of its own in builder->into. */
void emoji_enter(struct builder *builder, const struct mark *mark);
/* How the icon of a set is read: "wrench" of "lucide-wrench", in the arena; empty: it is of none.
 */
text icon_named(struct arena *arena, text name);
/* What stands for the icon of a mark MARK_ICON, which is told. */
void icon_enter(struct builder *builder, const struct mark *mark);

#endif

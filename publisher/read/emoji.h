/* Emoji by name. */
#ifndef LECTERN_READ_EMOJI_H
#define LECTERN_READ_EMOJI_H

#include "read/build.h"

/* The characters of a mark MARK_EMOJI, as a text of its own in builder->into. */
void emoji_enter(struct builder *builder, const struct mark *mark);
/* What stands for the icon of a mark MARK_ICON, which is told. */
void icon_enter(struct builder *builder, const struct mark *mark);

#endif

/* What stands for words between braces. */
#ifndef LECTERN_READ_VALUES_H
#define LECTERN_READ_VALUES_H

#include "read/build.h"

/* The words of a mark MARK_WORDS in builder->into; a link, where they lead to an address. */
void values_enter(struct builder *builder, const struct mark *mark);
/* videos.c: the words and the address of a video that a shortcode shows; inside: what stands
   between its braces. False: it is none, or it has no title. */
bool video_find(struct arena *arena, text inside, text *words, text *address);

#endif

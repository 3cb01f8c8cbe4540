/* Sequences: characters that are meant as one sign (a letter with its marks, joined emoji, a flag,
   a key, a variant), and whether a font draws them so. A font that has all the characters may still
   set a stroke beside its sign, or a family as four heads in a row. */
#ifndef LECTERN_LAYOUT_SEQUENCES_H
#define LECTERN_LAYOUT_SEQUENCES_H

#include "layout/typefaces.h"

/* Where a sequence may be looked at alone: others are shaped by what stands around them, and belong
   to the font of their script. */
bool sequence_stands_alone(uint32_t first);
/* Has it no ink, and makes another sign of the one before it all the same? A variation selector,
   but not those for colour or none (UTS 51, 1.4.3), or a tag of a flag. */
bool sequence_has_hidden(uint32_t code_point);
/* Does the open font draw them as one sign? Parts that it composes or takes apart count. */
bool sequence_is_drawn(const struct font *font, const uint32_t *code_points, size_t count);
/* The first font of the chain that draws them so; *is_whole. Else the first that has all of them,
   or NULL; not *is_whole. */
const struct font *fonts_find_sequence(const struct font_chain *chain, const uint32_t *code_points,
                                       size_t count, bool *is_whole);

#endif

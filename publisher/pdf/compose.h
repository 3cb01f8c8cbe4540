/* Composed glyphs: glyphs made of others of the same TrueType font, each at its place, and added to
   the font's file behind its own (OpenType 1.9, glyf: "Composite glyph description"). Readers take
   the text of a PDF glyph by glyph; what takes several glyphs to show one character is one glyph
   here, with one text. */
#ifndef LECTERN_PDF_COMPOSE_H
#define LECTERN_PDF_COMPOSE_H

#include "base/arena.h"
#include "base/buffer.h"

enum { COMPOSED_PIECES = 16 }; /* at most in one glyph */

/* A glyph of the font, in units of the font, from the composed glyph's origin; y grows upwards. */
struct composed_piece {
    uint16_t id;
    int16_t x, y;
};

struct composed; /* opaque: those of one font, none twice */

/* Its memory comes from the arena. */
struct composed *composed_new(struct arena *arena);
/* How many glyphs there are; they are numbered from 0. */
size_t composed_count(const struct composed *set);
/* The number, from 0, of the glyph with these pieces and this advance: the same for the same. It is
   added where it is new, up to `limit` of them; UINT32_MAX: it is not there and there is no room.
 */
uint32_t composed_find(struct composed *set, const struct composed_piece *pieces, size_t count,
                       uint16_t advance, size_t limit);
/* Can glyphs be added to that font? Not to CFF, nor where outlines vary. */
bool composed_suits(unsigned char *font, size_t length);
/* Writes the font's file with the set's glyphs behind its own, whose ids stay. False: the font is
   not sound; out is of no use then. */
bool composed_append(const struct composed *set, unsigned char *font, size_t length,
                     struct buffer *out);

#endif

/* CFF: the Compact Font Format, as far as a glyph's width is said in it (Adobe Technical Note 5176,
   The Compact Font Format Specification; 5177, The Type 2 Charstring Format). An OpenType font says
   it a second time, in `hmtx`, and veraPDF compares the two. */
#ifndef LECTERN_PDF_CFF_H
#define LECTERN_PDF_CFF_H

#include <stdbool.h>
#include <stddef.h>

/* Takes ink and width from the glyph of an OpenType font's file, in both tables, without moving a
   byte. False: the glyph was left as it is, for its charstring has no room to say so, or the font
   has no sound table CFF. */
bool cff_hollow(unsigned char *font, size_t length, unsigned glyph);

#endif

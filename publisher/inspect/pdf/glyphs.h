/* Names of glyphs and the encodings of simple fonts. */
#ifndef LECTERN_INSPECT_PDF_GLYPHS_H
#define LECTERN_INSPECT_PDF_GLYPHS_H

#include "base/text.h"

enum simple_encoding { ENCODING_STANDARD, ENCODING_MAC, ENCODING_WIN, ENCODING_COUNT };

/* The name at the code; NULL: none. A literal. */
const char *glyph_name(enum simple_encoding encoding, unsigned code);
enum { GLYPH_LETTERS = 4 };

/* Whether the name is in the list of names. */
bool glyph_is_listed(text name);
/* The one letter of Unicode that the name is by the list alone; 0: it is not listed, or several. */
uint32_t glyph_listed(text name);
/* What the name is in Unicode, "uni00E4", "u1F600", "a.alt" and "Asmall" among them: how many
   letters; 0: not known. */
size_t glyph_unicode(text name, uint32_t letters[GLYPH_LETTERS]);
/* The code that MacRomanEncoding, as TrueType fonts have it, gives the name; 0: none. */
unsigned glyph_mac_code(text name);

/* How many bytes the codes of a predefined CMap have. */
enum code_shape {
    SHAPE_TWO,
    SHAPE_UTF16,   /* two, or four where the first two are a high surrogate */
    SHAPE_ROW,     /* two of seven bits: row and cell of JIS X 0208 */
    SHAPE_SHIFT,   /* Shift JIS: two from 81 to 9F and from E0 on */
    SHAPE_DOUBLE,  /* two from 81 on */
    SHAPE_MAC_GB,  /* two from A1 to FC */
    SHAPE_MAC_KSC, /* two from A1 to FD */
    SHAPE_CNS,     /* four behind 8E, two from A1 on */
    SHAPE_GB18030, /* as DOUBLE, and four where the second is a digit */
};

struct predefined_cmap {
    const char *name, *ordering;
    int supplement;
    const char *set; /* of characters, by ICU's name */
    enum code_shape shape;
};

/* "UniJIS-UTF16-H"; NULL where it is not predefined. Identity is not among them. */
const struct predefined_cmap *predefined_cmap_find(text name);

#endif

/* Names of glyphs and the encodings of simple fonts. */
#ifndef LECTERN_INSPECT_PDF_GLYPHS_H
#define LECTERN_INSPECT_PDF_GLYPHS_H

#include "base/text.h"

enum simple_encoding { ENCODING_STANDARD, ENCODING_MAC, ENCODING_WIN, ENCODING_COUNT };

/* The name at the code; NULL: none. A literal. */
const char *glyph_name(enum simple_encoding encoding, unsigned code);
/* What the name is in Unicode, "uni00E4", "u1F600" and "a.alt" among them; 0: not known. */
uint32_t glyph_unicode(text name);

struct predefined_cmap {
    const char *name, *ordering;
    int supplement;
};

/* "UniJIS-UTF16-H"; NULL where it is not predefined. Identity is not among them. */
const struct predefined_cmap *predefined_cmap_find(text name);

#endif

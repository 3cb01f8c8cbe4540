/* Font file: a subset of one face, and FreeType faces over it. Every face is subset with HarfBuzz
   before Cairo sees it. CFF outlines must be: Cairo 1.16 ends in an assertion on some sets of their
   glyphs. For TrueType it makes overflow faces cheap: no hinting programs, and Cairo copies small
   tables. */
#ifndef LECTERN_PDF_FONT_FILE_H
#define LECTERN_PDF_FONT_FILE_H

#include "layout/pages.h"
#include "pdf/compose.h"

#include <cairo.h>
#include <ft2build.h>
#include FT_FREETYPE_H

struct font_file; /* opaque; lives while a user holds it */

/* Reads the face's file and takes the `used` glyphs (a bit for each glyph id, 65536 bits) of it,
   with their ids. NULL: *why says so, a literal. The caller is its first user. Composed glyphs are
   asked for next, and added with font_file_finish; faces are made after it. */
struct font_file *font_file_open(const struct face *face, const uint64_t *used, const char **why);
/* Gives the memory back. */
void font_file_release(struct font_file *file);
/* False on failure. */
MUST_CHECK bool font_file_finish(struct font_file *file);
/* A new Cairo face with a FreeType face of its own; it keeps the file alive. NULL on failure. Safe
   to call from several threads, each of which paints with faces of its own; so are the questions
   below, once they have been asked before. */
cairo_font_face_t *font_file_new_face(struct font_file *file);
/* The glyph of U+0020; 0: none. */
unsigned font_file_space(const struct font_file *file);
/* The glyph's advance in units of the font's size. */
float font_file_advance(struct font_file *file, unsigned glyph);
/* Does the glyph leave nothing on the page? */
bool font_file_is_blank(const struct font_file *file, unsigned glyph);
/* A glyph without ink and without width, to say the character: one of its own, while there are
   such. 0: the font has none. */
unsigned font_file_carrier(struct font_file *file, uint32_t character);
/* Where a piece stands, x and y in units of the font's size, y upwards. False: too far away. */
bool font_file_place(const struct font_file *file, float x, float y, unsigned glyph,
                     struct composed_piece *piece);
/* The glyph that these pieces make, at most COMPOSED_PIECES; see compose.h. 0: there is none, for
   glyphs cannot be added to the font, or it was not asked for before font_file_finish. */
unsigned font_file_compose(struct font_file *file, const struct composed_piece *pieces,
                           size_t count, float advance);

#endif

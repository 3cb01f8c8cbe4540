/* Font file: the bytes of one face, whole or subset, and FreeType faces over them. */
#ifndef LECTERN_PDF_FONT_FILE_H
#define LECTERN_PDF_FONT_FILE_H

#include "layout/pages.h"

#include <cairo.h>
#include <ft2build.h>
#include FT_FREETYPE_H

struct font_file; /* opaque; lives while a user holds it */

/* Reads the face's file; CFF outlines are subset to `glyphs` (a bit for each glyph id, 65536 bits)
   with glyph ids kept. NULL: *why says so, a literal. The caller is its first user. */
struct font_file *font_file_open(const struct face *face, const uint64_t *glyphs, const char **why);
void font_file_release(struct font_file *file);
/* A new Cairo face with a FreeType face of its own; it keeps the file alive. NULL on failure. */
cairo_font_face_t *font_file_new_face(struct font_file *file);
/* The glyph that the font gives a character by itself, 0: none. Only for faces that were not
 * subset. */
unsigned font_file_nominal_glyph(const struct font_file *file, uint32_t character);
/* The glyph's advance in units of the font's size. */
float font_file_advance(const struct font_file *file, unsigned glyph);
/* Does the glyph leave nothing on the page? */
bool font_file_is_blank(const struct font_file *file, unsigned glyph);
/* The nth glyph without ink and without width; 0: the font has no more. */
unsigned font_file_carrier(const struct font_file *file, size_t nth);

#endif

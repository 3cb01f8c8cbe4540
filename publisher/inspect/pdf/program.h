/* The font program that is embedded in a PDF, opened with FreeType. */
#ifndef LECTERN_INSPECT_PDF_PROGRAM_H
#define LECTERN_INSPECT_PDF_PROGRAM_H

#include "base/arena.h"

struct font_program;

/* NULL where FreeType cannot read it. The bytes must live as long as the arena. */
struct font_program *program_open(struct arena *arena, text bytes);
/* How many glyphs the program has. */
long program_glyph_count(const struct font_program *program);
/* The glyph for a name, a Unicode character, or a code of the font's own encoding; 0: none. */
unsigned program_by_name(const struct font_program *program, const char *name);
/* By a cmap for Unicode; 0: none. */
unsigned program_by_unicode(const struct font_program *program, uint32_t code_point);
/* TrueType: by the symbol table (3,0), the first Mac one (1,0). */
unsigned program_by_symbol(const struct font_program *program, uint32_t code);
/* By the first cmap for the Mac (1,0); 0: none. */
unsigned program_by_mac(const struct font_program *program, uint32_t code);
/* By a CID; 0: none. A bare CID-keyed CFF takes CIDs for its glyphs' numbers; of one within
   OpenType they are found. */
unsigned program_by_cid(struct font_program *program, struct arena *arena, uint32_t cid);
/* The name that the program's own encoding gives a code; "" where none. In the arena. */
const char *program_built_in(const struct font_program *program, struct arena *arena,
                             unsigned code);
/* The name of a glyph; empty where it has none. In the arena. */
text program_glyph_name(const struct font_program *program, struct arena *arena, unsigned glyph);
/* The advance in thousandths of the em; -1: there is no such glyph. Of a bare CID-keyed CFF glyphs
   are named by their CIDs. */
double program_width(const struct font_program *program, unsigned glyph);
/* The same by the table of widths alone, be there an outline or not; -1 where it cannot be told. */
double program_advance(const struct font_program *program, unsigned glyph);
/* How many cmaps the program itself has. */
int program_cmaps(const struct font_program *program);
/* Whether there is a cmap for Unicode: (3,1), (3,10) or (0,x). */
bool program_has_unicode_cmap(const struct font_program *program);
/* Whether there is the cmap for the Mac, (1,0). */
bool program_has_mac_cmap(const struct font_program *program);
/* Whether there is the cmap for symbols, (3,0). */
bool program_has_symbol_cmap(const struct font_program *program);

#endif

/* Cluster: which glyph of a cluster says which characters.

   A reader takes the text of glyphs one by one, and puts them in order by their place in the
   content or by their place on the page. Both must give the text as it was written, in scripts too
   where glyphs and characters do not pair off. What readers do, and what follows:

   - Readers by place (poppler) turn round the characters of one glyph in right-to-left lines,
     and pdf.js takes a glyph for a mark without width where one of its characters is a
     nonspacing mark. So a glyph says one character (from left to right, letters may be
     several), and one that advances never a nonspacing mark.
   - Characters that no glyph is left for are said by carriers, glyphs without ink and width
     (the zero width joiner's and its like), where the pen stands.
   - From right to left pdf.js knows a space only by the gap to its right, and drops it: there
     a space says a mark of direction before itself, and is no longer taken for a gap.
   - A mark that hangs away from where the pen stands is read as a word of its own: it is
     painted as an outline, without text.
   - A glyph that advances and has no character left says a mark of direction, which is not
     seen, not searched for, and parts no word.

   What no file can mend: pdf.js puts a vowel sign before its letter from right to left and
   drops joiners; PDFium takes text from right to left to be in visual order and turns it round. */
#ifndef LECTERN_PDF_CLUSTER_H
#define LECTERN_PDF_CLUSTER_H

#include "pdf/font_file.h"

/* What a space says in a run from right to left: see above. */
#define CLUSTER_RIGHT_TO_LEFT_SPACE "\xE2\x80\x8F "

struct cluster_part {
    uint16_t id;
    bool outlined; /* painted as a shape, says nothing */
    float x, y;    /* relative to the run */
    text says;
};

/* Divides the cluster of `count` glyphs that stands for `says`; next is where the glyph behind it
   begins, relative to the run. parts has room for as many entries as there are glyphs and bytes of
   text, and one more. Returns how many were made, in reading order. */
size_t cluster_divide(const struct font_file *file, const struct glyph_run *run,
                      const struct glyph *glyphs, uint32_t count, float next, text says,
                      struct cluster_part *parts);

#endif

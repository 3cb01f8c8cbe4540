/* Cluster: which glyph of a cluster says which characters.

   A reader takes the text of glyphs one by one, and puts them in order by their place in the
   content or by their place on the page. Both must give the text as it was written, in scripts too
   where glyphs and characters do not pair off. What readers do, and what follows:

   - A glyph with several characters is turned round by readers by place (poppler) in right-to-left
     lines, and taken for a mark without width (pdf.js) where one of them is a nonspacing mark. So a
     glyph says one character (from left to right, letters may be several), and one that advances
   never a nonspacing mark.
   - Characters that no glyph is left for are said by carriers, glyphs without ink and width (the
   zero width joiner's and its like), where the pen stands.
   - A mark that hangs away from where the pen stands is read as a word of its own: it is painted as
   an outline, without text.
   - A glyph that advances and has no character left says a mark of direction, which is not seen,
   not searched for, and parts no word. */
#ifndef LECTERN_PDF_CLUSTER_H
#define LECTERN_PDF_CLUSTER_H

#include "pdf/font_file.h"

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

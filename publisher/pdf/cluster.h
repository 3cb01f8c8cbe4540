/* Cluster: which glyph of a cluster says which characters.

   A reader takes the text of glyphs one by one, and puts them in order by their place in the
   content or by their place on the page. Both must give the text as it was written, in scripts too
   where glyphs and characters do not pair off:

   - The glyphs that advance share out the characters in order; the last takes what is left over.
   - A mark that hangs far from where the pen stands would be read as a word of its own: it is
   painted as an outline, without text, and its character is said by the glyph that it belongs to.
   - From right to left, readers by place turn round the characters of one glyph. There every glyph
   says one character, and those left over are said by glyphs without ink and width (the zero width
     joiner's and its like), just to the left.
   - Where glyphs are more than characters the rest say a mark of direction, which is not seen, not
     searched for, and parts no word. */
#ifndef LECTERN_PDF_CLUSTER_H
#define LECTERN_PDF_CLUSTER_H

#include "pdf/font_file.h"

struct cluster_part {
    uint16_t id;
    bool outlined; /* painted as a shape, says nothing */
    float x, y;    /* relative to the run */
    text says;
};

/* Divides the cluster of `count` glyphs that stands for `says`. parts has room for as many entries
   as there are glyphs and bytes of text, and one more. Returns how many were made, in reading
   order. */
size_t cluster_divide(const struct font_file *file, const struct glyph_run *run,
                      const struct glyph *glyphs, uint32_t count, text says,
                      struct cluster_part *parts);

#endif

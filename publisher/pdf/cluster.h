/* Cluster: which glyph of a cluster says which characters.

   A reader takes the text of glyphs one by one, and puts them in order by their place in the
   content or by their place on the page. Both must give the text as it was written, in scripts too
   where glyphs and characters do not pair off. What readers do, and what follows:

   - A glyph says one character (from left to right, letters may be several): whoever turns a line
     round turns the characters of a glyph round as well. One that advances never says a nonspacing
     mark: pdf.js takes a glyph for a mark without width where one of its characters is one.
   - Characters that no glyph is left for are said by carriers, glyphs without ink and width
     (those that the subset keeps empty), where the pen stands.
   - A mark that hangs away from where the pen stands is read as a word of its own: it is
     painted as an outline, without text.
   - A glyph that advances and has no character left becomes one glyph with what stands before it
     (compose.h). Where the font takes none it says a mark of direction, which is not seen, but
     hides the word from every search. No other glyph does.
   - What stands above or below the line (nastaliq, a second mark) is composed anew on the line:
     readers take each step for a new line.
   - A joiner is said with the mark before it: pdf.js drops one that stands alone.

   From right to left people's readers (PDFium, and with it Chromium's accessibility tree, pdf.js,
   poppler, MuPDF since 1.25) take what is painted to be in visual order, from left to right, and
   turn it round. So a run is painted in that order, and so are the runs of a line that belong to
   one node (marks.c); every reader but pdf.js puts what belongs to several in order by its place.
   PDFium keeps marks as they stand and turns letters round: the marks of a letter stand before it,
   in the order in which they were written. A tool that gives the content as it stands (poppler's
   structure view, mutool 1.21, pdfminer) gives such lines from their end. The order of the tag
   tree, and of the parts of a node in it, is that of reading.

   What is still lost, and why: pdf.js parts text where the font changes, and PDFium parts strings
   there, so words that take figures, brackets or stops from another font come out in visual order
   in pdf.js; a space before a letter with a mark is doubled there; PDFium mirrors brackets that are
   right already. One font with all glyphs of a line, each as wide as its step, would mend the first
   two. */
#ifndef LECTERN_PDF_CLUSTER_H
#define LECTERN_PDF_CLUSTER_H

#include "pdf/font_file.h"

struct cluster_part {
    uint16_t id;
    bool outlined; /* painted as a shape, says nothing */
    bool carried;  /* a carrier: no ink */
    float x, y;    /* relative to the run */
    text says;
};

/* Does the character stand on another, or have no width? */
bool cluster_is_nonspacing(uint32_t character);
/* The glyph behind the cluster that begins with the glyph `first`; *offset, which stands at its
   text, goes behind that. A joiner between letters from left to right belongs to what it follows.
 */
uint32_t cluster_end(const struct glyph_run *run, uint32_t first, size_t *offset);
/* Divides the cluster of `count` glyphs that stands for `says`; next is where the glyph behind it
   begins, relative to the run. parts has room for as many entries as there are glyphs and bytes of
   text, and one more. Returns how many were made, in reading order. */
size_t cluster_divide(struct font_file *file, const struct glyph_run *run,
                      const struct glyph *glyphs, uint32_t count, float next, text says,
                      struct cluster_part *parts);

#endif

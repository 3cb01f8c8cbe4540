/* Faces: the fonts as Cairo paints them, and what each painted glyph says.

   In a PDF a glyph of a font subset has one text (ToUnicode). Where the same glyph stands for
   another text (a hyphen for a soft hyphen, a vowel sign for a whole syllable) it is painted from
   an overflow face: a second face object of the same file, which Cairo makes a second subset with a
   ToUnicode of its own. Unlike ActualText this is read by every reader. Which glyph of a cluster
   says what stands in cluster.h.

   Cairo can say one character a glyph. A longer text is painted as a private code point (planes 15
   and 16), which cairo_file.c replaces in the ToUnicode by faces_text_of_code. */
#ifndef LECTERN_PDF_FACES_H
#define LECTERN_PDF_FACES_H

#include "layout/pages.h"

#include <cairo.h>

struct faces; /* opaque: the faces of all pages, and what their glyphs say */
struct brush; /* opaque: what paints one surface of Cairo with them */

/* Collects the glyphs that the pages use. Faces are opened when they are first painted. Its memory
   comes from the arena, which releases it; font files are let go when Cairo lets go of them. */
struct faces *faces_new(struct arena *arena, const struct pages *pages);
/* cr: its matrix must be the page's own. NULL: nothing is painted, but what glyphs say and how many
   there are is worked out. */
struct brush *brush_new(struct faces *faces, cairo_t *cr);
/* Lets go of its fonts. */
void brush_free(struct brush *brush);
/* Paints a run at its place. The items behind it up to `end` that faces_is_blank are painted with
   it: Cairo leaves out what has no ink when it stands alone, and words would run together. Adds to
   *shown how many glyphs Cairo is asked to show as text, which may be put right until brush_flush;
   NULL: nobody counts them, and runs that are counted must be flushed before and behind it. Returns
   the item behind the last one painted. */
const struct page_item *brush_paint_run(struct brush *brush, const struct page_item *item,
                                        const struct page_item *end, uint32_t *shown);
/* Runs of one font wait to be shown together: shows them. Before anything else is painted, and
   before the source changes. */
void brush_flush(struct brush *brush);
/* When a brush that painted nothing has gone over all pages: from now on several brushes, each in a
   thread of its own, may paint the same runs, in the same pieces. Returns of how many glyphs it is
   known what they say. */
size_t faces_freeze(struct faces *faces);
/* Shows each of these glyphs once, in an order of their own: surfaces that begin with it give all
   of them the same fonts and codes, whatever is painted next. */
void brush_prime(struct brush *brush);
/* Has the run a glyph that is seen? What is not, Cairo may leave out. */
bool brush_leaves_ink(struct brush *brush, const struct glyph_run *run);
/* Is every glyph of the run shown as text that says a cluster of its own, from left to right? */
bool faces_is_plain(const struct glyph_run *run);
/* Is the item a run of nothing but spaces, behind `before` on the same line? */
bool faces_is_blank(const struct page_item *item, const struct page_item *before);
/* What went wrong (a font file that cannot be read or subset), or NULL. */
const char *brush_fault(const struct brush *brush);
/* The text that a code point stands for; false where it is none of ours. */
bool faces_text_of_code(const struct faces *faces, uint32_t code, text *says);

#endif

/* Screen: pages of a PDF as they are seen, and the words on them, by Poppler. It is large, and a
   file may be anybody's: who calls this does so in a process of its own (base/process.h). */
#ifndef LECTERN_SCREEN_SCREEN_H
#define LECTERN_SCREEN_SCREEN_H

#include "base/buffer.h"

struct screen;

/* The bytes must outlive it. NULL: it is no PDF that can be read. */
struct screen *screen_open(text bytes);
/* Lets go of it; NULL is nothing. */
void screen_close(struct screen *screen);
/* Of its pages. */
size_t screen_count(const struct screen *screen);
/* The size of a page, from 0, in points; false: there is none, or it cannot be shown. */
MUST_CHECK bool screen_size(const struct screen *screen, size_t page, double *width,
                            double *height);
/* Appends a page as PNG (RFC 2083), with so many pixels to the inch, or fewer where it had more
   than most_pixels, or than 32,767 in a row or column. False, and nothing is appended: it cannot be
   drawn, or the buffer is full. */
MUST_CHECK bool screen_draw(const struct screen *screen, size_t page, double pixels_per_inch,
                            double most_pixels, struct buffer *png);
/* Appends the words of a page as a list of JSON, in the order in which Poppler reads them: for each
   its left edge, top, width and height in points from the page's top left corner, and the word with
   the space or the end of the line behind it: [[72, 80.5, 34, 12, "Water "]]. */
void screen_write_words(const struct screen *screen, size_t page, struct buffer *out);

#endif

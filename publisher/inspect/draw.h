/* Pictures of a PDF's pages, by poppler, in a process of its own with limits: the file may be
   anybody's. Pages are drawn one after the other. */
#ifndef LECTERN_INSPECT_DRAW_H
#define LECTERN_INSPECT_DRAW_H

#include "base/buffer.h"

struct drawing;

/* bytes: the PDF; they must outlive the drawing. Freed with drawing_end. */
struct drawing *drawing_begin(text bytes);
/* The PNG of a page, counted from 1, at 96 pixels to the inch or fewer for a large page, into the
   buffer, which is cleared. Pages are asked for in growing order. False where it cannot be drawn
   within the limits. */
bool drawing_page(struct drawing *drawing, uint32_t page, struct buffer *png);
void drawing_end(struct drawing *drawing);

#endif

/* Report: an inspection as one page of HTML that holds everything in itself and asks for nothing:
   pictures of the pages, the reading order drawn over them, the tags beside them, what was found,
   and a worksheet of what only a person can judge. */
#ifndef LECTERN_INSPECT_REPORT_REPORT_H
#define LECTERN_INSPECT_REPORT_REPORT_H

#include "inspect/model.h"

enum picture_state {
    PICTURE_LEFT_OUT, /* past a limit, or never asked for */
    PICTURE_DRAWN,
    PICTURE_BROKEN, /* the page could not be drawn */
    PICTURE_LATE,   /* it took too long */
};

struct page_picture {
    enum picture_state state;
    text png;
    float width, height; /* points, as the page is seen */
};

/* Draws the pages of a PDF in processes of their own: files are hostile, and what draws them is
   large. A process that dies or takes too long costs its page alone. One picture for each page of
   the inspection, in the arena. */
struct page_picture *report_draw(const struct inspection *inspection, struct arena *arena);

/* Appends the report. pictures: one for each page; NULL: there are none. */
void report_write(const struct inspection *inspection, const struct page_picture *pictures,
                  struct buffer *out);

/* The printer: draws the pages, where it is a PDF, and appends the report. */
void print_html(const struct inspection *inspection, struct buffer *out);

#endif

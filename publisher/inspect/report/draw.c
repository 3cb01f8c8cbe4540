/* Pictures of pages, by Poppler. A child draws page after page and sends each through a pipe: its
   head, then its bytes. The parent waits no longer than a page may take; where the child is gone or
   late, that page has no picture, and a new child goes on with the next. */
#include "inspect/report/report.h"

#include "base/files.h"
#include "base/limits.h"
#include "base/process.h"
#include "libraries/library.h"
#include "screen/screen.h"

#include <string.h>

static const double pixels_per_inch = 100;

struct picture_head {
    uint32_t page;   /* from 0 */
    uint32_t length; /* 0: it cannot be drawn */
    float width, height;
};

/* the child */

struct drawing {
    const struct inspection *inspection;
    struct arena *arena;
    struct page_picture *pictures;
    size_t next, end; /* pages */
    size_t bytes;     /* of all pictures so far */
    unsigned lost;
    uint64_t deadline; /* of all; milliseconds */
};

/* Draws the pages from drawing->next on; false: it cannot. */
static bool be_draughtsman(const void *closure, int pipe)
{
    const struct drawing *drawing = closure;
    const struct inspection *inspection = drawing->inspection;
    struct screen *screen = screen_open(inspection->bytes);
    if (!screen)
        return false;
    for (size_t page = drawing->next; page < drawing->end; page++) {
        struct picture_head head = {.page = (uint32_t)page};
        struct buffer png;
        process_limit_time(LIMIT_REPORT_PAGE_SECONDS);
        buffer_init(&png, LIMIT_REPORT_PICTURE_BYTES);
        double width, height;
        if (screen_size(screen, page, &width, &height)) {
            head.width = (float)width;
            head.height = (float)height;
            if (screen_draw(screen, page, pixels_per_inch, LIMIT_REPORT_PIXELS, &png))
                head.length = (uint32_t)png.length;
        }
        if (!stream_write(pipe, (text){(const char *)&head, sizeof head}) ||
            (head.length && !stream_write(pipe, buffer_text(&png))))
            return false;
        buffer_release(&png);
    }
    return true;
}

/* the parent */

static uint64_t page_deadline(const struct drawing *drawing)
{
    uint64_t deadline = process_milliseconds() + LIMIT_REPORT_PAGE_SECONDS * 1000u;
    return deadline < drawing->deadline ? deadline : drawing->deadline;
}

/* Takes the whole pictures out of what has come; false where the child says what cannot be. */
static bool take_pictures(struct drawing *drawing, struct buffer *got)
{
    struct picture_head head;
    size_t offset = 0;
    while (got->length - offset >= sizeof head) {
        memcpy(&head, got->bytes + offset, sizeof head);
        if (head.page != drawing->next || drawing->next >= drawing->end ||
            head.length > LIMIT_REPORT_PICTURE_BYTES)
            return false;
        if (got->length - offset - sizeof head < head.length)
            break;
        struct page_picture *picture = &drawing->pictures[drawing->next++];
        offset += sizeof head;
        *picture = (struct page_picture){.state = PICTURE_BROKEN};
        if (head.length)
            *picture = (struct page_picture){
                PICTURE_DRAWN,
                arena_copy(drawing->arena,
                           text_slice(buffer_text(got), offset, offset + head.length)),
                head.width, head.height};
        offset += head.length;
        drawing->bytes += head.length;
    }
    memmove(got->bytes, got->bytes + offset, got->length - offset);
    got->length -= offset;
    return true;
}

/* Reads until the child has sent all, is gone or is late; the state of the page it was at. */
static enum picture_state attend(struct drawing *drawing, const struct process_child *child)
{
    enum process_news news = PROCESS_WROTE;
    uint64_t deadline = page_deadline(drawing);
    struct buffer got;
    buffer_init(&got, (size_t)LIMIT_REPORT_PICTURE_BYTES * 2);
    while (drawing->next < drawing->end && drawing->bytes < LIMIT_REPORT_BYTES) {
        size_t before = drawing->next;
        news = process_hear(child, deadline, &got);
        if (news != PROCESS_WROTE || got.overflowed || !take_pictures(drawing, &got))
            break;
        if (drawing->next != before)
            deadline = page_deadline(drawing);
    }
    buffer_release(&got);
    return news == PROCESS_LATE ? PICTURE_LATE : PICTURE_BROKEN;
}

/* A child for the pages from drawing->next on. False: none can be started. */
static bool draw_on(struct drawing *drawing)
{
    struct process_child child;
    if (!process_begin(&child, be_draughtsman, drawing,
                       LIMIT_INSPECT_MEMORY + 2 * drawing->inspection->arena->used,
                       LIMIT_REPORT_PAGE_SECONDS))
        return false;
    enum picture_state state = attend(drawing, &child);
    process_end(&child, false); /* it has done its work, or never will */
    if (drawing->next < drawing->end && drawing->bytes < LIMIT_REPORT_BYTES) {
        drawing->pictures[drawing->next++].state = state;
        drawing->lost++;
    }
    return true;
}

struct page_picture *report_draw(const struct inspection *inspection, struct arena *arena)
{
    size_t count = inspection->page_count;
    struct drawing drawing = {.inspection = inspection,
                              .arena = arena,
                              .pictures = ARENA_NEW_ARRAY(arena, count, struct page_picture),
                              .end = count < LIMIT_REPORT_PICTURES ? count : LIMIT_REPORT_PICTURES,
                              .deadline = process_milliseconds() + LIMIT_REPORT_SECONDS * 1000u};
    if (!inspection->is_epub && count)
        library_open("poppler-glib"); /* for all children */
    while (!inspection->is_epub && drawing.next < drawing.end &&
           drawing.bytes < LIMIT_REPORT_BYTES && drawing.lost < LIMIT_REPORT_LOST &&
           process_milliseconds() < drawing.deadline && draw_on(&drawing))
        ;
    return drawing.pictures;
}

/* A drawing is tried before it is believed: in a child process, with as much time and memory as a
   drawing may take. What makes the renderer fail, abort or go on for ever is told at its line in
   the article, and the run goes on. */
#include "base/budget.h"
#include "base/files.h"
#include "base/limits.h"
#include "base/process.h"
#include "libraries/rsvg.h"
#include "read/pictures.h"

#include <cairo.h>
#include <math.h>
#include <string.h>

enum outcome { DRAWN, NOT_DRAWN, NOTHING, OUTCOMES };

struct trial {
    text bytes;
    double width, height; /* pixels of CSS */
    bool is_raster;
};

static bool has_ink(cairo_surface_t *pixels)
{
    cairo_surface_flush(pixels);
    const unsigned char *bytes = cairo_image_surface_get_data(pixels);
    size_t stride = (size_t)cairo_image_surface_get_stride(pixels);
    size_t height = (size_t)cairo_image_surface_get_height(pixels);
    for (size_t i = 0; i < stride * height; i++) {
        if (bytes[i])
            return true;
    }
    return false;
}

static enum outcome draw(const struct trial *trial, RsvgHandle *handle)
{
    /* As fine as a page has it: 300 dots in an inch, and no larger than the text of an A4 page. */
    double scale = fmin(300.0 / 96, fmin(1900 / trial->width, 2700 / trial->height));
    double width = trial->width * scale, height = trial->height * scale;
    cairo_surface_t *surface =
        trial->is_raster
            ? cairo_image_surface_create(CAIRO_FORMAT_ARGB32, (int)fmax(1, ceil(width)),
                                         (int)fmax(1, ceil(height)))
            : cairo_recording_surface_create(CAIRO_CONTENT_COLOR_ALPHA, NULL);
    cairo_t *cairo = cairo_create(surface);
    RsvgRectangle box = {0, 0, width, height};
    bool is_drawn = rsvg_handle_render_document(handle, cairo, &box, NULL) &&
                    cairo_status(cairo) == CAIRO_STATUS_SUCCESS;
    double x = 0, y = 0, inked_width = 0, inked_height = 0;
    if (is_drawn && !trial->is_raster)
        cairo_recording_surface_ink_extents(surface, &x, &y, &inked_width, &inked_height);
    if (is_drawn && trial->is_raster && has_ink(surface))
        inked_width = inked_height = 1;
    cairo_destroy(cairo);
    cairo_surface_destroy(surface);
    return !is_drawn ? NOT_DRAWN : inked_width > 0 || inked_height > 0 ? DRAWN : NOTHING;
}

static bool try_drawing(const void *closure, int pipe)
{
    const struct trial *trial = closure;
    RsvgHandle *handle =
        rsvg_handle_new_from_data((const guint8 *)trial->bytes.bytes, trial->bytes.length, NULL);
    char byte = (char)(handle ? draw(trial, handle) : NOT_DRAWN);
    return stream_write(pipe, (text){&byte, 1});
}

const char *svg_try(struct document *document, const struct image *image)
{
    struct trial trial = {image->bytes, image->width_pixels, image->height_pixels,
                          image->needs_raster};
    if (!budget_is_left(document->report))
        return "drawing it takes too much time";
    if (document->drawing_milliseconds > 1000u * LIMIT_DRAWINGS_SECONDS)
        return "trying the drawings before it took more than 20 seconds";
    struct buffer got;
    buffer_init(&got, 1);
    library_open("rsvg-2"); /* here, once; not in each child */
    uint64_t before = process_children_milliseconds();
    bool is_whole = process_ask(try_drawing, &trial, LIMIT_FIGURE_MEMORY, LIMIT_SVG_SECONDS, &got);
    document->drawing_milliseconds += process_children_milliseconds() - before;
    unsigned outcome = got.length ? (unsigned char)got.bytes[0] : OUTCOMES;
    buffer_release(&got);
    if (!is_whole || outcome >= OUTCOMES)
        return "drawing it takes too much time or memory, or makes the renderer fail";
    return outcome == NOT_DRAWN ? "the renderer cannot draw it"
           : outcome == NOTHING ? "nothing of it is drawn"
                                : NULL;
}

#include "pdf/pictures.h"

#include "pdf/raster.h"
#include "pdf/vector.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* More than ENOUGH_DPI is averaged down to no less than that; paper shows no more. */
enum { ENOUGH_DPI = 300 };

struct stored {
    struct stored *next;
    const struct image *image;
    double width, height;             /* the largest box it is painted in, points */
    cairo_surface_t *surface;         /* NULL until painted, and after it was painted last */
    size_t uses;                      /* still to be painted */
    struct stored *next_finished;     /* painted for the last time, on the same page */
    double units_width, units_height; /* of the surface: pixels, or points of a drawing */
};

struct pictures {
    struct arena *arena;
    struct stored *first, **by_index, *finished;
    size_t count; /* of by_index */
    const char *fault;
};

static void release_pictures(void *object)
{
    struct pictures *pictures = object;
    for (struct stored *s = pictures->first; s; s = s->next)
        if (s->surface)
            cairo_surface_destroy(s->surface);
    vector_finish();
}

static void collect(struct pictures *pictures, const struct picture *picture)
{
    struct stored **place = &pictures->by_index[picture->image->index];
    if (!*place) {
        *place = ARENA_NEW(pictures->arena, struct stored);
        **place = (struct stored){.next = pictures->first, .image = picture->image};
        pictures->first = *place;
    }
    (*place)->uses++;
    if ((double)picture->width > (*place)->width)
        (*place)->width = (double)picture->width;
    if ((double)picture->height > (*place)->height)
        (*place)->height = (double)picture->height;
}

/* Calls collect for every image; with by_index NULL only counts. */
static void visit(struct pictures *pictures, const struct pages *pages)
{
    for (size_t i = 0; i < pages->count; i++) {
        const struct page *page = &pages->pages[i];
        for (size_t k = 0; k < page->item_count; k++) {
            const struct page_item *item = &page->items[k];
            if (item->kind != ITEM_PICTURE || !item->picture.image)
                continue;
            if (pictures->by_index)
                collect(pictures, &item->picture);
            else if (item->picture.image->index >= pictures->count)
                pictures->count = (size_t)item->picture.image->index + 1;
        }
    }
}

struct pictures *pictures_new(struct arena *arena, const struct pages *pages)
{
    struct pictures *pictures = ARENA_NEW(arena, struct pictures);
    pictures->arena = arena;
    visit(pictures, pages);
    pictures->by_index = ARENA_NEW_ARRAY(arena, pictures->count, struct stored *);
    visit(pictures, pages);
    arena_on_release(arena, release_pictures, pictures);
    return pictures;
}

const char *pictures_fault(const struct pictures *pictures)
{
    return pictures->fault;
}

static unsigned averaging_factor(const struct stored *stored)
{
    double horizontal = stored->image->width_pixels * 72.0 / (stored->width * ENOUGH_DPI);
    double vertical = stored->image->height_pixels * 72.0 / (stored->height * ENOUGH_DPI);
    double factor = horizontal < vertical ? horizontal : vertical;
    return factor >= 2 && factor <= 4096 ? (unsigned)factor : 1;
}

static cairo_surface_t *read_pixels(struct stored *stored)
{
    const struct image *image = stored->image;
    cairo_surface_t *surface = NULL;
    if (image->format == IMAGE_PNG) {
        surface = raster_read_png(image, averaging_factor(stored));
    } else {
        if (image->components != 4)
            surface = raster_wrap_jpeg(image);
        if (!surface)
            surface = raster_read_jpeg(image, averaging_factor(stored));
    }
    if (!surface)
        return NULL;
    stored->units_width = cairo_image_surface_get_width(surface);
    stored->units_height = cairo_image_surface_get_height(surface);
    /* Cairo stores what carries the same identifier once. */
    char id[32];
    int length = snprintf(id, sizeof id, "image %u", image->index);
    unsigned char *copy = memory_allocate((size_t)length);
    memcpy(copy, id, (size_t)length);
    if (cairo_surface_set_mime_data(surface, CAIRO_MIME_TYPE_UNIQUE_ID, copy, (unsigned long)length,
                                    free, copy))
        free(copy);
    return surface;
}

/* Cairo 1.16 rounds what it records to whole units; a thin line that is cut off by an edge comes to
   nothing then, as a low drawing does (see below), and Cairo takes refuge in pixels. So a point is
   many units. */
enum { UNITS_IN_A_POINT = 16 };

static void read_surface(struct stored *stored)
{
    if (stored->image->format != IMAGE_SVG) {
        stored->surface = read_pixels(stored);
        return;
    }
    double units = stored->image->needs_raster ? 1 : UNITS_IN_A_POINT;
    stored->units_width = stored->width * units;
    stored->units_height = stored->height * units;
    stored->surface = vector_record(stored->image, stored->units_width, stored->units_height);
}

/* Cairo 1.16 works out in whole points where a recorded drawing paints. Where it is this low, parts
   of it can come to nothing, and then an extent that was never set decides what Cairo does with the
   page. So few points are painted as pixels. */
static bool is_tiny(const struct picture *picture)
{
    enum { TINY = 3 }; /* points */
    return picture->image->format == IMAGE_SVG && (picture->width < TINY || picture->height < TINY);
}

static void paint_tiny(struct pictures *pictures, cairo_t *cr, const struct picture *picture)
{
    cairo_save(cr);
    cairo_translate(cr, (double)picture->x, (double)picture->y);
    if (!vector_paint_pixels(picture->image, cr, (double)picture->width, (double)picture->height))
        pictures->fault = "an image is damaged behind its header";
    cairo_restore(cr);
}

/* The unit square of the pixels onto that of the picture (Exif 2.32, 4.6.5.1: where the first row
   and the first column of pixels are seen). */
static void stand_upright(cairo_t *cr, unsigned orientation)
{
    static const cairo_matrix_t places[] = {
        [2] = {-1, 0, 0, 1, 1, 0}, [3] = {-1, 0, 0, -1, 1, 1}, [4] = {1, 0, 0, -1, 0, 1},
        [5] = {0, 1, 1, 0, 0, 0},  [6] = {0, 1, -1, 0, 1, 0},  [7] = {0, -1, -1, 0, 1, 1},
        [8] = {0, -1, 1, 0, 0, 1},
    };
    if (orientation >= 2 && orientation < sizeof places / sizeof *places)
        cairo_transform(cr, &places[orientation]);
}

static void paint_image(struct pictures *pictures, cairo_t *cr, const struct picture *picture)
{
    struct stored *stored = pictures->by_index[picture->image->index];
    if (--stored->uses == 0) {
        stored->next_finished = pictures->finished;
        pictures->finished = stored;
    }
    if (is_tiny(picture)) {
        paint_tiny(pictures, cr, picture);
        return;
    }
    if (!stored->surface)
        read_surface(stored);
    if (!stored->surface) {
        pictures->fault = "an image is damaged behind its header";
        return;
    }
    cairo_save(cr);
    cairo_translate(cr, (double)picture->x, (double)picture->y);
    cairo_scale(cr, (double)picture->width, (double)picture->height);
    stand_upright(cr, picture->image->orientation);
    cairo_scale(cr, 1 / stored->units_width, 1 / stored->units_height);
    cairo_set_source_surface(cr, stored->surface, 0, 0);
    /* Not cairo_paint, which Cairo may take for a fresh start of the page. */
    cairo_rectangle(cr, 0, 0, stored->units_width, stored->units_height);
    cairo_fill(cr);
    cairo_restore(cr);
}

/* Cairo writes the pictures of a page when it shows the page. */
void pictures_leave_page(struct pictures *pictures)
{
    for (struct stored *s = pictures->finished; s; s = s->next_finished) {
        if (s->surface)
            cairo_surface_destroy(s->surface);
        s->surface = NULL;
    }
    pictures->finished = NULL;
}

/* Dark modules of a row that touch are one rectangle: no hairlines between them. */
static void paint_qr_code(cairo_t *cr, const struct picture *picture)
{
    enum { QUIET = 4 }; /* modules of white around */
    double module = (double)picture->width / (picture->side + 2 * QUIET);
    cairo_set_source_rgb(cr, 0, 0, 0);
    for (unsigned row = 0; row < picture->side; row++) {
        const unsigned char *modules = picture->modules + (size_t)row * picture->side;
        for (unsigned from = 0; from < picture->side; from++) {
            unsigned to = from;
            while (to < picture->side && modules[to] & 1)
                to++;
            if (to == from)
                continue;
            cairo_rectangle(cr, (double)picture->x + (from + QUIET) * module,
                            (double)picture->y + (row + QUIET) * module, (to - from) * module,
                            module);
            from = to;
        }
    }
    cairo_fill(cr);
}

void pictures_paint(struct pictures *pictures, cairo_t *cr, const struct picture *picture)
{
    if (picture->image)
        paint_image(pictures, cr, picture);
    else
        paint_qr_code(cr, picture);
}

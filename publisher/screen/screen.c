#include "screen/screen.h"

#include "base/arena.h"
#include "libraries/poppler.h"

#include <cairo.h>
#include <math.h>
#include <stdlib.h>

struct screen {
    PopplerDocument *document;
};

struct screen *screen_open(text bytes)
{
    GBytes *borrowed = g_bytes_new_static(bytes.bytes, bytes.length);
    PopplerDocument *document = poppler_document_new_from_bytes(borrowed, NULL, NULL);
    g_bytes_unref(borrowed);
    if (!document)
        return NULL;
    struct screen *screen = memory_allocate(sizeof *screen);
    screen->document = document;
    return screen;
}

void screen_close(struct screen *screen)
{
    if (screen)
        g_object_unref(screen->document);
    free(screen);
}

size_t screen_count(const struct screen *screen)
{
    int count = poppler_document_get_n_pages(screen->document);
    return count > 0 ? (size_t)count : 0;
}

/* NULL: there is none that can be shown. Released by the caller. */
static PopplerPage *open_page(const struct screen *screen, size_t number, double *width,
                              double *height)
{
    *width = *height = 0;
    if (number >= screen_count(screen))
        return NULL;
    PopplerPage *page = poppler_document_get_page(screen->document, (int)number);
    if (!page)
        return NULL;
    poppler_page_get_size(page, width, height);
    if (*width >= 1 && *height >= 1 && *width <= 1e5 && *height <= 1e5)
        return page;
    g_object_unref(page);
    return NULL;
}

bool screen_size(const struct screen *screen, size_t number, double *width, double *height)
{
    PopplerPage *page = open_page(screen, number, width, height);
    if (page)
        g_object_unref(page);
    return page != NULL;
}

static cairo_status_t take_png(void *closure, const unsigned char *bytes, unsigned length)
{
    struct buffer *out = closure;
    buffer_add(out, bytes, length);
    return out->overflowed ? CAIRO_STATUS_WRITE_ERROR : CAIRO_STATUS_SUCCESS;
}

static const double most_columns = 32767; /* and rows: Cairo makes no larger picture */

bool screen_draw(const struct screen *screen, size_t number, double pixels_per_inch,
                 double most_pixels, struct buffer *png)
{
    double width, height, scale = pixels_per_inch / 72;
    size_t before = png->length;
    PopplerPage *page = open_page(screen, number, &width, &height);
    if (!page)
        return false;
    double columns = ceil(width * scale), rows = ceil(height * scale);
    if (columns * rows > most_pixels || fmax(columns, rows) > most_columns) {
        scale = fmin(scale, sqrt(most_pixels / (width * height)));
        scale = fmin(scale, most_columns / fmax(width, height));
        columns = fmax(floor(width * scale), 1);
        rows = fmax(floor(height * scale), 1);
    }
    cairo_surface_t *surface =
        cairo_image_surface_create(CAIRO_FORMAT_RGB24, (int)columns, (int)rows);
    cairo_t *cairo = cairo_create(surface);
    cairo_set_source_rgb(cairo, 1, 1, 1);
    cairo_paint(cairo);
    cairo_scale(cairo, scale, scale);
    poppler_page_render(page, cairo);
    bool is_drawn =
        cairo_status(cairo) == CAIRO_STATUS_SUCCESS &&
        cairo_surface_write_to_png_stream(surface, take_png, png) == CAIRO_STATUS_SUCCESS;
    if (!is_drawn)
        png->length = before;
    cairo_destroy(cairo);
    cairo_surface_destroy(surface);
    g_object_unref(page);
    return is_drawn;
}

/* words */

/* A piece of a line that is being put together. */
struct piece {
    PopplerRectangle box;
    size_t from, to; /* bytes of the page's words */
};

static void write_piece(const struct piece *piece, text words, bool *is_first, struct buffer *out)
{
    const PopplerRectangle *box = &piece->box;
    const double numbers[] = {box->x1, box->y1, box->x2 - box->x1, box->y2 - box->y1};
    text own = text_slice(words, piece->from, piece->to);
    if (text_is_blank(own))
        return;
    buffer_add_c(out, *is_first ? "[" : ",\n[");
    *is_first = false;
    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++) {
        buffer_add_number(out, numbers[i], 2);
        buffer_add_c(out, ", ");
    }
    buffer_add_json(out, own);
    buffer_add_c(out, "]");
}

/* Whether a character is of the piece: it stands at its height and near it. */
static bool goes_on(const struct piece *piece, const PopplerRectangle *box)
{
    const double most_apart = 1.5; /* in heights of the line: past it, another column begins */
    double middle = (box->y1 + box->y2) / 2, height = piece->box.y2 - piece->box.y1;
    return middle > piece->box.y1 && middle < piece->box.y2 &&
           box->x1 < piece->box.x2 + most_apart * height &&
           box->x2 > piece->box.x1 - most_apart * height;
}

static void extend(PopplerRectangle *box, const PopplerRectangle *by)
{
    box->x1 = fmin(box->x1, by->x1);
    box->x2 = fmax(box->x2, by->x2);
    box->y1 = fmin(box->y1, by->y1);
    box->y2 = fmax(box->y2, by->y2);
}

void screen_write_words(const struct screen *screen, size_t number, struct buffer *out)
{
    double width, height;
    PopplerPage *page = open_page(screen, number, &width, &height);
    PopplerRectangle *boxes = NULL;
    guint count = 0;
    char *bytes = page ? poppler_page_get_text(page) : NULL;
    text words = text_from_c(bytes);
    bool is_first = true;
    buffer_add_c(out, "[");
    if (page && poppler_page_get_text_layout(page, &boxes, &count)) {
        struct piece piece = {.from = 0, .to = 0};
        size_t offset = 0;
        bool is_end = true; /* of the piece before the character */
        for (guint i = 0; i < count && offset < words.length; i++) {
            size_t start = offset;
            uint32_t character = text_next(words, &offset);
            if (is_end || (character != '\n' && !goes_on(&piece, &boxes[i]))) {
                write_piece(&piece, words, &is_first, out);
                piece = (struct piece){boxes[i], start, start};
            }
            piece.to = offset;
            is_end = character == '\n' || text_is_space(character);
            if (character != '\n') /* the end of a line has no place */
                extend(&piece.box, &boxes[i]);
        }
        write_piece(&piece, words, &is_first, out);
    }
    buffer_add_c(out, "]\n");
    g_free(boxes);
    g_free(bytes);
    if (page)
        g_object_unref(page);
}

#include "pdf/paint.h"

#include "pdf/content.h"
#include "pdf/pictures.h"

#include <cairo-pdf.h>

struct painter {
    const struct pages *pages;
    struct faces *faces;
    struct pictures *pictures;
    cairo_t *cr;
    uint32_t colour; /* the source that is set */
    bool has_colour; /* else the source is unknown */
};

static cairo_status_t add_to_buffer(void *object, const unsigned char *bytes, unsigned length)
{
    struct buffer *out = object;
    buffer_add(out, bytes, length);
    return out->overflowed ? CAIRO_STATUS_WRITE_ERROR : CAIRO_STATUS_SUCCESS;
}

static void set_colour(struct painter *painter, uint32_t colour)
{
    if (painter->has_colour && painter->colour == colour)
        return;
    cairo_set_source_rgb(painter->cr, (colour >> 16 & 0xFF) / 255.0, (colour >> 8 & 0xFF) / 255.0,
                         (colour & 0xFF) / 255.0);
    painter->colour = colour;
    painter->has_colour = true;
}

static void paint_rule(struct painter *painter, const struct rule *rule)
{
    set_colour(painter, rule->colour);
    cairo_rectangle(painter->cr, (double)rule->x, (double)rule->y, (double)rule->width,
                    (double)rule->height);
    if (rule->line_width > 0) {
        cairo_set_line_width(painter->cr, (double)rule->line_width);
        cairo_stroke(painter->cr);
    } else {
        cairo_fill(painter->cr);
    }
}

/* Returns the item behind the last one painted. */
static const struct page_item *paint_item(struct painter *painter, const struct page_item *item,
                                          const struct page_item *end)
{
    switch (item->kind) {
    case ITEM_RUN:
        set_colour(painter, item->run->colour);
        return faces_paint_run(painter->faces, painter->cr, item, end);
    case ITEM_RULE:
        paint_rule(painter, &item->rule);
        break;
    case ITEM_PICTURE:
        pictures_paint(painter->pictures, painter->cr, &item->picture);
        painter->has_colour = false;
        break;
    }
    return item + 1;
}

static void paint_page(struct painter *painter, const struct mark *marks, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        const char *marker = content_marker(i);
        cairo_tag_begin(painter->cr, marker, NULL);
        const struct page_item *item = mark_item(&marks[i], painter->pages, 0);
        const struct page_item *end = item + marks[i].item_count;
        while (item < end)
            item = paint_item(painter, item, end);
        cairo_tag_end(painter->cr, marker);
    }
    cairo_show_page(painter->cr);
}

const char *paint_pages(const struct pages *pages, const struct marks *marks, struct faces *faces,
                        struct arena *arena, struct buffer *out)
{
    cairo_surface_t *surface = cairo_pdf_surface_create_for_stream(
        add_to_buffer, out, pages->pages[0].width, pages->pages[0].height);
    struct painter painter = {
        .pages = pages,
        .faces = faces,
        .pictures = pictures_new(arena, pages),
        .cr = cairo_create(surface),
    };
    for (size_t i = 0; i < pages->count; i++) {
        cairo_pdf_surface_set_size(surface, pages->pages[i].width, pages->pages[i].height);
        size_t first = marks->page_first[i];
        paint_page(&painter, &marks->marks[first], marks->page_first[i + 1] - first);
        if (cairo_status(painter.cr))
            break;
    }
    cairo_status_t status = cairo_status(painter.cr);
    cairo_destroy(painter.cr);
    cairo_surface_finish(surface);
    if (!status)
        status = cairo_surface_status(surface);
    cairo_surface_destroy(surface);
    if (faces_fault(faces))
        return faces_fault(faces);
    if (pictures_fault(painter.pictures))
        return pictures_fault(painter.pictures);
    return status ? cairo_status_to_string(status) : NULL;
}

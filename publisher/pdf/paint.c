#include "pdf/paint.h"

#include "pdf/marker.h"
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

/* In the colour of what follows, so that it changes no state; item: NULL: nothing follows. */
static void paint_marker(struct painter *painter, uint32_t number, const struct page_item *item)
{
    struct corner corners[MARKER_CORNERS];
    marker_corners(number, corners);
    uint32_t colour = item && item->kind == ITEM_RUN    ? item->run->colour
                      : item && item->kind == ITEM_RULE ? item->rule.colour
                      : painter->has_colour             ? painter->colour
                                                        : 0;
    set_colour(painter, colour);
    cairo_new_path(painter->cr);
    for (size_t i = 0; i < MARKER_CORNERS; i++)
        cairo_line_to(painter->cr, corners[i].x, corners[i].y);
    cairo_close_path(painter->cr);
    cairo_fill(painter->cr);
}

static void paint_page(struct painter *painter, const struct marks *marks, size_t page)
{
    size_t count = marks->page_first[page + 1] - marks->page_first[page];
    uint32_t number = marks_first_number(marks, page);
    for (size_t i = 0; i < count; i++) {
        const struct pdf_mark *mark = &marks->marks[marks->page_first[page] + i];
        const struct page_item *item = mark_item(marks, mark, 0);
        const struct page_item *end = item + mark->item_count;
        paint_marker(painter, number++, item);
        while (item < end)
            item = paint_item(painter, item, end);
    }
    paint_marker(painter, number, NULL);
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
        paint_page(&painter, marks, i);
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

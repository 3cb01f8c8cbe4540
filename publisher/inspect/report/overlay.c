/* Pictures: of a page with what is read on it, of a figure cut out of its page, of an image of an
   EPUB. Everything is in points from the upper left of the page as it is seen. */
#include "inspect/report/parts.h"

#include "base/base64.h"
#include "inspect/epub/epub.h"

#include <math.h>

static const double margin = 4; /* around a cut-out */

static float clamp(double value, double most)
{
    return (float)(!(value > 0) ? 0 : value > most ? most : value);
}

static bool is_turned(const struct inspection_page *page)
{
    return page->rotation == 90 || page->rotation == 270;
}

struct box report_place(const struct inspection_page *page, struct box box)
{
    double left = (double)page->box.x0, right = (double)page->box.x1;
    double low = (double)page->box.y0, high = (double)page->box.y1;
    double wide = is_turned(page) ? high - low : right - left;
    double tall = is_turned(page) ? right - left : high - low;
    double x0 = (double)box.x0, x1 = (double)box.x1, y0 = (double)box.y0, y1 = (double)box.y1;
    if (!(x0 <= x1 && y0 <= y1 && x0 <= right && x1 >= left && y0 <= high && y1 >= low))
        return (struct box){1, 1, 0, 0};
    double v[4]; /* left, top, right, bottom; turned clockwise */
    switch (page->rotation) {
    case 90:
        v[0] = y0 - low, v[1] = x0 - left, v[2] = y1 - low, v[3] = x1 - left;
        break;
    case 180:
        v[0] = right - x1, v[1] = y0 - low, v[2] = right - x0, v[3] = y1 - low;
        break;
    case 270:
        v[0] = high - y1, v[1] = right - x1, v[2] = high - y0, v[3] = right - x0;
        break;
    default:
        v[0] = x0 - left, v[1] = high - y1, v[2] = x1 - left, v[3] = high - y0;
    }
    return (struct box){clamp(v[0], wide), clamp(v[1], tall), clamp(v[2], wide), clamp(v[3], tall)};
}

/* A picture of the size that the page has by what was read of it. */
static bool is_drawn(const struct inspection_report *report, uint32_t page)
{
    const struct inspection_page *own = &report->inspection->pages[page - 1];
    if (!report->pictures || report->pictures[page - 1].state != PICTURE_DRAWN)
        return false;
    const struct page_picture *picture = &report->pictures[page - 1];
    float width = own->box.x1 - own->box.x0, height = own->box.y1 - own->box.y0;
    bool turned = is_turned(own);
    return fabsf(picture->width - (turned ? height : width)) < 1 &&
           fabsf(picture->height - (turned ? width : height)) < 1;
}

static void add_number(struct buffer *out, const char *before, float value)
{
    buffer_add_c(out, before);
    buffer_add_number(out, (double)value, 1);
}

static void add_rectangle(struct buffer *out, struct box box)
{
    add_number(out, "<rect x=\"", box.x0);
    add_number(out, "\" y=\"", box.y0);
    add_number(out, "\" width=\"", box.x1 - box.x0);
    add_number(out, "\" height=\"", box.y1 - box.y0);
    buffer_add_c(out, "\"");
}

/* Where the number of a block stands: before it, where there is room. */
static void badge_place(struct box box, float *x, float *y)
{
    *x = box.x0 < 14 ? 7 : box.x0 - 6;
    *y = box.y0 + 4 < 7 ? 7 : box.y0 + 4;
}

static void add_artifacts(struct inspection_report *report, const struct inspection_page *page)
{
    buffer_add_c(report->out, "<g class=\"artifacts\">");
    for (size_t i = 0; i < page->piece_count; i++) {
        struct box box = report_place(page, page->pieces[i].box);
        if (box.x0 > box.x1)
            continue;
        add_rectangle(report->out, box);
        buffer_printf(report->out, " class=\"%s\"/>",
                      page->pieces[i].is_marked ? "artifact" : "stray");
    }
    buffer_add_c(report->out, "</g>\n");
}

static void add_order(struct inspection_report *report, const struct inspection_page *page)
{
    float last_x = 0, last_y = 0;
    bool is_first = true;
    buffer_add_c(report->out, "<g class=\"order\">");
    for (size_t i = 0; i < report->block_count; i++) {
        struct box box = report_place(page, report->blocks[i].box);
        float x, y;
        if (box.x0 > box.x1)
            continue;
        badge_place(box, &x, &y);
        if (!is_first) {
            add_number(report->out, "<path d=\"M", last_x);
            add_number(report->out, " ", last_y);
            add_number(report->out, "L", x);
            add_number(report->out, " ", y);
            buffer_add_c(report->out, "\"/>");
        }
        is_first = false;
        last_x = x;
        last_y = y;
    }
    buffer_add_c(report->out, "</g>\n");
}

/* Each leads to its line among the tags, for the mouse; by keyboard one goes through the lines. */
static void add_blocks(struct inspection_report *report, const struct inspection_page *page,
                       uint32_t number)
{
    for (size_t i = 0; i < report->block_count; i++) {
        struct box box = report_place(page, report->blocks[i].box);
        uint32_t row = report_row(report, report->blocks[i].unit);
        float x, y;
        if (box.x0 > box.x1)
            continue;
        badge_place(box, &x, &y);
        buffer_printf(report->out, "<a tabindex=\"-1\" data-r=\"%zu\"", i + 1);
        if (row) /* else no element holds it */
            buffer_printf(report->out, " href=\"#t%u", row);
        if (row && report->was_shown[row])
            buffer_printf(report->out, "-p%u", number);
        buffer_add_c(report->out, row ? "\">" : ">");
        add_rectangle(report->out, box);
        add_number(report->out, " class=\"block\"/><circle cx=\"", x);
        add_number(report->out, "\" cy=\"", y);
        buffer_add_c(report->out, i < 99 ? "\" r=\"6\"/>" : "\" r=\"7.5\"/>");
        add_number(report->out, "<text x=\"", x);
        add_number(report->out, "\" y=\"", y + 2.6f);
        buffer_printf(report->out, "\">%zu</text></a>\n", i + 1);
    }
}

/* Once in the report; what is cut out of it uses it again. */
static void add_image(struct inspection_report *report, uint32_t page)
{
    const struct page_picture *picture = &report->pictures[page - 1];
    buffer_printf(report->out, "<image id=\"picture-%u\"", page);
    add_number(report->out, " width=\"", picture->width);
    add_number(report->out, "\" height=\"", picture->height);
    buffer_add_c(report->out, "\" href=\"data:image/png;base64,");
    base64_add(report->out, picture->png);
    buffer_add_c(report->out, "\"/>\n");
}

static void say_why(struct inspection_report *report, uint32_t page)
{
    static const char *const words[] = {
        [PICTURE_LEFT_OUT] = "No picture of this page: the report has a bounded number of them.",
        [PICTURE_DRAWN] = "",
        [PICTURE_BROKEN] = "No picture of this page: it could not be drawn.",
        [PICTURE_LATE] = "No picture of this page: drawing it took too long.",
    };
    enum picture_state state =
        report->pictures ? report->pictures[page - 1].state : PICTURE_LEFT_OUT;
    buffer_printf(report->out, "<p class=\"note\">%s</p>\n", words[state]);
}

static void add_view(struct buffer *out, float width, float height)
{
    add_number(out, " viewBox=\"0 0 ", width);
    add_number(out, " ", height);
    buffer_add_c(out, "\">\n");
}

/* The links over the picture are for the mouse alone: the lines that they lead to are there for
   everyone. */
void report_picture(struct inspection_report *report, uint32_t number)
{
    const struct inspection_page *page = &report->inspection->pages[number - 1];
    const struct page_picture *picture = report->pictures ? &report->pictures[number - 1] : NULL;
    if (!picture || picture->state != PICTURE_DRAWN) {
        say_why(report, number);
        return;
    }
    bool has_overlay = is_drawn(report, number);
    buffer_add_c(report->out, "<figure class=\"sheet\"><svg role=\"img\" aria-label=\"Page ");
    report_cut(report->out, page->label);
    if (has_overlay)
        buffer_printf(report->out,
                      " as it looks, with the numbers of its %zu blocks in reading order; "
                      "the same numbers stand in the list of tags\"",
                      report->block_count);
    else
        buffer_add_c(report->out, " as it looks\"");
    add_view(report->out, picture->width, picture->height);
    add_image(report, number);
    buffer_add_c(report->out, "</svg>");
    if (has_overlay) {
        buffer_add_c(report->out, "<svg class=\"over\" aria-hidden=\"true\"");
        add_view(report->out, picture->width, picture->height);
        add_artifacts(report, page);
        add_order(report, page);
        add_blocks(report, page, number);
        buffer_add_c(report->out, "</svg>");
    }
    buffer_add_c(report->out, "</figure>\n");
    if (!has_overlay)
        buffer_add_c(report->out, "<p class=\"note\">The reading order is not drawn over this "
                                  "picture: two readers find the page to be of different "
                                  "sizes.</p>\n");
}

bool report_crop(struct inspection_report *report, uint32_t node, const char *name)
{
    uint32_t number = report->inspection->nodes[node].page;
    if (!number || !is_drawn(report, number))
        return false;
    const struct page_picture *picture = &report->pictures[number - 1];
    struct box box =
        report_place(&report->inspection->pages[number - 1], report_box(report->inspection, node));
    if (box.x0 > box.x1)
        return false;
    struct box wide = {clamp((double)box.x0 - margin, (double)picture->width),
                       clamp((double)box.y0 - margin, (double)picture->height),
                       clamp((double)box.x1 + margin, (double)picture->width),
                       clamp((double)box.y1 + margin, (double)picture->height)};
    if (wide.x1 - wide.x0 < 1 || wide.y1 - wide.y0 < 1)
        return false;
    buffer_printf(report->out, "<svg class=\"crop\" role=\"img\" aria-label=\"%s\"", name);
    add_number(report->out, " viewBox=\"", wide.x0);
    add_number(report->out, " ", wide.y0);
    add_number(report->out, " ", wide.x1 - wide.x0);
    add_number(report->out, " ", wide.y1 - wide.y0);
    add_number(report->out, "\" width=\"", wide.x1 - wide.x0);
    add_number(report->out, "\" height=\"", wide.y1 - wide.y0);
    buffer_printf(report->out, "\"><use href=\"#picture-%u\"/></svg>", number);
    return true;
}

bool report_epub_image(struct inspection_report *report, uint32_t node)
{
    const struct details *details = report->inspection->nodes[node].details;
    struct arena arena;
    text bytes;
    const char *media;
    bool is_there = false;
    if (!details_more(details)->picture.length || report->image_bytes >= LIMIT_REPORT_BYTES)
        return false;
    arena_init(&arena);
    if (epub_picture(report->inspection, details_more(details)->picture, &arena, &bytes, &media) &&
        bytes.length <= LIMIT_REPORT_PICTURE_BYTES) {
        is_there = true;
        report->image_bytes += bytes.length;
        /* Its text stands beside it: it is not read twice. */
        buffer_printf(report->out, "<img alt=\"\" src=\"data:%s;base64,", media);
        base64_add(report->out, bytes);
        buffer_add_c(report->out, "\">");
    }
    arena_release(&arena);
    return is_there;
}

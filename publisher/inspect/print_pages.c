/* Of the HTML report: each page's picture with the reading order drawn over it. */
#include "base/base64.h"
#include "base/limits.h"
#include "inspect/draw.h"
#include "inspect/print_html.h"

enum { MOST_PICTURES = 200, MOST_PNG_BYTES = 16 * 1024 * 1024 };

/* All pictures of pages together. */
#define PICTURES_BYTES ((size_t)256 * 1024 * 1024)

static double turned_width(const struct page *page, bool is_height)
{
    bool is_side = page->rotation % 180 != 0;
    bool is_x = is_side == is_height;
    return is_x ? (double)(page->box.x1 - page->box.x0) : (double)(page->box.y1 - page->box.y0);
}

/* From points of the page to those of its picture: from the upper left, turned as it is shown. */
static struct box place(const struct page *page, struct box box)
{
    struct box p = page->box;
    switch (page->rotation % 360) {
    case 90:
        return (struct box){box.y0 - p.y0, box.x0 - p.x0, box.y1 - p.y0, box.x1 - p.x0};
    case 180:
        return (struct box){p.x1 - box.x1, box.y0 - p.y0, p.x1 - box.x0, box.y1 - p.y0};
    case 270:
        return (struct box){p.y1 - box.y1, p.x1 - box.x1, p.y1 - box.y0, p.x1 - box.x0};
    default:
        return (struct box){box.x0 - p.x0, p.y1 - box.y1, box.x1 - p.x0, p.y1 - box.y0};
    }
}

static struct box join(struct box a, struct box b)
{
    if (a.x0 > a.x1)
        return b;
    if (b.x0 > b.x1)
        return a;
    return (struct box){a.x0 < b.x0 ? a.x0 : b.x0, a.y0 < b.y0 ? a.y0 : b.y0,
                        a.x1 > b.x1 ? a.x1 : b.x1, a.y1 > b.y1 ? a.y1 : b.y1};
}

static void add_numbers(struct buffer *out, const char *before, struct box box)
{
    const double v[4] = {(double)box.x0, (double)box.y0, (double)(box.x1 - box.x0),
                         (double)(box.y1 - box.y0)};
    static const char *const names[4] = {"x", "y", "width", "height"};
    buffer_add_c(out, before);
    for (int i = 0; i < 4; i++) {
        buffer_printf(out, " %s=\"", names[i]);
        buffer_add_number(out, v[i], 1);
        buffer_add_c(out, "\"");
    }
}

/* The element that a reader would call one thing: not a run within a paragraph. */
static uint32_t block_of(const struct inspection *inspection, uint32_t content)
{
    static const char *const runs[] = {"Span", "Link",  "Quote", "Reference", "BibEntry",
                                       "Code", "Annot", "LBody", "Ruby",      "RB",
                                       "RT",   "RP",    "Lbl"};
    uint32_t at = inspection->nodes[content].parent;
    for (bool is_run = true; is_run && inspection->nodes[at].parent;) {
        is_run = false;
        for (size_t i = 0; i < sizeof runs / sizeof *runs && !is_run; i++)
            is_run = node_is(inspection, at, runs[i]);
        at = is_run ? inspection->nodes[at].parent : at;
    }
    return at;
}

static void add_block(const struct inspection *inspection, uint32_t node, struct box box,
                      size_t number, struct buffer *scratch, struct buffer *out)
{
    const struct details *details = inspection->nodes[node].details;
    text words = inspection_words(inspection, node, scratch, 200);
    words = text_slice(words, 0, text_find_invalid_utf8(words));
    buffer_printf(out, "<a href=\"#n%u\"><title>%zu ", node, number);
    html_add(out, details ? print_role(details) : TEXT("content"));
    buffer_add_c(out, ": ");
    html_add(out, words);
    add_numbers(out, "</title><rect class=\"block\"", box);
    buffer_add_c(out, "/><text x=\"");
    buffer_add_number(out, (double)box.x0 - 2, 1);
    buffer_add_c(out, "\" y=\"");
    buffer_add_number(out, (double)box.y0 + 8, 1);
    buffer_printf(out, "\">%zu</text></a>\n", number);
}

static void add_line(struct box from, struct box to, struct buffer *out)
{
    const double v[4] = {(double)(from.x0 + from.x1) / 2, (double)(from.y0 + from.y1) / 2,
                         (double)(to.x0 + to.x1) / 2, (double)(to.y0 + to.y1) / 2};
    static const char *const names[4] = {"x1", "y1", "x2", "y2"};
    buffer_add_c(out, "<line");
    for (int i = 0; i < 4; i++) {
        buffer_printf(out, " %s=\"", names[i]);
        buffer_add_number(out, v[i], 1);
        buffer_add_c(out, "\"");
    }
    buffer_add_c(out, "/>\n");
}

static void add_overlay(const struct inspection *inspection, const struct page *page,
                        struct buffer *out)
{
    struct buffer scratch;
    struct box last = {1, 1, 0, 0};
    size_t number = 0;
    buffer_init(&scratch, LIMIT_WORDS_BYTES);
    for (size_t i = 0; i < page->artifact_count; i++)
        if (page->artifacts[i].box.x0 <= page->artifacts[i].box.x1) {
            add_numbers(out,
                        page->artifacts[i].is_marked ? "<rect class=\"artifact\""
                                                     : "<rect class=\"stray\"",
                        place(page, page->artifacts[i].box));
            buffer_printf(out, "><title>%s</title></rect>\n",
                          page->artifacts[i].is_marked ? "an artifact: not read"
                                                       : "neither tagged nor an artifact");
        }
    for (size_t i = 0; i < page->order_count;) {
        uint32_t block = block_of(inspection, page->order[i]);
        struct box box = {1, 1, 0, 0};
        for (; i < page->order_count && block_of(inspection, page->order[i]) == block; i++)
            box = join(box, inspection->nodes[page->order[i]].box);
        if (box.x0 > box.x1)
            continue;
        box = place(page, box);
        if (number++)
            add_line(last, box, out);
        add_block(inspection, block, box, number, &scratch, out);
        last = box;
    }
    buffer_release(&scratch);
}

static void add_page(const struct inspection *inspection, uint32_t number, text png,
                     struct buffer *out)
{
    const struct page *page = &inspection->pages[number - 1];
    double width = turned_width(page, false), height = turned_width(page, true);
    buffer_printf(out,
                  "<svg class=\"page\" role=\"group\" aria-label=\"Page %u: its blocks in "
                  "reading order\" viewBox=\"-12 0 ",
                  number);
    buffer_add_number(out, width + 12, 1);
    buffer_add_byte(out, ' ');
    buffer_add_number(out, height, 1);
    buffer_printf(out, "\"><image id=\"picture-%u\" aria-hidden=\"true\" width=\"", number);
    buffer_add_number(out, width, 1);
    buffer_add_c(out, "\" height=\"");
    buffer_add_number(out, height, 1);
    buffer_add_c(out, "\" preserveAspectRatio=\"none\" href=\"data:image/png;base64,");
    base64_add(out, png);
    buffer_add_c(out, "\"/>\n");
    add_overlay(inspection, page, out);
    buffer_add_c(out, "</svg>\n");
}

/* All that is painted for an element on the page where it begins. */
static struct box box_of(const struct inspection *inspection, uint32_t node)
{
    struct box box = {1, 1, 0, 0};
    for (uint32_t at = node; at; at = inspection_next(inspection, at, node))
        if (inspection->nodes[at].page == inspection->nodes[node].page &&
            inspection->nodes[at].kind == NODE_CONTENT)
            box = join(box, inspection->nodes[at].box);
    return box;
}

void print_crop(const struct inspection *inspection, uint32_t node, struct buffer *out)
{
    uint32_t number = inspection->nodes[node].page;
    struct box box = box_of(inspection, node);
    if (inspection->is_epub || !number || number > MOST_PICTURES || box.x0 > box.x1)
        return;
    box = place(&inspection->pages[number - 1], box);
    buffer_add_c(out, "<svg class=\"crop\" aria-hidden=\"true\" viewBox=\"");
    buffer_add_number(out, (double)box.x0, 1);
    buffer_add_byte(out, ' ');
    buffer_add_number(out, (double)box.y0, 1);
    buffer_add_byte(out, ' ');
    buffer_add_number(out, (double)(box.x1 - box.x0) + 0.1, 1);
    buffer_add_byte(out, ' ');
    buffer_add_number(out, (double)(box.y1 - box.y0) + 0.1, 1);
    buffer_printf(out, "\"><use href=\"#picture-%u\"/></svg>\n", number);
}

void print_pages(const struct inspection *inspection, struct buffer *out)
{
    struct buffer png;
    size_t drawn = 0, spent = 0;
    if (inspection->is_epub)
        return;
    buffer_init(&png, MOST_PNG_BYTES + 1);
    struct drawing *drawing = drawing_begin(inspection->bytes);
    buffer_add_c(out, "<h2 id=\"pages\">Pages</h2>\n<p>Numbers and lines show the order in which "
                      "the blocks are read; each leads to its tag. Grey hatching: artifacts, which "
                      "are not read. Red: neither tagged nor an artifact.</p>\n"
                      "<svg width=\"0\" height=\"0\" aria-hidden=\"true\"><defs><pattern "
                      "id=\"grey\" width=\"6\" height=\"6\" patternUnits=\"userSpaceOnUse\"><path "
                      "d=\"M0 6L6 0\" stroke=\"#555\"/></pattern><pattern id=\"red\" width=\"6\" "
                      "height=\"6\" patternUnits=\"userSpaceOnUse\"><path d=\"M0 0L6 6\" "
                      "stroke=\"#c00\"/></pattern></defs></svg>\n");
    for (uint32_t i = 1; i <= inspection->page_count; i++) {
        if (i > MOST_PICTURES || spent > PICTURES_BYTES) {
            buffer_printf(out, "<p>The other %zu pages are not drawn here.</p>\n",
                          inspection->page_count - drawn);
            break;
        }
        buffer_add_c(out, "<h3>Page ");
        html_add(out, inspection->pages[i - 1].label);
        buffer_add_c(out, "</h3>\n");
        if (drawing_page(drawing, i, &png)) {
            add_page(inspection, i, buffer_text(&png), out);
            spent += png.length;
            drawn++;
        } else {
            buffer_add_c(out, "<p class=\"bad\">This page could not be drawn.</p>\n");
        }
    }
    drawing_end(drawing);
    buffer_release(&png);
}

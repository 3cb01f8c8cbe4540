/* A figure in PDF, as programs for plots make them: its one page is drawn as SVG, which all formats
   show as vectors; its words become outlines. Poppler does it in a child process, with as much time
   and memory as a drawing may take, since the file is a program of a stranger's. */
#include "base/buffer.h"
#include "base/files.h"
#include "base/limits.h"
#include "base/process.h"
#include "libraries/poppler.h"
#include "read/pictures.h"

#include <cairo-svg.h>

enum outcome { DRAWN, NOT_READ, LOCKED, MANY_PAGES, NO_SIZE, OUTCOMES };

static const char *const reasons[OUTCOMES] = {
    [NOT_READ] = "the PDF cannot be read",
    [LOCKED] = "the PDF asks for a password",
    [MANY_PAGES] = "the PDF has more than one page",
    [NO_SIZE] = "its page has no size",
};

static cairo_status_t send(void *closure, const unsigned char *bytes, unsigned length)
{
    return stream_write(*(int *)closure, (text){(const char *)bytes, length})
               ? CAIRO_STATUS_SUCCESS
               : CAIRO_STATUS_WRITE_ERROR;
}

static enum outcome open_page(text pdf, PopplerPage **page)
{
    GError *error = NULL;
    GBytes *bytes = g_bytes_new_static(pdf.bytes, pdf.length);
    PopplerDocument *document = poppler_document_new_from_bytes(bytes, NULL, &error);
    if (!document)
        return g_error_matches(error, POPPLER_ERROR, POPPLER_ERROR_ENCRYPTED) ? LOCKED : NOT_READ;
    int count = poppler_document_get_n_pages(document);
    *page = count == 1 ? poppler_document_get_page(document, 0) : NULL;
    return *page ? DRAWN : count > 1 ? MANY_PAGES : NOT_READ;
}

/* The outcome as a byte, then the drawing. */
static bool draw(const void *closure, int pipe)
{
    PopplerPage *page = NULL;
    double width = 0, height = 0;
    enum outcome outcome = open_page(*(const text *)closure, &page);
    if (outcome == DRAWN)
        poppler_page_get_size(page, &width, &height);
    if (outcome == DRAWN && !(width >= 1 && height >= 1 && width <= 15000 && height <= 15000))
        outcome = NO_SIZE;
    char byte = (char)outcome;
    if (!stream_write(pipe, (text){&byte, 1}) || outcome != DRAWN)
        return true;
    cairo_surface_t *surface = cairo_svg_surface_create_for_stream(send, &pipe, width, height);
    cairo_svg_surface_set_document_unit(surface,
                                        CAIRO_SVG_UNIT_PT); /* not so by itself from 1.18 */
    cairo_t *cairo = cairo_create(surface);
    poppler_page_render_for_printing(page, cairo);
    bool is_whole = cairo_status(cairo) == CAIRO_STATUS_SUCCESS;
    cairo_destroy(cairo);
    cairo_surface_finish(surface);
    return is_whole && cairo_surface_status(surface) == CAIRO_STATUS_SUCCESS;
}

/* Cairo counts the ids of a drawing on from those of the process; here they are counted from 1. */
static text count_ids(struct arena *arena, text svg)
{
    static const char *const marks[] = {" id=\"", "href=\"#", "url(#"};
    struct id_map *names = id_map_new(arena);
    unsigned count = 0;
    struct buffer out;
    buffer_init(&out, svg.length * 2);
    for (size_t i = 0; i < svg.length;) {
        size_t mark = 0, length = 0;
        text rest = text_slice(svg, i, svg.length);
        for (; mark < sizeof marks / sizeof *marks; mark++) {
            if (text_starts_with(rest, text_from_c(marks[mark])))
                break;
        }
        if (mark == sizeof marks / sizeof *marks) {
            buffer_add_byte(&out, svg.bytes[i++]);
            continue;
        }
        i += strlen(marks[mark]);
        while (i + length < svg.length && !strchr("\")", svg.bytes[i + length]))
            length++;
        text id = text_slice(svg, i, i + length);
        struct node *name = id_map_find(names, id);
        if (!name) {
            name = ARENA_NEW(arena, struct node);
            name->index = ++count;
            id_map_add(names, id, name, NULL);
        }
        buffer_printf(&out, "%sp%u", marks[mark], name->index);
        i += length;
    }
    text result = arena_copy(arena, buffer_text(&out));
    buffer_release(&out);
    return result;
}

bool read_pdf_figure(struct arena *arena, struct image *image, const char **why)
{
    struct buffer got;
    buffer_init(&got, LIMIT_FIGURE_BYTES);
    library_open("poppler-glib"); /* here, once; not in each child */
    bool is_whole =
        process_ask(draw, &image->bytes, LIMIT_FIGURE_MEMORY, LIMIT_FIGURE_SECONDS, &got);
    unsigned outcome = got.length ? (unsigned char)got.bytes[0] : OUTCOMES;
    *why = !is_whole || outcome >= OUTCOMES ? "drawing the PDF takes too much time or memory"
                                            : reasons[outcome];
    if (!*why)
        image->bytes = count_ids(arena, text_slice(buffer_text(&got), 1, got.length));
    buffer_release(&got);
    return !*why;
}

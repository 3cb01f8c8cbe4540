#include "inspect/draw.h"

#include "base/arena.h"

#include <errno.h>
#include <poll.h>
#include <poppler.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

enum {
    PAGE_SECONDS = 20,             /* for one page */
    MOST_FAILURES = 3,             /* processes that died or were too slow; then no more is drawn */
    MOST_PIXELS = 4 * 1000 * 1000, /* of a page */
    MOST_PNG = 16 * 1024 * 1024,
};

struct drawing {
    text bytes;
    pid_t process; /* 0: none runs */
    int to, from;
    int failures;
};

static bool write_all(int descriptor, const void *bytes, size_t length)
{
    const char *at = bytes;
    while (length) {
        ssize_t written = write(descriptor, at, length);
        if (written < 0 && errno == EINTR)
            continue;
        if (written <= 0)
            return false;
        at += written;
        length -= (size_t)written;
    }
    return true;
}

/* Waits for each part no longer than a page may take. */
static bool read_all(int descriptor, void *bytes, size_t length)
{
    char *at = bytes;
    while (length) {
        struct pollfd wait = {.fd = descriptor, .events = POLLIN};
        int ready = poll(&wait, 1, PAGE_SECONDS * 1000);
        if (ready < 0 && errno == EINTR)
            continue;
        ssize_t got = ready > 0 ? read(descriptor, at, length) : -1;
        if (got <= 0)
            return false;
        at += got;
        length -= (size_t)got;
    }
    return true;
}

/* In the child */

static cairo_status_t take_png(void *closure, const unsigned char *bytes, unsigned length)
{
    struct buffer *png = closure;
    buffer_add(png, bytes, length);
    return png->overflowed ? CAIRO_STATUS_WRITE_ERROR : CAIRO_STATUS_SUCCESS;
}

static void draw(PopplerPage *page, struct buffer *png)
{
    double width, height, scale = 96.0 / 72;
    poppler_page_get_size(page, &width, &height);
    if (!(width > 0) || !(height > 0) || width > 1e6 || height > 1e6)
        return;
    while (width * height * scale * scale > MOST_PIXELS)
        scale /= 2;
    int columns = (int)(width * scale) + 1, rows = (int)(height * scale) + 1;
    cairo_surface_t *surface = cairo_image_surface_create(CAIRO_FORMAT_RGB24, columns, rows);
    cairo_t *cairo = cairo_create(surface);
    cairo_set_source_rgb(cairo, 1, 1, 1);
    cairo_paint(cairo);
    cairo_scale(cairo, columns / width, rows / height);
    poppler_page_render(page, cairo);
    cairo_destroy(cairo);
    if (cairo_surface_write_to_png_stream(surface, take_png, png) != CAIRO_STATUS_SUCCESS)
        buffer_clear(png);
    cairo_surface_destroy(surface);
}

static void limit(int what, rlim_t most)
{
    struct rlimit limit = {most, most};
    setrlimit(what, &limit);
}

__attribute__((noreturn)) static void be_drawer(text bytes, int from, int to)
{
    uint32_t number;
    limit(RLIMIT_CPU, 10 * 60);
    limit(RLIMIT_CORE, 0);
#if !defined(__SANITIZE_ADDRESS__)
    limit(RLIMIT_AS, (rlim_t)2 * 1024 * 1024 * 1024 + bytes.length);
#endif
    close(STDERR_FILENO); /* what poppler says of the file was found by ourselves */
    GBytes *held = g_bytes_new_static(bytes.bytes, bytes.length);
    PopplerDocument *document = poppler_document_new_from_bytes(held, NULL, NULL);
    int pages = document ? poppler_document_get_n_pages(document) : 0;
    while (read(from, &number, sizeof number) == (ssize_t)sizeof number) {
        struct buffer png;
        buffer_init(&png, MOST_PNG);
        PopplerPage *page = number >= 1 && number <= (uint32_t)pages
                                ? poppler_document_get_page(document, (int)number - 1)
                                : NULL;
        if (page) {
            draw(page, &png);
            g_object_unref(page);
        }
        uint32_t length = (uint32_t)png.length;
        if (!write_all(to, &length, sizeof length) || !write_all(to, png.bytes, length))
            break;
        buffer_release(&png);
    }
    _exit(0);
}

/* In the parent */

static void stop(struct drawing *drawing)
{
    if (!drawing->process)
        return;
    close(drawing->to);
    close(drawing->from);
    kill(drawing->process, SIGKILL);
    while (waitpid(drawing->process, NULL, 0) < 0 && errno == EINTR)
        continue;
    drawing->process = 0;
}

static bool start(struct drawing *drawing)
{
    int down[2], up[2];
    if (pipe(down) != 0)
        return false;
    if (pipe(up) != 0) {
        close(down[0]);
        close(down[1]);
        return false;
    }
    pid_t process = fork();
    if (process == 0) {
        close(down[1]);
        close(up[0]);
        be_drawer(drawing->bytes, down[0], up[1]);
    }
    close(down[0]);
    close(up[1]);
    drawing->to = down[1];
    drawing->from = up[0];
    drawing->process = process > 0 ? process : 0;
    if (process < 0) {
        close(down[1]);
        close(up[0]);
    }
    return process > 0;
}

struct drawing *drawing_begin(text bytes)
{
    struct drawing *drawing = memory_allocate(sizeof *drawing);
    *drawing = (struct drawing){.bytes = bytes};
    return drawing;
}

static bool ask(struct drawing *drawing, uint32_t page, struct buffer *png)
{
    uint32_t length;
    if (!write_all(drawing->to, &page, sizeof page) ||
        !read_all(drawing->from, &length, sizeof length) || length > MOST_PNG)
        return false;
    char *bytes = memory_allocate((size_t)length + 1);
    bool is_read = read_all(drawing->from, bytes, length);
    if (is_read)
        buffer_add(png, bytes, length);
    free(bytes);
    return is_read;
}

bool drawing_page(struct drawing *drawing, uint32_t page, struct buffer *png)
{
    buffer_clear(png);
    if (drawing->failures >= MOST_FAILURES || (!drawing->process && !start(drawing)))
        return false;
    /* A child that died closes the pipe: that is an answer, not a reason to end. */
    void (*before)(int) = signal(SIGPIPE, SIG_IGN);
    bool is_drawn = ask(drawing, page, png);
    signal(SIGPIPE, before);
    if (!is_drawn) {
        drawing->failures++;
        stop(drawing);
        buffer_clear(png);
    }
    return is_drawn && png->length;
}

void drawing_end(struct drawing *drawing)
{
    stop(drawing);
    free(drawing);
}

#include "pdf/raster.h"

#include "base/buffer.h"
#include "base/codecs.h"
#include "base/limits.h"

#include <stdlib.h>
#include <string.h>

enum { CAIRO_LIMIT = 32767, JPEG_QUALITY = 92 };

/* Averages blocks of factor by factor pixels into a Cairo surface, row by row. */
struct averager {
    cairo_surface_t *surface;
    unsigned factor, width, height; /* of the surface */
    unsigned rows;                  /* taken into sums */
    unsigned row;                   /* of the surface, next to be written */
    uint32_t *sums;                 /* four a pixel: premultiplied red, green, blue; alpha */
    bool has_alpha;
};

static bool averager_init(struct averager *a, unsigned width, unsigned height, unsigned factor,
                          bool has_alpha)
{
    a->factor = factor;
    a->width = (width + factor - 1) / factor;
    a->height = (height + factor - 1) / factor;
    a->has_alpha = has_alpha;
    if (a->width > CAIRO_LIMIT || a->height > CAIRO_LIMIT)
        return false;
    a->surface = cairo_image_surface_create(has_alpha ? CAIRO_FORMAT_ARGB32 : CAIRO_FORMAT_RGB24,
                                            (int)a->width, (int)a->height);
    a->sums = memory_allocate((size_t)a->width * 4 * sizeof *a->sums);
    memset(a->sums, 0, (size_t)a->width * 4 * sizeof *a->sums);
    return cairo_surface_status(a->surface) == CAIRO_STATUS_SUCCESS;
}

static void averager_release(struct averager *a, bool keep_surface)
{
    free(a->sums);
    a->sums = NULL;
    if (!keep_surface && a->surface)
        cairo_surface_destroy(a->surface);
    else if (a->surface)
        cairo_surface_mark_dirty(a->surface);
}

static void write_row(struct averager *a, unsigned source_width)
{
    unsigned char *bytes = cairo_image_surface_get_data(a->surface);
    size_t stride = (size_t)cairo_image_surface_get_stride(a->surface);
    uint32_t *pixels = (uint32_t *)(void *)(bytes + stride * a->row);
    for (unsigned x = 0; x < a->width; x++) {
        unsigned columns = source_width - x * a->factor;
        uint32_t count = (columns < a->factor ? columns : a->factor) * a->rows;
        uint32_t half = count / 2;
        uint32_t *sum = &a->sums[4 * (size_t)x];
        pixels[x] = (sum[3] + half) / count << 24 | (sum[0] + half) / count << 16 |
                    (sum[1] + half) / count << 8 | (sum[2] + half) / count;
    }
    memset(a->sums, 0, (size_t)a->width * 4 * sizeof *a->sums);
    a->row++;
    a->rows = 0;
}

static uint32_t premultiplied(uint32_t value, uint32_t alpha)
{
    return alpha == 255 ? value : (value * alpha + 127) / 255;
}

/* Most pictures are not finer than print: their pixels go to the surface as they are. */
static void copy_row(struct averager *a, const unsigned char *rgba)
{
    unsigned char *bytes = cairo_image_surface_get_data(a->surface);
    size_t stride = (size_t)cairo_image_surface_get_stride(a->surface);
    uint32_t *pixels = (uint32_t *)(void *)(bytes + stride * a->row++);
    for (unsigned x = 0; x < a->width; x++, rgba += 4)
        pixels[x] = (uint32_t)rgba[3] << 24 | premultiplied(rgba[0], rgba[3]) << 16 |
                    premultiplied(rgba[1], rgba[3]) << 8 | premultiplied(rgba[2], rgba[3]);
}

/* Takes a row of RGBA (not premultiplied). */
static void averager_add_row(struct averager *a, const unsigned char *rgba, unsigned width,
                             bool last)
{
    if (a->factor == 1) {
        copy_row(a, rgba);
        return;
    }
    uint32_t *sum = a->sums;
    for (unsigned x = 0, in_block = 0; x < width; x++, rgba += 4) {
        for (int c = 0; c < 3; c++)
            sum[c] += premultiplied(rgba[c], rgba[3]);
        sum[3] += rgba[3];
        if (++in_block == a->factor) {
            in_block = 0;
            sum += 4;
        }
    }
    if (++a->rows == a->factor || last)
        write_row(a, width);
}

/* What setjmp must not lose. */
struct png_work {
    png_structp png;
    png_infop info;
    struct averager averager;
    unsigned char *row;
    unsigned char **rows; /* interlaced files come as a whole */
    unsigned char *whole;
    struct png_source source;
};

static void ask_for_rgba(struct png_work *work)
{
    png_set_expand(work->png);
    png_set_scale_16(work->png);
    png_set_gray_to_rgb(work->png);
    png_set_add_alpha(work->png, 0xFF, PNG_FILLER_AFTER);
}

static bool decode_png(struct png_work *work, unsigned factor)
{
    if (setjmp(png_jmpbuf(work->png)))
        return false;
    png_read_info(work->png, work->info);
    unsigned width = png_get_image_width(work->png, work->info);
    unsigned height = png_get_image_height(work->png, work->info);
    if ((size_t)width * height > LIMIT_IMAGE_PIXELS)
        return false;
    bool has_alpha = (png_get_color_type(work->png, work->info) & PNG_COLOR_MASK_ALPHA) ||
                     png_get_valid(work->png, work->info, PNG_INFO_tRNS);
    ask_for_rgba(work);
    bool interlaced = png_set_interlace_handling(work->png) > 1;
    png_read_update_info(work->png, work->info);
    size_t row_length = (size_t)width * 4;
    if (png_get_rowbytes(work->png, work->info) != row_length ||
        !averager_init(&work->averager, width, height, factor, has_alpha))
        return false;
    if (interlaced) {
        work->whole = memory_allocate(row_length * height);
        work->rows = memory_allocate(height * sizeof *work->rows);
        for (unsigned y = 0; y < height; y++)
            work->rows[y] = work->whole + row_length * y;
        png_read_image(work->png, work->rows);
    } else {
        work->row = memory_allocate(row_length);
    }
    for (unsigned y = 0; y < height; y++) {
        if (!interlaced)
            png_read_row(work->png, work->row, NULL);
        averager_add_row(&work->averager, interlaced ? work->rows[y] : work->row, width,
                         y + 1 == height);
    }
    return true;
}

cairo_surface_t *raster_read_png(const struct image *image, unsigned factor)
{
    struct png_work work = {.source = {image->bytes, 0}};
    bool done = png_open(&work.source, &work.png, &work.info) && decode_png(&work, factor);
    averager_release(&work.averager, done);
    free(work.row);
    free(work.rows);
    free(work.whole);
    png_destroy_read_struct(&work.png, &work.info, NULL);
    return done ? work.averager.surface : NULL;
}

struct jpeg_work {
    struct jpeg_decompress_struct in;
    struct jpeg_stop stop;
    struct averager averager;
    unsigned char *row, *rgba;
};

/* Adobe's files hold their inks inverted. No profile: what printers call naive, and what the reader
   of a screen expects. */
static void rgba_from_jpeg(const struct jpeg_work *work, unsigned width)
{
    int components = work->in.output_components;
    bool inverted = work->in.saw_Adobe_marker;
    for (size_t x = 0; x < width; x++) {
        const unsigned char *from = work->row + x * (size_t)components;
        unsigned char *to = work->rgba + 4 * x;
        to[3] = 255;
        for (int c = 0; c < 3; c++) {
            if (components == 4) {
                unsigned ink = inverted ? from[c] : 255U - from[c];
                unsigned black = inverted ? from[3] : 255U - from[3];
                to[c] = (unsigned char)((ink * black + 127) / 255);
            } else {
                to[c] = components == 3 ? from[c] : from[0];
            }
        }
    }
}

static bool decode_jpeg(struct jpeg_work *work, const struct image *image, unsigned factor)
{
    jpeg_set_stop(&work->in, &work->stop);
    if (setjmp(work->stop.jump))
        return false;
    jpeg_create_decompress(&work->in);
    jpeg_mem_src(&work->in, (const unsigned char *)image->bytes.bytes,
                 (unsigned long)image->bytes.length);
    jpeg_read_header(&work->in, TRUE);
    if ((size_t)work->in.image_width * work->in.image_height > LIMIT_IMAGE_PIXELS)
        return false;
    if (work->in.num_components == 4)
        work->in.out_color_space = JCS_CMYK;
    else if (work->in.num_components == 3)
        work->in.out_color_space = JCS_RGB;
    jpeg_start_decompress(&work->in);
    unsigned width = work->in.output_width, height = work->in.output_height;
    if (!averager_init(&work->averager, width, height, factor, false))
        return false;
    work->row = memory_allocate((size_t)width * (size_t)work->in.output_components);
    work->rgba = memory_allocate((size_t)width * 4);
    while (work->in.output_scanline < height) {
        JSAMPROW rows[1] = {work->row};
        jpeg_read_scanlines(&work->in, rows, 1);
        rgba_from_jpeg(work, width);
        averager_add_row(&work->averager, work->rgba, width, work->in.output_scanline == height);
    }
    return true;
}

/* A photograph as lossless pixels would be ten times its size. */
static void attach_jpeg(cairo_surface_t *surface)
{
    struct jpeg_compress_struct out;
    struct jpeg_error_mgr errors; /* writing to memory fails only where memory does: exit */
    out.err = jpeg_std_error(&errors);
    jpeg_create_compress(&out);
    unsigned char *bytes = NULL;
    unsigned long length = 0;
    jpeg_mem_dest(&out, &bytes, &length);
    unsigned width = (unsigned)cairo_image_surface_get_width(surface);
    unsigned height = (unsigned)cairo_image_surface_get_height(surface);
    out.image_width = width;
    out.image_height = height;
    out.input_components = 3;
    out.in_color_space = JCS_RGB;
    jpeg_set_defaults(&out);
    jpeg_set_quality(&out, JPEG_QUALITY, TRUE);
    jpeg_start_compress(&out, TRUE);
    unsigned char *row = memory_allocate((size_t)width * 3);
    const unsigned char *pixels = cairo_image_surface_get_data(surface);
    size_t stride = (size_t)cairo_image_surface_get_stride(surface);
    for (unsigned y = 0; y < height; y++) {
        const uint32_t *from = (const uint32_t *)(const void *)(pixels + stride * y);
        for (size_t x = 0; x < width; x++)
            for (int c = 0; c < 3; c++)
                row[3 * x + (size_t)c] = (unsigned char)(from[x] >> (16 - 8 * c));
        JSAMPROW rows[1] = {row};
        jpeg_write_scanlines(&out, rows, 1);
    }
    jpeg_finish_compress(&out);
    jpeg_destroy_compress(&out);
    free(row);
    if (cairo_surface_set_mime_data(surface, CAIRO_MIME_TYPE_JPEG, bytes, length, free, bytes))
        free(bytes);
}

cairo_surface_t *raster_read_jpeg(const struct image *image, unsigned factor)
{
    struct jpeg_work work = {0};
    bool done = decode_jpeg(&work, image, factor);
    averager_release(&work.averager, done);
    free(work.row);
    free(work.rgba);
    jpeg_destroy_decompress(&work.in);
    if (done)
        attach_jpeg(work.averager.surface);
    return done ? work.averager.surface : NULL;
}

cairo_surface_t *raster_wrap_jpeg(const struct image *image)
{
    if (image->width_pixels > CAIRO_LIMIT || image->height_pixels > CAIRO_LIMIT)
        return NULL;
    bool is_turned = image->orientation >= 5; /* its pixels lie on a side */
    cairo_surface_t *surface = cairo_image_surface_create(
        CAIRO_FORMAT_RGB24, (int)(is_turned ? image->height_pixels : image->width_pixels),
        (int)(is_turned ? image->width_pixels : image->height_pixels));
    if (cairo_surface_status(surface) ||
        cairo_surface_set_mime_data(surface, CAIRO_MIME_TYPE_JPEG,
                                    (const unsigned char *)image->bytes.bytes,
                                    (unsigned long)image->bytes.length, NULL, NULL)) {
        cairo_surface_destroy(surface);
        return NULL;
    }
    return surface;
}

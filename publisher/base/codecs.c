#include "base/codecs.h"

#include "base/buffer.h"
#include "base/limits.h"

#include <string.h>

/* PNG */

static void read_bytes(png_structp png, png_bytep into, size_t length)
{
    struct png_source *source = png_get_io_ptr(png);
    if (length > source->bytes.length - source->at)
        png_error(png, "ends too early");
    memcpy(into, source->bytes.bytes + source->at, length);
    source->at += length;
}

static void ignore_warning(png_structp png, png_const_charp words)
{
    (void)png;
    (void)words;
}

static void stop_png(png_structp png, png_const_charp words)
{
    (void)words;
    png_longjmp(png, 1);
}

bool png_open(struct png_source *source, png_structp *png, png_infop *info)
{
    *png = png_create_read_struct(PNG_LIBPNG_VER_STRING, NULL, stop_png, ignore_warning);
    *info = *png ? png_create_info_struct(*png) : NULL;
    if (*info)
        png_set_read_fn(*png, source, read_bytes);
    return *info != NULL;
}

static void keep_bytes(png_structp png, png_bytep bytes, size_t length)
{
    struct buffer *out = png_get_io_ptr(png);
    buffer_add(out, bytes, length);
    if (out->overflowed)
        png_error(png, "too large");
}

static void flush_nothing(png_structp png)
{
    (void)png;
}

static bool write_png(png_structp png, png_infop info, const unsigned char *pixels, unsigned width,
                      unsigned height, unsigned channels)
{
    if (setjmp(png_jmpbuf(png)))
        return false;
    png_set_IHDR(png, info, width, height, 8,
                 channels == 4 ? PNG_COLOR_TYPE_RGBA : PNG_COLOR_TYPE_RGB, PNG_INTERLACE_NONE,
                 PNG_COMPRESSION_TYPE_DEFAULT, PNG_FILTER_TYPE_DEFAULT);
    png_write_info(png, info);
    for (size_t row = 0; row < height; row++)
        png_write_row(png, pixels + row * width * channels);
    png_write_end(png, info);
    return true;
}

bool png_make(struct arena *arena, const unsigned char *pixels, unsigned width, unsigned height,
              unsigned channels, text *png)
{
    struct buffer out;
    buffer_init(&out, LIMIT_OUTPUT_BYTES);
    png_structp writer =
        png_create_write_struct(PNG_LIBPNG_VER_STRING, NULL, stop_png, ignore_warning);
    png_infop info = writer ? png_create_info_struct(writer) : NULL;
    if (info)
        png_set_write_fn(writer, &out, keep_bytes, flush_nothing);
    bool is_made = info && write_png(writer, info, pixels, width, height, channels);
    png_destroy_write_struct(&writer, &info);
    if (is_made)
        *png = arena_copy(arena, buffer_text(&out));
    buffer_release(&out);
    return is_made;
}

/* JPEG */

static void stop_jpeg(j_common_ptr jpeg)
{
    longjmp(((struct jpeg_stop *)(void *)jpeg->err)->jump, 1);
}

static void ignore_message(j_common_ptr jpeg)
{
    (void)jpeg;
}

void jpeg_set_stop(struct jpeg_decompress_struct *jpeg, struct jpeg_stop *stop)
{
    jpeg->err = jpeg_std_error(&stop->manager);
    stop->manager.error_exit = stop_jpeg;
    stop->manager.output_message = ignore_message;
}

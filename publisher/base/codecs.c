#include "base/codecs.h"

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

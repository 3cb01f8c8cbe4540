/* The pixels of PNGs and JPEGs, to see whether they hold words. A PNG is gone through in any case,
   because the PDF must unpack it and cannot be half. */
#include "read/pictures.h"

#include "base/arena.h"
#include "base/codecs.h"

#include <stdlib.h>
#include <string.h>

/* Looked at in grey, no wider than this: letters that are smaller then are too small for print. */
enum { WIDEST = 1600, LEAST_WIDTH = 40, LEAST_HEIGHT = 12, MOST_PIXELS = 8 * 1000 * 1000 };

struct grey {
    unsigned char *pixels;          /* NULL: not wanted */
    unsigned width, height, factor; /* a pixel is the mean of factor by factor */
    unsigned *sums, rows;           /* of the row that is being made */
    unsigned made;                  /* rows */
};

/* False, and nothing is kept, where there is nothing to see. */
static bool grey_begin(struct grey *grey, unsigned width, unsigned height)
{
    *grey = (struct grey){.factor = (width + WIDEST - 1) / WIDEST};
    grey->width = grey->factor ? width / grey->factor : 0;
    grey->height = grey->factor ? height / grey->factor : 0;
    if (grey->width < LEAST_WIDTH || grey->height < LEAST_HEIGHT ||
        (uint64_t)grey->width * grey->height > MOST_PIXELS)
        return false;
    grey->pixels = memory_allocate((size_t)grey->width * grey->height);
    grey->sums = memory_allocate_zeroes(grey->width, sizeof *grey->sums);
    return true;
}

/* channels: 1 grey, 2 with alpha, 3 colour, 4 with alpha; what is clear is white as paper. */
static void grey_add_row(struct grey *grey, const unsigned char *row, unsigned channels)
{
    if (!grey->pixels || grey->made == grey->height)
        return;
    unsigned *sum = grey->sums;
    for (unsigned x = 0, in_block = 0; x < grey->width * grey->factor; x++, row += channels) {
        unsigned value = channels < 3 ? row[0] : (2u * row[0] + 5u * row[1] + row[2]) / 8;
        if (channels % 2 == 0)
            value = (value * row[channels - 1] + 255u * (255u - row[channels - 1])) / 255;
        *sum += value;
        if (++in_block == grey->factor) {
            in_block = 0;
            sum++;
        }
    }
    if (++grey->rows < grey->factor)
        return;
    unsigned char *out = grey->pixels + (size_t)grey->made++ * grey->width;
    for (unsigned x = 0; x < grey->width; x++)
        out[x] = (unsigned char)(grey->sums[x] / (grey->factor * grey->factor));
    memset(grey->sums, 0, grey->width * sizeof *grey->sums);
    grey->rows = 0;
}

static bool grey_end(struct grey *grey, bool is_whole)
{
    bool has_words = is_whole && grey->pixels && grey->made == grey->height &&
                     grey_holds_words(grey->pixels, (int)grey->width, (int)grey->height);
    free(grey->pixels);
    free(grey->sums);
    return has_words;
}

/* PNG */

/* libpng leaves by longjmp, so nothing of this function changes after setjmp. */
static bool unpack(png_structp png, png_infop info, struct grey *grey, unsigned char **row)
{
    if (setjmp(png_jmpbuf(png)))
        return false;
    png_read_info(png, info);
    int passes = png_set_interlace_handling(png);
    png_uint_32 height = png_get_image_height(png, info);
    /* Rows of an interlaced picture are whole only at the end. */
    if (grey && passes == 1 && grey_begin(grey, png_get_image_width(png, info), height)) {
        png_set_expand(png);
        png_set_scale_16(png);
    }
    png_read_update_info(png, info);
    *row = memory_allocate(png_get_rowbytes(png, info));
    for (int pass = 0; pass < passes; pass++) {
        for (png_uint_32 i = 0; i < height; i++) {
            png_read_row(png, passes == 1 ? *row : NULL, NULL);
            if (grey)
                grey_add_row(grey, *row, png_get_channels(png, info));
        }
    }
    png_read_end(png, NULL);
    return true;
}

bool png_is_whole(text bytes, bool *has_words)
{
    struct png_source source = {.bytes = bytes};
    struct grey grey = {.pixels = NULL};
    unsigned char *row = NULL;
    png_structp png;
    png_infop info;
    bool is_whole =
        png_open(&source, &png, &info) && unpack(png, info, has_words ? &grey : NULL, &row);
    png_destroy_read_struct(&png, &info, NULL);
    free(row);
    bool found = grey_end(&grey, is_whole);
    if (has_words)
        *has_words = found;
    return is_whole;
}

/* JPEG */

/* Scaled while it is decoded, which saves most of the work. False where it cannot be decoded. */
static bool decode(struct jpeg_decompress_struct *jpeg, struct jpeg_stop *stop, text bytes,
                   struct grey *grey, unsigned char **row)
{
    jpeg_set_stop(jpeg, stop);
    if (setjmp(stop->jump))
        return false;
    jpeg_create_decompress(jpeg);
    jpeg_mem_src(jpeg, (const unsigned char *)bytes.bytes, bytes.length);
    jpeg_read_header(jpeg, TRUE);
    if (jpeg->jpeg_color_space != JCS_YCbCr && jpeg->jpeg_color_space != JCS_GRAYSCALE)
        return false;
    jpeg->out_color_space = JCS_GRAYSCALE;
    jpeg->dct_method = JDCT_IFAST;
    while (jpeg->scale_denom < 8 && jpeg->image_width / jpeg->scale_denom > WIDEST)
        jpeg->scale_denom *= 2;
    jpeg_calc_output_dimensions(jpeg);
    if (!grey_begin(grey, jpeg->output_width, jpeg->output_height))
        return false;
    jpeg_start_decompress(jpeg);
    *row = memory_allocate(jpeg->output_width);
    while (jpeg->output_scanline < jpeg->output_height) {
        jpeg_read_scanlines(jpeg, row, 1);
        grey_add_row(grey, *row, 1);
    }
    return true;
}

bool jpeg_holds_words(text bytes)
{
    struct jpeg_decompress_struct jpeg = {0};
    struct jpeg_stop stop;
    struct grey grey = {.pixels = NULL};
    unsigned char *row = NULL;
    bool is_whole = decode(&jpeg, &stop, bytes, &grey, &row);
    jpeg_destroy_decompress(&jpeg);
    free(row);
    return grey_end(&grey, is_whole);
}

/* Pictures in the file: stored once, decoded right, no larger than print needs. */
#include "unit.h"

#include "pdf/raster.h"
#include "pdf_sample.h"

#include <stdio.h> /* for jpeglib.h */

#include <jpeglib.h>
#include <png.h>
#include <qpdf/qpdf-c.h>
#include <stdlib.h>

static struct arena arena;
static struct report report;
static struct document document;
static struct setter setter;
static struct buffer out;

static void take_png_bytes(png_structp png, png_bytep bytes, size_t length)
{
    buffer_add(png_get_io_ptr(png), bytes, length);
}

/* A PNG of `depth` bits and the colour type, every sample of it `value` (of 255). */
static struct image *make_png(unsigned side, int depth, int type, unsigned value, bool interlaced)
{
    struct buffer bytes;
    buffer_init(&bytes, 64 << 20);
    png_structp png = png_create_write_struct(PNG_LIBPNG_VER_STRING, NULL, NULL, NULL);
    png_infop info = png_create_info_struct(png);
    png_set_write_fn(png, &bytes, take_png_bytes, NULL);
    png_set_IHDR(png, info, side, side, depth, type,
                 interlaced ? PNG_INTERLACE_ADAM7 : PNG_INTERLACE_NONE, PNG_COMPRESSION_TYPE_BASE,
                 PNG_FILTER_TYPE_BASE);
    png_write_info(png, info);
    int passes = png_set_interlace_handling(png);
    size_t length = png_get_rowbytes(png, info);
    unsigned char *row = memory_allocate(length);
    memset(row, (int)value, length);
    for (unsigned y = 0; y < side * (unsigned)passes; y++)
        png_write_row(png, row);
    png_write_end(png, NULL);
    png_destroy_write_struct(&png, &info);
    free(row);
    struct image *image = ARENA_NEW(&arena, struct image);
    *image = (struct image){
        .path = TEXT("a.png"),
        .bytes = arena_copy(&arena, buffer_text(&bytes)),
        .format = IMAGE_PNG,
        .width_pixels = side,
        .height_pixels = side,
        .has_alpha = type & PNG_COLOR_MASK_ALPHA,
    };
    buffer_release(&bytes);
    return image;
}

static struct image *make_jpeg(unsigned side, int components, unsigned value)
{
    struct jpeg_compress_struct jpeg;
    struct jpeg_error_mgr errors;
    jpeg.err = jpeg_std_error(&errors);
    jpeg_create_compress(&jpeg);
    unsigned char *bytes = NULL;
    unsigned long length = 0;
    jpeg_mem_dest(&jpeg, &bytes, &length);
    jpeg.image_width = jpeg.image_height = side;
    jpeg.input_components = components;
    jpeg.in_color_space = components == 1 ? JCS_GRAYSCALE : components == 3 ? JCS_RGB : JCS_CMYK;
    jpeg_set_defaults(&jpeg);
    jpeg_start_compress(&jpeg, TRUE);
    unsigned char *row = memory_allocate((size_t)side * (size_t)components);
    memset(row, (int)value, (size_t)side * (size_t)components);
    for (unsigned y = 0; y < side; y++) {
        JSAMPROW rows[1] = {row};
        jpeg_write_scanlines(&jpeg, rows, 1);
    }
    jpeg_finish_compress(&jpeg);
    jpeg_destroy_compress(&jpeg);
    struct image *image = ARENA_NEW(&arena, struct image);
    *image = (struct image){
        .path = TEXT("a.jpg"),
        .bytes = arena_copy(&arena, (text){(const char *)bytes, length}),
        .format = IMAGE_JPEG,
        .width_pixels = side,
        .height_pixels = side,
        .components = (unsigned)components,
    };
    free(row);
    free(bytes);
    return image;
}

/* A PDF with the image twice; read again, the number of image objects in it. */
struct found {
    int images, width, bits;
    double matrix[4]; /* of the first picture */
    bool has_mask;
    char filter[32], space[32];
};

static void find_matrix(qpdf_data q, struct found *found)
{
    unsigned char *content;
    size_t length;
    if (qpdf_oh_get_page_content_data(q, qpdf_get_page_n(q, 0), &content, &length) != QPDF_SUCCESS)
        return;
    text all = {(const char *)content, length};
    size_t picture = text_find(all, TEXT(" Do"), 0), start = 0;
    for (size_t cm = 0; (cm = text_find(all, TEXT(" cm\n"), cm + 1)) < picture;)
        start = cm;
    while (start > 0 && all.bytes[start - 1] != '\n')
        start--;
    text line = arena_copy(&arena, text_slice(all, start, all.length));
    CHECK(sscanf(line.bytes, "%lf %lf %lf %lf", &found->matrix[0], &found->matrix[1],
                 &found->matrix[2], &found->matrix[3]) == 4);
    free(content);
}

static struct found publish(struct image *image)
{
    struct found found = {0};
    document_init(&document, &report, &arena);
    setter_init(&setter, &arena, 842);
    for (int i = 0; i < 2; i++)
        add_image(&document, add(&document, document.root, NODE_FIGURE), image, "A square");
    set_pages(&setter, &document);
    buffer_release(&out);
    buffer_init(&out, 256 << 20);
    struct pdf_options options = {.standard = PDF_UA1, .producer = TEXT("Test")};
    CHECK(pdf_write(&document, &setter.pages, &options, &out));
    setter_release(&setter);
    qpdf_data q = qpdf_init();
    qpdf_silence_errors(q);
    CHECK(qpdf_read_memory(q, "test", out.bytes, out.length, NULL) == QPDF_SUCCESS);
    if (image->orientation)
        find_matrix(q, &found);
    qpdf_oh resources = qpdf_oh_get_key(q, qpdf_get_page_n(q, 0), "/Resources");
    qpdf_oh objects = qpdf_oh_get_key(q, resources, "/XObject");
    if (qpdf_oh_is_dictionary(q, objects)) {
        qpdf_oh_begin_dict_key_iter(q, objects);
        while (qpdf_oh_dict_more_keys(q)) {
            qpdf_oh stream = qpdf_oh_get_key(q, objects, qpdf_oh_dict_next_key(q));
            qpdf_oh dictionary = qpdf_oh_get_dict(q, stream);
            found.images++;
            found.width = qpdf_oh_get_int_value_as_int(q, qpdf_oh_get_key(q, dictionary, "/Width"));
            found.bits = qpdf_oh_get_int_value_as_int(
                q, qpdf_oh_get_key(q, dictionary, "/BitsPerComponent"));
            found.has_mask = qpdf_oh_has_key(q, dictionary, "/SMask");
            snprintf(found.filter, sizeof found.filter, "%s",
                     qpdf_oh_get_name(q, qpdf_oh_get_key(q, dictionary, "/Filter")));
            snprintf(found.space, sizeof found.space, "%s",
                     qpdf_oh_get_name(q, qpdf_oh_get_key(q, dictionary, "/ColorSpace")));
            CHECK(!qpdf_oh_has_key(q, dictionary, "/Interpolate"));
        }
    }
    qpdf_cleanup(&q);
    return found;
}

static void test_an_image_used_twice_is_stored_once(void)
{
    struct found found = publish(make_png(20, 8, PNG_COLOR_TYPE_RGB, 90, false));
    CHECK(found.images == 1 && found.width == 20 && !found.has_mask);
}

static void test_a_jpeg_goes_through_untouched(void)
{
    for (int components = 1; components <= 3; components += 2) {
        struct image *image = make_jpeg(64, components, 128);
        struct found found = publish(image);
        CHECK(found.images == 1);
        CHECK(strcmp(found.filter, "/DCTDecode") == 0);
        CHECK(text_find(buffer_text(&out), image->bytes, 0) != SIZE_MAX);
    }
}

/* Exif 2.32, 4.6.5.1: 6 is a camera held with its right side down, whose picture is turned to the
   right; and so on. The rows of a PDF's pictures go upwards, those of our pages downwards. */
static void test_a_jpeg_stands_upright(void)
{
    static const int signs[][4] = {
        [1] = {1, 0, 0, -1}, [2] = {-1, 0, 0, -1}, [3] = {-1, 0, 0, 1}, [4] = {1, 0, 0, 1},
        [5] = {0, 1, -1, 0}, [6] = {0, 1, 1, 0},   [7] = {0, -1, 1, 0}, [8] = {0, -1, -1, 0},
    };
    for (unsigned orientation = 1; orientation <= 8; orientation++) {
        struct image *image = make_jpeg(64, 3, 128);
        image->orientation = orientation;
        struct found found = publish(image);
        for (size_t i = 0; i < 4; i++)
            CHECK((found.matrix[i] > 0.001) - (found.matrix[i] < -0.001) == signs[orientation][i]);
    }
}

static void test_a_cmyk_jpeg_becomes_rgb(void)
{
    struct image *image = make_jpeg(64, 4, 255);
    struct found found = publish(image);
    CHECK(strcmp(found.space, "/DeviceRGB") == 0);
    CHECK(strcmp(found.filter, "/DCTDecode") == 0);
    CHECK(text_find(buffer_text(&out), image->bytes, 0) == SIZE_MAX);
}

static void test_alpha_becomes_a_soft_mask(void)
{
    CHECK(publish(make_png(20, 8, PNG_COLOR_TYPE_RGBA, 90, false)).has_mask);
    CHECK(publish(make_png(20, 8, PNG_COLOR_TYPE_GRAY_ALPHA, 90, true)).has_mask);
}

static void test_sixteen_bits_become_eight(void)
{
    struct found found = publish(make_png(20, 16, PNG_COLOR_TYPE_RGB, 90, false));
    CHECK(found.images == 1 && found.bits == 8);
}

static void test_more_pixels_than_print_shows_are_averaged(void)
{
    /* The box is 100 by 50 points: 300 dots an inch are 417 by 209. */
    struct found found = publish(make_png(2000, 8, PNG_COLOR_TYPE_RGB, 90, false));
    CHECK(found.width == 500);
    found = publish(make_png(2000, 1, PNG_COLOR_TYPE_GRAY, 255, true));
    CHECK(found.width == 500);
}

static uint32_t first_pixel(cairo_surface_t *surface)
{
    return *(const uint32_t *)(const void *)cairo_image_surface_get_data(surface);
}

static void test_averaging_keeps_colour_and_alpha(void)
{
    static const unsigned factors[] = {1, 2, 3, 7, 4096};
    struct image *image = make_png(10, 8, PNG_COLOR_TYPE_RGBA, 128, false);
    for (size_t i = 0; i < sizeof factors / sizeof factors[0]; i++) {
        cairo_surface_t *surface = raster_read_png(image, factors[i]);
        CHECK(surface);
        if (!surface)
            continue;
        CHECK(cairo_image_surface_get_width(surface) == (int)((10 + factors[i] - 1) / factors[i]));
        CHECK(first_pixel(surface) == 0x80404040); /* premultiplied */
        cairo_surface_destroy(surface);
    }
}

static void test_no_ink_is_white_and_all_ink_black(void)
{
    for (unsigned value = 0; value <= 255; value += 255) {
        cairo_surface_t *surface = raster_read_jpeg(make_jpeg(16, 4, value), 1);
        CHECK(surface);
        if (!surface)
            continue;
        /* libjpeg writes CMYK with Adobe's marker: 255 is no ink. */
        CHECK((first_pixel(surface) & 0xFFFFFF) == (value ? 0xFFFFFF : 0));
        cairo_surface_destroy(surface);
    }
}

static void test_damaged_files_give_no_surface(void)
{
    struct image *image = make_png(50, 8, PNG_COLOR_TYPE_RGB, 7, false);
    for (size_t length = 0; length < image->bytes.length; length += 7) {
        struct image cut = *image;
        cut.bytes.length = length;
        cairo_surface_t *surface = raster_read_png(&cut, 1);
        if (surface)
            cairo_surface_destroy(surface);
        CHECK(!surface || length + 12 >= image->bytes.length);
    }
    struct image nothing = {.bytes = TEXT("not a picture"), .format = IMAGE_JPEG};
    CHECK(!raster_read_jpeg(&nothing, 1));
    CHECK(!raster_read_png(&nothing, 1));
}

static void test_a_drawing_is_stored_once_and_keeps_its_text(void)
{
    struct image *image = make_png(1, 8, PNG_COLOR_TYPE_GRAY, 0, false);
    document_init(&document, &report, &arena);
    *image = *add_svg(&document);
    struct found found = publish(image);
    CHECK(found.images == 1);
}

static void test_a_damaged_drawing_is_reported(void)
{
    struct image *image = make_png(1, 8, PNG_COLOR_TYPE_GRAY, 0, false);
    *image = (struct image){.bytes = TEXT("<svg"), .format = IMAGE_SVG};
    document_init(&document, &report, &arena);
    setter_init(&setter, &arena, 842);
    add_image(&document, add(&document, document.root, NODE_FIGURE), image, "A square");
    set_pages(&setter, &document);
    buffer_release(&out);
    buffer_init(&out, 1 << 20);
    struct pdf_options options = {.standard = PDF_UA1, .producer = TEXT("Test")};
    CHECK(!pdf_write(&document, &setter.pages, &options, &out));
    CHECK(report.errors == 1 && out.length == 0);
    setter_release(&setter);
}

int main(void)
{
    arena_init(&arena);
    use_sealed_fonts(&arena);
    RUN(test_an_image_used_twice_is_stored_once);
    RUN(test_a_jpeg_goes_through_untouched);
    RUN(test_a_jpeg_stands_upright);
    RUN(test_a_cmyk_jpeg_becomes_rgb);
    RUN(test_alpha_becomes_a_soft_mask);
    RUN(test_sixteen_bits_become_eight);
    RUN(test_more_pixels_than_print_shows_are_averaged);
    RUN(test_averaging_keeps_colour_and_alpha);
    RUN(test_no_ink_is_white_and_all_ink_black);
    RUN(test_damaged_files_give_no_surface);
    RUN(test_a_drawing_is_stored_once_and_keeps_its_text);
    RUN(test_a_damaged_drawing_is_reported);
    buffer_release(&out);
    arena_release(&arena);
    UNIT_EXIT();
}

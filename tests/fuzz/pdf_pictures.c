/* Pixels of damaged PNG and JPEG files, and content streams that Cairo never wrote: the first byte
   says which of the three the others are. No memory is lost, nothing is read past the end. */
#include "pdf/content.h"
#include "pdf/raster.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length);

static void try_content(text bytes)
{
    static struct pdf_element paragraph = {.tag = TAG_P};
    static struct pdf_element leaf = {.tag = TAG_CONTENT, .parent = &paragraph};
    static const struct pdf_mark marks[] = {{.content = &leaf}, {.content = &leaf, .mcid = 1}};
    struct buffer out;
    buffer_init(&out, (size_t)1 << 20);
    content_rewrite(&(struct content){.bytes = bytes, .marks = marks, .mark_count = 2}, &out);
    buffer_release(&out);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
    if (length == 0)
        return 0;
    text rest = {(const char *)bytes + 1, length - 1};
    if (bytes[0] % 3 == 2) {
        try_content(rest);
        return 0;
    }
    /* Pixels are counted before they are decoded, by read/; here too, to be quick. */
    struct image image = {.bytes = rest, .format = bytes[0] % 3 ? IMAGE_JPEG : IMAGE_PNG};
    unsigned factor = 1 + bytes[0] / 3 % 5;
    cairo_surface_t *surface =
        bytes[0] % 3 ? raster_read_jpeg(&image, factor) : raster_read_png(&image, factor);
    if (surface)
        cairo_surface_destroy(surface);
    return 0;
}

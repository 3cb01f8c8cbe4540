/* Pictures as they are read: headers, whether a PNG is whole, whether pixels look like writing,
   drawings with their document types and switches, WebP and GIF. The first byte says of what kind
   the others are. */
#include "read/pictures.h"

#include "base/arena.h"

#include <assert.h>

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length);

enum { MOST_PIXELS = 4 * 1000 * 1000 }; /* counted before they are decoded, as in read/ */

static bool is_small(const struct image *image)
{
    return (uint64_t)image->width_pixels * image->height_pixels <= MOST_PIXELS;
}

static void try_raster(struct arena *arena, struct image *image, bool is_png)
{
    const char *why;
    bool has_words;
    bool is_read = is_png ? read_png(image, &why) : read_jpeg(image, &why);
    if (!is_read || !is_small(image))
        return;
    if (is_png)
        png_is_whole(image->bytes, &has_words);
    else
        jpeg_holds_words(image->bytes);
    size_t length = image->bytes.length;
    image->format = is_png ? IMAGE_PNG : IMAGE_JPEG;
    read_without_metadata(arena, image);
    assert(image->bytes.length <= length + 36); /* what is turned says so once */
}

static void try_grey(text bytes)
{
    if (bytes.length == 0)
        return;
    int width = (unsigned char)bytes.bytes[0] + 1;
    int height = (int)((bytes.length - 1) / (size_t)width);
    if (height)
        grey_holds_words((const unsigned char *)bytes.bytes + 1, width, height);
}

/* What is read of a drawing is harmless: no script, no document type, UTF-8. */
static void try_drawing(struct arena *arena, struct image *image)
{
    const char *why = NULL;
    if (!read_svg(arena, image, NULL, &why)) {
        assert(why);
        return;
    }
    assert(image->width_pixels > 0 && image->width_points > 0);
    assert(text_find_invalid_utf8(image->bytes) == SIZE_MAX);
    assert(text_find(image->bytes, TEXT("<script"), 0) == SIZE_MAX);
    assert(text_find(image->bytes, TEXT("<!DOCTYPE"), 0) == SIZE_MAX);
}

/* A PNG comes out that can be read, or a reason. */
static void try_made(struct arena *arena, struct image *image, bool is_gif)
{
    const char *why = NULL;
    if (!(is_gif ? read_gif(arena, image, &why) : read_webp(arena, image, &why))) {
        assert(why);
        return;
    }
    assert(read_png(image, &why) && png_is_whole(image->bytes, NULL));
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
    if (length < 2)
        return 0;
    struct arena arena;
    arena_init(&arena);
    struct image image = {.bytes = {(const char *)bytes + 1, length - 1}};
    switch (bytes[0]) {
    case 'P':
    case 'J':
        try_raster(&arena, &image, bytes[0] == 'P');
        break;
    case 'G':
        try_grey(image.bytes);
        break;
    case 'W':
    case 'I':
        try_made(&arena, &image, bytes[0] == 'I');
        break;
    default:
        try_drawing(&arena, &image);
    }
    arena_release(&arena);
    return 0;
}

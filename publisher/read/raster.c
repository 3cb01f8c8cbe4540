/* PNG (ISO/IEC 15948) and JPEG (ITU-T T.81, T.871): what their headers tell. */
#include "base/raster_files.h"
#include "read/pictures.h"

#include <string.h>

static uint32_t little_endian(const unsigned char *bytes, size_t count)
{
    uint32_t value = 0;
    while (count--)
        value = value << 8 | bytes[count];
    return value;
}

/* The natural size by the pixels an inch, where those are believable. */
static void set_size(struct image *image, double horizontal, double vertical)
{
    enum { LEAST_DENSITY = 36, MOST_DENSITY = 2400, USUAL_DENSITY = 96 };
    if (!(horizontal >= LEAST_DENSITY && horizontal <= MOST_DENSITY && vertical >= LEAST_DENSITY &&
          vertical <= MOST_DENSITY))
        horizontal = vertical = USUAL_DENSITY;
    image->width_points = image->width_pixels / horizontal * 72;
    image->height_points = image->height_pixels / vertical * 72;
}

bool read_png(struct image *image, const char **why)
{
    size_t at = PNG_SIGNATURE;
    struct png_chunk chunk;
    double horizontal = 0, vertical = 0;
    *why = "the PNG is broken";
    if (!png_next_chunk(image->bytes, &at, &chunk) || !png_chunk_is(&chunk, "IHDR") ||
        chunk.size != 13)
        return false;
    unsigned char colour_type = chunk.data[9];
    image->width_pixels = big_endian(chunk.data, 4);
    image->height_pixels = big_endian(chunk.data + 4, 4);
    image->has_alpha = colour_type == 4 || colour_type == 6;
    image->components = colour_type == 0 || colour_type == 4 ? 1 : 3;
    while (png_next_chunk(image->bytes, &at, &chunk)) {
        if (png_chunk_is(&chunk, "IDAT")) {
            set_size(image, horizontal, vertical);
            return true;
        }
        if (png_chunk_is(&chunk, "tRNS"))
            image->has_alpha = true;
        bool is_in_metres = png_chunk_is(&chunk, "pHYs") && chunk.size == 9 && chunk.data[8] == 1;
        if (is_in_metres) { /* pixels a metre */
            horizontal = big_endian(chunk.data, 4) * 0.0254;
            vertical = big_endian(chunk.data + 4, 4) * 0.0254;
        }
    }
    return false;
}

/* Which way up a camera was held: the tag Orientation of a JPEG's Exif data (Exif 2.32, 4.6.4 and
   4.6.5.1), in the first directory of a TIFF in either order of bytes. 1 where it is not told. */
static unsigned read_orientation(const unsigned char *data, size_t size)
{
    enum { TIFF = 6, ENTRY = 12, ORIENTATION = 0x0112, SHORT = 3 };
    if (size < TIFF + 8 || memcmp(data, "Exif\0", TIFF) != 0)
        return 1;
    const unsigned char *tiff = data + TIFF;
    bool is_little = tiff[0] == 'I';
    size -= TIFF;
    size_t offset = is_little ? little_endian(tiff + 4, 4) : big_endian(tiff + 4, 4);
    if (offset > size - 2)
        return 1;
    size_t count = is_little ? little_endian(tiff + offset, 2) : big_endian(tiff + offset, 2);
    offset += 2;
    for (; count && size - offset >= ENTRY; count--, offset += ENTRY) {
        const unsigned char *entry = tiff + offset;
        unsigned tag = is_little ? little_endian(entry, 2) : big_endian(entry, 2);
        unsigned type = is_little ? little_endian(entry + 2, 2) : big_endian(entry + 2, 2);
        unsigned value = is_little ? little_endian(entry + 8, 2) : big_endian(entry + 8, 2);
        if (tag == ORIENTATION)
            return type == SHORT && value >= 1 && value <= 8 ? value : 1;
    }
    return 1;
}

/* A picture that lies on a side stands upright. */
static void turn_upright(struct image *image)
{
    if (image->orientation < 5)
        return;
    unsigned pixels = image->width_pixels;
    double points = image->width_points;
    image->width_pixels = image->height_pixels;
    image->width_points = image->height_points;
    image->height_pixels = pixels;
    image->height_points = points;
}

/* Start of frame: baseline, extended and progressive with Huffman codes are what PDF takes. */
static bool is_frame(unsigned char marker)
{
    return marker >= 0xC0 && marker <= 0xCF && marker != 0xC4 && marker != 0xC8 && marker != 0xCC;
}

static bool read_jpeg_frame(struct image *image, unsigned char marker, const unsigned char *data,
                            size_t size, const char **why)
{
    if (size < 8)
        return false;
    image->height_pixels = big_endian(data + 1, 2);
    image->width_pixels = big_endian(data + 3, 2);
    image->components = data[5];
    bool is_known = image->components == 1 || image->components == 3 || image->components == 4;
    if (marker > 0xC2 || data[0] != 8 || !is_known) {
        *why = "JPEGs of this kind cannot stand in a PDF";
        return false;
    }
    return true;
}

/* The marker that ends the image, perhaps with a little behind it that some cameras add. */
static bool has_jpeg_end(text bytes)
{
    enum { LONGEST_TAIL = 64 * 1024 };
    size_t start = bytes.length > LONGEST_TAIL ? bytes.length - LONGEST_TAIL : 0;
    return text_find(bytes, TEXT("\xFF\xD9"), start) != SIZE_MAX;
}

bool read_jpeg(struct image *image, const char **why)
{
    const unsigned char *bytes = (const unsigned char *)image->bytes.bytes;
    size_t length = image->bytes.length, offset = 2;
    double horizontal = 0, vertical = 0;
    *why = "the JPEG is broken";
    if (!has_jpeg_end(image->bytes))
        return false;
    while (length - offset >= 4) {
        unsigned char marker = bytes[offset + 1];
        if (bytes[offset] != 0xFF)
            return false;
        if (jpeg_marker_is_bare(marker)) {
            offset += jpeg_bare_length(marker);
            continue;
        }
        size_t size = big_endian(bytes + offset + 2, 2);
        const unsigned char *data = bytes + offset + 4;
        if (size < 2 || size > length - offset - 2)
            return false;
        if (marker == 0xE0 && size >= 14 && memcmp(data, "JFIF", 5) == 0) {
            double scale = data[7] == 1 ? 1 : data[7] == 2 ? 2.54 : 0;
            horizontal = big_endian(data + 8, 2) * scale;
            vertical = big_endian(data + 10, 2) * scale;
        }
        if (marker == 0xE1 && !image->orientation)
            image->orientation = read_orientation(data, size - 2);
        if (is_frame(marker)) {
            bool is_read = read_jpeg_frame(image, marker, data, size - 2, why);
            if (is_read) {
                set_size(image, horizontal, vertical);
                turn_upright(image);
            }
            return is_read;
        }
        offset += 2 + size;
    }
    return false;
}

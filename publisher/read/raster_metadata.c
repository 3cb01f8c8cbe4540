/* What a camera or a program writes beside a picture, where and by whom it was taken among it, is
   not published. Its pixels are left as they are: only segments (ITU-T T.81, B.1.1.4; Exif 2.32)
   and chunks (ISO/IEC 15948, 11.3) are taken out. What says how it looks stays: the colour profile,
   the resolution and which way is up. */
#include "base/buffer.h"
#include "base/raster_files.h"
#include "read/pictures.h"

#include <string.h>

static const unsigned char *bytes_of(text t)
{
    return (const unsigned char *)t.bytes;
}

/* JPEG */

enum { APP0 = 0xE0, APP1 = 0xE1, APP2 = 0xE2, APP14 = 0xEE, APP15 = 0xEF };
enum { COMMENT = 0xFE, SCAN = 0xDA, END = 0xD9 };

/* A segment of the application's or a comment, of which the file needs nothing to be shown. */
static bool is_metadata(unsigned char marker, text data)
{
    bool is_shown = (marker == APP0 && text_starts_with(data, TEXT("JFIF"))) ||
                    (marker == APP2 && text_starts_with(data, TEXT("ICC_PROFILE"))) ||
                    (marker == APP14 && text_starts_with(data, TEXT("Adobe")));
    return ((marker >= APP0 && marker <= APP15) || marker == COMMENT) && !is_shown;
}

/* Exif data of one directory with the one entry Orientation. */
static void add_orientation(struct buffer *out, unsigned orientation)
{
    static const unsigned char segment[] = {
        0xFF, APP1, 0, 34, 'E', 'x', 'i', 'f', 0, 0, 'M', 'M', 0, 42, 0, 0, 0, 8,
        0,    1,    1, 18, 0,   3,   0,   0,   0, 1, 0,   0,   0, 0,  0, 0, 0, 0,
    };
    unsigned char own[sizeof segment];
    memcpy(own, segment, sizeof segment);
    own[29] = (unsigned char)orientation;
    buffer_add(out, own, sizeof own);
}

/* Past the coded pixels of a scan: to the next marker that is no restart. */
static size_t skip_scan(text jpeg, size_t at)
{
    const unsigned char *bytes = bytes_of(jpeg);
    while (at + 1 < jpeg.length) {
        const unsigned char *next = memchr(bytes + at, 0xFF, jpeg.length - at - 1);
        if (!next)
            return jpeg.length;
        at = (size_t)(next - bytes);
        unsigned char marker = bytes[at + 1];
        if (marker != 0 && marker != 0xFF && !(marker >= 0xD0 && marker <= 0xD7))
            return at;
        at += marker == 0xFF ? 1 : 2;
    }
    return jpeg.length;
}

/* False: it is not understood to its end. */
static bool copy_jpeg(text jpeg, unsigned orientation, struct buffer *out)
{
    const unsigned char *bytes = bytes_of(jpeg);
    bool is_turned = orientation > 1;
    buffer_add(out, bytes, 2);
    for (size_t at = 2; at + 2 <= jpeg.length;) {
        unsigned char marker = bytes[at + 1];
        if (bytes[at] != 0xFF)
            return false;
        if (jpeg_marker_is_bare(marker)) {
            at += jpeg_bare_length(marker);
            continue;
        }
        if (marker == END) {
            buffer_add(out, bytes + at, 2);
            return true;
        }
        size_t size = at + 4 <= jpeg.length ? big_endian(bytes + at + 2, 2) : 0;
        size_t end = at + 2 + size;
        if (size < 2 || end > jpeg.length)
            return false;
        if (is_turned && marker != APP0) {
            add_orientation(out, orientation);
            is_turned = false;
        }
        if (marker == SCAN)
            end = skip_scan(jpeg, end);
        if (!is_metadata(marker, text_slice(jpeg, at + 4, at + 2 + size)))
            buffer_add(out, bytes + at, end - at);
        at = end;
    }
    return false;
}

/* PNG */

/* Chunks without which it would look otherwise; those of capital letters are its pixels. */
static const char *const shown_chunks[] = {"cHRM", "gAMA", "iCCP", "sBIT", "sRGB", "cICP", "bKGD",
                                           "hIST", "tRNS", "pHYs", "sPLT", "acTL", "fcTL", "fdAT"};

static bool is_shown(const struct png_chunk *chunk)
{
    bool is_critical = (chunk->type[0] & 0x20) == 0;
    return is_critical || TEXT_IS_AMONG(((text){chunk->type, 4}), shown_chunks);
}

static bool copy_png(text png, struct buffer *out)
{
    struct png_chunk chunk;
    buffer_add(out, bytes_of(png), PNG_SIGNATURE);
    for (size_t at = PNG_SIGNATURE; png_next_chunk(png, &at, &chunk);) {
        if (is_shown(&chunk))
            buffer_add_text(out, chunk.whole);
        if (png_chunk_is(&chunk, "IEND"))
            return true;
    }
    return false;
}

void read_without_metadata(struct arena *arena, struct image *image)
{
    struct buffer out;
    buffer_init(&out, image->bytes.length + 64);
    bool is_whole = image->format == IMAGE_JPEG ? copy_jpeg(image->bytes, image->orientation, &out)
                                                : copy_png(image->bytes, &out);
    if (is_whole && !out.overflowed && !text_equal(buffer_text(&out), image->bytes))
        image->bytes = arena_copy(arena, buffer_text(&out));
    buffer_release(&out);
}

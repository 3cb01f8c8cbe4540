#include "base/raster_files.h"

#include <string.h>

enum raster_format raster_format_of(text bytes)
{
    if (text_starts_with(bytes, TEXT("\x89PNG\r\n\x1A\n")))
        return RASTER_PNG;
    if (text_starts_with(bytes, TEXT("\xFF\xD8\xFF")))
        return RASTER_JPEG;
    if (text_starts_with(bytes, TEXT("RIFF")) && text_equal(text_slice(bytes, 8, 12), TEXT("WEBP")))
        return RASTER_WEBP;
    return text_starts_with(bytes, TEXT("GIF8")) ? RASTER_GIF : RASTER_NONE;
}

bool png_next_chunk(text png, size_t *at, struct png_chunk *chunk)
{
    enum { FRAME = 12, DATA = 8 }; /* length and type before the data, the check sum behind */
    const char *bytes = png.bytes + *at;
    if (*at > png.length || png.length - *at < FRAME)
        return false;
    chunk->size = big_endian((const unsigned char *)bytes, 4);
    if (chunk->size > png.length - *at - FRAME)
        return false;
    chunk->type = bytes + 4;
    chunk->data = (const unsigned char *)bytes + DATA;
    chunk->whole = text_slice(png, *at, *at + FRAME + chunk->size);
    *at += chunk->whole.length;
    return true;
}

bool png_chunk_is(const struct png_chunk *chunk, const char *type)
{
    return memcmp(chunk->type, type, 4) == 0;
}

bool jpeg_marker_is_bare(unsigned char marker)
{
    return marker == 0xFF || marker == 0x01 || (marker >= 0xD0 && marker <= 0xD8);
}

size_t jpeg_bare_length(unsigned char marker)
{
    return marker == 0xFF ? 1 : 2;
}

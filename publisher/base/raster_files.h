/* Files of pixels: which they are, by their first bytes, and the parts that they are made of. What
   a part means stands with those who ask for it.

   PNG: ISO/IEC 15948, 5. JPEG: ITU-T T.81, B.1.1. WebP: RFC 9649, 2.4. */
#ifndef LECTERN_BASE_RASTER_FILES_H
#define LECTERN_BASE_RASTER_FILES_H

#include "base/text.h"

enum raster_format { RASTER_NONE, RASTER_PNG, RASTER_JPEG, RASTER_WEBP, RASTER_GIF };

/* By its signature alone; RASTER_NONE: none of them. */
enum raster_format raster_format_of(text bytes);

/* A number of 1 to 4 bytes, the most significant first (network order), as all of them but WebP
   have it. */
static inline uint32_t big_endian(const unsigned char *bytes, size_t count)
{
    uint32_t value = 0;
    for (size_t i = 0; i < count; i++)
        value = value << 8 | bytes[i];
    return value;
}

struct png_chunk {
    const char *type; /* 4 letters, not terminated */
    const unsigned char *data;
    size_t size; /* of the data, in bytes */
    text whole;  /* with its length, its type and its check sum, which nobody looks at */
};

enum { PNG_SIGNATURE = 8 };

/* The chunk at *at (at first PNG_SIGNATURE), which moves behind it. False: the file ends there, or
   in the middle of the chunk. The file has the signature.

       struct png_chunk chunk;
       for (size_t at = PNG_SIGNATURE; png_next_chunk(bytes, &at, &chunk);)
           if (png_chunk_is(&chunk, "acTL")) … chunk.data … */
bool png_next_chunk(text png, size_t *at, struct png_chunk *chunk);
/* Whether the chunk is of that type. */
bool png_chunk_is(const struct png_chunk *chunk, const char *type);

/* Whether a JPEG's marker stands alone, without a length and data: restarts, the start of the
   image; and 0xFF, which only fills. */
bool jpeg_marker_is_bare(unsigned char marker);
/* How many bytes such a marker takes, from its 0xFF on. */
size_t jpeg_bare_length(unsigned char marker);

#endif

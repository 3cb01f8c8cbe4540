/* WebP: decoded, and from there on a PNG, which PDF and every reader of EPUB can show. */
#include "base/codecs.h"
#include "base/limits.h"
#include "read/pictures.h"

#include <webp/decode.h>

bool read_webp(struct arena *arena, struct image *image, const char **why)
{
    WebPBitstreamFeatures features;
    const uint8_t *bytes = (const uint8_t *)image->bytes.bytes;
    *why = "the WebP is broken";
    if (WebPGetFeatures(bytes, image->bytes.length, &features) != VP8_STATUS_OK ||
        features.width < 1 || features.height < 1)
        return false;
    *why = "it moves (WebP)";
    if (features.has_animation)
        return false;
    *why = "it has more than 50 million pixels";
    if ((uint64_t)features.width * (uint64_t)features.height > LIMIT_WEBP_PIXELS)
        return false;
    *why = "the WebP is broken";
    int width = 0, height = 0;
    uint8_t *pixels = features.has_alpha
                          ? WebPDecodeRGBA(bytes, image->bytes.length, &width, &height)
                          : WebPDecodeRGB(bytes, image->bytes.length, &width, &height);
    if (!pixels)
        return false;
    bool is_made = png_make(arena, pixels, (unsigned)width, (unsigned)height,
                            features.has_alpha ? 4 : 3, &image->bytes);
    WebPFree(pixels);
    return is_made;
}

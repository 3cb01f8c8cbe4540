/* WebP: decoded, and from there on a PNG, which PDF and every reader of EPUB can show; of one that
   moves, its first frame. */
#include "base/codecs.h"
#include "base/limits.h"
#include "libraries/webpdemux.h"
#include "read/pictures.h"

#include <webp/decode.h>

/* The first frame on the whole page, with alpha. */
static bool read_first_frame(struct arena *arena, struct image *image)
{
    WebPData data = {(const uint8_t *)image->bytes.bytes, image->bytes.length};
    WebPAnimDecoder *decoder = WebPAnimDecoderNewInternal(&data, NULL, WEBP_DEMUX_ABI_VERSION);
    if (!decoder)
        return false;
    uint8_t *pixels = NULL;
    int time = 0;
    WebPAnimInfo info = {0};
    bool is_made = WebPAnimDecoderGetInfo(decoder, &info) &&
                   WebPAnimDecoderGetNext(decoder, &pixels, &time) &&
                   png_make(arena, pixels, info.canvas_width, info.canvas_height, 4, &image->bytes);
    WebPAnimDecoderDelete(decoder);
    image->is_first_of_many = is_made && info.frame_count > 1;
    return is_made;
}

bool read_webp(struct arena *arena, struct image *image, const char **why)
{
    WebPBitstreamFeatures features;
    const uint8_t *bytes = (const uint8_t *)image->bytes.bytes;
    *why = "the WebP is broken";
    if (WebPGetFeatures(bytes, image->bytes.length, &features) != VP8_STATUS_OK ||
        features.width < 1 || features.height < 1)
        return false;
    *why = "it has more than 50 million pixels";
    if ((uint64_t)features.width * (uint64_t)features.height > LIMIT_UNPACKED_PIXELS)
        return false;
    *why = "the WebP is broken";
    if (features.has_animation)
        return read_first_frame(arena, image);
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

/* Pictures as they are read: headers, whether a PNG is whole, and whether pixels look like writing.
   The first byte says of what kind the others are. */
#include "read/reader.h"

#include "base/arena.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length);

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
    enum { MOST_PIXELS = 4 * 1000 * 1000 }; /* counted before they are decoded, as in read/ */
    if (length < 2)
        return 0;
    struct image image = {.bytes = {(const char *)bytes + 1, length - 1}};
    const char *why;
    bool has_words;
    if (bytes[0] % 3 == 2) {
        int width = bytes[1] + 1, height = (int)((length - 2) / (size_t)width);
        if (height)
            grey_holds_words(bytes + 2, width, height);
        return 0;
    }
    bool is_png = bytes[0] % 3 == 0;
    bool is_read = is_png ? read_png(&image, &why) : read_jpeg(&image, &why);
    if (!is_read || (uint64_t)image.width_pixels * image.height_pixels > MOST_PIXELS)
        return 0;
    if (is_png)
        png_is_whole(image.bytes, &has_words);
    else
        jpeg_holds_words(image.bytes);
    return 0;
}

/* Picture files: what moves, what moves too fast, and words that are too pale. */
#include "base/raster_files.h"
#include "check/rooms.h"

/* WCAG 2.2, 1.4.3, of large text: what misses this is too pale at any size. */
#define LEAST_CONTRAST 3.0

struct frames {
    unsigned count;
    double shortest_three; /* seconds in which any three frames that follow each other go by */
};

/* Frames of an animated PNG (PNG 3rd edition, 11.3.6): fcTL chunks with their delays. */
static struct frames read_frames(text bytes)
{
    struct frames frames = {0, 1e9};
    double delays[3] = {0};
    struct png_chunk chunk;
    for (size_t at = PNG_SIGNATURE; png_next_chunk(bytes, &at, &chunk);) {
        if (!png_chunk_is(&chunk, "fcTL") || chunk.size < 26)
            continue;
        uint32_t numerator = big_endian(chunk.data + 20, 2);
        uint32_t divisor = big_endian(chunk.data + 22, 2);
        delays[frames.count++ % 3] = (double)numerator / (divisor ? divisor : 100);
        double sum = delays[0] + delays[1] + delays[2];
        if (frames.count >= 3 && sum < frames.shortest_three)
            frames.shortest_three = sum;
    }
    return frames;
}

void check_image_file(struct check *check, const struct node *node)
{
    const struct image *image = node->image.image;
    if (!image || image->index >= check->document->image_count || check->seen_images[image->index])
        return;
    check->seen_images[image->index] = 1;
    if (image->text_contrast > 0 && image->text_contrast < LEAST_CONTRAST)
        check_report(check, node->span, "image-contrast",
                     "words in the picture have a contrast of %.2f:1 at best",
                     image->text_contrast);
    if (image->is_first_of_many)
        check_report(check, node->span, "image-moving",
                     "the picture moves: its first frame alone is published");
    if (image->format != IMAGE_PNG)
        return;
    struct frames frames = read_frames(image->bytes);
    if (frames.count < 2)
        return;
    /* WCAG 2.2, 2.3.1: no more than three flashes in any second. */
    if (frames.count >= 3 && frames.shortest_three < 1)
        check_report(check, node->span, "image-flashing",
                     "the picture changes more than three times a second: it may flash");
    else
        check_report(check, node->span, "image-moving",
                     "the picture has %u frames: paper shows one, and an EPUB cannot stop them",
                     frames.count);
}

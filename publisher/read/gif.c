/* GIF: its first frame is unpacked, and from there on a PNG, which can be stopped, as nothing can
   be that moves on paper. What a viewer would show at first: the frame on a clear page of the size
   that the file names (GIF89a, 18 to 24). */
#include "libraries/gif.h"
#include "base/codecs.h"
#include "base/limits.h"
#include "read/pictures.h"

#include <string.h>

enum { CHANNELS = 4, NO_COLOUR = -1, TRANSPARENT_FLAG = 1 };

struct source {
    text bytes;
    size_t at;
};

struct frame {
    unsigned char *pixels; /* red, green, blue and alpha; of the whole page */
    size_t width, height;  /* of the page */
    int clear_colour;      /* an index, or NO_COLOUR */
};

static int read_bytes(GifFileType *file, GifByteType *out, int length)
{
    struct source *source = file->UserData;
    size_t left = source->bytes.length - source->at;
    size_t count = length < 0 ? 0 : (size_t)length < left ? (size_t)length : left;
    if (count)
        memcpy(out, source->bytes.bytes + source->at, count);
    source->at += count;
    return (int)count;
}

/* One block of extensions; which colour is clear stands in the control of the frame that follows
   (GIF89a, 23). */
static bool read_extension(GifFileType *file, struct frame *frame)
{
    GifByteType *block;
    int code;
    if (DGifGetExtension(file, &code, &block) == GIF_ERROR)
        return false;
    if (code == GRAPHICS_EXT_FUNC_CODE && block && block[0] >= 4)
        frame->clear_colour = block[1] & TRANSPARENT_FLAG ? block[4] : NO_COLOUR;
    while (block) {
        if (DGifGetExtensionNext(file, &block) == GIF_ERROR)
            return false;
    }
    return true;
}

static void put_row(const GifFileType *file, struct frame *frame, const GifPixelType *row, int y)
{
    const ColorMapObject *colours = file->Image.ColorMap ? file->Image.ColorMap : file->SColorMap;
    unsigned char *out =
        frame->pixels +
        ((size_t)(file->Image.Top + y) * frame->width + (size_t)file->Image.Left) * CHANNELS;
    for (int x = 0; x < file->Image.Width; x++, out += CHANNELS) {
        if (row[x] == frame->clear_colour || row[x] >= colours->ColorCount)
            continue;
        const GifColorType *colour = &colours->Colors[row[x]];
        out[0] = colour->Red;
        out[1] = colour->Green;
        out[2] = colour->Blue;
        out[3] = 255;
    }
}

/* The rows of a frame, which come in four rounds where it is interlaced (GIF89a, Appendix E). */
static bool read_rows(struct arena *arena, GifFileType *file, struct frame *frame)
{
    static const int first[] = {0, 4, 2, 1}, step[] = {8, 8, 4, 2};
    int width = file->Image.Width, rounds = file->Image.Interlace ? 4 : 1;
    GifPixelType *row = arena_allocate(arena, (size_t)width);
    for (int round = 0; round < rounds; round++) {
        for (int y = rounds > 1 ? first[round] : 0;
             y<file->Image.Height; y += rounds> 1 ? step[round] : 1) {
            if (DGifGetLine(file, row, width) == GIF_ERROR)
                return false;
            put_row(file, frame, row, y);
        }
    }
    return true;
}

/* The first frame; *why says why there is none. */
static bool read_frame(struct arena *arena, GifFileType *file, struct frame *frame,
                       const char **why)
{
    *why = "the GIF is broken";
    if (DGifGetImageDesc(file) == GIF_ERROR || file->Image.Width < 1 || file->Image.Height < 1 ||
        file->Image.Left < 0 || file->Image.Top < 0)
        return false;
    size_t right = (size_t)file->Image.Left + (size_t)file->Image.Width,
           bottom = (size_t)file->Image.Top + (size_t)file->Image.Height;
    frame->width = file->SWidth > 0 && (size_t)file->SWidth > right ? (size_t)file->SWidth : right;
    frame->height =
        file->SHeight > 0 && (size_t)file->SHeight > bottom ? (size_t)file->SHeight : bottom;
    if (!file->Image.ColorMap && !file->SColorMap)
        return false;
    *why = "it has more than 50 million pixels";
    if (frame->width * frame->height > LIMIT_UNPACKED_PIXELS)
        return false;
    *why = "the GIF is broken";
    frame->pixels = memory_allocate_zeroes(frame->width * frame->height, CHANNELS);
    return read_rows(arena, file, frame);
}

/* Goes through the records up to the second frame. */
static bool read_records(struct arena *arena, GifFileType *file, struct frame *frame,
                         bool *has_more, const char **why)
{
    GifRecordType kind;
    *why = "the GIF is broken";
    while (DGifGetRecordType(file, &kind) == GIF_OK) {
        if (kind == EXTENSION_RECORD_TYPE && !read_extension(file, frame))
            return frame->pixels;
        *has_more = kind == IMAGE_DESC_RECORD_TYPE && frame->pixels;
        if (kind == TERMINATE_RECORD_TYPE || *has_more)
            return frame->pixels;
        if (kind == IMAGE_DESC_RECORD_TYPE && !read_frame(arena, file, frame, why))
            return false;
    }
    return frame->pixels; /* its end is missing, which viewers do not mind */
}

/* Three channels where nothing is clear. */
static unsigned drop_alpha(struct frame *frame)
{
    size_t count = frame->width * frame->height;
    for (size_t i = 0; i < count; i++) {
        if (frame->pixels[i * CHANNELS + 3] != 255)
            return CHANNELS;
    }
    for (size_t i = 0; i < count; i++)
        memmove(frame->pixels + i * 3, frame->pixels + i * CHANNELS, 3);
    return 3;
}

bool read_gif(struct arena *arena, struct image *image, const char **why)
{
    struct source source = {.bytes = image->bytes};
    struct frame frame = {.clear_colour = NO_COLOUR};
    int error = 0;
    bool has_more = false;
    *why = "the GIF is broken";
    GifFileType *file = DGifOpen(&source, read_bytes, &error);
    if (!file)
        return false;
    bool is_read = read_records(arena, file, &frame, &has_more, why);
    DGifCloseFile(file, &error);
    if (is_read) {
        unsigned channels = drop_alpha(&frame);
        is_read = png_make(arena, frame.pixels, (unsigned)frame.width, (unsigned)frame.height,
                           channels, &image->bytes);
    }
    image->is_first_of_many = is_read && has_more;
    free(frame.pixels);
    return is_read;
}

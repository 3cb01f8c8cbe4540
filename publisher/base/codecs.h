/* How libpng and libjpeg read a file that is in memory, and give up: by a jump, without a word. Who
   decodes says setjmp, and changes nothing of the same function behind it. */
#ifndef LECTERN_BASE_CODECS_H
#define LECTERN_BASE_CODECS_H

#include "base/arena.h"
#include "base/text.h"

#include <stdio.h> /* for jpeglib.h */

#include <jpeglib.h>
#include <png.h>
#include <setjmp.h>

struct png_source {
    text bytes;
    size_t at;
};

/* Makes both, to read the source, which must outlive them; faults jump to png_jmpbuf. False where
   there is no memory. png_destroy_read_struct takes them in either case. */
MUST_CHECK bool png_open(struct png_source *source, png_structp *png, png_infop *info);

/* A PNG of rows of pixels, each of 3 (red, green, blue) or 4 bytes (and opacity). False where there
   is no memory. */
MUST_CHECK bool png_make(struct arena *arena, const unsigned char *pixels, unsigned width,
                         unsigned height, unsigned channels, text *png);

struct jpeg_stop {
    struct jpeg_error_mgr manager; /* first: libjpeg knows it by this address */
    jmp_buf jump;
};

/* Faults jump to stop->jump from now on; called before jpeg_create_decompress, which may fail. */
void jpeg_set_stop(struct jpeg_decompress_struct *jpeg, struct jpeg_stop *stop);

#endif

/* Raster: pixels of PNG and JPEG files as Cairo surfaces. */
#ifndef LECTERN_PDF_RASTER_H
#define LECTERN_PDF_RASTER_H

#include "document/document.h"

#include <cairo.h>

/* The decoded image, every `factor` by `factor` pixels averaged into one. NULL: damaged. */
cairo_surface_t *raster_read_png(const struct image *image, unsigned factor);
/* The same for a JPEG; CMYK is turned into sRGB. The surface carries its pixels as a new JPEG too.
 */
cairo_surface_t *raster_read_jpeg(const struct image *image, unsigned factor);
/* A surface of the JPEG's size that carries the file itself for Cairo to embed; its pixels are
   never looked at. The image must outlive it. NULL: too large for Cairo. */
cairo_surface_t *raster_wrap_jpeg(const struct image *image);

#endif

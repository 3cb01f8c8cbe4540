/* Pictures: files of pictures as they are read: found, measured, made harmless. */
#ifndef LECTERN_READ_PICTURES_H
#define LECTERN_READ_PICTURES_H

#include "read/reader.h"

/* One image file by its path in the article's folder; each path is read once. NULL: reported. */
struct image *read_image(struct reader *reader, text path, struct span span);
/* remote_pictures.c: a picture on the web becomes a link with its alternative text, which is told.
   False: it is none, or nothing describes it. Before the links are read. */
bool picture_as_link(struct reader *reader, struct node *image);
/* Read the header of a PNG or a JPEG in image->bytes. False: *why says why. */
MUST_CHECK bool read_png(struct image *image, const char **why);
/* The same of a JPEG. */
MUST_CHECK bool read_jpeg(struct image *image, const char **why);
/* raster_metadata.c: takes out of a PNG or a JPEG, whose header has been read, what does not change
   how it looks: when, where and with what it was taken. One that is not understood stays as it is.
 */
void read_without_metadata(struct arena *arena, struct image *image);
/* Whether all of a PNG can be unpacked; its size is checked before. has_words, unless it is NULL:
   as jpeg_holds_words says. */
bool png_is_whole(text bytes, bool *has_words);
/* Whether lines of writing are seen in it; false too where it cannot be decoded. */
bool jpeg_holds_words(text bytes);
/* The same of width by height pixels, 0 black to 255 white. */
bool grey_holds_words(const unsigned char *grey, int width, int height);
/* The contrast of the palest words of a drawing with what they may stand on at best; 0: it has no
   words, or colours that cannot be told. */
struct _xmlNode;
double svg_text_contrast(struct arena *arena, struct _xmlNode *root);
/* Makes a PNG of a GIF in image->bytes: of its first frame, as one that moves is told
   (is_first_of_many). False: *why says why. */
MUST_CHECK bool read_gif(struct arena *arena, struct image *image, const char **why);
/* The same of a WebP. */
MUST_CHECK bool read_webp(struct arena *arena, struct image *image, const char **why);
/* Makes an SVG of the one page of a PDF; drawn in a process of its own. */
MUST_CHECK bool read_pdf_figure(struct arena *arena, struct image *image, const char **why);
/* svg_doctype.c: takes the document type out of an SVG and puts its simple entities in. False: *why
   says why. */
bool svg_drop_doctype(struct arena *arena, text *bytes, const char **why);
/* svg_trial.c: why drawing it in a child process did not go well; NULL: it did, or is not needed.
 */
const char *svg_try(struct document *document, const struct image *image);
/* Reads the header of an SVG in image->bytes and makes it harmless; its words are kept or changed
   as the document says (NULL: they stay). False: *why says why. */
MUST_CHECK bool read_svg(struct arena *arena, struct image *image, const struct document *document,
                         const char **why);

#endif

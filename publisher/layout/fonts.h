/* Fonts: the sealed set that fonts/fonts.conf lists. One for a process; it becomes fontconfig's current
   configuration so that librsvg sees the same fonts and no others. */
#ifndef LECTERN_LAYOUT_FONTS_H
#define LECTERN_LAYOUT_FONTS_H

#include "base/arena.h"

struct fonts; /* opaque: PangoFontMap, PangoContext, caches */

/* folder: Lectern's fonts/ folder with fonts.conf. On failure returns NULL and *why is a sentence
   (missing configuration, no font file found: which package to install). Freed with the arena. */
struct fonts *fonts_new(struct arena *arena, const char *folder, text *why);

#endif

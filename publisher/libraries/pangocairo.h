/* What Lectern calls of pangocairo-1.0, which sets the words of drawings: see library.h. */
#ifndef LECTERN_LIBRARIES_PANGOCAIRO_H
#define LECTERN_LIBRARIES_PANGOCAIRO_H

#include "libraries/library.h"

#include <pango/pangocairo.h>

#define pango_cairo_font_map_set_default                                                           \
    LIBRARY_CALL("pangocairo-1.0", pango_cairo_font_map_set_default)

#endif

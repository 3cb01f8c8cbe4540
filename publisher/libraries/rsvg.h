/* What Lectern calls of librsvg, which draws SVG: see library.h. */
#ifndef LECTERN_LIBRARIES_RSVG_H
#define LECTERN_LIBRARIES_RSVG_H

#include "libraries/library.h"

#include <librsvg/rsvg.h>

#define rsvg_handle_new_from_data   LIBRARY_CALL("rsvg-2", rsvg_handle_new_from_data)
#define rsvg_handle_render_document LIBRARY_CALL("rsvg-2", rsvg_handle_render_document)
#define rsvg_handle_set_dpi         LIBRARY_CALL("rsvg-2", rsvg_handle_set_dpi)

#endif

/* What Lectern calls of poppler-glib, which draws PDFs: see library.h. */
#ifndef LECTERN_LIBRARIES_POPPLER_H
#define LECTERN_LIBRARIES_POPPLER_H

#include "libraries/library.h"

#include <poppler.h>

#define poppler_document_get_n_pages LIBRARY_CALL("poppler-glib", poppler_document_get_n_pages)
#define poppler_document_get_page    LIBRARY_CALL("poppler-glib", poppler_document_get_page)
#define poppler_document_new_from_bytes                                                            \
    LIBRARY_CALL("poppler-glib", poppler_document_new_from_bytes)
#define poppler_error_quark          LIBRARY_CALL("poppler-glib", poppler_error_quark)
#define poppler_page_get_size        LIBRARY_CALL("poppler-glib", poppler_page_get_size)
#define poppler_page_get_text        LIBRARY_CALL("poppler-glib", poppler_page_get_text)
#define poppler_page_get_text_layout LIBRARY_CALL("poppler-glib", poppler_page_get_text_layout)
#define poppler_page_render          LIBRARY_CALL("poppler-glib", poppler_page_render)
#define poppler_page_render_for_printing                                                           \
    LIBRARY_CALL("poppler-glib", poppler_page_render_for_printing)

#endif

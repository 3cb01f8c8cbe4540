/* Format: a list of references on its own, without a document. */
#ifndef LECTERN_CITE_FORMAT_H
#define LECTERN_CITE_FORMAT_H

#include "base/buffer.h"
#include "cite/cite.h"
#include "document/reference.h"

enum cite_format { CITE_TEXT, CITE_HTML, CITE_JSON };

/* Appends the references as a style words them, in its order: as lines of text; as a list in HTML;
   as a JSON array of {"id", "number", "text", "html"}. language: of the list, BCP 47. wording:
   NULL: the plain numeric style. A style may leave references out. */
void cite_format_list(struct arena *arena, const struct reference *const *references, size_t count,
                      text language, const struct cite_wording *wording, enum cite_format format,
                      struct buffer *out);

#endif

/* Claims: the accessibility metadata of the package (EPUB Accessibility 1.1, 2; schema.org
   accessibility properties), drawn from the facts. */
#ifndef LECTERN_EPUB_CLAIMS_H
#define LECTERN_EPUB_CLAIMS_H

#include "document/document.h"
#include "epub/epub.h"
#include "html/markup.h"

/* Writes the accessibility metadata of the package (EPUB Accessibility 1.1, 3) as <meta> elements.
 */
void claims_write(const struct document *document, const struct epub_options *options,
                  struct arena *arena, struct markup *markup);

#endif

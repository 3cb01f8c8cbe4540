/* Read: article.md → Document. Reading never fails on the author's mistakes: it reports them all
   and returns the tree that it could make. */
#ifndef LECTERN_READ_READ_H
#define LECTERN_READ_READ_H

#include "document/document.h"

/* Reads folder/file with its front matter, references and images into the document, whose arena,
   report, folder and name are set. Returns false where there is nothing to go on with (file
   missing, empty, too large, not UTF-8: reported). display_name is how diagnostics call the file.
 */
MUST_CHECK bool read_article(struct document *document, text file, text display_name);
/* The same from bytes in memory (tests, fuzzing); images and references come from document->folder.
 */
MUST_CHECK bool read_article_bytes(struct document *document, text bytes, text display_name);
/* Reads the front matter and the settings alone. */
MUST_CHECK bool read_article_head(struct document *document, text file, text display_name);
/* The picture beside another one that a translator has drawn for a language, or for one that its
   tag begins with: x.pt-BR.svg or x.pt.svg beside x.svg, from the article's folder. Empty: none is
   there. */
text image_path_in_language(struct document *document, text path, text language);
/* Reads a theme's logo from the folder, by the same rules as an article's pictures. is_kept: it
   becomes one of the document's images; else it only has the number after them. NULL: reported. */
struct image *read_logo(struct document *document, const struct folder *folder, text path,
                        struct span span, bool is_kept);

#endif

/* Text of fonts with Adobe's character collections (Japan1, GB1, CNS1, Korea1), which need not say
   what their characters are in Unicode: the predefined CMaps do (ISO 32000-1, 9.10.2). */
#ifndef LECTERN_INSPECT_PDF_COLLECTION_H
#define LECTERN_INSPECT_PDF_COLLECTION_H

#include "base/arena.h"
#include "inspect/pdf/glyphs.h"

struct collection_reader;

/* For codes of that CMap; in the arena. NULL where ICU does not have its character set. */
struct collection_reader *collection_open(struct arena *arena, const struct predefined_cmap *cmap);
/* How many bytes the code at the front of the string has; at least 1, and not past its end. */
int collection_code_bytes(const struct predefined_cmap *cmap, text string);
/* A code's character as UTF-8; 0 bytes where it has none. */
size_t collection_unicode(struct collection_reader *reader, text code, char *out, size_t room);
/* What a CID is in Unicode: the collections' first are the letters of ASCII, but where Japan1 has
   the yen and the overline of JIS X 0201 for \ and ~. 0: not known here. */
uint32_t collection_letter(bool is_japan, uint32_t cid);
/* Whether Adobe's collection of that name is one whose characters are known in Unicode. */
bool collection_is_known(text registry, text ordering);

#endif

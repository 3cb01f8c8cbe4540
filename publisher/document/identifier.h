/* Identifier: a name that no other publication has, made from words that are its own. */
#ifndef LECTERN_DOCUMENT_IDENTIFIER_H
#define LECTERN_DOCUMENT_IDENTIFIER_H

#include "base/arena.h"

/* "urn:uuid:…", a UUID of version 8 (RFC 9562, 5.8: its bits are ours to choose): the same for the
   same texts in the same order, wherever it is made. */
text identifier_make(struct arena *arena, const text *texts, size_t count);

#endif

/* Letters: what those of some words say of how they are set. */
#ifndef LECTERN_DOCUMENT_LETTERS_H
#define LECTERN_DOCUMENT_LETTERS_H

#include "document/node.h"

/* How words are set that are said to be in the language (empty: that is not known): in its
   direction where they have a letter of it, else in that of most of their letters. A name in other
   letters than its language's is not turned round. Without letters: inherited. */
enum direction letters_direction(text words, text language);

#endif

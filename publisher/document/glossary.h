/* Glossary: the words that a publication explains, and what leads to them. The entries are the
   items of definition lists in the sections whose heading says so. read/glossary.c links them. */
#ifndef LECTERN_DOCUMENT_GLOSSARY_H
#define LECTERN_DOCUMENT_GLOSSARY_H

#include "document/node.h"

/* Whether a heading begins a section of that kind; of a book, a file of that role does. */
bool heading_begins(const struct node *heading, enum section_kind section);
/* The explanation to which a link leads from a word in the text: of the first definition, its first
   block in words, in the arena, without links back; a longer one than `most` bytes ends with a
   word's end and an ellipsis. Empty: the link leads to no entry of a glossary. */
text glossary_definition(struct arena *arena, const struct node *link, size_t most);
/* By which a word and its entry are the same: small letters (Unicode's simple case folding), spaces
   of any length one, typewriter apostrophes, nothing that is not seen. In the arena. */
text glossary_key(struct arena *arena, text words);

#endif

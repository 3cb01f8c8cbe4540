/* Glossary: the words that a publication explains, and what leads to them. The entries are the
   items of definition lists in the sections whose heading says so. read/glossary.c links them. */
#ifndef LECTERN_DOCUMENT_GLOSSARY_H
#define LECTERN_DOCUMENT_GLOSSARY_H

#include "document/document.h"

/* The explanation to which a link leads from a word in the text: of the first definition, its first
   paragraph in words, in the arena, without links back; a longer one than `most` bytes ends with a
   word's end and an ellipsis. Empty: the link leads to no entry of a glossary. */
text glossary_definition(struct arena *arena, const struct node *link, size_t most);
/* By which a word and its entry are the same: Unicode's NFKC_Casefold (small letters, "straße" as
   "strasse", composed and decomposed letters), spaces of any length one, typewriter apostrophes and
   hyphens, nothing that is not seen. In the arena. */
text glossary_key(struct arena *arena, text words);
/* By which two abbreviations are one in the list of them: the words of the node, and what they
   mean. In the arena. */
text glossary_abbreviation_key(struct arena *arena, const struct node *letters, text meaning);
/* Puts the entries of a translation into the order of its language (Unicode's collation, as ICU has
   it): those of each definition list of a glossary that was in the order of the source's. A list
   with notes stays, for notes are counted in the order of the text. The units of both documents are
   the same ones (translate/compose.h): by them each list is found, for parts for one language alone
   are in one of the two. Nodes want new numbers afterwards. */
void glossary_sort(struct arena *arena, struct document *translated, const struct document *source);

#endif

/* Identifiers: names made from words. */
#ifndef LECTERN_DOCUMENT_IDENTIFIER_H
#define LECTERN_DOCUMENT_IDENTIFIER_H

#include "base/arena.h"

/* Of a publication, which no other has: "urn:uuid:…", a UUID of version 8 (RFC 9562, 5.8: its bits
   are ours to choose): the same for the same texts in the same order, wherever it is made. */
text identifier_make(struct arena *arena, const text *texts, size_t count);
/* Of a place, after Pandoc: the words in small letters with hyphens between them, of all scripts
   that Unicode knows: "in-summer", "你好世界". It begins with the first letter; words without a
   letter follow "section-", for no name of XML begins with a digit; words without letters and
   digits give "section". Always an NCName (XML Names 1.0), and so an id and a fragment. */
text identifier_of_words(struct arena *arena, text words);
/* The same as GitHub makes it: small letters, marks, digits, underscores and hyphens, a hyphen for
   each space: "installing--running" of "Installing & Running". May be empty. */
text identifier_github(struct arena *arena, text words);
/* What all schemes keep of the words, to compare ids that different tools made of them: letters and
   digits alone, small and without accents (NFKD). May be empty. */
text identifier_folded(struct arena *arena, text words);

/* Without the address of the resolver or the word before it: "10.1234/name" of
   "https://doi.org/10.1234/name" and "DOI: 10.1234/name"; "10/abc" of "https://doi.org/abc", as
   shortDOIs are written. What is no DOI stays what it is. */
text doi_bare(struct arena *arena, text doi);
/* 10.1234/anything, whose prefix has four to nine digits (ISO 26324; Crossref's own pattern), or a
   shortDOI, 10/abc123. The DOI is bare. */
bool doi_is_valid(text doi);
/* The digits of an ISBN of ten or thirteen (ISO 2108), whose last is right; in the arena. Empty: it
   is none. */
text isbn_digits(struct arena *arena, text isbn);

#endif

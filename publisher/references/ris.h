/* RIS: what its reader and its writer share. Private to references/. */
#ifndef LECTERN_REFERENCES_RIS_H
#define LECTERN_REFERENCES_RIS_H

#include "references/library.h"

/* RIS_LINES: several lines of the tag are lines of the field; RIS_WORDS: words with commas. */
enum ris_kind { RIS_TEXT, RIS_LINES, RIS_WORDS, RIS_NAME, RIS_DATE };

struct ris_tag {
    const char *tag, *csl;
    enum ris_kind kind;
};

/* The rows of ris.def; the last has the tag NULL. */
extern const struct ris_tag ris_tags[];
/* The tag's field in a reference of the type (CSL's): what is T2 of a chapter is no T2 of a book.
   NULL: no row has it. */
const char *ris_field(const struct ris_tag *tag, text type);
/* The tag of a type (CSL's); NULL: RIS has none. */
const char *ris_type(text csl);

#endif

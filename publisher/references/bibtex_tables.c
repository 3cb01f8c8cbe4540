#include "references/bibtex.h"

#include <stddef.h>

#define BIB_TYPE(field, csl, written) {field, csl, BIB_##written, BIB_PLAIN},
#define BIB_TEXT(field, csl, kind, written)
#define BIB_NAMES(field, csl, written)
#define BIB_DATE(field, csl, written)
#define BIB_LANGUAGE(name, tag)
#define BIB_WORD(key, words)
const struct bib_row bib_types[] = {
#include "references/bibtex.def"
    {NULL, NULL, BIB_READ, BIB_PLAIN},
};

#undef BIB_TYPE
#undef BIB_TEXT
#define BIB_TYPE(field, csl, written)
#define BIB_TEXT(field, csl, kind, written) {field, csl, BIB_##written, BIB_##kind},
const struct bib_row bib_texts[] = {
#include "references/bibtex.def"
    {NULL, NULL, BIB_READ, BIB_PLAIN},
};

#undef BIB_TEXT
#undef BIB_NAMES
#define BIB_TEXT(field, csl, kind, written)
#define BIB_NAMES(field, csl, written) {field, csl, BIB_##written, BIB_PLAIN},
const struct bib_row bib_names[] = {
#include "references/bibtex.def"
    {NULL, NULL, BIB_READ, BIB_PLAIN},
};

#undef BIB_NAMES
#undef BIB_DATE
#define BIB_NAMES(field, csl, written)
#define BIB_DATE(field, csl, written) {field, csl, BIB_##written, BIB_PLAIN},
const struct bib_row bib_dates[] = {
#include "references/bibtex.def"
    {NULL, NULL, BIB_READ, BIB_PLAIN},
};

#undef BIB_DATE
#undef BIB_LANGUAGE
#define BIB_DATE(field, csl, written)
#define BIB_LANGUAGE(name, tag) {name, tag, BIB_BOTH, BIB_PLAIN},
const struct bib_row bib_languages[] = {
#include "references/bibtex.def"
    {NULL, NULL, BIB_READ, BIB_PLAIN},
};

#undef BIB_LANGUAGE
#undef BIB_WORD
#define BIB_LANGUAGE(name, tag)
#define BIB_WORD(key, words) {key, words, BIB_BOTH, BIB_PLAIN},
const struct bib_row bib_words[] = {
#include "references/bibtex.def"
    {NULL, NULL, BIB_READ, BIB_PLAIN},
};

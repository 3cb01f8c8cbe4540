#include "references/bibtex.h"

#include <stddef.h>

#define BIB_TYPE(field, csl, written) {field, csl, BIB_##written, BIB_PLAIN},
#define BIB_NEAREST(csl, newer, older)
#define BIB_CSL_TYPE(csl)
#define BIB_SUBTYPE(subtype, csl)
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
#undef BIB_NEAREST
#define BIB_TYPE(field, csl, written)
#define BIB_NEAREST(csl, newer, older) {csl, newer, older},
const struct bib_nearest bib_nearest[] = {
#include "references/bibtex.def"
    {NULL, NULL, NULL},
};

#undef BIB_NEAREST
#undef BIB_CSL_TYPE
#define BIB_NEAREST(csl, newer, older)
#define BIB_CSL_TYPE(csl) csl,
static const char *const csl_types[] = {
#include "references/bibtex.def"
};

#undef BIB_CSL_TYPE
#undef BIB_SUBTYPE
#define BIB_CSL_TYPE(csl)
#define BIB_SUBTYPE(subtype, csl) {subtype, csl, BIB_BOTH, BIB_PLAIN},
const struct bib_row bib_subtypes[] = {
#include "references/bibtex.def"
    {NULL, NULL, BIB_READ, BIB_PLAIN},
};

#undef BIB_SUBTYPE
#undef BIB_TEXT
#define BIB_SUBTYPE(subtype, csl)
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

bool bib_is_type(text type)
{
    return TEXT_IS_AMONG(type, csl_types);
}

bool bib_is_part(text type)
{
    return text_equal_c(type, "chapter") || text_equal_c(type, "paper-conference") ||
           text_starts_with(type, TEXT("entry"));
}

bool bib_is_in_issue(text type)
{
    return text_starts_with(type, TEXT("article-")) || text_equal_c(type, "periodical");
}

bool bib_counts_in_series(text type)
{
    return !text_equal_c(type, "patent") && !text_equal_c(type, "report") &&
           !text_equal_c(type, "standard");
}

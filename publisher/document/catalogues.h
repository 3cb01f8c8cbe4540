/* Catalogues: Lectern's own words in every language that it knows, as publisher/locale/compile.c
   writes them into a C file out of words.def and publisher/locale/LANGUAGE.po. All of it is
   constant: nothing is read or made when the program starts. Read it through document/words.h. */
#ifndef LECTERN_DOCUMENT_CATALOGUES_H
#define LECTERN_DOCUMENT_CATALOGUES_H

#include <stddef.h>

struct word_catalogue {
    const char *tag; /* BCP 47: "de", "zh-Hant" */
    /* WORD_COUNT of them. A word with a count holds its plural forms one behind the other, each
       ended by a NUL byte, as in a compiled gettext catalogue. */
    const char *const *words;
    unsigned long form_count; /* plural forms */
    /* Which form a count takes: the Plural-Forms line of the catalogue. May exceed form_count. */
    unsigned long (*form_of)(unsigned long n);
};

/* English first, then by tag. */
extern const struct word_catalogue word_catalogues[];
extern const size_t word_catalogue_count;

#endif

/* Tagged: files of lines "TAG - words", as RIS and PubMed have them. Private to references/. */
#ifndef LECTERN_REFERENCES_TAGGED_H
#define LECTERN_REFERENCES_TAGGED_H

#include "references/library.h"

struct tagged {
    struct library *into;
    size_t at;
    bool ends_at_blank; /* a blank line ends a reference (PubMed); else it counts for nothing */
    bool has_entities_of_markup; /* "&lt;i>" is markup, as PubMed hands it out */
};

struct tagged_line {
    text tag;   /* empty: words that belong to no tag, or, where there are none, a blank line */
    text words; /* with those of the lines that go on with it; clean */
    struct span span;
};

/* The next line with what goes on with it; false: there is none. Linear in the file. */
bool tagged_next(struct tagged *tagged, struct tagged_line *line);

#endif

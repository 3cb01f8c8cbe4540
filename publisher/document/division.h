/* Division: what a file of a book is, and in which of its three matters it stands. The heading with
   which it begins knows it; headings of articles begin none. */
#ifndef LECTERN_DOCUMENT_DIVISION_H
#define LECTERN_DOCUMENT_DIVISION_H

#include "base/text.h"

enum book_division {
#define DIVISION(symbol, name, role, type) DIVISION_##symbol,
#include "document/divisions.def"
#undef DIVISION
    DIVISION_COUNT,
};

/* Before the first chapter, the chapters, and behind the last. */
enum matter { MATTER_BODY, MATTER_FRONT, MATTER_BACK };

struct division_facts {
    const char *name, *role, *type; /* NULL: see divisions.def */
};

/* The row of divisions.def. */
const struct division_facts *division_facts(enum book_division division);
/* The division that an author calls so; DIVISION_NONE: none. */
enum book_division division_of_name(text name);
/* The division that a file's name begins with, as a word of its own: "appendix-a.md". The folder
   counts for nothing. DIVISION_NONE: none. */
enum book_division division_of_file(text path);

#endif

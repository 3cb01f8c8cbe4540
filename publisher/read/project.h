/* Project: what stands under which id in the other Markdown files of the project. It is looked for
   only where an article lacks an id that it refers to, in the files of its own folder first, then
   in those of the folders above, up to the root that settings grant. Files are looked through line
   by line, not parsed. Of the same id in two files the one in the nearer folder counts; where both
   are as near, nobody knows which is meant. */
#ifndef LECTERN_READ_PROJECT_H
#define LECTERN_READ_PROJECT_H

#include "read/reader.h"

enum project_kind {
    PROJECT_SECTION,
    PROJECT_FIGURE,
    PROJECT_TABLE,
    PROJECT_FORMULA,
    PROJECT_OTHER
};

struct project_place {
    enum project_kind kind;
    text file;     /* from the article's folder: "../two.md" */
    text words;    /* once they were asked for */
    text source;   /* of a heading or caption, as it is typed; empty: it has no words */
    text language; /* of the file, as it says; empty: it says none */
};

/* NULL: no file that can be read has the id. *other: the file that has it too, as near; empty: none
   has. */
struct project_place *project_find(struct reader *reader, text id, text *other);
/* What a reader can find the place by: the words of the heading, or the caption's first sentence.
 *language: theirs, where it is another than the article's; else empty. Empty: it has none. */
text project_words(struct reader *reader, struct project_place *place, text *language);
/* The title of a file of the project by its path as the article writes it; empty: none. */
text project_title(struct reader *reader, text path);

/* project_places.c, for project.c */
struct project_scan {
    struct arena *arena;
    text file, language;
    /* Takes what was found. The id is the author's (is_own), or made of the words. */
    void (*add)(void *object, text id, bool is_own, const struct project_place *place);
    void *object;
};
/* Finds the places in a file's bytes. */
void project_scan_file(struct project_scan *scan, text bytes);

#endif

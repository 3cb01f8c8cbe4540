/* LaTeX: the words of a BibTeX field → characters, with CSL's rich text (<i>, <b>, <sup>, <sub>,
   <span style="font-variant:small-caps;">, <span class="nocase">). */
#ifndef LECTERN_REFERENCES_LATEX_H
#define LECTERN_REFERENCES_LATEX_H

#include "base/arena.h"

struct latex_options {
    bool plain;         /* no marks of look: for names, addresses, dates */
    bool keeps_lines;   /* \\ is a line's end, not a space */
    bool sentence_case; /* words that only a title's custom makes capital become small; what stands
                           in braces, and words with capitals inside, keep theirs */
};

/* In the arena. Unknown commands are left out, their arguments kept. Nothing fails: braces that do
   not agree are closed at the end. */
text latex_read(struct arena *arena, text latex, const struct latex_options *options);

#endif

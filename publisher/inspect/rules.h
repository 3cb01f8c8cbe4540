/* Rules: what an inspection looks for, which of it was looked for in a file, and what it comes to.
 */
#ifndef LECTERN_INSPECT_RULES_H
#define LECTERN_INSPECT_RULES_H

#include "inspect/model.h"

struct condition_row {
    const char *id;
    const char *clause; /* of ISO 14289-1; of epub-… with its standard: "WCAG 2.2, 1.1.1" */
    char kind; /* 'm' checked here, 'n' a machine could and this program does not, 'h' a person */
    const char *words;
};

extern const struct condition_row conditions[CONDITIONS];

/* Whether the condition is about files of this format. */
bool condition_applies(const struct inspection *inspection, enum condition condition);
/* Whether a condition that is checked here was looked for in all of this file: not where reading
   was given up, nor where the file has nothing that it is about. What was found was examined. */
bool condition_examined(const struct inspection *inspection, enum condition condition);
/* The condition that was found and that this one, which was found too, follows from (causes.def);
   the condition itself where it is a fault of its own. */
enum condition condition_cause(const struct inspection *inspection, enum condition condition);
/* How many faults were found that follow from no other, and how many that do. */
size_t condition_count(const struct inspection *inspection, size_t *following);
/* The standard by which the file is judged: "PDF/UA-2 (ISO 14289-2)". */
const char *print_standard(const struct inspection *inspection);
struct note_row {
    const char *key; /* in JSON */
    char format;     /* 'p' of PDFs, 'e' of EPUBs, 'b' of both */
    const char *words;
};

extern const struct note_row notes[NOTES];

/* Whether the note is about files of this format. */
bool note_applies(const struct inspection *inspection, enum inspection_note_kind kind);
/* Notes what a file shows only as a whole, and what kinds of elements it has, once it is read. */
void rules_note(struct inspection *inspection);
/* Whether anything is worth a look. */
bool print_has_notes(const struct inspection *inspection);
/* An EPUB is tagged by its nature, once there is a document in it. */
bool print_is_tagged(const struct inspection *inspection);
/* "findings", "no findings"; "not examined": reading was given up before anything was found. */
const char *print_verdict(const struct inspection *inspection);
/* Whether a PDF or an EPUB holds no text at all, as a page that is a picture. */
bool print_lacks_text(const struct inspection *inspection);

#endif

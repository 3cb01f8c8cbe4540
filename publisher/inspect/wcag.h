/* What became of each condition in a file, and of the success criteria of WCAG 2.2 that conditions
   count for. */
#ifndef LECTERN_INSPECT_WCAG_H
#define LECTERN_INSPECT_WCAG_H

#include "inspect/rules.h"

enum verdict {
    VERDICT_FAILED,     /* it was found, */
    VERDICT_UNEXAMINED, /* was not looked for, as reading was given up */
    VERDICT_UNCHECKED,  /* or as this program does not look for it, */
    VERDICT_PERSON,     /* as a person alone can see it; */
    VERDICT_PASSED,     /* it was looked for and not found, */
    VERDICT_NOTHING,    /* or the file has nothing that it is about */
    VERDICTS
};

/* "failed", "for a person", …: as it is printed. */
extern const char *const verdict_words[VERDICTS];

struct criterion_row {
    const char *number, *level, *title; /* "1.1.1", "A" */
};

/* Rows of criteria.def. */
enum criterion {
#define CRITERION(name, number, level, title) CRITERION_##name,
#include "inspect/criteria.def"
    CRITERIA
};

extern const struct criterion_row criteria[CRITERIA];

/* What became of each condition of a file: worked out once, as it takes a look at all of it. */
struct verdicts {
    enum verdict of[CONDITIONS]; /* VERDICTS: it is about files of another format */
};

/* Works them out, of a file that was read. */
void verdicts_read(struct verdicts *verdicts, const struct inspection *inspection);
/* Whether the condition counts for the criterion, in files of this format. */
bool criterion_counts(const struct verdicts *verdicts, enum criterion criterion,
                      enum condition condition);
/* The first of enum verdict that any of its conditions has; VERDICTS: no condition counts for it.
 */
enum verdict criterion_verdict(const struct verdicts *verdicts, enum criterion criterion);

#endif

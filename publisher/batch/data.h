/* Data: one publication of an article for each row of a CSV file, whose columns are variables. */
#ifndef LECTERN_BATCH_DATA_H
#define LECTERN_BATCH_DATA_H

#include "publish/publish.h"

struct data_options {
    const char *path; /* people.csv; "-": standard input */
    text pattern;     /* of the publications' names, "{{surname}}-{{number}}"; empty: the article's
                         name, a hyphen and the number of the row */
    const struct given_variables *set; /* what counts before the columns; NULL: nothing */
};

/* Puts in the place of each article as many as the file has rows, each with its name and its
   variables, which live in the arena. Two of one name, a name that no file can have, and whatever
   is wrong with the file are errors in the report; then it is false, and nothing is to be built. */
MUST_CHECK bool data_expand(struct arena *arena, struct report *report,
                            const struct data_options *options, struct article **articles,
                            size_t *count);

#endif

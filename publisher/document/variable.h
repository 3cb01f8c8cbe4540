/* Variables: words that stand in the place of {{name}}, as the front matter, the settings, the
   command line or a row of data give them. */
#ifndef LECTERN_DOCUMENT_VARIABLE_H
#define LECTERN_DOCUMENT_VARIABLE_H

#include "base/arena.h"
#include "base/span.h"

/* Who gives a variable; of several the last one counts. */
enum variable_origin {
    VARIABLE_OF_SETTINGS, /* lectern.yaml */
    VARIABLE_OF_ARTICLE,  /* the front matter */
    VARIABLE_OF_COMMAND,  /* --set */
    VARIABLE_OF_ROW,      /* --data */
};

struct variable {
    text name, value;
    enum variable_origin origin;
    struct span span; /* where the front matter or the settings give it */
    bool is_used;
};

/* Those that are given before an article is read. */
struct given_variables {
    const struct variable *items;
    size_t count;
    text row; /* "row 3 of people.csv", for messages; empty: they are of no row */
};

/* Letters and digits of any script, hyphens, underscores, and spaces within: "first name". */
bool variable_name_is_valid(text name);
/* What is wrong with a value, as the end of a sentence that begins with it; NULL: nothing is. */
const char *variable_value_fault(text value);
/* The value with each run of white space as one space, none at its ends; in the arena. */
text variable_value_fold(struct arena *arena, text value);

#endif

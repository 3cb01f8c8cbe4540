/* Variables in an article: {{name}} becomes words, which are never read as Markdown nor looked
   through for more variables. What the parser gets still holds {{name}}: the words take its place
   where the tree is made (values.c), where an attribute is read and where a value of the front
   matter is kept. */
#ifndef LECTERN_READ_VARIABLES_H
#define LECTERN_READ_VARIABLES_H

#include "read/front.h"

/* Those of the command line or of a row: before any others are collected. */
void variables_begin(struct reader *reader);
/* Those under `variables` of what front reads now; a name that was given before stays. language:
   of the publication, by which values are chosen that differ by language. */
void variables_collect(struct front *front, const struct yaml_value *top, text language);
/* After all were collected: they can be found. */
void variables_end(struct reader *reader);
/* The variable of that name, white space around it aside; NULL: nobody gives one. */
struct variable *variable_find(const struct reader *reader, text name);
/* Its words, in the place of the span; it is used from now on. Where it is empty, or all places
   together say too much, that is reported. */
text variable_use(struct reader *reader, struct variable *variable, struct span span);
/* The words with those of variables in the place of each {{name}} that is given; the words
   themselves where there is none. */
text variables_fill(struct reader *reader, text words, struct span span);
/* The same of an address: the words are percent-encoded (RFC 3986, 2.1), but letters, digits and
   - . _ ~ */
text variables_fill_address(struct reader *reader, text address, struct span span);
/* Reports `placeholder-unfilled` where {{name}} is left in what was filled in. */
void variables_report_unfilled(const struct reader *reader, text filled, struct span span);
/* The words without each {{name}} that is given: what is left is the author's own. */
text variables_leave_out(struct reader *reader, text words);
/* Warns of those of the front matter and of the command line that nothing has used. */
void variables_report_unused(struct reader *reader);

#endif

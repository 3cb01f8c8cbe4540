/* List labels: what stands before the items of a list, the same in every format and at every depth:
   what an author types "a)" is called so wherever it is read, and "see step b" leads there. */
#ifndef LECTERN_DOCUMENT_LIST_LABELS_H
#define LECTERN_DOCUMENT_LIST_LABELS_H

#include "document/node.h"

/* The number without signs around it: "iv"; in digits, in those of the language. In the arena. */
text list_number(struct arena *arena, text language, enum list_style style, unsigned number);
/* The label of an item: "iv." or a bullet, and the box of a task. */
text list_label(struct arena *arena, text language, const struct node *item);
/* The label with the box put into words, for where there is only text: "(not ticked)". */
text list_label_told(struct arena *arena, text language, const struct node *item);
/* The box alone, and its name in the language. */
text task_box(enum task task);
/* What the box before an item says in words, for those who do not see it. */
text task_name(text language, enum task task);
/* The number that the letters stand for, or 0: "c" is 3 in letters, "iv" 4 in Roman numerals.
   Letters are one or the same one again: "aa" is 27. */
unsigned list_number_read(enum list_style style, text letters);

#endif

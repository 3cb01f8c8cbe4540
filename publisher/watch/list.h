/* List: the page of all publications. */
#ifndef LECTERN_WATCH_LIST_H
#define LECTERN_WATCH_LIST_H

#include "watch/answers.h"
#include "watch/news.h"

/* What is published, with its pages and sizes, and how the last build went for it. */
void list_answer(const struct news *news, struct arena *arena, struct answer *answer);

#endif

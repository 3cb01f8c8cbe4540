/* Batch: from the names on the command line to the articles that they stand for. */
#ifndef LECTERN_BATCH_H
#define LECTERN_BATCH_H

#include "publish.h"

/* A Markdown file, a folder with an article.md, or a folder whose subfolders have one (in the order
   of their names). Articles are appended to *articles in the arena. False where the name stands for
   nothing: *why is then the rest of a sentence that begins with the name. */
bool batch_find_articles(struct arena *arena, text source, struct article **articles, size_t *count,
                         size_t *capacity, const char **why);

#endif

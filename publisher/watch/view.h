/* View: a PDF as a page of the browser, whose place can be kept: pictures of its pages, with the
   words over them, each asked for when it comes near the window. */
#ifndef LECTERN_WATCH_VIEW_H
#define LECTERN_WATCH_VIEW_H

#include "base/files.h"
#include "watch/answers.h"

/* The page for the file of that name in the folder. */
void view_answer(const struct folder *folder, text name, struct arena *arena,
                 struct answer *answer);
/* The picture of its page, from 1 (PNG). */
void view_answer_picture(const struct folder *folder, text name, size_t page, struct arena *arena,
                         struct answer *answer);
/* The words of its page, from 1 (JSON, see screen_write_words). */
void view_answer_words(const struct folder *folder, text name, size_t page, struct arena *arena,
                       struct answer *answer);

#endif

/* View: a PDF as a page of the browser, whose place can be kept: pictures of its pages, with the
   words over them, each asked for when it comes near the window. */
#ifndef LECTERN_WATCH_VIEW_H
#define LECTERN_WATCH_VIEW_H

#include "base/files.h"
#include "watch/answers.h"

/* Questions that took too long, by their hashes: they are not tried again while the file's bytes
   stay. */
struct view {
    uint64_t failed[64];
    size_t count; /* of all so far: the latest are kept */
};

/* The page for the file of that name in the folder. */
void view_answer(struct view *view, const struct folder *folder, text name, struct arena *arena,
                 struct answer *answer);
/* The picture of its page, from 1 (PNG). */
void view_answer_picture(struct view *view, const struct folder *folder, text name, size_t page,
                         struct arena *arena, struct answer *answer);
/* The words of its page, from 1 (JSON, see screen_write_words). */
void view_answer_words(struct view *view, const struct folder *folder, text name, size_t page,
                       struct arena *arena, struct answer *answer);

#endif

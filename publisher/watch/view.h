/* View: a PDF as a page of the browser, whose place can be kept: pictures of its pages, with the
   words over them, each asked for when it comes near the window. Each answer is worked out by a
   child, and nobody waits for it here:

       question = view_ask(view, folder, name, VIEW_PICTURE, 1);
       while (!view_is_ended(question)) {
           poll(waits of view_waits, VIEW_TICK_MILLISECONDS);
           view_run(view);
       }
       view_take(view, question, &answer);
 */
#ifndef LECTERN_WATCH_VIEW_H
#define LECTERN_WATCH_VIEW_H

#include "base/limits.h"
#include "watch/answers.h"

#include <poll.h>

/* While there are questions, view_run is to be called as often: a child that has no time left says
   nothing. */
enum { VIEW_TICK_MILLISECONDS = 50 };

/* Of each answer. */
struct view_limits {
    double pixels;
    size_t bytes, memory_bytes;
    unsigned seconds; /* of computing */
};

struct view {
    struct view_limits limits;
    struct view_question *first; /* in the order in which they were asked */
    size_t children;             /* at work */
    /* Questions that took too long, by their hashes: they are not tried again while the file
       stays. */
    uint64_t failed[64];
    size_t failed_count; /* of all so far: the latest are kept */
};

enum view_kind {
    VIEW_PAGE,    /* the page of HTML that shows the file */
    VIEW_PICTURE, /* of a page of the file (PNG) */
    VIEW_WORDS,   /* of a page of the file (JSON, see screen_write_words) */
};

/* With the limits of limits.h. */
void view_init(struct view *view);
/* Asks for something of the file of that name in the folder, whose own name must outlive the
   question. page: from 1; of VIEW_PAGE 0. It is begun at once unless LIMIT_VIEW_CHILDREN are at
   work, else by view_run, in turn. To be given to view_take or view_forget; never NULL. */
struct view_question *view_ask(struct view *view, const char *folder, text name,
                               enum view_kind kind, size_t page);
/* Hears the children that are at work, and begins what waits where there is a place. Returns at
   once. */
void view_run(struct view *view);
/* What to wait for before view_run has something to do; -1 in what is left over. */
void view_waits(const struct view *view, struct pollfd waits[LIMIT_VIEW_CHILDREN]);
/* Whether what can be answered is here. */
bool view_is_ended(const struct view_question *question);
/* Gives the answer, "nothing" where there is none or the question has not ended, and forgets the
   question. The body has been begun by the caller. */
void view_take(struct view *view, struct view_question *question, struct answer *answer);
/* Nobody waits for it any more: its child is ended. */
void view_forget(struct view *view, struct view_question *question);

#endif

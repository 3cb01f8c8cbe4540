/* Answers: what is sent for one address, and the frame of the pages that watch writes itself. */
#ifndef LECTERN_WATCH_ANSWERS_H
#define LECTERN_WATCH_ANSWERS_H

#include "html/markup.h"

struct view_question;

struct answer {
    unsigned status;  /* of HTTP: 200, 404 */
    const char *type; /* a media type */
    /* of a page: what it shows, by the run of watch and the version there (news.h) */
    uint64_t run, version;
    struct view_question *question; /* not NULL: the answer is there once that has ended (view.h) */
    struct buffer body;
};

/* There is nothing; what was in the body is forgotten. */
void answer_nothing(struct answer *answer);
/* These bytes, as what the name says. A page gets the script by which it follows the builds. */
void answer_give(struct answer *answer, text name, text bytes);
/* Begins a page into the buffer, up to the heading in its <main>. css_class: of its <body>.
   NULL: no memory. */
struct markup *answer_begin_page(struct buffer *page, text title, const char *css_class);
/* Ends it, gives it as the answer, and releases the buffer. */
void answer_end_page(struct markup *markup, struct buffer *page, struct answer *answer);

#endif

/* Pages: the answer to each address of the server. */
#ifndef LECTERN_WATCH_PAGES_H
#define LECTERN_WATCH_PAGES_H

#include "watch/answers.h"
#include "watch/server.h"

/* path: of the URL, decoded: "/", "/leaflet.en.html", "/leaflet.en.epub/EPUB/nav.xhtml",
   "/view/leaflet.en.pdf". Only files that lie in the folder itself are given out, and parts of the
   EPUBs among them. What takes its time is an answer with a question, which the folder's name must
   outlive. The body is released by the caller. */
void pages_answer(const char *folder, const struct server_state *state, text path,
                  struct answer *answer);
/* "/.lectern/open/BUILD/NUMBER": opens the place of that problem of that build in the editor: 204.
   Asked for by a page of ours, which the caller has made sure of. The body is released by the
   caller. */
void pages_open(const struct server_state *state, text path, struct answer *answer);

#endif

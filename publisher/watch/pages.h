/* Pages: the answer to each address of the server. */
#ifndef LECTERN_WATCH_PAGES_H
#define LECTERN_WATCH_PAGES_H

#include "watch/server.h"

struct answer {
    unsigned status;  /* of HTTP: 200, 404 */
    const char *type; /* a media type */
    struct buffer body;
};

/* path: of the URL, decoded: "/", "/leaflet.en.html", "/leaflet.en.epub/EPUB/nav.xhtml",
   "/view/leaflet.en.pdf". Only files that lie in the folder itself are given out, and parts of the
   EPUBs among them. The body is released by the caller. */
void pages_answer(const char *folder, const struct server_state *state, text path,
                  struct answer *answer);

#endif

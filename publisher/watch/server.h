/* Server: what the last build gave, over HTTP on the loopback (libmicrohttpd), without threads. */
#ifndef LECTERN_WATCH_SERVER_H
#define LECTERN_WATCH_SERVER_H

#include "watch/editor.h"
#include "watch/news.h"
#include "watch/view.h"

struct server;

enum { SERVER_WAITS = 1 + LIMIT_VIEW_CHILDREN };

/* What pages learn of the builds, and what they may ask for. */
struct server_state {
    struct news *news;
    struct editor *editor;
    struct view *view;
};

/* folder: where publications are. port: 0: any. NULL: the port cannot be had (errno). The state and
   the folder's name must outlive the server. */
struct server *server_start(const char *folder, unsigned port, const struct server_state *state);
/* Whether a question's Host names this machine's loopback and the port; NULL: it has none. */
bool server_is_own_host(unsigned port, const char *host);
/* Ends it, and what is being sent. */
void server_stop(struct server *server);
/* The port that it has. */
unsigned server_port(const struct server *server);
/* To wait for; then server_run does what is to be done. -1 in what is left over. */
void server_waits(const struct server *server, struct pollfd waits[SERVER_WAITS]);
/* Milliseconds until server_run should be called anyway; -1: whenever. */
int server_timeout(const struct server *server);
/* Answers what has come. Returns at once: where a page of a PDF is to be drawn (view.h), its answer
   follows in a later call, and others' come before. */
void server_run(struct server *server);

#endif

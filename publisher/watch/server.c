#include "watch/server.h"

#include "base/arena.h"

#include "watch/pages.h"

#include <arpa/inet.h>
#include <errno.h>
#include <microhttpd.h>
#include <stdlib.h>
#include <string.h>

/* All come from one machine, where a program that asks and never ends its question must not keep
   others waiting: there is room for many, below what a process may have open, and none stays long
   without a word. */
enum { MOST_CONNECTIONS = 900, TIMEOUT_SECONDS = 10 };

struct server {
    struct MHD_Daemon *daemon;
    const char *folder;
    const struct server_state *state;
    unsigned port;
};

/* A page of another site could lead the browser here under a name of its own (DNS rebinding): only
   the loopback's names are answered. */
static bool is_own_host(const struct server *server, const char *host)
{
    static const char *const names[] = {"127.0.0.1", "localhost"};
    char own[64];
    for (size_t i = 0; host && i < sizeof names / sizeof *names; i++) {
        snprintf(own, sizeof own, "%s:%u", names[i], server->port);
        if (strcmp(host, own) == 0)
            return true;
    }
    return false;
}

static enum MHD_Result send_answer(struct MHD_Connection *connection, struct answer *answer)
{
    static const char *const headers[][2] = {
        {"Cache-Control", "no-store"},
        {"X-Content-Type-Options", "nosniff"},
        {"Referrer-Policy", "no-referrer"},
        {"Content-Security-Policy",
         "default-src 'self' data:; style-src 'self' 'unsafe-inline'; object-src 'self'"},
    };
    struct MHD_Response *response = MHD_create_response_from_buffer(
        answer->body.length, answer->body.bytes, MHD_RESPMEM_MUST_COPY);
    buffer_release(&answer->body);
    if (!response)
        return MHD_NO;
    MHD_add_response_header(response, "Content-Type", answer->type);
    for (size_t i = 0; i < sizeof headers / sizeof *headers; i++)
        MHD_add_response_header(response, headers[i][0], headers[i][1]);
    enum MHD_Result result = MHD_queue_response(connection, answer->status, response);
    MHD_destroy_response(response);
    return result;
}

static void refuse(struct answer *answer, unsigned status, const char *words)
{
    *answer = (struct answer){.status = status, .type = "text/plain; charset=utf-8"};
    buffer_init(&answer->body, 4096);
    buffer_add_c(&answer->body, words);
}

static enum MHD_Result handle(void *object, struct MHD_Connection *connection, const char *url,
                              const char *method, const char *version, const char *upload,
                              size_t *upload_size, void **request)
{
    (void)version, (void)upload;
    const struct server *server = object;
    struct answer answer;
    if (!*request) { /* its head has come; the rest comes with the next call */
        *request = object;
        return MHD_YES;
    }
    if (*upload_size) { /* of no use here */
        *upload_size = 0;
        return MHD_YES;
    }
    if (!is_own_host(server, MHD_lookup_connection_value(connection, MHD_HEADER_KIND, "Host")))
        refuse(&answer, MHD_HTTP_FORBIDDEN, "This server has another name.\n");
    else if (strcmp(method, "GET") != 0 && strcmp(method, "HEAD") != 0)
        refuse(&answer, MHD_HTTP_METHOD_NOT_ALLOWED, "There is nothing to change here.\n");
    else
        pages_answer(server->folder, server->state, text_from_c(url), &answer);
    return send_answer(connection, &answer);
}

struct server *server_start(const char *folder, unsigned port, const struct server_state *state)
{
    struct server *server = memory_allocate(sizeof *server);
    *server = (struct server){.folder = folder, .state = state};
    struct sockaddr_in address = {.sin_family = AF_INET,
                                  .sin_port = htons((uint16_t)port),
                                  .sin_addr = {htonl(INADDR_LOOPBACK)}};
    errno = 0;
    server->daemon =
        MHD_start_daemon(MHD_USE_EPOLL, 0, NULL, NULL, handle, server, MHD_OPTION_SOCK_ADDR,
                         &address, MHD_OPTION_CONNECTION_LIMIT, (unsigned)MOST_CONNECTIONS,
                         MHD_OPTION_CONNECTION_TIMEOUT, (unsigned)TIMEOUT_SECONDS, MHD_OPTION_END);
    const union MHD_DaemonInfo *info =
        server->daemon ? MHD_get_daemon_info(server->daemon, MHD_DAEMON_INFO_BIND_PORT) : NULL;
    if (!info) {
        int error = errno;
        server_stop(server);
        errno = error ? error : EADDRINUSE;
        return NULL;
    }
    server->port = info->port;
    return server;
}

void server_stop(struct server *server)
{
    if (server->daemon)
        MHD_stop_daemon(server->daemon);
    free(server);
}

unsigned server_port(const struct server *server)
{
    return server->port;
}

int server_descriptor(const struct server *server)
{
    const union MHD_DaemonInfo *info =
        MHD_get_daemon_info(server->daemon, MHD_DAEMON_INFO_EPOLL_FD);
    return info ? info->epoll_fd : -1;
}

int server_timeout(const struct server *server)
{
    MHD_UNSIGNED_LONG_LONG milliseconds;
    if (MHD_get_timeout(server->daemon, &milliseconds) != MHD_YES)
        return -1;
    return milliseconds > 60000 ? 60000 : (int)milliseconds;
}

void server_run(struct server *server)
{
    MHD_run(server->daemon);
}

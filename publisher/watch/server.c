#include "watch/server.h"

#include "base/arena.h"
#include "libraries/microhttpd.h"

#include "watch/pages.h"

#include <arpa/inet.h>
#include <errno.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>

/* All come from one machine, and from one address of it, so a client is a connection. A program
   that opens them and never ends its questions must not keep others waiting: none stays long
   without a word, and of more than KEPT_CONNECTIONS the one that has asked nothing for the longest
   is closed, however it drips. MOST_CONNECTIONS, below what a process may have open, is never
   reached but by those that are just being closed. */
enum { KEPT_CONNECTIONS = 200, MOST_CONNECTIONS = 900, TIMEOUT_SECONDS = 10 };

/* What the library keeps for a connection. The head of a question may take up half of it, and the
   browser sends the cookies of all servers of this machine with each. */
enum { QUESTION_BYTES = 64 * 1024 };

/* An open connection, in a ring: behind the server's own come those that asked the longest ago. */
struct client {
    struct client *before, *behind;
    struct MHD_Connection *connection;
    int socket;
    bool is_closing;
    bool is_suspended;    /* until its answer is there */
    struct answer answer; /* with a question (view.h), or nothing */
};

struct server {
    struct MHD_Daemon *daemon;
    const char *folder;
    const struct server_state *state;
    unsigned port;
    struct client clients; /* of no connection: the ring's two ends */
    size_t client_count;   /* those that are not closing */
    char policy[512];      /* Content-Security-Policy */
};

/* connections */

static void unlink_client(struct client *client)
{
    client->before->behind = client->behind;
    client->behind->before = client->before;
}

static void put_last(struct server *server, struct client *client)
{
    client->before = server->clients.before;
    client->behind = &server->clients;
    client->before->behind = client->behind->before = client;
}

/* Closes the one that was silent for the longest: its end is seen by the library. */
static void close_oldest(struct server *server)
{
    struct client *client = server->clients.behind;
    while (client->is_closing)
        client = client->behind;
    client->is_closing = true;
    server->client_count--;
    shutdown(client->socket, SHUT_RDWR);
}

static void release_client(struct server *server, struct client *client)
{
    if (client->answer.question)
        view_forget(server->state->view, client->answer.question);
    buffer_release(&client->answer.body);
    unlink_client(client);
    free(client);
}

static void note_connection(void *object, struct MHD_Connection *connection, void **context,
                            enum MHD_ConnectionNotificationCode code)
{
    struct server *server = object;
    struct client *client = *context;
    if (code == MHD_CONNECTION_NOTIFY_STARTED) {
        const union MHD_ConnectionInfo *info =
            MHD_get_connection_info(connection, MHD_CONNECTION_INFO_CONNECTION_FD);
        client = memory_allocate(sizeof *client);
        *client = (struct client){.connection = connection, .socket = info->connect_fd};
        *context = client;
        put_last(server, client);
        if (++server->client_count > KEPT_CONNECTIONS)
            close_oldest(server);
    } else if (client) {
        server->client_count -= !client->is_closing;
        release_client(server, client);
        *context = NULL;
    }
}

static struct client *client_of(struct MHD_Connection *connection)
{
    const union MHD_ConnectionInfo *info =
        MHD_get_connection_info(connection, MHD_CONNECTION_INFO_SOCKET_CONTEXT);
    return info ? info->socket_context : NULL;
}

/* The library does not look at a connection that is suspended. Who says that nothing more comes
   from it has gone, as far as HTTP's servers care. */
static bool has_gone(const struct client *client)
{
    struct pollfd wait = {.fd = client->socket, .events = POLLRDHUP};
    return poll(&wait, 1, 0) > 0;
}

/* Goes on with those whose answers are there, or who wait for none any more. */
static void resume_clients(struct server *server)
{
    for (struct client *client = server->clients.behind; client != &server->clients;
         client = client->behind) {
        if (!client->is_suspended || (!view_is_ended(client->answer.question) && !has_gone(client)))
            continue;
        client->is_suspended = false;
        MHD_resume_connection(client->connection);
    }
}

/* questions */

/* A page of another site could lead the browser here under a name of its own (DNS rebinding): only
   the loopback's names are answered. */
bool server_is_own_host(unsigned port, const char *host)
{
    enum { PORT_OF_HTTP = 80 }; /* which browsers do not write */
    static const char *const names[] = {"127.0.0.1", "localhost"};
    char own[64];
    for (size_t i = 0; host && i < sizeof names / sizeof *names; i++) {
        snprintf(own, sizeof own, "%s:%u", names[i], port);
        if (strcmp(host, own) == 0 || (port == PORT_OF_HTTP && strcmp(host, names[i]) == 0))
            return true;
    }
    return false;
}

/* Whether a page of another site has it loaded as a part of itself (Fetch Metadata of W3C): a
   picture, a script, a frame. A link to here is followed. */
static bool is_for_strangers(struct MHD_Connection *connection)
{
    const char *site = MHD_lookup_connection_value(connection, MHD_HEADER_KIND, "Sec-Fetch-Site");
    const char *use = MHD_lookup_connection_value(connection, MHD_HEADER_KIND, "Sec-Fetch-Dest");
    bool is_strange = site && (strcmp(site, "cross-site") == 0 || strcmp(site, "same-site") == 0);
    return is_strange && !(use && strcmp(use, "document") == 0);
}

/* Whether a page of ours asks, and not one of another site that the same browser shows: it knows
   the key, and says where it is from. */
static bool is_own_question(const struct server *server, struct MHD_Connection *connection)
{
    const char *key = MHD_lookup_connection_value(connection, MHD_HEADER_KIND, "X-Lectern-Key");
    const char *origin = MHD_lookup_connection_value(connection, MHD_HEADER_KIND, "Origin");
    text own = editor_key(server->state->editor), start = TEXT("http://");
    if (origin && (!text_starts_with(text_from_c(origin), start) ||
                   !server_is_own_host(server->port, origin + start.length)))
        return false;
    return key && own.length && text_equal_c(own, key);
}

static enum MHD_Result send_answer(const struct server *server, struct MHD_Connection *connection,
                                   struct answer *answer)
{
    static const char *const headers[][2] = {
        {"Cache-Control", "no-store"},
        {"X-Content-Type-Options", "nosniff"},
        {"Referrer-Policy", "no-referrer"},
        {"Cross-Origin-Resource-Policy", "same-origin"},
    };
    struct MHD_Response *response = MHD_create_response_from_buffer(
        answer->body.length, answer->body.bytes, MHD_RESPMEM_MUST_COPY);
    buffer_release(&answer->body);
    if (!response)
        return MHD_NO;
    MHD_add_response_header(response, "Content-Type", answer->type);
    for (size_t i = 0; i < sizeof headers / sizeof *headers; i++)
        MHD_add_response_header(response, headers[i][0], headers[i][1]);
    MHD_add_response_header(response, "Content-Security-Policy", server->policy);
    MHD_add_response_header(response, "X-Frame-Options", "SAMEORIGIN");
    enum MHD_Result result = MHD_queue_response(connection, answer->status, response);
    MHD_destroy_response(response);
    return result;
}

/* What has become of its question. */
static enum MHD_Result send_later(const struct server *server, struct client *client)
{
    struct answer answer = client->answer;
    client->answer = (struct answer){.question = NULL};
    view_take(server->state->view, answer.question, &answer);
    return send_answer(server, client->connection, &answer);
}

/* Others are answered until its question has ended. */
static enum MHD_Result wait_or_send(const struct server *server, struct client *client)
{
    if (view_is_ended(client->answer.question))
        return send_later(server, client);
    client->is_suspended = true;
    MHD_suspend_connection(client->connection);
    return MHD_YES;
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
    struct server *server = object;
    struct client *client = client_of(connection);
    struct answer answer;
    if (!client)
        return MHD_NO;
    if (!*request) { /* its head has come; the rest comes with the next call */
        *request = object;
        unlink_client(client);
        put_last(server, client);
        return MHD_YES;
    }
    if (client->answer.question) /* it was suspended */
        return send_later(server, client);
    if (*upload_size) { /* of no use here */
        *upload_size = 0;
        return MHD_YES;
    }
    const char *host = MHD_lookup_connection_value(connection, MHD_HEADER_KIND, "Host");
    if (!server_is_own_host(server->port, host))
        refuse(&answer, MHD_HTTP_FORBIDDEN, "This server has another name.\n");
    else if (is_for_strangers(connection))
        refuse(&answer, MHD_HTTP_FORBIDDEN, "This is for pages of this server alone.\n");
    else if (strcmp(method, "POST") == 0 && is_own_question(server, connection))
        pages_open(server->state, text_from_c(url), &answer);
    else if (strcmp(method, "GET") != 0 && strcmp(method, "HEAD") != 0)
        refuse(&answer, MHD_HTTP_METHOD_NOT_ALLOWED, "There is nothing to change here.\n");
    else
        pages_answer(server->folder, server->state, text_from_c(url), &answer);
    if (answer.question) {
        client->answer = answer;
        return wait_or_send(server, client);
    }
    return send_answer(server, connection, &answer);
}

struct server *server_start(const char *folder, unsigned port, const struct server_state *state)
{
    struct server *server = memory_allocate(sizeof *server);
    *server = (struct server){.folder = folder, .state = state};
    server->clients.before = server->clients.behind = &server->clients;
    struct sockaddr_in address = {.sin_family = AF_INET,
                                  .sin_port = htons((uint16_t)port),
                                  .sin_addr = {htonl(INADDR_LOOPBACK)}};
    errno = 0;
    server->daemon = MHD_start_daemon(
        MHD_USE_EPOLL | MHD_ALLOW_SUSPEND_RESUME, 0, NULL, NULL, handle, server,
        MHD_OPTION_SOCK_ADDR, &address, MHD_OPTION_CONNECTION_LIMIT, (unsigned)MOST_CONNECTIONS,
        MHD_OPTION_CONNECTION_TIMEOUT, (unsigned)TIMEOUT_SECONDS,
        MHD_OPTION_CONNECTION_MEMORY_LIMIT, (size_t)QUESTION_BYTES, MHD_OPTION_NOTIFY_CONNECTION,
        note_connection, server, MHD_OPTION_END);
    const union MHD_DaemonInfo *info =
        server->daemon ? MHD_get_daemon_info(server->daemon, MHD_DAEMON_INFO_BIND_PORT) : NULL;
    if (!info) {
        int error = errno;
        server_stop(server);
        errno = error ? error : EADDRINUSE;
        return NULL;
    }
    server->port = info->port;
    /* what is published has no scripts of its own; whatever lies in the folder, none of it runs */
    snprintf(server->policy, sizeof server->policy,
             "default-src 'self' data:; script-src http://127.0.0.1:%u/.lectern/ "
             "http://localhost:%u/.lectern/; style-src 'self' 'unsafe-inline'; object-src 'self'; "
             "base-uri 'none'; form-action 'none'; frame-ancestors 'self'",
             server->port, server->port);
    return server;
}

void server_stop(struct server *server)
{
    /* the library must not be stopped while one is suspended */
    for (struct client *client = server->clients.behind; client != &server->clients;
         client = client->behind) {
        if (client->is_suspended)
            MHD_resume_connection(client->connection);
    }
    if (server->daemon)
        MHD_stop_daemon(server->daemon);
    free(server);
}

unsigned server_port(const struct server *server)
{
    return server->port;
}

void server_waits(const struct server *server, struct pollfd waits[SERVER_WAITS])
{
    const union MHD_DaemonInfo *info =
        MHD_get_daemon_info(server->daemon, MHD_DAEMON_INFO_EPOLL_FD);
    waits[0] = (struct pollfd){.fd = info ? info->epoll_fd : -1, .events = POLLIN};
    view_waits(server->state->view, waits + 1);
}

int server_timeout(const struct server *server)
{
    MHD_UNSIGNED_LONG_LONG milliseconds;
    int most = server->state->view->first ? VIEW_TICK_MILLISECONDS : 60000;
    if (MHD_get_timeout(server->daemon, &milliseconds) != MHD_YES)
        return server->state->view->first ? most : -1;
    return milliseconds < (MHD_UNSIGNED_LONG_LONG)most ? (int)milliseconds : most;
}

void server_run(struct server *server)
{
    view_run(server->state->view);
    resume_clients(server);
    MHD_run(server->daemon);
}

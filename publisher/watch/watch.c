/* One loop waits for files that change, for the build's end, for browsers and for signals. A build
   is a child with its messages in a file without a name; what changes while it runs makes another
   one follow. Editors save in several steps, so a build waits until nothing has changed for a
   moment. */
#include "watch/watch.h"

#include "batch/selection.h"

#include "base/limits.h"
#include "base/paths.h"
#include "base/process.h"
#include "libraries/library.h"
#include "watch/server.h"

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <string.h>
#include <sys/inotify.h>
#include <sys/mman.h>
#include <sys/random.h>
#include <sys/signalfd.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

enum {
    QUIET_MILLISECONDS = 80,
    AGAIN_MILLISECONDS = 2000, /* until a build is tried again that could not start */
    MOST_FOLDERS = 4096,
    MOST_DEPTH = 12,
    EXIT_UNTOLD = 4, /* of a builder: past the codes of the program */
    CHANGES = IN_CLOSE_WRITE | IN_MOVED_TO | IN_MOVED_FROM | IN_DELETE | IN_CREATE | IN_ONLYDIR,
};

struct watch {
    const struct watch_options *options;
    struct server *server;
    struct server_state state;
    struct news news;
    struct editor editor;
    struct view view;
    int changes, signals;
    sigset_t before; /* signals that were blocked before */
    pid_t builder;   /* 0: none */
    int messages;    /* of the builder: what it prints */
    int records;     /* of the builder: what became of each publication (news.h) */
    bool is_stale;   /* something has changed since the last build began */
    uint64_t ready;  /* when the next may begin, as process_milliseconds counts */
    bool is_stuck;   /* the last one could not start, which has been said */
    struct stat output;
    size_t folder_count;
    int above[LIMIT_FOLDERS_ABOVE]; /* watches of folders in which only the settings count */
    size_t above_count;
};

/* folders to watch */

/* The folder and those below it; not those whose names begin with a dot, nor that which is written
   into. Folders that are watched already stay so. */
static void add_folders(struct watch *watch, struct arena *arena, text folder, unsigned depth)
{
    struct stat stat_of_folder;
    text *names;
    size_t count;
    bool is_good = stat(folder.bytes, &stat_of_folder) == 0 && S_ISDIR(stat_of_folder.st_mode);
    bool is_output = is_good && stat_of_folder.st_dev == watch->output.st_dev &&
                     stat_of_folder.st_ino == watch->output.st_ino;
    if (!is_good || is_output || watch->folder_count == MOST_FOLDERS ||
        inotify_add_watch(watch->changes, folder.bytes, CHANGES) < 0)
        return;
    watch->folder_count++;
    if (depth == MOST_DEPTH || !folder_list(arena, folder.bytes, &names, &count))
        return;
    for (size_t i = 0; i < count; i++)
        add_folders(
            watch, arena,
            arena_printf(arena, "%.*s/%.*s", TEXT_ARGUMENTS(folder), TEXT_ARGUMENTS(names[i])),
            depth + 1);
}

static void add_folder_of(struct watch *watch, struct arena *arena, const char *path)
{
    bool is_folder = file_kind(path) == 'd';
    text folder = is_folder ? text_from_c(path) : text_folder(text_from_c(path));
    while (folder.length > 1 && text_ends_with(folder, TEXT("/")))
        folder.length--;
    folder = folder.length ? arena_copy(arena, folder) : TEXT(".");
    add_folders(watch, arena, folder, 0);
}

/* Folders above what was named, where settings of its articles may stand. */
static void add_folders_above(struct watch *watch, struct arena *arena, const char *source)
{
    struct article *articles = NULL;
    size_t count = 0, capacity = 0;
    struct unread_folders unread = {0};
    const char *why;
    jobs_find_articles(arena, text_from_c(source), &articles, &count, &capacity, &unread, &why);
    for (size_t i = 0; i < count; i++) {
        text above = articles[i].named;
        while (!text_equal(above, articles[i].top) && watch->above_count < LIMIT_FOLDERS_ABOVE) {
            above = path_above(arena, above);
            /* fails where the folder is watched already, this way or for all that is in it */
            int number =
                inotify_add_watch(watch->changes, above.bytes, (uint32_t)CHANGES | IN_MASK_CREATE);
            if (number >= 0)
                watch->above[watch->above_count++] = number;
        }
    }
}

/* Again after each change: there may be new ones. */
static void watch_folders(struct watch *watch)
{
    const struct watch_options *options = watch->options;
    struct arena arena;
    arena_init(&arena);
    watch->folder_count = 0;
    if (stat(options->publish->output, &watch->output) != 0)
        watch->output = (struct stat){0};
    for (size_t i = 0; i < options->source_count; i++)
        add_folder_of(watch, &arena, options->sources[i]);
    if (options->publish->theme)
        add_folder_of(watch, &arena, options->publish->theme);
    for (size_t i = 0; i < options->source_count; i++)
        add_folders_above(watch, &arena, options->sources[i]);
    arena_release(&arena);
}

/* builds */

static void hear_job(void *object, const struct job *job)
{
    if (!job->publication.is_unwanted)
        news_pack_job(job, object);
}

/* Prints it, and notes that it is of the whole build. */
static void say_of_all(struct buffer *words, text said)
{
    buffer_add_text(words, said);
    stream_complain(said);
}

static void say_missing(struct buffer *words, struct arena *arena, text path, const char *why)
{
    say_of_all(words, arena_printf(arena, "%.*s: error[file-missing]: %.*s %s\n",
                                   TEXT_ARGUMENTS(path), TEXT_ARGUMENTS(path), why));
}

/* Adds to the articles; false where the source or a folder below it is not there to be read. */
static bool find_articles(struct buffer *words, struct arena *arena, const char *name,
                          struct article **articles, size_t *count, size_t *capacity)
{
    struct unread_folders unread = {0};
    const char *why = "";
    text source = text_from_c(name);
    bool is_found = jobs_find_articles(arena, source, articles, count, capacity, &unread, &why);
    for (size_t i = 0; i < unread.count; i++)
        say_missing(words, arena, unread.paths[i], "cannot be read");
    if (!is_found && unread.count == 0)
        say_missing(words, arena, source, why);
    return is_found && unread.count == 0;
}

/* In the child: all that it prints goes to the messages. */
static void build(const struct watch *watch)
{
    const struct watch_options *options = watch->options;
    struct arena arena;
    struct buffer records, words;
    arena_init(&arena);
    buffer_init(&records, LIMIT_OUTPUT_BYTES);
    buffer_init(&words, LIMIT_OUTPUT_BYTES);
    struct batch_options batch = *options->batch;
    batch.hear = hear_job;
    batch.object = &records;
    struct article *articles = NULL;
    size_t count = 0, capacity = 0;
    enum outcome outcome = OUTCOME_DONE;
    dup2(watch->messages, STDOUT_FILENO);
    dup2(watch->messages, STDERR_FILENO);
    sigprocmask(SIG_SETMASK, &watch->before, NULL);
    for (size_t i = 0; i < options->source_count; i++) {
        if (!find_articles(&words, &arena, options->sources[i], &articles, &count, &capacity))
            outcome = OUTCOME_INPUT;
    }
    if (count) {
        struct report report;
        struct buffer out;
        report_init(&report, &arena);
        buffer_init(&out, LIMIT_OUTPUT_BYTES);
        if (!selection_check(&report, articles, count, options->publish))
            count = 0;
        report_print(&report, &out);
        say_of_all(&words, buffer_text(&out));
        buffer_release(&out);
        outcome = report.errors ? OUTCOME_INPUT : outcome;
        enum outcome built =
            count ? batch_build(&arena, articles, count, options->publish, &batch) : OUTCOME_DONE;
        outcome = built > outcome ? built : outcome;
    }
    news_pack_words(buffer_text(&words), &records);
    bool is_told = !records.overflowed && stream_write(watch->records, buffer_text(&records));
    _exit(is_told ? (int)outcome : EXIT_UNTOLD);
}

static void close_files(struct watch *watch)
{
    if (watch->messages >= 0)
        close(watch->messages);
    if (watch->records >= 0)
        close(watch->records);
    watch->messages = watch->records = -1;
}

static void start_build(struct watch *watch)
{
    watch->is_stale = false;
    watch->messages = memfd_create("messages", MFD_CLOEXEC);
    watch->records = memfd_create("records", MFD_CLOEXEC);
    watch->builder = watch->messages >= 0 && watch->records >= 0 ? fork() : -1;
    if (watch->builder == 0)
        build(watch);
    if (watch->builder < 0) {
        text why = text_from_c(strerror(errno));
        watch->builder = 0;
        close_files(watch);
        if (!watch->is_stuck) {
            stream_complain(TEXT("lectern: cannot publish, and tries again: "));
            stream_complain(why);
            stream_complain(TEXT("\n"));
        }
        watch->is_stale = true; /* what was saved is not forgotten */
        watch->ready = process_milliseconds() + AGAIN_MILLISECONDS;
    }
    watch->is_stuck = watch->builder == 0;
}

/* All that was written there, in the arena. */
static text read_back(struct arena *arena, int descriptor)
{
    off_t length = lseek(descriptor, 0, SEEK_END);
    if (length <= 0 || (size_t)length > LIMIT_OUTPUT_BYTES)
        return TEXT_EMPTY;
    char *bytes = arena_allocate(arena, (size_t)length + 1);
    ssize_t got = pread(descriptor, bytes, (size_t)length, 0);
    return (text){bytes, got > 0 ? (size_t)got : 0};
}

static void end_build(struct watch *watch)
{
    int status;
    struct arena arena;
    if (watch->builder == 0 || waitpid(watch->builder, &status, WNOHANG) != watch->builder)
        return;
    arena_init(&arena);
    watch->builder = 0;
    text said = read_back(&arena, watch->messages);
    bool is_broken = !WIFEXITED(status) || WEXITSTATUS(status) > OUTCOME_INPUT;
    /* what a builder has left that could not write all may end anywhere */
    bool is_told = WIFEXITED(status) && WEXITSTATUS(status) != EXIT_UNTOLD;
    text records = is_told ? read_back(&arena, watch->records) : TEXT_EMPTY;
    close_files(watch);
    news_take(&watch->news, records, said, is_broken || WEXITSTATUS(status) != OUTCOME_DONE,
              is_broken);
    stream_complain(said);
    arena_release(&arena);
    watch_folders(watch);
}

/* the loop */

/* Of a folder above the sources only the settings count. */
static bool counts(const struct watch *watch, const struct inotify_event *event)
{
    size_t i = 0;
    while (i < watch->above_count && watch->above[i] != event->wd)
        i++;
    return i == watch->above_count || (event->len && strcmp(event->name, "lectern.yaml") == 0);
}

/* Takes all that has changed; what only the output's folder knows of is not watched. */
static void take_changes(struct watch *watch)
{
    _Alignas(struct inotify_event) char events[16 * 1024];
    for (;;) {
        ssize_t length = read(watch->changes, events, sizeof events);
        if (length <= 0)
            return;
        for (size_t at = 0; at < (size_t)length;) {
            const struct inotify_event *event = (const struct inotify_event *)(events + at);
            if (counts(watch, event)) {
                watch->is_stale = true;
                watch->ready = process_milliseconds() + QUIET_MILLISECONDS;
            }
            at += sizeof *event + event->len;
        }
    }
}

/* False: the process shall end. */
static bool take_signals(struct watch *watch)
{
    struct signalfd_siginfo info;
    while (read(watch->signals, &info, sizeof info) == sizeof info) {
        if (info.ssi_signo != SIGCHLD)
            return false;
    }
    end_build(watch);
    editor_reap(&watch->editor);
    return true;
}

/* Milliseconds until something is to be done though nothing comes; -1: whenever. Browsers that ask
   all the time put no build off. */
static int next_timeout(const struct watch *watch)
{
    int timeout = server_timeout(watch->server);
    uint64_t now = process_milliseconds();
    if (!watch->is_stale || watch->builder)
        return timeout;
    int rest = watch->ready > now ? (int)(watch->ready - now) : 0;
    return timeout < 0 || rest < timeout ? rest : timeout;
}

static void loop(struct watch *watch)
{
    enum { OWN_WAITS = 2 };
    struct pollfd waits[OWN_WAITS + SERVER_WAITS] = {{.fd = watch->changes, .events = POLLIN},
                                                     {.fd = watch->signals, .events = POLLIN}};
    for (;;) {
        server_waits(watch->server, waits + OWN_WAITS);
        int ready = poll(waits, sizeof waits / sizeof *waits, next_timeout(watch));
        if (ready < 0 && errno != EINTR)
            return;
        if (waits[0].revents & POLLIN)
            take_changes(watch);
        else if (watch->is_stale && watch->builder == 0 && process_milliseconds() >= watch->ready)
            start_build(watch);
        if (waits[1].revents & POLLIN && !take_signals(watch))
            return;
        server_run(watch->server);
    }
}

static bool begin(struct watch *watch)
{
    sigset_t signals;
    sigemptyset(&signals);
    sigaddset(&signals, SIGINT);
    sigaddset(&signals, SIGTERM);
    sigaddset(&signals, SIGCHLD);
    sigprocmask(SIG_BLOCK, &signals, &watch->before);
    watch->signals = signalfd(-1, &signals, SFD_NONBLOCK | SFD_CLOEXEC);
    watch->changes = inotify_init1(IN_NONBLOCK | IN_CLOEXEC);
    if (getrandom(&watch->news.run, sizeof watch->news.run, 0) != (ssize_t)sizeof watch->news.run)
        return false;
    if (!editor_init(&watch->editor, watch->options->editor, &watch->before) ||
        watch->signals < 0 || watch->changes < 0)
        return false;
    watch->server =
        server_start(watch->options->publish->output, watch->options->port, &watch->state);
    return watch->server != NULL;
}

static void stop(struct watch *watch)
{
    if (watch->builder) {
        kill(watch->builder, SIGTERM);
        waitpid(watch->builder, NULL, 0);
        close_files(watch);
    }
    if (watch->server)
        server_stop(watch->server);
    if (watch->changes >= 0)
        close(watch->changes);
    if (watch->signals >= 0)
        close(watch->signals);
    news_release(&watch->news);
    editor_release(&watch->editor);
    sigprocmask(SIG_SETMASK, &watch->before, NULL);
}

enum outcome watch_run(const struct watch_options *options)
{
    struct watch watch = {
        .options = options, .changes = -1, .signals = -1, .messages = -1, .records = -1};
    watch.state = (struct server_state){&watch.news, &watch.editor, &watch.view};
    library_open_all(); /* for the children: each build is one */
    view_init(&watch.view);
    news_init(&watch.news, options->publish->output);
    bool has_begun = begin(&watch), is_told = true;
    char line[128];
    if (has_begun) {
        snprintf(line, sizeof line, "http://127.0.0.1:%u/\n", server_port(watch.server));
        is_told = stream_print(text_from_c(line));
        watch_folders(&watch);
        if (is_told) {
            start_build(&watch);
            loop(&watch);
        }
    } else {
        snprintf(line, sizeof line, "lectern: cannot serve: %s\n", strerror(errno));
        stream_complain(text_from_c(line));
    }
    stop(&watch);
    return has_begun && is_told ? OUTCOME_DONE : OUTCOME_SYSTEM;
}

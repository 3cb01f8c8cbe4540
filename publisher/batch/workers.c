/* The parent sends the index of a job down a worker's pipe and reads a publication from the other;
   it waits for all workers at once, and for the next job that has had its time. */
#include "batch/workers.h"

#include "base/budget.h"
#include "base/memory.h"

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

void workers_defaults(struct worker_options *options)
{
    enum { TEN_MINUTES = 600 };
    long processors = sysconf(_SC_NPROCESSORS_ONLN);
    *options = (struct worker_options){.count = processors > 0 ? (unsigned)processors : 1,
                                       .timeout_seconds = TEN_MINUTES,
                                       .shares_memory = memory_can_be_limited};
}

/* What one of so many processes may take. */
static unsigned long share_of_memory(unsigned count)
{
    const unsigned long least = (unsigned long)2 * 1024 * 1024 * 1024;
    long pages = sysconf(_SC_PHYS_PAGES);
    if (pages <= 0)
        return 0;
    unsigned long share = (unsigned long)pages / count * (unsigned long)sysconf(_SC_PAGESIZE);
    return share > least ? share : least;
}

unsigned workers_threads(const struct worker_options *options, size_t jobs)
{
    const unsigned long of_a_thread = (unsigned long)1024 * 1024 * 1024;
    if (jobs == 1 && !options->is_asked) /* in this process, without limits */
        return options->count;
    unsigned long threads = jobs && options->count > jobs ? options->count / jobs : 1;
    unsigned long memory =
        options->shares_memory ? share_of_memory(options->count) : options->memory_bytes;
    if (memory && threads > memory / of_a_thread)
        threads = memory / of_a_thread;
    return threads ? (unsigned)threads : 1;
}

static uint64_t now_microseconds(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (uint64_t)now.tv_sec * 1000000u + (uint64_t)now.tv_nsec / 1000u;
}

void worker_do(struct job *job, struct arena *arena, const struct publish_options *publish)
{
    struct publication *publication = &job->publication;
    uint64_t start = now_microseconds();
    *publication = (struct publication){.arena = arena, .log = ARENA_NEW(arena, struct file_log)};
    publication->log->arena = arena;
    publish_article(&job->article, publish, publication);
    job->cost = now_microseconds() - start;
    job->state = JOB_DONE;
}

/* what goes through a pipe */

static bool write_all(int descriptor, const void *bytes, size_t length)
{
    return stream_write(descriptor, (text){bytes, length});
}

static void put_number(struct buffer *out, uint64_t number)
{
    buffer_add(out, &number, sizeof number);
}

static void put_text(struct buffer *out, text words)
{
    put_number(out, words.length);
    buffer_add_text(out, words);
}

void job_pack(const struct job *job, struct buffer *out)
{
    const struct publication *publication = &job->publication;
    put_number(out, job->cost);
    put_number(out, (uint64_t)publication->outcome);
    put_number(out, publication->is_unwanted);
    put_number(out, publication->errors);
    put_number(out, publication->warnings);
    put_number(out, publication->behind);
    put_number(out, publication->only_behind);
    put_text(out, publication->language);
    put_text(out, publication->title);
    put_text(out, publication->diagnostics);
    put_number(out, publication->file_count);
    for (size_t i = 0; i < publication->file_count; i++) {
        const struct published_file *file = &publication->files[i];
        put_text(out, file->name);
        put_text(out, file->format);
        put_text(out, file->profile);
        put_number(out, file->bytes);
        put_number(out, file->pages);
        buffer_add(out, file->digest, sizeof file->digest);
    }
    const struct file_log *log = publication->log;
    size_t count = log ? log->count : 0;
    put_number(out, count);
    for (size_t i = 0; i < count; i++) {
        const struct file_record *record = &log->records[i];
        put_text(out, record->folder);
        put_text(out, record->name);
        put_number(out, record->is_there);
        buffer_add(out, &record->stamp, sizeof record->stamp);
        buffer_add(out, record->digest, sizeof record->digest);
    }
}

/* The parent believes its own children. */
struct message_reader {
    text bytes;
    size_t offset;
};

static void get_bytes(struct message_reader *reader, void *into, size_t length)
{
    memcpy(into, reader->bytes.bytes + reader->offset, length);
    reader->offset += length;
}

static uint64_t get_number(struct message_reader *reader)
{
    uint64_t number;
    get_bytes(reader, &number, sizeof number);
    return number;
}

static text get_text(struct message_reader *reader, struct arena *arena)
{
    size_t length = get_number(reader);
    text words =
        arena_copy(arena, text_slice(reader->bytes, reader->offset, reader->offset + length));
    reader->offset += length;
    return words;
}

void job_unpack(text bytes, struct job *job, struct arena *arena)
{
    struct message_reader reader = {bytes, 0};
    struct publication *publication = &job->publication;
    *publication = (struct publication){.arena = arena, .log = ARENA_NEW(arena, struct file_log)};
    job->cost = get_number(&reader);
    publication->outcome = (enum outcome)get_number(&reader);
    publication->is_unwanted = get_number(&reader);
    publication->errors = get_number(&reader);
    publication->warnings = get_number(&reader);
    publication->behind = get_number(&reader);
    publication->only_behind = get_number(&reader);
    publication->language = get_text(&reader, arena);
    publication->title = get_text(&reader, arena);
    publication->diagnostics = get_text(&reader, arena);
    publication->file_count = get_number(&reader);
    publication->files = ARENA_NEW_ARRAY(arena, publication->file_count, struct published_file);
    for (size_t i = 0; i < publication->file_count; i++) {
        struct published_file *file = &publication->files[i];
        file->name = get_text(&reader, arena);
        file->format = get_text(&reader, arena);
        file->profile = get_text(&reader, arena);
        file->bytes = get_number(&reader);
        file->pages = get_number(&reader);
        get_bytes(&reader, file->digest, sizeof file->digest);
    }
    struct file_log *log = publication->log;
    log->arena = arena;
    log->count = get_number(&reader);
    log->records = ARENA_NEW_ARRAY(arena, log->count, struct file_record);
    for (size_t i = 0; i < log->count; i++) {
        struct file_record *record = &log->records[i];
        record->folder = get_text(&reader, arena);
        record->name = get_text(&reader, arena);
        record->is_there = get_number(&reader);
        get_bytes(&reader, &record->stamp, sizeof record->stamp);
        get_bytes(&reader, record->digest, sizeof record->digest);
    }
    job->state = JOB_DONE;
}

/* a worker */

static bool read_index(int descriptor, uint64_t *index)
{
    size_t got = 0;
    while (got < sizeof *index) {
        ssize_t more = read(descriptor, (char *)index + got, sizeof *index - got);
        if (more < 0 && errno == EINTR)
            continue;
        if (more <= 0)
            return false;
        got += (size_t)more;
    }
    return true;
}

/* Never returns. */
static void be_worker(const struct jobs *jobs, int from, int to,
                      const struct publish_options *publish, const struct worker_options *options)
{
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    budget_be_worker();
    if (options->memory_bytes)
        memory_limit(options->memory_bytes);
    for (uint64_t index; read_index(from, &index);) {
        struct arena arena;
        struct buffer out;
        struct job job = jobs->items[index];
        arena_init(&arena);
        buffer_init(&out, SIZE_MAX / 2);
        worker_do(&job, &arena, publish);
        job_pack(&job, &out);
        uint64_t length = out.length;
        if (!write_all(to, &length, sizeof length) || !write_all(to, out.bytes, out.length))
            _exit(OUTCOME_SYSTEM);
        buffer_release(&out);
        arena_release(&arena);
    }
    _exit(0);
}

/* the parent */

struct worker {
    pid_t process; /* 0: none */
    int to, from;
    struct job *job;   /* that it is at; NULL: it waits */
    uint64_t deadline; /* microseconds; 0: none */
    struct buffer got;
};

struct crew {
    struct jobs *jobs;
    const struct publish_options *publish;
    const struct worker_options *options;
    struct worker *workers;
    unsigned count;
    const size_t *order;
    size_t next, left, order_count;
    void (*finished)(void *object, struct job *job);
    void *object;
};

static void close_others(const struct crew *crew)
{
    for (unsigned i = 0; i < crew->count; i++) {
        if (crew->workers[i].process) {
            close(crew->workers[i].to);
            close(crew->workers[i].from);
        }
    }
}

static bool start_worker(struct crew *crew, struct worker *worker)
{
    int down[2], up[2];
    if (pipe(down) < 0)
        return false;
    if (pipe(up) < 0) {
        close(down[0]);
        close(down[1]);
        return false;
    }
    pid_t process = fork();
    if (process == 0) {
        close(down[1]);
        close(up[0]);
        close_others(crew);
        be_worker(crew->jobs, down[0], up[1], crew->publish, crew->options);
    }
    close(down[0]);
    close(up[1]);
    if (process < 0) {
        close(down[1]);
        close(up[0]);
        return false;
    }
    *worker = (struct worker){.process = process, .to = down[1], .from = up[0]};
    buffer_init(&worker->got, SIZE_MAX / 2);
    return true;
}

static void finish_job(struct crew *crew, struct worker *worker)
{
    struct job *job = worker->job;
    worker->job = NULL;
    worker->deadline = 0;
    crew->left--;
    crew->finished(crew->object, job);
}

/* The worker is no more; what it was at is lost, and nothing else. */
static void bury(struct crew *crew, struct worker *worker, const char *why)
{
    struct arena *arena = crew->jobs->arena;
    int status = 0;
    struct rusage usage = {0};
    close(worker->to);
    close(worker->from);
    while (wait4(worker->process, &status, 0, &usage) < 0 && errno == EINTR)
        ;
    worker->process = 0;
    buffer_release(&worker->got);
    if (!worker->job)
        return;
    struct job *job = worker->job;
    unsigned long used = (unsigned long)usage.ru_maxrss * 1024, most = crew->options->memory_bytes;
    bool is_full =
        most && (WIFSIGNALED(status) || WEXITSTATUS(status) == OUTCOME_SYSTEM) && used > most / 4;
    bool is_spent =
        WIFEXITED(status) && WEXITSTATUS(status) == BUDGET_EXIT_OF_WORKER; /* it said so itself */
    job->state = JOB_LOST;
    job->publication =
        (struct publication){.arena = arena, .outcome = is_spent ? OUTCOME_INPUT : OUTCOME_SYSTEM};
    if (why)
        job->why = text_from_c(why);
    else if (is_full)
        job->why = arena_printf(arena, "it needs more than %lu MB of memory (--memory)",
                                most / 1024 / 1024);
    else if (is_spent)
        job->why = TEXT("its budget is used up (--budget)");
    else if (WIFSIGNALED(status))
        job->why = arena_printf(arena, "its worker was ended by signal %d (%s)", WTERMSIG(status),
                                sigdescr_np(WTERMSIG(status)));
    else
        job->why = arena_printf(arena, "its worker ended with exit code %d", WEXITSTATUS(status));
    finish_job(crew, worker);
}

static void give_job(struct crew *crew, struct worker *worker)
{
    uint64_t index = crew->order[crew->next++];
    worker->job = &crew->jobs->items[index];
    buffer_clear(&worker->got);
    if (crew->options->timeout_seconds)
        worker->deadline = now_microseconds() + (uint64_t)crew->options->timeout_seconds * 1000000u;
    if (!write_all(worker->to, &index, sizeof index))
        bury(crew, worker, NULL); /* it died while it waited, and takes the job with it */
}

static void take_bytes(struct crew *crew, struct worker *worker)
{
    char bytes[65536];
    ssize_t got = read(worker->from, bytes, sizeof bytes);
    if (got < 0 && errno == EINTR)
        return;
    if (got <= 0) {
        bury(crew, worker, NULL);
        return;
    }
    buffer_add(&worker->got, bytes, (size_t)got);
    uint64_t length;
    if (worker->got.length < sizeof length)
        return;
    memcpy(&length, worker->got.bytes, sizeof length);
    if (worker->got.length < sizeof length + length)
        return;
    text all = buffer_text(&worker->got);
    job_unpack(text_slice(all, sizeof length, all.length), worker->job, crew->jobs->arena);
    finish_job(crew, worker);
}

/* Milliseconds to the next deadline, or -1. */
static int time_left(const struct crew *crew)
{
    uint64_t next = 0, now = now_microseconds();
    for (unsigned i = 0; i < crew->count; i++) {
        uint64_t deadline = crew->workers[i].deadline;
        if (deadline && (next == 0 || deadline < next))
            next = deadline;
    }
    return next == 0 ? -1 : next <= now ? 0 : (int)((next - now) / 1000) + 1;
}

static void end_late_ones(struct crew *crew)
{
    uint64_t now = now_microseconds();
    for (unsigned i = 0; i < crew->count; i++) {
        struct worker *worker = &crew->workers[i];
        if (!worker->process || !worker->deadline || worker->deadline > now)
            continue;
        kill(worker->process, SIGKILL);
        text why = arena_printf(crew->jobs->arena, "it took longer than %u seconds (--timeout)",
                                crew->options->timeout_seconds);
        bury(crew, worker, why.bytes);
    }
}

/* Every worker that waits gets a job; one that was lost is replaced. False: none can be started. */
static bool give_jobs(struct crew *crew)
{
    unsigned alive = 0;
    for (unsigned i = 0; i < crew->count; i++) {
        struct worker *worker = &crew->workers[i];
        if (!worker->process && crew->next < crew->order_count)
            start_worker(crew, worker);
        if (worker->process && !worker->job && crew->next < crew->order_count)
            give_job(crew, worker);
        alive += worker->process != 0;
    }
    return alive > 0 || crew->left == 0;
}

static void wait_for_workers(struct crew *crew, struct pollfd *waits)
{
    for (unsigned i = 0; i < crew->count; i++)
        waits[i] = (struct pollfd){
            .fd = crew->workers[i].process && crew->workers[i].job ? crew->workers[i].from : -1,
            .events = POLLIN};
    if (poll(waits, crew->count, time_left(crew)) > 0) {
        for (unsigned i = 0; i < crew->count; i++) {
            if (waits[i].revents && crew->workers[i].process)
                take_bytes(crew, &crew->workers[i]);
        }
    }
    end_late_ones(crew);
}

bool workers_run(struct jobs *jobs, const size_t *order, size_t count,
                 const struct publish_options *publish, const struct worker_options *options,
                 void (*finished)(void *object, struct job *job), void *object, const char **why)
{
    unsigned workers = options->count < count ? options->count : (unsigned)count;
    struct worker_options own = *options;
    if (own.shares_memory)
        own.memory_bytes = share_of_memory(own.count);
    struct crew crew = {.jobs = jobs,
                        .publish = publish,
                        .options = &own,
                        .workers = ARENA_NEW_ARRAY(jobs->arena, workers, struct worker),
                        .count = workers,
                        .order = order,
                        .left = count,
                        .order_count = count,
                        .finished = finished,
                        .object = object};
    struct pollfd *waits = ARENA_NEW_ARRAY(jobs->arena, workers, struct pollfd);
    struct sigaction ignore = {.sa_handler = SIG_IGN}, before;
    sigaction(SIGPIPE, &ignore, &before); /* a worker that is gone shows in the write */
    bool runs = true;
    while (crew.left && (runs = give_jobs(&crew)))
        wait_for_workers(&crew, waits);
    for (unsigned i = 0; i < workers; i++) {
        if (crew.workers[i].process)
            bury(&crew, &crew.workers[i], NULL);
    }
    sigaction(SIGPIPE, &before, NULL);
    if (!runs)
        *why = strerror(errno);
    return runs;
}

#include "base/process.h"

#include "base/memory.h"

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

static void set_limit(__rlimit_resource_t resource, rlim_t value)
{
    struct rlimit limit = {value, value};
    setrlimit(resource, &limit);
}

void process_shut_in(size_t memory_bytes)
{
    int nowhere[2];
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0);
    signal(SIGPIPE, SIG_IGN);
    signal(SIGXFSZ, SIG_IGN);
    if (pipe(nowhere) == 0) {
        close(nowhere[0]);
        dup2(nowhere[1], STDOUT_FILENO);
        if (memory_can_be_limited) /* else a sanitizer has something to say */
            dup2(nowhere[1], STDERR_FILENO);
    }
    set_limit(RLIMIT_CORE, 0);
    set_limit(RLIMIT_FSIZE, 0);
    memory_limit(memory_bytes);
}

void process_limit_time(unsigned seconds)
{
    struct rusage usage;
    struct rlimit limit;
    getrusage(RUSAGE_SELF, &usage);
    getrlimit(RLIMIT_CPU, &limit);
    limit.rlim_cur = (rlim_t)usage.ru_utime.tv_sec + (rlim_t)usage.ru_stime.tv_sec + seconds + 1;
    setrlimit(RLIMIT_CPU, &limit);
}

uint64_t process_milliseconds(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (uint64_t)now.tv_sec * 1000u + (uint64_t)now.tv_nsec / 1000000u;
}

bool process_begin(struct process_child *child, bool (*work)(const void *closure, int pipe),
                   const void *closure, size_t memory_bytes, unsigned seconds)
{
    int ends[2];
    if (pipe(ends) < 0)
        return false;
    pid_t process = fork();
    if (process == 0) {
        close(ends[0]);
        process_shut_in(memory_bytes);
        process_limit_time(seconds);
        _exit(work(closure, ends[1]) ? 0 : 1);
    }
    close(ends[1]);
    *child = (struct process_child){.id = process, .pipe = ends[0]};
    if (process < 0)
        close(ends[0]);
    return process > 0;
}

enum process_news process_hear(const struct process_child *child, uint64_t deadline,
                               struct buffer *got)
{
    for (;;) {
        char bytes[65536];
        uint64_t now = process_milliseconds();
        struct pollfd wait = {.fd = child->pipe, .events = POLLIN};
        int ready = poll(&wait, 1, now < deadline ? (int)(deadline - now) : 0);
        if (ready == 0)
            return PROCESS_LATE;
        ssize_t length = ready > 0 ? read(child->pipe, bytes, sizeof bytes) : ready;
        if (length < 0 && errno == EINTR)
            continue;
        if (length > 0)
            buffer_add(got, bytes, (size_t)length);
        return length > 0 ? PROCESS_WROTE : ready > 0 ? PROCESS_ENDED : PROCESS_LOST;
    }
}

bool process_end(const struct process_child *child, bool is_done)
{
    int status = 0;
    pid_t ended;
    close(child->pipe);
    if (!is_done)
        kill(child->id, SIGKILL);
    while ((ended = waitpid(child->id, &status, 0)) < 0 && errno == EINTR)
        ;
    return is_done && ended == child->id && WIFEXITED(status) && WEXITSTATUS(status) == 0;
}

bool process_ask(bool (*work)(const void *closure, int pipe), const void *closure,
                 size_t memory_bytes, unsigned seconds, struct buffer *got)
{
    struct process_child child;
    if (!process_begin(&child, work, closure, memory_bytes, seconds))
        return false;
    /* Time is bounded by the processor's; the clock ends only what waits for ever, however busy
       the machine is. */
    uint64_t deadline = process_milliseconds() + 30000u * seconds;
    enum process_news news = PROCESS_WROTE;
    while (news == PROCESS_WROTE && !got->overflowed) /* it is late, or sends too much */
        news = process_hear(&child, deadline, got);
    return process_end(&child, news == PROCESS_ENDED);
}

int process_apart(int (*work)(const void *closure), const void *closure)
{
    int status = 0;
    pid_t ended, process = fork();
    if (process == 0) {
        prctl(PR_SET_PDEATHSIG, SIGKILL);
        _exit(work(closure));
    }
    if (process < 0)
        return -1;
    while ((ended = waitpid(process, &status, 0)) < 0 && errno == EINTR)
        ;
    if (ended == process && WIFSIGNALED(status) && WTERMSIG(status) == SIGPIPE)
        raise(SIGPIPE); /* nobody reads what is printed: no fault of the work */
    return ended == process && WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

uint64_t process_children_milliseconds(void)
{
    struct rusage usage;
    getrusage(RUSAGE_CHILDREN, &usage);
    return (uint64_t)(usage.ru_utime.tv_sec + usage.ru_stime.tv_sec) * 1000u +
           (uint64_t)(usage.ru_utime.tv_usec + usage.ru_stime.tv_usec) / 1000u;
}

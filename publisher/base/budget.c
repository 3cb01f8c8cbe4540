/* A timer of the processor's time looks every few milliseconds of computing: what was used is asked
   for then, and not at each of the many places that ask whether to go on. */
#include "base/budget.h"

#include "base/files.h"
#include "base/limits.h"
#include "base/memory.h"

#include <errno.h>
#include <sys/resource.h>
#include <unistd.h>

enum { NOTHING, TIME, MEMORY };
enum {
    LOOK_MILLISECONDS = 20,
    MEGABYTE = 1024 * 1024,
    STAGES_STOP = 85,      /* per cent, when those who ask are told to stop */
    SLOWER_IN_A_TEST = 10, /* a program that is watched by a sanitizer */
    SOON_IN_A_TEST = 5,    /* the same, where a test asks for less than the default */
};

static uint64_t milliseconds_of(int who)
{
    struct rusage usage;
    getrusage(who, &usage);
    return (uint64_t)(usage.ru_utime.tv_sec + usage.ru_stime.tv_sec) * 1000u +
           (uint64_t)(usage.ru_utime.tv_usec + usage.ru_stime.tv_usec) / 1000u;
}

static uint64_t milliseconds_used(void)
{
    return milliseconds_of(RUSAGE_SELF) + milliseconds_of(RUSAGE_CHILDREN);
}

/* Pages of memory that are the process's own: what it has of files, such as fonts, is not. Called
   by a handler of signals: nothing of the C library that allocates or locks. */
static uint64_t memory_used(void)
{
    char line[128];
    size_t length = file_peek("/proc/self/statm", line, sizeof line);
    uint64_t numbers[3] = {0}; /* all, those in memory, of these those of files */
    size_t field = 0;
    for (size_t i = 0; i < length && field < 3; i++) {
        if (line[i] >= '0' && line[i] <= '9')
            numbers[field] = numbers[field] * 10 + (uint64_t)(line[i] - '0');
        else
            field++;
    }
    return numbers[1] > numbers[2] ? (numbers[1] - numbers[2]) * (uint64_t)sysconf(_SC_PAGESIZE)
                                   : 0;
}

/* Seconds of computing for all of the input. */
static uint64_t seconds_allowed(const struct budget *budget)
{
    uint64_t bytes = budget->other_bytes;
    for (size_t i = 0; i < budget->report->source_count; i++)
        bytes += budget->report->sources[i].bytes.length;
    uint64_t megabytes = (bytes + MEGABYTE - 1) / MEGABYTE;
    return budget->seconds * (megabytes ? megabytes : 1) *
           (budget->editions ? budget->editions : 1);
}

static uint64_t bytes_allowed(uint64_t seconds)
{
    return (seconds > LIMIT_RUN_SECONDS ? seconds : LIMIT_RUN_SECONDS) * LIMIT_RUN_MEMORY /
           LIMIT_RUN_SECONDS;
}

/* Whether so many per cent of it are used up. */
static int find_spent(const struct budget *budget, uint64_t per_cent)
{
    uint64_t seconds = seconds_allowed(budget), memory = memory_used();
    uint64_t slower = memory_can_be_limited                 ? 1
                      : budget->seconds < LIMIT_RUN_SECONDS ? SOON_IN_A_TEST
                                                            : SLOWER_IN_A_TEST;
    if (milliseconds_used() - budget->began_ms > seconds * slower * 10 * per_cent)
        return TIME;
    if (memory_can_be_limited && memory > budget->memory_before &&
        memory - budget->memory_before > bytes_allowed(seconds) / 100 * per_cent)
        return MEMORY;
    return NOTHING;
}

/* the end of a run that does not ask */

static size_t put_words(char *line, size_t at, size_t room, const char *words, size_t length)
{
    for (size_t i = 0; i < length && at < room; i++)
        line[at++] = words[i];
    return at;
}

static size_t put_number(char *line, size_t at, size_t room, uint64_t number)
{
    char digits[20];
    size_t count = 0;
    do
        digits[count++] = (char)('0' + number % 10);
    while ((number /= 10) != 0);
    while (count && at < room)
        line[at++] = digits[--count];
    return at;
}

static volatile sig_atomic_t exit_code = BUDGET_EXIT;

/* In a handler of signals: what may be called there is little. */
static void end_process(const struct budget *budget, int spent)
{
    static const char rule[] = "error[budget-exceeded]: this takes more than ";
    static const char one[] = " second of the processor (--budget)\n";
    static const char time[] = " seconds of the processor (--budget)\n";
    static const char memory[] = " MB of memory (--budget)\n";
    char line[1024];
    size_t at = 0, room = sizeof line - sizeof memory - sizeof time;
    uint64_t seconds = seconds_allowed(budget);
    if (budget->place.file < budget->report->source_count) {
        const struct report_source *source = &budget->report->sources[budget->place.file];
        at = put_words(line, at, room / 2, source->name.bytes, source->name.length);
        at = put_words(line, at, room, ":", 1);
        if (!source->assembled && budget->place.line) {
            at = put_number(line, at, room, budget->place.line);
            at = put_words(line, at, room, ":", 1);
        }
        at = put_words(line, at, room, " ", 1);
    }
    at = put_words(line, at, room, rule, sizeof rule - 1);
    at = put_number(line, at, room, spent == TIME ? seconds : bytes_allowed(seconds) / MEGABYTE);
    if (spent == MEMORY)
        at = put_words(line, at, sizeof line, memory, sizeof memory - 1);
    else if (seconds == 1)
        at = put_words(line, at, sizeof line, one, sizeof one - 1);
    else
        at = put_words(line, at, sizeof line, time, sizeof time - 1);
    ssize_t written = write(STDERR_FILENO, line, at);
    (void)written; /* nobody is left to be told */
    _exit(exit_code);
}

void budget_be_worker(void)
{
    exit_code = BUDGET_EXIT_OF_WORKER;
}

static void look(int signal, siginfo_t *info, void *context)
{
    struct budget *budget = info->si_value.sival_ptr;
    (void)signal, (void)context;
    if (info->si_code != SI_TIMER || !budget)
        return;
    int error = errno, nearly = find_spent(budget, STAGES_STOP);
    int spent = nearly ? find_spent(budget, 100) : NOTHING;
    if (spent)
        end_process(budget, spent);
    if (!budget->spent)
        budget->spent = nearly;
    errno = error;
}

void budget_begin(struct budget *budget, struct report *report, unsigned seconds)
{
    *budget = (struct budget){.report = report, .seconds = seconds};
    report->budget = budget;
    if (seconds == 0)
        return;
    budget->began_ms = milliseconds_used();
    budget->memory_before = memory_used();
    struct sigaction action = {.sa_sigaction = look, .sa_flags = SA_SIGINFO | SA_RESTART};
    sigemptyset(&action.sa_mask);
    struct sigevent event = {
        .sigev_notify = SIGEV_SIGNAL, .sigev_signo = SIGRTMIN + 1, .sigev_value.sival_ptr = budget};
    const struct timespec often = {.tv_nsec = LOOK_MILLISECONDS * 1000L * 1000L};
    const struct itimerspec times = {often, often};
    budget->is_watched = sigaction(event.sigev_signo, &action, NULL) == 0 &&
                         timer_create(CLOCK_PROCESS_CPUTIME_ID, &event, &budget->timer) == 0;
    if (budget->is_watched)
        timer_settime(budget->timer, 0, &times, NULL);
}

void budget_end(struct budget *budget)
{
    if (budget->is_watched)
        timer_delete(budget->timer);
    budget->is_watched = false;
    if (budget->report)
        budget->report->budget = NULL;
}

void budget_renew(struct budget *budget)
{
    struct report *report = budget->report;
    uint64_t other_bytes = budget->other_bytes;
    budget_end(budget);
    budget_begin(budget, report, budget->seconds);
    budget->other_bytes = other_bytes;
}

void budget_add_input(const struct report *report, size_t bytes)
{
    if (report->budget)
        report->budget->other_bytes += bytes;
}

void budget_set_editions(const struct report *report, size_t editions)
{
    if (report->budget)
        report->budget->editions = (unsigned)editions;
}

bool budget_is_left(const struct report *report)
{
    return !report || !report->budget || !report->budget->spent;
}

bool budget_allows(struct report *report, struct span place)
{
    struct budget *budget = report ? report->budget : NULL;
    if (!budget)
        return true;
    if (place.line > 1 || place.column > 1) /* else it is the document as a whole: no place */
        budget->place = place;
    if (!budget->spent)
        return true;
    if (budget->is_told)
        return false;
    uint64_t seconds = seconds_allowed(budget);
    budget->is_told = true;
    if (budget->spent == TIME)
        report_error(report, "budget-exceeded", budget->place, NULL,
                     "this takes more than %llu second%s of the processor, used up here",
                     (unsigned long long)seconds, seconds == 1 ? "" : "s");
    else
        report_error(report, "budget-exceeded", budget->place, NULL,
                     "this takes more than %llu MB of memory, used up here",
                     (unsigned long long)(bytes_allowed(seconds) / MEGABYTE));
    return false;
}

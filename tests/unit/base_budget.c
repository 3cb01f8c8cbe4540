/* What a run may take: the stages are told to stop, and who does not ask is ended. */
#include "base/budget.h"

#include "base/limits.h"
#include "base/memory.h"
#include "tests/unit/unit.h"

#include <poll.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

static double seconds_of_computing(void)
{
    struct timespec now;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
    return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

static const struct span fifth = {
    .file = 0, .line = 5, .column = 1, .end_line = 5, .end_column = 2};

struct work {
    struct arena arena;
    struct report report;
    struct budget budget;
};

static void begin(struct work *work, text source, unsigned seconds)
{
    arena_init(&work->arena);
    report_init(&work->report, &work->arena);
    budget_begin(&work->budget, &work->report, seconds);
    report_add_source(&work->report, TEXT("a.md"), source);
}

static void end(struct work *work)
{
    budget_end(&work->budget);
    arena_release(&work->arena);
}

/* Asks until it is told to stop, or for so many seconds of computing, which are the result. */
static double work_on(struct work *work, double most)
{
    double began = seconds_of_computing(), used = 0;
    while (used < most && budget_allows(&work->report, fifth))
        used = seconds_of_computing() - began;
    return used;
}

static double slower(void)
{
    return memory_can_be_limited ? 1
                                 : 5; /* under a sanitizer, where less than the default is asked */
}

/* No input of a megabyte takes more than this. Most of the time is taken for gone. */
static void test_a_megabyte_may_take_ten_seconds_and_a_gigabyte(void)
{
    struct work work;
    char *bytes = calloc(1, 1024 * 1024);
    CHECK(LIMIT_RUN_SECONDS == 10 && LIMIT_RUN_MEMORY == 1024LL * 1024 * 1024);
    begin(&work, (text){bytes, 1024 * 1024}, LIMIT_RUN_SECONDS);
    work.budget.began_ms -= (uint64_t)(10000 * 0.84 * (memory_can_be_limited ? 1 : 10));
    CHECK(work_on(&work, 0.05) >= 0.05);
    work.budget.began_ms -= (uint64_t)(10000 * 0.02 * (memory_can_be_limited ? 1 : 10));
    CHECK(work_on(&work, 0.5) < 0.5);
    struct buffer out;
    buffer_init(&out, 1024 * 1024);
    report_print(&work.report, &out);
    CHECK(text_find(buffer_text(&out), TEXT("this takes more than 10 seconds of the processor"),
                    0) != SIZE_MAX);
    buffer_release(&out);
    end(&work);
    free(bytes);
}

static void test_stages_are_told_to_stop_before_the_time_is_used_up(void)
{
    struct work work;
    begin(&work, TEXT("a\n\nb\n\nc d\n"), 1);
    for (uint32_t i = 0; i < LIMIT_DIAGNOSTICS; i++) /* they do not keep it from being told */
        report_warning(&work.report, "heading-repeated", ((struct span){.line = 1, .column = i}),
                       NULL, "%u", (unsigned)i);
    double used = work_on(&work, 2 * slower());
    CHECK(used > 0.7 * slower() && used < slower());
    CHECK(!budget_is_left(&work.report));
    CHECK(!budget_allows(&work.report, fifth));
    CHECK(work.report.errors == 1); /* told once */
    struct buffer out;
    buffer_init(&out, 1024 * 1024);
    report_print(&work.report, &out);
    CHECK(text_find(buffer_text(&out),
                    TEXT("a.md:5:1: error[budget-exceeded]: this takes "
                         "more than 1 second of the processor"),
                    0) != SIZE_MAX);
    buffer_release(&out);
    end(&work);
}

static void test_larger_input_and_more_editions_have_more_time(void)
{
    struct work work;
    char *bytes = calloc(1, 1024 * 1024 + 1);
    begin(&work, (text){bytes, 1024 * 1024 + 1}, 1);
    CHECK(work_on(&work, 1.2 * slower()) >= 1.2 * slower());
    CHECK(budget_is_left(&work.report));
    end(&work);
    begin(&work, TEXT("a\n"), 1);
    budget_add_input(&work.report, 1024 * 1024);
    CHECK(work_on(&work, 1.2 * slower()) >= 1.2 * slower());
    end(&work);
    begin(&work, TEXT("a\n"), 1);
    budget_set_editions(&work.report, 2);
    CHECK(work_on(&work, 1.2 * slower()) >= 1.2 * slower());
    CHECK(work.report.errors == 0);
    end(&work);
    free(bytes);
}

static void test_time_of_a_clock_does_not_count(void)
{
    struct work work;
    begin(&work, TEXT("a\n"), 1);
    poll(NULL, 0, 1500);
    CHECK(budget_allows(&work.report, fifth));
    end(&work);
}

static void test_without_a_budget_nothing_is_bounded(void)
{
    struct work work;
    begin(&work, TEXT("a\n"), 0);
    CHECK(work_on(&work, 1.2) >= 1.2);
    CHECK(work.report.errors == 0);
    end(&work);
    CHECK(budget_allows(NULL, fifth) && budget_is_left(NULL));
}

static void test_computing_before_it_began_does_not_count(void)
{
    struct work work;
    begin(&work, TEXT("a\n"), 0);
    work_on(&work, 1.2);
    end(&work);
    begin(&work, TEXT("a\n"), 2);
    CHECK(work_on(&work, 1.2) >= 1.2);
    end(&work);
}

static void test_memory_counts_too(void)
{
    enum { PIECES = 96, PIECE = 16 * 1024 * 1024 }; /* 1.5 GB in all, of 1 GB */
    struct work work;
    char *pieces[PIECES] = {0};
    size_t count = 0;
    begin(&work, TEXT("a\n\nb\n\nc d\n"), 5);
    while (count < PIECES && budget_allows(&work.report, fifth)) {
        pieces[count] = malloc(PIECE);
        if (pieces[count])
            memset(pieces[count], 1, PIECE);
        count++;
    }
    CHECK(count == PIECES ? !memory_can_be_limited : memory_can_be_limited);
    CHECK(!memory_can_be_limited || work.report.errors == 1);
    for (size_t i = 0; i < count; i++)
        free(pieces[i]);
    end(&work);
}

/* What a child, which computes without asking, says and how it ends. */
static void test_who_does_not_ask_is_ended_with_the_place_in_a_line(void)
{
    int ends[2], status = 0;
    char said[1024];
    size_t length = 0;
    if (pipe(ends) < 0)
        return;
    pid_t child = fork();
    if (child == 0) {
        struct work work;
        dup2(ends[1], STDERR_FILENO);
        begin(&work, TEXT("a\n\nb\n\nc d\n"), 1);
        bool is_left = budget_allows(&work.report, fifth);
        double began = seconds_of_computing();
        while (is_left && seconds_of_computing() - began < 2 * slower())
            ;
        _exit(77);
    }
    close(ends[1]);
    for (ssize_t more; (more = read(ends[0], said + length, sizeof said - length)) > 0;)
        length += (size_t)more;
    close(ends[0]);
    waitpid(child, &status, 0);
    CHECK(WIFEXITED(status) && WEXITSTATUS(status) == BUDGET_EXIT);
    CHECK_TEXT(((text){said, length}),
               "a.md:5: error[budget-exceeded]: this takes more than 1 second of the "
               "processor (--budget)\n");
}

int main(void)
{
    RUN(test_stages_are_told_to_stop_before_the_time_is_used_up);
    RUN(test_larger_input_and_more_editions_have_more_time);
    RUN(test_a_megabyte_may_take_ten_seconds_and_a_gigabyte);
    RUN(test_time_of_a_clock_does_not_count);
    RUN(test_without_a_budget_nothing_is_bounded);
    RUN(test_computing_before_it_began_does_not_count);
    RUN(test_memory_counts_too);
    RUN(test_who_does_not_ask_is_ended_with_the_place_in_a_line);
    UNIT_EXIT();
}

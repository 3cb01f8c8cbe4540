#include "commands/commands.h"

#include "base/budget.h"
#include "base/files.h"
#include "base/limits.h"
#include "base/memory.h"
#include "base/process.h"
#include "libraries/library.h"

#include <errno.h>
#include <unistd.h>

static void complain(struct arena *arena, const char *path, const char *rule, text why)
{
    stream_complain(
        arena_printf(arena, "%s: error[%s]: %s: %.*s\n", path, rule, path, TEXT_ARGUMENTS(why)));
}

/* What goes to standard output goes there bit by bit; a report is written whole or not at all. */
static void print(void *is_printed, text bytes)
{
    bool *all = is_printed;
    *all = *all && stream_write(STDOUT_FILENO, bytes);
}

/* A file to look into, as the settings want it. */
struct work {
    const struct settings *settings;
    const char *path;
};

/* Reads it and, unless it is a page with pictures, writes it, all within the budget, which follows
   the size of the file: what uses it up ends this process with a message. The pictures of a page
   have limits of their own (LIMIT_REPORT_…). */
static struct inspection *inspect_within_budget(struct arena *arena, const struct work *work,
                                                text bytes, struct buffer *out, bool *is_written)
{
    struct report report;
    struct budget budget;
    text name = text_from_c(work->path);
    enum inspect_format format = work->settings->inspect_format;
    report_init(&report, arena);
    report_add_source(&report, name, bytes);
    budget_begin(&budget, &report, work->settings->publish.budget_seconds);
    struct inspection *inspection = inspect(arena, name, bytes);
    if (format == INSPECT_HTML)
        budget_end(&budget);
    *is_written = inspection_write(inspection, format, out);
    budget_end(&budget);
    return inspection;
}

/* One file to standard output, or its report to a file, written whole or not at all.
   OUTCOME_INPUT where there are findings or the file cannot be read whole; why stands on standard
   error. */
static enum outcome inspect_file(const struct work *work)
{
    const char *path = work->path, *report = work->settings->report;
    struct arena arena;
    struct buffer out;
    text bytes;
    enum outcome outcome = OUTCOME_DONE;
    arena_init(&arena);
    buffer_init(&out, LIMIT_OUTPUT_BYTES);
    bool is_delivered = true;
    if (!report)
        buffer_drain(&out, print, &is_delivered);
    enum file_status status = file_read_any(&arena, path, LIMIT_INSPECT_FILE_BYTES, &bytes);
    if (status != FILE_OK) {
        complain(&arena, path, status == FILE_NOT_FOUND ? "file-missing" : "inspect-unreadable",
                 text_from_c(file_status_words(status)));
        outcome = OUTCOME_INPUT;
    } else {
        memory_limit(LIMIT_INSPECT_MEMORY + 2 * bytes.length);
        bool is_written;
        const struct inspection *inspection =
            inspect_within_budget(&arena, work, bytes, &out, &is_written);
        if (is_written && report)
            is_delivered = file_write_whole(report, buffer_text(&out));
        else if (is_written)
            print(&is_delivered, buffer_text(&out));
        if (!is_delivered) {
            complain(&arena, report ? report : "standard output", "inspect-unwritten",
                     TEXT("cannot be written"));
            outcome = OUTCOME_SYSTEM;
        } else if (inspection_failure(inspection).length || !is_written) {
            complain(&arena, path, "inspect-unreadable",
                     is_written ? inspection_failure(inspection)
                                : TEXT("its report would be too large"));
            outcome = OUTCOME_INPUT;
        } else if (inspection_findings(inspection)) {
            outcome = OUTCOME_INPUT;
        }
    }
    buffer_release(&out);
    arena_release(&arena);
    return outcome;
}

static int do_work(const void *work)
{
    return (int)inspect_file(work);
}

/* One of many, in a process of its own: one that is too much is lost alone. */
static enum outcome inspect_apart(const struct work *work)
{
    int code = process_apart(do_work, work);
    if (code >= 0)
        return (enum outcome)code;
    struct arena arena;
    arena_init(&arena);
    complain(&arena, work->path, "inspect-unreadable", TEXT("the process that read it was ended"));
    arena_release(&arena);
    return OUTCOME_SYSTEM;
}

static error_t parse_inspect(int key, char *argument, struct argp_state *state)
{
    struct settings *settings = state->input;
    switch (key) {
    case ARGP_KEY_ARG:
        return add_file(settings, argument);
    case ARGP_KEY_NO_ARGS:
        argp_error(state, "name a file to look into: a PDF or an EPUB");
        return EINVAL;
    case OPTION_FORMAT:
        if (strcmp(argument, "text") != 0 && strcmp(argument, "json") != 0 &&
            strcmp(argument, "html") != 0)
            argp_error(state, "--format takes text, json or html, not %s", argument);
        settings->inspect_format = argument[0] == 'j'   ? INSPECT_JSON
                                   : argument[0] == 'h' ? INSPECT_HTML
                                                        : INSPECT_TEXT;
        return 0;
    case OPTION_REPORT:
        settings->report = argument;
        return 0;
    case ARGP_KEY_END:
        if (settings->report)
            settings->inspect_format = INSPECT_HTML;
        if (settings->inspect_format == INSPECT_HTML && settings->file_count > 1)
            argp_error(state, "a report takes one file at a time");
        if (settings->report && settings->file_count && file_kind(settings->files[0]) == 'f' &&
            file_is_same(settings->report, settings->files[0]))
            argp_error(state, "the report would take the place of %s", settings->files[0]);
        return 0;
    default:
        return parse_budget(key, argument, state);
    }
}

static const struct argp_option inspect_options[] = {
    {"format", OPTION_FORMAT, "FORMAT", 0, "text, json or html (default: text)", 0},
    {"report", OPTION_REPORT, "FILE", 0, "write all of it as one page of HTML into FILE", 0},
    {"budget", OPTION_BUDGET, "SECONDS", 0,
     "give up a file that takes more time of the processor for each megabyte of it, or memory in "
     "proportion (default: 10, and 1 GB; 0: no limit)",
     0},
    {0},
};

/* What the process for this file needs is opened here, once for all. Where it cannot be, that
   process says so: the other files may need none of it. A stream is not looked into: its bytes
   would be gone. */
static void prepare(const char *path)
{
    char bytes[1024];
    if (file_kind(path) != 'f')
        return;
    const char *library = inspect_library((text){bytes, file_peek(path, bytes, sizeof bytes)});
    if (library)
        (void)library_try(library);
}

static enum outcome run_inspect(struct settings *settings)
{
    enum outcome outcome = OUTCOME_DONE;
    for (size_t i = 0; i < settings->file_count; i++) {
        const struct work work = {settings, settings->files[i]};
        if (settings->file_count > 1)
            prepare(work.path);
        outcome = worse_outcome(outcome, settings->file_count == 1 ? inspect_file(&work)
                                                                   : inspect_apart(&work));
    }
    return outcome;
}

const struct command inspect_command = {
    .name = "inspect",
    .summary = "show what assistive technology gets from a PDF or an EPUB",
    .run = run_inspect,
    .argp =
        {inspect_options, parse_inspect, "FILE...",
         "Reads each FILE, a PDF or an EPUB, whoever made it, and prints its tags with their text "
         "in reading order, its headings, links and tables, and which conditions for accessibility "
         "it does not meet.\vExit codes: 0 no findings, 1 findings or a file that cannot be read, "
         "3 what it found could not be written.",
         NULL, NULL, NULL},
};

#include "commands/commands.h"

#include "base/files.h"
#include "base/limits.h"
#include "base/memory.h"

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

/* One file to standard output, or its report to a file, written whole or not at all.
   OUTCOME_INPUT where there are findings or the file cannot be read whole; why stands on standard
   error. */
static enum outcome inspect_file(struct arena *arena, const char *path, enum inspect_format format,
                                 const char *report)
{
    struct arena own; /* freed when the file is done: a batch of them may be long */
    struct buffer out;
    text bytes;
    enum outcome outcome = OUTCOME_DONE;
    arena_init(&own);
    buffer_init(&out, LIMIT_OUTPUT_BYTES);
    bool is_delivered = true;
    if (!report)
        buffer_drain(&out, print, &is_delivered);
    enum file_status status = file_read_any(&own, path, LIMIT_INSPECT_FILE_BYTES, &bytes);
    if (status != FILE_OK) {
        complain(arena, path, status == FILE_NOT_FOUND ? "file-missing" : "inspect-unreadable",
                 text_from_c(file_status_words(status)));
        outcome = OUTCOME_INPUT;
    } else {
        memory_limit(LIMIT_INSPECT_MEMORY + 2 * bytes.length);
        const struct inspection *inspection = inspect(&own, text_from_c(path), bytes);
        bool is_written = inspection_write(inspection, format, &out);
        if (is_written && report)
            is_delivered = file_write_whole(report, buffer_text(&out));
        else if (is_written)
            print(&is_delivered, buffer_text(&out));
        if (!is_delivered) {
            complain(arena, report ? report : "standard output", "inspect-unwritten",
                     TEXT("cannot be written"));
            outcome = OUTCOME_SYSTEM;
        } else if (inspection_failure(inspection).length || !is_written) {
            complain(arena, path, "inspect-unreadable",
                     is_written ? inspection_failure(inspection)
                                : TEXT("its report would be too large"));
            outcome = OUTCOME_INPUT;
        } else if (inspection_findings(inspection)) {
            outcome = OUTCOME_INPUT;
        }
    }
    buffer_release(&out);
    arena_release(&own);
    return outcome;
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
        return ARGP_ERR_UNKNOWN;
    }
}

static const struct argp_option inspect_options[] = {
    {"format", OPTION_FORMAT, "FORMAT", 0, "text, json or html (default: text)", 0},
    {"report", OPTION_REPORT, "FILE", 0, "write all of it as one page of HTML into FILE", 0},
    {0},
};

static enum outcome run_inspect(struct settings *settings)
{
    enum outcome outcome = OUTCOME_DONE;
    for (size_t i = 0; i < settings->file_count; i++)
        outcome = worse_outcome(outcome, inspect_file(&settings->arena, settings->files[i],
                                                      settings->inspect_format, settings->report));
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

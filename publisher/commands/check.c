#include "commands/commands.h"

#include "base/limits.h"
#include "check/rules_print.h"
#include "read/notations.h"

#include <unistd.h>

static error_t parse_check(int key, char *argument, struct argp_state *state)
{
    struct settings *settings = state->input;
    switch (key) {
    case OPTION_DATA:
    case OPTION_NAME:
        return parse_data(key, argument, state);
    case ARGP_KEY_END:
        parse_data(key, argument, state);
        for (size_t i = 0; settings->fixes && i < settings->count; i++)
            if (settings->articles[i].is_given)
                argp_error(state, "--fix mends files, not what comes from a pipe");
        return 0;
    case ARGP_KEY_NO_ARGS:
        return settings->prints_rules || settings->prints_notations
                   ? 0
                   : parse_languages(key, argument, state);
    case OPTION_FORMAT:
        if (!report_format_find(text_from_c(argument), &settings->report_format))
            argp_error(state, "--format takes text, json, sarif or junit, not %s", argument);
        return 0;
    case OPTION_STRICT:
        settings->publish.is_strict = true;
        return 0;
    case OPTION_PAGES:
        settings->publish.sets_pages = true;
        return 0;
    case OPTION_FIX:
        settings->fixes = true;
        return 0;
    case OPTION_RULES:
        settings->prints_rules = true;
        return 0;
    case OPTION_NOTATIONS:
        settings->prints_notations = true;
        return 0;
    default:
        return parse_look(key, argument, state);
    }
}

static const struct argp_option check_options[] = {
    {"format", OPTION_FORMAT, "FORMAT", 0,
     "text, json, sarif (SARIF 2.1.0) or junit (default: text, on standard error)", 0},
    {"strict", OPTION_STRICT, NULL, 0, "fail on warnings too", 0},
    {"pages", OPTION_PAGES, NULL, 0,
     "set the pages, too: find what shows only there, such as characters that no font has", 0},
    {"fix", OPTION_FIX, NULL, 0, "first mend in the articles what can be mended safely", 0},
    {"rules", OPTION_RULES, NULL, 0, "print the rules, each with what to do", 0},
    {"notations", OPTION_NOTATIONS, NULL, 0, "print what becomes of the notations of other tools",
     0},
    {"paper", OPTION_PAPER, "SIZE", 0, paper_words, 0},
    {"profile", OPTION_PROFILE, "NAMES", 0, profile_words, 0},
    {"theme", OPTION_THEME, "FILE", 0, theme_words, 0},
    {"lang", OPTION_LANGUAGE, "TAGS", 0, lang_words, 0},
    {"edition", OPTION_EDITION, "EDITIONS", 0, edition_words, 0},
    {"missing", OPTION_MISSING, "POLICY", 0, missing_words, 0},
    {"data", OPTION_DATA, "FILE", 0, data_words, 0},
    {"name", OPTION_NAME, "PATTERN", 0, name_words, 0},
    {"set", OPTION_SET, "NAME=WORDS", 0, set_words, 0},
    {"budget", OPTION_BUDGET, "SECONDS", 0, budget_words, 0},
    {0},
};

static enum outcome print_table(void (*print)(struct buffer *out))
{
    struct buffer out;
    buffer_init(&out, LIMIT_OUTPUT_BYTES);
    print(&out);
    bool is_written = stream_print(buffer_text(&out));
    buffer_release(&out);
    return is_written ? OUTCOME_DONE : OUTCOME_SYSTEM;
}

/* All articles go into one list of faults. */
static enum outcome run_check(struct settings *settings)
{
    if (settings->prints_rules || settings->prints_notations)
        return print_table(settings->prints_rules ? rules_print : notations_print);
    enum outcome fixed = OUTCOME_DONE;
    for (size_t i = 0; settings->fixes && i < settings->count; i++)
        fixed = worse_outcome(fixed, publish_fix(&settings->articles[i], &settings->publish));
    struct printer printer;
    printer_begin(&printer, settings->report_format, settings->publish.is_strict, LECTERN_VERSION);
    settings->publish.printer = &printer;
    report_choice(settings, &printer);
    struct report rows;
    report_init(&rows, &settings->arena);
    if (!expand_rows(settings, &rows))
        settings->count = 0;
    if (rows.count)
        printer_add(&printer, &rows);
    fixed = worse_outcome(fixed, rows.errors ? OUTCOME_INPUT : OUTCOME_DONE);
    enum outcome outcome = worse_outcome(fixed, for_each_language(settings, publish_check));
    printer_end(&printer);
    /* What a program reads goes where programs read; what a person reads, where it always went. */
    bool is_text = settings->report_format == REPORT_TEXT;
    text said = buffer_text(&printer.out);
    if (!(is_text ? stream_write(STDERR_FILENO, said) : stream_print(said)))
        outcome = OUTCOME_SYSTEM;
    printer_release(&printer);
    return outcome;
}

const struct command check_command = {
    .name = "check",
    .summary = "report what a reader could not use; write nothing",
    .run = run_check,
    .argp = {check_options, parse_check, "SOURCE...",
             "Reads and checks each SOURCE and writes no file, except with --fix.", NULL, NULL,
             NULL},
    .tells_choice = true,
};

#include "commands/commands.h"
#include "commands/words.h"

#include "base/files.h"
#include "base/lengths.h"
#include "base/limits.h"
#include "batch/jobs.h"
#include "batch/selection.h"

#include <errno.h>
#include <unistd.h>

/* Of build, check and dump. */
const char lang_words[] =
    "only these languages, with commas (default: the article's own and all that it is translated "
    "into)";
const char edition_words[] = "in two languages at once, such as en+es: unit by unit, side by side "
                             "where there is room (alone, "
                             "unless --lang names others)";
const char missing_words[] =
    "words that are not translated: fail (default), source: leave them, marked with their "
    "language, notice: the same, and say so at the head";

const char budget_words[] =
    "give up an article that takes more time of the processor for each megabyte of its sources, or "
    "memory in proportion (default: 10, and 1 GB; 0: no limit)";

const char set_words[] = "the words that stand in the place of {{NAME}}, whatever the article says";

/* Of build and check. */
const char data_words[] =
    "a publication for each row of this CSV file, whose columns are variables";
const char name_words[] =
    "what each of them is called, such as {{surname}}-{{row}} (default: the article's name and the "
    "number of the row)";

const char paper_words[] =
    "a3, a4, a5, a6, letter or legal (default: the article's page.size, else a4)";
const char profile_words[] = "standard, large-print, large-print=20 (any size from 16 to 72), "
                             "dyslexia, booklet or book; more "
                             "than one with commas (default: the "
                             "article's profile, else standard)";
const char theme_words[] =
    "clinic, council, journal, novel, plain or school, or the file of a house theme; in place of "
    "the article's own";

error_t add_file(struct settings *settings, const char *argument)
{
    ARENA_GROW(&settings->arena, settings->files, settings->file_count, settings->file_capacity);
    settings->files[settings->file_count++] = argument;
    return 0;
}

/* Articles from that number on that were found already are the same articles still. */
static void leave_out_named_twice(struct settings *settings, size_t before)
{
    size_t kept = before;
    for (size_t i = before; i < settings->count; i++) {
        const struct article *article = &settings->articles[i];
        struct file_stamp stamp, other;
        text path = article_path(&settings->arena, article, article->file);
        bool is_there = file_stamp(path.bytes, &stamp), is_known = false;
        for (size_t k = 0; k < before && is_there && !is_known; k++) {
            const struct article *earlier = &settings->articles[k];
            if (!text_equal(earlier->name, article->name))
                continue;
            path = article_path(&settings->arena, earlier, earlier->file);
            is_known = file_stamp(path.bytes, &other) && file_stamp_equal(&stamp, &other);
        }
        if (!is_known)
            settings->articles[kept++] = *article;
    }
    settings->count = kept;
}

/* A source that is not there is the input's fault; the others are still published. */
static void add_missing(struct settings *settings, const char *name, const char *why)
{
    ARENA_GROW(&settings->arena, settings->missing, settings->missing_count,
               settings->missing_capacity);
    settings->missing[settings->missing_count++] = (struct missing_source){name, why};
    settings->outcome = OUTCOME_INPUT;
}

void add_source(struct settings *settings, const char *argument)
{
    add_file(settings, argument);
    const char *why = "";
    size_t before = settings->count;
    struct unread_folders unread = {0};
    bool is_found = jobs_find_articles(&settings->arena, text_from_c(argument), &settings->articles,
                                       &settings->count, &settings->capacity, &unread, &why);
    for (size_t i = 0; i < unread.count; i++)
        add_missing(settings, unread.paths[i].bytes, "cannot be read");
    if (is_found) {
        selection_tell_passed_over(&settings->found, text_from_c(argument),
                                   settings->articles + before, settings->count - before);
        leave_out_named_twice(settings, before);
    } else if (unread.count == 0) { /* else that is why */
        add_missing(settings, argument, why);
    }
}

error_t parse_source(int key, char *argument, struct argp_state *state)
{
    struct settings *settings = state->input;
    switch (key) {
    case ARGP_KEY_ARG:
        add_source(settings, argument);
        return 0;
    case ARGP_KEY_NO_ARGS:
        argp_error(state, "name an article: a folder with an article.md or a book, or a .md file");
        return EINVAL;
    default:
        return ARGP_ERR_UNKNOWN;
    }
}

error_t parse_budget(int key, char *argument, struct argp_state *state)
{
    struct settings *settings = state->input;
    unsigned long seconds;
    if (key != OPTION_BUDGET)
        return ARGP_ERR_UNKNOWN;
    if (!text_to_number(text_from_c(argument), LIMIT_RUN_MOST_SECONDS, &seconds))
        argp_error(state, "--budget takes seconds, not %s", argument);
    settings->publish.budget_seconds = (unsigned)seconds;
    return 0;
}

error_t parse_data(int key, char *argument, struct argp_state *state)
{
    struct settings *settings = state->input;
    switch (key) {
    case OPTION_DATA:
        settings->data.path = argument;
        return 0;
    case OPTION_NAME:
        settings->data.pattern = text_from_c(argument);
        if (*argument == '\0')
            argp_error(state, "--name takes a name, such as {{surname}}-{{row}}");
        return 0;
    case ARGP_KEY_END:
        if (settings->data.pattern.length && !settings->data.path)
            argp_error(state, "--name names what --data makes of each row");
        if (settings->data.path && settings->plans)
            argp_error(state, "a plan is of articles, not of rows of --data: use --shard");
        return 0;
    default:
        return ARGP_ERR_UNKNOWN;
    }
}

bool expand_rows(struct settings *settings, struct report *report)
{
    if (!settings->data.path || settings->count == 0)
        return true;
    settings->data.set = settings->publish.variables;
    return data_expand(&settings->arena, report, &settings->data, &settings->articles,
                       &settings->count);
}

/* The options of build, check and dump that choose languages. */
error_t parse_languages(int key, char *argument, struct argp_state *state)
{
    struct settings *settings = state->input;
    switch (key) {
    case OPTION_LANGUAGE:
        return words_languages(settings, argument, state);
    case OPTION_EDITION:
        return words_editions(settings, argument, state);
    case OPTION_SET:
        return words_variable(settings, text_from_c(argument), state);
    case OPTION_MISSING:
        if (!words_missing(&settings->publish, argument))
            argp_error(state, "--missing takes fail, source or notice, not %s", argument);
        return 0;
    default:
        return parse_budget(key, argument, state) == 0 ? 0 : parse_source(key, argument, state);
    }
}

/* The options of build and check that choose how the pages look. */
error_t parse_look(int key, char *argument, struct argp_state *state)
{
    struct settings *settings = state->input;
    switch (key) {
    case OPTION_PAPER:
        if (!paper_find(text_from_c(argument), &settings->publish.paper_width,
                        &settings->publish.paper_height))
            argp_error(state, "--paper takes a3, a4, a5, a6, letter or legal, not %s", argument);
        return 0;
    case OPTION_PROFILE:
        if (!words_profiles(&settings->publish, text_from_c(argument)))
            argp_error(
                state,
                "--profile takes standard, large-print, large-print=20 (16 to 72), dyslexia, "
                "booklet or book, or more than one with commas, not %s",
                argument);
        return 0;
    case OPTION_THEME:
        settings->publish.theme = argument;
        return 0;
    default:
        return parse_languages(key, argument, state);
    }
}

/* What is wrong with the choice of sources and languages, and what was passed over. */
static void find_faults_of_choice(struct settings *settings)
{
    struct report *report = &settings->found;
    for (size_t i = 0; i < settings->missing_count; i++) {
        text name = text_from_c(settings->missing[i].name);
        struct span span = {.file = report_add_source(report, name, TEXT_EMPTY)};
        report_rule(report, "file-missing", span, NULL, "%s %s", settings->missing[i].name,
                    settings->missing[i].why);
    }
    if (!settings->makes_languages &&
        !selection_check(report, settings->articles, settings->count, &settings->publish))
        settings->count = 0;
    if (report->errors)
        settings->outcome = worse_outcome(settings->outcome, OUTCOME_INPUT);
}

void print_report(struct report *report)
{
    struct buffer out;
    buffer_init(&out, LIMIT_OUTPUT_BYTES);
    report_print(report, &out);
    stream_complain(buffer_text(&out));
    buffer_release(&out);
}

void print_choice(struct settings *settings)
{
    find_faults_of_choice(settings);
    print_report(&settings->found);
}

void report_choice(struct settings *settings, struct printer *printer)
{
    find_faults_of_choice(settings);
    if (settings->found.count)
        printer_add(printer, &settings->found);
}

/* The worst outcome of all articles; every one is tried. */
enum outcome worse_outcome(enum outcome a, enum outcome b)
{
    return a > b ? a : b;
}

/* Does it for each article in its own language and in all that it has catalogues in, or in those
   asked for; the worst outcome. */
enum outcome for_each_language(struct settings *settings,
                               enum outcome (*act)(const struct article *article,
                                                   const struct publish_options *options))
{
    struct jobs jobs = {.arena = &settings->arena};
    enum outcome outcome = settings->outcome;
    for (size_t i = 0; i < settings->count; i++)
        jobs_add(&jobs, &settings->articles[i], &settings->publish);
    for (size_t i = 0; i < jobs.count; i++)
        outcome = worse_outcome(outcome, act(&jobs.items[i].article, &settings->publish));
    return outcome;
}

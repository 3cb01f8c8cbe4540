/* The command line: a table of commands, each with its own options. The clock is never read, the
   environment only here. */
#include "inspect_file.h"
#include "options.h"
#include "watch/watch.h"

#include "base/limits.h"
#include "check/rules_print.h"

#include <unistd.h>

/* environment */

/* SOURCE_DATE_EPOCH, seconds since 1970, as an XML date and time; empty where it is not set. Days
   are counted by the proleptic Gregorian calendar. */
static text read_source_date(struct arena *arena)
{
    const char *value = getenv("SOURCE_DATE_EPOCH");
    unsigned long seconds;
    if (!value || !text_to_number(text_from_c(value), 253402300799u, &seconds))
        return TEXT_EMPTY;
    unsigned long days = seconds / 86400, rest = seconds % 86400;
    /* Years that begin in March: the leap day is then the last day of a year. */
    unsigned long shifted = days + 719468, era = shifted / 146097, day = shifted % 146097;
    unsigned long year = (day - day / 1460 + day / 36524 - day / 146096) / 365;
    unsigned long of_year = day - (365 * year + year / 4 - year / 100);
    unsigned long month = (5 * of_year + 2) / 153;
    unsigned long of_month = of_year - (153 * month + 2) / 5 + 1;
    unsigned long calendar_month = month < 10 ? month + 3 : month - 9;
    unsigned long calendar_year = year + era * 400 + (calendar_month <= 2);
    return arena_printf(arena, "%04lu-%02lu-%02luT%02lu:%02lu:%02luZ", calendar_year,
                        calendar_month, of_month, rest / 3600, rest / 60 % 60, rest % 60);
}

/* Lectern's fonts/ folder: where it was built, or where it was installed. */
static const char *find_fonts(struct arena *arena)
{
    const char *chosen = getenv("LECTERN_FONTS");
    if (chosen && *chosen)
        return chosen;
    char path[4096];
    ssize_t length = readlink("/proc/self/exe", path, sizeof path - 1);
    if (length <= 0)
        return "fonts";
    path[length] = '\0';
    char *slash = strrchr(path, '/');
    text folder = {path, slash ? (size_t)(slash - path) : 0};
    static const char *const places[] = {"../share/lectern/fonts", "../../fonts"};
    for (size_t i = 0; i < sizeof places / sizeof *places; i++) {
        text candidate = arena_printf(arena, "%.*s/%s", TEXT_ARGUMENTS(folder), places[i]);
        text configuration = arena_printf(arena, "%.*s/fonts.conf", TEXT_ARGUMENTS(candidate));
        if (file_kind(configuration.bytes) == 'f')
            return candidate.bytes;
    }
    return "fonts";
}

/* commands */

/* The worst outcome of all articles; every one is tried. */
static enum outcome worse(enum outcome a, enum outcome b)
{
    return a > b ? a : b;
}

/* Does it for each article in its own language and in all that it has catalogues in, or in those
   asked for; the worst outcome. */
static enum outcome for_each_language(struct settings *settings,
                                      enum outcome (*act)(const struct article *article,
                                                          const struct publish_options *options))
{
    struct jobs jobs = {.arena = &settings->arena};
    enum outcome outcome = settings->outcome;
    for (size_t i = 0; i < settings->count; i++)
        jobs_add(&jobs, &settings->articles[i], &settings->publish);
    for (size_t i = 0; i < jobs.count; i++)
        outcome = worse(outcome, act(&jobs.items[i].article, &settings->publish));
    return outcome;
}

/* The sources as they were given, and all arguments but --plan, for those who plan. */
static const struct plan_options *plan_of(struct settings *settings)
{
    struct plan_options *plan = ARENA_NEW(&settings->arena, struct plan_options);
    const char **arguments =
        ARENA_NEW_ARRAY(&settings->arena, settings->argument_count, const char *);
    size_t count = 0;
    for (size_t i = 0; i < settings->argument_count; i++) {
        const char *argument = settings->arguments[i];
        if (strcmp(argument, "--plan") == 0)
            i++; /* and its value */
        else if (strncmp(argument, "--plan=", 7) != 0)
            arguments[count++] = argument;
    }
    *plan = (struct plan_options){.arguments = arguments,
                                  .argument_count = count,
                                  .sources = settings->files,
                                  .source_count = settings->file_count};
    return plan;
}

static enum outcome run_build(struct settings *settings)
{
    if (settings->count == 0)
        return settings->outcome;
    if (settings->plans)
        settings->batch.plan = plan_of(settings);
    return worse(settings->outcome,
                 batch_build(&settings->arena, settings->articles, settings->count,
                             &settings->publish, &settings->batch));
}

static enum outcome run_watch(struct settings *settings)
{
    settings->batch.shows_bar = false;
    const struct watch_options options = {.sources = settings->files,
                                          .source_count = settings->file_count,
                                          .publish = &settings->publish,
                                          .batch = &settings->batch,
                                          .port = settings->port};
    return watch_run(&options);
}

static enum outcome run_merge(struct settings *settings)
{
    return batch_merge(&settings->arena, settings->files, settings->file_count,
                       settings->publish.output, settings->merges_of);
}

static enum outcome print_rules(void)
{
    struct buffer out;
    buffer_init(&out, LIMIT_OUTPUT_BYTES);
    rules_print(&out);
    bool is_written = stream_write(STDOUT_FILENO, buffer_text(&out));
    buffer_release(&out);
    return is_written ? OUTCOME_DONE : OUTCOME_SYSTEM;
}

/* Sources that are not there; the others are worked on. */
static void print_missing(struct settings *settings)
{
    for (size_t i = 0; i < settings->missing_count; i++)
        stream_write(STDERR_FILENO,
                     arena_printf(&settings->arena, "%s: error[file-missing]: %s %s\n",
                                  settings->missing[i].name, settings->missing[i].name,
                                  settings->missing[i].why));
}

/* The same as faults among others, in the format that was asked for. */
static void report_missing(struct settings *settings, struct printer *printer)
{
    for (size_t i = 0; i < settings->missing_count; i++) {
        struct report report;
        text name = text_from_c(settings->missing[i].name);
        report_init(&report, &settings->arena);
        struct span span = {.file = report_add_source(&report, name, TEXT_EMPTY)};
        report_rule(&report, "file-missing", span, NULL, "%s %s", settings->missing[i].name,
                    settings->missing[i].why);
        printer_add(printer, &report);
    }
}

/* All articles go into one list of faults. */
static enum outcome run_check(struct settings *settings)
{
    if (settings->prints_rules)
        return print_rules();
    enum outcome fixed = OUTCOME_DONE;
    for (size_t i = 0; settings->fixes && i < settings->count; i++)
        fixed = worse(fixed, publish_fix(&settings->articles[i]));
    struct printer printer;
    printer_begin(&printer, settings->report_format, LECTERN_VERSION);
    settings->publish.printer = &printer;
    report_missing(settings, &printer);
    enum outcome outcome = worse(fixed, for_each_language(settings, publish_check));
    printer_end(&printer);
    /* What a program reads goes where programs read; what a person reads, where it always went. */
    bool is_text = settings->report_format == REPORT_TEXT;
    if (!stream_write(is_text ? STDERR_FILENO : STDOUT_FILENO, buffer_text(&printer.out)))
        outcome = OUTCOME_SYSTEM;
    printer_release(&printer);
    return outcome;
}

/* Of the article alone where no language is asked for. */
static enum outcome run_dump(struct settings *settings)
{
    if (settings->publish.language_count)
        return for_each_language(settings, publish_dump);
    enum outcome outcome = settings->outcome;
    for (size_t i = 0; i < settings->count; i++)
        outcome = worse(outcome, publish_dump(&settings->articles[i], &settings->publish));
    return outcome;
}

static enum outcome run_translate(struct settings *settings)
{
    if (!settings->translate->act)
        return worse(settings->outcome, catalogues_status(settings->articles, settings->count,
                                                          settings->status_format));
    enum outcome outcome = settings->outcome;
    for (size_t i = 0; i < settings->count; i++)
        outcome = worse(outcome, settings->translate->act(&settings->articles[i],
                                                          settings->publish.languages,
                                                          settings->publish.language_count));
    return outcome;
}

static enum outcome run_cite(struct settings *settings)
{
    enum outcome outcome = OUTCOME_DONE;
    for (size_t i = 0; i < settings->file_count; i++)
        outcome = worse(outcome, publish_references(settings->files[i], settings->style,
                                                    settings->language, settings->cite_format));
    return outcome;
}

static enum outcome run_inspect(struct settings *settings)
{
    enum outcome outcome = OUTCOME_DONE;
    for (size_t i = 0; i < settings->file_count; i++)
        outcome = worse(outcome, inspect_file(&settings->arena, settings->files[i],
                                              settings->inspect_format, settings->report));
    return outcome;
}

static const struct command {
    const char *name, *summary;
    enum outcome (*run)(struct settings *settings);
    struct argp argp;
} commands[] = {
    {"build",
     "publish articles as PDF and EPUB",
     run_build,
     {build_options, parse_build, "SOURCE...",
      "Publishes each SOURCE: a folder with an article.md, a folder of such folders, or a Markdown "
      "file. Writes DIR/NAME.LANGUAGE.pdf and DIR/NAME.LANGUAGE.epub, and nothing where the "
      "article "
      "has an error. A profile other than standard is named in its file: "
      "DIR/NAME.LANGUAGE.PROFILE.pdf.\vExit codes: 0 done, 1 the input has errors, 2 wrong usage, "
      "3 the system "
      "failed.",
      NULL, NULL, NULL}},
    {"check",
     "report what a reader could not use; write nothing",
     run_check,
     {check_options, parse_check, "SOURCE...",
      "Reads and checks each SOURCE and writes no file, except with --fix.", NULL, NULL, NULL}},
    {"cite",
     "print the references of a file, worded by a style",
     run_cite,
     {cite_options, parse_cite, "FILE...",
      "Prints each FILE of references (CSL-JSON, CSL-YAML, BibTeX or RIS) as a list.", NULL, NULL,
      NULL}},
    {"inspect",
     "show what assistive technology gets from a PDF or an EPUB",
     run_inspect,
     {inspect_options, parse_inspect, "FILE...",
      "Reads each FILE, a PDF or an EPUB, whoever made it, and prints its tags with their text in "
      "reading "
      "order, its headings, links and tables, and which conditions for accessibility it does not "
      "meet.\vExit codes: 0 no findings, 1 findings or a file that cannot be read.",
      NULL, NULL, NULL}},
    {"translate",
     "make, update and count the catalogues of translators",
     run_translate,
     {translate_options, parse_translate, "ACTION SOURCE...",
      "ACTION is extract: write po/article.pot, all that is to be translated; update: bring "
      "po/*.po "
      "up to date with the article; status: how far each language is; export: write po/LANG.xlf "
      "(XLIFF 2.1); import: take the translations of po/LANG.xlf into po/LANG.po.",
      NULL, NULL, NULL}},
    {"watch",
     "publish whenever a file is saved, and show it in a browser",
     run_watch,
     {watch_options, parse_watch, "SOURCE...",
      "Publishes each SOURCE as lectern build does, serves the result on this machine alone, "
      "prints "
      "the address, and publishes again whenever a file is saved. Pages in the browser follow. "
      "Ends "
      "with Control-C.",
      NULL, NULL, NULL}},
    {"merge",
     "join what shards of a build have written",
     run_merge,
     {merge_options, parse_merge, "DIR...",
      "Each DIR holds what lectern build --shard wrote. Takes over the files, checks that no shard "
      "is "
      "missing and every file is whole, and writes manifest.json and index.html.",
      NULL, NULL, NULL}},
    {"dump",
     "print the document as a tree of text",
     run_dump,
     {language_options, parse_languages, "SOURCE...",
      "Prints what was read, as a tree: for tests and questions.", NULL, NULL, NULL}},
};

static void print_usage(int descriptor, struct arena *arena)
{
    stream_write(
        descriptor,
        TEXT("usage: lectern COMMAND [OPTION...] SOURCE...\n\n"
             "Publishes an article as a tagged PDF and an EPUB that everyone can read.\n\n"));
    for (size_t i = 0; i < sizeof commands / sizeof *commands; i++)
        stream_write(descriptor, arena_printf(arena, "  lectern %-9s %s\n", commands[i].name,
                                              commands[i].summary));
    stream_write(descriptor,
                 TEXT("\n  lectern COMMAND --help   what a command takes\n"
                      "  lectern --version        the version\n"
                      "  lectern --help           this page; the manual: man lectern\n\n"
                      "Exit codes: 0 done, 1 the input has errors, 2 wrong usage, "
                      "3 the system failed.\n"));
}

static const struct command *find_command(const char *name)
{
    for (size_t i = 0; i < sizeof commands / sizeof *commands; i++) {
        if (strcmp(commands[i].name, name) == 0)
            return &commands[i];
    }
    return NULL;
}

static enum outcome run_command(const struct command *command, int count, char **arguments,
                                struct settings *settings)
{
    settings->argument_count = (size_t)count + 1; /* the program, the command, the rest */
    settings->arguments = ARENA_NEW_ARRAY(&settings->arena, settings->argument_count, const char *);
    settings->arguments[0] = settings->program;
    settings->arguments[1] = command->name;
    for (int i = 1; i < count; i++) /* before argp puts them in another order */
        settings->arguments[i + 1] = arguments[i];
    text name = arena_printf(&settings->arena, "lectern %s", command->name);
    arguments[0] = (char *)(uintptr_t)name.bytes;
    argp_err_exit_status = OUTCOME_USAGE;
    if (argp_parse(&command->argp, count, arguments, 0, NULL, settings))
        return OUTCOME_USAGE;
    if (command->run != run_check)
        print_missing(settings);
    return command->run(settings);
}

int main(int count, char **arguments)
{
    struct settings settings = {.publish = {.formats = FORMAT_PDF | FORMAT_EPUB, .output = "out"}};
    settings.program = count > 0 ? arguments[0] : "lectern";
    arena_init(&settings.arena);
    workers_defaults(&settings.batch.workers);
    settings.batch.cache_bytes = LIMIT_CACHE_BYTES;
    settings.batch.shows_bar = isatty(STDERR_FILENO);
    settings.publish.fonts = find_fonts(&settings.arena);
    settings.publish.source_date = read_source_date(&settings.arena);
    const char *first = count > 1 ? arguments[1] : "";
    enum outcome outcome = OUTCOME_DONE;
    const struct command *command = find_command(first);
    if (command) {
        outcome = run_command(command, count - 1, arguments + 1, &settings);
    } else if (strcmp(first, "--version") == 0) {
        stream_write(STDOUT_FILENO, TEXT("lectern " LECTERN_VERSION "\n"));
    } else if (strcmp(first, "--help") == 0 || (strcmp(first, "help") == 0 && count == 2)) {
        print_usage(STDOUT_FILENO, &settings.arena);
    } else if (strcmp(first, "help") == 0 && (command = find_command(arguments[2]))) {
        char *help[] = {arguments[0], (char[]){"--help"}, NULL};
        outcome = run_command(command, 2, help, &settings);
    } else {
        if (*first)
            stream_write(STDERR_FILENO, arena_printf(&settings.arena,
                                                     "lectern: no command is called %s\n", first));
        print_usage(STDERR_FILENO, &settings.arena);
        outcome = OUTCOME_USAGE;
    }
    arena_release(&settings.arena);
    return (int)outcome;
}

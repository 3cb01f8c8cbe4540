/* The command line: a table of commands, each with its own options. The clock is never read, the
   environment only here. */
#include "base/files.h"
#include "base/lengths.h"
#include "batch.h"
#include "catalogues.h"
#include "document/language.h"
#include "translations.h"

#include <argp.h>
#include <errno.h>
#include <unistd.h>

struct settings {
    struct publish_options publish;
    struct arena arena;
    struct article *articles;
    size_t count, capacity;
    const char **files; /* of references */
    size_t file_count, file_capacity;
    text language;
    text *languages; /* of translations: those named, sorted */
    size_t language_count;
    const struct translate_command *translate;
    enum status_format status_format;
    enum cite_format cite_format;
    text style;
    enum outcome outcome; /* of finding the articles */
};

/* words of options */

static bool choose_formats(struct publish_options *options, text list)
{
    options->formats = 0;
    size_t start = 0;
    while (start <= list.length) {
        size_t end = text_find_byte(list, ',', start);
        if (end == SIZE_MAX)
            end = list.length;
        text name = text_trim(text_slice(list, start, end));
        if (text_equal_c(name, "pdf"))
            options->formats |= FORMAT_PDF;
        else if (text_equal_c(name, "epub"))
            options->formats |= FORMAT_EPUB;
        else
            return false;
        start = end + 1;
    }
    return options->formats != 0;
}

/* Names with commas between them; one named twice is published once. */
static bool choose_profiles(struct publish_options *options, text list)
{
    options->profile_count = 0;
    for (size_t start = 0, end; start <= list.length; start = end + 1) {
        end = text_find_byte(list, ',', start);
        if (end == SIZE_MAX)
            end = list.length;
        const struct profile *profile = profile_find(text_trim(text_slice(list, start, end)));
        if (!profile)
            return false;
        size_t i = 0;
        while (i < options->profile_count && options->profiles[i] != profile)
            i++;
        if (i < options->profile_count)
            continue;
        if (options->profile_count == MOST_PROFILES)
            return false;
        options->profiles[options->profile_count++] = profile;
    }
    return true;
}

/* Language tags with commas between them, in their usual writing. */
static bool choose_languages(struct settings *settings, text list)
{
    size_t capacity = 0;
    for (size_t start = 0, end; start <= list.length; start = end + 1) {
        end = text_find_byte(list, ',', start);
        if (end == SIZE_MAX)
            end = list.length;
        text tag = text_trim(text_slice(list, start, end));
        if (!language_is_valid(tag))
            return false;
        ARENA_GROW(&settings->arena, settings->languages, settings->language_count, capacity);
        settings->languages[settings->language_count++] = language_canonical(&settings->arena, tag);
    }
    return settings->language_count > 0;
}

static bool choose_missing(struct publish_options *options, const char *name)
{
    static const char *const names[] = {
        [MISSING_FAIL] = "fail", [MISSING_SOURCE] = "source", [MISSING_NOTICE] = "notice"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        if (strcmp(name, names[i]) == 0) {
            options->missing = (enum missing_policy)i;
            return true;
        }
    }
    return false;
}

static bool choose_standard(struct publish_options *options, const char *name)
{
    if (strcmp(name, "ua1") == 0)
        options->standard = PDF_UA1;
    else if (strcmp(name, "ua2") == 0)
        options->standard = PDF_UA2;
    else
        return false;
    return true;
}

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

enum {
    OPTION_TO = 256,
    OPTION_PAPER,
    OPTION_STANDARD,
    OPTION_PROFILE,
    OPTION_THEME,
    OPTION_FORMAT,
    OPTION_STYLE,
    OPTION_LANGUAGE,
    OPTION_MISSING
};

/* A source that is not there is the input's fault; the others are still published. */
static void add_source(struct settings *settings, const char *argument)
{
    const char *why = "";
    if (batch_find_articles(&settings->arena, text_from_c(argument), &settings->articles,
                            &settings->count, &settings->capacity, &why))
        return;
    stream_write(STDERR_FILENO, arena_printf(&settings->arena, "%s: error[file-missing]: %s %s\n",
                                             argument, argument, why));
    settings->outcome = OUTCOME_INPUT;
}

static error_t parse_source(int key, char *argument, struct argp_state *state)
{
    struct settings *settings = state->input;
    switch (key) {
    case ARGP_KEY_ARG:
        add_source(settings, argument);
        return 0;
    case ARGP_KEY_NO_ARGS:
        argp_error(state, "name an article: a folder with an article.md, or a .md file");
        return EINVAL;
    default:
        return ARGP_ERR_UNKNOWN;
    }
}

/* The options of build, check and dump that choose languages. */
static error_t parse_languages(int key, char *argument, struct argp_state *state)
{
    struct settings *settings = state->input;
    switch (key) {
    case OPTION_LANGUAGE:
        if (!choose_languages(settings, text_from_c(argument)))
            argp_error(state, "--lang takes language tags such as fr,pt-BR, not %s", argument);
        return 0;
    case OPTION_MISSING:
        if (!choose_missing(&settings->publish, argument))
            argp_error(state, "--missing takes fail, source or notice, not %s", argument);
        return 0;
    default:
        return parse_source(key, argument, state);
    }
}

static error_t parse_build(int key, char *argument, struct argp_state *state)
{
    struct settings *settings = state->input;
    switch (key) {
    case 'o':
        settings->publish.output = argument;
        return 0;
    case OPTION_TO:
        if (!choose_formats(&settings->publish, text_from_c(argument)))
            argp_error(state, "--to takes pdf, epub or pdf,epub, not %s", argument);
        return 0;
    case OPTION_PAPER:
        if (!paper_find(text_from_c(argument), &settings->publish.paper_width,
                        &settings->publish.paper_height))
            argp_error(state, "--paper takes a3, a4, a5, a6, letter or legal, not %s", argument);
        return 0;
    case OPTION_PROFILE:
        if (!choose_profiles(&settings->publish, text_from_c(argument)))
            argp_error(state,
                       "--profile takes standard, large-print, dyslexia, booklet or book, or more "
                       "than one with commas, not %s",
                       argument);
        return 0;
    case OPTION_THEME:
        settings->publish.theme = argument;
        return 0;
    case OPTION_STANDARD:
        if (!choose_standard(&settings->publish, argument))
            argp_error(state, "--pdf-standard takes ua1 or ua2, not %s", argument);
        return 0;
    default:
        return parse_languages(key, argument, state);
    }
}

/* lectern translate ACTION SOURCE... */
struct translate_command {
    const char *name;
    enum outcome (*act)(const struct article *article, const text *languages, size_t count);
};

static enum outcome extract(const struct article *article, const text *languages, size_t count)
{
    (void)languages, (void)count;
    return catalogues_extract(article);
}

static const struct translate_command translate_commands[] = {
    {"extract", extract},
    {"update", catalogues_update},
    {"status", NULL}, /* all articles at once */
    {"export", catalogues_export},
    {"import", catalogues_import},
};

static error_t parse_translate(int key, char *argument, struct argp_state *state)
{
    struct settings *settings = state->input;
    switch (key) {
    case ARGP_KEY_ARG:
        if (settings->translate) {
            add_source(settings, argument);
            return 0;
        }
        for (size_t i = 0; i < sizeof translate_commands / sizeof *translate_commands; i++) {
            if (strcmp(argument, translate_commands[i].name) == 0)
                settings->translate = &translate_commands[i];
        }
        if (!settings->translate)
            argp_error(state, "say extract, update, status, export or import, not %s", argument);
        return 0;
    case ARGP_KEY_END:
        if (!settings->translate)
            argp_error(state, "say extract, update, status, export or import");
        else if (settings->count == 0 && settings->outcome == OUTCOME_DONE)
            argp_error(state, "name an article: a folder with an article.md, or a .md file");
        return 0;
    case OPTION_LANGUAGE:
        if (!choose_languages(settings, text_from_c(argument)))
            argp_error(state, "--lang takes language tags such as fr,pt-BR, not %s", argument);
        return 0;
    case OPTION_FORMAT:
        if (strcmp(argument, "text") != 0 && strcmp(argument, "json") != 0)
            argp_error(state, "--format takes text or json, not %s", argument);
        settings->status_format = argument[0] == 'j' ? STATUS_JSON : STATUS_TEXT;
        return 0;
    default:
        return ARGP_ERR_UNKNOWN;
    }
}

static const struct argp_option translate_options[] = {
    {"lang", OPTION_LANGUAGE, "TAGS", 0,
     "only these languages, with commas; update makes catalogues that are not there", 0},
    {"format", OPTION_FORMAT, "FORMAT", 0, "of status: text or json (default: text)", 0},
    {0},
};

static error_t parse_cite(int key, char *argument, struct argp_state *state)
{
    static const char *const formats[] = {
        [CITE_TEXT] = "text", [CITE_HTML] = "html", [CITE_JSON] = "json"};
    struct settings *settings = state->input;
    switch (key) {
    case ARGP_KEY_ARG:
        ARENA_GROW(&settings->arena, settings->files, settings->file_count,
                   settings->file_capacity);
        settings->files[settings->file_count++] = argument;
        return 0;
    case ARGP_KEY_NO_ARGS:
        argp_error(state, "name a file of references: .json, .yaml, .bib or .ris");
        return EINVAL;
    case OPTION_LANGUAGE:
        settings->language = text_from_c(argument);
        if (!language_is_valid(settings->language))
            argp_error(state, "--lang takes a language tag such as en or pt-BR, not %s", argument);
        return 0;
    case OPTION_STYLE:
        settings->style = text_from_c(argument);
        return 0;
    case OPTION_FORMAT:
        for (size_t i = 0; i < sizeof formats / sizeof *formats; i++) {
            if (strcmp(argument, formats[i]) == 0) {
                settings->cite_format = (enum cite_format)i;
                return 0;
            }
        }
        argp_error(state, "--format takes text, html or json, not %s", argument);
        return EINVAL;
    default:
        return ARGP_ERR_UNKNOWN;
    }
}

static const struct argp_option cite_options[] = {
    {"format", OPTION_FORMAT, "FORMAT", 0, "text, html or json (default: text)", 0},
    {"lang", OPTION_LANGUAGE, "TAG", 0, "the language of the list (default: the style's, else en)",
     0},
    {"style", OPTION_STYLE, "STYLE", 0,
     "a CSL style: a name such as apa, or a file (default: plain and numbered)", 0},
    {0},
};

static const struct argp_option language_options[] = {
    {"lang", OPTION_LANGUAGE, "TAGS", 0,
     "only these languages, with commas (default: the article's own and all that it is translated "
     "into)",
     0},
    {"missing", OPTION_MISSING, "POLICY", 0,
     "words that are not translated: fail (default), source: leave them, marked with their "
     "language, notice: the same, and say so at the head",
     0},
    {0},
};

static const struct argp_option build_options[] = {
    {"output", 'o', "DIR", 0, "write into DIR (default: out)", 0},
    {"to", OPTION_TO, "FORMATS", 0, "pdf, epub or pdf,epub (default: both)", 0},
    {"paper", OPTION_PAPER, "SIZE", 0,
     "a3, a4, a5, a6, letter or legal (default: the article's page.size, else a4)", 0},
    {"profile", OPTION_PROFILE, "NAMES", 0,
     "standard, large-print, dyslexia, booklet or book; more than one with commas (default: the "
     "article's profile, else standard)",
     0},
    {"theme", OPTION_THEME, "FILE", 0, "a house theme, in place of the article's own", 0},
    {"lang", OPTION_LANGUAGE, "TAGS", 0,
     "only these languages, with commas (default: the article's own and all that it is translated "
     "into)",
     0},
    {"missing", OPTION_MISSING, "POLICY", 0,
     "words that are not translated: fail (default), source: leave them, marked with their "
     "language, notice: the same, and say so at the head",
     0},
    {"pdf-standard", OPTION_STANDARD, "NAME", 0,
     "ua1: PDF/UA-1 and PDF/A-2a (default); ua2: PDF/UA-2, PDF/A-4 and WTPDF 1.0", 0},
    {0},
};

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
    struct publish_options *options = &settings->publish;
    options->languages = settings->languages;
    options->language_count = settings->language_count;
    enum outcome outcome = settings->outcome;
    for (size_t i = 0; i < settings->count; i++) {
        size_t count;
        const struct article *article = &settings->articles[i];
        text *languages = translation_languages(&settings->arena, article, &count);
        outcome = worse(outcome, act(article, options));
        for (size_t l = 0; l < count; l++) {
            struct article other = *article;
            other.language = languages[l];
            other.catalogue = translation_path(&settings->arena, article, languages[l], "po");
            if (publish_wants_language(options, languages[l]))
                outcome = worse(outcome, act(&other, options));
        }
    }
    return outcome;
}

static enum outcome run_build(struct settings *settings)
{
    return for_each_language(settings, publish_article);
}

static enum outcome run_check(struct settings *settings)
{
    return for_each_language(settings, publish_check);
}

/* Of the article alone where no language is asked for. */
static enum outcome run_dump(struct settings *settings)
{
    if (settings->language_count)
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
        outcome =
            worse(outcome, settings->translate->act(&settings->articles[i], settings->languages,
                                                    settings->language_count));
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
     {language_options, parse_languages, "SOURCE...",
      "Reads and checks each SOURCE and writes no file.", NULL, NULL, NULL}},
    {"cite",
     "print the references of a file, worded by a style",
     run_cite,
     {cite_options, parse_cite, "FILE...",
      "Prints each FILE of references (CSL-JSON, CSL-YAML, BibTeX or RIS) as a list.", NULL, NULL,
      NULL}},
    {"translate",
     "make, update and count the catalogues of translators",
     run_translate,
     {translate_options, parse_translate, "ACTION SOURCE...",
      "ACTION is extract: write po/article.pot, all that is to be translated; update: bring "
      "po/*.po "
      "up to date with the article; status: how far each language is; export: write po/LANG.xlf "
      "(XLIFF 2.1); import: take the translations of po/LANG.xlf into po/LANG.po.",
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
    text name = arena_printf(&settings->arena, "lectern %s", command->name);
    arguments[0] = (char *)(uintptr_t)name.bytes;
    argp_err_exit_status = OUTCOME_USAGE;
    if (argp_parse(&command->argp, count, arguments, 0, NULL, settings))
        return OUTCOME_USAGE;
    return command->run(settings);
}

int main(int count, char **arguments)
{
    struct settings settings = {.publish = {.formats = FORMAT_PDF | FORMAT_EPUB, .output = "out"}};
    arena_init(&settings.arena);
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

#include "options.h"

#include "base/files.h"
#include "base/lengths.h"
#include "document/language.h"

#include <errno.h>
#include <unistd.h>

/* words of options */

/* The next of the names with commas between them, from *start on, which it moves; an empty list has
   one empty name. */
static bool next_name(text list, size_t *start, text *name)
{
    if (*start > list.length)
        return false;
    size_t end = text_find_byte(list, ',', *start);
    if (end == SIZE_MAX)
        end = list.length;
    *name = text_trim(text_slice(list, *start, end));
    *start = end + 1;
    return true;
}

static const struct {
    const char *name;
    unsigned format;
} output_formats[] = {{"pdf", FORMAT_PDF},
                      {"epub", FORMAT_EPUB},
                      {"html", FORMAT_HTML},
                      {"txt", FORMAT_TEXT},
                      {"brf", FORMAT_BRAILLE}};

static bool choose_formats(struct publish_options *options, text list)
{
    options->formats = 0;
    text name;
    for (size_t start = 0; next_name(list, &start, &name);) {
        size_t i = 0;
        while (i < sizeof output_formats / sizeof *output_formats &&
               !text_equal_c(name, output_formats[i].name))
            i++;
        if (i == sizeof output_formats / sizeof *output_formats)
            return false;
        options->formats |= output_formats[i].format;
    }
    return options->formats != 0;
}

/* "32x28": cells in a line, lines on a page. */
static bool read_page_size(struct braille_options *braille, text size)
{
    size_t by = text_find_byte(size, 'x', 0);
    unsigned long width = 0, length = 0;
    if (by == SIZE_MAX || !text_to_number(text_slice(size, 0, by), BRAILLE_MOST_WIDTH, &width) ||
        !text_to_number(text_slice(size, by + 1, size.length), BRAILLE_MOST_LENGTH, &length) ||
        width < BRAILLE_LEAST_WIDTH || length < BRAILLE_LEAST_LENGTH)
        return false;
    braille->width = (unsigned)width;
    braille->length = (unsigned)length;
    return true;
}

static bool choose_braille(struct braille_options *braille, text list)
{
    text name;
    for (size_t start = 0; next_name(list, &start, &name);) {
        if (text_equal_c(name, "contracted"))
            braille->contracted = true;
        else if (!read_page_size(braille, name))
            return false;
    }
    return true;
}

/* Names with commas between them; one named twice is published once. */
static bool choose_profiles(struct publish_options *options, text list)
{
    options->profile_count = 0;
    text name;
    for (size_t start = 0; next_name(list, &start, &name);) {
        const struct profile *profile = profile_find(name);
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
    text tag;
    for (size_t start = 0; next_name(list, &start, &tag);) {
        if (!language_is_valid(tag))
            return false;
        ARENA_GROW(&settings->arena, settings->languages, settings->publish.language_count,
                   settings->language_capacity);
        settings->languages[settings->publish.language_count++] =
            language_canonical(&settings->arena, tag);
    }
    settings->publish.languages = settings->languages;
    return true;
}

/* --lang of every command but cite. */
static error_t take_languages(struct settings *settings, const char *argument,
                              const struct argp_state *state)
{
    if (!choose_languages(settings, text_from_c(argument)))
        argp_error(state, "--lang takes language tags such as fr,pt-BR, not %s", argument);
    return 0;
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

enum {
    OPTION_TO = 256,
    OPTION_PAPER,
    OPTION_STANDARD,
    OPTION_PROFILE,
    OPTION_THEME,
    OPTION_FORMAT,
    OPTION_STYLE,
    OPTION_REPORT,
    OPTION_LANGUAGE,
    OPTION_MISSING,
    OPTION_TIMEOUT,
    OPTION_MEMORY,
    OPTION_CACHE,
    OPTION_CACHE_SIZE,
    OPTION_FORCE,
    OPTION_JSON,
    OPTION_SHARD,
    OPTION_COSTS,
    OPTION_BRAILLE,
    OPTION_EVIDENCE,
    OPTION_PORT,
    OPTION_PLAN,
    OPTION_PART,
    OPTION_DEPFILE,
    OPTION_PART_OF,
    OPTION_OF,
    OPTION_STRICT,
    OPTION_PAGES,
    OPTION_FIX,
    OPTION_RULES
};

static error_t add_file(struct settings *settings, const char *argument)
{
    ARENA_GROW(&settings->arena, settings->files, settings->file_count, settings->file_capacity);
    settings->files[settings->file_count++] = argument;
    return 0;
}

/* A source that is not there is the input's fault; the others are still published. */
static void add_source(struct settings *settings, const char *argument)
{
    add_file(settings, argument);
    const char *why = "";
    if (jobs_find_articles(&settings->arena, text_from_c(argument), &settings->articles,
                           &settings->count, &settings->capacity, &why))
        return;
    ARENA_GROW(&settings->arena, settings->missing, settings->missing_count,
               settings->missing_capacity);
    settings->missing[settings->missing_count++] = (struct missing_source){argument, why};
    settings->outcome = OUTCOME_INPUT;
}

error_t parse_source(int key, char *argument, struct argp_state *state)
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
error_t parse_languages(int key, char *argument, struct argp_state *state)
{
    struct settings *settings = state->input;
    switch (key) {
    case OPTION_LANGUAGE:
        return take_languages(settings, argument, state);
    case OPTION_MISSING:
        if (!choose_missing(&settings->publish, argument))
            argp_error(state, "--missing takes fail, source or notice, not %s", argument);
        return 0;
    default:
        return parse_source(key, argument, state);
    }
}

error_t parse_check(int key, char *argument, struct argp_state *state)
{
    struct settings *settings = state->input;
    switch (key) {
    case ARGP_KEY_NO_ARGS:
        return settings->prints_rules ? 0 : parse_languages(key, argument, state);
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
    default:
        return parse_languages(key, argument, state);
    }
}

static bool read_number(const char *argument, unsigned long most, unsigned long *number)
{
    return text_to_number(text_from_c(argument), most, number) && *number > 0;
}

/* "3/16": the third of sixteen. */
static bool read_share(text words, unsigned *one, unsigned *all)
{
    enum { MOST = 1000000 };
    size_t slash = text_find_byte(words, '/', 0);
    unsigned long number, count;
    if (slash == SIZE_MAX || !text_to_number(text_slice(words, 0, slash), MOST, &number) ||
        !text_to_number(text_slice(words, slash + 1, words.length), MOST, &count) || number == 0 ||
        number > count)
        return false;
    *one = (unsigned)number;
    *all = (unsigned)count;
    return true;
}

/* The options of build that say how, not what. */
static error_t parse_batch(int key, char *argument, struct argp_state *state)
{
    enum { MOST_WORKERS = 1024, MOST_SECONDS = 1000000, MOST_MEGABYTES = 16 * 1024 * 1024 };
    struct settings *settings = state->input;
    struct batch_options *batch = &settings->batch;
    unsigned long number = 0;
    switch (key) {
    case 'j':
        if (!read_number(argument, MOST_WORKERS, &number))
            argp_error(state, "-j takes a number of jobs at a time from 1 to 1024, not %s",
                       argument);
        batch->workers.count = (unsigned)number;
        return 0;
    case OPTION_TIMEOUT:
        if (!text_to_number(text_from_c(argument), MOST_SECONDS, &number))
            argp_error(state, "--timeout takes seconds, not %s", argument);
        batch->workers.timeout_seconds = (unsigned)number;
        batch->workers.is_asked = true;
        return 0;
    case OPTION_MEMORY:
        if (!text_to_number(text_from_c(argument), MOST_MEGABYTES, &number))
            argp_error(state, "--memory takes megabytes, not %s", argument);
        batch->workers.memory_bytes = number * 1024 * 1024;
        batch->workers.shares_memory = false;
        batch->workers.is_asked = true;
        return 0;
    case OPTION_CACHE_SIZE:
        if (!text_to_number(text_from_c(argument), MOST_MEGABYTES, &number))
            argp_error(state, "--cache-size takes megabytes, not %s", argument);
        batch->cache_bytes = (uint64_t)number * 1024 * 1024;
        return 0;
    case OPTION_CACHE:
        batch->cache = argument;
        return 0;
    case OPTION_FORCE:
        batch->force = true;
        return 0;
    case OPTION_JSON:
        batch->is_json = true;
        return 0;
    case OPTION_PLAN:
        if (strcmp(argument, "ninja") != 0)
            argp_error(state, "--plan takes ninja, not %s", argument);
        settings->plans = true;
        return 0;
    case OPTION_PART:
        if (!read_share(text_from_c(argument), &batch->part, &batch->parts))
            argp_error(state, "--part takes a part and how many there are, as 3/16, not %s",
                       argument);
        return 0;
    case OPTION_PART_OF:
        batch->part_of = argument;
        return 0;
    case OPTION_DEPFILE:
        batch->depfile = argument;
        return 0;
    case OPTION_SHARD:
        if (!read_share(text_from_c(argument), &batch->shard, &batch->shards))
            argp_error(state, "--shard takes a shard and how many there are, as 3/16, not %s",
                       argument);
        return 0;
    case OPTION_COSTS:
        batch->costs = argument;
        return 0;
    default:
        return parse_languages(key, argument, state);
    }
}

error_t parse_build(int key, char *argument, struct argp_state *state)
{
    struct settings *settings = state->input;
    switch (key) {
    case 'o':
        settings->publish.output = argument;
        return 0;
    case OPTION_EVIDENCE:
        settings->publish.has_evidence = true;
        return 0;
    case OPTION_BRAILLE:
        if (!choose_braille(&settings->publish.braille, text_from_c(argument)))
            argp_error(state, "--braille takes contracted, a size such as 32x28, or both, not %s",
                       argument);
        return 0;
    case OPTION_TO:
        if (!choose_formats(&settings->publish, text_from_c(argument)))
            argp_error(state, "--to takes formats such as pdf,epub (also html, txt, brf), not %s",
                       argument);
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
        return parse_batch(key, argument, state);
    }
}

error_t parse_watch(int key, char *argument, struct argp_state *state)
{
    enum { MOST_PORTS = 65535 };
    struct settings *settings = state->input;
    unsigned long number;
    switch (key) {
    case ARGP_KEY_ARG:
        return add_file(settings, argument); /* looked for anew by each build */
    case OPTION_PORT:
        if (!text_to_number(text_from_c(argument), MOST_PORTS, &number))
            argp_error(state, "--port takes a number up to 65535, not %s", argument);
        settings->port = (unsigned)number;
        return 0;
    default:
        return parse_build(key, argument, state);
    }
}

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

error_t parse_translate(int key, char *argument, struct argp_state *state)
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
        return take_languages(settings, argument, state);
    case OPTION_FORMAT:
        if (strcmp(argument, "text") != 0 && strcmp(argument, "json") != 0)
            argp_error(state, "--format takes text or json, not %s", argument);
        settings->status_format = argument[0] == 'j' ? STATUS_JSON : STATUS_TEXT;
        return 0;
    default:
        return ARGP_ERR_UNKNOWN;
    }
}

const struct argp_option translate_options[] = {
    {"lang", OPTION_LANGUAGE, "TAGS", 0,
     "only these languages, with commas; update makes catalogues that are not there", 0},
    {"format", OPTION_FORMAT, "FORMAT", 0, "of status: text or json (default: text)", 0},
    {0},
};

error_t parse_merge(int key, char *argument, struct argp_state *state)
{
    struct settings *settings = state->input;
    unsigned long number;
    switch (key) {
    case OPTION_OF:
        if (!read_number(argument, UINT32_MAX, &number))
            argp_error(state, "--of takes a number of shards, not %s", argument);
        settings->merges_of = (unsigned)number;
        return 0;
    case ARGP_KEY_ARG:
        return add_file(settings, argument);
    case ARGP_KEY_NO_ARGS:
        argp_error(state, "name the folders that the shards were written into");
        return EINVAL;
    case 'o':
        settings->publish.output = argument;
        return 0;
    default:
        return ARGP_ERR_UNKNOWN;
    }
}

const struct argp_option merge_options[] = {
    {"output", 'o', "DIR", 0, "the folder of the whole (default: out)", 0},
    {"of", OPTION_OF, "N", OPTION_HIDDEN, "only shards of so many", 0},
    {0},
};

error_t parse_cite(int key, char *argument, struct argp_state *state)
{
    static const char *const formats[] = {
        [CITE_TEXT] = "text", [CITE_HTML] = "html", [CITE_JSON] = "json"};
    struct settings *settings = state->input;
    switch (key) {
    case ARGP_KEY_ARG:
        return add_file(settings, argument);
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

const struct argp_option cite_options[] = {
    {"format", OPTION_FORMAT, "FORMAT", 0, "text, html or json (default: text)", 0},
    {"lang", OPTION_LANGUAGE, "TAG", 0, "the language of the list (default: the style's, else en)",
     0},
    {"style", OPTION_STYLE, "STYLE", 0,
     "a CSL style: a name such as apa, or a file (default: plain and numbered)", 0},
    {0},
};

error_t parse_inspect(int key, char *argument, struct argp_state *state)
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
        return 0;
    default:
        return ARGP_ERR_UNKNOWN;
    }
}

const struct argp_option inspect_options[] = {
    {"format", OPTION_FORMAT, "FORMAT", 0, "text, json or html (default: text)", 0},
    {"report", OPTION_REPORT, "FILE", 0, "write all of it as one page of HTML into FILE", 0},
    {0},
};

/* Of build, check and dump. */
static const char lang_words[] =
    "only these languages, with commas (default: the article's own and all that it is translated "
    "into)";
static const char missing_words[] =
    "words that are not translated: fail (default), source: leave them, marked with their "
    "language, notice: the same, and say so at the head";

const struct argp_option language_options[] = {
    {"lang", OPTION_LANGUAGE, "TAGS", 0, lang_words, 0},
    {"missing", OPTION_MISSING, "POLICY", 0, missing_words, 0},
    {0},
};

const struct argp_option check_options[] = {
    {"format", OPTION_FORMAT, "FORMAT", 0,
     "text, json, sarif (SARIF 2.1.0) or junit (default: text, on standard error)", 0},
    {"strict", OPTION_STRICT, NULL, 0, "fail on warnings too", 0},
    {"pages", OPTION_PAGES, NULL, 0,
     "set the pages, too: find what shows only there, such as characters that no font has", 0},
    {"fix", OPTION_FIX, NULL, 0, "first mend in the articles what can be mended safely", 0},
    {"rules", OPTION_RULES, NULL, 0, "print the rules, each with what to do", 0},
    {"lang", OPTION_LANGUAGE, "TAGS", 0, lang_words, 0},
    {"missing", OPTION_MISSING, "POLICY", 0, missing_words, 0},
    {0},
};

const struct argp_option watch_options[] = {
    {"port", OPTION_PORT, "N", 0, "serve there (default: any port that is free)", 0},
    {"output", 'o', "DIR", 0, "write into DIR (default: out)", 0},
    {"to", OPTION_TO, "FORMATS", 0, "Some of pdf,epub,html,txt,brf (default: pdf,epub)", 0},
    {"paper", OPTION_PAPER, "SIZE", 0, "a3, a4, a5, a6, letter or legal", 0},
    {"profile", OPTION_PROFILE, "NAMES", 0, "profiles, with commas between them", 0},
    {"theme", OPTION_THEME, "FILE", 0, "a house theme", 0},
    {"lang", OPTION_LANGUAGE, "TAGS", 0, "only these languages, with commas between them", 0},
    {"missing", OPTION_MISSING, "POLICY", 0, missing_words, 0},
    {"braille", OPTION_BRAILLE, "HOW", 0, "contracted, a size such as 32x28, or both", 0},
    {0},
};

const struct argp_option build_options[] = {
    {"output", 'o', "DIR", 0, "write into DIR (default: out)", 0},
    {"to", OPTION_TO, "FORMATS", 0, "Some of pdf,epub,html,txt,brf (default: pdf,epub)", 0},
    {"evidence", OPTION_EVIDENCE, NULL, 0,
     "write what was checked, and the statement of accessibility, beside the files", 0},
    {"braille", OPTION_BRAILLE, "HOW", 0,
     "contracted, and the cells and lines of a page, such as contracted,32x28 (default: 40x25, not "
     "contracted)",
     0},
    {"paper", OPTION_PAPER, "SIZE", 0,
     "a3, a4, a5, a6, letter or legal (default: the article's page.size, else a4)", 0},
    {"profile", OPTION_PROFILE, "NAMES", 0,
     "standard, large-print, dyslexia, booklet or book; more than one with commas (default: the "
     "article's profile, else standard)",
     0},
    {"theme", OPTION_THEME, "FILE", 0, "a house theme, in place of the article's own", 0},
    {"lang", OPTION_LANGUAGE, "TAGS", 0, lang_words, 0},
    {"missing", OPTION_MISSING, "POLICY", 0, missing_words, 0},
    {"jobs", 'j', "N", 0, "do N jobs at a time (default: one for each processor)", 0},
    {"timeout", OPTION_TIMEOUT, "SECONDS", 0,
     "give up a job that takes longer (default among several: 600; 0: never)", 0},
    {"memory", OPTION_MEMORY, "MB", 0,
     "give up a job that needs more memory (default among several: the machine's, shared out, at "
     "least 2048; 0: no limit)",
     0},
    {"force", OPTION_FORCE, NULL, 0, "do every job, also where nothing has changed", 0},
    {"cache", OPTION_CACHE, "DIR", 0,
     "remember in DIR what was done (default: .cache in the output folder)", 0},
    {"cache-size", OPTION_CACHE_SIZE, "MB", 0,
     "forget what was not asked for longest where that takes more (default: 4096; 0: never)", 0},
    {"json", OPTION_JSON, NULL, 0, "print events for programs, one JSON object a line", 0},
    {"plan", OPTION_PLAN, "ninja", 0, "write DIR/build.ninja, the work as a graph for Ninja", 0},
    {"part", OPTION_PART, "I/N", OPTION_HIDDEN, "do the job I of the N of a plan", 0},
    {"part-of", OPTION_PART_OF, "DIGEST", OPTION_HIDDEN, "of a part: the jobs of the plan", 0},
    {"depfile", OPTION_DEPFILE, "FILE", OPTION_HIDDEN, "of a part: write what it has read", 0},
    {"shard", OPTION_SHARD, "I/N", 0,
     "do the I-th of N shares of the work; lectern merge joins them", 0},
    {"costs", OPTION_COSTS, "FILE", 0,
     "share by the times in FILE, the file costs in the cache of an earlier build", 0},
    {"pdf-standard", OPTION_STANDARD, "NAME", 0,
     "ua1: PDF/UA-1 and PDF/A-2a (default); ua2: PDF/UA-2, PDF/A-4 and WTPDF 1.0", 0},
    {0},
};

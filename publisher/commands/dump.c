#include "commands/commands.h"

static const struct argp_option language_options[] = {
    {"lang", OPTION_LANGUAGE, "TAGS", 0, lang_words, 0},
    {"missing", OPTION_MISSING, "POLICY", 0, missing_words, 0},
    {0},
};

/* Of the article alone where no language is asked for. */
static enum outcome run_dump(struct settings *settings)
{
    if (settings->publish.language_count)
        return for_each_language(settings, publish_dump);
    enum outcome outcome = settings->outcome;
    for (size_t i = 0; i < settings->count; i++)
        outcome = worse_outcome(outcome, publish_dump(&settings->articles[i], &settings->publish));
    return outcome;
}

const struct command dump_command = {
    .name = "dump",
    .summary = "print the document as a tree of text",
    .run = run_dump,
    .argp = {language_options, parse_languages, "SOURCE...",
             "Prints what was read, as a tree: for tests and questions.", NULL, NULL, NULL},
};

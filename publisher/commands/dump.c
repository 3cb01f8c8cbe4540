#include "commands/commands.h"

static error_t parse_dump(int key, char *argument, struct argp_state *state)
{
    struct settings *settings = state->input;
    if (key != OPTION_PAGES)
        return parse_look(key, argument, state);
    settings->publish.sets_pages = true;
    return 0;
}

static const struct argp_option dump_options[] = {
    {"pages", OPTION_PAGES, NULL, 0, "print the set pages instead: what stands where, in points",
     0},
    {"paper", OPTION_PAPER, "SIZE", 0, paper_words, 0},
    {"profile", OPTION_PROFILE, "NAMES", 0, profile_words, 0},
    {"theme", OPTION_THEME, "FILE", 0, theme_words, 0},
    {"lang", OPTION_LANGUAGE, "TAGS", 0, lang_words, 0},
    {"edition", OPTION_EDITION, "EDITIONS", 0, edition_words, 0},
    {"missing", OPTION_MISSING, "POLICY", 0, missing_words, 0},
    {"set", OPTION_SET, "NAME=WORDS", 0, set_words, 0},
    {"budget", OPTION_BUDGET, "SECONDS", 0, budget_words, 0},
    {0},
};

/* Of the article alone where no language is asked for. */
static enum outcome run_dump(struct settings *settings)
{
    if (settings->publish.language_count || settings->publish.bilingual_count)
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
    .argp =
        {dump_options, parse_dump, "SOURCE...",
         "Prints what was read, as a tree, or what stands on the pages: for tests and questions.",
         NULL, NULL, NULL},
};

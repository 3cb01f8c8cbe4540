#include "commands/commands.h"

static enum outcome run_settings(struct settings *settings)
{
    enum outcome outcome = settings->outcome;
    for (size_t i = 0; i < settings->count; i++)
        outcome =
            worse_outcome(outcome, publish_settings(&settings->articles[i], &settings->publish));
    return outcome;
}

const struct command settings_command = {
    .name = "settings",
    .summary = "show what counts for an article, and where it is said",
    .run = run_settings,
    .argp = {NULL, parse_source, "SOURCE...",
             "Prints each value that counts for the articles, of their own front matter and of the "
             "lectern.yaml in their folder and in those above: FILE:LINE: KEY: VALUE.",
             NULL, NULL, NULL},
};

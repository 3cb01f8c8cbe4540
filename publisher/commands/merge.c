#include "commands/commands.h"
#include "commands/words.h"

#include <errno.h>

static error_t parse_merge(int key, char *argument, struct argp_state *state)
{
    struct settings *settings = state->input;
    unsigned long number;
    switch (key) {
    case OPTION_OF:
        if (!words_number(argument, UINT32_MAX, &number))
            argp_error(state, "--of takes a number of shards, not %s", argument);
        settings->merges_of = (unsigned)number;
        return 0;
    case ARGP_KEY_END:
        if (is_single_output(settings->publish.output))
            argp_error(state, "merge wants a folder for -o, not the file %s",
                       settings->publish.output);
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

static const struct argp_option merge_options[] = {
    {"output", 'o', "DIR", 0, "the folder of the whole (default: out)", 0},
    {"of", OPTION_OF, "N", OPTION_HIDDEN, "only shards of so many", 0},
    {0},
};

static enum outcome run_merge(struct settings *settings)
{
    return batch_merge(&settings->arena, settings->files, settings->file_count,
                       settings->publish.output, settings->merges_of);
}

const struct command merge_command = {
    .name = "merge",
    .summary = "join what shards of a build have written",
    .run = run_merge,
    .argp =
        {merge_options, parse_merge, "DIR...",
         "Each DIR holds what lectern build --shard wrote. Takes over the files, checks that no "
         "shard is missing and every file is whole, and writes manifest.json and index.html.",
         NULL, NULL, NULL},
};

#include "commands/commands.h"

#include "base/buffer.h"
#include "base/files.h"
#include "base/limits.h"
#include "examples/examples.h"

#include <errno.h>
#include <string.h>

static error_t parse_new(int key, char *argument, struct argp_state *state)
{
    struct settings *settings = state->input;
    switch (key) {
    case OPTION_LANGUAGE:
        settings->language = text_from_c(argument);
        return 0;
    case ARGP_KEY_ARG:
        if (settings->file_count == 2)
            argp_error(state, "there is one folder to write into, and %s is another", argument);
        return add_file(settings, argument);
    case ARGP_KEY_END:
        if (settings->file_count && !example_has_kind(settings->files[0]))
            argp_error(state, "no example is called %s; there are: %s", settings->files[0],
                       example_list(&settings->arena, NULL));
        if (settings->file_count < 2)
            argp_error(state, "name a kind and a folder; the kinds are: %s",
                       example_list(&settings->arena, NULL));
        if (settings->language.length == 0)
            settings->language = TEXT("en");
        if (!example_language(settings->files[0], settings->language))
            argp_error(state, "there is no %s in %s; there are: %s", settings->files[0],
                       settings->language.bytes,
                       example_list(&settings->arena, settings->files[0]));
        return 0;
    default:
        return ARGP_ERR_UNKNOWN;
    }
}

static const struct argp_option new_options[] = {
    {"lang", OPTION_LANGUAGE, "LANG", 0, "the language of the example (default: en)", 0},
    {0},
};

static enum outcome write_example(struct settings *settings, const struct example_file *file)
{
    struct arena *arena = &settings->arena;
    struct buffer bytes;
    buffer_init(&bytes, LIMIT_OUTPUT_BYTES);
    for (size_t i = 0; file->lines[i]; i++)
        buffer_add_c(&bytes, file->lines[i]);
    text path = arena_printf(arena, "%s/%s", settings->files[1], file->name);
    bool is_written = file_write_whole(path.bytes, buffer_text(&bytes));
    buffer_release(&bytes);
    if (!is_written) {
        stream_complain(
            arena_printf(arena, "lectern: cannot write %s: %s\n", path.bytes, strerror(errno)));
        return OUTCOME_SYSTEM;
    }
    return stream_print(arena_printf(arena, "%s\n", path.bytes)) ? OUTCOME_DONE : OUTCOME_SYSTEM;
}

/* Nothing that stands in the folder is written over: it must be new, or empty. */
static enum outcome find_free(struct settings *settings, const char *folder)
{
    text *names;
    size_t count = 0;
    if (file_kind(folder) == 'd' && !folder_list(&settings->arena, folder, &names, &count)) {
        stream_complain(arena_printf(&settings->arena, "lectern: cannot read the folder %s: %s\n",
                                     folder, strerror(errno)));
        return OUTCOME_SYSTEM;
    }
    if (file_kind(folder) == 'f' || count) {
        stream_complain(arena_printf(
            &settings->arena,
            "lectern: %s is there already, and not an empty folder: nothing was written\n",
            folder));
        return OUTCOME_INPUT;
    }
    return OUTCOME_DONE;
}

/* The article itself, or a book's list of files, is the last file: without it, the folder is
   none. */
static enum outcome run_new(struct settings *settings)
{
    const char *kind = settings->files[0];
    const char *language = example_language(kind, settings->language);
    enum outcome outcome = find_free(settings, settings->files[1]);
    if (outcome != OUTCOME_DONE)
        return outcome;
    if (!folder_make(settings->files[1])) {
        stream_complain(arena_printf(&settings->arena, "lectern: cannot make the folder %s: %s\n",
                                     settings->files[1], strerror(errno)));
        return OUTCOME_SYSTEM;
    }
    for (int is_main = 0; is_main < 2; is_main++) {
        for (const struct example_file *file = example_files; file->kind && outcome == OUTCOME_DONE;
             file++) {
            bool is_wanted = !*file->language || strcmp(file->language, language) == 0;
            if (strcmp(file->kind, kind) == 0 && is_wanted && example_is_main(file) == is_main)
                outcome = write_example(settings, file);
        }
    }
    return outcome;
}

const struct command new_command = {
    .name = "new",
    .summary = "begin a publication with an example of its kind",
    .run = run_new,
    .argp =
        {new_options, parse_new, "KIND DIR",
         "Writes a small, whole example into the folder, which must be new or empty. Change its "
         "words, and publish it with lectern build. KIND is book, easy-read, leaflet, letter, "
         "paper or report.",
         NULL, NULL, NULL},
    .tells_choice = true,
};

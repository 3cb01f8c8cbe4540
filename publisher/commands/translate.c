#include "commands/commands.h"
#include "commands/words.h"

#include "base/files.h"
#include "base/process.h"
#include "publish/catalogues.h"
#include "publish/memory.h"
#include "publish/translations.h"

#include <unistd.h>

static const struct translate_command translate_commands[] = {
    {"extract", catalogues_extract, NULL, NULL}, {"update", catalogues_update, NULL, "po"},
    {"status", NULL, catalogues_status, NULL},   {"stats", NULL, catalogues_stats, NULL},
    {"export", catalogues_export, NULL, "po"},   {"import", catalogues_import, NULL, "xlf"},
};

/* Whether any article has a file that the action would work on. */
static bool has_files(struct settings *settings, const char *extension)
{
    size_t all = 0;
    for (size_t i = 0; i < settings->count; i++) {
        size_t count;
        translation_languages(&settings->arena, &settings->articles[i], extension, &count);
        all += count;
    }
    return all > 0;
}

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
            argp_error(state, "say extract, update, status, stats, export or import, not %s",
                       argument);
        return 0;
    case ARGP_KEY_END:
        if (!settings->translate)
            argp_error(state, "say extract, update, status, stats, export or import");
        else if (settings->translate->act == catalogues_extract && settings->publish.language_count)
            argp_error(state, "extract writes one template for all languages: leave --lang out");
        else if (settings->count == 0 && settings->outcome == OUTCOME_DONE)
            argp_error(state,
                       "name an article: a folder with an article.md or a book, or a .md file");
        settings->makes_languages = settings->translate && settings->translate->act;
        return 0;
    case OPTION_LANGUAGE:
        return words_languages(settings, argument, state);
    case OPTION_THEME:
        settings->publish.theme = argument;
        return 0;
    case OPTION_FORMAT:
        if (strcmp(argument, "text") != 0 && strcmp(argument, "json") != 0)
            argp_error(state, "--format takes text or json, not %s", argument);
        settings->status_format = argument[0] == 'j' ? STATUS_JSON : STATUS_TEXT;
        return 0;
    default:
        return parse_budget(key, argument, state);
    }
}

static const struct argp_option translate_options[] = {
    {"lang", OPTION_LANGUAGE, "TAGS", 0,
     "only these languages, with commas; update makes catalogues that are not there", 0},
    {"theme", OPTION_THEME, "FILE", 0,
     "the house theme, whose words are translated too (default: the one that the article names)",
     0},
    {"format", OPTION_FORMAT, "FORMAT", 0, "of status and stats: text or json (default: text)", 0},
    {"budget", OPTION_BUDGET, "SECONDS", 0, budget_words, 0},
    {0},
};

struct action {
    const struct settings *settings;
    const struct article *article;
};

static int do_action(const void *closure)
{
    const struct action *action = closure;
    return (int)action->settings->translate->act(action->article, &action->settings->publish);
}

/* One of many, in a process of its own: one that is too much is lost alone. */
static enum outcome act_apart(struct settings *settings, const struct article *article)
{
    int code = process_apart(do_action, &(struct action){settings, article});
    if (code >= 0)
        return (enum outcome)code;
    stream_complain(arena_printf(&settings->arena,
                                 "lectern: the process that translated %s was ended\n",
                                 article_path(&settings->arena, article, article->file).bytes));
    return OUTCOME_SYSTEM;
}

static enum outcome run_translate(struct settings *settings)
{
    if (!settings->translate->act)
        return worse_outcome(settings->outcome, settings->translate->on_all(
                                                    settings->articles, settings->count,
                                                    &settings->publish, settings->status_format));
    enum outcome outcome = settings->outcome;
    const char *extension = settings->translate->extension;
    if (extension && settings->count && settings->publish.language_count == 0 &&
        !has_files(settings, extension)) {
        stream_complain(
            arena_printf(&settings->arena,
                         "lectern: there is no po/LANG.%s to %s: name the languages, as "
                         "with --lang=fr\n",
                         extension, settings->translate->name));
        outcome = worse_outcome(outcome, OUTCOME_INPUT);
    }
    struct translation_memory memory;
    if (settings->translate->act == catalogues_update && settings->count > 1) {
        memory_gather(&settings->arena, settings->articles, settings->count, &settings->publish,
                      &memory);
        settings->publish.memory = &memory;
    }
    for (size_t i = 0; i < settings->count; i++) {
        const struct article *article = &settings->articles[i];
        outcome = worse_outcome(outcome,
                                settings->count > 1
                                    ? act_apart(settings, article)
                                    : (enum outcome)do_action(&(struct action){settings, article}));
    }
    settings->publish.memory = NULL;
    return outcome;
}

const struct command translate_command = {
    .name = "translate",
    .summary = "make, update and count the catalogues of translators",
    .run = run_translate,
    .argp =
        {translate_options, parse_translate, "ACTION SOURCE...",
         "ACTION is extract: write po/article.pot, all that is to be translated; update: bring "
         "po/*.po up to date with the article, and of several articles fill what another one has "
         "translated; status: how far each language is; stats: how much all articles together "
         "have to translate, the same words once; export: write "
         "po/LANG.xlf (XLIFF 2.1); import: take the translations of po/LANG.xlf into po/LANG.po.",
         NULL, NULL, NULL},
};

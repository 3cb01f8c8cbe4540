#include "commands/commands.h"

#include "document/language.h"

#include <errno.h>

static error_t parse_cite(int key, char *argument, struct argp_state *state)
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

static const struct argp_option cite_options[] = {
    {"format", OPTION_FORMAT, "FORMAT", 0, "text, html or json (default: text)", 0},
    {"lang", OPTION_LANGUAGE, "TAG", 0, "the language of the list (default: the style's, else en)",
     0},
    {"style", OPTION_STYLE, "STYLE", 0,
     "a CSL style: a name such as apa, or a file (default: plain and numbered)", 0},
    {0},
};

static enum outcome run_cite(struct settings *settings)
{
    enum outcome outcome = OUTCOME_DONE;
    for (size_t i = 0; i < settings->file_count; i++)
        outcome =
            worse_outcome(outcome, publish_references(settings->files[i], settings->style,
                                                      settings->language, settings->cite_format));
    return outcome;
}

const struct command cite_command = {
    .name = "cite",
    .summary = "print the references of a file, worded by a style",
    .run = run_cite,
    .argp = {cite_options, parse_cite, "FILE...",
             "Prints each FILE of references (CSL-JSON, CSL-YAML, BibTeX or RIS) as a list.", NULL,
             NULL, NULL},
};

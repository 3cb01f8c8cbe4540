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
        argp_error(state, "name a file of references: .json, .yaml, .bib, .ris, .nbib or .xml");
        return EINVAL;
    case OPTION_LANGUAGE:
        settings->language = text_from_c(argument);
        settings->has_words = true;
        if (!language_is_valid(settings->language))
            argp_error(state, "--lang takes a language tag such as en or pt-BR, not %s", argument);
        return 0;
    case OPTION_STYLE:
        settings->style = text_from_c(argument);
        settings->has_words = true;
        return 0;
    case OPTION_FORMAT:
        for (size_t i = 0; i < sizeof formats / sizeof *formats; i++) {
            if (strcmp(argument, formats[i]) == 0) {
                settings->cite_format = (enum cite_format)i;
                settings->has_words = true;
                return 0;
            }
        }
        argp_error(state, "--format takes text, html or json, not %s", argument);
        return EINVAL;
    case OPTION_TO:
        for (size_t i = 0; i < REFERENCES_TARGETS; i++) {
            if (strcmp(argument, reference_target_names[i]) == 0) {
                settings->cite_target = (enum reference_target)i;
                settings->converts = true;
                return 0;
            }
        }
        argp_error(state, "--to takes csljson, bibtex, biblatex or ris, not %s", argument);
        return EINVAL;
    case ARGP_KEY_SUCCESS:
        if (settings->converts && settings->has_words)
            argp_error(state, "--to writes data: it takes no --format, --lang or --style");
        return 0;
    default:
        return parse_budget(key, argument, state);
    }
}

static const struct argp_option cite_options[] = {
    {"format", OPTION_FORMAT, "FORMAT", 0, "text, html or json (default: text)", 0},
    {"lang", OPTION_LANGUAGE, "TAG", 0, "the language of the list (default: the style's, else en)",
     0},
    {"style", OPTION_STYLE, "STYLE", 0,
     "a CSL style: a name such as apa, or a file (default: plain and numbered)", 0},
    {"to", OPTION_TO, "FORMAT", 0,
     "convert: write all references as csljson, bibtex, biblatex or ris; what that format cannot "
     "hold is told",
     0},
    {"budget", OPTION_BUDGET, "SECONDS", 0, budget_words, 0},
    {0},
};

static enum outcome run_cite(struct settings *settings)
{
    enum outcome outcome = OUTCOME_DONE;
    if (settings->converts)
        return publish_conversion(settings->files, settings->file_count, settings->cite_target,
                                  &settings->publish);
    if (settings->cite_format == CITE_JSON) /* one array: two are no JSON */
        return publish_references(settings->files, settings->file_count, settings->style,
                                  settings->language, CITE_JSON, &settings->publish);
    for (size_t i = 0; i < settings->file_count; i++)
        outcome = worse_outcome(
            outcome, publish_references(settings->files + i, 1, settings->style, settings->language,
                                        settings->cite_format, &settings->publish));
    return outcome;
}

const struct command cite_command = {
    .name = "cite",
    .summary = "print the references of a file, worded by a style, or convert them",
    .run = run_cite,
    .argp = {cite_options, parse_cite, "FILE...",
             "Prints each FILE of references (CSL-JSON, CSL-YAML, BibTeX, RIS, PubMed's nbib, "
             "EndNote's "
             "XML or MODS) as a list, or converts them all.",
             NULL, NULL, NULL},
};

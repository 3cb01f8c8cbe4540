/* Options: what the command line says, as argp reads it for each command. */
#ifndef LECTERN_OPTIONS_H
#define LECTERN_OPTIONS_H

#include "base/printers.h"
#include "batch/batch.h"
#include "catalogues.h"
#include "inspect/inspect.h"

#include <argp.h>

/* lectern translate ACTION SOURCE... */
struct translate_command {
    const char *name;
    /* NULL: status, for all articles at once */
    enum outcome (*act)(const struct article *article, const text *languages, size_t count);
};

/* A source that there is none of. */
struct missing_source {
    const char *name, *why;
};

struct settings {
    struct publish_options publish;
    struct batch_options batch;
    struct arena arena;
    struct article *articles;
    size_t count, capacity;
    struct missing_source *missing;
    size_t missing_count, missing_capacity;
    const char **files; /* of references; of merge: folders of shards */
    size_t file_count, file_capacity;
    text language;
    text *languages; /* those named: publish.languages while they grow */
    size_t language_capacity;
    const struct translate_command *translate;
    enum status_format status_format;
    enum cite_format cite_format;
    enum report_format report_format;
    bool fixes;             /* check: mends what can be mended safely */
    bool prints_rules;      /* check: the rules in place of articles */
    unsigned port;          /* watch: 0: any */
    unsigned merges_of;     /* merge: 0: any */
    bool plans;             /* build: writes a graph, and builds nothing */
    const char *program;    /* as it was called */
    const char **arguments; /* build: as they were given */
    size_t argument_count;
    text style;
    enum inspect_format inspect_format;
    const char *report;   /* of inspect: the file of the HTML report; NULL: standard output */
    enum outcome outcome; /* of finding the articles */
};

/* For argp: settings are the input. A wrong use is reported and ends the process. */
error_t parse_source(int key, char *argument, struct argp_state *state);
error_t parse_check(int key, char *argument, struct argp_state *state);
error_t parse_languages(int key, char *argument, struct argp_state *state);
error_t parse_build(int key, char *argument, struct argp_state *state);
error_t parse_translate(int key, char *argument, struct argp_state *state);
error_t parse_watch(int key, char *argument, struct argp_state *state);
error_t parse_merge(int key, char *argument, struct argp_state *state);
error_t parse_inspect(int key, char *argument, struct argp_state *state);
error_t parse_cite(int key, char *argument, struct argp_state *state);
extern const struct argp_option check_options[], language_options[], build_options[],
    watch_options[], translate_options[], merge_options[], cite_options[];
extern const struct argp_option language_options[], build_options[], translate_options[],
    merge_options[], cite_options[], inspect_options[];

#endif

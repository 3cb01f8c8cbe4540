/* Severities: what an author wants of each rule, as the key `rules` of a front matter or of a
   lectern.yaml has it: a mapping of ids to off, notice, warning or error. */
#ifndef LECTERN_BASE_SEVERITIES_H
#define LECTERN_BASE_SEVERITIES_H

#include "base/report.h"
#include "base/yaml.h"

/* Where a place of the YAML stands in its file. */
typedef struct span (*severity_place)(const void *object, struct yaml_place place);

/* Takes the severities into the report. A rule that there is not, a severity that there is not,
   and one that the rule must not have are errors. is_last_word: false keeps one that was set
   before. */
void severities_read(struct report *report, const struct yaml_value *rules, severity_place place,
                     const void *object, bool is_last_word);

#endif

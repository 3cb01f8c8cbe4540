/* Levels: what an author wants of each rule, as the key `rules` of a front matter or of a
   lectern.yaml has it: a mapping of ids to off, notice, warning or error. */
#ifndef LECTERN_BASE_LEVELS_H
#define LECTERN_BASE_LEVELS_H

#include "base/report.h"
#include "base/yaml.h"

/* Where a place of the YAML stands in its file. */
typedef struct span (*level_place)(const void *object, struct yaml_place place);

/* Takes the levels into the report. A rule that there is not, a level that there is not, and a
   level that the rule must not have are errors. is_last_word: false keeps a level that was set
   before. */
void levels_read(struct report *report, const struct yaml_value *rules, level_place place,
                 const void *object, bool is_last_word);

#endif

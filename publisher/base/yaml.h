/* YAML: a small tree of values with their places, from libyaml's events. Aliases and tags are
   refused and the number of values is capped, so nothing can grow beyond what was written. */
#ifndef LECTERN_BASE_YAML_H
#define LECTERN_BASE_YAML_H

#include "base/arena.h"

enum yaml_kind { YAML_SCALAR, YAML_SEQUENCE, YAML_MAPPING };

struct yaml_place { /* lines and columns from 0; columns count characters */
    size_t line, column, end_line, end_column;
};

struct yaml_value {
    enum yaml_kind kind;
    struct yaml_value *next, *first, *last, *parent;
    text key; /* in a mapping */
    struct yaml_place key_place;
    text scalar;
    bool plain; /* a scalar without quotes */
    struct yaml_place place;
};

/* The value that the text holds (NULL: none, it is blank), or NULL with *why and *place set. */
struct yaml_value *yaml_read(struct arena *arena, text bytes, const char **why,
                             struct yaml_place *place);
/* The same with room for more values than LIMIT_YAML_NODES. */
struct yaml_value *yaml_read_many(struct arena *arena, text bytes, size_t most_values,
                                  const char **why, struct yaml_place *place);
/* The value under the key, or NULL. */
struct yaml_value *yaml_find(const struct yaml_value *mapping, text key);
/* Makes it the last of the mapping's or the sequence's values. */
void yaml_append(struct yaml_value *parent, struct yaml_value *value);

#endif

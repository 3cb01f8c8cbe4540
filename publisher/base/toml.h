/* TOML 1.0 (toml.io/en/v1.0.0), as Hugo and Zola write front matter and mdBook its settings: into
   the tree of values that YAML gives, with the same limits. Numbers, dates and true or false are
   plain scalars, as they are written. */
#ifndef LECTERN_BASE_TOML_H
#define LECTERN_BASE_TOML_H

#include "base/yaml.h"

/* The mapping that the text holds, which is valid UTF-8, or NULL with *why and *place set. */
struct yaml_value *toml_read(struct arena *arena, text bytes, const char **why,
                             struct yaml_place *place);

#endif

/* Front: what the rooms share that read the front matter. front_keys.def is the table of its keys;
   each of them is read by a function of one of the rooms. */
#ifndef LECTERN_READ_FRONT_H
#define LECTERN_READ_FRONT_H

#include "base/yaml.h"
#include "read/reader.h"

struct front {
    struct reader *reader;
    struct metadata *metadata;
    uint32_t first_line; /* the article's line of the YAML's first line */
    bool has_title, has_language;
};

struct front_key {
    const char *name;
    void (*read)(struct front *front, const struct yaml_value *value);
};

/* Where a place of the YAML stands in the article. */
struct span front_span(const struct front *front, struct yaml_place place);
/* Says that the value is not what its key may be. wanted: what to write. */
void front_report_kind(struct front *front, const struct yaml_value *value, const char *wanted);
/* The words of a value, white space as one space each; empty for the null of YAML, and where they
   are no words, which is reported. */
text front_words(struct front *front, const struct yaml_value *value);
/* The same of a list, or of words with commas between them; NULL: none. */
text *front_list(struct front *front, const struct yaml_value *value, size_t *count);
size_t front_count(const struct yaml_value *list);
/* Keeps the words of a value for translators. */
void front_keep_unit(struct front *front, enum unit_kind kind, const struct yaml_value *value,
                     text words);
/* Reads each key of a mapping that the table has, and warns of the others. */
void front_read_keys(struct front *front, const struct yaml_value *mapping,
                     const struct front_key *keys, size_t count);
#define FRONT_READ_KEYS(front, mapping, keys)                                                      \
    front_read_keys((front), (mapping), (keys), sizeof(keys) / sizeof(keys)[0])

/* One for each row of the table. */
#define FRONT_KEY(name, function)                                                                  \
    void front_read_##function(struct front *front, const struct yaml_value *value);
#include "read/front_keys.def"
#undef FRONT_KEY

#endif

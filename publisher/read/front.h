/* Front: what the rooms share that read the front matter, and the settings that are its defaults.
   front_keys.def is the table of keys; each of them is read by a function of one of the rooms. */
#ifndef LECTERN_READ_FRONT_H
#define LECTERN_READ_FRONT_H

#include "base/yaml.h"
#include "read/reader.h"

/* The keys that an article has itself, in the order of the table. */
enum front_row {
#define FRONT_KEY(name, function, place) FRONT_##function,
#include "read/front_keys.def"
#undef FRONT_KEY
    FRONT_ROW_COUNT,
};

struct front {
    struct reader *reader;
    struct metadata *metadata;
    /* what is read now: the article's front matter, or a lectern.yaml */
    uint32_t file;       /* its number in the report */
    uint32_t first_line; /* its line of the YAML's first line */
    bool is_settings;
    const struct folder *folder; /* whose paths its values are */
    /* what was read before */
    bool is_given[FRONT_ROW_COUNT];
    bool has_title, has_language;
};

struct front_key {
    const char *name;
    void (*read)(struct front *front, const struct yaml_value *value);
};

/* Where a place of the YAML stands in its file. */
struct span front_span(const struct front *front, struct yaml_place place);
/* The rule that a value which cannot be breaks. */
const char *front_rule(const struct front *front);
/* Says that the value is not what its key may be. wanted: what to write. */
void front_report_kind(struct front *front, const struct yaml_value *value, const char *wanted);
/* The words of a value, white space as one space each; empty for the null of YAML, and where they
   are no words, which is reported. */
text front_words(struct front *front, const struct yaml_value *value);
/* The same of a list, or of words with commas between them; NULL: none. */
text *front_list(struct front *front, const struct yaml_value *value, size_t *count);
size_t front_count(const struct yaml_value *list);
/* A file of that path, beside what is read now. */
struct named_file front_named_file(const struct front *front, const struct yaml_value *value,
                                   text path);
/* Keeps the words of a value for translators; those to publish, which are the translation where a
   translation is read and they stand outside the article. */
text front_keep_unit(struct front *front, enum unit_kind kind, const struct yaml_value *value,
                     text words);
/* Warns of a key that none of the names is. */
void front_report_unknown(struct front *front, const struct yaml_value *value,
                          const char *const *names, size_t count);
/* Reads each key of a mapping that the table has, and warns of the others. */
void front_read_keys(struct front *front, const struct yaml_value *mapping,
                     const struct front_key *keys, size_t count);
#define FRONT_READ_KEYS(front, mapping, keys)                                                      \
    front_read_keys((front), (mapping), (keys), sizeof(keys) / sizeof(keys)[0])

/* One for each row of the table. */
#define FRONT_KEY(name, function, place)                                                           \
    void front_read_##function(struct front *front, const struct yaml_value *value);
#include "read/front_keys.def"
#undef FRONT_KEY

#endif

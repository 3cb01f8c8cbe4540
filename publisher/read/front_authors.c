/* Who wrote it. */
#include "read/front.h"

static struct author *last_author(struct front *front)
{
    return &front->metadata->authors[front->metadata->author_count];
}

static void read_author_name(struct front *front, const struct yaml_value *value)
{
    last_author(front)->name = front_words(front, value);
}

static void read_author_affiliation(struct front *front, const struct yaml_value *value)
{
    last_author(front)->affiliation =
        front_keep_unit(front, UNIT_AFFILIATION, value, front_words(front, value));
}

static const struct front_key author_keys[] = {
    {"name", read_author_name},
    {"affiliation", read_author_affiliation},
};

static void read_one_author(struct front *front, const struct yaml_value *value)
{
    if (value->kind == YAML_MAPPING)
        FRONT_READ_KEYS(front, value, author_keys);
    else
        last_author(front)->name = front_words(front, value);
    if (last_author(front)->name.length == 0) {
        if (value->kind == YAML_MAPPING)
            report_error(front->reader->report, front_rule(front), front_span(front, value->place),
                         "add a line name: …", "an author without a name");
        return;
    }
    front->reader->author_spans[front->metadata->author_count++] = front_span(front, value->place);
}

void front_read_author(struct front *front, const struct yaml_value *value)
{
    size_t count = value->kind == YAML_SEQUENCE ? front_count(value) : 1;
    /* one more than there can be: last_author may stand behind the last */
    front->metadata->authors = ARENA_NEW_ARRAY(front->reader->arena, count + 1, struct author);
    front->reader->author_spans = ARENA_NEW_ARRAY(front->reader->arena, count + 1, struct span);
    if (value->kind != YAML_SEQUENCE) {
        read_one_author(front, value);
        return;
    }
    for (const struct yaml_value *item = value->first; item; item = item->next)
        read_one_author(front, item);
}

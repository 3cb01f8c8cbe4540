#include "base/levels.h"

static void read_level(struct report *report, const struct yaml_value *value, struct span span,
                       bool is_last_word)
{
    const struct rule_facts *rule = rule_find(value->key);
    enum severity level;
    if (!rule)
        report_error(report, "rule-unknown", span, NULL, "there is no rule %.*s",
                     TEXT_ARGUMENTS(value->key));
    else if (value->kind != YAML_SCALAR || !severity_find(value->scalar, &level))
        report_error(report, "rule-level", span, NULL,
                     "the level of %s is none of off, notice, warning and error", rule->id);
    else if (!is_last_word && report_has_level(report, rule))
        return;
    else if (!report_set_level(report, rule, level))
        report_error(report, "rule-level", span,
                     "take the line out: a reader could not do with such an article",
                     "the rule %s is an error always", rule->id);
}

void levels_read(struct report *report, const struct yaml_value *rules, level_place place,
                 const void *object, bool is_last_word)
{
    if (rules->kind != YAML_MAPPING) {
        report_error(report, "rule-level", place(object, rules->place),
                     "write lines such as   image-alt-long: warning   below rules:",
                     "rules is not a list of rules with their levels");
        return;
    }
    for (const struct yaml_value *value = rules->first; value; value = value->next)
        read_level(report, value, place(object, value->key_place), is_last_word);
}

struct file {
    struct report *report;
    uint32_t number;
};

/* libyaml counts characters, spans count bytes; keys of this file are of ASCII. */
static struct span place_in_file(const void *object, struct yaml_place place)
{
    const struct file *file = object;
    struct span span = {.file = file->number,
                        .line = (uint32_t)place.line + 1,
                        .column = (uint32_t)place.column + 1,
                        .end_line = (uint32_t)place.end_line + 1,
                        .end_column = (uint32_t)place.end_column};
    if (span.end_column < span.column)
        span.end_column = span.column;
    return span;
}

void levels_read_file(struct report *report, text name, text bytes)
{
    struct file file = {report, report_add_source(report, name, bytes)};
    struct yaml_place place = {0};
    const char *why = NULL;
    struct yaml_value *top = NULL;
    if (text_find_invalid_utf8(bytes) != SIZE_MAX)
        why = "it is not UTF-8";
    else
        top = yaml_read(report->arena, bytes, &why, &place);
    if (!why && top && top->kind != YAML_MAPPING)
        why = "it is not a list of keys and values";
    if (why) {
        report_error(report, "settings-syntax", place_in_file(&file, place), NULL,
                     "lectern.yaml cannot be read: %s", why);
        return;
    }
    for (const struct yaml_value *value = top ? top->first : NULL; value; value = value->next) {
        if (text_equal_c(value->key, "rules"))
            levels_read(report, value, place_in_file, &file, false);
        else
            report_warning(report, "settings-unknown-key", place_in_file(&file, value->key_place),
                           "the file has one key: rules", "lectern.yaml has no key %.*s",
                           TEXT_ARGUMENTS(value->key));
    }
}

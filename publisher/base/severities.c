#include "base/severities.h"

/* The id that is meant, as far as one is near; NULL: none. */
static const char *nearest_rule(struct report *report, text id)
{
    const struct rule_facts *rule;
    const char *nearest = NULL;
    size_t limit = id.length / 3 + 1;
    for (size_t i = 0; (rule = rule_at(i)); i++) {
        size_t distance = text_distance(id, text_from_c(rule->id), limit);
        if (distance <= limit && (!nearest || distance < limit)) {
            nearest = rule->id;
            limit = distance;
        }
    }
    return nearest ? arena_printf(report->arena, "did you mean %s?", nearest).bytes : NULL;
}

static void read_severity(struct report *report, const struct yaml_value *value, struct span span,
                          bool is_last_word)
{
    const struct rule_facts *rule = rule_find(value->key);
    enum severity severity;
    if (!rule)
        report_error(report, "rule-unknown", span, nearest_rule(report, value->key),
                     "there is no rule %.*s", TEXT_ARGUMENTS(value->key));
    else if (value->kind != YAML_SCALAR || !severity_find(value->scalar, &severity))
        report_error(report, "rule-level", span, NULL,
                     "the level of %s is none of off, notice, warning and error", rule->id);
    else if (!is_last_word && report_has_severity(report, rule))
        return;
    else if (!report_set_severity(report, rule, severity))
        report_error(report, "rule-level", span,
                     "take the line out: a reader could not do with such an article",
                     "the rule %s is an error always", rule->id);
}

void severities_read(struct report *report, const struct yaml_value *rules, severity_place place,
                     const void *object, bool is_last_word)
{
    if (rules->kind != YAML_MAPPING) {
        report_error(report, "rule-level", place(object, rules->place),
                     "write lines such as   image-alt-long: warning   below rules:",
                     "rules is not a list of rules with their levels");
        return;
    }
    for (const struct yaml_value *value = rules->first; value; value = value->next)
        read_severity(report, value, place(object, value->key_place), is_last_word);
}

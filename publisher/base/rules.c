#include "base/rules.h"

#include <string.h>

enum lock { LOCK_FREE, LOCK_FIXED };

static const struct rule_facts rules[] = {
#define RULE(id, severity, lock, wcag, matterhorn, epub, reason, hint)                             \
    {id, SEVERITY_##severity, LOCK_##lock == LOCK_FIXED, wcag, matterhorn, epub, reason, hint},
#include "base/rules.def"
#undef RULE
};

enum { RULE_COUNT = sizeof rules / sizeof rules[0] };

const struct rule_facts *rule_at(size_t i)
{
    return i < RULE_COUNT ? &rules[i] : NULL;
}

const struct rule_facts *rule_find(text id)
{
    size_t from = 0, to = RULE_COUNT;
    while (from < to) {
        size_t middle = from + (to - from) / 2;
        int order = text_compare(id, text_from_c(rules[middle].id));
        if (order == 0)
            return &rules[middle];
        if (order < 0)
            to = middle;
        else
            from = middle + 1;
    }
    return NULL;
}

static const char *const names[] = {[SEVERITY_OFF] = "off",
                                    [SEVERITY_NOTICE] = "notice",
                                    [SEVERITY_WARNING] = "warning",
                                    [SEVERITY_ERROR] = "error"};

const char *severity_name(enum severity severity)
{
    return names[severity];
}

bool severity_find(text name, enum severity *severity)
{
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        if (text_equal_c(name, names[i])) {
            *severity = (enum severity)i;
            return true;
        }
    }
    return false;
}

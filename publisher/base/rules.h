/* Rules: every rule that Lectern reports, by id, from the one table rules.def. */
#ifndef LECTERN_BASE_RULES_H
#define LECTERN_BASE_RULES_H

#include "base/text.h"

/* In rising order. An error keeps an article from being published. */
enum severity { SEVERITY_OFF, SEVERITY_NOTICE, SEVERITY_WARNING, SEVERITY_ERROR };

struct rule_facts {
    const char *id;         /* "image-alt-missing": stable once released */
    enum severity severity; /* by default */
    bool is_fixed;          /* no author can make less of it */
    /* The criterion of WCAG 2.2, the condition of the Matterhorn Protocol 1.1, the clause of EPUB
       Accessibility 1.1; each empty where none asks for it. */
    const char *wcag, *matterhorn, *epub;
    const char *reason; /* a sentence without a full stop */
    const char *hint;   /* what to do */
};

/* The rule of that id, or NULL. */
const struct rule_facts *rule_find(text id);
/* The i-th, in the order of ids; NULL past the last. */
const struct rule_facts *rule_at(size_t i);
/* "error", "warning", "notice", "off". */
const char *severity_name(enum severity severity);
/* False where it is none of these names. */
bool severity_find(text name, enum severity *severity);

#endif

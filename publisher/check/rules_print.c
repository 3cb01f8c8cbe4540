#include "check/rules_print.h"

#include "base/rules.h"

#include <string.h>

/* Signs that mean something in Markdown get a backslash, except those around code. */
static void add_words(struct buffer *out, const char *words)
{
    for (; *words; words++) {
        if (strchr("\\*_{}[]<>#@^~|", *words))
            buffer_add_byte(out, '\\');
        buffer_add_byte(out, *words);
    }
}

/* "Warning: a caption …" */
static void add_row(struct buffer *out, const struct rule_facts *rule)
{
    static const char *const marks[] = {[SEVERITY_NOTICE] = "Notice: ",
                                        [SEVERITY_WARNING] = "Warning: ",
                                        [SEVERITY_OFF] = "Where it is asked for: "};
    const char *reason = rule->reason;
    buffer_printf(out, "| `%s` | ", rule->id);
    if (rule->severity != SEVERITY_ERROR) {
        buffer_add_c(out, marks[rule->severity]);
        buffer_add_byte(out, (char)(*reason >= 'A' && *reason <= 'Z' ? *reason + 32 : *reason));
        reason++;
    }
    add_words(out, reason);
    buffer_add_c(out, " |\n");
}

static void add_clause(struct buffer *out, const char *standard, const char *clause)
{
    if (*clause)
        buffer_printf(out, " %s: %s.", standard, clause);
}

static void add_section(struct buffer *out, const struct rule_facts *rule)
{
    static const char *const levels[] = {[SEVERITY_NOTICE] = "A notice.",
                                         [SEVERITY_WARNING] = "A warning.",
                                         [SEVERITY_ERROR] = "An error.",
                                         [SEVERITY_OFF] = "Off, until it is asked for."};
    buffer_printf(out, "\n## `%s` {#rule-%s .unlisted}\n\n", rule->id, rule->id);
    add_words(out, rule->reason);
    buffer_add_c(out, ".\n\n**What to do:** ");
    add_words(out, rule->hint);
    buffer_printf(out, ".\n\n%s%s", levels[rule->severity],
                  rule->is_fixed ? " It cannot be switched off." : "");
    add_clause(out, "WCAG\\ 2.2", rule->wcag);
    add_clause(out, "Matterhorn Protocol\\ 1.1", rule->matterhorn);
    add_clause(out, "EPUB Accessibility\\ 1.1", rule->epub);
    buffer_add_byte(out, '\n');
}

void rules_print(struct buffer *out)
{
    buffer_add_c(out, "| Rule | What it means |\n| --- | --- |\n");
    for (size_t i = 0; rule_at(i); i++)
        add_row(out, rule_at(i));
    for (size_t i = 0; rule_at(i); i++)
        add_section(out, rule_at(i));
}

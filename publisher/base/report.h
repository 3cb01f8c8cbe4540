/* Report: the one list of diagnostics of a run. Every stage adds to it; nothing is printed before
   the end, when it is sorted by file and place. Rule ids are stable: they stand in the manual. */
#ifndef LECTERN_BASE_REPORT_H
#define LECTERN_BASE_REPORT_H

#include "base/arena.h"
#include "base/assembled.h"
#include "base/buffer.h"
#include "base/rules.h"
#include "base/span.h"

struct diagnostic {
    const struct rule_facts *rule;
    enum severity severity; /* as it counts */
    enum severity given;    /* as the stage that reported it had it */
    struct span span;
    text message; /* one sentence without a full stop at its end */
    text hint;    /* what to do */
    uint32_t order;
};

struct report_source {
    text name;           /* as the user would write it: article.md with its folder */
    text bytes;          /* borrowed: must outlive the report's printing */
    size_t *line_starts; /* of all lines, once a place in it has been printed */
    size_t line_count;
    const struct assembled *assembled; /* what it was put together of; NULL: it is a file */
};

/* What an author has allowed at a place, with a reason: these lines may break the rule. */
struct allowance {
    const struct rule_facts *rule;
    struct span span;            /* of the comment that allows it */
    uint32_t from_line, to_line; /* both with it */
    bool was_needed;             /* a fault was allowed by it */
};

struct budget; /* budget.h */

struct report {
    struct arena *arena;
    struct budget *budget; /* of the run that reports here; NULL: it is not bounded */
    struct diagnostic *diagnostics;
    size_t count, capacity;
    struct report_source *sources;
    size_t source_count, source_capacity;
    bool has_assembled;               /* a source was put together of others */
    bool may_repeat;                  /* a source was read twice */
    size_t errors, warnings, notices; /* of all, those past LIMIT_DIAGNOSTICS included */
    unsigned char *severities; /* for each rule what was set, plus one; 0: nothing. NULL: none */
    struct allowance *allowances;
    size_t allowance_count, allowance_capacity;
};

/* An empty report, whose diagnostics lie in the arena. */
void report_init(struct report *report, struct arena *arena);
/* Makes a file known; the number that spans carry. The bytes may be empty (file unreadable). */
uint32_t report_add_source(struct report *report, text name, text bytes);
/* rule: an id of rules.def; anything else is a bug of ours. severity: the rule's own, except for
   the few rules that are an error in one place and a warning in another. hint may be NULL: the
   rule's. It and the message are copied. One error per rule and place is kept; nothing where the
   author has switched the rule off or allowed it there. */
void report_add(struct report *report, enum severity severity, const char *rule, struct span span,
                const char *hint, const char *format, ...) __attribute__((format(printf, 6, 7)));
#define report_error(report, rule, span, hint, ...)                                                \
    report_add((report), SEVERITY_ERROR, (rule), (span), (hint), __VA_ARGS__)
#define report_warning(report, rule, span, hint, ...)                                              \
    report_add((report), SEVERITY_WARNING, (rule), (span), (hint), __VA_ARGS__)
#define report_notice(report, rule, span, hint, ...)                                               \
    report_add((report), SEVERITY_NOTICE, (rule), (span), (hint), __VA_ARGS__)
/* With the severity that the table gives the rule. */
#define report_rule(report, rule, span, hint, ...)                                                 \
    report_add((report), rule_find(text_from_c(rule))->severity, (rule), (span), (hint),           \
               __VA_ARGS__)
/* What the author wants of a rule, also of what was reported already. An error of a rule that is a
   warning by default stays one. False, and nothing changes, where the rule is fixed and the
   severity is not error. */
bool report_set_severity(struct report *report, const struct rule_facts *rule,
                         enum severity severity);
/* What its faults count for in this article, away from comments. */
enum severity report_severity(const struct report *report, const struct rule_facts *rule);
/* Whether a severity was set. */
bool report_has_severity(const struct report *report, const struct rule_facts *rule);
/* Takes the rule from these lines of span.file, also where it was reported already; span: of what
   allows it. False where the rule is fixed. Past LIMIT_ALLOWANCES an error is reported in its
   place. */
bool report_allow(struct report *report, const struct rule_facts *rule, struct span span,
                  uint32_t from_line, uint32_t to_line);
/* Counts one of that severity less: its diagnostic was taken out. */
void report_forget(struct report *report, enum severity severity);
/* The source was put together of files, which have their numbers; its bytes are these from now on.
   What was reported of it before is of the first file. */
void report_set_assembled(struct report *report, uint32_t file, const struct assembled *assembled,
                          text bytes);
/* The same of a text that was put together for another report: its files become sources of this. */
void report_add_assembled(struct report *report, uint32_t file, const struct assembled *assembled);
/* Where that place stands in the file that it comes from; itself in what is a file. */
struct span report_origin(struct report *report, struct span span);
/* "line 5", "line 5 of parts/end.md": for a message that speaks of another place. */
text report_where(struct report *report, struct span span);
/* Moves each to the file that it comes from, and sorts them by file and place; printers ask for it.
 */
void report_sort(struct report *report);
/* A line without its end; empty past the last. Builds the table of lines of that source once. */
text report_line(struct report *report, uint32_t file, uint32_t number);
/* Writes them all: `file:line:column: error[rule]: message`, the source line, a caret, the hint. */
void report_print(struct report *report, struct buffer *out);
/* The span of bytes from..to (exclusive) of a source, computed by counting lines. */
struct span report_span_of(const struct report *report, uint32_t file, size_t from, size_t to);

#endif

/* Report: the one list of diagnostics of a run. Every stage adds to it; nothing is printed before
   the end, when it is sorted by file and place. Rule ids are stable: they stand in the manual. */
#ifndef LECTERN_BASE_REPORT_H
#define LECTERN_BASE_REPORT_H

#include "base/arena.h"
#include "base/buffer.h"
#include "base/span.h"

enum severity { SEVERITY_WARNING, SEVERITY_ERROR };

struct diagnostic {
    const char *rule; /* a literal: "image-alt-missing" */
    enum severity severity;
    struct span span;
    text message; /* one sentence without a full stop at its end */
    text hint;    /* what to do; empty where there is nothing more to say */
    uint32_t order;
};

struct report_source {
    text name;  /* as the user would write it: article.md with its folder */
    text bytes; /* borrowed: must outlive the report's printing */
};

struct report {
    struct arena *arena;
    struct diagnostic *diagnostics;
    size_t count, capacity;
    struct report_source *sources;
    size_t source_count, source_capacity;
    size_t errors, warnings; /* of all, those past LIMIT_DIAGNOSTICS included */
};

void report_init(struct report *report, struct arena *arena);
/* Makes a file known; the number that spans carry. The bytes may be empty (file unreadable). */
uint32_t report_add_source(struct report *report, text name, text bytes);
/* hint may be NULL; it and the message are copied. One error per rule and place is kept. */
void report_add(struct report *report, enum severity severity, const char *rule, struct span span,
                const char *hint, const char *format, ...) __attribute__((format(printf, 6, 7)));
#define report_error(report, rule, span, hint, ...)                                                \
    report_add((report), SEVERITY_ERROR, (rule), (span), (hint), __VA_ARGS__)
#define report_warning(report, rule, span, hint, ...)                                              \
    report_add((report), SEVERITY_WARNING, (rule), (span), (hint), __VA_ARGS__)
/* Writes them all: `file:line:column: error[rule]: message`, the source line, a caret, the hint. */
void report_print(struct report *report, struct buffer *out);
/* The span of bytes from..to (exclusive) of a source, computed by counting lines. */
struct span report_span_of(const struct report *report, uint32_t file, size_t from, size_t to);

#endif

#include "base/report.h"

#include "base/budget.h"
#include "base/limits.h"

#include <assert.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

enum { SHOWN_COLUMNS = 100 }; /* characters of a source line that are shown */

void report_init(struct report *report, struct arena *arena)
{
    *report = (struct report){.arena = arena};
}

uint32_t report_add_source(struct report *report, text name, text bytes)
{
    ARENA_GROW(report->arena, report->sources, report->source_count, report->source_capacity);
    report->sources[report->source_count] =
        (struct report_source){.name = arena_copy(report->arena, name), .bytes = bytes};
    return (uint32_t)report->source_count++;
}

static bool is_repeated(const struct report *report, const struct rule_facts *rule,
                        struct span span, text message)
{
    /* Stages report in order of place, so a repetition is near the end. */
    size_t first = report->count > 16 ? report->count - 16 : 0;
    for (size_t i = first; i < report->count; i++) {
        const struct diagnostic *other = &report->diagnostics[i];
        if (other->span.file == span.file && other->span.line == span.line &&
            other->span.column == span.column && rule == other->rule &&
            text_equal(other->message, message))
            return true;
    }
    return false;
}

/* what the author wants of a rule */

static size_t index_of(const struct rule_facts *rule)
{
    return (size_t)(rule - rule_at(0));
}

static bool allows(const struct allowance *allowance, const struct rule_facts *rule,
                   struct span span)
{
    return allowance->rule == rule && allowance->span.file == span.file &&
           span.line >= allowance->from_line && span.line <= allowance->to_line;
}

/* What a fault counts for. An error where the rule is milder by default is a loss, whatever the
   author thinks of the rule. */
static enum severity severity_of(struct report *report, const struct rule_facts *rule,
                                 enum severity given, struct span span)
{
    if (given == SEVERITY_ERROR && (rule->is_fixed || rule->severity < SEVERITY_ERROR))
        return given;
    bool is_allowed = false;
    for (size_t i = 0; i < report->allowance_count; i++)
        if (allows(&report->allowances[i], rule, span))
            is_allowed = report->allowances[i].was_needed = true;
    if (is_allowed)
        return SEVERITY_OFF;
    return report_has_severity(report, rule) ? report_severity(report, rule) : given;
}

static size_t *counter_of(struct report *report, enum severity severity)
{
    return severity == SEVERITY_ERROR     ? &report->errors
           : severity == SEVERITY_WARNING ? &report->warnings
                                          : &report->notices;
}

void report_forget(struct report *report, enum severity severity)
{
    --*counter_of(report, severity);
}

/* Weighs again what was reported before the author's wish was known. */
static void severity_again(struct report *report, const struct rule_facts *rule)
{
    size_t kept = 0;
    for (size_t i = 0; i < report->count; i++) {
        struct diagnostic diagnostic = report->diagnostics[i];
        if (diagnostic.rule == rule) {
            --*counter_of(report, diagnostic.severity);
            diagnostic.severity = severity_of(report, rule, diagnostic.given, diagnostic.span);
            if (diagnostic.severity == SEVERITY_OFF)
                continue;
            ++*counter_of(report, diagnostic.severity);
        }
        report->diagnostics[kept++] = diagnostic;
    }
    report->count = kept;
}

bool report_set_severity(struct report *report, const struct rule_facts *rule,
                         enum severity severity)
{
    if (rule->is_fixed && severity != SEVERITY_ERROR)
        return false;
    if (!report->severities) {
        size_t count = 0;
        while (rule_at(count))
            count++;
        report->severities = ARENA_NEW_ARRAY(report->arena, count, unsigned char);
    }
    report->severities[index_of(rule)] = (unsigned char)(severity + 1);
    severity_again(report, rule);
    return true;
}

enum severity report_severity(const struct report *report, const struct rule_facts *rule)
{
    return report_has_severity(report, rule)
               ? (enum severity)(report->severities[index_of(rule)] - 1)
               : rule->severity;
}

bool report_has_severity(const struct report *report, const struct rule_facts *rule)
{
    return report->severities && report->severities[index_of(rule)];
}

bool report_allow(struct report *report, const struct rule_facts *rule, struct span span,
                  uint32_t from_line, uint32_t to_line)
{
    if (rule->is_fixed)
        return false;
    if (report->allowance_count == LIMIT_ALLOWANCES) {
        report_error(report, "allowance-too-many", span, NULL,
                     "more than %d comments allow a fault; this one is not heeded",
                     LIMIT_ALLOWANCES);
        return true;
    }
    ARENA_GROW(report->arena, report->allowances, report->allowance_count,
               report->allowance_capacity);
    report->allowances[report->allowance_count++] =
        (struct allowance){.rule = rule, .span = span, .from_line = from_line, .to_line = to_line};
    severity_again(report, rule);
    return true;
}

void report_add(struct report *report, enum severity given, const char *id, struct span span,
                const char *hint, const char *format, ...)
{
    const struct rule_facts *rule = rule_find(text_from_c(id));
    assert(rule && "the rule stands in base/rules.def");
    enum severity severity = severity_of(report, rule, given, span);
    if (severity == SEVERITY_OFF)
        return;
    /* A stage that was told to stop has not done all of its work: no fault of Lectern's. */
    if (!budget_is_left(report) && strcmp(id, "internal") == 0)
        return;
    char bytes[1024];
    va_list arguments;
    va_start(arguments, format);
    int length = vsnprintf(bytes, sizeof bytes, format, arguments);
    va_end(arguments);
    text message = {bytes, length < 0                      ? 0
                           : (size_t)length < sizeof bytes ? (size_t)length
                                                           : sizeof bytes - 1};
    if (is_repeated(report, rule, span, message))
        return;
    ++*counter_of(report, severity);
    /* Where the work was given up is said after however many faults. */
    if (report->count >= LIMIT_DIAGNOSTICS && strcmp(id, "budget-exceeded") != 0)
        return;
    ARENA_GROW(report->arena, report->diagnostics, report->count, report->capacity);
    report->diagnostics[report->count] = (struct diagnostic){
        .rule = rule,
        .severity = severity,
        .given = given,
        .span = span,
        .message = arena_copy(report->arena, message),
        .hint = arena_copy(report->arena, text_from_c(hint ? hint : rule->hint)),
        .order = (uint32_t)report->count,
    };
    report->count++;
}

static int compare_number(uint32_t a, uint32_t b)
{
    return a < b ? -1 : a > b;
}

static int compare_diagnostics(const void *left, const void *right)
{
    const struct diagnostic *a = left, *b = right;
    int order = compare_number(a->span.file, b->span.file);
    if (!order)
        order = compare_number(a->span.line, b->span.line);
    if (!order)
        order = compare_number(a->span.column, b->span.column);
    return order ? order : compare_number(a->order, b->order);
}

static void find_lines(struct report *report, struct report_source *source)
{
    size_t capacity = 0;
    ARENA_GROW(report->arena, source->line_starts, source->line_count, capacity);
    source->line_starts[source->line_count++] = 0;
    for (size_t at = text_find_byte(source->bytes, '\n', 0); at != SIZE_MAX;
         at = text_find_byte(source->bytes, '\n', at + 1)) {
        ARENA_GROW(report->arena, source->line_starts, source->line_count, capacity);
        source->line_starts[source->line_count++] = at + 1;
    }
}

text report_line(struct report *report, uint32_t file, uint32_t number)
{
    if (file >= report->source_count || number == 0)
        return TEXT_EMPTY;
    struct report_source *source = &report->sources[file];
    if (!source->line_starts)
        find_lines(report, source);
    if (number > source->line_count)
        return TEXT_EMPTY;
    size_t start = source->line_starts[number - 1];
    size_t end =
        number < source->line_count ? source->line_starts[number] - 1 : source->bytes.length;
    text line = text_slice(source->bytes, start, end);
    if (line.length && line.bytes[line.length - 1] == '\r')
        line.length--;
    return line;
}

/* texts that were put together */

void report_set_assembled(struct report *report, uint32_t file, const struct assembled *assembled,
                          text bytes)
{
    struct report_source *source = &report->sources[file];
    source->assembled = assembled;
    source->bytes = bytes;
    source->line_starts = NULL;
    source->line_count = 0;
    report->has_assembled = true;
    for (size_t i = 0; i < report->count; i++) {
        if (report->diagnostics[i].span.file == file)
            report->diagnostics[i].span.file = assembled->files[0].source;
    }
}

void report_add_assembled(struct report *report, uint32_t file, const struct assembled *assembled)
{
    struct assembled *own = ARENA_NEW(report->arena, struct assembled);
    *own = *assembled;
    own->files = ARENA_NEW_ARRAY(report->arena, own->file_count, struct assembled_file);
    for (size_t i = 0; i < own->file_count; i++) {
        own->files[i] = assembled->files[i];
        own->files[i].source = report_add_source(report, own->files[i].name, own->files[i].bytes);
    }
    report_set_assembled(report, file, own, report->sources[file].bytes);
}

/* The place of a byte. */
static void find_place(struct report *report, uint32_t file, size_t offset, uint32_t *line,
                       uint32_t *column)
{
    struct report_source *source = &report->sources[file];
    if (!source->line_starts)
        find_lines(report, source);
    size_t low = 0, high = source->line_count;
    while (low + 1 < high) {
        size_t middle = low + (high - low) / 2;
        if (source->line_starts[middle] <= offset)
            low = middle;
        else
            high = middle;
    }
    *line = (uint32_t)low + 1;
    *column = (uint32_t)(offset - source->line_starts[low]) + 1;
}

static size_t find_offset(struct report *report, uint32_t file, uint32_t line, uint32_t column)
{
    struct report_source *source = &report->sources[file];
    if (!source->line_starts)
        find_lines(report, source);
    if (line == 0 || line > source->line_count)
        return source->bytes.length;
    return source->line_starts[line - 1] + column - (column > 0);
}

struct span report_origin(struct report *report, struct span span)
{
    const struct assembled *assembled =
        span.file < report->source_count ? report->sources[span.file].assembled : NULL;
    if (!assembled)
        return span;
    if (span.line == 0)
        return (struct span){.file = assembled->files[0].source};
    size_t from = find_offset(report, span.file, span.line, span.column);
    size_t to = find_offset(report, span.file, span.end_line, span.end_column);
    const struct assembled_run *first = assembled_find(assembled, from),
                               *last = assembled_find(assembled, to < from ? from : to);
    struct span origin = {.file = assembled->files[first->file].source};
    if (first->is_made) {
        from = first->origin;
        to = first->origin_end - (first->origin_end > from);
    } else {
        to = last->file == first->file && !last->is_made ? last->origin + (to - last->start) : 0;
        from = first->origin + (from - first->start);
    }
    find_place(report, origin.file, from, &origin.line, &origin.column);
    find_place(report, origin.file, to < from ? from : to, &origin.end_line, &origin.end_column);
    return origin;
}

text report_where(struct report *report, struct span span)
{
    const struct assembled *assembled =
        span.file < report->source_count ? report->sources[span.file].assembled : NULL;
    struct span origin = report_origin(report, span);
    if (!assembled || origin.file == assembled->files[0].source)
        return arena_printf(report->arena, "line %u", (unsigned)origin.line);
    return arena_printf(report->arena, "line %u of %.*s", (unsigned)origin.line,
                        TEXT_ARGUMENTS(report->sources[origin.file].name));
}

/* A file that is put in twice, or read twice, has its faults twice. */
static bool is_same(const struct diagnostic *a, const struct diagnostic *b)
{
    return a->rule == b->rule && a->span.file == b->span.file && a->span.line == b->span.line &&
           a->span.column == b->span.column && text_equal(a->message, b->message);
}

static void leave_out_same(struct report *report)
{
    enum { AT_A_PLACE = 16 };
    size_t kept = 0;
    for (size_t i = 0; i < report->count; i++) {
        const struct diagnostic *one = &report->diagnostics[i];
        size_t known = kept, least = kept > AT_A_PLACE ? kept - AT_A_PLACE : 0;
        while (known > least && !is_same(&report->diagnostics[known - 1], one))
            known--;
        if (known > least)
            report_forget(report, one->severity);
        else
            report->diagnostics[kept++] = *one;
    }
    report->count = kept;
}

/* A file that was read twice has two numbers: the first. */
static uint32_t first_of(const struct report *report, uint32_t file)
{
    const struct report_source *sources = report->sources;
    for (uint32_t i = 0; i < file; i++) {
        if (text_equal(sources[i].name, sources[file].name) &&
            text_equal(sources[i].bytes, sources[file].bytes))
            return i;
    }
    return file;
}

void report_sort(struct report *report)
{
    for (size_t i = 0; i < report->count && report->has_assembled; i++)
        report->diagnostics[i].span = report_origin(report, report->diagnostics[i].span);
    for (size_t i = 0; i < report->count && report->may_repeat; i++)
        report->diagnostics[i].span.file = first_of(report, report->diagnostics[i].span.file);
    if (report->count)
        qsort(report->diagnostics, report->count, sizeof *report->diagnostics, compare_diagnostics);
    if (report->has_assembled || report->may_repeat)
        leave_out_same(report);
}

/* Characters that would move the cursor or hide text are shown as a space or U+FFFD. */
static void add_printable(struct buffer *out, uint32_t c)
{
    if (c == '\t')
        buffer_add_byte(out, ' ');
    else if (c < 0x20 || (c >= 0x7F && c < 0xA0) || (c >= 0x202A && c <= 0x202E) ||
             (c >= 0x2066 && c <= 0x2069))
        buffer_add_code_point(out, 0xFFFD);
    else
        buffer_add_code_point(out, c);
}

static void print_source_line(const struct diagnostic *diagnostic, text line, struct buffer *out)
{
    size_t target = diagnostic->span.column ? diagnostic->span.column - 1 : 0;
    if (target > line.length)
        target = line.length;
    size_t before = text_count(text_slice(line, 0, target));
    size_t skipped = before > SHOWN_COLUMNS - 20 ? before - (SHOWN_COLUMNS - 40) : 0;
    size_t length = 1;
    if (diagnostic->span.end_line == diagnostic->span.line &&
        diagnostic->span.end_column > diagnostic->span.column)
        length = text_count(text_slice(line, target, diagnostic->span.end_column));
    buffer_add_c(out, skipped ? "    …" : "    ");
    size_t offset = 0, column = 0, shown = 0;
    while (shown < SHOWN_COLUMNS) {
        uint32_t c = text_next(line, &offset);
        if (c == UINT32_MAX)
            break;
        if (column++ < skipped)
            continue;
        add_printable(out, c);
        shown++;
    }
    buffer_add_c(out, skipped ? "\n     " : "\n    ");
    for (size_t i = skipped; i < before; i++)
        buffer_add_byte(out, ' ');
    size_t room = SHOWN_COLUMNS - (before - skipped);
    buffer_add_byte(out, '^');
    for (size_t i = 1; i < length && i < room; i++)
        buffer_add_byte(out, '~');
    buffer_add_byte(out, '\n');
}

static void print_message(text message, struct buffer *out)
{
    size_t offset = 0;
    for (uint32_t c = text_next(message, &offset); c != UINT32_MAX; c = text_next(message, &offset))
        add_printable(out, c == '\n' ? ' ' : c);
}

static void print_one(struct report *report, const struct diagnostic *diagnostic,
                      struct buffer *out)
{
    const struct span *span = &diagnostic->span;
    text line = report_line(report, span->file, span->line);
    print_message(span->file < report->source_count ? report->sources[span->file].name
                                                    : TEXT("lectern"),
                  out);
    if (span->line) {
        size_t column = span->column ? span->column : 1;
        buffer_printf(out, ":%u:%zu", span->line, text_count(text_slice(line, 0, column - 1)) + 1);
    }
    buffer_printf(out, ": %s[%s]: ", severity_name(diagnostic->severity), diagnostic->rule->id);
    print_message(diagnostic->message, out);
    buffer_add_byte(out, '\n');
    if (line.length)
        print_source_line(diagnostic, line, out);
    if (diagnostic->hint.length) {
        buffer_add_c(out, "    hint: ");
        print_message(diagnostic->hint, out);
        buffer_add_byte(out, '\n');
    }
}

void report_print(struct report *report, struct buffer *out)
{
    report_sort(report);
    for (size_t i = 0; i < report->count; i++)
        print_one(report, &report->diagnostics[i], out);
    size_t all = report->errors + report->warnings + report->notices;
    if (all > report->count)
        buffer_printf(out, "lectern: %zu more not shown\n", all - report->count);
}

struct span report_span_of(const struct report *report, uint32_t file, size_t from, size_t to)
{
    struct span span = {.file = file};
    if (file >= report->source_count)
        return span;
    text bytes = report->sources[file].bytes;
    uint32_t line = 1;
    size_t start = 0;
    if (from > bytes.length)
        from = bytes.length;
    for (size_t i = 0; i < from; i++) {
        if (bytes.bytes[i] == '\n') {
            line++;
            start = i + 1;
        }
    }
    span.line = span.end_line = line;
    span.column = span.end_column = (uint32_t)(from - start + 1);
    for (size_t i = from; i < to && i < bytes.length; i++) {
        if (bytes.bytes[i] == '\n' && i + 1 < to) {
            span.end_line++;
            start = i + 1;
        }
        span.end_column = (uint32_t)(i - start + 1);
    }
    return span;
}

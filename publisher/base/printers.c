/* Places are carried as bytes of a line. Programs want them otherwise: Lectern's JSON counts
   characters, as the terminal does, and SARIF counts UTF-16 code units, its default, which is said
   in columnKind all the same. The end of a span is inclusive; that of SARIF is exclusive. */
#include "base/printers.h"

#include "base/hash.h"

#include "base/address.h"
#include "base/files.h"
#include "base/limits.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static const char *const formats[] = {[REPORT_TEXT] = "text",
                                      [REPORT_JSON] = "json",
                                      [REPORT_SARIF] = "sarif",
                                      [REPORT_JUNIT] = "junit"};

bool report_format_find(text name, enum report_format *format)
{
    for (size_t i = 0; i < sizeof formats / sizeof formats[0]; i++) {
        if (text_equal_c(name, formats[i])) {
            *format = (enum report_format)i;
            return true;
        }
    }
    return false;
}

/* Whether the run fails for it: what every format says in its own way. */
static bool is_failure(const struct printer *printer, const struct diagnostic *diagnostic)
{
    return diagnostic->severity >= (printer->is_strict ? SEVERITY_WARNING : SEVERITY_ERROR);
}

/* places */

enum unit_of_columns { CHARACTERS, UTF16_UNITS };

/* The column, from 1, of a byte of the line; past the line's end: the column after its last. */
static size_t column_of(text line, size_t bytes, enum unit_of_columns unit)
{
    size_t column = 1, offset = 0;
    while (offset < bytes && offset < line.length) {
        uint32_t c = text_next(line, &offset);
        column += unit == UTF16_UNITS && c > 0xFFFF ? 2 : 1;
    }
    return column;
}

struct place { /* the end is exclusive; start_line 0: the file as a whole */
    size_t start_line, start_column, end_line, end_column;
};

static struct place place_of(struct report *report, const struct span *span,
                             enum unit_of_columns unit)
{
    struct place place = {.start_line = span->line};
    if (span->line == 0)
        return place;
    text first = report_line(report, span->file, span->line);
    place.start_column = column_of(first, span->column ? span->column - 1 : 0, unit);
    place.end_line = span->end_line > span->line ? span->end_line : span->line;
    text last = report_line(report, span->file, (uint32_t)place.end_line);
    place.end_column = column_of(last, span->end_column, unit);
    if (place.end_line == place.start_line && place.end_column <= place.start_column)
        place.end_column = place.start_column + (span->column <= first.length);
    return place;
}

static text name_of(const struct report *report, const struct span *span)
{
    return span->file < report->source_count ? report->sources[span->file].name : TEXT("lectern");
}

/* JSON */

static void add_member(struct buffer *out, const char *name, text value)
{
    buffer_printf(out, "\"%s\": ", name);
    buffer_add_json(out, value);
}

static void add_clause(struct buffer *out, const char *name, const char *clause)
{
    if (*clause)
        buffer_printf(out, ", \"%s\": \"%s\"", name, clause);
}

static void add_separator(struct printer *printer)
{
    buffer_add_c(&printer->out, printer->has_one ? ",\n" : "\n");
    printer->has_one = true;
}

static void add_json(struct printer *printer, struct report *report,
                     const struct diagnostic *diagnostic)
{
    struct buffer *out = &printer->out;
    struct place place = place_of(report, &diagnostic->span, CHARACTERS);
    add_separator(printer);
    buffer_add_c(out, "    {");
    add_member(out, "file", name_of(report, &diagnostic->span));
    if (place.start_line)
        buffer_printf(out, ", \"line\": %zu, \"column\": %zu, \"endLine\": %zu, \"endColumn\": %zu",
                      place.start_line, place.start_column, place.end_line, place.end_column);
    buffer_printf(out, ", \"rule\": \"%s\", \"severity\": \"%s\", ", diagnostic->rule->id,
                  severity_name(diagnostic->severity));
    add_member(out, "message", diagnostic->message);
    buffer_add_c(out, ", ");
    add_member(out, "hint", diagnostic->hint);
    add_clause(out, "wcag", diagnostic->rule->wcag);
    add_clause(out, "matterhorn", diagnostic->rule->matterhorn);
    add_clause(out, "epubAccessibility", diagnostic->rule->epub);
    buffer_add_byte(out, '}');
}

/* SARIF */

static const char *sarif_level(enum severity severity)
{
    return severity == SEVERITY_ERROR     ? "error"
           : severity == SEVERITY_WARNING ? "warning"
           : severity == SEVERITY_NOTICE  ? "note"
                                          : "none";
}

/* A path as a reference of RFC 3986: relative as it is, absolute as a file: address. */
static void add_address(struct buffer *out, text path)
{
    buffer_add_c(out, text_starts_with(path, TEXT("/")) ? "\"file://" : "\"");
    while (text_starts_with(path, TEXT("./")))
        path = text_slice(path, 2, path.length);
    address_add(out, ADDRESS_PATH, path);
    buffer_add_byte(out, '"');
}

static void add_sarif_rules(struct buffer *out)
{
    const struct rule_facts *rule;
    for (size_t i = 0; (rule = rule_at(i)); i++) {
        buffer_printf(out, "%s\n        {\"id\": \"%s\", \"shortDescription\": {", i ? "," : "",
                      rule->id);
        add_member(out, "text", text_from_c(rule->reason));
        buffer_add_c(out, "}, \"help\": {");
        add_member(out, "text", text_from_c(rule->hint));
        buffer_printf(out, "}, \"defaultConfiguration\": {\"enabled\": %s, \"level\": \"%s\"}",
                      rule->severity == SEVERITY_OFF ? "false" : "true",
                      sarif_level(rule->severity));
        buffer_add_c(out, ", \"properties\": {\"tags\": [\"accessibility\"]");
        add_clause(out, "wcag", rule->wcag);
        add_clause(out, "matterhorn", rule->matterhorn);
        add_clause(out, "epubAccessibility", rule->epub);
        buffer_add_c(out, "}}");
    }
}

static void begin_sarif(struct buffer *out, const char *version)
{
    buffer_printf(out,
                  "{\n  \"$schema\": \"https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/"
                  "schemas/sarif-schema-2.1.0.json\",\n"
                  "  \"version\": \"2.1.0\",\n  \"runs\": [{\n"
                  "    \"tool\": {\"driver\": {\"name\": \"Lectern\", \"version\": \"%s\", "
                  "\"rules\": [",
                  version);
    add_sarif_rules(out);
    buffer_add_c(out, "\n    ]}},\n    \"columnKind\": \"utf16CodeUnits\",\n    \"results\": [");
}

static size_t number_of(const struct rule_facts *rule)
{
    return (size_t)(rule - rule_at(0));
}

static void add_sarif(struct printer *printer, struct report *report,
                      const struct diagnostic *diagnostic)
{
    struct buffer *out = &printer->out;
    struct place place = place_of(report, &diagnostic->span, UTF16_UNITS);
    add_separator(printer);
    buffer_printf(
        out, "      {\"ruleId\": \"%s\", \"ruleIndex\": %zu, \"level\": \"%s\", \"message\": {",
        diagnostic->rule->id, number_of(diagnostic->rule),
        is_failure(printer, diagnostic) ? "error" : sarif_level(diagnostic->severity));
    struct buffer words;
    buffer_init(&words, LIMIT_OUTPUT_BYTES);
    buffer_add_text(&words, diagnostic->message);
    buffer_add_c(&words, ". Hint: ");
    buffer_add_text(&words, diagnostic->hint);
    add_member(out, "text", buffer_text(&words));
    buffer_release(&words);
    buffer_add_c(out,
                 "}, \"locations\": [{\"physicalLocation\": {\"artifactLocation\": {\"uri\": ");
    add_address(out, name_of(report, &diagnostic->span));
    buffer_add_byte(out, '}');
    if (place.start_line)
        buffer_printf(out,
                      ", \"region\": {\"startLine\": %zu, \"startColumn\": %zu, \"endLine\": %zu, "
                      "\"endColumn\": %zu}",
                      place.start_line, place.start_column, place.end_line, place.end_column);
    buffer_add_c(out, "}}]}");
}

/* JUnit */

/* For an attribute or content of XML 1.0; characters that it cannot hold become U+FFFD. */
static void add_xml(struct buffer *out, text words)
{
    size_t offset = 0;
    for (uint32_t c = text_next(words, &offset); c != UINT32_MAX; c = text_next(words, &offset)) {
        if (c == '&')
            buffer_add_c(out, "&amp;");
        else if (c == '<')
            buffer_add_c(out, "&lt;");
        else if (c == '>')
            buffer_add_c(out, "&gt;");
        else if (c == '"')
            buffer_add_c(out, "&quot;");
        else if (c == '\n')
            buffer_add_c(out, "&#10;");
        else
            buffer_add_code_point(out, c < 0x20 || c == 0xFFFE || c == 0xFFFF ? 0xFFFD : c);
    }
}

static void add_junit_case(struct printer *printer, struct report *report,
                           const struct diagnostic *diagnostic)
{
    struct buffer *out = &printer->out;
    struct place place = place_of(report, &diagnostic->span, CHARACTERS);
    text name = name_of(report, &diagnostic->span);
    buffer_printf(out, "    <testcase classname=\"%s\" name=\"", diagnostic->rule->id);
    add_xml(out, name);
    if (place.start_line)
        buffer_printf(out, ":%zu:%zu", place.start_line, place.start_column);
    buffer_add_c(out, "\">");
    bool fails = is_failure(printer, diagnostic);
    buffer_add_c(out, fails ? "<failure type=\"" : "<system-out>");
    if (fails) {
        buffer_printf(out, "%s\" message=\"", severity_name(diagnostic->severity));
        add_xml(out, diagnostic->message);
        buffer_add_c(out, "\">");
    } else {
        add_xml(out, diagnostic->message);
        buffer_add_c(out, "&#10;");
    }
    add_xml(out, diagnostic->hint);
    buffer_add_c(out, fails ? "</failure></testcase>\n" : "</system-out></testcase>\n");
}

static void add_junit(struct printer *printer, struct report *report)
{
    struct buffer *out = &printer->out;
    size_t failures = 0;
    for (size_t i = 0; i < report->count; i++)
        failures += is_failure(printer, &report->diagnostics[i]);
    text name = report->source_count ? report->sources[0].name : TEXT("lectern");
    buffer_add_c(out, "  <testsuite name=\"");
    add_xml(out, name);
    buffer_printf(out, "\" tests=\"%zu\" failures=\"%zu\">\n", report->count ? report->count : 1,
                  failures);
    for (size_t i = 0; i < report->count; i++)
        add_junit_case(printer, report, &report->diagnostics[i]);
    if (report->count == 0) {
        buffer_add_c(out, "    <testcase classname=\"lectern\" name=\"");
        add_xml(out, name);
        buffer_add_c(out, "\"/>\n");
    }
    buffer_add_c(out, "  </testsuite>\n");
}

/* what was said before */

static uint64_t hash_of(const struct report *report, const struct diagnostic *diagnostic)
{
    text name = name_of(report, &diagnostic->span);
    uint32_t place[] = {diagnostic->span.line, diagnostic->span.column};
    uint64_t hash = hash_text(HASH_START, name);
    hash = hash_bytes(hash, place, sizeof place);
    hash = hash_bytes(hash, diagnostic->rule->id, strlen(diagnostic->rule->id));
    return hash_text(hash, diagnostic->message);
}

static void remember(struct printer *printer, uint64_t hash)
{
    if (printer->printed_count == printer->printed_capacity) {
        printer->printed_capacity = printer->printed_capacity ? 2 * printer->printed_capacity : 64;
        printer->printed = memory_reallocate(printer->printed,
                                             printer->printed_capacity * sizeof *printer->printed);
    }
    printer->printed[printer->printed_count++] = hash;
}

static void leave_out_repeated(struct printer *printer, struct report *report)
{
    /* An article's languages follow one another; nothing is said twice at a greater distance. */
    enum { MOST_REMEMBERED = 16 * LIMIT_DIAGNOSTICS };
    size_t before = printer->printed_count, kept = 0;
    size_t oldest = before > MOST_REMEMBERED ? before - MOST_REMEMBERED : 0;
    for (size_t i = 0; i < report->count; i++) {
        struct diagnostic diagnostic = report->diagnostics[i];
        uint64_t hash = hash_of(report, &diagnostic);
        size_t known = oldest;
        while (known < before && printer->printed[known] != hash)
            known++;
        if (known < before) {
            report_forget(report, diagnostic.severity);
            continue;
        }
        remember(printer, hash);
        report->diagnostics[kept++] = diagnostic;
    }
    report->count = kept;
}

size_t said_fault_end(text words, size_t start)
{
    size_t end = start;
    do {
        size_t newline = text_find_byte(words, '\n', end);
        end = newline == SIZE_MAX ? words.length : newline + 1;
    } while (end < words.length && words.bytes[end] == ' ');
    return end;
}

void said_write_new(struct said *said, struct arena *arena, text words)
{
    size_t before = said->count;
    for (size_t start = 0, end; start < words.length; start = end) {
        end = said_fault_end(words, start);
        uint64_t hash = hash_bytes(HASH_START, words.bytes + start, end - start);
        size_t known = 0;
        while (known < before && said->hashes[known] != hash)
            known++;
        if (known < before)
            continue;
        ARENA_GROW(arena, said->hashes, said->count, said->capacity);
        said->hashes[said->count++] = hash;
        stream_complain(text_slice(words, start, end));
    }
}

/* all */

void printer_begin(struct printer *printer, enum report_format format, bool is_strict,
                   const char *version)
{
    *printer = (struct printer){.format = format, .is_strict = is_strict};
    buffer_init(&printer->out, LIMIT_OUTPUT_BYTES);
    if (format == REPORT_JSON)
        buffer_printf(&printer->out, "{\n  \"lectern\": \"%s\",\n  \"diagnostics\": [", version);
    else if (format == REPORT_SARIF)
        begin_sarif(&printer->out, version);
    else if (format == REPORT_JUNIT)
        buffer_add_c(
            &printer->out,
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites name=\"lectern check\">\n");
}

void printer_add(struct printer *printer, struct report *report)
{
    leave_out_repeated(printer, report);
    printer->errors += report->errors;
    printer->warnings += report->warnings;
    printer->notices += report->notices;
    if (printer->format == REPORT_TEXT) {
        report_print(report, &printer->out);
        return;
    }
    report_sort(report);
    if (printer->format == REPORT_JUNIT)
        add_junit(printer, report);
    for (size_t i = 0; i < report->count && printer->format != REPORT_JUNIT; i++) {
        if (printer->format == REPORT_JSON)
            add_json(printer, report, &report->diagnostics[i]);
        else
            add_sarif(printer, report, &report->diagnostics[i]);
    }
}

size_t printer_failures(const struct printer *printer)
{
    return printer->errors + (printer->is_strict ? printer->warnings : 0);
}

void printer_end(struct printer *printer)
{
    struct buffer *out = &printer->out;
    if (printer->format == REPORT_JSON)
        buffer_printf(out,
                      "%s],\n  \"errors\": %zu,\n  \"warnings\": %zu,\n  \"notices\": %zu,\n"
                      "  \"failures\": %zu\n}\n",
                      printer->has_one ? "\n  " : "", printer->errors, printer->warnings,
                      printer->notices, printer_failures(printer));
    else if (printer->format == REPORT_SARIF)
        buffer_printf(out,
                      "%s],\n    \"invocations\": [{\"executionSuccessful\": true, \"exitCode\": "
                      "%d}]\n  }]\n}\n",
                      printer->has_one ? "\n    " : "", printer_failures(printer) ? 1 : 0);
    else if (printer->format == REPORT_JUNIT)
        buffer_add_c(out, "</testsuites>\n");
}

void printer_release(struct printer *printer)
{
    buffer_release(&printer->out);
    free(printer->printed);
}

#include "inspect/report/parts.h"

#include "inspect/print.h"
#include "inspect/wcag.h"

static void add_finding(struct inspection_report *report, size_t index)
{
    const struct finding *finding = &report->inspection->findings[index];
    const struct condition_row *row = &conditions[finding->condition];
    uint32_t tag = report_row(report, finding->node);
    buffer_printf(report->out,
                  "<tr id=\"f%zu\"><th scope=\"row\">%s</th><td>%s<br><span "
                  "class=\"words\" dir=\"auto\">",
                  index, row->id, row->words);
    report_cut(report->out, finding->message);
    buffer_printf(report->out, "</span></td><td>%s</td><td>", row->clause);
    if (finding->page && finding->page <= report->inspection->page_count)
        report_page_link(report, finding->page);
    if (tag)
        buffer_printf(report->out, "%s<a href=\"#t%u\">its tag</a>", finding->page ? ", " : "",
                      tag);
    if (!finding->page && !tag)
        buffer_add_c(report->out, "the whole file");
    if (finding->object)
        buffer_printf(report->out, "<br><span class=\"small\">%s %u</span>",
                      report->inspection->is_epub ? "line" : "object", finding->object);
    buffer_add_c(report->out, "</td></tr>\n");
}

void report_findings(struct inspection_report *report)
{
    const struct inspection *inspection = report->inspection;
    size_t following, all = condition_count(inspection, &following), told = 0;
    for (size_t i = 0; i < inspection->finding_count; i++)
        told += condition_cause(inspection, inspection->findings[i].condition) ==
                inspection->findings[i].condition;
    report_section(report, "findings", "Findings");
    if (!inspection->finding_count && inspection->failure.length) {
        buffer_add_c(report->out, "<p>Not examined: the file could not be read whole.</p>\n");
    } else if (!inspection->finding_count) {
        buffer_add_c(report->out, "<p>None. What a machine can check here meets the conditions; <a "
                                  "href=\"#worksheet\">what it cannot</a> is for a person to "
                                  "judge.</p>\n");
    } else {
        buffer_printf(report->out,
                      "<div class=\"wide\" tabindex=\"0\" role=\"region\" aria-label=\"Table of "
                      "the findings\"><table><thead><tr><th scope=\"col\">Condition</th><th "
                      "scope=\"col\">What is wrong</th><th scope=\"col\">Clause%s</th><th "
                      "scope=\"col\">Where</th></tr></thead>\n<tbody>\n",
                      inspection->is_epub || inspection->is_ua2 ? "" : " of ISO 14289-1");
        for (size_t c = 0; c < CONDITIONS; c++) {
            if (condition_cause(inspection, (enum condition)c) != c)
                continue;
            for (size_t i = 0; i < inspection->finding_count; i++)
                if (inspection->findings[i].condition == c)
                    add_finding(report, i);
        }
        buffer_add_c(report->out, "</tbody></table></div>\n");
    }
    if (all > told)
        buffer_printf(report->out, "<p>and %zu more of the same kinds.</p>\n", all - told);
    for (size_t i = 0; i < CONDITIONS; i++) {
        enum condition cause = condition_cause(inspection, (enum condition)i);
        if (inspection->counts[i] && cause != i)
            buffer_printf(report->out,
                          "<p>From <span class=\"id\">%s</span> follows <span "
                          "class=\"id\">%s</span>, %s: %zu times.</p>\n",
                          conditions[cause].id, conditions[i].id, conditions[i].words,
                          inspection->counts[i]);
    }
    report_section_end(report);
}

static void add_conditions(struct inspection_report *report, char kind, bool is_found,
                           bool is_examined, const char *heading, const char *none)
{
    size_t count = 0;
    buffer_printf(report->out, "<h3>%s</h3>\n", heading);
    for (size_t i = 0; i < CONDITIONS; i++) {
        if (conditions[i].kind != kind || (report->inspection->counts[i] != 0) != is_found ||
            !condition_applies(report->inspection, (enum condition)i) ||
            (kind == 'm' &&
             condition_examined(report->inspection, (enum condition)i) != is_examined))
            continue;
        buffer_add_c(report->out, count++ ? "" : "<ul class=\"conditions\">\n");
        buffer_printf(report->out, "<li><span class=\"id\">%s</span> %s", conditions[i].id,
                      conditions[i].words);
        if (is_found)
            buffer_printf(report->out, " <span class=\"fault\">found %zu times</span>",
                          report->inspection->counts[i]);
        buffer_add_c(report->out, "</li>\n");
    }
    if (count)
        buffer_add_c(report->out, "</ul>\n");
    else
        buffer_printf(report->out, "<p class=\"none\">%s</p>\n", none);
}

/* The cell of a criterion: its conditions by what became of them. */
static void add_counting(struct inspection_report *report, const struct verdicts *verdicts,
                         enum criterion criterion)
{
    for (int verdict = 0; verdict < VERDICTS; verdict++) {
        bool is_first = true;
        for (size_t i = 0; i < CONDITIONS; i++) {
            if (verdicts->of[i] != (enum verdict)verdict ||
                !criterion_counts(verdicts, criterion, (enum condition)i))
                continue;
            if (is_first)
                buffer_printf(report->out, "<div>%s:", verdict_words[verdict]);
            buffer_printf(report->out, " <span class=\"id\">%s</span>", conditions[i].id);
            is_first = false;
        }
        buffer_add_c(report->out, is_first ? "" : "</div>");
    }
}

void report_criteria(struct inspection_report *report)
{
    struct verdicts verdicts;
    verdicts_read(&verdicts, report->inspection);
    report_section(report, "wcag", "By success criteria of WCAG 2.2");
    buffer_add_c(
        report->out,
        "<p>The conditions by the criteria of levels A and AA that they count for. What no "
        "condition speaks for is for a person to judge.</p>\n<div class=\"wide\" "
        "tabindex=\"0\" role=\"region\" aria-label=\"Table of the criteria\"><table>"
        "<thead><tr><th scope=\"col\">Criterion</th><th scope=\"col\">Level</th><th "
        "scope=\"col\">Verdict</th><th scope=\"col\">Conditions</th></tr></thead>\n"
        "<tbody>\n");
    for (size_t c = 0; c < CRITERIA; c++) {
        enum verdict verdict = criterion_verdict(&verdicts, (enum criterion)c);
        verdict = verdict == VERDICTS ? VERDICT_PERSON : verdict;
        buffer_printf(report->out, "<tr><th scope=\"row\">%s %s</th><td>%s</td><td%s>%s</td><td>",
                      criteria[c].number, criteria[c].title, criteria[c].level,
                      verdict == VERDICT_FAILED ? " class=\"fault\"" : "", verdict_words[verdict]);
        add_counting(report, &verdicts, (enum criterion)c);
        buffer_add_c(report->out, "</td></tr>\n");
    }
    buffer_add_c(report->out, "</tbody></table></div>\n");
    report_section_end(report);
}

void report_checks(struct inspection_report *report)
{
    report_section(report, "checks", "Checks");
    buffer_printf(report->out,
                  "<p>Each is the condition of a failure: what would be wrong. %s</p>\n",
                  report->inspection->is_epub || report->inspection->is_ua2
                      ? ""
                      : "The numbers are those of the Matterhorn Protocol 1.1; iso-… are what ISO "
                        "14289-1 asks for besides.");
    add_conditions(report, 'm', true, true, "Found", "None.");
    add_conditions(report, 'm', false, true, "Looked for, and not found", "None.");
    add_conditions(report, 'm', false, false,
                   "Not examined: the file has nothing of their kind, or could not be read",
                   "None.");
    add_conditions(report, 'n', false, false, "Not checked by this program", "None.");
    report_section_end(report);
}

#include "inspect/wcag.h"

const char *const verdict_words[VERDICTS] = {
    [VERDICT_FAILED] = "failed",         [VERDICT_UNEXAMINED] = "not examined",
    [VERDICT_UNCHECKED] = "not checked", [VERDICT_PERSON] = "for a person",
    [VERDICT_PASSED] = "passed",         [VERDICT_NOTHING] = "does not apply",
};

const struct criterion_row criteria[CRITERIA] = {
#define CRITERION(name, number, level, title) {number, level, title},
#include "inspect/criteria.def"
};

static const struct {
    enum condition condition;
    enum criterion criterion;
} counting[] = {
#define COUNTS(condition, criterion) {CONDITION_##condition, CRITERION_##criterion},
#include "inspect/criteria.def"
};

/* Which conditions, by the beginning of their ids, are about elements of these kinds alone. */
static const struct {
    const char *begin;
    enum subject_kind kind;
} subjects[] = {
    {"09-004", HAS_TABLE},
    {"09-005", HAS_LIST},
    {"09-006", HAS_CONTENTS},
    {"09-007", HAS_RUBY},
    {"09-008", HAS_WARICHU},
    {"13-002", HAS_FIGURE},
    {"13-004", HAS_FIGURE},
    {"13-005", HAS_FIGURE},
    {"13-006", HAS_FIGURE},
    {"13-007", HAS_FIGURE},
    {"13-008", HAS_FIGURE},
    {"14-002", HAS_HEADING},
    {"14-003", HAS_HEADING},
    {"14-004", HAS_HEADING},
    {"14-006", HAS_HEADING},
    {"14-007", HAS_HEADING},
    {"15-", HAS_TABLE},
    {"16-001", HAS_LIST},
    {"16-002", HAS_LIST},
    {"17-002", HAS_FORMULA},
    {"17-003", HAS_FORMULA},
    {"19-003", HAS_NOTE},
    {"19-004", HAS_NOTE},
    {"ua2-contents-entry", HAS_CONTENTS},
    {"ua2-figure", HAS_FIGURE},
    {"ua2-h-figure", HAS_FIGURE},
    {"ua2-table", HAS_TABLE},
    {"ua2-h-table", HAS_TABLE},
    {"ua2-list-", HAS_LIST},
    {"ua2-note-", HAS_NOTE},
    {"ua2-ruby", HAS_RUBY},
    {"ua2-warichu", HAS_WARICHU},
    {"epub-table", HAS_TABLE},
    {"epub-h-headers", HAS_TABLE},
    {"epub-h-alt", HAS_FIGURE},
    {"epub-heading", HAS_HEADING},
    {"epub-h-heading", HAS_HEADING},
    {"epub-link-", HAS_LINK},
    {"epub-h-link", HAS_LINK},
};

static bool has_subject(const struct inspection *inspection, enum condition condition)
{
    text id = text_from_c(conditions[condition].id);
    for (size_t i = 0; i < sizeof subjects / sizeof *subjects; i++)
        if (text_starts_with(id, text_from_c(subjects[i].begin)))
            return inspection->element_kinds & 1u << subjects[i].kind;
    return true;
}

static enum verdict verdict_of(const struct inspection *inspection, enum condition condition)
{
    if (!condition_applies(inspection, condition))
        return VERDICTS;
    if (inspection->counts[condition])
        return VERDICT_FAILED;
    if (conditions[condition].kind == 'n')
        return VERDICT_UNCHECKED;
    bool is_whole = !inspection->failure.length && !inspection->unread_count;
    bool is_examined = condition_examined(inspection, condition);
    if (conditions[condition].kind == 'm' && !is_examined && !is_whole)
        return VERDICT_UNEXAMINED;
    if (is_whole && (!is_examined || !has_subject(inspection, condition)))
        return VERDICT_NOTHING;
    return conditions[condition].kind == 'h' ? VERDICT_PERSON : VERDICT_PASSED;
}

void verdicts_read(struct verdicts *verdicts, const struct inspection *inspection)
{
    for (size_t i = 0; i < CONDITIONS; i++)
        verdicts->of[i] = verdict_of(inspection, (enum condition)i);
}

bool criterion_counts(const struct verdicts *verdicts, enum criterion criterion,
                      enum condition condition)
{
    const text begin = TEXT("WCAG 2.2, ");
    text clause = text_from_c(conditions[condition].clause);
    if (verdicts->of[condition] == VERDICTS)
        return false;
    if (text_starts_with(clause, begin))
        return text_equal_c(text_slice(clause, begin.length, clause.length),
                            criteria[criterion].number);
    for (size_t i = 0; i < sizeof counting / sizeof *counting; i++)
        if (counting[i].condition == condition && counting[i].criterion == criterion)
            return true;
    return false;
}

enum verdict criterion_verdict(const struct verdicts *verdicts, enum criterion criterion)
{
    enum verdict all = VERDICTS;
    for (size_t i = 0; i < CONDITIONS; i++)
        if (verdicts->of[i] < all && criterion_counts(verdicts, criterion, (enum condition)i))
            all = verdicts->of[i];
    return all;
}

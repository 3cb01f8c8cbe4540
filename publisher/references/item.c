/* Items: CSL's own structure (CSL 1.0.2, appendix III), from JSON or YAML → references. */
#include "references/library.h"

#include "base/limits.h"
#include "document/identifier.h"

#include <string.h>

struct item *item_new(struct library *library, enum item_kind kind, struct span span)
{
    struct item *item = ARENA_NEW(library->arena, struct item);
    item->kind = kind;
    item->span = span;
    return item;
}

void item_append(struct item *parent, struct item *child)
{
    if (parent->last)
        parent->last->next = child;
    else
        parent->first = child;
    parent->last = child;
}

static const struct item *find(const struct item *map, const char *key)
{
    for (const struct item *part = map->first; part; part = part->next) {
        if (text_equal_c(part->key, key))
            return part;
    }
    return NULL;
}

/* values */

static bool is_word(const struct item *item)
{
    return item && (item->kind == ITEM_WORDS || item->kind == ITEM_NUMBER);
}

static text words_of(const struct item *item)
{
    return is_word(item) ? item->words : TEXT_EMPTY;
}

/* A field of words; lists of words (Pandoc writes some fields so) are joined. */
static bool read_words(struct library *library, const struct item *item, text *words)
{
    *words = words_of(item);
    if (item->kind != ITEM_LIST)
        return is_word(item);
    struct words_list list = {0};
    for (const struct item *part = item->first; part; part = part->next) {
        if (!is_word(part))
            return false;
        if (part->words.length)
            words_list_add(library->arena, &list, part->words);
    }
    *words = words_list_join(library->arena, &list, ", ");
    return true;
}

static bool is_true(const struct item *item)
{
    text words = words_of(item);
    return text_equal_c(words, "true") || text_equal_c(words, "1");
}

static bool int_of(const struct item *item, int *number)
{
    text digits = text_trim(words_of(item));
    size_t point = text_find(digits, TEXT(".0"), 0); /* 2016.0 */
    if (point != SIZE_MAX && point + 2 == digits.length)
        digits.length = point;
    unsigned long parsed;
    bool is_negative = digits.length && digits.bytes[0] == '-';
    if (!text_to_number(text_slice(digits, is_negative, digits.length), 999999, &parsed))
        return false;
    *number = is_negative ? -(int)parsed : (int)parsed;
    return true;
}

/* names */

static bool read_name(const struct library *library, const struct item *item,
                      struct reference_name *name)
{
    if (item->kind == ITEM_WORDS) { /* Pandoc takes a name written as one word or more */
        name->literal = library_without_entities(library, item->words, false);
        return name->literal.length > 0;
    }
    if (item->kind != ITEM_MAP)
        return false;
    const struct {
        const char *key;
        text *value;
    } parts[] = {
        {"family", &name->family},
        {"given", &name->given},
        {"literal", &name->literal},
        {"name", &name->literal},
        {"suffix", &name->suffix},
        {"dropping-particle", &name->dropping_particle},
        {"non-dropping-particle", &name->non_dropping_particle},
    };
    for (const struct item *part = item->first; part; part = part->next) {
        for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
            if (text_equal_c(part->key, parts[i].key))
                *parts[i].value = library_without_entities(library, words_of(part), false);
        }
    }
    name->comma_suffix = is_true(find(item, "comma-suffix"));
    name->static_ordering = is_true(find(item, "static-ordering"));
    return name->family.length + name->given.length + name->literal.length > 0;
}

static bool read_names(struct library *library, const struct item *item,
                       struct reference_field *field)
{
    size_t count = 0;
    bool is_list = item->kind == ITEM_LIST;
    const struct item *first = is_list ? item->first : item;
    for (const struct item *name = first; name; name = is_list ? name->next : NULL)
        count++;
    field->kind = FIELD_NAMES;
    field->names = ARENA_NEW_ARRAY(library->arena, count, struct reference_name);
    for (const struct item *name = first; name; name = is_list ? name->next : NULL) {
        if (!read_name(library, name, &field->names[field->name_count++]))
            return false;
    }
    /* as Pandoc writes "and others" */
    if (field->name_count > 1 &&
        text_equal_c(field->names[field->name_count - 1].literal, "others")) {
        field->name_count--;
        field->has_others = true;
    }
    return is_list || item->kind == ITEM_MAP;
}

/* dates */

static bool read_parts(const struct item *parts, int *year, int *month, int *day)
{
    int *const numbers[] = {year, month, day};
    if (!parts || parts->kind != ITEM_LIST || !parts->first)
        return false;
    size_t i = 0;
    for (const struct item *part = parts->first; part; part = part->next, i++) {
        /* an empty string or null stands for "not given" in some files */
        bool is_empty = part->kind == ITEM_NULL || (is_word(part) && text_is_blank(part->words));
        if (i == 3 || (!is_empty && !int_of(part, numbers[i])))
            return false;
    }
    return *month >= 0 && *month <= 24 && *day >= 0 && *day <= 31;
}

/* Pandoc's YAML: { year: 2016, month: 5 }. */
static bool read_named_parts(const struct item *item, struct reference_date *date)
{
    const struct item *month = find(item, "month"), *day = find(item, "day");
    return int_of(find(item, "year"), &date->year) && (!month || int_of(month, &date->month)) &&
           (!day || int_of(day, &date->day)) && date->month >= 0 && date->month <= 24 &&
           date->day >= 0 && date->day <= 31;
}

static bool read_date(struct library *library, const struct item *item,
                      struct reference_field *field)
{
    struct reference_date *date = &field->date;
    field->kind = FIELD_DATE;
    if (is_word(item)) {
        date_read(library->arena, item->words, date);
        return true;
    }
    if (item->kind == ITEM_LIST && item->first && item->first->kind == ITEM_MAP)
        item = item->first; /* Pandoc: a list of one date */
    if (item->kind != ITEM_MAP)
        return false;
    const struct item *parts = find(item, "date-parts"), *season = find(item, "season");
    const struct item *raw = find(item, "raw");
    date->literal = words_of(find(item, "literal"));
    date->circa = is_true(find(item, "circa"));
    if (season && (!int_of(season, &date->season) || date->season < 1 || date->season > 4))
        date->season = 0;
    bool is_empty = parts && parts->kind == ITEM_LIST && !parts->first;
    if (!parts || (is_empty && (date->literal.length || raw))) {
        if (find(item, "year"))
            return read_named_parts(item, date);
        if (raw)
            date_read(library->arena, words_of(raw), date);
        return raw || date->literal.length > 0;
    }
    const struct item *start = parts->kind == ITEM_LIST ? parts->first : NULL;
    const struct item *end = start ? start->next : NULL;
    if (!start || !read_parts(start, &date->year, &date->month, &date->day))
        return false;
    date->has_end = end != NULL;
    return !end || read_parts(end, &date->end_year, &date->end_month, &date->end_day);
}

/* fields */

/* CSL 1.0.2, appendix IV: date variables and name variables; all others are words or numbers. */
static const char *const date_names[] = {
    "issued", "accessed", "event-date", "original-date", "submitted", "available-date",
};
static const char *const name_names[] = {
    "author",
    "chair",
    "collection-editor",
    "compiler",
    "composer",
    "container-author",
    "contributor",
    "curator",
    "director",
    "editor",
    "editor-translator",
    "editorial-director",
    "executive-producer",
    "guest",
    "host",
    "illustrator",
    "interviewer",
    "narrator",
    "organizer",
    "original-author",
    "performer",
    "producer",
    "recipient",
    "reviewed-author",
    "script-writer",
    "series-creator",
    "translator",
};
/* Words and numbers: of these, what is no words is a mistake. */
static const char *const text_names[] = {
    "abstract",
    "annote",
    "archive",
    "archive-place",
    "archive_collection",
    "archive_location",
    "authority",
    "call-number",
    "chapter-number",
    "citation-key",
    "citation-label",
    "collection-number",
    "collection-title",
    "container-title",
    "container-title-short",
    "dimensions",
    "division",
    "DOI",
    "edition",
    "event",
    "event-place",
    "event-title",
    "genre",
    "ISBN",
    "ISSN",
    "issue",
    "journalAbbreviation",
    "jurisdiction",
    "keyword",
    "language",
    "medium",
    "note",
    "number",
    "number-of-pages",
    "number-of-volumes",
    "original-publisher",
    "original-publisher-place",
    "original-title",
    "page",
    "page-first",
    "part-number",
    "part-title",
    "PMCID",
    "PMID",
    "printing-number",
    "publisher",
    "publisher-place",
    "references",
    "reviewed-genre",
    "reviewed-title",
    "scale",
    "section",
    "shortTitle",
    "source",
    "status",
    "supplement-number",
    "title",
    "title-short",
    "URL",
    "version",
    "volume",
    "volume-title",
    "year-suffix",
};
/* Not for readers: other programs' notes. */
static const char *const ignored_names[] = {"categories", "custom", "system_id"};
#define CONTAINS(table, name) contains((table), sizeof(table) / sizeof(table)[0], (name))

static bool contains(const char *const *table, size_t count, text name)
{
    for (size_t i = 0; i < count; i++) {
        if (text_equal_c(name, table[i]))
            return true;
    }
    return false;
}

static struct reference_field *read_field(struct library *library, struct reference *reference,
                                          const struct item *item, bool is_from_doi)
{
    text key = item->key;
    if (item->kind == ITEM_NULL || text_equal_c(key, "id") || text_equal_c(key, "type"))
        return NULL;
    if (CONTAINS(ignored_names, key)) {
        reference_leave(library->arena, reference, key, words_of(item), item->span);
        return NULL;
    }
    if (reference_field_of(reference, key)) {
        report_warning(library->report, "reference-field", item->span,
                       "take one of the two out, or join their words",
                       "the field \"%.*s\" stands twice in this reference: the first counts",
                       TEXT_ARGUMENTS(key));
        return NULL;
    }
    struct reference_field *field = ARENA_NEW(library->arena, struct reference_field);
    field->key = key;
    field->span = item->span;
    const char *hint = NULL;
    if (CONTAINS(date_names, key)) {
        if (!read_date(library, item, field))
            hint = "write { \"date-parts\": [[2016, 5, 31]] }";
    } else if (CONTAINS(name_names, key)) {
        if (!read_names(library, item, field))
            hint = "write [ { \"family\": \"Knuth\", \"given\": \"Donald E.\" } ]";
    } else if (!read_words(library, item, &field->value)) {
        if (!CONTAINS(text_names, key)) { /* other programs' notes: licences, relations, sums */
            reference_leave(library->arena, reference, key, TEXT_EMPTY, item->span);
            return NULL;
        }
        hint = "write words between quotes";
    } else {
        if (item->kind == ITEM_LIST && !item->first) /* "subtitle": [], as Crossref has it */
            return NULL;
        field->value = library_without_entities(library, field->value, is_from_doi);
    }
    if (hint) {
        report_error(library->report, "reference-field", item->span, hint,
                     "the field \"%.*s\" has the wrong kind of value", TEXT_ARGUMENTS(key));
        return NULL;
    }
    if (text_equal_c(key, "DOI"))
        field->value = doi_bare(library->arena, field->value);
    if (text_equal_c(key, "language"))
        reference_set_language(library->arena, reference, field->value);
    return field;
}

/* Crossref's names of types, which come with its answers, as CSL has them. */
static text type_of(text written)
{
    static const struct {
        const char *written, *csl;
    } types[] = {
        {"journal-article", "article-journal"},
        {"proceedings-article", "paper-conference"},
        {"book-chapter", "chapter"},
        {"book-section", "chapter"},
        {"book-part", "chapter"},
        {"book-track", "chapter"},
        {"reference-entry", "entry"},
        {"monograph", "book"},
        {"edited-book", "book"},
        {"reference-book", "book"},
        {"book-set", "book"},
        {"book-series", "book"},
        {"proceedings", "book"},
        {"dissertation", "thesis"},
        {"posted-content", "article"},
        {"peer-review", "review"},
        {"report-component", "report"},
        {"report-series", "report"},
        {"journal", "periodical"},
        {"journal-issue", "periodical"},
        {"journal-volume", "periodical"},
    };
    for (size_t i = 0; i < sizeof types / sizeof *types; i++)
        if (text_equal_c(written, types[i].written))
            return text_from_c(types[i].csl);
    return written;
}

void item_read(struct library *library, const struct item *item)
{
    if (item->kind != ITEM_MAP) {
        library_report_syntax(library, item->span, "a reference stands between { and }",
                              "this is not a reference");
        return;
    }
    struct reference *reference = ARENA_NEW(library->arena, struct reference);
    reference->id = words_of(find(item, "id"));
    bool is_from_doi = reference->id.length == 0;
    if (is_from_doi) /* what doi.org answers has no other */
        reference->id = library_without_entities(library, words_of(find(item, "DOI")), true);
    reference->type = type_of(words_of(find(item, "type")));
    reference->span = item->span;
    const char *missing = reference->id.length == 0     ? "id"
                          : reference->type.length == 0 ? "type"
                                                        : NULL;
    if (missing)
        report_error(library->report, "reference-field", reference->span,
                     reference->id.length ? "add a line such as \"type\": \"article-journal\""
                                          : "add a line such as \"id\": \"knuth1981\"",
                     "the reference has no field \"%s\"", missing);
    if (reference->id.length == 0)
        return;
    struct reference_field **last = &reference->fields;
    size_t count = 0;
    for (const struct item *part = item->first; part; part = part->next) {
        if (++count > LIMIT_REFERENCE_FIELDS) {
            library_report_syntax(library, part->span, "take out what is no field of a reference",
                                  REFERENCE_FIELDS_MESSAGE);
            break;
        }
        struct reference_field *field = read_field(library, reference, part, is_from_doi);
        if (field) {
            *last = field;
            last = &field->next;
        }
    }
    library_add(library, reference);
}

void items_read(struct library *library, const struct item *items)
{
    for (const struct item *item = items->first; item; item = item->next)
        item_read(library, item);
}

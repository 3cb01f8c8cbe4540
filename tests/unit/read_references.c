#include "tests/unit/unit.h"

#include "base/report.h"
#include "document/reference.h"
#include "read/passes.h"

static struct arena arena;
static struct report report;
static struct document document;

static void read_library(const char *json)
{
    arena_release(&arena);
    arena_init(&arena);
    report_init(&report, &arena);
    document = (struct document){.arena = &arena, .report = &report};
    const struct named_file named = {.path = TEXT("r.json")};
    struct reader reader = {.document = &document, .arena = &arena, .report = &report};
    report_add_source(&report, TEXT("folder/article.md"), TEXT_EMPTY);
    read_reference_bytes(&reader, &named, arena_copy(&arena, text_from_c(json)));
}

static bool is_reported(const char *rule, uint32_t line, uint32_t column)
{
    if (report.count != 1)
        return false;
    const struct diagnostic *one = &report.diagnostics[0];
    return strcmp(one->rule->id, rule) == 0 && one->span.line == line &&
           one->span.column == column && one->span.file == 1;
}

static void fields_keep_their_names_and_their_order(void)
{
    read_library(
        "[\n {\"id\": \"a\", \"type\": \"book\", \"title\": \"T \\u00e9\", \"volume\": 12,\n"
        "  \"page\": \"1-2\", \"version\": 1.10, \"language\": \"FR-ca\"}\n]");
    CHECK(report.count == 0 && document.reference_count == 1);
    const struct reference *one = document.references[0];
    CHECK_TEXT(one->id, "a");
    CHECK_TEXT(one->type, "book");
    CHECK_TEXT(one->language, "fr-CA");
    CHECK(one->span.line == 2 && one->span.column == 2);
    CHECK_TEXT(one->fields->key, "title");
    CHECK_TEXT(one->fields->value, "T \xC3\xA9");
    CHECK_TEXT(reference_text(one, "volume"), "12");
    CHECK_TEXT(reference_text(one, "version"), "1.10"); /* as written */
    CHECK_TEXT(reference_text(one, "page"), "1-2");
}

static void names_have_their_parts(void)
{
    read_library("[{\"id\": 7, \"type\": \"book\", \"author\": [{\"family\": \"Beethoven\", "
                 "\"given\": \"L.\", \"dropping-particle\": \"van\", \"suffix\": \"Jr\", "
                 "\"comma-suffix\": true}, {\"literal\": \"A Society\"}], \"editor\": []}]");
    CHECK(report.count == 0 && document.reference_count == 1);
    CHECK_TEXT(document.references[0]->id, "7");
    const struct reference_field *author = reference_find(document.references[0], "author");
    CHECK(author && author->kind == FIELD_NAMES && author->name_count == 2);
    CHECK_TEXT(author->names[0].family, "Beethoven");
    CHECK_TEXT(author->names[0].dropping_particle, "van");
    CHECK(author->names[0].comma_suffix);
    CHECK_TEXT(author->names[1].literal, "A Society");
}

static const struct reference_date *date_of(const char *value)
{
    char json[256];
    snprintf(json, sizeof json, "[{\"id\": \"a\", \"type\": \"book\", \"issued\": %s}]", value);
    read_library(json);
    const struct reference_field *field =
        document.reference_count ? reference_find(document.references[0], "issued") : NULL;
    return field && field->kind == FIELD_DATE ? &field->date : NULL;
}

static void dates_come_in_many_ways(void)
{
    const struct reference_date *date = date_of("{\"date-parts\": [[2016, 5, 31]]}");
    CHECK(date && date->year == 2016 && date->month == 5 && date->day == 31 && !date->has_end);
    date = date_of("{\"date-parts\": [[\"2016\"], [2017, \"2\"]], \"circa\": 1}");
    CHECK(date && date->has_end && date->end_year == 2017 && date->end_month == 2 && date->circa);
    date = date_of("{\"raw\": \"2016-05\"}");
    CHECK(date && date->year == 2016 && date->month == 5);
    date = date_of("{\"literal\": \"in spring\", \"season\": \"1\"}");
    CHECK(date && date->year == 0 && date->season == 1);
    date = date_of("{\"date-parts\": [[-44]]}");
    CHECK(date && date->year == -44);
    date = date_of("\"2020\"");
    CHECK(date && date->year == 2020);
}

static void a_value_of_the_wrong_kind_is_told_at_its_place(void)
{
    read_library("[{\"id\": \"a\", \"type\": \"book\",\n \"author\": \"Ada\"}]");
    CHECK(is_reported("reference-field", 2, 12));
    CHECK(document.reference_count == 1); /* the rest of it can be used */
    read_library("[{\"id\": \"a\", \"type\": \"book\",\n \"title\": {\"x\": 1}}]");
    CHECK(is_reported("reference-field", 2, 11));
    read_library("[{\"id\": \"a\", \"type\": \"book\",\n \"issued\": {\"date-parts\": [[]]}}]");
    CHECK(is_reported("reference-field", 2, 12));
    read_library("[{\"id\": \"a\", \"type\": \"book\",\n \"author\": [{\"x\": 1}]}]");
    CHECK(is_reported("reference-field", 2, 12));
    read_library("[\n{\"type\": \"book\"}]");
    CHECK(is_reported("reference-field", 2, 1) && document.reference_count == 0);
    read_library("[\n{\"id\": \"b\"}]");
    CHECK(is_reported("reference-field", 2, 1));
}

static void ids_are_given_once(void)
{
    read_library("[{\"id\": \"a\", \"type\": \"book\"},\n  {\"id\": \"a\", \"type\": \"book\"}]");
    CHECK(is_reported("reference-duplicate", 2, 3));
    CHECK(document.reference_count == 1);
}

static void mistakes_in_json_are_told_at_their_place(void)
{
    read_library("[{\"id\": \"a\",\n  \"type\": }]");
    CHECK(is_reported("references-syntax", 2, 11));
    read_library("{\"id\": 1}");
    CHECK(is_reported("references-syntax", 1, 1));
    read_library("[1]");
    CHECK(is_reported("references-syntax", 1, 2));
    read_library("");
    CHECK(report.count == 1);
    read_library("[] x");
    CHECK(report.count == 1);
    read_library("[{\"id\": \"\xFF\"}]");
    CHECK(is_reported("utf8-invalid", 1, 10));
}

static void items_may_stand_under_a_key(void)
{
    read_library("\xEF\xBB\xBF{\"version\": [1, {}], \"items\": [{\"id\": \"a\\\"b\", \"type\": "
                 "\"book\",\n\"title\": [{}]}]}");
    CHECK(document.reference_count == 1 && is_reported("reference-field", 2, 10));
}

static void deep_json_ends_well(void)
{
    static char deep[200001];
    memset(deep, '[', sizeof deep - 1);
    read_library(deep);
    CHECK(report.count == 1 && strcmp(report.diagnostics[0].rule->id, "references-syntax") == 0);
}

int main(void)
{
    arena_init(&arena);
    RUN(fields_keep_their_names_and_their_order);
    RUN(names_have_their_parts);
    RUN(dates_come_in_many_ways);
    RUN(a_value_of_the_wrong_kind_is_told_at_its_place);
    RUN(ids_are_given_once);
    RUN(mistakes_in_json_are_told_at_their_place);
    RUN(items_may_stand_under_a_key);
    RUN(deep_json_ends_well);
    arena_release(&arena);
    UNIT_EXIT();
}

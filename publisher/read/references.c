/* References: CSL-JSON (CSL 1.0.2, appendix III and IV). cJSON reads it but knows no places; a
   small scanner goes through the same text beside cJSON's tree and tells where each item and each
   of its fields begins. */
#include "base/limits.h"
#include "document/language.h"
#include "document/reference.h"
#include "read/reader.h"

#include <cjson/cJSON.h>
#include <math.h>
#include <string.h>

struct library {
    struct reader *reader;
    uint32_t file;
    text bytes;
    /* lines are counted once, going forward */
    size_t counted, line_start;
    uint32_t line;
    struct id_map *ids;
};

/* places */

/* Spans are asked for in the file's order, so the lines are counted once. */
static struct span span_at(struct library *library, size_t from, size_t to)
{
    if (from < library->counted) {
        library->counted = library->line_start = 0;
        library->line = 1;
    }
    for (; library->counted < from && library->counted < library->bytes.length;
         library->counted++) {
        if (library->bytes.bytes[library->counted] == '\n') {
            library->line++;
            library->line_start = library->counted + 1;
        }
    }
    uint32_t column = (uint32_t)(from - library->line_start + 1);
    uint32_t end_column = column + (uint32_t)(to > from ? to - from - 1 : 0);
    return (struct span){library->file, library->line, column, library->line, end_column};
}

static size_t skip_spaces(text json, size_t offset)
{
    while (offset < json.length && (unsigned char)json.bytes[offset] <= ' ')
        offset++;
    return offset;
}

static size_t skip_string(text json, size_t offset)
{
    for (offset++; offset < json.length && json.bytes[offset] != '"'; offset++)
        offset += json.bytes[offset] == '\\';
    return offset + 1;
}

/* The offset after the value that begins here. The text is proper JSON: cJSON has read it. */
static size_t skip_value(text json, size_t offset)
{
    size_t depth = 0;
    do {
        offset = skip_spaces(json, offset);
        char c = offset < json.length ? json.bytes[offset] : '\0';
        if (c == '"') {
            offset = skip_string(json, offset);
        } else if (c == '{' || c == '[') {
            depth++;
            offset++;
        } else if (c == '}' || c == ']') {
            depth -= depth > 0;
            offset++;
        } else {
            offset++;
            while (depth == 0 && offset < json.length && !strchr(",]} \t\r\n", json.bytes[offset]))
                offset++;
        }
    } while (depth && offset < json.length);
    return offset;
}

/* In an object or array at the offset: the first key or value, or the offset of its end. */
static size_t enter_value(text json, size_t offset)
{
    return skip_spaces(json, skip_spaces(json, offset) + 1);
}

/* Past a value and the comma after it. */
static size_t next_value(text json, size_t offset)
{
    offset = skip_spaces(json, skip_value(json, offset));
    if (offset < json.length && json.bytes[offset] == ',')
        offset++;
    return skip_spaces(json, offset);
}

/* From a key to its value. */
static size_t value_of_key(text json, size_t offset)
{
    offset = skip_spaces(json, skip_string(json, offset));
    return skip_spaces(json, offset + 1);
}

/* values */

/* A string without what no text may hold. */
static text clean_string(struct library *library, const char *string)
{
    char *bytes = arena_copy_c(library->reader->arena, text_from_c(string));
    for (char *c = bytes; *c; c++) {
        if ((unsigned char)*c < 0x20 || *c == 0x7F)
            *c = ' ';
    }
    return text_trim(text_from_c(bytes));
}

static text text_of(struct library *library, const cJSON *value)
{
    if (cJSON_IsString(value))
        return clean_string(library, value->valuestring);
    double number = cJSON_IsNumber(value) ? value->valuedouble : NAN;
    if (fabs(number) < 1e15 && number == floor(number))
        return arena_printf(library->reader->arena, "%lld", (long long)number);
    return TEXT_EMPTY;
}

/* A number as written in the file, not as the machine rounds it. */
static text number_as_written(struct library *library, size_t offset)
{
    return arena_copy(library->reader->arena,
                      text_slice(library->bytes, offset, skip_value(library->bytes, offset)));
}

static bool is_true(const cJSON *value)
{
    return cJSON_IsTrue(value) || (cJSON_IsNumber(value) && value->valueint != 0) ||
           (cJSON_IsString(value) && (text_equal_c(text_from_c(value->valuestring), "true") ||
                                      text_equal_c(text_from_c(value->valuestring), "1")));
}

static bool int_of(const cJSON *value, int *number)
{
    if (cJSON_IsNumber(value)) {
        if (!(fabs(value->valuedouble) < 1e6))
            return false;
        *number = (int)value->valuedouble;
        return true;
    }
    unsigned long parsed;
    text digits = cJSON_IsString(value) ? text_trim(text_from_c(value->valuestring)) : TEXT_EMPTY;
    bool is_negative = digits.length && digits.bytes[0] == '-';
    if (!text_to_number(text_slice(digits, is_negative, digits.length), 999999, &parsed))
        return false;
    *number = is_negative ? -(int)parsed : (int)parsed;
    return true;
}

static bool read_names(struct library *library, const cJSON *array, struct reference_field *field)
{
    size_t count = (size_t)cJSON_GetArraySize(array), i = 0;
    field->kind = FIELD_NAMES;
    field->names = ARENA_NEW_ARRAY(library->reader->arena, count, struct reference_name);
    field->name_count = count;
    const cJSON *item;
    cJSON_ArrayForEach(item, array)
    {
        if (!cJSON_IsObject(item))
            return false;
        struct reference_name *name = &field->names[i++];
        const cJSON *part;
        cJSON_ArrayForEach(part, item)
        {
            text key = text_from_c(part->string), value = text_of(library, part);
            if (text_equal_c(key, "family"))
                name->family = value;
            else if (text_equal_c(key, "given"))
                name->given = value;
            else if (text_equal_c(key, "literal"))
                name->literal = value;
            else if (text_equal_c(key, "suffix"))
                name->suffix = value;
            else if (text_equal_c(key, "dropping-particle"))
                name->dropping_particle = value;
            else if (text_equal_c(key, "non-dropping-particle"))
                name->non_dropping_particle = value;
            else if (text_equal_c(key, "comma-suffix"))
                name->comma_suffix = is_true(part);
            else if (text_equal_c(key, "static-ordering"))
                name->static_ordering = is_true(part);
        }
        if (name->family.length + name->given.length + name->literal.length == 0)
            return false;
    }
    return true;
}

static bool read_date_parts(const cJSON *parts, int *year, int *month, int *day)
{
    int *const numbers[] = {year, month, day};
    int count = cJSON_GetArraySize(parts);
    if (!cJSON_IsArray(parts) || count < 1 || count > 3)
        return false;
    size_t i = 0;
    const cJSON *part;
    cJSON_ArrayForEach(part, parts)
    {
        /* an empty string or null stands for "not given" in some files */
        bool is_empty = cJSON_IsNull(part) ||
                        (cJSON_IsString(part) && text_is_blank(text_from_c(part->valuestring)));
        if (!is_empty && !int_of(part, numbers[i]))
            return false;
        i++;
    }
    return *month >= 0 && *month <= 24 && *day >= 0 && *day <= 31;
}

/* "raw": what is written as 2016, 2016-05 or 2016-05-31 is understood; anything else stays words.
 */
static void read_raw_date(text raw, struct reference_date *date)
{
    unsigned long year = 0, month = 0, day = 0;
    bool has_month = raw.length >= 7 && raw.bytes[4] == '-', has_day = raw.length == 10;
    bool is_date = text_to_number(text_slice(raw, 0, 4), 9999, &year) &&
                   (raw.length == 4 || (raw.length == 7 && has_month) ||
                    (has_day && has_month && raw.bytes[7] == '-'));
    if (is_date && has_month)
        is_date = text_to_number(text_slice(raw, 5, 7), 12, &month);
    if (is_date && has_day)
        is_date = text_to_number(text_slice(raw, 8, 10), 31, &day);
    if (!is_date) {
        date->literal = raw;
        return;
    }
    date->year = (int)year;
    date->month = (int)month;
    date->day = (int)day;
}

static bool read_date(struct library *library, const cJSON *value, struct reference_field *field)
{
    struct reference_date *date = &field->date;
    field->kind = FIELD_DATE;
    if (cJSON_IsString(value) || cJSON_IsNumber(value)) {
        read_raw_date(text_of(library, value), date);
        return true;
    }
    if (!cJSON_IsObject(value))
        return false;
    const cJSON *parts = cJSON_GetObjectItemCaseSensitive(value, "date-parts");
    const cJSON *season = cJSON_GetObjectItemCaseSensitive(value, "season");
    const cJSON *raw = cJSON_GetObjectItemCaseSensitive(value, "raw");
    date->literal = text_of(library, cJSON_GetObjectItemCaseSensitive(value, "literal"));
    date->circa = is_true(cJSON_GetObjectItemCaseSensitive(value, "circa"));
    if (season && (!int_of(season, &date->season) || date->season < 1 || date->season > 4))
        date->season = 0;
    if (!parts) {
        if (raw)
            read_raw_date(text_of(library, raw), date);
        return raw || date->literal.length > 0;
    }
    const cJSON *start = cJSON_IsArray(parts) ? parts->child : NULL;
    const cJSON *end = start ? start->next : NULL;
    if (!start || !read_date_parts(start, &date->year, &date->month, &date->day))
        return false;
    date->has_end = end != NULL;
    return !end || read_date_parts(end, &date->end_year, &date->end_month, &date->end_day);
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
/* Not for readers: other programs' notes. */
static const char *const ignored_names[] = {"categories", "custom", "keyword", "system_id"};
#define CONTAINS(table, name) contains((table), sizeof(table) / sizeof(table)[0], (name))

static bool contains(const char *const *table, size_t count, text name)
{
    for (size_t i = 0; i < count; i++) {
        if (text_equal_c(name, table[i]))
            return true;
    }
    return false;
}

static void report_field(struct library *library, text key, size_t offset, const char *hint)
{
    size_t end = skip_value(library->bytes, offset);
    size_t line_end = text_find_byte(library->bytes, '\n', offset);
    if (line_end < end)
        end = line_end;
    report_error(library->reader->report, "reference-field", span_at(library, offset, end), hint,
                 "the field \"%.*s\" has the wrong kind of value", TEXT_ARGUMENTS(key));
}

static void read_field(struct library *library, struct reference *reference, const cJSON *value,
                       size_t offset, struct reference_field ***last)
{
    text key = clean_string(library, value->string);
    if (cJSON_IsNull(value) || CONTAINS(ignored_names, key) || text_equal_c(key, "id") ||
        text_equal_c(key, "type"))
        return;
    struct reference_field *field = ARENA_NEW(library->reader->arena, struct reference_field);
    field->key = key;
    const char *hint = NULL;
    if (CONTAINS(date_names, key)) {
        if (!read_date(library, value, field))
            hint = "write { \"date-parts\": [[2016, 5, 31]] }";
    } else if (CONTAINS(name_names, key)) {
        if (!cJSON_IsArray(value) || !read_names(library, value, field))
            hint = "write [ { \"family\": \"Knuth\", \"given\": \"Donald E.\" } ]";
    } else if (cJSON_IsString(value)) {
        field->value = text_of(library, value);
    } else if (cJSON_IsNumber(value)) {
        field->value = number_as_written(library, offset);
    } else {
        hint = "write words between quotes";
    }
    if (hint) {
        report_field(library, key, offset, hint);
        return;
    }
    if (text_equal_c(key, "language") && language_is_valid(field->value))
        reference->language = language_canonical(library->reader->arena, field->value);
    **last = field;
    *last = &field->next;
}

/* items */

static bool read_identity(struct library *library, const cJSON *item, size_t offset,
                          struct reference *reference)
{
    reference->id = text_of(library, cJSON_GetObjectItemCaseSensitive(item, "id"));
    reference->type = text_of(library, cJSON_GetObjectItemCaseSensitive(item, "type"));
    reference->span = span_at(library, offset, offset + 1);
    const char *missing = reference->id.length == 0     ? "id"
                          : reference->type.length == 0 ? "type"
                                                        : NULL;
    if (missing)
        report_error(library->reader->report, "reference-field", reference->span,
                     reference->id.length ? "add a line such as \"type\": \"article-journal\""
                                          : "add a line such as \"id\": \"knuth1981\"",
                     "the reference has no field \"%s\"", missing);
    return reference->id.length > 0;
}

static void read_item(struct library *library, const cJSON *item, size_t offset)
{
    struct reader *reader = library->reader;
    struct document *document = reader->document;
    if (!cJSON_IsObject(item)) {
        report_error(reader->report, "references-syntax", span_at(library, offset, offset + 1),
                     "a reference stands between { and }", "this is not a reference");
        return;
    }
    struct reference *reference = ARENA_NEW(reader->arena, struct reference);
    if (!read_identity(library, item, offset, reference))
        return;
    struct node *holder = ARENA_NEW(reader->arena, struct node), *first = holder;
    holder->span = reference->span;
    if (!id_map_add(library->ids, reference->id, holder, &first)) {
        text hint = arena_printf(reader->arena, "the first one is in line %u", first->span.line);
        report_error(reader->report, "reference-duplicate", reference->span, hint.bytes,
                     "two references have the id \"%.*s\"", TEXT_ARGUMENTS(reference->id));
        return;
    }
    struct reference_field **last = &reference->fields;
    size_t at = enter_value(library->bytes, offset);
    const cJSON *value;
    cJSON_ArrayForEach(value, item)
    {
        at = value_of_key(library->bytes, at);
        read_field(library, reference, value, at, &last);
        at = next_value(library->bytes, at);
    }
    ARENA_GROW(reader->arena, document->references, document->reference_count,
               document->reference_capacity);
    document->references[document->reference_count++] = reference;
}

/* The list of items: the top, or what stands under "items". */
static const cJSON *find_items(struct library *library, const cJSON *top, size_t *offset)
{
    *offset = skip_spaces(library->bytes, 0);
    if (text_starts_with(library->bytes, TEXT("\xEF\xBB\xBF")))
        *offset = skip_spaces(library->bytes, 3);
    if (cJSON_IsArray(top) || !cJSON_IsObject(top))
        return cJSON_IsArray(top) ? top : NULL;
    size_t at = enter_value(library->bytes, *offset);
    const cJSON *value;
    cJSON_ArrayForEach(value, top)
    {
        at = value_of_key(library->bytes, at);
        if (cJSON_IsArray(value) && strcmp(value->string, "items") == 0) {
            *offset = at;
            return value;
        }
        at = next_value(library->bytes, at);
    }
    return NULL;
}

static void read_library(struct library *library)
{
    struct report *report = library->reader->report;
    size_t invalid = text_find_invalid_utf8(library->bytes);
    const char *end = NULL;
    if (invalid != SIZE_MAX) {
        report_error(report, "utf8-invalid", span_at(library, invalid, invalid + 1),
                     "save the file as UTF-8", "the file of references is not UTF-8");
        return;
    }
    cJSON *top =
        cJSON_ParseWithLengthOpts(library->bytes.bytes, library->bytes.length + 1, &end, true);
    if (!top) {
        size_t at = end ? (size_t)(end - library->bytes.bytes) : 0;
        if (at >= library->bytes.length && at > 0)
            at = library->bytes.length - 1;
        report_error(report, "references-syntax", span_at(library, at, at + 1),
                     "look for a comma, a quote or a bracket that is missing here or before",
                     "the file of references is not proper JSON");
        return;
    }
    size_t offset;
    const cJSON *items = find_items(library, top, &offset), *item;
    if (!items)
        report_error(report, "references-syntax", span_at(library, 0, 1),
                     "begin the file with [ and end it with ]",
                     "the file of references is not a list of references");
    size_t at = items ? enter_value(library->bytes, offset) : 0;
    cJSON_ArrayForEach(item, items)
    {
        read_item(library, item, at);
        at = next_value(library->bytes, at);
    }
    cJSON_Delete(top);
}

void read_references(struct reader *reader)
{
    const struct metadata *metadata = &reader->document->metadata;
    if (metadata->bibliography.length == 0)
        return;
    text bytes;
    enum file_status status = folder_read(&reader->document->folder, reader->arena,
                                          metadata->bibliography, LIMIT_REFERENCES_BYTES, &bytes);
    if (status != FILE_OK) {
        report_error(reader->report, "references-missing", metadata->bibliography_span,
                     "put the file of references into the article's folder", "the file %.*s %s",
                     TEXT_ARGUMENTS(metadata->bibliography), file_status_words(status));
        return;
    }
    read_reference_bytes(reader, bytes);
}

void read_reference_bytes(struct reader *reader, text bytes)
{
    const struct metadata *metadata = &reader->document->metadata;
    struct library library = {
        .reader = reader, .bytes = bytes, .line = 1, .ids = id_map_new(reader->arena)};
    /* shown as what the author wrote beside the article's own name */
    text article = reader->report->sources[reader->file].name;
    size_t slash = article.length;
    while (slash && article.bytes[slash - 1] != '/')
        slash--;
    text name = arena_printf(reader->arena, "%.*s%.*s", (int)slash, slash ? article.bytes : "",
                             TEXT_ARGUMENTS(metadata->bibliography));
    library.file = report_add_source(reader->report, name, library.bytes);
    read_library(&library);
}

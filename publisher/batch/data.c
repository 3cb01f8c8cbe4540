#include "batch/data.h"

#include "base/characters.h"
#include "base/csv.h"
#include "base/limits.h"
#include "base/report.h"

#include <stdlib.h>
#include <string.h>

struct data {
    struct arena *arena;
    struct report *report;
    const struct data_options *options;
    uint32_t file; /* in the report */
    text name;     /* of the file, as it was given */
    struct csv csv;
    size_t *columns; /* those that can be asked for */
    size_t column_count;
    struct given_variables *rows; /* of the rows below the first */
    size_t row_count;
    size_t *lines; /* of the file, in which they begin */
};

static struct span cell_span(const struct data *data, const struct csv_cell *cell)
{
    return report_span_of(data->report, data->file, cell->from,
                          cell->to > cell->from ? cell->to : cell->from + 1);
}

static const struct csv_cell *cell_at(const struct data *data, size_t row, size_t column)
{
    return &data->csv.rows[row + 1].cells[column];
}

/* reading */

static bool read_file(struct data *data)
{
    text bytes = TEXT_EMPTY;
    enum file_status status =
        file_read_any(data->arena, data->options->path, LIMIT_DATA_BYTES, &bytes);
    bytes = characters_of_file(data->arena, bytes);
    data->file = report_add_source(data->report, data->name, bytes);
    struct span whole = {.file = data->file};
    size_t invalid = text_find_invalid_utf8(bytes);
    struct csv_fault fault;
    if (status != FILE_OK)
        report_error(data->report, "data-syntax", whole, "name a file of CSV", "%.*s %s",
                     TEXT_ARGUMENTS(data->name), file_status_words(status));
    else if (invalid != SIZE_MAX)
        report_error(data->report, "utf8-invalid",
                     report_span_of(data->report, data->file, invalid, invalid + 1), NULL,
                     "the byte 0x%02X is not UTF-8", (unsigned char)bytes.bytes[invalid]);
    else if (!csv_read(data->arena, bytes, '\0', &data->csv, &fault))
        report_error(data->report, "data-syntax",
                     report_span_of(data->report, data->file, fault.from, fault.to), fault.hint,
                     "%s", fault.why);
    else if (data->csv.count < 2)
        report_error(data->report, "data-syntax", whole, "write a row for each publication",
                     "the file has no row below the names of its columns");
    data->row_count = data->csv.count ? data->csv.count - 1 : 0;
    return data->report->errors == 0;
}

static void read_columns(struct data *data)
{
    const struct csv_row *head = &data->csv.rows[0];
    data->columns = ARENA_NEW_ARRAY(data->arena, head->count, size_t);
    for (size_t i = 0; i < head->count; i++) {
        text name = text_trim(head->cells[i].words);
        bool is_taken = false;
        for (size_t k = 0; k < i; k++)
            is_taken = is_taken || text_equal(text_trim(head->cells[k].words), name);
        if (!variable_name_is_valid(name))
            report_rule(data->report, "data-column-unread", cell_span(data, &head->cells[i]), NULL,
                        "the name of column %zu is none that a text can ask for", i + 1);
        else if (is_taken)
            report_error(data->report, "data-syntax", cell_span(data, &head->cells[i]),
                         "give each column a name of its own", "two columns are called %.*s",
                         TEXT_ARGUMENTS(name));
        else
            data->columns[data->column_count++] = i;
    }
}

static bool is_set(const struct given_variables *set, text name)
{
    size_t i = 0;
    while (set && i < set->count && !text_equal(set->items[i].name, name))
        i++;
    return set && i < set->count;
}

/* Whether --name asks for it. */
static bool is_in_name(const struct data *data, text name)
{
    text pattern = data->options->pattern;
    size_t open = text_find(pattern, TEXT("{{"), 0), close = open;
    while (open != SIZE_MAX && (close = text_find(pattern, TEXT("}}"), open)) != SIZE_MAX) {
        if (text_equal(text_trim(text_slice(pattern, open + 2, close)), name))
            return true;
        open = text_find(pattern, TEXT("{{"), close + 2);
    }
    return false;
}

/* What --set gives, and the cells of the row. */
static void read_row(struct data *data, size_t row)
{
    const struct given_variables *set = data->options->set;
    size_t set_count = set ? set->count : 0, count = set_count;
    struct variable *items =
        ARENA_NEW_ARRAY(data->arena, data->column_count + set_count, struct variable);
    for (size_t i = 0; i < set_count; i++) {
        items[i] = set->items[i];
        items[i].is_used |= is_in_name(data, items[i].name);
    }
    for (size_t i = 0; i < data->column_count; i++) {
        text name = text_trim(data->csv.rows[0].cells[data->columns[i]].words);
        const struct csv_cell *cell = cell_at(data, row, data->columns[i]);
        const char *fault = variable_value_fault(cell->words);
        if (fault)
            report_error(data->report, "data-syntax", cell_span(data, cell), NULL,
                         "the value of %.*s %s", TEXT_ARGUMENTS(name), fault);
        else if (!is_set(set, name))
            items[count++] =
                (struct variable){.name = name,
                                  .value = variable_value_fold(data->arena, cell->words),
                                  .origin = VARIABLE_OF_ROW};
    }
    data->rows[row] = (struct given_variables){
        .items = items,
        .count = count,
        .row = arena_printf(data->arena, "row %zu of %.*s (line %zu)", row + 1,
                            TEXT_ARGUMENTS(data->name), data->lines[row])};
}

static void read_rows(struct data *data)
{
    text bytes = data->report->sources[data->file].bytes;
    size_t line = 1, at = 0;
    data->rows = ARENA_NEW_ARRAY(data->arena, data->row_count, struct given_variables);
    data->lines = ARENA_NEW_ARRAY(data->arena, data->row_count, size_t);
    for (size_t row = 0; row < data->row_count; row++) {
        for (size_t end = cell_at(data, row, 0)->from; at < end; at++)
            line += bytes.bytes[at] == '\n';
        data->lines[row] = line;
        read_row(data, row);
    }
}

/* names */

static void report_name(const struct data *data, size_t row, const char *why, text name)
{
    report_error(data->report, "data-name", cell_span(data, cell_at(data, row, 0)), NULL,
                 "%.*s makes the name \"%.*s\", which %s", TEXT_ARGUMENTS(data->rows[row].row),
                 TEXT_ARGUMENTS(name), why);
}

/* Why no file may be called so, on whatever system it lands; NULL: it may. */
static const char *name_fault(text name)
{
    if (name.length == 0)
        return "is empty";
    if (name.length > LIMIT_DATA_NAME)
        return "is longer than 120 bytes";
    if (strchr(".-~ ", name.bytes[0]))
        return "begins with a sign that means something in names of files";
    if (strchr(". ", name.bytes[name.length - 1]))
        return "ends with a full stop or a space";
    for (size_t i = 0; i < name.length; i++) {
        char c = name.bytes[i];
        if ((unsigned char)c < 0x20 || c == 0x7F || strchr("/\\:*?\"<>|", c))
            return "holds a sign that names of files cannot have";
    }
    return NULL;
}

/* The words of the column or of --set; the number of the row, where none is called row. */
static bool find_value(const struct data *data, size_t row, text name, text *value)
{
    const struct given_variables *given = &data->rows[row];
    for (size_t i = 0; i < given->count; i++) {
        if (text_equal(given->items[i].name, name)) {
            *value = given->items[i].value;
            return true;
        }
    }
    *value = arena_printf(data->arena, "%zu", row + 1);
    return text_equal_c(name, "row");
}

/* False: the pattern asks for what no row has, which is reported. */
static bool make_name(struct data *data, size_t row, text article, text *made)
{
    text pattern = data->options->pattern, name, value;
    struct buffer out;
    bool is_made = true;
    buffer_init(&out, LIMIT_OUTPUT_BYTES);
    if (pattern.length == 0)
        buffer_printf(&out, "%.*s-%zu", TEXT_ARGUMENTS(article), row + 1);
    for (size_t at = 0; at < pattern.length && is_made;) {
        size_t open = text_find(pattern, TEXT("{{"), at);
        size_t close = open == SIZE_MAX ? open : text_find(pattern, TEXT("}}"), open);
        buffer_add_text(&out, text_slice(pattern, at, close == SIZE_MAX ? close : open));
        if (close == SIZE_MAX)
            break;
        name = text_trim(text_slice(pattern, open + 2, close));
        is_made = find_value(data, row, name, &value);
        if (!is_made)
            report_error(data->report, "data-name", ((struct span){.file = data->file}),
                         "write {{name}} with the name of a column, or {{row}}",
                         "--name asks for %.*s, and no column is called so", TEXT_ARGUMENTS(name));
        else if (value.length == 0)
            report_error(data->report, "data-name", cell_span(data, cell_at(data, row, 0)),
                         "fill in the cell, or take the column out of --name",
                         "%.*s leaves %.*s empty, which --name asks for",
                         TEXT_ARGUMENTS(data->rows[row].row), TEXT_ARGUMENTS(name));
        else
            buffer_add_text(&out, value);
        at = close + 2;
    }
    *made = arena_copy(data->arena, buffer_text(&out));
    buffer_release(&out);
    return is_made;
}

/* A publication, as it is compared with the others. */
struct named_row {
    text key; /* the name in small letters of ASCII: disks may take both for the same */
    size_t index;
};

static int compare_named(const void *left, const void *right)
{
    const struct named_row *a = left, *b = right;
    int order = text_compare(a->key, b->key);
    return order ? order : (a->index > b->index) - (a->index < b->index);
}

static text key_of(struct arena *arena, text name)
{
    char *bytes = arena_copy_c(arena, name);
    for (size_t i = 0; i < name.length; i++)
        bytes[i] = bytes[i] >= 'A' && bytes[i] <= 'Z' ? (char)(bytes[i] + 0x20) : bytes[i];
    return (text){bytes, name.length};
}

static void check_names(struct data *data, const struct article *articles, size_t count)
{
    struct named_row *named = ARENA_NEW_ARRAY(data->arena, count, struct named_row);
    for (size_t i = 0; i < count; i++)
        named[i] = (struct named_row){key_of(data->arena, articles[i].name), i};
    qsort(named, count, sizeof *named, compare_named);
    for (size_t i = 1; i < count; i++) {
        if (!text_equal(named[i - 1].key, named[i].key))
            continue;
        size_t first = named[i - 1].index % data->row_count;
        report_name(
            data, named[i].index % data->row_count,
            arena_printf(data->arena, "%.*s makes too", TEXT_ARGUMENTS(data->rows[first].row))
                .bytes,
            articles[named[i].index].name);
    }
}

bool data_expand(struct arena *arena, struct report *report, const struct data_options *options,
                 struct article **articles, size_t *count)
{
    enum { MOST_FAULTS = 100 };
    struct data data = {.arena = arena, .report = report, .options = options};
    data.name = text_from_c(options->path);
    if (!read_file(&data))
        return false;
    read_columns(&data);
    read_rows(&data);
    if (report->errors)
        return false;
    struct article *expanded = ARENA_NEW_ARRAY(arena, *count * data.row_count, struct article);
    for (size_t i = 0; i < *count; i++) {
        for (size_t row = 0; row < data.row_count && report->errors < MOST_FAULTS; row++) {
            struct article *article = &expanded[i * data.row_count + row];
            *article = (*articles)[i];
            article->variables = &data.rows[row];
            size_t before = report->errors;
            if (!make_name(&data, row, (*articles)[i].name, &article->name))
                return false;
            const char *fault = report->errors == before ? name_fault(article->name) : NULL;
            if (fault)
                report_name(&data, row, fault, article->name);
        }
    }
    if (report->errors)
        return false;
    *articles = expanded;
    *count *= data.row_count;
    check_names(&data, expanded, *count);
    return report->errors == 0;
}

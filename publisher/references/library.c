#include "references/library.h"

#include "base/characters.h"
#include "base/limits.h"
#include "document/document.h"
#include "document/language.h"

#include <string.h>

/* places */

struct span library_span(struct library *library, size_t from, size_t to)
{
    if (from < library->counted || library->line == 0) {
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

static text clean(const struct library *library, text words, bool keeps_lines)
{
    words = characters_clean(library->arena, words);
    char *bytes = arena_copy_c(library->arena, words);
    for (size_t offset = 0, next = 0; offset < words.length; offset = next) {
        uint32_t c = text_next(words, &next);
        bool is_line_end = c == '\n' && keeps_lines;
        if ((c < 0x20 && !is_line_end) || character_fault(c) == CHARACTER_CONTROL)
            memset(bytes + offset, ' ', next - offset);
    }
    return text_trim((text){bytes, words.length});
}

text library_clean(const struct library *library, text words)
{
    return clean(library, words, false);
}

text library_clean_of(const struct library *library, text key, text words)
{
    return clean(library, words, text_equal_c(key, "note"));
}

void library_report_syntax(struct library *library, struct span span, const char *hint,
                           const char *message)
{
    report_error(library->report, "references-syntax", span, hint, "%s", message);
}

/* references */

bool library_add(struct library *library, struct reference *reference)
{
    struct arena *arena = library->arena;
    struct node *holder = ARENA_NEW(arena, struct node), *first = holder;
    holder->span = reference->span;
    if (!id_map_add(library->ids, reference->id, holder, &first)) {
        text hint = arena_printf(arena, "the first one is in line %u", first->span.line);
        report_error(library->report, "reference-duplicate", reference->span, hint.bytes,
                     "two references have the id \"%.*s\"", TEXT_ARGUMENTS(reference->id));
        return false;
    }
    struct reference_list *list = library->list;
    ARENA_GROW(arena, list->items, list->count, list->capacity);
    list->items[list->count++] = reference;
    return true;
}

struct reference_field *reference_add(struct arena *arena, struct reference *reference,
                                      const char *key, enum reference_field_kind kind)
{
    struct reference_field **last = &reference->fields;
    while (*last)
        last = &(*last)->next;
    struct reference_field *field = ARENA_NEW(arena, struct reference_field);
    field->key = arena_copy(arena, text_from_c(key));
    field->kind = kind;
    *last = field;
    return field;
}

void reference_add_text(struct arena *arena, struct reference *reference, const char *key,
                        text value)
{
    if (value.length)
        reference_add(arena, reference, key, FIELD_TEXT)->value = value;
}

void reference_set_language(struct arena *arena, struct reference *reference, text tag)
{
    if (language_is_valid(tag))
        reference->language = language_canonical(arena, tag);
}

/* dates */

static bool read_number(text *rest, size_t digits, int most, int *number)
{
    unsigned long value;
    if (rest->length < digits || !text_to_number(text_slice(*rest, 0, digits), 9999, &value) ||
        value > (unsigned long)most)
        return false;
    *number = (int)value;
    *rest = text_slice(*rest, digits, rest->length);
    return true;
}

/* One end of a range. */
static bool read_day(text written, int *year, int *month, int *day, int *season, bool *circa)
{
    text rest = text_trim(written);
    bool is_negative = rest.length && rest.bytes[0] == '-';
    rest = text_slice(rest, is_negative, rest.length);
    while (rest.length && (text_ends_with(rest, TEXT("~")) || text_ends_with(rest, TEXT("?")) ||
                           text_ends_with(rest, TEXT("%")))) {
        rest.length--;
        *circa = true;
    }
    if (!read_number(&rest, 4, 9999, year))
        return false;
    if (is_negative)
        *year = -*year;
    if (rest.length) {
        if (rest.bytes[0] != '-')
            return false;
        rest = text_slice(rest, 1, rest.length);
        if (!read_number(&rest, 2, 24, month))
            return false;
        if (*month > 12 && *month < 21)
            return false;
        if (*month > 20) {
            *season = *month - 20;
            *month = 0;
        }
    }
    if (rest.length) {
        if (rest.bytes[0] != '-')
            return false;
        rest = text_slice(rest, 1, rest.length);
        if (rest.length >= 3 && (rest.bytes[2] == 'T' || rest.bytes[2] == ' '))
            rest.length = 2; /* the time of day does not count */
        if (!read_number(&rest, 2, 31, day))
            return false;
    }
    return rest.length == 0;
}

void date_read(text written, struct reference_date *date)
{
    written = text_trim(written);
    struct reference_date read = {0};
    size_t slash = text_find_byte(written, '/', 0);
    text start = slash == SIZE_MAX ? written : text_slice(written, 0, slash);
    text end = slash == SIZE_MAX ? TEXT_EMPTY : text_slice(written, slash + 1, written.length);
    int end_season = 0;
    bool is_date = read_day(start, &read.year, &read.month, &read.day, &read.season, &read.circa);
    bool is_open = text_is_blank(end) || text_equal_c(end, "..");
    if (is_date && slash != SIZE_MAX && !is_open) {
        is_date =
            read_day(end, &read.end_year, &read.end_month, &read.end_day, &end_season, &read.circa);
        read.has_end = is_date;
    } else if (is_date && slash != SIZE_MAX) {
        read.has_end = true; /* without an end: 2016– */
    }
    if (!is_date)
        read = (struct reference_date){.literal = written};
    *date = read;
}

/* formats */

enum reference_format references_format(text name)
{
    static const struct {
        const char *ending;
        enum reference_format format;
    } endings[] = {
        {".json", REFERENCES_JSON},  {".yaml", REFERENCES_YAML},     {".yml", REFERENCES_YAML},
        {".bib", REFERENCES_BIBTEX}, {".bibtex", REFERENCES_BIBTEX}, {".ris", REFERENCES_RIS},
    };
    for (size_t i = 0; i < sizeof endings / sizeof *endings; i++) {
        text ending = text_from_c(endings[i].ending);
        if (name.length >= ending.length &&
            text_equal_ignoring_case(text_slice(name, name.length - ending.length, name.length),
                                     ending))
            return endings[i].format;
    }
    return REFERENCES_UNKNOWN;
}

/* What an escape may hide is taken out where it is read: library_clean. */
static void check_characters(struct library *library)
{
    char *changed = NULL;
    text bytes = library->bytes;
    for (size_t offset = 0, next = 0; offset < bytes.length; offset = next) {
        uint32_t c = text_next(bytes, &next);
        enum character_fault fault = character_fault(c);
        if (fault == CHARACTER_LOST)
            report_rule(library->report, "character-lost", library_span(library, offset, next),
                        NULL, CHARACTER_LOST_MESSAGE);
        if (fault != CHARACTER_CONTROL)
            continue;
        report_rule(library->report, "character-lost", library_span(library, offset, next), NULL,
                    CHARACTER_CONTROL_MESSAGE, (unsigned)c);
        changed = changed ? changed : arena_copy_c(library->arena, bytes);
        memset(changed + offset, ' ', next - offset);
    }
    if (changed)
        library->bytes.bytes = changed;
}

enum reference_format references_format_of(text bytes)
{
    if (text_starts_with(bytes, TEXT("\xEF\xBB\xBF")))
        bytes = text_slice(bytes, 3, bytes.length);
    bytes = text_trim(bytes);
    if (text_starts_with(bytes, TEXT("TY  -")))
        return REFERENCES_RIS;
    switch (bytes.length ? bytes.bytes[0] : '\0') {
    case '[':
    case '{':
        return REFERENCES_JSON;
    case '@':
    case '%':
        return REFERENCES_BIBTEX;
    default:
        return REFERENCES_YAML;
    }
}

void references_read(struct arena *arena, struct report *report, uint32_t file, text bytes,
                     enum reference_format format, struct reference_list *list)
{
    struct library library = {
        .arena = arena,
        .report = report,
        .file = file,
        .bytes = bytes,
        .list = list,
        .ids = id_map_new(arena),
    };
    size_t invalid = text_find_invalid_utf8(bytes);
    if (invalid != SIZE_MAX) {
        report_error(report, "utf8-invalid", library_span(&library, invalid, invalid + 1),
                     "save the file as UTF-8", "the file of references is not UTF-8");
        return;
    }
    check_characters(&library);
    switch (format) {
    case REFERENCES_JSON:
        json_read(&library);
        break;
    case REFERENCES_YAML:
        yaml_references_read(&library);
        break;
    case REFERENCES_BIBTEX:
        bibtex_read(&library);
        break;
    case REFERENCES_RIS:
        ris_read(&library);
        break;
    case REFERENCES_UNKNOWN:
        library_report_syntax(&library, library_span(&library, 0, 0),
                              "give it the ending .json, .yaml, .bib or .ris",
                              "the format of the file of references is not known");
        break;
    }
}

/* Note fields: what reference managers cannot store elsewhere, their users write into the note:
   lines such as "container-title-short: Lancet" at its beginning, or {:event-date: 2004-10-01}. */
#include "csl/process.h"

#include <string.h>

static bool is_listed(text key, const char *const *names, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (text_equal_c(key, names[i]))
            return true;
    return false;
}

static bool is_date_variable(text key)
{
    static const char *const names[] = {"issued",        "accessed",  "event-date",
                                        "original-date", "submitted", "available-date"};
    return is_listed(key, names, sizeof names / sizeof *names);
}

static bool is_name_variable(text key)
{
    static const char *const names[] = {
        "author",
        "editor",
        "translator",
        "composer",
        "director",
        "illustrator",
        "interviewer",
        "recipient",
        "reviewed-author",
        "original-author",
        "container-author",
        "collection-editor",
        "editorial-director",
        "compiler",
        "contributor",
        "curator",
        "guest",
        "host",
        "narrator",
        "organizer",
        "performer",
        "producer",
        "script-writer",
        "series-creator",
        "chair",
        "executive-producer",
    };
    return is_listed(key, names, sizeof names / sizeof *names);
}

/* "2004-10-01": as many parts as there are. */
static bool read_date_parts(text t, int *year, int *month, int *day)
{
    int *const parts[] = {year, month, day};
    bool is_negative = text_starts_with(t, TEXT("-"));
    t = text_slice(t, is_negative, t.length);
    for (size_t i = 0, from = 0; i < 3 && from < t.length; i++) {
        size_t to = text_find_byte(t, '-', from);
        to = to == SIZE_MAX ? t.length : to;
        unsigned long number;
        if (!text_to_number(text_slice(t, from, to), 9999, &number))
            return false;
        *parts[i] = i == 0 && is_negative ? -(int)number : (int)number;
        from = to + 1;
    }
    return *year != 0 && *month <= 24 && *day <= 31;
}

static void read_date(struct reference_field *field, text value)
{
    struct reference_date *date = &field->date;
    size_t slash = text_find_byte(value, '/', 0);
    text start = text_trim(text_slice(value, 0, slash));
    field->kind = FIELD_DATE;
    bool is_date = read_date_parts(start, &date->year, &date->month, &date->day);
    if (is_date && slash != SIZE_MAX) {
        text end = text_trim(text_slice(value, slash + 1, value.length));
        date->has_end = read_date_parts(end, &date->end_year, &date->end_month, &date->end_day);
    }
    if (!is_date) {
        *date = (struct reference_date){.literal = value};
    }
}

/* "Hall || W. C.", one name a line. */
static void add_name(struct arena *arena, struct reference_field *field, text value)
{
    struct reference_name *names =
        ARENA_NEW_ARRAY(arena, field->name_count + 1, struct reference_name);
    if (field->name_count)
        memcpy(names, field->names, field->name_count * sizeof *names);
    size_t bar = text_find(value, TEXT("||"), 0);
    struct reference_name *name = &names[field->name_count++];
    if (bar == SIZE_MAX) {
        name->literal = text_trim(value);
    } else {
        name->family = text_trim(text_slice(value, 0, bar));
        name->given = text_trim(text_slice(value, bar + 2, value.length));
    }
    field->kind = FIELD_NAMES;
    field->names = names;
}

static void add_field(struct arena *arena, struct reference *copy, const struct reference *original,
                      text key, text value)
{
    if (text_equal_c(key, "type")) {
        copy->type = value;
        return;
    }
    if (reference_field_of(original, key) || !value.length)
        return; /* what has a place of its own stands there */
    /* one of the copy's own: the original has none */
    struct reference_field *field = (struct reference_field *)reference_field_of(copy, key);
    if (field) {
        if (is_name_variable(key))
            add_name(arena, field, value);
        return;
    }
    field = ARENA_NEW(arena, struct reference_field);
    field->key = key;
    if (is_name_variable(key))
        add_name(arena, field, value);
    else if (is_date_variable(key))
        read_date(field, value);
    else
        field->value = value;
    field->next = copy->fields;
    copy->fields = field;
}

static bool is_key(text key)
{
    for (size_t i = 0; i < key.length; i++) {
        char c = key.bytes[i];
        if (!((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '-' || c == '_'))
            return false;
    }
    return key.length > 1;
}

/* "key: value" in from..to; false where it is something else. */
static bool read_pair(struct arena *arena, struct reference *copy, const struct reference *original,
                      text pair)
{
    size_t colon = text_find_byte(pair, ':', 0);
    if (colon == SIZE_MAX || !is_key(text_slice(pair, 0, colon)))
        return false;
    text value = text_trim(text_slice(pair, colon + 1, pair.length));
    add_field(arena, copy, original, text_slice(pair, 0, colon), value);
    return true;
}

/* The note without its fields, on one line. */
static void keep_rest(struct arena *arena, struct reference *copy, text rest)
{
    char *bytes = arena_copy_c(arena, rest);
    for (size_t i = 0; i < rest.length; i++)
        if (bytes[i] == '\n')
            bytes[i] = ' ';
    struct reference_field *field = ARENA_NEW(arena, struct reference_field);
    *field = (struct reference_field){
        .next = copy->fields, .key = TEXT("note"), .value = text_trim((text){bytes, rest.length})};
    copy->fields = field;
}

const struct reference *note_fields_read(struct arena *arena, const struct reference *reference)
{
    text note = reference_text(reference, "note");
    if (text_find_byte(note, ':', 0) == SIZE_MAX)
        return reference;
    struct reference *copy = ARENA_NEW(arena, struct reference);
    size_t rest = 0;
    *copy = *reference;
    for (size_t from = 0, to; from < note.length; from = to + 1) {
        to = text_find_byte(note, '\n', from);
        to = to == SIZE_MAX ? note.length : to;
        if (!read_pair(arena, copy, reference, text_slice(note, from, to)))
            break;
        rest = to + 1;
    }
    keep_rest(arena, copy, text_slice(note, rest, note.length));
    for (size_t from = 0; (from = text_find(note, TEXT("{:"), from)) != SIZE_MAX;) {
        size_t end = text_find_byte(note, '}', from);
        if (end == SIZE_MAX)
            break;
        read_pair(arena, copy, reference, text_slice(note, from + 2, end));
        from = end;
    }
    return copy;
}

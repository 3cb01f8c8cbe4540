/* Items: CSL's own structure (CSL 1.0.2, appendix III), from JSON or YAML → references. */
#include "references/library.h"

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
    for (const struct item *part = item->first; part; part = part->next) {
        if (!is_word(part))
            return false;
        *words = words->length ? arena_printf(library->arena, "%.*s, %.*s", TEXT_ARGUMENTS(*words),
                                              TEXT_ARGUMENTS(part->words))
                               : part->words;
    }
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

static bool read_name(const struct item *item, struct reference_name *name)
{
    if (item->kind == ITEM_WORDS) { /* Pandoc takes a name written as one word or more */
        name->literal = item->words;
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
                *parts[i].value = words_of(part);
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
        if (!read_name(name, &field->names[field->name_count++]))
            return false;
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

static bool read_date(const struct item *item, struct reference_field *field)
{
    struct reference_date *date = &field->date;
    field->kind = FIELD_DATE;
    if (is_word(item)) {
        date_read(item->words, date);
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
            date_read(words_of(raw), date);
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
                                          const struct item *item)
{
    text key = item->key;
    if (item->kind == ITEM_NULL || CONTAINS(ignored_names, key) || text_equal_c(key, "id") ||
        text_equal_c(key, "type"))
        return NULL;
    struct reference_field *field = ARENA_NEW(library->arena, struct reference_field);
    field->key = key;
    const char *hint = NULL;
    if (CONTAINS(date_names, key)) {
        if (!read_date(item, field))
            hint = "write { \"date-parts\": [[2016, 5, 31]] }";
    } else if (CONTAINS(name_names, key)) {
        if (!read_names(library, item, field))
            hint = "write [ { \"family\": \"Knuth\", \"given\": \"Donald E.\" } ]";
    } else if (!read_words(library, item, &field->value)) {
        hint = "write words between quotes";
    }
    if (hint) {
        report_error(library->report, "reference-field", item->span, hint,
                     "the field \"%.*s\" has the wrong kind of value", TEXT_ARGUMENTS(key));
        return NULL;
    }
    if (text_equal_c(key, "language"))
        reference_set_language(library->arena, reference, field->value);
    return field;
}

static void read_item(struct library *library, const struct item *item)
{
    if (item->kind != ITEM_MAP) {
        library_report_syntax(library, item->span, "a reference stands between { and }",
                              "this is not a reference");
        return;
    }
    struct reference *reference = ARENA_NEW(library->arena, struct reference);
    reference->id = words_of(find(item, "id"));
    reference->type = words_of(find(item, "type"));
    reference->span = item->span;
    const char *missing = reference->id.length == 0     ? "id"
                          : reference->type.length == 0 ? "type"
                                                        : NULL;
    if (missing)
        report_error(library->report, "reference-field", reference->span,
                     reference->id.length ? "add a line such as \"type\": \"article-journal\""
                                          : "add a line such as \"id\": \"knuth1981\"",
                     "the reference has no field \"%s\"", missing);
    if (reference->id.length == 0 || !library_add(library, reference))
        return;
    struct reference_field **last = &reference->fields;
    for (const struct item *part = item->first; part; part = part->next) {
        struct reference_field *field = read_field(library, reference, part);
        if (field) {
            *last = field;
            last = &field->next;
        }
    }
}

void items_read(struct library *library, const struct item *items)
{
    for (const struct item *item = items->first; item; item = item->next)
        read_item(library, item);
}

#include "references/library.h"

#include "base/characters.h"
#include "base/limits.h"
#include "document/document.h"
#include "document/language.h"
#include "references/bibtex.h"

#include <assert.h>
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

/* duplicates */

static bool is_same_field(const struct reference_field *a, const struct reference_field *b)
{
    const struct reference_date *d = &a->date, *e = &b->date;
    bool is_same_date = d->year == e->year && d->month == e->month && d->day == e->day &&
                        d->has_end == e->has_end && d->end_year == e->end_year &&
                        d->end_month == e->end_month && d->end_day == e->end_day &&
                        d->circa == e->circa && d->season == e->season &&
                        text_equal(d->literal, e->literal);
    bool is_same = text_equal(a->key, b->key) && text_equal(a->value, b->value) &&
                   a->name_count == b->name_count && a->has_others == b->has_others && is_same_date;
    for (size_t i = 0; is_same && i < a->name_count; i++) {
        const struct reference_name *x = &a->names[i], *y = &b->names[i];
        is_same = text_equal(x->family, y->family) && text_equal(x->given, y->given) &&
                  text_equal(x->literal, y->literal) && text_equal(x->suffix, y->suffix) &&
                  text_equal(x->dropping_particle, y->dropping_particle) &&
                  text_equal(x->non_dropping_particle, y->non_dropping_particle);
    }
    return is_same;
}

/* Files that were put together say some things twice. */
static bool is_same_reference(const struct reference *a, const struct reference *b)
{
    const struct reference_field *x = a->fields, *y = b->fields;
    while (x && y && is_same_field(x, y)) {
        x = x->next;
        y = y->next;
    }
    return !x && !y && text_equal(a->type, b->type);
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
    struct held {
        struct node in_map; /* first: the map knows nodes */
        const struct reference *reference;
    } *held = ARENA_NEW(arena, struct held);
    struct node *first = &held->in_map;
    held->reference = reference;
    if (!reference->id_stem.length &&
        !id_map_add(library->ids, reference->id, &held->in_map, &first)) {
        const struct reference *other = ((const struct held *)first)->reference;
        text hint = arena_printf(arena, "the first one is in line %u", other->span.line);
        if (is_same_reference(other, reference))
            report_warning(library->report, "reference-duplicate", reference->span, hint.bytes,
                           "the reference \"%.*s\" stands twice, alike",
                           TEXT_ARGUMENTS(reference->id));
        else
            report_error(library->report, "reference-duplicate", reference->span, hint.bytes,
                         "two references have the id \"%.*s\"", TEXT_ARGUMENTS(reference->id));
        return false;
    }
    struct reference_list *list = library->list;
    ARENA_GROW(arena, list->items, list->count, list->capacity);
    list->items[list->count++] = reference;
    return true;
}

/* Ids for those that no file gives one: by where they stand in the list, and the next free number
   where that is taken. Ids that are written come first, in whichever file; one that was made for a
   file before stays as long as no file writes it. Numbers only grow, so each is tried once. */
static void make_ids(struct arena *arena, const struct reference_list *list)
{
    struct id_map *taken = id_map_new(arena);
    for (size_t i = 0; i < list->count; i++)
        if (!list->items[i]->id_stem.length)
            id_map_add(taken, list->items[i]->id, ARENA_NEW(arena, struct node), NULL);
    size_t number = 0;
    for (size_t i = 0; i < list->count; i++) {
        struct reference *reference = list->items[i];
        if (!reference->id_stem.length)
            continue;
        struct node *place = ARENA_NEW(arena, struct node);
        if (reference->id.length && id_map_add(taken, reference->id, place, NULL))
            continue;
        number = number > i ? number : i;
        do
            reference->id =
                arena_printf(arena, "%.*s%zu", TEXT_ARGUMENTS(reference->id_stem), ++number);
        while (!id_map_add(taken, reference->id, place, NULL));
    }
}

struct reference_field *reference_add(struct arena *arena, struct reference *reference,
                                      const char *key, enum reference_field_kind kind,
                                      struct span span)
{
    struct reference_field **last = &reference->fields;
    while (*last)
        last = &(*last)->next;
    struct reference_field *field = ARENA_NEW(arena, struct reference_field);
    field->key = arena_copy(arena, text_from_c(key));
    field->kind = kind;
    field->span = span;
    *last = field;
    return field;
}

void reference_add_text(struct arena *arena, struct reference *reference, const char *key,
                        text value, struct span span)
{
    if (value.length)
        reference_add(arena, reference, key, FIELD_TEXT, span)->value = value;
}

struct reference_field *reference_change(struct reference *reference, const char *key)
{
    return (struct reference_field *)(uintptr_t)reference_find(reference, key);
}

struct reference_name *reference_add_name(struct arena *arena, struct reference *reference,
                                          const char *key, struct span span)
{
    struct reference_field *field = reference_change(reference, key);
    if (!field)
        field = reference_add(arena, reference, key, FIELD_NAMES, span);
    size_t count = field->name_count;
    if ((count & (count - 1)) == 0) { /* full at 0, 1, 2, 4, 8: then twice the room */
        struct reference_name *names =
            ARENA_NEW_ARRAY(arena, count ? 2 * count : 1, struct reference_name);
        if (count)
            memcpy(names, field->names, count * sizeof *names);
        field->names = names;
    }
    return &field->names[field->name_count++];
}

void reference_read_name(text written, struct reference_name *name)
{
    size_t comma = text_find_byte(written, ',', 0);
    if (comma == SIZE_MAX) {
        name->literal = written;
        return;
    }
    text rest = text_slice(written, comma + 1, written.length);
    size_t second = text_find_byte(rest, ',', 0);
    name->family = text_trim(text_slice(written, 0, comma));
    name->given = text_trim(text_slice(rest, 0, second));
    if (second != SIZE_MAX)
        name->suffix = text_trim(text_slice(rest, second + 1, rest.length));
}

/* several words of one field */

void words_list_add(struct arena *arena, struct words_list *list, text words)
{
    ARENA_GROW(arena, list->words, list->count, list->capacity);
    list->words[list->count++] = words;
}

text words_list_join(struct arena *arena, const struct words_list *list, const char *separator)
{
    size_t length = 0, gap = strlen(separator);
    for (size_t i = 0; i < list->count; i++)
        length += list->words[i].length + (i ? gap : 0);
    char *bytes = arena_allocate(arena, length + 1);
    size_t at = 0;
    for (size_t i = 0; i < list->count; i++) {
        if (i)
            memcpy(bytes + at, separator, gap);
        at += i ? gap : 0;
        if (list->words[i].length)
            memcpy(bytes + at, list->words[i].bytes, list->words[i].length);
        at += list->words[i].length;
    }
    return (text){bytes, length};
}

void gathering_add(struct arena *arena, struct gathering *gathering,
                   const struct gathered_field *field, text words)
{
    size_t i = 0;
    while (i < gathering->count && strcmp(gathering->fields[i].csl, field->csl) != 0)
        i++;
    assert(i < MOST_GATHERED);
    if (i == gathering->count)
        gathering->fields[gathering->count++] = *field;
    words_list_add(arena, &gathering->fields[i].list, words);
}

void gathering_end(struct arena *arena, const struct gathering *gathering,
                   struct reference *reference)
{
    for (size_t i = 0; i < gathering->count; i++) {
        const struct gathered_field *field = &gathering->fields[i];
        reference_add_text(arena, reference, field->csl,
                           words_list_join(arena, &field->list, field->separator), field->span);
    }
}

/* what no field is for, and the language */

void reference_leave(struct arena *arena, struct reference *reference, text key, text value,
                     struct span span)
{
    struct reference_field *field = ARENA_NEW(arena, struct reference_field);
    *field = (struct reference_field){.key = key, .value = value, .span = span};
    if (reference->last_left)
        reference->last_left->next = field;
    else
        reference->left = field;
    reference->last_left = field;
}

void reference_set_language(struct arena *arena, struct reference *reference, text tag)
{
    tag = text_trim(tag);
    for (const struct bib_row *row = bib_languages; row->field; row++) {
        if (text_equal_ignoring_case(tag, text_from_c(row->field))) {
            tag = text_from_c(row->csl);
            break;
        }
    }
    if (language_is_valid(tag))
        reference->language = language_canonical(arena, tag);
}

void reference_take_language(struct arena *arena, struct reference *reference)
{
    struct reference_field *field = reference_change(reference, "language");
    if (!field)
        return;
    reference_set_language(arena, reference, field->value);
    if (reference->language.length)
        field->value = reference->language;
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
        {".nbib", REFERENCES_NBIB},  {".xml", REFERENCES_XML},       {".mods", REFERENCES_XML},
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
    if (text_starts_with(bytes, TEXT("PMID-")))
        return REFERENCES_NBIB;
    switch (bytes.length ? bytes.bytes[0] : '\0') {
    case '<':
        return REFERENCES_XML;
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
    case REFERENCES_NBIB:
        nbib_read(&library);
        break;
    case REFERENCES_XML:
        xml_references_read(&library);
        break;
    case REFERENCES_UNKNOWN:
        library_report_syntax(&library, library_span(&library, 0, 0), REFERENCES_ENDINGS_HINT,
                              "the format of the file of references is not known");
        break;
    }
    make_ids(arena, list);
}

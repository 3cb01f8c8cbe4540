/* The imprint: dates, rights and numbers of a publication, and whom its readers may ask. */
#include "document/dates.h"
#include "document/identifier.h"
#include "read/front.h"
#include "read/variables.h"

#include <stddef.h>

/* dates */

static void keep_date(struct front *front, const struct yaml_value *value, struct front_words *date)
{
    date->words = front_filled_words(front, value);
    date->span = front_span(front, value->place);
}

void front_read_date(struct front *front, const struct yaml_value *value)
{
    keep_date(front, value, &front->date);
}

void front_read_review_date(struct front *front, const struct yaml_value *value)
{
    keep_date(front, value, &front->review_date);
}

static text finish_date(struct front *front, const struct front_words *kept)
{
    text date = date_of_words(front->reader->arena, kept->words, front->metadata->language);
    if (kept->words.length && date.length == 0)
        report_warning(front->reader->report, "front-matter-unread", kept->span,
                       "write a date as 2026-11-23, 2026-11 or 2026", "the date %.*s is not read",
                       TEXT_ARGUMENTS(kept->words));
    return date;
}

void front_finish_dates(struct front *front)
{
    front->metadata->date = finish_date(front, &front->date);
    front->reader->date_span = front->date.span;
    front->metadata->review_date = finish_date(front, &front->review_date);
}

/* rights */

/* The words of a part of a mapping, or empty. */
static text part_words(struct front *front, const struct yaml_value *mapping, const char *key)
{
    for (const struct yaml_value *part = mapping->first; part; part = part->next) {
        if (text_equal_c(part->key, key) && part->kind == YAML_SCALAR)
            return front_words(front, part);
    }
    return TEXT_EMPTY;
}

/* The same, for translators. */
static text part_unit(struct front *front, const struct yaml_value *mapping, const char *key,
                      enum unit_kind kind)
{
    for (const struct yaml_value *part = mapping->first; part; part = part->next) {
        if (text_equal_c(part->key, key) && part->kind == YAML_SCALAR)
            return front_keep_unit(front, kind, part, front_words(front, part));
    }
    return TEXT_EMPTY;
}

/* Quarto's copyright: holder, year, statement. */
void front_read_rights(struct front *front, const struct yaml_value *value)
{
    struct metadata *metadata = front->metadata;
    if (value->kind == YAML_MAPPING) {
        text statement = part_unit(front, value, "statement", UNIT_RIGHTS);
        text year = part_words(front, value, "year"), holder = part_words(front, value, "holder");
        metadata->rights = statement.length ? statement
                           : year.length || holder.length
                               ? arena_printf(front->reader->arena, "\u00A9%s%.*s%s%.*s",
                                              year.length ? " " : "", TEXT_ARGUMENTS(year),
                                              holder.length ? " " : "", TEXT_ARGUMENTS(holder))
                               : TEXT_EMPTY;
        return;
    }
    metadata->rights = front_keep_unit(front, UNIT_RIGHTS, value, front_words(front, value));
}

static bool is_address(text words)
{
    return text_starts_with(words, TEXT("https://")) || text_starts_with(words, TEXT("http://"));
}

/* Creative Commons' licences stand at addresses made of their names: "CC BY-NC-SA 4.0",
   "CC-BY-4.0" (SPDX), "CC0". */
static text address_of_license(struct arena *arena, text words)
{
    static const char *const kinds[] = {"by", "by-sa", "by-nd", "by-nc", "by-nc-sa", "by-nc-nd"};
    char *name = arena_copy_c(arena, words);
    for (size_t i = 0; i < words.length; i++) {
        if (name[i] >= 'A' && name[i] <= 'Z')
            name[i] = (char)(name[i] + ('a' - 'A'));
        else if (name[i] == ' ')
            name[i] = '-';
    }
    text rest = {name, words.length};
    if (text_starts_with(rest, TEXT("cc0")))
        return TEXT("https://creativecommons.org/publicdomain/zero/1.0/");
    if (!text_starts_with(rest, TEXT("cc-")))
        return TEXT_EMPTY;
    rest = text_slice(rest, 3, rest.length);
    for (size_t i = sizeof kinds / sizeof *kinds; i-- > 0;) {
        text kind = text_from_c(kinds[i]);
        text version = text_slice(rest, kind.length + 1, rest.length);
        bool is_version = version.length == 3 && version.bytes[1] == '.' &&
                          version.bytes[0] >= '1' && version.bytes[0] <= '4';
        if (text_starts_with(rest, kind) && rest.bytes[kind.length] == '-' && is_version)
            return arena_printf(arena, "https://creativecommons.org/licenses/%s/%.*s/", kinds[i],
                                TEXT_ARGUMENTS(version));
    }
    return TEXT_EMPTY;
}

void front_read_license(struct front *front, const struct yaml_value *value)
{
    static const char *const names[] = {"name", "text", "type", "id", "code", "content"};
    struct metadata *metadata = front->metadata;
    text words = TEXT_EMPTY;
    if (value->kind == YAML_SEQUENCE)
        value = value->first ? value->first : value;
    if (value->kind == YAML_MAPPING) {
        for (size_t i = 0; i < sizeof names / sizeof *names && words.length == 0; i++)
            words = part_unit(front, value, names[i], UNIT_LICENCE);
        metadata->license_url = part_words(front, value, "url");
        if (metadata->license_url.length == 0)
            metadata->license_url = part_words(front, value, "link");
    } else {
        words = front_keep_unit(front, UNIT_LICENCE, value, front_words(front, value));
    }
    if (is_address(words)) {
        metadata->license_url = words;
        words = TEXT_EMPTY;
    }
    if (!is_address(metadata->license_url))
        metadata->license_url = address_of_license(front->reader->arena, words);
    metadata->license = words;
}

/* numbers */

void front_read_version(struct front *front, const struct yaml_value *value)
{
    front->metadata->version =
        front_keep_unit(front, UNIT_VERSION, value, front_words(front, value));
}

void front_read_identifier(struct front *front, const struct yaml_value *value)
{
    front->metadata->identifier = front_filled_words(front, value);
}

void front_read_doi(struct front *front, const struct yaml_value *value)
{
    text words = front_words(front, value);
    size_t start = text_find(words, TEXT("10."), 0);
    if (start != SIZE_MAX)
        front->metadata->identifier =
            arena_printf(front->reader->arena, "https://doi.org/%.*s",
                         TEXT_ARGUMENTS(text_slice(words, start, words.length)));
}

void front_read_isbn(struct front *front, const struct yaml_value *value)
{
    text isbn = front_filled_words(front, value);
    if (text_starts_with(isbn, TEXT("ISBN")))
        isbn = text_trim(text_slice(isbn, 4, isbn.length));
    if (text_starts_with(isbn, TEXT(":")))
        isbn = text_trim(text_slice(isbn, 1, isbn.length));
    if (isbn.length && isbn_digits(front->reader->arena, isbn).length == 0) {
        report_error(front->reader->report, front_rule(front), front_span(front, value->place),
                     "compare it with the number that you were given: its last digit checks the "
                     "others",
                     "%.*s is no ISBN", TEXT_ARGUMENTS(isbn));
        return;
    }
    /* A translation is a book of its own. */
    const struct document *document = front->reader->document;
    front->metadata->isbn = document->edition.length   ? TEXT_EMPTY
                            : document->is_translation ? document->translated_isbn
                                                       : isbn;
}

/* contact */

static const struct {
    const char *key;
    size_t offset;
} contact_keys[] = {
    {"name", offsetof(struct contact, name)},
    {"address", offsetof(struct contact, address)},
    {"telephone", offsetof(struct contact, telephone)},
    {"phone", offsetof(struct contact, telephone)},
    {"tel", offsetof(struct contact, telephone)},
    {"email", offsetof(struct contact, email)},
    {"e-mail", offsetof(struct contact, email)},
    {"mail", offsetof(struct contact, email)},
    {"web", offsetof(struct contact, web)},
    {"url", offsetof(struct contact, web)},
    {"website", offsetof(struct contact, web)},
    {"web-page", offsetof(struct contact, web)},
    {"homepage", offsetof(struct contact, web)},
};

/* The lines of a value, with commas between them. */
static text lines_of(struct front *front, const struct yaml_value *value)
{
    struct yaml_value line = *value;
    text all = TEXT_EMPTY, words = text_trim(value->scalar);
    for (size_t start = 0; start < words.length;) {
        size_t end = text_find_byte(words, '\n', start);
        if (end == SIZE_MAX)
            end = words.length;
        line.scalar = text_trim(text_slice(words, start, end));
        start = end + 1;
        text one = front_words(front, &line);
        bool has_comma = text_ends_with(all, TEXT(","));
        if (one.length)
            all = all.length ? arena_printf(front->reader->arena, "%.*s%s%.*s", TEXT_ARGUMENTS(all),
                                            has_comma ? " " : ", ", TEXT_ARGUMENTS(one))
                             : one;
    }
    return all;
}

static void read_contact_key(struct front *front, struct contact *contact,
                             const struct yaml_value *value, text *given, text *family)
{
    enum { COUNT = sizeof contact_keys / sizeof *contact_keys };
    const char *names[COUNT];
    for (size_t i = 0; i < COUNT; i++) {
        names[i] = contact_keys[i].key;
        if (!text_equal_c(value->key, contact_keys[i].key))
            continue;
        text *field = (text *)(void *)((char *)contact + contact_keys[i].offset);
        bool is_address = field == &contact->address && value->kind == YAML_SCALAR;
        *field = is_address ? lines_of(front, value) : front_words(front, value);
        if (field == &contact->name || field == &contact->address)
            *field = front_keep_unit(front, UNIT_CONTACT, value, *field);
        else
            *field = variables_fill(front->reader, *field, front_span(front, value->place));
        return;
    }
    if (text_equal_c(value->key, "given-names"))
        *given = front_filled_words(front, value);
    else if (text_equal_c(value->key, "family-names"))
        *family = front_filled_words(front, value);
    else if (!text_equal_c(value->key, "orcid") && !text_equal_c(value->key, "affiliation"))
        front_report_unknown(front, value, names, COUNT);
}

static void read_one_contact(struct front *front, const struct yaml_value *value)
{
    struct metadata *metadata = front->metadata;
    struct contact contact = {.name = TEXT_EMPTY};
    text given = TEXT_EMPTY, family = TEXT_EMPTY;
    if (value->kind == YAML_SCALAR)
        contact.name = front_keep_unit(front, UNIT_CONTACT, value, front_words(front, value));
    for (const struct yaml_value *part = value->first; part && value->kind == YAML_MAPPING;
         part = part->next)
        read_contact_key(front, &contact, part, &given, &family);
    if (contact.name.length == 0 && family.length) /* CITATION.cff */
        contact.name = given.length ? arena_printf(front->reader->arena, "%.*s %.*s",
                                                   TEXT_ARGUMENTS(given), TEXT_ARGUMENTS(family))
                                    : family;
    if (contact.name.length || contact.address.length || contact.telephone.length ||
        contact.email.length || contact.web.length)
        metadata->contacts[metadata->contact_count++] = contact;
}

void front_read_contact(struct front *front, const struct yaml_value *value)
{
    bool is_list = value->kind == YAML_SEQUENCE;
    front->metadata->contacts =
        ARENA_NEW_ARRAY(front->reader->arena, is_list ? front_count(value) : 1, struct contact);
    front->metadata->contact_count = 0;
    if (!is_list)
        read_one_contact(front, value);
    for (const struct yaml_value *item = is_list ? value->first : NULL; item; item = item->next)
        read_one_contact(front, item);
}

void front_read_abstract(struct front *front, const struct yaml_value *value)
{
    front->metadata->abstract =
        front_keep_unit(front, UNIT_ABSTRACT, value, front_paragraphs(front, value));
    front->reader->abstract_span = front_span(front, value->place);
}

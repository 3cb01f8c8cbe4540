/* BibTeX and BibLaTeX files → entries: strings, months, joined values, and what an entry takes over
   from the one that it names in crossref or xdata (BibLaTeX manual, 2.4.1 and appendix B). */
#include "references/bibtex.h"

#include "base/buffer.h"
#include "base/limits.h"
#include "document/document.h"

#include <string.h>

struct bib_string {
    struct node in_map; /* first: the map of strings knows nodes */
    text value;
};

struct bib_parser {
    struct library *into;
    text bytes;
    size_t at;
    struct id_map *strings; /* by their names in small letters */
    struct bib_entry *first, *last;
    bool failed; /* in the entry in hand */
};

static const char *const months[] = {"jan", "feb", "mar", "apr", "may", "jun",
                                     "jul", "aug", "sep", "oct", "nov", "dec"};

/* scanning */

static char peek(const struct bib_parser *parser)
{
    return parser->at < parser->bytes.length ? parser->bytes.bytes[parser->at] : '\0';
}

static void skip_spaces(struct bib_parser *parser)
{
    while (parser->at < parser->bytes.length) {
        if (byte_is_white(peek(parser)))
            parser->at++;
        else if (peek(parser) == '%') /* a comment up to the line's end */
            while (parser->at < parser->bytes.length && peek(parser) != '\n')
                parser->at++;
        else
            break;
    }
}

static void fail_at(struct bib_parser *parser, struct span span, const char *hint,
                    const char *message)
{
    if (parser->failed)
        return;
    parser->failed = true;
    library_report_syntax(parser->into, span, hint, message);
}

static void fail(struct bib_parser *parser, const char *hint, const char *message)
{
    if (parser->failed)
        return;
    size_t at = parser->at < parser->bytes.length ? parser->at
                : parser->bytes.length            ? parser->bytes.length - 1
                                                  : 0;
    fail_at(parser, library_span(parser->into, at, at + 1), hint, message);
}

/* Bytes that an entry takes from elsewhere: a short file must not become a long one. It is told
   once, and entries that go beyond it are left out. */
static bool may_repeat(struct bib_parser *parser, size_t length, struct span span)
{
    size_t *repeated = &parser->into->repeated;
    if (*repeated > LIMIT_REFERENCES_REPEATED) {
        parser->failed = true;
        return false;
    }
    *repeated += length;
    if (*repeated <= LIMIT_REFERENCES_REPEATED)
        return true;
    fail_at(parser, span, "write the words out where they are few",
            "what @string, xdata and crossref repeat comes to more than 8 MB");
    return false;
}

static bool ends_word(char c)
{
    return byte_is_white(c) || c == '\0' || strchr("{}(),=#\"%", c) != NULL;
}

static text take_word(struct bib_parser *parser)
{
    size_t start = parser->at;
    while (!ends_word(peek(parser)))
        parser->at++;
    return text_slice(parser->bytes, start, parser->at);
}

static text small_letters(struct arena *arena, text word)
{
    char *bytes = arena_copy_c(arena, word);
    for (size_t i = 0; i < word.length; i++) {
        if (bytes[i] >= 'A' && bytes[i] <= 'Z')
            bytes[i] = (char)(bytes[i] + 32);
    }
    return (text){bytes, word.length};
}

/* What stands in braces or quotes, which are taken off; past it. */
static text take_quoted(struct bib_parser *parser)
{
    char open = peek(parser);
    size_t depth = 0, start = ++parser->at;
    for (; parser->at < parser->bytes.length; parser->at++) {
        char c = peek(parser);
        if (c == '\\') {
            parser->at++;
            continue;
        }
        if (depth == 0 && c == (open == '{' ? '}' : '"')) {
            text quoted = text_slice(parser->bytes, start, parser->at);
            parser->at++;
            return quoted;
        }
        depth += c == '{';
        depth -= c == '}' && depth > 0;
    }
    parser->at = start - 1;
    fail(parser, open == '{' ? "add a closing brace" : "add a closing quote",
         "this value does not end");
    parser->at = parser->bytes.length;
    return TEXT_EMPTY;
}

static text value_of_string(struct bib_parser *parser, text name, size_t offset)
{
    const struct node *known =
        id_map_find(parser->strings, small_letters(parser->into->arena, name));
    if (known) {
        text value = ((const struct bib_string *)known)->value;
        return may_repeat(parser, value.length,
                          library_span(parser->into, offset, offset + name.length))
                   ? value
                   : TEXT_EMPTY;
    }
    for (size_t i = 0; i < sizeof months / sizeof *months; i++) {
        if (text_equal_ignoring_case(name, text_from_c(months[i])))
            return text_from_c(months[i]);
    }
    unsigned long number;
    if (!text_to_number(name, 4000000000UL, &number))
        report_warning(parser->into->report, "reference-field",
                       library_span(parser->into, offset, offset + name.length),
                       "put words between braces, or add an @string", "no @string is called %.*s",
                       TEXT_ARGUMENTS(name));
    return name;
}

/* word, {braces} or "quotes" */
static text take_part(struct bib_parser *parser)
{
    skip_spaces(parser);
    size_t offset = parser->at;
    if (peek(parser) == '{' || peek(parser) == '"')
        return take_quoted(parser);
    text part = take_word(parser);
    if (part.length == 0) {
        fail(parser, "write {words} after the equals sign", "a value is missing here");
        return TEXT_EMPTY;
    }
    return value_of_string(parser, part, offset);
}

/* part # part # part */
static text take_value(struct bib_parser *parser)
{
    text value = take_part(parser);
    struct buffer joined;
    buffer_init(&joined, LIMIT_REFERENCE_VALUE);
    for (skip_spaces(parser); peek(parser) == '#' && !parser->failed; skip_spaces(parser)) {
        if (joined.length == 0)
            buffer_add_text(&joined, value);
        parser->at++;
        buffer_add_text(&joined, take_part(parser));
        value = buffer_text(&joined);
    }
    if (joined.overflowed || value.length > LIMIT_REFERENCE_VALUE)
        fail(parser, "a reference needs a few words in each field",
             "this value is longer than 256 kB");
    value = parser->failed  ? TEXT_EMPTY
            : joined.length ? arena_copy(parser->into->arena, value)
                            : value;
    buffer_release(&joined);
    return value;
}

/* entries */

const struct bib_field *bib_find(const struct bib_entry *entry, const char *name)
{
    for (const struct bib_field *field = entry->fields; field; field = field->next) {
        if (text_equal_c(field->name, name))
            return field;
    }
    return NULL;
}

text bib_text(const struct bib_entry *entry, const char *name)
{
    const struct bib_field *field = bib_find(entry, name);
    return field ? field->value : TEXT_EMPTY;
}

/* A copy of the field at the end of the entry's. */
static void add_field(struct library *library, struct bib_entry *entry,
                      const struct bib_field *made)
{
    struct bib_field *field = ARENA_NEW(library->arena, struct bib_field);
    *field = *made;
    if (entry->last_field)
        entry->last_field->next = field;
    else
        entry->fields = field;
    entry->last_field = field;
    entry->count++;
}

static void report_doubled(struct library *library, const struct bib_entry *entry,
                           const struct bib_field *first, struct span span)
{
    text hint = arena_printf(library->arena, "the one of line %u counts: take out the other",
                             first->span.line);
    report_warning(library->report, "reference-field", span, hint.bytes,
                   "the field %.*s stands twice in the entry %.*s", TEXT_ARGUMENTS(first->name),
                   TEXT_ARGUMENTS(entry->key));
}

static void take_fields(struct bib_parser *parser, struct bib_entry *entry, char close)
{
    for (size_t count = 0;; count++) {
        skip_spaces(parser);
        if (peek(parser) == close) {
            parser->at++;
            return;
        }
        size_t offset = parser->at;
        text name = take_word(parser);
        skip_spaces(parser);
        if (count == LIMIT_REFERENCE_FIELDS)
            fail(parser, "look for a closing brace that is missing before",
                 "the entry has more than 1000 fields");
        if (name.length == 0 || peek(parser) != '=') {
            fail(parser, "write name = {value}, with a comma before the next",
                 "this is no field of an entry");
            return;
        }
        struct span span = library_span(parser->into, offset, offset + name.length);
        name = small_letters(parser->into->arena, name);
        parser->at++;
        text value = take_value(parser);
        if (parser->failed)
            return;
        const struct bib_field *first = bib_find(entry, name.bytes);
        if (first)
            report_doubled(parser->into, entry, first, span);
        else
            add_field(parser->into, entry,
                      &(struct bib_field){.name = name, .value = value, .span = span});
        if (peek(parser) == ',')
            parser->at++;
        else if (peek(parser) != close)
            fail(parser, "add a comma after the value before it, or a closing brace",
                 "the entry goes on in a way that is not understood");
        if (parser->failed)
            return;
    }
}

static void take_string(struct bib_parser *parser, char close)
{
    skip_spaces(parser);
    text name = take_word(parser);
    skip_spaces(parser);
    if (name.length == 0 || peek(parser) != '=') {
        fail(parser, "write @string{name = {value}}", "this @string is not understood");
        return;
    }
    parser->at++;
    struct bib_string *string = ARENA_NEW(parser->into->arena, struct bib_string);
    string->value = take_value(parser);
    struct node *holder =
        &string->in_map; /* one whose value is wrong is told once, not at each use */
    if (!id_map_add(parser->strings, small_letters(parser->into->arena, name), holder, &holder))
        ((struct bib_string *)holder)->value = string->value; /* the last one counts */
    if (parser->failed)
        return;
    if (peek(parser) == ',')
        parser->at++;
    skip_spaces(parser);
    if (peek(parser) == close)
        parser->at++;
    else
        fail(parser, "add a closing brace", "this @string does not end");
}

static void take_entry(struct bib_parser *parser, text type, size_t offset, char close)
{
    skip_spaces(parser);
    size_t start = parser->at;
    while (parser->at < parser->bytes.length && peek(parser) != ',' && peek(parser) != close &&
           peek(parser) != '\n')
        parser->at++;
    struct bib_entry *entry = ARENA_NEW(parser->into->arena, struct bib_entry);
    entry->type = type;
    entry->key = text_trim(text_slice(parser->bytes, start, parser->at));
    entry->span = library_span(parser->into, offset, parser->at);
    if (entry->key.length == 0 || text_find_byte(entry->key, '=', 0) != SIZE_MAX) {
        fail(parser, "write a key after the brace: @book{knuth1981,", "this entry has no key");
        return;
    }
    skip_spaces(parser);
    if (peek(parser) == ',')
        parser->at++;
    take_fields(parser, entry, close);
    if (parser->last)
        parser->last->next = entry;
    else
        parser->first = entry;
    parser->last = entry;
}

/* To the next @ that begins a line: the rest of a broken entry. */
static void recover(struct bib_parser *parser)
{
    while (parser->at < parser->bytes.length) {
        text rest = text_slice(parser->bytes, parser->at, parser->bytes.length);
        if (rest.bytes[0] == '@' &&
            (parser->at == 0 || parser->bytes.bytes[parser->at - 1] == '\n'))
            return;
        parser->at++;
    }
}

static void take_item(struct bib_parser *parser)
{
    size_t offset = parser->at++;
    skip_spaces(parser);
    text type = small_letters(parser->into->arena, take_word(parser));
    skip_spaces(parser);
    char open = peek(parser);
    if (type.length == 0 || (open != '{' && open != '('))
        return; /* an @ in the words between entries */
    if (text_equal_c(type, "comment") || text_equal_c(type, "preamble")) {
        if (open == '{')
            take_quoted(parser);
        return;
    }
    parser->at++;
    char close = open == '{' ? '}' : ')';
    if (text_equal_c(type, "string"))
        take_string(parser, close);
    else
        take_entry(parser, type, offset, close);
}

/* crossref and xdata */

/* What a field of the parent is called in the child (BibLaTeX manual, appendix B). */
static const char *name_in_child(text parent, text child, text name)
{
    static const struct {
        const char *parents, *children, *name, *becomes;
    } rows[] = {
        {"mvbook book", "inbook bookinbook suppbook incollection inproceedings", "title",
         "booktitle"},
        {"mvbook book", "inbook bookinbook suppbook incollection inproceedings", "subtitle",
         "booksubtitle"},
        {"mvbook book", "inbook bookinbook suppbook", "author", "bookauthor"},
        {"mvcollection collection mvreference reference", "incollection inreference suppcollection",
         "title", "booktitle"},
        {"mvcollection collection mvreference reference", "incollection inreference suppcollection",
         "subtitle", "booksubtitle"},
        {"mvproceedings proceedings conference", "inproceedings conference", "title", "booktitle"},
        {"mvproceedings proceedings conference", "inproceedings conference", "subtitle",
         "booksubtitle"},
        {"periodical", "article suppperiodical", "title", "journaltitle"},
        {"periodical", "article suppperiodical", "subtitle", "journalsubtitle"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        if (text_equal_c(name, rows[i].name) &&
            text_find(text_from_c(rows[i].parents), parent, 0) != SIZE_MAX &&
            text_find(text_from_c(rows[i].children), child, 0) != SIZE_MAX)
            return rows[i].becomes;
    }
    return name.bytes;
}

static bool is_own(text name)
{
    static const char *const own[] = {"crossref", "xref",       "xdata",     "entryset", "ids",
                                      "options",  "shorttitle", "sorttitle", "keywords", "doi",
                                      "url",      "urldate",    "abstract",  "note",     "label"};
    for (size_t i = 0; i < sizeof own / sizeof *own; i++) {
        if (text_equal_c(name, own[i]))
            return true;
    }
    return false;
}

struct entry_index {
    const struct bib_entry **entries; /* by key */
    size_t count;
};

static int compare_keys(const void *a, const void *b)
{
    const struct bib_entry *x = *(const struct bib_entry *const *)a;
    const struct bib_entry *y = *(const struct bib_entry *const *)b;
    return text_compare(x->key, y->key);
}

static const struct bib_entry *find_entry(const struct entry_index *index, text key)
{
    struct bib_entry wanted = {.key = key};
    const struct bib_entry *pointer = &wanted;
    const struct bib_entry **found = index->count ? bsearch(&pointer, index->entries, index->count,
                                                            sizeof *index->entries, compare_keys)
                                                  : NULL;
    return found ? *found : NULL;
}

static void inherit(struct bib_parser *parser, struct bib_entry *entry,
                    const struct bib_entry *from, bool is_data)
{
    struct library *library = parser->into;
    for (const struct bib_field *field = from->fields; field; field = field->next) {
        if (is_own(field->name) && !is_data)
            continue;
        const char *name =
            is_data ? field->name.bytes : name_in_child(from->type, entry->type, field->name);
        if (bib_find(entry, name) || entry->count == LIMIT_REFERENCE_FIELDS)
            continue;
        if (may_repeat(parser, field->value.length + 16, entry->span))
            add_field(library, entry,
                      &(struct bib_field){
                          .name = text_from_c(name), .value = field->value, .span = field->span});
    }
}

/* A parent's own parent counts too, up to a few steps, so that a ring of them ends. */
static void resolve(struct bib_parser *parser, const struct entry_index *index,
                    struct bib_entry *entry)
{
    enum { MOST_STEPS = 4 };
    static const char *const links[] = {"xdata", "crossref"};
    struct library *library = parser->into;
    for (size_t i = 0; i < sizeof links / sizeof *links; i++) {
        const struct bib_field *link = bib_find(entry, links[i]);
        for (int step = 0; link && step < MOST_STEPS; step++) {
            const struct bib_entry *from = find_entry(index, text_trim(link->value));
            if (!from) {
                report_warning(library->report, "reference-field", link->span,
                               "look for the key's spelling", "no entry has the key %.*s",
                               TEXT_ARGUMENTS(link->value));
                break;
            }
            if (from == entry)
                break;
            inherit(parser, entry, from, i == 0);
            link = bib_find(from, links[i]);
        }
    }
}

void bibtex_read(struct library *library)
{
    struct bib_parser parser = {
        .into = library, .bytes = library->bytes, .strings = id_map_new(library->arena)};
    size_t count = 0;
    while (parser.at < parser.bytes.length) {
        size_t next = text_find_byte(parser.bytes, '@', parser.at);
        if (next == SIZE_MAX)
            break;
        parser.at = next;
        parser.failed = false;
        take_item(&parser);
        if (parser.failed)
            recover(&parser);
    }
    for (const struct bib_entry *entry = parser.first; entry; entry = entry->next)
        count++;
    struct entry_index index = {ARENA_NEW_ARRAY(library->arena, count, const struct bib_entry *),
                                0};
    for (const struct bib_entry *entry = parser.first; entry; entry = entry->next)
        index.entries[index.count++] = entry;
    parser.failed = false;
    if (count)
        qsort(index.entries, count, sizeof *index.entries, compare_keys);
    for (struct bib_entry *entry = parser.first; entry; entry = entry->next) {
        resolve(&parser, &index, entry);
        struct reference *reference = bib_make_reference(library, entry);
        if (reference)
            library_add(library, reference);
    }
}

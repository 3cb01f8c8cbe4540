/* Entries of BibTeX and BibLaTeX → references in CSL's terms. What no table names (files, what a
   library has noted for itself) is among what is left. */
#include "references/bibtex.h"

#include "base/address.h"
#include "document/identifier.h"
#include "references/latex.h"

#include <string.h>

struct maker {
    struct arena *arena;
    struct report *report;
    const struct bib_entry *entry;
    struct reference *reference;
    bool is_english;
    bool is_part;            /* of a book: a chapter, a paper of a conference */
    bool is_of_many_volumes; /* the entry names its maintitle */
};

static text words_of(const struct maker *maker, text latex, bool plain)
{
    return latex_read(maker->arena, latex, &(struct latex_options){.plain = plain});
}

static struct span span_of(const struct maker *maker, const char *field)
{
    const struct bib_field *found = bib_find(maker->entry, field);
    return found ? found->span : maker->reference->span;
}

void bib_leave(struct arena *arena, struct reference *reference, const struct bib_field *field)
{
    if (!field || field->value.length == 0)
        return;
    reference_leave(arena, reference, field->name, field->value, field->span);
    reference->last_left->is_latex = true;
}

static void leave(const struct maker *maker, const char *name)
{
    bib_leave(maker->arena, maker->reference, bib_find(maker->entry, name));
}

static void add_text(const struct maker *maker, const char *csl, text value, const char *field)
{
    if (!reference_find(maker->reference, csl))
        reference_add_text(maker->arena, maker->reference, csl, value, span_of(maker, field));
    else if (!text_equal(reference_text(maker->reference, csl), value))
        leave(maker, field);
}

/* titles */

static text title_of(const struct maker *maker, const char *name)
{
    struct latex_options options = {.sentence_case = maker->is_english};
    return latex_read(maker->arena, bib_text(maker->entry, name), &options);
}

/* The fields that a title stands in. */
struct title_fields {
    const char *title, *subtitle, *addon;
};

static void add_title(const struct maker *maker, const char *csl, const struct title_fields *fields)
{
    text whole = title_of(maker, fields->title), sub = title_of(maker, fields->subtitle);
    text more = title_of(maker, fields->addon);
    if (whole.length && sub.length) {
        bool ends = text_ends_with(whole, TEXT("?")) || text_ends_with(whole, TEXT("!")) ||
                    text_ends_with(whole, TEXT(":"));
        whole = arena_printf(maker->arena, "%.*s%s %.*s", TEXT_ARGUMENTS(whole), ends ? "" : ":",
                             TEXT_ARGUMENTS(sub));
    }
    if (whole.length && more.length)
        whole =
            arena_printf(maker->arena, "%.*s. %.*s", TEXT_ARGUMENTS(whole), TEXT_ARGUMENTS(more));
    if (whole.length)
        add_text(maker, csl, whole, fields->title);
}

/* A work of several volumes is called by the title of them all (BibLaTeX manual, 2.3.1). */
static void add_titles(const struct maker *maker)
{
    static const struct title_fields whole = {"maintitle", "mainsubtitle", "maintitleaddon"},
                                     own = {"title", "subtitle", "titleaddon"},
                                     book = {"booktitle", "booksubtitle", "booktitleaddon"},
                                     issue = {"issuetitle", "issuesubtitle", ""},
                                     journal = {"journaltitle", "journalsubtitle", ""},
                                     old_journal = {"journal", "journalsubtitle", ""};
    bool is_volume = maker->is_of_many_volumes && !maker->is_part;
    bool is_issue =
        text_equal_c(maker->entry->type, "periodical") && bib_find(maker->entry, "issuetitle");
    if (is_volume) {
        add_title(maker, "title", &whole);
        add_title(maker, "volume-title", &own);
    } else if (is_issue) {
        add_title(maker, "title", &issue);
        add_title(maker, "container-title", &own);
    } else {
        add_title(maker, "title", &own);
    }
    struct maker as_written = *maker; /* names of journals and books keep their capitals */
    as_written.is_english = false;
    if (maker->is_of_many_volumes && maker->is_part) {
        add_title(&as_written, "container-title", &whole);
        add_title(&as_written, "volume-title", &book);
    } else {
        add_title(&as_written, "container-title", &book);
    }
    if (text_equal_c(maker->reference->type, "book")) { /* databases say so what the book is */
        leave(maker, "journaltitle");
        leave(maker, "journal");
    } else {
        add_title(&as_written, "container-title", &journal);
        add_title(&as_written, "container-title", &old_journal);
    }
    if (!is_issue)
        add_title(&as_written, "volume-title", &issue);
}

/* numbers and addresses */

/* Hyphens and dashes that follow each other are one. */
static text pages_of(const struct maker *maker)
{
    text pages = words_of(maker, bib_text(maker->entry, "pages"), true);
    char *bytes = arena_copy_c(maker->arena, pages);
    size_t length = 0;
    for (size_t i = 0; i < pages.length;) {
        size_t next = i;
        uint32_t c = text_next(pages, &next);
        bool follows = length && bytes[length - 1] == '-';
        if (c == 0x2013 || c == 0x2014 || c == '-') {
            while (length && bytes[length - 1] == ' ')
                length--;
            if (length == 0 || bytes[length - 1] != '-')
                bytes[length++] = '-';
        } else if (c != ' ' || !follows) {
            memcpy(bytes + length, pages.bytes + i, next - i);
            length += next - i;
        }
        i = next;
    }
    return (text){bytes, length};
}

static void add_numbers(const struct maker *maker)
{
    text type = maker->reference->type;
    bool has_issues = bib_is_in_issue(type);
    text number = words_of(maker, bib_text(maker->entry, "number"), true);
    text issue = words_of(maker, bib_text(maker->entry, "issue"), true);
    bool is_of_series = bib_find(maker->entry, "series") && bib_counts_in_series(type);
    if (has_issues && issue.length && number.length && !text_equal(issue, number))
        number =
            arena_printf(maker->arena, "%.*s, %.*s", TEXT_ARGUMENTS(number), TEXT_ARGUMENTS(issue));
    if (number.length)
        add_text(maker,
                 has_issues     ? "issue"
                 : is_of_series ? "collection-number"
                                : "number",
                 number, "number");
    if (issue.length && !(has_issues && number.length))
        add_text(maker, "issue", issue, "issue");
    add_text(maker, "page", pages_of(maker), "pages");
}

static bool add_address(const struct maker *maker, text kind, text eprint)
{
    static const struct {
        const char *kind, *address;
    } archives[] = {
        {"arxiv", "https://arxiv.org/abs/"},
        {"jstor", "https://www.jstor.org/stable/"},
        {"pubmed", "https://pubmed.ncbi.nlm.nih.gov/"},
        {"hdl", "https://hdl.handle.net/"},
        {"googlebooks", "https://books.google.com/books?id="},
    };
    for (size_t i = 0; i < sizeof archives / sizeof *archives; i++) {
        if (!text_equal_ignoring_case(kind, text_from_c(archives[i].kind)))
            continue;
        text number = eprint; /* arXiv:1234.5678 */
        if (i == 0 && text_equal_ignoring_case(text_slice(eprint, 0, 6), TEXT("arxiv:")))
            number = text_trim(text_slice(eprint, 6, eprint.length));
        text address =
            arena_printf(maker->arena, "%s%.*s", archives[i].address, TEXT_ARGUMENTS(number));
        add_text(maker, "URL", address, "eprint");
        return text_equal(reference_text(maker->reference, "URL"), address);
    }
    return false;
}

static void add_eprint(const struct maker *maker)
{
    text eprint = words_of(maker, bib_text(maker->entry, "eprint"), true);
    text kind = bib_text(maker->entry, "eprinttype");
    if (kind.length == 0)
        kind = bib_text(maker->entry, "archiveprefix");
    if (eprint.length == 0 || add_address(maker, text_trim(kind), eprint))
        return;
    if (!reference_find(maker->reference, "URL"))
        leave(maker, "eprint");
    leave(maker, "eprinttype");
    leave(maker, "archiveprefix");
}

/* The words of a key, or of what stands there instead. */
static text words_of_key(const struct maker *maker, text key)
{
    text trimmed = text_trim(key);
    for (const struct bib_row *row = bib_words; row->field; row++)
        if (text_equal_ignoring_case(trimmed, text_from_c(row->field)))
            return text_from_c(row->csl);
    return words_of(maker, key, false);
}

/* What kind of thesis or report it is. */
static void add_genre(const struct maker *maker)
{
    text kind = bib_text(maker->entry, "type"), type = maker->entry->type;
    bool says_kind = text_equal_c(type, "phdthesis") || text_equal_c(type, "mastersthesis");
    if (kind.length || says_kind)
        add_text(maker, "genre", words_of_key(maker, kind.length ? kind : type), "type");
}

/* The publisher is whoever made it known. An address there is none: \url{https://…}. */
static void add_publisher(const struct maker *maker, const char *field, text words)
{
    bool is_address =
        text_starts_with(words, TEXT("https://")) || text_starts_with(words, TEXT("http://"));
    if (is_address && text_find_byte(words, ' ', 0) == SIZE_MAX) {
        add_text(maker, "URL", words, field);
        return;
    }
    struct reference_field *there = reference_change(maker->reference, "publisher");
    if (!there)
        add_text(maker, "publisher", words, field);
    else if (text_find(there->value, words, 0) == SIZE_MAX)
        there->value = arena_printf(maker->arena, "%.*s; %.*s", TEXT_ARGUMENTS(there->value),
                                    TEXT_ARGUMENTS(words));
}

/* The addendum stands behind the note. */
static void add_note(const struct maker *maker, const char *field, text words)
{
    struct reference_field *there = reference_change(maker->reference, "note");
    if (there)
        there->value =
            arena_printf(maker->arena, "%.*s%s %.*s", TEXT_ARGUMENTS(there->value),
                         text_ends_with(there->value, TEXT(".")) ? "" : ".", TEXT_ARGUMENTS(words));
    else
        add_text(maker, "note", words, field);
}

static void add_texts(const struct maker *maker)
{
    bool is_patent = text_equal_c(maker->reference->type, "patent");
    for (const struct bib_row *row = bib_texts; row->field; row++) {
        text value = bib_text(maker->entry, row->field);
        if (value.length == 0)
            continue;
        bool is_place = strcmp(row->csl, "publisher-place") == 0;
        if (row->kind == BIB_VERBATIM) /* an address: only what LaTeX had to escape is undone */
            value = text_find_byte(value, '\\', 0) == SIZE_MAX ? text_trim(value)
                                                               : words_of(maker, value, true);
        else if (is_place)
            value = words_of_key(maker, value);
        else
            value = latex_read(maker->arena, value,
                               &(struct latex_options){.plain = row->kind == BIB_PLAIN,
                                                       .keeps_lines = row->kind == BIB_LINES});
        if (strcmp(row->csl, "publisher") == 0)
            add_publisher(maker, row->field, value);
        else if (strcmp(row->csl, "note") == 0)
            add_note(maker, row->field, value);
        else if (is_place && reference_find(maker->reference, "publisher-place") &&
                 text_equal_c(maker->reference->type, "paper-conference"))
            add_text(maker, "event-place", value, row->field); /* beside the publisher's address */
        else if (strcmp(row->csl, "DOI") == 0)
            add_text(maker, "DOI", doi_bare(maker->arena, value), row->field);
        else
            add_text(maker, is_place && is_patent ? "jurisdiction" : row->csl, value, row->field);
    }
    text status = bib_text(maker->entry, "pubstate");
    if (status.length)
        add_text(maker, "status", words_of_key(maker, status), "pubstate");
}

/* names */

/* What editors of a kind are in CSL (BibLaTeX manual, 2.3.6); NULL: nothing. */
static const char *role_of(text kind)
{
    static const struct {
        const char *kind, *csl;
    } roles[] = {
        {"", "editor"},           {"editor", "editor"},       {"compiler", "compiler"},
        {"director", "director"}, {"organizer", "organizer"}, {"collaborator", "contributor"},
    };
    for (size_t i = 0; i < sizeof roles / sizeof *roles; i++)
        if (text_equal_c(text_trim(kind), roles[i].kind))
            return roles[i].csl;
    return NULL;
}

static void add_names(const struct maker *maker, const char *name, const char *csl)
{
    const struct bib_field *written = bib_find(maker->entry, name);
    if (!written || written->value.length == 0)
        return;
    bool useprefix =
        text_find(bib_text(maker->entry, "options"), TEXT("useprefix=true"), 0) != SIZE_MAX;
    if (!csl || reference_find(maker->reference, csl)) {
        leave(maker, name);
        return;
    }
    struct reference_field field = {0};
    bib_read_names(maker->arena, written->value, useprefix, &field);
    if (field.name_count == 0)
        return;
    struct reference_field *added =
        reference_add(maker->arena, maker->reference, csl, FIELD_NAMES, written->span);
    added->names = field.names;
    added->name_count = field.name_count;
    added->has_others = field.has_others;
}

static void add_all_names(const struct maker *maker)
{
    static const char *const more[][2] = {
        {"editora", "editoratype"}, {"editorb", "editorbtype"}, {"editorc", "editorctype"}};
    for (const struct bib_row *row = bib_names; row->field; row++) {
        bool is_editor = strcmp(row->field, "editor") == 0;
        const char *role = is_editor ? role_of(bib_text(maker->entry, "editortype")) : row->csl;
        if (is_editor && !role) { /* a redactor, a founder: editors of some kind */
            role = "editor";
            leave(maker, "editortype");
        }
        add_names(maker, row->field, role);
    }
    for (size_t i = 0; i < sizeof more / sizeof *more; i++) {
        text kind = bib_text(maker->entry, more[i][1]);
        const char *role = role_of(kind);
        if (!role)
            leave(maker, more[i][1]);
        add_names(maker, more[i][0], role);
    }
}

/* the whole */

static void find_language(struct maker *maker)
{
    static const char *const fields[] = {"langid", "hyphenation", "language"};
    text written = TEXT_EMPTY;
    const char *field = NULL;
    for (size_t i = 0; i < sizeof fields / sizeof *fields && written.length == 0; i++) {
        field = fields[i];
        written = words_of(maker, bib_text(maker->entry, field), true);
    }
    reference_set_language(maker->arena, maker->reference, written);
    text language = maker->reference->language;
    if (language.length)
        add_text(maker, "language", language, field);
    else
        leave(maker, field);
    maker->is_english = language.length == 0 || text_starts_with(language, TEXT("en"));
}

static void find_type(const struct maker *maker)
{
    struct reference *reference = maker->reference;
    const struct bib_entry *entry = maker->entry;
    const struct bib_row *row = bib_types;
    while (row->field && !text_equal_c(entry->type, row->field))
        row++;
    reference->type = row->field ? text_from_c(row->csl) : TEXT("document");
    if (!row->field)
        report_warning(maker->report, "reference-field", entry->span,
                       "write @misc, or the type that comes nearest",
                       "@%.*s is no type of BibTeX or BibLaTeX: it is read as @misc",
                       TEXT_ARGUMENTS(entry->type));
    text subtype = text_trim(bib_text(entry, "entrysubtype"));
    bool is_article = text_equal_c(reference->type, "article-journal");
    const struct bib_row *of_article = bib_subtypes;
    while (of_article->field && !text_equal_c(subtype, of_article->field))
        of_article++;
    if (is_article && of_article->field)
        reference->type = text_from_c(of_article->csl);
    else if (bib_is_type(subtype))
        reference->type = subtype;
    else
        leave(maker, "entrysubtype");
}

/* Fields that the code above reads; options and links are for the reader alone. */
static const char *const read_here[] = {
    "title",           "subtitle",      "titleaddon",
    "maintitle",       "mainsubtitle",  "maintitleaddon",
    "booktitle",       "booksubtitle",  "booktitleaddon",
    "issuetitle",      "issuesubtitle", "journaltitle",
    "journalsubtitle", "journal",       "number",
    "issue",           "pages",         "eprint",
    "eprinttype",      "archiveprefix", "type",
    "pubstate",        "editora",       "editorb",
    "editorc",         "editortype",    "editoratype",
    "editorbtype",     "editorctype",   "langid",
    "hyphenation",     "language",      "entrysubtype",
    "options",         "date",          "year",
    "month",           "day",           "crossref",
    "xdata",
};

static bool is_of_table(const struct bib_row *row, text name)
{
    while (row->field && !text_equal_c(name, row->field))
        row++;
    return row->field != NULL;
}

static bool is_read(text name)
{
    for (size_t i = 0; i < sizeof read_here / sizeof *read_here; i++)
        if (text_equal_c(name, read_here[i]))
            return true;
    return is_of_table(bib_texts, name) || is_of_table(bib_names, name) ||
           is_of_table(bib_dates, name);
}

struct reference *bib_make_reference(struct library *library, const struct bib_entry *entry)
{
    if (text_equal_c(entry->type, "xdata") || text_equal_c(entry->type, "set"))
        return NULL;
    struct reference *reference = ARENA_NEW(library->arena, struct reference);
    reference->id = entry->key;
    reference->span = entry->span;
    struct maker maker = {
        .arena = library->arena,
        .report = library->report,
        .entry = entry,
        .reference = reference,
        .is_of_many_volumes = bib_text(entry, "maintitle").length > 0,
    };
    find_type(&maker);
    maker.is_part = bib_is_part(reference->type);
    find_language(&maker);
    add_all_names(&maker);
    add_titles(&maker);
    bib_add_issued(library->arena, reference, entry);
    add_numbers(&maker);
    add_texts(&maker);
    for (const struct bib_row *row = bib_dates; row->field; row++)
        bib_add_date(library->arena, reference, row->csl, bib_find(entry, row->field));
    add_eprint(&maker);
    add_genre(&maker);
    text options = text_trim(bib_text(entry, "options"));
    if (!text_equal_c(options, "useprefix=true") && !text_equal_c(options, "useprefix=false"))
        leave(&maker, "options");
    for (const struct bib_field *field = entry->fields; field; field = field->next)
        if (!is_read(field->name))
            bib_leave(library->arena, reference, field);
    return reference;
}

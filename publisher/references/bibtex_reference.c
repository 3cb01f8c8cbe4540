/* Entries of BibTeX and BibLaTeX → references in CSL's terms. What no table names (keywords, files,
   what a library has noted for itself) is left out. */
#include "references/bibtex.h"

#include "references/latex.h"

#include <string.h>

static const struct {
    const char *type, *csl;
} types[] = {
#define BIB_TYPE(type, csl) {type, csl},
#include "references/bibtex.def"
#undef BIB_TYPE
};

/* Fields of words; of several for one, the first that is there. */
static const struct {
    const char *field, *csl;
    enum { PLAIN, TITLE, VERBATIM } kind;
} texts[] = {
    {"shorttitle", "title-short", TITLE},
    {"series", "collection-title", TITLE},
    {"publisher", "publisher", TITLE},
    {"institution", "publisher", TITLE},
    {"school", "publisher", TITLE},
    {"organization", "publisher", TITLE},
    {"howpublished", "publisher", TITLE},
    {"location", "publisher-place", TITLE},
    {"address", "publisher-place", TITLE},
    {"eventtitle", "event-title", TITLE},
    {"venue", "event-place", TITLE},
    {"volume", "volume", PLAIN},
    {"volumes", "number-of-volumes", PLAIN},
    {"chapter", "chapter-number", PLAIN},
    {"pagetotal", "number-of-pages", PLAIN},
    {"edition", "edition", PLAIN},
    {"version", "version", PLAIN},
    {"part", "part-number", PLAIN},
    {"eid", "page", PLAIN},
    {"doi", "DOI", VERBATIM},
    {"url", "URL", VERBATIM},
    {"isbn", "ISBN", VERBATIM},
    {"issn", "ISSN", VERBATIM},
    {"pmid", "PMID", VERBATIM},
    {"pmcid", "PMCID", VERBATIM},
    {"abstract", "abstract", TITLE},
    {"annotation", "annote", TITLE},
    {"annote", "annote", TITLE},
    {"note", "note", TITLE},
    {"addendum", "note", TITLE},
    {"keywords", "keyword", PLAIN},
    {"library", "archive", TITLE},
    {"origtitle", "original-title", TITLE},
    {"origpublisher", "original-publisher", TITLE},
    {"origlocation", "original-publisher-place", TITLE},
    {"journalabbreviation", "container-title-short", TITLE},
    {"shortjournal", "container-title-short", TITLE},
};

static const struct {
    const char *field, *csl;
} names[] = {
    {"author", "author"},
    {"editor", "editor"},
    {"translator", "translator"},
    {"bookauthor", "container-author"},
    {"director", "director"},
    {"illustrator", "illustrator"},
    {"origauthor", "original-author"},
    {"holder", "recipient"},
};

static const struct {
    const char *field, *csl;
} dates[] = {
    {"urldate", "accessed"},
    {"origdate", "original-date"},
    {"eventdate", "event-date"},
};

/* Babel's names of languages (BibLaTeX manual, 2.2.3: langid). */
static const struct {
    const char *name, *tag;
} languages[] = {
    {"english", "en"},      {"american", "en-US"}, {"usenglish", "en-US"}, {"british", "en-GB"},
    {"ukenglish", "en-GB"}, {"german", "de"},      {"ngerman", "de"},      {"austrian", "de-AT"},
    {"french", "fr"},       {"spanish", "es"},     {"italian", "it"},      {"portuguese", "pt"},
    {"brazilian", "pt-BR"}, {"brazil", "pt-BR"},   {"dutch", "nl"},        {"russian", "ru"},
    {"polish", "pl"},       {"czech", "cs"},       {"danish", "da"},       {"swedish", "sv"},
    {"norwegian", "nb"},    {"norsk", "nb"},       {"nynorsk", "nn"},      {"finnish", "fi"},
    {"greek", "el"},        {"hungarian", "hu"},   {"turkish", "tr"},      {"arabic", "ar"},
    {"hebrew", "he"},       {"hindi", "hi"},       {"japanese", "ja"},     {"chinese", "zh"},
    {"latin", "la"},        {"catalan", "ca"},     {"croatian", "hr"},     {"romanian", "ro"},
    {"slovak", "sk"},       {"slovene", "sl"},     {"ukrainian", "uk"},    {"welsh", "cy"},
};

struct maker {
    struct arena *arena;
    const struct bib_entry *entry;
    struct reference *reference;
    bool is_english;
};

static text words_of(const struct maker *maker, text latex, bool plain)
{
    return latex_read(maker->arena, latex, &(struct latex_options){.plain = plain});
}

static void add_text(const struct maker *maker, const char *csl, text value)
{
    if (!reference_find(maker->reference, csl))
        reference_add_text(maker->arena, maker->reference, csl, value);
}

/* titles */

static text title_of(const struct maker *maker, const char *name)
{
    struct latex_options options = {.sentence_case = maker->is_english};
    return latex_read(maker->arena, bib_text(maker->entry, name), &options);
}

static void add_title(const struct maker *maker, const char *csl, const char *title,
                      const char *subtitle, const char *addon)
{
    text whole = title_of(maker, title), sub = title_of(maker, subtitle);
    text more = title_of(maker, addon);
    if (whole.length && sub.length) {
        bool ends = text_ends_with(whole, TEXT("?")) || text_ends_with(whole, TEXT("!")) ||
                    text_ends_with(whole, TEXT(":"));
        whole = arena_printf(maker->arena, "%.*s%s %.*s", TEXT_ARGUMENTS(whole), ends ? "" : ":",
                             TEXT_ARGUMENTS(sub));
    }
    if (whole.length && more.length)
        whole =
            arena_printf(maker->arena, "%.*s. %.*s", TEXT_ARGUMENTS(whole), TEXT_ARGUMENTS(more));
    add_text(maker, csl, whole);
}

/* Names of journals keep their capitals in every style. */
static void add_container(const struct maker *maker, bool is_article)
{
    static const char *const journals[] = {"journaltitle", "journal", "maintitle"};
    struct maker as_written = *maker;
    as_written.is_english = false;
    if (is_article) {
        for (size_t i = 0; i < sizeof journals / sizeof *journals; i++)
            add_title(&as_written, "container-title", journals[i], "journalsubtitle", "");
        return;
    }
    add_title(&as_written, "container-title", "booktitle", "booksubtitle", "booktitleaddon");
    add_title(&as_written, "container-title", "journaltitle", "journalsubtitle", "");
    add_title(&as_written, "container-title", "journal", "", "");
    add_title(&as_written, "volume-title", "maintitle", "mainsubtitle", "");
}

/* dates */

static int month_of(text month)
{
    static const char *const names_of_months[] = {"january",   "february", "march",    "april",
                                                  "may",       "june",     "july",     "august",
                                                  "september", "october",  "november", "december"};
    unsigned long number;
    if (text_to_number(month, 12, &number))
        return (int)number;
    for (size_t i = 0; i < 12 && month.length >= 3; i++) {
        text name = text_slice(text_from_c(names_of_months[i]), 0, month.length);
        if (text_equal_ignoring_case(name, month))
            return (int)i + 1;
    }
    return 0;
}

/* LaTeX's tie at the end of a date is EDTF's sign of "about": 1723~, 1723~/1725~ */
static text date_words(const struct maker *maker, text written)
{
    text words = words_of(maker, written, true), tie = TEXT("\u00A0");
    char *bytes = arena_copy_c(maker->arena, words);
    size_t length = 0;
    for (size_t at = 0; at < words.length; at++) {
        size_t end = at + tie.length;
        bool ends = text_starts_with(text_slice(words, at, words.length), tie) &&
                    (end == words.length || words.bytes[end] == '/');
        bytes[length++] = ends ? '~' : words.bytes[at];
        at += ends ? tie.length - 1 : 0;
    }
    return (text){bytes, length};
}

static void add_date(const struct maker *maker, const char *csl, text written)
{
    if (written.length == 0)
        return;
    date_read(date_words(maker, written),
              &reference_add(maker->arena, maker->reference, csl, FIELD_DATE)->date);
}

static void add_issued(const struct maker *maker)
{
    const struct bib_entry *entry = maker->entry;
    if (bib_find(entry, "date")) {
        add_date(maker, "issued", bib_text(entry, "date"));
        return;
    }
    text year = date_words(maker, bib_text(entry, "year"));
    if (year.length == 0)
        return;
    struct reference_date *date =
        &reference_add(maker->arena, maker->reference, "issued", FIELD_DATE)->date;
    date_read(year, date);
    text month = words_of(maker, bib_text(entry, "month"), true);
    while (month.length && month.bytes[month.length - 1] == '.')
        month.length--;
    unsigned long day;
    if (date->literal.length || month.length == 0)
        return;
    size_t gap = text_find_byte(month, ' ', 0); /* "May 4" */
    text rest = gap == SIZE_MAX ? words_of(maker, bib_text(entry, "day"), true)
                                : text_slice(month, gap + 1, month.length);
    date->month = month_of(text_slice(month, 0, gap));
    if (date->month && text_to_number(rest, 31, &day))
        date->day = (int)day;
}

/* numbers and addresses */

/* Two or three hyphens are one. */
static text pages_of(const struct maker *maker)
{
    text written = bib_text(maker->entry, "pages");
    text pages = words_of(maker, written, true);
    char *bytes = arena_copy_c(maker->arena, pages);
    size_t length = 0;
    for (size_t i = 0; i < pages.length;) {
        size_t next = i;
        uint32_t c = text_next(pages, &next);
        if (c == 0x2013 || c == 0x2014) {
            bytes[length++] = '-';
        } else {
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
    bool has_issues = text_equal_c(type, "article-journal") || text_equal_c(type, "periodical") ||
                      text_equal_c(type, "article-newspaper") ||
                      text_equal_c(type, "article-magazine");
    text number = words_of(maker, bib_text(maker->entry, "number"), true);
    text issue = words_of(maker, bib_text(maker->entry, "issue"), true);
    if (has_issues) {
        add_text(maker, "issue", number.length ? number : issue);
    } else if (bib_find(maker->entry, "series") && !text_equal_c(type, "patent") &&
               !text_equal_c(type, "report")) {
        add_text(maker, "collection-number", number);
    } else {
        add_text(maker, "number", number);
    }
    add_text(maker, "page", pages_of(maker));
}

static void add_eprint(const struct maker *maker)
{
    text eprint = words_of(maker, bib_text(maker->entry, "eprint"), true);
    text kind = bib_text(maker->entry, "eprinttype");
    if (kind.length == 0)
        kind = bib_text(maker->entry, "archiveprefix");
    static const struct {
        const char *kind, *address;
    } archives[] = {
        {"arxiv", "https://arxiv.org/abs/"},
        {"jstor", "https://www.jstor.org/stable/"},
        {"pubmed", "https://pubmed.ncbi.nlm.nih.gov/"},
        {"hdl", "https://hdl.handle.net/"},
    };
    for (size_t i = 0; eprint.length && i < sizeof archives / sizeof *archives; i++) {
        if (text_equal_ignoring_case(kind, text_from_c(archives[i].kind)))
            add_text(
                maker, "URL",
                arena_printf(maker->arena, "%s%.*s", archives[i].address, TEXT_ARGUMENTS(eprint)));
    }
}

/* What kind of thesis or report it is; the names that BibLaTeX knows. */
static void add_genre(const struct maker *maker)
{
    static const struct {
        const char *key, *words;
    } known[] = {
        {"phdthesis", "PhD thesis"},          {"mathesis", "Master’s thesis"},
        {"mastersthesis", "Master’s thesis"}, {"bathesis", "Bachelor’s thesis"},
        {"techreport", "Technical report"},   {"resreport", "Research report"},
    };
    text kind = bib_text(maker->entry, "type");
    text key = kind.length ? kind : maker->entry->type;
    for (size_t i = 0; i < sizeof known / sizeof *known; i++) {
        if (text_equal_c(key, known[i].key)) {
            if (kind.length || !text_equal_c(key, "techreport"))
                add_text(maker, "genre", text_from_c(known[i].words));
            return;
        }
    }
    if (kind.length)
        add_text(maker, "genre", words_of(maker, kind, false));
}

/* How far it is on its way to print (BibLaTeX manual, 4.9.2.11). */
static void add_status(const struct maker *maker)
{
    static const struct {
        const char *key, *words;
    } known[] = {
        {"inpreparation", "in preparation"}, {"submitted", "submitted"},
        {"forthcoming", "forthcoming"},      {"inpress", "in press"},
        {"prepublished", "pre-published"},
    };
    text written = bib_text(maker->entry, "pubstate");
    for (size_t i = 0; i < sizeof known / sizeof *known; i++)
        if (text_equal_c(written, known[i].key))
            written = text_from_c(known[i].words);
    add_text(maker, "status", words_of(maker, written, false));
}

static void add_fields(const struct maker *maker, bool useprefix)
{
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        text value = bib_text(maker->entry, names[i].field);
        if (value.length == 0)
            continue;
        struct reference_field field = {0};
        bib_read_names(maker->arena, value, useprefix, &field);
        if (field.name_count == 0)
            continue;
        struct reference_field *added =
            reference_add(maker->arena, maker->reference, names[i].csl, FIELD_NAMES);
        added->names = field.names;
        added->name_count = field.name_count;
        added->has_others = field.has_others;
    }
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        text value = bib_text(maker->entry, texts[i].field);
        if (value.length == 0)
            continue;
        if (texts[i].kind == VERBATIM) /* an address: only what LaTeX had to escape is undone */
            value = text_find_byte(value, '\\', 0) == SIZE_MAX ? text_trim(value)
                                                               : words_of(maker, value, true);
        else
            value = words_of(maker, value, texts[i].kind == PLAIN);
        add_text(maker, texts[i].csl, value);
    }
    for (size_t i = 0; i < sizeof dates / sizeof *dates; i++)
        add_date(maker, dates[i].csl, bib_text(maker->entry, dates[i].field));
}

static void find_language(struct maker *maker)
{
    text written = bib_text(maker->entry, "langid");
    if (written.length == 0)
        written = bib_text(maker->entry, "hyphenation");
    if (written.length == 0)
        written = bib_text(maker->entry, "language");
    written = words_of(maker, written, true);
    text tag = written;
    for (size_t i = 0; i < sizeof languages / sizeof *languages; i++) {
        if (text_equal_ignoring_case(written, text_from_c(languages[i].name)))
            tag = text_from_c(languages[i].tag);
    }
    if (tag.length)
        reference_set_language(maker->arena, maker->reference, tag);
    text language = maker->reference->language;
    if (language.length)
        add_text(maker, "language", language);
    maker->is_english = language.length == 0 || text_starts_with(language, TEXT("en"));
}

struct reference *bib_make_reference(struct library *library, const struct bib_entry *entry)
{
    if (text_equal_c(entry->type, "xdata") || text_equal_c(entry->type, "set"))
        return NULL;
    struct reference *reference = ARENA_NEW(library->arena, struct reference);
    reference->id = entry->key;
    reference->span = entry->span;
    reference->type = TEXT("document");
    for (size_t i = 0; i < sizeof types / sizeof *types; i++) {
        if (text_equal_c(entry->type, types[i].type))
            reference->type = text_from_c(types[i].csl);
    }
    text subtype = bib_text(entry, "entrysubtype");
    bool is_article = text_equal_c(reference->type, "article-journal");
    if (is_article && text_equal_c(subtype, "magazine"))
        reference->type = TEXT("article-magazine");
    if (is_article && text_equal_c(subtype, "newspaper"))
        reference->type = TEXT("article-newspaper");
    struct maker maker = {.arena = library->arena, .entry = entry, .reference = reference};
    find_language(&maker);
    bool useprefix = text_find(bib_text(entry, "options"), TEXT("useprefix=true"), 0) != SIZE_MAX;
    add_title(&maker, "title", "title", "subtitle", "titleaddon");
    add_container(&maker, is_article);
    add_issued(&maker);
    add_numbers(&maker);
    add_fields(&maker, useprefix);
    add_eprint(&maker);
    add_genre(&maker);
    add_status(&maker);
    return reference;
}

/* PubMed's format (.nbib, MEDLINE): lines of a tag of up to four characters, a hyphen, and words
   (tagged.c); a blank line ends a reference. The tags: MEDLINE/PubMed Data Element Descriptions,
   National Library of Medicine. */
#include "document/identifier.h"
#include "references/tagged.h"

#include <string.h>

/* TEXT: the first counts; LIST: several lines are words with commas between them. */
enum nbib_kind { NBIB_TEXT, NBIB_LIST, NBIB_DATE };

static const struct {
    const char *tag, *csl;
    enum nbib_kind kind;
} tags[] = {
    {"TI", "title", NBIB_TEXT},
    {"TT", "original-title", NBIB_TEXT},
    {"BTI", "container-title", NBIB_TEXT},
    {"CTI", "collection-title", NBIB_TEXT},
    {"JT", "container-title", NBIB_TEXT},
    {"TA", "container-title-short", NBIB_TEXT},
    {"VI", "volume", NBIB_TEXT},
    {"VTI", "volume-title", NBIB_TEXT},
    {"IP", "issue", NBIB_TEXT},
    {"PG", "page", NBIB_TEXT},
    {"EN", "edition", NBIB_TEXT},
    {"PB", "publisher", NBIB_TEXT},
    {"PMID", "PMID", NBIB_TEXT},
    {"PMC", "PMCID", NBIB_TEXT},
    {"AB", "abstract", NBIB_TEXT},
    {"LA", "language", NBIB_TEXT},
    {"IS", "ISSN", NBIB_LIST},
    {"ISBN", "ISBN", NBIB_LIST},
    {"MH", "keyword", NBIB_LIST},
    {"OT", "keyword", NBIB_LIST},
    {"DP", "issued", NBIB_DATE},
    {"DEP", "available-date", NBIB_DATE},
};

/* What a kind of publication (PT) makes of it; the last that is here counts. */
static const struct {
    const char *kind, *csl;
} types[] = {
    {"Book Chapter", "chapter"},
    {"Book", "book"},
    {"Preprint", "article"},
    {"Dataset", "dataset"},
    {"Newspaper Article", "article-newspaper"},
};

struct nbib {
    struct library *into;
    struct reference *reference;
    struct gathering gathering;
    const char *role; /* of the full name in the line before: its short form follows; NULL: none */
};

/* "Smith, John A 3rd": what stands behind the given names. */
static void take_suffix(struct reference_name *name)
{
    static const char *const suffixes[] = {"Jr", "Sr", "2nd", "3rd", "4th", "II", "III", "IV"};
    for (size_t i = 0; i < sizeof suffixes / sizeof *suffixes; i++) {
        text suffix = text_from_c(suffixes[i]);
        size_t at = name->given.length - suffix.length;
        if (name->given.length > suffix.length && text_ends_with(name->given, suffix) &&
            name->given.bytes[at - 1] == ' ') {
            name->suffix = suffix;
            name->given = text_trim(text_slice(name->given, 0, at));
            return;
        }
    }
}

/* "Smith JA": the initials are the last word. */
static void read_short_name(struct arena *arena, text written, struct reference_name *name)
{
    static const char *const suffixes[] = {" Jr", " Sr", " 2nd", " 3rd", " 4th"};
    for (size_t i = 0; i < sizeof suffixes / sizeof *suffixes; i++) {
        text suffix = text_from_c(suffixes[i]);
        if (!text_ends_with(written, suffix))
            continue;
        name->suffix = text_trim(suffix);
        written = text_trim(text_slice(written, 0, written.length - suffix.length));
    }
    size_t gap = SIZE_MAX;
    for (size_t at = text_find_byte(written, ' ', 0); at != SIZE_MAX;
         at = text_find_byte(written, ' ', at + 1))
        gap = at;
    if (gap == SIZE_MAX) {
        name->literal = written;
        return;
    }
    name->family = text_trim(text_slice(written, 0, gap));
    text initials = text_slice(written, gap + 1, written.length);
    text given = TEXT_EMPTY;
    for (size_t at = 0, next = 0; at < initials.length && at < 16; at = next) {
        next = at;
        text_next(initials, &next);
        text letter = text_slice(initials, at, next);
        given = given.length ? arena_printf(arena, "%.*s %.*s.", TEXT_ARGUMENTS(given),
                                            TEXT_ARGUMENTS(letter))
                             : arena_printf(arena, "%.*s.", TEXT_ARGUMENTS(letter));
    }
    name->given = given;
}

/* Authors and editors stand twice: with their names in full (FAU), then short (AU). */
static bool take_name(struct nbib *nbib, const struct tagged_line *line)
{
    static const struct {
        const char *full, *brief, *csl;
    } roles[] = {{"FAU", "AU", "author"}, {"FED", "ED", "editor"}};
    struct arena *arena = nbib->into->arena;
    if (text_equal_c(line->tag, "CN")) { /* a group of people */
        reference_add_name(arena, nbib->reference, "author", line->span)->literal = line->words;
        return true;
    }
    for (size_t i = 0; i < sizeof roles / sizeof *roles; i++) {
        if (text_equal_c(line->tag, roles[i].full)) {
            struct reference_name *name =
                reference_add_name(arena, nbib->reference, roles[i].csl, line->span);
            reference_read_name(line->words, name);
            take_suffix(name);
            nbib->role = roles[i].csl;
            return true;
        }
        if (text_equal_c(line->tag, roles[i].brief)) {
            if (nbib->role != roles[i].csl)
                read_short_name(
                    arena, line->words,
                    reference_add_name(arena, nbib->reference, roles[i].csl, line->span));
            nbib->role = NULL;
            return true;
        }
    }
    return false;
}

/* "10.1016/j.x [doi]", "S0140-6736(20)30183-5 [pii]" */
static bool take_identifier(struct nbib *nbib, const struct tagged_line *line)
{
    bool is_location = text_equal_c(line->tag, "LID") || text_equal_c(line->tag, "AID");
    text end = TEXT(" [doi]");
    if (!is_location || !text_ends_with(line->words, end))
        return false;
    text doi =
        doi_bare(nbib->into->arena, text_slice(line->words, 0, line->words.length - end.length));
    if (!reference_find(nbib->reference, "DOI"))
        reference_add_text(nbib->into->arena, nbib->reference, "DOI", doi, line->span);
    return true;
}

static void take_type(struct nbib *nbib, const struct tagged_line *line)
{
    for (size_t i = 0; i < sizeof types / sizeof *types; i++) {
        if (!text_equal_c(line->words, types[i].kind))
            continue;
        nbib->reference->type = text_from_c(types[i].csl);
        return;
    }
    if (!text_equal_c(line->words, "Journal Article"))
        reference_leave(nbib->into->arena, nbib->reference, line->tag, line->words, line->span);
}

static void add_to_list(struct nbib *nbib, const char *csl, const struct tagged_line *line)
{
    text words = line->words;
    size_t note = text_find(words, TEXT(" ("), 0); /* 1476-4687 (Electronic) */
    if (text_equal_c(line->tag, "IS") || text_equal_c(line->tag, "ISBN"))
        words = text_slice(words, 0, note);
    if (text_starts_with(words, TEXT("*"))) /* a subject that matters most */
        words = text_slice(words, 1, words.length);
    struct gathered_field field = {.csl = csl, .separator = ", ", .span = line->span};
    gathering_add(nbib->into->arena, &nbib->gathering, &field, words);
}

static text title_of(text words)
{
    bool ends = text_ends_with(words, TEXT(".")) && !text_ends_with(words, TEXT(".."));
    return ends ? text_slice(words, 0, words.length - 1) : words;
}

static void take_tag(struct nbib *nbib, const struct tagged_line *line)
{
    struct arena *arena = nbib->into->arena;
    struct reference *reference = nbib->reference;
    if (line->words.length == 0 || take_name(nbib, line))
        return;
    nbib->role = NULL;
    if (take_identifier(nbib, line))
        return;
    if (text_equal_c(line->tag, "PT")) {
        take_type(nbib, line);
        return;
    }
    size_t i = 0, count = sizeof tags / sizeof *tags;
    while (i < count && !text_equal_c(line->tag, tags[i].tag))
        i++;
    const struct reference_field *there = i < count ? reference_find(reference, tags[i].csl) : NULL;
    if (i == count || (there && tags[i].kind != NBIB_LIST)) {
        reference_leave(arena, reference, line->tag, line->words, line->span);
    } else if (tags[i].kind == NBIB_LIST) {
        add_to_list(nbib, tags[i].csl, line);
    } else if (tags[i].kind == NBIB_DATE) {
        date_read(arena, line->words,
                  &reference_add(arena, reference, tags[i].csl, FIELD_DATE, line->span)->date);
    } else {
        reference_add_text(arena, reference, tags[i].csl,
                           text_ends_with(line->tag, TEXT("TI")) ? title_of(line->words)
                                                                 : line->words,
                           line->span);
    }
}

static void end_reference(struct nbib *nbib)
{
    struct reference *reference = nbib->reference;
    struct arena *arena = nbib->into->arena;
    if (!reference)
        return;
    nbib->reference = NULL;
    gathering_end(arena, &nbib->gathering, reference);
    struct reference_field *book = reference_change(reference, "container-title");
    bool is_book = text_equal_c(reference->type, "book");
    if (is_book && book && reference_find(reference, "title"))
        reference->type = TEXT("chapter");
    else if (is_book && book)
        book->key = TEXT("title");
    reference_take_language(arena, reference);
    if (reference->id.length == 0)
        reference->id = reference_text(reference, "DOI");
    if (reference->id.length == 0)
        reference->id_stem = TEXT("pubmed");
    library_add(nbib->into, reference);
}

void nbib_read(struct library *library)
{
    struct nbib nbib = {.into = library};
    struct tagged tagged = {.into = library, .ends_at_blank = true, .has_entities_of_markup = true};
    struct tagged_line line;
    while (tagged_next(&tagged, &line)) {
        if (line.tag.length == 0 && line.words.length == 0) {
            end_reference(&nbib);
            continue;
        }
        if (line.tag.length == 0) {
            library_report_syntax(library, line.span, "begin each reference with a line PMID- 1234",
                                  "this line belongs to no reference");
            continue;
        }
        if (!nbib.reference) {
            nbib = (struct nbib){.into = library};
            nbib.reference = ARENA_NEW(library->arena, struct reference);
            nbib.reference->span = line.span;
            nbib.reference->type = TEXT("article-journal");
        }
        if (text_equal_c(line.tag, "PMID") && nbib.reference->id.length == 0 && line.words.length)
            nbib.reference->id =
                arena_printf(library->arena, "pmid%.*s", TEXT_ARGUMENTS(line.words));
        take_tag(&nbib, &line);
    }
    end_reference(&nbib);
}

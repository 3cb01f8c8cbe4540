/* MODS (Metadata Object Description Schema 3, Library of Congress), as library catalogues, Zotero
   and bibutils write it. What a thing is follows from its genre, and from whether it stands in
   another (relatedItem of the type host). */
#include "references/xml.h"

#include "document/identifier.h"

#include <string.h>

/* Genres: MARC's (marcgt), bibutils' and Zotero's names, in small letters. host: what a part of
   such a thing is; NULL: the genre says nothing of parts. */
static const struct {
    const char *genre, *whole, *part;
} genres[] = {
    {"academic journal", "periodical", "article-journal"},
    {"journal", "periodical", "article-journal"},
    {"periodical", "periodical", "article-journal"},
    {"journalarticle", "article-journal", NULL},
    {"journal article", "article-journal", NULL},
    {"article", "article-journal", NULL},
    {"magazine", "periodical", "article-magazine"},
    {"magazinearticle", "article-magazine", NULL},
    {"newspaper", "periodical", "article-newspaper"},
    {"newspaperarticle", "article-newspaper", NULL},
    {"book", "book", "chapter"},
    {"collection", "book", "chapter"},
    {"booksection", "chapter", NULL},
    {"book chapter", "chapter", NULL},
    {"conference publication", "book", "paper-conference"},
    {"conferencepaper", "paper-conference", NULL},
    {"conference paper", "paper-conference", NULL},
    {"encyclopedia", "book", "entry-encyclopedia"},
    {"encyclopediaarticle", "entry-encyclopedia", NULL},
    {"dictionary", "book", "entry-dictionary"},
    {"dictionaryentry", "entry-dictionary", NULL},
    {"thesis", "thesis", NULL},
    {"ph.d. thesis", "thesis", NULL},
    {"masters thesis", "thesis", NULL},
    {"dissertation", "thesis", NULL},
    {"report", "report", NULL},
    {"technical report", "report", NULL},
    {"government publication", "report", NULL},
    {"web site", "webpage", NULL},
    {"webpage", "webpage", NULL},
    {"web page", "webpage", NULL},
    {"blogpost", "post-weblog", NULL},
    {"patent", "patent", NULL},
    {"unpublished", "manuscript", NULL},
    {"manuscript", "manuscript", NULL},
    {"letter", "personal_communication", NULL},
    {"map", "map", NULL},
    {"dataset", "dataset", NULL},
    {"software", "software", NULL},
    {"computerprogram", "software", NULL},
    {"standard", "standard", NULL},
    {"legislation", "legislation", NULL},
    {"legal case and case notes", "legal_case", NULL},
    {"motion picture", "motion_picture", NULL},
    {"film", "motion_picture", NULL},
    {"interview", "interview", NULL},
    {"presentation", "speech", NULL},
    {"speech", "speech", NULL},
    {"artwork", "graphic", NULL},
    {"pamphlet", "pamphlet", NULL},
    {"preprint", "article", NULL},
};

/* MARC's relators, by code and by term. host: whose they are where a host has them. */
static const struct {
    const char *code, *term, *csl, *host;
} roles[] = {
    {"aut", "author", "author", "container-author"},
    {"cre", "creator", "author", "container-author"},
    {"edt", "editor", "editor", "editor"},
    {"trl", "translator", "translator", "translator"},
    {"com", "compiler", "compiler", "compiler"},
    {"ctb", "contributor", "contributor", "contributor"},
    {"ill", "illustrator", "illustrator", "illustrator"},
    {"drt", "director", "director", "director"},
    {"cmp", "composer", "composer", "composer"},
    {"prf", "performer", "performer", "performer"},
    {"ive", "interviewer", "interviewer", "interviewer"},
    {"rcp", "recipient", "recipient", "recipient"},
};

struct mods {
    struct library *library;
    struct reference *reference;
    struct xml_element *host; /* what it stands in, or NULL */
};

static void add_text(struct mods *mods, const char *csl, struct xml_element *element)
{
    if (!element || element->is_read || reference_find(mods->reference, csl))
        return;
    text words = xml_words(mods->library, element);
    if (strcmp(csl, "DOI") == 0)
        words = doi_bare(mods->library->arena, words);
    reference_add_text(mods->library->arena, mods->reference, csl, words, element->span);
}

/* titles */

/* "The" (nonSort), the title, ": " and what stands below it. */
static void add_title(struct mods *mods, const char *csl, struct xml_element *info)
{
    if (!info || reference_find(mods->reference, csl))
        return;
    struct arena *arena = mods->library->arena;
    text article = xml_words(mods->library, xml_find(info, "nonSort"));
    text title = xml_words(mods->library, xml_find(info, "title"));
    text below = xml_words(mods->library, xml_find(info, "subTitle"));
    if (title.length == 0)
        return;
    bool is_joined = article.length && (text_ends_with(article, TEXT("'")) ||
                                        text_ends_with(article, TEXT("\u2019")));
    title = arena_printf(arena, "%.*s%s%.*s%s%.*s", TEXT_ARGUMENTS(article),
                         article.length && !is_joined ? " " : "", TEXT_ARGUMENTS(title),
                         below.length ? ": " : "", TEXT_ARGUMENTS(below));
    reference_add_text(arena, mods->reference, csl, title, info->span);
}

static void add_titles(struct mods *mods, struct xml_element *of, const char *whole,
                       const char *brief)
{
    for (struct xml_element *info = xml_child_of(of, "titleInfo", NULL); info;
         info = xml_child_of(of, "titleInfo", info)) {
        text type = xml_attribute_of(info, "type");
        if (type.length == 0)
            add_title(mods, whole, info);
        else if (text_equal_c(type, "abbreviated"))
            add_title(mods, brief, info);
        if (type.length == 0 && of != mods->host) {
            add_text(mods, "part-number", xml_find(info, "partNumber"));
            add_text(mods, "part-title", xml_find(info, "partName"));
        }
    }
}

/* names */

static const char *role_of(struct mods *mods, struct xml_element *name, bool is_of_host)
{
    struct xml_element *role = xml_find(name, "role/roleTerm");
    text term = xml_words(mods->library, role);
    for (size_t i = 0; i < sizeof roles / sizeof *roles; i++)
        if (term.length == 0 || text_equal_ignoring_case(term, text_from_c(roles[i].code)) ||
            text_equal_ignoring_case(term, text_from_c(roles[i].term)))
            return is_of_host ? roles[i].host : roles[i].csl;
    role->is_read = false; /* a degree granter, a photographer */
    return NULL;
}

static void add_part(struct arena *arena, text *whole, text part)
{
    *whole = whole->length
                 ? arena_printf(arena, "%.*s %.*s", TEXT_ARGUMENTS(*whole), TEXT_ARGUMENTS(part))
                 : part;
}

static void add_names(struct mods *mods, struct xml_element *of, bool is_of_host)
{
    struct arena *arena = mods->library->arena;
    for (struct xml_element *one = xml_child_of(of, "name", NULL); one;
         one = xml_child_of(of, "name", one)) {
        const char *csl = role_of(mods, one, is_of_host);
        bool is_person = text_equal_c(xml_attribute_of(one, "type"), "personal");
        if (text_equal_c(xml_attribute_of(one, "type"), "conference"))
            csl = NULL;
        if (!csl)
            continue;
        struct reference_name name = {0};
        for (struct xml_element *part = xml_child_of(one, "namePart", NULL); part;
             part = xml_child_of(one, "namePart", part)) {
            text kind = xml_attribute_of(part, "type");
            if (text_equal_c(kind, "date"))
                continue;
            text words = xml_words(mods->library, part);
            add_part(arena,
                     text_equal_c(kind, "family")           ? &name.family
                     : text_equal_c(kind, "given")          ? &name.given
                     : text_equal_c(kind, "termsOfAddress") ? &name.suffix
                                                            : &name.literal,
                     words);
        }
        size_t comma = text_find_byte(name.literal, ',', 0);
        if (is_person && comma != SIZE_MAX && name.family.length == 0) { /* "Smith, John" */
            name.family = text_trim(text_slice(name.literal, 0, comma));
            name.given = text_trim(text_slice(name.literal, comma + 1, name.literal.length));
            name.literal = TEXT_EMPTY;
        }
        if (name.family.length + name.given.length + name.literal.length)
            *reference_add_name(arena, mods->reference, csl, one->span) = name;
    }
}

/* dates and numbers */

/* A date often stands twice, as printed ("c1999") and in a code for programs; the beginning of a
   range comes before both. */
static int rank_of(const struct xml_element *date)
{
    bool is_start = text_equal_c(xml_attribute_of(date, "point"), "start");
    return 2 * is_start + (xml_attribute_of(date, "encoding").length > 0);
}

static void add_date(struct mods *mods, const char *csl, struct xml_element *first,
                     const char *name)
{
    if (!first || reference_find(mods->reference, csl))
        return;
    struct arena *arena = mods->library->arena;
    struct xml_element *from = NULL, *to = NULL;
    for (struct xml_element *one = first; one; one = xml_child_of(one->parent, name, one)) {
        text point = xml_attribute_of(one, "point");
        bool is_end = text_equal_c(point, "end");
        if (is_end && (!to || rank_of(one) > rank_of(to)))
            to = one;
        if (!is_end && (!from || rank_of(one) > rank_of(from)))
            from = one;
    }
    if (!from) { /* the end alone */
        from = to;
        to = NULL;
    }
    text words = xml_words(mods->library, from), last = xml_words(mods->library, to);
    if (words.length == 0)
        return;
    if (last.length)
        words = arena_printf(arena, "%.*s/%.*s", TEXT_ARGUMENTS(words), TEXT_ARGUMENTS(last));
    struct reference_field *field =
        reference_add(arena, mods->reference, csl, FIELD_DATE, from->span);
    if (text_equal_c(xml_attribute_of(from, "encoding"), "edtf"))
        date_read(arena, words, &field->date);
    else
        date_read_written(arena, words, false, &field->date);
    text qualifier = xml_attribute_of(from, "qualifier");
    if (text_equal_c(qualifier, "approximate") || text_equal_c(qualifier, "questionable"))
        field->date.circa = true;
}

/* part/detail, part/extent, part/date */
static void add_numbers(struct mods *mods, struct xml_element *of)
{
    static const struct {
        const char *type, *csl;
    } details[] = {
        {"volume", "volume"},          {"issue", "issue"},     {"number", "issue"},
        {"chapter", "chapter-number"}, {"section", "section"}, {"page", "page"},
        {"report number", "number"},
    };
    struct xml_element *part = xml_find(of, "part");
    if (!part)
        return;
    for (struct xml_element *one = part->first; one; one = one->next) {
        text type = xml_attribute_of(one, "type");
        for (size_t i = 0;
             text_equal_c(one->name, "detail") && i < sizeof details / sizeof *details; i++)
            if (text_equal_ignoring_case(type, text_from_c(details[i].type)))
                add_text(mods, details[i].csl, xml_find(one, "number"));
        if (!text_equal_c(one->name, "extent") || reference_find(mods->reference, "page"))
            continue;
        text first = xml_words(mods->library, xml_find(one, "start"));
        text last = xml_words(mods->library, xml_find(one, "end"));
        text list = xml_words(mods->library, xml_find(one, "list"));
        bool is_range = first.length && last.length && !text_equal(first, last);
        reference_add_text(mods->library->arena, mods->reference, "page",
                           is_range       ? arena_printf(mods->library->arena, "%.*s-%.*s",
                                                         TEXT_ARGUMENTS(first), TEXT_ARGUMENTS(last))
                           : first.length ? first
                                          : list,
                           one->span);
    }
    add_date(mods, "issued", xml_child_of(part, "date", NULL), "date");
}

static void add_origin(struct mods *mods, struct xml_element *of)
{
    static const char *const dates[] = {"dateIssued", "copyrightDate", "dateCreated", "dateOther"};
    for (struct xml_element *origin = xml_child_of(of, "originInfo", NULL); origin;
         origin = xml_child_of(of, "originInfo", origin)) {
        struct xml_element *term = NULL; /* a place in words; codes are for programs */
        for (struct xml_element *place = xml_child_of(origin, "place", NULL); place;
             place = xml_child_of(origin, "place", place))
            for (struct xml_element *one = xml_child_of(place, "placeTerm", NULL); one && !term;
                 one = xml_child_of(place, "placeTerm", one))
                if (!text_equal_c(xml_attribute_of(one, "type"), "code"))
                    term = one;
        add_text(mods, "publisher-place", term);
        add_text(mods, "publisher", xml_find(origin, "publisher"));
        add_text(mods, "edition", xml_find(origin, "edition"));
        for (size_t i = 0; i < sizeof dates / sizeof *dates; i++)
            add_date(mods, "issued", xml_child_of(origin, dates[i], NULL), dates[i]);
    }
}

static void add_identifiers(struct mods *mods, struct xml_element *of)
{
    static const struct {
        const char *type, *csl;
    } types[] = {
        {"doi", "DOI"},
        {"isbn", "ISBN"},
        {"issn", "ISSN"},
        {"pmid", "PMID"},
        {"pubmed", "PMID"},
        {"pmc", "PMCID"},
        {"report number", "number"},
        {"uri", "URL"},
    };
    for (struct xml_element *one = xml_child_of(of, "identifier", NULL); one;
         one = xml_child_of(of, "identifier", one)) {
        text type = xml_attribute_of(one, "type");
        for (size_t i = 0; i < sizeof types / sizeof *types; i++)
            if (text_equal_ignoring_case(type, text_from_c(types[i].type)))
                add_text(mods, types[i].csl, one);
    }
}

/* the whole */

static const char *type_of(struct mods *mods, struct xml_element *of, bool is_host)
{
    for (struct xml_element *one = xml_child_of(of, "genre", NULL); one;
         one = xml_child_of(of, "genre", one)) {
        text genre = xml_words(mods->library, one);
        for (size_t i = 0; i < sizeof genres / sizeof *genres; i++)
            if (text_equal_ignoring_case(genre, text_from_c(genres[i].genre)) &&
                (!is_host || genres[i].part))
                return is_host ? genres[i].part : genres[i].whole;
        one->is_read = false;
    }
    return NULL;
}

static const char *find_type(struct mods *mods, struct xml_element *record)
{
    const char *own = type_of(mods, record, false);
    if (!mods->host)
        return own ? own : xml_find(record, "originInfo/publisher") ? "book" : "document";
    const char *by_host = type_of(mods, mods->host, true);
    text issuance = xml_words(mods->library, xml_find(mods->host, "originInfo/issuance"));
    bool is_serial = text_equal_c(issuance, "continuing") || text_equal_c(issuance, "serial");
    bool is_whole = own && (strcmp(own, "book") == 0 || strcmp(own, "periodical") == 0);
    if (own && !is_whole) /* what it is counts more than what it stands in */
        return own;
    return by_host ? by_host : is_serial ? "article-journal" : "chapter";
}

static void add_subjects(struct mods *mods, struct xml_element *record)
{
    struct arena *arena = mods->library->arena;
    struct words_list list = {0};
    struct span span = record->span;
    for (struct xml_element *one = xml_child_of(record, "subject", NULL); one;
         one = xml_child_of(record, "subject", one)) {
        for (struct xml_element *part = one->first; part; part = part->next) {
            text words = part->name.length && part->first && part->first->name.length == 0
                             ? xml_words(mods->library, part)
                             : TEXT_EMPTY;
            if (words.length == 0)
                continue;
            span = list.count ? span : part->span;
            words_list_add(arena, &list, words);
        }
    }
    reference_add_text(arena, mods->reference, "keyword", words_list_join(arena, &list, ", "),
                       span);
}

static void add_notes(struct mods *mods, struct xml_element *record)
{
    struct words_list list = {0};
    struct span span = record->span;
    for (struct xml_element *one = xml_child_of(record, "note", NULL); one;
         one = xml_child_of(record, "note", one)) {
        text words = xml_words(mods->library, one);
        span = list.count ? span : one->span;
        words_list_add(mods->library->arena, &list, words);
    }
    reference_add_text(mods->library->arena, mods->reference, "note",
                       words_list_join(mods->library->arena, &list, "\n"), span);
}

static void add_rest(struct mods *mods, struct xml_element *record)
{
    add_text(mods, "abstract", xml_find(record, "abstract"));
    add_text(mods, "language", xml_find(record, "language/languageTerm"));
    struct xml_element *genre = xml_find(record, "genre");
    if (genre && text_equal_c(mods->reference->type, "thesis"))
        reference_add_text(mods->library->arena, mods->reference, "genre",
                           xml_words(mods->library, genre), genre->span);
    struct xml_element *url = xml_find(record, "location/url");
    add_text(mods, "URL", url);
    add_text(mods, "archive", xml_find(record, "location/physicalLocation"));
    add_text(mods, "call-number", xml_find(record, "location/shelfLocator"));
    add_text(mods, "call-number", xml_find(record, "classification"));
    text accessed = url ? xml_attribute_of(url, "dateLastAccessed") : TEXT_EMPTY;
    if (accessed.length)
        date_read(
            mods->library->arena, accessed,
            &reference_add(mods->library->arena, mods->reference, "accessed", FIELD_DATE, url->span)
                 ->date);
    add_subjects(mods, record);
    add_notes(mods, record);
}

void mods_read(struct library *library, struct xml_element *record)
{
    struct mods mods = {library, ARENA_NEW(library->arena, struct reference), NULL};
    struct reference *reference = mods.reference;
    struct xml_element *series = NULL;
    for (struct xml_element *one = xml_child_of(record, "relatedItem", NULL); one;
         one = xml_child_of(record, "relatedItem", one)) {
        if (text_equal_c(xml_attribute_of(one, "type"), "host") && !mods.host)
            mods.host = one;
        if (text_equal_c(xml_attribute_of(one, "type"), "series") && !series)
            series = one;
    }
    reference->span = record->span;
    reference->type = text_from_c(find_type(&mods, record));
    add_names(&mods, record, false);
    add_titles(&mods, record, "title", "title-short");
    struct xml_element *const parts[] = {record, mods.host};
    if (mods.host) {
        add_titles(&mods, mods.host, "container-title", "container-title-short");
        add_names(&mods, mods.host, true);
    }
    if (series) {
        add_title(&mods, "collection-title", xml_find(series, "titleInfo"));
        add_text(&mods, "collection-number", xml_find(series, "titleInfo/partNumber"));
        add_text(&mods, "collection-number", xml_find(series, "part/detail/number"));
    }
    for (size_t i = 0; i < 2 && parts[i]; i++) {
        add_numbers(&mods, parts[i]);
        add_origin(&mods, parts[i]);
        add_identifiers(&mods, parts[i]);
    }
    add_rest(&mods, record);
    reference->id = xml_attribute_of(record, "ID");
    if (reference->id.length == 0)
        reference->id = xml_words(library, xml_find(record, "recordInfo/recordIdentifier"));
    if (reference->id.length == 0)
        reference->id_stem = TEXT("mods");
    reference_take_language(library->arena, reference);
    xml_leave_rest(library, reference, record);
    library_add(library, reference);
}

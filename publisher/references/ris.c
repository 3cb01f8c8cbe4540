/* RIS: lines of a tag of two characters, two spaces, a hyphen, a space, and words (tagged.c). The
   tags follow the format's specification as reference managers write it; a tag may mean another
   field for another type. */
#include "references/ris.h"

#include "document/identifier.h"
#include "references/tagged.h"

#include <string.h>

static const struct {
    const char *ris, *csl;
} types[] = {
#define RIS_TYPE(ris, csl) {ris, csl},
#define RIS_TAG(tag, csl, kind)
#include "references/ris.def"
#undef RIS_TYPE
#undef RIS_TAG
};

const struct ris_tag ris_tags[] = {
#define RIS_TYPE(ris, csl)
#define RIS_TAG(tag, csl, kind) {tag, csl, kind},
#include "references/ris.def"
#undef RIS_TYPE
#undef RIS_TAG
    {NULL, NULL, RIS_TEXT},
};

/* Where a tag means another field for a type. */
static const struct {
    const char *tag, *type, *csl;
} exceptions[] = {
    {"T2", "book", "collection-title"},
    {"T2", "report", "collection-title"},
    {"T2", "thesis", "collection-title"},
    {"BT", "book", "title"},
    {"SN", "book", "ISBN"},
    {"SN", "chapter", "ISBN"},
    {"SN", "report", "number"},
    {"M1", "report", "number"},
};

const char *ris_field(const struct ris_tag *tag, text type)
{
    for (size_t i = 0; i < sizeof exceptions / sizeof *exceptions; i++)
        if (strcmp(tag->tag, exceptions[i].tag) == 0 && text_equal_c(type, exceptions[i].type))
            return exceptions[i].csl;
    return tag->csl;
}

const char *ris_type(text csl)
{
    for (size_t i = 0; i < sizeof types / sizeof *types; i++)
        if (text_equal_c(csl, types[i].csl))
            return types[i].ris;
    return NULL;
}

struct ris {
    struct library *into;
    struct reference *reference; /* the one in hand; NULL: between two */
    struct tagged_line end_page;
    struct gathering gathering;
};

static void gather(struct ris *ris, const struct ris_tag *tag, const struct tagged_line *line)
{
    struct gathered_field field = {
        .csl = tag->csl,
        .separator = tag->kind == RIS_LINES ? "\n" : ", ",
        .span = line->span,
    };
    gathering_add(ris->into->arena, &ris->gathering, &field, line->words);
}

/* dates: YYYY/MM/DD/other, or YYYY-MM-DD, or words */

static struct reference_date date_of(struct ris *ris, const struct tagged_line *line)
{
    struct arena *arena = ris->into->arena;
    struct reference_date date = {0};
    text other = TEXT_EMPTY;
    if (!date_read_strokes(arena, line->words, &date, &other))
        date_read_written(arena, line->words, text_equal_c(line->tag, "PY"), &date);
    if (other.length) /* "about" */
        reference_leave(arena, ris->reference, line->tag, other, line->span);
    return date;
}

static void add_date(struct ris *ris, const char *csl, const struct tagged_line *line)
{
    struct arena *arena = ris->into->arena;
    struct reference *reference = ris->reference;
    struct reference_date date = date_of(ris, line);
    struct reference_field *there = reference_change(reference, csl);
    if (!there) {
        reference_add(arena, reference, csl, FIELD_DATE, line->span)->date = date;
        return;
    }
    struct reference_date *old = &there->date;
    bool is_same = old->year == date.year && old->month == date.month && old->day == date.day &&
                   old->season == date.season && old->has_end == date.has_end &&
                   old->end_year == date.end_year && old->end_month == date.end_month &&
                   old->end_day == date.end_day && text_equal(old->literal, date.literal);
    bool is_year = old->year && old->month == 0 && !old->season;
    bool is_part = old->year == date.year && !old->has_end &&
                   (is_year || (old->month && old->month == date.month && old->day == 0));
    if (is_part || (old->year == 0 && date.year)) { /* DA says more than PY */
        if (old->literal.length)
            reference_leave(arena, reference, line->tag, old->literal, there->span);
        date.circa |= is_part && old->circa;
        *old = date;
        there->span = line->span;
    } else if (!is_same) {
        reference_leave(arena, reference, line->tag, line->words, line->span);
    }
}

/* references */

/* The length of the hyphen or dash of a range there; 0: none. */
static size_t dash_at(text pages, size_t at)
{
    static const char *const dashes[] = {"-", "\u2013", "\u2014"};
    for (size_t i = 0; i < sizeof dashes / sizeof *dashes; i++)
        if (text_starts_with(text_slice(pages, at, pages.length), text_from_c(dashes[i])))
            return strlen(dashes[i]);
    return 0;
}

static bool dash_before(text pages, size_t at)
{
    return (at >= 1 && dash_at(pages, at - 1) == 1) || (at >= 3 && dash_at(pages, at - 3) == 3);
}

/* "e12-e15" with "e15" */
static bool ends_with_page(text range, text page)
{
    return text_ends_with(range, page) && dash_before(range, range.length - page.length);
}

/* "1-10", "e12-e15", "xii-xv"; "S-12" and "A-1" are one page each. */
static bool is_page_range(text pages)
{
    bool has_digit = false;
    for (size_t at = 0; at < pages.length; at++) {
        size_t dash = dash_at(pages, at);
        if (dash && at && at + dash < pages.length) {
            char next = pages.bytes[at + dash];
            return has_digit || next < '0' || next > '9';
        }
        has_digit |= pages.bytes[at] >= '0' && pages.bytes[at] <= '9';
    }
    return false;
}

/* "1-10": numbers that rise; "12-3" may be one page of a chapter. */
static bool is_rising(text pages, unsigned long *first)
{
    unsigned long last;
    size_t dash = text_find_byte(pages, '-', 0);
    return dash != SIZE_MAX && text_to_number(text_slice(pages, 0, dash), 100000000, first) &&
           text_to_number(text_slice(pages, dash + 1, pages.length), 100000000, &last) &&
           *first < last;
}

/* Of digits and a hyphen alone: "12-3". */
static bool is_number(text pages)
{
    for (size_t i = 0; i < pages.length; i++) {
        if (pages.bytes[i] != '-' && (pages.bytes[i] < '0' || pages.bytes[i] > '9'))
            return false;
    }
    return true;
}

static void add_page(struct ris *ris)
{
    struct reference_field *page = reference_change(ris->reference, "page");
    struct arena *arena = ris->into->arena;
    text end = ris->end_page.words;
    if (!page) {
        reference_add_text(arena, ris->reference, "page", end, ris->end_page.span);
        return;
    }
    text start = page->value;
    unsigned long first, other;
    if (end.length == 0 || text_equal(end, start) || ends_with_page(start, end))
        return;
    size_t behind = end.length > start.length ? dash_at(end, start.length) : 0;
    if (behind && text_starts_with(end, start)) /* 1 and 1-10 */
        page->value = end;
    else if (dash_before(start, start.length)) /* 1- and 10 */
        page->value = arena_printf(arena, "%.*s%.*s", TEXT_ARGUMENTS(start), TEXT_ARGUMENTS(end));
    else if (is_rising(start, &first)
                 ? !is_page_range(end) || (is_rising(end, &other) && first != other)
                 : is_page_range(start) && !is_page_range(end) && !is_number(start))
        /* 1-10 and 12, 1-10 and 12-20: one is wrong */
        reference_leave(arena, ris->reference, TEXT("EP"), end, ris->end_page.span);
    else
        page->value = arena_printf(arena, "%.*s-%.*s", TEXT_ARGUMENTS(start), TEXT_ARGUMENTS(end));
}

static void end_reference(struct ris *ris)
{
    struct reference *reference = ris->reference;
    struct arena *arena = ris->into->arena;
    if (!reference)
        return;
    add_page(ris);
    ris->reference = NULL;
    gathering_end(arena, &ris->gathering, reference);
    if (reference->id.length == 0)
        reference->id = reference_text(reference, "DOI");
    if (reference->id.length == 0)
        reference->id_stem = TEXT("ris");
    reference_take_language(arena, reference);
    library_add(ris->into, reference);
}

static void begin_reference(struct ris *ris, const struct tagged_line *line)
{
    end_reference(ris);
    ris->end_page = (struct tagged_line){0};
    ris->gathering = (struct gathering){0};
    ris->reference = ARENA_NEW(ris->into->arena, struct reference);
    ris->reference->span = line->span;
    ris->reference->type = TEXT("document");
    size_t i = 0, count = sizeof types / sizeof *types;
    while (i < count && !text_equal_ignoring_case(line->words, text_from_c(types[i].ris)))
        i++;
    if (i < count)
        ris->reference->type = text_from_c(types[i].csl);
    else if (line->words.length)
        reference_leave(ris->into->arena, ris->reference, line->tag, line->words, line->span);
}

static void add_text(struct ris *ris, const char *csl, const struct tagged_line *line)
{
    const struct reference_field *there = reference_find(ris->reference, csl);
    text words = text_equal_c(text_from_c(csl), "DOI") ? doi_bare(ris->into->arena, line->words)
                                                       : line->words;
    if (!there)
        reference_add_text(ris->into->arena, ris->reference, csl, words, line->span);
    else if (!text_equal(there->value, words))
        reference_leave(ris->into->arena, ris->reference, line->tag, words, line->span);
}

static void take_tag(struct ris *ris, const struct tagged_line *line)
{
    struct reference *reference = ris->reference;
    if (line->words.length == 0)
        return;
    if (text_equal_c(line->tag, "ID")) {
        reference->id = line->words;
        return;
    }
    if (text_equal_c(line->tag, "EP")) {
        ris->end_page = *line;
        return;
    }
    const struct ris_tag *tag = ris_tags;
    while (tag->tag && !text_equal_c(line->tag, tag->tag))
        tag++;
    if (!tag->tag) {
        reference_leave(ris->into->arena, reference, line->tag, line->words, line->span);
        return;
    }
    const char *csl = ris_field(tag, reference->type);
    switch (tag->kind) {
    case RIS_TEXT:
        add_text(ris, csl, line);
        break;
    case RIS_LINES:
    case RIS_WORDS:
        gather(ris, tag, line);
        break;
    case RIS_NAME:
        reference_read_name(line->words,
                            reference_add_name(ris->into->arena, reference, csl, line->span));
        break;
    case RIS_DATE:
        add_date(ris, csl, line);
        break;
    }
}

void ris_read(struct library *library)
{
    struct ris ris = {.into = library};
    struct tagged tagged = {.into = library};
    struct tagged_line line;
    while (tagged_next(&tagged, &line)) {
        if (text_equal_c(line.tag, "TY")) {
            begin_reference(&ris, &line);
        } else if (text_equal_c(line.tag, "ER")) {
            end_reference(&ris);
        } else if (line.tag.length && ris.reference) {
            take_tag(&ris, &line);
        } else {
            library_report_syntax(library, line.span, "begin each reference with a line TY  - JOUR",
                                  "this line belongs to no reference");
        }
    }
    end_reference(&ris);
}

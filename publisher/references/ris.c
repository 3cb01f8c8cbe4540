/* RIS: lines of a tag of two characters, two spaces, a hyphen, a space, and words. The tags follow
   the format's specification as reference managers write it; a tag may mean another field for
   another type. */
#include "base/buffer.h"
#include "base/limits.h"
#include "references/library.h"

#include <string.h>

static const struct {
    const char *ris, *csl;
} types[] = {
    {"JOUR", "article-journal"},
    {"EJOUR", "article-journal"},
    {"MGZN", "article-magazine"},
    {"NEWS", "article-newspaper"},
    {"BOOK", "book"},
    {"EBOOK", "book"},
    {"EDBOOK", "book"},
    {"CHAP", "chapter"},
    {"ECHAP", "chapter"},
    {"CONF", "paper-conference"},
    {"CPAPER", "paper-conference"},
    {"THES", "thesis"},
    {"RPRT", "report"},
    {"GOVDOC", "report"},
    {"ELEC", "webpage"},
    {"WEB", "webpage"},
    {"BLOG", "post-weblog"},
    {"UNPB", "manuscript"},
    {"MANSCPT", "manuscript"},
    {"INPR", "article-journal"},
    {"PAT", "patent"},
    {"CASE", "legal_case"},
    {"STAT", "legislation"},
    {"BILL", "bill"},
    {"HEAR", "hearing"},
    {"DATA", "dataset"},
    {"COMP", "software"},
    {"VIDEO", "motion_picture"},
    {"MPCT", "motion_picture"},
    {"SOUND", "song"},
    {"MUSIC", "musical_score"},
    {"MAP", "map"},
    {"ART", "graphic"},
    {"FIGURE", "figure"},
    {"PCOMM", "personal_communication"},
    {"ICOMM", "personal_communication"},
    {"ENCYC", "entry-encyclopedia"},
    {"DICT", "entry-dictionary"},
    {"PAMP", "pamphlet"},
    {"SLIDE", "speech"},
    {"STAND", "standard"},
    {"JFULL", "periodical"},
    {"SER", "book"},
    {"ABST", "article-journal"},
    {"GEN", "document"},
};

enum ris_kind { RIS_TEXT, RIS_NAME, RIS_DATE };

static const struct {
    const char *tag, *csl;
    enum ris_kind kind;
} tags[] = {
    {"TI", "title", RIS_TEXT},
    {"T1", "title", RIS_TEXT},
    {"CT", "title", RIS_TEXT},
    {"BT", "container-title", RIS_TEXT},
    {"T2", "container-title", RIS_TEXT},
    {"JF", "container-title", RIS_TEXT},
    {"JO", "container-title", RIS_TEXT},
    {"T3", "collection-title", RIS_TEXT},
    {"ST", "title-short", RIS_TEXT},
    {"J2", "container-title-short", RIS_TEXT},
    {"JA", "container-title-short", RIS_TEXT},
    {"AU", "author", RIS_NAME},
    {"A1", "author", RIS_NAME},
    {"A2", "editor", RIS_NAME},
    {"ED", "editor", RIS_NAME},
    {"A3", "collection-editor", RIS_NAME},
    {"A4", "translator", RIS_NAME},
    {"VL", "volume", RIS_TEXT},
    {"IS", "issue", RIS_TEXT},
    {"CP", "issue", RIS_TEXT},
    {"ET", "edition", RIS_TEXT},
    {"NV", "number-of-volumes", RIS_TEXT},
    {"PB", "publisher", RIS_TEXT},
    {"CY", "publisher-place", RIS_TEXT},
    {"PP", "publisher-place", RIS_TEXT},
    {"DO", "DOI", RIS_TEXT},
    {"UR", "URL", RIS_TEXT},
    {"AN", "call-number", RIS_TEXT},
    {"AB", "abstract", RIS_TEXT},
    {"N2", "abstract", RIS_TEXT},
    {"N1", "note", RIS_TEXT},
    {"LA", "language", RIS_TEXT},
    {"M3", "genre", RIS_TEXT},
    {"PY", "issued", RIS_DATE},
    {"Y1", "issued", RIS_DATE},
    {"DA", "issued", RIS_DATE},
    {"Y2", "accessed", RIS_DATE},
};

struct ris {
    struct library *into;
    struct reference *reference; /* the one in hand; NULL: between two */
    text start_page, end_page;
    struct buffer keywords;
    /* words that a line without a tag goes on with, and what they have become */
    text *last;
    struct buffer going_on;
};

/* names */

static void add_name(struct ris *ris, const char *csl, text written)
{
    struct arena *arena = ris->into->arena;
    struct reference_field *field =
        (struct reference_field *)(uintptr_t)reference_find(ris->reference, csl);
    if (!field)
        field = reference_add(arena, ris->reference, csl, FIELD_NAMES);
    bool is_full = (field->name_count & (field->name_count - 1)) == 0; /* 0, 1, 2, 4, 8 … */
    if (is_full) {
        struct reference_name *names = ARENA_NEW_ARRAY(
            arena, field->name_count ? 2 * field->name_count : 1, struct reference_name);
        if (field->name_count)
            memcpy(names, field->names, field->name_count * sizeof *names);
        field->names = names;
    }
    struct reference_name *name = &field->names[field->name_count++];
    size_t comma = text_find_byte(written, ',', 0);
    if (comma == SIZE_MAX) {
        name->literal = written;
    } else {
        text rest = text_slice(written, comma + 1, written.length);
        size_t second = text_find_byte(rest, ',', 0);
        name->family = text_trim(text_slice(written, 0, comma));
        name->given = text_trim(text_slice(rest, 0, second));
        if (second != SIZE_MAX)
            name->suffix = text_trim(text_slice(rest, second + 1, rest.length));
    }
}

/* dates: YYYY/MM/DD/other, or YYYY-MM-DD, or words */

static bool take_number(text *rest, int most, int *number)
{
    size_t end = text_find_byte(*rest, '/', 0);
    text digits = text_trim(text_slice(*rest, 0, end));
    *rest = end == SIZE_MAX ? TEXT_EMPTY : text_slice(*rest, end + 1, rest->length);
    unsigned long value;
    if (!text_to_number(digits, (unsigned long)most, &value))
        return false;
    *number = (int)value;
    return true;
}

static void add_date(struct ris *ris, const char *csl, text written)
{
    struct arena *arena = ris->into->arena;
    struct reference_date date = {0};
    text rest = written;
    if (text_find_byte(written, '/', 0) == SIZE_MAX) {
        date_read(written, &date);
    } else if (!take_number(&rest, 9999, &date.year)) {
        date.literal = written;
    } else if (take_number(&rest, 12, &date.month)) {
        take_number(&rest, 31, &date.day);
    }
    const struct reference_field *there = reference_find(ris->reference, csl);
    if (!there) {
        reference_add(arena, ris->reference, csl, FIELD_DATE)->date = date;
    } else if (there->date.year == date.year && there->date.month == 0) {
        ((struct reference_field *)(uintptr_t)there)->date = date; /* DA says more than PY */
    }
}

/* references */

static void end_words(struct ris *ris)
{
    if (ris->last && ris->going_on.length)
        *ris->last = arena_copy(ris->into->arena, buffer_text(&ris->going_on));
    ris->last = NULL;
    buffer_clear(&ris->going_on);
}

/* A line without a tag. */
static void go_on(struct ris *ris, text words)
{
    if (ris->going_on.length == 0)
        buffer_add_text(&ris->going_on, *ris->last);
    buffer_add_byte(&ris->going_on, ' ');
    buffer_add_text(&ris->going_on, words);
}

static void end_reference(struct ris *ris)
{
    struct reference *reference = ris->reference;
    struct arena *arena = ris->into->arena;
    if (!reference)
        return;
    ris->reference = NULL;
    end_words(ris);
    reference_add_text(arena, reference, "keyword", arena_copy(arena, buffer_text(&ris->keywords)));
    buffer_clear(&ris->keywords);
    if (ris->start_page.length)
        reference_add_text(arena, reference, "page",
                           ris->end_page.length && !text_equal(ris->end_page, ris->start_page)
                               ? arena_printf(arena, "%.*s-%.*s", TEXT_ARGUMENTS(ris->start_page),
                                              TEXT_ARGUMENTS(ris->end_page))
                               : ris->start_page);
    if (reference->id.length == 0)
        reference->id = reference_text(reference, "DOI");
    if (reference->id.length == 0)
        reference->id = arena_printf(arena, "ris%zu", ris->into->list->count + 1);
    text language = reference_text(reference, "language");
    if (language.length)
        reference_set_language(arena, reference, language);
    library_add(ris->into, reference);
}

static void begin_reference(struct ris *ris, text type, struct span span)
{
    end_reference(ris);
    ris->start_page = ris->end_page = TEXT_EMPTY;
    ris->reference = ARENA_NEW(ris->into->arena, struct reference);
    ris->reference->span = span;
    ris->reference->type = TEXT("document");
    for (size_t i = 0; i < sizeof types / sizeof *types; i++) {
        if (text_equal_ignoring_case(type, text_from_c(types[i].ris)))
            ris->reference->type = text_from_c(types[i].csl);
    }
}

/* Where the serial number goes is told by what the thing is. */
static const char *field_of_serial(const struct reference *reference)
{
    bool is_book =
        text_equal_c(reference->type, "book") || text_equal_c(reference->type, "chapter");
    return is_book ? "ISBN" : text_equal_c(reference->type, "report") ? "number" : "ISSN";
}

/* A line for each. */
static void add_keyword(struct ris *ris, text word)
{
    if (ris->keywords.length)
        buffer_add_c(&ris->keywords, ", ");
    buffer_add_text(&ris->keywords, word);
}

static void take_tag(struct ris *ris, text tag, text words)
{
    struct arena *arena = ris->into->arena;
    struct reference *reference = ris->reference;
    end_words(ris);
    if (words.length == 0)
        return;
    if (text_equal_c(tag, "SP")) {
        ris->start_page = words;
    } else if (text_equal_c(tag, "EP")) {
        ris->end_page = words;
    } else if (text_equal_c(tag, "ID")) {
        reference->id = words;
    } else if (text_equal_c(tag, "KW")) {
        add_keyword(ris, words);
    } else if (text_equal_c(tag, "SN") && !reference_find(reference, field_of_serial(reference))) {
        reference_add_text(arena, reference, field_of_serial(reference), words);
    }
    for (size_t i = 0; i < sizeof tags / sizeof *tags; i++) {
        if (!text_equal_c(tag, tags[i].tag))
            continue;
        if (tags[i].kind == RIS_NAME) {
            add_name(ris, tags[i].csl, words);
        } else if (tags[i].kind == RIS_DATE) {
            add_date(ris, tags[i].csl, words);
        } else if (!reference_find(reference, tags[i].csl)) {
            struct reference_field *field =
                reference_add(arena, reference, tags[i].csl, FIELD_TEXT);
            field->value = words;
            ris->last = &field->value;
        }
        return;
    }
}

static bool is_tagged(text line)
{
    return line.length >= 5 && line.bytes[2] == ' ' && line.bytes[3] == ' ' &&
           line.bytes[4] == '-' && line.bytes[0] >= 'A' && line.bytes[0] <= 'Z';
}

void ris_read(struct library *library)
{
    struct ris ris = {.into = library};
    buffer_init(&ris.keywords, 2 * LIMIT_REFERENCES_BYTES);
    buffer_init(&ris.going_on, 2 * LIMIT_REFERENCES_BYTES);
    text bytes = library->bytes;
    size_t from = text_starts_with(bytes, TEXT("\xEF\xBB\xBF")) ? 3 : 0;
    while (from < bytes.length) {
        size_t end = text_find_byte(bytes, '\n', from);
        end = end == SIZE_MAX ? bytes.length : end;
        text line = text_slice(bytes, from, end);
        size_t offset = from;
        from = end + 1;
        if (text_is_blank(line))
            continue;
        struct span span = library_span(library, offset, offset + text_trim(line).length);
        text words = library_clean(library, text_slice(line, 5, line.length));
        if (!is_tagged(line)) {
            if (ris.last)
                go_on(&ris, library_clean(library, line));
            else if (!ris.reference)
                library_report_syntax(library, span, "begin each reference with a line TY  - JOUR",
                                      "this line belongs to no reference");
            continue;
        }
        text tag = text_slice(line, 0, 2);
        if (text_equal_c(tag, "TY")) {
            begin_reference(&ris, words, span);
        } else if (text_equal_c(tag, "ER")) {
            end_reference(&ris);
        } else if (ris.reference) {
            take_tag(&ris, tag, words);
        } else {
            library_report_syntax(library, span, "begin each reference with a line TY  - JOUR",
                                  "this line belongs to no reference");
        }
    }
    end_reference(&ris);
    buffer_release(&ris.keywords);
    buffer_release(&ris.going_on);
}

/* EndNote's XML: records of elements whose words stand in styles. The elements and the numbers of
   its kinds of works are those of EndNote's own table of types of references. */
#include "references/xml.h"

#include "document/identifier.h"

#include <string.h>

static const struct {
    const char *name, *number, *csl; /* the name in the attribute; the number as words */
} types[] = {
    {"Journal Article", "17", "article-journal"},
    {"Electronic Article", "43", "article-journal"},
    {"Magazine Article", "19", "article-magazine"},
    {"Newspaper Article", "23", "article-newspaper"},
    {"Book", "6", "book"},
    {"Edited Book", "28", "book"},
    {"Electronic Book", "44", "book"},
    {"Serial", "57", "book"},
    {"Book Section", "5", "chapter"},
    {"Electronic Book Section", "60", "chapter"},
    {"Conference Proceedings", "10", "paper-conference"},
    {"Conference Paper", "47", "paper-conference"},
    {"Thesis", "32", "thesis"},
    {"Report", "27", "report"},
    {"Government Document", "46", "report"},
    {"Web Page", "12", "webpage"},
    {"Blog", "56", "post-weblog"},
    {"Unpublished Work", "34", "manuscript"},
    {"Manuscript", "36", "manuscript"},
    {"Patent", "25", "patent"},
    {"Case", "7", "legal_case"},
    {"Statute", "31", "legislation"},
    {"Bill", "4", "bill"},
    {"Hearing", "14", "hearing"},
    {"Dataset", "59", "dataset"},
    {"Online Database", "45", "dataset"},
    {"Computer Program", "9", "software"},
    {"Film or Broadcast", "21", "motion_picture"},
    {"Audiovisual Material", "3", "motion_picture"},
    {"Music", "61", "musical_score"},
    {"Map", "20", "map"},
    {"Artwork", "2", "graphic"},
    {"Figure", "37", "figure"},
    {"Personal Communication", "26", "personal_communication"},
    {"Encyclopedia", "53", "entry-encyclopedia"},
    {"Dictionary", "52", "entry-dictionary"},
    {"Standard", "58", "standard"},
    {"Pamphlet", "24", "pamphlet"},
    {"Interview", "64", "interview"},
};

/* RICH: words whose looks count. */
enum endnote_kind { ENDNOTE_TEXT, ENDNOTE_RICH, ENDNOTE_NAMES, ENDNOTE_LIST, ENDNOTE_DATE };

/* Of several for one field the first that is there. type: only of these; NULL: of all others. */
static const struct {
    const char *path, *type, *csl;
    enum endnote_kind kind;
} fields[] = {
    {"contributors/authors", NULL, "author", ENDNOTE_NAMES},
    {"contributors/secondary-authors", "book", "collection-editor", ENDNOTE_NAMES},
    {"contributors/secondary-authors", NULL, "editor", ENDNOTE_NAMES},
    {"contributors/tertiary-authors", NULL, "collection-editor", ENDNOTE_NAMES},
    {"contributors/subsidiary-authors", NULL, "translator", ENDNOTE_NAMES},
    {"titles/title", NULL, "title", ENDNOTE_RICH},
    {"titles/secondary-title", "book", "collection-title", ENDNOTE_RICH},
    {"titles/secondary-title", "report", "collection-title", ENDNOTE_RICH},
    {"titles/secondary-title", NULL, "container-title", ENDNOTE_RICH},
    {"periodical/full-title", NULL, "container-title", ENDNOTE_RICH},
    {"periodical/abbr-1", NULL, "container-title-short", ENDNOTE_RICH},
    {"titles/alt-title", NULL, "container-title-short", ENDNOTE_RICH},
    {"titles/tertiary-title", NULL, "collection-title", ENDNOTE_RICH},
    {"titles/short-title", NULL, "title-short", ENDNOTE_RICH},
    {"pages", NULL, "page", ENDNOTE_TEXT},
    {"volume", NULL, "volume", ENDNOTE_TEXT},
    {"number", "article-journal", "issue", ENDNOTE_TEXT},
    {"number", "article-magazine", "issue", ENDNOTE_TEXT},
    {"number", "article-newspaper", "issue", ENDNOTE_TEXT},
    {"number", NULL, "number", ENDNOTE_TEXT},
    {"issue", NULL, "issue", ENDNOTE_TEXT},
    {"num-vols", NULL, "number-of-volumes", ENDNOTE_TEXT},
    {"edition", NULL, "edition", ENDNOTE_TEXT},
    {"section", NULL, "section", ENDNOTE_TEXT},
    {"pub-location", NULL, "publisher-place", ENDNOTE_TEXT},
    {"publisher", NULL, "publisher", ENDNOTE_TEXT},
    {"isbn", "article-journal", "ISSN", ENDNOTE_TEXT},
    {"isbn", "article-magazine", "ISSN", ENDNOTE_TEXT},
    {"isbn", "article-newspaper", "ISSN", ENDNOTE_TEXT},
    {"isbn", "report", "number", ENDNOTE_TEXT},
    {"isbn", "patent", "number", ENDNOTE_TEXT},
    {"isbn", NULL, "ISBN", ENDNOTE_TEXT},
    {"electronic-resource-num", NULL, "DOI", ENDNOTE_TEXT},
    {"urls/related-urls/url", NULL, "URL", ENDNOTE_TEXT},
    {"urls/web-urls/url", NULL, "URL", ENDNOTE_TEXT},
    {"access-date", NULL, "accessed", ENDNOTE_DATE},
    {"abstract", NULL, "abstract", ENDNOTE_RICH},
    {"notes", NULL, "note", ENDNOTE_RICH},
    {"research-notes", NULL, "annote", ENDNOTE_RICH},
    {"keywords", NULL, "keyword", ENDNOTE_LIST},
    {"work-type", NULL, "genre", ENDNOTE_TEXT},
    {"language", NULL, "language", ENDNOTE_TEXT},
    {"call-num", NULL, "call-number", ENDNOTE_TEXT},
    {"remote-database-name", NULL, "source", ENDNOTE_TEXT},
};

static const char *find_type(struct library *library, struct xml_element *record)
{
    struct xml_element *type = xml_find(record, "ref-type");
    text name = xml_attribute_of(type, "name"), number = xml_words(library, type);
    for (size_t i = 0; i < sizeof types / sizeof *types; i++)
        if (name.length ? text_equal_c(name, types[i].name) : text_equal_c(number, types[i].number))
            return types[i].csl;
    type->is_read = name.length == 0 || text_equal_c(name, "Generic");
    return "document";
}

/* "Smith, John"; EndNote writes a body with a comma at its end. */
static void add_names(struct library *library, struct reference *reference, const char *csl,
                      struct xml_element *names)
{
    for (struct xml_element *one = names->first; one; one = one->next) {
        text words = one->name.length ? xml_words(library, one) : TEXT_EMPTY;
        if (words.length == 0)
            continue;
        struct reference_name *name = reference_add_name(library->arena, reference, csl, one->span);
        size_t comma = text_find_byte(words, ',', 0);
        if (comma + 1 == words.length)
            name->literal = text_trim(text_slice(words, 0, comma));
        else
            reference_read_name(words, name);
    }
}

static void add_list(struct library *library, struct reference *reference, const char *csl,
                     struct xml_element *items)
{
    struct words_list list = {0};
    for (struct xml_element *one = items->first; one; one = one->next) {
        text words = one->name.length ? xml_words(library, one) : TEXT_EMPTY;
        if (words.length)
            words_list_add(library->arena, &list, words);
    }
    reference_add_text(library->arena, reference, csl, words_list_join(library->arena, &list, ", "),
                       items->span);
}

/* Whether the words, which stand beside the date, say more of it: "Mar 15", "2019/03/15", "March
   15, 2019". */
static bool read_more(struct arena *arena, text more, struct reference_date *date)
{
    struct reference_date whole = {0};
    text other = TEXT_EMPTY;
    bool is_open = text_ends_with(more, TEXT("-")) || text_ends_with(more, TEXT("\xE2\x80\x93"));
    bool is_year = date->year > 0 && !date->month && !date->season && !date->has_end && !is_open;
    if (is_year &&
        date_read_words(arena_printf(arena, "%.*s %04d", TEXT_ARGUMENTS(more), date->year),
                        &whole)) {
        whole.circa |= date->circa;
        *date = whole;
        return true;
    }
    if (!date_read_strokes(arena, more, &whole, &other))
        date_read_written(arena, more, false, &whole);
    bool is_empty = date->year == 0 && date->literal.length == 0;
    bool is_same = whole.year && whole.year == date->year && !date->has_end && !date->season &&
                   (!date->month || (date->month == whole.month && !date->day));
    if (other.length || !(is_empty || is_same))
        return false;
    whole.circa |= date->circa;
    *date = whole;
    return true;
}

/* The year, with the day and month that stand beside it, or alone. */
static void add_issued(struct library *library, struct reference *reference,
                       struct xml_element *record)
{
    struct xml_element *year = xml_find(record, "dates/year");
    struct xml_element *day = xml_find(record, "dates/pub-dates/date");
    text words = xml_words(library, year), more = xml_words(library, day);
    if (words.length + more.length == 0)
        return;
    struct reference_date *date = &reference_add(library->arena, reference, "issued", FIELD_DATE,
                                                 words.length ? year->span : day->span)
                                       ->date;
    if (words.length)
        date_read_written(library->arena, words, true, date);
    if (more.length && !read_more(library->arena, more, date))
        xml_unread(day);
}

void endnote_read(struct library *library, struct xml_element *record)
{
    struct arena *arena = library->arena;
    struct reference *reference = ARENA_NEW(arena, struct reference);
    reference->span = record->span;
    reference->type = text_from_c(find_type(library, record));
    bool is_edited =
        text_equal_c(xml_attribute_of(xml_find(record, "ref-type"), "name"), "Edited Book");
    for (size_t i = 0; i < sizeof fields / sizeof *fields; i++) {
        struct xml_element *element = xml_find(record, fields[i].path);
        bool is_of_type = !fields[i].type || text_equal_c(reference->type, fields[i].type);
        if (!element || element->is_read || !is_of_type ||
            (reference_find(reference, fields[i].csl) && fields[i].kind != ENDNOTE_NAMES))
            continue;
        const char *csl = is_edited && i == 0 ? "editor" : fields[i].csl;
        text words;
        switch (fields[i].kind) {
        case ENDNOTE_NAMES:
            add_names(library, reference, csl, element);
            element->is_read = true;
            break;
        case ENDNOTE_LIST:
            add_list(library, reference, csl, element);
            break;
        case ENDNOTE_DATE:
            words = xml_words(library, element);
            if (words.length)
                date_read(arena, words,
                          &reference_add(arena, reference, csl, FIELD_DATE, element->span)->date);
            break;
        case ENDNOTE_RICH:
            reference_add_text(arena, reference, csl, xml_rich(library, element), element->span);
            break;
        case ENDNOTE_TEXT:
            words = xml_words(library, element);
            reference_add_text(arena, reference, csl,
                               strcmp(csl, "DOI") == 0 ? doi_bare(arena, words) : words,
                               element->span);
            break;
        }
    }
    add_issued(library, reference, record);
    text number = xml_words(library, xml_find(record, "rec-number"));
    text label = xml_words(library, xml_find(record, "label"));
    if (label.length)
        reference->id = label;
    else if (number.length)
        reference->id = arena_printf(arena, "endnote%.*s", TEXT_ARGUMENTS(number));
    else
        reference->id_stem = TEXT("endnote-");
    reference_take_language(arena, reference);
    xml_leave_rest(library, reference, record);
    library_add(library, reference);
}

/* The front matter: YAML between two lines of three hyphens at the very beginning. What each key
   may be stands in the table of keys; a language or a title is never guessed. */
#include "base/lengths.h"
#include "base/levels.h"
#include "base/limits.h"
#include "base/yaml.h"
#include "document/language.h"
#include "read/reader.h"

#include <string.h>

struct front {
    struct reader *reader;
    struct metadata *metadata;
    uint32_t first_line; /* the article's line of the YAML's first line */
    bool has_title, has_language;
};

/* libyaml counts characters, spans count bytes. */
static uint32_t byte_column(text line, size_t characters)
{
    size_t offset = 0;
    while (characters-- && text_next(line, &offset) != UINT32_MAX)
        ;
    return (uint32_t)offset + 1;
}

static struct span span_of(const struct front *front, struct yaml_place place)
{
    struct span span = {.file = front->reader->file};
    span.line = front->first_line + (uint32_t)place.line;
    span.end_line = front->first_line + (uint32_t)place.end_line;
    span.column = byte_column(reader_line(front->reader, span.line), place.column);
    span.end_column = byte_column(reader_line(front->reader, span.end_line), place.end_column);
    bool is_empty = span.end_line == span.line && span.end_column <= span.column;
    if (span.end_column > 1 && !is_empty)
        span.end_column--; /* YAML's end is exclusive */
    return span;
}

static void report_kind(struct front *front, const struct yaml_value *value, const char *wanted)
{
    report_error(front->reader->report, "front-matter-syntax", span_of(front, value->place), wanted,
                 "the value of %.*s is not of its kind", TEXT_ARGUMENTS(value->key));
}

static bool has_control(text words)
{
    for (size_t i = 0; i < words.length; i++) {
        unsigned char c = (unsigned char)words.bytes[i];
        if ((c < 0x20 && c != '\t' && c != '\n') || c == 0x7F)
            return true;
    }
    return false;
}

/* White space as one space each, none at the ends. */
static text fold_spaces(struct arena *arena, text words)
{
    char *bytes = arena_copy_c(arena, text_trim(words));
    size_t length = 0;
    for (const char *from = bytes; *from; from++) {
        bool is_space = *from == ' ' || *from == '\n' || *from == '\t';
        if (!is_space)
            bytes[length++] = *from;
        else if (length && bytes[length - 1] != ' ')
            bytes[length++] = ' ';
    }
    return (text){bytes, length};
}

static text read_words(struct front *front, const struct yaml_value *value)
{
    if (value->kind != YAML_SCALAR) {
        report_kind(front, value, "write words after the colon");
        return TEXT_EMPTY;
    }
    if (has_control(value->scalar)) {
        report_error(front->reader->report, "control-character", span_of(front, value->place),
                     "take the character out", "a control character does not belong in a text");
        return TEXT_EMPTY;
    }
    bool is_null = value->plain && (text_equal_c(value->scalar, "~") ||
                                    text_equal_ignoring_case(value->scalar, TEXT("null")));
    return is_null ? TEXT_EMPTY : fold_spaces(front->reader->arena, value->scalar);
}

/* For translators: the words of a value. */
static void keep_unit(struct front *front, enum unit_kind kind, const struct yaml_value *value,
                      text words)
{
    if (words.length)
        reader_add_unit(front->reader, kind, words, span_of(front, value->place));
}

/* simple keys */

static void read_title(struct front *front, const struct yaml_value *value)
{
    front->metadata->title = read_words(front, value);
    front->metadata->title_span = span_of(front, value->place);
    keep_unit(front, UNIT_TITLE, value, front->metadata->title);
    front->has_title = front->metadata->title.length > 0 || value->kind != YAML_SCALAR;
}

static void read_subtitle(struct front *front, const struct yaml_value *value)
{
    front->metadata->subtitle = read_words(front, value);
    front->reader->subtitle_span = span_of(front, value->place);
    keep_unit(front, UNIT_SUBTITLE, value, front->metadata->subtitle);
}

static void read_language(struct front *front, const struct yaml_value *value)
{
    text tag = read_words(front, value);
    front->has_language = tag.length > 0 || value->kind != YAML_SCALAR;
    keep_unit(front, UNIT_LANGUAGE, value, tag);
    if (tag.length == 0)
        return;
    if (!language_is_valid(tag)) {
        report_error(front->reader->report, "language-invalid", span_of(front, value->place),
                     "write a tag such as en, pt-BR or zh-Hans", "%.*s is not a language tag",
                     TEXT_ARGUMENTS(tag));
        return;
    }
    front->metadata->language = language_canonical(front->reader->arena, tag);
}

static bool read_digits(text date, size_t from, size_t count, unsigned long *number)
{
    return date.length >= from + count &&
           text_to_number(text_slice(date, from, from + count), 9999, number);
}

static bool is_date(text date)
{
    static const unsigned char days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    unsigned long year, month, day;
    if (!read_digits(date, 0, 4, &year) || year == 0)
        return false;
    if (date.length == 4)
        return true;
    if (date.bytes[4] != '-' || !read_digits(date, 5, 2, &month) || month < 1 || month > 12)
        return false;
    if (date.length == 7)
        return true;
    bool is_leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
    return date.length == 10 && date.bytes[7] == '-' && read_digits(date, 8, 2, &day) && day >= 1 &&
           day <= (unsigned long)days[month - 1] + (month == 2 && is_leap);
}

static void read_date(struct front *front, const struct yaml_value *value)
{
    text date = read_words(front, value);
    front->reader->date_span = span_of(front, value->place);
    if (date.length && !is_date(date))
        report_kind(front, value, "write a date as 2026-11-23, 2026-11 or 2026");
    else
        front->metadata->date = date;
}

static void read_bibliography(struct front *front, const struct yaml_value *value)
{
    front->metadata->bibliography = read_words(front, value);
    front->metadata->bibliography_span = span_of(front, value->place);
}

static void read_profile(struct front *front, const struct yaml_value *value)
{
    front->metadata->profile = read_words(front, value);
    front->metadata->profile_span = span_of(front, value->place);
}

static void read_theme(struct front *front, const struct yaml_value *value)
{
    front->metadata->theme = read_words(front, value);
    front->metadata->theme_span = span_of(front, value->place);
}

static struct span place_of_rule(const void *front, struct yaml_place place)
{
    return span_of(front, place);
}

static void read_rules(struct front *front, const struct yaml_value *value)
{
    levels_read(front->reader->report, value, place_of_rule, front, true);
}

static void read_reading_level(struct front *front, const struct yaml_value *value)
{
    text word = read_words(front, value);
    if (text_equal_c(word, "easy"))
        front->metadata->reading_level = READING_EASY;
    else if (text_equal_c(word, "plain"))
        front->metadata->reading_level = READING_PLAIN;
    else if (word.length)
        report_kind(front, value, "write easy or plain");
}

static void read_contents(struct front *front, const struct yaml_value *value)
{
    text word = read_words(front, value);
    if (text_equal_c(word, "true"))
        front->metadata->contents = CONTENTS_WANTED;
    else if (text_equal_c(word, "false"))
        front->metadata->contents = CONTENTS_UNWANTED;
    else if (word.length)
        report_kind(front, value, "write true or false");
}

/* lists */

static size_t count_values(const struct yaml_value *value)
{
    size_t count = 0;
    for (const struct yaml_value *item = value->first; item; item = item->next)
        count++;
    return count;
}

/* A list, or words with commas between them. */
static text *read_list(struct front *front, const struct yaml_value *value, size_t *count)
{
    struct arena *arena = front->reader->arena;
    *count = 0;
    if (value->kind == YAML_MAPPING) {
        report_kind(front, value, "write a list, or words with commas between them");
        return NULL;
    }
    if (value->kind == YAML_SEQUENCE) {
        text *items = ARENA_NEW_ARRAY(arena, count_values(value), text);
        for (const struct yaml_value *item = value->first; item; item = item->next) {
            text words = read_words(front, item);
            if (words.length)
                items[(*count)++] = words;
        }
        return items;
    }
    text all = read_words(front, value), *items = NULL;
    size_t capacity = 0, start = 0;
    while (start < all.length) {
        size_t end = text_find_byte(all, ',', start);
        if (end == SIZE_MAX)
            end = all.length;
        text item = text_trim(text_slice(all, start, end));
        if (item.length) {
            ARENA_GROW(arena, items, *count, capacity);
            items[(*count)++] = item;
        }
        start = end + 1;
    }
    return items;
}

static void read_keywords(struct front *front, const struct yaml_value *value)
{
    front->metadata->keywords = read_list(front, value, &front->metadata->keyword_count);
    if (value->kind == YAML_SCALAR && front->metadata->keyword_count)
        keep_unit(front, UNIT_KEYWORD, value, read_words(front, value));
    for (const struct yaml_value *item = value->first; item; item = item->next)
        keep_unit(front, UNIT_KEYWORD, item, read_words(front, item));
}

/* Keys as Pandoc writes them, with or without the at sign. */
static void read_csl(struct front *front, const struct yaml_value *value)
{
    front->metadata->csl = read_words(front, value);
    front->metadata->csl_span = span_of(front, value->place);
}

static void read_nocite(struct front *front, const struct yaml_value *value)
{
    struct metadata *metadata = front->metadata;
    metadata->nocite = read_list(front, value, &metadata->nocite_count);
    metadata->nocite_span = span_of(front, value->place);
    for (size_t i = 0; i < metadata->nocite_count; i++) {
        text key = metadata->nocite[i];
        metadata->nocite[i] = text_slice(key, text_starts_with(key, TEXT("@")), key.length);
    }
}

static void read_lists(struct front *front, const struct yaml_value *value)
{
    size_t count;
    text *names = read_list(front, value, &count);
    for (size_t i = 0; i < count; i++) {
        if (text_equal_c(names[i], "figures"))
            front->metadata->lists |= LIST_OF_FIGURES;
        else if (text_equal_c(names[i], "tables"))
            front->metadata->lists |= LIST_OF_TABLES;
        else
            report_kind(front, value, "write figures, tables or both");
    }
}

/* keys in a group */

struct key {
    const char *name;
    void (*read)(struct front *front, const struct yaml_value *value);
};

static void read_keys(struct front *front, const struct yaml_value *mapping, const struct key *keys,
                      size_t count)
{
    enum { MOST_KEYS = 24 };
    for (const struct yaml_value *value = mapping->first; value; value = value->next) {
        size_t i = 0;
        while (i < count && !text_equal_c(value->key, keys[i].name))
            i++;
        if (i < count) {
            keys[i].read(front, value);
            continue;
        }
        const char *names[MOST_KEYS];
        for (i = 0; i < count && i < MOST_KEYS; i++)
            names[i] = keys[i].name;
        report_warning(
            front->reader->report, "front-matter-unknown-key", span_of(front, value->key_place),
            reader_did_you_mean(front->reader, reader_nearest(front->reader, value->key, names, i)),
            "Lectern does not know the key %.*s", TEXT_ARGUMENTS(value->key));
    }
}
#define READ_KEYS(front, mapping, keys)                                                            \
    read_keys((front), (mapping), (keys), sizeof(keys) / sizeof(keys)[0])

/* author */

static struct author *last_author(struct front *front)
{
    return &front->metadata->authors[front->metadata->author_count];
}

static void read_author_name(struct front *front, const struct yaml_value *value)
{
    last_author(front)->name = read_words(front, value);
}

static void read_author_affiliation(struct front *front, const struct yaml_value *value)
{
    last_author(front)->affiliation = read_words(front, value);
    keep_unit(front, UNIT_AFFILIATION, value, last_author(front)->affiliation);
}

static const struct key author_keys[] = {
    {"name", read_author_name},
    {"affiliation", read_author_affiliation},
};

static void read_one_author(struct front *front, const struct yaml_value *value)
{
    if (value->kind == YAML_MAPPING)
        READ_KEYS(front, value, author_keys);
    else
        last_author(front)->name = read_words(front, value);
    if (last_author(front)->name.length == 0) {
        if (value->kind == YAML_MAPPING)
            report_error(front->reader->report, "front-matter-syntax", span_of(front, value->place),
                         "add a line name: …", "an author without a name");
        return;
    }
    front->reader->author_spans[front->metadata->author_count++] = span_of(front, value->place);
}

static void read_author(struct front *front, const struct yaml_value *value)
{
    size_t count = value->kind == YAML_SEQUENCE ? count_values(value) : 1;
    /* one more than there can be: last_author may stand behind the last */
    front->metadata->authors = ARENA_NEW_ARRAY(front->reader->arena, count + 1, struct author);
    front->reader->author_spans = ARENA_NEW_ARRAY(front->reader->arena, count + 1, struct span);
    if (value->kind != YAML_SEQUENCE) {
        read_one_author(front, value);
        return;
    }
    for (const struct yaml_value *item = value->first; item; item = item->next)
        read_one_author(front, item);
}

/* page */

enum { LEAST_PAGE_MM = 40, MOST_PAGE_MM = 2000 };

static void read_page_size(struct front *front, const struct yaml_value *value)
{
    struct page_setup *page = &front->metadata->page;
    if (!paper_find(read_words(front, value), &page->width, &page->height))
        report_kind(front, value,
                    "write a3, a4, a5, a6, letter or legal, or give width and height");
}

static void read_page_length(struct front *front, const struct yaml_value *value, double *points,
                             double least)
{
    double length;
    if (!length_read(read_words(front, value), &length)) {
        report_kind(front, value, "write a length with its unit: 80mm, 2cm, 8.5in or 300pt");
        return;
    }
    if (length < least || length > MOST_PAGE_MM * POINTS_PER_MM) {
        report_error(front->reader->report, "front-matter-syntax", span_of(front, value->place),
                     "a page is between 40mm and 2000mm wide and high",
                     "the length of %.*s cannot be", TEXT_ARGUMENTS(value->key));
        return;
    }
    *points = length;
}

static void read_page_width(struct front *front, const struct yaml_value *value)
{
    read_page_length(front, value, &front->metadata->page.width, LEAST_PAGE_MM * POINTS_PER_MM);
}

static void read_page_height(struct front *front, const struct yaml_value *value)
{
    read_page_length(front, value, &front->metadata->page.height, LEAST_PAGE_MM * POINTS_PER_MM);
}

#define PAGE_LENGTH_KEY(field)                                                                     \
    static void read_page_##field(struct front *front, const struct yaml_value *value)             \
    {                                                                                              \
        read_page_length(front, value, &front->metadata->page.field, 0);                           \
    }
PAGE_LENGTH_KEY(margin)
PAGE_LENGTH_KEY(margin_top)
PAGE_LENGTH_KEY(margin_bottom)
PAGE_LENGTH_KEY(margin_sides)

static void read_page_bleed(struct front *front, const struct yaml_value *value)
{
    enum { MOST_BLEED_MM = 25 };
    struct page_setup *page = &front->metadata->page;
    read_page_length(front, value, &page->bleed, 0);
    if (page->bleed > MOST_BLEED_MM * POINTS_PER_MM) {
        report_kind(front, value, "write a length up to 25mm; printers ask for 3mm");
        page->bleed = 0;
    }
}

static void read_page_columns(struct front *front, const struct yaml_value *value)
{
    text words = read_words(front, value);
    if (text_equal_c(words, "1") || text_equal_c(words, "2"))
        front->metadata->page.columns = words.bytes[0] == '1' ? 1 : 2;
    else
        report_kind(front, value, "write 1 or 2");
}

static void read_page_crop_marks(struct front *front, const struct yaml_value *value)
{
    text words = read_words(front, value);
    if (!text_equal_c(words, "true") && !text_equal_c(words, "false"))
        report_kind(front, value, "write true or false");
    front->metadata->page.crop_marks = text_equal_c(words, "true");
}

static const struct key page_keys[] = {
    {"size", read_page_size},
    {"width", read_page_width},
    {"height", read_page_height},
    {"margin", read_page_margin},
    {"margin-top", read_page_margin_top},
    {"margin-bottom", read_page_margin_bottom},
    {"margin-sides", read_page_margin_sides},
    {"columns", read_page_columns},
    {"crop-marks", read_page_crop_marks},
    {"bleed", read_page_bleed},
};

static void read_page(struct front *front, const struct yaml_value *value)
{
    struct page_setup *page = &front->metadata->page;
    if (value->kind != YAML_MAPPING) {
        report_kind(front, value,
                    "give size, or width and height; margin, columns, crop-marks, bleed");
        return;
    }
    READ_KEYS(front, value, page_keys);
    const char *wrong = NULL;
    if ((page->width > 0) != (page->height > 0))
        wrong = "give both width and height";
    /* A page without its size is A4. */
    double width = 210 * POINTS_PER_MM, height = 297 * POINTS_PER_MM;
    if (page->width > 0 && page->height > 0) {
        width = page->width;
        height = page->height;
    }
    double least = LEAST_PAGE_MM / 2 * POINTS_PER_MM;
    double sides = page->margin_sides > 0 ? page->margin_sides : page->margin;
    double top = page->margin_top > 0 ? page->margin_top : page->margin;
    double bottom = page->margin_bottom > 0 ? page->margin_bottom : page->margin;
    if (width - 2 * sides < least || height - top - bottom < least)
        wrong = "make the margin smaller: at least 20mm must be left for the text";
    if (wrong) {
        report_error(front->reader->report, "front-matter-syntax", span_of(front, value->place),
                     wrong, "nothing can be printed on such a page");
        *page = (struct page_setup){0};
    }
}

/* accessibility */

static void read_hazards(struct front *front, const struct yaml_value *value)
{
    /* schema.org, accessibilityHazard; EPUB Accessibility 1.1, 2.2.4 */
    static const char *const known[] = {
        "none",
        "unknown",
        "flashing",
        "noFlashingHazard",
        "unknownFlashingHazard",
        "motionSimulation",
        "noMotionSimulationHazard",
        "unknownMotionSimulationHazard",
        "sound",
        "noSoundHazard",
        "unknownSoundHazard",
    };
    size_t count, known_count = sizeof known / sizeof known[0];
    text *hazards = read_list(front, value, &count);
    for (size_t i = 0; i < count; i++) {
        size_t k = 0;
        while (k < known_count && !text_equal_c(hazards[i], known[k]))
            k++;
        if (k == known_count)
            report_error(front->reader->report, "front-matter-syntax", span_of(front, value->place),
                         "write flashing, motionSimulation, sound, or none",
                         "%.*s is not a known hazard", TEXT_ARGUMENTS(hazards[i]));
    }
    front->metadata->hazards = hazards;
    front->metadata->hazard_count = count;
}

#define WORDS_KEY(field)                                                                           \
    static void read_##field(struct front *front, const struct yaml_value *value)                  \
    {                                                                                              \
        front->metadata->field = read_words(front, value);                                         \
    }
/* The same where a translator gets them. */
#define TRANSLATED_KEY(field, kind)                                                                \
    static void read_##field(struct front *front, const struct yaml_value *value)                  \
    {                                                                                              \
        front->metadata->field = read_words(front, value);                                         \
        keep_unit(front, kind, value, front->metadata->field);                                     \
    }
TRANSLATED_KEY(description, UNIT_DESCRIPTION)
WORDS_KEY(publisher)
TRANSLATED_KEY(rights, UNIT_RIGHTS)
WORDS_KEY(identifier)
WORDS_KEY(certified_by)
WORDS_KEY(certifier_report)
TRANSLATED_KEY(accessibility_summary, UNIT_SUMMARY)

static const struct key accessibility_keys[] = {
    {"certified-by", read_certified_by},
    {"certifier-report", read_certifier_report},
    {"summary", read_accessibility_summary},
    {"hazards", read_hazards},
};

static void read_accessibility(struct front *front, const struct yaml_value *value)
{
    if (value->kind == YAML_MAPPING)
        READ_KEYS(front, value, accessibility_keys);
    else
        report_kind(front, value, "give certified-by, certifier-report, summary or hazards");
}

static const struct key keys[] = {
    {"title", read_title},
    {"subtitle", read_subtitle},
    {"author", read_author},
    {"lang", read_language},
    {"date", read_date},
    {"description", read_description},
    {"keywords", read_keywords},
    {"publisher", read_publisher},
    {"rights", read_rights},
    {"identifier", read_identifier},
    {"bibliography", read_bibliography},
    {"csl", read_csl},
    {"nocite", read_nocite},
    {"page", read_page},
    {"contents", read_contents},
    {"lists", read_lists},
    {"profile", read_profile},
    {"theme", read_theme},
    {"rules", read_rules},
    {"reading-level", read_reading_level},
    {"accessibility", read_accessibility},
};

/* the block */

static bool is_fence(text line, bool closing)
{
    while (line.length &&
           (line.bytes[line.length - 1] == ' ' || line.bytes[line.length - 1] == '\t'))
        line.length--;
    return text_equal_c(line, "---") || (closing && text_equal_c(line, "..."));
}

static void read_yaml(struct front *front, text yaml)
{
    struct yaml_place place;
    const char *why;
    struct yaml_value *top = yaml_read(front->reader->arena, yaml, &why, &place);
    if (why) {
        report_error(front->reader->report, "front-matter-syntax", span_of(front, place),
                     "put words with a colon, a quote or another sign in them between quotes",
                     "the front matter is not proper YAML: %s", why);
        front->has_title = front->has_language = true; /* they may well stand there */
        return;
    }
    if (top && top->kind == YAML_MAPPING)
        READ_KEYS(front, top, keys);
    else if (top)
        report_error(front->reader->report, "front-matter-syntax", span_of(front, top->place),
                     "write lines such as title: Water for everyone",
                     "the front matter is not a list of keys and values");
}

static void report_missing(struct front *front)
{
    struct span span = {
        .file = front->reader->file, .line = 1, .column = 1, .end_line = 1, .end_column = 1};
    bool has_block = front->reader->body_line > 0;
    if (!front->has_title)
        report_error(front->reader->report, "title-missing", span,
                     has_block ? "add a line title: … to the front matter"
                               : "begin the article with --- and a line title: … and a line ---",
                     "the article has no title");
    if (!front->has_language)
        report_error(front->reader->report, "language-missing", span,
                     has_block ? "add a line lang: en to the front matter, or what its language is"
                               : "begin the article with --- and a line lang: … and a line ---",
                     "the article does not say in which language it is");
}

bool read_front_matter(struct reader *reader)
{
    struct front front = {
        .reader = reader, .metadata = &reader->document->metadata, .first_line = 2};
    bool has_mark = reader->length >= 3 && memcmp(reader->source, "\xEF\xBB\xBF", 3) == 0;
    text first = reader_line(reader, 1);
    reader->body = has_mark ? 3 : 0;
    if (!is_fence(text_slice(first, reader->body, first.length), false)) {
        report_missing(&front);
        return true;
    }
    uint32_t last = 2;
    while (last <= reader->line_count && !is_fence(reader_line(reader, last), true))
        last++;
    size_t from = reader->line_starts[1];
    if (last > reader->line_count ||
        reader->line_starts[last - 1] - from > LIMIT_FRONT_MATTER_BYTES) {
        report_error(reader->report, "front-matter-syntax",
                     reader_span(reader, reader->body, reader->body + 3),
                     "end it with a line of three hyphens",
                     last > reader->line_count ? "the front matter does not end"
                                               : "the front matter is larger than 256 KB");
        return false;
    }
    reader->body = reader->line_starts[last];
    reader->body_line = last;
    read_yaml(&front, (text){reader->source + from, reader->line_starts[last - 1] - from});
    report_missing(&front);
    return true;
}

/* References → BibTeX, which has the fields of its styles and those that all reference managers
   write (doi, url, abstract, …), or BibLaTeX. The tables are the reader's, read the other way
   round; a type that neither has is the nearest with CSL's name in entrysubtype, which the reader
   knows again. */
#include "references/writer.h"

#include "document/document.h"
#include "references/bibtex.h"

#include <string.h>

struct bib_writer {
    struct reference_writer *writer;
    struct buffer *out;
    const struct reference *reference;
    unsigned dialect; /* BIB_OLD or BIB_NEW */
    bool is_article;  /* with issues */
    bool is_part;     /* of a book */
    bool has_volume_title;
};

/* types */

static const char *entry_type(const struct bib_writer *bib, bool *is_own)
{
    text type = bib->reference->type;
    *is_own = true;
    for (const struct bib_row *row = bib_types; row->field; row++)
        if (text_equal_c(type, row->csl) && ((unsigned)row->written & bib->dialect))
            return row->field;
    *is_own = false;
    for (const struct bib_nearest *near = bib_nearest; near->csl; near++)
        if (text_equal_c(type, near->csl))
            return bib->dialect == BIB_NEW ? near->newer : near->older;
    return "misc";
}

/* keys */

static bool is_kept_in_key(char c)
{
    return (unsigned char)c > ' ' && c != 0x7F && !strchr("{},%#\"'=~\\@", c);
}

static text key_of(struct bib_writer *bib)
{
    struct arena *arena = bib->writer->arena;
    text id = bib->reference->id;
    char *bytes = arena_copy_c(arena, id);
    for (size_t i = 0; i < id.length; i++)
        bytes[i] = is_kept_in_key(bytes[i]) ? bytes[i] : '_';
    text key = {bytes, id.length}, first = key;
    struct node *holder = ARENA_NEW(arena, struct node);
    for (unsigned i = 2; !id_map_add(bib->writer->keys, key, holder, NULL); i++)
        key = arena_printf(arena, "%.*s-%u", TEXT_ARGUMENTS(first), i);
    if (!text_equal(key, id))
        writer_tell(bib->writer, NULL, "%s has no key \"%.*s\": it is written %.*s",
                    writer_format_name(bib->writer), (int)(id.length < 60 ? id.length : 60),
                    id.bytes, (int)(key.length < 60 ? key.length : 60), key.bytes);
    return key;
}

/* fields */

static void begin(struct bib_writer *bib, const char *name)
{
    buffer_printf(bib->out, "  %s = {", name);
}

static void end(struct bib_writer *bib)
{
    buffer_add_c(bib->out, "},\n");
}

static void add_words(struct bib_writer *bib, const char *name, text rich, bool protects_case)
{
    begin(bib, name);
    latex_write(bib->out, rich, protects_case);
    end(bib);
}

static void add_verbatim(struct bib_writer *bib, const char *name, text value)
{
    begin(bib, name);
    for (size_t i = 0; i < value.length; i++) {
        char c = value.bytes[i];
        if (c == '{' || c == '}' || c == '\\') /* what would end the value, or begin a command */
            buffer_printf(bib->out, "%%%02X", (unsigned)(unsigned char)c);
        else
            buffer_add_byte(bib->out, c);
    }
    end(bib);
}

static void add_pages(struct bib_writer *bib, text pages)
{
    struct buffer dashed;
    buffer_init(&dashed, 2 * pages.length + 1);
    begin(bib, "pages");
    for (size_t i = 0; i < pages.length; i++) {
        bool is_hyphen = pages.bytes[i] == '-';
        if (!is_hyphen) {
            buffer_add_byte(&dashed, pages.bytes[i]);
            continue;
        }
        latex_write(bib->out, buffer_text(&dashed), false);
        buffer_clear(&dashed);
        buffer_add_c(bib->out, "--");
        while (i + 1 < pages.length && pages.bytes[i + 1] == '-')
            i++;
    }
    latex_write(bib->out, buffer_text(&dashed), false);
    end(bib);
    buffer_release(&dashed);
}

/* names */

/* A word of a name that BibTeX would take for something else: in small letters at the beginning,
   "and", a comma. */
static bool is_small(uint32_t c)
{
    return (c >= 'a' && c <= 'z') || (c >= 0xDF && c <= 0xFF && c != 0xF7);
}

static bool needs_braces(text part, bool is_family)
{
    size_t offset = 0;
    uint32_t first = text_next(part, &offset);
    bool has_particle = is_family && is_small(first); /* at the end of given names too */
    size_t gap = text_find_byte(part, ' ', 0);
    for (size_t at = gap; !is_family && at != SIZE_MAX; at = text_find_byte(part, ' ', at + 1)) {
        offset = at + 1;
        has_particle = is_small(text_next(part, &offset));
    }
    return text_find_byte(part, ',', 0) != SIZE_MAX || text_find_byte(part, '=', 0) != SIZE_MAX ||
           text_find(part, TEXT(" and "), 0) != SIZE_MAX || (has_particle && gap != SIZE_MAX) ||
           text_equal_ignoring_case(part, TEXT("and")) ||
           text_equal_ignoring_case(part, TEXT("others"));
}

static void add_part(struct bib_writer *bib, text part, bool is_family)
{
    bool is_braced = needs_braces(part, is_family);
    buffer_add_c(bib->out, is_braced ? "{" : "");
    latex_write(bib->out, part, false);
    buffer_add_c(bib->out, is_braced ? "}" : "");
}

/* BibTeX takes for a particle what begins with a small letter. */
static bool is_plain_particle(text particle)
{
    for (size_t at = 0; at < particle.length;) {
        size_t end = text_find_byte(particle, ' ', at);
        size_t offset = at;
        uint32_t first = text_next(particle, &offset);
        if (!(first >= 'a' && first <= 'z'))
            return false;
        at = end == SIZE_MAX ? particle.length : end + 1;
    }
    return true;
}

/* family=…, given=…, prefix=… (BibLaTeX manual, 3.6) */
static void add_labelled(struct bib_writer *bib, const struct reference_name *name, text particle)
{
    const struct {
        const char *label;
        text value;
    } parts[] = {
        {"family", name->family},
        {"given", name->given},
        {"prefix", particle},
        {"suffix", name->suffix},
    };
    bool is_first = true;
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
        if (parts[i].value.length == 0)
            continue;
        buffer_printf(bib->out, "%s%s=", is_first ? "" : ", ", parts[i].label);
        add_part(bib, parts[i].value, false);
        is_first = false;
    }
    buffer_printf(bib->out, ", useprefix=%s",
                  name->non_dropping_particle.length ? "true" : "false");
}

static void add_name(struct bib_writer *bib, const struct reference_field *field,
                     const struct reference_name *name, bool all_kept)
{
    struct buffer *out = bib->out;
    text particle = name->dropping_particle;
    if (name->literal.length || name->family.length == 0) {
        buffer_add_byte(out, '{');
        latex_write(out, name->literal.length ? name->literal : name->given, false);
        buffer_add_byte(out, '}');
        if (name->family.length)
            writer_tell(bib->writer, field, "a name is written as its literal form alone");
        return;
    }
    if (name->non_dropping_particle.length && particle.length) {
        writer_tell(bib->writer, field, "%s has no names with two particles: %.*s",
                    writer_format_name(bib->writer),
                    (int)(name->family.length < 60 ? name->family.length : 60), name->family.bytes);
        particle = arena_printf(bib->writer->arena, "%.*s %.*s", TEXT_ARGUMENTS(particle),
                                TEXT_ARGUMENTS(name->non_dropping_particle));
    } else if (name->non_dropping_particle.length) {
        particle = name->non_dropping_particle;
    }
    bool is_kept = name->non_dropping_particle.length > 0;
    bool is_plain = particle.length == 0 || (is_plain_particle(particle) && is_kept == all_kept);
    if (!is_plain && bib->dialect == BIB_NEW) {
        add_labelled(bib, name, particle);
        return;
    }
    if (!is_plain)
        writer_tell(bib->writer, field, "BibTeX cannot say how the particle of %.*s is sorted",
                    (int)(name->family.length < 60 ? name->family.length : 60), name->family.bytes);
    if (particle.length) {
        latex_write(out, particle, false);
        buffer_add_byte(out, ' ');
    }
    add_part(bib, name->family, true);
    if (name->suffix.length) {
        buffer_add_c(out, ", ");
        add_part(bib, name->suffix, false);
    }
    if (name->given.length || name->suffix.length ||
        text_find_byte(name->family, ' ', 0) != SIZE_MAX) {
        buffer_add_c(out, ", ");
        add_part(bib, name->given, false);
    }
    if (name->comma_suffix || name->static_ordering)
        writer_tell(bib->writer, field, "%s cannot say in which order the parts of %.*s stand",
                    writer_format_name(bib->writer),
                    (int)(name->family.length < 60 ? name->family.length : 60), name->family.bytes);
}

/* Whether all particles of the reference belong to the family names. */
static bool keeps_particles(const struct reference *reference)
{
    bool has_kept = false;
    for (const struct reference_field *field = reference->fields; field; field = field->next) {
        for (size_t i = 0; i < field->name_count; i++) {
            has_kept |= field->names[i].non_dropping_particle.length > 0;
            if (field->names[i].dropping_particle.length)
                return false;
        }
    }
    return has_kept;
}

static void add_names(struct bib_writer *bib, const struct reference_field *field)
{
    const struct bib_row *row = bib_names;
    while (row->field && !text_equal_c(field->key, row->csl))
        row++;
    bool is_held = row->field && ((unsigned)row->written & bib->dialect);
    if (is_held && strcmp(row->field, "holder") == 0)
        is_held = text_equal_c(bib->reference->type, "patent");
    if (!is_held) {
        writer_tell_unheld(bib->writer, field);
        return;
    }
    begin(bib, row->field);
    bool all_kept = keeps_particles(bib->reference);
    for (size_t i = 0; i < field->name_count; i++) {
        buffer_add_c(bib->out, i ? " and " : "");
        add_name(bib, field, &field->names[i], all_kept);
    }
    buffer_add_c(bib->out, field->has_others && field->name_count ? " and others" : "");
    end(bib);
}

/* dates */

static const char *const months[] = {"",    "jan", "feb", "mar", "apr", "may", "jun",
                                     "jul", "aug", "sep", "oct", "nov", "dec"};
static const char *const seasons[] = {"", "Spring", "Summer", "Autumn", "Winter"};

static void add_month(struct bib_writer *bib, const struct reference_date *date)
{
    int season = date->season ? date->season : date->month > 20 ? date->month - 20 : 0;
    if (season) {
        int end_season = date->has_end && date->end_month > 20 ? date->end_month - 20 : 0;
        buffer_printf(bib->out, "  month = {%s%s%s},\n", seasons[season], end_season ? "--" : "",
                      end_season <= 4 ? seasons[end_season] : "");
        return;
    }
    if (date->month == 0 || date->month > 12)
        return;
    bool is_range =
        date->has_end && date->end_month && date->end_month <= 12 && date->end_month != date->month;
    if (is_range)
        buffer_printf(bib->out, "  month = %s # \"--\" # %s,\n", months[date->month],
                      months[date->end_month]);
    else
        buffer_printf(bib->out, "  month = %s,\n", months[date->month]);
    if (date->day && !is_range)
        buffer_printf(bib->out, "  day = {%d},\n", date->day);
}

/* year and month, as BibTeX's styles have them; what they cannot say is told. */
static void add_year(struct bib_writer *bib, const struct reference_field *field)
{
    const struct reference_date *date = &field->date;
    bool is_of_years = date->has_end && date->end_year != date->year;
    begin(bib, "year");
    bool has_parts = date->month || date->season || date->day;
    bool is_open = is_of_years && date->end_year == 0 && date->year > 0 && !has_parts;
    buffer_add_c(bib->out, date->circa ? "c. " : "");
    if (date->year < 0)
        buffer_printf(bib->out, "%d BC", -date->year);
    else
        buffer_printf(bib->out, "%04d", date->year);
    if (is_of_years && date->end_year < 0)
        buffer_printf(bib->out, "--%d BC", -date->end_year);
    else if (is_of_years && date->end_year)
        buffer_printf(bib->out, "--%04d", date->end_year);
    else if (is_open)
        buffer_add_c(bib->out, "--");
    end(bib);
    bool is_lost = date->has_end &&
                   (is_of_years ? has_parts || date->end_month || (!date->end_year && !is_open)
                                : date->end_day || date->day || !date->end_month);
    if (is_lost)
        writer_tell(bib->writer, field, "BibTeX has no place for all of this range of dates");
    if (!is_of_years || date->end_year == 0)
        add_month(bib, date);
}

static void add_date(struct bib_writer *bib, const struct reference_field *field)
{
    bool is_issued = text_equal_c(field->key, "issued");
    const struct bib_row *row = bib_dates;
    while (row->field && !text_equal_c(field->key, row->csl))
        row++;
    bool is_held = is_issued || (row->field && ((unsigned)row->written & bib->dialect));
    const struct reference_date *date = &field->date;
    if (!is_held) {
        writer_tell_unheld(bib->writer, field);
    } else if (date->year == 0) {
        if (is_issued && date->literal.length)
            add_words(bib, "year", date->literal, false);
        else if (date->literal.length)
            add_words(bib, row->field, date->literal, false);
    } else if (is_issued && bib->dialect == BIB_OLD) {
        add_year(bib, field);
    } else {
        begin(bib, is_issued ? "date" : row->field);
        writer_add_edtf(bib->out, date);
        end(bib);
    }
    if (is_held && date->year && date->literal.length)
        writer_tell(bib->writer, field, "the words of the date are left out beside its numbers");
}

/* words */

static const char *name_of_publisher(const struct bib_writer *bib)
{
    text type = bib->reference->type;
    bool is_new = bib->dialect == BIB_NEW;
    if (text_equal_c(type, "thesis"))
        return is_new ? "institution" : "school";
    if (text_equal_c(type, "report"))
        return "institution";
    if (text_equal_c(type, "webpage") || text_equal_c(type, "software") ||
        text_equal_c(type, "dataset"))
        return is_new ? "organization" : "howpublished";
    return "publisher";
}

static const char *name_of_container(const struct bib_writer *bib)
{
    bool is_new = bib->dialect == BIB_NEW;
    if (bib->is_part)
        return bib->has_volume_title && is_new ? "maintitle" : "booktitle";
    return is_new ? "journaltitle" : "journal";
}

/* The name of a field whose name depends on what the entry is, or NULL. *is_held: false where the
   dialect has no place for it. */
static const char *name_of_special(const struct bib_writer *bib, text key, bool *is_held)
{
    text type = bib->reference->type;
    bool is_new = bib->dialect == BIB_NEW;
    *is_held = true;
    if (text_equal_c(key, "title"))
        return bib->has_volume_title && !bib->is_part && is_new ? "maintitle" : "title";
    if (text_equal_c(key, "volume-title")) {
        *is_held = is_new && (!bib->is_part || reference_find(bib->reference, "container-title"));
        return bib->is_part ? "booktitle" : "title";
    }
    if (text_equal_c(key, "container-title")) {
        *is_held = !text_equal_c(type, "book");
        return name_of_container(bib);
    }
    if (text_equal_c(key, "publisher-place") && text_equal_c(type, "patent")) {
        *is_held = false; /* its place is where it holds */
        return "location";
    }
    if (text_equal_c(key, "publisher"))
        return name_of_publisher(bib);
    if (text_equal_c(key, "genre"))
        return "type";
    if (text_equal_c(key, "status")) {
        *is_held = is_new;
        return "pubstate";
    }
    if (text_equal_c(key, "jurisdiction")) {
        *is_held = text_equal_c(type, "patent");
        return is_new ? "location" : "address";
    }
    bool is_of_series =
        reference_find(bib->reference, "collection-title") && bib_counts_in_series(type);
    if (text_equal_c(key, "issue")) {
        *is_held = bib->is_article || is_new;
        return bib->is_article ? "number" : "issue";
    }
    if (text_equal_c(key, "number")) {
        *is_held = !bib->is_article && !is_of_series;
        return "number";
    }
    if (text_equal_c(key, "collection-number")) {
        *is_held = !bib->is_article && is_of_series;
        return "number";
    }
    return NULL;
}

/* BibLaTeX's key for the words, or the words. */
static text key_of_words(text words)
{
    for (const struct bib_row *row = bib_words; row->field; row++)
        if (text_equal_c(words, row->csl))
            return text_from_c(row->field);
    return words;
}

static void add_language(struct bib_writer *bib, const struct reference_field *field)
{
    bool is_new = bib->dialect == BIB_NEW;
    text value = field->value;
    for (const struct bib_row *row = bib_languages; is_new && row->field; row++) {
        if (text_equal_c(bib->reference->language, row->csl)) {
            value = text_from_c(row->field);
            break;
        }
    }
    add_words(bib, is_new ? "langid" : "language", value, false);
}

static void add_text(struct bib_writer *bib, const struct reference_field *field)
{
    bool is_held,
        is_title = text_equal_c(field->key, "title") || text_equal_c(field->key, "volume-title");
    const char *name = name_of_special(bib, field->key, &is_held);
    bool is_new = bib->dialect == BIB_NEW;
    text language = bib->reference->language;
    bool is_english = language.length == 0 || text_starts_with(language, TEXT("en"));
    if (name && is_held && text_equal_c(field->key, "genre") &&
        text_equal_c(bib->reference->type, "thesis") && !is_new &&
        (text_equal_c(key_of_words(field->value), "phdthesis") ||
         text_equal_c(key_of_words(field->value), "mathesis")))
        return; /* the entry's type says it */
    if (name && is_held) {
        bool is_key =
            is_new && (text_equal_c(field->key, "genre") || text_equal_c(field->key, "status"));
        bool is_kept = is_title && !bib->is_part && strcmp(name, "booktitle") != 0;
        add_words(bib, name, is_key ? key_of_words(field->value) : field->value,
                  (is_kept || text_equal_c(field->key, "title")) && (is_english || !is_new));
        return;
    }
    const struct bib_row *row = bib_texts;
    while (row->field &&
           !(text_equal_c(field->key, row->csl) && ((unsigned)row->written & bib->dialect)))
        row++;
    if (text_equal_c(field->key, "language"))
        add_language(bib, field);
    else if (name || !row->field)
        writer_tell_unheld(bib->writer, field);
    else if (row->kind == BIB_VERBATIM)
        add_verbatim(bib, row->field, field->value);
    else
        add_words(bib, row->field, field->value, false);
}

/* entries */

static void add_field(struct bib_writer *bib, const struct reference_field *field)
{
    switch (field->kind) {
    case FIELD_TEXT:
        if (text_equal_c(field->key, "page"))
            add_pages(bib, field->value);
        else
            add_text(bib, field);
        break;
    case FIELD_NAMES:
        add_names(bib, field);
        break;
    case FIELD_DATE:
        add_date(bib, field);
        break;
    }
}

static void add_type(struct bib_writer *bib, const char *type, bool is_own)
{
    text csl = bib->reference->type;
    if (is_own)
        return;
    const struct bib_row *of_article = bib_subtypes;
    while (of_article->field && !text_equal_c(csl, of_article->csl))
        of_article++;
    if (of_article->field)
        buffer_printf(bib->out, "  entrysubtype = {%s},\n", of_article->field);
    else if (bib_is_type(csl))
        buffer_printf(bib->out, "  entrysubtype = {%.*s},\n", TEXT_ARGUMENTS(csl));
    else
        writer_tell(bib->writer, NULL, "no format has the type \"%.*s\": it is written @%s",
                    (int)(csl.length < 60 ? csl.length : 60), csl.bytes, type);
}

void bibtex_write(struct reference_writer *writer)
{
    const struct reference *reference = writer->reference;
    struct bib_writer bib = {
        .writer = writer,
        .out = writer->out,
        .reference = reference,
        .dialect = writer->target == REFERENCES_TO_BIBLATEX ? BIB_NEW : BIB_OLD,
        .is_article = bib_is_in_issue(reference->type),
        .is_part = bib_is_part(reference->type),
        .has_volume_title = reference_find(reference, "volume-title") != NULL,
    };
    bool is_own;
    const char *type = entry_type(&bib, &is_own);
    text genre = key_of_words(reference_text(reference, "genre"));
    if (strcmp(type, "phdthesis") == 0 && text_equal_c(genre, "mathesis"))
        type = "mastersthesis";
    buffer_printf(bib.out, "%s@%s{", bib.out->length ? "\n" : "", type);
    buffer_add_text(bib.out, key_of(&bib));
    buffer_add_c(bib.out, ",\n");
    add_type(&bib, type, is_own);
    if (keeps_particles(reference))
        buffer_add_c(bib.out, "  options = {useprefix=true},\n");
    for (const struct reference_field *field = reference->fields; field; field = field->next)
        add_field(&bib, field);
    for (const struct reference_field *field = reference->left; field; field = field->next) {
        if (!field->is_latex)
            continue;
        buffer_printf(bib.out, "  %.*s = {", TEXT_ARGUMENTS(field->key));
        buffer_add_text(bib.out, field->value);
        end(&bib);
    }
    buffer_add_c(bib.out, "}\n");
}

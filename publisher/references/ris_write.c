/* References → RIS. The tables are the reader's, read the other way round. */
#include "references/ris.h"
#include "references/writer.h"

#include "base/limits.h"

#include <string.h>

/* One line, whatever the words hold: a line more would be a tag, or go on with the one before. */
static void add_line(struct reference_writer *writer, const char *tag, text words)
{
    buffer_printf(writer->out, "%s  - ", tag);
    words = library_with_entities(writer->arena, words);
    for (size_t i = 0; i < words.length; i++)
        buffer_add_byte(writer->out, words.bytes[i] == '\n' ? ' ' : words.bytes[i]);
    buffer_add_byte(writer->out, '\n');
}

/* The first row whose tag means the field in a reference of this type. */
static const struct ris_tag *find_tag(const struct reference_writer *writer, text key)
{
    const struct ris_tag *tag = ris_tags;
    while (tag->tag && !text_equal_c(key, ris_field(tag, writer->reference->type)))
        tag++;
    return tag;
}

/* A field each: "one, two" is two lines, and "one\ntwo" is. */
static void add_parts(struct reference_writer *writer, const char *tag, text words,
                      const char *separator)
{
    text gap = text_from_c(separator);
    for (size_t from = 0; from < words.length;) {
        size_t to = text_find(words, gap, from);
        to = to == SIZE_MAX ? words.length : to;
        if (to > from)
            add_line(writer, tag, text_slice(words, from, to));
        from = to + gap.length;
    }
}

static void add_pages(struct reference_writer *writer, text pages)
{
    size_t hyphen = text_find_byte(pages, '-', 0);
    bool is_range = hyphen != SIZE_MAX && hyphen > 0 && hyphen + 1 < pages.length &&
                    text_find_byte(pages, '-', hyphen + 1) == SIZE_MAX &&
                    text_find_byte(pages, ',', 0) == SIZE_MAX;
    text start = text_slice(pages, 0, hyphen), last = text_slice(pages, hyphen + 1, pages.length);
    if (!is_range || text_equal(start, last)) {
        add_line(writer, "SP", pages);
        return;
    }
    add_line(writer, "SP", start);
    add_line(writer, "EP", last);
}

static void add_name(struct reference_writer *writer, const char *tag,
                     const struct reference_field *field, const struct reference_name *name)
{
    struct buffer line;
    buffer_init(&line, LIMIT_REFERENCES_BYTES);
    if (name->literal.length || name->family.length == 0) {
        text whole = name->literal.length ? name->literal : name->given;
        buffer_add_text(&line, whole);
        if (text_find_byte(whole, ',', 0) != SIZE_MAX)
            writer_tell(writer, field, "RIS takes a name with a comma for a person's: %.*s",
                        (int)(whole.length < 60 ? whole.length : 60), whole.bytes);
        if (name->literal.length && name->family.length)
            writer_tell(writer, field, "a name is written as its literal form alone");
    } else {
        text particles[] = {name->dropping_particle, name->non_dropping_particle};
        bool has_particle = false;
        for (size_t i = 0; i < 2; i++) {
            buffer_add_text(&line, particles[i]);
            buffer_add_c(&line, particles[i].length ? " " : "");
            has_particle |= particles[i].length > 0;
        }
        buffer_add_text(&line, name->family);
        buffer_add_c(&line, ", ");
        buffer_add_text(&line, name->given);
        buffer_add_c(&line, name->suffix.length ? ", " : "");
        buffer_add_text(&line, name->suffix);
        if (has_particle || name->comma_suffix || name->static_ordering)
            writer_tell(writer, field,
                        "RIS has no particles and no order of names: %.*s is one family name",
                        (int)(line.length < 60 ? line.length : 60), line.bytes);
    }
    add_line(writer, tag, text_trim(buffer_text(&line)));
    buffer_release(&line);
}

/* YYYY/MM/DD/other: what the day cannot say, the last part does in words. */
static void add_date(struct reference_writer *writer, const char *tag,
                     const struct reference_field *field)
{
    static const char *const seasons[] = {"", "Spring", "Summer", "Autumn", "Winter"};
    const struct reference_date *date = &field->date;
    bool is_issued = text_equal_c(field->key, "issued");
    if (date->year <= 0) {
        if (date->year < 0)
            writer_tell(writer, field, "RIS has no years before Christ: it is written in words");
        text words =
            date->year == 0 ? date->literal : arena_printf(writer->arena, "%d BC", -date->year);
        if (words.length)
            add_line(writer, tag, words);
        return;
    }
    if (is_issued)
        buffer_printf(writer->out, "%s  - %04d\n", tag, date->year);
    int season = date->season ? date->season : date->month > 20 ? date->month - 20 : 0;
    int month = date->month <= 12 ? date->month : 0;
    if (month || season || !is_issued) {
        buffer_printf(writer->out, "%s  - %04d/", is_issued ? "DA" : tag, date->year);
        if (month)
            buffer_printf(writer->out, "%02d", month);
        buffer_add_byte(writer->out, '/');
        if (month && date->day)
            buffer_printf(writer->out, "%02d", date->day);
        buffer_printf(writer->out, "/%s\n", season && season <= 4 ? seasons[season] : "");
    }
    if (date->has_end)
        writer_tell(writer, field, "RIS has no ranges of dates: the end is left out");
    if (date->circa)
        writer_tell(writer, field, "RIS cannot say that a date is not certain");
    if (date->literal.length)
        writer_tell(writer, field, "the words of the date are left out beside its numbers");
}

static void add_field(struct reference_writer *writer, const struct reference_field *field)
{
    const struct ris_tag *tag = find_tag(writer, field->key);
    if (!tag->tag) {
        writer_tell_unheld(writer, field);
        return;
    }
    switch (field->kind) {
    case FIELD_TEXT:
        if (text_equal_c(field->key, "page"))
            add_pages(writer, field->value);
        else if (tag->kind == RIS_LINES || tag->kind == RIS_WORDS)
            add_parts(writer, tag->tag, field->value, tag->kind == RIS_LINES ? "\n" : ", ");
        else
            add_line(writer, tag->tag, field->value);
        break;
    case FIELD_NAMES:
        for (size_t i = 0; i < field->name_count; i++)
            add_name(writer, tag->tag, field, &field->names[i]);
        if (field->has_others)
            writer_tell(writer, field, "RIS cannot say that there are others beside these names");
        break;
    case FIELD_DATE:
        add_date(writer, tag->tag, field);
        break;
    }
}

void ris_write(struct reference_writer *writer)
{
    const struct reference *reference = writer->reference;
    const char *type = ris_type(reference->type);
    if (writer->out->length)
        buffer_add_byte(writer->out, '\n');
    buffer_printf(writer->out, "TY  - %s\n", type ? type : "GEN");
    if (!type)
        writer_tell(writer, NULL, "RIS has no type for \"%.*s\": it is written GEN",
                    (int)(reference->type.length < 60 ? reference->type.length : 60),
                    reference->type.bytes);
    add_line(writer, "ID", reference->id);
    for (const struct reference_field *field = reference->fields; field; field = field->next)
        add_field(writer, field);
    buffer_add_c(writer->out, "ER  - \n");
}

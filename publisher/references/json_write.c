/* References → CSL-JSON (CSL 1.0.2, appendix III), which has a place for all that a reference
 * holds. */
#include "references/writer.h"

static void add_key(struct buffer *out, bool *is_first, const char *key)
{
    buffer_add_c(out, *is_first ? "{" : ", ");
    *is_first = false;
    buffer_printf(out, "\"%s\": ", key);
}

static void add_name(struct reference_writer *writer, const struct reference_name *name)
{
    const struct {
        const char *key;
        text value;
    } parts[] = {
        {"family", name->family},
        {"given", name->given},
        {"literal", name->literal},
        {"dropping-particle", name->dropping_particle},
        {"non-dropping-particle", name->non_dropping_particle},
        {"suffix", name->suffix},
    };
    struct buffer *out = writer->out;
    bool is_first = true;
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
        if (parts[i].value.length == 0)
            continue;
        add_key(out, &is_first, parts[i].key);
        buffer_add_json(out, library_with_entities(writer->arena, parts[i].value));
    }
    if (name->comma_suffix) {
        add_key(out, &is_first, "comma-suffix");
        buffer_add_c(out, "true");
    }
    if (name->static_ordering) {
        add_key(out, &is_first, "static-ordering");
        buffer_add_c(out, "true");
    }
    buffer_add_c(out, is_first ? "{}" : "}");
}

static void add_names(struct reference_writer *writer, const struct reference_field *field)
{
    struct buffer *out = writer->out;
    buffer_add_byte(out, '[');
    for (size_t i = 0; i < field->name_count; i++) {
        buffer_add_c(out, i ? ",\n      " : "\n      ");
        add_name(writer, &field->names[i]);
    }
    if (field->has_others) /* as Pandoc writes it; the reader knows it again */
        buffer_printf(out, "%s\n      {\"literal\": \"others\"}", field->name_count ? "," : "");
    buffer_add_c(out, "\n    ]");
}

static void add_parts(struct buffer *out, int year, int month, int day)
{
    buffer_printf(out, "[%d", year);
    if (month)
        buffer_printf(out, ", %d", month);
    if (month && day)
        buffer_printf(out, ", %d", day);
    buffer_add_byte(out, ']');
}

static void add_date(struct buffer *out, const struct reference_date *date)
{
    bool is_first = true;
    if (date->year || date->month || date->literal.length == 0) {
        add_key(out, &is_first, "date-parts");
        buffer_add_byte(out, '[');
        add_parts(out, date->year, date->month, date->day);
        if (date->has_end) { /* [0]: without an end */
            buffer_add_c(out, ", ");
            add_parts(out, date->end_year, date->end_month, date->end_day);
        }
        buffer_add_byte(out, ']');
    }
    if (date->season) {
        add_key(out, &is_first, "season");
        buffer_printf(out, "%d", date->season);
    }
    if (date->circa) {
        add_key(out, &is_first, "circa");
        buffer_add_c(out, "true");
    }
    if (date->literal.length) {
        add_key(out, &is_first, "literal");
        buffer_add_json(out, date->literal);
    }
    buffer_add_c(out, is_first ? "{}" : "}");
}

void json_write(struct reference_writer *writer, bool is_first)
{
    struct buffer *out = writer->out;
    const struct reference *reference = writer->reference;
    buffer_add_c(out, is_first ? "\n  {\n    \"id\": " : ",\n  {\n    \"id\": ");
    buffer_add_json(out, reference->id);
    buffer_add_c(out, ",\n    \"type\": ");
    buffer_add_json(out, reference->type);
    for (const struct reference_field *field = reference->fields; field; field = field->next) {
        buffer_add_c(out, ",\n    ");
        buffer_add_json(out, field->key);
        buffer_add_c(out, ": ");
        switch (field->kind) {
        case FIELD_TEXT:
            buffer_add_json(out, library_with_entities(writer->arena, field->value));
            break;
        case FIELD_NAMES:
            add_names(writer, field);
            break;
        case FIELD_DATE:
            add_date(out, &field->date);
            break;
        }
    }
    buffer_add_c(out, "\n  }");
}

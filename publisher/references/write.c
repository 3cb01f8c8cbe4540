#include "references/writer.h"

#include "document/document.h"

#include <stdarg.h>
#include <stdio.h>

const char *const reference_target_names[REFERENCES_TARGETS] = {
    [REFERENCES_TO_CSLJSON] = "csljson",
    [REFERENCES_TO_BIBTEX] = "bibtex",
    [REFERENCES_TO_BIBLATEX] = "biblatex",
    [REFERENCES_TO_RIS] = "ris",
};

const char *writer_format_name(const struct reference_writer *writer)
{
    static const char *const names[] = {
        [REFERENCES_TO_CSLJSON] = "CSL-JSON",
        [REFERENCES_TO_BIBTEX] = "BibTeX",
        [REFERENCES_TO_BIBLATEX] = "BibLaTeX",
        [REFERENCES_TO_RIS] = "RIS",
    };
    return names[writer->target];
}

void writer_tell(struct reference_writer *writer, const struct reference_field *field,
                 const char *format, ...)
{
    char message[256];
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(message, sizeof message, format, arguments);
    va_end(arguments);
    struct span span = field && field->span.line ? field->span : writer->reference->span;
    report_warning(writer->report, "reference-unheld", span, NULL, "%s", message);
}

void writer_tell_unheld(struct reference_writer *writer, const struct reference_field *field)
{
    writer_tell(writer, field, "%s has no place for the field %.*s of %.*s",
                writer_format_name(writer), (int)(field->key.length < 60 ? field->key.length : 60),
                field->key.bytes,
                (int)(writer->reference->id.length < 60 ? writer->reference->id.length : 60),
                writer->reference->id.bytes);
}

/* dates */

struct moment {
    int year, month, day; /* month 21 to 24: a season; 0: not given */
};

static void add_moment(struct buffer *out, struct moment moment)
{
    int edtf = moment.year < 0 ? -moment.year - 1 : moment.year;
    buffer_printf(out, "%s%s%04d", edtf > 9999 ? "Y" : "", moment.year < -1 ? "-" : "", edtf);
    if (moment.month)
        buffer_printf(out, "-%02d", moment.month);
    if (moment.day && moment.month)
        buffer_printf(out, "-%02d", moment.day);
}

void writer_add_edtf(struct buffer *out, const struct reference_date *date)
{
    struct moment start = {date->year, date->month, date->day};
    if (date->season)
        start = (struct moment){date->year, 20 + date->season, date->month ? date->day : 0};
    add_moment(out, start);
    buffer_add_c(out, date->circa ? "~" : "");
    if (!date->has_end)
        return;
    buffer_add_byte(out, '/');
    if (date->end_year)
        add_moment(out, (struct moment){date->end_year, date->end_month, date->end_day});
}

/* what is left */

/* One notice for each name: a library of a thousand entries names a PDF in each. */
static void tell_left(struct reference_writer *writer)
{
    bool is_bibtex =
        writer->target == REFERENCES_TO_BIBTEX || writer->target == REFERENCES_TO_BIBLATEX;
    for (const struct reference_field *field = writer->reference->left; field;
         field = field->next) {
        struct node *holder = ARENA_NEW(writer->arena, struct node);
        if ((is_bibtex && field->is_latex) ||
            !id_map_add(writer->told, field->key, holder, &holder))
            continue;
        report_notice(writer->report, "reference-unheld", field->span,
                      "it is told once, for the first reference that has it",
                      "%s has no place for what \"%.*s\" says", writer_format_name(writer),
                      (int)(field->key.length < 60 ? field->key.length : 60), field->key.bytes);
    }
}

void references_write(struct arena *arena, struct report *report, const struct reference_list *list,
                      enum reference_target target, struct buffer *out)
{
    struct reference_writer writer = {
        .arena = arena,
        .report = report,
        .target = target,
        .out = out,
        .keys = id_map_new(arena),
        .told = id_map_new(arena),
    };
    if (target == REFERENCES_TO_CSLJSON)
        buffer_add_c(out, "[");
    for (size_t i = 0; i < list->count; i++) {
        writer.reference = list->items[i];
        switch (target) {
        case REFERENCES_TO_CSLJSON:
            json_write(&writer, i == 0);
            break;
        case REFERENCES_TO_BIBTEX:
        case REFERENCES_TO_BIBLATEX:
            bibtex_write(&writer);
            break;
        case REFERENCES_TO_RIS:
            ris_write(&writer);
            break;
        case REFERENCES_TARGETS:
            break;
        }
        tell_left(&writer);
    }
    if (target == REFERENCES_TO_CSLJSON)
        buffer_add_c(out, "\n]\n");
}

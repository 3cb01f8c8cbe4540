#include "cite/format.h"

#include "cite/numeric.h"
#include "cite/style.h"
#include "cite/styled.h"

/* text */

static void add_text(struct buffer *out, const struct style_runs *runs)
{
    for (const struct style_run *run = runs->first; run; run = run->next)
        buffer_add_text(out, run->characters);
}

/* HTML */

static void add_escaped(struct buffer *out, text characters)
{
    for (size_t i = 0; i < characters.length; i++) {
        switch (characters.bytes[i]) {
        case '&':
            buffer_add_c(out, "&amp;");
            break;
        case '<':
            buffer_add_c(out, "&lt;");
            break;
        case '>':
            buffer_add_c(out, "&gt;");
            break;
        case '"':
            buffer_add_c(out, "&quot;");
            break;
        default:
            buffer_add_byte(out, characters.bytes[i]);
        }
    }
}

static const struct {
    unsigned look;
    const char *open, *close;
} looks[] = {
    {LOOK_ITALIC, "<i>", "</i>"},
    {LOOK_BOLD, "<b>", "</b>"},
    {LOOK_SMALL_CAPITALS, "<span style=\"font-variant: small-caps\">", "</span>"},
    {LOOK_SUPERSCRIPT, "<sup>", "</sup>"},
    {LOOK_SUBSCRIPT, "<sub>", "</sub>"},
};
_Static_assert(sizeof looks / sizeof *looks == LOOK_COUNT, "a row for every look");

static void add_html(struct buffer *out, const struct style_runs *runs)
{
    for (const struct style_run *run = runs->first; run; run = run->next) {
        if (run->language.length) {
            buffer_add_c(out, "<span lang=\"");
            add_escaped(out, run->language);
            buffer_add_c(out, "\">");
        }
        if (run->url.length) {
            buffer_add_c(out, "<a href=\"");
            add_escaped(out, run->url);
            buffer_add_c(out, "\">");
        }
        for (size_t i = 0; i < LOOK_COUNT; i++)
            buffer_add_c(out, run->look & looks[i].look ? looks[i].open : "");
        add_escaped(out, run->characters);
        for (size_t i = LOOK_COUNT; i-- > 0;)
            buffer_add_c(out, run->look & looks[i].look ? looks[i].close : "");
        buffer_add_c(out, run->url.length ? "</a>" : "");
        buffer_add_c(out, run->language.length ? "</span>" : "");
    }
}

/* JSON */

static void add_json(struct arena *arena, struct buffer *out, text id,
                     const struct style_entry *entry)
{
    struct buffer words;
    buffer_init(&words, out->maximum);
    buffer_add_c(out, "  {\"id\": ");
    buffer_add_json(out, id);
    buffer_printf(out, ", \"number\": %u, \"text\": ", entry->number);
    add_text(&words, &entry->runs);
    buffer_add_json(out, arena_copy(arena, buffer_text(&words)));
    buffer_clear(&words);
    add_html(&words, &entry->runs);
    buffer_add_c(out, ", \"html\": ");
    buffer_add_json(out, buffer_text(&words));
    buffer_add_c(out, "}");
    buffer_release(&words);
}

void cite_format_list(struct arena *arena, const struct reference *const *references, size_t count,
                      text language, const struct cite_wording *wording, enum cite_format format,
                      struct buffer *out)
{
    struct style_input input = {
        .language = language, .references = references, .reference_count = count};
    struct style_output output;
    if (wording)
        styled_format(arena, wording, &input, &output);
    else
        numeric_format(arena, &input, &output);
    count = output.entry_count;
    bool unnumbered = count && (output.entries[0].unnumbered || output.entries[0].label.length);
    const char *list = unnumbered ? "<ul>\n" : "<ol>\n", *end = unnumbered ? "</ul>\n" : "</ol>\n";
    buffer_add_c(out, format == CITE_HTML ? list : format == CITE_JSON ? "[\n" : "");
    for (size_t i = 0; i < count; i++) {
        const struct style_entry *entry = &output.entries[i];
        switch (format) {
        case CITE_TEXT:
            if (entry->label.length)
                buffer_printf(out, "%.*s ", TEXT_ARGUMENTS(entry->label));
            else if (!entry->unnumbered)
                buffer_printf(out, "%u. ", entry->number);
            add_text(out, &entry->runs);
            buffer_add_c(out, "\n");
            break;
        case CITE_HTML:
            if (unnumbered)
                buffer_add_c(out, "<li>");
            else
                buffer_printf(out, "<li value=\"%u\">", entry->number);
            if (entry->label.length) {
                add_escaped(out, entry->label);
                buffer_add_byte(out, ' ');
            }
            add_html(out, &entry->runs);
            buffer_add_c(out, "</li>\n");
            break;
        case CITE_JSON:
            add_json(arena, out, references[entry->reference]->id, entry);
            buffer_add_c(out, i + 1 < count ? ",\n" : "\n");
            break;
        }
    }
    buffer_add_c(out, format == CITE_HTML ? end : format == CITE_JSON ? "]\n" : "");
}

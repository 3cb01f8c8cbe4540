/* Of the HTML report: what was checked, and the worksheet of what only a person can judge. */
#include "base/limits.h"
#include "inspect/print_html.h"

#include <string.h>

enum { MOST_OBJECTS = 20 };

enum objects {
    WHOLE, /* the file as it looks and reads */
    TITLE,
    FIGURES,
    HEADINGS,
    TABLES,
    LISTS,
    NOTES,
    LINKS,
    FORMULAS,
    FORMS,
    LANGUAGES,
    MAPPED, /* types that stand for another */
    BREAKS, /* page breaks */
};

/* Which objects a condition is about, by the beginning of its id; the first that fits. */
static const struct {
    const char *start;
    enum objects objects;
} subjects[] = {
    {"02-", MAPPED},
    {"06-004", TITLE},
    {"11-007", LANGUAGES},
    {"13-003", TABLES},
    {"13-", FIGURES},
    {"14-", HEADINGS},
    {"15-", TABLES},
    {"16-", LISTS},
    {"17-", FORMULAS},
    {"19-", NOTES},
    {"24-", FORMS},
    {"28-013", LINKS},
    {"28-", LINKS},
    {"epub-h-alt", FIGURES},
    {"epub-h-image-text", FIGURES},
    {"epub-h-headers", TABLES},
    {"epub-h-title", TITLE},
    {"epub-h-link", LINKS},
    {"epub-h-heading", HEADINGS},
    {"epub-h-language", LANGUAGES},
    {"epub-h-pages", BREAKS},
};

static enum objects subject_of(const char *id)
{
    for (size_t i = 0; i < sizeof subjects / sizeof *subjects; i++)
        if (strncmp(id, subjects[i].start, strlen(subjects[i].start)) == 0)
            return subjects[i].objects;
    return WHOLE;
}

static bool is_object(const struct details *details, enum objects objects)
{
    text role = details->role;
    switch (objects) {
    case FIGURES:
        return text_equal_c(role, "Figure");
    case HEADINGS:
        return role.length > 1 && role.bytes[0] == 'H' && role.bytes[1] >= '0' &&
               role.bytes[1] <= '9';
    case TABLES:
        return text_equal_c(role, "Table");
    case LISTS:
        return text_equal_c(role, "L");
    case NOTES:
        return text_equal_c(role, "Note") || text_equal_c(role, "Reference");
    case LINKS:
        return text_equal_c(role, "Link") || text_equal_c(role, "Annot");
    case FORMULAS:
        return text_equal_c(role, "Formula");
    case FORMS:
        return text_equal_c(role, "Form");
    case LANGUAGES:
        return details->has_language;
    case MAPPED:
        return details->role.length && !text_equal(details->tag, role);
    case BREAKS:
        return text_ends_with(details->tag, TEXT("pagebreak"));
    case WHOLE:
    case TITLE:
        break;
    }
    return false;
}

static void add_objects(const struct inspection *inspection, enum objects objects,
                        struct buffer *out)
{
    struct buffer scratch;
    size_t count = 0;
    buffer_init(&scratch, LIMIT_WORDS_BYTES);
    for (uint32_t i = 1; i < inspection->node_count; i++) {
        const struct node *node = &inspection->nodes[i];
        if (node->kind != NODE_ELEMENT || !is_object(node->details, objects) ||
            count++ >= MOST_OBJECTS)
            continue;
        buffer_add_c(out, count == 1 ? "<ul>\n<li>" : "<li>");
        html_add_object(inspection, i, &scratch, out);
        buffer_add_c(out, "</li>\n");
    }
    if (count > MOST_OBJECTS)
        buffer_printf(out, "<li>and %zu more</li>\n", count - MOST_OBJECTS);
    buffer_add_c(out, count ? "</ul>\n" : "<p>The file has nothing that is marked so.</p>\n");
    buffer_release(&scratch);
}

static void add_question(const struct inspection *inspection, size_t i, struct buffer *out)
{
    static const char *const answers[] = {"No, it is right", "Yes, to be mended", "Does not apply"};
    const struct condition_row *row = &conditions[i];
    enum objects objects = subject_of(row->id);
    buffer_printf(out,
                  "<fieldset><legend>%s <span class=\"soft\">(%s)</span> Is this so? %s"
                  "</legend>\n<p>Look at%s</p>\n",
                  row->id, row->clause, row->words, objects == WHOLE ? " the whole file." : ":");
    if (objects == TITLE) {
        buffer_add_c(out, "<p>");
        html_add_words(out, inspection->title, inspection->language, 1000);
        buffer_add_c(out, "</p>\n");
    } else if (objects != WHOLE) {
        add_objects(inspection, objects, out);
    }
    buffer_add_c(out, "<p>");
    for (size_t k = 0; k < sizeof answers / sizeof *answers; k++)
        buffer_printf(out, "<label><input type=\"radio\" name=\"%s\"> %s</label>\n", row->id,
                      answers[k]);
    buffer_printf(out,
                  "</p>\n<label for=\"note-%s\">Note on %s</label><textarea id=\"note-%s\" "
                  "rows=\"2\"></textarea></fieldset>\n",
                  row->id, row->id, row->id);
}

static size_t count_kind(const struct inspection *inspection, char kind, bool is_met)
{
    size_t count = 0;
    for (size_t i = 0; i < CONDITIONS; i++)
        count += conditions[i].kind == kind && condition_applies(inspection, (enum condition)i) &&
                 (!is_met || !inspection->counts[i]);
    return count;
}

static void add_list(const struct inspection *inspection, char kind, const char *name,
                     struct buffer *out)
{
    buffer_printf(out, "<details><summary>%s: %zu</summary>\n<ul>\n", name,
                  count_kind(inspection, kind, true));
    for (size_t i = 0; i < CONDITIONS; i++)
        if (conditions[i].kind == kind && condition_applies(inspection, (enum condition)i) &&
            !inspection->counts[i])
            buffer_printf(out, "<li>%s <span class=\"soft\">(%s)</span>: %s</li>\n",
                          conditions[i].id, conditions[i].clause, conditions[i].words);
    buffer_add_c(out, "</ul></details>\n");
}

void print_worksheet(const struct inspection *inspection, struct buffer *out)
{
    buffer_printf(out,
                  "<h2 id=\"checks\">Checks</h2>\n<p>Of %zu conditions that were checked, %zu "
                  "were not found. Each names what would be wrong.</p>\n",
                  count_kind(inspection, 'm', false), count_kind(inspection, 'm', true));
    add_list(inspection, 'm', "Checked and not found", out);
    add_list(inspection, 'n', "Not checked, though a program could", out);
    buffer_printf(out,
                  "<h2 id=\"person\">For a person to judge</h2>\n<p>%zu questions that no program "
                  "can answer. Print the sheet, or answer here: answers stay on this page and are "
                  "not kept.</p>\n<form>\n",
                  count_kind(inspection, 'h', false));
    for (size_t i = 0; i < CONDITIONS; i++)
        if (conditions[i].kind == 'h' && condition_applies(inspection, (enum condition)i))
            add_question(inspection, i, out);
    buffer_add_c(out, "</form>\n");
}

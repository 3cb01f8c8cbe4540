/* The worksheet: what only a person can judge, each with the objects of this very file. */
#include "inspect/report/parts.h"

#include "inspect/print.h"

enum {
    SHORT_BYTES = 80, /* of a paragraph that may be a heading */
    PEEK_BYTES = 120  /* of an object, to know it again */
};

enum objects {
    OBJECTS_UNKNOWN, /* no row for the condition */
    OBJECTS_FILE,
    OBJECTS_PAGES,
    OBJECTS_ARTIFACTS,
    OBJECTS_TITLE,
    OBJECTS_FONTS,
    OBJECTS_MAPPED, /* from here on nodes */
    OBJECTS_MEDIA,
    OBJECTS_IMAGES, /* pictures outside of Figure */
    OBJECTS_LANGUAGES,
    OBJECTS_REPLACED,
    OBJECTS_LINKED, /* pictures within links */
    OBJECTS_FIGURES,
    OBJECTS_ACTUAL, /* pictures with a replacement text */
    OBJECTS_SHORT,
    OBJECTS_HEADINGS,
    OBJECTS_DEEP, /* headings past the sixth level */
    OBJECTS_TABLES,
    OBJECTS_LISTS,
    OBJECTS_LISTLIKE, /* paragraphs that begin as items do */
    OBJECTS_FORMULAS,
    OBJECTS_NOTES,
    OBJECTS_REFERENCES,
    OBJECTS_FORMS,
    OBJECTS_ANNOTATIONS,
    OBJECTS_LINKS,
    OBJECTS_BREAKS, /* page breaks of an EPUB */
};

static const struct {
    enum objects objects;
    const char *words;
} works[CONDITIONS] = {
#define WORK(condition, objects, words) [CONDITION_##condition] = {OBJECTS_##objects, words},
#include "inspect/report/worksheet.def"
#undef WORK
};

static bool is_within(const struct inspection *inspection, uint32_t node, const char *role)
{
    for (uint32_t at = inspection->nodes[node].parent; at; at = inspection->nodes[at].parent)
        if (node_is(inspection, at, role))
            return true;
    return false;
}

static bool is_media(const struct inspection_node *node)
{
    static const char *const tags[] = {"Movie", "Screen", "RichMedia", "3D",
                                       "Sound", "audio",  "video"};
    for (size_t i = 0; node->details && i < sizeof tags / sizeof *tags; i++)
        if (text_equal_c(node->details->tag, tags[i]))
            return true;
    return false;
}

static bool is_heading(text role, bool is_deep)
{
    unsigned long level = 1;
    if (!role.length || role.bytes[0] != 'H' ||
        (role.length > 1 && !text_to_number(text_slice(role, 1, role.length), 1000, &level)))
        return false;
    return !is_deep || level > 6;
}

/* "1.", "a)", "•", "–": as a list's labels look. */
static bool begins_like_item(text words)
{
    static const char *const bullets[] = {"•", "◦", "▪", "‣", "–", "—", "-", "*", "·", "●", "○"};
    size_t digits = 0;
    if (TEXT_STARTS_WITH_ANY(words, bullets))
        return true;
    while (digits < words.length && digits < 3 && byte_is_digit(words.bytes[digits]))
        digits++;
    if (!digits && words.length && words.bytes[0] >= 'a' && words.bytes[0] <= 'z')
        digits = 1;
    return digits && digits < words.length &&
           (words.bytes[digits] == '.' || words.bytes[digits] == ')');
}

static bool is_paragraph_like(struct inspection_report *report, uint32_t node, enum objects objects)
{
    const struct inspection *inspection = report->inspection;
    if (!node_is(inspection, node, "P") || is_within(inspection, node, "L") ||
        is_within(inspection, node, "Table"))
        return false;
    text words = inspection_words(inspection, node, &report->scratch, SHORT_BYTES + 1);
    return objects == OBJECTS_SHORT ? words.length > 0 && words.length <= SHORT_BYTES
                                    : begins_like_item(words);
}

static bool is_element_wanted(struct inspection_report *report, uint32_t index,
                              enum objects objects)
{
    const struct inspection *inspection = report->inspection;
    const struct details *details = inspection->nodes[index].details;
    switch (objects) {
    case OBJECTS_MAPPED:
        return details->role.length && !text_equal(details->tag, details->role);
    case OBJECTS_LANGUAGES:
        return details->has_language;
    case OBJECTS_REPLACED:
        return details->has_actual;
    case OBJECTS_LINKED:
        return report_is_figure(inspection, index) && is_within(inspection, index, "Link");
    case OBJECTS_FIGURES:
        return node_is(inspection, index, "Figure");
    case OBJECTS_ACTUAL:
        return details->has_actual && report_is_figure(inspection, index);
    case OBJECTS_SHORT:
    case OBJECTS_LISTLIKE:
        return is_paragraph_like(report, index, objects);
    case OBJECTS_HEADINGS:
    case OBJECTS_DEEP:
        return is_heading(details->role, objects == OBJECTS_DEEP);
    case OBJECTS_TABLES:
        return node_is(inspection, index, "Table");
    case OBJECTS_LISTS:
        return node_is(inspection, index, "L");
    case OBJECTS_FORMULAS:
        return node_is(inspection, index, "Formula");
    case OBJECTS_NOTES:
        return node_is(inspection, index, "Note") || node_is(inspection, index, "FENote");
    case OBJECTS_REFERENCES:
        return node_is(inspection, index, "Reference");
    case OBJECTS_FORMS:
        return node_is(inspection, index, "Form");
    case OBJECTS_LINKS:
        return node_is(inspection, index, "Link");
    case OBJECTS_BREAKS:
        return text_ends_with(details->tag, TEXT("pagebreak"));
    default:
        return false;
    }
}

static bool is_wanted(struct inspection_report *report, uint32_t index, enum objects objects)
{
    const struct inspection *inspection = report->inspection;
    const struct inspection_node *node = &inspection->nodes[index];
    if (objects == OBJECTS_MEDIA)
        return is_media(node);
    if (objects == OBJECTS_IMAGES)
        return node->kind == NODE_CONTENT && node->has_image &&
               !is_within(inspection, index, "Figure");
    if (objects == OBJECTS_ANNOTATIONS)
        return node->kind == NODE_ANNOTATION && !text_equal_c(node->details->tag, "Link");
    return node->kind == NODE_ELEMENT && is_element_wanted(report, index, objects);
}

/* lists */

static void add_node(struct inspection_report *report, uint32_t index, enum objects objects)
{
    const struct inspection *inspection = report->inspection;
    const struct inspection_node *node = &inspection->nodes[index];
    uint32_t row = report_row(report, index);
    bool is_linked = row && report->was_shown[row];
    buffer_add_c(report->out, "<li>");
    if (is_linked)
        buffer_printf(report->out, "<a href=\"#t%u\">", row);
    if (node->details)
        report_cut(report->out, print_role(node->details));
    else
        buffer_add_c(report->out, "picture");
    buffer_add_c(report->out, is_linked ? "</a> " : " ");
    if (objects == OBJECTS_MAPPED)
        buffer_add_c(report->out, "written as ");
    text short_name = objects == OBJECTS_MAPPED ? node->details->tag : TEXT_EMPTY;
    if (objects == OBJECTS_LANGUAGES)
        short_name = node->details->language;
    if (short_name.length)
        report_words(report, short_name, TEXT("en"));
    text words = inspection_words(inspection, index, &report->scratch, PEEK_BYTES);
    if (words.length) {
        buffer_add_c(report->out, short_name.length ? ": “" : "“");
        report_words(report, words, inspection_language(inspection, index));
        buffer_add_c(report->out, words.length >= PEEK_BYTES ? " …” " : "” ");
    }
    if (node->page) {
        buffer_add_byte(report->out, ' ');
        report_page_link(report, node->page);
    }
    buffer_add_c(report->out, "</li>\n");
}

/* How many there are; those within the limit are written. */
static size_t add_nodes(struct inspection_report *report, enum objects objects)
{
    size_t count = 0;
    for (uint32_t i = 1; i < report->inspection->node_count; i++)
        if (is_wanted(report, i, objects) && count++ < LIMIT_REPORT_OBJECTS)
            add_node(report, i, objects);
    return count;
}

static size_t add_pages(struct inspection_report *report, bool of_artifacts)
{
    size_t count = 0;
    for (uint32_t page = 1; page <= report->inspection->page_count; page++) {
        size_t artifacts = report->inspection->pages[page - 1].artifact_count;
        if ((of_artifacts && !artifacts) || count++ >= LIMIT_REPORT_OBJECTS)
            continue;
        buffer_add_c(report->out, "<li>");
        report_page_link(report, page);
        if (of_artifacts)
            buffer_printf(report->out, ": %zu artifact%s", artifacts, artifacts == 1 ? "" : "s");
        buffer_add_c(report->out, "</li>\n");
    }
    return count;
}

static size_t add_title(struct inspection_report *report)
{
    if (!report->inspection->title.length)
        return 0;
    buffer_add_c(report->out, "<li>");
    report_words(report, report->inspection->title, report->inspection->language);
    buffer_add_c(report->out, "</li>\n");
    return 1;
}

static size_t add_fonts(struct inspection_report *report)
{
    const struct inspection *inspection = report->inspection;
    for (size_t i = 0; i < inspection->font_count && i < LIMIT_REPORT_OBJECTS; i++) {
        buffer_add_c(report->out, "<li>");
        report_words(report, inspection->fonts[i], TEXT("en"));
        buffer_add_c(report->out, "</li>\n");
    }
    return inspection->font_count;
}

static size_t add_list(struct inspection_report *report, enum objects objects)
{
    switch (objects) {
    case OBJECTS_PAGES:
    case OBJECTS_ARTIFACTS:
        return add_pages(report, objects == OBJECTS_ARTIFACTS);
    case OBJECTS_TITLE:
        return add_title(report);
    case OBJECTS_FONTS:
        return add_fonts(report);
    default:
        return add_nodes(report, objects);
    }
}

static void add_objects(struct inspection_report *report, enum objects objects)
{
    struct buffer list, *out = report->out;
    if (objects == OBJECTS_FILE || objects == OBJECTS_UNKNOWN) {
        buffer_add_c(out, "<p class=\"none\">Look at the file itself.</p>\n");
        return;
    }
    buffer_init(&list, out->maximum);
    report->out = &list; /* how many there are is said before them */
    size_t count = add_list(report, objects);
    report_more(report, count > LIMIT_REPORT_OBJECTS ? count - LIMIT_REPORT_OBJECTS : 0);
    report->out = out;
    if (count) {
        buffer_printf(
            out, "<details><summary>What to look at: %zu</summary><ul class=\"objects\">\n", count);
        buffer_add_text(out, buffer_text(&list));
        buffer_add_c(out, "</ul></details>\n");
    } else {
        buffer_add_c(out, "<p class=\"none\">Nothing of this kind in the file.</p>\n");
    }
    buffer_release(&list);
}

static void add_question(struct inspection_report *report, enum condition condition)
{
    static const char *const answers[] = {"Not so: passed", "So: a fault", "Does not apply"};
    const struct condition_row *row = &conditions[condition];
    buffer_printf(report->out,
                  "<fieldset class=\"question\" id=\"w-%s\"><legend><span "
                  "class=\"id\">%s</span> %s</legend>\n<p>%s</p>\n",
                  row->id, row->id, row->words,
                  works[condition].words ? works[condition].words : "Is it so?");
    add_objects(report, works[condition].objects);
    buffer_add_c(report->out, "<div class=\"answers\">");
    for (size_t i = 0; i < sizeof answers / sizeof *answers; i++)
        buffer_printf(report->out,
                      "<label><input type=\"radio\" name=\"w-%s\" value=\"%zu\" "
                      "autocomplete=\"off\"> %s</label>\n",
                      row->id, i, answers[i]);
    buffer_printf(report->out, "</div>\n<label class=\"remark\">Note <textarea rows=\"1\" "
                               "autocomplete=\"off\"></textarea></label>\n</fieldset>\n");
}

void report_worksheet(struct inspection_report *report)
{
    size_t count = 0;
    report_section(report, "worksheet", "For a person to judge");
    for (size_t i = 0; i < CONDITIONS; i++) {
        if (conditions[i].kind != 'h' || !condition_applies(report->inspection, (enum condition)i))
            continue;
        if (!count++)
            buffer_add_c(report->out,
                         "<p>No machine can judge these. Each names a fault; look whether the file "
                         "has it. Your answers stay in this window and go nowhere: print the page, "
                         "or save it as a PDF, to keep them.</p>\n<p id=\"progress\" "
                         "role=\"status\"></p>\n");
        add_question(report, (enum condition)i);
    }
    if (!count)
        buffer_add_c(report->out, "<p class=\"none\">There is nothing to judge.</p>\n");
    report_section_end(report);
}

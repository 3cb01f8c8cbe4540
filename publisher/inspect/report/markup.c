#include "inspect/report/parts.h"

#include "inspect/print.h"

static bool is_admitted(uint32_t c)
{
    return c >= 0x20 && !(c >= 0x7F && c < 0xA0) && (c & 0xFFFE) != 0xFFFE &&
           !(c >= 0xFDD0 && c <= 0xFDEF);
}

void report_text(struct buffer *out, text words)
{
    for (size_t offset = 0; offset < words.length;) {
        uint32_t c = text_next(words, &offset);
        if (c == '<')
            buffer_add_c(out, "&lt;");
        else if (c == '>')
            buffer_add_c(out, "&gt;");
        else if (c == '&')
            buffer_add_c(out, "&amp;");
        else if (c == '"')
            buffer_add_c(out, "&quot;");
        else if (c == '\'')
            buffer_add_c(out, "&#39;");
        else if (is_admitted(c))
            buffer_add_code_point(out, c);
        else
            buffer_add_byte(out, ' ');
    }
}

/* Where the words end that have no more than so many bytes. */
static size_t end_within(text words, size_t most)
{
    size_t end = 0;
    for (size_t offset = 0; offset < words.length && offset <= most;) {
        text_next(words, &offset);
        if (offset <= most)
            end = offset;
    }
    return end;
}

void report_cut(struct buffer *out, text words)
{
    size_t end = end_within(words, LIMIT_REPORT_WORDS);
    report_text(out, text_slice(words, 0, end));
    if (end < words.length)
        buffer_add_c(out, "… (cut)");
}

void report_lines(struct buffer *out, text words)
{
    size_t end = end_within(words, LIMIT_REPORT_PAGE_WORDS);
    for (size_t at = 0; at < end;) {
        size_t stop = text_find_byte(words, '\n', at);
        stop = stop < end ? stop : end;
        report_text(out, text_slice(words, at, stop));
        if (stop < end)
            buffer_add_c(out, "<br>\n");
        at = stop + 1;
    }
    if (end < words.length)
        buffer_add_c(out, "… (cut)");
}

/* Letters and digits in parts of one to eight, the first of two or three letters (RFC 5646, 2.1).
 */
static bool is_language(text language)
{
    size_t part = 0, parts = 0;
    for (size_t i = 0; i <= language.length; i++) {
        char c = i < language.length ? language.bytes[i] : '-';
        bool is_letter = text_is_ascii_letter(c);
        if (is_letter || (parts && byte_is_digit(c))) {
            part++;
            continue;
        }
        if (c != '-' || part < 1 || part > 8 || (!parts && (part < 2 || part > 3)))
            return false;
        part = 0;
        parts++;
    }
    return language.length <= 35;
}

void report_language(struct buffer *out, text language)
{
    if (!is_language(language))
        return;
    buffer_add_c(out, " lang=\"");
    report_text(out, language);
    buffer_add_byte(out, '"');
}

void report_words(struct inspection_report *report, text words, text language)
{
    if (!words.length)
        return;
    buffer_add_c(report->out, "<span class=\"words\" dir=\"auto\"");
    if (!text_equal_c(language, "en"))
        report_language(report->out, language);
    buffer_add_byte(report->out, '>');
    report_cut(report->out, words);
    buffer_add_c(report->out, "</span>");
}

void report_node_words(struct inspection_report *report, uint32_t node)
{
    text words =
        inspection_words(report->inspection, node, &report->scratch, LIMIT_REPORT_WORDS + 1);
    if (words.length)
        report_words(report, words, inspection_language(report->inspection, node));
    else
        buffer_add_c(report->out, "<span class=\"none\">(no words)</span>");
}

const char *report_page_word(const struct inspection_report *report)
{
    return report->inspection->is_epub ? "File" : "Page";
}

void report_page_link(struct inspection_report *report, uint32_t page)
{
    buffer_printf(report->out, "<a href=\"#page-%u\">%s ", page,
                  report->inspection->is_epub ? "file" : "page");
    report_cut(report->out, report->inspection->pages[page - 1].label);
    buffer_add_c(report->out, "</a>");
}

const char *report_role_words(text role)
{
    static const struct {
        const char *role, *words;
    } roles[] = {
        {"Document", "the whole"},
        {"Part", "part"},
        {"Art", "article"},
        {"Sect", "section"},
        {"Div", "group"},
        {"BlockQuote", "quotation"},
        {"Quote", "quotation"},
        {"Caption", "caption"},
        {"TOC", "table of contents"},
        {"TOCI", "entry of the contents"},
        {"Index", "index"},
        {"NonStruct", "group without meaning"},
        {"Private", "private"},
        {"P", "paragraph"},
        {"H", "heading"},
        {"L", "list"},
        {"LI", "list item"},
        {"Lbl", "label"},
        {"LBody", "body of the item"},
        {"Table", "table"},
        {"TR", "row"},
        {"TH", "header cell"},
        {"TD", "cell"},
        {"THead", "head of the table"},
        {"TBody", "body of the table"},
        {"TFoot", "foot of the table"},
        {"Span", "words"},
        {"Note", "note"},
        {"FENote", "note"},
        {"Reference", "reference"},
        {"BibEntry", "entry of the references"},
        {"Code", "code"},
        {"Link", "link"},
        {"Annot", "annotation"},
        {"Figure", "picture"},
        {"Formula", "formula"},
        {"Form", "form field"},
        {"Title", "title"},
        {"Em", "stressed"},
        {"Strong", "important"},
        {"Aside", "aside"},
    };
    static const char *const levels[] = {"heading, level 1", "heading, level 2",
                                         "heading, level 3", "heading, level 4",
                                         "heading, level 5", "heading, level 6"};
    if (role.length == 2 && role.bytes[0] == 'H' && role.bytes[1] >= '1' && role.bytes[1] <= '6')
        return levels[role.bytes[1] - '1'];
    for (size_t i = 0; i < sizeof roles / sizeof *roles; i++)
        if (text_equal_c(role, roles[i].role))
            return roles[i].words;
    return NULL;
}

void report_section(struct inspection_report *report, const char *id, const char *heading)
{
    buffer_printf(report->out, "\n<section id=\"%s\" aria-labelledby=\"%s-heading\">\n", id, id);
    buffer_printf(report->out, "<h2 id=\"%s-heading\">%s</h2>\n", id, heading);
}

void report_section_end(struct inspection_report *report)
{
    buffer_add_c(report->out, "</section>\n");
}

void report_more(struct inspection_report *report, size_t count)
{
    if (count)
        buffer_printf(report->out, "<li class=\"more\">and %zu more</li>\n", count);
}

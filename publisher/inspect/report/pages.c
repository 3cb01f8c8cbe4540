#include "inspect/report/parts.h"

static void add_artifact_words(struct inspection_report *report, const struct inspection_page *page)
{
    size_t artifacts = 0, stray = 0;
    for (size_t i = 0; i < page->artifact_count; i++)
        *(page->artifacts[i].is_marked ? &artifacts : &stray) += 1;
    if (artifacts)
        buffer_printf(report->out,
                      "<p class=\"small\">%zu artifact%s: hatched in the picture, and left out by "
                      "assistive technology.</p>\n",
                      artifacts, artifacts == 1 ? "" : "s");
    if (stray)
        buffer_add_c(report->out, "<p class=\"small\"><strong class=\"fault\">Some of this page is "
                                  "neither tagged nor an artifact:</strong> cross-hatched in red "
                                  "in the picture.</p>\n");
}

/* A file without tags is read all the same, in an order that nobody has said. */
static void add_guess(struct inspection_report *report, const struct inspection_page *page)
{
    buffer_add_c(report->out, "<p class=\"none\">Nothing here is tagged.</p>\n");
    if (!page->untagged.length)
        return;
    buffer_add_c(report->out, "<p>This is the text in the order in which it is painted. That it is "
                              "read so is a guess.</p>\n<p class=\"words\" dir=\"auto\">");
    report_lines(report->out, page->untagged);
    buffer_add_c(report->out, "</p>\n");
}

static void add_page(struct inspection_report *report, uint32_t number)
{
    const struct inspection_page *page = &report->inspection->pages[number - 1];
    buffer_printf(report->out,
                  "<section class=\"page\" id=\"page-%u\" aria-labelledby=\"page-%u-heading\">\n"
                  "<h3 id=\"page-%u-heading\">%s ",
                  number, number, number, report_page_word(report));
    report_cut(report->out, page->label);
    buffer_add_c(report->out, "</h3>\n");
    report_blocks(report, number);
    if (!report->inspection->is_epub) {
        buffer_add_c(report->out, "<div class=\"seen\">\n");
        report_picture(report, number);
        buffer_add_c(report->out, "</div>\n");
    }
    buffer_add_c(report->out, "<div class=\"read\">\n");
    if (report->page_starts[number] == report->page_starts[number + 1])
        add_guess(report, page);
    else
        report_tags(report, number);
    add_artifact_words(report, page);
    buffer_add_c(report->out, "</div>\n</section>\n");
}

/* Elements without content, and content that no page paints. */
static void add_nowhere(struct inspection_report *report)
{
    if (report->page_starts[0] == report->page_starts[1])
        return;
    report->block_count = 0;
    buffer_add_c(report->out, "<section class=\"nowhere\" id=\"page-0\" "
                              "aria-labelledby=\"page-0-heading\">\n<h3 id=\"page-0-heading\">Tags "
                              "that hold nothing</h3>\n");
    report_tags(report, 0);
    report_section_end(report);
}

/* Without a script they work too: the style sheet asks whether they are ticked. */
static void add_switches(struct inspection_report *report)
{
    static const struct {
        const char *id, *words;
    } switches[] = {{"show-order", "Reading order"},
                    {"show-blocks", "Blocks and their numbers"},
                    {"show-artifacts", "Artifacts"}};
    buffer_add_c(
        report->out,
        "<p>Each page as it looks, and beside it what is read, in the order in which it is "
        "read. A block has the same number in the picture and among the tags.</p>\n"
        "<fieldset class=\"switches\"><legend>Over the pictures</legend>\n");
    for (size_t i = 0; i < sizeof switches / sizeof *switches; i++)
        buffer_printf(report->out,
                      "<label><input type=\"checkbox\" id=\"%s\" checked autocomplete=\"off\"> "
                      "%s</label>\n",
                      switches[i].id, switches[i].words);
    buffer_add_c(
        report->out,
        "</fieldset>\n<ul class=\"key\">\n"
        "<li><svg aria-hidden=\"true\" viewBox=\"0 0 24 14\"><rect class=\"block\" x=\"1\" "
        "y=\"1\" width=\"22\" height=\"12\"/></svg> read</li>\n"
        "<li><svg aria-hidden=\"true\" viewBox=\"0 0 24 14\"><rect class=\"artifact\" "
        "x=\"1\" y=\"1\" width=\"22\" height=\"12\"/></svg> artifact: not read, and marked "
        "so</li>\n"
        "<li><svg aria-hidden=\"true\" viewBox=\"0 0 24 14\"><rect class=\"stray\" x=\"1\" "
        "y=\"1\" width=\"22\" height=\"12\"/></svg> neither: a fault</li>\n</ul>\n");
}

void report_pages(struct inspection_report *report)
{
    const struct inspection *inspection = report->inspection;
    report_section(report, "pages", inspection->is_epub ? "Files" : "Pages");
    if (!inspection->is_epub && inspection->page_count)
        add_switches(report);
    for (uint32_t page = 1; page <= inspection->page_count; page++) {
        if (report->rows < LIMIT_REPORT_ROWS || page <= LIMIT_REPORT_PICTURES) {
            add_page(report, page);
            continue;
        }
        buffer_printf(report->out,
                      "<p class=\"note\" id=\"page-%u\">The report ends here: %zu more would make "
                      "it too large. Ask for text or JSON.</p>\n",
                      page, inspection->page_count - page + 1);
        break;
    }
    if (!inspection->page_count)
        buffer_add_c(report->out, "<p class=\"none\">There is nothing to show.</p>\n");
    add_nowhere(report);
    report_section_end(report);
}

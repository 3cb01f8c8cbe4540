/* Tables as they are read: row after row, each cell with its headers. */
#include "inspect/report/parts.h"

#include "inspect/grid.h"

static void add_cell(struct inspection_report *report, const struct grid *grid, size_t cell)
{
    uint32_t headers[GRID_MOST_HEADERS];
    size_t count = grid_headers(grid, report->inspection, cell, headers);
    buffer_printf(report->out, "<li%s>", grid->cells[cell].is_header ? " class=\"head\"" : "");
    for (size_t i = 0; i < count; i++) {
        buffer_add_c(report->out, i ? ", " : "<span class=\"of\">");
        report_node_words(report, headers[i]);
    }
    if (count)
        buffer_add_c(report->out, ":</span> ");
    report_node_words(report, grid->cells[cell].node);
    if (grid->cells[cell].is_header)
        buffer_add_c(report->out, " <span class=\"chip\">header</span>");
    else if (!grid->cells[cell].has_header)
        buffer_add_c(report->out, " <span class=\"fault\">no header</span>");
    buffer_add_c(report->out, "</li>\n");
}

/* Headers are named again with each cell: all cells of the report together are bounded. */
static void add_rows(struct inspection_report *report, const struct grid *grid, size_t *cells)
{
    uint32_t row = UINT32_MAX;
    size_t k = 0;
    buffer_add_c(report->out, "<ol class=\"rows\">\n");
    for (; k < grid->count && *cells < LIMIT_REPORT_CELLS; k++, ++*cells) {
        if (grid->cells[k].row != row) {
            buffer_add_c(report->out, k ? "</ul></li>\n" : "");
            buffer_printf(report->out, "<li><span class=\"name\">Row %u</span><ul>\n",
                          grid->cells[k].row + 1);
        }
        row = grid->cells[k].row;
        add_cell(report, grid, k);
    }
    buffer_add_c(report->out, k ? "</ul></li>\n" : "");
    report_more(report, grid->count - k);
    buffer_add_c(report->out, "</ol>\n");
}

static void add_table(struct inspection_report *report, uint32_t node, size_t number, size_t *cells)
{
    const struct inspection *inspection = report->inspection;
    struct grid grid;
    grid_read(&grid, inspection, node);
    buffer_printf(report->out, "<section class=\"table\" aria-labelledby=\"table-%u\">\n", node);
    buffer_printf(report->out, "<h3 id=\"table-%u\">Table %zu", node, number);
    for (uint32_t kid = inspection->nodes[node].first; kid; kid = inspection->nodes[kid].next) {
        if (inspection->nodes[kid].kind == NODE_ELEMENT && node_is(inspection, kid, "Caption")) {
            buffer_add_c(report->out, ": ");
            report_node_words(report, kid);
            break;
        }
    }
    buffer_printf(report->out, "</h3>\n<p class=\"small\">%u rows, %u columns", grid.rows,
                  grid.columns);
    if (inspection->nodes[node].page) {
        buffer_add_c(report->out, "; ");
        report_page_link(report, inspection->nodes[node].page);
    }
    if (report->was_shown[node])
        buffer_printf(report->out, ", <a href=\"#t%u\">its tag</a>", node);
    buffer_add_c(report->out, "</p>\n");
    add_rows(report, &grid, cells);
    report_section_end(report);
    grid_release(&grid);
}

void report_tables(struct inspection_report *report)
{
    const struct inspection *inspection = report->inspection;
    size_t count = 0, cells = 0;
    report_section(report, "tables", "Tables");
    for (uint32_t i = 1; i < inspection->node_count; i++) {
        if (inspection->nodes[i].kind != NODE_ELEMENT || !node_is(inspection, i, "Table"))
            continue;
        if (++count == 1)
            buffer_add_c(report->out,
                         "<p>As they are read: row by row, before each cell its headers.</p>\n");
        if (count <= LIMIT_REPORT_TABLES && cells < LIMIT_REPORT_CELLS)
            add_table(report, i, count, &cells);
    }
    if (!count)
        buffer_add_c(report->out, "<p class=\"none\">Nothing is tagged as a table.</p>\n");
    if (count > LIMIT_REPORT_TABLES || cells >= LIMIT_REPORT_CELLS)
        buffer_printf(report->out,
                      "<p class=\"note\">Not all of the %zu tables are shown; text and JSON have "
                      "them all.</p>\n",
                      count);
    report_section_end(report);
}

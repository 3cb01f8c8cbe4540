/* What is shown where: which elements have a line among the tags, what is numbered as one block,
   which nodes lie on which page. Indices of nodes grow from parent to child: loops over them stand
   for walks. */
#include "inspect/report/parts.h"

#include <stdlib.h>

/* Runs of a line; Lbl stands before what it labels. */
static bool is_inline(text role)
{
    static const char *const names[] = {
        "Span", "Quote", "Reference", "BibEntry", "Code",    "Link", "Annot", "Ruby", "RB",
        "RT",   "RP",    "WT",        "WP",       "Warichu", "Em",   "Sub",   "Lbl",  "Strong"};
    return TEXT_IS_AMONG(role, names);
}

static bool is_grouping(text role)
{
    static const char *const names[] = {"Document",   "DocumentFragment",
                                        "Part",       "Art",
                                        "Sect",       "Div",
                                        "TOC",        "Index",
                                        "L",          "Table",
                                        "THead",      "TBody",
                                        "TFoot",      "TR",
                                        "NonStruct",  "Private",
                                        "BlockQuote", "Aside",
                                        "LBody",      ""};
    return TEXT_IS_AMONG(role, names);
}

/* Read as one, with the paragraphs in it. */
static bool is_whole(text role)
{
    static const char *const names[] = {"LI", "TOCI", "TH", "TD", "Note", "FENote", "Caption"};
    return TEXT_IS_AMONG(role, names);
}

bool report_is_figure(const struct inspection *inspection, uint32_t node)
{
    return inspection->nodes[node].kind == NODE_ELEMENT &&
           (node_is(inspection, node, "Figure") || node_is(inspection, node, "Formula"));
}

/* Only elements without anything to say of themselves have a child folded into their line. */
static bool is_plain(const struct details *details)
{
    return !details->has_alt && !details->has_actual && !details->has_language &&
           !details_more(details)->expansion.length && !details_more(details)->title.length;
}

static void find_rows(struct inspection_report *report)
{
    const struct inspection *inspection = report->inspection;
    uint8_t *parts = report->parts;
    for (size_t i = inspection->node_count; i-- > 1;) {
        const struct inspection_node *node = &inspection->nodes[i];
        if (node->kind == NODE_ELEMENT && !is_inline(node->details->role))
            parts[i] |= PART_ROW;
        if (parts[i] & PART_ROW)
            parts[node->parent] |= PART_ROW;
    }
    for (size_t i = 1; i < inspection->node_count; i++) {
        const struct inspection_node *node = &inspection->nodes[i],
                                     *above = &inspection->nodes[node->parent];
        if (node->kind != NODE_ELEMENT)
            continue;
        bool is_label = node_is(inspection, (uint32_t)i, "Lbl");
        if (!node->parent || (is_grouping(above->details->role) && !is_label))
            parts[i] |= PART_ROW;
        /* Its box of the list: the label stands on its line. */
        bool is_only = above->first == i && above->last == i;
        if (parts[i] & PART_ROW && node->parent && is_only && is_plain(above->details) &&
            text_equal_c(above->details->role, "LBody") && text_equal_c(node->details->role, "P"))
            parts[i] = PART_FOLDED;
    }
    for (size_t i = 1; i < inspection->node_count; i++) {
        const struct inspection_node *node = &inspection->nodes[i];
        if (node->kind == NODE_ELEMENT && !is_inline(node->details->role) &&
            !(is_grouping(node->details->role) && node->details->role.length))
            parts[i] |= PART_UNIT;
    }
}

uint32_t report_row(const struct inspection_report *report, uint32_t node)
{
    while (node && !(report->parts[node] & PART_ROW))
        node = report->inspection->nodes[node].parent;
    return node;
}

uint32_t report_unit(const struct inspection_report *report, uint32_t node)
{
    const struct inspection_node *nodes = report->inspection->nodes;
    uint32_t unit = nodes[node].parent;
    while (unit && !(report->parts[unit] & PART_UNIT))
        unit = nodes[unit].parent;
    if (!unit) /* words in groups alone */
        return nodes[node].parent;
    if (!node_is(report->inspection, unit, "P"))
        return unit;
    uint32_t above = nodes[unit].parent;
    if (above && node_is(report->inspection, above, "LBody"))
        above = nodes[above].parent;
    return above && is_whole(nodes[above].details->role) ? above : unit;
}

/* Counting sort by page: within one they stay in their order. */
static void sort_by_page(struct inspection_report *report)
{
    const struct inspection *inspection = report->inspection;
    size_t *starts =
        ARENA_NEW_ARRAY(report->arena, inspection->page_count + 2, size_t); /* of the next page */
    size_t *at = ARENA_NEW_ARRAY(report->arena, inspection->page_count + 2, size_t);
    report->by_page = ARENA_NEW_ARRAY(report->arena, inspection->node_count, uint32_t);
    for (size_t i = 1; i < inspection->node_count; i++)
        starts[inspection->nodes[i].page + 1]++;
    for (size_t i = 1; i < inspection->page_count + 2; i++)
        starts[i] += starts[i - 1];
    for (size_t i = 0; i < inspection->page_count + 2; i++)
        at[i] = starts[i];
    for (size_t i = 1; i < inspection->node_count; i++)
        report->by_page[at[inspection->nodes[i].page]++] = (uint32_t)i;
    report->page_starts = starts;
}

static int compare_mentions(const void *a, const void *b)
{
    const struct mention *x = a, *y = b;
    if (x->row != y->row)
        return x->row < y->row ? -1 : 1;
    return x->finding < y->finding ? -1 : x->finding > y->finding;
}

static void collect_mentions(struct inspection_report *report)
{
    const struct inspection *inspection = report->inspection;
    report->mentions = ARENA_NEW_ARRAY(report->arena, inspection->finding_count, struct mention);
    for (size_t i = 0; i < inspection->finding_count; i++) {
        uint32_t row = report_row(report, inspection->findings[i].node);
        if (row)
            report->mentions[report->mention_count++] = (struct mention){row, (uint32_t)i};
    }
    if (report->mention_count)
        qsort(report->mentions, report->mention_count, sizeof *report->mentions, compare_mentions);
}

void report_index(struct inspection_report *report)
{
    size_t count = report->inspection->node_count;
    report->parts = arena_allocate(report->arena, count);
    report->was_shown = arena_allocate(report->arena, count);
    report->numbers = ARENA_NEW_ARRAY(report->arena, count, uint32_t);
    find_rows(report);
    sort_by_page(report);
    collect_mentions(report);
}

/* blocks */

uint32_t report_number(const struct inspection_report *report, uint32_t node)
{
    uint32_t number = report->numbers[node];
    return number && number <= report->block_count && report->blocks[number - 1].unit == node
               ? number
               : 0;
}

void report_blocks(struct inspection_report *report, uint32_t page_number)
{
    const struct inspection_page *page = &report->inspection->pages[page_number - 1];
    report->block_count = 0;
    for (size_t i = 0; i < page->order_count; i++) {
        const struct inspection_node *content = &report->inspection->nodes[page->order[i]];
        if (content->box.x0 > content->box.x1)
            continue;
        uint32_t unit = report_unit(report, page->order[i]), number = report_number(report, unit);
        if (!number) {
            ARENA_GROW(report->arena, report->blocks, report->block_count, report->block_capacity);
            report->blocks[report->block_count++] = (struct reading_block){unit, {1, 1, 0, 0}};
            report->numbers[unit] = number = (uint32_t)report->block_count;
        }
        box_extend(&report->blocks[number - 1].box, content->box);
    }
}

struct box report_box(const struct inspection *inspection, uint32_t node)
{
    struct box box = {1, 1, 0, 0};
    uint32_t page = inspection->nodes[node].page;
    for (uint32_t at = node; at; at = inspection_next(inspection, at, node))
        if (inspection->nodes[at].page == page && inspection->nodes[at].kind == NODE_CONTENT)
            box_extend(&box, inspection->nodes[at].box);
    return box;
}

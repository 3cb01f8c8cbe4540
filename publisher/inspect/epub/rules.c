/* What the elements of an EPUB show together: names, headings, tables. */
#include "base/limits.h"
#include "inspect/epub/reader.h"
#include "inspect/grid.h"

#include <stdlib.h>
#include <string.h>

struct checker {
    struct epub_reader *reader;
    struct inspection *inspection;
    struct buffer scratch;
    uint32_t node, page;
    unsigned long level; /* of the last heading on the page */
};

#define FAULT(condition, ...)                                                                      \
    inspection_find(c->inspection, CONDITION_EPUB_##condition, c->inspection->nodes[c->node].page, \
                    c->inspection->nodes[c->node].object, c->node, __VA_ARGS__)

static int compare_texts(const void *left, const void *right)
{
    return text_compare(*(const text *)left, *(const text *)right);
}

/* The words of the places that the IDs name; NULL in *missing: all are there. */
static text words_of(struct checker *c, const struct epub_reference *reference, text *missing)
{
    struct buffer all;
    buffer_init(&all, LIMIT_WORDS_BYTES);
    *missing = TEXT_EMPTY;
    for (size_t start = 0; start < reference->ids.length;) {
        size_t end = start;
        while (end < reference->ids.length && !strchr(" \t\r\n", reference->ids.bytes[end]))
            end++;
        text id = text_slice(reference->ids, start, end);
        const struct epub_anchor *anchor =
            id.length ? epub_find_anchor(c->reader, reference->page, id) : NULL;
        start = end + 1;
        if (id.length && !anchor)
            *missing = id;
        if (!anchor || anchor->node >= c->inspection->node_count)
            continue;
        buffer_add_c(&all, all.length ? " " : "");
        buffer_add_text(&all, inspection_words(c->inspection, anchor->node, &c->scratch, 4096));
    }
    text words = arena_copy(c->inspection->arena, buffer_text(&all));
    buffer_release(&all);
    return words;
}

/* Controls that are no elements of HTML's own, and are named by the words in them (WAI-ARIA 1.2,
   5.2.8). */
static bool is_worded(text tag)
{
    bool is_own = text_starts_with(tag, TEXT("input")) || text_starts_with(tag, TEXT("select")) ||
                  text_starts_with(tag, TEXT("textarea"));
    return !is_own && (text_ends_with(tag, TEXT("/checkbox")) ||
                       text_ends_with(tag, TEXT("/radio")) || text_ends_with(tag, TEXT("/switch")));
}

static void resolve_references(struct checker *c)
{
    struct epub_reader *reader = c->reader;
    if (reader->label_count)
        qsort(reader->labels, reader->label_count, sizeof *reader->labels, compare_texts);
    for (size_t i = 0; i < reader->reference_count; i++) {
        const struct epub_reference *reference = &reader->references[i];
        struct details *details = c->inspection->nodes[reference->node].details;
        text missing;
        c->node = reference->node;
        if (reference->kind == EPUB_CONTROL) {
            text key = arena_printf(c->inspection->arena, "%u %.*s", reference->page,
                                    TEXT_ARGUMENTS(reference->ids));
            bool is_named =
                is_worded(details->tag) &&
                !text_is_unseen(inspection_words(c->inspection, c->node, &c->scratch, 4096));
            if (is_named)
                continue;
            if (!reader->label_count || !bsearch(&key, reader->labels, reader->label_count,
                                                 sizeof *reader->labels, compare_texts))
                FAULT(CONTROL, "%.*s", TEXT_ARGUMENTS(details->tag));
            continue;
        }
        text words = words_of(c, reference, &missing);
        if (missing.length)
            FAULT(REFERENCE, "%.*s", TEXT_ARGUMENTS(missing));
        bool is_named = text_equal_c(details->role, "Figure") ||
                        text_equal_c(details->role, "Formula") ||
                        text_equal_c(details->role, "Link") || text_equal_c(details->role, "Form");
        if (reference->kind != EPUB_LABELLED || text_is_unseen(words))
            continue; /* the title of a drawing has no words of its own: they name the drawing */
        if (is_named)
            details->alt = words;
        else
            inspection_more(c->inspection, details)->title = words;
    }
}

/* Headers without a scope head their column where they stand in a head or in a row of headers
   alone, else their row (WHATWG HTML, 4.9.12). */
static void give_scopes(struct checker *c, struct grid *grid)
{
    for (size_t i = 0; i < grid->count; i++) {
        const struct grid_cell *cell = &grid->cells[i];
        struct details *details = c->inspection->nodes[cell->node].details;
        if (!cell->is_header || details_more(details)->scope.length)
            continue;
        uint32_t row = c->inspection->nodes[cell->node].parent;
        bool is_head = node_is(c->inspection, c->inspection->nodes[row].parent, "THead");
        bool is_all = true;
        for (uint32_t kid = c->inspection->nodes[row].first; kid;
             kid = c->inspection->nodes[kid].next)
            is_all = is_all && !node_is(c->inspection, kid, "TD");
        inspection_more(c->inspection, details)->scope =
            is_head || is_all || cell->row == 0 ? TEXT("Column") : TEXT("Row");
    }
}

static void check_table(struct checker *c)
{
    struct grid grid;
    uint32_t table = c->node;
    grid_place(&grid, c->inspection, table);
    give_scopes(c, &grid);
    grid_connect(&grid, c->inspection);
    grid_check_size(&grid, c->inspection);
    if (grid.has_overlap)
        FAULT(TABLE, "two cells stand at one place");
    else if (grid.ragged_row)
        FAULT(TABLE, "row %u is not as wide as the first", grid.ragged_row);
    /* One cell has nothing to be headed by: such a table only frames. */
    if (!grid.has_header_cell && grid.count > 1)
        FAULT(TABLE_HEADER, "%u rows, %u columns", grid.rows, grid.columns);
    for (size_t i = 0; grid.has_header_cell && i < grid.count; i++) {
        const struct grid_cell *cell = &grid.cells[i];
        if ((cell->is_header || cell->has_header || !c->inspection->nodes[cell->node].first) &&
            !cell->has_unknown)
            continue;
        c->node = cell->node;
        FAULT(TABLE_CELL, "row %u, column %u%s", cell->row + 1, cell->column + 1,
              cell->has_unknown ? ": it names a header that is not there" : "");
        break;
    }
    c->node = table;
    grid_release(&grid);
}

static void check_heading(struct checker *c, unsigned long level, text words)
{
    if (text_is_unseen(words))
        FAULT(HEADING_EMPTY, "H%lu", level);
    if (c->level && level > c->level + 1)
        FAULT(HEADING_LEVEL, "H%lu follows H%lu", level, c->level);
    c->level = level;
}

static void check_element(struct checker *c)
{
    const struct details *details = c->inspection->nodes[c->node].details;
    text role = details->role;
    unsigned long level;
    bool is_break = text_ends_with(details->tag, TEXT("pagebreak"));
    bool is_heading = role.length > 1 && role.bytes[0] == 'H' &&
                      text_to_number(text_slice(role, 1, role.length), 1000, &level);
    bool is_button = text_starts_with(details->tag, TEXT("button")) ||
                     text_ends_with(details->tag, TEXT("/button"));
    bool is_svg = text_equal_c(role, "Figure") && text_starts_with(details->tag, TEXT("svg"));
    if (text_equal_c(role, "Table"))
        check_table(c);
    if (!is_break && !is_heading && !is_button && !is_svg && !text_equal_c(role, "Link"))
        return;
    text words = inspection_words(c->inspection, c->node, &c->scratch, 4096);
    if (is_heading)
        check_heading(c, level, words);
    bool is_nameless = text_is_unseen(words) && text_is_unseen(details_more(details)->title);
    if (is_nameless && is_break)
        FAULT(PAGE_LABEL, "%.*s", TEXT_ARGUMENTS(details->id));
    else if (is_nameless && is_svg)
        FAULT(ALT, "an svg element");
    else if (is_nameless && is_button)
        FAULT(CONTROL, "%.*s", TEXT_ARGUMENTS(details->tag));
    else if (is_nameless && text_equal_c(role, "Link"))
        FAULT(LINK_NAME, "it leads to %.*s", TEXT_ARGUMENTS(details->target));
}

void epub_check_elements(struct epub_reader *reader)
{
    struct checker checker = {.reader = reader, .inspection = reader->inspection}, *c = &checker;
    buffer_init(&c->scratch, LIMIT_WORDS_BYTES);
    resolve_references(c);
    for (uint32_t at = 1; at < c->inspection->node_count; at++) {
        const struct inspection_node *node = &c->inspection->nodes[at];
        c->level = node->page == c->page ? c->level : 0;
        c->page = node->page;
        c->node = at;
        if (node->kind == NODE_ELEMENT)
            check_element(c);
    }
    buffer_release(&c->scratch);
}

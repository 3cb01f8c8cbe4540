#include "inspect/pdf/rules.h"

#include "inspect/grid.h"

#include <stdlib.h>
#include <string.h>

/* Who may be whose parent (ISO 32000-1, tables 333 to 338): roles with spaces between them. */
static const struct nesting {
    const char *role, *others;
    enum condition condition;
} allowed_kids[] =
    {
        {"Table", "TR THead TBody TFoot Caption", CONDITION_M09_004},
        {"THead", "TR", CONDITION_M09_004},
        {"TBody", "TR", CONDITION_M09_004},
        {"TFoot", "TR", CONDITION_M09_004},
        {"TR", "TH TD", CONDITION_M09_004},
        {"L", "L LI Caption", CONDITION_M09_005},
        {"LI", "Lbl LBody", CONDITION_M09_005},
        {"TOC", "TOC TOCI Caption", CONDITION_M09_006},
        {"Ruby", "RB RT RP", CONDITION_M09_007},
        {"Warichu", "WT WP", CONDITION_M09_008},
},
  allowed_parents[] = {
      {"TR", "Table THead TBody TFoot", CONDITION_M09_004},
      {"THead", "Table", CONDITION_M09_004},
      {"TBody", "Table", CONDITION_M09_004},
      {"TFoot", "Table", CONDITION_M09_004},
      {"TH", "TR", CONDITION_M09_004},
      {"TD", "TR", CONDITION_M09_004},
      {"LI", "L", CONDITION_M09_005},
      {"LBody", "LI", CONDITION_M09_005},
      {"TOCI", "TOC", CONDITION_M09_006},
      {"RB", "Ruby", CONDITION_M09_007},
      {"RT", "Ruby", CONDITION_M09_007},
      {"RP", "Ruby", CONDITION_M09_007},
      {"WT", "Warichu", CONDITION_M09_008},
      {"WP", "Warichu", CONDITION_M09_008},
};

struct checker {
    struct pdf_reader *reader;
    const struct inspection *inspection;
    uint32_t node;
    const struct details *details;
    unsigned long level; /* of the last numbered heading */
    bool has_plain, has_numbered;
    uint32_t first_plain;
    text *note_ids;
    size_t note_count, note_capacity;
};

#define FAULT(condition, ...)                                                                      \
    inspection_find(c->reader->inspection, condition, c->inspection->nodes[c->node].page,          \
                    c->inspection->nodes[c->node].object, c->node, __VA_ARGS__)

static bool is_among(text role, const char *roles)
{
    text all = text_from_c(roles);
    for (size_t start = 0; start < all.length;) {
        size_t end = text_find_byte(all, ' ', start);
        end = end == SIZE_MAX ? all.length : end;
        if (text_equal(role, text_slice(all, start, end)))
            return true;
        start = end + 1;
    }
    return false;
}

static text role_of(const struct checker *c, uint32_t node)
{
    const struct inspection_node *record = &c->inspection->nodes[node];
    return node && record->kind == NODE_ELEMENT ? record->details->role : TEXT_EMPTY;
}

static text shown(const struct checker *c, uint32_t node)
{
    text role = role_of(c, node);
    if (role.length)
        return role;
    return node ? c->inspection->nodes[node].details->tag : TEXT("the root");
}

static void check_nesting(struct checker *c)
{
    text role = c->details->role;
    uint32_t parent = c->inspection->nodes[c->node].parent;
    for (size_t i = 0; i < sizeof allowed_parents / sizeof *allowed_parents; i++)
        if (text_equal_c(role, allowed_parents[i].role) &&
            !is_among(role_of(c, parent), allowed_parents[i].others))
            FAULT(allowed_parents[i].condition, "%.*s within %.*s", TEXT_ARGUMENTS(role),
                  TEXT_ARGUMENTS(shown(c, parent)));
    for (size_t i = 0; i < sizeof allowed_kids / sizeof *allowed_kids; i++) {
        if (!text_equal_c(role, allowed_kids[i].role))
            continue;
        for (uint32_t kid = c->inspection->nodes[c->node].first; kid;
             kid = c->inspection->nodes[kid].next)
            if (c->inspection->nodes[kid].kind == NODE_ELEMENT &&
                !is_among(role_of(c, kid), allowed_kids[i].others))
                FAULT(allowed_kids[i].condition, "%.*s directly in %.*s",
                      TEXT_ARGUMENTS(shown(c, kid)), TEXT_ARGUMENTS(role));
    }
}

/* How many kids have the role; where the first and the last of them stand among the elements. */
static size_t count_kids(const struct checker *c, const char *role, size_t *first, size_t *last,
                         size_t *all)
{
    size_t count = 0;
    *all = *first = *last = 0;
    for (uint32_t kid = c->inspection->nodes[c->node].first; kid;
         kid = c->inspection->nodes[kid].next) {
        if (c->inspection->nodes[kid].kind != NODE_ELEMENT)
            continue;
        (*all)++;
        if (!text_equal_c(role_of(c, kid), role))
            continue;
        *last = *all;
        if (count++ == 0)
            *first = *all;
    }
    return count;
}

static size_t count_of(const struct checker *c, const char *role)
{
    size_t first, last, all;
    return count_kids(c, role, &first, &last, &all);
}

/* Where a table's or list's Caption stands. */
static void check_caption(struct checker *c, enum condition condition, bool may_be_last)
{
    size_t first, last, all, count = count_kids(c, "Caption", &first, &last, &all);
    if (count > 1 && may_be_last)
        FAULT(condition, "%zu captions", count);
    else if (count && first != 1 && !(may_be_last && last == all))
        FAULT(condition, "the caption is not %s", may_be_last ? "first or last" : "first");
    else if (count > 1)
        FAULT(condition, "a caption is not first");
}

static void check_cells(struct checker *c, const struct grid *grid)
{
    for (size_t i = 0; i < grid->count; i++) {
        const struct grid_cell *cell = &grid->cells[i];
        uint32_t table = c->node;
        /* A cell without content has nothing that a header could explain. */
        if (cell->is_header || cell->has_header || !grid->has_header_cell ||
            !c->inspection->nodes[cell->node].first)
            continue;
        c->node = cell->node;
        FAULT(CONDITION_M15_003, "row %u, column %u%s", cell->row + 1, cell->column + 1,
              cell->has_unknown ? ": it names a header that is not there" : "");
        c->node = table;
        break;
    }
}

static void check_table(struct checker *c)
{
    struct grid grid;
    size_t heads = count_of(c, "THead"), feet = count_of(c, "TFoot");
    if (heads > 1 || feet > 1)
        FAULT(CONDITION_M09_004, "more than one THead or TFoot");
    if ((heads || feet) && !count_of(c, "TBody"))
        FAULT(CONDITION_M09_004, "a THead or TFoot and no TBody");
    check_caption(c, CONDITION_M09_004, true);
    grid_read(&grid, c->inspection, c->node);
    grid_check_places(&grid, c->reader->inspection, CONDITION_M09_004, c->node);
    check_cells(c, &grid);
    grid_release(&grid);
}

static void check_alternative(struct checker *c, enum condition condition)
{
    if (!c->details->alt.length && !c->details->has_actual)
        FAULT(condition, "%.*s has neither Alt nor ActualText", TEXT_ARGUMENTS(c->details->role));
}

/* 7.4: "H3" */
static void check_heading(struct checker *c, unsigned long level)
{
    if (c->level == 0 && level != 1)
        FAULT(CONDITION_M14_002, "the first heading is H%lu", level);
    else if (c->level && level > c->level + 1)
        FAULT(CONDITION_M14_003, "H%lu follows H%lu", level, c->level);
    c->level = level;
    c->has_numbered = true;
}

static void check_note(struct checker *c)
{
    if (!c->details->id.length)
        FAULT(CONDITION_M19_003, "the Note has no ID");
    ARENA_GROW(c->inspection->arena, c->note_ids, c->note_count, c->note_capacity);
    c->note_ids[c->note_count++] = c->details->id;
}

static int compare_texts(const void *left, const void *right)
{
    return text_compare(*(const text *)left, *(const text *)right);
}

static void check_note_ids(struct checker *c)
{
    if (!c->note_count)
        return;
    qsort(c->note_ids, c->note_count, sizeof *c->note_ids, compare_texts);
    c->node = 0;
    for (size_t i = 1; i < c->note_count; i++)
        if (c->note_ids[i].length && text_equal(c->note_ids[i], c->note_ids[i - 1]))
            FAULT(CONDITION_M19_004, "the ID %.*s", TEXT_ARGUMENTS(c->note_ids[i]));
}

/* 7.18.4: but for the widget the Form element holds nothing. */
static void check_form(struct checker *c)
{
    uint32_t first = c->inspection->nodes[c->node].first;
    bool is_one = first && !c->inspection->nodes[first].next &&
                  c->inspection->nodes[first].kind == NODE_ANNOTATION;
    if (!is_one && !text_equal_c(details_more(c->details)->numbering, "PrintField"))
        FAULT(CONDITION_M28_010, "the Form element holds more or less than one widget");
}

static void check_element(struct checker *c)
{
    const struct details *details = c->details;
    text role = details->role;
    unsigned long level;
    check_nesting(c);
    if (text_equal_c(role, "Table"))
        check_table(c);
    else if (text_equal_c(role, "L"))
        check_caption(c, CONDITION_M09_005, false);
    else if (text_equal_c(role, "TOC"))
        check_caption(c, CONDITION_M09_006, false);
    else if (text_equal_c(role, "Figure"))
        check_alternative(c, CONDITION_M13_004);
    else if (text_equal_c(role, "Formula"))
        check_alternative(c, CONDITION_M17_002);
    else if (text_equal_c(role, "Note"))
        check_note(c);
    else if (text_equal_c(role, "Form"))
        check_form(c);
    if (text_equal_c(role, "H")) {
        c->first_plain = c->first_plain ? c->first_plain : c->node;
        c->has_plain = true;
    } else if (role.length > 1 && role.bytes[0] == 'H' &&
               text_to_number(text_slice(role, 1, role.length), 1000, &level)) {
        check_heading(c, level);
    }
    if (count_of(c, "H") > 1)
        FAULT(CONDITION_M14_006, "%zu of them", count_of(c, "H"));
    bool needs = details->alt.length || details->has_actual ||
                 details_more(details)->expansion.length || details->has_alt;
    if (needs && !c->reader->has_catalog_language &&
        !inspection_language(c->inspection, c->node).length)
        FAULT(CONDITION_M11_002, "of %.*s", TEXT_ARGUMENTS(shown(c, c->node)));
}

void pdf_check_tree(struct pdf_reader *reader)
{
    struct checker all = {.reader = reader, .inspection = reader->inspection}, *c = &all;
    for (uint32_t at = 1; at < c->inspection->node_count; at++) {
        c->node = at;
        c->details = c->inspection->nodes[at].details;
        if (c->inspection->nodes[at].kind == NODE_ELEMENT)
            check_element(c);
    }
    check_note_ids(c);
    c->node = c->first_plain;
    if (c->has_plain && c->has_numbered)
        FAULT(CONDITION_M14_007, "both H and numbered headings");
}

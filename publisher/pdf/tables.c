#include "pdf/output.h"

#include "base/limits.h"

enum { COLUMNS = LIMIT_TABLE_COLUMNS + 1 };

/* The header cells in force while a table is walked row by row. */
struct grid {
    struct structure *structure;
    struct element_list *columns[COLUMNS], *last[COLUMNS]; /* of each column, from the top */
    struct {
        struct pdf_element *cell;
        unsigned rows_left;
    } rows[COLUMNS]; /* by the column that the row's header stands in */
    struct {
        struct element_extra *extra;
        struct element_list *last;
        unsigned rows_left;
    } open[COLUMNS]; /* data cells that reach into rows below, by their first column */
};

static void append(struct structure *structure, struct element_list **first,
                   struct element_list **last, struct pdf_element *element)
{
    struct element_list *item = ARENA_NEW(structure->arena, struct element_list);
    item->element = element;
    if (*last)
        (*last)->next = item;
    else
        *first = item;
    *last = item;
}

static unsigned end_column(const struct node *cell)
{
    unsigned span = cell->cell.column_span ? cell->cell.column_span : 1;
    unsigned end = cell->cell.column + (span < COLUMNS ? span : COLUMNS);
    return end < COLUMNS ? end : COLUMNS;
}

static unsigned row_count(const struct node *cell)
{
    return cell->cell.row_span ? cell->cell.row_span : 1;
}

static void take_header(struct grid *grid, const struct node *cell)
{
    struct pdf_element *element = grid->structure->elements[cell->index];
    element->identified = true;
    unsigned column = cell->cell.column;
    if (cell->cell.row_scope) {
        if (column < COLUMNS) {
            grid->rows[column].cell = element;
            grid->rows[column].rows_left = row_count(cell);
            for (unsigned i = 0; i < COLUMNS; i++) {
                if (grid->open[i].rows_left)
                    append(grid->structure, &grid->open[i].extra->headers, &grid->open[i].last,
                           element);
            }
        }
        return;
    }
    for (; column < end_column(cell); column++)
        append(grid->structure, &grid->columns[column], &grid->last[column], element);
}

static void give_headers(struct grid *grid, const struct node *cell)
{
    struct pdf_element *element = grid->structure->elements[cell->index];
    struct element_extra *extra = structure_extra(grid->structure, element);
    struct element_list *last = NULL;
    unsigned first = cell->cell.column;
    for (unsigned column = first; column < end_column(cell); column++) {
        for (struct element_list *item = grid->columns[column]; item; item = item->next) {
            /* A header that reaches over the column before as well was named there. */
            if (column == first || item->element->node->cell.column == column)
                append(grid->structure, &extra->headers, &last, item->element);
        }
    }
    for (unsigned column = 0; column < COLUMNS; column++)
        if (grid->rows[column].rows_left)
            append(grid->structure, &extra->headers, &last, grid->rows[column].cell);
    if (row_count(cell) > 1 && first < COLUMNS) {
        grid->open[first].extra = extra;
        grid->open[first].last = last;
        grid->open[first].rows_left = row_count(cell);
    }
}

static void walk_row(struct grid *grid, const struct node *row)
{
    for (const struct node *cell = row->first_child; cell; cell = cell->next)
        if (cell->kind == NODE_TABLE_CELL && cell->cell.header)
            take_header(grid, cell);
    for (const struct node *cell = row->first_child; cell; cell = cell->next)
        if (cell->kind == NODE_TABLE_CELL && !cell->cell.header)
            give_headers(grid, cell);
    for (unsigned column = 0; column < COLUMNS; column++) {
        if (grid->rows[column].rows_left)
            grid->rows[column].rows_left--;
        if (grid->open[column].rows_left)
            grid->open[column].rows_left--;
    }
}

/* Where only the head has header cells their Scope says enough; naming them in every cell would
   only make the file larger. */
static bool needs_headers(const struct node *table)
{
    for (const struct node *part = table->first_child; part; part = part->next) {
        if (part->kind != NODE_TABLE_BODY)
            continue;
        for (const struct node *row = part->first_child; row; row = row->next)
            for (const struct node *cell = row->first_child; cell; cell = cell->next)
                if (cell->cell.header)
                    return true;
    }
    return false;
}

void tables_find_headers(struct structure *structure)
{
    for (struct pdf_element *e = structure->root; e; e = structure_next(e)) {
        if (e->tag != TAG_TABLE || !e->node || !needs_headers(e->node))
            continue;
        struct grid grid = {.structure = structure};
        for (const struct node *part = e->node->first_child; part; part = part->next)
            if (part->kind == NODE_TABLE_HEAD || part->kind == NODE_TABLE_BODY)
                for (const struct node *row = part->first_child; row; row = row->next)
                    walk_row(&grid, row);
    }
}

/* Tables and figures of HTML, once all that stands in them is read. */
#include "read/html.h"

/* the grid (HTML Standard, 4.9.12) */

struct grid {
    struct builder *builder;
    struct node *table;
    unsigned left[LIMIT_TABLE_COLUMNS]; /* rows that the cell above still takes of each column */
    unsigned columns;
    bool is_too_wide;
};

static void report_overflow(struct grid *grid, const struct node *cell, const char *why)
{
    report_error(grid->builder->reader->report, "span-overflows", cell->span,
                 "write a smaller colspan or rowspan", "%s", why);
}

/* Gives a cell its place in the row; false: there is no room. */
static bool place_cell(struct grid *grid, struct node *cell, unsigned *column, unsigned rows_left)
{
    while (*column < LIMIT_TABLE_COLUMNS && grid->left[*column])
        ++*column;
    if (cell->cell.column_span == 0)
        cell->cell.column_span = 1;
    if (*column + cell->cell.column_span > LIMIT_TABLE_COLUMNS) {
        grid->is_too_wide = true;
        return false;
    }
    /* 0: to the end of the part; more rows than there are: as many as there are */
    if (cell->cell.row_span == 0 || cell->cell.row_span > rows_left)
        cell->cell.row_span = rows_left;
    cell->cell.column = *column;
    for (unsigned i = 0; i < cell->cell.column_span; i++) {
        if (grid->left[*column + i]) {
            report_overflow(grid, cell, "the cell reaches over one that comes from above");
            cell->cell.column_span = i;
            break;
        }
    }
    for (unsigned i = 0; i < cell->cell.column_span; i++)
        grid->left[(*column)++] = cell->cell.row_span;
    if (*column > grid->columns)
        grid->columns = *column;
    return true;
}

static void end_row(struct grid *grid)
{
    for (unsigned i = 0; i < LIMIT_TABLE_COLUMNS; i++)
        grid->left[i] -= grid->left[i] > 0;
}

static void place_group(struct grid *grid, struct node *group)
{
    unsigned rows = 0;
    for (const struct node *row = group->first_child; row; row = row->next)
        rows++;
    memset(grid->left, 0, sizeof grid->left);
    for (struct node *row = group->first_child; row; row = row->next, rows--) {
        unsigned column = 0;
        for (struct node *cell = row->first_child, *next; cell; cell = next) {
            next = cell->next;
            if (!place_cell(grid, cell, &column, rows))
                node_unlink(cell);
        }
        end_row(grid);
    }
}

static struct node *new_cell(struct grid *grid, const struct node *row, unsigned column,
                             bool is_header)
{
    struct node *cell = node_new(grid->builder->reader->arena, NODE_TABLE_CELL, row->span);
    build_count(grid->builder, row->span);
    cell->cell.column = column;
    cell->cell.column_span = cell->cell.row_span = 1;
    cell->cell.header = is_header;
    return cell;
}

/* Rows that are shorter than the table get empty cells, as those of Markdown do. */
static void fill_group(struct grid *grid, struct node *group)
{
    memset(grid->left, 0, sizeof grid->left);
    for (struct node *row = group->first_child; row && !grid->builder->stopped; row = row->next) {
        struct node *cell = row->first_child;
        for (unsigned column = 0; column < grid->columns; column++) {
            if (grid->left[column])
                continue;
            if (cell && cell->cell.column == column) {
                for (unsigned i = 0; i < cell->cell.column_span; i++)
                    grid->left[column + i] = cell->cell.row_span;
                cell = cell->next;
                continue;
            }
            struct node *empty = new_cell(grid, row, column, group->kind == NODE_TABLE_HEAD);
            if (cell)
                node_insert_before(cell, empty);
            else
                node_append(row, empty);
            grid->left[column] = 1;
        }
        end_row(grid);
        if (!row->first_child)
            report_overflow(grid, row, "the row has no cell of its own");
    }
}

/* parts */

static void move_children(struct node *from, struct node *to)
{
    for (struct node *child; (child = from->first_child);) {
        node_unlink(child);
        node_append(to, child);
    }
}

/* What is no part of its parent gets no place in the grid. The rooms before have told it; were it
   not so, it would be lost. */
static void drop_stray(struct builder *builder, struct node *child, bool is_part)
{
    if (is_part)
        return;
    if (builder->reader->report->errors == 0)
        report_error(builder->reader->report, "raw-html", child->span,
                     "put it into an item or a cell", "this cannot stand in <table> itself");
    node_unlink(child);
}

static void drop_strays(struct builder *builder, struct node *table)
{
    for (struct node *part = table->first_child, *next; part; part = next) {
        next = part->next;
        bool has_rows = part->kind == NODE_TABLE_HEAD || part->kind == NODE_TABLE_BODY;
        drop_stray(builder, part, has_rows || part->kind == NODE_CAPTION);
        for (struct node *row = has_rows ? part->first_child : NULL, *below; row; row = below) {
            below = row->next;
            drop_stray(builder, row, row->kind == NODE_TABLE_ROW);
            bool has_cells = row->kind == NODE_TABLE_ROW;
            for (struct node *cell = has_cells ? row->first_child : NULL, *after; cell;
                 cell = after) {
                after = cell->next;
                drop_stray(builder, cell, cell->kind == NODE_TABLE_CELL);
            }
        }
    }
}

/* One head, one body: tools that read tables aloud know no more. Empty rows go. */
static void join_groups(struct builder *builder, struct node *table)
{
    struct node *parts[2] = {NULL, NULL}, *caption = NULL;
    for (struct node *part = table->first_child, *next; part; part = next) {
        next = part->next;
        if (part->kind == NODE_CAPTION) {
            if (caption)
                report_error(builder->reader->report, "caption-twice", part->span,
                             "keep one of the two", "the table has two captions");
            if (caption)
                node_unlink(part);
            caption = part;
            continue;
        }
        for (struct node *row = part->first_child, *after; row; row = after) {
            after = row->next;
            if (!row->first_child)
                node_unlink(row);
        }
        struct node **same = &parts[part->kind == NODE_TABLE_BODY];
        if (*same)
            move_children(part, *same);
        if (*same || !part->first_child)
            node_unlink(part);
        else
            *same = part;
    }
    if (parts[0] && parts[0]->previous && parts[0]->previous->kind == NODE_TABLE_BODY) {
        node_unlink(parts[0]);
        node_insert_before(parts[1], parts[0]);
    }
    if (caption && caption->previous && caption->parent) {
        node_unlink(caption);
        node_prepend(table, caption);
    }
}

static bool is_row_of_headers(const struct node *row)
{
    for (const struct node *cell = row->first_child; cell; cell = cell->next) {
        if (!cell->cell.header)
            return false;
    }
    return row->first_child != NULL;
}

/* Rows of header cells at the top are the head, where the author has made none of them. */
static void find_head(struct builder *builder, struct node *table)
{
    struct node *body = table->last_child;
    if (!body || body->kind != NODE_TABLE_BODY || node_find_child(table, NODE_TABLE_HEAD))
        return;
    struct node *row = body->first_child, *head = NULL;
    while (row && row->next && is_row_of_headers(row)) {
        struct node *next = row->next;
        if (!head) {
            head = node_new(builder->reader->arena, NODE_TABLE_HEAD, row->span);
            build_count(builder, row->span);
            node_insert_before(body, head);
        }
        node_unlink(row);
        node_append(head, row);
        for (struct node *cell = row->first_child; cell; cell = cell->next)
            cell->cell.row_scope = false;
        row = next;
    }
}

/* All cells of the head are headers, as in Markdown; leading columns of headers head their rows. */
static void set_headers(struct node *table)
{
    unsigned least = LIMIT_TABLE_COLUMNS;
    for (struct node *group = table->first_child; group; group = group->next) {
        for (struct node *row = group->kind == NODE_CAPTION ? NULL : group->first_child; row;
             row = row->next) {
            unsigned leading = 0;
            for (struct node *cell = row->first_child; cell; cell = cell->next) {
                if (group->kind == NODE_TABLE_HEAD)
                    cell->cell.header = true;
                else if (cell->cell.row_scope && cell->cell.column == leading)
                    leading = cell->cell.column + cell->cell.column_span;
            }
            bool begins = row->first_child && row->first_child->cell.column == 0;
            if (group->kind == NODE_TABLE_BODY && begins && leading < least)
                least = leading;
        }
    }
    table->table.header_columns = least < table->table.columns ? least : 0;
}

void html_finish_table(struct builder *builder, struct node *table)
{
    struct grid grid = {.builder = builder, .table = table};
    drop_strays(builder, table);
    join_groups(builder, table);
    find_head(builder, table);
    for (struct node *group = table->first_child; group; group = group->next) {
        if (group->kind != NODE_CAPTION)
            place_group(&grid, group);
    }
    for (struct node *group = table->first_child; group; group = group->next) {
        if (group->kind != NODE_CAPTION)
            fill_group(&grid, group);
    }
    table->table.columns = grid.columns;
    table->table.is_html = true;
    set_headers(table);
    if (grid.is_too_wide)
        report_error(builder->reader->report, "table-too-wide", table->span, "split the table",
                     "the table has more than %d columns", LIMIT_TABLE_COLUMNS);
    if (!table->last_child || table->last_child->kind != NODE_TABLE_BODY)
        report_error(builder->reader->report, "table-empty", table->span,
                     "write rows below its head", "a table without rows below its head");
}

/* figures */

/* The one inline of the kind that a block holds and nothing else, or NULL. */
static struct node *lone(struct node *block, enum node_kind kind)
{
    while (
        block &&
        (block->kind == NODE_DIV || block->kind == NODE_PARAGRAPH || block->kind == NODE_FIGURE) &&
        block->first_child && !block->first_child->next)
        block = block->first_child;
    return block && block->kind == kind ? block : NULL;
}

void html_take_caption(struct builder *builder, struct node *paragraph)
{
    struct node *figure = paragraph->previous;
    if (paragraph->kind != NODE_PARAGRAPH || !figure || figure->kind != NODE_FIGURE ||
        node_find_child(figure, NODE_CAPTION))
        return;
    node_unlink(paragraph);
    node_set_kind(paragraph, NODE_CAPTION);
    node_append(figure, paragraph);
    build_take_caption_label(builder, paragraph);
    const struct attribute *alt = node_find_attribute(figure->first_child, "alt");
    figure->figure.repeats =
        alt && text_equal(text_trim(alt->value),
                          node_words(builder->reader->arena, paragraph, LIMIT_WORDS_BYTES));
}

void html_finish_figure(struct builder *builder, struct node *figure)
{
    struct node *caption = NULL, *content = NULL;
    unsigned others = 0;
    for (struct node *child = figure->first_child, *next; child; child = next) {
        next = child->next;
        if (child->kind == NODE_CAPTION && caption) {
            report_error(builder->reader->report, "caption-twice", child->span,
                         "keep one of the two", "the figure has two captions");
            node_set_kind(child, NODE_PARAGRAPH);
        }
        if (child->kind == NODE_CAPTION) {
            caption = child;
        } else {
            content = child;
            others++;
        }
    }
    if (caption && !caption->first_child) {
        node_unlink(caption);
        caption = NULL;
    }
    struct node *picture = others == 1 ? lone(content, NODE_IMAGE) : NULL;
    if (picture) {
        node_unlink(picture);
        node_unlink(content);
        node_prepend(figure, picture);
        if (caption) {
            node_unlink(caption);
            node_append(figure, caption);
        }
        node_set_kind(figure, NODE_FIGURE);
        return;
    }
    if (others == 1 && caption && lone(content, NODE_LINK) &&
        lone(content, NODE_LINK) == builder->last_embed)
        figure->div.stands_for = STANDS_FOR_FIGURE;
    bool is_table = others == 1 && content->kind == NODE_TABLE;
    if (is_table && caption && !node_find_child(content, NODE_CAPTION) && content->first_child) {
        node_unlink(caption);
        node_prepend(content, caption);
    } else if (caption) {
        node_set_kind(caption, NODE_PARAGRAPH);
    }
}

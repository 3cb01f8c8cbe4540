/* Table cells. scope says for which cells a header stands; in a table with headers for its rows
   too, each data cell also names its headers, for readers that do not work them out. */
#include "html/writer.h"

enum { LIMIT_HEADERS_BYTES = 64 * 1024 };

void cells_begin_table(struct html_writer *writer, const struct node *table)
{
    writer->table = (struct table_headers){.table = table->table.header_columns ? table : NULL};
    writer->table.last_of_columns = &writer->table.of_columns;
    writer->table.last_of_rows = &writer->table.of_rows;
}

static void keep_header(struct html_writer *writer, const struct node *cell)
{
    struct table_header *header = ARENA_NEW(writer->arena, struct table_header);
    *header = (struct table_header){.column = cell->cell.column,
                                    .column_span = cell->cell.column_span,
                                    .rows_left = cell->cell.row_span ? cell->cell.row_span : 1,
                                    .id = survey_id(&writer->survey, cell)};
    struct table_header ***last =
        cell->cell.row_scope ? &writer->table.last_of_rows : &writer->table.last_of_columns;
    **last = header;
    *last = &header->next;
}

static void add_id(struct buffer *ids, text id)
{
    buffer_printf(ids, "%s%.*s", ids->length ? " " : "", TEXT_ARGUMENTS(id));
}

/* The headers of the rows below, into which the cell reaches. They stand first in their rows. */
static void add_rows_below(struct html_writer *writer, const struct node *cell, struct buffer *ids)
{
    const struct node *row = cell->parent->next;
    for (unsigned i = 1; row && i < cell->cell.row_span && !ids->overflowed; i++, row = row->next) {
        const struct node *header = row->first_child;
        for (; header && header->cell.header; header = header->next) {
            if (header->cell.row_scope)
                add_id(ids, survey_id(&writer->survey, header));
        }
    }
}

static void add_headers(struct html_writer *writer, const struct node *cell)
{
    unsigned end = cell->cell.column + (cell->cell.column_span ? cell->cell.column_span : 1);
    struct buffer ids;
    buffer_init(&ids, LIMIT_HEADERS_BYTES);
    for (const struct table_header *h = writer->table.of_columns; h; h = h->next) {
        if (h->column < end && cell->cell.column < h->column + h->column_span)
            add_id(&ids, h->id);
    }
    for (const struct table_header *h = writer->table.of_rows; h; h = h->next)
        add_id(&ids, h->id);
    add_rows_below(writer, cell, &ids);
    /* Too many to name: scope alone tells then. */
    if (ids.length && !ids.overflowed)
        markup_attribute(writer->markup, "headers", buffer_text(&ids));
    buffer_release(&ids);
}

void cells_end_row(struct html_writer *writer)
{
    struct table_header **place = &writer->table.of_rows;
    while (*place) {
        if (--(*place)->rows_left == 0)
            *place = (*place)->next;
        else
            place = &(*place)->next;
    }
    writer->table.last_of_rows = place;
}

void cells_add_attributes(struct html_writer *writer, const struct node *cell)
{
    struct markup *markup = writer->markup;
    if (cell->cell.header)
        markup_attribute_c(markup, "scope", cell->cell.row_scope ? "row" : "col");
    if (cell->cell.column_span > 1)
        markup_attribute_number(markup, "colspan", cell->cell.column_span);
    if (cell->cell.row_span > 1)
        markup_attribute_number(markup, "rowspan", cell->cell.row_span);
    if (!writer->table.table)
        return;
    if (cell->cell.header)
        keep_header(writer, cell);
    else
        add_headers(writer, cell);
}

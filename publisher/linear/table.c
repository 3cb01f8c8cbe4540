/* A table read by row: each row begins with its own headers, and each cell with those of its
   columns. */
#include "linear/builder.h"

#include "document/words.h"

struct column {
    text header;        /* of the column; empty: none */
    text row_header;    /* that reaches into this row from above or begins in it */
    unsigned rows_left; /* for which row_header holds, this one included */
};

static text words_of(struct linear_builder *builder, const struct node *cell)
{
    linear_add_inlines(builder, cell);
    text words = arena_copy(builder->arena, text_trim(buffer_text(builder->out)));
    buffer_clear(builder->out);
    return words;
}

static text joined(struct linear_builder *builder, text a, text b)
{
    if (a.length == 0 || b.length == 0)
        return a.length ? a : b;
    text comma = word_in(builder->document->metadata.language, WORD_COMMA, NULL);
    return arena_printf(builder->arena, "%.*s%.*s%.*s", TEXT_ARGUMENTS(a), TEXT_ARGUMENTS(comma),
                        TEXT_ARGUMENTS(b));
}

static unsigned end_of(const struct node *cell, unsigned columns)
{
    unsigned end = cell->cell.column + (cell->cell.column_span ? cell->cell.column_span : 1);
    return end < columns ? end : columns;
}

static void read_head(struct linear_builder *builder, const struct node *head,
                      struct column *columns, unsigned count)
{
    for (const struct node *row = head->first_child; row; row = row->next) {
        for (const struct node *cell = row->first_child; cell; cell = cell->next) {
            text words = words_of(builder, cell);
            for (unsigned i = cell->cell.column; i < end_of(cell, count); i++)
                columns[i].header = joined(builder, columns[i].header, words);
        }
    }
}

/* "Year: 2001"; a cell without words has a dash, so that it is not passed over. */
static void add_cell(struct linear_builder *builder, struct buffer *line, const struct node *cell,
                     const struct column *columns, unsigned count)
{
    text language = builder->document->metadata.language, header = TEXT_EMPTY;
    text words = words_of(builder, cell);
    for (unsigned i = cell->cell.column; i < end_of(cell, count); i++) {
        bool is_same =
            i > cell->cell.column && text_equal(columns[i].header, columns[i - 1].header);
        if (!is_same)
            header = joined(builder, header, columns[i].header);
    }
    if (line->length)
        buffer_add_text(line, word_in(language, WORD_BETWEEN_REFERENCES, NULL));
    if (header.length) {
        buffer_add_text(line, header);
        buffer_add_text(line, word_in(language, WORD_COLON, NULL));
    }
    buffer_add_text(line, words.length ? words : TEXT("\u2013"));
}

static void read_row(struct linear_builder *builder, const struct node *row, struct column *columns,
                     unsigned count)
{
    struct buffer line;
    buffer_init(&line, builder->out->maximum);
    for (const struct node *cell = row->first_child; cell; cell = cell->next) {
        if (!cell->cell.header || !cell->cell.row_scope) {
            add_cell(builder, &line, cell, columns, count);
        } else if (cell->cell.column < count) {
            struct column *column = &columns[cell->cell.column];
            column->row_header = words_of(builder, cell);
            column->rows_left = cell->cell.row_span ? cell->cell.row_span : 1;
        }
    }
    text label = TEXT_EMPTY,
         colon = word_in(builder->document->metadata.language, WORD_COLON, NULL);
    for (unsigned i = 0; i < count; i++) {
        if (columns[i].rows_left && columns[i].rows_left--)
            label = joined(builder, label, columns[i].row_header);
    }
    if (label.length)
        builder->label = arena_printf(builder->arena, "%.*s%.*s", TEXT_ARGUMENTS(label),
                                      TEXT_ARGUMENTS(text_trim(colon)));
    struct linear_block *block = linear_add_block(builder, LINEAR_LINE, row);
    block->words = arena_copy(builder->arena, buffer_text(&line));
    buffer_release(&line);
}

void linear_add_table(struct linear_builder *builder, const struct node *table)
{
    unsigned count = table->table.columns;
    struct column *columns = ARENA_NEW_ARRAY(builder->arena, count, struct column);
    for (const struct node *part = table->first_child; part; part = part->next) {
        if (part->kind == NODE_CAPTION) {
            struct linear_block *block = linear_add_block(builder, LINEAR_PARAGRAPH, part);
            linear_add_inlines(builder, part);
            linear_take_words(builder, block);
        } else if (part->kind == NODE_TABLE_HEAD) {
            read_head(builder, part, columns, count);
        } else {
            for (const struct node *row = part->first_child; row; row = row->next)
                read_row(builder, row, columns, count);
        }
    }
}

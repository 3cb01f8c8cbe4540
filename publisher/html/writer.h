/* Writer: what the files of html/ share while a document is written. */
#ifndef LECTERN_HTML_WRITER_H
#define LECTERN_HTML_WRITER_H

#include "document/presence.h"
#include "html/markup.h"
#include "html/survey.h"

/* A header cell of the table that is being written. */
struct table_header {
    struct table_header *next;
    unsigned column, column_span;
    unsigned rows_left; /* of a row's header: for how many rows it still holds, this one included */
    text id;
};

struct table_headers {
    const struct node *table; /* NULL: its data cells name no headers */
    struct table_header *of_columns, **last_of_columns;
    struct table_header *of_rows, **last_of_rows;
};

struct stack_column {
    text said;      /* the label with its colon; empty: not made yet */
    text label;     /* the words of its headers; empty: none */
    float width;    /* that its words need, in em */
    text above;     /* what a cell says that reaches into the next row from above */
    bool is_header; /* that cell */
    unsigned rows_left;
};

struct stack {
    struct stack_column *columns; /* in the arena */
    unsigned column_count;
    bool is_wide;           /* it needs more than a line of text is long */
    const char *class_name; /* of the table: how much room it needs */
};

enum { SECTION_DEPTH = 6 };

struct html_writer {
    const struct document *document;
    const struct html_options *options;
    struct arena *arena;
    struct survey survey;
    struct presence presence; /* what has been written */
    struct html_book *book;
    struct markup *markup; /* of the chapter that is being written */
    size_t chapter;
    size_t next_page; /* in options->page_starts: the first that is not written yet */
    struct table_headers table;
    struct stack stack;
    int sections[SECTION_DEPTH]; /* levels of the open sections */
    size_t section_count;
    unsigned char *opened; /* a stack: how many elements each open node is */
    size_t depth, depth_capacity;
};

/* elements.c: opens the node's elements and writes what a leaf holds. Returns how many are open. */
unsigned element_open(struct html_writer *writer, const struct node *node);
/* "ltr", "rtl", or NULL where the direction is inherited. */
const char *element_direction(enum direction direction);

/* page.c: the address of a picture that holds the picture itself ("data:…"). */
text page_image(struct arena *arena, const struct image *image);
/* What stands in the head of a page besides its title. */
void page_write_head(struct html_writer *writer);

/* breaks.c: writes the page markers due before a block or inline node, where its parent can hold
   them. */
void breaks_before(struct html_writer *writer, const struct node *node);
/* Writes node->text with the markers that fall into it. */
void breaks_in_characters(struct html_writer *writer, const struct node *node);
/* Writes all that are left. */
void breaks_at_end(struct html_writer *writer);

/* cells.c: the attributes of a cell, and what is kept to tell the headers of those after it. */
void cells_begin_table(struct html_writer *writer, const struct node *table);
/* Of the cell whose element is open: spans, scope, and the headers that its words hang on. */
void cells_add_attributes(struct html_writer *writer, const struct node *cell);
/* What reaches down from above reaches one row less. */
void cells_end_row(struct html_writer *writer);

/* stack.c: how a table's rows stand as blocks where it has little room. Before its first row. */
void stack_begin_table(struct html_writer *writer, const struct node *table);
/* The attributes of a row and of a cell that say the words of headers and of cells above. */
void stack_add_above(struct html_writer *writer, const struct node *row);
/* The attribute of a data cell that says the words of its headers. */
void stack_add_label(struct html_writer *writer, const struct node *cell);
/* Whether it has a word that may have to be broken. */
bool stack_is_long(struct html_writer *writer, const struct node *cell);

#endif

/* Build: cmark's tree becomes Lectern's. build.c walks it and makes the blocks, inlines.c the
   inlines, tables.c what tables need besides. */
#ifndef LECTERN_READ_BUILD_H
#define LECTERN_READ_BUILD_H

#include "base/buffer.h"
#include "base/limits.h"
#include "read/notations.h"
#include "read/places.h"

/* A node of cmark's that was entered and not yet left. */
struct frame {
    cmark_node *node;
    struct node *made;   /* what it became; NULL: nothing of its own */
    struct node *before; /* where nodes went before */
    size_t start;        /* inlines: the offset in the content */
};

enum { MOST_FRAMES = 4 * LIMIT_DEPTH + 16 };

struct builder {
    struct reader *reader;
    struct dialect dialect;
    struct places places;
    struct node *into; /* new nodes become its children */
    struct frame frames[MOST_FRAMES];
    size_t frame_count;
    unsigned block_depth, inline_depth, link_depth, image_depth, footnote_depth;
    uint32_t node_count;
    bool stopped, has_reported_depth, has_reported_key;
    cmark_node *jump; /* where the walk goes on, instead of with the next node */
    /* the text being gathered: one node for each line */
    struct buffer characters;
    struct span characters_span;
    uint32_t *typed; /* offsets in characters: signs with a backslash before them */
    size_t typed_count, typed_capacity;
    struct buffer seen;      /* the content of the block as notations.h looks at it */
    uint32_t last_character; /* in this block; 0: none yet */
    bool drop_bracket;       /* the next text begins with a "]" that was used up */
    bool after_comment;
    size_t words_end;   /* in the content: where attributes at the end of the block begin */
    struct node *owner; /* whom attributes at the end of the block belong to */
    size_t open_ends[LIMIT_DEPTH]; /* in the content: where spans and signs that are open end */
    unsigned open_end_count;
    /* tables */
    uint32_t row_line, cell_column;
    unsigned column;
};

/* A node in the tree at builder->into. */
struct node *build_add(struct builder *builder, enum node_kind kind, struct span span);
/* Takes what a comment before a block allows it. */
void build_allowance(struct builder *builder, const cmark_node *node, struct span span);
/* Counts a node; false once there are too many, and then building stops. */
bool build_count(struct builder *builder, struct span span);
/* Enters an inline; true: its children follow, and build_leave_inline after them. */
bool build_enter_inline(struct builder *builder, cmark_node *node, struct frame *frame);
void build_leave_inline(struct builder *builder, const struct frame *frame);
/* Ends the text that is being gathered. */
void build_end_text(struct builder *builder);
/* Begins the inlines of a block. */
void build_begin_inlines(struct builder *builder, struct node *owner);
/* Until Lectern sets formulas they are code, and told. */
void build_report_formula(struct builder *builder, struct span span);
bool build_report_depth(struct builder *builder, struct span span);

struct node *build_table(struct builder *builder, cmark_node *table);
struct node *build_row(struct builder *builder, cmark_node *row);
struct node *build_cell(struct builder *builder, cmark_node *cell);
void build_finish_row(struct builder *builder, struct node *row);
void build_finish_table(struct builder *builder, struct node *table);

/* units.c: keeps what a translator gets of the block that was just built (in whose content the
   places still are): its words, or the alternative text of a figure. */
void units_add_block(struct builder *builder, struct node *made);
/* The value of the attribute of that key, where the source has it. */
void units_add_attribute(struct reader *reader, enum unit_kind kind, const struct node *owner,
                         const struct attribute *attributes, const char *key);

/* Gives the attributes to the node, each to its field; warns of those that it cannot have. Spans
   are the source's. */
void attributes_apply(struct reader *reader, struct node *node, struct attribute *attributes);
/* The value of a key, or empty. */
text attributes_value(const struct attribute *attributes, const char *key);
/* The first columns of a table head its rows. */
void table_set_header_columns(struct node *table, unsigned columns);
/* Makes the first rows the head. False: no row would be left, and nothing is changed. */
bool table_set_head_rows(struct node *table, unsigned rows);

/* inlines.c: Chinese and Japanese put no space between words, so a line end between two of their
   characters is none (CSS Text 3, 4.1.3 says the same). */
bool joins_lines(uint32_t character);

#endif

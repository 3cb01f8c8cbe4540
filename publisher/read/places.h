/* Places: where in the source each piece of a block's content stands.

   cmark keeps the text of a block (without quote marks and indentation) and gives its inlines a
   line and a column. The lines of the content are ends of lines of the source, so a place in the
   content is a place in the source, exactly. A column of cmark's is an offset in the content, less
   the offset at which the parser believes its line to begin; it takes a new belief at each break
   that it makes, but not at line ends inside code, addresses and hard breaks. Whoever goes through
   the inlines in order, break by break, can follow it, and gets exact places. What is read is
   checked against the content all the same, and looked for where it is not there. */
#ifndef LECTERN_READ_PLACES_H
#define LECTERN_READ_PLACES_H

#include "read/dialect.h"

struct place_line {
    size_t start;          /* in the content */
    uint32_t line, column; /* of the source, from 1 */
};

struct places {
    const struct reader *reader;
    text content;
    struct place_line *lines;
    size_t line_count, line_capacity;
    long shift;    /* cmark's column less the offset in the content, in the first line */
    size_t base;   /* where the parser believes the line to begin */
    size_t cursor; /* all before it has been gone through */
    size_t line_from, line_end; /* between them is no line end */
    unsigned searches;          /* for what did not stand where it should: a few are enough */
    bool is_cell;
    size_t cell_offset, cell_column; /* a pair that belongs together */
};

/* Begins a paragraph or a heading. */
void places_begin(struct places *places, const cmark_node *block);
/* Begins the lines of a block that has no inlines: of HTML. */
void places_begin_lines(struct places *places, const cmark_node *block, text lines);
/* Begins a cell in the source line; *column (from 1): where to look for it, and then where to look
   for the next. */
void places_begin_cell(struct places *places, const cmark_node *cell, uint32_t line,
                       uint32_t *column);
/* The offset at which an inline begins; for text and code checked against what it says. */
size_t places_start(struct places *places, const cmark_node *inline_node);
/* The length of the sign at the offset that begins (or, but for links, ends) what holds other
   inlines: two asterisks for strong words. The parser counts whole runs of them. */
size_t places_mark_length(const struct places *places, const cmark_node *node, size_t offset);
/* The next sign of a text that typography would change, had it no backslash before it and were it
   no entity. *offset (in the content) and *at (in the text) stand after it. False: there is none.
 */
bool places_find_typed(const struct places *places, text literal, size_t *offset, size_t *at);
/* The offset after an inline; all before it has then been gone through. */
size_t places_end(struct places *places, const cmark_node *inline_node, size_t start);
/* How many bytes of a text that starts there stand before the offset of the content. */
size_t places_split(const struct places *places, text literal, size_t start, size_t offset);
/* Goes past the next line end, which became this break; its offset. */
size_t places_break(struct places *places, const cmark_node *line_break);
/* The span of the content from..to (exclusive). */
struct span places_span(struct places *places, size_t from, size_t to);
/* The span of a block. */
struct span places_of_block(const struct reader *reader, const cmark_node *block);

#endif

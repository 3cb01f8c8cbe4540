/* Lines: what other tools write in lines of their own between the blocks: targets of links (MyST),
   attributes of the block before or behind them (kramdown, Python-Markdown), comments, breaks,
   marks for the contents, the meanings of abbreviations. Each is a leaf for cmark, a thematic
   break, which leaves lists tight. */
#ifndef LECTERN_READ_LINES_H
#define LECTERN_READ_LINES_H

#include "read/build.h"

/* What such a line does in the tree. */
void lines_enter(struct builder *builder, const struct mark *mark, struct span span);
/* A block was made: it takes the id and the attributes of the lines before it. The block that
   stands in its place. */
struct node *lines_finish_block(struct builder *builder, struct node *made);
/* Without those that browsers alone look at; kramdown's names become Lectern's. */
struct attribute *lines_attributes(struct attribute *attributes);
/* abbreviations.c: words that a line explains, wherever they stand; after the body. */
void abbreviations_apply(struct reader *reader);

enum { LINE_HIDDEN_LEAST = 7 /* bytes of <!----> */ };

/* Makes a comment of these bytes of the source, LINE_HIDDEN_LEAST at least: what is left over of a
   tag that became words. Translators get it with them. */
void line_hide(char *bytes, size_t length);

#endif

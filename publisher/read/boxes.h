/* Boxes: the kinds that the dialects name, and what becomes of them. How they are written is known
   by divs.c (fences), admonitions.c (indented and marked lines) and directives.c (MyST). */
#ifndef LECTERN_READ_BOXES_H
#define LECTERN_READ_BOXES_H

#include "document/words.h"
#include "read/build.h"

enum box_form { BOX_CALLOUT, BOX_HEADED, BOX_TITLED, BOX_QUOTE, BOX_PLAIN };

struct box_kind {
    const char *name;
    enum box_form form;
    enum callout_variety variety;
    enum word word;
};

/* The kind of that name, in any case, also behind Quarto's "callout-" and Sphinx's
   "prf:"; NULL: nobody knows it. */
const struct box_kind *box_find(text name);
/* A name of one byte for a box that a tag of few bytes opens, which box_find knows, and which no
   author can write; NULL: the box of that name has none. Static. */
const char *box_sign(text name);

/* Takes the title out of the attributes of a box that the line opens where it holds Markdown, as in
   `::: {.tip title="Keep it *cool*"}`: it is parsed like a title behind the name. *at: its offset
   in the line. Empty: there is none. */
text box_take_title(struct reader *reader, struct attribute **attributes, text line, size_t *at);
/* What a box becomes in the tree; its children follow, and build_leave_box after them. */
struct node *build_enter_box(struct builder *builder, cmark_node *block, struct mark *mark,
                             struct span span);
/* Behind the children of a box: what its kind adds to them, or does not take. */
void build_leave_box(struct builder *builder, struct node *box, const struct mark *mark);
/* The title that the box in builder->into gets from the source: of a mark MARK_TITLE, or from its
   first heading; block: what holds its words. */
struct node *build_enter_box_title(struct builder *builder, const cmark_node *block,
                                   struct span span);
/* What the box is a directive of, as far as its contents take its place; by the id also a figure or
   table of Quarto's. */
enum directive_form build_form_of_box(const struct mark *mark);
/* The node of a directive that is no box; its children follow. */
struct node *build_enter_directive(struct builder *builder, const struct mark *mark,
                                   struct span span);
/* The same of a directive that is no box but a table, a figure … or nothing. */
void build_leave_directive(struct builder *builder, struct node *box, const struct mark *mark);
/* A directive that is code becomes a block; false: it is none. */
bool build_directive_code(struct builder *builder, const cmark_node *node, struct span span);
/* The words of that attribute of a block of code, as a paragraph; it has no caption of its own. */
struct node *build_code_caption(struct builder *builder, const struct attribute *attributes,
                                const char *key);
/* The name of a file, or of a tab, over its code: a paragraph. */
void build_add_name_of_code(struct builder *builder, text words, struct span span);
/* span: of the whole box. */
void build_report_unclosed(const struct reader *reader, struct span span, char fence);
/* Whether the block is the title of the box that it begins: a mark of its own, or the box of one
   paragraph with the class "title" that Pandoc writes. */
bool build_block_is_title(const cmark_node *block);
/* Whether the quotation is an alert: it is its box. */
bool build_quote_is_box(const cmark_node *quote);
/* Whether the heading is the title of its box, as in Quarto. */
bool build_heading_is_title(struct reader *reader, const cmark_node *heading);

#endif

/* HTML within Markdown. The parser hands over tags one by one among the inlines, and blocks of HTML
   as their lines; between an opening tag and its end all of Markdown may stand. So no parser of
   HTML pages could read it: here a stack of open elements stands beside the stack of the parser's
   nodes, and both put nodes into the same tree. An element ends in the node of the parser's in
   which it began; a block of HTML may leave elements of blocks open for the Markdown that follows.

   html_tokens.c takes tags apart, html_elements.def says what is made of each, html_stack.c opens
   and ends elements, html_open.c makes their nodes, html_blocks.c reads blocks of HTML,
   html_attributes.c what tags say, html_tables.c completes tables, html_icons.c says what becomes
   of icons, html_flatten.c puts blocks into one line where only words may stand. */
#ifndef LECTERN_READ_HTML_H
#define LECTERN_READ_HTML_H

#include "read/build.h"
#include "read/html_elements.h"
#include "read/html_tokens.h"

/* What build.c and inlines.c call. */

/* The tags at from..to of the content, which is a block's with inlines. */
void html_read_inline(struct builder *builder, size_t from, size_t to);
/* A block of HTML that is no comment. is_raw: its author says that it is HTML alone, so no sign in
   it is taken for one of Markdown. */
void html_read_block(struct builder *builder, const cmark_node *node, text html, bool is_raw);
/* A tag that html_lines.c has made a line of its own. */
void html_read_line(struct builder *builder, const cmark_node *node);
/* A node of the parser's is about to be left: what began in it ends. */
void html_leave(struct builder *builder);
/* A span or a sign of Markdown is about to be left: what began in it ends. */
void html_leave_between(struct builder *builder);
/* Words from..to of the content come from the parser: a comment in them that has no end, which
   would be printed, is reported. */
void html_see_comment(struct builder *builder, size_t start, size_t end);
/* The article ends. */
void html_end(struct builder *builder);
/* A block of the parser's comes: words that are marked do not go on around it. */
void html_end_words(struct builder *builder);
/* The same, and the block is one of Markdown. False: none may stand here, which is reported. */
bool html_takes_block(struct builder *builder, struct span span);
/* Whether rows, cells or items come next, and no block of Markdown can. */
bool html_holds_items(struct builder *builder);
/* Words come. Where blocks stand they get a paragraph. False: none may stand here, which is
   reported. */
bool html_takes_words(struct builder *builder, struct span span);
/* Whether words would need a paragraph here: spaces are none. */
bool html_is_between_blocks(const struct builder *builder);
/* Whether an element's paragraph or a line in it begins here, which no space does. */
bool html_begins_line(struct builder *builder);
/* A block begins, or one with words ends: places that links lead to and that stood before it, or in
   it, are its. */
void html_give_anchors(struct builder *builder, struct node *block);

/* What the rooms share. */

/* Takes one token of HTML into the tree that is being built. */
void html_read_token(struct builder *builder, const struct html_token *token);
/* The top of the stack, if it began in the parser's node that is open now; else NULL. */
struct html_open *html_top(struct builder *builder);
/* Opens the element; node: NULL, or one that becomes a child of builder->into and takes what
   comes. False: too deep, which is reported. */
bool html_push(struct builder *builder, const struct html_element *element, struct node *node,
               struct span span);
/* Ends the innermost element of that way, with all in it, unless one of the two others stands
   between. */
void html_end_before(struct builder *builder, enum html_way way, enum html_way first,
                     enum html_way second);
/* At an end of <q>: the mark that a keyboard has becomes the language's with all others. */
void html_add_quotation_mark(struct builder *builder, const struct html_open *open);
/* Ends the innermost element. */
void html_pop(struct builder *builder);
/* Makes room for a block: ends paragraphs, also the parser's own. False: none may stand here. */
bool html_begin_block(struct builder *builder, const struct html_element *element,
                      struct span span);
/* At the end of the lines of HTML: paragraphs end, and empty ones wait for Markdown. */
void html_end_lines(struct builder *builder);
/* html_blocks.c: the offset of the first sign of Markdown in words from..to, which are none; or
   SIZE_MAX. */
size_t html_find_markdown(text content, size_t from, size_t to);
/* html_embeds.c: what a site embeds there becomes a link, which is told. False: it is nothing of
   the kind, or no link can stand here. */
bool html_embed(struct builder *builder, const struct html_token *token);
/* The offset of its end tag, where that comes soon and no link stands before it; else SIZE_MAX. */
size_t html_embed_end(struct builder *builder, const struct html_token *token, bool *has_link);
/* html_icons.c: ends an element that may be an icon, and holds nothing. */
void html_finish_icon(struct builder *builder, const struct html_open *open);
/* Words of such an inline are kept apart from what touches them, once that is read. */
void html_keep_apart(struct builder *builder, struct node *node);
/* At the end of the article: icons are left out, and told, or reported. */
void html_end_icons(struct builder *builder);
/* Opens what the tag says. */
void html_open(struct builder *builder, const struct html_element *element,
               const struct html_token *token);
#define html_report(builder, span, hint, ...)                                                      \
    report_error((builder)->reader->report, "raw-html", (span), (hint), __VA_ARGS__)
/* Where the token stands in the source. */
struct span html_span(struct builder *builder, const struct html_token *token);

/* The value of the tag's attribute of that name, entities read; *span: its place, may be NULL.
   False: it has none. */
bool html_attribute(struct builder *builder, const struct html_token *token, const char *name,
                    text *value, struct span *span);
/* Reports what no page can hold. */
void html_check_attributes(struct builder *builder, const struct html_token *token);
/* Gives id, language, direction and the classes that Lectern knows to the node. */
void html_apply_attributes(struct builder *builder, const struct html_token *token,
                           struct node *node);

/* A place for links: of the block of words that stands around it, or of the next block. */
void html_add_anchor(struct builder *builder, text id, struct span span);

/* Behind </table>: its parts in their order, cells at their places, the head found. */
void html_finish_table(struct builder *builder, struct node *table);
/* A figure around one picture becomes one; around another thing, the caption is a paragraph. */
void html_finish_figure(struct builder *builder, struct node *figure);
/* A paragraph that is a caption, right behind a figure without one, becomes the figure's. */
void html_take_caption(struct builder *builder, struct node *paragraph);
/* Words and their readings become pairs. */
void html_finish_ruby(struct builder *builder, struct node *ruby);
/* Whether words, or something else than lines and marks, stand in it. */
bool html_says_something(const struct node *root);
/* Blocks in a node for words become its words, a line each. They are gone then, and have no place
   in the order of the text: an index of 1 says that words stood in them. */
void html_flatten(struct builder *builder, struct node *node);

#endif

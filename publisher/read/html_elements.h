/* What Lectern makes of each element of HTML: html_elements.def. */
#ifndef LECTERN_READ_HTML_ELEMENTS_H
#define LECTERN_READ_HTML_ELEMENTS_H

#include "document/node.h"

enum html_way {
    HTML_WAY_INLINE,
    HTML_WAY_LOOKS,
    HTML_WAY_CODE,
    HTML_WAY_ANCHOR,
    HTML_WAY_QUOTATION,
    HTML_WAY_ABBREVIATION,
    HTML_WAY_RUBY,
    HTML_WAY_READING,
    HTML_WAY_REFUSED,
    HTML_WAY_SKIPPED,
    /* without an end */
    HTML_WAY_BREAK,
    HTML_WAY_BREAK_CHANCE,
    HTML_WAY_IMAGE,
    HTML_WAY_NOTHING,
    HTML_WAY_NOTHING_REFUSED,
    HTML_WAY_RULE,
    /* blocks */
    HTML_WAY_BLOCKS,
    HTML_WAY_PARAGRAPH,
    HTML_WAY_HEADING,
    HTML_WAY_CODE_BLOCK,
    HTML_WAY_WORDS,
    HTML_WAY_LIST,
    HTML_WAY_ITEM,
    HTML_WAY_DEFINITIONS,
    HTML_WAY_DEFINITION,
    HTML_WAY_TABLE,
    HTML_WAY_GROUP,
    HTML_WAY_ROW,
    HTML_WAY_CELL,
    HTML_WAY_CAPTION,
    HTML_WAY_COLUMN,
    HTML_WAY_FIGURE,
    HTML_WAY_DETAILS,
    HTML_WAY_SUMMARY,
};

struct html_element {
    const char *name;
    enum html_way way;
    enum node_kind kind; /* NODE_DOCUMENT: none */
    const char *hint;
};

/* By its name in any case; NULL: no element of HTML. A name in capitals and small letters, such as
   Table, is a component's. */
const struct html_element *html_element_find(text name);
/* Whether it breaks the line of words that it stands in. */
bool html_element_is_block(const struct html_element *element);
/* <br> and the like: nothing ends them. */
bool html_element_is_void(const struct html_element *element);
/* Its end may be left out: an item, a cell, a paragraph (HTML Standard, 13.1.2.4). */
bool html_element_ends_itself(const struct html_element *element);

#endif

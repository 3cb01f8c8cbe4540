/* Survey: one walk over the document before it is written, which finds what must be known ahead:
   ids for everything that is linked to, and where chapters begin. */
#ifndef LECTERN_HTML_SURVEY_H
#define LECTERN_HTML_SURVEY_H

#include "html/html.h"

struct survey_chapter {
    struct node *first; /* child of the root; NULL in a document without content */
    text file_name;
};

struct survey {
    struct arena *arena;
    struct node *root;
    struct id_map *taken;
    text *ids;                      /* by node->index: of targets that have no id of their own */
    unsigned made[NODE_KIND_COUNT]; /* ids made for each kind */
    struct survey_chapter *chapters;
    size_t chapter_count, chapter_capacity;
    struct node **headings; /* for the table of contents, in document order */
    size_t heading_count, heading_capacity;
    struct node **entries; /* of the lists of figures and of tables (NODE_CONTENTS_ENTRY) */
    size_t entry_count, entry_capacity;
    struct node *bibliography; /* the first; NULL: none */
};

/* is_whole: it is one file, however long, and without a name. */
void survey_document(struct survey *survey, const struct document *document, struct arena *arena,
                     bool is_whole);
/* The heading of the book's division in which the list of references, or the heading, stands, where
   the division is one of references; NULL: it is none. */
const struct node *survey_division_of_references(const struct node *node);
/* The id that the node's element carries; empty: none, nothing leads there. */
text survey_id(const struct survey *survey, const struct node *node);
/* "file#id" or "#id", as seen from the chapter with number `from`; empty where the node is no
   element in XHTML. SIZE_MAX: seen from outside all chapters. */
text survey_href(const struct survey *survey, const struct node *node, size_t from);
/* A fragment: the id with what a URL cannot hold percent-encoded. */
text survey_fragment(struct arena *arena, text file_name, text id);
/* base, else base-2, base-3 …: an id that nothing else has. */
text survey_take_id(struct survey *survey, text base);
/* True for kinds that become an element that can carry an id. */
bool survey_is_element(const struct node *node);

#endif

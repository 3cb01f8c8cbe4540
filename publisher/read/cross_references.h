/* What the rooms of cross-references share: what a reference asks for, and the numbers of what has
   them. cross_references.c makes the words, target_numbers.c counts. */
#ifndef LECTERN_READ_CROSS_REFERENCES_H
#define LECTERN_READ_CROSS_REFERENCES_H

#include "read/reader.h"

enum target_kind {
    TARGET_FIGURE,
    TARGET_TABLE,
    TARGET_SECTION,
    TARGET_FORMULA,
    TARGET_LISTING,
    TARGET_BOX, /* with a title: a theorem, a callout */
    TARGET_EXAMPLE,
    TARGET_KINDS, /* none of them */
};

struct references {
    struct reader *reader;
    const struct node *place; /* where words are to stand: their language is that of the place */
    bool wanted[TARGET_KINDS];
    const char **ids; /* of possible targets, for hints; collected when one is wanted first */
    size_t id_count, id_capacity;
    unsigned hints;
};

/* Whether the node is one, with a number or without. */
bool target_is_of_kind(const struct node *node, enum target_kind kind);
/* The number of a figure, a table or a block of code; 0: it has none. */
unsigned target_number(const struct node *node);
/* "2", or "2a" for a picture that is a part of a figure. */
text target_number_words(const struct references *references, const struct node *node);
/* Numbers figures and tables, each kind where references->wanted has it; blocks of code. */
void references_number_figures(struct references *references);
/* The same of blocks of code with a caption. */
void references_number_listings(struct references *references);
/* Lectern's words, in the language of references->place. */
struct node *cross_reference_add_text(struct references *references, struct node *parent,
                                      text characters);
/* The language of the place, or of the article. */
text cross_reference_language(const struct references *references);
/* Lectern's word in that language, with the filling at its %1; in the arena. */
text cross_reference_fill(struct references *references, enum word word, text filling);
/* A node for words of Lectern's, in English and marked so where it does not speak the language. */
struct node *cross_reference_new_words(struct references *references, enum node_kind kind,
                                       enum word word, text filling, struct span span);

#endif

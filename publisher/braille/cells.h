/* Cells: words → braille, by liblouis. */
#ifndef LECTERN_BRAILLE_CELLS_H
#define LECTERN_BRAILLE_CELLS_H

#include "base/buffer.h"
#include "document/document.h"

struct cells {
    const struct document *document;
    struct arena *arena;
    bool contracted;
    uint32_t *known; /* sorted: characters that were asked after, to say each fault once */
    size_t known_count, known_capacity;
    bool failed; /* reported */
};

/* Whether the language's braille has a sign for the character. */
bool cells_has(const struct cells *cells, uint32_t character, text language);
/* Appends the words as ASCII braille: a character for each cell, a space for an empty one; line
   ends stay. node: where the words are, for what is reported: a language without a table (an
   error), a character that the table does not have (a warning, once for each). */
void cells_add(struct cells *cells, text words, text language, const struct node *node,
               struct buffer *out);

#endif

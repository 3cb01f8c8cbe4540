/* Similar: of many translated messages, the one whose words are most like new words. */
#ifndef LECTERN_TRANSLATE_SIMILAR_H
#define LECTERN_TRANSLATE_SIMILAR_H

#include "translate/catalogue.h"

struct similar_candidate; /* similar.c */
struct similar_part;

/* What may be found. All of it lies in the catalogue's arena. */
struct similar {
    struct similar_candidate *candidates;
    size_t count;
    struct similar_part *words, *letters; /* parts of all candidates, sorted */
    size_t word_count, letter_count;
    uint16_t *shared;  /* for each candidate, while one message is looked for: parts in common */
    uint32_t *touched; /* candidates that have some */
    uint32_t *likely;  /* candidates to be compared, perhaps twice */
    size_t compared;   /* pairs so far that were held against each other, for a test */
};

/* All messages of the catalogue that have a translation, obsolete ones too; the catalogue stays
   as it is while it is used. */
void similar_init(struct similar *similar, const struct catalogue *catalogue);
/* The message whose words are at least 60 per cent the same, or whose letters are (of at most 64
   bytes); the first of the most alike, or NULL. Only those are compared that have enough words, or
   enough groups of three letters, in common: the work grows with what is alike, and not with the
   square of the catalogue. */
const struct message *similar_find(struct similar *similar, text words);

#endif

/* Compose: the article with the words of a catalogue in the place of its own. What comes out is an
   article in Markdown that is read like any other; it remembers where each piece of it comes from,
   so that whatever is found in it is reported where somebody can mend it: in the catalogue, or in
   the article itself. */
#ifndef LECTERN_TRANSLATE_COMPOSE_H
#define LECTERN_TRANSLATE_COMPOSE_H

#include "translate/catalogue.h"

/* What becomes of words that are not translated. */
enum missing_policy {
    MISSING_FAIL,   /* each is an error */
    MISSING_SOURCE, /* they stay, marked with their own language */
    MISSING_NOTICE, /* the same, and a notice at the head says so */
};

/* Bytes of the result, up to the next piece. */
struct translated_piece {
    size_t start;                  /* in the result */
    size_t origin;                 /* in the article; of a unit: its beginning */
    const struct message *message; /* whose translation this is; NULL: the article's own bytes */
};

struct translation {
    struct arena *arena;
    struct report *report;
    const struct document *source; /* read with keeps_units */
    const struct catalogue *catalogue;
    text source_bytes, bytes;
    uint32_t source_file; /* the article's number in the report */
    text language;        /* of the result */
    enum missing_policy missing;
    size_t missing_count;            /* units that stay as they were */
    bool is_theme_behind;            /* words of the theme will stay: the notice counts them */
    const struct message **messages; /* of each unit of the source; NULL: it stays */
    struct translated_piece *pieces;
    size_t piece_count, piece_capacity;
};

/* Fills bytes and pieces from what stands in the fields above `missing_count`. Reports what is
   missing by the policy, alternative texts that are not translated whatever it is, and marks that
   were lost or changed. */
void translation_compose(struct translation *translation);
/* The message whose translation takes the unit's place; NULL: it stays, which is counted and, by
   the policy, reported. Marks that were lost or changed are reported. */
const struct message *translation_find(struct translation *translation, const struct unit *unit);
/* The byte of the article (or of what it was composed of) that a byte of the result comes from; the
   object is the translation. */
size_t translation_find_original(void *translation, size_t offset);
/* For document->outside_words; the object is the translation. */
text translation_outside_words(void *translation, text path, text words);
/* After the result was read with keeps_units: checks that it has the article's structure, and marks
   what stayed as it was with its language. */
void translation_finish(const struct translation *translation, struct document *document);
/* notice.c: puts a notice after the title block where nobody has reviewed the translation, or where
   parts are missing and the policy is to say so. In the language of the result. */
void translation_add_notice(const struct translation *translation, struct document *document);
/* Moves what was reported in the file of the result to where it comes from. */
void translation_map_report(const struct translation *translation, uint32_t file);

#endif

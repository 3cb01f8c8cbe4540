/* What the rooms of typography share: the words of one block as one text, so that a quotation may
   begin in one run of it and end in another. */
#ifndef LECTERN_DOCUMENT_TYPOGRAPHY_ROOM_H
#define LECTERN_DOCUMENT_TYPOGRAPHY_ROOM_H

#include "base/buffer.h"
#include "document/document.h"

enum { LONGEST_DELIMITER = 24 }; /* bytes */

/* What a language writes. */
struct typography_language {
    text tag;
    char delimiters[4][LONGEST_DELIMITER]; /* open, close; nested: open, close */
    bool has_spaces;                       /* those of typography.def; else they are empty */
    const char *quote_space, *mark_space, *colon_space;
};

/* The words of one node. */
struct typography_run {
    struct node *node;
    size_t from, to;                            /* in the words */
    const struct typography_language *language; /* NULL: they stay as they are */
};

enum quote_fate { QUOTE_AS_TYPED, QUOTE_OPENS, QUOTE_CLOSES, QUOTE_APOSTROPHE };

struct typography_quote {
    size_t offset, run;
    char sign; /* " or ' */
    enum quote_fate fate;
    bool nested;    /* the inner signs of the language */
    size_t partner; /* the quote that closes it; 0: none */
};

/* Instead of the bytes from..to of the words. */
struct typography_edit {
    size_t from, to;
    char bytes[LONGEST_DELIMITER + 4];
};

enum { MOST_LANGUAGES = 32 };

struct typography {
    struct document *document;
    struct buffer words; /* signs that stay as they are have become U+0001 */
    struct typography_run *runs;
    size_t run_count, run_capacity;
    struct typography_quote *quotes;
    size_t quote_count, quote_capacity;
    size_t *open; /* quotes that wait for their partners */
    size_t open_capacity;
    struct typography_edit *edits;
    size_t edit_count, edit_capacity;
    bool has_ending_dash;                                 /* a dash stands right behind a word */
    struct typography_language languages[MOST_LANGUAGES]; /* those that were met last */
    size_t language_count;
};

/* A sign that stays as it is; an object among words: code, a picture. */
#define TYPOGRAPHY_TYPED  "\x01"
#define TYPOGRAPHY_OBJECT "\xEF\xBF\xBC"

/* The characters beside an offset; 0: the words begin or end there. */
uint32_t typography_before(text words, size_t offset);
/* The character at the offset; 0 at the end. */
uint32_t typography_after(text words, size_t offset);
/* Whether it is white space, no width, or 0: an end of the words. */
bool typography_is_space(uint32_t c);
bool typography_is_word(uint32_t c); /* a letter, a digit, an object */
/* Finds the quotes of the words and says what each is. */
void typography_find_quotes(struct typography *typography);
/* Adds to what an edit puts there. */
void typography_put(struct typography_edit *edit, const char *sign);
/* What a quote becomes that does not stay as typed, with the space that its language wants. */
void typography_write_quote(const struct typography *typography,
                            const struct typography_quote *quote, struct typography_edit *edit);

#endif

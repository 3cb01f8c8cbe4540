/* PDF lexer: the tokens of PDF, as content streams, CMaps and objects hold them (ISO 32000-1, 7.2,
   7.3, 7.8.2). A token is a span of the source, which is borrowed and may hold any bytes; what a
   string or a name says is decoded when it is asked for.

       struct pdf_lexer lexer = {.source = bytes};
       for (struct pdf_token token; (token = pdf_lexer_next(&lexer)).kind != PDF_TOKEN_END;)
           …

   White space and comments are passed over. Brackets that belong to nothing are words of one byte.
 */
#ifndef LECTERN_BASE_PDF_LEXER_H
#define LECTERN_BASE_PDF_LEXER_H

#include "base/buffer.h"

enum pdf_token_kind {
    PDF_TOKEN_END,
    PDF_TOKEN_NUMBER,
    PDF_TOKEN_NAME,
    PDF_TOKEN_STRING, /* literal or hexadecimal */
    PDF_TOKEN_WORD,   /* an operator, true, false, null; a bracket that opens and closes nothing */
    PDF_TOKEN_ARRAY,
    PDF_TOKEN_ARRAY_END,
    PDF_TOKEN_DICTIONARY,
    PDF_TOKEN_DICTIONARY_END,
};

struct pdf_token {
    enum pdf_token_kind kind;
    bool is_integer; /* a number without a point */
    bool is_torn;    /* a string that does not end */
    size_t start, end;
    double number;
};

struct pdf_lexer {
    text source;
    size_t at; /* where the next token is looked for */
};

/* The next token; of kind PDF_TOKEN_END at the end, and from then on. */
struct pdf_token pdf_lexer_next(struct pdf_lexer *lexer);
/* Behind ID: past the bytes of an inline image and its EI (8.9.7). False, and at the end of the
   source, where there is none. */
bool pdf_lexer_skip_image(struct pdf_lexer *lexer);

/* The bytes that a string says, or a name without its slash, #xx resolved: borrowed from the source
   where they stand there as they are, else in the buffer, which is cleared for them. Of a word: the
   word; of another token: nothing. */
text pdf_token_bytes(text source, struct pdf_token token, struct buffer *decoded);
/* Is it that operator or keyword? */
bool pdf_token_is(text source, struct pdf_token token, const char *word);

/* A walk over the bytes of a string token, to know where each stands: begun with at = the token's
   start + 1, ended where pdf_string_next returns false. */
struct pdf_string {
    size_t at;    /* where the next byte is looked for */
    size_t start; /* where the last one stands: a byte, an escape or two digits */
    unsigned char byte;
    bool is_half; /* the last byte of a hexadecimal string has one digit; the other is 0 */
};

/* The next byte of the string. */
bool pdf_string_next(text source, struct pdf_token token, struct pdf_string *string);

#endif

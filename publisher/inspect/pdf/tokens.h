/* Tokens of content streams and CMaps (ISO 32000-1, 7.2, 7.3, 7.8.2). */
#ifndef LECTERN_INSPECT_PDF_TOKENS_H
#define LECTERN_INSPECT_PDF_TOKENS_H

#include "base/buffer.h"

enum token_kind {
    TOKEN_END,
    TOKEN_NUMBER,
    TOKEN_NAME,   /* bytes: without the slash, #xx resolved */
    TOKEN_STRING, /* bytes: decoded */
    TOKEN_WORD,   /* an operator, true, false, null */
    TOKEN_ARRAY,
    TOKEN_ARRAY_END,
    TOKEN_DICTIONARY,
    TOKEN_DICTIONARY_END,
};

struct token {
    enum token_kind kind;
    double number;
    bool is_integer;
    uint32_t start, length; /* of the bytes, in tokens.decoded, or in the source for words */
};

struct tokens {
    text source;
    size_t at;
    struct buffer decoded; /* strings and names since tokens_forget */
};

/* Begins to read a content stream or a CMap, borrowed; at most LIMIT_INSPECT_STREAM_BYTES are
 * decoded. */
void tokens_init(struct tokens *tokens, text source);
/* Gives the memory back. */
void tokens_release(struct tokens *tokens);
/* Forgets the bytes of the tokens so far: after an operator. */
void tokens_forget(struct tokens *tokens);
/* The next token; of kind TOKEN_END at the end, and from then on. Comments are passed over. */
struct token tokens_next(struct tokens *tokens);
/* Valid until tokens_forget or the next token. */
text token_bytes(const struct tokens *tokens, struct token token);
/* Whether it is that operator or keyword. */
bool token_is(const struct tokens *tokens, struct token token, const char *word);
/* Behind ID: past an inline image's bytes and its EI. */
void tokens_skip_image(struct tokens *tokens);

#endif

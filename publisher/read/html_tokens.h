/* Tokens of HTML: tags, comments and the words between them, each with its place. Tolerant as
   browsers are (HTML Standard, 13.2.5), in one pass: every byte is looked at a fixed number of
   times. What is wrong with a tag is for the caller to tell. */
#ifndef LECTERN_READ_HTML_TOKENS_H
#define LECTERN_READ_HTML_TOKENS_H

#include "base/arena.h"

enum html_token_kind {
    HTML_WORDS,
    HTML_OPENING, /* <p>, <br/> */
    HTML_CLOSING, /* </p> */
    HTML_COMMENT,
    HTML_DECLARATION, /* <!DOCTYPE …>, <?xml …?>, <![CDATA[…]]> */
    HTML_BROKEN,      /* a tag or a comment that does not end */
};

struct html_token {
    enum html_token_kind kind;
    size_t from, to; /* in the source, to: exclusive */
    text name;       /* of the element, as written */
    size_t attributes, attributes_end;
    bool is_closed; /* <br/> */
};

struct html_attribute {
    text name, value; /* as written, without quotes */
    bool has_value;
    size_t from, to; /* of the whole */
    size_t value_from;
};

/* The token at the offset, and the offset after it. False at the end of the source. */
bool html_next(text source, size_t *offset, struct html_token *token);
/* The next attribute of a tag; *offset begins at token->attributes. False: there is none. */
bool html_next_attribute(text source, const struct html_token *token, size_t *offset,
                         struct html_attribute *attribute);
/* The length of the entity of HTML that begins with the "&" at the offset; 0: it is none. */
size_t html_entity_length(text source, size_t at);
/* The characters that the source stands for: entities become what they name. In the arena, or the
   source itself. */
text html_decoded(struct arena *arena, text source);
/* White space of HTML. */
bool html_is_space(char c);

#endif

#include "base/pdf_lexer.h"

enum { REGULAR, SPACE, DELIMITER };

/* ISO 32000-1, tables 1 and 2 */
static const unsigned char classes[256] = {
    ['\0'] = SPACE,    ['\t'] = SPACE,    ['\n'] = SPACE,    ['\f'] = SPACE,
    ['\r'] = SPACE,    [' '] = SPACE,     ['('] = DELIMITER, [')'] = DELIMITER,
    ['<'] = DELIMITER, ['>'] = DELIMITER, ['['] = DELIMITER, [']'] = DELIMITER,
    ['{'] = DELIMITER, ['}'] = DELIMITER, ['/'] = DELIMITER, ['%'] = DELIMITER,
};

static unsigned class_at(text source, size_t at)
{
    return classes[(unsigned char)source.bytes[at]];
}

static void skip_space(struct pdf_lexer *lexer)
{
    text s = lexer->source;
    size_t at = lexer->at;
    for (; at < s.length; at++) {
        if (s.bytes[at] == '%')
            while (at + 1 < s.length && s.bytes[at + 1] != '\n' && s.bytes[at + 1] != '\r')
                at++;
        else if (class_at(s, at) != SPACE)
            break;
    }
    lexer->at = at;
}

/* The end of what a token goes on with. */
static size_t end_of_word(text source, size_t at)
{
    while (at < source.length && class_at(source, at) == REGULAR)
        at++;
    return at;
}

/* 7.3.4.2; at: behind the opening bracket. */
static void end_literal(text s, struct pdf_token *token)
{
    size_t depth = 1, at = token->start + 1;
    for (; at < s.length && depth; at++) {
        char c = s.bytes[at];
        if (c == '\\' && at + 1 < s.length)
            at++;
        else if (c == '(')
            depth++;
        else if (c == ')')
            depth--;
    }
    token->is_torn = depth > 0;
    token->end = at;
}

static void end_hexadecimal(text s, struct pdf_token *token)
{
    size_t end = text_find_byte(s, '>', token->start + 1);
    token->is_torn = end == SIZE_MAX;
    token->end = token->is_torn ? s.length : end + 1;
}

/* Makes the word a number where it is one (7.3.3). */
static void read_number(text s, struct pdf_token *token)
{
    /* More digits than a page of any size needs; and the divisor stays exact. */
    static const double most = 1e12, most_exact = 1e15;
    double value = 0, divisor = 1;
    size_t i = token->start, digits = 0;
    bool is_negative = false, has_point = false;
    for (; i < token->end && (s.bytes[i] == '+' || s.bytes[i] == '-'); i++)
        is_negative = s.bytes[i] == '-';
    for (; i < token->end; i++) {
        char c = s.bytes[i];
        if (c == '.' && !has_point) {
            has_point = true;
        } else if (c >= '0' && c <= '9') {
            digits++;
            if (has_point ? value < most_exact && divisor < most_exact : value < most) {
                value = value * 10 + (c - '0');
                divisor = has_point ? divisor * 10 : divisor;
            }
        } else if (c == '-' && digits) { /* written by some: 12-34 */
            break;
        } else {
            return;
        }
    }
    if (!digits && !has_point)
        return;
    token->kind = PDF_TOKEN_NUMBER;
    token->number = (is_negative ? -value : value) / divisor;
    token->is_integer = !has_point;
}

static void read_delimited(text s, struct pdf_token *token)
{
    char c = s.bytes[token->start];
    bool is_doubled = token->end < s.length && s.bytes[token->end] == c;
    if (c == '(') {
        token->kind = PDF_TOKEN_STRING;
        end_literal(s, token);
    } else if (c == '/') {
        token->kind = PDF_TOKEN_NAME;
        token->end = end_of_word(s, token->end);
    } else if (c == '[') {
        token->kind = PDF_TOKEN_ARRAY;
    } else if (c == ']') {
        token->kind = PDF_TOKEN_ARRAY_END;
    } else if (c == '<' && !is_doubled) {
        token->kind = PDF_TOKEN_STRING;
        end_hexadecimal(s, token);
    } else if (c == '<' || c == '>') { /* a single > is taken for two */
        token->kind = c == '<' ? PDF_TOKEN_DICTIONARY : PDF_TOKEN_DICTIONARY_END;
        token->end += is_doubled;
    }
}

struct pdf_token pdf_lexer_next(struct pdf_lexer *lexer)
{
    text s = lexer->source;
    skip_space(lexer);
    struct pdf_token token = {.kind = PDF_TOKEN_END, .start = lexer->at, .end = lexer->at};
    if (lexer->at >= s.length)
        return token;
    token.kind = PDF_TOKEN_WORD;
    token.end++;
    if (class_at(s, token.start) == DELIMITER) {
        read_delimited(s, &token);
    } else {
        token.end = end_of_word(s, token.end);
        if (s.bytes[token.start] <= '9') /* signs, the point and digits stand before letters */
            read_number(s, &token);
    }
    lexer->at = token.end;
    return token;
}

bool pdf_lexer_skip_image(struct pdf_lexer *lexer)
{
    enum { LOOKED_AT = 10 }; /* bytes behind EI */
    text s = lexer->source;
    for (size_t at = text_find(s, TEXT("EI"), lexer->at); at != SIZE_MAX;
         at = text_find(s, TEXT("EI"), at + 1)) {
        bool begins = at > 0 && class_at(s, at - 1) == SPACE;
        bool ends = at + 2 >= s.length || class_at(s, at + 2) == SPACE;
        if (!begins || !ends)
            continue;
        /* Within the image's bytes by chance: what follows would not be plain text. */
        bool is_plain = true;
        for (size_t i = at + 2; i < at + 2 + LOOKED_AT && i < s.length; i++)
            is_plain = is_plain && (unsigned char)s.bytes[i] < 0x80 &&
                       ((unsigned char)s.bytes[i] >= 0x20 || class_at(s, i) == SPACE);
        if (is_plain) {
            lexer->at = at + 2;
            return true;
        }
    }
    lexer->at = s.length;
    return false;
}

/* Behind a backslash; *at: behind the byte after it. False: a line that goes on, no byte. */
static bool read_escape(text s, size_t end, size_t *at, unsigned char *byte)
{
    static const char escapes[] = "n\nr\rt\tb\bf\f";
    char c = s.bytes[*at - 1];
    for (size_t i = 0; i + 1 < sizeof escapes; i += 2) {
        if (c == escapes[i]) {
            *byte = (unsigned char)escapes[i + 1];
            return true;
        }
    }
    if (c == '\r' && *at < end && s.bytes[*at] == '\n')
        ++*at;
    if (c == '\r' || c == '\n')
        return false;
    int value = c - '0';
    bool is_octal = c >= '0' && c <= '7';
    for (int i = 0; is_octal && i < 2 && *at < end && s.bytes[*at] >= '0' && s.bytes[*at] <= '7';
         i++)
        value = value * 8 + (s.bytes[(*at)++] - '0');
    *byte = is_octal ? (unsigned char)value : (unsigned char)c;
    return true;
}

static bool next_literal(text s, size_t end, struct pdf_string *string)
{
    while (string->at < end) {
        string->start = string->at;
        char c = s.bytes[string->at++];
        string->byte = (unsigned char)c;
        if (c != '\\' || string->at >= end)
            return true;
        string->at++;
        if (read_escape(s, end, &string->at, &string->byte))
            return true;
    }
    return false;
}

/* What is no digit is passed over. */
static bool next_hexadecimal(text s, size_t end, struct pdf_string *string)
{
    int high = -1;
    while (string->at < end) {
        int digit = byte_hexadecimal(s.bytes[string->at++]);
        if (digit < 0)
            continue;
        if (high >= 0) {
            string->byte = (unsigned char)(high * 16 + digit);
            return true;
        }
        high = digit;
        string->start = string->at - 1;
    }
    if (high < 0)
        return false;
    string->byte = (unsigned char)(high * 16);
    string->is_half = true;
    return true;
}

bool pdf_string_next(text source, struct pdf_token token, struct pdf_string *string)
{
    size_t end = token.is_torn ? token.end : token.end - 1;
    return source.bytes[token.start] == '<' ? next_hexadecimal(source, end, string)
                                            : next_literal(source, end, string);
}

static void decode_name(text name, struct buffer *decoded)
{
    for (size_t i = 0; i < name.length; i++) {
        char c = name.bytes[i];
        int high = i + 2 < name.length ? byte_hexadecimal(name.bytes[i + 1]) : -1;
        int low = i + 2 < name.length ? byte_hexadecimal(name.bytes[i + 2]) : -1;
        if (c == '#' && high >= 0 && low >= 0) {
            c = (char)(high * 16 + low);
            i += 2;
        }
        buffer_add_byte(decoded, c);
    }
}

text pdf_token_bytes(text source, struct pdf_token token, struct buffer *decoded)
{
    text whole = text_slice(source, token.start, token.end);
    if (token.kind != PDF_TOKEN_NAME && token.kind != PDF_TOKEN_STRING)
        return token.kind == PDF_TOKEN_WORD ? whole : TEXT_EMPTY;
    bool is_name = token.kind == PDF_TOKEN_NAME;
    text inner = text_slice(whole, 1, whole.length - (is_name || token.is_torn ? 0 : 1));
    if (whole.bytes[0] != '<' && text_find_byte(inner, is_name ? '#' : '\\', 0) == SIZE_MAX)
        return inner;
    buffer_clear(decoded);
    if (is_name) {
        decode_name(inner, decoded);
    } else {
        struct pdf_string string = {.at = token.start + 1};
        while (pdf_string_next(source, token, &string))
            buffer_add_byte(decoded, (char)string.byte);
    }
    return buffer_text(decoded);
}

bool pdf_token_is(text source, struct pdf_token token, const char *word)
{
    return token.kind == PDF_TOKEN_WORD &&
           text_equal_c(text_slice(source, token.start, token.end), word);
}

#include "inspect/pdf/tokens.h"

#include "base/limits.h"

#include <string.h>

void tokens_init(struct tokens *tokens, text source)
{
    *tokens = (struct tokens){.source = source};
    buffer_init(&tokens->decoded, LIMIT_INSPECT_STREAM_BYTES);
}

void tokens_release(struct tokens *tokens)
{
    buffer_release(&tokens->decoded);
}

void tokens_forget(struct tokens *tokens)
{
    buffer_clear(&tokens->decoded);
}

static bool is_space(char c)
{
    return c == ' ' || c == '\n' || c == '\r' || c == '\t' || c == '\f' || c == '\0';
}

static bool is_delimiter(char c)
{
    return c != '\0' && strchr("()<>[]{}/%", c);
}

static void skip_space(struct tokens *tokens)
{
    text s = tokens->source;
    while (tokens->at < s.length) {
        char c = s.bytes[tokens->at];
        if (c == '%') {
            while (tokens->at < s.length && s.bytes[tokens->at] != '\n' &&
                   s.bytes[tokens->at] != '\r')
                tokens->at++;
        } else if (is_space(c)) {
            tokens->at++;
        } else {
            return;
        }
    }
}

static struct token ended(const struct tokens *tokens, enum token_kind kind, size_t start)
{
    return (struct token){.kind = kind,
                          .start = (uint32_t)start,
                          .length = (uint32_t)(tokens->decoded.length - start)};
}

/* 7.3.4.2; at: behind the opening bracket. */
static struct token literal_string(struct tokens *tokens)
{
    text s = tokens->source;
    struct buffer *out = &tokens->decoded;
    size_t start = out->length, depth = 1;
    while (tokens->at < s.length) {
        char c = s.bytes[tokens->at++];
        if (c == '(') {
            depth++;
        } else if (c == ')' && --depth == 0) {
            break;
        } else if (c == '\\' && tokens->at < s.length) {
            static const char from[] = "nrtbf", to[] = "\n\r\t\b\f";
            c = s.bytes[tokens->at++];
            const char *known = c ? strchr(from, c) : NULL;
            if (known) {
                c = to[known - from];
            } else if (c >= '0' && c <= '7') {
                int value = c - '0';
                for (int i = 0; i < 2 && tokens->at < s.length && s.bytes[tokens->at] >= '0' &&
                                s.bytes[tokens->at] <= '7';
                     i++)
                    value = value * 8 + (s.bytes[tokens->at++] - '0');
                c = (char)value;
            } else if (c == '\n') {
                continue;
            } else if (c == '\r') {
                if (tokens->at < s.length && s.bytes[tokens->at] == '\n')
                    tokens->at++;
                continue;
            }
        }
        buffer_add_byte(out, c);
    }
    return ended(tokens, TOKEN_STRING, start);
}

static struct token hex_string(struct tokens *tokens)
{
    text s = tokens->source;
    size_t start = tokens->decoded.length;
    int high = -1;
    while (tokens->at < s.length) {
        char c = s.bytes[tokens->at++];
        int digit = byte_hexadecimal(c);
        if (c == '>')
            break;
        if (digit < 0)
            continue;
        if (high < 0) {
            high = digit;
        } else {
            buffer_add_byte(&tokens->decoded, (char)(high * 16 + digit));
            high = -1;
        }
    }
    if (high >= 0)
        buffer_add_byte(&tokens->decoded, (char)(high * 16));
    return ended(tokens, TOKEN_STRING, start);
}

static struct token name(struct tokens *tokens)
{
    text s = tokens->source;
    size_t start = tokens->decoded.length;
    while (tokens->at < s.length) {
        char c = s.bytes[tokens->at];
        if (is_space(c) || is_delimiter(c))
            break;
        tokens->at++;
        if (c == '#' && tokens->at + 1 < s.length && byte_hexadecimal(s.bytes[tokens->at]) >= 0 &&
            byte_hexadecimal(s.bytes[tokens->at + 1]) >= 0) {
            c = (char)(byte_hexadecimal(s.bytes[tokens->at]) * 16 +
                       byte_hexadecimal(s.bytes[tokens->at + 1]));
            tokens->at += 2;
        }
        buffer_add_byte(&tokens->decoded, c);
    }
    return ended(tokens, TOKEN_NAME, start);
}

/* True where the word is a number (7.3.3). */
static bool read_number(text word, struct token *token)
{
    double value = 0, place = 1;
    size_t i = 0, digits = 0;
    bool is_negative = false, has_point = false;
    for (; i < word.length && (word.bytes[i] == '+' || word.bytes[i] == '-'); i++)
        is_negative = word.bytes[i] == '-';
    for (; i < word.length; i++) {
        char c = word.bytes[i];
        if (c == '.' && !has_point) {
            has_point = true;
        } else if (c >= '0' && c <= '9') {
            digits++;
            if (has_point)
                value += (c - '0') * (place /= 10);
            else if (value < 1e12)
                value = value * 10 + (c - '0');
        } else if (c == '-' && digits) { /* written by some: 12-34 */
            break;
        } else {
            return false;
        }
    }
    if (!digits && !has_point)
        return false;
    token->kind = TOKEN_NUMBER;
    token->number = is_negative ? -value : value;
    token->is_integer = !has_point;
    return true;
}

struct token tokens_next(struct tokens *tokens)
{
    text s = tokens->source;
    skip_space(tokens);
    if (tokens->at >= s.length)
        return (struct token){.kind = TOKEN_END};
    size_t start = tokens->at++;
    char c = s.bytes[start], after = tokens->at < s.length ? s.bytes[tokens->at] : '\0';
    switch (c) {
    case '(':
        return literal_string(tokens);
    case '/':
        return name(tokens);
    case '[':
        return (struct token){.kind = TOKEN_ARRAY};
    case ']':
        return (struct token){.kind = TOKEN_ARRAY_END};
    case '<':
        if (after != '<')
            return hex_string(tokens);
        tokens->at++;
        return (struct token){.kind = TOKEN_DICTIONARY};
    case '>':
        if (after == '>')
            tokens->at++;
        return (struct token){.kind = TOKEN_DICTIONARY_END};
    default:
        break;
    }
    while (tokens->at < s.length && !is_space(s.bytes[tokens->at]) &&
           !is_delimiter(s.bytes[tokens->at]))
        tokens->at++;
    struct token token = {
        .kind = TOKEN_WORD, .start = (uint32_t)start, .length = (uint32_t)(tokens->at - start)};
    read_number(text_slice(s, start, tokens->at), &token);
    return token;
}

text token_bytes(const struct tokens *tokens, struct token token)
{
    const char *base = token.kind == TOKEN_WORD ? tokens->source.bytes : tokens->decoded.bytes;
    return (text){base ? base + token.start : NULL, token.length};
}

bool token_is(const struct tokens *tokens, struct token token, const char *word)
{
    return token.kind == TOKEN_WORD && text_equal_c(token_bytes(tokens, token), word);
}

void tokens_skip_image(struct tokens *tokens)
{
    text s = tokens->source;
    for (size_t at = text_find(s, TEXT("EI"), tokens->at); at != SIZE_MAX;
         at = text_find(s, TEXT("EI"), at + 1)) {
        bool begins = at > 0 && is_space(s.bytes[at - 1]);
        bool ends = at + 2 >= s.length || is_space(s.bytes[at + 2]);
        if (!begins || !ends)
            continue;
        /* Within the image's bytes by chance: what follows would not be plain text. */
        bool is_plain = true;
        for (size_t i = at + 2; i < at + 12 && i < s.length; i++)
            is_plain = is_plain && (unsigned char)s.bytes[i] < 0x80 &&
                       ((unsigned char)s.bytes[i] >= 0x20 || is_space(s.bytes[i]));
        if (is_plain) {
            tokens->at = at + 2;
            return;
        }
    }
    tokens->at = s.length;
}

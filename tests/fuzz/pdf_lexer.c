/* Tokens of any bytes: they stand one behind the other within the source, what they say is no
   longer than they are, a walk over a string finds the bytes that the whole says; and content that
   Cairo never wrote is rewritten or refused. */
#include "base/pdf_lexer.h"
#include "pdf/content.h"

#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void look_at(text source, struct pdf_token token, struct buffer *decoded)
{
    text bytes = pdf_token_bytes(source, token, decoded);
    if (bytes.length > token.end - token.start)
        abort();
    if (token.kind != PDF_TOKEN_STRING)
        return;
    struct pdf_string string = {.at = token.start + 1};
    size_t count = 0, last = token.start;
    for (; pdf_string_next(source, token, &string); count++) {
        if (count >= bytes.length || string.byte != (unsigned char)bytes.bytes[count] ||
            string.start <= last || string.start >= token.end || string.at > token.end)
            abort();
        last = string.start;
    }
    if (count != bytes.length)
        abort();
}

static void rewrite(text source)
{
    static struct pdf_element paragraph = {.tag = TAG_P};
    static struct pdf_element leaf = {.tag = TAG_CONTENT, .parent = &paragraph};
    static const struct pdf_mark marks[] = {
        {.content = &leaf, .counted = true, .glyph_count = 2},
        {.content = &leaf, .mcid = 1},
    };
    const struct content_font fonts[] = {{TEXT("f-0-0"), 1}, {TEXT("f-1-0"), 2}};
    const struct content content = {.bytes = source,
                                    .fonts = fonts,
                                    .font_count = 2,
                                    .marks = marks,
                                    .mark_count = 2,
                                    .standard = PDF_UA1};
    struct buffer out;
    buffer_init(&out, 1 << 24);
    content_rewrite(&content, &out);
    buffer_release(&out);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct pdf_lexer lexer = {.source = {(const char *)data, size}};
    struct buffer decoded;
    buffer_init(&decoded, 1 << 24);
    size_t end = 0;
    for (;;) {
        struct pdf_token token = pdf_lexer_next(&lexer);
        if (token.start < end || token.end < token.start || token.end > size ||
            lexer.at != token.end)
            abort();
        if (token.kind == PDF_TOKEN_END)
            break;
        if (token.end == token.start)
            abort();
        end = token.end;
        look_at(lexer.source, token, &decoded);
        if (pdf_token_is(lexer.source, token, "ID")) {
            bool is_whole = pdf_lexer_skip_image(&lexer);
            if (lexer.at < end || (!is_whole && lexer.at != size))
                abort();
            end = lexer.at;
        }
    }
    buffer_release(&decoded);
    rewrite(lexer.source);
    return 0;
}

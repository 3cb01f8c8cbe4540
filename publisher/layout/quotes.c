/* Quotation marks at the edges of lines. The general rules (UAX 14, LB15 and LB19) hold them where
   no space stands between them and the words. What is left: guillemets that stand off by plain
   spaces, as French is typed, and places inside long addresses, code and words that are too wide.
 */
#include "layout/paragraph.h"

#include <unicode/uchar.h>

static bool is_quote(uint32_t c)
{
    return c == 0xAB || c == 0xBB || (c >= 0x2018 && c <= 0x201F) || c == 0x2039 || c == 0x203A;
}

bool paragraph_parts_quote(const struct paragraph *paragraph, size_t offset)
{
    text words = paragraph_text(paragraph);
    size_t before = offset, at = offset;
    if (offset == 0 || offset >= words.length)
        return false;
    do
        before--;
    while (before && ((unsigned char)words.bytes[before] & 0xC0) == 0x80);
    return is_quote(text_next(words, &at)) || is_quote(text_next(words, &before));
}

static uint32_t code_point_at(const struct paragraph *paragraph, size_t number)
{
    return number < paragraph->character_count ? paragraph->characters[number].code_point : ' ';
}

/* May a quotation begin behind it? */
static bool is_before_opening(uint32_t c)
{
    int8_t type = u_charType((UChar32)c);
    return text_is_space(c) || type == U_START_PUNCTUATION || is_quote(c);
}

/* May it stand behind a quotation? */
static bool is_after_closing(uint32_t c)
{
    int32_t class = u_getIntPropertyValue((UChar32)c, UCHAR_LINE_BREAK);
    return text_is_space(c) || class == U_LB_CLOSE_PUNCTUATION || class == U_LB_QUOTATION ||
           class == U_LB_CLOSE_PARENTHESIS || class == U_LB_EXCLAMATION ||
           class == U_LB_INFIX_NUMERIC || class == U_LB_BREAK_SYMBOLS || class == U_LB_INSEPARABLE;
}

/* A space at `number`: after a mark that begins a quotation, or before one that ends it. What
   stands on the other side of the mark tells which: »so« and « so ». Unicode has this from 15.1 on
   (UAX 14, LB15a and LB15b). */
static bool is_inside(const struct paragraph *paragraph, size_t number)
{
    uint32_t before = code_point_at(paragraph, number - 1),
             after = code_point_at(paragraph, number + 1);
    if (is_quote(before) && u_charType((UChar32)before) == U_INITIAL_PUNCTUATION &&
        is_before_opening(number > 1 ? code_point_at(paragraph, number - 2) : ' '))
        return true;
    return is_quote(after) && u_charType((UChar32)after) == U_FINAL_PUNCTUATION &&
           is_after_closing(code_point_at(paragraph, number + 2));
}

void paragraph_hold_quotes(struct paragraph *paragraph)
{
    for (size_t i = 1; i + 1 < paragraph->character_count; i++) {
        if (paragraph->characters[i].code_point == ' ' && is_inside(paragraph, i))
            paragraph->opportunities[paragraph->characters[i + 1].offset] = OPPORTUNITY_NONE;
    }
}

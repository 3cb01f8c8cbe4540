#include "document/locators.h"

#include <stdbool.h>

static const struct {
    const char *written, *label;
} rows[] = {
#define LOCATOR(written, label) {written, label},
#include "document/locators.def"
#undef LOCATOR
};

static bool is_ascii_letter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

/* Whether words that begin so may be t's, whatever their case: rows are many. */
static bool may_begin(char first, char written)
{
    bool is_ascii = (unsigned char)first < 0x80, is_other = (unsigned char)written < 0x80;
    return is_ascii == is_other && (!is_ascii || (first | 0x20) == (written | 0x20));
}

size_t locator_words(text t, const char **label)
{
    size_t longest = 0;
    *label = NULL;
    for (size_t i = 0; t.length && i < sizeof rows / sizeof *rows; i++) {
        if (!may_begin(t.bytes[0], rows[i].written[0]))
            continue;
        text words = text_from_c(rows[i].written);
        if (words.length <= longest || t.length <= words.length ||
            !text_equal_ignoring_case(text_slice(t, 0, words.length), words))
            continue;
        char next = t.bytes[words.length];
        bool ends =
            next == ' ' || next == '\xC2' || !is_ascii_letter(words.bytes[words.length - 1]);
        if (!ends)
            continue;
        longest = words.length;
        *label = rows[i].label;
    }
    return longest;
}

#include "document/locators.h"

#include "document/language.h"

#include <stdbool.h>

static const struct {
    const char *written, *label, *languages;
} rows[] = {
#define LOCATOR(written, label, languages) {written, label, languages},
#include "document/locators.def"
#undef LOCATOR
};

/* Whether words that begin so may be t's, whatever their case: rows are many. */
static bool may_begin(char first, char written)
{
    bool is_ascii = (unsigned char)first < 0x80, is_other = (unsigned char)written < 0x80;
    return is_ascii == is_other && (!is_ascii || (first | 0x20) == (written | 0x20));
}

enum standing { FOREIGN, UNDERSTOOD, OWN };

/* How words of these languages stand to a publication in the language. */
static enum standing standing_in(text languages, text language)
{
    if (language.length == 0)
        return OWN;
    text own = language_primary(language);
    size_t start = 0, end;
    bool is_understood = languages.length == 0 || languages.bytes[0] == '*';
    for (; start < languages.length; start = end + 1) {
        end = text_find_byte(languages, ' ', start);
        end = end == SIZE_MAX ? languages.length : end;
        if (text_equal_ignoring_case(text_slice(languages, start, end), own))
            return OWN;
    }
    return is_understood ? UNDERSTOOD : FOREIGN;
}

size_t locator_words(text t, text language, const char **label)
{
    size_t longest = 0;
    enum standing best = FOREIGN;
    *label = NULL;
    for (size_t i = 0; t.length && i < sizeof rows / sizeof *rows; i++) {
        if (!may_begin(t.bytes[0], rows[i].written[0]))
            continue;
        text words = text_from_c(rows[i].written);
        if (words.length < longest || t.length <= words.length ||
            !text_equal_ignoring_case(text_slice(t, 0, words.length), words))
            continue;
        char next = t.bytes[words.length];
        bool ends =
            next == ' ' || next == '\xC2' || !text_is_ascii_letter(words.bytes[words.length - 1]);
        enum standing standing =
            ends ? standing_in(text_from_c(rows[i].languages), language) : FOREIGN;
        if (standing == FOREIGN || (words.length == longest && standing <= best))
            continue;
        best = standing;
        longest = words.length;
        *label = rows[i].label;
    }
    return longest;
}

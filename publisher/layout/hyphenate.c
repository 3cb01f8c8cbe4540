/* Hyphenate: places between the syllables of words. A word is letters of one text run; what is no
   word of a language (code, addresses, numbers, letters that stand for words) is left whole, and so
   is a word that the author has given soft hyphens or hyphens of its own. */
#include "layout/paragraph.h"

#include "layout/hyphenation.h"

#include <pango/pango.h>

enum { LEAST_LETTERS = 5 };

static bool is_letter(uint32_t c)
{
    if (c < 0x80)
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    GUnicodeType type = g_unichar_type(c);
    return g_unichar_isalpha(c) || type == G_UNICODE_NON_SPACING_MARK ||
           type == G_UNICODE_SPACING_MARK;
}

/* Signs that bind a word to something that is not language. */
static bool binds(uint32_t c)
{
    return (c >= '0' && c <= '9') || c == '/' || c == '@' || c == '_' || c == '=' || c == '#' ||
           c == '&' || c == '~' || c == '\\' || c == '-' || c == 0x2010 || c == 0x2011 || c == 0xAD;
}

static uint32_t character_at(const struct paragraph *paragraph, size_t place)
{
    return place < paragraph->character_count ? paragraph->characters[place].code_point : ' ';
}

/* Is the word first..end-1 one to divide? */
static bool is_word(const struct paragraph *paragraph, size_t first, size_t end)
{
    uint32_t before = first ? character_at(paragraph, first - 1) : ' ';
    uint32_t after = character_at(paragraph, end), next = character_at(paragraph, end + 1);
    if (end - first < LEAST_LETTERS || end - first > HYPHENATION_LONGEST || binds(before) ||
        binds(after) || before == '.' ||
        ((after == '.' || after == ':') && !text_is_space(next) && is_letter(next)))
        return false;
    for (size_t i = first + 1; i < end; i++) { /* abbreviations, names of things */
        if (g_unichar_isupper(paragraph->characters[i].code_point))
            return false;
    }
    return true;
}

static void divide(struct paragraph *paragraph, struct hyphenation_row *row, size_t first,
                   size_t end)
{
    uint32_t letters[HYPHENATION_LONGEST];
    bool marks[HYPHENATION_LONGEST];
    for (size_t i = first; i < end; i++)
        letters[i - first] = g_unichar_tolower(paragraph->characters[i].code_point);
    if (!hyphenation_divide(row, letters, end - first, marks))
        return;
    for (size_t i = first; i + 1 < end; i++) {
        uint8_t *opportunity = &paragraph->opportunities[paragraph->characters[i + 1].offset];
        if (marks[i - first] && *opportunity == OPPORTUNITY_NONE)
            *opportunity = OPPORTUNITY_HYPHEN;
    }
}

static bool is_divided(hb_script_t script)
{
    switch (script) {
    case HB_SCRIPT_HAN:
    case HB_SCRIPT_HIRAGANA:
    case HB_SCRIPT_KATAKANA:
    case HB_SCRIPT_HANGUL:
    case HB_SCRIPT_BOPOMOFO:
    case HB_SCRIPT_ARABIC:
    case HB_SCRIPT_HEBREW:
    case HB_SCRIPT_SYRIAC:
    case HB_SCRIPT_THAANA:
    case HB_SCRIPT_LAO:
    case HB_SCRIPT_KHMER:
    case HB_SCRIPT_MYANMAR:
    case HB_SCRIPT_TIBETAN:
        return false;
    default:
        return true;
    }
}

static text language_of(const struct text_item *item)
{
    return text_from_c(hb_language_to_string(item->text_run->language));
}

void paragraph_hyphenate(struct paragraph *paragraph)
{
    struct hyphenation *hyphenation = paragraph->fonts->hyphenation;
    size_t place = 0;
    for (size_t i = 0; i < paragraph->item_count; i++) {
        const struct text_item *item = &paragraph->items[i];
        while (place < paragraph->character_count &&
               paragraph->characters[place].offset < item->start)
            place++;
        if (!item->font || !item->text_run->node || item->text_run->style.style & FONT_CODE ||
            !is_divided(item->script))
            continue;
        struct hyphenation_row *row = NULL;
        bool is_known =
            false; /* asked for where there is a word: else it would be missed in vain */
        for (size_t end;
             place < paragraph->character_count && paragraph->characters[place].offset < item->end;
             place = end) {
            end = place + 1;
            if (!is_letter(paragraph->characters[place].code_point))
                continue;
            while (end < paragraph->character_count &&
                   paragraph->characters[end].offset < item->end &&
                   is_letter(paragraph->characters[end].code_point))
                end++;
            if (!is_word(paragraph, place, end))
                continue;
            if (!is_known)
                row = hyphenation_find(hyphenation, language_of(item));
            is_known = true;
            if (row)
                divide(paragraph, row, place, end);
        }
    }
}

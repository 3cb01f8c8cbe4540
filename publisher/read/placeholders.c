/* Placeholders that nobody filled: words in brackets that ask for other words, dates of the letter
   X, lorem ipsum, notes of a draft. In several languages; a word more is a row more. */
#include "read/notations.h"

#include <string.h>

/* Words by which a bracket asks to be filled. `alone`: also where they are not in capitals. */
static const struct {
    const char *words;
    bool alone;
} askings[] = {
    {"INSERT", true},
    {"FILL IN", true},
    {"TO BE CONFIRMED", true},
    {"TO BE COMPLETED", true},
    {"PLACEHOLDER", true},
    {"YOUR NAME", true},
    {"YOUR ADDRESS", true},
    {"YOUR EMAIL", true},
    {"YOUR ORGANISATION", true},
    {"YOUR ORGANIZATION", true},
    {"YOUR COMPANY", true},
    {"YOUR", false},
    {"NAME OF", false},
    {"COMPANY NAME", false},
    {"TODO", false},
    {"TBD", false},
    {"TBC", false},
    {"FIXME", false},
    {"INS\xC3\x89RER", false},
    {"Ins\xC3\xA9rer", true},
    {"ins\xC3\xA9rer", true},
    {"\xC3\x80 COMPL\xC3\x89TER", false},
    {"\xC3\xA0 compl\xC3\xA9ter", true},
    {"VOTRE NOM", true},
    {"EINF\xC3\x9CGEN", false},
    {"einf\xC3\xBCgen", true},
    {"EINTRAGEN", true},
    {"EINSETZEN", true},
    {"IHR NAME", true},
    {"PLATZHALTER", true},
    {"INSERTAR", true},
    {"SU NOMBRE", true},
    {"TU NOMBRE", true},
    {"COMPLETAR", true},
    {"INSERIR", true},
    {"SEU NOME", true},
    {"INSERIRE", true},
    {"IL TUO NOME", true},
    {"INVULLEN", true},
    {"UW NAAM", true},
    {"WSTAW", true},
    {"UZUPE\xC5\x81NI\xC4\x86", false},
    {"DOPLNIT", true},
    {"\xD0\x92\xD0\xA1\xD0\xA2\xD0\x90\xD0\x92\xD0\xAC\xD0\xA2\xD0\x95", false},
    {"\xD0\xB2\xD1\x81\xD1\x82\xD0\xB0\xD0\xB2\xD1\x8C\xD1\x82\xD0\xB5", true},
    {"\xE8\xA8\x98\xE5\x85\xA5", true},
    {"\xE8\xAF\xB7\xE8\xBE\x93\xE5\x85\xA5", true},
    {"\xE8\xAF\xB7\xE5\xA1\xAB\xE5\x86\x99", true},
};

static bool has_small_letter(text words)
{
    for (size_t i = 0; i < words.length; i++) {
        if (words.bytes[i] >= 'a' && words.bytes[i] <= 'z')
            return true;
    }
    return false;
}

/* Whether the words stand in it with no letter beside them. */
static bool has_words(text inside, text words)
{
    for (size_t i = 0; i + words.length <= inside.length; i++) {
        bool begins = i == 0 || !scan_is_word(inside.bytes[i - 1]);
        size_t end = i + words.length;
        bool ends = end == inside.length || !scan_is_word(inside.bytes[end]) ||
                    (unsigned char)words.bytes[0] >= 0xE0; /* scripts without spaces */
        if (begins && ends && text_equal_ignoring_case(text_slice(inside, i, end), words))
            return true;
    }
    return false;
}

size_t placeholder_in_brackets(const struct scan *scan, size_t at)
{
    enum { LONGEST = 80 };
    text rest = text_slice(scan->seen, at, at + LONGEST); /* it may end on the next line */
    size_t close = text_find_byte(rest, ']', 0);
    if (close == SIZE_MAX || scan_is_word(scan_before(scan, at)))
        return 0;
    text inside = text_slice(rest, 1, close);
    bool is_small = has_small_letter(inside);
    for (size_t i = 0; i < sizeof askings / sizeof *askings; i++) {
        text words = text_from_c(askings[i].words);
        if ((!is_small || askings[i].alone) && has_words(inside, words))
            return at + close + 1;
    }
    return 0;
}

/* XX/XX/XXXX: three runs of the letter, one of them long enough for a year */
size_t placeholder_date(const struct scan *scan, size_t at)
{
    char letter = scan_byte(scan, at), sign = '\0';
    size_t end = at, runs = 0, longest = 0;
    if (scan_is_word(scan_before(scan, at)))
        return 0;
    while (runs < 3) {
        size_t from = end;
        while (scan_byte(scan, end) == letter && end < from + 5)
            end++;
        longest = end - from > longest ? end - from : longest;
        runs++;
        if (end - from < 2 || runs == 3)
            break;
        char next = scan_byte(scan, end);
        if ((sign && next != sign) || (next != '/' && next != '.' && next != '-'))
            return 0;
        sign = next;
        end++;
    }
    return runs == 3 && longest >= 2 && scan_byte(scan, end - 1) == letter &&
                   !scan_is_word(scan_byte(scan, end))
               ? end
               : 0;
}

size_t placeholder_latin(const struct scan *scan, size_t at)
{
    static const char words[] = "lorem ipsum dolor";
    text found = text_slice(scan->seen, at, at + sizeof words - 1);
    return text_equal_ignoring_case(found, text_from_c(words)) ? at + found.length : 0;
}

/* "TODO: ask Ann", or such a word that is all that a paragraph or cell has. */
size_t placeholder_todo(const struct scan *scan, size_t at)
{
    static const char *const words[] = {"TODO", "TBD", "TBC", "FIXME"};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        size_t end = at + strlen(words[i]);
        bool is_all = at == 0 && text_is_blank(text_slice(scan->seen, end, scan->seen.length));
        if (scan_starts(scan, at, words[i]) && !scan_is_word(scan_before(scan, at)) &&
            (is_all || (scan_byte(scan, end) == ':' && scan_byte(scan, end + 1) != ':')))
            return end;
    }
    return 0;
}

#include "document/list_labels.h"

#include "document/numerals.h"
#include "document/words.h"

#include <string.h>

enum { LETTERS = 26, MOST_REPEATED = 8, MOST_ROMAN = 3999 };

static const struct {
    unsigned value;
    const char *letters;
} roman[] = {{1000, "m"}, {900, "cm"}, {500, "d"}, {400, "cd"}, {100, "c"}, {90, "xc"}, {50, "l"},
             {40, "xl"},  {10, "x"},   {9, "ix"},  {5, "v"},    {4, "iv"},  {1, "i"}};

static bool is_upper(enum list_style style)
{
    return style == LIST_UPPER_LETTERS || style == LIST_UPPER_ROMAN;
}

static bool is_roman(enum list_style style)
{
    return style == LIST_LOWER_ROMAN || style == LIST_UPPER_ROMAN;
}

/* In small letters; false: there is none. */
static bool write_letters(enum list_style style, unsigned number, char *out, size_t room)
{
    size_t length = 0;
    if (is_roman(style)) {
        for (size_t i = 0; i < sizeof roman / sizeof *roman; i++) {
            for (; number >= roman[i].value; number -= roman[i].value)
                length += (size_t)snprintf(out + length, room - length, "%s", roman[i].letters);
        }
        return true;
    }
    /* a, b … z, aa, ab …, as spreadsheets and CSS count */
    char reversed[MOST_REPEATED];
    for (; number && length < sizeof reversed; number = (number - 1) / LETTERS)
        reversed[length++] = (char)('a' + (number - 1) % LETTERS);
    for (size_t i = 0; i < length; i++)
        out[i] = reversed[length - 1 - i];
    out[length] = '\0';
    return true;
}

text list_number(struct arena *arena, text language, enum list_style style, unsigned number)
{
    char letters[64] = {0};
    bool has_letters = style != LIST_DIGITS && number && (!is_roman(style) || number <= MOST_ROMAN);
    if (!has_letters || !write_letters(style, number, letters, sizeof letters))
        return numeral_in(arena, language, number);
    for (char *c = letters; is_upper(style) && *c; c++)
        *c = (char)(*c - 'a' + 'A');
    return arena_copy(arena, text_from_c(letters));
}

unsigned list_number_read(enum list_style style, text letters)
{
    char small[16], written[64];
    if (letters.length == 0 || letters.length >= sizeof small)
        return 0;
    for (size_t i = 0; i < letters.length; i++) {
        char c = letters.bytes[i];
        bool is_letter = is_upper(style) ? c >= 'A' && c <= 'Z' : c >= 'a' && c <= 'z';
        if (!is_letter)
            return 0;
        small[i] = (char)(c | 0x20);
    }
    small[letters.length] = '\0';
    if (!is_roman(style))
        return letters.length == 1 ? (unsigned)(small[0] - 'a' + 1) : 0;
    unsigned number = 0;
    size_t at = 0;
    for (size_t i = 0; i < sizeof roman / sizeof *roman; i++) {
        while (strncmp(small + at, roman[i].letters, strlen(roman[i].letters)) == 0) {
            number += roman[i].value;
            at += strlen(roman[i].letters);
        }
    }
    bool is_whole = at == letters.length && number <= MOST_ROMAN &&
                    write_letters(LIST_LOWER_ROMAN, number, written, sizeof written);
    return is_whole && strcmp(small, written) == 0 ? number : 0;
}

text task_box(enum task task)
{
    return task == TASK_TICKED ? TEXT("\u2611") : task == TASK_OPEN ? TEXT("\u2610") : TEXT_EMPTY;
}

text task_name(text language, enum task task)
{
    return word_in(language, task == TASK_TICKED ? WORD_TICKED : WORD_NOT_TICKED, NULL);
}

static text label_with(struct arena *arena, text language, const struct node *item, text box)
{
    static const char *const forms[][2] = {
        [LIST_PERIOD] = {"", "."}, [LIST_BRACKET] = {"", ")"}, [LIST_BRACKETS] = {"(", ")"}};
    const struct node *list = item->parent;
    if (list->list.is_index)
        return TEXT_EMPTY;
    if (!list->list.ordered)
        return box.length ? box : TEXT("\u2022");
    text number = list_number(arena, language, list->list.style, item->list_item.number);
    return arena_printf(arena, "%s%.*s%s%s%.*s", forms[list->list.delimiter][0],
                        TEXT_ARGUMENTS(number), forms[list->list.delimiter][1],
                        box.length ? " " : "", TEXT_ARGUMENTS(box));
}

text list_label(struct arena *arena, text language, const struct node *item)
{
    return label_with(arena, language, item, task_box(item->list_item.task));
}

text list_label_told(struct arena *arena, text language, const struct node *item)
{
    enum task task = item->list_item.task;
    text name = task ? task_name(language, task) : TEXT_EMPTY;
    text box = task ? arena_printf(arena, "(%.*s)", TEXT_ARGUMENTS(name)) : TEXT_EMPTY;
    return label_with(arena, language, item, box);
}

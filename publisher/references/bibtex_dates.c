/* The dates of BibTeX's entries: EDTF in BibLaTeX's fields, and a year, a month and a day. */
#include "references/bibtex.h"

#include "references/latex.h"

static text plain(struct arena *arena, text latex)
{
    return latex_read(arena, latex, &(struct latex_options){.plain = true});
}

/* LaTeX's tie at the end of a date is EDTF's sign of "about": 1723~, 1723~/1725~ */
static text date_words(struct arena *arena, text written)
{
    text words = plain(arena, written), tie = TEXT("\u00A0");
    char *bytes = arena_copy_c(arena, words);
    size_t length = 0;
    for (size_t at = 0; at < words.length; at++) {
        size_t end = at + tie.length;
        bool ends = text_starts_with(text_slice(words, at, words.length), tie) &&
                    (end == words.length || words.bytes[end] == '/');
        bytes[length++] = ends ? '~' : words.bytes[at];
        at += ends ? tie.length - 1 : 0;
    }
    return (text){bytes, length};
}

void bib_add_date(struct arena *arena, struct reference *reference, const char *csl,
                  const struct bib_field *field)
{
    if (field && field->value.length)
        date_read(arena, date_words(arena, field->value),
                  &reference_add(arena, reference, csl, FIELD_DATE, field->span)->date);
}

/* The month as words: numbers alone, as in "7" and "7--8", are months' own. */
static text month_words(struct arena *arena, text month)
{
    static const char *const names[] = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                        "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
    for (size_t i = 0; i < month.length; i++)
        if (text_is_ascii_letter(month.bytes[i]))
            return month;
    text words = TEXT_EMPTY;
    for (size_t at = 0; at < month.length;) {
        size_t end = at;
        while (end < month.length && month.bytes[end] >= '0' && month.bytes[end] <= '9')
            end++;
        unsigned long number;
        text part = text_slice(month, at, end > at ? end : at + 1);
        bool is_month = text_to_number(part, 12, &number) && number;
        if (end > at && !is_month)
            return month;
        words = is_month
                    ? arena_printf(arena, "%.*s%s", TEXT_ARGUMENTS(words), names[number - 1])
                    : arena_printf(arena, "%.*s%.*s", TEXT_ARGUMENTS(words), TEXT_ARGUMENTS(part));
        at += part.length;
    }
    return words;
}

enum { LONGEST_MONTH = 64 };

void bib_add_issued(struct arena *arena, struct reference *reference, const struct bib_entry *entry)
{
    const struct bib_field *whole = bib_find(entry, "date"), *year = bib_find(entry, "year");
    if (whole && whole->value.length) {
        bib_add_date(arena, reference, "issued", whole);
        return;
    }
    if (!year || year->value.length == 0) {
        bib_leave(arena, reference, bib_find(entry, "month"));
        bib_leave(arena, reference, bib_find(entry, "day"));
        return;
    }
    struct reference_field *issued =
        reference_add(arena, reference, "issued", FIELD_DATE, year->span);
    date_read_written(arena, date_words(arena, year->value), true, &issued->date);
    const struct bib_field *month = bib_find(entry, "month");
    text words = month ? plain(arena, month->value) : TEXT_EMPTY;
    text day = plain(arena, bib_text(entry, "day"));
    bool is_year = issued->date.year > 0 && !issued->date.has_end && !issued->date.month;
    if (words.length == 0) {
        bib_leave(arena, reference, bib_find(entry, "day"));
        return;
    }
    bool circa = issued->date.circa;
    text all = arena_printf(arena, "%.*s %.*s %04d",
                            TEXT_ARGUMENTS(month_words(arena, text_slice(words, 0, LONGEST_MONTH))),
                            TEXT_ARGUMENTS(day), issued->date.year);
    if (words.length <= LONGEST_MONTH && is_year && date_read_words(all, &issued->date))
        issued->date.circa = circa;
    else /* "in press", "Michaelmas" */
        bib_leave(arena, reference, month);
}

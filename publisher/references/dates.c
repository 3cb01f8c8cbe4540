/* Dates of references: EDTF, as CSL-YAML and BibLaTeX have it, and words, as BibTeX and PubMed. */
#include "references/library.h"

#include <string.h>

enum { LARGEST_YEAR = 999999, FIRST_SEASON = 21, LAST_SEASON = 24 };

/* One end of a range. */
struct moment {
    int year, month, day; /* 0: not given; month 21 to 24: a season */
    int last_year;        /* of the years that "199X" may be; 0: it is one year */
    bool circa;
};

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

/* EDTF */

/* Digits that are not known: X, and u in the drafts that many files follow. */
static bool is_unknown_digit(char c)
{
    return c == 'X' || c == 'x' || c == 'u';
}

static bool take_number(text *rest, size_t digits, int most, int *number)
{
    unsigned long value;
    if (rest->length < digits ||
        !text_to_number(text_slice(*rest, 0, digits), (unsigned long)most, &value))
        return false;
    *number = (int)value;
    *rest = text_slice(*rest, digits, rest->length);
    return true;
}

/* "1999", "199X", "Y17000", with a minus before it. */
static bool take_year(text *rest, struct moment *moment)
{
    bool is_long = text_starts_with(*rest, TEXT("Y")) || text_starts_with(*rest, TEXT("y"));
    *rest = text_slice(*rest, is_long, rest->length);
    bool is_negative = text_starts_with(*rest, TEXT("-"));
    *rest = text_slice(*rest, is_negative, rest->length);
    size_t digits = 0, unknown = 0;
    while (digits < rest->length && is_digit(rest->bytes[digits]))
        digits++;
    while (digits + unknown < rest->length && is_unknown_digit(rest->bytes[digits + unknown]))
        unknown++;
    if (is_long ? unknown || digits < 5 || digits > 6 : digits + unknown != 4 || digits == 0)
        return false;
    int year = 0, span = 1;
    if (!take_number(rest, digits, LARGEST_YEAR, &year))
        return false;
    for (size_t i = 0; i < unknown; i++)
        span *= 10;
    *rest = text_slice(*rest, unknown, rest->length);
    moment->year = year * span;
    moment->last_year = unknown ? moment->year + span - 1 : 0;
    if (is_negative && unknown)
        return false;
    if (is_negative || moment->year == 0) /* the year 0 is 1 before Christ, which CSL has as -1 */
        moment->year = -moment->year - 1;
    return true;
}

/* "-05", "-XX"; false: no such number. */
static bool take_part(text *rest, int most, int *number)
{
    if (rest->length < 3 || rest->bytes[0] != '-')
        return false;
    *rest = text_slice(*rest, 1, rest->length);
    if (is_unknown_digit(rest->bytes[0]) && is_unknown_digit(rest->bytes[1])) {
        *rest = text_slice(*rest, 2, rest->length);
        return true;
    }
    return take_number(rest, 2, most, number);
}

static bool read_moment(text written, struct moment *moment)
{
    text rest = text_trim(written);
    while (rest.length && strchr("~?%", rest.bytes[rest.length - 1])) {
        rest.length--;
        moment->circa = true;
    }
    if (!take_year(&rest, moment))
        return false;
    if (rest.length && !take_part(&rest, LAST_SEASON, &moment->month))
        return false;
    if (moment->month > 12 && moment->month < FIRST_SEASON)
        return false;
    if (rest.length && rest.bytes[0] == '-' && !take_part(&rest, 31, &moment->day))
        return false;
    /* the time of day does not count */
    bool has_time =
        moment->day && rest.length > 1 && (rest.bytes[0] == 'T' || rest.bytes[0] == ' ');
    return rest.length == 0 || (has_time && is_digit(rest.bytes[1]));
}

static void set_date(struct reference_date *date, const struct moment *start,
                     const struct moment *end)
{
    *date = (struct reference_date){
        .year = start->year,
        .month = start->month,
        .day = start->day,
        .circa = start->circa || (end && end->circa),
        .has_end = end || start->last_year,
    };
    if (date->month >= FIRST_SEASON && !end) {
        date->season = date->month - FIRST_SEASON + 1;
        date->month = 0;
    }
    if (end) {
        date->end_year = end->last_year ? end->last_year : end->year;
        date->end_month = end->month;
        date->end_day = end->day;
    } else if (start->last_year) {
        date->end_year = start->last_year;
    }
}

static bool is_open_end(text end)
{
    return text_is_blank(end) || text_equal_c(end, "..") || text_equal_c(end, "open") ||
           text_equal_c(end, "unknown");
}

static bool read_edtf(struct arena *arena, text written, struct reference_date *date)
{
    struct moment start = {0}, end = {0};
    size_t slash = text_find_byte(written, '/', 0);
    if (slash == SIZE_MAX) {
        bool is_date = read_moment(written, &start);
        if (is_date)
            set_date(date, &start, NULL);
        return is_date;
    }
    text first = text_trim(text_slice(written, 0, slash));
    text last = text_trim(text_slice(written, slash + 1, written.length));
    if (is_open_end(first) && read_moment(last, &end)) {
        /* no start: CSL has no such date */
        *date = (struct reference_date){
            .literal = arena_printf(arena, "\u2013%.*s", TEXT_ARGUMENTS(last))};
        return true;
    }
    if (!read_moment(first, &start))
        return false;
    if (is_open_end(last)) { /* 2016– */
        set_date(date, &start, NULL);
        date->has_end = true;
        date->end_year = 0;
        return true;
    }
    if (!read_moment(last, &end))
        return false;
    set_date(date, &start, &end);
    return true;
}

/* words */

static const struct {
    const char *name; /* with how many letters it is told from the others */
    size_t least;
    int month;
} names[] = {
    /* the months first, in their order */
    {"january", 3, 1},   {"february", 3, 2}, {"march", 3, 3},     {"april", 3, 4},
    {"may", 3, 5},       {"june", 3, 6},     {"july", 3, 7},      {"august", 3, 8},
    {"september", 3, 9}, {"october", 3, 10}, {"november", 3, 11}, {"december", 3, 12},
    {"spring", 3, 21},   {"summer", 3, 22},  {"autumn", 3, 23},   {"fall", 4, 23},
    {"winter", 3, 24},
};

static int month_of(text word)
{
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        text name = text_from_c(names[i].name);
        if (word.length >= names[i].least && word.length <= name.length &&
            text_equal_ignoring_case(text_slice(name, 0, word.length), word))
            return names[i].month;
    }
    return 0;
}

/* Hyphens, strokes and dashes part the ends of a range. */
static size_t separator_at(text t, size_t at)
{
    static const char *const separators[] = {"\u2013", "\u2014", "--", "-", "/"};
    for (size_t i = 0; i < sizeof separators / sizeof *separators; i++)
        if (text_starts_with(text_slice(t, at, t.length), text_from_c(separators[i])))
            return strlen(separators[i]);
    return 0;
}

static bool is_blank_at(text t, size_t at)
{
    return strchr(" ,.\t\n\r", t.bytes[at]) ||
           text_starts_with(text_slice(t, at, at + 2), TEXT("\u00A0"));
}

/* A word or number of one end; false: it is nothing of a date, or stands there already. */
static bool take_word(text word, struct moment *moment)
{
    unsigned long number;
    int month = month_of(word);
    if (month && !moment->month) {
        moment->month = month;
        return true;
    }
    if (month || !text_to_number(word, 9999, &number))
        return false;
    int *part = word.length == 4 ? &moment->year : &moment->day;
    if (*part || number == 0 || (word.length != 4 && number > 31))
        return false;
    *part = (int)number;
    return true;
}

bool date_read_words(text written, struct reference_date *date)
{
    struct moment ends[2] = {{0}};
    size_t end = 0;
    for (size_t at = 0; at < written.length;) {
        size_t separator = separator_at(written, at);
        if (separator) {
            if (end++)
                return false;
            at += separator;
            continue;
        }
        if (is_blank_at(written, at)) {
            at += written.bytes[at] == '\xC2' ? 2 : 1;
            continue;
        }
        size_t from = at;
        while (at < written.length && !is_blank_at(written, at) && !separator_at(written, at))
            at++;
        if (!take_word(text_slice(written, from, at), &ends[end]))
            return false;
    }
    struct moment *start = &ends[0], *last = &ends[1];
    if (end && !start->year && !start->month && !start->day)
        return false; /* no start: CSL has no such date */
    bool is_open = end && !last->year && !last->month && !last->day; /* 2016-- */
    /* what one end does not say is as in the other: Nov-Dec 2019, Mar 15-21 */
    if (end && !is_open) {
        last->year = last->year ? last->year : start->year;
        start->year = start->year ? start->year : last->year;
        last->month = last->month ? last->month : last->day ? start->month : 0;
        start->month = start->month ? start->month : start->day ? last->month : 0;
    }
    bool is_date = start->year && (start->month || !start->day) &&
                   (!end || is_open || (last->year && (last->month || !last->day)));
    if (is_date)
        set_date(date, start, end && !is_open ? last : NULL);
    if (is_date && is_open)
        date->has_end = true;
    return is_date;
}

/* A part between strokes, and past it. */
static text take_stroke(text *rest)
{
    size_t end = text_find_byte(*rest, '/', 0);
    text part = text_trim(text_slice(*rest, 0, end));
    *rest = end == SIZE_MAX ? TEXT_EMPTY : text_slice(*rest, end + 1, rest->length);
    return part;
}

/* "2019/3", "2019/Mar": a month alone; "2019/00/00" gives none. A day of no month is no part of the
   date: "1999/0/5/"; a season behind it is, "1999/0/5/Spring". */
bool date_read_strokes(struct arena *arena, text written, struct reference_date *date, text *other)
{
    if (text_find_byte(written, '/', 0) == SIZE_MAX)
        return false;
    text rest = written, year = take_stroke(&rest), month = take_stroke(&rest),
         day = take_stroke(&rest);
    text more = text_trim(rest),
         behind = text_slice(written, text_find_byte(written, '/', 0) + 1, written.length);
    unsigned long number, in_year;
    if (month.length && is_open_end(month)) /* 2016/.. */
        return false;
    if (year.length != 4 || !text_to_number(year, 9999, &in_year) || in_year == 0)
        return false;
    if (text_to_number(month, 12, &number))
        month = number ? text_from_c(names[number - 1].name) : TEXT_EMPTY;
    if (text_to_number(day, 0, &number))
        day = TEXT_EMPTY;
    struct reference_date read = {0};
    unsigned long of_no_month;
    if (month.length == 0 && text_to_number(day, 99, &of_no_month)) {
        text season = arena_printf(arena, "%.*s %.*s", TEXT_ARGUMENTS(year), TEXT_ARGUMENTS(more));
        if (more.length && date_read_words(season, &read) && read.season) {
            behind = text_trim(text_slice(behind, 0, (size_t)(more.bytes - behind.bytes)));
            behind.length--; /* the stroke before the season */
        } else {
            read = (struct reference_date){.year = (int)in_year};
        }
        *date = read;
        *other = text_trim(behind);
        return true;
    }
    text words = arena_printf(arena, "%.*s %.*s %.*s", TEXT_ARGUMENTS(year), TEXT_ARGUMENTS(month),
                              TEXT_ARGUMENTS(day));
    if (!date_read_words(words, &read))
        return false;
    words = arena_printf(arena, "%.*s %.*s", TEXT_ARGUMENTS(words), TEXT_ARGUMENTS(more));
    bool is_all = more.length == 0 ||
                  (month.length == 0 && date_read_words(words, &read)); /* 2019///Spring */
    *date = read;
    *other = is_all ? TEXT_EMPTY : more;
    return true;
}

enum short_range { RANGE_NONE, RANGE_GOOD, RANGE_BAD };

/* "2021-22", "2008/09": the end of a range without its century. What may be a month is one but in
   a field that has the year alone, where it is the next year's. */
static enum short_range read_short_range(text written, bool is_year, struct reference_date *date)
{
    unsigned long year, last;
    size_t separator = written.length > 4 ? separator_at(written, 4) : 0;
    if (separator == 0 || !text_to_number(text_slice(written, 0, 4), 9999, &year) || year == 0 ||
        written.length != 4 + separator + 2 ||
        !text_to_number(text_slice(written, 4 + separator, written.length), 99, &last))
        return RANGE_NONE;
    bool is_next = last == (year + 1) % 100;
    if (last && last <= 12 && !(is_next && is_year))
        return RANGE_NONE;
    unsigned long end = year - year % 100 + last + (is_next && last == 0 ? 100 : 0);
    if (end <= year)
        return RANGE_BAD; /* no season either: these are EDTF's alone */
    *date = (struct reference_date){.year = (int)year, .has_end = true, .end_year = (int)end};
    return RANGE_GOOD;
}

/* "c. 1800", "ca. 1800", "[1800]", "[c. 1800]", "1800?" */
static text without_about(text written, bool *circa)
{
    static const char *const words[] = {"circa ", "ca. ", "ca ", "c. ", "c.", "c "};
    if (text_starts_with(written, TEXT("[")) && text_ends_with(written, TEXT("]")))
        written = text_trim(text_slice(written, 1, written.length - 1));
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        size_t length = strlen(words[i]);
        if (text_equal_ignoring_case(text_slice(written, 0, length), text_from_c(words[i]))) {
            *circa = true;
            return text_trim(text_slice(written, length, written.length));
        }
    }
    return written;
}

/* "349 BC": CSL counts such years as -349. */
static bool read_before_christ(text written, struct reference_date *date)
{
    static const char *const eras[] = {" BCE", " BC", " B.C.E.", " B.C."};
    for (size_t i = 0; i < sizeof eras / sizeof *eras; i++) {
        text era = text_from_c(eras[i]);
        unsigned long year;
        if (text_ends_with(written, era) &&
            text_to_number(text_slice(written, 0, written.length - era.length), LARGEST_YEAR,
                           &year) &&
            year) {
            *date = (struct reference_date){.year = -(int)year};
            return true;
        }
    }
    return false;
}

/* Without the signs of "about" at its ends. */
static text bare_date(text written, bool *circa)
{
    text rest = without_about(text_trim(written), circa);
    if (text_ends_with(rest, TEXT("?")) || text_ends_with(rest, TEXT("~"))) {
        *circa = true;
        rest.length--;
    }
    return rest;
}

/* "2021-22/2023-24", "2021-22/2025-03": from the first year of the first to the end of the last.
   RANGE_NONE: neither end is such a range. */
static enum short_range read_range_of_ranges(text written, bool is_year,
                                             struct reference_date *date)
{
    size_t slash = text_find_byte(written, '/', 0);
    if (slash == SIZE_MAX)
        return RANGE_NONE;
    bool circa = false;
    text first = bare_date(text_slice(written, 0, slash), &circa);
    text last = bare_date(text_slice(written, slash + 1, written.length), &circa);
    struct reference_date from = {0}, to = {0};
    struct moment start = {0}, end = {0};
    enum short_range begins = read_short_range(first, is_year, &from);
    enum short_range ends = read_short_range(last, is_year, &to);
    if (begins == RANGE_NONE && ends == RANGE_NONE)
        return RANGE_NONE;
    bool is_open = is_open_end(last);
    if (begins == RANGE_BAD || ends == RANGE_BAD ||
        (begins == RANGE_NONE && !read_moment(first, &start)) ||
        (ends == RANGE_NONE && !is_open && !read_moment(last, &end)))
        return RANGE_BAD;
    start.year = begins == RANGE_GOOD ? from.year : start.year;
    end.year = ends == RANGE_GOOD ? to.end_year : end.year;
    if (!is_open && end.year < start.year)
        return RANGE_BAD;
    set_date(date, &start, &end);
    date->circa |= circa;
    return RANGE_GOOD;
}

void date_read_written(struct arena *arena, text written, bool is_year, struct reference_date *date)
{
    struct reference_date read = {0};
    bool circa = false;
    text rest = bare_date(written, &circa);
    enum short_range range = read_short_range(rest, is_year, &read);
    if (range == RANGE_NONE)
        range = read_range_of_ranges(rest, is_year, &read);
    switch (range) {
    case RANGE_NONE:
        date_read(arena, written, date);
        return;
    case RANGE_GOOD:
        read.circa |= circa;
        break;
    case RANGE_BAD:
        read.literal = text_trim(written);
        break;
    }
    *date = read;
}

/* ISO 8601's basic form: YYYYMMDD. */
static text with_hyphens(struct arena *arena, text day)
{
    unsigned long number;
    if (day.length != 8 || !text_to_number(day, 99999999, &number) || number < 10000 ||
        number / 100 % 100 > 12)
        return day;
    return arena_printf(arena, "%.4s-%.2s-%.2s", day.bytes, day.bytes + 4, day.bytes + 6);
}

void date_read(struct arena *arena, text written, struct reference_date *date)
{
    written = text_trim(written);
    struct reference_date read = {0};
    bool circa = false;
    text rest = with_hyphens(arena, without_about(written, &circa));
    if (read_edtf(arena, rest, &read) || date_read_words(rest, &read) ||
        read_before_christ(rest, &read))
        read.circa |= circa;
    else
        read = (struct reference_date){.literal = written};
    *date = read;
}

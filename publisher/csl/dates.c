/* Dates (CSL 1.0.2, "Date"): parts in the style's or the language's order, ranges. */
#include "csl/render.h"

#include <string.h>

enum part { PART_YEAR, PART_MONTH, PART_DAY, PART_COUNT };

struct moment {
    int year, month, day, season;
};

struct date_parts {
    const struct element *parts[PART_COUNT + 2];     /* in the order in which they are shown */
    const struct element *overrides[PART_COUNT + 2]; /* the style's own; NULL: none */
    size_t count;
    text delimiter;
};

static enum part part_of(const struct element *element)
{
    text name = element_attribute(element, ATTRIBUTE_NAME);
    return text_equal_c(name, "year")    ? PART_YEAR
           : text_equal_c(name, "month") ? PART_MONTH
                                         : PART_DAY;
}

/* An attribute of a part: the style's, else the language's. */
static text attribute_of(const struct date_parts *parts, size_t i, enum csl_attribute attribute)
{
    text value = element_attribute(parts->overrides[i], attribute);
    return value.length ? value : element_attribute(parts->parts[i], attribute);
}

static bool is_wanted(text which, enum part part)
{
    if (part == PART_YEAR)
        return true;
    if (part == PART_MONTH)
        return !text_equal_c(which, "year");
    return !text_equal_c(which, "year") && !text_equal_c(which, "year-month");
}

static void find_parts(const struct context *context, const struct element *element,
                       struct date_parts *parts)
{
    text form = element_attribute(element, ATTRIBUTE_FORM);
    const struct element *pattern = element;
    if (form.length)
        pattern = locale_date(&context->run->locale, text_equal_c(form, "numeric"));
    text which = element_attribute(element, ATTRIBUTE_DATE_PARTS);
    *parts = (struct date_parts){.delimiter = element->delimiter};
    if (form.length && pattern && !element->delimiter.length)
        parts->delimiter = pattern->delimiter;
    for (const struct element *p = pattern ? pattern->first : NULL; p; p = p->next) {
        if (p->kind != ELEMENT_DATE_PART || parts->count == PART_COUNT ||
            (form.length && !is_wanted(which, part_of(p))))
            continue;
        parts->parts[parts->count] = p;
        for (const struct element *o = form.length ? element->first : NULL; o; o = o->next)
            if (o->kind == ELEMENT_DATE_PART && part_of(o) == part_of(p))
                parts->overrides[parts->count] = o;
        parts->count++;
    }
}

/* Whether these parts print a year: behind it stands what says that a range is open. */
static bool has_year(const struct date_parts *parts)
{
    for (size_t i = 0; i < parts->count; i++)
        if (part_of(parts->parts[i]) == PART_YEAR)
            return true;
    return false;
}

static bool has_part(const struct moment *moment, enum part part)
{
    switch (part) {
    case PART_YEAR:
        return moment->year != 0;
    case PART_MONTH:
        return moment->month > 0 || moment->season > 0;
    default:
        return moment->day > 0 && moment->month > 0;
    }
}

static text year_text(const struct context *context, int year, text form)
{
    if (text_equal_c(form, "short") && year > 99)
        return arena_printf(context->arena, "%02d", year % 100);
    return arena_printf(context->arena, "%d", year < 0 ? -year : year);
}

/* What follows a year of few digits, or one before our era; behind its suffix: 348年公元前. */
static text era_of(const struct context *context, int year, text form)
{
    const struct locale *locale = &context->run->locale;
    if (year >= 1000 || (text_equal_c(form, "short") && year > 99))
        return TEXT_EMPTY;
    return locale_word(locale, year < 0 ? "bc" : "ad", TERM_LONG, false);
}

static text month_text(const struct context *context, const struct moment *moment, text form)
{
    const struct locale *locale = &context->run->locale;
    int season = moment->season       ? moment->season
                 : moment->month > 12 ? (moment->month - 13) % 4 + 1
                                      : 0;
    if (moment->month > 20)
        season = (moment->month - 21) % 4 + 1;
    enum term_form length = text_equal_c(form, "short") ? TERM_SHORT : TERM_LONG;
    if (season) {
        char name[16];
        memcpy(name, "season-01", 10);
        name[8] = (char)('0' + season);
        return locale_word(locale, name, length, false);
    }
    if (text_equal_c(form, "numeric"))
        return arena_printf(context->arena, "%d", moment->month);
    if (text_equal_c(form, "numeric-leading-zeros"))
        return arena_printf(context->arena, "%02d", moment->month);
    text name = arena_printf(context->arena, "month-%02d", moment->month);
    return locale_word(locale, name.bytes, length, false);
}

static text day_text(const struct context *context, const struct moment *moment, text form)
{
    const struct locale *locale = &context->run->locale;
    if (text_equal_c(form, "numeric-leading-zeros"))
        return arena_printf(context->arena, "%02d", moment->day);
    if (text_equal_c(form, "ordinal") && (moment->day == 1 || !locale->limit_day_ordinals)) {
        text name = arena_printf(context->arena, "month-%02d", moment->month);
        const struct term *month = locale_term(locale, name, TERM_LONG, GENDER_NEUTER);
        return arena_printf(context->arena, "%d%.*s", moment->day,
                            TEXT_ARGUMENTS(locale_ordinal(locale, (unsigned long)moment->day,
                                                          month ? month->gender : GENDER_NEUTER)));
    }
    return arena_printf(context->arena, "%d", moment->day);
}

/* The year-suffix goes to the first year, unless the style says where else. */
static void add_year_suffix(struct context *context, struct output *year)
{
    const struct run *run = context->run;
    bool is_explicit = context->cite ? run->citation_has_suffix : run->bibliography_has_suffix;
    if (is_explicit || context->suffix_is_done || !context->item->year_suffix ||
        context->without_suffix || context->key)
        return;
    unsigned called = context->called, filled = context->filled;
    text letters = context_variable(context, TEXT("year-suffix"));
    context->called = called;
    context->filled = filled;
    struct output *leaf = output_leaf(context->arena, letters);
    leaf->role = ROLE_YEAR_SUFFIX;
    struct output *inner = output_new(context->arena);
    inner->characters = year->characters;
    year->characters = TEXT_EMPTY;
    output_append(year, inner);
    output_append(year, leaf);
    context->suffix_is_done = true;
}

static struct output *render_part(struct context *context, const struct date_parts *parts, size_t i,
                                  const struct moment *moment, bool with_prefix, bool with_suffix)
{
    enum part part = part_of(parts->parts[i]);
    text form = attribute_of(parts, i, ATTRIBUTE_FORM);
    text words = part == PART_YEAR    ? year_text(context, moment->year, form)
                 : part == PART_MONTH ? month_text(context, moment, form)
                                      : day_text(context, moment, form);
    struct output *output = output_leaf(context->arena, arena_copy(context->arena, words));
    if (part == PART_YEAR) {
        output->role = ROLE_YEAR;
        add_year_suffix(context, output);
    }
    const struct element *own = parts->overrides[i] ? parts->overrides[i] : parts->parts[i];
    text text_case = attribute_of(parts, i, ATTRIBUTE_TEXT_CASE);
    if (text_case.length)
        text_case_apply(context->arena, output, text_case, context->run->locale.language);
    if (own->strips_periods || parts->parts[i]->strips_periods)
        output_strip_periods(context->arena, output);
    struct output *dressed = output_new(context->arena);
    output_append(dressed, output);
    dressed->format = own->has_format ? own->format : parts->parts[i]->format;
    dressed->prefix = with_prefix ? attribute_of(parts, i, ATTRIBUTE_PREFIX) : TEXT_EMPTY;
    dressed->suffix = with_suffix ? attribute_of(parts, i, ATTRIBUTE_SUFFIX) : TEXT_EMPTY;
    text era = part == PART_YEAR ? era_of(context, moment->year, form) : TEXT_EMPTY;
    if (!era.length)
        return dressed;
    struct output *both = output_new(context->arena);
    output_append(both, dressed);
    output_append(both, output_leaf(context->arena, era));
    return both;
}

static int value_of(const struct moment *moment, enum part part)
{
    return part == PART_YEAR    ? moment->year
           : part == PART_MONTH ? moment->season ? 100 + moment->season : moment->month
                                : moment->day;
}

/* The parts that differ stand in a row, first of the start, then of the end: from..to. */
static bool find_difference(const struct date_parts *parts, const struct moment *start,
                            const struct moment *end, size_t *from, size_t *to)
{
    enum part largest = PART_COUNT;
    for (enum part part = PART_YEAR; part < PART_COUNT && largest == PART_COUNT; part++) {
        for (size_t i = 0; i < parts->count; i++)
            if (part_of(parts->parts[i]) == part && value_of(start, part) != value_of(end, part))
                largest = part;
    }
    *from = SIZE_MAX;
    for (size_t i = 0; i < parts->count; i++) {
        if (part_of(parts->parts[i]) < largest ||
            !(has_part(start, part_of(parts->parts[i])) || has_part(end, part_of(parts->parts[i]))))
            continue;
        *from = *from == SIZE_MAX ? i : *from;
        *to = i + 1;
    }
    return *from != SIZE_MAX && largest != PART_COUNT;
}

static text range_delimiter(const struct date_parts *parts, const struct moment *start,
                            const struct moment *end)
{
    text delimiter = TEXT_EMPTY;
    for (enum part part = PART_YEAR; part < PART_COUNT; part++) {
        if (value_of(start, part) == value_of(end, part))
            continue;
        for (size_t i = 0; i < parts->count; i++)
            if (part_of(parts->parts[i]) == part)
                delimiter = attribute_of(parts, i, ATTRIBUTE_RANGE_DELIMITER);
        break;
    }
    return delimiter.length ? delimiter : TEXT("\u2013");
}

static void add_moment(struct context *context, struct output *output,
                       const struct date_parts *parts, const struct moment *moment, size_t from,
                       size_t to, bool drops_prefix, bool drops_suffix)
{
    size_t first = SIZE_MAX, last = 0;
    for (size_t i = from; i < to; i++) {
        if (has_part(moment, part_of(parts->parts[i]))) {
            first = first == SIZE_MAX ? i : first;
            last = i;
        }
    }
    for (size_t i = from; i < to; i++) {
        if (!has_part(moment, part_of(parts->parts[i])))
            continue;
        output_append(output, render_part(context, parts, i, moment, !(drops_prefix && i == first),
                                          !(drops_suffix && i == last)));
    }
}

static struct output *render_range(struct context *context, const struct date_parts *parts,
                                   const struct moment *start, const struct moment *end)
{
    struct output *output = output_new(context->arena);
    size_t from, to;
    if (!find_difference(parts, start, end, &from, &to)) {
        add_moment(context, output, parts, start, 0, parts->count, false, false);
        return output;
    }
    add_moment(context, output, parts, start, 0, from, false, false);
    add_moment(context, output, parts, start, from, to, false, true);
    output_append(output, output_leaf(context->arena, range_delimiter(parts, start, end)));
    add_moment(context, output, parts, end, from, to, true, false);
    add_moment(context, output, parts, end, to, parts->count, false, false);
    return output;
}

/* Where the parts have a delimiter it stands between the parts of one date. */
static struct output *render_delimited(struct context *context, const struct date_parts *parts,
                                       const struct reference_date *date,
                                       const struct moment *start, const struct moment *end)
{
    if (date->has_end && (end->year || end->month || end->day)) {
        if (!parts->delimiter.length)
            return render_range(context, parts, start, end);
        size_t from = 0, to = 0;
        if (find_difference(parts, start, end, &from, &to)) {
            struct output *output = output_new(context->arena);
            output->delimiter = parts->delimiter;
            add_moment(context, output, parts, start, 0, from, false, false);
            struct output *middle = output_new(context->arena);
            struct output *one = output_new(context->arena), *two = output_new(context->arena);
            one->delimiter = two->delimiter = parts->delimiter;
            add_moment(context, one, parts, start, from, to, false, true);
            add_moment(context, two, parts, end, from, to, true, false);
            output_append(middle, one);
            output_append(middle, output_leaf(context->arena, range_delimiter(parts, start, end)));
            output_append(middle, two);
            output_append(output, middle);
            add_moment(context, output, parts, end, to, parts->count, false, false);
            return output;
        }
    }
    struct output *output = output_new(context->arena);
    output->delimiter = parts->delimiter;
    add_moment(context, output, parts, start, 0, parts->count, false, false);
    if (date->has_end && !end->year && !end->month && !end->day && start->year && has_year(parts)) {
        struct output *open = output_new(context->arena); /* "2016–" */
        output_append(open, output);
        output_append(open, output_leaf(context->arena, TEXT("\u2013")));
        return open;
    }
    return output;
}

static struct output *sort_key(struct context *context, const struct element *element,
                               const struct reference_date *date)
{
    text which = element_attribute(element, ATTRIBUTE_DATE_PARTS);
    struct reference_date cut = *date;
    bool has[PART_COUNT] = {true, is_wanted(which, PART_MONTH), is_wanted(which, PART_DAY)};
    if (!element_attribute(element, ATTRIBUTE_FORM).length) {
        memset(has, 0, sizeof has);
        for (const struct element *p = element->first; p; p = p->next)
            if (p->kind == ELEMENT_DATE_PART)
                has[part_of(p)] = true;
    }
    if (!has[PART_YEAR])
        cut.year = cut.end_year = 0;
    if (!has[PART_MONTH])
        cut.month = cut.end_month = cut.season = 0;
    if (!has[PART_DAY])
        cut.day = cut.end_day = 0;
    return output_leaf(context->arena, date_sort_key(context->arena, &cut));
}

/* Words that stand for a date: they take the place and the looks of its year. */
static struct output *render_literal(struct context *context, const struct element *element,
                                     text literal)
{
    struct date_parts parts;
    struct output *words = rich_read(context->arena, &context->run->locale, literal);
    if (!words->characters.length && words->first)
        words->role = ROLE_YEAR;
    struct output *holder = output_new(context->arena);
    output_append(holder, words);
    add_year_suffix(context, words);
    find_parts(context, element, &parts);
    for (size_t i = 0; i < parts.count; i++) {
        if (part_of(parts.parts[i]) != PART_YEAR)
            continue;
        const struct element *own = parts.overrides[i] ? parts.overrides[i] : parts.parts[i];
        holder->format = own->has_format ? own->format : parts.parts[i]->format;
        holder->prefix = attribute_of(&parts, i, ATTRIBUTE_PREFIX);
        holder->suffix = attribute_of(&parts, i, ATTRIBUTE_SUFFIX);
    }
    return holder;
}

struct output *date_render(struct context *context, const struct element *element)
{
    if (!element->variable_count)
        return NULL;
    text name = element->variables[0];
    context->called++;
    if (context->without_suffix && text_equal_c(name, "accessed"))
        return NULL; /* when somebody looked does not tell cites apart */
    const struct reference_field *field =
        context_is_suppressed(context, name) ? NULL : reference_field_of(context->reference, name);
    if (!field || field->kind != FIELD_DATE)
        return NULL;
    const struct reference_date *date = &field->date;
    struct output *output = NULL;
    if (context->key && date->year) {
        output = sort_key(context, element, date);
    } else if (date->year || date->month || date->season) {
        struct date_parts parts;
        struct moment start = {date->year, date->month, date->day, date->season};
        struct moment end = {date->end_year, date->end_month, date->end_day, 0};
        find_parts(context, element, &parts);
        output = render_delimited(context, &parts, date, &start, &end);
    } else if (date->literal.length) {
        output = render_literal(context, element, date->literal);
    }
    if (!output || output_is_empty(output))
        return NULL;
    context->filled++;
    context_record(context, name);
    return context_dress(context, element, output);
}

static void add_key_part(struct buffer *out, int year, int month, int day)
{
    enum { ERA = 500000 }; /* so that years before our era come first */
    buffer_printf(out, "%06d", year > -ERA && year < ERA ? year + ERA : 0);
    buffer_printf(out, "%02d%02d", month, day);
}

text date_sort_key(struct arena *arena, const struct reference_date *date)
{
    struct buffer out;
    buffer_init(&out, 128);
    int month = date->season && !date->month ? date->season * 3 : date->month;
    add_key_part(&out, date->year, month, date->day);
    if (date->has_end) {
        buffer_add_byte(&out, '-');
        add_key_part(&out, date->end_year, date->end_month, date->end_day);
    }
    text result = arena_copy(arena, buffer_text(&out));
    buffer_release(&out);
    return result;
}

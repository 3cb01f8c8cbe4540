/* Collapse (CSL 1.0.2, "Cite Grouping", "Cite Collapsing"): cites of the same authors stand
   together, numbers in a row become ranges. */
#include "csl/process.h"

#include <string.h>

enum collapse {
    COLLAPSE_NONE,
    COLLAPSE_NUMBER,
    COLLAPSE_YEAR,
    COLLAPSE_SUFFIX,
    COLLAPSE_SUFFIX_RANGED
};

struct collapser {
    struct run *run;
    struct cite_state *cites;
    size_t count;
    enum collapse collapse;
    text delimiter, group_delimiter, suffix_delimiter, after_delimiter;
    bool has_after_delimiter;
    bool is_nameless;                /* years alone, that are a group too */
    text *names;                     /* of each cite: what its authors look like; empty: none */
    const struct cite_state *before; /* the cite that was put last; NULL: none */
};

static enum collapse collapse_of(text value)
{
    static const char *const names[] = {"", "citation-number", "year", "year-suffix",
                                        "year-suffix-ranged"};
    for (size_t i = 1; i < sizeof names / sizeof *names; i++)
        if (text_equal_c(value, names[i]))
            return (enum collapse)i;
    return COLLAPSE_NONE;
}

static text characters_of(struct run *run, const struct output *output)
{
    struct buffer words;
    buffer_init(&words, 1 << 18);
    if (output)
        output_add_characters(output, &words);
    text result = arena_copy(run->arena, buffer_text(&words));
    buffer_release(&words);
    return result;
}

static struct output *part_of(const struct cite_state *state, enum output_role role)
{
    return state->output ? output_find(state->output, role) : NULL;
}

/* Cites of the same authors move up to the first of them. */
static void group(struct collapser *c)
{
    for (size_t i = 0; i < c->count; i++) {
        size_t place = i + 1;
        while (place < c->count && c->names[place].length &&
               text_equal(c->names[place], c->names[i]))
            place++;
        for (size_t k = place; c->names[i].length && k < c->count; k++) {
            if (!text_equal(c->names[k], c->names[i]))
                continue;
            struct cite_state moved = c->cites[k];
            text names = c->names[k];
            memmove(&c->cites[place + 1], &c->cites[place], (k - place) * sizeof moved);
            memmove(&c->names[place + 1], &c->names[place], (k - place) * sizeof names);
            c->cites[place] = moved;
            c->names[place++] = names;
        }
    }
}

static void empty(struct output *output)
{
    output->first = output->last = NULL;
    output->characters = output->prefix = output->suffix = TEXT_EMPTY;
}

/* Takes a part away, and what holds nothing else. */
static void remove_part(struct output *output, enum output_role role)
{
    struct output *part = output_find(output, role);
    if (part)
        empty(part);
}

static bool is_sign(char c)
{
    return c == ',' || c == '.' || c == ';';
}

/* What stands between two cites: a sign at the end of the author's words before, or at the
   beginning of those that follow, takes the delimiter's place. A stop ends a sentence only where
   words follow, not in "p. 5 ff." */
static text delimiter_between(const struct cite_state *before, const struct cite_state *state,
                              text delimiter)
{
    text suffix = rich_bare(before->cite->suffix), prefix = rich_bare(state->cite->prefix);
    char last = suffix.length ? suffix.bytes[suffix.length - 1] : 0;
    bool is_stop = suffix.length == 1; /* and nothing else */
    if (is_sign(last) && (last != '.' || prefix.length || is_stop)) {
        size_t space = text_find_byte(delimiter, ' ', 0);
        return space == SIZE_MAX ? delimiter : text_slice(delimiter, space, delimiter.length);
    }
    return !suffix.length && prefix.length && is_sign(prefix.bytes[0]) ? TEXT_EMPTY : delimiter;
}

static void add(struct collapser *c, struct output *all, text delimiter,
                const struct cite_state *state)
{
    struct output *cite = state->output;
    if (!cite || output_is_empty(cite))
        return;
    if (c->before)
        delimiter = delimiter_between(c->before, state, delimiter);
    if (all->first && delimiter.length) {
        struct output *between = output_new(c->run->arena);
        between->characters = delimiter;
        between->is_affix = true;
        output_append(all, between);
    }
    output_append(all, cite);
    c->before = state;
}

/* numbers */

static bool is_plain_number(const struct cite_state *state)
{
    return state->output && part_of(state, ROLE_NUMBER) && !state->cite->prefix.length &&
           !state->cite->suffix.length && !state->shows_locator;
}

static size_t end_of_run(const struct collapser *c, size_t from)
{
    size_t to = from + 1;
    while (is_plain_number(&c->cites[from]) && to < c->count && is_plain_number(&c->cites[to]) &&
           c->cites[to].item->number == c->cites[to - 1].item->number + 1)
        to++;
    return to;
}

static void join_numbers(struct collapser *c, struct output *all)
{
    bool after_range = false;
    for (size_t from = 0, to; from < c->count; from = to) {
        to = end_of_run(c, from);
        text delimiter = after_range ? c->after_delimiter : c->delimiter;
        after_range = to - from > 2;
        if (!after_range) {
            for (size_t i = from; i < to; i++)
                add(c, all, i == from ? delimiter : c->delimiter, &c->cites[i]);
            continue;
        }
        text dash = TEXT("\u2013");
        add(c, all, delimiter, &c->cites[from]);
        add(c, all, dash, &c->cites[to - 1]);
    }
}

/* years */

static text year_of(struct collapser *c, const struct cite_state *state)
{
    const struct output *year = part_of(state, ROLE_YEAR);
    if (!year)
        return TEXT_EMPTY;
    return year->first ? characters_of(c->run, year->first) : year->characters;
}

static unsigned suffix_of(const struct cite_state *state)
{
    return part_of(state, ROLE_YEAR_SUFFIX) ? state->item->year_suffix : 0;
}

static bool is_plain(const struct cite_state *state)
{
    return !state->cite->prefix.length && !state->cite->suffix.length && !state->shows_locator;
}

/* The cites from..to have the same authors and year, and letters. */
static size_t end_of_year(struct collapser *c, size_t from, size_t end)
{
    size_t to = from + 1;
    text year = year_of(c, &c->cites[from]);
    while (to < end && year.length && suffix_of(&c->cites[from]) && suffix_of(&c->cites[to]) &&
           is_plain(&c->cites[to - 1]) && !c->cites[to].cite->prefix.length &&
           text_equal(year_of(c, &c->cites[to]), year))
        to++;
    return to;
}

/* Of the year its letter is left, and what else the cite says: a locator. */
static void keep_suffix(struct cite_state *state)
{
    struct output *year = part_of(state, ROLE_YEAR);
    if (!year)
        return;
    year->characters = TEXT_EMPTY;
    for (struct output *child = year->first; child; child = child->next)
        if (child->role != ROLE_YEAR_SUFFIX)
            empty(child);
}

/* Between letters; where more than a letter stands, as between other cites of a group. */
static text suffix_delimiter_at(const struct collapser *c, size_t i)
{
    bool is_bare = is_plain(&c->cites[i - 1]) && is_plain(&c->cites[i]);
    return is_bare ? c->suffix_delimiter : c->group_delimiter;
}

static void join_year(struct collapser *c, struct output *all, text delimiter, size_t from,
                      size_t to)
{
    add(c, all, delimiter, &c->cites[from]);
    for (size_t i = from + 1; i < to; i++)
        keep_suffix(&c->cites[i]);
    for (size_t i = from + 1, end; i < to; i = end) {
        end = i;
        bool ranged = c->collapse == COLLAPSE_SUFFIX_RANGED;
        while (ranged && end < to && is_plain(&c->cites[end]) &&
               c->cites[end].item->year_suffix == c->cites[end - 1].item->year_suffix + 1)
            end++;
        if (end - i >= 2 && i == from + 1) {
            add(c, all, TEXT("\u2013"), &c->cites[end - 1]);
            continue;
        }
        end = i + 1;
        /* a range that begins here */
        size_t last = i;
        while (ranged && last + 1 < to && is_plain(&c->cites[last + 1]) &&
               c->cites[last + 1].item->year_suffix == c->cites[last].item->year_suffix + 1)
            last++;
        add(c, all, suffix_delimiter_at(c, i), &c->cites[i]);
        if (last - i >= 2) {
            add(c, all, TEXT("\u2013"), &c->cites[last]);
            end = last + 1;
        }
    }
}

static size_t end_of_names(const struct collapser *c, size_t from)
{
    size_t to = from + 1;
    while (to < c->count && c->names[from].length && text_equal(c->names[to], c->names[from]))
        to++;
    return to;
}

/* Whether a term or a title stands where the names should. */
static bool names_nobody(const struct cite_state *state)
{
    struct output *names = part_of(state, ROLE_NAMES);
    return names && !output_find(names, ROLE_LIST);
}

static void join_groups(struct collapser *c, struct output *all)
{
    bool after_group = c->collapse >= COLLAPSE_YEAR;
    for (size_t from = 0, to; from < c->count; from = to) {
        to = end_of_names(c, from);
        bool is_of_nobody = names_nobody(&c->cites[from]);
        for (size_t i = from; i < to; i++) {
            if (i > from && c->collapse >= COLLAPSE_YEAR)
                remove_part(c->cites[i].output, ROLE_NAMES);
        }
        for (size_t i = from, end; i < to; i = end) {
            end = c->collapse >= COLLAPSE_SUFFIX ? end_of_year(c, i, to) : i + 1;
            /* "2019a; 2019b, 202": a page before or behind would read as a year */
            bool after_locator = i > from && !c->is_nameless && !is_of_nobody &&
                                 (c->cites[i - 1].shows_locator ||
                                  (c->has_after_delimiter && c->cites[i].shows_locator));
            text delimiter = i > from && !after_locator ? c->group_delimiter
                             : after_group || i > from  ? c->after_delimiter
                                                        : c->delimiter;
            join_year(c, all, delimiter, i, end);
        }
        if (from > 0)
            after_group = to - from > 1 && c->collapse >= COLLAPSE_YEAR;
    }
}

struct output *cites_collapse(struct run *run, struct cite_state *cites, size_t count)
{
    const struct element *area = run->style->citation;
    struct collapser c = {.run = run, .cites = cites, .count = count};
    c.collapse = collapse_of(element_attribute(area, ATTRIBUTE_COLLAPSE));
    c.delimiter = run->style->citation_layout->delimiter;
    const text *own_group = element_find(area, ATTRIBUTE_CITE_GROUP_DELIMITER);
    const text *own_suffix = element_find(area, ATTRIBUTE_YEAR_SUFFIX_DELIMITER);
    const text *own_after = element_find(area, ATTRIBUTE_AFTER_COLLAPSE_DELIMITER);
    c.group_delimiter = own_group                              ? *own_group
                        : c.collapse != COLLAPSE_SUFFIX_RANGED ? TEXT(", ")
                                                               : c.delimiter;
    c.suffix_delimiter = own_suffix ? *own_suffix : own_group ? *own_group : c.delimiter;
    c.has_after_delimiter = own_after && !own_group;
    c.after_delimiter = own_after ? *own_after : c.delimiter;
    c.names = ARENA_NEW_ARRAY(run->arena, count, text);
    bool groups = c.collapse >= COLLAPSE_YEAR || own_group;
    for (size_t i = 0; groups && i < count; i++) {
        struct output *names = part_of(&cites[i], ROLE_NAMES);
        if (names && !cites[i].cite->author_only)
            c.names[i] = characters_of(run, names);
    }
    c.is_nameless = c.collapse >= COLLAPSE_SUFFIX;
    for (size_t i = 0; i < count; i++)
        c.is_nameless = c.is_nameless && cites[i].output && !c.names[i].length;
    for (size_t i = 0; c.is_nameless && i < count; i++)
        c.names[i] = TEXT("-");
    if (groups)
        group(&c);
    struct output *all = output_new(run->arena);
    if (c.collapse == COLLAPSE_NUMBER)
        join_numbers(&c, all);
    else
        join_groups(&c, all);
    return all;
}

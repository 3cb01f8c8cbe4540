/* clang-format off: the drawing */
/* Disambiguation (CSL 1.0.2, "Disambiguation"): names are spelt out, names added, given names
   added, styles asked for more, letters put behind years; in this order, each only where cites are
   still the same.

   The cites of all items are rendered once (key_of: as later citations have them, the shortest
   form) and sorted by what they say. Equal neighbours are a set; each step is taken with each set,
   and each set may come apart in it:

     rendered, sorted      add names             add given names      letters
     +--------------+
     | Doe 2010   a |      Doe, Roe 2010  a
     | Doe 2010   b |  ->  Doe, Poe 2010  b
     +--------------+
     | Roe 2011   c |                            J. Roe 2011  c
     | Roe 2011   d |  --------------------->    M. Roe 2011  d
     +--------------+
     | Poe 2012   e |                                                 Poe 2012a  e
     | Poe 2012   f |  ------------------------------------------>    Poe 2012b  f
     +--------------+

   What an item shows more of than the style says is kept in item->choice (names shown, the level of
   each given name), item->conditions and item->year_suffix; whoever renders the item from then on
   reads it there. A step that tells nothing apart is taken back, so that no cite is longer for
   nothing.

   Names come first where the style tells people apart everywhere, and not just cites (its
   givenname-disambiguation-rule is not by-cite): then instances of names are sorted in the same
   way, and those that look the same and are not the same person are raised a level
   (spell_out_names).

   Sorting is what keeps it fast: with n items that look the same, pairs would be n * n / 2
   renderings; a set is rendered once for each thing that is tried, and names_differ finds the sets
   that no name can tell apart before anything is rendered. */
/* clang-format on */
#include "csl/process.h"

#include <stdlib.h>
#include <string.h>

enum rule {
    RULE_BY_CITE,
    RULE_ALL_NAMES,
    RULE_ALL_NAMES_WITH_INITIALS,
    RULE_PRIMARY_NAME,
    RULE_PRIMARY_NAME_WITH_INITIALS,
};

struct keyed {
    text key;
    size_t item;  /* of run->items */
    size_t order; /* in the bibliography */
};

struct solver {
    struct run *run;
    struct arena scratch; /* what is rendered only to be compared */
    const size_t *order;
    size_t count;
    enum rule rule;
    bool adds_names, adds_given, adds_suffix;
    unsigned conditions; /* disambiguate="true" that the style asks */
    enum position form;  /* of the cites that are compared: those that name fewest */
};

static int compare_keyed(const void *a, const void *b)
{
    const struct keyed *x = a, *y = b;
    int order = text_compare(x->key, y->key);
    return order ? order : (x->order > y->order) - (x->order < y->order);
}

/* What was rendered to be compared goes, but not after each rendering: blocks cost time. */
static void tidy(struct solver *solver)
{
    if (solver->scratch.used < 1 << 20)
        return;
    arena_release(&solver->scratch);
    arena_init(&solver->scratch);
}

/* What a cite of the item alone says, in the arena of the run. */
static text key_of(struct solver *solver, size_t item)
{
    struct csl_cite cite = {.reference = solver->run->items[item].index};
    struct cite_state state = {.cite = &cite,
                               .item = &solver->run->items[item],
                               .position = solver->form,
                               .near_note = true};
    struct output *output = cite_render(solver->run, &solver->scratch, &state, true);
    struct csl_tokens tokens = {0};
    struct buffer words;
    buffer_init(&words, 1 << 20);
    if (output)
        output_join(&solver->scratch, &solver->run->locale, output, &tokens);
    for (size_t i = 0; i < tokens.count; i++)
        if (tokens.tokens[i].kind == CSL_TEXT)
            buffer_add_text(&words, tokens.tokens[i].text);
    text key = arena_copy(solver->run->arena, buffer_text(&words));
    buffer_release(&words);
    tidy(solver);
    return key;
}

static void make_keys(struct solver *solver, struct keyed *set, size_t count)
{
    for (size_t i = 0; i < count; i++)
        set[i].key = key_of(solver, set[i].item);
    qsort(set, count, sizeof *set, compare_keyed);
}

static size_t end_of_group(const struct keyed *set, size_t from, size_t count)
{
    size_t to = from + 1;
    while (to < count && text_equal(set[to].key, set[from].key))
        to++;
    return to;
}

/* names, whatever cites they stand in */

struct instance {
    text shown[3]; /* at each given_level */
    text person;   /* the whole name, however its initials are spaced */
    uint8_t *level;
};

static int compare_shown(const void *a, const void *b, void *level)
{
    const struct instance *x = a, *y = b;
    size_t k = *(const size_t *)level;
    int order = text_compare(x->shown[k], y->shown[k]);
    return order ? order : text_compare(x->person, y->person);
}

static text without_spaces(struct arena *arena, text t)
{
    char *bytes = arena_allocate(arena, t.length + 1);
    size_t length = 0;
    for (size_t i = 0; i < t.length; i++)
        if (t.bytes[i] != ' ' && t.bytes[i] != '.')
            bytes[length++] = t.bytes[i];
    return (text){bytes, length};
}

/* The first `most` names below an output, in order. */
static size_t find_names(const struct output *output, const struct output **names, size_t count,
                         size_t most)
{
    if (count < most && output->role == ROLE_NAME) {
        names[count++] = output;
        return count;
    }
    for (const struct output *child = output->first; child && count < most; child = child->next)
        count = find_names(child, names, count, most);
    return count;
}

/* What each of the first `count` names of the cite says at a level, all from one rendering. */
static void find_words(struct solver *solver, const struct cited_item *item, struct instance *made,
                       size_t count, enum given_level level)
{
    struct run *run = solver->run;
    uint8_t *given = item->choice.given[0];
    uint8_t *before = ARENA_NEW_ARRAY(&solver->scratch, count, uint8_t);
    memcpy(before, given, count);
    memset(given, (int)level, count);
    struct csl_cite cite = {.reference = item->index};
    struct cite_state state = {.cite = &cite, .item = (struct cited_item *)item};
    struct output *output = cite_render(run, &solver->scratch, &state, true);
    memcpy(given, before, count);
    const struct output **names = ARENA_NEW_ARRAY(&solver->scratch, count, const struct output *);
    size_t found = output ? find_names(output, names, 0, count) : 0;
    for (size_t i = 0; i < found; i++) {
        struct buffer words;
        buffer_init(&words, 1 << 16);
        output_add_characters(names[i], &words);
        made[i].shown[level] = arena_copy(run->arena, buffer_text(&words));
        buffer_release(&words);
    }
    tidy(solver);
}

static size_t names_in(const struct cited_item *item)
{
    size_t most = 0;
    for (const struct reference_field *f = item->reference->fields; f; f = f->next)
        if (f->kind == FIELD_NAMES && f->name_count > most)
            most = f->name_count;
    return most;
}

/* The number of names that the first list of the cite shows now. */
static size_t names_shown(struct solver *solver, size_t index)
{
    struct csl_cite cite = {.reference = solver->run->items[index].index};
    struct cite_state state = {
        .cite = &cite, .item = &solver->run->items[index], .position = solver->form};
    struct output *output = cite_render(solver->run, &solver->scratch, &state, true);
    struct output *names = output ? output_find(output, ROLE_NAMES) : NULL;
    size_t count = 0, depth = 0;
    struct output *stack[64];
    if (names)
        stack[depth++] = names;
    while (depth) {
        struct output *at = stack[--depth];
        count += at->role == ROLE_NAME;
        for (struct output *c = at->first; c && depth < 64; c = c->next)
            stack[depth++] = c;
    }
    tidy(solver);
    return count;
}

static void make_levels(struct solver *solver, struct cited_item *item)
{
    size_t count = names_in(item);
    for (size_t slot = 0; slot < CHOICE_NAMES; slot++)
        item->choice.given[slot] = ARENA_NEW_ARRAY(solver->run->arena, count + 1, uint8_t);
}

/* Raises the level of the names in a group that look the same and are not, if that tells any apart.
 */
static void raise_group(struct instance *group, size_t count, size_t level, bool must_help)
{
    bool differ = false, helps = false;
    for (size_t i = 1; i < count; i++) {
        differ = differ || !text_equal(group[i].person, group[0].person);
        helps = helps || !text_equal(group[i].shown[level], group[0].shown[level]);
    }
    for (size_t i = 0; differ && (helps || !must_help) && i < count; i++)
        *group[i].level = (uint8_t)level;
}

static void spell_out_names(struct solver *solver)
{
    bool primary_only =
        solver->rule == RULE_PRIMARY_NAME || solver->rule == RULE_PRIMARY_NAME_WITH_INITIALS;
    bool initials_only = solver->rule == RULE_ALL_NAMES_WITH_INITIALS ||
                         solver->rule == RULE_PRIMARY_NAME_WITH_INITIALS;
    size_t total = 0, count = 0;
    for (size_t i = 0; i < solver->count; i++)
        total += names_in(&solver->run->items[solver->order[i]]);
    struct instance *instances = ARENA_NEW_ARRAY(solver->run->arena, total + 1, struct instance);
    for (size_t i = 0; i < solver->count; i++) {
        size_t index = solver->order[i];
        struct cited_item *item = &solver->run->items[index];
        item->choice.shown[0] = (unsigned)names_in(item); /* hidden names too: they may come */
        size_t shown = names_shown(solver, index);
        shown = shown < names_in(item) ? shown : names_in(item);
        shown = primary_only && shown ? 1 : shown;
        for (int level = 0; shown && level < 3; level++)
            find_words(solver, item, &instances[count], shown, (enum given_level)level);
        for (size_t name = 0; name < shown; name++) {
            struct instance *made = &instances[count++];
            made->level = &item->choice.given[0][name];
            made->person = without_spaces(solver->run->arena, made->shown[2]);
        }
        item->choice.shown[0] = 0;
    }
    for (size_t level = 0; level < (initials_only ? 1U : 2U); level++) {
        qsort_r(instances, count, sizeof *instances, compare_shown, &level);
        for (size_t from = 0, to; from < count; from = to) {
            for (to = from + 1; to < count && text_equal(instances[to].shown[level],
                                                         instances[from].shown[level]);)
                to++;
            if (*instances[from].level == level)
                raise_group(&instances[from], to - from, level + 1, initials_only);
        }
    }
}

/* sets of cites that look the same */

static bool is_divided(const struct keyed *set, size_t count)
{
    return count > 1 && !text_equal(set[0].key, set[count - 1].key);
}

static void show(struct solver *solver, const struct keyed *set, size_t count, unsigned shown)
{
    for (size_t i = 0; i < count; i++)
        for (size_t slot = 0; slot < CHOICE_NAMES; slot++)
            solver->run->items[set[i].item].choice.shown[slot] = shown;
}

static size_t most_names(const struct solver *solver, const struct keyed *set, size_t count)
{
    size_t most = 0;
    for (size_t i = 0; i < count; i++) {
        size_t names = names_in(&solver->run->items[set[i].item]);
        most = names > most ? names : most;
    }
    return most;
}

#define ANYBODY SIZE_MAX

/* `name`: the place of the person in the lists; ANYBODY: everywhere. */
static bool same_people(const struct reference_field *a, const struct reference_field *b,
                        size_t name)
{
    if (b->kind != FIELD_NAMES || a->name_count != b->name_count)
        return false;
    size_t from = name == ANYBODY ? 0 : name, to = name == ANYBODY ? a->name_count : name + 1;
    for (size_t i = from; i < to && i < a->name_count; i++)
        if (!name_is_same(&a->names[i], &b->names[i]))
            return false;
    return true;
}

/* False where the same people wrote everything, or the same one in that place of lists that are as
   long: then more of their names tell nothing apart. Most of those that look the same are such. */
static bool names_differ(const struct solver *solver, const struct keyed *set, size_t count,
                         size_t name)
{
    const struct reference *first = solver->run->items[set[0].item].reference;
    size_t lists = 0;
    for (const struct reference_field *f = first->fields; f; f = f->next)
        lists += f->kind == FIELD_NAMES;
    for (size_t i = 1; i < count; i++) {
        const struct reference *other = solver->run->items[set[i].item].reference;
        size_t same = 0, all = 0;
        for (const struct reference_field *f = other->fields; f; f = f->next) {
            if (f->kind != FIELD_NAMES)
                continue;
            all++;
            for (const struct reference_field *g = first->fields; g; g = g->next)
                same += text_equal(f->key, g->key) && same_people(f, g, name);
        }
        if (all != lists || same != lists)
            return true;
    }
    return false;
}

typedef void (*step)(struct solver *solver, struct keyed *set, size_t count);

/* Takes a step with every group of cites that look the same. The set is sorted by its keys. */
static void take(struct solver *solver, struct keyed *set, size_t count, step taken)
{
    for (size_t from = 0, to; from < count; from = to) {
        to = end_of_group(set, from, count);
        if (to - from > 1)
            taken(solver, &set[from], to - from);
    }
}

/* Adds names one by one; sets that come apart are looked at by themselves. */
static void add_names(struct solver *solver, struct keyed *set, size_t count)
{
    enum { NAMES_MOST = 64 };
    if (!names_differ(solver, set, count, ANYBODY))
        return;
    unsigned shown = solver->run->items[set[0].item].choice.shown[0];
    if (shown == 0)
        shown = (unsigned)names_shown(solver, set[0].item);
    size_t most = most_names(solver, set, count);
    for (unsigned next = shown + 1; next <= most && next <= NAMES_MOST; next++) {
        if (!names_differ(solver, set, count, next - 1))
            continue;
        show(solver, set, count, next);
        make_keys(solver, set, count);
        if (!is_divided(set, count))
            continue;
        take(solver, set, count, add_names);
        return;
    }
    show(solver, set, count, shown);
    make_keys(solver, set, count);
}

static void set_level(struct solver *solver, const struct keyed *set, size_t count, size_t name,
                      uint8_t level)
{
    for (size_t i = 0; i < count; i++) {
        struct cited_item *item = &solver->run->items[set[i].item];
        for (size_t slot = 0; slot < CHOICE_NAMES; slot++)
            if (name < names_in(item) && item->choice.given[slot])
                item->choice.given[slot][name] = level;
    }
}

static void expand_given(struct solver *solver, struct keyed *set, size_t count)
{
    if (!names_differ(solver, set, count, ANYBODY))
        return;
    size_t most = most_names(solver, set, count);
    for (size_t name = 0; name < most && name < 64; name++) {
        if (!names_differ(solver, set, count, name))
            continue;
        const uint8_t *given = solver->run->items[set[0].item].choice.given[0];
        uint8_t before =
            name < names_in(&solver->run->items[set[0].item]) ? given[name] : GIVEN_AS_STYLED;
        for (uint8_t level = GIVEN_INITIALS; level <= GIVEN_FULL; level++) {
            set_level(solver, set, count, name, level);
            make_keys(solver, set, count);
            if (!is_divided(set, count))
                continue;
            take(solver, set, count, expand_given);
            return;
        }
        set_level(solver, set, count, name, before);
    }
    make_keys(solver, set, count);
}

/* More names and given names at once, where neither helps alone. */
static void add_names_and_given(struct solver *solver, struct keyed *set, size_t count)
{
    if (!names_differ(solver, set, count, ANYBODY))
        return;
    size_t most = most_names(solver, set, count);
    unsigned before = solver->run->items[set[0].item].choice.shown[0];
    for (unsigned shown = before + 1; shown <= most && shown <= 64; shown++) {
        show(solver, set, count, shown);
        make_keys(solver, set, count);
        expand_given(solver, set, count);
        if (is_divided(set, count))
            return;
    }
    show(solver, set, count, before);
    make_keys(solver, set, count);
}

static void set_conditions(struct solver *solver, struct keyed *set, size_t count, unsigned held)
{
    for (size_t i = 0; i < count; i++)
        solver->run->items[set[i].item].conditions = held;
    make_keys(solver, set, count);
}

/* Lets one condition after the other hold; sets that come apart are looked at by themselves. */
static void ask_conditions(struct solver *solver, struct keyed *set, size_t count)
{
    unsigned before = solver->run->items[set[0].item].conditions;
    for (unsigned held = before + 1; held <= solver->conditions; held++) {
        set_conditions(solver, set, count, held);
        if (!is_divided(set, count))
            continue;
        take(solver, set, count, ask_conditions);
        return;
    }
    set_conditions(solver, set, count, before);
}

static void take_all(struct solver *solver, struct keyed *set, step taken)
{
    qsort(set, solver->count, sizeof *set, compare_keyed);
    take(solver, set, solver->count, taken);
}

static void number_group(struct solver *solver, struct keyed *set, size_t count)
{
    for (size_t i = 0; i < count; i++)
        solver->run->items[set[i].item].year_suffix = (unsigned)i + 1;
}

static enum rule rule_of(text value)
{
    static const char *const names[] = {"by-cite", "all-names", "all-names-with-initials",
                                        "primary-name", "primary-name-with-initials"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (text_equal_c(value, names[i]))
            return (enum rule)i;
    return RULE_BY_CITE;
}

/* How many conditions disambiguate="true" a cite can meet, macros counted wherever they are called.
 */
static unsigned conditions_in(const struct element *top, unsigned depth)
{
    enum { CONDITIONS_MOST = 16 };
    unsigned count = 0;
    for (const struct element *e = top ? top->first : NULL; e && count < CONDITIONS_MOST;
         e = e->next) {
        count += element_attribute(e, ATTRIBUTE_DISAMBIGUATE).length > 0;
        if (depth)
            count += conditions_in(e->macro, depth - 1) + conditions_in(e, depth - 1);
    }
    return count < CONDITIONS_MOST ? count : CONDITIONS_MOST;
}

/* Readers mistake the shortest form, that of later cites; unless a style names more people there.
 */
static enum position shortest_form(const struct element *area)
{
    unsigned long first, later;
    bool names_more =
        text_to_number(element_attribute(area, ATTRIBUTE_ET_AL_MIN), 100000, &first) &&
        text_to_number(element_attribute(area, ATTRIBUTE_ET_AL_SUBSEQUENT_MIN), 100000, &later) &&
        later > first;
    return names_more ? POSITION_FIRST : POSITION_SUBSEQUENT;
}

void disambiguate(struct run *run, const size_t *order, size_t count)
{
    enum { CONDITION_DEPTH = 24 };
    const struct element *area = run->style->citation;
    struct solver solver = {
        .run = run,
        .order = order,
        .count = count,
        .rule = rule_of(element_attribute(area, ATTRIBUTE_GIVENNAME_DISAMBIGUATION_RULE)),
        .adds_names = element_is(area, ATTRIBUTE_DISAMBIGUATE_ADD_NAMES, "true"),
        .adds_given = element_is(area, ATTRIBUTE_DISAMBIGUATE_ADD_GIVENNAME, "true"),
        .adds_suffix = element_is(area, ATTRIBUTE_DISAMBIGUATE_ADD_YEAR_SUFFIX, "true") ||
                       run->citation_has_label,
        .conditions = conditions_in(area, CONDITION_DEPTH),
        .form = shortest_form(area),
    };
    bool adds_letters = element_is(area, ATTRIBUTE_DISAMBIGUATE_ADD_YEAR_SUFFIX, "true");
    if (!solver.adds_names && !solver.adds_given && !solver.adds_suffix && !solver.conditions)
        return;
    arena_init(&solver.scratch);
    for (size_t i = 0; i < count; i++)
        make_levels(&solver, &run->items[i]);
    if (solver.adds_given && solver.rule != RULE_BY_CITE)
        spell_out_names(&solver);
    struct keyed *set = ARENA_NEW_ARRAY(run->arena, count, struct keyed);
    for (size_t i = 0; i < count; i++)
        set[i] = (struct keyed){key_of(&solver, order[i]), order[i], i};
    if (solver.adds_names)
        take_all(&solver, set, add_names);
    if (solver.adds_given && solver.rule == RULE_BY_CITE) {
        take_all(&solver, set, expand_given);
        if (solver.adds_names)
            take_all(&solver, set, add_names_and_given);
    }
    /* a letter tells cites apart already, as styles are tried out */
    if (solver.conditions && !adds_letters)
        take_all(&solver, set, ask_conditions);
    if (solver.adds_suffix)
        take_all(&solver, set, number_group);
    arena_release(&solver.scratch);
}

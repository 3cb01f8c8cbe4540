/* Sort: keys are rendered once for each item, and compared as Unicode's collation has it. */
#include "csl/process.h"

#include <stdlib.h>
#include <string.h>
#include <unicode/ucol.h>
#include <unicode/ustring.h>

enum { KEYS_MOST = 16 };

struct sort_key {
    uint8_t *bytes; /* of the collator; NULL: the item has no such value */
    int32_t length;
};

struct sorter {
    struct run *run;
    UCollator *collator;
    const struct element *keys[KEYS_MOST];
    bool descends[KEYS_MOST];
    size_t key_count;
    struct sort_key *values; /* items × keys */
    bool *is_made;           /* of each item */
    const struct element *area;
    /* Given names count where they are told apart whatever they stand in; those that only some
       cites need move nothing. Names that were added count where cites are grouped by them. */
    bool tells_names_apart;
    struct sort_key *names; /* of each item, as its cite has them; NULL: cites are not grouped */
    bool *has_names;        /* of each item: they are made */
};

/* A cs:names such as a key by a variable stands for. */
static struct output *render_names_key(struct context *context, const struct element *key)
{
    struct element names = {
        .kind = ELEMENT_NAMES, .variables = key->variables, .variable_count = key->variable_count};
    return names_render(context, &names);
}

static struct output *render_key(struct context *context, const struct element *key)
{
    if (key->macro)
        return render_children(context, key->macro);
    if (!key->variable_count)
        return NULL;
    text variable = key->variables[0];
    const struct reference_field *field = reference_field_of(context->reference, variable);
    if (field && field->kind == FIELD_NAMES)
        return render_names_key(context, key);
    if (field && field->kind == FIELD_DATE)
        return field->date.year
                   ? output_leaf(context->arena, date_sort_key(context->arena, &field->date))
                   : output_leaf(context->arena, field->date.literal);
    text value = context_variable(context, variable);
    unsigned long number;
    if (text_to_number(text_trim(value), 1000000000UL, &number))
        return output_leaf(context->arena, arena_printf(context->arena, "%010lu", number));
    return value.length ? rich_read(context->arena, &context->run->locale, value) : NULL;
}

/* Between words stands a sign that collation counts, and sorts before letters and digits: "Dale,
   Zoe" before "Dalebout". */
static void mark_words(struct buffer *words, text t)
{
    for (size_t at = 0, next = 0; at < t.length; at = next) {
        if (text_is_space(text_next(t, &next)))
            buffer_add_byte(words, '|');
        else
            buffer_add_text(words, text_slice(t, at, next));
    }
}

static void make_key(struct sorter *sorter, const struct output *output, struct sort_key *made)
{
    struct buffer plain, words;
    buffer_init(&plain, 1 << 20);
    buffer_init(&words, 1 << 20);
    if (!output_is_empty(output))
        output_add_characters(output, &plain);
    mark_words(&words, text_trim(buffer_text(&plain)));
    text t = buffer_text(&words);
    if (t.length && t.length < INT32_MAX / 4) {
        UChar *units = memory_allocate((t.length + 1) * sizeof *units);
        int32_t count = 0;
        UErrorCode error = U_ZERO_ERROR;
        u_strFromUTF8WithSub(units, (int32_t)t.length + 1, &count, t.bytes, (int32_t)t.length,
                             0xFFFD, NULL, &error);
        int32_t size = ucol_getSortKey(sorter->collator, units, count, NULL, 0);
        made->bytes = arena_allocate(sorter->run->arena, (size_t)size + 1);
        made->length = ucol_getSortKey(sorter->collator, units, count, made->bytes, size);
        free(units);
    }
    buffer_release(&words);
    buffer_release(&plain);
}

static void make_keys(struct sorter *sorter, size_t index)
{
    if (sorter->is_made[index])
        return;
    sorter->is_made[index] = true;
    struct arena scratch;
    arena_init(&scratch);
    for (size_t i = 0; i < sorter->key_count; i++) {
        struct context context;
        context_init(&context, sorter->run, &scratch, &sorter->run->items[index], sorter->area);
        context.key = sorter->keys[i];
        struct names_choice choice = sorter->run->items[index].choice;
        if (!sorter->names)
            memset(choice.shown, 0, sizeof choice.shown);
        if (!sorter->tells_names_apart)
            memset(choice.given, 0, sizeof choice.given);
        context.choice = &choice;
        make_key(sorter, render_key(&context, sorter->keys[i]),
                 &sorter->values[index * sorter->key_count + i]);
    }
    arena_release(&scratch);
}

static const struct sort_key *names_of(struct sorter *sorter, size_t index)
{
    struct sort_key *made = &sorter->names[index];
    if (sorter->has_names[index])
        return made;
    sorter->has_names[index] = true;
    struct arena scratch;
    arena_init(&scratch);
    struct cited_item *item = &sorter->run->items[index];
    struct csl_cite cite = {.reference = index};
    struct cite_state state = {.cite = &cite, .item = item, .position = POSITION_SUBSEQUENT};
    struct output *output = cite_render(sorter->run, &scratch, &state, true);
    struct output *names = output ? output_find(output, ROLE_NAMES) : NULL;
    if (names && output_find(names, ROLE_LIST)) /* a title in their place is no author */
        make_key(sorter, names, made);
    arena_release(&scratch);
    return made;
}

static int compare_bytes(const struct sort_key *x, const struct sort_key *y)
{
    int32_t length = x->length < y->length ? x->length : y->length;
    int order = memcmp(x->bytes, y->bytes, (size_t)length);
    return order ? order : (x->length > y->length) - (x->length < y->length);
}

/* Cites that are grouped by their authors, and that the first key does not tell apart: by the
   authors, before by other keys. */
static int compare_names(struct sorter *sorter, size_t a, size_t b)
{
    if (!sorter->names)
        return 0;
    const struct sort_key *x = names_of(sorter, a), *y = names_of(sorter, b);
    if (!x->bytes || !y->bytes)
        return !x->bytes - !y->bytes; /* nobody's: behind */
    return compare_bytes(x, y);
}

int sorter_compare(struct sorter *sorter, size_t a, size_t b)
{
    make_keys(sorter, a);
    make_keys(sorter, b);
    for (size_t i = 0; i < sorter->key_count; i++) {
        const struct sort_key *x = &sorter->values[a * sorter->key_count + i];
        const struct sort_key *y = &sorter->values[b * sorter->key_count + i];
        if (!x->bytes != !y->bytes)
            return x->bytes ? -1 : 1; /* without a value: at the end */
        int order = x->bytes ? compare_bytes(x, y) : 0;
        if (order)
            return sorter->descends[i] ? -order : order;
        order = i == 0 ? compare_names(sorter, a, b) : 0;
        if (order)
            return order;
    }
    return 0;
}

struct sorter *sorter_new(struct run *run, const struct element *sort, const struct element *area)
{
    struct sorter *sorter = ARENA_NEW(run->arena, struct sorter);
    sorter->run = run;
    sorter->area = area;
    text rule = element_attribute(run->style->citation, ATTRIBUTE_GIVENNAME_DISAMBIGUATION_RULE);
    sorter->tells_names_apart = rule.length && !text_equal_c(rule, "by-cite");
    for (const struct element *key = sort ? sort->first : NULL; key; key = key->next) {
        if (key->kind != ELEMENT_KEY || sorter->key_count == KEYS_MOST)
            continue;
        sorter->descends[sorter->key_count] = element_is(key, ATTRIBUTE_SORT, "descending");
        sorter->keys[sorter->key_count++] = key;
    }
    if (!sorter->key_count)
        return NULL;
    UErrorCode error = U_ZERO_ERROR;
    sorter->collator = ucol_open(arena_copy_c(run->arena, run->locale.language), &error);
    if (U_FAILURE(error))
        return NULL;
    /* Letters count, and numbers as such; what marks them and stands between them does not: the
       next key decides between "Müller" and "Muller", and "'t Hooft" stands under t. */
    ucol_setStrength(sorter->collator, UCOL_PRIMARY);
    ucol_setAttribute(sorter->collator, UCOL_ALTERNATE_HANDLING, UCOL_SHIFTED, &error);
    ucol_setAttribute(sorter->collator, UCOL_NUMERIC_COLLATION, UCOL_ON, &error);
    size_t count = run->input->reference_count;
    sorter->values = ARENA_NEW_ARRAY(run->arena, count * sorter->key_count, struct sort_key);
    sorter->is_made = ARENA_NEW_ARRAY(run->arena, count, bool);
    bool is_of_cites = area == run->style->citation;
    text collapse = element_attribute(area, ATTRIBUTE_COLLAPSE);
    if (is_of_cites && !run->style->uses_notes &&
        (text_starts_with(collapse, TEXT("year")) ||
         element_find(area, ATTRIBUTE_CITE_GROUP_DELIMITER))) {
        sorter->names = ARENA_NEW_ARRAY(run->arena, count, struct sort_key);
        sorter->has_names = ARENA_NEW_ARRAY(run->arena, count, bool);
    }
    return sorter;
}

/* Merge sort: stable, whatever the library's qsort is. */
void sorter_sort(struct sorter *sorter, size_t *order, size_t count)
{
    if (!sorter || count < 2)
        return;
    size_t *other = memory_allocate(count * sizeof *other), *from = order, *to = other;
    for (size_t width = 1; width < count; width *= 2) {
        for (size_t start = 0; start < count; start += 2 * width) {
            size_t middle = start + width < count ? start + width : count;
            size_t end = start + 2 * width < count ? start + 2 * width : count;
            size_t a = start, b = middle, out = start;
            while (a < middle || b < end) {
                bool takes_first =
                    b == end || (a < middle && sorter_compare(sorter, from[a], from[b]) <= 0);
                to[out++] = takes_first ? from[a++] : from[b++];
            }
        }
        size_t *swap = from;
        from = to;
        to = swap;
    }
    if (from != order)
        memcpy(order, from, count * sizeof *order);
    free(other);
}

void sorter_release(struct sorter *sorter)
{
    if (sorter)
        ucol_close(sorter->collator);
}

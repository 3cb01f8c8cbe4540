/* The order of a glossary in a translation: what is in the order of one alphabet has another place
   in the next. */
#include "document/glossary.h"

#include "base/limits.h"
#include "document/collation.h"

#include <stdlib.h>

struct placed {
    struct node *item;
    text key;     /* of the collation */
    size_t place; /* as it was */
};

struct entries {
    struct placed *items;
    size_t count;
};

static int compare(const void *a, const void *b)
{
    const struct placed *x = a, *y = b;
    int order = text_compare(x->key, y->key);
    return order ? order : (x->place > y->place) - (x->place < y->place);
}

/* The items of a definition list that is one of a glossary; count 0: it is none. */
static struct entries entries_of(struct arena *arena, const struct collation *collation,
                                 const struct node *list)
{
    struct entries entries = {0};
    for (const struct node *item = list->first_child; item; item = item->next) {
        const struct node *term = item->first_child;
        if (!term || term->kind != NODE_TERM || !term->term.is_entry)
            return (struct entries){0};
        entries.count++;
    }
    entries.items = ARENA_NEW_ARRAY(arena, entries.count + 1, struct placed);
    size_t i = 0;
    for (struct node *item = list->first_child; item; item = item->next, i++)
        entries.items[i] =
            (struct placed){.item = item,
                            .key = collation_key(
                                collation, node_words(arena, item->first_child, LIMIT_WORDS_BYTES)),
                            .place = i};
    return entries;
}

static bool is_in_order(const struct entries *entries)
{
    for (size_t i = 1; i < entries->count; i++) {
        if (compare(&entries->items[i - 1], &entries->items[i]) > 0)
            return false;
    }
    return true;
}

/* Notes are counted in the order of the text. */
static bool has_notes(struct node *list)
{
    struct walk walk;
    walk_init(&walk, list);
    while (walk_next(&walk)) {
        if (walk.node->kind == NODE_NOTE_REFERENCE)
            return true;
    }
    return false;
}

/* The definition list that the unit's words stand in; NULL: in none. */
static struct node *list_of(const struct unit *unit)
{
    struct node *node = unit->node;
    while (node && node->kind != NODE_DEFINITION_LIST)
        node = node->parent;
    return node;
}

static void sort_list(struct arena *arena, const struct collation *collation, struct node *list)
{
    struct entries entries = entries_of(arena, collation, list);
    if (entries.count == 0 || has_notes(list))
        return;
    qsort(entries.items, entries.count, sizeof *entries.items, compare);
    for (size_t i = 0; i < entries.count; i++) {
        node_unlink(entries.items[i].item);
        node_append(list, entries.items[i].item);
    }
}

void glossary_sort(struct arena *arena, struct document *translated, const struct document *source)
{
    struct collation *own = collation_new(arena, node_language(translated->root));
    struct collation *first = collation_new(arena, node_language(source->root));
    bool *is_done = ARENA_NEW_ARRAY(arena, source->node_count, bool); /* by the lists' indices */
    for (size_t i = 0; own && first && i < source->unit_count && i < translated->unit_count; i++) {
        const struct node *source_list = list_of(&source->units[i]);
        struct node *list = list_of(&translated->units[i]);
        if (!list || !source_list || is_done[source_list->index])
            continue;
        is_done[source_list->index] = true;
        struct entries entries = entries_of(arena, first, source_list);
        if (entries.count > 1 && is_in_order(&entries))
            sort_list(arena, own, list);
    }
    collation_free(own);
    collation_free(first);
}

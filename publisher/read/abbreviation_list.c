/* Abbreviations: the section of the class `abbreviations` lists those that the text explains, each
   once with its meaning, in the order of the language. */
#include "document/collation.h"
#include "document/glossary.h"
#include "document/sections.h"
#include "read/passes.h"

#include <stdlib.h>

enum { LONGEST_WORDS = 4096 };

struct listed {
    text letters, meaning, order;
    struct node *node; /* the first */
};

struct list {
    struct reader *reader;
    struct listed *items;
    size_t count, capacity;
};

static void collect(struct list *list)
{
    struct arena *arena = list->reader->arena;
    struct id_map *seen = id_map_new(arena);
    struct walk walk;
    walk_init(&walk, list->reader->document->root);
    while (walk_next(&walk)) {
        struct node *node = walk.node;
        if (!walk.entering || node->kind != NODE_ABBREVIATION)
            continue;
        text letters = node_words(arena, node, LONGEST_WORDS);
        text meaning = text_trim(node->abbreviation.expansion);
        text key = glossary_abbreviation_key(arena, node, meaning);
        if (letters.length == 0 || meaning.length == 0 || !id_map_add(seen, key, node, NULL))
            continue;
        ARENA_GROW(arena, list->items, list->count, list->capacity);
        list->items[list->count++] =
            (struct listed){.letters = letters, .meaning = meaning, .node = node};
    }
}

static int compare(const void *a, const void *b)
{
    const struct listed *x = a, *y = b;
    int order = text_compare(x->order, y->order);
    return order ? order : text_compare(x->meaning, y->meaning);
}

static bool sort(struct list *list)
{
    struct arena *arena = list->reader->arena;
    struct collation *collation = collation_new(arena, list->reader->document->metadata.language);
    for (size_t i = 0; i < list->count && collation; i++)
        list->items[i].order = collation_key(collation, list->items[i].letters);
    collation_free(collation);
    if (collation && list->count)
        qsort(list->items, list->count, sizeof *list->items, compare);
    return collation != NULL;
}

/* In the language of the abbreviation, where that is another one. */
static void add_words(struct list *list, struct node *parent, text words, const struct node *of)
{
    struct node *node = node_add_generated(list->reader->arena, parent, NODE_TEXT);
    text language = node_language(of);
    node->text = words;
    if (text_equal(language, list->reader->document->metadata.language))
        return;
    parent->language = language;
    parent->direction = node_direction(of);
}

static void fill(struct list *list, struct node *heading)
{
    struct node *made = node_new(list->reader->arena, NODE_DEFINITION_LIST, heading->span);
    made->generated = true;
    struct node *last = heading;
    while (last->next && last->next != list->reader->document->closing &&
           last->next->kind != NODE_HEADING)
        last = last->next;
    node_insert_after(last, made);
    for (size_t i = 0; i < list->count; i++) {
        const struct listed *one = &list->items[i];
        struct node *item = node_add_generated(list->reader->arena, made, NODE_DEFINITION_ITEM);
        add_words(list, node_add_generated(list->reader->arena, item, NODE_TERM), one->letters,
                  one->node);
        struct node *definition = node_add_generated(list->reader->arena, item, NODE_DEFINITION);
        add_words(list, node_add_generated(list->reader->arena, definition, NODE_PARAGRAPH),
                  one->meaning, one->node);
    }
}

void read_abbreviation_list(struct reader *reader)
{
    struct list list = {.reader = reader};
    struct node *heading = reader->document->root->first_child;
    while (heading && !heading_begins(heading, SECTION_ABBREVIATIONS))
        heading = heading->next;
    if (!heading || reader->document->is_fragment)
        return;
    collect(&list);
    if (list.count == 0)
        report_rule(reader->report, "abbreviations-none", heading->span, NULL,
                    "the text explains no abbreviation");
    else if (sort(&list))
        fill(&list, heading);
}

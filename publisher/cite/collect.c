/* Collect: citations and lists of references in document order, and what their keys name. */
#include "cite/citing.h"

#include <stdlib.h>

enum {
    NEAREST_KEY_DISTANCE = 3, /* a slip of the keyboard, not another key */
    NEAREST_KEY_SEARCHES =
        100, /* for so many unknown keys; beyond that the list of keys is at fault */
};

/* keys */

static int compare_keys(const void *a, const void *b)
{
    const struct key *first = a, *second = b;
    int order = text_compare(first->id, second->id);
    if (order)
        return order;
    return first->place < second->place ? -1 : first->place > second->place;
}

void cite_sort_keys(struct cite *cite)
{
    const struct document *document = cite->document;
    cite->keys = ARENA_NEW_ARRAY(cite->arena, document->reference_count, struct key);
    cite->is_cited = ARENA_NEW_ARRAY(cite->arena, document->reference_count, bool);
    cite->cited_as = ARENA_NEW_ARRAY(cite->arena, document->reference_count, size_t);
    for (size_t i = 0; i < document->reference_count; i++) {
        cite->keys[i] = (struct key){document->references[i]->id, i};
        cite->cited_as[i] = STYLE_NO_REFERENCE;
    }
    if (document->reference_count)
        qsort(cite->keys, document->reference_count, sizeof *cite->keys, compare_keys);
}

/* The first reference with that id, as a place in document->references. */
static size_t find_key(const struct cite *cite, text id)
{
    size_t low = 0, high = cite->document->reference_count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (text_compare(cite->keys[middle].id, id) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    if (low == cite->document->reference_count || !text_equal(cite->keys[low].id, id))
        return STYLE_NO_REFERENCE;
    return cite->keys[low].place;
}

static text nearest_key(const struct cite *cite, text id)
{
    text nearest = TEXT_EMPTY;
    size_t least = NEAREST_KEY_DISTANCE + 1;
    for (size_t i = 0; i < cite->document->reference_count && least > 1; i++) {
        size_t distance = text_distance(id, cite->keys[i].id, least - 1);
        if (distance < least) {
            least = distance;
            nearest = cite->keys[i].id;
        }
    }
    return nearest;
}

static void report_unknown(struct cite *cite, const struct citation_item *item)
{
    text nearest =
        cite->unknown_keys++ < NEAREST_KEY_SEARCHES ? nearest_key(cite, item->key) : TEXT_EMPTY;
    /* as cross_references.c reads them: a hyphen leaves it open which of the two is meant */
    static const char *const places[] = {"fig-", "tbl-", "tab-", "sec-", "eq-"};
    for (size_t i = 0; i < sizeof places / sizeof *places && !nearest.length; i++) {
        if (text_starts_with(item->key, text_from_c(places[i]))) {
            report_error(cite->document->report, "cross-reference-unknown", item->span,
                         "give that id to what is meant; or say where it is, if in another file",
                         "nothing here has the id #%.*s", TEXT_ARGUMENTS(item->key));
            return;
        }
    }
    const char *hint = "add it to the file that `bibliography` in the front matter names";
    if (nearest.length)
        hint = arena_printf(cite->arena, "did you mean @%.*s?", TEXT_ARGUMENTS(nearest)).bytes;
    else if (cite->document->reference_count == 0 &&
             cite->document->metadata.bibliography_count == 0)
        hint = "name a file of references in the front matter: bibliography: references.json";
    report_error(cite->document->report, "citation-unknown", item->span, hint,
                 "no reference has the key @%.*s", TEXT_ARGUMENTS(item->key));
}

/* groups */

enum { SECTION_LEVEL = 2 }; /* of the article's headings of the first level */

static struct group *add_group(struct cite *cite, struct group **groups, size_t *count,
                               size_t *capacity, size_t section)
{
    ARENA_GROW(cite->arena, *groups, *count, *capacity);
    struct group *group = &(*groups)[(*count)++];
    *group = (struct group){.section = section};
    return group;
}

/* Which sections have a list of their own: groups in document order. */
static size_t find_groups(struct cite *cite, struct group **groups)
{
    size_t count = 0, capacity = 0, section = 0;
    add_group(cite, groups, &count, &capacity, 0);
    struct walk walk;
    walk_init(&walk, cite->document->root);
    while (walk_next(&walk)) {
        if (!walk.entering)
            continue;
        struct node *node = walk.node;
        if (node->kind == NODE_HEADING && node->heading.level <= SECTION_LEVEL)
            section++;
        bool is_own = node->kind == NODE_BIBLIOGRAPHY && section > 0 &&
                      node->bibliography.scope == BIBLIOGRAPHY_SECTION;
        if (is_own && (*groups)[count - 1].section != section)
            add_group(cite, groups, &count, &capacity, section);
    }
    return count;
}

static void add_citation(struct cite *cite, struct group *group, struct node *node, size_t ordinal)
{
    struct arena *arena = cite->arena;
    ARENA_GROW(arena, group->nodes, group->citation_count, group->node_capacity);
    ARENA_GROW(arena, group->ordinals, group->citation_count, group->ordinal_capacity);
    ARENA_GROW(arena, group->citations, group->citation_count, group->citation_capacity);
    group->nodes[group->citation_count] = node;
    group->ordinals[group->citation_count] = ordinal;
    size_t count = 0;
    for (const struct citation_item *item = node->citation.items; item; item = item->next)
        count++;
    struct style_citation *citation = &group->citations[group->citation_count++];
    const struct node *note = node;
    while (note && note->kind != NODE_FOOTNOTE)
        note = note->parent;
    *citation = (struct style_citation){.narrative = node->citation.narrative,
                                        .author_only = node->citation.author_only,
                                        .note = note ? note->footnote.number : 0};
    citation->items = ARENA_NEW_ARRAY(arena, count, struct style_item);
}

size_t cite_collect(struct cite *cite, struct group **groups)
{
    size_t count = find_groups(cite, groups), section = 0, next = 1, ordinal = 0;
    struct group *group = *groups;
    struct walk walk;
    walk_init(&walk, cite->document->root);
    while (walk_next(&walk)) {
        struct node *node = walk.node;
        if (!walk.entering)
            continue;
        if (node->id.length)
            id_map_add(cite->ids, node->id, node, NULL);
        if (node->kind == NODE_HEADING && node->heading.level <= SECTION_LEVEL) {
            section++;
            bool has_own = next < count && (*groups)[next].section == section;
            group = has_own ? &(*groups)[next++] : *groups;
        } else if (node->kind == NODE_CITATION) {
            add_citation(cite, group, node, ++ordinal);
        } else if (node->kind == NODE_BIBLIOGRAPHY) {
            bool is_own = node->bibliography.scope == BIBLIOGRAPHY_SECTION;
            struct group *owner = is_own ? group : *groups;
            ARENA_GROW(cite->arena, owner->lists, owner->list_count, owner->list_capacity);
            owner->lists[owner->list_count++] = node;
        }
    }
    return count;
}

/* references */

/* The reference's place among the group's, which it joins when it is named first. */
static size_t join_group(struct cite *cite, size_t place)
{
    struct group *group = cite->group;
    if (cite->cited_as[place] == STYLE_NO_REFERENCE) {
        ARENA_GROW(cite->arena, group->references, group->reference_count,
                   group->reference_capacity);
        cite->cited_as[place] = group->reference_count;
        group->references[group->reference_count++] = cite->document->references[place];
    }
    return cite->cited_as[place];
}

void cite_resolve(struct cite *cite)
{
    struct group *group = cite->group;
    for (size_t i = 0; i < cite->document->reference_count; i++)
        cite->cited_as[i] = STYLE_NO_REFERENCE;
    for (size_t i = 0; i < group->citation_count; i++) {
        struct style_citation *citation = &group->citations[i];
        for (struct citation_item *item = group->nodes[i]->citation.items; item;
             item = item->next) {
            size_t place = find_key(cite, item->key);
            if (place == STYLE_NO_REFERENCE) {
                report_unknown(cite, item);
                continue;
            }
            item->reference = cite->document->references[place];
            citation->items[citation->item_count++] =
                (struct style_item){join_group(cite, place), item->prefix, item->locator,
                                    item->suffix, item->author_suppressed};
        }
    }
    group->cited_count = group->reference_count;
    for (size_t i = 0; i < cite->document->reference_count; i++)
        cite->is_cited[i] |= cite->cited_as[i] != STYLE_NO_REFERENCE;
}

static bool lists_uncited(const struct group *group)
{
    for (size_t i = 0; i < group->list_count; i++) {
        if (group->lists[i]->bibliography.scope == BIBLIOGRAPHY_UNCITED)
            return true;
    }
    return false;
}

void cite_add_uncited(struct cite *cite)
{
    const struct metadata *metadata = &cite->document->metadata;
    bool is_all = lists_uncited(cite->group);
    for (size_t i = 0; i < metadata->nocite_count; i++) {
        text key = metadata->nocite[i];
        if (text_equal_c(key, "*")) {
            is_all = true;
            continue;
        }
        size_t place = find_key(cite, key);
        if (place != STYLE_NO_REFERENCE) {
            join_group(cite, place);
            continue;
        }
        struct citation_item item = {.key = key, .span = metadata->nocite_span};
        report_unknown(cite, &item);
    }
    for (size_t i = 0; is_all && i < cite->document->reference_count; i++) {
        if (!cite->is_cited[i])
            join_group(cite, i);
    }
}

/* The document's side of citing, in four steps, each linear but for two sorts:
   collect the citations in document order and resolve their keys; let the style word them; make the
   reference list; fill the citations and lead each entry back to the places that cite it. */
#include "cite/cite.h"

#include "base/buffer.h"
#include "cite/numeric.h"
#include "document/language.h"
#include "document/words.h"

#include <stdlib.h>

enum {
    NEAREST_KEY_DISTANCE = 3, /* a slip of the keyboard, not another key */
    NEAREST_KEY_SEARCHES =
        100, /* for so many unknown keys; beyond that the list of keys is at fault */
};

/* A back link in the making: which reference, cited by which citation. */
struct place {
    size_t reference;
    struct node *citation;
};

struct key {
    text id;
    size_t place; /* in document->references */
};

struct cite {
    struct document *document;
    struct arena *arena;
    struct id_map *ids;
    text language;
    struct key *keys; /* sorted by id, then by place */
    size_t *cited_as; /* for document->references: place in `references`, or STYLE_NO_REFERENCE */
    unsigned unknown_keys;
    struct node *bibliography; /* found in the tree */
    struct node **nodes;       /* citations in document order, beside `citations` */
    struct style_citation *citations;
    size_t citation_count, citation_capacity, node_capacity;
    const struct reference **references; /* in order of first citation */
    size_t reference_count;
    struct place *places; /* in document order */
    size_t place_count, place_capacity;
    struct node **entries; /* by the reference's place in `references` */
    unsigned *numbers;     /* the same */
};

/* ids */

/* base, or base-2, base-3 …: the first that is free, and now taken. */
static text take_id(struct cite *cite, const char *base, struct node *node)
{
    text id = text_from_c(base);
    for (unsigned n = 2; !id_map_add(cite->ids, id, node, NULL); n++)
        id = arena_printf(cite->arena, "%s-%u", base, n);
    return id;
}

static text take_numbered_id(struct cite *cite, const char *base, size_t number, struct node *node)
{
    return take_id(cite, arena_printf(cite->arena, "%s-%zu", base, number).bytes, node);
}

/* collecting and resolving */

static int compare_keys(const void *a, const void *b)
{
    const struct key *first = a, *second = b;
    int order = text_compare(first->id, second->id);
    if (order)
        return order;
    return first->place < second->place ? -1 : first->place > second->place;
}

static void sort_keys(struct cite *cite)
{
    const struct document *document = cite->document;
    cite->keys = ARENA_NEW_ARRAY(cite->arena, document->reference_count, struct key);
    cite->cited_as = ARENA_NEW_ARRAY(cite->arena, document->reference_count, size_t);
    cite->references =
        ARENA_NEW_ARRAY(cite->arena, document->reference_count, const struct reference *);
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
    const char *hint = "add it to the file that `bibliography` in the front matter names";
    if (nearest.length)
        hint = arena_printf(cite->arena, "did you mean @%.*s?", TEXT_ARGUMENTS(nearest)).bytes;
    else if (cite->document->reference_count == 0 &&
             cite->document->metadata.bibliography.length == 0)
        hint = "name a file of references in the front matter: bibliography: references.json";
    report_error(cite->document->report, "citation-unknown", item->span, hint,
                 "no reference has the key @%.*s", TEXT_ARGUMENTS(item->key));
}

/* The reference's place among the cited ones, which it joins when it is cited first. */
static size_t cite_reference(struct cite *cite, size_t place)
{
    if (cite->cited_as[place] == STYLE_NO_REFERENCE) {
        cite->cited_as[place] = cite->reference_count;
        cite->references[cite->reference_count++] = cite->document->references[place];
    }
    return cite->cited_as[place];
}

static void collect_citation(struct cite *cite, struct node *node)
{
    ARENA_GROW(cite->arena, cite->nodes, cite->citation_count, cite->node_capacity);
    ARENA_GROW(cite->arena, cite->citations, cite->citation_count, cite->citation_capacity);
    cite->nodes[cite->citation_count] = node;
    struct style_citation *citation = &cite->citations[cite->citation_count++];
    size_t count = 0;
    for (const struct citation_item *item = node->citation.items; item; item = item->next)
        count++;
    *citation = (struct style_citation){.narrative = node->citation.narrative};
    citation->items = ARENA_NEW_ARRAY(cite->arena, count, struct style_item);
    for (struct citation_item *item = node->citation.items; item; item = item->next) {
        size_t place = find_key(cite, item->key);
        if (place == STYLE_NO_REFERENCE) {
            report_unknown(cite, item);
            continue;
        }
        item->reference = cite->document->references[place];
        citation->items[citation->item_count++] =
            (struct style_item){cite_reference(cite, place), item->prefix, item->locator,
                                item->suffix, item->author_suppressed};
    }
}

static void collect(struct cite *cite)
{
    struct walk walk;
    walk_init(&walk, cite->document->root);
    while (walk_next(&walk)) {
        if (!walk.entering)
            continue;
        if (walk.node->id.length)
            id_map_add(cite->ids, walk.node->id, walk.node, NULL);
        if (walk.node->kind == NODE_CITATION)
            collect_citation(cite, walk.node);
        else if (walk.node->kind == NODE_BIBLIOGRAPHY && !cite->bibliography)
            cite->bibliography = walk.node;
    }
}

/* runs to nodes */

static struct node *add_generated(struct cite *cite, struct node *parent, enum node_kind kind)
{
    struct node *node = node_new(cite->arena, kind, parent->span);
    node->generated = true;
    node_append(parent, node);
    return node;
}

static void add_characters(struct cite *cite, struct node *parent, text characters)
{
    if (characters.length == 0)
        return;
    struct node *last = parent->last_child;
    if (last && last->kind == NODE_TEXT && last->generated &&
        last->text.bytes + last->text.length == characters.bytes) {
        last->text.length += characters.length; /* two runs cut from one string */
        return;
    }
    add_generated(cite, parent, NODE_TEXT)->text = characters;
}

static struct node *add_span_of_class(struct cite *cite, struct node *parent, const char *name)
{
    struct node *span = add_generated(cite, parent, NODE_SPAN);
    struct attribute *attribute = ARENA_NEW(cite->arena, struct attribute);
    *attribute =
        (struct attribute){.key = TEXT("class"), .value = text_from_c(name), .span = parent->span};
    span->attributes = attribute;
    return span;
}

/* Wraps what follows in a node for each bit of the look; returns the innermost. */
static struct node *add_look(struct cite *cite, struct node *parent, unsigned look)
{
    static const struct {
        unsigned look;
        enum node_kind kind;
        const char *class_name; /* of a span */
    } looks[] = {
        {LOOK_ITALIC, NODE_EMPHASIS, NULL},
        {LOOK_BOLD, NODE_STRONG, NULL},
        {LOOK_SMALL_CAPITALS, NODE_SPAN, "small-capitals"},
        {LOOK_SUPERSCRIPT, NODE_SPAN, "superscript"},
        {LOOK_SUBSCRIPT, NODE_SPAN, "subscript"},
    };
    _Static_assert(sizeof looks / sizeof *looks == LOOK_COUNT, "a row for every look");
    for (size_t i = 0; i < LOOK_COUNT; i++) {
        if (!(look & looks[i].look))
            continue;
        parent = looks[i].kind == NODE_SPAN ? add_span_of_class(cite, parent, looks[i].class_name)
                                            : add_generated(cite, parent, looks[i].kind);
    }
    return parent;
}

static struct node *add_language(struct cite *cite, struct node *parent, text language)
{
    if (language.length == 0 || text_equal(language, node_language(parent)))
        return parent;
    struct node *span = add_generated(cite, parent, NODE_SPAN);
    span->language = language;
    if (language_direction(language) != node_direction(parent))
        span->direction = language_direction(language);
    return span;
}

static text number_text(struct cite *cite, size_t number)
{
    return arena_printf(cite->arena, "%zu", number);
}

static struct node *add_link(struct cite *cite, struct node *parent, const struct style_run *run)
{
    struct node *link = add_generated(cite, parent, NODE_LINK);
    link->link.url = run->url;
    link->link.name = run->name;
    if (run->reference != STYLE_NO_REFERENCE) {
        link->link.target = cite->entries[run->reference];
        link->link.name = word_filled(cite->arena, cite->language, WORD_REFERENCE_NUMBER,
                                      number_text(cite, cite->numbers[run->reference]), TEXT_EMPTY);
    }
    return link;
}

/* Runs side by side in one language share one span: a title with markup in it is one part. */
static void add_runs(struct cite *cite, struct node *top, const struct style_runs *runs)
{
    struct node *part = top;
    text language = TEXT_EMPTY;
    for (const struct style_run *run = runs->first; run; run = run->next) {
        if (!text_equal(run->language, language)) {
            part = add_language(cite, top, run->language);
            language = run->language;
        }
        bool is_link = run->url.length || run->reference != STYLE_NO_REFERENCE;
        struct node *place = is_link ? add_link(cite, part, run) : part;
        add_characters(cite, add_look(cite, place, run->look), run->characters);
    }
}

/* the list and the citations */

static struct node *append_bibliography(struct cite *cite)
{
    struct node *root = cite->document->root;
    struct node *heading = add_generated(cite, root, NODE_HEADING);
    text language;
    text word = word_in(cite->language, WORD_REFERENCES, &language);
    heading->heading.level = 2;
    heading->id = take_id(cite, "references", heading);
    if (!text_equal(language_primary(language), language_primary(cite->language))) {
        heading->language = language;
        heading->direction = language_direction(language);
    }
    add_characters(cite, heading, word);
    return add_generated(cite, root, NODE_BIBLIOGRAPHY);
}

static void make_entries(struct cite *cite, const struct style_output *output)
{
    struct node *list = cite->bibliography;
    if (list->id.length == 0)
        list->id = take_id(cite, "refs", list);
    for (size_t i = 0; i < cite->reference_count; i++) {
        const struct style_entry *entry = &output->entries[i];
        struct node *node = add_generated(cite, list, NODE_BIBLIOGRAPHY_ENTRY);
        node->entry.reference = cite->references[entry->reference];
        node->entry.number = entry->number;
        node->id = take_numbered_id(cite, "reference", entry->number, node);
        cite->entries[entry->reference] = node;
        cite->numbers[entry->reference] = entry->number;
        add_runs(cite, node, &entry->runs);
    }
}

static void fill_citations(struct cite *cite, const struct style_output *output)
{
    /* last[r]: the citation, counted from 1, that named reference r last. A citation that names it
       twice is one place to come back to. */
    size_t *last = ARENA_NEW_ARRAY(cite->arena, cite->reference_count, size_t);
    for (size_t i = 0; i < cite->citation_count; i++) {
        const struct style_citation *citation = &cite->citations[i];
        struct node *node = cite->nodes[i];
        if (node->id.length == 0)
            node->id = take_numbered_id(cite, "cite", i + 1, node);
        add_runs(cite, node, &output->citations[i]);
        for (size_t j = 0; j < citation->item_count; j++) {
            size_t reference = citation->items[j].reference;
            if (last[reference] == i + 1)
                continue;
            last[reference] = i + 1;
            ARENA_GROW(cite->arena, cite->places, cite->place_count, cite->place_capacity);
            cite->places[cite->place_count++] = (struct place){reference, node};
        }
    }
}

static void add_back_links(struct cite *cite)
{
    size_t *total = ARENA_NEW_ARRAY(cite->arena, cite->reference_count, size_t);
    unsigned *ordinal = ARENA_NEW_ARRAY(cite->arena, cite->reference_count, unsigned);
    for (size_t i = 0; i < cite->place_count; i++)
        total[cite->places[i].reference]++;
    for (size_t i = 0; i < cite->place_count; i++) {
        const struct place *place = &cite->places[i];
        struct node *entry = cite->entries[place->reference];
        unsigned nth = ++ordinal[place->reference];
        add_generated(cite, entry, NODE_TEXT)->text = TEXT(" ");
        struct node *link = add_generated(cite, entry, NODE_BACK_LINK);
        link->link.target = place->citation;
        link->link.ordinal = nth;
        link->link.name =
            word_filled(cite->arena, cite->language, WORD_BACK_TO_CITATION,
                        number_text(cite, cite->numbers[place->reference]), number_text(cite, nth));
        add_characters(cite, link,
                       total[place->reference] == 1 ? TEXT("↩")
                                                    : arena_printf(cite->arena, "↩%u", nth));
    }
}

void cite_document(struct document *document)
{
    struct cite cite = {
        .document = document, .arena = document->arena, .language = document->metadata.language};
    cite.ids = id_map_new(document->arena);
    sort_keys(&cite);
    collect(&cite);
    if (cite.reference_count == 0 && cite.bibliography) {
        node_unlink(cite.bibliography); /* a list of nothing */
        cite.bibliography = NULL;
    }
    struct style_input input = {
        .language = cite.language,
        .references = cite.references,
        .reference_count = cite.reference_count,
        .citations = cite.citations,
        .citation_count = cite.citation_count,
    };
    struct style_output output;
    numeric_format(document->arena, &input, &output);
    cite.entries = ARENA_NEW_ARRAY(document->arena, cite.reference_count, struct node *);
    cite.numbers = ARENA_NEW_ARRAY(document->arena, cite.reference_count, unsigned);
    if (cite.reference_count) {
        if (!cite.bibliography)
            cite.bibliography = append_bibliography(&cite);
        make_entries(&cite, &output);
    }
    fill_citations(&cite, &output);
    add_back_links(&cite);
}

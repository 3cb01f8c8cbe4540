#include "html/survey.h"

#include "base/address.h"

#include <string.h>

enum {
    WHOLE_BYTES = 300 * 1000,   /* up to here a document is one file */
    CHAPTER_BYTES = 100 * 1000, /* a longer one is split before the heading that follows so much */
    SPLIT_LEVEL = 2,
};

bool survey_is_element(const struct node *node)
{
    return node->kind != NODE_DOCUMENT && node_kind_facts(node->kind)->xhtml != NULL;
}

static text own_or_made_id(const struct survey *survey, const struct node *node)
{
    return node->id.length ? node->id : survey->ids[node->index];
}

text survey_id(const struct survey *survey, const struct node *node)
{
    return own_or_made_id(survey, node);
}

text survey_take_id(struct survey *survey, text base)
{
    text id = base;
    /* The map asks for a node; here only the names matter. */
    for (unsigned n = 2; !id_map_add(survey->taken, id, survey->root, NULL); n++)
        id = arena_printf(survey->arena, "%.*s-%u", TEXT_ARGUMENTS(base), n);
    return id;
}

/* Notes that something leads to the node. */
static void need_id(struct survey *survey, const struct node *node)
{
    if (!node || !survey_is_element(node) || own_or_made_id(survey, node).length)
        return;
    struct buffer base;
    buffer_init(&base, 256);
    for (const char *c = node_kind_facts(node->kind)->name; *c; c++)
        buffer_add_byte(&base, *c == '_' ? '-' : *c);
    buffer_printf(&base, "-%u", ++survey->made[node->kind]);
    survey->ids[node->index] =
        survey_take_id(survey, arena_copy(survey->arena, buffer_text(&base)));
    buffer_release(&base);
}

static bool is_listed(const struct node *node)
{
    if (node->kind != NODE_HEADING || node->heading.unlisted)
        return false;
    for (const struct node *parent = node->parent; parent; parent = parent->parent) {
        if (parent->kind != NODE_DOCUMENT && parent->kind != NODE_DIV)
            return false;
    }
    return true;
}

static void take_ids(struct survey *survey, const struct document *document)
{
    struct walk walk;
    walk_init(&walk, document->root);
    while (walk_next(&walk)) {
        if (walk.entering && walk.node->id.length)
            id_map_add(survey->taken, walk.node->id, walk.node, NULL);
    }
}

static const struct node *table_of(const struct node *cell)
{
    const struct node *node = cell;
    while (node && node->kind != NODE_TABLE)
        node = node->parent;
    return node;
}

/* The figure or table that an entry of a list leads to; NULL: a heading's. */
static const struct node *listed_object(const struct node *entry)
{
    const struct node *link = entry->first_child;
    const struct node *target = link && link->kind == NODE_LINK ? link->link.target : NULL;
    return target && target->kind != NODE_HEADING ? target : NULL;
}

static void survey_link(struct survey *survey, struct node *link)
{
    need_id(survey, link->link.target);
}

static void survey_image(struct survey *survey, struct node *image)
{
    need_id(survey, image->image.description);
}

static void survey_callout_title(struct survey *survey, struct node *title)
{
    need_id(survey, title);
}

static void survey_cell(struct survey *survey, struct node *cell)
{
    const struct node *table = cell->cell.header ? table_of(cell) : NULL;
    if (table && table->table.header_columns)
        need_id(survey, cell);
}

static void survey_heading(struct survey *survey, struct node *heading)
{
    if (!is_listed(heading))
        return;
    need_id(survey, heading);
    ARENA_GROW(survey->arena, survey->headings, survey->heading_count, survey->heading_capacity);
    survey->headings[survey->heading_count++] = heading;
}

static void survey_contents_entry(struct survey *survey, struct node *entry)
{
    if (!listed_object(entry))
        return;
    ARENA_GROW(survey->arena, survey->entries, survey->entry_count, survey->entry_capacity);
    survey->entries[survey->entry_count++] = entry;
}

const struct node *survey_division_of_references(const struct node *node)
{
    for (const struct node *at = node->previous; at; at = at->previous) {
        if (at->kind == NODE_HEADING && at->heading.division)
            return at->heading.division == DIVISION_BIBLIOGRAPHY ? at : NULL;
    }
    return NULL;
}

static void survey_bibliography(struct survey *survey, struct node *list)
{
    need_id(survey, list);
    if (!survey->bibliography)
        survey->bibliography = list;
    /* The section around the list is named by the heading before it. */
    if (list->previous && list->previous->kind == NODE_HEADING)
        need_id(survey, list->previous);
}

/* What leads somewhere or is led to; nothing of the others is wanted before the writing. */
static void (*const survey_functions[NODE_KIND_COUNT])(struct survey *, struct node *) = {
    [NODE_LINK] = survey_link,
    [NODE_NOTE_REFERENCE] = survey_link,
    [NODE_BACK_LINK] = survey_link,
    [NODE_IMAGE] = survey_image,
    [NODE_CALLOUT_TITLE] = survey_callout_title,
    [NODE_TABLE_CELL] = survey_cell,
    [NODE_HEADING] = survey_heading,
    [NODE_CONTENTS_ENTRY] = survey_contents_entry,
    [NODE_BIBLIOGRAPHY] = survey_bibliography,
};

static void survey_node(struct survey *survey, struct node *node)
{
    if (survey_functions[node->kind])
        survey_functions[node->kind](survey, node);
}

static void add_chapter(struct survey *survey, struct node *first)
{
    ARENA_GROW(survey->arena, survey->chapters, survey->chapter_count, survey->chapter_capacity);
    size_t number = ++survey->chapter_count;
    survey->chapters[number - 1] = (struct survey_chapter){
        first, number == 1 ? TEXT("article.xhtml")
                           : arena_printf(survey->arena, "article-%zu.xhtml", number)};
}

/* sizes: the bytes of text in each child of the root, in order. */
static void split(struct survey *survey, const struct document *document, const size_t *sizes,
                  size_t whole, bool is_whole)
{
    struct node *node = document->root->first_child;
    add_chapter(survey, node);
    size_t size = 0;
    if (is_whole) {
        survey->chapters[0].file_name = TEXT_EMPTY;
        return;
    }
    for (size_t i = 0; node; node = node->next, i++) {
        bool splits = whole > WHOLE_BYTES && size >= CHAPTER_BYTES && node->kind == NODE_HEADING &&
                      node->heading.level <= SPLIT_LEVEL;
        bool opens = node->kind == NODE_HEADING && node->heading.division &&
                     node->heading.division != DIVISION_CONTENTS;
        if (splits || opens) {
            add_chapter(survey, node);
            size = 0;
        }
        size += sizes[i];
    }
}

void survey_document(struct survey *survey, const struct document *document, struct arena *arena,
                     bool is_whole)
{
    *survey = (struct survey){.arena = arena, .root = document->root, .taken = id_map_new(arena)};
    survey->ids = ARENA_NEW_ARRAY(arena, document->node_count, text);
    take_ids(survey, document);
    size_t children = 0, capacity = 0, whole = 0;
    size_t *sizes = NULL;
    struct walk walk;
    walk_init(&walk, document->root);
    while (walk_next(&walk)) {
        if (!walk.entering)
            continue;
        survey_node(survey, walk.node);
        if (walk.node->parent == document->root) {
            ARENA_GROW(arena, sizes, children, capacity);
            sizes[children++] = 0;
        }
        if (children)
            sizes[children - 1] += walk.node->text.length;
        whole += walk.node->text.length;
    }
    split(survey, document, sizes, whole, is_whole);
}

/* The chapter that holds the node: the last that begins at or before it. */
static size_t chapter_of(const struct survey *survey, const struct node *node)
{
    size_t low = 0, high = survey->chapter_count;
    while (high - low > 1) {
        size_t middle = low + (high - low) / 2;
        if (survey->chapters[middle].first->index <= node->index)
            low = middle;
        else
            high = middle;
    }
    return low;
}

text survey_fragment(struct arena *arena, text file_name, text id)
{
    text fragment = address_encoded(arena, ADDRESS_FRAGMENT, id);
    return arena_printf(arena, "%.*s#%.*s", TEXT_ARGUMENTS(file_name), TEXT_ARGUMENTS(fragment));
}

text survey_href(const struct survey *survey, const struct node *node, size_t from)
{
    text id = survey_is_element(node) ? own_or_made_id(survey, node) : TEXT_EMPTY;
    if (id.length == 0)
        return TEXT_EMPTY;
    size_t chapter = chapter_of(survey, node);
    return survey_fragment(survey->arena,
                           chapter == from ? TEXT_EMPTY : survey->chapters[chapter].file_name, id);
}

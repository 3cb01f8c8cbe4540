/* Glossary: the words that a section of the class `glossary` explains, in definition lists. A word
   of the class `term` becomes a link to its entry; the entry leads back to the first such word in
   each of the first chapters that have it, best to one that is in all outputs. A `glossary` of
   Sphinx's or MyST's has entries too; but its words and entries may be used in other files, so
   nothing is missed there. */
#include "document/glossary.h"
#include "base/limits.h"
#include "document/only.h"
#include "document/sections.h"
#include "read/passes.h"

#include <stdlib.h>

enum { MOST_BACK_LINKS = 5, MOST_HINTS = 16, MOST_NAMES = 4096, LONGEST_HEADING = 4096 };

struct entry {
    struct node *item;        /* NODE_DEFINITION_ITEM */
    struct node **uses;       /* to which it leads back, in the order of the text */
    const struct node **from; /* the headings of their chapters; NULL: before the first */
    size_t use_count;
    bool is_used, may_be_unused;
};

struct glossary {
    struct reader *reader;
    struct id_map *terms; /* key → NODE_TERM */
    struct entry *entries;
    size_t entry_count, entry_capacity;
    struct node **chapters; /* headings, in the order of the text */
    size_t chapter_count, chapter_capacity;
    bool is_there;
    unsigned hints;
};

static text key_of(const struct glossary *glossary, const struct node *words)
{
    struct arena *arena = glossary->reader->arena;
    return glossary_key(arena, node_words(arena, words, LIMIT_WORDS_BYTES));
}

/* entries */

static void add_entry(struct glossary *glossary, struct node *item, bool may_be_unused)
{
    struct reader *reader = glossary->reader;
    ARENA_GROW(reader->arena, glossary->entries, glossary->entry_count, glossary->entry_capacity);
    glossary->entries[glossary->entry_count++] =
        (struct entry){.item = item, .may_be_unused = may_be_unused};
    for (struct node *term = item->first_child; term; term = term->next) {
        struct node *holder = NULL;
        text key = term->kind == NODE_TERM ? key_of(glossary, term) : TEXT_EMPTY;
        if (key.length == 0)
            continue;
        term->term.is_entry = true;
        if (id_map_add(glossary->terms, key, term, &holder))
            continue;
        glossary->entries[glossary->entry_count - 1].may_be_unused =
            true; /* that is told already */
        text where = report_where(reader->report, holder->span);
        text hint = arena_printf(reader->arena, "the first one is in %.*s: make one of the two",
                                 TEXT_ARGUMENTS(where));
        report_rule(reader->report, "glossary-entry-repeated", term->span, hint.bytes,
                    "the glossary explains \"%.*s\" twice",
                    TEXT_ARGUMENTS(node_words(reader->arena, term, LONGEST_HEADING)));
    }
}

/* Those of the definition lists in the block, but not of lists within their definitions. */
static void add_entries_of(struct glossary *glossary, struct node *block, bool may_be_unused)
{
    struct walk walk;
    walk_init(&walk, block);
    while (walk_next(&walk)) {
        if (!walk.entering || walk.node->kind != NODE_DEFINITION_ITEM)
            continue;
        add_entry(glossary, walk.node, may_be_unused);
        walk_skip(&walk);
    }
}

/* Whether a heading orders the text itself: one in a quote or a note orders nothing. */
static bool is_of_text(const struct node *node)
{
    const struct node *up = node->kind == NODE_HEADING ? node->parent : NULL;
    while (up && up->kind == NODE_DIV)
        up = up->parent;
    return up && up->kind == NODE_DOCUMENT;
}

/* The sections stand in the text itself, and in its boxes without a name; Sphinx's boxes may stand
   anywhere. */
static void collect_entries(struct glossary *glossary)
{
    struct node *root = glossary->reader->document->root;
    int level = 0; /* of the outermost section that is one; 0: none is open */
    struct walk walk;
    walk_init(&walk, root);
    while (walk_next(&walk)) {
        struct node *node = walk.node;
        if (!walk.entering || node == root)
            continue;
        if (is_of_text(node) &&
            (level == 0 || node->heading.level <= level || node->heading.division))
            level = heading_begins(node, SECTION_GLOSSARY) ? node->heading.level : 0;
        glossary->is_there = glossary->is_there || level;
        bool is_box = node->kind == NODE_DIV && node->div.is_glossary;
        if (is_box || (level && node->kind != NODE_DIV)) {
            add_entries_of(glossary, node, level == 0);
            walk_skip(&walk);
        } else if (node_kind_facts(node->kind)->content == CONTENT_INLINES) {
            walk_skip(&walk);
        }
    }
}

/* An item's place in the entries: they stand in the order of the text. */
static struct entry *entry_of(const struct glossary *glossary, const struct node *term)
{
    size_t low = 0, high = glossary->entry_count;
    while (high - low > 1) {
        size_t middle = low + (high - low) / 2;
        if (glossary->entries[middle].item->index <= term->index)
            low = middle;
        else
            high = middle;
    }
    return &glossary->entries[low];
}

/* chapters */

enum { TOP_LEVEL = 2 };

static void collect_chapters(struct glossary *glossary)
{
    struct reader *reader = glossary->reader;
    struct walk walk;
    walk_init(&walk, reader->document->root);
    while (walk_next(&walk)) {
        struct node *node = walk.node;
        if (!walk.entering)
            continue;
        if (node->kind != NODE_DOCUMENT && node->kind != NODE_DIV)
            walk_skip(&walk);
        if (node->kind != NODE_HEADING ||
            (node->heading.level > TOP_LEVEL && !node->heading.division))
            continue;
        ARENA_GROW(reader->arena, glossary->chapters, glossary->chapter_count,
                   glossary->chapter_capacity);
        glossary->chapters[glossary->chapter_count++] = node;
    }
}

/* uses */

static int compare_uses(const void *a, const void *b)
{
    const struct glossary_use *x = a, *y = b;
    return (x->node->index > y->node->index) - (x->node->index < y->node->index);
}

/* Where a link can stand that is no part of another one, and no part of the entry itself. */
static bool may_be_link(const struct node *node)
{
    static const bool have_none[NODE_KIND_COUNT] = {
        [NODE_LINK] = true,     [NODE_CITATION] = true, [NODE_TITLE] = true,
        [NODE_SUBTITLE] = true, [NODE_BYLINE] = true,
    };
    const struct node *up = node->parent;
    while (up && !have_none[up->kind] && !(up->kind == NODE_TERM && up->term.is_entry))
        up = up->parent;
    return up == NULL;
}

/* The link around the words, which is what the span becomes that has nothing but the class. */
static struct node *make_link(struct reader *reader, struct node *node, struct node *term)
{
    bool is_bare = node->kind == NODE_SPAN && node->id.length == 0 && node->language.length == 0 &&
                   !node->attributes && node->direction == DIRECTION_INHERITED;
    struct node *link = node;
    if (is_bare) {
        node_set_kind(node, NODE_LINK);
    } else {
        link = node_new(reader->arena, NODE_LINK, node->span);
        link->index = node->index;
        node_insert_before(node, link);
        node_unlink(node);
        node_append(link, node);
    }
    link->link.target = term;
    return link;
}

static void report_unexplained(struct glossary *glossary, const struct glossary_use *use, text key)
{
    struct reader *reader = glossary->reader;
    text words = use->entry.length ? text_trim(use->entry)
                                   : node_words(reader->arena, use->node, LONGEST_HEADING);
    const char *names[MOST_NAMES], *hint = NULL;
    size_t count = 0;
    for (size_t i = 0; i < glossary->entry_count && glossary->hints < MOST_HINTS; i++) {
        const struct node *term = glossary->entries[i].item->first_child;
        for (; term && term->kind == NODE_TERM && count < MOST_NAMES; term = term->next)
            names[count++] = arena_copy_c(reader->arena, key_of(glossary, term));
    }
    glossary->hints++;
    const char *nearest = reader_nearest(reader, key, names, count);
    if (nearest)
        hint = arena_printf(reader->arena, "is it {.term of=\"%s\"}?", nearest).bytes;
    else if (!glossary->is_there)
        hint = "write a section for the entries: # Glossary {.glossary}";
    report_rule(reader->report, "term-unexplained", use->span, hint,
                "no glossary here explains \"%.*s\"", TEXT_ARGUMENTS(words));
}

/* Whether the node is not in all outputs: then another one is the better place to lead back to. */
static bool is_limited(const struct node *node)
{
    while (node && !only_is_limited(node))
        node = node->parent;
    return node != NULL;
}

static void add_use(struct glossary *glossary, const struct glossary_use *use)
{
    struct reader *reader = glossary->reader;
    text key =
        use->entry.length ? glossary_key(reader->arena, use->entry) : key_of(glossary, use->node);
    struct node *term = id_map_find(glossary->terms, key);
    if (!term) {
        if (!use->may_lack_entry)
            report_unexplained(glossary, use, key);
        return;
    }
    struct entry *entry = entry_of(glossary, term);
    const struct node *chapter =
        heading_over(glossary->chapters, glossary->chapter_count, use->node);
    entry->is_used = true;
    if (!may_be_link(use->node))
        return;
    struct node *link = make_link(reader, use->node, term);
    bool is_first = entry->use_count == 0 || entry->from[entry->use_count - 1] != chapter;
    if (!is_first && is_limited(entry->uses[entry->use_count - 1]) && !is_limited(link))
        entry->uses[entry->use_count - 1] = link;
    if (!is_first || entry->use_count == MOST_BACK_LINKS ||
        (chapter && heading_begins(chapter, SECTION_GLOSSARY)))
        return;
    if (!entry->uses) {
        entry->uses = ARENA_NEW_ARRAY(reader->arena, MOST_BACK_LINKS, struct node *);
        entry->from = ARENA_NEW_ARRAY(reader->arena, MOST_BACK_LINKS, const struct node *);
    }
    entry->uses[entry->use_count] = link;
    entry->from[entry->use_count++] = chapter;
}

/* the way back */

/* That with which the entry ends; where it ends with something else, one for the links alone. */
static struct node *last_paragraph(struct reader *reader, struct node *item)
{
    static const bool goes_deeper[NODE_KIND_COUNT] = {[NODE_DEFINITION] = true,
                                                      [NODE_LIST] = true,
                                                      [NODE_LIST_ITEM] = true,
                                                      [NODE_BLOCK_QUOTE] = true};
    struct node *definition = item->last_child, *last = definition;
    if (!definition || definition->kind != NODE_DEFINITION)
        return NULL;
    while (last && goes_deeper[last->kind])
        last = last->last_child;
    if (last && last->kind == NODE_PARAGRAPH)
        return last;
    struct node *paragraph = node_new(reader->arena, NODE_PARAGRAPH, definition->span);
    paragraph->generated = true;
    node_append(definition, paragraph);
    return paragraph;
}

static void add_generated(struct reader *reader, struct node *parent, text words)
{
    struct node *node = node_new_text(reader->arena, words, parent->span);
    node->generated = true;
    node_append(parent, node);
}

static void add_back_links(struct glossary *glossary, const struct entry *entry)
{
    struct reader *reader = glossary->reader;
    struct node *paragraph = entry->use_count ? last_paragraph(reader, entry->item) : NULL;
    for (size_t i = 0; i < entry->use_count && paragraph; i++) {
        if (paragraph->first_child)
            add_generated(reader, paragraph, TEXT("\u00A0"));
        struct node *link = node_new(reader->arena, NODE_BACK_LINK, paragraph->span);
        link->generated = true;
        link->link.target = entry->uses[i];
        link->link.ordinal = (unsigned)i + 1;
        node_append(paragraph, link);
        text language, number = reader_number(reader, (unsigned)i + 1);
        reader_word(reader, link, WORD_BACK_TO_TERM, &language);
        if (language.length)
            link->language = language;
        text term = node_words(reader->arena, entry->item->first_child, LONGEST_HEADING);
        text where = entry->from[i] ? node_words(reader->arena, entry->from[i], LONGEST_HEADING)
                                    : reader->document->metadata.title;
        link->link.name =
            word_filled(reader->arena, node_language(link), WORD_BACK_TO_TERM, term, where);
        add_generated(reader, link,
                      entry->use_count > 1
                          ? arena_printf(reader->arena, "↩%.*s", TEXT_ARGUMENTS(number))
                          : TEXT("↩"));
    }
}

/* A glossary to which no word leads at all is one to be read by itself. */
static void report_unused(const struct glossary *glossary, const struct entry *entry)
{
    const struct node *term = entry->item->first_child;
    if (entry->is_used || entry->may_be_unused || !term || !term->term.is_entry)
        return;
    text words = node_words(glossary->reader->arena, term, LONGEST_HEADING);
    report_rule(glossary->reader->report, "glossary-entry-unused", term->span, NULL,
                "nothing in the text leads to the entry \"%.*s\"", TEXT_ARGUMENTS(words));
}

void reader_add_glossary_use(struct reader *reader, struct node *node, text entry, struct span span,
                             bool may_lack_entry)
{
    ARENA_GROW(reader->arena, reader->glossary_uses, reader->glossary_use_count,
               reader->glossary_use_capacity);
    reader->glossary_uses[reader->glossary_use_count++] = (struct glossary_use){
        .node = node, .entry = entry, .span = span, .may_lack_entry = may_lack_entry};
}

void read_glossary(struct reader *reader)
{
    struct glossary glossary = {.reader = reader, .terms = id_map_new(reader->arena)};
    size_t kept = 0;
    if (reader->document->is_fragment)
        return;
    collect_entries(&glossary);
    for (size_t i = 0; i < reader->glossary_use_count; i++) {
        if (node_is_in(reader->glossary_uses[i].node, reader->document->root))
            reader->glossary_uses[kept++] = reader->glossary_uses[i];
    }
    if (kept == 0 && glossary.entry_count == 0)
        return;
    document_number_nodes(reader->document);
    collect_chapters(&glossary);
    if (kept)
        qsort(reader->glossary_uses, kept, sizeof *reader->glossary_uses, compare_uses);
    for (size_t i = 0; i < kept; i++)
        add_use(&glossary, &reader->glossary_uses[i]);
    for (size_t i = 0; i < glossary.entry_count; i++) {
        add_back_links(&glossary, &glossary.entries[i]);
        if (kept)
            report_unused(&glossary, &glossary.entries[i]);
    }
}

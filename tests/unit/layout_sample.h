/* Documents made by hand for the tests of layout, and what is asked of their pages. */
#ifndef LECTERN_TESTS_LAYOUT_SAMPLE_H
#define LECTERN_TESTS_LAYOUT_SAMPLE_H

#include "tests/unit/unit.h"

#include "document/language.h"
#include "layout/layout.h"

static struct arena arena, pages_arena, fonts_arena;
static struct report report;
static struct document document;
static struct fonts *fonts;
static struct pages pages;

static inline void begin(const char *language)
{
    if (!fonts) {
        text why = TEXT_EMPTY;
        arena_init(&fonts_arena);
        fonts = fonts_new(&fonts_arena, "fonts", &why);
        if (!fonts)
            printf("not ok fonts: %.*s\n", TEXT_ARGUMENTS(why)), exit(1);
    }
    arena_release(&pages_arena);
    arena_release(&arena);
    report_init(&report, &arena);
    report_add_source(&report, TEXT("a.md"), TEXT_EMPTY);
    document = (struct document){.arena = &arena, .report = &report};
    document.root = node_new(&arena, NODE_DOCUMENT, (struct span){0});
    document.root->language = document.metadata.language = text_from_c(language);
    document.root->direction = language_direction(document.root->language);
    document.metadata.title = TEXT("A title");
}

static inline void end(void)
{
    arena_release(&pages_arena);
    arena_release(&arena);
    arena_release(&fonts_arena);
}

static inline struct node *add(struct node *parent, enum node_kind kind)
{
    struct node *node = node_new(&arena, kind, (struct span){.line = 1, .column = 1});
    node_append(parent, node);
    return node;
}

static inline struct node *add_words(struct node *parent, const char *words)
{
    struct node *node = add(parent, NODE_TEXT);
    node->text = text_from_c(words);
    return node;
}

static inline struct node *add_block(struct node *parent, enum node_kind kind, const char *words)
{
    struct node *node = add(parent, kind);
    if (kind == NODE_HEADING)
        node->heading.level = 2;
    add_words(node, words);
    return node;
}

/* A paragraph of about that many lines on A4. */
static inline struct node *add_long(struct node *parent, size_t lines)
{
    static const char line[] =
        "some words that together fill one line of the page but no more of it ";
    struct node *node = add(parent, NODE_PARAGRAPH);
    size_t length = sizeof line - 1;
    char *bytes = arena_allocate(&arena, lines * length + 1);
    for (size_t i = 0; i < lines; i++)
        memcpy(bytes + i * length, line, length);
    add(node, NODE_TEXT)->text = (text){bytes, lines * length};
    return node;
}

/* A call of a new footnote at the end of the block, and the footnote after it. */
static inline struct node *add_note(struct node *block, unsigned number, size_t lines)
{
    struct node *call = add(block, NODE_NOTE_REFERENCE);
    add_words(call, "1");
    struct node *note = node_new(&arena, NODE_FOOTNOTE, (struct span){.line = 1, .column = 1});
    note->footnote.number = number;
    node_insert_after(block, note);
    call->link.target = note;
    call->link.ordinal = number;
    add_long(note, lines);
    return note;
}

static inline void lay_out(double width, double height)
{
    document_number_nodes(&document);
    struct theme_options wishes = {.paper_width = width, .paper_height = height};
    struct theme theme;
    theme_resolve(&document, &wishes, &theme);
    struct layout_options options = {.theme = &theme};
    arena_release(&pages_arena);
    CHECK(layout_document(&document, &options, fonts, &pages_arena, &pages));
}

/* The page, from 1, on which an item of that piece of the node, or of what is below it, stands
   first; 0: none. */
static inline size_t page_of(const struct node *node, enum piece piece)
{
    for (size_t p = 0; p < pages.count; p++) {
        for (size_t i = 0; i < pages.pages[p].item_count; i++) {
            const struct page_item *item = &pages.pages[p].items[i];
            const struct node *owner = item->node;
            while (owner && owner != node)
                owner = owner->parent;
            if (owner && item->piece == piece)
                return p + 1;
        }
    }
    return 0;
}

static inline const struct glyph_run *find_run(const struct node *node, enum piece piece,
                                               size_t number)
{
    for (size_t p = 0; p < pages.count; p++) {
        for (size_t i = 0; i < pages.pages[p].item_count; i++) {
            const struct page_item *item = &pages.pages[p].items[i];
            if (item->kind == ITEM_RUN && item->node == node && item->piece == piece &&
                number-- == 0)
                return item->run;
        }
    }
    return NULL;
}

static inline size_t count_items(enum page_item_kind kind, enum piece piece)
{
    size_t count = 0;
    for (size_t p = 0; p < pages.count; p++) {
        for (size_t i = 0; i < pages.pages[p].item_count; i++)
            count += pages.pages[p].items[i].kind == kind && pages.pages[p].items[i].piece == piece;
    }
    return count;
}

/* What holds of every document: each character of each node is painted once and in order, by glyphs
   that say it, on its page. */
static inline bool all_is_painted_once(void)
{
    size_t *seen = calloc(document.node_count + 1, sizeof *seen);
    bool holds = true;
    for (size_t p = 0; p < pages.count; p++) {
        const struct page *page = &pages.pages[p];
        for (size_t i = 0; i < page->item_count; i++) {
            const struct page_item *item = &page->items[i];
            if (item->kind != ITEM_RUN)
                continue;
            const struct glyph_run *run = item->run;
            size_t length = 0;
            for (uint32_t g = 0; g < run->glyph_count; g++) {
                length += run->glyphs[g].text_length;
                holds &= run->glyphs[g].id != 0;
            }
            holds &= length == run->text.length && run->width >= 0;
            holds &= run->baseline > 0 && (double)run->baseline < page->height;
            if (item->piece == PIECE_CONTENT) {
                holds &= run->text_offset == seen[item->node->index];
                seen[item->node->index] += run->text.length;
            }
        }
    }
    struct walk walk;
    walk_init(&walk, document.root);
    while (walk_next(&walk)) {
        if (walk.entering && node_kind_facts(walk.node->kind)->content == CONTENT_CHARACTERS)
            holds &= seen[walk.node->index] == walk.node->text.length;
    }
    free(seen);
    return holds;
}

/* Lays out one paragraph and returns its text node. */
static inline struct node *set_paragraph(const char *language, const char *words, double width)
{
    begin(language);
    struct node *node = add_words(add(document.root, NODE_PARAGRAPH), words);
    lay_out(width, 800);
    CHECK(all_is_painted_once());
    return node;
}

#endif

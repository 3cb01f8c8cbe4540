/* Sample: a document built by hand that holds every kind of node, for the tests of the outputs. */
#ifndef LECTERN_TESTS_SAMPLE_H
#define LECTERN_TESTS_SAMPLE_H

#include "cite/cite.h"
#include "document/document.h"
#include "tests/unit/unit.h"

struct sample {
    struct arena arena;
    struct report report;
    struct document document;
};

static struct sample sample;

static struct node *add(struct node *parent, enum node_kind kind)
{
    struct node *node = node_new(&sample.arena, kind, (struct span){0, 1, 1, 1, 1});
    node_append(parent, node);
    return node;
}

static struct node *add_words(struct node *parent, const char *words)
{
    struct node *node = add(parent, NODE_TEXT);
    node->text = text_from_c(words);
    return node;
}

/* A node of the kind with words in it. */
static struct node *add_with(struct node *parent, enum node_kind kind, const char *words)
{
    struct node *node = add(parent, kind);
    add_words(node, words);
    return node;
}

static struct node *add_heading(struct node *parent, int level, const char *id, const char *words)
{
    struct node *heading = add_with(parent, NODE_HEADING, words);
    heading->heading.level = level;
    heading->id = text_from_c(id);
    return heading;
}

static struct node *add_list(struct node *parent, bool tight, unsigned start)
{
    struct node *list = add(parent, NODE_LIST);
    list->list.tight = tight;
    list->list.ordered = start > 0;
    list->list.start = start;
    return list;
}

static struct node *add_item(struct node *list, const char *words)
{
    struct node *item = add(list, NODE_LIST_ITEM);
    add_with(item, NODE_PARAGRAPH, words);
    return item;
}

static struct node *add_cell(struct node *row, unsigned column, const char *words)
{
    struct node *cell = add_with(row, NODE_TABLE_CELL, words);
    cell->cell.column = column;
    cell->cell.column_span = cell->cell.row_span = 1;
    return cell;
}

static struct image *add_picture(const char *svg)
{
    struct document *document = &sample.document;
    struct image *image = ARENA_NEW(&sample.arena, struct image);
    ARENA_GROW(&sample.arena, document->images, document->image_count, document->image_capacity);
    image->index = (uint32_t)document->image_count;
    document->images[document->image_count++] = image;
    image->format = IMAGE_SVG;
    image->bytes = text_from_c(svg);
    image->width_pixels = 40;
    image->height_pixels = 20;
    image->width_points = 30;
    image->height_points = 15;
    return image;
}

static void add_class(struct node *node, const char *name)
{
    struct attribute *attribute = ARENA_NEW(&sample.arena, struct attribute);
    *attribute = (struct attribute){node->attributes, TEXT("class"), text_from_c(name), node->span};
    node->attributes = attribute;
}

static void sample_begin(const char *language)
{
    arena_init(&sample.arena);
    report_init(&sample.report, &sample.arena);
    report_add_source(&sample.report, TEXT("article.md"), TEXT_EMPTY);
    sample.document = (struct document){.arena = &sample.arena, .report = &sample.report};
    sample.document.name = TEXT("sample");
    sample.document.metadata.language = text_from_c(language);
    sample.document.metadata.title = TEXT("A sample");
    sample.document.root = node_new(&sample.arena, NODE_DOCUMENT, (struct span){0});
    sample.document.root->language = sample.document.metadata.language;
    sample.document.root->direction =
        language[0] == 'a' ? DIRECTION_RIGHT_TO_LEFT : DIRECTION_LEFT_TO_RIGHT;
    add_with(sample.document.root, NODE_TITLE, "A sample");
}

static void sample_end(void)
{
    arena_release(&sample.arena);
}

static struct node *add_link(struct node *parent, enum node_kind kind, struct node *target,
                             const char *name, const char *words)
{
    struct node *link = add_with(parent, kind, words);
    link->link.target = target;
    link->link.name = text_from_c(name);
    link->link.ordinal = 1;
    return link;
}

static void add_inlines(struct node *root)
{
    struct node *paragraph = add_with(root, NODE_PARAGRAPH, "Plain <words> & ");
    add_with(paragraph, NODE_EMPHASIS, "stressed");
    add_with(paragraph, NODE_STRONG, "strong");
    add_with(paragraph, NODE_STRIKETHROUGH, "gone");
    add(paragraph, NODE_CODE)->text = TEXT("a < b");
    add(paragraph, NODE_LINE_BREAK);
    add_with(paragraph, NODE_ABBREVIATION, "GMFM")->abbreviation.expansion =
        TEXT("Gross Motor Function Measure");
    struct node *arabic = add_with(paragraph, NODE_SPAN, "خلايا");
    arabic->language = TEXT("ar");
    arabic->direction = DIRECTION_RIGHT_TO_LEFT;
    add_with(paragraph, NODE_SUPERSCRIPT, "2");
    struct node *outside = add_with(paragraph, NODE_LINK, "a page");
    outside->link.url = TEXT("https://example.org/a b?c=[d]#e");
    struct node *citation = add(paragraph, NODE_CITATION);
    citation->citation.items = ARENA_NEW(&sample.arena, struct citation_item);
    citation->citation.items->key = TEXT("sun2017");
    struct node *note = node_new(&sample.arena, NODE_FOOTNOTE, (struct span){0});
    struct node *mark = add_link(paragraph, NODE_NOTE_REFERENCE, note, "Note 1", "1");
    mark->id = TEXT("noteref-1");
    node_append(root, note);
    note->id = TEXT("note-1");
    note->footnote.number = 1;
    struct node *words = add_with(note, NODE_PARAGRAPH, "The note. ");
    add_link(words, NODE_BACK_LINK, mark, "Back to the text at note 1", "↩");
}

static void add_lists(struct node *root)
{
    struct node *list = add_list(root, true, 0);
    add_item(list, "one");
    struct node *inner = add_list(add_item(list, "two"), false, 3);
    add_item(inner, "three");
    add_item(inner, "four");
    struct node *definitions = add(root, NODE_DEFINITION_LIST);
    struct node *item = add(definitions, NODE_DEFINITION_ITEM);
    add_with(item, NODE_TERM, "ataxia");
    add_with(add(item, NODE_DEFINITION), NODE_PARAGRAPH, "poor coordination");
}

static void add_boxes(struct node *root)
{
    for (int variety = CALLOUT_NOTE; variety <= CALLOUT_VIDEO; variety++) {
        struct node *callout = add(root, NODE_CALLOUT);
        callout->callout.variety = (enum callout_variety)variety;
        add_with(callout, NODE_CALLOUT_TITLE, "Title");
        add_with(callout, NODE_PARAGRAPH, "Words.");
    }
    add_with(add(root, NODE_BLOCK_QUOTE), NODE_PARAGRAPH, "Quoted.");
    struct node *code = add(root, NODE_CODE_BLOCK);
    code->text = TEXT("if (a < b)\n    return;\n");
    code->code_block.info = TEXT("c");
    add_class(add(root, NODE_DIV), "aside");
    add_heading(root->last_child, 3, "inner", "A heading in a div");
    add(root, NODE_THEMATIC_BREAK);
    add(root, NODE_PAGE_BREAK);
}

static void add_pictures(struct node *root)
{
    static const char svg[] =
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"40\" height=\"20\">"
        "<text x=\"2\" y=\"15\">Cell</text></svg>";
    struct node *figure = add(root, NODE_FIGURE);
    struct node *image = add(figure, NODE_IMAGE);
    image->image.image = add_picture(svg);
    image->image.alt = TEXT("A cell divides");
    add_with(figure, NODE_CAPTION, "Figure 1. A cell");
    struct node *description = add_with(root, NODE_PARAGRAPH, "At length: a cell divides.");
    description->id = TEXT("at-length");
    image->image.description = description;
    struct node *ornament = add(add(root, NODE_PARAGRAPH), NODE_IMAGE);
    ornament->image.image = image->image.image;
    ornament->image.decorative = true;
    ornament->image.width_points = 18;
}

static void add_table(struct node *root)
{
    struct node *table = add(root, NODE_TABLE);
    table->table.columns = 3;
    table->table.header_columns = 1;
    add_with(table, NODE_CAPTION, "Table 1. Studies");
    struct node *row = add(add(table, NODE_TABLE_HEAD), NODE_TABLE_ROW);
    add_cell(row, 0, "Study")->cell.header = true;
    struct node *wide = add_cell(row, 1, "Result");
    wide->cell.header = true;
    wide->cell.column_span = 2;
    struct node *body = add(table, NODE_TABLE_BODY);
    for (unsigned i = 0; i < 2; i++) {
        row = add(body, NODE_TABLE_ROW);
        struct node *header = add_cell(row, 0, i ? "Qu" : "Sun");
        header->cell.header = header->cell.row_scope = true;
        add_cell(row, 1, "63")->cell.alignment = ALIGN_RIGHT;
        add_cell(row, 2, "better");
    }
}

static void add_reference(void)
{
    struct reference *reference = ARENA_NEW(&sample.arena, struct reference);
    struct reference_field *title = ARENA_NEW(&sample.arena, struct reference_field);
    struct reference_field *doi = ARENA_NEW(&sample.arena, struct reference_field);
    *title =
        (struct reference_field){.key = TEXT("title"), .value = TEXT("Cord blood"), .next = doi};
    *doi = (struct reference_field){.key = TEXT("DOI"), .value = TEXT("10.1002/sctm.17-0102")};
    reference->id = TEXT("sun2017");
    reference->fields = title;
    struct document *document = &sample.document;
    ARENA_GROW(&sample.arena, document->references, document->reference_count,
               document->reference_capacity);
    document->references[document->reference_count++] = reference;
}

/* All kinds; cited and numbered. */
static void sample_build(const char *language)
{
    sample_begin(language);
    struct node *root = sample.document.root;
    sample.document.metadata.subtitle = TEXT("With every kind");
    add_with(root, NODE_SUBTITLE, "With every kind");
    add_with(root, NODE_BYLINE, "A. Author");
    add_heading(root, 2, "first", "First");
    add_inlines(root);
    add_lists(root);
    add_heading(root, 3, "second", "Second");
    add_boxes(root);
    add_heading(root, 2, "third", "Third");
    add_pictures(root);
    add_table(root);
    add_reference();
    cite_document(&sample.document);
    document_number_nodes(&sample.document);
}

static struct node *sample_find(enum node_kind kind)
{
    struct walk walk;
    walk_init(&walk, sample.document.root);
    while (walk_next(&walk)) {
        if (walk.entering && walk.node->kind == kind)
            return walk.node;
    }
    return NULL;
}

#endif

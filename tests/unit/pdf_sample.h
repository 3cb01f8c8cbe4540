/* A document that holds every kind of node, for the tests of pdf/. */
#ifndef LECTERN_TESTS_PDF_SAMPLE_H
#define LECTERN_TESTS_PDF_SAMPLE_H

#include "pdf_pages.h"

static inline struct node *add_link(struct document *d, struct node *parent, enum node_kind kind,
                                    const char *words, struct node *target, const char *url)
{
    struct node *link = add_block(d, parent, kind, words);
    link->link.target = target;
    link->link.url = text_from_c(url);
    return link;
}

static inline struct node *add_heading(struct document *d, struct node *parent, int level,
                                       const char *id, const char *words)
{
    struct node *heading = add_block(d, parent, NODE_HEADING, words);
    heading->heading.level = level;
    heading->id = text_from_c(id);
    return heading;
}

static inline struct image *add_svg(struct document *d)
{
    struct image *image = ARENA_NEW(d->arena, struct image);
    *image = (struct image){
        .path = TEXT("drawing.svg"),
        .bytes =
            TEXT("<svg xmlns='http://www.w3.org/2000/svg' width='100' height='50'>"
                 "<rect width='90' height='40' fill='#ccddee'/>"
                 "<text x='5' y='20' font-family='Noto Sans' font-size='10'>cell</text></svg>"),
        .format = IMAGE_SVG,
        .width_pixels = 100,
        .height_pixels = 50,
        .width_points = 75,
        .height_points = 37.5,
        .svg_text = TEXT("cell"),
        .index = (uint32_t)d->image_count,
    };
    ARENA_GROW(d->arena, d->images, d->image_count, d->image_capacity);
    d->images[d->image_count++] = image;
    return image;
}

static inline struct node *add_image(struct document *d, struct node *parent, struct image *image,
                                     const char *alt)
{
    struct node *node = add(d, parent, NODE_IMAGE);
    node->image.image = image;
    node->image.alt = text_from_c(alt);
    node->image.decorative = !*alt;
    return node;
}

static inline void add_list(struct document *d, struct node *parent, bool ordered)
{
    struct node *list = add(d, parent, NODE_LIST);
    list->list.ordered = ordered;
    for (unsigned i = 1; i <= 2; i++) {
        struct node *item = add(d, list, NODE_LIST_ITEM);
        item->list_item.number = i;
        add_block(d, item, NODE_PARAGRAPH, "An item of the list");
        if (i == 2 && ordered)
            add_list(d, item, false);
    }
}

static inline void add_definitions(struct document *d, struct node *parent)
{
    struct node *list = add(d, parent, NODE_DEFINITION_LIST);
    for (int i = 0; i < 2; i++) {
        struct node *item = add(d, list, NODE_DEFINITION_ITEM);
        add_block(d, item, NODE_TERM, "Ataxia");
        add_block(d, item, NODE_TERM, "Unsteadiness");
        struct node *definition = add(d, item, NODE_DEFINITION);
        add_block(d, definition, NODE_PARAGRAPH, "Poor coordination and balance.");
    }
}

/* Two header rows would be one too many for the dialect; a header column is there when asked for.
 */
static inline void add_table(struct document *d, struct node *parent, bool header_column)
{
    struct node *table = add(d, parent, NODE_TABLE);
    table->table.columns = 3;
    table->table.header_columns = header_column;
    add_block(d, table, NODE_CAPTION, "Three studies");
    struct node *part = add(d, table, NODE_TABLE_HEAD);
    for (int row = 0; row < 4; row++) {
        if (row == 1)
            part = add(d, table, NODE_TABLE_BODY);
        struct node *line = add(d, part, NODE_TABLE_ROW);
        for (unsigned column = 0; column < 3; column++) {
            if (row == 3 && column == 2)
                continue; /* covered by the cell before it */
            struct node *cell = add(d, line, NODE_TABLE_CELL);
            cell->cell.column = column;
            cell->cell.column_span = row == 3 && column == 1 ? 2 : 1;
            cell->cell.row_span = 1;
            cell->cell.header = row == 0 || (header_column && column == 0);
            cell->cell.row_scope = row > 0 && cell->cell.header;
            if (row != 2 || column != 2) /* one cell is empty */
                add_words(d, cell, "A cell");
        }
    }
}

static inline void add_inlines(struct document *d, struct node *p, struct node *target,
                               struct image *image)
{
    add_words(d, p,
              "An office with efficient waf\xC2\xAD"
              "fles, ");
    struct node *emphasis = add_block(d, p, NODE_EMPHASIS, "stressed ");
    add_block(d, emphasis, NODE_STRONG, "twice");
    add(d, p, NODE_LINE_BREAK);
    add_block(d, p, NODE_STRIKETHROUGH, "gone");
    add(d, p, NODE_CODE)->text = TEXT("x = f(1);");
    struct node *span = add_block(d, p, NODE_SPAN, "Zeitgeist");
    span->language = TEXT("de");
    struct node *abbreviation = add_block(d, p, NODE_ABBREVIATION, "GMFM");
    abbreviation->abbreviation.expansion = TEXT("Gross Motor Function Measure");
    add_link(d, p, NODE_LINK, " outside ", NULL, "https://example.org/ä(1)");
    struct node *link = add_link(d, p, NODE_LINK, " inside ", target, "");
    add_block(d, link, NODE_EMPHASIS, "with stress");
    add_link(d, p, NODE_LINK, " watch ", NULL, "https://example.org/v")->link.qr = true;
    add_image(d, p, image, "a cell");
    add_image(d, p, image, "");
}

static inline void add_note(struct document *d, struct node *p, struct node *after)
{
    struct node *note = node_new(d->arena, NODE_FOOTNOTE, (struct span){0});
    node_insert_after(after, note);
    note->footnote.number = 1;
    note->id = TEXT("note-1");
    struct node *reference = add_link(d, p, NODE_NOTE_REFERENCE, "1", note, "");
    reference->link.name = TEXT("Note 1");
    reference->id = TEXT("note-1-reference");
    struct node *inside = add_block(d, note, NODE_PARAGRAPH, "The words of the note. ");
    add_link(d, inside, NODE_BACK_LINK, "↩", reference, "")->link.name =
        TEXT("Back to the text at note 1");
}

static inline void add_bibliography(struct document *d, struct node *citing)
{
    struct node *list = add(d, d->root, NODE_BIBLIOGRAPHY);
    struct node *entry =
        add_block(d, list, NODE_BIBLIOGRAPHY_ENTRY, "Sun JM. Effect of infusion. ");
    entry->entry.number = 1;
    struct node *citation = add_block(d, citing, NODE_CITATION, "[");
    struct node *link = add_link(d, citation, NODE_LINK, "1", entry, "");
    link->link.name = TEXT("Reference 1");
    add_words(d, citation, ", p. 3]");
    add_link(d, entry, NODE_BACK_LINK, "↩", citation, "")->link.name =
        TEXT("Back to citation 1 of reference 1");
}

static inline void add_contents(struct document *d, struct node *heading)
{
    struct node *contents = add(d, d->root, NODE_CONTENTS);
    struct node *entry = add(d, contents, NODE_CONTENTS_ENTRY);
    add_link(d, entry, NODE_LINK, "First things", heading, "");
    struct node *below = add(d, entry, NODE_CONTENTS);
    entry = add(d, below, NODE_CONTENTS_ENTRY);
    add_link(d, entry, NODE_LINK, "Again", heading, "");
}

static inline void sample_blocks(struct document *d, struct node *parent, struct node *heading,
                                 struct image *image)
{
    struct node *figure = add(d, parent, NODE_FIGURE);
    add_image(d, figure, image, "A cell divides")->image.description = heading;
    add_block(d, figure, NODE_CAPTION, "Stem cell applications");
    figure = add(d, parent, NODE_FIGURE);
    add_image(d, figure, image, "");
    add_block(d, figure, NODE_CAPTION, "Under a decoration");
    add_list(d, parent, false);
    add_list(d, parent, true);
    add_definitions(d, parent);
    add_table(d, parent, false);
    add_table(d, parent, true);
    struct node *code = add(d, parent, NODE_CODE_BLOCK);
    code->text = TEXT("int main(void)\n{\n    return 0;\n}\n");
    add(d, parent, NODE_THEMATIC_BREAK);
    struct node *callout = add(d, parent, NODE_CALLOUT);
    add_block(d, callout, NODE_CALLOUT_TITLE, "Warning");
    add_block(d, callout, NODE_PARAGRAPH, "Mind the step.");
    struct node *inner = add(d, callout, NODE_CALLOUT);
    add_block(d, inner, NODE_CALLOUT_TITLE, "Note");
    struct node *quote = add(d, parent, NODE_BLOCK_QUOTE);
    add_block(d, quote, NODE_PARAGRAPH, "Quoted words.");
    struct node *div = add(d, quote, NODE_DIV);
    callout = add(d, div, NODE_CALLOUT);
    add_block(d, callout, NODE_CALLOUT_TITLE, "Tip");
}

static inline void sample_document(struct document *d)
{
    static text keywords[] = {{"cells", 5}, {"Zellen", 6}};
    static struct author authors[] = {{.name = {"A. Author", 9}}, {.name = {"Ö. Zweite", 10}}};
    d->metadata.keywords = keywords;
    d->metadata.keyword_count = 2;
    d->metadata.authors = authors;
    d->metadata.author_count = 2;
    d->metadata.description = TEXT("All kinds & <more>");
    d->metadata.date = TEXT("2026-01-31");
    d->metadata.rights = TEXT("CC BY 4.0");
    d->metadata.publisher = TEXT("Nobody");
    d->metadata.identifier = TEXT("urn:test:1");
    struct image *image = add_svg(d);
    add_block(d, d->root, NODE_TITLE, "A test of tags");
    add_block(d, d->root, NODE_SUBTITLE, "All of them");
    add_block(d, d->root, NODE_BYLINE, "A. Author");
    struct node *heading = node_new(d->arena, NODE_HEADING, (struct span){0});
    add_contents(d, heading);
    node_append(d->root, heading);
    heading->heading.level = 2;
    heading->id = TEXT("first");
    add_words(d, heading, "First things");
    struct node *p = add(d, d->root, NODE_PARAGRAPH);
    add_inlines(d, p, heading, image);
    add_note(d, p, p);
    sample_blocks(d, d->root, heading, image);
    add_heading(d, d->root, 3, "second",
                "A heading\xE2\x80\x94"
                "below");
    struct node *german = add_heading(d, d->root, 2, "third", "Eine Überschrift");
    german->language = TEXT("de");
    struct node *citing = add_block(d, d->root, NODE_PARAGRAPH, "As was found ");
    add_bibliography(d, citing);
}

#endif

/* Texts of the front matter are Markdown, as pandoc, Quarto and the journals read them: "The
   *E. coli* of `lectern`". The title block holds them as inlines; what a catalogue, a window or the
   head of a page shows of them is their words alone. */
#include "read/build.h"
#include "read/front.h"

#include <string.h>

void reader_add_front_text(struct reader *reader, struct node *node, text *words, struct span span)
{
    if (reader->front_text_count < MOST_FRONT_TEXTS)
        reader->front_texts[reader->front_text_count++] = (struct front_text){node, words, span};
}

/* Where the lines of the value stand. YAML's escapes are in the way of some: what follows is then
   said to stand behind the last that was found. */
static void find_places(struct reader *reader, struct span span, struct drawn_cell *cell)
{
    size_t at = 0;
    cell->places =
        ARENA_NEW_ARRAY(reader->arena, (size_t)(span.end_line - span.line) + 2, struct cell_place);
    cell->places[cell->place_count++] = (struct cell_place){0, span.line, span.column};
    for (uint32_t number = span.line; number <= span.end_line; number++) {
        text whole = reader_line(reader, number);
        size_t from = number == span.line ? span.column - 1 : 0;
        while (from < whole.length && strchr(" \t\"'|>", whole.bytes[from]))
            from++;
        text line = text_trim(text_slice(whole, from, whole.length));
        while (line.length && strchr("\"'", line.bytes[line.length - 1]))
            line.length--;
        size_t found = line.length ? text_find(cell->words, line, at) : SIZE_MAX;
        if (found == SIZE_MAX)
            continue;
        cell->places[cell->place_count++] = (struct cell_place){found, number, (uint32_t)from + 1};
        at = found + line.length;
    }
}

/* What is more than a paragraph stays as it is typed, and is told. */
static struct node *paragraph_of(struct reader *reader, const struct front_text *given,
                                 struct node *blocks)
{
    struct node *only = blocks->first_child;
    if (only && !only->next && only->kind == NODE_PARAGRAPH)
        return only;
    front_report_markup(reader, given->span);
    return NULL;
}

/* A text that stands in no block is read in one of its own, which is then taken out again. */
static void build_text(struct builder *builder, const struct front_text *given)
{
    struct reader *reader = builder->reader;
    struct node *place = given->node ? given->node->parent : NULL;
    struct drawn_cell cell = {.words = given->node ? given->node->text : *given->words};
    if (!front_holds_markup(cell.words))
        return;
    find_places(reader, given->span, &cell);
    if (!place) {
        place = node_new(reader->arena, NODE_PARAGRAPH, given->span);
        node_append(reader->document->root, place);
    }
    struct node *blocks = build_apart(builder, place, &cell, true);
    struct node *paragraph = paragraph_of(reader, given, blocks);
    if (paragraph && given->words)
        *given->words = node_words(reader->arena, paragraph, LIMIT_WORDS_BYTES);
    if (!given->node)
        node_unlink(place);
    if (!paragraph || !given->node)
        return;
    while (paragraph->first_child) {
        struct node *child = paragraph->first_child;
        node_unlink(child);
        node_insert_before(given->node, child);
    }
    node_unlink(given->node);
}

void build_front_texts(struct builder *builder)
{
    struct reader *reader = builder->reader;
    builder->cell_body_line = reader->body_line;
    for (size_t i = 0; i < reader->front_text_count && !builder->stopped; i++)
        build_text(builder, &reader->front_texts[i]);
}

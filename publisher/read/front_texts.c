/* Texts of the front matter are Markdown, as pandoc, Quarto and the journals read them: "The
   *E. coli* of `lectern`". The title block holds them as inlines; what a catalogue, a window or the
   head of a page shows of them is their words alone. */
#include "read/build.h"
#include "read/front.h"
#include "read/passes.h"

#include <string.h>

void reader_add_front_text(struct reader *reader, struct front_text added)
{
    ARENA_GROW(reader->arena, reader->front_texts, reader->front_text_count,
               reader->front_text_capacity);
    reader->front_texts[reader->front_text_count++] = added;
}

/* Where the lines of the value stand. YAML's escapes are in the way of some: what follows is then
   said to stand behind the last that was found. */
static void find_places(struct reader *reader, struct span span, struct drawn_cell *cell)
{
    size_t at = 0;
    cell->places =
        ARENA_NEW_ARRAY(reader->arena, (size_t)(span.end_line - span.line) + 2, struct cell_place);
    cell->places[cell->place_count++] = (struct cell_place){0, span.line, span.column};
    if (span.file != reader->file)
        return; /* in settings: place_outside */
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

/* Words of settings stand in another file than the article: all that came of them since is placed
   there. */
static void place_outside(struct reader *reader, const struct front_text *given, struct node *made,
                          size_t reported)
{
    struct walk walk;
    if (given->span.file == reader->file)
        return;
    for (size_t i = reported; i < reader->report->count; i++) {
        struct diagnostic *diagnostic = &reader->report->diagnostics[i];
        if (diagnostic->span.file == reader->file)
            diagnostic->span = given->span;
    }
    walk_init(&walk, made);
    while (walk_next(&walk))
        walk.node->span = given->span;
}

/* The inlines of a text that holds markup, as the children of a paragraph in no tree; or NULL. */
static struct node *read_inlines(struct builder *builder, const struct front_text *given,
                                 struct node *place)
{
    struct drawn_cell cell = {.words = given->typed};
    struct reader *reader = builder->reader;
    size_t reported = reader->report->count;
    find_places(reader, given->span, &cell);
    cell.words = mark_tex_quotations(reader->arena, cell.words);
    struct node *made = build_apart(builder, place, &cell, true);
    place_outside(reader, given, made, reported);
    return paragraph_of(reader, given, made);
}

/* They take the place of what was typed. */
static void show(struct node *typed, struct node *paragraph)
{
    node_move_children_before(paragraph, typed);
    node_unlink(typed);
}

/* Read in a block of its own for its words alone: its notes and pictures stand nowhere. */
static struct node *read_unshown(struct builder *builder, const struct front_text *given)
{
    struct reader *reader = builder->reader;
    size_t notes = reader->footnote_count, images = reader->image_count;
    struct node *place = node_new(reader->arena, NODE_PARAGRAPH, given->span);
    node_append(reader->document->root, place);
    struct node *paragraph = read_inlines(builder, given, place);
    node_unlink(place);
    reader->footnote_count = notes;
    reader->image_count = images;
    return paragraph;
}

static void build_text(struct builder *builder, const struct front_text *given)
{
    struct reader *reader = builder->reader;
    text words = given->typed;
    struct node *paragraph = given->node ? read_inlines(builder, given, given->node->parent)
                             : front_holds_markup(words) ? read_unshown(builder, given)
                                                         : NULL;
    if (paragraph)
        words = node_words(reader->arena, paragraph, LIMIT_WORDS_BYTES);
    *given->words = given->goes_on
                        ? arena_printf(reader->arena, "%.*s %.*s", TEXT_ARGUMENTS(*given->words),
                                       TEXT_ARGUMENTS(words))
                        : words;
    if (paragraph && given->node)
        show(given->node, paragraph);
}

void build_front_texts(struct builder *builder)
{
    struct reader *reader = builder->reader;
    builder->cell_body_line = reader->body_line;
    for (size_t i = 0; i < reader->front_text_count && !builder->stopped; i++)
        build_text(builder, &reader->front_texts[i]);
}

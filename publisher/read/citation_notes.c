/* Citation notes: in styles that cite in notes, a citation in the text becomes the mark of a note
   that holds it. Notes that the author wrote keep their citations. "@key says" keeps the names in
   the text; the note follows them. */
#include "read/passes.h"

#include <string.h>

static bool is_in_note(const struct node *node)
{
    while (node && node->kind != NODE_FOOTNOTE)
        node = node->parent;
    return node != NULL;
}

static struct node *new_note(struct reader *reader, struct node *citation)
{
    struct node *note = node_new(reader->arena, NODE_FOOTNOTE, citation->span);
    struct node *paragraph = node_new(reader->arena, NODE_PARAGRAPH, citation->span);
    note->generated = paragraph->generated = true;
    node_append(note, paragraph);
    node_append(paragraph, citation);
    return note;
}

/* The mark stands at the word, behind what ends the clause: "word.1", not "word 1.". French puts it
   before the stop. */
static void settle(struct reader *reader, struct node *mark)
{
    struct node *before = mark->previous, *after = mark->next;
    while (before && before->kind == NODE_TEXT && before->text.length &&
           before->text.bytes[before->text.length - 1] == ' ')
        before->text.length--;
    bool is_french = text_starts_with(node_language(mark), TEXT("fr"));
    if (is_french || !after || after->kind != NODE_TEXT || !after->text.length)
        return;
    size_t length = 0;
    while (length < after->text.length && strchr(".,;:!?", after->text.bytes[length]))
        length++;
    if (length == 0)
        return;
    struct node *stop =
        node_new_text(reader->arena, text_slice(after->text, 0, length), after->span);
    after->text = text_slice(after->text, length, after->text.length);
    node_insert_before(mark, stop);
    if (!after->text.length)
        node_unlink(after);
}

static void move(struct reader *reader, struct node *citation)
{
    struct node *mark = node_new(reader->arena, NODE_NOTE_REFERENCE, citation->span);
    mark->generated = true;
    /* no note of the author's is called so: labels hold no control characters */
    text label = arena_printf(reader->arena, "\x01%zu", reader->footnote_count);
    mark->link.url = label;
    node_insert_after(citation, mark);
    struct node *moved = citation;
    if (citation->citation.narrative) {
        moved = node_new(reader->arena, NODE_CITATION, citation->span);
        moved->citation.items = citation->citation.items;
    } else {
        node_unlink(citation);
    }
    struct node *note = new_note(reader, moved);
    ARENA_GROW(reader->arena, reader->footnotes, reader->footnote_count, reader->footnote_capacity);
    reader->footnotes[reader->footnote_count++] =
        (struct footnote_definition){.label = label, .node = note};
    settle(reader, mark);
}

/* What names a part of the article is no citation, though it looks like one until all ids are
   known. */
static bool names_a_part(struct reader *reader, const struct node *citation)
{
    for (const struct citation_item *item = citation->citation.items; item; item = item->next)
        if (reader_is_cross_reference(reader, item) || id_map_find(reader->ids, item->key))
            return true;
    return false;
}

/* In headings, captions and cells of tables a note would go astray or be read twice: there the
   citation stays in the text. */
static bool can_hold_mark(const struct node *node)
{
    for (; node; node = node->parent)
        if (node->kind == NODE_HEADING || node->kind == NODE_LINK)
            return false;
    return true;
}

void read_citation_notes(struct reader *reader)
{
    struct node **found = NULL;
    size_t count = 0, capacity = 0;
    struct walk walk;
    walk_init(&walk, reader->document->root);
    while (walk_next(&walk)) {
        struct node *node = walk.node;
        if (!walk.entering || node->kind != NODE_CITATION || node->citation.author_only ||
            is_in_note(node) || names_a_part(reader, node) || !can_hold_mark(node))
            continue;
        ARENA_GROW(reader->arena, found, count, capacity);
        found[count++] = node;
    }
    for (size_t i = 0; i < count; i++)
        move(reader, found[i]);
}

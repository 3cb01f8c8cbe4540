/* The numbers of headings, where the front matter asks for them. They stand in the tree as words
   before those of the author, so every format, the contents, the outline and the running heads have
   the same; ids are made before, without them. */
#include "base/buffer.h"
#include "read/passes.h"

enum { FIRST_LEVEL = 2, LAST_LEVEL = 6 };

/* Headings in quotations, cells and callouts order nothing. */
static bool is_of_text(const struct node *node)
{
    for (const struct node *parent = node->parent; parent; parent = parent->parent) {
        if (parent->kind != NODE_DOCUMENT && parent->kind != NODE_DIV)
            return false;
    }
    return true;
}

static void put_number(struct reader *reader, struct node *heading, const unsigned *counts)
{
    enum { MOST_BYTES = 256 };
    struct buffer number;
    buffer_init(&number, MOST_BYTES);
    for (int level = FIRST_LEVEL; level <= heading->heading.level; level++) {
        if (level > FIRST_LEVEL)
            buffer_add_byte(&number, '.');
        buffer_add_text(&number, reader_number(reader, counts[level]));
    }
    heading->heading.number = arena_copy(reader->arena, buffer_text(&number));
    buffer_add_c(&number, "\xC2\xA0");
    struct node *words = node_new_text(
        reader->arena, arena_copy(reader->arena, buffer_text(&number)), heading->span);
    words->generated = true;
    node_prepend(heading, words);
    buffer_release(&number);
}

void read_section_numbers(struct reader *reader)
{
    if (!reader->document->metadata.number_sections)
        return;
    unsigned counts[LAST_LEVEL + 1] = {0};
    int unnumbered = LAST_LEVEL + 1; /* the level of the heading under which none has a number */
    struct walk walk;
    walk_init(&walk, reader->document->root);
    while (walk_next(&walk)) {
        struct node *node = walk.node;
        if (!walk.entering || node->kind != NODE_HEADING || !node->first_child || !is_of_text(node))
            continue;
        int level = node->heading.level;
        if (level <= unnumbered)
            unnumbered = node->heading.unnumbered ? level : LAST_LEVEL + 1;
        if (level >= unnumbered)
            continue;
        counts[level]++;
        for (int below = level + 1; below <= LAST_LEVEL; below++)
            counts[below] = 0;
        put_number(reader, node, counts);
    }
}

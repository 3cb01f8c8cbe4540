/* Ruby of HTML: words and readings in turn, in as many pairs as there are readings. */
#include "read/html.h"

static void add_bracket(struct builder *builder, struct node *pair, const char *bracket)
{
    struct arena *arena = builder->reader->arena;
    struct node *node = node_new(arena, NODE_RUBY_BRACKET, pair->span);
    node_append(node, node_new_text(arena, text_from_c(bracket), pair->span));
    node_append(pair, node);
}

/* The words since the last reading, with this one. */
static void add_pair(struct builder *builder, struct node *first, struct node *reading)
{
    struct arena *arena = builder->reader->arena;
    struct node *pair = node_new(arena, NODE_RUBY, first->span);
    struct node *base = node_new(arena, NODE_RUBY_BASE, first->span);
    node_insert_before(first, pair);
    node_append(pair, base);
    while (pair->next != reading) {
        struct node *word = pair->next;
        node_unlink(word);
        if (word->kind != NODE_RUBY_BRACKET) /* those of HTML are for readers without ruby */
            node_append(base, word);
    }
    add_bracket(builder, pair, "(");
    node_unlink(reading);
    node_append(pair, reading);
    add_bracket(builder, pair, ")");
}

void html_finish_ruby(struct builder *builder, struct node *ruby)
{
    struct node *first = ruby->first_child;
    for (struct node *child = first, *next; child; child = next) {
        next = child->next;
        if (child->kind == NODE_RUBY_BRACKET && child == first)
            first = next;
        if (child->kind == NODE_RUBY_BRACKET)
            continue;
        if (child->kind != NODE_RUBY_READING)
            continue;
        if (child == first || !child->first_child) {
            html_report(builder, child->span, "write the word, and then <rt> with its reading",
                        "%s",
                        child == first ? "a reading without a word" : "a reading without words");
            node_unlink(child);
        } else {
            add_pair(builder, first, child);
        }
        first = next;
    }
    for (struct node *child = ruby->first_child, *next; child; child = next) {
        next = child->next;
        if (child->kind == NODE_RUBY_BRACKET)
            node_unlink(child);
    }
}

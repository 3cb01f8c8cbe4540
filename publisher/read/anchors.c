#include "read/anchors.h"

#include "base/buffer.h"
#include "base/limits.h"
#include "document/identifier.h"

/* A holder is a node beside the tree: its link leads to the heading (to none where several have the
   name), its index counts the names that were made from its own. */
struct names {
    struct id_map *github, *folded;
};

/* Titles of boxes have names of their own, which are asked only where no heading answers. */
struct anchors {
    struct arena *arena;
    struct names headings, boxes;
};

static struct node *new_name(struct anchors *anchors, struct node *heading)
{
    struct node *name = node_new(anchors->arena, NODE_LINK, heading->span);
    name->link.target = heading;
    return name;
}

static void add_folded(struct anchors *anchors, struct names *names, struct node *heading,
                       text words)
{
    struct node *holder = NULL;
    text folded = identifier_folded(anchors->arena, words);
    bool is_taken =
        folded.length && !id_map_add(names->folded, folded, new_name(anchors, heading), &holder);
    if (is_taken && holder->link.target != heading)
        holder->link.target = NULL;
}

static void add(struct anchors *anchors, struct names *names, struct node *heading, text words)
{
    struct arena *arena = anchors->arena;
    add_folded(anchors, names, heading, words);
    add_folded(anchors, names, heading,
               identifier_of_words(arena, words)); /* without a number before */
    text github = identifier_github(arena, words), id = github;
    if (github.length == 0)
        return;
    struct node *name = new_name(anchors, heading), *holder = NULL;
    if (id_map_add(names->github, id, name, &holder))
        return;
    do {
        holder->index++;
        id = arena_printf(arena, "%.*s-%u", TEXT_ARGUMENTS(github), holder->index);
    } while (!id_map_add(names->github, id, name, NULL));
}

/* The same with names of emoji, as GitHub has it: ":rocket: Start" is rocket-start. False: it has
   none. */
static bool add_with_names(const struct node *heading, struct buffer *words)
{
    bool has_names = false;
    struct walk walk;
    walk_init(&walk, (struct node *)(uintptr_t)heading);
    while (walk_next(&walk)) {
        const struct node *node = walk.node;
        if (!walk.entering || node_kind_facts(node->kind)->content != CONTENT_CHARACTERS)
            continue;
        bool is_emoji = node->kind == NODE_TEXT && node->characters.emoji.length;
        buffer_add_text(words, is_emoji ? node->characters.emoji : node->text);
        has_names = has_names || is_emoji;
    }
    return has_names;
}

/* The title of a box, which other tools print as a heading: its own words lead to the box. */
static void add_box(struct anchors *anchors, struct node *title, struct buffer *words)
{
    struct walk walk;
    walk_init(&walk, title);
    buffer_clear(words);
    while (walk_next(&walk)) {
        const struct node *node = walk.node;
        if (walk.entering && !node->generated &&
            node_kind_facts(node->kind)->content == CONTENT_CHARACTERS)
            buffer_add_text(words, node->text);
    }
    if (!text_is_blank(buffer_text(words)))
        add(anchors, &anchors->boxes, title->parent, text_trim(buffer_text(words)));
}

struct anchors *anchors_collect(struct arena *arena, struct node *root)
{
    struct anchors *anchors = ARENA_NEW(arena, struct anchors);
    *anchors = (struct anchors){
        arena, {id_map_new(arena), id_map_new(arena)}, {id_map_new(arena), id_map_new(arena)}};
    struct buffer words;
    buffer_init(&words, LIMIT_WORDS_BYTES);
    struct walk walk;
    walk_init(&walk, root);
    while (walk_next(&walk)) {
        struct node *node = walk.node;
        bool is_heading = node->kind == NODE_HEADING || node->kind == NODE_TITLE;
        if (walk.entering && node->kind == NODE_CALLOUT_TITLE && node->parent)
            add_box(anchors, node, &words);
        if (!walk.entering || !is_heading || node->id.length == 0)
            continue;
        buffer_clear(&words);
        if (add_with_names(node, &words))
            add(anchors, &anchors->headings, node, text_trim(buffer_text(&words)));
        buffer_clear(&words);
        node_add_letters(node, &words);
        add(anchors, &anchors->headings, node, text_trim(buffer_text(&words)));
    }
    buffer_release(&words);
    return anchors;
}

static const struct node *find_name(const struct names *names, text id, text folded)
{
    const struct node *holder = id_map_find(names->github, id);
    return holder ? holder : id_map_find(names->folded, folded);
}

struct node *anchors_find(const struct anchors *anchors, text id)
{
    text folded = identifier_folded(anchors->arena, id);
    const struct node *holder = find_name(&anchors->headings, id, folded);
    if (!holder)
        holder = find_name(&anchors->boxes, id, folded);
    return holder ? holder->link.target : NULL;
}

/* Abbreviations that a line explains (`*[WHO]: World Health Organization`): each later word that is
   one becomes an abbreviation; in a book, each in the same file. A word may hold spaces and
   hyphens: up to MOST_PARTS words of letters and digits are tried together, the longest first. */
#include "base/buffer.h"
#include "read/book.h"
#include "read/lines.h"
#include "read/notations.h"

enum { MOST_PARTS = 4 };

struct abbreviations {
    struct reader *reader;
    struct id_map **maps; /* of each part of a book, or one */
    size_t count;
    struct id_map *words; /* word → NODE_ABBREVIATION beside the tree, with the meaning; NULL: none
                             is explained here */
};

static bool is_word_at(text words, size_t at)
{
    return at < words.length && scan_is_word(words.bytes[at]);
}

/* The offset after the abbreviation that begins at the offset, and its meaning; 0: none. */
static size_t find(const struct abbreviations *abbreviations, text words, size_t at, text *meaning)
{
    size_t ends[MOST_PARTS], count = 0, end = at;
    while (count < MOST_PARTS && end < words.length) {
        size_t from = end;
        while (end < words.length && !is_word_at(words, end) && end < from + 2)
            end++;
        if (!is_word_at(words, end))
            break;
        while (is_word_at(words, end))
            end++;
        ends[count++] = end;
    }
    while (count) {
        end = ends[--count];
        const struct node *known = id_map_find(abbreviations->words, text_slice(words, at, end));
        if (!known)
            continue;
        *meaning = known->abbreviation.expansion;
        return end;
    }
    return 0;
}

/* Where the words of a place are explained; NULL: nowhere. */
static struct id_map **map_of(const struct abbreviations *abbreviations, struct span span)
{
    const struct book *book = abbreviations->reader->book;
    if (abbreviations->count == 1)
        return &abbreviations->maps[0];
    const struct book_part *part = book_part_at(abbreviations->reader, span);
    return part ? &abbreviations->maps[part - book->parts] : NULL;
}

static struct span part_of(struct span span, size_t from, size_t to)
{
    bool is_one_line = span.line == span.end_line;
    if (is_one_line) {
        span.end_column = span.column + (uint32_t)(to > from ? to - 1 : from);
        span.column += (uint32_t)from;
    }
    return span;
}

/* What stands before, the abbreviation, and what stands behind it, which is returned. */
static struct node *split(struct abbreviations *abbreviations, struct node *node, size_t from,
                          size_t to, text meaning)
{
    struct arena *arena = abbreviations->reader->arena;
    text words = node->text;
    struct span span = node->span;
    struct node *made = node_new(arena, NODE_ABBREVIATION, part_of(span, from, to));
    struct node *rest =
        node_new_text(arena, text_slice(words, to, words.length), part_of(span, to, words.length));
    node_append(made, node_new_text(arena, text_slice(words, from, to), made->span));
    made->abbreviation.expansion = meaning;
    node->text = text_slice(words, 0, from);
    node->span = part_of(span, 0, from);
    node_insert_after(node, made);
    if (rest->text.length)
        node_insert_after(made, rest);
    if (node->text.length == 0)
        node_unlink(node);
    return rest->text.length ? rest : NULL;
}

static void explain(struct abbreviations *abbreviations, struct node *node)
{
    size_t at = 0;
    struct id_map **map = map_of(abbreviations, node->span);
    abbreviations->words = map ? *map : NULL;
    while (abbreviations->words && node && at < node->text.length) {
        text meaning, words = node->text;
        bool begins_word = is_word_at(words, at) && (at == 0 || !is_word_at(words, at - 1));
        size_t end = begins_word ? find(abbreviations, words, at, &meaning) : 0;
        if (end == 0) {
            at++;
            continue;
        }
        node = split(abbreviations, node, at, end, meaning);
        at = 0;
    }
}

static bool may_hold(const struct node *node)
{
    return node->kind != NODE_ABBREVIATION && node->kind != NODE_IMAGE &&
           node->kind != NODE_CITATION;
}

void abbreviations_apply(struct reader *reader)
{
    struct abbreviations abbreviations = {.reader = reader};
    if (reader->abbreviation_count == 0)
        return;
    abbreviations.count = reader->book && reader->book->part_count ? reader->book->part_count : 1;
    abbreviations.maps = ARENA_NEW_ARRAY(reader->arena, abbreviations.count, struct id_map *);
    for (size_t i = 0; i < reader->abbreviation_count; i++) {
        struct node *known =
            node_new(reader->arena, NODE_ABBREVIATION, reader->document->root->span);
        known->abbreviation.expansion = reader->abbreviations[i].meaning;
        struct id_map **map = map_of(&abbreviations, reader->abbreviations[i].span);
        if (!map)
            continue;
        *map = *map ? *map : id_map_new(reader->arena);
        id_map_add(*map, reader->abbreviations[i].word, known, NULL);
    }
    struct walk walk;
    walk_init(&walk, reader->document->root);
    while (walk_next(&walk)) {
        struct node *node = walk.node;
        if (!walk.entering)
            continue;
        if (!may_hold(node))
            walk_skip(&walk);
        for (struct node *child = may_hold(node) ? node->first_child : NULL, *next; child;
             child = next) {
            next = child->next;
            if (child->kind == NODE_TEXT && !child->generated)
                explain(&abbreviations, child);
        }
    }
}

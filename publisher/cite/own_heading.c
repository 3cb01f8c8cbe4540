/* The author's own heading for the list of references: the last one, or one with nothing below it.
   People who write for other tools end with it, and leave the rest to the tool. */
#include "base/buffer.h"
#include "base/limits.h"
#include "cite/citing.h"
#include "document/identifier.h"
#include "document/language.h"
#include "document/words.h"

#include <string.h>

static const struct {
    const char *language, *words;
} known[] = {
#define HEADING(language, words) {language, words},
#include "cite/reference_headings.def"
#undef HEADING
};

enum { KNOWN_COUNT = sizeof known / sizeof *known };

/* Ids hold neither case nor what stands before the first letter. names: KNOWN_COUNT + 1. */
static size_t collect_names(struct cite *cite, text *names)
{
    text language = language_primary(cite->language);
    size_t count = 0;
    names[count++] =
        identifier_of_words(cite->arena, word_in(cite->language, WORD_REFERENCES, NULL));
    for (size_t i = 0; i < KNOWN_COUNT; i++) {
        if (text_equal_c(language, known[i].language) || strcmp(known[i].language, "en") == 0)
            names[count++] = identifier_of_words(cite->arena, text_from_c(known[i].words));
    }
    return count;
}

static bool is_named(struct cite *cite, const struct node *heading, const text *names, size_t count)
{
    struct buffer words;
    buffer_init(&words, LIMIT_WORDS_BYTES);
    node_add_characters(heading, &words);
    text id = identifier_of_words(cite->arena, text_trim(buffer_text(&words)));
    buffer_release(&words);
    size_t i = 0;
    while (i < count && !text_equal(id, names[i]))
        i++;
    return i < count;
}

/* In a book the last file that is one of references; its chapters may end with such headings, below
   which they list what they like. */
static struct node *find_division(const struct cite *cite)
{
    struct node *node = cite->document->root->last_child;
    while (node && (node->kind != NODE_HEADING || node->heading.division != DIVISION_BIBLIOGRAPHY))
        node = node->previous;
    return node;
}

struct node *cite_find_own_heading(struct cite *cite)
{
    if (cite->document->is_book)
        return find_division(cite);
    text names[KNOWN_COUNT + 1];
    size_t count = collect_names(cite, names);
    struct node *last = NULL;
    for (struct node *node = cite->document->root->last_child; node; node = node->previous) {
        if (node->kind != NODE_HEADING)
            continue;
        const struct node *next = node->next;
        bool is_empty = !next || next == cite->document->closing ||
                        (next->kind == NODE_HEADING && next->heading.level <= node->heading.level);
        if ((!last || is_empty) && is_named(cite, node, names, count))
            return node;
        last = last ? last : node;
    }
    return NULL;
}

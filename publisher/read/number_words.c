/* "Figure 2" in words: whether the text counts its figures so, as one does whose program prints
   their numbers. */
#include "document/words.h"
#include "read/passes.h"

#include <string.h>

/* Finds the last number that the text says in words, and whether a block begins with one, which is
   a caption that somebody typed. */
struct numbers_in_words {
    unsigned highest;
    bool has_typed_caption;
};

/* Whether a block begins with the words: "Figure 2: The plan", "**Figure 2** The plan", but not
   "Figure 2 shows". */
static bool is_typed_caption(const struct node *node, text behind)
{
    const struct node *first = node;
    while (first == first->parent->first_child && !node_is_block(first->parent))
        first = first->parent;
    bool is_marked = first != node;
    return first == first->parent->first_child &&
           (is_marked || behind.length == 0 || strchr(":.|", behind.bytes[0]));
}

/* A citation, a link to elsewhere, or a title in italics. */
static bool names_other_work(const struct node *node)
{
    if (!node)
        return false;
    const struct citation_item *item = node->kind == NODE_CITATION ? node->citation.items : NULL;
    return (item && !item->is_place && !reader_names_place(item->key)) ||
           (node->kind == NODE_LINK && node->link.url.length && node->link.url.bytes[0] != '#') ||
           node->kind == NODE_EMPHASIS;
}

/* "et al.", "(2019)", ", 2019" or an @ in the words: a work is cited in them. "In May 2019" is not.
 */
static bool cites(text words)
{
    unsigned digits = 0;
    for (size_t i = 0; i < words.length; i++) {
        char c = words.bytes[i];
        digits = byte_is_digit(c) ? digits + 1 : 0;
        char next = i + 1 < words.length ? words.bytes[i + 1] : ' ';
        bool is_year = digits == 4 && (next < '0' || next > '9');
        bool is_cited =
            is_year && ((i >= 4 && words.bytes[i - 4] == '(') ||
                        (i >= 5 && text_starts_with(text_slice(words, i - 5, i), TEXT(", "))));
        if (is_cited || c == '@')
            return true;
    }
    return text_find(words, TEXT("et al"), 0) != SIZE_MAX;
}

/* The length of one or two short words that lead to another: " of ", " aus der ". */
static size_t preposition_length(text words)
{
    enum { LONGEST = 5 };
    size_t behind = 0;
    for (unsigned count = 0; count < 2; count++) {
        size_t at = behind, end;
        while (at < words.length && words.bytes[at] == ' ')
            at++;
        for (end = at; end < words.length && words.bytes[end] >= 'a' && words.bytes[end] <= 'z';)
            end++;
        if (at == behind || end == at || end - at > LONGEST ||
            (end < words.length && words.bytes[end] != ' '))
            break;
        behind = end;
    }
    return behind;
}

/* Whether the number that stands from..to in the words is one of another work: "Figure 1 of
   [Smith 2019]", "Smith et al. (2019), Figure 1". */
static bool is_of_other_work(const struct node *node, size_t from, size_t to)
{
    enum { NEAR = 40 };
    text words = node->text, before = text_slice(words, 0, from);
    text behind = text_slice(words, to, to + NEAR + 2);
    size_t lead = preposition_length(behind), stop = text_find(behind, TEXT(". "), 0);
    text rest = text_trim(text_slice(behind, lead, stop < NEAR ? stop : NEAR));
    bool is_led =
        lead && (rest.length == 0 ? stop == SIZE_MAX && names_other_work(node->next) : cites(rest));
    while (before.length && strchr(" (;,", before.bytes[before.length - 1]))
        before.length--;
    bool follows = before.length < from && from - before.length > 1; /* ", ", " (" */
    if (before.length == 0)
        return is_led || (follows && names_other_work(node->previous));
    char last = before.bytes[before.length - 1];
    size_t start = before.length > NEAR ? before.length - NEAR : 0;
    bool ends_citation =
        last == ')' || last == ']' || (byte_is_digit(last) && words.bytes[before.length] == ',');
    return is_led || (follows && ends_citation && cites(text_slice(before, start, before.length)));
}

static void find_numbers(struct reader *reader, const struct node *node,
                         struct numbers_in_words *numbers)
{
    text words = node->text, own = reader_word(reader, node, WORD_FIGURE_NUMBER, &(text){0});
    for (size_t at = 0; at < words.length; at++) {
        char c = words.bytes[at];
        bool begins_word = at == 0 || strchr(" \n([{", words.bytes[at - 1]);
        if (!begins_word || (c != 'F' && c != 'f' && (own.length == 0 || c != own.bytes[0])))
            continue;
        text rest = text_slice(words, at, at + 64);
        size_t label = reader_label_length(reader, node, rest, WORD_FIGURE_NUMBER), used = 0;
        rest = text_trim(text_slice(rest, label, rest.length));
        if (text_starts_with(rest, TEXT("\xC2\xA0")))
            rest = text_slice(rest, 2, rest.length);
        unsigned number = 0;
        while (used < rest.length && used < 4 && byte_is_digit(rest.bytes[used]))
            number = 10 * number + (unsigned)(rest.bytes[used++] - '0');
        size_t end = (size_t)(rest.bytes - words.bytes) + used;
        if (label == 0 || used == 0 || is_of_other_work(node, at, end))
            continue;
        numbers->highest = number > numbers->highest ? number : numbers->highest;
        numbers->has_typed_caption =
            numbers->has_typed_caption ||
            (at == 0 && is_typed_caption(node, text_slice(rest, used, rest.length)));
    }
}

bool reader_counts_in_words(struct reader *reader, unsigned count)
{
    struct numbers_in_words numbers = {0};
    struct walk walk;
    walk_init(&walk, reader->document->root);
    while (walk_next(&walk)) {
        if (walk.entering && walk.node->kind == NODE_TEXT && walk.node->parent->kind != NODE_IMAGE)
            find_numbers(reader, walk.node, &numbers);
    }
    return numbers.highest && numbers.highest <= count && !numbers.has_typed_caption;
}

/* Translations that are like new words: by an index, what comparing each with each finds. */
#include "translate/similar.h"

#include "tests/unit/unit.h"

#include <stdio.h>

static struct arena arena;
static uint32_t state;

static uint32_t random_below(uint32_t most)
{
    state = state * 1664525u + 1013904223u;
    return (state >> 8) % most;
}

/* A text of so many words, each of so many. */
static text words_of(size_t count, uint32_t most)
{
    struct buffer out;
    buffer_init(&out, 64 * 1024);
    for (size_t i = 0; i < count; i++)
        buffer_printf(&out, "%sw%u", i ? " " : "", (unsigned)random_below(most));
    text made = arena_copy(&arena, buffer_text(&out));
    buffer_release(&out);
    return made;
}

static void add(struct catalogue *catalogue, text words)
{
    struct message *message = catalogue_add(catalogue, words);
    message->translation = TEXT("x");
}

/* A text with every nth word another. */
static text with_others(text words, size_t every)
{
    struct buffer out;
    size_t word = 0;
    buffer_init(&out, 64 * 1024);
    for (size_t i = 0; i < words.length; i++) {
        bool is_first = i == 0 || words.bytes[i - 1] == ' ';
        word += is_first;
        buffer_printf(&out, "%s%c", is_first && word % every == 0 ? "y" : "", words.bytes[i]);
    }
    text made = arena_copy(&arena, buffer_text(&out));
    buffer_release(&out);
    return made;
}

static void test_changed_words_find_their_message(void)
{
    struct catalogue catalogue;
    struct similar similar;
    catalogue_init(&catalogue, &arena);
    for (size_t i = 0; i < 400; i++)
        add(&catalogue, words_of(5 + i % 120, 50 + 10 * (uint32_t)i));
    similar_init(&similar, &catalogue);
    for (size_t i = 60; i < 400; i++) { /* a third of the words, which is less than 40 per cent */
        text words = catalogue.messages[i].words;
        const struct message *found = similar_find(&similar, with_others(words, 3));
        CHECK(found && text_equal(found->words, words));
    }
    CHECK(
        !similar_find(&similar, TEXT("nothing that is in any of these messages at all, nor near")));
}

static void test_short_words_are_compared_by_their_letters(void)
{
    static const text pairs[][2] = {
        {{"Colour", 6}, {"Color", 5}},    {{"Cat", 3}, {"Car", 3}},
        {{"Meaninx", 7}, {"Meaning", 7}}, {{"The end of a day", 16}, {"The ende off a dayx", 19}},
        {{"Don", 3}, {"Done", 4}},
    };
    struct catalogue catalogue;
    struct similar similar;
    catalogue_init(&catalogue, &arena);
    for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++)
        add(&catalogue, pairs[i][1]);
    similar_init(&similar, &catalogue);
    for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++) {
        const struct message *found = similar_find(&similar, pairs[i][0]);
        CHECK(found && text_equal(found->words, pairs[i][1]));
    }
}

static void test_unlike_messages_are_not_compared(void)
{
    enum { COUNT = 3000 };
    struct catalogue catalogue;
    struct similar similar;
    catalogue_init(&catalogue, &arena);
    for (size_t i = 0; i < COUNT; i++)
        add(&catalogue, words_of(40, 5000));
    similar_init(&similar, &catalogue);
    for (size_t i = 0; i < COUNT; i++)
        CHECK(!similar_find(&similar, words_of(40, 5000)));
    CHECK(similar.compared < COUNT / 10); /* of nine million pairs */
}

int main(void)
{
    arena_init(&arena);
    RUN(test_changed_words_find_their_message);
    RUN(test_short_words_are_compared_by_their_letters);
    RUN(test_unlike_messages_are_not_compared);
    arena_release(&arena);
    UNIT_EXIT();
}

/* Every example of the dialect translated with its own words: the property that the fuzz target
   looks for in what nobody wrote. It asserts, so a fault ends the program. */
#include "unit.h"

#include "../fuzz/translate.c"

#include "base/files.h"

static struct arena arena;

/* The articles between the fences of a file of tests/spec; how many could be published. */
static unsigned try_examples(text file)
{
    static const text opening = {"\n```` example\n", 14}, closing = {"\n.\n", 3};
    unsigned count = 0;
    size_t at = text_find(file, opening, 0);
    while (at != SIZE_MAX) {
        size_t end = text_find(file, closing, at + opening.length - 1);
        text example = text_slice(file, at + opening.length, end == SIZE_MAX ? file.length : end);
        const char *front =
            text_starts_with(example, TEXT("---")) ? "" : "---\ntitle: T\nlang: en\n---\n";
        count += try_input(arena_printf(&arena, "%s%.*s\n", front, TEXT_ARGUMENTS(example)));
        at = end == SIZE_MAX ? end : text_find(file, opening, end);
    }
    return count;
}

static void test_every_example_comes_back_as_it_is(void)
{
    text *names;
    size_t count;
    unsigned tried = 0;
    CHECK(folder_list(&arena, "tests/spec", &names, &count));
    for (size_t i = 0; i < count; i++) {
        text bytes;
        if (!text_ends_with(names[i], TEXT(".md")))
            continue;
        text path = arena_printf(&arena, "tests/spec/%.*s", TEXT_ARGUMENTS(names[i]));
        CHECK(file_read(&arena, path.bytes, (size_t)8 << 20, &bytes) == FILE_OK);
        tried += try_examples(bytes);
    }
    CHECK(tried >= 50);
}

static void test_chinese_lines_are_joined_without_a_space(void)
{
    struct report report;
    struct document document = {.arena = &arena,
                                .report = &report,
                                .folder = {.descriptor = -1},
                                .name = TEXT("t"),
                                .keeps_units = true};
    struct catalogue catalogue;
    report_init(&report, &arena);
    CHECK(read_article_bytes(&document,
                             TEXT("---\ntitle: T\nlang: zh-Hans\n---\n\n水。\n**清**\nwater\n水\n"),
                             TEXT("t.md")));
    catalogue_init(&catalogue, &arena);
    catalogue_of_units(&catalogue, &document, TEXT("t.md"));
    CHECK(catalogue.count == 2);
    CHECK_TEXT(catalogue.messages[1].words, "水。**清** water 水");
}

int main(void)
{
    arena_init(&arena);
    RUN(test_every_example_comes_back_as_it_is);
    RUN(test_chinese_lines_are_joined_without_a_space);
    arena_release(&arena);
    UNIT_EXIT();
}

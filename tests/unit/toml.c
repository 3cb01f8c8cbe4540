/* TOML: what the specification gives as examples and counter-examples, and the limits. */
#include "tests/unit/unit.h"

#include "base/buffer.h"
#include "base/limits.h"
#include "base/toml.h"

#include <string.h>

static struct arena arena;
static const char *why;
static struct yaml_place place;

static struct yaml_value *read(const char *bytes)
{
    why = NULL;
    place = (struct yaml_place){0};
    return toml_read(&arena, text_from_c(bytes), &why, &place);
}

/* The scalar at the path of keys and, for lists, numbers. */
static text at(const struct yaml_value *value, const char *const *path)
{
    for (; *path && value; path++) {
        if (value->kind == YAML_MAPPING) {
            value = yaml_find(value, text_from_c(*path));
            continue;
        }
        const struct yaml_value *item = value->first;
        for (int i = 0; i < (*path)[0] - '0' && item; i++)
            item = item->next;
        value = item;
    }
    return value && value->kind == YAML_SCALAR ? value->scalar : TEXT("(none)");
}

#define AT(value, ...) at((value), (const char *const[]){__VA_ARGS__, NULL})

static void test_keys_strings_and_plain_values(void)
{
    arena_init(&arena);
    struct yaml_value *top =
        read("# c\n title = \"A \\\"b\\\" \\u00e9\\t\" # c\r\n'a key'.\"b\" = 'C:\\x'\n"
             "d = 1979-05-27 07:32:00\nn = +1_000.5\nt = true\nlong = \"\"\"\nOne \\\n   "
             "two\n\"q\"\"\"\"\n"
             "raw = '''a\\\n'b''''\n");
    CHECK(top && !why);
    CHECK_TEXT(AT(top, "title"), "A \"b\" \xC3\xA9\t");
    CHECK_TEXT(AT(top, "a key", "b"), "C:\\x");
    CHECK_TEXT(AT(top, "d"), "1979-05-27 07:32:00");
    CHECK_TEXT(AT(top, "n"), "+1_000.5");
    CHECK_TEXT(AT(top, "long"), "One two\n\"q\"");
    CHECK_TEXT(AT(top, "raw"), "a\\\n'b'");
    CHECK(yaml_find(top, TEXT("t"))->plain && !yaml_find(top, TEXT("title"))->plain);
    const struct yaml_value *title = top->first;
    CHECK(title->place.line == 1 && title->place.column == 9 && title->place.end_line == 1 &&
          title->place.end_column == 27);
    CHECK(title->key_place.column == 1 && title->key_place.end_column == 6);
    arena_release(&arena);
}

static void test_tables_and_lists(void)
{
    arena_init(&arena);
    struct yaml_value *top =
        read("tags = [\"a\", # c\n  ['b', 2],\n]\nempty = []\nat = {x = 1, y.z = [3], w = {}}\n"
             "[a.b]\nc = 1\n[a]\nd = 2\n[[list]]\ne = 3\n[[list]]\ne = 4\n[list.in]\nf = 5\n");
    CHECK(top && !why);
    CHECK_TEXT(AT(top, "tags", "1", "0"), "b");
    CHECK_TEXT(AT(top, "tags", "1", "1"), "2");
    CHECK_TEXT(AT(top, "at", "y", "z", "0"), "3");
    CHECK_TEXT(AT(top, "a", "b", "c"), "1");
    CHECK_TEXT(AT(top, "a", "d"), "2");
    CHECK_TEXT(AT(top, "list", "0", "e"), "3");
    CHECK_TEXT(AT(top, "list", "1", "e"), "4");
    CHECK_TEXT(AT(top, "list", "1", "in", "f"), "5");
    CHECK(yaml_find(top, TEXT("empty"))->kind == YAML_SEQUENCE);
    top = read("");
    CHECK(top && !why && !top->first);
    arena_release(&arena);
}

static void test_what_is_wrong_is_told_with_its_place(void)
{
    static const struct {
        const char *toml;
        size_t line, column;
    } wrong[] = {
        {"a = 1\na = 2", 1, 0},
        {"a = b", 0, 4},
        {"a = ", 0, 4},
        {"a", 0, 1},
        {"= 1", 0, 0},
        {"a = \"b", 0, 4},
        {"a = \"\"\"b\n", 0, 4},
        {"a = \"\\x\"", 0, 6},
        {"a = \"\\ud800\"", 0, 7},
        {"a = \"\\uzzzz\"", 0, 7},
        {"a = 1 b = 2", 0, 6},
        {"a = [1 2]", 0, 7},
        {"a = [1", 0, 6},
        {"a = {b = 1", 0, 10},
        {"[a]\n[a]", 1, 1},
        {"[a", 0, 2},
        {"[[a]\nb = 1", 0, 3},
        {"a = 1\n[a.b]", 1, 1},
        {"a = {b = 1}\n[a]", 1, 1},
        {"a = [1]\n[[a]]", 1, 2},
        {"a = 1\na.b = 2", 1, 0},
        {"a = {b = 1\n}", 0, 10},
        {"a..b = 1", 0, 2},
        {"\xC3\xA9 = 1", 0, 0},
    };
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        arena_init(&arena);
        CHECK(!read(wrong[i].toml) && why);
        if (place.line != wrong[i].line || place.column != wrong[i].column)
            printf("# %s: %s at %zu:%zu\n", wrong[i].toml, why, place.line, place.column);
        CHECK(place.line == wrong[i].line && place.column == wrong[i].column);
        arena_release(&arena);
    }
}

static void read_repeated(const char *words, size_t times)
{
    struct buffer out;
    buffer_init(&out, 1 << 24);
    buffer_add_c(&out, "a = ");
    for (size_t i = 0; i < times; i++)
        buffer_add_c(&out, words);
    buffer_add_byte(&out, '\0');
    CHECK(!read(out.bytes) && why);
    buffer_release(&out);
}

static void test_depth_and_number_of_values_are_limited(void)
{
    arena_init(&arena);
    read_repeated("[", LIMIT_DEPTH + 1);
    CHECK(strstr(why, "too deep"));
    read_repeated("{a=", LIMIT_DEPTH + 1);
    CHECK(strstr(why, "too deep"));
    read_repeated("1\na.", 100000);
    CHECK(why != NULL);
    read_repeated("[1,2],", 1);
    CHECK(why != NULL);
    struct buffer out;
    buffer_init(&out, 1 << 24);
    buffer_add_c(&out, "a = [");
    for (size_t i = 0; i <= LIMIT_YAML_NODES; i++)
        buffer_add_c(&out, "1,");
    buffer_add_byte(&out, '\0');
    CHECK(!read(out.bytes) && strstr(why, "too many"));
    buffer_release(&out);
    arena_release(&arena);
}

int main(void)
{
    RUN(test_keys_strings_and_plain_values);
    RUN(test_tables_and_lists);
    RUN(test_what_is_wrong_is_told_with_its_place);
    RUN(test_depth_and_number_of_values_are_limited);
    UNIT_EXIT();
}

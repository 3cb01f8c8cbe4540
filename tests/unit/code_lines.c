/* Which lines of a source are words, code or hidden, as CommonMark's parser will see them. */
#include "tests/unit/unit.h"

#include "read/code_lines.h"

#include <string.h>

enum { MOST_LINES = 40 };

/* A letter for each line: w words, c code, h hidden; a capital W: words behind a comment that ends
   in the line. */
static const char *kinds_of(const char *bytes, struct code_lines lines)
{
    static char kinds[MOST_LINES + 1];
    text source = text_from_c(bytes);
    size_t count = 0;
    for (size_t from = 0, to; from < source.length && count < MOST_LINES; from = to + 1) {
        to = text_find_byte(source, '\n', from);
        to = to == SIZE_MAX ? source.length : to;
        enum line_kind kind = code_lines_take(&lines, source, from, to);
        kinds[count++] = kind == LINE_CODE     ? 'c'
                         : kind == LINE_HIDDEN ? 'h'
                         : lines.words > from  ? 'W'
                                               : 'w';
    }
    kinds[count] = '\0';
    return kinds;
}

#define CHECK_KINDS(source, kinds)                                                                 \
    CHECK_TEXT(text_from_c(kinds_of(source, CODE_LINES_BEGIN)), kinds)
#define CHECK_BLOCKS(source, kinds)                                                                \
    CHECK_TEXT(text_from_c(kinds_of(source, CODE_AND_BLOCKS_BEGIN)), kinds)

static void test_code_between_fences_ends_with_them_and_with_what_holds_it(void)
{
    CHECK_KINDS("a\n```\nb\n~~~\n```\nc", "wccccw");
    CHECK_KINDS("````\n```\n````\nc", "cccw");
    CHECK_KINDS("``` a ` b\nc", "ww");
    CHECK_KINDS("> ```\n> b\nc", "ccw");
    CHECK_KINDS("- ```\n  b\n\nc", "cccw");
    CHECK_KINDS("- ```\n  b\nc", "ccw");
    CHECK_KINDS("1. a\n\n   ```\n   b\n   ```\n   c", "wwcccw");
    CHECK_KINDS("```\n> b\n- c\n```\nd", "ccccw");
}

static void test_what_is_set_in_is_code_only_behind_a_blank_line(void)
{
    CHECK_KINDS("a\n    b\n\n    c\n\n    d\ne", "wwwcwcw");
    CHECK_KINDS("\ta\n\tb", "cc");
    CHECK_KINDS("# a\n    b", "wc");
    CHECK_KINDS("> a\n>\n>     b\n> c", "wwcw");
    CHECK_KINDS("a\n>     b", "wc");
}

static void test_what_is_set_in_belongs_to_an_item_note_or_box(void)
{
    CHECK_KINDS("- a\n\n    b\n\n      c\n\n    d", "wwwwcww");
    CHECK_KINDS("1. a\n   - b\n\n     c\n\n         d", "wwwwwc");
    CHECK_KINDS("- a\n\nb\n\n    c", "wwwwc");
    CHECK_KINDS("> - a\n\n    b", "wwc");
    CHECK_KINDS("* * *\na\n\n    b", "wwwc");
    CHECK_KINDS("[^1]: a\n\n    b\n\n        c", "wwwwc");
    CHECK_KINDS("!!! note\n\n    a\n\n        b", "wwwwc");
    CHECK_KINDS("t\n:   a\n\n    b", "wwww");
    CHECK_KINDS("(@) a\n\n    b", "www");
    CHECK_KINDS("a. a\n\n   b", "www");
    CHECK_KINDS("B. Russell\n\n    b", "wwc");
    CHECK_KINDS("-     a", "c");
}

static void test_a_paragraph_goes_on_in_lines_that_are_set_in(void)
{
    CHECK_KINDS("a\n      ```\n- b", "www");
    CHECK_KINDS("a\n    <!-- b\n\nc", "wwww");
    CHECK_KINDS("- a\n> b\n>     c\n\n>     d", "wwwwc");
    CHECK_KINDS("- a\n* * *\n    b", "wwc");
    CHECK_KINDS("<!-- a --> b\n    c", "Wc");
    CHECK_KINDS("- a\n<!-- b -->\n\tc", "whc");
    CHECK_KINDS("```\n    ```\na", "ccc");
    CHECK_KINDS("a <!-- b\n> c -->", "ww");
    CHECK_KINDS("a <!-- b\n<!-- c -->", "wh");
}

static void test_comments_hide_lines_and_words_may_follow(void)
{
    CHECK_KINDS("<!-- a\n```\n\nb -->\nc", "hhhhw");
    CHECK_KINDS("<!-- a --> b\nc", "Ww");
    CHECK_KINDS("<!-- a\n--> b\nc", "hWw");
    CHECK_KINDS("<!-- a -->\n    b", "hc");
    CHECK_KINDS("> <!-- a\nb -->", "hw");
    CHECK_KINDS("- <!-- a\n  b -->\n  c", "hhw");
    CHECK_KINDS("- <!-- a\nb -->", "hw");
    CHECK_KINDS("    <!-- a\nb", "cw");
    CHECK_KINDS("```\n<!-- a\n```\nb", "cccw");
    CHECK_KINDS("<!-->\nb", "hw");
}

static void test_a_comment_in_words_hides_only_what_ends_in_their_paragraph(void)
{
    CHECK_KINDS("a <!-- b\nc\nd --> e\nf", "whWw");
    CHECK_KINDS("a <!-- b\nc\n\nd --> e", "wwww");
    CHECK_KINDS("a <!-- b\n# c\nd --> e", "www");
    CHECK_KINDS("a <!-- b\n- c\nd --> e", "www");
    CHECK_KINDS("> a <!-- b\n>\n> d --> e", "www");
    CHECK_KINDS("a `<!--` b\nc -->", "ww");
    CHECK_KINDS("a \\<!-- b\nc -->", "ww");
    CHECK_KINDS("a <!-- b --> <!-- c\nd -->", "wh");
}

static void test_blocks_are_left_alone_where_a_room_asks(void)
{
    CHECK_BLOCKS("<pre>\n```\n</pre>\na", "hhhw");
    CHECK_BLOCKS("$$\na\n$$\nb", "hhhw");
    CHECK_BLOCKS("$$ 5\n\nb", "hww");
    CHECK_BLOCKS("- <pre>\n  a\nb", "hhw");
    CHECK_BLOCKS("<prefix>\na", "ww");
    CHECK_KINDS("<pre>\n<x>\n</pre>", "www");
}

static void test_code_and_comments_within_a_line_are_skipped(void)
{
    text source = TEXT("a `b` <!-- c --> \\<!-- d <!-- e\nf -->");
    struct code_lines lines = CODE_LINES_BEGIN;
    CHECK(code_lines_take(&lines, source, 0, 31) == LINE_WORDS);
    CHECK(lines.marks == 0);
    CHECK(code_lines_skip(&lines, source, 31, 0) == 0);
    CHECK(code_lines_skip(&lines, source, 31, 2) == 5);
    CHECK(code_lines_skip(&lines, source, 31, 6) == 16);
    CHECK(code_lines_skip(&lines, source, 31, 18) == 18);
    CHECK(code_lines_skip(&lines, source, 31, 25) == 31);
}

static void test_marks_before_the_words_of_a_line(void)
{
    static const struct {
        const char *line;
        size_t marks;
    } rows[] = {{"a", 0}, {"> - a", 4}, {"  1. - > a", 9}, {"- - -", 0}, {"[^n]: a", 6}};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct code_lines lines = CODE_LINES_BEGIN;
        text source = text_from_c(rows[i].line);
        code_lines_take(&lines, source, 0, source.length);
        CHECK(lines.marks == rows[i].marks);
    }
}

static void test_lines_without_end_cost_linear_time(void)
{
    enum { LENGTH = 4 * 1000 * 1000 };
    char *bytes = malloc(LENGTH);
    for (size_t i = 0; i < LENGTH; i++)
        bytes[i] = "a <!-- \n"[i % 8];
    struct code_lines lines = CODE_LINES_BEGIN;
    text source = {bytes, LENGTH};
    size_t count = 0;
    for (size_t from = 0, to; from < LENGTH; from = to + 1) {
        to = text_find_byte(source, '\n', from);
        to = to == SIZE_MAX ? LENGTH : to;
        count += code_lines_take(&lines, source, from, to) == LINE_WORDS;
    }
    CHECK(count == LENGTH / 8);
    for (size_t i = 0; i < LENGTH; i++) /* one line of code, and comments without end beside it */
        bytes[i] = "`<!--"[i % 5];
    lines = CODE_LINES_BEGIN;
    CHECK(code_lines_take(&lines, source, 0, LENGTH) == LINE_WORDS);
    for (size_t at = 0, behind; at<LENGTH; at = behind> at ? behind : at + 1)
        behind = code_lines_skip(&lines, source, LENGTH, at);
    free(bytes);
}

int main(void)
{
    RUN(test_code_between_fences_ends_with_them_and_with_what_holds_it);
    RUN(test_what_is_set_in_is_code_only_behind_a_blank_line);
    RUN(test_what_is_set_in_belongs_to_an_item_note_or_box);
    RUN(test_a_paragraph_goes_on_in_lines_that_are_set_in);
    RUN(test_comments_hide_lines_and_words_may_follow);
    RUN(test_a_comment_in_words_hides_only_what_ends_in_their_paragraph);
    RUN(test_blocks_are_left_alone_where_a_room_asks);
    RUN(test_code_and_comments_within_a_line_are_skipped);
    RUN(test_marks_before_the_words_of_a_line);
    RUN(test_lines_without_end_cost_linear_time);
    UNIT_EXIT();
}

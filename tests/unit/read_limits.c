/* Inputs made to cost too much: each pattern is repeated to a size at which time that grows with
   the square of it would be noticed, and the limits are met one by one. */
#include "tests/unit/unit.h"

#include "base/limits.h"
#include "base/report.h"
#include "read/read.h"

#include <time.h>

enum { REPEATED_BYTES = 150 * 1000, MOST_SECONDS = 20 }; /* milliseconds without a sanitizer */

static struct arena arena;
static struct report report;
static struct document document;

static bool read_bytes(text source)
{
    report_init(&report, &arena);
    document = (struct document){.arena = &arena, .report = &report, .folder = {.descriptor = -1}};
    return read_article_bytes(&document, source, TEXT("a.md"));
}

static void begin(void)
{
    arena_release(&arena);
    arena_init(&arena);
}

static text repeat(const char *before, const char *pattern, const char *after)
{
    struct buffer out;
    buffer_init(&out, 4 * REPEATED_BYTES);
    buffer_add_c(&out, "---\ntitle: T\nlang: en\n---\n");
    buffer_add_c(&out, before);
    while (out.length < REPEATED_BYTES)
        buffer_add_c(&out, pattern);
    buffer_add_c(&out, after);
    text source = arena_copy(&arena, buffer_text(&out));
    buffer_release(&out);
    return source;
}

static bool is_reported(const char *rule)
{
    for (size_t i = 0; i < report.count; i++) {
        if (strcmp(report.diagnostics[i].rule->id, rule) == 0)
            return true;
    }
    return false;
}

static const char *const patterns[][3] = {
    {"", ">", " a\n"},
    {"", "{{#include a}} ", "\n"},
    {"", "{{#include a", "\n"},
    {"", "{% include a.b %}\n\n", "\n"},
    {"", "{% include ", "\n"},
    {"", "{{< include a >}}\n", "\n"},
    {"", "{{{{<", "\n"},
    {"", "--8<-- \"a\"\n", "\n"},
    {"--8<--\n", "a.md\n", "\n"},
    {"", "```{include} a\n", "\n"},
    {"", "```{include} a\n```\n", "\n"},
    {"```{include} a\n", ":lines: 1\n", "```\n"},
    {"", "```{r child=\"a\"}\n", "\n"},
    {"", "<!--@include: a-->", "\n"},
    {"", "<!--@include: a", "\n"},
    {"", "[!INCLUDE [a](", "\n"},
    {"", "{!a.b!}", "\n"},
    {"", "{! ", "\n"},
    {"", "import A from './a.md'\n", "<A />\n"},
    {"import A from './a.md'\n", "<A ", "\n"},
    {"", "> ", "a\n"},
    {"", "- ", "a\n"},
    {"", "1. ", "a\n"},
    {"", "[", "\n"},
    {"", "]", "\n"},
    {"", "[a](", "\n"},
    {"", "![a", "\n"},
    {"", "![a @b", "\n"},
    {"", "[a]{.x}", "\n"},
    {"", "]{.a}", "\n"},
    {"", "] ]{.a}", "\n"},
    {"", "[a]{", "\n"},
    {"", "]{a=\"", "\n"},
    {"# ", "{a", "\n"},
    {"", "[@a; ", "]\n"},
    {"[ ", "@a ", "]\n"},
    {"", "[@a]", "\n"},
    {"", "@a [p. ", "\n"},
    {"", "a @b [c ", "\n"},
    {"", "[^a]", "\n\n[^a]: b\n"},
    {"", "[^a", "\n"},
    {"", "[^a]: b\n\n", "\n"},
    {"", "::: note\n", "\n"},
    {"", ":::\n", "\n"},
    {"", "::: note\n\n:::\n\n", "\n"},
    {"a\n", ": ", "b\n"},
    {"", "a\n: b\n\n", "\n"},
    {"a\n", ": b\n", "\n"},
    {"![a](b)\n", ": c\n", "\n"},
    {"![a\n", ": c\n", "\n"},
    {"|a|\n|-|\n", ": c\n", "\n"},
    {"", "a\n|-\n", "\n"},
    {"", "a\n", "|-\n"},
    {"", "|a\n", "|-|-\n"},
    {"", "a|b\n", "-|-\n"},
    {"|a|b|\n|-|-|\n", "|*a*|\\||\n", "\n"},
    {"|a|\n|-|\n|", "*a* ", "|\n"},
    {"", "*a **b ", "\n"},
    {"", "**x [a*b**c*](d) ", "\n"},
    {"", "_", "\n"},
    {"", "a**b", "\n"},
    {"", "~~a ", "\n"},
    {"", "`a``", "\n"},
    {"", "&amp;a *b* ", "\n"},
    {"", "<!--", "\n"},
    {"", "a <!-- b --> ", "\n"},
    {"", "<a ", "\n"},
    {"", "<!A ", "\n"},
    {"", "# a\n\n", "\n"},
    {"# b\n\n", "[a](#b) ", "\n"},
    {"", "[a](#b) ", "\n"},
    {"", "[b]{#a} ", "\n"},
    {"[a]: b\n\n", "[a] ", "\n"},
    {"", "a\n", "\n"},
    {"", "*a*\n", "\n"},
    {"", "a\\\n", "\n"},
    {"", "\\ ", "\n"},
    {"", "http://a.b ", "\n"},
    {"", "www.a", "\n"},
    {"", "a@b.c ", "\n"},
    {"", "a@b.c/", "\n"},
    {"", "mailto:a@", "\n"},
    {"", "- a\n+ b\n", "\n"},
    /* formulas and other dialects' notations */
    {"", "![a][b] ", "\n"},
    {"", "[[a]] ", "\n"},
    {"", "[[", "\n"},
    {"", "[a](b c", "\n"},
    {"", "[a](b c) ", "\n"},
    {"", "$a ", "\n"},
    {"", "$$ ", "\n"},
    {"", "$a$ ", "\n"},
    {"", "$`a ", "\n"},
    {"", "$$\n", "\n"},
    {"", "\\(x^2 ", "\n"},
    {"", "\\(x^2\\) ", "\n"},
    {"", "\\[x^2 ", "\n"},
    {"", "\\begin{a}\n", "\n"},
    {"", "{{a ", "\n"},
    {"", "{{a}} ", "\n"},
    {"", "{{< a ", "\n"},
    {"", "{% ", "\n"},
    {"", "{: ", "\n"},
    {"", "{#a ", "\n"},
    {"", "a^", "\n"},
    {"", "^a^", "\n"},
    {"", "a~", "\n"},
    {"", "~a ", "\n"},
    {"", "==a ", "\n"},
    {"", "%%a ", "\n"},
    {"", "^[", "\n"},
    {"", "a:b:", "\n"},
    {"", ":a: ", "\n"},
    {"", "[INSERT a", "\n"},
    {"", "XX/XX/", "\n"},
    {"", "lorem ipsum ", "\n"},
    {"", "+---+\n", "\n"},
    {"", "| a\n", "\n"},
    {"", "| a |\n", "\n"},
    {"", "a. b\n", "\n"},
    {"", "!!! a\n", "\n"},
    {"", "::: a b\n", "\n"},
    {"", "<a b> ", "\n"},
    {"", "\\a{", "\n"},
    {"", "%%", "\n"},
    {"", "++a ", "\n"},
    {"", "^^a ", "\n"},
    {"", "``a ", "\n"},
    {"", "a ^a\n\n", "[a](#^a)\n"},
    {"", "[a](#^a) ", "\n"},
    {"", "{==a ", "\n"},
    {"", "a|9](", "\n"},
    {"", "| a\nb\n", "\n"},
    {"a\n", "  ~ b\n", ""},
    {"", "#) a\n", ""},
    {"", "|-+-|\n", ""},
    {"", "```js [a\n```\n", ""},
    {"", "\\& \\dots ", "\n"},
    {"", "![[]()", "\n"},
};

static void time_grows_with_the_size(void)
{
    for (size_t i = 0; i < sizeof patterns / sizeof patterns[0]; i++) {
        begin();
        text source = repeat(patterns[i][0], patterns[i][1], patterns[i][2]);
        clock_t start = clock();
        read_bytes(source);
        double seconds = (double)(clock() - start) / CLOCKS_PER_SEC;
        if (seconds > MOST_SECONDS)
            printf("# \"%s\": %.1f s\n", patterns[i][1], seconds);
        CHECK(seconds <= MOST_SECONDS);
    }
}

static void the_tree_is_never_deeper_than_the_limits_say(void)
{
    for (size_t i = 0; i < sizeof patterns / sizeof patterns[0]; i++) {
        begin();
        if (!read_bytes(repeat(patterns[i][0], patterns[i][1], patterns[i][2])))
            continue;
        int depth = 0, deepest = 0;
        struct walk walk;
        walk_init(&walk, document.root);
        while (walk_next(&walk)) {
            depth += walk.entering ? 1 : -1;
            deepest = depth > deepest ? depth : deepest;
        }
        CHECK(deepest <= 3 * LIMIT_DEPTH);
    }
}

static void parts_too_deep_are_told_once(void)
{
    static const char *const deep[] = {"> ", "- ", "::: note\n", "*a _b "};
    for (size_t i = 0; i < sizeof deep / sizeof deep[0]; i++) {
        begin();
        bool is_emphasis = deep[i][0] == '*';
        struct buffer end;
        buffer_init(&end, 64 * 1024);
        for (int k = 0; k < 300 && is_emphasis; k++)
            buffer_add_c(&end, "c_ d* ");
        buffer_add(&end, "a\n", 3);
        struct buffer source;
        buffer_init(&source, 64 * 1024);
        buffer_add_c(&source, "---\ntitle: T\nlang: en\n---\n");
        for (int k = 0; k < 300; k++)
            buffer_add_c(&source, deep[i]);
        buffer_add_c(&source, end.bytes);
        read_bytes(arena_copy(&arena, buffer_text(&source)));
        buffer_release(&source);
        buffer_release(&end);
        size_t count = 0;
        for (size_t d = 0; d < report.count; d++)
            count += strcmp(report.diagnostics[d].rule->id, "nesting-too-deep") == 0;
        CHECK(count == 1);
    }
}

static void tables_have_a_widest(void)
{
    begin();
    struct buffer out;
    buffer_init(&out, 64 * 1024);
    buffer_add_c(&out, "---\ntitle: T\nlang: en\n---\n");
    for (int i = 0; i < LIMIT_TABLE_COLUMNS + 1; i++)
        buffer_add_c(&out, "|a");
    buffer_add_c(&out, "|\n");
    for (int i = 0; i < LIMIT_TABLE_COLUMNS + 1; i++)
        buffer_add_c(&out, "|-");
    buffer_add_c(&out, "|\n|b|\n");
    CHECK(read_bytes(arena_copy(&arena, buffer_text(&out))));
    CHECK(is_reported("table-too-wide"));
    buffer_clear(&out);
    buffer_add_c(&out, "---\ntitle: T\nlang: en\n---\na\n");
    for (int i = 0; i < 1001; i++)
        buffer_add_byte(&out, '|');
    CHECK(!read_bytes(arena_copy(&arena, buffer_text(&out))));
    CHECK(is_reported("table-too-wide"));
    buffer_release(&out);
}

/* 63 columns from four bytes a row. */
static void rows_cannot_make_up_cells_without_end(void)
{
    begin();
    struct buffer out;
    buffer_init(&out, 1024 * 1024);
    buffer_add_c(&out, "---\ntitle: T\nlang: en\n---\n");
    for (int i = 0; i < LIMIT_TABLE_COLUMNS; i++)
        buffer_add_c(&out, "|a");
    buffer_add_c(&out, "|\n");
    for (int i = 0; i < LIMIT_TABLE_COLUMNS; i++)
        buffer_add_c(&out, "|-");
    buffer_add_c(&out, "|\n");
    for (int i = 0; i < 20000; i++)
        buffer_add_c(&out, "|b|\n");
    read_bytes(arena_copy(&arena, buffer_text(&out)));
    CHECK(is_reported("input-too-large") && report.errors == 1);
    document_number_nodes(&document);
    CHECK(document.node_count < 650 * 1000);
    buffer_release(&out);
}

int main(void)
{
    arena_init(&arena);
    RUN(time_grows_with_the_size);
    RUN(the_tree_is_never_deeper_than_the_limits_say);
    RUN(parts_too_deep_are_told_once);
    RUN(tables_have_a_widest);
    RUN(rows_cannot_make_up_cells_without_end);
    arena_release(&arena);
    UNIT_EXIT();
}

/* Each limit of what is read, at its edge: the last value that is taken and the first that is not,
   which is told. What a document may not cost is read_limits.c's. */
#include "unit.h"

#include "base/limits.h"
#include "base/report.h"
#include "read/read.h"

static struct arena arena;
static struct report report;
static struct document document;

static bool read_with(const char *front, const char *body)
{
    arena_release(&arena);
    arena_init(&arena);
    report_init(&report, &arena);
    document = (struct document){.arena = &arena, .report = &report, .folder = {.descriptor = -1}};
    text source = arena_printf(&arena, "---\ntitle: T\nlang: en\n%s\n---\n\n%s\n", front, body);
    return read_article_bytes(&document, source, TEXT("a.md"));
}

static size_t count_of(const char *rule)
{
    size_t count = 0;
    for (size_t i = 0; i < report.count; i++)
        count += strcmp(report.diagnostics[i].rule->id, rule) == 0;
    return count;
}

/* One value among its words: "%s" in the pattern. */
struct edge {
    const char *value;
    bool is_taken;
};

static void check_edges(const char *front, const char *body, const char *rule,
                        const struct edge *edges, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        struct arena words;
        arena_init(&words);
        /* the value stands in one of them; the other has no place for it */
        text f = TEXT_EMPTY, b = TEXT_EMPTY;
        for (const char *c = front; *c; c++)
            f = *c == '@' ? arena_printf(&words, "%.*s%s", TEXT_ARGUMENTS(f), edges[i].value)
                          : arena_printf(&words, "%.*s%c", TEXT_ARGUMENTS(f), *c);
        for (const char *c = body; *c; c++)
            b = *c == '@' ? arena_printf(&words, "%.*s%s", TEXT_ARGUMENTS(b), edges[i].value)
                          : arena_printf(&words, "%.*s%c", TEXT_ARGUMENTS(b), *c);
        read_with(f.length ? f.bytes : "", b.length ? b.bytes : "");
        bool is_taken = count_of(rule) == 0;
        if (is_taken != edges[i].is_taken)
            printf("# %s: %s\n", edges[i].value, is_taken ? "taken" : "refused");
        CHECK(is_taken == edges[i].is_taken);
        arena_release(&words);
    }
}

#define CHECK_EDGES(front, body, rule, ...)                                                        \
    do {                                                                                           \
        static const struct edge edges[] = {__VA_ARGS__};                                          \
        check_edges(front, body, rule, edges, sizeof edges / sizeof *edges);                       \
    } while (0)

static void widths_of_pictures(void)
{
    CHECK_EDGES("", "![A dot](dot.png){width=@}", "attribute-value", {"0%", false}, {"0.5%", true},
                {"1%", true}, {"100%", true}, {"100.5%", false}, {"101%", false}, {"250%", false},
                {"-5%", false}, {"0pt", false}, {"0.9pt", false}, {"1pt", true}, {"14400pt", true},
                {"14401pt", false}, {"201in", false}, {"200in", true}, {"%", false}, {"50", true});
}

static void spans_of_cells(void)
{
    static const char rows[] = "<table><tr><th rowspan=\"@\">a</th><th>b</th></tr>"
                               "<tr><td>c</td></tr></table>";
    CHECK_EDGES("", rows, "attribute-value", {"1", true}, {"2", true}, {"10000", true},
                {"10001", false}, {"-1", false}, {"2.5", false});
    static const char columns[] = "<table><tr><th colspan=\"@\">a</th></tr></table>";
    CHECK_EDGES("", columns, "attribute-value", {"1", true}, {"62", true}, {"63", true},
                {"-1", false}, {"x", false});
    static const char cell[] = "| a | b |\n|---|---|\n| c {rowspan=@} | d |\n| | e |\n\n: C";
    CHECK_EDGES("", cell, "attribute-value", {"1", true}, {"2", true}, {"10000", true},
                {"10001", false}, {"0", false}, {"-1", false});
    CHECK_EDGES("", columns, "table-too-wide", {"63", true}, {"64", false});
}

static void heads_of_tables(void)
{
    static const char table[] = "| a | b |\n|---|---|\n| 1 | 2 |\n| 3 | 4 |\n\n: C {head-rows=@}";
    CHECK_EDGES("", table, "attribute-value", {"0", false}, {"1", true}, {"2", true}, {"3", false},
                {"101", false}, {"x", false});
    static const char side[] = "| a | b |\n|---|---|\n| 1 | 2 |\n\n: C {header-columns=@}";
    CHECK_EDGES("", side, "attribute-value", {"0", true}, {"1", true}, {"2", true}, {"3", false},
                {"-1", false});
}

static void sizes_of_pages(void)
{
    CHECK_EDGES("page: {width: @, height: 100mm}", "Words.", "front-matter-syntax", {"40mm", true},
                {"39.9mm", false}, {"2000mm", true}, {"2000.5mm", false}, {"0mm", false},
                {"4cm", true}, {"10", false});
    CHECK_EDGES("page: {width: 100mm, height: @}", "Words.", "front-matter-syntax", {"40mm", true},
                {"39.9mm", false}, {"2000mm", true}, {"2000.5mm", false});
    CHECK_EDGES("page: {size: a4, margin: @}", "Words.", "front-matter-syntax", {"0mm", true},
                {"20mm", true}, {"-1mm", false}, {"2001mm", false});
    CHECK_EDGES("page: {size: a4, bleed: @}", "Words.", "front-matter-syntax", {"0mm", true},
                {"3mm", true}, {"25mm", true}, {"25.5mm", false}, {"-1mm", false});
    CHECK_EDGES("page: {size: a4, columns: @}", "Words.", "front-matter-syntax", {"0", false},
                {"1", true}, {"2", true}, {"3", false});
}

static void dates(void)
{
    CHECK_EDGES("date: @", "Words.", "front-matter-unread", {"2026", true}, {"2026-00", false},
                {"2026-01", true}, {"2026-12", true}, {"2026-13", false}, {"2026-01-00", false},
                {"2026-01-01", true}, {"2026-01-31", true}, {"2026-01-32", false},
                {"2026-04-30", true}, {"2026-04-31", false}, {"2026-02-28", true},
                {"2026-02-29", false}, {"2024-02-29", true}, {"2024-02-30", false},
                {"1900-02-29", false}, {"2000-02-29", true}, {"0000", false}, {"0000-01-01", false},
                {"2026-00-10", false});
}

/* `count` attributes on a span. */
static bool takes_attributes(int count)
{
    struct buffer body;
    buffer_init(&body, 1 << 20);
    buffer_add_c(&body, "[words]{");
    for (int i = 0; i < count; i++)
        buffer_printf(&body, "%s.c%d", i ? " " : "", i);
    buffer_add_c(&body, "}");
    buffer_add_byte(&body, 0);
    read_with("", body.bytes);
    buffer_release(&body);
    size_t classes = 0;
    struct walk walk;
    walk_init(&walk, document.root);
    while (walk_next(&walk)) {
        for (const struct attribute *a = walk.entering ? walk.node->attributes : NULL; a;
             a = a->next)
            classes++;
    }
    return classes == (size_t)count;
}

static void attributes_of_a_node(void)
{
    CHECK(takes_attributes(1));
    CHECK(takes_attributes(LIMIT_ATTRIBUTES));
    CHECK(!takes_attributes(LIMIT_ATTRIBUTES + 1));
}

/* Blocks in blocks: quotations hold one, a list and its item are two. */
static void depth_of_blocks(void)
{
    static const struct {
        const char *opening;
        int most;
    } rows[] = {{"> ", LIMIT_DEPTH - 1}, {"- ", LIMIT_DEPTH / 2 - 1}};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        for (int more = 0; more < 2; more++) {
            struct buffer body;
            buffer_init(&body, 4096);
            for (int k = 0; k < rows[i].most + more; k++)
                buffer_add_c(&body, rows[i].opening);
            buffer_add(&body, "a", sizeof "a");
            read_with("", body.bytes);
            CHECK(count_of("nesting-too-deep") == (size_t)more);
            buffer_release(&body);
        }
    }
}

int main(void)
{
    arena_init(&arena);
    RUN(widths_of_pictures);
    RUN(spans_of_cells);
    RUN(heads_of_tables);
    RUN(sizes_of_pages);
    RUN(dates);
    RUN(attributes_of_a_node);
    RUN(depth_of_blocks);
    arena_release(&arena);
    UNIT_EXIT();
}

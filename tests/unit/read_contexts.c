/* Every construct in every place that can hold it: the tree must be the same as outside, and every
   character must be told its place in the source. */
#include "tests/unit/unit.h"

#include "base/report.h"
#include "read/read.h"

static const char front[] = "---\ntitle: T\nlang: en\n---\n";
enum { FRONT_LINES = 4 };

struct reading {
    struct arena arena;
    struct report report;
    struct document document;
    text source;
};

static void read_source(struct reading *reading, const char *body)
{
    arena_init(&reading->arena);
    report_init(&reading->report, &reading->arena);
    reading->document =
        (struct document){.arena = &reading->arena, .report = &reading->report, .name = TEXT("a")};
    CHECK(folder_open(&reading->document.folder, &reading->arena, TEXT("tests/spec/files")));
    reading->source = arena_printf(&reading->arena, "%s%s", front, body);
    CHECK(read_article_bytes(&reading->document, reading->source, TEXT("a.md")));
}

/* Blocks: each may span several lines. A line with # alone is blank in the source. */
static const char *const constructs[] = {
    "Plain words *and **stressed** ones*, `code`, ~~gone~~.\n",
    "Two lines\nof *words\non* three\n",
    "A\\\nhard `break\nin` code\n",
    "[span]{lang=fr} and [two *x*]{dir=rtl #y} [abbr]{abbr=\"a b\"}\n",
    "[link](https://example.org/ \"title\") <https://example.org/> www.example.org a@example.org\n",
    "[link](https://example.org/\n\"title\") after *it*\n",
    "![image](dot.png){width=50%} in `a` line\n",
    "![figure](dot.png){#f}\n\n: Caption *here* {#c}\n",
    "![figure](dot.png)\n: Caption\n",
    "See [see @one, p. 3; @two] and @one [p. 4] *there*\n",
    "Note[^n] after *it*\n",
    "a\\ b &amp; c &lt; *d* \\* e\n",
    "- one\n- two\n\n  more *words*\n  - deeper\n",
    "3. three\n4. four\n",
    "> quoted *words*\n> > deeper\n> lazy\n",
    "```c\nint a;\n  b\n```\n",
    "    indented code\n",
    "term *t*\n: definition\n  goes `on`\n\n  and *on*\n: another\n",
    ("| a | b |\n|---|:-:|\n| *x* \\| y | [z]{lang=de} `w` |\n| q {colspan=2} | |\n\n: Caption {#t "
     "header-columns=1}\n"),
    "::: note\nwords *here*\n\n- list\n:::\n",
    "::: {.video title=\"V\" url=\"https://example.org/\"}\nwords\n:::\n",
    "***\n",
    "\\newpage\n",
    "<!-- comment -->\n\nafter *it*\n",
    "before <!-- comment --> after *it*\n",
    "[a]: https://example.org/\n[a] and *then*\n",
    "a > b \xE4\xB8\xAD\xE6\x96\x87\xEF\xBC\x8C\n\xE5\x88\x86\xE8\xA1\x8C *c*\n",
};

/* Places: the first line and the lines after it begin with these. */
static const struct {
    const char *name, *first, *rest, *before, *after;
    enum node_kind holder; /* the kind of the node whose children are the construct */
} contexts[] = {
    {"nothing", "", "", "", "", NODE_DOCUMENT},
    {"a quotation", "> ", "> ", "", "", NODE_BLOCK_QUOTE},
    {"an item", "- ", "  ", "", "", NODE_LIST_ITEM},
    {"a numbered item", "12) ", "    ", "", "", NODE_LIST_ITEM},
    {"a box", "", "", "::: {lang=en}\n", ":::\n", NODE_DIV},
    {"a callout", "", "", "::::: tip\n", ":::::\n", NODE_CALLOUT},
    {"a definition", ":   ", "    ", "term\n\n", "", NODE_DEFINITION},
    {"a narrow definition", ": ", "  ", "term\n", "", NODE_DEFINITION},
    {"a quotation in an item", "- > ", "  > ", "", "", NODE_BLOCK_QUOTE},
    {"an item in a quotation", "> + ", ">   ", "", "", NODE_LIST_ITEM},
    {"a box in an item", "  ", "  ", "- ::: {lang=en}\n", "  :::\n", NODE_DIV},
    {"a box in a quotation", "> ", "> ", "> ::: {lang=en}\n", "> :::\n", NODE_DIV},
};

static text put_into(struct arena *arena, const char *construct, size_t context)
{
    struct buffer out;
    buffer_init(&out, 64 * 1024);
    buffer_add_c(&out, contexts[context].before);
    bool is_first = true;
    for (const char *line = construct; *line; line = strchr(line, '\n') + 1) {
        size_t length = (size_t)(strchr(line, '\n') - line);
        const char *prefix = is_first ? contexts[context].first : contexts[context].rest;
        /* a blank line has no spaces after it */
        size_t prefix_length = strlen(prefix);
        while (length == 0 && prefix_length && prefix[prefix_length - 1] == ' ')
            prefix_length--;
        buffer_add(&out, prefix, prefix_length);
        buffer_add(&out, line, length + 1);
        is_first = false;
    }
    buffer_add_c(&out, contexts[context].after);
    buffer_add_c(&out, "\n[^n]: The note.\n");
    text source = arena_copy(arena, buffer_text(&out));
    buffer_release(&out);
    return source;
}

static const struct node *find_holder(const struct document *document, enum node_kind kind)
{
    const struct node *found = NULL;
    struct walk walk;
    walk_init(&walk, document->root);
    while (walk_next(&walk) && !found) {
        bool is_inner = walk.node->kind == kind;
        /* the outermost of its kind; but "a box in an item" is looked for below the item */
        if (walk.entering && is_inner)
            found = walk.node;
    }
    return found;
}

/* The tree below a node without places. */
static text shape_of(struct reading *reading, const struct node *holder)
{
    struct document part = reading->document;
    struct node *root = node_new(&reading->arena, NODE_DOCUMENT, (struct span){0});
    const struct node *first = holder->first_child;
    while (first && (first->kind == NODE_TITLE || first->kind == NODE_CALLOUT_TITLE))
        first = first->next;
    root->first_child = (struct node *)(uintptr_t)first;
    root->last_child = holder->last_child;
    part.root = root;
    struct buffer dump, shape;
    buffer_init(&dump, 1024 * 1024);
    buffer_init(&shape, 1024 * 1024);
    /* the children must find their way out of the walk */
    for (struct node *child = root->first_child; child; child = child->next)
        child->parent = root;
    document_dump(&part, &dump);
    text rest = buffer_text(&dump);
    while (rest.length) {
        size_t end = text_find_byte(rest, '\n', 0);
        text line = text_slice(rest, 0, end);
        size_t place = text_find(line, TEXT(" @"), 0);
        while (place != SIZE_MAX && text_find(line, TEXT(" @"), place + 1) != SIZE_MAX)
            place = text_find(line, TEXT(" @"), place + 1);
        if (!text_starts_with(line, TEXT("metadata")))
            buffer_add_text(&shape, text_slice(line, 0, place == SIZE_MAX ? line.length : place));
        buffer_add_byte(&shape, '\n');
        rest = text_slice(rest, end + 1, rest.length);
    }
    text result = arena_copy(&reading->arena, buffer_text(&shape));
    buffer_release(&shape);
    buffer_release(&dump);
    return result;
}

static text source_line(text source, uint32_t number)
{
    size_t start = 0;
    for (uint32_t line = 1; line < number; line++)
        start = text_find_byte(source, '\n', start) + 1;
    text line = text_slice(source, start, text_find_byte(source, '\n', start));
    bool has_return = line.length && line.bytes[line.length - 1] == '\r';
    return text_slice(line, 0, line.length - has_return);
}

/* Whether the words of a text begin in the source where its span says. Escapes, entities and
   no-break spaces are written otherwise than read. */
static bool is_at_its_place(const struct reading *reading, const struct node *node)
{
    text line = source_line(reading->source, node->span.line);
    text there = text_slice(line, node->span.column - 1, line.length);
    size_t same = 0;
    while (same < node->text.length && same < there.length &&
           node->text.bytes[same] == there.bytes[same])
        same++;
    bool is_rest_written_otherwise =
        same < there.length && (there.bytes[same] == '\\' || there.bytes[same] == '&');
    bool is_line_end = same + 1 >= node->text.length && same == there.length;
    return same == node->text.length || is_rest_written_otherwise || is_line_end ||
           (node->kind == NODE_CODE && same == there.length) ||
           text_find(there, TEXT("<!--"), 0) != SIZE_MAX;
}

static void check_places(struct reading *reading, const char *construct, const char *context)
{
    struct walk walk;
    walk_init(&walk, reading->document.root);
    while (walk_next(&walk)) {
        const struct node *node = walk.node;
        bool is_words = node->kind == NODE_TEXT || node->kind == NODE_CODE;
        bool is_below_title = node->parent && (node->parent->kind == NODE_TITLE ||
                                               node->parent->kind == NODE_CALLOUT_TITLE);
        if (!walk.entering || !is_words || node->generated || is_below_title)
            continue;
        if (!is_at_its_place(reading, node))
            printf("# %s in %s: \"%.*s\" at %u:%u\n", construct, context,
                   TEXT_ARGUMENTS(node->text), node->span.line - FRONT_LINES, node->span.column);
        CHECK(is_at_its_place(reading, node));
    }
}

static void each_construct_reads_alike_in_each_context(void)
{
    for (size_t i = 0; i < sizeof constructs / sizeof constructs[0]; i++) {
        struct reading plain;
        struct arena plain_arena;
        arena_init(&plain_arena);
        read_source(&plain, put_into(&plain_arena, constructs[i], 0).bytes);
        CHECK(plain.report.errors == 0);
        text wanted = shape_of(&plain, plain.document.root);
        for (size_t c = 1; c < sizeof contexts / sizeof contexts[0]; c++) {
            struct reading inside;
            struct arena arena;
            /* more than four spaces after a colon are one space, and code */
            if (constructs[i][0] == ' ' && strcmp(contexts[c].first, ":   ") == 0)
                continue;
            arena_init(&arena);
            read_source(&inside, put_into(&arena, constructs[i], c).bytes);
            const struct node *holder = find_holder(&inside.document, contexts[c].holder);
            CHECK(inside.report.errors == 0 && holder);
            text got = holder ? shape_of(&inside, holder) : TEXT_EMPTY;
            if (!text_equal(got, wanted))
                printf("# %s in %s:\n%.*s\nwanted\n%.*s\n", constructs[i], contexts[c].name,
                       TEXT_ARGUMENTS(got), TEXT_ARGUMENTS(wanted));
            CHECK(text_equal(got, wanted));
            arena_release(&inside.arena);
            arena_release(&arena);
        }
        arena_release(&plain.arena);
        arena_release(&plain_arena);
    }
}

static void each_text_stands_at_its_place_in_each_context(void)
{
    for (size_t i = 0; i < sizeof constructs / sizeof constructs[0]; i++) {
        for (size_t c = 0; c < sizeof contexts / sizeof contexts[0]; c++) {
            struct reading reading;
            struct arena arena;
            arena_init(&arena);
            read_source(&reading, put_into(&arena, constructs[i], c).bytes);
            check_places(&reading, constructs[i], contexts[c].name);
            arena_release(&reading.arena);
            arena_release(&arena);
        }
    }
}

static void lines_may_end_with_carriage_returns(void)
{
    struct reading reading;
    read_source(&reading, "One *two*\r\nthree [x]{lang=fr}\r\n\r\n| a |\r\n|---|\r\n| `b` c |\r\n");
    CHECK(reading.report.errors == 0);
    check_places(&reading, "carriage returns", "nothing");
    arena_release(&reading.arena);
}

int main(void)
{
    RUN(each_construct_reads_alike_in_each_context);
    RUN(each_text_stands_at_its_place_in_each_context);
    RUN(lines_may_end_with_carriage_returns);
    UNIT_EXIT();
}

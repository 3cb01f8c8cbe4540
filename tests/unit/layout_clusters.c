/* Clusters: what a reader takes for one sign is in one font, and stays on one line. */
#include "tests/unit/layout_sample.h"

/* Each is one cluster, and one font of the manifest has all of it. */
static const char *const clusters[] = {
    "👨‍👩‍👧‍👦",    /* joined */
    "👩🏽‍⚕️",            /* with a skin tone, joined, in colour */
    "👍🏿",                     /* with a skin tone */
    "🇩🇪",                           /* regional letters */
    "🏳️‍🌈",               /* a flag, joined */
    "1️⃣",                      /* a key */
    "#️⃣",                      /* another */
    "❤️",                       /* in colour */
    "x̄",                            /* a letter with a mark that has no character of its own */
    "A⃗",                            /* a mark for symbols on a letter */
    "🏴󠁧󠁢󠁥󠁮󠁧󠁿", /* with tags */
};

enum { CLUSTER_COUNT = sizeof clusters / sizeof *clusters };

/* The runs of a paragraph that hold a part of these bytes. */
static size_t runs_over(const struct node *node, size_t from, size_t to)
{
    size_t count = 0;
    const struct glyph_run *run;
    for (size_t i = 0; (run = find_run(node, PIECE_CONTENT, i)); i++)
        count += run->text_offset < to && run->text_offset + run->text.length > from;
    return count;
}

static void a_cluster_is_in_one_font(void)
{
    for (size_t i = 0; i < CLUSTER_COUNT; i++) {
        begin("en");
        text words = arena_printf(&arena, "a %s a", clusters[i]);
        struct node *node = add(add(document.root, NODE_PARAGRAPH), NODE_TEXT);
        node->text = words;
        lay_out(500, 400);
        size_t runs = runs_over(node, 2, words.length - 2);
        if (runs != 1)
            printf("# %s is in %zu runs\n", clusters[i], runs);
        CHECK(runs == 1);
        CHECK(all_is_painted_once());
    }
}

/* In every width, though the words are longer than the line. */
static void a_cluster_stays_on_one_line(void)
{
    for (double width = 60; width < 120; width += 5) {
        begin("en");
        text words = TEXT_EMPTY;
        for (size_t i = 0; i < CLUSTER_COUNT; i++)
            words = arena_printf(&arena, "%.*s%s", TEXT_ARGUMENTS(words), clusters[i]);
        struct node *node = add(add(document.root, NODE_PARAGRAPH), NODE_TEXT);
        node->text = words;
        lay_out(width, 800);
        CHECK(all_is_painted_once());
        size_t from = 0;
        for (size_t i = 0; i < CLUSTER_COUNT; i++) {
            CHECK(runs_over(node, from, from + strlen(clusters[i])) == 1);
            from += strlen(clusters[i]);
        }
    }
}

/* Two flags beside each other are two clusters, not one of four letters. */
static void two_flags_are_two_clusters(void)
{
    begin("en");
    struct node *node = add_words(add(document.root, NODE_PARAGRAPH), "🇩🇪🇫🇷");
    lay_out(500, 400);
    const struct glyph_run *run = find_run(node, PIECE_CONTENT, 0);
    size_t heads = 0;
    for (uint32_t i = 0; run && i < run->glyph_count; i++)
        heads += run->glyphs[i].text_length > 0;
    CHECK(heads == 2);
}

/* A key is drawn as one glyph by the one font that can. */
static void a_key_is_one_glyph(void)
{
    begin("en");
    struct node *node = add_words(add(document.root, NODE_PARAGRAPH), "1️⃣");
    lay_out(500, 400);
    const struct glyph_run *run = find_run(node, PIECE_CONTENT, 0);
    CHECK(run && run->glyph_count == 1 && run->width > run->size);
}

static void a_joiner_is_no_glyph(void)
{
    begin("en");
    struct node *node = add_words(add(document.root, NODE_PARAGRAPH), "👨‍👩‍👧‍👦");
    lay_out(500, 400);
    const struct glyph_run *run = find_run(node, PIECE_CONTENT, 0);
    CHECK(run && run->glyph_count == 4 && run->glyphs[0].text_length == 25);
}

int main(void)
{
    RUN(a_cluster_is_in_one_font);
    RUN(a_cluster_stays_on_one_line);
    RUN(two_flags_are_two_clusters);
    RUN(a_key_is_one_glyph);
    RUN(a_joiner_is_no_glyph);
    end();
    UNIT_EXIT();
}

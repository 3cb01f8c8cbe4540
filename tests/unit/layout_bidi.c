/* Text in two directions as it is seen on the page, from left to right (UAX 9). The lines on the
   right were worked out by hand from the rules. */
#include "tests/unit/layout_sample.h"

#include <hb.h>
#include <stdlib.h>

static int compare_runs(const void *a, const void *b)
{
    float left = (*(const struct glyph_run *const *)a)->x;
    float right = (*(const struct glyph_run *const *)b)->x;
    return (left > right) - (left < right);
}

/* As signs are seen: a bracket in text from right to left is painted as its mirror image. */
static void add_seen(struct buffer *out, text cluster, bool right_to_left)
{
    for (size_t offset = 0; offset < cluster.length;) {
        uint32_t c = text_next(cluster, &offset);
        if (right_to_left)
            c = hb_unicode_mirroring(hb_unicode_funcs_get_default(), c);
        buffer_add_code_point(out, c);
    }
}

static void add_run(struct buffer *out, const struct glyph_run *run)
{
    size_t offset = 0, end = run->text.length;
    for (uint32_t i = 0; i < run->glyph_count; i++) {
        uint32_t at = run->right_to_left ? run->glyph_count - 1 - i : i;
        size_t length = run->glyphs[at].text_length;
        size_t from = run->right_to_left ? end - length : offset;
        add_seen(out, text_slice(run->text, from, from + length), run->right_to_left);
        offset += length;
        end -= length;
    }
}

/* What the first page says, its runs from left to right; there must be one line, and the page's
   number is left out. */
static text seen(void)
{
    static const struct glyph_run *runs[64];
    size_t count = 0;
    for (size_t i = 0; i < pages.pages[0].item_count && count < 64; i++) {
        const struct page_item *item = &pages.pages[0].items[i];
        if (item->kind == ITEM_RUN && item->piece == PIECE_CONTENT)
            runs[count++] = item->run;
    }
    qsort(runs, count, sizeof *runs, compare_runs);
    struct buffer *out = ARENA_NEW(&arena, struct buffer);
    buffer_init(out, 4096);
    for (size_t i = 0; i < count; i++)
        add_run(out, runs[i]);
    text copy = {arena_copy_c(&arena, buffer_text(out)), buffer_text(out).length};
    buffer_release(out);
    return copy;
}

static const struct {
    const char *language, *logical, *visual;
} lines[] = {
    {"he", "אב גד", "דג בא"},
    {"he", "אב 12 גד", "דג 12 בא"},
    {"he", "אב abc 12 גד", "דג abc 12 בא"},
    {"he", "אב (cd) גד", "דג (cd) בא"},
    {"he", "אב (גד) ef.", ".ef (דג) בא"},
    {"he", "אב [1–3], גד", "דג ,[3–1] בא"},
    {"he", "73% אב", "בא 73%"},
    {"he", "אב 10-12 גד", "דג 10-12 בא"},
    {"he", "אב ab, cd (ef), גד", "דג ,ab, cd (ef) בא"},
    {"he", "אב +49 30 גד", "דג 30 49+ בא"},
    {"ar", "رد 73% ود", "دو %73 در"},
    {"ar", "رد 10-12 ود", "دو 12-10 در"},
    {"ar", "رد 3.5 ود", "دو 3.5 در"},
    {"ar", "رد ١٢٫٥٪ ود", "دو ٪١٢٫٥ در"},
    {"ar", "رد 2026/01/31 ود", "دو 2026/01/31 در"},
    {"ar", "رد «ود» (ab)", "(ab) «دو» در"},
    {"en", "ab אב (12) cd", "ab (12) בא cd"},
    {"en", "ab אב, גד! cd", "ab דג ,בא! cd"},
};

static void lines_are_seen_as_the_rules_say(void)
{
    for (size_t i = 0; i < sizeof lines / sizeof *lines; i++) {
        begin(lines[i].language);
        add_words(add(document.root, NODE_PARAGRAPH), lines[i].logical);
        lay_out(500, 400);
        CHECK(all_is_painted_once());
        CHECK_TEXT(seen(), lines[i].visual);
    }
}

static void code_is_read_from_left_to_right_among_hebrew(void)
{
    begin("he");
    struct node *paragraph = add(document.root, NODE_PARAGRAPH);
    add_words(paragraph, "אב ");
    add(paragraph, NODE_CODE)->text = TEXT("--a b++");
    add_words(paragraph, " גד");
    lay_out(500, 400);
    CHECK_TEXT(seen(), "דג --a b++ בא");
    CHECK(all_is_painted_once());
}

static void a_note_is_called_at_the_left_of_its_sentence(void)
{
    begin("he");
    struct node *paragraph = add(document.root, NODE_PARAGRAPH);
    struct node *words = add_words(paragraph, "אב.");
    struct node *call = add(paragraph, NODE_NOTE_REFERENCE);
    struct node *mark = add_words(call, "1");
    struct node *after = add_words(paragraph, " גד");
    lay_out(500, 400);
    const struct glyph_run *sentence = find_run(words, PIECE_CONTENT, 0);
    const struct glyph_run *called = find_run(mark, PIECE_CONTENT, 0);
    const struct glyph_run *next = find_run(after, PIECE_CONTENT, 0);
    CHECK(sentence->x > called->x && called->x > next->x);
    CHECK_TEXT(seen(), "דג 1.בא");
}

static void links_keep_their_place_in_either_direction(void)
{
    begin("he");
    struct node *paragraph = add(document.root, NODE_PARAGRAPH);
    add_words(paragraph, "אב ");
    add_words(add(paragraph, NODE_LINK), "ab (cd)");
    add_words(paragraph, ", ");
    add_words(add(paragraph, NODE_LINK), "גד");
    add_words(paragraph, ".");
    lay_out(500, 400);
    CHECK_TEXT(seen(), ".דג ,ab (cd) בא");
}

static void labels_and_columns_begin_at_the_right(void)
{
    begin("he");
    struct node *list = add(document.root, NODE_LIST);
    list->list.ordered = true;
    list->list.start = 1;
    struct node *item = add(list, NODE_LIST_ITEM);
    struct node *words = add_words(add(item, NODE_PARAGRAPH), "אב");
    struct node *table = add(document.root, NODE_TABLE);
    table->table.columns = 2;
    struct node *row = add(add(table, NODE_TABLE_BODY), NODE_TABLE_ROW), *cells[2];
    for (unsigned i = 0; i < 2; i++) {
        struct node *cell = add(row, NODE_TABLE_CELL);
        cell->cell.column = i;
        cell->cell.column_span = cell->cell.row_span = 1;
        cells[i] = add_words(cell, i == 0 ? "א" : "ב");
    }
    lay_out(500, 400);
    const struct glyph_run *label = find_run(item, PIECE_LABEL, 0);
    CHECK(label && label->x > find_run(words, PIECE_CONTENT, 0)->x);
    CHECK(find_run(cells[0], PIECE_CONTENT, 0)->x > find_run(cells[1], PIECE_CONTENT, 0)->x);
}

int main(void)
{
    RUN(lines_are_seen_as_the_rules_say);
    RUN(code_is_read_from_left_to_right_among_hebrew);
    RUN(a_note_is_called_at_the_left_of_its_sentence);
    RUN(links_keep_their_place_in_either_direction);
    RUN(labels_and_columns_begin_at_the_right);
    end();
    UNIT_EXIT();
}

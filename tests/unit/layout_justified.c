/* Justified and hyphenated lines, on the pages and in the method. */
#include "tests/unit/first_fit.h"
#include "tests/unit/layout_sample.h"

#include "layout/hyphenation.h"
#include "layout/optimal.h"

#include <math.h>

static struct theme chosen;

static void lay_out_as(void (*change)(struct theme *theme))
{
    document_number_nodes(&document);
    struct theme_options wishes = {.paper_width = 420, .paper_height = 595};
    theme_resolve(&document, &wishes, &chosen);
    change(&chosen);
    struct layout_options options = {.theme = &chosen};
    arena_release(&pages_arena);
    CHECK(layout_document(&document, &options, fonts, &pages_arena, &pages));
}

static void justify(struct theme *theme)
{
    theme->justified = true;
}

static void justify_and_divide(struct theme *theme)
{
    theme->justified = theme->hyphenated = true;
}

static void hang(struct theme *theme)
{
    theme->justified = theme->hyphenated = theme->hanging_punctuation = true;
}

/* The lines of a text on the first page: where their ink begins and ends, and their words. */
struct set_line {
    float baseline, left, right;
    char words[400];
};

static void append(char *to, size_t room, text added)
{
    size_t length = strlen(to);
    snprintf(to + length, room - length, "%.*s", TEXT_ARGUMENTS(added));
}

static size_t find_lines(const struct node *text_node, struct set_line *lines, size_t most)
{
    size_t count = 0;
    for (size_t i = 0; i < pages.pages[0].item_count; i++) {
        const struct page_item *item = &pages.pages[0].items[i];
        if (item->kind != ITEM_RUN || item->node != text_node)
            continue;
        const struct glyph_run *run = item->run;
        if (!count || fabsf(lines[count - 1].baseline - run->baseline) > 0.1F) {
            if (count == most)
                break;
            lines[count++] = (struct set_line){run->baseline, run->x, run->x, ""};
        }
        struct set_line *line = &lines[count - 1];
        text words = run->text;
        float right = run->x + run->width;
        if (words.length && words.bytes[words.length - 1] == ' ')
            right = run->x + run->glyphs[run->glyph_count - 1].x;
        line->left = run->x < line->left ? run->x : line->left;
        line->right = right > line->right ? right : line->right;
        append(line->words, sizeof line->words, words);
    }
    return count;
}

static const char prose[] =
    "Communication between departments requires understanding, and understanding requires "
    "documentation that everybody can immediately recognise, whichever organisation commissioned "
    "the publication; accessibility considerations consequently influence administration, "
    "procurement and maintenance throughout the organisation.";

static void test_justified_lines_end_at_the_measure_but_the_last(void)
{
    begin("en");
    struct node *words = add_words(add(document.root, NODE_PARAGRAPH), prose);
    lay_out_as(justify_and_divide);
    struct set_line lines[20];
    size_t count = find_lines(words, lines, 20);
    CHECK(count > 3);
    for (size_t i = 0; i + 1 < count; i++)
        CHECK(fabsf(lines[i].right - lines[0].right) < 0.1F &&
              fabsf(lines[i].left - lines[0].left) < 0.1F);
    CHECK(lines[count - 1].right < lines[0].right - 5);
}

static void test_ragged_lines_keep_their_spaces(void)
{
    begin("en");
    struct node *words = add_words(add(document.root, NODE_PARAGRAPH), prose);
    lay_out(420, 595);
    struct set_line lines[20];
    size_t count = find_lines(words, lines, 20), different = 0;
    for (size_t i = 1; i + 1 < count; i++)
        different += fabsf(lines[i].right - lines[0].right) > 1;
    CHECK(count > 3 && different > 0);
}

/* What the lines say, one after the other, is what was written; a hyphen says a soft one. */
static void check_words(const struct set_line *lines, size_t count, const char *written)
{
    char all[2000] = "";
    for (size_t i = 0; i < count; i++) {
        size_t length = strlen(lines[i].words);
        bool is_divided = length > 1 && memcmp(lines[i].words + length - 2, "\xC2\xAD", 2) == 0;
        append(all, sizeof all, (text){lines[i].words, is_divided ? length - 2 : length});
    }
    CHECK_TEXT(text_from_c(all), written);
}

static void test_words_are_divided_by_their_language(void)
{
    begin("en");
    struct node *words = add_words(add(document.root, NODE_PARAGRAPH), prose);
    lay_out_as(justify_and_divide);
    struct set_line lines[20];
    size_t count = find_lines(words, lines, 20), divided = 0;
    check_words(lines, count, prose);
    for (size_t i = 0; i < count; i++) {
        size_t length = strlen(lines[i].words);
        divided += length > 1 && memcmp(lines[i].words + length - 2, "\xC2\xAD", 2) == 0;
    }
    CHECK(divided > 0 && report.count == 0);
}

static void test_signs_at_the_end_hang_out(void)
{
    begin("en");
    struct node *words = add_words(add(document.root, NODE_PARAGRAPH), prose);
    lay_out_as(hang);
    struct set_line lines[20];
    size_t count = find_lines(words, lines, 20), hanging = 0;
    float least = 1e9F;
    for (size_t i = 0; i + 1 < count; i++)
        least = lines[i].right < least ? lines[i].right : least;
    for (size_t i = 0; i + 1 < count; i++) {
        size_t length = strlen(lines[i].words);
        bool has_hyphen = length > 1 && memcmp(lines[i].words + length - 2, "\xC2\xAD", 2) == 0;
        if (has_hyphen) {
            hanging++;
            CHECK(lines[i].right > least + 1);
        }
    }
    CHECK(hanging > 0);
    check_words(lines, count, prose);
}

static void test_a_language_without_a_dictionary_is_left_whole(void)
{
    begin("mt");
    add_words(add(document.root, NODE_PARAGRAPH), prose);
    add_words(add(document.root, NODE_PARAGRAPH), prose);
    lay_out_as(justify_and_divide);
    CHECK(report.count == 0);
}

static void test_justified_text_from_right_to_left(void)
{
    begin("ar");
    struct node *words = add_words(
        add(document.root, NODE_PARAGRAPH),
        "الشلل الدماغي اسم جامع لعدة حالات تنتج عن إصابة في الدماغ حول وقت الولادة ويسمي الأطباء "
        "هذا الوقت فترة ما حول الولادة وقد تكون لهذه الإصابة أسباب مختلفة منها عدوى في الرحم أو "
        "ولادة مبكرة جدا أو خلل وراثي أو نقص في الأكسجين أثناء الولادة");
    lay_out_as(justify_and_divide);
    struct set_line lines[20];
    size_t count = find_lines(words, lines, 20);
    CHECK(count > 2);
    CHECK_TEXT(report.count ? report.diagnostics[0].message : TEXT_EMPTY, "");
}

static void test_chinese_lines_stretch_between_characters(void)
{
    begin("zh-Hans");
    struct node *words = add_words(
        add(document.root, NODE_PARAGRAPH),
        "脑性瘫痪是几种疾病的总称。它们是在出生前后大脑受到损伤而引起的。医生把这段时间称为围产期。"
        "这种损伤可能有不同的原因：子宫感染、过早出生、遗传缺陷或分娩时缺氧。每一种都可能杀死两种脑"
        "细胞。");
    lay_out_as(justify);
    struct set_line lines[20];
    size_t count = find_lines(words, lines, 20);
    CHECK(count > 2);
    for (size_t i = 0; i + 1 < count; i++)
        CHECK(fabsf(lines[i].right - lines[0].right) < 0.2F);
}

static void test_text_without_spaces_keeps_to_the_measure(void)
{
    begin("th");
    struct node *words =
        add_words(add(document.root, NODE_PARAGRAPH),
                  "ทุกคนมีน้ำสะอาดสำหรับเด็กและครอบครัวที่บ้านทุกคนมีน้ำสะอาดสำหรับเด็กและครอบครัวที่บ้าน"
                  "ทุกคนมีน้ำสะอาดสำหรับเด็กและครอบครัวที่บ้าน");
    lay_out_as(justify);
    struct set_line lines[20];
    size_t count = find_lines(words, lines, 20);
    CHECK(count > 1 && report.count == 0);
    for (size_t i = 0; i < count; i++)
        CHECK(lines[i].right < 420 - 20);
}

static void test_words_that_are_no_words_stay_whole(void)
{
    size_t bad_line = 0;
    struct arena own;
    arena_init(&own);
    CHECK(hyphenation_new(&own, TEXT("en | 2"), &bad_line) == NULL && bad_line == 1);
    CHECK(hyphenation_new(&own, TEXT("# a\nen | 0 | 2 | /f | p\n"), &bad_line) == NULL &&
          bad_line == 2);
    struct hyphenation *absent =
        hyphenation_new(&own, TEXT("en|2|3|/nothing/here|some-package\n"), &bad_line);
    CHECK(absent && hyphenation_find(absent, TEXT("en-GB")) == NULL);
    size_t place = 0;
    text language, package;
    CHECK(hyphenation_next_absent(absent, &place, &language, &package));
    CHECK_TEXT(package, "some-package");
    CHECK(!hyphenation_next_absent(absent, &place, &language, &package));
    arena_release(&own);
    begin("en");
    struct node *words =
        add_words(add(document.root, NODE_PARAGRAPH),
                  "internationalisation@organisation.example INTERNATIONALISATION "
                  "communication-understanding https://example.org/administration "
                  "internationalisation@organisation.example INTERNATIONALISATION");
    lay_out_as(justify_and_divide);
    struct set_line lines[20];
    size_t count = find_lines(words, lines, 20);
    for (size_t i = 0; i < count; i++)
        CHECK(strstr(lines[i].words, "\xC2\xAD") == NULL);
}

/* the method against brute force */

enum { MOST_ITEMS = 24 };

static unsigned next_random(unsigned *seed)
{
    *seed = *seed * 1664525U + 1013904223U;
    return *seed >> 16;
}

static size_t make_items(struct break_item *items, unsigned *seed)
{
    size_t count = 0, words = 4 + next_random(seed) % 5;
    for (size_t i = 0; i < words; i++) {
        items[count++] =
            (struct break_item){.width = (float)(10 + next_random(seed) % 40), .kind = BREAK_BOX};
        if (i + 1 < words)
            items[count++] =
                (struct break_item){.width = 6, .stretch = 3, .shrink = 2, .kind = BREAK_GLUE};
    }
    items[count++] = (struct break_item){.penalty = PENALTY_NEVER, .kind = BREAK_PENALTY};
    items[count++] = (struct break_item){.stretch = 1e5F, .kind = BREAK_GLUE};
    items[count++] = (struct break_item){.penalty = PENALTY_FORCED, .kind = BREAK_PENALTY};
    return count;
}

/* The demerits of a set of breaks, as the paper defines them without hyphens and fitness; a set
   with a line out of bounds: infinite. */
static double demerits_of(const struct break_item *items, const size_t *breaks, size_t lines,
                          const struct optimal_options *options)
{
    double sum = 0;
    size_t from = 0;
    for (size_t l = 0; l < lines; l++) {
        double width = 0, stretch = 0, shrink = 0;
        while (from < breaks[l] && items[from].kind != BREAK_BOX)
            from++;
        for (size_t i = from; i < breaks[l]; i++) {
            width += items[i].kind == BREAK_PENALTY ? 0 : (double)items[i].width;
            stretch += (double)items[i].stretch;
            shrink += (double)items[i].shrink;
        }
        double missing = (double)options->measure - width;
        double ratio = missing >= 0 ? (stretch > 0      ? missing / stretch
                                       : missing > 0.01 ? 1e9
                                                        : 0)
                                    : (shrink > 0 ? missing / shrink : -1e9);
        if (ratio < -1 || ratio > (double)options->tolerance)
            return INFINITY;
        double bad = (double)options->line_penalty + 100 * fabs(ratio * ratio * ratio);
        sum += bad * bad;
        from = breaks[l] + 1;
    }
    return sum;
}

static double least_by_force(const struct break_item *items, size_t count,
                             const struct optimal_options *options)
{
    size_t places[MOST_ITEMS], place_count = 0;
    for (size_t i = 1; i + 3 < count; i++) {
        if (items[i].kind == BREAK_GLUE)
            places[place_count++] = i;
    }
    double least = INFINITY;
    for (unsigned set = 0; set < 1U << place_count; set++) {
        size_t breaks[MOST_ITEMS], lines = 0;
        for (size_t i = 0; i < place_count; i++) {
            if (set >> i & 1)
                breaks[lines++] = places[i];
        }
        breaks[lines++] = count - 1;
        double demerits = demerits_of(items, breaks, lines, options);
        least = demerits < least ? demerits : least;
    }
    return least;
}

static void test_no_other_set_of_breaks_is_better(void)
{
    unsigned seed = 1981;
    struct optimal_room room = {0};
    size_t compared = 0;
    for (int round = 0; round < 400; round++) {
        struct break_item items[MOST_ITEMS + 4];
        size_t count = make_items(items, &seed), breaks[MOST_ITEMS + 4];
        struct optimal_options options =
            optimal_options_for((float)(60 + next_random(&seed) % 80), false);
        options.fitness_demerits = 0;
        options.tolerance = 20;
        double least = least_by_force(items, count, &options);
        size_t lines = break_optimal(items, count, &options, &room, breaks, NULL, NULL);
        if (!isfinite(least))
            continue;
        compared++;
        CHECK(fabs(demerits_of(items, breaks, lines, &options) - least) <= least * 1e-4);
        lines = break_first_fit(items, count, options.measure, breaks);
        CHECK(demerits_of(items, breaks, lines, &options) >= least * (1 - 1e-4));
    }
    CHECK(compared > 100);
    optimal_room_release(&room);
}

int main(void)
{
    RUN(test_justified_lines_end_at_the_measure_but_the_last);
    RUN(test_ragged_lines_keep_their_spaces);
    RUN(test_words_are_divided_by_their_language);
    RUN(test_signs_at_the_end_hang_out);
    RUN(test_a_language_without_a_dictionary_is_left_whole);
    RUN(test_justified_text_from_right_to_left);
    RUN(test_chinese_lines_stretch_between_characters);
    RUN(test_text_without_spaces_keeps_to_the_measure);
    RUN(test_words_that_are_no_words_stay_whole);
    RUN(test_no_other_set_of_breaks_is_better);
    end();
    UNIT_EXIT();
}

/* Justified and hyphenated lines on the pages. */
#include "tests/unit/layout_sample.h"

#include "layout/hyphenation.h"

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

static void justify_without_tracking(struct theme *theme)
{
    theme->justified = theme->hyphenated = true;
    theme->tracking = 0;
}

static void justify_and_hardly_divide(struct theme *theme)
{
    theme->justified = theme->hyphenated = true;
    theme->hyphen_penalty = 4000;
    theme->tolerance = 20;
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
    "Institutionalised communication between departments requires understanding, and understanding "
    "requires "
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
    begin("en");
    words = add_words(add(document.root, NODE_PARAGRAPH), prose);
    lay_out_as(justify_and_hardly_divide);
    count = find_lines(words, lines, 20);
    for (size_t i = 0; i < count; i++) {
        size_t length = strlen(lines[i].words);
        CHECK(length < 2 || memcmp(lines[i].words + length - 2, "\xC2\xAD", 2) != 0);
    }
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

/* The distances from an "e" to an "n" that follows it, in a text set in one size: least and most.
 */
static void measure_pairs(const struct node *words, float *least, float *most)
{
    *least = 1e9F;
    *most = -1e9F;
    for (size_t i = 0; i < pages.pages[0].item_count; i++) {
        const struct page_item *item = &pages.pages[0].items[i];
        if (item->kind != ITEM_RUN || item->node != words)
            continue;
        const struct glyph_run *run = item->run;
        size_t at = 0;
        for (size_t k = 0; k + 1 < run->glyph_count; at += run->glyphs[k++].text_length) {
            if (memcmp(run->text.bytes + at, "en", 2) != 0 || run->glyphs[k].text_length != 1)
                continue;
            float distance = run->glyphs[k + 1].x - run->glyphs[k].x;
            *least = distance < *least ? distance : *least;
            *most = distance > *most ? distance : *most;
        }
    }
}

static void test_letters_of_even_lines_move_by_a_hair(void)
{
    float least, most;
    begin("en");
    struct node *words = add_words(add(document.root, NODE_PARAGRAPH), prose);
    lay_out(420, 595);
    measure_pairs(words, &least, &most);
    CHECK(most - least < 0.001F);
    float natural = least;
    begin("en");
    words = add_words(add(document.root, NODE_PARAGRAPH), prose);
    lay_out_as(justify_and_divide);
    measure_pairs(words, &least, &most);
    CHECK(most - least > 0.02F);
    begin("en");
    words = add_words(add(document.root, NODE_PARAGRAPH), prose);
    lay_out_as(justify_without_tracking);
    float least_still, most_still;
    measure_pairs(words, &least_still, &most_still);
    CHECK(most_still - least_still < 0.001F);
    CHECK(most <= natural + 0.012F * 12 + 0.001F && least >= natural - 0.012F * 12 - 0.001F);
}

static void test_a_language_without_a_dictionary_is_left_whole(void)
{
    begin("mt");
    add_words(add(document.root, NODE_PARAGRAPH), prose);
    add_words(add(document.root, NODE_PARAGRAPH), prose);
    lay_out_as(justify_and_divide);
    CHECK(report.count == 0);
}

static const char arabic[] =
    "الشلل الدماغي اسم جامع لعدة حالات تنتج عن إصابة في الدماغ حول وقت الولادة ويسمي الأطباء "
    "هذا الوقت فترة ما حول الولادة وقد تكون لهذه الإصابة أسباب مختلفة منها عدوى في الرحم أو "
    "ولادة مبكرة جدا أو خلل وراثي أو نقص في الأكسجين أثناء الولادة";

/* The edges of the ink of a line that runs from right to left: spaces at its end hang out left. */
static float left_of_words(const struct node *text_node, float baseline)
{
    float left = 1e9F;
    for (size_t i = 0; i < pages.pages[0].item_count; i++) {
        const struct page_item *item = &pages.pages[0].items[i];
        if (item->kind != ITEM_RUN || item->node != text_node ||
            fabsf(item->run->baseline - baseline) > 0.1F)
            continue;
        size_t offset = 0;
        for (uint32_t g = 0; g < item->run->glyph_count; g++) {
            const struct glyph *glyph = &item->run->glyphs[g];
            bool is_space = glyph->text_length == 1 && item->run->text.bytes[offset] == ' ';
            offset += glyph->text_length;
            float x = item->run->x + glyph->x;
            left = !is_space && x < left ? x : left;
        }
    }
    return left;
}

static float right_of_words(const struct node *text_node, float baseline)
{
    float right = -1e9F;
    for (size_t i = 0; i < pages.pages[0].item_count; i++) {
        const struct page_item *item = &pages.pages[0].items[i];
        if (item->kind == ITEM_RUN && item->node == text_node &&
            fabsf(item->run->baseline - baseline) < 0.1F && item->run->x + item->run->width > right)
            right = item->run->x + item->run->width;
    }
    return right;
}

static void test_justified_text_from_right_to_left(void)
{
    begin("ar");
    struct node *words = add_words(add(document.root, NODE_PARAGRAPH), arabic);
    lay_out_as(justify_and_divide);
    struct set_line lines[20];
    size_t count = find_lines(words, lines, 20);
    CHECK(count > 2);
    for (size_t i = 0; i < count; i++) /* the start is at the right */
        CHECK(fabsf(right_of_words(words, lines[i].baseline) -
                    right_of_words(words, lines[0].baseline)) < 0.1F);
    for (size_t i = 0; i + 1 < count; i++)
        CHECK(fabsf(left_of_words(words, lines[i].baseline) -
                    left_of_words(words, lines[0].baseline)) < 0.1F);
    CHECK(left_of_words(words, lines[count - 1].baseline) >
          left_of_words(words, lines[0].baseline) + 5);
    check_words(lines, count, arabic);
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

static void test_signs_at_the_start_hang_out(void)
{
    static const char quoted[] =
        "\u201Cdocumentation\u201D \u201Cadministration\u201D \u201Cprocurement\u201D "
        "\u201Cmaintenance\u201D \u201Caccessibility\u201D \u201Cpublication\u201D "
        "\u201Corganisation\u201D considerations influence departments \u201Cunderstanding\u201D "
        "communication requires \u201Cimmediately\u201D recognised \u201Cconsequences\u201D";
    begin("en");
    struct node *words = add_words(add(document.root, NODE_PARAGRAPH), quoted);
    lay_out_as(hang);
    struct set_line lines[20];
    size_t count = find_lines(words, lines, 20), hanging = 0, flush = 0;
    float edge = -1e9F;
    for (size_t i = 0; i < count; i++)
        edge = lines[i].left > edge ? lines[i].left : edge;
    for (size_t i = 0; i < count; i++) {
        bool is_quote = memcmp(lines[i].words, "\u201C", 3) == 0;
        hanging += is_quote;
        flush += !is_quote;
        CHECK(is_quote ? lines[i].left < edge - 1 : fabsf(lines[i].left - edge) < 0.1F);
    }
    CHECK(hanging > 0 && flush > 0 && report.count == 0);
    check_words(lines, count, quoted);
}

/* A paragraph on the Pages value: where each line stands, how wide it is, what it says. */
static void test_the_dump_of_even_and_divided_lines(void)
{
    static const char wanted[] =
        "  text 29.4 63.93 364.32 NotoSans-Regular 12 #1a1a1a content text \"Institutionalised "
        "communication between departments requires \"\n"
        "  text 29.4 81.33 364.32 NotoSans-Regular 12 #1a1a1a content text \"understanding, and "
        "understanding requires documentation that \"\n"
        "  text 29.4 98.73 364.32 NotoSans-Regular 12 #1a1a1a content text \"everybody can "
        "immediately recognise, whichever organisation \"\n"
        "  text 29.4 116.13 361.2 NotoSans-Regular 12 #1a1a1a content text \"commissioned the "
        "publication; accessibility considerations conse\u00AD\"\n"
        "  text 29.4 133.53 364.32 NotoSans-Regular 12 #1a1a1a content text \"quently influence "
        "administration, procurement and maintenance \"\n"
        "  text 29.4 150.93 164.23 NotoSans-Regular 12 #1a1a1a content text \"throughout the "
        "organisation.\"\n";
    begin("en");
    add_words(add(document.root, NODE_PARAGRAPH), prose);
    lay_out_as(justify_and_divide);
    struct buffer out;
    buffer_init(&out, 100000);
    pages_dump(&pages, &out);
    text dump = buffer_text(&out);
    size_t from = text_find(dump, TEXT("  text "), 0), to = from;
    for (size_t at = from; (at = text_find(dump, TEXT(" content text \""), at)) != SIZE_MAX;
         at = to)
        to = text_find_byte(dump, '\n', at) + 1;
    CHECK_TEXT(text_slice(dump, from, to), wanted);
    buffer_release(&out);
}

int main(void)
{
    RUN(test_justified_lines_end_at_the_measure_but_the_last);
    RUN(test_ragged_lines_keep_their_spaces);
    RUN(test_words_are_divided_by_their_language);
    RUN(test_signs_at_the_end_hang_out);
    RUN(test_letters_of_even_lines_move_by_a_hair);
    RUN(test_a_language_without_a_dictionary_is_left_whole);
    RUN(test_justified_text_from_right_to_left);
    RUN(test_chinese_lines_stretch_between_characters);
    RUN(test_text_without_spaces_keeps_to_the_measure);
    RUN(test_words_that_are_no_words_stay_whole);
    RUN(test_signs_at_the_start_hang_out);
    RUN(test_the_dump_of_even_and_divided_lines);
    end();
    UNIT_EXIT();
}

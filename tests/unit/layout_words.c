/* Scripts without spaces, or with marks in their place: lines end between words, never in a
   cluster. The words were divided by hand. */
#include "tests/unit/layout_sample.h"

#include <hb.h>

enum { MOST_WORDS = 24 };

static const struct sample {
    const char *language;
    const char *words[MOST_WORDS]; /* a line may end after each, and nowhere else */
} samples[] = {
    {"km", {"ទឹក", "ស្អាត", "ល្អ", "សម្រាប់", "មនុស្ស", "គ្រប់", "គ្នា។ ", "មនុស្ស", "ទាំងអស់", "កើត", "មក"}},
    {"lo", {"ນ້ຳ", "ສະອາດ", "ດີ", "ສຳລັບ", "ທຸກ", "ຄົນ ", "ມະນຸດ", "ທຸກ", "ຄົນ", "ເກີດ", "ມາ"}},
    {"my", {"ရေ", "သန့်", "သည်", "လူ", "တိုင်း", "အတွက်", "ကောင်း", "သည်။ ", "လူ", "တိုင်း", "သည်"}},
    {"bo",
     {"ཆུ་", "གཙང་", "མ་", "ཡག་", "པོ་", "རེད། ", "འགྲོ་", "བ་", "མིའི་", "རིགས་", "རྒྱུད་", "ཡོངས་", "ལ་",
      "སྐྱེས་"}},
    {"am", {"ንጹህ፡", "ውሃ፡", "ለሁሉም፡", "ጥሩ፡", "ነው። ", "የሰው፡", "ልጅ፡", "ሁሉ፡", "ሲወለድ፡", "ነጻና፡"}},
    {"th", {"น้ำ", "สะอาด", "ดี", "สำหรับ", "ทุก", "คน ", "มนุษย์", "ทุก", "คน", "เกิด", "มา"}},
};

enum { SAMPLE_COUNT = sizeof samples / sizeof *samples };

/* All words of a sample, twice over. */
static text join(const struct sample *sample)
{
    struct buffer *bytes = ARENA_NEW(&arena, struct buffer);
    buffer_init(bytes, 1 << 16);
    for (size_t i = 0; i < 2 * MOST_WORDS; i++) {
        const char *word = sample->words[i % MOST_WORDS];
        if (word)
            buffer_add_text(bytes, text_from_c(word));
    }
    text joined = {arena_copy_c(&arena, buffer_text(bytes)), buffer_text(bytes).length};
    buffer_release(bytes);
    return joined;
}

/* Does one of the words end there? */
static bool is_between_words(const struct sample *sample, size_t offset)
{
    size_t end = 0;
    for (size_t i = 0; i < 2 * MOST_WORDS; i++) {
        const char *word = sample->words[i % MOST_WORDS];
        end += word ? strlen(word) : 0;
        if (end == offset)
            return true;
    }
    return false;
}

static struct node *set(const struct sample *sample, double width)
{
    begin(sample->language);
    struct node *node = add(add(document.root, NODE_PARAGRAPH), NODE_TEXT);
    node->text = join(sample);
    lay_out(width, 900);
    CHECK(all_is_painted_once());
    return node;
}

/* Each line but the first begins with a word. Returns how many there are. */
static size_t check_lines(const struct sample *sample, const struct node *node)
{
    size_t lines = 0;
    const struct glyph_run *run, *last = NULL;
    for (size_t i = 0; (run = find_run(node, PIECE_CONTENT, i)); last = run, i++) {
        if (!last || run->baseline == last->baseline)
            continue;
        lines++;
        if (!is_between_words(sample, run->text_offset))
            printf("# %s: a line begins with %.*s\n", sample->language, TEXT_ARGUMENTS(run->text));
        CHECK(is_between_words(sample, run->text_offset));
    }
    return lines;
}

static void lines_end_between_words(void)
{
    for (size_t i = 0; i < SAMPLE_COUNT; i++) {
        size_t lines = 0;
        for (double width = 150; width < 320; width += 4)
            lines += check_lines(&samples[i], set(&samples[i], width));
        CHECK(lines > 60);
    }
}

/* On the narrowest page words are broken, but between clusters: every glyph that says something
   begins where a letter begins, never at a mark. */
static void no_line_begins_inside_a_cluster(void)
{
    hb_unicode_funcs_t *unicode = hb_unicode_funcs_get_default();
    for (size_t i = 0; i < SAMPLE_COUNT; i++) {
        const struct node *node = set(&samples[i], 75);
        const struct glyph_run *run;
        for (size_t k = 0; (run = find_run(node, PIECE_CONTENT, k)); k++) {
            size_t offset = 0;
            uint32_t c = text_next(run->text, &offset);
            hb_unicode_general_category_t category = hb_unicode_general_category(unicode, c);
            CHECK(category != HB_UNICODE_GENERAL_CATEGORY_NON_SPACING_MARK &&
                  category != HB_UNICODE_GENERAL_CATEGORY_SPACING_MARK);
        }
    }
}

/* Each sample is in one font but for its spaces: one run a line. */
static void each_script_has_a_font_of_its_own(void)
{
    for (size_t i = 0; i < SAMPLE_COUNT; i++) {
        const struct node *node = set(&samples[i], 300);
        const struct glyph_run *run, *first = find_run(node, PIECE_CONTENT, 0);
        CHECK(text_find(first->face->postscript_name, TEXT("NotoSans-"), 0) == SIZE_MAX);
        for (size_t k = 0; (run = find_run(node, PIECE_CONTENT, k)); k++)
            CHECK(run->face == first->face);
    }
}

int main(void)
{
    RUN(lines_end_between_words);
    RUN(no_line_begins_inside_a_cluster);
    RUN(each_script_has_a_font_of_its_own);
    end();
    UNIT_EXIT();
}

/* Every character that can be taken apart, and every sequence of emoji: drawn as one sign, or told.
 */
#include "tests/unit/layout_sample.h"

#include "layout/sequences.h"

static bool is_told(const char *rule)
{
    for (size_t i = 0; i < report.count; i++)
        if (text_equal_c(text_from_c(report.diagnostics[i].rule->id), rule))
            return true;
    return false;
}

/* Lays out the words, alone in a paragraph. The first run, or NULL. */
static const struct glyph_run *set_words(const char *words)
{
    begin("en");
    struct node *node = add_words(add(document.root, NODE_PARAGRAPH), words);
    lay_out(500, 400);
    return find_run(node, PIECE_CONTENT, 0);
}

static void what_is_composed_badly_comes_from_a_font_that_has_it(void)
{
    static const char *const signs[] = {"≠", "≮", "≯", "=\xCC\xB8", "<\xCC\xB8", "≁", "≭"};
    for (size_t i = 0; i < sizeof signs / sizeof *signs; i++) {
        const struct glyph_run *run = set_words(signs[i]);
        CHECK(run && run->glyph_count == 1);
        CHECK(!is_told("sequence-falls-apart"));
    }
}

static void a_typed_letter_is_set_as_its_character_is(void)
{
    static const char *const letters[][2] = {
        {"é", "e\xCC\x81"}, {"ǫ́", "o\xCC\xA8\xCC\x81"}, {"ẛ̣", "ẛ\xCC\xA3"}};
    for (size_t i = 0; i < sizeof letters / sizeof *letters; i++) {
        const struct glyph_run *run = set_words(letters[i][0]);
        uint32_t count = run ? run->glyph_count : 0;
        const struct glyph_run *typed = set_words(letters[i][1]);
        CHECK(typed && typed->glyph_count == count);
        CHECK(!is_told("sequence-falls-apart"));
    }
}

static void what_falls_apart_is_told_with_its_place(void)
{
    static const char *const sequences[] = {
        "👨‍👩‍👧‍👦",    /* a family */
        "👍🏽",                     /* a skin tone */
        "🇩🇪",                           /* a flag */
        "🏴󠁧󠁢󠁥󠁮󠁧󠁿", /* a flag with tags */
        "A\xCC\xB6",                    /* an overlay */
        "a\xEF\xB8\x80",                /* a variant that no font has */
    };
    for (size_t i = 0; i < sizeof sequences / sizeof *sequences; i++) {
        set_words(sequences[i]);
        CHECK(is_told("sequence-falls-apart"));
        CHECK(report.errors == 0);
    }
    static const char *const whole[] = {"❤️", "1️⃣", "x̄", "हिन्दी", "ខ្មែរ", "שָׁלוֹם", "عَرَبِيّ"};
    for (size_t i = 0; i < sizeof whole / sizeof *whole; i++) {
        set_words(whole[i]);
        if (report.warnings)
            printf("# %s\n", whole[i]);
        CHECK(report.warnings == 0);
    }
}

static void a_mark_that_finds_no_letter_of_its_script_is_told(void)
{
    set_words("अ्ाि");
    CHECK(is_told("sequence-falls-apart"));
}

/* All of Unicode that has a canonical decomposition, in the fonts of its script (where
   a letter is not shaped by its neighbours): in one glyph, or
   in a letter with its marks where they belong, or told. */
static void every_character_that_can_be_taken_apart(void)
{
    begin("en");
    hb_unicode_funcs_t *unicode = hb_unicode_funcs_get_default();
    unsigned counts[3] = {0}; /* whole, told, no font */
    for (uint32_t c = 0xC0; c < 0x30000; c++) {
        hb_codepoint_t first, second;
        if (!sequence_stands_alone(c) || !hb_unicode_decompose(unicode, c, &first, &second))
            continue;
        const struct font_chain *chain =
            fonts_chain(fonts, hb_unicode_script(unicode, c), fonts_language(fonts, TEXT("en")), 0);
        const struct font *font = fonts_find(chain, c);
        bool is_whole = font && sequence_is_drawn(font, &c, 1);
        counts[!font ? 2 : !is_whole]++;
    }
    printf(
        "# %u characters that can be taken apart are drawn whole, %u are told, %u have no font\n",
        counts[0], counts[1], counts[2]);
    CHECK(counts[0] > 1500 && counts[1] == 0);
}

/* The first field of a line of Unicode's files of emoji, as UTF-8; false: it holds no sequence. */
static bool read_sequence(const char *line, char *words)
{
    size_t count = 0;
    while (*line && *line != ';' && *line != '#') {
        char *end;
        unsigned long c = strtoul(line, &end, 16);
        if (end == line || *end == '.')
            return false; /* a range of single signs */
        words += text_encode((uint32_t)c, words);
        count++;
        for (line = end; *line == ' '; line++)
            ;
    }
    *words = '\0';
    return count > 1;
}

/* Nothing of these comes out as several signs without a word. */
static void every_sequence_of_emoji(void)
{
    static const char *const files[] = {"/usr/share/unicode/emoji/emoji-sequences.txt",
                                        "/usr/share/unicode/emoji/emoji-zwj-sequences.txt"};
    unsigned whole = 0, told = 0, silent = 0;
    for (size_t i = 0; i < 2; i++) {
        FILE *file = fopen(files[i], "r");
        char line[512], words[256];
        CHECK(file);
        while (file && fgets(line, sizeof line, file)) {
            if (!read_sequence(line, words))
                continue;
            const struct glyph_run *run = set_words(words);
            bool is_told_of = is_told("sequence-falls-apart") || is_told("glyph-missing");
            told += is_told_of;
            whole += !is_told_of && run && run->glyph_count == 1;
            silent += !is_told_of && !(run && run->glyph_count == 1);
        }
        if (file)
            fclose(file);
    }
    printf("# %u sequences of emoji are drawn as one sign, %u are told\n", whole, told);
    CHECK(silent == 0 && whole + told > 2400);
}

int main(void)
{
    RUN(what_is_composed_badly_comes_from_a_font_that_has_it);
    RUN(a_typed_letter_is_set_as_its_character_is);
    RUN(what_falls_apart_is_told_with_its_place);
    RUN(a_mark_that_finds_no_letter_of_its_script_is_told);
    RUN(every_character_that_can_be_taken_apart);
    RUN(every_sequence_of_emoji);
    end();
    UNIT_EXIT();
}

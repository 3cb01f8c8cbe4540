/* Pango as the oracle of itemising and shaping: texts of every script that the manifest has fonts
   for, in both directions and mixed with each other, go through layout's steps and through Pango
   with the same font files. What comes out is held against each other: for each byte the level of
   direction and the script, for each glyph which it is, of which bytes, how wide. Where layout
   differs on purpose, the difference has a row in `reasons`; any other is a failure, and so is a
   row that no text needs. */
#include "tests/unit/layout_sample.h"

#include "layout/paragraph.h"

#include <math.h>
#include <pango/pangocairo.h>
#include <pango/pangofc-fontmap.h>
#include <unicode/uchar.h>
#include <unicode/uscript.h>

enum { MOST_BYTES = 1024, SIZE = 1000 };

struct oracle_glyph {
    size_t start; /* first byte of its cluster */
    unsigned id;
    double advance; /* thousandths of the size */
};

/* What one of the two makes of a text. */
struct result {
    int levels[MOST_BYTES]; /* of the character that begins at a byte */
    hb_script_t scripts[MOST_BYTES];
    struct oracle_glyph glyphs[MOST_BYTES]; /* in logical order */
    size_t glyph_count;
};

static struct paragraph paragraph;
static PangoContext *context;
static struct result ours, theirs;
static unsigned long texts, bytes_compared, glyphs_compared;

/* reasons */

enum reason {
    UNEXPLAINED,
    REASON_ASCII,
    REASON_SIGNS,
    REASON_HAN,
    REASON_UNSEEN,
    REASON_CLUSTER,
    REASON_UNKNOWN,
    REASON_COUNT,
};

static const char *const reasons[REASON_COUNT] = {
    [REASON_ASCII] =
        "ASCII in Chinese, Japanese and Korean is Latin: it is set as the words beside it",
    [REASON_SIGNS] =
        "full-width signs are East Asian behind Latin words too: no Latin font has them",
    [REASON_HAN] =
        "signs before the first letter take the script of the language, not of the letter",
    [REASON_UNSEEN] =
        "marks of direction that stand alone are a glyph without width; Pango leaves them out",
    [REASON_CLUSTER] =
        "a cluster is a letter with all its marks, as it is copied; Pango tells marks apart in it",
    [REASON_UNKNOWN] =
        "what no font has is the font's own empty box, and an error; Pango draws its number",
};
static unsigned long needed[REASON_COUNT];
static struct buffer unexplained;

static void differs(enum reason reason, text words, size_t at, const char *what, double own,
                    double pango)
{
    needed[reason]++;
    if (reason == UNEXPLAINED && unexplained.length < 3000)
        buffer_printf(&unexplained, " %s at byte %zu of \"%.*s\": %g, Pango %g;", what, at,
                      TEXT_ARGUMENTS(words), own, pango);
}

/* ours */

static void set_ours(struct node *node, bool right_to_left)
{
    struct look look = theme_handout.looks[LOOK_BODY];
    look.size = SIZE;
    paragraph_begin(&paragraph, &look, right_to_left, document.metadata.language);
    paragraph_add_text(&paragraph, node->text, node, 0, PIECE_CONTENT);
    paragraph_itemise(&paragraph);
    paragraph_shape(&paragraph);
    ours.glyph_count = 0;
    for (size_t i = 0; i < paragraph.item_count; i++) {
        const struct text_item *item = &paragraph.items[i];
        for (size_t byte = item->start; byte < item->end; byte++) {
            ours.levels[byte] = item->bidi_level;
            ours.scripts[byte] = item->script;
        }
    }
    for (size_t i = 0; i < paragraph.glyph_count; i++) {
        size_t start = paragraph.glyphs[i].start, next = start;
        if (paragraph.glyphs[i].advance == 0.0F &&
            text_is_ignorable(text_next(node->text, &next))) {
            needed[REASON_UNSEEN]++;
            continue;
        }
        ours.glyphs[ours.glyph_count++] = (struct oracle_glyph){
            paragraph.glyphs[i].start, paragraph.glyphs[i].id, (double)paragraph.glyphs[i].advance};
    }
}

/* Pango's */

/* Held to the end: a thread of Pango's may still look in it when main is left. */
static FcConfig *config;

static void start_pango(void)
{
    config = FcConfigCreate();
    for (size_t i = 0; i < fonts->count; i++)
        FcConfigAppFontAddFile(config, (const FcChar8 *)fonts->fonts[i].face.path.bytes);
    PangoFontMap *map = pango_cairo_font_map_new_for_font_type(CAIRO_FONT_TYPE_FT);
    pango_fc_font_map_set_config(PANGO_FC_FONT_MAP(map), config);
    context = pango_font_map_create_context(map);
    cairo_font_options_t *options = cairo_font_options_create();
    cairo_font_options_set_hint_style(options, CAIRO_HINT_STYLE_NONE);
    cairo_font_options_set_hint_metrics(options, CAIRO_HINT_METRICS_OFF);
    pango_cairo_context_set_font_options(context, options);
    pango_cairo_context_set_resolution(context, 72);
    pango_context_set_round_glyph_positions(context, FALSE);
    cairo_font_options_destroy(options);
    g_object_unref(map);
}

/* The font of each of our items, so that both shape with the same files; nothing else is told. */
static PangoAttrList *list_fonts(void)
{
    PangoAttrList *list = pango_attr_list_new();
    for (size_t i = 0; i < paragraph.item_count; i++) {
        const struct text_item *item = &paragraph.items[i];
        text family = item->font->family;
        PangoFontDescription *description = pango_font_description_new();
        pango_font_description_set_family(description, arena_copy_c(&arena, family));
        pango_font_description_set_absolute_size(description, SIZE * PANGO_SCALE);
        PangoAttribute *attribute = pango_attr_font_desc_new(description);
        attribute->start_index = (guint)item->start;
        attribute->end_index = (guint)item->end;
        pango_attr_list_insert(list, attribute);
        pango_font_description_free(description);
    }
    pango_attr_list_insert(list, pango_attr_fallback_new(FALSE));
    return list;
}

static void take_item(const PangoItem *item, text words)
{
    PangoGlyphString *string = pango_glyph_string_new();
    size_t start = (size_t)item->offset;
    pango_shape_full(words.bytes + start, item->length, words.bytes, (int)words.length,
                     &item->analysis, string);
    hb_tag_t tag = g_unicode_script_to_iso15924((GUnicodeScript)item->analysis.script);
    for (size_t byte = start; byte < start + (size_t)item->length; byte++) {
        theirs.levels[byte] = item->analysis.level;
        theirs.scripts[byte] = hb_script_from_iso15924_tag(tag);
    }
    for (int i = 0; i < string->num_glyphs; i++) {
        int at = item->analysis.level % 2 ? string->num_glyphs - 1 - i : i; /* as it is seen */
        const PangoGlyphInfo *glyph = &string->glyphs[at];
        if (glyph->glyph == PANGO_GLYPH_EMPTY)
            continue;
        theirs.glyphs[theirs.glyph_count++] =
            (struct oracle_glyph){start + (size_t)string->log_clusters[at], glyph->glyph,
                                  (double)glyph->geometry.width / PANGO_SCALE};
    }
    pango_glyph_string_free(string);
}

static void set_theirs(text words, bool right_to_left)
{
    PangoAttrList *attributes = list_fonts();
    pango_context_set_language(
        context, pango_language_from_string(arena_copy_c(&arena, document.metadata.language)));
    GList *items = pango_itemize_with_base_dir(
        context, right_to_left ? PANGO_DIRECTION_RTL : PANGO_DIRECTION_LTR, words.bytes, 0,
        (int)words.length, attributes, NULL);
    theirs.glyph_count = 0;
    for (GList *item = items; item; item = item->next)
        take_item(item->data, words);
    g_list_free_full(items, (GDestroyNotify)pango_item_free);
    pango_attr_list_unref(attributes);
}

/* comparing */

static bool is_east_asian(hb_script_t script)
{
    return script == HB_SCRIPT_HAN || script == HB_SCRIPT_HIRAGANA ||
           script == HB_SCRIPT_KATAKANA || script == HB_SCRIPT_HANGUL ||
           script == HB_SCRIPT_BOPOMOFO;
}

static enum reason reason_of_script(uint32_t c, hb_script_t own, hb_script_t pango, bool has_letter)
{
    if (c < 0x80 && own == HB_SCRIPT_LATIN && is_east_asian(pango))
        return REASON_ASCII;
    if (c >= 0x3000 && own == HB_SCRIPT_HAN &&
        uscript_getScript((UChar32)c, &(UErrorCode){0}) == USCRIPT_COMMON)
        return REASON_SIGNS;
    return !has_letter && own == HB_SCRIPT_HAN ? REASON_HAN : UNEXPLAINED;
}

static void compare_bytes(text words)
{
    bool has_letter = false;
    for (size_t next = 0; next < words.length;) {
        size_t at = next;
        uint32_t c = text_next(words, &next);
        bytes_compared += next - at;
        if (ours.levels[at] != theirs.levels[at])
            differs(UNEXPLAINED, words, at, "level", ours.levels[at], theirs.levels[at]);
        if (ours.scripts[at] != theirs.scripts[at])
            differs(reason_of_script(c, ours.scripts[at], theirs.scripts[at], has_letter), words,
                    at, "script", ours.scripts[at], theirs.scripts[at]);
        has_letter |= u_isalpha((UChar32)c);
    }
}

/* The first byte behind the cluster of a glyph of ours. */
static size_t end_of_cluster(text words, size_t glyph)
{
    size_t start = ours.glyphs[glyph].start;
    while (glyph < ours.glyph_count && ours.glyphs[glyph].start == start)
        glyph++;
    return glyph < ours.glyph_count ? ours.glyphs[glyph].start : words.length;
}

static void compare_glyphs(text words)
{
    if (ours.glyph_count != theirs.glyph_count) {
        differs(UNEXPLAINED, words, 0, "number of glyphs", (double)ours.glyph_count,
                (double)theirs.glyph_count);
        return;
    }
    for (size_t i = 0; i < ours.glyph_count; i++) {
        const struct oracle_glyph *own = &ours.glyphs[i], *pango = &theirs.glyphs[i];
        size_t start = own->start, end = end_of_cluster(words, i);
        bool is_within = pango->start > start && pango->start < end;
        glyphs_compared++;
        if (start != pango->start)
            differs(is_within ? REASON_CLUSTER : UNEXPLAINED, words, start, "cluster",
                    (double)start, (double)pango->start);
        bool is_unknown = !own->id && pango->id & PANGO_GLYPH_UNKNOWN_FLAG;
        if (own->id != pango->id)
            differs(is_unknown ? REASON_UNKNOWN : UNEXPLAINED, words, start, "glyph", own->id,
                    pango->id);
        if (!is_unknown && fabs(own->advance - pango->advance) > 0.01)
            differs(UNEXPLAINED, words, start, "advance", own->advance, pango->advance);
    }
}

static void compare(const char *language, text words, bool right_to_left)
{
    begin(language);
    struct node *node = add(add(document.root, NODE_PARAGRAPH), NODE_TEXT);
    node->text = (text){arena_copy_c(&arena, words), words.length};
    set_ours(node, right_to_left);
    set_theirs(node->text, right_to_left);
    compare_bytes(node->text);
    compare_glyphs(node->text);
    texts++;
}

/* texts */

static const struct sample {
    const char *language, *words;
} samples[] = {
    {"en", "All people are born free, and equal in dignity."},
    {"el", "Όλοι οι άνθρωποι γεννιούνται ελεύθεροι."},
    {"ru", "Все люди рождаются свободными и равными."},
    {"hy", "Բոլոր մարդիկ ծնվում են ազատ։"},
    {"ka", "ყველა ადამიანი იბადება თავისუფალი."},
    {"he", "כל בני האדם נולדו בני חורין."},
    {"ar", "يولد جميع الناس أحراراً."},
    {"hi", "सभी मनुष्यों को गौरव प्राप्त है।"},
    {"bn", "সমস্ত মানুষ স্বাধীনভাবে জন্মগ্রহণ করে।"},
    {"ta", "மனிதப் பிறவியினர் சகலரும் சுதந்திரமாகவே."},
    {"th", "มนุษย์ทั้งหลายเกิดมามีอิสระ"},
    {"my", "လူတိုင်းသည် တူညီလွတ်လပ်သော"},
    {"km", "មនុស្សទាំងអស់កើតមក"},
    {"am", "የሰው ልጅ ሁሉ ሲወለድ ነጻ ነው።"},
    {"zh", "人人生而自由，在尊严上平等。"},
    {"ja", "すべての人間は、自由である。"},
    {"ko", "모든 인간은 태어날 때부터 자유롭다."},
};
enum { SAMPLE_COUNT = sizeof samples / sizeof *samples };

static void test_phrases_are_set_as_by_pango(void)
{
    for (size_t i = 0; i < SAMPLE_COUNT; i++) {
        compare(samples[i].language, text_from_c(samples[i].words), false);
        compare(samples[i].language, text_from_c(samples[i].words), true);
    }
}

/* What is no letter: quotation marks and full-width signs beside other letters, figures at the
   start, joiners, marks of direction, what may not be seen. */
static void test_signs_are_set_as_by_pango(void)
{
    static const struct sample signs[] = {
        {"zh", "《Hello》，world。（Yes）“No”！"},
        {"zh", "（12）人人，A、B"},
        {"zh", "12 人，3.5 kg"},
        {"ja", "「すべて」の、「abc」は。"},
        {"ja", "2026年11月、A4の紙"},
        {"ko", "“모든” 인간은 (all) 12,5"},
        {"en", "Yes。No，Maybe「a」"},
        {"en", "12 — “quoted” ‘words’ (a [b] c) …"},
        {"fa", "می\u200cخواهم ۱۲٫۵ (test) ۳/۴"},
        {"ar", "١٢٫٥ ٪ (CO2) – «نص» 3/4"},
        {"hi", "क्\u200dष क्\u200cष १२"},
        {"he", "א\u202a abc 12\u202c ב, (ג) 3-4"},
        {"en", "a \u2067אבג 12\u2069 b \u200fג\u200e c"},
        {"he", "\u2066a (אב) b\u2069 ג!"},
        {"en", "co\u00adoperate e\u0301 n\u0303 1\u20442"},
        {"zh", "……OK 人"},
        {"el", "β-blocker 5 µm ± 2"},
    };
    for (size_t i = 0; i < sizeof signs / sizeof *signs; i++) {
        compare(signs[i].language, text_from_c(signs[i].words), false);
        compare(signs[i].language, text_from_c(signs[i].words), true);
    }
}

/* One within the other, with brackets, figures and signs, in both directions. */
static void test_mixtures_are_set_as_by_pango(void)
{
    for (size_t a = 0; a < SAMPLE_COUNT; a++) {
        for (size_t b = 0; b < SAMPLE_COUNT; b++) {
            char words[MOST_BYTES];
            int length = snprintf(words, sizeof words, "%s (%s) 12,5 – 3/4 [a]: %s",
                                  samples[a].words, samples[b].words, samples[a].words);
            for (int right_to_left = 0; right_to_left < 2; right_to_left++)
                compare(samples[a].language, (text){words, (size_t)length}, right_to_left);
        }
    }
}

/* Words of the letters and marks of each script that a row of the manifest names. */
static void test_every_script_is_set_as_by_pango(void)
{
    begin("en");
    for (size_t row = 0; row < fonts->row_count; row++) {
        hb_script_t script = fonts->rows[row].script;
        struct buffer words;
        char tag[5] = {0};
        hb_tag_to_string(hb_script_to_iso15924_tag(script), tag);
        UScriptCode code = (UScriptCode)u_getPropertyValueEnum(UCHAR_SCRIPT, tag);
        unsigned letters = 0;
        buffer_init(&words, MOST_BYTES / 2);
        for (UChar32 c = 0x80; c < 0x20000 && letters < 60; c++) {
            if (uscript_getScript(c, &(UErrorCode){0}) != code || !u_isalpha(c))
                continue;
            buffer_add_code_point(&words, (uint32_t)c);
            if (++letters % 5 == 0)
                buffer_add_byte(&words, ' ');
        }
        compare("en", buffer_text(&words), false);
        compare("en", buffer_text(&words), true);
        buffer_release(&words);
    }
}

static void test_each_difference_has_its_reason(void)
{
    if (needed[UNEXPLAINED]) {
        snprintf(unit_message, sizeof unit_message, "%lu differences without a reason:%.*s",
                 needed[UNEXPLAINED], TEXT_ARGUMENTS(buffer_text(&unexplained)));
        unit_failure = unit_message;
    }
    for (size_t i = 1; i < REASON_COUNT; i++) {
        printf("# %lu differences: %s\n", needed[i], reasons[i]);
        CHECK(needed[i]);
    }
    printf("# %lu texts, %lu bytes, %lu glyphs\n", texts, bytes_compared, glyphs_compared);
    CHECK(glyphs_compared > 50000);
}

int main(void)
{
    begin("en");
    buffer_init(&unexplained, 4000);
    CHECK(fonts_choose(fonts, &theme_handout, &report));
    paragraph_init(&paragraph, fonts, &theme_handout);
    start_pango();
    RUN(test_phrases_are_set_as_by_pango);
    RUN(test_signs_are_set_as_by_pango);
    RUN(test_mixtures_are_set_as_by_pango);
    RUN(test_every_script_is_set_as_by_pango);
    RUN(test_each_difference_has_its_reason);
    paragraph_release(&paragraph);
    g_object_unref(context);
    buffer_release(&unexplained);
    end();
    UNIT_EXIT();
}

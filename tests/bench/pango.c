/* How long itemising and shaping take in layout/ and through Pango: what keeps them in layout/
   (CONTRIBUTING.md, "What Pango does"). Prints a table in Markdown: milliseconds to set up, and for
   100 kB of text in each language, in paragraphs; the best of several runs. */
#include "tests/unit/layout_sample.h"

#include "layout/paragraph.h"

#include <math.h>
#include <pango/pangocairo.h>
#include <pango/pangofc-fontmap.h>
#include <time.h>

enum { TEXT_BYTES = 100 * 1000, PARAGRAPH_BYTES = 600, RUNS = 5 };

static double now(void)
{
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return (double)time.tv_sec * 1e3 + (double)time.tv_nsec / 1e6;
}

/* That many bytes of words that are pieces of the sentence, so that few of them come again. */
static text words_of(const char *sentence, bool is_spaced)
{
    struct buffer *words = ARENA_NEW(&arena, struct buffer);
    text all = text_from_c(sentence);
    uint32_t chance = 1;
    buffer_init(words, TEXT_BYTES * 2);
    while (words->length < TEXT_BYTES) {
        chance = chance * 1664525 + 1013904223; /* Numerical Recipes */
        size_t at = (chance >> 8) % all.length;
        for (unsigned left = 3 + (chance >> 28); left > 0; left--) {
            while (at < all.length && ((unsigned char)all.bytes[at] & 0xC0) == 0x80)
                at++;
            size_t from = at < all.length ? at : 0;
            at = from;
            uint32_t c = text_next(all, &at);
            if (c != ' ')
                buffer_add_text(words, text_slice(all, from, at));
        }
        if (is_spaced || chance >> 29 == 0)
            buffer_add_byte(words, ' ');
    }
    return buffer_text(words);
}

/* The paragraph that begins there; *at moves on to the next. */
static text next_paragraph(text words, size_t *at)
{
    size_t from = *at, end = text_find_byte(words, ' ', from + PARAGRAPH_BYTES);
    *at = end == SIZE_MAX ? words.length : end + 1;
    return text_slice(words, from, *at);
}

static void set_ours(struct paragraph *paragraph, const struct node *node, const char *language)
{
    paragraph_begin(paragraph, &theme_handout.looks[LOOK_BODY], false, text_from_c(language));
    paragraph_add_text(paragraph, node->text, node, 0, PIECE_CONTENT);
    paragraph_itemise(paragraph);
    paragraph_shape(paragraph);
}

static void set_pango(PangoContext *context, text words, const char *language)
{
    PangoAttrList *list = pango_attr_list_new();
    pango_context_set_language(context, pango_language_from_string(language));
    GList *items = pango_itemize(context, words.bytes, 0, (int)words.length, list, NULL);
    for (GList *at = items; at; at = at->next) {
        PangoItem *item = at->data;
        PangoGlyphString *glyphs = pango_glyph_string_new();
        pango_shape_full(words.bytes + item->offset, item->length, words.bytes, (int)words.length,
                         &item->analysis, glyphs);
        pango_glyph_string_free(glyphs);
    }
    g_list_free_full(items, (GDestroyNotify)pango_item_free);
    pango_attr_list_unref(list);
}

static PangoContext *start_pango(void)
{
    PangoFontMap *map = pango_cairo_font_map_new_for_font_type(CAIRO_FONT_TYPE_FT);
    FcConfig *config =
        FcInitLoadConfigAndFonts(); /* the system's: layout has made its own current */
    pango_fc_font_map_set_config(PANGO_FC_FONT_MAP(map), config);
    FcConfigDestroy(config);
    PangoContext *context = pango_font_map_create_context(map);
    PangoFontDescription *font = pango_font_description_from_string("Noto Sans 11");
    pango_context_set_font_description(context, font);
    pango_font_description_free(font);
    g_object_unref(map);
    return context;
}

int main(void)
{
    static const struct {
        const char *language, *sentence;
        bool is_spaced;
    } texts[] = {
        {"en", "All people are born free, and equal in dignity and rights", true},
        {"ru", "Все люди рождаются свободными и равными в своём достоинстве", true},
        {"ar", "يولد جميع الناس أحراراً متساوين في الكرامة والحقوق", true},
        {"hi", "सभी मनुष्यों को गौरव और अधिकारों के मामले में जन्मजात स्वतन्त्रता", true},
        {"th", "มนุษย์ทั้งหลายเกิดมามีอิสระและเสมอภาคกัน", false},
        {"zh", "人人生而自由，在尊严和权利上一律平等。", false},
    };
    double start = now();
    begin("en");
    CHECK(fonts_choose(fonts, &theme_handout, &report));
    struct paragraph paragraph;
    paragraph_init(&paragraph, fonts, &theme_handout);
    struct node *node = add(add(document.root, NODE_PARAGRAPH), NODE_TEXT);
    node->text = TEXT("A");
    set_ours(&paragraph, node, "en");
    double set_up = now() - start;
    start = now();
    PangoContext *context = start_pango();
    set_pango(context, TEXT("A"), "en");
    double pango_set_up = now() - start;
    printf("| | layout, ms | Pango, ms | Pango/layout |\n| --- | --- | --- | --- |\n");
    printf("| set up, and the letter A | %.1f | %.1f | %.1f |\n", set_up, pango_set_up,
           pango_set_up / set_up);
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        double own = 1e9, pango = 1e9;
        text words = words_of(texts[i].sentence, texts[i].is_spaced);
        for (int run = 0; run < RUNS; run++) {
            start = now();
            for (size_t at = 0; at < words.length;) {
                node->text = next_paragraph(words, &at);
                set_ours(&paragraph, node, texts[i].language);
            }
            own = fmin(own, now() - start);
            start = now();
            for (size_t at = 0; at < words.length;)
                set_pango(context, next_paragraph(words, &at), texts[i].language);
            pango = fmin(pango, now() - start);
        }
        printf("| 100 kB of `%s` | %.1f | %.1f | %.1f |\n", texts[i].language, own, pango,
               pango / own);
    }
    paragraph_release(&paragraph);
    g_object_unref(context);
    end();
    unit_failures += unit_failure != NULL;
    UNIT_EXIT();
}

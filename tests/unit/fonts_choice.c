/* Which font the manifest gives to which text. */
#include "tests/unit/unit.h"

#include "layout/shape.h"

static struct arena arena;
static struct fonts *fonts;

static const struct font *font_for(const char *script, const char *language, unsigned style,
                                   uint32_t code_point)
{
    const struct font_chain *chain =
        fonts_chain(fonts, hb_script_from_string(script, 4),
                    fonts_language(fonts, text_from_c(language)), style);
    return fonts_find(chain, code_point);
}

static bool has_family(const struct font *font, const char *family)
{
    return font && text_equal_c(font->family, family);
}

static void every_script_has_its_family(void)
{
    static const struct {
        const char *script, *language, *family;
        uint32_t letter;
    } rows[] = {
        {"Latn", "en", "Noto Sans", 'a'},
        {"Grek", "el", "Noto Sans", 0x3B1},
        {"Cyrl", "ru", "Noto Sans", 0x436},
        {"Arab", "ar", "Noto Sans Arabic", 0x628},
        {"Arab", "ur", "Noto Nastaliq Urdu", 0x628},
        {"Arab", "ur-PK", "Noto Nastaliq Urdu", 0x628},
        {"Arab", "fa", "Noto Sans Arabic", 0x67E},
        {"Hebr", "he", "Noto Sans Hebrew", 0x5D0},
        {"Deva", "hi", "Noto Sans Devanagari", 0x905},
        {"Beng", "bn", "Noto Sans Bengali", 0x985},
        {"Taml", "ta", "Noto Sans Tamil", 0xB85},
        {"Telu", "te", "Noto Sans Telugu", 0xC05},
        {"Mlym", "ml", "Noto Sans Malayalam", 0xD05},
        {"Gujr", "gu", "Noto Sans Gujarati", 0xA85},
        {"Guru", "pa", "Noto Sans Gurmukhi", 0xA05},
        {"Knda", "kn", "Noto Sans Kannada", 0xC85},
        {"Thai", "th", "Noto Sans Thai", 0xE01},
        {"Laoo", "lo", "Noto Sans Lao", 0xE81},
        {"Khmr", "km", "Noto Sans Khmer", 0x1780},
        {"Mymr", "my", "Noto Sans Myanmar", 0x1000},
        {"Ethi", "am", "Noto Sans Ethiopic", 0x1200},
        {"Geor", "ka", "Noto Sans Georgian", 0x10D0},
        {"Armn", "hy", "Noto Sans Armenian", 0x561},
        {"Tibt", "bo", "Noto Serif Tibetan", 0xF40},
        {"Sinh", "si", "Noto Sans Sinhala", 0xD85},
        {"Hani", "zh-Hans", "Noto Sans CJK SC", 0x9AA8},
        {"Hani", "zh-Hant", "Noto Sans CJK TC", 0x9AA8},
        {"Hani", "zh-TW", "Noto Sans CJK TC", 0x9AA8},
        {"Hani", "zh-HK", "Noto Sans CJK HK", 0x9AA8},
        {"Hani", "ja", "Noto Sans CJK JP", 0x9AA8},
        {"Hani", "ko", "Noto Sans CJK KR", 0x9AA8},
        {"Hani", "en", "Noto Sans CJK SC", 0x9AA8},
        {"Kana", "en", "Noto Sans CJK JP", 0x30A2},
        {"Hang", "ko", "Noto Sans CJK KR", 0xD55C},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        const struct font *font = font_for(rows[i].script, rows[i].language, 0, rows[i].letter);
        if (!has_family(font, rows[i].family)) {
            snprintf(unit_message, sizeof unit_message, "%s in %s: %.*s, wanted %s", rows[i].script,
                     rows[i].language, font ? (int)font->family.length : 4,
                     font ? font->family.bytes : "none", rows[i].family);
            unit_failure = unit_message;
        }
    }
}

static void every_file_of_the_manifest_is_installed(void)
{
    for (size_t i = 0; i < fonts->count; i++) {
        FILE *file = fopen(fonts->fonts[i].face.path.bytes, "rb");
        if (!file) {
            snprintf(unit_message, sizeof unit_message, "%s (%.*s)",
                     fonts->fonts[i].face.path.bytes, TEXT_ARGUMENTS(fonts->fonts[i].package));
            unit_failure = unit_message;
        } else {
            fclose(file);
        }
    }
}

static void a_font_has_the_style_that_is_asked_for(void)
{
    CHECK_TEXT(font_for("Latn", "en", FONT_BOLD | FONT_ITALIC, 'a')->face.postscript_name,
               "NotoSans-BoldItalic");
    CHECK_TEXT(font_for("Latn", "en", FONT_CODE, 'a')->face.postscript_name,
               "NotoSansMono-Regular");
}

static void a_script_without_italics_stands_upright(void)
{
    CHECK_TEXT(font_for("Arab", "ar", FONT_ITALIC, 0x628)->face.postscript_name,
               "NotoSansArabic-Regular");
    CHECK_TEXT(font_for("Arab", "ar", FONT_BOLD | FONT_ITALIC, 0x628)->face.postscript_name,
               "NotoSansArabic-Bold");
}

static void outlines_in_cff_are_known(void)
{
    CHECK(font_for("Hani", "ja", 0, 0x9AA8)->face.cff);
    CHECK(!font_for("Latn", "en", 0, 'a')->face.cff);
}

static void symbols_and_emoji_have_outlines(void)
{
    static const uint32_t signs[] = {0x260E, 0x2713, 0x2192, 0x2211, 0x21A9, 0x1F600, 0x2705};
    for (size_t i = 0; i < sizeof signs / sizeof *signs; i++)
        CHECK(font_for("Latn", "en", 0, signs[i]) != NULL);
}

static void a_character_that_no_font_has_is_not_found(void)
{
    CHECK(font_for("Latn", "en", 0, 0xE000) == NULL);
    CHECK(font_for("Latn", "en", 0, 0x10FFFD) == NULL);
}

static void a_missing_folder_is_named(void)
{
    text why = TEXT_EMPTY;
    CHECK(fonts_new(&arena, "tests/no-such-folder", &why) == NULL);
    CHECK(text_find(why, TEXT("tests/no-such-folder/manifest.txt"), 0) != SIZE_MAX);
}

static void pictures_see_the_fonts_that_their_words_need_and_no_others(void)
{
    fonts_show_to_images(fonts, TEXT("Zelle \xD8\xA8"), TEXT("de"));
    FcFontSet *set = FcConfigGetFonts(FcConfigGetCurrent(), FcSetApplication);
    CHECK(FcConfigGetCurrent() == fonts->config);
    CHECK(FcConfigGetFonts(fonts->config, FcSetSystem)->nfont == 0);
    CHECK(set && set->nfont == 8); /* four of Noto Sans, two for code, two for Arabic */
}

int main(void)
{
    text why = TEXT_EMPTY;
    fonts = fonts_new(&arena, "fonts", &why);
    if (!fonts) {
        printf("not ok fonts_new: %.*s\n", TEXT_ARGUMENTS(why));
        return 1;
    }
    RUN(every_script_has_its_family);
    RUN(every_file_of_the_manifest_is_installed);
    RUN(a_font_has_the_style_that_is_asked_for);
    RUN(a_script_without_italics_stands_upright);
    RUN(outlines_in_cff_are_known);
    RUN(symbols_and_emoji_have_outlines);
    RUN(a_character_that_no_font_has_is_not_found);
    RUN(a_missing_folder_is_named);
    RUN(pictures_see_the_fonts_that_their_words_need_and_no_others);
    arena_release(&arena);
    UNIT_EXIT();
}

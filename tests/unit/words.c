#include "document/words.h"
#include "document/catalogues.h"
#include "document/language.h"
#include "document/numerals.h"
#include "tests/unit/unit.h"

static const char *tag_of(const char *language)
{
    text used;
    word_in(text_from_c(language), WORD_CONTENTS, &used);
    return used.bytes;
}

static void test_a_region_or_writing_finds_its_catalogue(void)
{
    static const char *const rows[][2] = {
        {"en", "en"},
        {"en-GB", "en"},
        {"pt-BR", "pt"},
        {"de-AT", "de"},
        {"zh", "zh-Hans"},
        {"zh-CN", "zh-Hans"},
        {"zh-TW", "zh-Hant"},
        {"zh-HK", "zh-Hant"},
        {"zh-MO", "zh-Hant"},
        {"ZH-hant", "zh-Hant"},
        {"zh-Hant-HK", "zh-Hant"},
        {"ar-EG", "ar"},
        {"ur-Latn", "en"},
        {"sr", "en"},
        {"", "en"},
        {"eng", "en"},
        {"ru-Latn", "en"},
        {"FR-ca", "fr"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        CHECK_TEXT(text_from_c(tag_of(rows[i][0])), rows[i][1]);
}

static void test_every_language_that_is_promised_has_a_catalogue(void)
{
    static const char *const promised[] = {
        "bg", "cs", "da", "de", "el", "en", "es",      "et",      "fi", "fr",
        "ga", "hr", "hu", "it", "lt", "lv", "mt",      "nl",      "pl", "pt",
        "ro", "sk", "sl", "sv", "ar", "hi", "zh-Hans", "zh-Hant", "ja", "ko",
        "vi", "th", "fa", "he", "ur", "bn", "sw",      "tr",      "uk", "ru",
    };
    for (size_t i = 0; i < sizeof promised / sizeof *promised; i++)
        CHECK_TEXT(text_from_c(tag_of(promised[i])), promised[i]);
    CHECK(word_catalogue_count == sizeof promised / sizeof *promised);
}

static void test_places_are_filled_in_the_order_of_the_language(void)
{
    struct arena arena;
    arena_init(&arena);
    CHECK_TEXT(word_filled(&arena, TEXT("en"), WORD_BACK_TO_CITATION, TEXT("7"), TEXT("2")),
               "Back to citation 2 of reference 7");
    CHECK_TEXT(word_filled(&arena, TEXT("hi"), WORD_ONE_OF, TEXT("3"), TEXT("8")), "8 में से 3");
    CHECK_TEXT(word_filled(&arena, TEXT("hu"), WORD_FIGURE_NUMBER, TEXT("3"), TEXT_EMPTY),
               "3. ábra");
    CHECK_TEXT(word_filled(&arena, TEXT("en"), WORD_QUOTED, TEXT("%1 %2"), TEXT_EMPTY), "“%1 %2”");
    arena_release(&arena);
}

static void test_a_count_takes_the_plural_form_of_its_language(void)
{
    static const struct {
        const char *language;
        unsigned long count;
        const char *words;
    } rows[] = {
        {"en", 0, "0 pages"},      {"en", 1, "1 page"},        {"en", 2, "2 pages"},
        {"fr", 0, "0 page"},       {"fr", 1, "1 page"},        {"fr", 2, "2 pages"},
        {"pl", 1, "1 strona"},     {"pl", 2, "2 strony"},      {"pl", 5, "5 stron"},
        {"pl", 12, "12 stron"},    {"pl", 22, "22 strony"},    {"pl", 21, "21 stron"},
        {"ru", 1, "1 страница"},   {"ru", 11, "11 страниц"},   {"ru", 21, "21 страница"},
        {"ru", 3, "3 страницы"},   {"ru", 112, "112 страниц"}, {"lv", 0, "0 lappušu"},
        {"lv", 1, "1 lappuse"},    {"lv", 2, "2 lappuses"},    {"lv", 11, "11 lappušu"},
        {"lt", 1, "1 puslapis"},   {"lt", 10, "10 puslapių"},  {"lt", 9, "9 puslapiai"},
        {"ro", 1, "1 pagină"},     {"ro", 19, "19 pagini"},    {"ro", 20, "20 de pagini"},
        {"ro", 101, "101 pagini"}, {"sl", 2, "2 strani"},      {"mt", 11, "11-il paġna"},
        {"mt", 20, "20 paġna"},    {"ar", 1, "صفحة واحدة"},    {"ar", 2, "صفحتان"},
        {"ar", 3, "3 صفحات"},      {"ar", 11, "11 صفحة"},      {"ar", 100, "100 صفحة"},
        {"he", 2, "שני עמודים"},   {"ja", 1, "1 ページ"},      {"ja", 7, "7 ページ"},
        {"cs", 4, "4 strany"},     {"cs", 5, "5 stran"},       {"zh-TW", 2, "2 頁"},
    };
    struct arena arena;
    arena_init(&arena);
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        CHECK_TEXT(
            word_counted(&arena, text_from_c(rows[i].language), WORD_PAGE_COUNT, rows[i].count),
            rows[i].words);
    arena_release(&arena);
}

/* A form may say none, one or two in words; every other count is in it. */
static void test_no_plural_form_loses_its_count(void)
{
    static const enum word counted[] = {
#define WORD(symbol, english, note)
#define COUNTED(symbol, one, several, note) WORD_##symbol,
#include "document/words.def"
#undef WORD
#undef COUNTED
    };
    struct arena arena;
    arena_init(&arena);
    for (size_t i = 0; i < word_catalogue_count; i++) {
        for (unsigned long n = 0; n < 250; n++) {
            CHECK(word_catalogues[i].form_of(n) < word_catalogues[i].form_count);
            text number = numeral_in(&arena, text_from_c(word_catalogues[i].tag), n);
            for (size_t c = 0; c < sizeof counted / sizeof *counted && n > 2; c++) {
                text words =
                    word_counted(&arena, text_from_c(word_catalogues[i].tag), counted[c], n);
                CHECK(text_find(words, number, 0) != SIZE_MAX);
            }
        }
    }
    arena_release(&arena);
}

static void test_a_date_is_written_as_its_language_does(void)
{
    static const char *const rows[][3] = {
        {"en", "2026-01-31", "31 January 2026"},
        {"en", "2026-12-01", "1 December 2026"},
        {"en", "2026-01", "January 2026"},
        {"en", "2026", "2026"},
        {"fr", "2026-01-01", "1er janvier 2026"},
        {"fr", "2026-08-02", "2 août 2026"},
        {"cs", "2026-05-31", "31. května 2026"},
        {"cs", "2026-05", "květen 2026"},
        {"hu", "2026-03-05", "2026. március 5."},
        {"lt", "2026-03-05", "2026 m. kovo 5 d."},
        {"zh-TW", "2026-03-05", "2026年3月5日"},
        {"ko", "2026-11", "2026년 11월"},
        {"th", "2026-03-05", "5 มีนาคม ค.ศ. 2026"},
        {"fa", "2026-01-01", "۱ ژانویهٔ ۲۰۲۶"},
        {"bn", "2026-01-31", "৩১ জানুয়ারি ২০২৬"},
        {"ar-EG", "2026-01-31", "٣١ يناير ٢٠٢٦"},
        {"el", "2026-03-05", "5 Μαρτίου 2026"},
        {"ar", "2026-03-05", "5 مارس 2026"},
        {"eo", "2026-03-05", "2026-03-05"}, /* unknown */
        {"en", "2026-13-05", "2026-13-05"},
        {"en", "2026-00", "2026-00"},
        {"en", "2026-1-005", "2026-1-005"},
        {"en", "2026-11-00", "2026-11-00"},
        {"en", "", ""},
        {"en", "2026/11/05", "2026/11/05"},
    };
    struct arena arena;
    arena_init(&arena);
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        CHECK_TEXT(date_in(&arena, text_from_c(rows[i][0]), text_from_c(rows[i][1])), rows[i][2]);
    arena_release(&arena);
}

static void test_numbers_are_in_the_digits_of_their_language(void)
{
    static const struct {
        const char *language, *number, *style;
    } rows[] = {
        {"en", "1230456789", "decimal"},         {"fa", "۱۲۳۰۴۵۶۷۸۹", "persian"},
        {"fa-AF", "۱۲۳۰۴۵۶۷۸۹", "persian"},      {"bn", "১২৩০৪৫৬৭৮৯", "bengali"},
        {"bn-Latn", "1230456789", "decimal"},    {"hi", "1230456789", "decimal"},
        {"ar", "1230456789", "decimal"},         {"ar-EG", "١٢٣٠٤٥٦٧٨٩", "arabic-indic"},
        {"ar-ye", "١٢٣٠٤٥٦٧٨٩", "arabic-indic"}, {"ar-MA", "1230456789", "decimal"},
        {"ar-AE", "1230456789", "decimal"},      {"ur", "1230456789", "decimal"},
        {"ur-IN", "۱۲۳۰۴۵۶۷۸۹", "persian"},      {"th", "1230456789", "decimal"},
        {"he", "1230456789", "decimal"},         {"", "1230456789", "decimal"},
    };
    struct arena arena;
    arena_init(&arena);
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        text language = text_from_c(rows[i].language);
        CHECK_TEXT(numeral_in(&arena, language, 1230456789), rows[i].number);
        CHECK_TEXT(text_from_c(numeral_style(language)), rows[i].style);
        CHECK(numerals_are_decimal(language) == (strcmp(rows[i].style, "decimal") == 0));
    }
    CHECK(numeral_is_digit('0') && numeral_is_digit('9') && numeral_is_digit(0x0660));
    CHECK(numeral_is_digit(0x09EF) && numeral_is_digit(0x06F5) && !numeral_is_digit(0x066A));
    CHECK(!numeral_is_digit('/') && !numeral_is_digit(':') && !numeral_is_digit(0));
    CHECK_TEXT(numeral_in(&arena, TEXT("fa"), 0), "۰");
    CHECK_TEXT(word_counted(&arena, TEXT("fa"), WORD_PAGE_COUNT, 12), "۱۲ صفحه");
    CHECK_TEXT(language_region(TEXT("zh-Hant-HK-x-GB")), "HK");
    CHECK_TEXT(language_region(TEXT("es-419")), "419");
    CHECK_TEXT(language_region(TEXT("ar-x-EG")), "");
    arena_release(&arena);
}

static void test_a_language_has_a_name_in_each_language(void)
{
    static const char *const rows[][3] = {
        {"en", "fr", "anglais"},     {"zh-Hant", "en", "Traditional Chinese"},
        {"fr", "fr-CA", "français"}, {"de", "el", "Γερμανικά"},
        {"de", "eo", "German"}, /* not in the words of the process's own language */
        {"qqq", "en", "qqq"},        {"", "en", ""},
    };
    struct arena arena;
    arena_init(&arena);
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        CHECK_TEXT(language_name(&arena, text_from_c(rows[i][0]), text_from_c(rows[i][1])),
                   rows[i][2]);
    for (size_t i = 0; i < word_catalogue_count; i++) {
        text tag = text_from_c(word_catalogues[i].tag);
        CHECK(!text_equal(language_name(&arena, tag, tag), tag));
    }
    arena_release(&arena);
}

int main(void)
{
    RUN(test_numbers_are_in_the_digits_of_their_language);
    RUN(test_a_date_is_written_as_its_language_does);
    RUN(test_a_language_has_a_name_in_each_language);
    RUN(test_a_region_or_writing_finds_its_catalogue);
    RUN(test_every_language_that_is_promised_has_a_catalogue);
    RUN(test_places_are_filled_in_the_order_of_the_language);
    RUN(test_a_count_takes_the_plural_form_of_its_language);
    RUN(test_no_plural_form_loses_its_count);
    UNIT_EXIT();
}

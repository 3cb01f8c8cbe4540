/* The codes of codes.def, each for itself: texts of the language have signs, numbers are read as
   they were written, and published examples come out as they were published. */
#include "base/report.h"
#include "braille/cells.h"
#include "document/catalogues.h"
#include "document/language.h"
#include "linear/linear.h"
#include "tests/unit/unit.h"

#include <unicode/uchar.h>
#include <unicode/ulocdata.h>
#include <unicode/uset.h>

/* Words in a language, as braille. */
struct transcript {
    struct arena arena;
    struct report report;
    struct document document;
    struct node node;
    struct cells cells;
    struct cell_string string;
};

static void open(struct transcript *t, const char *language, bool contracted)
{
    *t = (struct transcript){.node = {.kind = NODE_PARAGRAPH}};
    arena_init(&t->arena);
    report_init(&t->report, &t->arena);
    t->document = (struct document){.arena = &t->arena, .report = &t->report};
    t->document.metadata.language = text_from_c(language);
    t->node.span.file = report_add_source(&t->report, TEXT("test"), TEXT_EMPTY);
    t->cells =
        (struct cells){.document = &t->document, .arena = &t->arena, .contracted = contracted};
    cell_string_init(&t->string);
}

static void close(struct transcript *t)
{
    cell_string_release(&t->string);
    lou_free();
    arena_release(&t->arena);
}

/* A check that says which language it was. */
static void check_of(const char *language, bool holds, const char *what)
{
    if (!holds && !unit_failure) {
        snprintf(unit_message, sizeof unit_message, "%s: %s", language, what);
        unit_failure = unit_message;
    }
}

/* In ASCII braille, good until the next call; "" where it was refused. */
static text transcribe(struct transcript *t, const char *words)
{
    buffer_clear(&t->string.cells);
    buffer_clear(&t->string.breaks);
    t->cells.failed = false;
    cells_add(&t->cells, text_from_c(words), t->cells.contracted, &t->node, &t->string);
    return t->cells.failed ? TEXT_EMPTY : buffer_text(&t->string.cells);
}

static bool has_code(const char *language)
{
    struct transcript t;
    open(&t, language, false);
    bool has = code_open(&t.arena, &t.cells.codes, text_from_c(language), false) != NULL;
    close(&t);
    return has;
}

static bool is_one_of(const char *language, const char *const *list)
{
    for (; *list; list++) {
        if (strcmp(*list, language) == 0)
            return true;
    }
    return false;
}

static void test_every_language_has_a_code_or_is_known_to_have_none(void)
{
    static const char *const none[] = {"ja", "mt", "zh-Hant", NULL};
    static const char *const of_later_liblouis[] = {"th", NULL};
    for (size_t i = 0; i < word_catalogue_count; i++) {
        const char *tag = word_catalogues[i].tag;
        if (!is_one_of(tag, of_later_liblouis))
            CHECK(has_code(tag) != is_one_of(tag, none));
    }
    CHECK(has_code("nb") && has_code("pt-BR") && has_code("zh-CN") && !has_code("zh-TW"));
}

#define EM(words)           LINEAR_PART "1" LINEAR_PART_WORDS words LINEAR_PART_END
#define STRONG(words)       LINEAR_PART "2" LINEAR_PART_WORDS words LINEAR_PART_END
#define IN(language, words) LINEAR_PART "0" language LINEAR_PART_WORDS words LINEAR_PART_END

#define PART(language, words) LINEAR_PART "1" language LINEAR_PART_WORDS words LINEAR_PART_END

static const struct example {
    const char *language, *words, *braille;
} examples[] = {
    /* Rules of Unified English Braille, 2nd edition: 3.11, 3.21, 3.24, 5.2, 6.1 to 6.6, 7.6, 8.3 to
       8.5, 9.2, 9.3 */
    {"en", "8.93", "#H4IC"},
    {"en", "4,500,000", "#D1EJJ1JJJ"},
    {"en", "20 °C", "#BJ ^J,C"},
    {"en", "50%", "#EJ.0"},
    {"en", "m²", "M;9#B"},
    {"en", "4b", "#D;B"},
    {"en", "4B", "#D,B"},
    {"en", "8:30", "#H3#CJ"},
    {"en", "3½", "#C#A/B"},
    {"en", "µg", ".MG"},
    {"en", "“Stop!”", "8,STOP60"},
    {"en", "take " EM("two") " now", "TAKE .1TWO NOW"},
    {"en", STRONG("never more than this"), "^7NEVER MORE THAN THIS^'"},
    /* Code braille français uniformisé, 2nd edition: numbers with the signs of Antoine, capitals,
       emphasis of a word and of a passage */
    {"fr", "1,5", ",*1:"},
    {"fr", "20 %", ",<# \"+"},
    {"fr", "l’eau", "L'EAU"},
    {"fr", "Paris SNCF", ".PARIS ..SNCF"},
    {"fr", "un " EM("mot"), "UN _MOT"},
    /* Das System der deutschen Brailleschrift (BSKDL) */
    {"de", "20 mg", "#BJ MG"},
    {"de", "2,5", "#B1E"},
    {"de", "5a", "#E,A"},
    /* Codice Braille Italiano */
    {"it", "8.531,3/6.312", "#H'ECA1C4#F'CAB"},
    {"it", "3a", "#C_A"},
    {"it", "Temperatura 3°C", ".TEMPERATURA #C0.C"},
    /* Codice Braille of Monza's library, World Braille Usage */
    {"it", "5%", "#E#0"},
    {"it", "(a) 1/2", "7A7 #A4#B"},
    {"it", "µg", "^MG"},
    /* World Braille Usage, Turkish and Latvian */
    {"tr", "ağış çöü", "A<9% *[\\"},
    {"tr", "2,5", "#B1E"},
    {"lv", "a/b", "A_LB"},
    /* Greek letters are not those of Latin: liblouis's table of 3.33 */
    {"no", "µg", "^MG"},
    /* Code braille français uniformisé, 2nd edition, 2.1 b */
    {"fr", "UN DEUX TROIS QUATRE CINQ", "3.UN DEUX TROIS QUATRE .CINQ"},
    {"fr", "L’Europe et l’UNESCO", ".L'.EUROPE ET L'..UNESCO"},
    /* the same with a contraction beside what is raised: Rules of Unified English Braille, 10.1 */
    {"sw", "B-12", ";,B-#AB"},
    /* Capitals of Greek that look like Latin ones: 456 alone */
    {"no", "Βητα", "_B^:^T^A"},
    {"hu", "Β", ";_B"},
    {"bg", "α Ω", "^A _W"},
    /* Comisión Braille Española: one sign of a number for all its groups */
    {"es", "123.456,789", "#ABC'DEF1GHI"},
    /* Codice Braille of Monza's library */
    {"it", "Aspetta... C:\\a", ".ASPETTA''' .C3*A"},
    {"tr", "École café", ",@ECOLE CAF@E"},
    {"bn", "।", "4"},
    /* The uncontracted code of Vietnam, marks in either order */
    {"vi", "hoa thắm", "HOA TH9>M"},
    {"vi", "ặ a\u0306\u0323", ",> ,>"},
    /* Eesti punktkirja käsiraamat */
    {"et", "SUURTÄHED", ",,SUURT>HED"},
    {"et", "Eesti NATO-s", ",EESTI ,,NATO-S"},
    {"et", "123abc", "#ABC ABC"},
    {"et", "„Tere!” ütles ta.", ";,TERE6; \\TLES TA'"},
    {"et", "31.12.1999 1998-2000", "#CA'AB'AIII #AIIH -#BJJJ"},
    {"et", "kell 12:30", "KELL #AB3CJ"},
    {"et", "90° 50%", "#IJ 0 #EJ ?"},
    {"et", "2.050.000.000", "#B'JEJ'JJJ'JJJ"},
    {"et", "12,34", "#AB1CD"},
    /* Punktkiri, of the University of Tartu's library of aids */
    {"et", "1km/h 5×2", "#A KM/H #E '#B"},
    {"et", "≠ ≤ ∞ √ { }", "\"7 [7 = % [ O"},
    {"et", "café m² m³", "CAF@E M+#B M+3"},
    {"et", "See on " STRONG("tähtis"), ",SEE ON _T>HTIS"},
    {"et", "Täna oli " EM("vihmane"), ",T>NA OLI .VIHMANE"},
    /* BSKDL's sign, and words that liblouis 3.24 has it lose in bold */
    {"de", "das ist " STRONG("Wasser") ".", "DAS IST _.WASSER'"},
    /* Masaryk University, handbook of Czech braille ("czbraille"), Z.1.2, Z.7.1 to Z.7.3 */
    {"cs", "Jan", ",JAN"},
    {"cs", "a není sám", "A NEN/ S*M"},
    {"cs", "a " EM("není") " sám", "A 9.NEN/.9 S*M"},
    {"cs", "a " STRONG("není sám"), "A 9;NEN/ S*M;9"},
    /* Svenska skrivregler för punktskrift (2009), 3.4 */
    {"sv", "en " EM("ko"), "EN ,'KO"},
    {"sv", "en " STRONG("ko"), "EN .KO"},
    {"sv", EM("en ko") " nu", ",-EN KO: NU"},
    {"sv", STRONG("en ko") " nu", "..EN KO: NU"},
    /* Standard slovenske brajice 3.0, table 16 */
    {"sl", "to " STRONG("podrobno"), "TO ,_KPODROBNO,_"},
    {"sl", "to " EM("podrobno"), "TO ,_LPODROBNO,_"},
    /* the signs of World Braille Usage, 3rd edition: Polish, Romanian, Portuguese, Spanish */
    {"pl", EM("dwa kubki"), "_DWA _KUBKI"},
    {"ro", EM("ceai") " cald", "_CEAI CALD"},
    {"pt", EM("dois"), "9DOIS9"},
    /* no published example: the signs of later tables of liblouis, and of its mended Persian one */
    {"it", EM("due") " e " STRONG("tre"), "3_DUE_3 E 7_TRE_7"},
    {"lt", EM("du"), "_DU_"},
    {"sk", EM("dva") " a " STRONG("tri"), "<9DVA<9> A <2TRI<2>"},
    {"fa", STRONG("با"), "__BA_"},
    /* Polish: the numbers of liblouis's own examples; dot 6 before the letter of "2a" */
    {"pl", "1/2+1/2=1", "#A4#B6#A4#B7#A"},
    {"pl", "2a", "#B,A"},
    /* Comisión Braille Española: dot 5 before the letter */
    {"es", "5a", "#E\"A"},
    {"es", "toma " EM("dos") " vasos", "TOMA \"9DOS\"9 VASOS"},
    {"pt", "5a", "#E\"A"},
    {"pt", "38°", "#CH0"},
    /* Romanian */
    {"ro", "5 tablete de 20 mg la ora 8", "#E TABLETE DE #BJ MG LA ORA #H"},
    {"ro", "Și 2,5 ml (ȚĂ)", ".:I #B1E ML <..[*>"},
    /* Latvian braille specifications */
    {"lv", "25 %", "#BE #J0"},
    {"el", "Τι;", ".TI5"},
    /* parts in other languages */
    {"en", "say " IN("de", "20b") " now", "SAY #BJ;B NOW"},
    {"en", "the " IN("fr", "thé") " of " IN("fr", "peut-être que") ".",
     "THE TH^/E OF PEUT-^%ETRE QUE4"}, /* 13.5: the letters of UEB */
    {"en", IN("fr", "Le thé est chaud."), "\"('.LE TH= EST CHAUD4,\")"},
    {"en", "the " IN("ru", "дом") " and (" IN("ru", "да") ")", "THE ^(DOM AND \"<^(DA^)\">"},
    {"en", "the " IN("ru", "до") PART("ru", "мов") ".", "THE ^(DO_MOW_^)4"},
    {"en", "say " IN("ru", "да да да") "!", "SAY \"('DA DA DA,\")6"},
    {"en", IN("ru", "да да да ") "and", "\"('DA DA DA,\") AND"},
    {"sv", "hon sade " IN("es", "sí") " nu", "HON SADE \"1S/\"1 NU"},
    {"no", IN("de", "Wasser") " nå", "\"1.WASSER\"1 N*"},
    {"et", "Või " IN("ro", "Și") " õ", ",V<I .:I <"},
    {"en", "say " IN("mt", "kif inti") " now", "SAY KIF INTI NOW"},
    {"fa", IN("en", "mg"), "MG"},
    /* what has a plainer form, and none */
    {"it", "l’ora – 3−5", "L'ORA - #C-#E"},
    {"cs", "§", ""},
    {"en", "\U0001F600", "\"<GRINNING FACE\">"},
    {"en", "\U0001F44D\U0001F3FD", "\"<THUMBS UP SIGN\">\"<MEDIUM SKIN TONE\">"},
    {"en", "1\uFE0F\u20E3 \U0001F1E9\U0001F1EA", "#A ,,DE"}, /* a key, a flag */
    {"de", "\U0001F1E9\U0001F1EA", "^DE"},
    {"de", "\U0001F600", ""}, /* Unicode has its name in English alone */
    {"it", "straße", "STRASSE"},
    {"it", "Łódź", ".L+DZ"},
    {"pt", "µg", ""}, /* the table's µ is a capital m */
    {"en", IN("ja", "水"), ""},
    {"lv", "5a", ""},
    {"fa", "mg", ""},
    {"no", "1/2 31/12", "#A/#B #CA/#AB"},
};

static void test_published_examples(void)
{
    for (size_t i = 0; i < sizeof examples / sizeof *examples; i++) {
        struct transcript t;
        open(&t, examples[i].language, false);
        CHECK_TEXT(transcribe(&t, examples[i].words), examples[i].braille);
        close(&t);
    }
}

/* numbers */

/* Calls a test for each language in both grades. */
static void for_each_code(void (*test)(struct transcript *t, const char *language))
{
    for (size_t i = 0; i < word_catalogue_count; i++) {
        const char *tag = word_catalogues[i].tag;
        for (int contracted = 0; contracted < 2 && has_code(tag); contracted++) {
            struct transcript t;
            open(&t, tag, contracted);
            test(&t, tag);
            close(&t);
        }
    }
}

/* A copy with the arena's life. */
static text keep(struct transcript *t, const char *words)
{
    return arena_copy(&t->arena, transcribe(t, words));
}

static void read_whole_numbers(struct transcript *t, const char *language)
{
    static const char *const cannot_go_back[] = {"fa", "he", "th",
                                                 NULL}; /* those tables of liblouis */
    const char *const numbers[] = {"0", "5", "20", "100", "1234567890"};
    const struct braille_code *code =
        code_open(&t->arena, &t->cells.codes, text_from_c(language), t->cells.contracted);
    text sign = text_slice(keep(t, "5"), 0, 1);
    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++) {
        text braille = keep(t, numbers[i]);
        check_of(language, text_equal(text_slice(braille, 0, 1), sign), numbers[i]);
        check_of(language, braille.length == strlen(numbers[i]) + 1, numbers[i]);
        widechar cells[32], back[256];
        int made = 0, length = 256, from[32];
        widechar characters[32];
        for (const char *digit = numbers[i]; *digit; digit++)
            characters[made++] = (widechar)*digit;
        made = (int)code_translate(code, characters, (size_t)made, NULL, cells, from, 32);
        for (int k = 0; k < made; k++)
            cells[k] = (cells[k] - BRAILLE_PATTERNS) | 0x8000; /* liblouis's own dots */
        if (t->cells.contracted || is_one_of(language, cannot_go_back))
            continue;
        check_of(language,
                 lou_backTranslateString(code->tables, cells, &made, back, &length, NULL, NULL,
                                         dotsIO) == 1,
                 numbers[i]);
        size_t at = 0;
        for (int k = 0; k < length; k++) {
            int32_t value = u_charDigitValue((UChar32)back[k]);
            if (value >= 0)
                check_of(language, at < strlen(numbers[i]) && numbers[i][at++] == '0' + value,
                         numbers[i]);
        }
        check_of(language, at == strlen(numbers[i]), numbers[i]);
    }
}

/* Rules of Unified English Braille, 2nd edition, 11.4; a letter from a to j behind a number needs
   its sign (6.5.2). */
static void test_levels_have_the_signs_of_ueb(void)
{
    static const char *const rows[][2] = {
        {"H\u2082O", ",H;5#B,O"},        {"m\u00B2", "M;9#B"},
        {"x\u00B2a", "X;9#B;A"},         {"x\u00B2z", "X;9#BZ"},
        {"C\u2081\u2082H", ",C;5#AB,H"}, {"10\u207B\u00B9\u00B2", "#AJ;9<\"-#AB>"},
    };
    struct transcript t;
    open(&t, "en", false);
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        CHECK_TEXT(transcribe(&t, rows[i][0]), rows[i][1]);
    close(&t);
}

/* Where a code has no sign for what is raised, it does not come out as if it stood on the line. */
static void compare_levels(struct transcript *t, const char *language)
{
    text plain = keep(t, "52"), raised = keep(t, "5\u00B2"), lowered = keep(t, "5\u2082");
    check_of(language, !text_equal(raised, plain) && !text_equal(lowered, plain), "5\u00B2");
    check_of(language, !raised.length || !text_equal(raised, lowered), "5\u2082");
}

static void test_levels_are_told_or_refused(void)
{
    for_each_code(compare_levels);
}

static void test_whole_numbers_are_read_back(void)
{
    for_each_code(read_whole_numbers);
}

static void compare_numbers(struct transcript *t, const char *language)
{
    const char *const numbers[] = {"12",  "21",  "1 2",  "1.2",   "1,2",   "1:2",  "1/2",
                                   "1-2", "122", "1/22", "1/2 2", "1 2/2", "1.22", "1,22"};
    enum { COUNT = sizeof numbers / sizeof *numbers };
    text braille[COUNT];
    for (size_t i = 0; i < COUNT; i++) {
        braille[i] = keep(t, numbers[i]);
        check_of(language, braille[i].length > 0, numbers[i]);
        for (size_t k = 0; k < i; k++)
            check_of(language, !text_equal(braille[i], braille[k]), numbers[i]);
    }
}

/* Spaces at which no line ends are the blanks of braille between a number and what is none, or two
   numbers; "4 A" behind the number of its heading is not 24 A. */
static void compare_spaces(struct transcript *t, const char *language)
{
    static const char *const spaces[] = {"\u00A0", "\u202F", "\u2007"};
    static const char *const words[][2] = {{"3", "A4"}, {"3", "a"},  {"2", "4 A"},
                                           {"5", "mg"}, {"A4", "b"}, {"12", "34"}};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        char line[64];
        snprintf(line, sizeof line, "%s %s", words[i][0], words[i][1]);
        text plain = keep(t, line);
        for (size_t k = 0; k < sizeof spaces / sizeof *spaces; k++) {
            snprintf(line, sizeof line, "%s%s%s", words[i][0], spaces[k], words[i][1]);
            check_of(language, text_equal(transcribe(t, line), plain), line);
        }
    }
}

static void test_glued_spaces_are_plain_blanks(void)
{
    for_each_code(compare_spaces);
}

/* In the digits of every writing a number has its sign. */
static void compare_digits(struct transcript *t, const char *language)
{
    static const uint32_t zeros[] = {0x660, 0x6F0, 0x966, 0x9E6, 0xE50};
    text plain = keep(t, "20");
    for (size_t i = 0; i < sizeof zeros / sizeof *zeros; i++) {
        char digits[16] = {0};
        text_encode(zeros[i], digits + text_encode(zeros[i] + 2, digits));
        check_of(language, text_equal(transcribe(t, digits), plain), digits);
    }
}

static void test_digits_of_every_writing_are_numbers(void)
{
    for_each_code(compare_digits);
}

static void test_different_numbers_differ(void)
{
    for_each_code(compare_numbers);
}

static void compare_letters_with_digits(struct transcript *t, const char *language)
{
    const struct braille_code *code =
        code_open(&t->arena, &t->cells.codes, text_from_c(language), t->cells.contracted);
    for (UChar32 letter = 'a'; letter <= 0x1000; letter++) {
        widechar one = (widechar)letter, cells[64];
        int from[64];
        if (!u_isalpha(letter) || !u_islower(letter) ||
            code_translate(code, &one, 1, NULL, cells, from, 64) == SIZE_MAX)
            continue;
        char with_letter[16] = "5", with_digit[3] = "50";
        with_letter[1 + text_encode((uint32_t)letter, with_letter + 1)] = '\0';
        text braille = keep(t, with_letter);
        for (; braille.length && with_digit[1] <= '9'; with_digit[1]++)
            check_of(language, !text_equal(braille, transcribe(t, with_digit)), with_letter);
    }
}

static void test_a_letter_behind_a_number_is_no_digit(void)
{
    for_each_code(compare_letters_with_digits);
}

/* signs */

static USet *exemplars(const char *tag, ULocaleDataExemplarSetType type)
{
    UErrorCode error = U_ZERO_ERROR;
    char locale[64];
    uloc_forLanguageTag(tag, locale, sizeof locale, NULL, &error);
    ULocaleData *data = ulocdata_open(locale, &error);
    USet *set = ulocdata_getExemplarSet(data, NULL, 0, type, &error);
    ulocdata_close(data);
    return set;
}

/* Which of a set are refused, and which letters lose their mark, as UTF-8. */
static size_t find_lacking(struct transcript *t, struct braille_code *code, const USet *set,
                           struct buffer *refused, struct buffer *bare)
{
    size_t count = 0;
    for (int32_t i = 0; i < uset_getItemCount(set); i++) {
        UChar32 from, to;
        UChar string[64];
        UErrorCode error = U_ZERO_ERROR;
        if (uset_getItem(set, i, &from, &to, string, 64, &error) != 0)
            continue; /* a string of several */
        for (UChar32 c = from; c <= to; c++) {
            const struct braille_sign *sign = code_sign(&t->arena, code, (uint32_t)c);
            count++;
            if (sign->kind == SIGN_NONE && !u_isspace(c))
                buffer_add_code_point(refused, (uint32_t)c);
            if (sign->kind == SIGN_BARE)
                buffer_add_code_point(bare, (uint32_t)c);
        }
    }
    return count;
}

/* What is refused of the letters, the punctuation and the signs of medicine, and of no other
   language. Letters in brackets stand without their mark. */
static const struct lacking {
    const char *language, *refused;
} lacking[] = {
    {"ar", ""},         {"bg", ""},
    {"bn", "়ৗ৺†‡"}, /* the first is part of letters that have signs */
    {"cs", "§"},        {"da", "†"},
    {"de", ""},         {"el", "#&\\§°²³"},
    {"en", ""},         {"es", "#§†‡"},
    {"et", "$"},        {"fa", "&\\±°²³½¼"},
    {"fi", "µ"},        {"fr", "†‡"},
    {"ga", ""},         {"he", "[]"},
    {"hi", "़†‡"},       {"hr", ""},
    {"hu", "°⁒⟨⟩µ"},    {"it", ""},
    {"ko", "¶†‡‰※‾〃"}, {"lt", ""},
    {"lv", "‡µ"}, /* the table has a capital m there */
    {"nl", "‡"},        {"no", ""},
    {"pl", "†‡"},       {"pt", "†‡µ"},
    {"ro", "#@[]²³"},   {"ru", ""},
    {"sk", ""},         {"sl", ""},
    {"sv", "‡µ"},       {"sw", "µ"},
    {"th", ""},         {"tr", "²³†‡"},
    {"uk", ""},         {"ur", "\"#$%&'*+<=>@[]£§°±²³µ×؍٫٬‘’€≤≥½¼"},
    {"vi", ""},         {"zh-Hans", "※﹉﹊﹋﹌"},
};

static const char *expected_lacking(const char *language)
{
    for (size_t i = 0; i < sizeof lacking / sizeof *lacking; i++) {
        if (strcmp(lacking[i].language, language) == 0)
            return lacking[i].refused;
    }
    return "";
}

static void check_signs(struct transcript *t, const char *language)
{
    static const UChar medicine[] = u"0123456789!\"#$%&'()*+,-./:;<=>?@[]°µ½¼²³€£–−’‘“”«»…×±≤≥§•";
    static const char *const without_marks[] = {"fa", "fi", NULL}; /* hamza; š, ž */
    struct braille_code *code =
        code_open(&t->arena, &t->cells.codes, text_from_c(language), t->cells.contracted);
    struct buffer refused, bare;
    buffer_init(&refused, 100000);
    buffer_init(&bare, 100000);
    USet *letters = exemplars(language, ULOCDATA_ES_STANDARD);
    uset_closeOver(letters, USET_ADD_CASE_MAPPINGS);
    USet *signs = exemplars(language, ULOCDATA_ES_PUNCTUATION);
    for (size_t i = 0; medicine[i]; i++)
        uset_add(signs, medicine[i]);
    size_t count = find_lacking(t, code, letters, &refused, &bare) +
                   find_lacking(t, code, signs, &refused, &bare);
    printf("# braille of %s, %scontracted: %zu characters, %zu refused: %.*s\n", language,
           t->cells.contracted ? "" : "not ", count, text_count(buffer_text(&refused)),
           TEXT_ARGUMENTS(buffer_text(&refused)));
    text expected = text_from_c(expected_lacking(language));
    size_t offset = 0;
    for (uint32_t c = text_next(buffer_text(&refused), &offset); c != UINT32_MAX;
         c = text_next(buffer_text(&refused), &offset)) {
        char bytes[5] = {0};
        text one = {bytes, text_encode(c, bytes)};
        bool is_expected = text_find(expected, one, 0) != SIZE_MAX || t->cells.contracted;
        check_of(language, is_expected, bytes);
    }
    check_of(language, bare.length == 0 || is_one_of(language, without_marks), "marks");
    uset_close(letters);
    uset_close(signs);
    buffer_release(&refused);
    buffer_release(&bare);
}

static void test_texts_of_each_language_have_signs(void)
{
    for_each_code(check_signs);
}

static void compare_capitals(struct transcript *t, const char *language)
{
    /* their short forms leave the sign of a capital out */
    static const char *const short_without[] = {"hu", NULL};
    /* so does Ukrainian for words of capitals alone, in liblouis 3.24 */
    static const char *const without[] = {"uk", NULL};
    if (is_one_of(language, without) || (t->cells.contracted && is_one_of(language, short_without)))
        return;
    USet *letters = exemplars(language, ULOCDATA_ES_STANDARD);
    for (UChar32 c = 'a'; c < 0x500; c++) {
        if (!uset_contains(letters, c) || u_toupper(c) == c)
            continue;
        char small[8] = {0}, large[8] = {0};
        text_encode((uint32_t)c, small);
        text_encode((uint32_t)u_toupper(c), large);
        text braille = keep(t, small);
        check_of(language, !text_equal(braille, transcribe(t, large)), small);
    }
    uset_close(letters);
}

static void test_capitals_differ_from_small_letters(void)
{
    for_each_code(compare_capitals);
}

/* emphasis */

static void compare_emphasis(struct transcript *t, const char *language)
{
    static const char *const words[][2] = {
        {"555", EM("555")},
        {"555 10 20", "555 " EM("10") " 20"},
        {"1 2 3 4 5 6", EM("1 2 3 4 5 6")},
        {"1 2 3 4 5 6", "1 " STRONG("2 3 4 5") " 6"},
    };
    const struct braille_code *code =
        code_open(&t->arena, &t->cells.codes, text_from_c(language), t->cells.contracted);
    for (size_t i = 0; code->emphasised && i < sizeof words / sizeof *words; i++) {
        text plain = keep(t, words[i][0]);
        check_of(language, !text_equal(plain, transcribe(t, words[i][1])), words[i][0]);
    }
}

static void test_emphasis_is_marked_where_the_code_has_signs(void)
{
    for_each_code(compare_emphasis);
}

/* lines */

static void test_no_line_ends_inside_a_number(void)
{
    struct transcript t;
    open(&t, "en", false);
    transcribe(&t, "1234,5");
    CHECK_TEXT(buffer_text(&t.string.breaks), "0000000");
    transcribe(&t, "a\u00A0b");
    CHECK_TEXT(buffer_text(&t.string.breaks), "020");
    transcribe(&t, "ab 12");
    CHECK_TEXT(buffer_text(&t.string.breaks), "014000");
    transcribe(&t, "ab-cd");
    CHECK_TEXT(buffer_text(&t.string.breaks), "01031");
    transcribe(&t, "030 12");
    CHECK_TEXT(buffer_text(&t.string.breaks), "00002000");
    close(&t);
}

int main(void)
{
    RUN(test_every_language_has_a_code_or_is_known_to_have_none);
    RUN(test_published_examples);
    RUN(test_levels_have_the_signs_of_ueb);
    RUN(test_levels_are_told_or_refused);
    RUN(test_whole_numbers_are_read_back);
    RUN(test_glued_spaces_are_plain_blanks);
    RUN(test_digits_of_every_writing_are_numbers);
    RUN(test_different_numbers_differ);
    RUN(test_a_letter_behind_a_number_is_no_digit);
    RUN(test_texts_of_each_language_have_signs);
    RUN(test_capitals_differ_from_small_letters);
    RUN(test_emphasis_is_marked_where_the_code_has_signs);
    RUN(test_no_line_ends_inside_a_number);
    UNIT_EXIT();
}

/* Which glyph of a cluster says what, in fonts of the sealed set. */
#include "unit.h"

#include "pdf/cluster.h"
#include "pdf_pages.h"

static struct arena arena;
static struct cluster_part parts[64];
static size_t foreign; /* parts whose glyphs are not the run's */

/* Shapes words as one run, divides each cluster, and writes what the parts say, `|` between them;
   `_` for an outline, `~` for a mark of direction. */
static const char *divided(const char *font, const char *words, bool right_to_left)
{
    static char result[512];
    struct setter s;
    setter_init(&s, &arena, 842);
    setter_add_face(&s, font, 0, false);
    struct glyph_run *run = shape(&s, text_from_c(words), right_to_left);
    uint64_t used[1024] = {0};
    for (uint32_t i = 0; i < run->glyph_count; i++)
        used[run->glyphs[i].id / 64] |= UINT64_C(1) << (run->glyphs[i].id % 64);
    const char *why;
    struct font_file *file = font_file_open(run->face, used, &why);
    struct buffer out;
    buffer_init(&out, sizeof result - 1);
    size_t offset = 0;
    foreign = 0;
    for (uint32_t i = 0, next; file && i < run->glyph_count; i = next) {
        size_t end = offset;
        next = cluster_end(run, i, &end);
        float x = next < run->glyph_count ? run->glyphs[next].x : run->width;
        size_t count = cluster_divide(file, run, &run->glyphs[i], next - i, x,
                                      text_slice(run->text, offset, end), parts);
        for (size_t k = 0; k < count; k++) {
            foreign += !(used[parts[k].id / 64] >> (parts[k].id % 64) & 1);
            if (out.length)
                buffer_add_byte(&out, '|');
            if (parts[k].outlined)
                buffer_add_byte(&out, '_');
            else if (text_equal_c(parts[k].says, "\xE2\x80\x8E") ||
                     text_equal_c(parts[k].says, "\xE2\x80\x8F"))
                buffer_add_byte(&out, '~');
            else
                buffer_add_text(&out, parts[k].says);
        }
        offset = end;
    }
    memcpy(result, out.bytes ? out.bytes : "", out.length);
    result[out.length] = '\0';
    buffer_release(&out);
    if (file)
        font_file_release(file);
    setter_release(&s);
    return result;
}

/* What all parts say together, without outlines and marks of direction. */
static bool reads(const char *font, const char *words, bool right_to_left)
{
    const char *d = divided(font, words, right_to_left);
    char joined[512];
    size_t length = 0;
    for (; *d; d++)
        if (strncmp(d, "\xE2\x80\x8F", 3) == 0)
            d += 2;
        else if (*d != '|' && *d != '_' && *d != '~')
            joined[length++] = *d;
    joined[length] = '\0';
    return strcmp(joined, words) == 0;
}

static void test_a_ligature_of_letters_says_them_all(void)
{
    CHECK_TEXT(text_from_c(divided(NOTO "NotoSerif-Regular.ttf", "office", false)), "o|ffi|c|e");
}

static void test_indic_clusters_read_in_logical_order(void)
{
    CHECK(reads(NOTO "NotoSansDevanagari-Regular.ttf", "क्षत्रिय शक्ति की में", false));
    CHECK(reads(NOTO "NotoSansBengali-Regular.ttf", "ক্ষমতা কোন স্ত্রী", false));
    CHECK(reads(NOTO "NotoSansTamil-Regular.ttf", "கொடு மொழி", false));
    CHECK(reads(NOTO "NotoSansTelugu-Regular.ttf", "స్త్రీ క్షేత్రం", false));
    CHECK(reads(NOTO "NotoSansKhmer-Regular.ttf", "ភាសាខ្មែរ ស្អាត", false));
    CHECK(reads(NOTO "NotoSerifTibetan-Regular.ttf", "བོད་སྐད་", false));
}

static void test_an_advancing_glyph_never_says_a_nonspacing_mark(void)
{
    const char *d = divided(NOTO "NotoSansDevanagari-Regular.ttf", "क्ष", false);
    CHECK(strncmp(d, "क|", 4) == 0); /* the rest stands on carriers */
}

static void test_from_right_to_left_every_part_says_one_character(void)
{
    const char *d = divided(NOTO "NotoNaskhArabic-Regular.ttf", "لا مُحَمَّد", true);
    for (size_t offset = 0, run = 0; d[offset];) {
        uint32_t c = text_next(text_from_c(d), &offset);
        run = c == '|' ? 0 : run + 1;
        CHECK(run <= 1);
    }
    CHECK(reads(NOTO "NotoNaskhArabic-Regular.ttf", "لا مُحَمَّد", true));
    CHECK(reads(NOTO "NotoSansHebrew-Regular.ttf", "שָׁלוֹם", true));
}

/* Of a mark of direction every reader takes a part of the words: none finds a phrase then. */
static void test_a_space_from_right_to_left_says_nothing_but_itself(void)
{
    CHECK(strstr(divided(NOTO "NotoSansHebrew-Regular.ttf", "אב גד", true), "| |"));
    CHECK(!strchr(divided(NOTO "NotoSansHebrew-Regular.ttf", "אב גד", true), '~'));
}

/* Its font draws its joiners, and has no other sign without ink and width. */
static void test_hebrew_points_are_carried_beside_their_letters(void)
{
    CHECK_TEXT(text_from_c(divided(NOTO "NotoSansHebrew-Regular.ttf", "בּוֹ", true)), "ב|ּ|ו|ֹ");
}

static void test_more_glyphs_than_characters_leave_none_without_text(void)
{
    const char *d = divided(NOTO "NotoSansThai-Regular.ttf", "น้ำ", false);
    CHECK(!strchr(d, '~') && !strchr(d, '_') && !strstr(d, "||"));
    CHECK(reads(NOTO "NotoSansThai-Regular.ttf", "น้ำ", false));
}

/* A mark of direction between its letters would hide a word from every search. */
static void test_a_syllable_of_more_glyphs_than_letters_says_its_letters_alone(void)
{
    CHECK_TEXT(text_from_c(divided(NOTO "NotoSansTamil-Regular.ttf", "கொடு", false)), "க|ொ|டு");
    CHECK_TEXT(text_from_c(divided(NOTO "NotoSansBengali-Regular.ttf", "কো", false)), "ক|ো");
    CHECK_TEXT(text_from_c(divided(NOTO "NotoSansMalayalam-Regular.ttf", "ശു", false)), "ശ|ു");
    CHECK_TEXT(text_from_c(divided(NOTO "NotoSansSinhala-Regular.ttf", "හොඳ", false)), "හ|ො|ඳ");
}

/* pdf.js drops a joiner that stands alone. */
static void test_a_joiner_is_said_with_the_mark_before_it(void)
{
    const char *d = divided(NOTO "NotoSansSinhala-Regular.ttf", "ශ්\u200Dරී", false);
    CHECK(!strstr(d, "|\u200D"));
    CHECK(reads(NOTO "NotoSansSinhala-Regular.ttf", "ශ්\u200Dරී", false));
    d = divided(NOTO "NotoSansDevanagari-Regular.ttf", "क्\u200Dष क्\u200Cष", false);
    CHECK(!strstr(d, "|\u200D") && !strstr(d, "|\u200C"));
}

/* Readers take a gap for a space: what stands to the left of one is as wide as its step. */
static void test_no_gap_is_between_letters_from_right_to_left(void)
{
    CHECK_TEXT(text_from_c(divided(NOTO "NotoNastaliqUrdu-Regular.ttf", "مزید", true)), "م|ز|ی|د");
    size_t all = foreign;
    divided(NOTO "NotoNastaliqUrdu-Regular.ttf", "م", true);
    CHECK(all > foreign); /* composed */
}

/* The letter below stands further to the right than the one above ends. */
static void test_no_gap_is_within_a_syllable(void)
{
    CHECK_TEXT(text_from_c(divided(NOTO "NotoSansTelugu-Regular.ttf", "ష్క", false)), "ష|్|క");
    CHECK(parts[2].x - parts[1].x < 0.1F);
}

/* PDFium leaves out the second of the same glyph at one place, poppler of the same character. */
static void test_the_same_mark_twice_has_two_carriers(void)
{
    CHECK_TEXT(text_from_c(divided(NOTO "NotoSansDevanagari-Regular.ttf", "क्ष्य", false)),
               "क|्|ष|्|य");
    CHECK(parts[1].x < parts[3].x && parts[1].id != parts[3].id);
}

/* poppler 25 leaves out a letter that begins where the same letter does, or little behind it. */
static void test_a_letter_below_itself_stands_well_behind(void)
{
    CHECK_TEXT(text_from_c(divided(NOTO "NotoSansMyanmar-Regular.ttf", "ဌ္ဌ", false)), "ဌ|္|ဌ");
    CHECK(parts[2].x - parts[0].x > 0.09F * 12);
    divided(NOTO "NotoSansMyanmar-Regular.ttf", "ဌ္ဍ", false);
    CHECK(parts[2].x - parts[0].x < 0.09F * 12); /* another letter is as it is */
}

/* pdf.js reads the space before a letter without width twice. */
static void test_a_letter_that_is_carried_from_right_to_left_has_a_width(void)
{
    CHECK_TEXT(text_from_c(divided(NOTO "NotoSansArabic-Regular.ttf", "لا", true)), "ل|ا");
    CHECK(parts[1].x < parts[0].x); /* and stands to the left of the ligature */
    CHECK(foreign == 1);
}

static void test_what_stands_above_its_line_is_painted_on_it(void)
{
    divided(NOTO "NotoSansLao-Regular.ttf", "ຊົ່", false);
    CHECK(parts[0].y == 0 && parts[1].y == 0 && parts[2].y == 0);
    divided(NOTO "NotoNastaliqUrdu-Regular.ttf", "سب", true);
    CHECK(parts[0].y == 0);
}

static void test_a_cluster_without_text_is_no_harm(void)
{
    struct setter s;
    setter_init(&s, &arena, 842);
    struct glyph_run *run = shape(&s, TEXT("a"), false);
    uint64_t used[1024] = {0};
    const char *why;
    struct font_file *file = font_file_open(run->face, used, &why);
    CHECK(file);
    if (file) {
        CHECK(cluster_divide(file, run, run->glyphs, 1, 10, TEXT_EMPTY, parts) == 1);
        CHECK(parts[0].says.length > 0); /* never an empty text */
        font_file_release(file);
    }
    setter_release(&s);
}

int main(void)
{
    arena_init(&arena);
    RUN(test_a_ligature_of_letters_says_them_all);
    RUN(test_indic_clusters_read_in_logical_order);
    RUN(test_an_advancing_glyph_never_says_a_nonspacing_mark);
    RUN(test_from_right_to_left_every_part_says_one_character);
    RUN(test_a_space_from_right_to_left_says_nothing_but_itself);
    RUN(test_hebrew_points_are_carried_beside_their_letters);
    RUN(test_more_glyphs_than_characters_leave_none_without_text);
    RUN(test_a_syllable_of_more_glyphs_than_letters_says_its_letters_alone);
    RUN(test_a_joiner_is_said_with_the_mark_before_it);
    RUN(test_no_gap_is_between_letters_from_right_to_left);
    RUN(test_no_gap_is_within_a_syllable);
    RUN(test_the_same_mark_twice_has_two_carriers);
    RUN(test_a_letter_below_itself_stands_well_behind);
    RUN(test_a_letter_that_is_carried_from_right_to_left_has_a_width);
    RUN(test_what_stands_above_its_line_is_painted_on_it);
    RUN(test_a_cluster_without_text_is_no_harm);
    arena_release(&arena);
    UNIT_EXIT();
}

/* Tokens of PDF: their kinds, where they stand, and what they say. */
#include "unit.h"

#include "base/pdf_lexer.h"

#include <string.h>

/* What the tokens are, a letter each: n number, i whole number, N name, S string, T torn string, W
   word, [ ] arrays, < > dictionaries. */
static bool are(const char *source, const char *kinds)
{
    static const char letters[] = ".nNSW[]<>";
    struct pdf_lexer lexer = {.source = text_from_c(source)};
    for (size_t i = 0;; i++) {
        struct pdf_token token = pdf_lexer_next(&lexer);
        if (token.kind == PDF_TOKEN_END)
            return kinds[i] == '\0' && pdf_lexer_next(&lexer).kind == PDF_TOKEN_END;
        char letter = token.is_torn ? 'T' : token.is_integer ? 'i' : letters[token.kind];
        if (letter != kinds[i])
            return false;
    }
}

/* The bytes of the only token. */
static bool says(const char *source, const char *bytes, size_t length)
{
    struct pdf_lexer lexer = {.source = text_from_c(source)};
    struct pdf_token token = pdf_lexer_next(&lexer);
    struct buffer decoded;
    buffer_init(&decoded, 1000);
    bool is_same =
        text_equal(pdf_token_bytes(lexer.source, token, &decoded), (text){bytes, length}) &&
        token.end == lexer.source.length;
    buffer_release(&decoded);
    return is_same;
}
#define SAYS(source, bytes) CHECK(says(source, bytes, sizeof bytes - 1))

static double number(const char *source)
{
    struct pdf_lexer lexer = {.source = text_from_c(source)};
    struct pdf_token token = pdf_lexer_next(&lexer);
    return token.kind == PDF_TOKEN_NUMBER ? token.number : -99;
}

static bool is_number(const char *source, double wanted)
{
    double found = number(source);
    return found >= wanted && found <= wanted;
}

static void test_every_kind_of_token_is_told(void)
{
    CHECK(are("<</A[1 2.0/B(c)<64>]>>BDC true", "<N[inNSS]>WW"));
    CHECK(are("q\fT*\rf*\t'\n\"", "WWWWW"));
    CHECK(are("1 0 0 -1 .5 +3 cm%comment ( [\nn", "iiiiniWW"));
    CHECK(are("% ends in a comment", ""));
    CHECK(are(" \t\r\n", ""));
    CHECK(are("", ""));
}

static void test_brackets_that_belong_to_nothing_are_words(void)
{
    CHECK(are(")BT}{ET", "WWWWW"));
    CHECK(are(">/A", ">N"));
}

static void test_strings_that_do_not_end_are_torn(void)
{
    CHECK(are("(a(b)", "T"));
    CHECK(are("(a\\)", "T"));
    CHECK(are("(a\\", "T"));
    CHECK(are("<6162", "T"));
    CHECK(are("(a(b))", "S"));
    SAYS("(a\\", "a\\");
    SAYS("<6162", "ab");
}

static void test_numbers_are_read_as_they_are_written(void)
{
    CHECK(is_number("12", 12) && is_number("-0.25", -0.25) && is_number("+7.", 7));
    CHECK(is_number("--5", -5) && is_number("12-34", 12) && is_number(".", 0));
    CHECK(is_number("8.125", 8.125) && is_number("-.5", -.5));
    CHECK(are("1e5 1.2.3 - + 0x10", "WWWWW"));
    double large = number("99999999999999999999999999"),
           small = number("0.00000000000000000000001");
    CHECK(large > 1e11 && large < 1e14 && small >= 0 && small < 1e-10);
}

static void test_names_are_resolved(void)
{
    SAYS("/Plain", "Plain");
    SAYS("/", "");
    SAYS("/A#20B#2f", "A B/");
    SAYS("/A#", "A#");
    SAYS("/A#4", "A#4");
    SAYS("/A#zz", "A#zz");
}

static void test_strings_are_decoded(void)
{
    SAYS("(plain (and) nested)", "plain (and) nested");
    SAYS("(\\n\\r\\t\\b\\f\\(\\)\\\\\\x)", "\n\r\t\b\f()\\x");
    SAYS("(\\101\\1012\\7\\78\\377)", "AA2\7\0078\377");
    SAYS("(a\\\nb\\\r\nc\\\rd)", "abcd");
    SAYS("<4 1\n4g2 5>", "ABP");
    SAYS("<>", "");
    SAYS("()", "");
}

/* content.c parts strings between bytes: each stands where the walk says. */
static void test_a_walk_tells_where_each_byte_stands(void)
{
    static const struct {
        const char *source;
        size_t starts[4];
        size_t count;
        bool is_half;
    } rows[] = {
        {"(a\\)\\\nb)", {1, 2, 6}, 3, false},
        {"(\\\\\\051(", {1, 3, 7}, 3, false},
        {"<4 1 42>", {1, 5}, 2, false},
        {"<41 4>", {1, 4}, 2, true},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct pdf_lexer lexer = {.source = text_from_c(rows[i].source)};
        struct pdf_token token = pdf_lexer_next(&lexer);
        struct pdf_string string = {.at = token.start + 1};
        size_t count = 0;
        for (; pdf_string_next(lexer.source, token, &string); count++)
            CHECK(count < rows[i].count && string.start == rows[i].starts[count]);
        CHECK(count == rows[i].count && string.is_half == rows[i].is_half);
    }
}

static void test_inline_images_are_passed_over(void)
{
    static const char image[] = "ID \x01 EI\x80 xEI EIy \xff EI\x01\x02 EI Q";
    struct pdf_lexer lexer = {.source = {image, sizeof image - 1}};
    CHECK(pdf_token_is(lexer.source, pdf_lexer_next(&lexer), "ID"));
    CHECK(pdf_lexer_skip_image(&lexer));
    CHECK(pdf_token_is(lexer.source, pdf_lexer_next(&lexer), "Q"));
    struct pdf_lexer endless = {.source = TEXT("ID abc EIx")};
    CHECK(!pdf_lexer_skip_image(&endless) && endless.at == endless.source.length);
}

static void test_words_are_compared_whole(void)
{
    struct pdf_lexer lexer = {.source = TEXT("Tj /Tj (Tj)")};
    CHECK(pdf_token_is(lexer.source, pdf_lexer_next(&lexer), "Tj"));
    CHECK(!pdf_token_is(lexer.source, pdf_lexer_next(&lexer), "Tj"));
    CHECK(!pdf_token_is(lexer.source, pdf_lexer_next(&lexer), "Tj"));
}

int main(void)
{
    RUN(test_every_kind_of_token_is_told);
    RUN(test_brackets_that_belong_to_nothing_are_words);
    RUN(test_strings_that_do_not_end_are_torn);
    RUN(test_numbers_are_read_as_they_are_written);
    RUN(test_names_are_resolved);
    RUN(test_strings_are_decoded);
    RUN(test_a_walk_tells_where_each_byte_stands);
    RUN(test_inline_images_are_passed_over);
    RUN(test_words_are_compared_whole);
    UNIT_EXIT();
}

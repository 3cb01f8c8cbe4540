/* What a theme says in the style sheet of EPUBs and pages. */
#include "tests/unit/unit.h"

#include "base/contrast.h"
#include "base/limits.h"
#include "base/report.h"
#include "html/design.h"
#include "html/stylesheet.h"

static struct arena arena;
static struct buffer out;

/* What the theme adds to the sheet that there is without one. */
static text added(const char *profile, const char *house)
{
    static struct report report;
    static struct theme theme;
    arena_release(&arena);
    report_init(&report, &arena);
    struct document document = {.arena = &arena, .report = &report};
    struct theme_file file;
    struct theme_options options = {.profile = profile_find(text_from_c(profile)), .house = &file};
    CHECK(theme_file_read(&report, TEXT("house.yaml"), text_from_c(house), &file));
    CHECK(theme_resolve(&document, &options, &theme));
    buffer_clear(&out);
    CHECK(stylesheet_write(NULL, TEXT_EMPTY, &out));
    size_t plain = out.length;
    buffer_clear(&out);
    CHECK(stylesheet_write(&theme, TEXT_EMPTY, &out));
    return text_slice(buffer_text(&out), plain, out.length);
}

static bool says(text sheet, const char *rule)
{
    return text_find(sheet, text_from_c(rule), 0) != SIZE_MAX;
}

static void test_a_theme_that_says_nothing_leaves_the_reader_in_charge(void)
{
    CHECK(added("standard", "").length == 0);
    CHECK(added("standard", "page: {columns: 2, crop-marks: true}\nfooter: \"\"\n").length == 0);
    CHECK(added("booklet", "").length == 0);
}

static void test_titles_and_headings_have_the_themes_ground_rules_and_alignment(void)
{
    text sheet =
        added("standard", "colours: {title-ground: \"#E8F0FA\", heading-rule: \"#12355B\"}\n"
                          "blocks: {heading-rule: 1.5}\nalignment: {title: centre}\n"
                          "styles: {heading-3: italic}\ntext: {paragraph-indent: 1.5}\n");
    CHECK(says(sheet, "h1, .subtitle, .byline {\n  text-align: center;\n}"));
    CHECK(!says(sheet, "h2, h3, h4, h5, h6 {\n  text-align: center;"));
    CHECK(says(sheet, "header {\n  padding:") && says(sheet, "background-color: #E8F0FA;"));
    CHECK(says(sheet, "border-bottom: 2px solid;") && says(sheet, "border-bottom-color: #12355B;"));
    CHECK(says(sheet, "h3 {\n  font-weight: normal;\n  font-style: italic;\n}"));
    CHECK(says(sheet, "section > p + .footnote + p {\n  text-indent: 1.5em;\n}"));
    CHECK(!says(sheet, "\np + p") && !says(sheet, "\np {\n  margin: 0;")); /* frames, lists */
}

static void test_fonts_spacing_and_justification_are_the_themes(void)
{
    text sheet = added("standard", "fonts: {body: Noto Serif, code: Noto Sans Mono}\n"
                                   "line-spacing: {body: 1.75}\nsizes: {title: 36}\n"
                                   "text: {justified: true, hyphenated: true}\n");
    CHECK(says(sheet, "body {\n  font-family: \"Noto Serif\", serif;\n}"));
    CHECK(says(sheet, "code, pre {\n  font-family: \"Noto Sans Mono\", monospace;\n}"));
    CHECK(says(sheet, "line-height: 1.75;"));
    CHECK(says(sheet, "h1 {\n  font-size: 3em;\n}"));
    CHECK(!says(sheet, "h2 {"));
    CHECK(says(sheet, "text-align: justify;") && says(sheet, "hyphens: auto;"));
    CHECK(!says(sheet, "color"));
    sheet = added("dyslexia", "");
    CHECK(says(sheet, "\"OpenDyslexic\", sans-serif") && says(sheet, "letter-spacing: 0.035em;"));
    CHECK(says(sheet, "em, i {\n  font-style: normal;") && !says(sheet, "justify"));
}

static void test_colours_come_with_their_grounds_and_not_into_the_dark(void)
{
    text sheet = added("standard", "colours: {link: \"#7A1F5C\", tip-ground: none}\n");
    size_t media = text_find(sheet, TEXT("@media not all and (prefers-color-scheme: dark) {"), 0);
    CHECK(media == 0);
    CHECK(says(sheet, "body {\n    color: #1A1A1A;\n    background-color: #FFFFFF;\n  }"));
    CHECK(says(sheet, "a:link, a:visited {\n    color: #7A1F5C;\n  }"));
    CHECK(says(sheet, ".note {\n    background-color: #EEF4FB;\n  }"));
    CHECK(!says(sheet, ".tip {\n    background-color"));
    CHECK(says(sheet, ".tip {\n    border-inline-start-color"));
}

static void test_a_page_has_the_looks_of_the_handout(void)
{
    buffer_clear(&out);
    CHECK(stylesheet_write_page(NULL, TEXT_EMPTY, &out));
    text sheet = buffer_text(&out);
    CHECK(says(sheet, "font-family: \"Noto Sans\", sans-serif;"));
    CHECK(says(sheet, "h1 {\n  font-size: 2.083em;"));
    CHECK(says(sheet, "h2 {\n    color: #12355B;\n  }"));
    CHECK(says(sheet, ".warning {\n    background-color: #FFF4E3;\n  }"));
    CHECK(says(sheet, "@media (prefers-color-scheme: dark) {\n  body {"));
}

static void test_colours_for_the_dark_stand_out_from_every_ground(void)
{
    static const uint32_t colours[] = {0x1A1A1A, 0x12355B, 0x454B54, 0x0B4F9E,
                                       0xA85400, 0xB3261E, 0x6A3FA0, 0x000000};
    struct dark dark = design_dark(&theme_handout);
    CHECK(dark.is_wanted && colour_luminance(dark.lightest) < 0.1);
    for (size_t i = 0; i < sizeof colours / sizeof *colours; i++) {
        uint32_t text_colour = design_dark_colour(&dark, colours[i], COLOUR_TEXT);
        uint32_t line = design_dark_colour(&dark, colours[i], COLOUR_LINE);
        CHECK(contrast_ratio(text_colour, dark.lightest) >= 7);
        CHECK(contrast_ratio(line, dark.lightest) >= 3);
    }
    struct theme night = theme_handout;
    night.page_ground = 0x101820;
    CHECK(!design_dark(&night).is_wanted);
}

int main(void)
{
    arena_init(&arena);
    buffer_init(&out, LIMIT_OUTPUT_BYTES);
    RUN(test_a_theme_that_says_nothing_leaves_the_reader_in_charge);
    RUN(test_titles_and_headings_have_the_themes_ground_rules_and_alignment);
    RUN(test_fonts_spacing_and_justification_are_the_themes);
    RUN(test_colours_come_with_their_grounds_and_not_into_the_dark);
    RUN(test_a_page_has_the_looks_of_the_handout);
    RUN(test_colours_for_the_dark_stand_out_from_every_ground);
    buffer_release(&out);
    arena_release(&arena);
    UNIT_EXIT();
}

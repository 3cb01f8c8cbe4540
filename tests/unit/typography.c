/* What straight signs become, language by language, and what is left alone. */
#include "tests/unit/unit.h"

#include "base/buffer.h"
#include "base/report.h"
#include "read/read.h"

struct reading {
    struct arena arena;
    struct report report;
    struct document document;
};

static void read_body(struct reading *reading, const char *language, const char *more,
                      const char *body)
{
    arena_init(&reading->arena);
    report_init(&reading->report, &reading->arena);
    reading->document =
        (struct document){.arena = &reading->arena, .report = &reading->report, .name = TEXT("a")};
    CHECK(folder_open(&reading->document.folder, &reading->arena, TEXT("tests/spec/files")));
    text source =
        arena_printf(&reading->arena, "---\ntitle: T\nlang: %s\n%s---\n%s\n", language, more, body);
    CHECK(read_article_bytes(&reading->document, source, TEXT("a.md")));
}

/* The words of the last block. */
static text words_of(struct reading *reading)
{
    struct buffer words;
    buffer_init(&words, 10000);
    node_add_characters(reading->document.root->last_child, &words);
    text result = arena_copy(&reading->arena, buffer_text(&words));
    buffer_release(&words);
    return result;
}

static void check_words(const char *language, const char *body, const char *wanted)
{
    struct reading reading;
    read_body(&reading, language, "", body);
    text words = words_of(&reading);
    if (!text_equal_c(words, wanted))
        printf("# %s\n# %.*s, not\n# %s\n", body, TEXT_ARGUMENTS(words), wanted);
    CHECK_TEXT(words, wanted);
    arena_release(&reading.arena);
}

static void quotation_marks_are_those_of_the_language(void)
{
    check_words("en", "He said \"yes\".", "He said “yes”.");
    check_words("de", "Er sagte \"ja\".", "Er sagte „ja“.");
    check_words("fr", "Il dit \"oui\".", "Il dit «\u00A0oui\u00A0».");
    check_words("fr-CH", "Il dit \"oui\".", "Il dit «\u202Foui\u202F».");
    check_words("sv", "Han sade \"ja\".", "Han sade ”ja”.");
    check_words("pl", "Rzekł \"tak\".", "Rzekł „tak”.");
    check_words("ru", "Он сказал \"да\".", "Он сказал «да».");
    check_words("ja", "彼は\"はい\"と言った。", "彼は「はい」と言った。");
    check_words("zh-Hans", "他说\"你好\"。", "他说“你好”。");
    check_words("he", "הוא אמר \"כן\" לצה\"ל.", "הוא אמר ”כן” לצה\"ל.");
    check_words("en", "It is [\"ja\" und 'nein']{lang=de}.", "It is „ja“ und ‚nein‘.");
}

static void quotations_stand_in_quotations(void)
{
    check_words("en", "\"He said 'yes'.\"", "“He said ‘yes’.”");
    check_words("en", "\"He said \"yes\".\"", "“He said ‘yes’.”");
    check_words("en", "'He said \"yes\" twice.'", "‘He said “yes” twice.’");
    check_words("de", "\"Er sagte 'ja'.\"", "„Er sagte ‚ja‘.“");
    check_words("ja", "\"字'内'字\"", "「字『内』字」");
    check_words("en", "*\"All\"* of \"**this** one\" (\"here\")", "“All” of “this one” (“here”)");
    check_words("en", "\"Two\nlines\" and `\"code\"`.", "“Two lines” and \"code\".");
    check_words("en", "\"It goes on", "“It goes on");
    check_words("en", "and ends here.\"", "and ends here.”");
}

static void apostrophes_are_no_quotation_marks(void)
{
    check_words("en", "It's the dogs' own 'tis.", "It’s the dogs’ own ’tis.");
    check_words("en", "Rock 'n' roll in the '90s", "Rock ’n’ roll in the ’90s");
    check_words("en", "'The dogs' and 'it's'", "‘The dogs’ and ‘it’s’");
    check_words("fr", "L'eau de l'\"Europe\"", "L’eau de l’«\u00A0Europe\u00A0»");
    check_words("nl", "'s Avonds zo'n zin", "’s Avonds zo’n zin");
    check_words("it", "un po' d'acqua", "un po’ d’acqua");
}

static void feet_and_inches_stay(void)
{
    check_words("en", "He is 6'2\" tall and 5' wide.", "He is 6'2\" tall and 5' wide.");
    check_words("en", "A 27\" screen, 1'000 of them.", "A 27\" screen, 1'000 of them.");
    check_words("en", "\"It was 1984\" they said.", "“It was 1984” they said.");
}

static void hyphens_in_a_row_are_dashes(void)
{
    check_words("en", "Pages 3--5 -- the \"best\" --- and so---on.",
                "Pages 3–5 – the “best” — and so—on.");
    check_words("en", "Run it with --fix or (--strict).", "Run it with --fix or (--strict).");
    check_words("en", "The man --who was tall-- left.", "The man –who was tall– left.");
    check_words("en", "a --> b <-- c ---- d", "a --> b <-- c ---- d");
    check_words("en", "Wait... what?...", "Wait… what?…");
    check_words("en", "So it ended.... See ../plan and .../b.",
                "So it ended…. See ../plan and .../b.");
}

static void french_has_its_spaces(void)
{
    check_words("fr", "Oui ! Non ? Bien ; voici : là",
                "Oui\u202F! Non\u202F? Bien\u202F; voici\u00A0: là");
    check_words("fr", "Oui! Non?! Bien; voici: là",
                "Oui\u202F! Non\u202F?! Bien\u202F; voici\u00A0: là");
    check_words("fr", "« Oui » et «non»", "«\u00A0Oui\u00A0» et «\u00A0non\u00A0»");
    check_words("fr", "À 10:30, `a ;` et <https://example.org/?a:b>",
                "À 10:30, a ; et https://example.org/?a:b");
    check_words("fr-CA", "Oui! Non ? voici : là", "Oui! Non\u00A0? voici\u00A0: là");
    check_words("en", "Yes ! No ? « x »", "Yes ! No ? « x »");
}

static void what_has_a_backslash_stays(void)
{
    check_words("en", "A \\\"b\\\" and \\'c\\' and \"d\"", "A \"b\" and 'c' and “d”");
    check_words("en", "a \\-- b \\... c -\\- d", "a -- b ... c -- d");
    check_words("en", "a &quot;b&quot; &amp; \"c\"", "a \"b\" & “c”");
    check_words("fr", "Oui \\!", "Oui !");
    check_words("en", "See <https://example.org/a--b> and [x's](a--b).",
                "See https://example.org/a--b and x’s.");
}

static void as_typed_leaves_all_alone(void)
{
    struct reading reading;
    read_body(&reading, "en", "typography: as-typed\n", "\"It's\" -- so...");
    CHECK_TEXT(words_of(&reading), "\"It's\" -- so...");
    arena_release(&reading.arena);
    read_body(&reading, "en", "typography: nice\n", "Words");
    CHECK(reading.report.errors > 0);
    arena_release(&reading.arena);
}

static void ids_and_places_are_those_of_the_source(void)
{
    struct reading reading;
    read_body(&reading, "en", "", "# A -- \"b\" isn't\n\n\"One *two\" three*");
    const struct node *heading = node_find_child(reading.document.root, NODE_HEADING);
    const struct node *last = reading.document.root->last_child->last_child->first_child;
    CHECK(heading && text_equal_c(heading->first_child->text, "A – “b” isn’t"));
    CHECK(heading && text_find(heading->id, TEXT("isnt"), 0) != SIZE_MAX);
    CHECK(last->span.line == 7 && last->span.column == 7 && last->span.end_column == 16);
    arena_release(&reading.arena);
}

int main(void)
{
    RUN(quotation_marks_are_those_of_the_language);
    RUN(quotations_stand_in_quotations);
    RUN(apostrophes_are_no_quotation_marks);
    RUN(feet_and_inches_stay);
    RUN(hyphens_in_a_row_are_dashes);
    RUN(french_has_its_spaces);
    RUN(what_has_a_backslash_stays);
    RUN(as_typed_leaves_all_alone);
    RUN(ids_and_places_are_those_of_the_source);
    UNIT_EXIT();
}

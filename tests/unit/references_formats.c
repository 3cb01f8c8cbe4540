#include "tests/unit/unit.h"

#include "references/references.h"

#include "references/latex.h"

static struct arena arena;
static struct report report;
static struct reference_list list;

static const struct reference *read_all(enum reference_format format, const char *bytes)
{
    arena_release(&arena);
    arena_init(&arena);
    report_init(&report, &arena);
    list = (struct reference_list){0};
    text copy = arena_copy(&arena, text_from_c(bytes));
    uint32_t file = report_add_source(&report, TEXT("r"), copy);
    references_read(&arena, &report, file, copy, format, &list);
    return list.count ? list.items[0] : NULL;
}

static const struct reference *read_bib(const char *bytes)
{
    return read_all(REFERENCES_BIBTEX, bytes);
}

static bool is_reported(const char *rule, uint32_t line, uint32_t column)
{
    return report.count == 1 && strcmp(report.diagnostics[0].rule->id, rule) == 0 &&
           report.diagnostics[0].span.line == line && report.diagnostics[0].span.column == column;
}

static const struct reference_name *name_of(const struct reference *one, const char *key, size_t i)
{
    static const struct reference_name none;
    const struct reference_field *field = one ? reference_find(one, key) : NULL;
    return field && field->kind == FIELD_NAMES && i < field->name_count ? &field->names[i] : &none;
}

static const struct reference_date *date_of(const struct reference *one, const char *key)
{
    static const struct reference_date none;
    const struct reference_field *field = one ? reference_find(one, key) : NULL;
    return field && field->kind == FIELD_DATE ? &field->date : &none;
}

static void a_lost_character_is_told_with_its_place(void)
{
    read_bib("@book{a, title={A}}\n@book{b,\n  title={B\xEF\xBF\xBD"
             "B}}\n");
    CHECK(is_reported("character-lost", 3, 11));
    read_bib("@book{a, title={A\xC2\x81"
             "A}}\n");
    CHECK(is_reported("character-lost", 1, 18));
}

/* LaTeX */

static text latex(const char *written)
{
    return latex_read(&arena, text_from_c(written), &(struct latex_options){.plain = false});
}

static text sentence(const char *written)
{
    return latex_read(&arena, text_from_c(written), &(struct latex_options){.sentence_case = true});
}

static void accents_become_letters(void)
{
    CHECK_TEXT(latex("Erd\\H{o}s, Ren\\'{e} Fran\\c{c}ois"),
               "Erd\xC5\x91s, Ren\xC3\xA9 Fran\xC3\xA7ois");
    CHECK_TEXT(latex("G\\\"odel, G{\\\"o}del, {G\\\"{o}del}"), "G\xC3\xB6"
                                                               "del, G\xC3\xB6"
                                                               "del, G\xC3\xB6"
                                                               "del");
    CHECK_TEXT(latex("\\'{\\i}ndice \\ss \\o re, \\v Cech, \\L{}ód\\'z"),
               "\xC3\xADndice \xC3\x9F\xC3\xB8re, \xC4\x8C"
               "ech, \xC5\x81\xC3\xB3"
               "d\xC5\xBA");
    CHECK_TEXT(latex("x\\'{q}"), "xq\xCC\x81"); /* no letter of its own: the mark stays */
}

static void signs_and_looks_are_kept(void)
{
    CHECK_TEXT(latex("``A'' -- B~C \\& D --- \\ldots{}"), "\xE2\x80\x9C"
                                                          "A\xE2\x80\x9D \xE2\x80\x93 B\xC2\xA0"
                                                          "C & D \xE2\x80\x94 \xE2\x80\xA6");
    CHECK_TEXT(latex("\\emph{E. coli} and \\textbf{b} $H_2O^{+}$ $\\alpha$"),
               "<i>E. coli</i> and <b>b</b> H<sub>2</sub>O<sup>+</sup> \xCE\xB1");
    CHECK_TEXT(latex("\\unknown{kept} \\label{gone} \\href{http://x}{shown}"), "kept shown");
    CHECK_TEXT(latex("{{{never closed"), "never closed");
    CHECK_TEXT(latex("}\\"), "");
}

static void titles_lose_the_capitals_of_custom_only(void)
{
    CHECK_TEXT(sentence("The Art of Computer Programming: A Study"),
               "The art of computer programming: A study");
    CHECK_TEXT(sentence("On {DNA} and the {Great War} in iPhone NASA Times"),
               "On <span class=\"nocase\">DNA</span> and the <span class=\"nocase\">Great "
               "War</span> in iPhone NASA times");
    CHECK_TEXT(sentence("Milk and Vitamin A"), "Milk and vitamin A");
    CHECK_TEXT(sentence("\\emph{Homo Sapiens} I Am A Man"), "<i>Homo sapiens</i> I am a man");
}

/* BibTeX */

static void an_article_has_its_fields(void)
{
    const struct reference *one = read_bib("Words before.\n@comment{no}\n@STRING{jacm = {J. ACM}}\n"
                                           "@Article{knuth:1981,\n author = \"Donald E. Knuth and "
                                           "{Plass Society} and van Beethoven, Ludwig\",\n"
                                           " title = {Breaking {P}aragraphs into Lines},\n"
                                           " journal = jacm # {, Series B}, year = 1981, month = "
                                           "nov, volume = 11, number = {11},\n pages = "
                                           "{1119--1184}, doi = {10.1002/spe_4380111102},\n}\n");
    CHECK(report.count == 0 && list.count == 1);
    CHECK_TEXT(one->id, "knuth:1981");
    CHECK_TEXT(one->type, "article-journal");
    CHECK_TEXT(reference_text(one, "title"),
               "Breaking <span class=\"nocase\">P</span>aragraphs into lines");
    CHECK_TEXT(reference_text(one, "container-title"), "J. ACM, Series B");
    CHECK_TEXT(reference_text(one, "page"), "1119-1184");
    CHECK_TEXT(reference_text(one, "issue"), "11");
    CHECK_TEXT(reference_text(one, "DOI"), "10.1002/spe_4380111102");
    CHECK(date_of(one, "issued")->year == 1981 && date_of(one, "issued")->month == 11);
    CHECK_TEXT(name_of(one, "author", 0)->family, "Knuth");
    CHECK_TEXT(name_of(one, "author", 0)->given, "Donald E.");
    CHECK_TEXT(name_of(one, "author", 1)->literal, "Plass Society");
    CHECK_TEXT(name_of(one, "author", 2)->dropping_particle, "van");
    CHECK_TEXT(name_of(one, "author", 2)->family, "Beethoven");
    CHECK(one->span.line == 4 && one->span.column == 1);
}

static void names_are_written_in_many_ways(void)
{
    const struct reference *one =
        read_bib("@book{a, author = {Charles Louis Xavier Joseph de la Vall{\\'e}e Poussin and "
                 "King, Jr, Martin Luther and family=Berg, given=Ada, prefix=von der and "
                 "{Barnes and Noble} and others}, date = {2016-05/2017}}");
    CHECK(report.count == 0);
    CHECK_TEXT(name_of(one, "author", 0)->given, "Charles Louis Xavier Joseph");
    CHECK_TEXT(name_of(one, "author", 0)->dropping_particle, "de la");
    CHECK_TEXT(name_of(one, "author", 0)->family, "Vall\xC3\xA9"
                                                  "e Poussin");
    CHECK_TEXT(name_of(one, "author", 1)->suffix, "Jr");
    CHECK_TEXT(name_of(one, "author", 1)->given, "Martin Luther");
    CHECK_TEXT(name_of(one, "author", 2)->family, "Berg");
    CHECK_TEXT(name_of(one, "author", 2)->dropping_particle, "von der");
    CHECK_TEXT(name_of(one, "author", 3)->literal, "Barnes and Noble");
    CHECK(reference_find(one, "author")->name_count == 4);
    /* "and" within a name parts nothing */
    const struct reference *two =
        read_bib("@book{b, author = {Mario de Andrade and Sand, George}}");
    CHECK_TEXT(name_of(two, "author", 0)->family, "Andrade");
    CHECK_TEXT(name_of(two, "author", 1)->family, "Sand");
    CHECK(name_of(two, "author", 2)->family.length == 0);
}

static void a_range_of_dates_has_two_ends(void)
{
    const struct reference *one = read_bib("@book{a, date = {2016-05/2017}}");
    const struct reference_date *date = date_of(one, "issued");
    CHECK(date->year == 2016 && date->month == 5 && date->has_end && date->end_year == 2017);
}

static void an_entry_takes_over_from_the_one_it_names(void)
{
    const struct reference *one =
        read_bib("@inproceedings{a, author={Ada B}, title={Words}, crossref={p}}\n"
                 "@proceedings{p, title={Proceedings of Words}, editor={Carl D}, year={2001}, "
                 "doi={10.1/2}}");
    CHECK(report.count == 0 && list.count == 2);
    CHECK_TEXT(one->type, "paper-conference");
    CHECK_TEXT(reference_text(one, "title"), "Words");
    CHECK_TEXT(reference_text(one, "container-title"), "Proceedings of Words");
    CHECK_TEXT(name_of(one, "editor", 0)->family, "D");
    CHECK(date_of(one, "issued")->year == 2001 && reference_text(one, "DOI").length == 0);
    read_bib("@book{a, crossref={b}, title={A}}\n@book{b, crossref={a}, year={1}}");
    CHECK(list.count == 2);
    read_bib("@book{a,\n crossref={none}, title={A}}");
    CHECK(is_reported("reference-field", 2, 2) && report.errors == 0);
}

static void mistakes_in_bibtex_are_told_and_the_rest_is_read(void)
{
    read_bib("@book{a, title {A}}\n\n@book{b, title = {B}}");
    CHECK(is_reported("references-syntax", 1, 16) && list.count == 2);
    read_bib("@book{a, title = {A");
    CHECK(is_reported("references-syntax", 1, 18));
    read_bib("@book{a, title = jacm}");
    CHECK(is_reported("reference-field", 1, 18) && report.errors == 0);
    read_bib("@book{a, title = {A}}\n @book{a, title = {B}}");
    CHECK(is_reported("reference-duplicate", 2, 2) && list.count == 1);
    read_bib("@book{, title = {A}}");
    CHECK(report.errors == 1);
    read_bib("someone@example.org wrote");
    CHECK(report.count == 0 && list.count == 0);
}

/* RIS */

static void ris_has_its_fields(void)
{
    const struct reference *one = read_all(
        REFERENCES_RIS, "TY  - JOUR\r\nID  - k81\r\nAU  - Knuth, Donald E.\r\nAU  - "
                        "Plass, Michael F., Jr\r\nTI  - Breaking paragraphs\r\n into lines\r\nJO "
                        " - Software\r\nPY  - 1981/11/05/\r\nSP  - 1119\r\nEP  - 1184\r\n"
                        "SN  - 0038-0644\r\nUR  - https://example.org/\r\nER  - \r\n");
    CHECK(report.count == 0 && list.count == 1);
    CHECK_TEXT(one->id, "k81");
    CHECK_TEXT(reference_text(one, "title"), "Breaking paragraphs into lines");
    CHECK_TEXT(reference_text(one, "page"), "1119-1184");
    CHECK_TEXT(reference_text(one, "ISSN"), "0038-0644");
    CHECK_TEXT(name_of(one, "author", 1)->suffix, "Jr");
    CHECK(date_of(one, "issued")->day == 5 && date_of(one, "issued")->month == 11);
    read_all(REFERENCES_RIS, "AU  - Nobody\n");
    CHECK(is_reported("references-syntax", 1, 1));
}

/* As the specification of the format names them, and CSL's types. */
static void ris_has_its_types(void)
{
    static const struct {
        const char *ris, *csl;
    } types[] = {
        {"JOUR", "article-journal"},
        {"BOOK", "book"},
        {"CHAP", "chapter"},
        {"CONF", "paper-conference"},
        {"CPAPER", "paper-conference"},
        {"THES", "thesis"},
        {"RPRT", "report"},
        {"ELEC", "webpage"},
        {"NEWS", "article-newspaper"},
        {"MGZN", "article-magazine"},
        {"BLOG", "post-weblog"},
        {"PAT", "patent"},
        {"CASE", "legal_case"},
        {"BILL", "bill"},
        {"STAT", "legislation"},
        {"DATA", "dataset"},
        {"COMP", "software"},
        {"VIDEO", "motion_picture"},
        {"MAP", "map"},
        {"UNPB", "manuscript"},
        {"GEN", "document"},
    };
    for (size_t i = 0; i < sizeof types / sizeof *types; i++) {
        char entry[64];
        snprintf(entry, sizeof entry, "TY  - %s\nID  - a\nER  - \n", types[i].ris);
        const struct reference *one = read_all(REFERENCES_RIS, entry);
        CHECK(one != NULL);
        if (one)
            CHECK_TEXT(one->type, types[i].csl);
    }
}

/* CSL-YAML */

static void yaml_has_its_fields(void)
{
    const struct reference *one =
        read_all(REFERENCES_YAML, "---\nreferences:\n- id: k81\n  type: book\n  title: Lines\n"
                                  "  volume: 11\n  author:\n  - family: Knuth\n    given: Donald\n"
                                  "  - A Society\n  issued:\n  - year: 1981\n    month: 5\n"
                                  "  accessed: 2020-01-02\n---\n");
    CHECK(report.count == 0 && list.count == 1);
    CHECK_TEXT(reference_text(one, "volume"), "11");
    CHECK_TEXT(name_of(one, "author", 0)->family, "Knuth");
    CHECK_TEXT(name_of(one, "author", 1)->literal, "A Society");
    CHECK(date_of(one, "issued")->year == 1981 && date_of(one, "issued")->month == 5);
    CHECK(date_of(one, "accessed")->day == 2);
    CHECK(one->span.line == 3);
    read_all(REFERENCES_YAML, "- id: a\n  type: book\n  author: 1\n");
    CHECK(is_reported("reference-field", 3, 11));
    read_all(REFERENCES_YAML, "- id: [\n");
    CHECK(report.errors == 1);
    read_all(REFERENCES_YAML, "");
    CHECK(report.errors == 1);
}

static void the_format_is_told_by_the_ending(void)
{
    CHECK(references_format(TEXT("a/b.JSON")) == REFERENCES_JSON);
    CHECK(references_format(TEXT("b.yml")) == REFERENCES_YAML);
    CHECK(references_format(TEXT("b.bib")) == REFERENCES_BIBTEX);
    CHECK(references_format(TEXT("b.ris")) == REFERENCES_RIS);
    CHECK(references_format(TEXT("bib")) == REFERENCES_UNKNOWN);
}

static void others_are_no_person(void)
{
    const struct reference *one =
        read_bib("@book{a, title={T}, author={Oka, Ann and Lind, Per and others}}\n");
    const struct reference_field *author = one ? reference_find(one, "author") : NULL;
    CHECK(author && author->name_count == 2 && author->has_others);
    CHECK_TEXT(name_of(one, "author", 1)->family, "Lind");
    one = read_bib("@book{a, title={T}, author={others and Oka, Ann}}\n");
    author = one ? reference_find(one, "author") : NULL;
    CHECK(author && author->name_count == 2 && !author->has_others);
}

static void a_tie_after_a_date_means_about(void)
{
    const struct reference *one = read_bib("@book{a, title={T}, date={1723~}}\n");
    CHECK(date_of(one, "issued")->year == 1723 && date_of(one, "issued")->circa);
    one = read_bib("@book{a, title={T}, year={1723~}}\n");
    CHECK(date_of(one, "issued")->year == 1723 && date_of(one, "issued")->circa);
    one = read_bib("@book{a, title={T}, date={1723}}\n");
    CHECK(!date_of(one, "issued")->circa);
    one = read_bib("@book{a, title={T}, date={1723~/1725~}}\n");
    CHECK(date_of(one, "issued")->year == 1723 && date_of(one, "issued")->circa);
}

static void pubstate_is_the_status(void)
{
    CHECK_TEXT(reference_text(read_bib("@book{a, title={T}, pubstate={inpress}}\n"), "status"),
               "in press");
    CHECK_TEXT(reference_text(read_bib("@book{a, title={T}, pubstate={soon}}\n"), "status"),
               "soon");
}

static void what_doi_org_answers_is_read(void)
{
    const struct reference *one =
        read_all(REFERENCES_JSON,
                 "{\"DOI\": \"10.5555/1\", \"type\": \"journal-article\", \"title\": \"Hands &amp; "
                 "soap &lt;i>\", \"license\": [{\"URL\": \"u\"}], \"relation\": {}, \"indexed\": "
                 "{\"date-parts\": [[2023]]}, \"ISSN\": [\"1-2\", \"3-4\"]}");
    CHECK(one && report.count == 0 && list.count == 1);
    CHECK_TEXT(one ? one->id : TEXT_EMPTY, "10.5555/1");
    CHECK_TEXT(one ? one->type : TEXT_EMPTY, "article-journal");
    CHECK_TEXT(reference_text(one, "title"), "Hands & soap <i>");
    CHECK_TEXT(reference_text(one, "ISSN"), "1-2, 3-4");
    one = read_all(REFERENCES_JSON, "[{\"id\": \"a\", \"type\": \"book\", \"title\": "
                                    "\"Soap &amp; &lt;b&gt;\"}]");
    CHECK_TEXT(reference_text(one, "title"), "Soap & &lt;b&gt;");
    /* a field of CSL's own that is no words is a mistake still */
    read_all(REFERENCES_JSON, "[{\"id\": \"a\", \"type\": \"book\",\n \"publisher\": {}}]");
    CHECK(is_reported("reference-field", 2, 15));
    read_all(REFERENCES_JSON, "{\"type\": \"book\", \"title\": \"T\"}");
    CHECK(is_reported("reference-field", 1, 1));
    read_all(REFERENCES_JSON, "{\"a\": 1}");
    CHECK(is_reported("references-syntax", 1, 1));
}

int main(void)
{
    arena_init(&arena);
    RUN(a_lost_character_is_told_with_its_place);
    RUN(accents_become_letters);
    RUN(signs_and_looks_are_kept);
    RUN(titles_lose_the_capitals_of_custom_only);
    RUN(an_article_has_its_fields);
    RUN(names_are_written_in_many_ways);
    RUN(a_range_of_dates_has_two_ends);
    RUN(an_entry_takes_over_from_the_one_it_names);
    RUN(mistakes_in_bibtex_are_told_and_the_rest_is_read);
    RUN(ris_has_its_fields);
    RUN(ris_has_its_types);
    RUN(yaml_has_its_fields);
    RUN(the_format_is_told_by_the_ending);
    RUN(others_are_no_person);
    RUN(a_tie_after_a_date_means_about);
    RUN(pubstate_is_the_status);
    RUN(what_doi_org_answers_is_read);
    arena_release(&arena);
    UNIT_EXIT();
}

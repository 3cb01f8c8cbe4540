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

static void accents_stand_on_accents(void)
{
    CHECK_TEXT(latex("Nguy{\\~{\\^e}}n, Nguy\\~{\\^{e}}n"), "Nguy\u1EC5n, Nguy\u1EC5n");
    CHECK_TEXT(latex("Ph{\\d{\\^a}}m, Ph{\\^{\\d a}}m, Ph\\d{\u00E2}m"),
               "Ph\u1EADm, Ph\u1EADm, Ph\u1EADm");
    CHECK_TEXT(latex("L{\\\"{\\=u}}, \\={\\'{\\i}}"), "L\u1E7B, \u00ED\u0304");
    CHECK_TEXT(latex("\\^{\\~e}"), "\u1EBD\u0302"); /* the other way round: another letter */
    CHECK_TEXT(latex("\\'{\\^{}}x"), "\u0302\u0301x");
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
    CHECK(references_format(TEXT("b.nbib")) == REFERENCES_NBIB);
    CHECK(references_format_of(TEXT("PMID- 1\n")) == REFERENCES_NBIB);
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

static void dates_are_read_as_they_are_written(void)
{
    static const struct {
        const char *written;
        struct reference_date date;
    } dates[] = {
        {"2016", {.year = 2016}},
        {"1999-04-25T12:00:00Z", {.year = 1999, .month = 4, .day = 25}},
        {"1999?", {.year = 1999, .circa = true}},
        {"2016/..", {.year = 2016, .has_end = true}},
        {"2016/open", {.year = 2016, .has_end = true}},
        {"199X", {.year = 1990, .has_end = true, .end_year = 1999}},
        {"17uu", {.year = 1700, .has_end = true, .end_year = 1799}},
        {"1999-XX", {.year = 1999}},
        {"1999-07-XX", {.year = 1999, .month = 7}},
        {"2005-23", {.year = 2005, .season = 3}},
        {"2005-21/2005-22",
         {.year = 2005, .month = 21, .has_end = true, .end_year = 2005, .end_month = 22}},
        {"-0348", {.year = -349}}, /* EDTF has a year 0, CSL has none */
        {"0000", {.year = -1}},
        {"-0348/-0340", {.year = -349, .has_end = true, .end_year = -341}},
        {"Y17000", {.year = 17000}},
        {"349 BC", {.year = -349}},
        {"c. 1800", {.year = 1800, .circa = true}},
        {"[ca. 1800]", {.year = 1800, .circa = true}},
        {"1999--2000", {.year = 1999, .has_end = true, .end_year = 2000}},
        {"2020 Mar 15", {.year = 2020, .month = 3, .day = 15}},
        {"2020 Mar 15-21",
         {.year = 2020,
          .month = 3,
          .day = 15,
          .has_end = true,
          .end_year = 2020,
          .end_month = 3,
          .end_day = 21}},
        {"1998 Dec-1999 Jan",
         {.year = 1998, .month = 12, .has_end = true, .end_year = 1999, .end_month = 1}},
        {"Spring 2000", {.year = 2000, .season = 1}},
    };
    static const char *const words[] = {"in press", "1999a", "12/2016", "2016-13", "1999-99-99",
                                        "c.",       "XXXX",  "-199X",   "19",      "2016-05-04-03",
                                        "BC"};
    for (size_t i = 0; i < sizeof dates / sizeof *dates; i++) {
        char entry[128];
        snprintf(entry, sizeof entry, "@book{a, date={%s}}", dates[i].written);
        const struct reference_date *is = date_of(read_bib(entry), "issued"),
                                    *must = &dates[i].date;
        bool is_same = is->year == must->year && is->month == must->month && is->day == must->day &&
                       is->has_end == must->has_end && is->end_year == must->end_year &&
                       is->end_month == must->end_month && is->end_day == must->end_day &&
                       is->season == must->season && is->circa == must->circa &&
                       is->literal.length == 0;
        CHECK(is_same);
        if (!is_same)
            printf("# %s\n", dates[i].written);
    }
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        char entry[128];
        snprintf(entry, sizeof entry, "@book{a, date={%s}}", words[i]);
        CHECK_TEXT(date_of(read_bib(entry), "issued")->literal, words[i]);
    }
    CHECK_TEXT(date_of(read_bib("@book{a, date={/2016}}"), "issued")->literal, "\u20132016");
}

/* 2021: year, -3: month, -4: day; with a stroke the end; quotes for words */
static text shown(const struct reference_date *date)
{
    if (date->literal.length)
        return arena_printf(&arena, "'%.*s'", TEXT_ARGUMENTS(date->literal));
    if (date->has_end)
        return arena_printf(&arena, "%d-%d-%d/%d-%d-%d", date->year, date->month, date->day,
                            date->end_year, date->end_month, date->end_day);
    return arena_printf(&arena, "%d-%d-%d%s", date->year, date->month, date->day,
                        date->season ? " season" : "");
}

static void years_may_be_ranges_that_leave_the_century_out(void)
{
    static const struct {
        const char *written, *date;
    } years[] = {
        {"2021-22", "2021-0-0/2022-0-0"},
        {"2021--22", "2021-0-0/2022-0-0"},
        {"2021/22", "2021-0-0/2022-0-0"},
        {"2008-09", "2008-0-0/2009-0-0"},
        {"1999-00", "1999-0-0/2000-0-0"},
        {"1914-18", "1914-0-0/1918-0-0"},
        {"2005-07", "2005-7-0"},
        {"2021-22/2023-24", "2021-0-0/2024-0-0"},
        {"2021-22/2025-05", "2021-0-0/2025-5-0"},
        {"2021/2022-23", "2021-0-0/2023-0-0"},
        {"c. 2021-22/2022-23?", "2021-0-0/2023-0-0"},
        {"2021-22/..", "2021-0-0/0-0-0"},
        {"2021-21/2022-22", "'2021-21/2022-22'"},
        {"2023/2019-20", "'2023/2019-20'"},
        {"../2021-22", "'../2021-22'"},
        {"2021-21", "'2021-21'"}, /* neither a range nor, in a year, a season */
        {"Summer 2021", "2021-0-0 season"},
        {"2016--", "2016-0-0/0-0-0"},
        {"2016-", "2016-0-0/0-0-0"},
        {"2016/", "2016-0-0/0-0-0"},
        {"Nov 2016--", "2016-11-0/0-0-0"},
        {"c. 2021-22", "2021-0-0/2022-0-0"},
        {"2021-22?", "2021-0-0/2022-0-0"},
        {"20190315", "2019-3-15"},
        {"20192101", "'20192101'"}, /* no day of a season */
        {"00000000", "'00000000'"},
        {"--2016", "'\u20132016'"},
    };
    for (size_t i = 0; i < sizeof years / sizeof *years; i++) {
        char entry[128];
        snprintf(entry, sizeof entry, "@book{a, year={%s}}", years[i].written);
        CHECK_TEXT(shown(date_of(read_bib(entry), "issued")), years[i].date);
    }
    CHECK_TEXT(shown(date_of(read_bib("@book{a, date={2021-22}}"), "issued")), "2021-0-0 season");
}

static void dates_of_ris_are_read_or_kept(void)
{
    static const struct {
        const char *lines, *field, *date;
        bool leaves;
    } dates[] = {
        {"Y1  - 01/02/2008", "issued", "'01/02/2008'", false},
        {"DA  - 15/03/2020", "issued", "'15/03/2020'", false},
        {"Y2  - 15/03/2020/", "accessed", "'15/03/2020/'", false},
        {"PY  - 2019/Mar/15/", "issued", "2019-3-15", false},
        {"PY  - 2019/Mar", "issued", "2019-3-0", false},
        {"PY  - 2019/3/5", "issued", "2019-3-5", false},
        {"PY  - 2019/00/00/", "issued", "2019-0-0", false},
        {"PY  - 2019/13/45", "issued", "'2019/13/45'", false},
        {"PY  - 2019//15", "issued", "2019-0-0", true},
        {"PY  - 1999/0/5/", "issued", "1999-0-0", true},
        {"PY  - 1999/0/5/about", "issued", "1999-0-0", true},
        {"PY  - 1999/0/5/Spring", "issued", "1999-0-0 season", true},
        {"PY  - 1999/0/5/2001", "issued", "1999-0-0", true},
        {"PY  - 2019/03/15/about", "issued", "2019-3-15", true},
        {"PY  - 2019///Spring", "issued", "2019-0-0 season", false},
        {"PY  - 2019/2020", "issued", "2019-0-0/2020-0-0", false},
        {"PY  - 2019/..", "issued", "2019-0-0/0-0-0", false},
        {"PY  - 1921-22", "issued", "1921-0-0/1922-0-0", false},
        {"PY  - 2011-12", "issued", "2011-0-0/2012-0-0", false},
        {"DA  - 2011-12", "issued", "2011-12-0", false},
        {"PY  - 2019\nDA  - 2019/Mar/15", "issued", "2019-3-15", false},
        {"PY  - 2019-2020\nDA  - 2019/05", "issued", "2019-0-0/2020-0-0", true},
        {"PY  - in press\nDA  - 2019/05", "issued", "2019-5-0", true},
        {"PY  - 2019/05/01\nDA  - 2019/05/02", "issued", "2019-5-1", true},
        {"PY  - in press\nDA  - soon", "issued", "'in press'", true},
    };
    for (size_t i = 0; i < sizeof dates / sizeof *dates; i++) {
        char entry[128];
        snprintf(entry, sizeof entry, "TY  - BOOK\n%s\nER  - \n", dates[i].lines);
        const struct reference *one = read_all(REFERENCES_RIS, entry);
        CHECK_TEXT(shown(date_of(one, dates[i].field)), dates[i].date);
        CHECK(one && (one->left != NULL) == dates[i].leaves);
    }
}

/* Reads each of the files into one list; shows the ids. */
static text ids_of(const char *const *files, size_t count, enum reference_format format)
{
    arena_release(&arena);
    arena_init(&arena);
    report_init(&report, &arena);
    list = (struct reference_list){0};
    for (size_t i = 0; i < count; i++) {
        text copy = arena_copy(&arena, text_from_c(files[i]));
        uint32_t file = report_add_source(&report, TEXT("r"), copy);
        references_read(&arena, &report, file, copy, format, &list);
    }
    text ids = TEXT_EMPTY;
    for (size_t i = 0; i < list.count; i++)
        ids = arena_printf(&arena, "%.*s%s%.*s", TEXT_ARGUMENTS(ids), i ? " " : "",
                           TEXT_ARGUMENTS(list.items[i]->id));
    return ids;
}

static void ids_that_nobody_wrote_are_no_other_references(void)
{
    static const char none[] = "TY  - BOOK\nTI  - T\n", two[] = "TY  - BOOK\nID  - ris2\n";
    const char *const later[] = {none, none, two, none};
    CHECK_TEXT(ids_of(later, 4, REFERENCES_RIS), "ris1 ris3 ris2 ris4");
    const char *const first[] = {two, none, none};
    CHECK_TEXT(ids_of(first, 3, REFERENCES_RIS), "ris2 ris3 ris4");
    const char *const within[] = {"TY  - BOOK\nTI  - A\nTY  - BOOK\nTI  - B\nTY  - BOOK\nID  - "
                                  "ris1\nTY  - BOOK\nID  - ris2\nTY  - BOOK\nTI  - C\n"};
    CHECK_TEXT(ids_of(within, 1, REFERENCES_RIS), "ris3 ris4 ris1 ris2 ris5");
    CHECK(report.count == 0);
    const char *const records[] = {
        "<xml><records><record><ref-type name='Book'>6</ref-type></record>"
        "<record><ref-type name='Book'>6</ref-type><label>endnote-1</label></record>"
        "</records></xml>"};
    CHECK_TEXT(ids_of(records, 1, REFERENCES_XML), "endnote-2 endnote-1");
    const char *const mods[] = {"<mods><titleInfo><title>A</title></titleInfo></mods>",
                                "<mods ID='mods1'><titleInfo><title>B</title></titleInfo></mods>"};
    CHECK_TEXT(ids_of(mods, 2, REFERENCES_XML), "mods2 mods1");
    const char *const pubmed[] = {"TI  - A\n", "TI  - B\n"};
    CHECK_TEXT(ids_of(pubmed, 2, REFERENCES_NBIB), "pubmed1 pubmed2");
    CHECK(report.count == 0);
}

static void pages_of_ris_may_stand_together(void)
{
    static const struct {
        const char *start, *end, *page, *left;
    } pages[] = {
        {"1-10", "10", "1-10", NULL},
        {"e12-e15", "e15", "e12-e15", NULL},
        {"1\u201310", "10", "1\u201310", NULL},
        {"1-10", "12", "1-10", "12"},
        {"1-10", "0", "1-10", "0"}, /* the end of a number is not the page */
        {"1-", "10", "1-10", NULL},
        {"1", "1-10", "1-10", NULL},
        {"1", "10", "1-10", NULL},
        {"S-12", "S-15", "S-12-S-15", NULL},
        {"S-12", "15", "S-12-15", NULL},
        {"xii-xv", "xvi", "xii-xv", "xvi"},
    };
    for (size_t i = 0; i < sizeof pages / sizeof *pages; i++) {
        char entry[128];
        snprintf(entry, sizeof entry, "TY  - BOOK\nSP  - %s\nEP  - %s\nER  - \n", pages[i].start,
                 pages[i].end);
        const struct reference *one = read_all(REFERENCES_RIS, entry);
        CHECK_TEXT(reference_text(one, "page"), pages[i].page);
        CHECK((one->left != NULL) == (pages[i].left != NULL));
        if (one->left && pages[i].left)
            CHECK_TEXT(one->left->value, pages[i].left);
    }
}

static void months_may_be_ranges_and_have_days(void)
{
    const struct reference_date *date =
        date_of(read_bib("@book{a, year=1999, month=jul # \"/\" # aug}"), "issued");
    CHECK(date->month == 7 && date->end_month == 8 && date->end_year == 1999);
    date = date_of(read_bib("@book{a, year=1999, month={7--8}}"), "issued");
    CHECK(date->month == 7 && date->end_month == 8);
    date = date_of(read_bib("@book{a, year=1999, month={4~} # may}"), "issued");
    CHECK(date->month == 5 && date->day == 4);
    date = date_of(read_bib("@book{a, year=1999, month={Summer}}"), "issued");
    CHECK(date->season == 2);
    date = date_of(read_bib("@book{a, year=1999, month=8, day=3}"), "issued");
    CHECK(date->month == 8 && date->day == 3);
    const struct reference *one = read_bib("@book{a, year=1999,\n month={Michaelmas}}");
    CHECK(date_of(one, "issued")->year == 1999 && date_of(one, "issued")->month == 0);
    CHECK(one->left && one->left->span.line == 2); /* kept for who converts the file */
}

static void fields_that_belong_together_are_joined(void)
{
    const struct reference *one =
        read_bib("@misc{a, publisher={P}, howpublished={H}, note={N}, addendum={A.}, "
                 "maintitle={All}, title={Part}, volume=2}");
    CHECK_TEXT(reference_text(one, "publisher"), "P; H");
    CHECK_TEXT(reference_text(one, "note"), "N. A.");
    CHECK_TEXT(reference_text(one, "title"), "All");
    CHECK_TEXT(reference_text(one, "volume-title"), "Part");
    one = read_bib("@incollection{a, title={One}, maintitle={All}, booktitle={Part}}");
    CHECK_TEXT(reference_text(one, "container-title"), "All");
    CHECK_TEXT(reference_text(one, "volume-title"), "Part");
    one = read_bib("@misc{a, howpublished={\\url{https://e.org/a_b}}}");
    CHECK_TEXT(reference_text(one, "URL"), "https://e.org/a_b");
    CHECK(!reference_find(one, "publisher"));
    one = read_bib("@patent{a, type={patentus}, location={countryus}, number=1}");
    CHECK_TEXT(reference_text(one, "genre"), "U.S. patent");
    CHECK_TEXT(reference_text(one, "jurisdiction"), "United States of America");
    one = read_bib("@book{a, editor={A B}, editortype={compiler}, editora={C D}, "
                   "editoratype={redactor}}");
    CHECK_TEXT(name_of(one, "compiler", 0)->family, "B");
    CHECK(one->left && !reference_find(one, "editor"));
    one = read_bib("@book{a, doi={https://doi.org/10.1/x}, title={Hands &amp; \\&amp; soap}}");
    CHECK_TEXT(reference_text(one, "DOI"), "10.1/x");
    CHECK_TEXT(reference_text(one, "title"), "Hands & & soap");
}

static void what_stands_twice_is_told(void)
{
    const struct reference *one = read_bib("@book{a, title={A},\n title={B}}");
    CHECK(is_reported("reference-field", 2, 2) && report.errors == 0);
    CHECK_TEXT(reference_text(one, "title"), "A");
    one = read_all(REFERENCES_JSON, "[{\"id\": \"a\", \"type\": \"book\", \"title\": \"A\",\n"
                                    "\"title\": \"B\"}]");
    CHECK(is_reported("reference-field", 2, 10) && report.errors == 0);
    CHECK_TEXT(reference_text(one, "title"), "A");
    /* the same thing twice is no error: the list is right */
    read_bib("@book{a, title={A}}\n@book{a, title={A}}");
    CHECK(is_reported("reference-duplicate", 2, 1) && report.errors == 0 && list.count == 1);
    read_bib("@bok{a, title={A}}");
    CHECK(is_reported("reference-field", 1, 1) && report.errors == 0);
}

static void names_have_spaces_and_particles(void)
{
    const struct reference *one =
        read_bib("@book{a, author={A.~B. Smith and Walt, St{\\'e}fan van der and Brito da Silva, "
                 "Leonardo and Such{\\' a}nek, M.}}");
    CHECK_TEXT(name_of(one, "author", 0)->given, "A. B.");
    CHECK_TEXT(name_of(one, "author", 1)->given, "St\u00E9fan");
    CHECK_TEXT(name_of(one, "author", 1)->dropping_particle, "van der");
    CHECK_TEXT(name_of(one, "author", 2)->family, "Brito da Silva");
    CHECK_TEXT(name_of(one, "author", 3)->family, "Such\u00E1nek");
    CHECK_TEXT(sentence("Mat{\\'e}rn {Gauss:} A"),
               "Mat\u00E9rn <span class=\"nocase\">Gauss:</span> A");
}

static void references_have_limits(void)
{
    struct buffer out;
    buffer_init(&out, 1 << 20);
    buffer_add_c(&out, "@book{a");
    for (int i = 0; i < 1001; i++)
        buffer_printf(&out, ", f%d=1", i);
    buffer_add_c(&out, "}");
    buffer_add_byte(&out, '\0');
    read_bib(out.bytes);
    CHECK(report.errors == 1 && strcmp(report.diagnostics[0].rule->id, "references-syntax") == 0);
    buffer_clear(&out);
    buffer_add_c(&out, "[{\"id\": \"a\", \"type\": \"book\"");
    for (int i = 0; i < 1001; i++)
        buffer_printf(&out, ", \"f%d\": 1", i);
    buffer_add_c(&out, "}]");
    buffer_add_byte(&out, '\0');
    read_all(REFERENCES_JSON, out.bytes);
    CHECK(report.errors == 1 && list.count == 1);
    /* many lines of one tag, and many strings: linear */
    buffer_clear(&out);
    buffer_add_c(&out, "TY  - JOUR\n");
    for (int i = 0; i < 30000; i++)
        buffer_add_c(&out, "KW  - k\nAU  - A, B\nmore\n");
    buffer_add_byte(&out, '\0');
    const struct reference *one = read_all(REFERENCES_RIS, out.bytes);
    CHECK(one && reference_find(one, "author")->name_count == 30000);
    CHECK(reference_text(one, "keyword").length == 30000 * 3 - 2);
    buffer_release(&out);
}

/* PubMed */

static void pubmed_has_its_fields(void)
{
    const struct reference *one = read_all(
        REFERENCES_NBIB,
        "PMID- 1234\r\nOWN - NLM\r\nIS  - 1476-4687 (Electronic)\r\nIS  - 0028-0836 (Linking)\r\n"
        "VI  - 5\r\nIP  - 2\r\nDP  - 2019 Nov-Dec\r\nTI  - Hands and\r\n      soap.\r\nPG  - "
        "101-9\r\n"
        "LID - 10.1/x [doi]\r\nAID - S01 [pii]\r\nAB  - Words.\r\nCN  - Soap Group\r\n"
        "FAU - Smith, John A Jr\r\nAU  - Smith JA Jr\r\nAD  - A house.\r\nAU  - van Berg XY\r\n"
        "LA  - eng\r\nPT  - Journal Article\r\nPT  - Review\r\nDEP - 20191105\r\nJT  - The "
        "Lancet\r\n"
        "TA  - Lancet\r\nMH  - *Soap/use\r\nMH  - Hands\r\nOT  - water\r\nPMC - PMC77\r\n\r\n"
        "PMID- 1235\r\nTI  - Second?\r\nPT  - Preprint\r\n");
    CHECK(report.count == 0 && list.count == 2);
    CHECK_TEXT(one->id, "pmid1234");
    CHECK_TEXT(one->type, "article-journal");
    CHECK_TEXT(reference_text(one, "title"), "Hands and soap");
    CHECK_TEXT(reference_text(one, "container-title"), "The Lancet");
    CHECK_TEXT(reference_text(one, "container-title-short"), "Lancet");
    CHECK_TEXT(reference_text(one, "ISSN"), "1476-4687, 0028-0836");
    CHECK_TEXT(reference_text(one, "keyword"), "Soap/use, Hands, water");
    CHECK_TEXT(reference_text(one, "DOI"), "10.1/x");
    CHECK_TEXT(reference_text(one, "PMCID"), "PMC77");
    CHECK_TEXT(one->language, "en");
    CHECK_TEXT(name_of(one, "author", 0)->literal, "Soap Group");
    CHECK_TEXT(name_of(one, "author", 1)->given, "John A");
    CHECK_TEXT(name_of(one, "author", 1)->suffix, "Jr");
    CHECK_TEXT(name_of(one, "author", 2)->family, "van Berg");
    CHECK_TEXT(name_of(one, "author", 2)->given, "X. Y.");
    CHECK(reference_find(one, "author")->name_count == 3);
    CHECK(date_of(one, "issued")->month == 11 && date_of(one, "issued")->end_month == 12);
    CHECK(date_of(one, "available-date")->day == 5);
    CHECK_TEXT(list.items[1]->type, "article");
    CHECK_TEXT(reference_text(list.items[1], "title"), "Second?");
    read_all(REFERENCES_NBIB, "words alone\n");
    CHECK(is_reported("references-syntax", 1, 1));
    read_all(REFERENCES_RIS, "TY  - BOOK\nT2  - Series\nER  - \nwords behind\n");
    CHECK(report.errors == 1 && report.diagnostics[0].span.line == 4);
    CHECK_TEXT(reference_text(list.items[0], "collection-title"), "Series");
}

int main(void)
{
    arena_init(&arena);
    RUN(a_lost_character_is_told_with_its_place);
    RUN(accents_become_letters);
    RUN(accents_stand_on_accents);
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
    RUN(dates_are_read_as_they_are_written);
    RUN(years_may_be_ranges_that_leave_the_century_out);
    RUN(dates_of_ris_are_read_or_kept);
    RUN(ids_that_nobody_wrote_are_no_other_references);
    RUN(pages_of_ris_may_stand_together);
    RUN(months_may_be_ranges_and_have_days);
    RUN(fields_that_belong_together_are_joined);
    RUN(what_stands_twice_is_told);
    RUN(names_have_spaces_and_particles);
    RUN(references_have_limits);
    RUN(pubmed_has_its_fields);
    arena_release(&arena);
    UNIT_EXIT();
}

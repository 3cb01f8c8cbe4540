#include "tests/unit/unit.h"

#include "references/references.h"

static struct arena arena;
static struct report report;
static struct reference_list list;

static const struct reference *read_xml(const char *bytes)
{
    arena_release(&arena);
    arena_init(&arena);
    report_init(&report, &arena);
    list = (struct reference_list){0};
    text copy = arena_copy(&arena, text_from_c(bytes));
    uint32_t file = report_add_source(&report, TEXT("r"), copy);
    references_read(&arena, &report, file, copy, REFERENCES_XML, &list);
    return list.count ? list.items[0] : NULL;
}

static bool is_refused(uint32_t line, uint32_t column)
{
    return report.count == 1 && list.count == 0 && report.errors == 1 &&
           strcmp(report.diagnostics[0].rule->id, "references-syntax") == 0 &&
           report.diagnostics[0].span.line == line && report.diagnostics[0].span.column == column;
}

static const struct reference_name *name_of(const struct reference *one, const char *key, size_t i)
{
    static const struct reference_name none;
    const struct reference_field *field = one ? reference_find(one, key) : NULL;
    return field && i < field->name_count ? &field->names[i] : &none;
}

static const struct reference_date *date_of(const struct reference *one, const char *key)
{
    static const struct reference_date none;
    const struct reference_field *field = one ? reference_find(one, key) : NULL;
    return field ? &field->date : &none;
}

static bool leaves(const struct reference *one, const char *key, uint32_t line)
{
    for (const struct reference_field *field = one->left; field; field = field->next)
        if (text_equal_c(field->key, key) && field->span.line == line)
            return true;
    return false;
}

static void looks_are_of_titles_alone(void)
{
    const struct reference *one = read_xml(
        "<xml><records><record><ref-type name=\"Book\">6</ref-type><contributors><authors><author>"
        "<style face=\"bold\">Reed, Ann</style></author></authors></contributors><titles><title>"
        "<style face=\"italic\">Soap</style> &amp;amp; ash</title></titles><volume><style "
        "face=\"bold\">5</style></volume></record></records></xml>");
    CHECK_TEXT(reference_text(one, "title"), "<i>Soap</i> & ash");
    CHECK_TEXT(reference_text(one, "volume"), "5");
    CHECK_TEXT(reference_find(one, "author")->names[0].family, "Reed");
}

static void endnote_has_its_fields(void)
{
    const struct reference *one = read_xml(
        "\xEF\xBB\xBF<?xml version=\"1.0\" encoding=\"ISO-8859-1\"?>\n<xml><records>\n"
        "<record><database name=\"a &amp; b\">x.enl</database>\n"
        "<rec-number>12</rec-number><ref-type name=\"Journal Article\">17</ref-type>\n"
        "<contributors><authors><author><style face=\"normal\">Smith, John A., Jr</style></author>"
        "<author>Soap Group,</author></authors></contributors>\n"
        "<titles><title><style face=\"normal\">Hands &amp; </style><style face=\"italic\">E. coli"
        "</style>\r\n  again\xC3\xA9</title><secondary-title>The Lancet</secondary-title></titles>"
        "<pages>101-109</pages><volume>5</volume><number>2</number>\n"
        "<keywords><keyword>soap</keyword>\n<keyword>water</keyword></keywords>"
        "<dates><year>2019</year><pub-dates><date>Nov 5</date></pub-dates></dates>"
        "<isbn>1476-4687</isbn><electronic-resource-num>https://doi.org/10.1/x"
        "</electronic-resource-num><urls><related-urls><url>https://e.org/1</url><url>"
        "https://e.org/2</url></related-urls></urls>\n<custom1><style>mine</style></custom1>"
        "<language>English</language></record>\n"
        "<record><ref-type name=\"Edited Book\">28</ref-type><contributors><authors><author>Lee, "
        "Kim</author></authors></contributors><titles><title>Soaps</title><secondary-title>Series"
        "</secondary-title></titles></record></records></xml>");
    CHECK(report.count == 0 && list.count == 2);
    CHECK_TEXT(one->id, "endnote12");
    CHECK_TEXT(one->type, "article-journal");
    CHECK_TEXT(reference_text(one, "title"), "Hands & <i>E. coli</i> again\u00E9");
    CHECK_TEXT(reference_text(one, "container-title"), "The Lancet");
    CHECK_TEXT(reference_text(one, "issue"), "2");
    CHECK_TEXT(reference_text(one, "keyword"), "soap, water");
    CHECK_TEXT(reference_text(one, "ISSN"), "1476-4687");
    CHECK_TEXT(reference_text(one, "DOI"), "10.1/x");
    CHECK_TEXT(reference_text(one, "URL"), "https://e.org/1");
    CHECK_TEXT(one->language, "en");
    CHECK_TEXT(name_of(one, "author", 0)->suffix, "Jr");
    CHECK_TEXT(name_of(one, "author", 1)->literal, "Soap Group");
    CHECK(date_of(one, "issued")->month == 11 && date_of(one, "issued")->day == 5);
    CHECK(reference_find(one, "volume")->span.line == 7 && one->span.line == 3);
    CHECK(leaves(one, "custom1", 10) && leaves(one, "database", 3) && leaves(one, "url", 9));
    CHECK_TEXT(name_of(list.items[1], "editor", 0)->family, "Lee");
    CHECK_TEXT(reference_text(list.items[1], "collection-title"), "Series");
}

static void mods_has_its_fields(void)
{
    const struct reference *one = read_xml(
        "<modsCollection xmlns=\"http://www.loc.gov/mods/v3\"><mods ID=\"a1\">\n"
        "<titleInfo><nonSort>The</nonSort><title>soap</title><subTitle>a story</subTitle>"
        "</titleInfo><titleInfo type=\"abbreviated\"><title>Soap</title></titleInfo>\n"
        "<name type=\"personal\"><namePart type=\"family\">Lee</namePart><namePart "
        "type=\"given\">Kim</namePart><namePart type=\"given\">B.</namePart><role><roleTerm "
        "type=\"text\">author</roleTerm></role></name><name type=\"corporate\"><namePart>Soap, "
        "Inc.</namePart></name>\n<name><namePart>Photo, Ann</namePart><role><roleTerm>pht"
        "</roleTerm></role></name>\n"
        "<relatedItem type=\"host\"><genre authority=\"marcgt\">conference publication</genre>"
        "<titleInfo><title>Proceedings</title></titleInfo><name type=\"personal\"><namePart>"
        "Gale, Olga</namePart><role><roleTerm>edt</roleTerm></role></name><originInfo><place>"
        "<placeTerm type=\"code\">xxu</placeTerm></place><place><placeTerm type=\"text\">Oslo"
        "</placeTerm></place><publisher>Press</publisher><dateIssued point=\"start\">1999"
        "</dateIssued><dateIssued point=\"end\">2001</dateIssued></originInfo><part><detail "
        "type=\"volume\"><number>7</number></detail><extent unit=\"pages\"><start>3</start><end>9"
        "</end></extent></part><identifier type=\"isbn\">123</identifier></relatedItem>\n"
        "<relatedItem type=\"series\"><titleInfo><title>Row</title><partNumber>4</partNumber>"
        "</titleInfo></relatedItem><subject><topic>water</topic><topic>hands</topic></subject>\n"
        "<language><languageTerm type=\"code\">ger</languageTerm></language><location><url "
        "dateLastAccessed=\"2020-02-03\">https://e.org</url></location><identifier type=\"doi\">"
        "10.1/x</identifier><note>One</note><note>Two</note></mods>\n"
        "<mods><titleInfo><title>T</title></titleInfo><genre>Ph.D. thesis</genre></mods>"
        "</modsCollection>");
    CHECK(report.count == 0 && list.count == 2);
    CHECK_TEXT(one->id, "a1");
    CHECK_TEXT(one->type, "paper-conference");
    CHECK_TEXT(reference_text(one, "title"), "The soap: a story");
    CHECK_TEXT(reference_text(one, "title-short"), "Soap");
    CHECK_TEXT(name_of(one, "author", 0)->given, "Kim B.");
    CHECK_TEXT(name_of(one, "author", 1)->literal, "Soap, Inc.");
    CHECK_TEXT(name_of(one, "editor", 0)->family, "Gale");
    CHECK_TEXT(reference_text(one, "container-title"), "Proceedings");
    CHECK_TEXT(reference_text(one, "collection-title"), "Row");
    CHECK_TEXT(reference_text(one, "collection-number"), "4");
    CHECK_TEXT(reference_text(one, "publisher-place"), "Oslo");
    CHECK_TEXT(reference_text(one, "volume"), "7");
    CHECK_TEXT(reference_text(one, "page"), "3-9");
    CHECK_TEXT(reference_text(one, "ISBN"), "123");
    CHECK_TEXT(reference_text(one, "keyword"), "water, hands");
    CHECK_TEXT(reference_text(one, "note"), "One\nTwo");
    CHECK_TEXT(one->language, "de");
    CHECK(date_of(one, "issued")->year == 1999 && date_of(one, "issued")->end_year == 2001);
    CHECK(date_of(one, "accessed")->day == 3);
    CHECK(leaves(one, "namePart", 4) && leaves(one, "roleTerm", 4));
    CHECK_TEXT(list.items[1]->type, "thesis");
    CHECK_TEXT(reference_text(list.items[1], "genre"), "Ph.D. thesis");
}

static void attributes_of_others_count_for_nothing(void)
{
    static const char *const hosts[] = {
        "type=\"host\" xlink:type=\"simple\"",
        "xlink:type=\"simple\" type=\"host\"",
    };
    for (size_t i = 0; i < 2; i++) {
        char file[512];
        snprintf(file, sizeof file,
                 "<mods xmlns=\"http://www.loc.gov/mods/v3\" "
                 "xmlns:xlink=\"http://www.w3.org/1999/xlink\"><titleInfo><title>T</title>"
                 "</titleInfo><relatedItem %s><titleInfo xlink:type=\"abbreviated\"><title>"
                 "Journal</title></titleInfo></relatedItem></mods>",
                 hosts[i]);
        const struct reference *one = read_xml(file);
        CHECK(one != NULL);
        CHECK_TEXT(reference_text(one, "container-title"), "Journal");
    }
}

static void the_date_for_programs_counts_first(void)
{
    static const struct {
        const char *dates;
        int year, month, end_year;
    } rows[] = {
        {"<dateIssued>c1999</dateIssued><dateIssued encoding=\"marc\">1999</dateIssued>", 1999, 0,
         0},
        {"<dateIssued encoding=\"marc\">1999</dateIssued><dateIssued>c1999</dateIssued>", 1999, 0,
         0},
        {"<dateIssued>1999</dateIssued><dateIssued encoding=\"iso8601\">19990315</dateIssued>",
         1999, 3, 0},
        {"<dateIssued>c1999-2001</dateIssued><dateIssued encoding=\"marc\" point=\"start\">1999"
         "</dateIssued><dateIssued encoding=\"marc\" point=\"end\">2001</dateIssued>",
         1999, 0, 2001},
        {"<dateIssued point=\"end\">2001</dateIssued><dateIssued point=\"start\">1999"
         "</dateIssued>",
         1999, 0, 2001},
        {"<dateIssued point=\"end\">2001</dateIssued>", 2001, 0, 0},
        {"<dateIssued>2021-22</dateIssued>", 2021, 0, 2022},
        {"<dateIssued point=\"start\">2021-22</dateIssued><dateIssued point=\"end\">2022-23"
         "</dateIssued>",
         2021, 0, 2023},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        char file[512];
        snprintf(file, sizeof file, "<mods><originInfo>%s</originInfo></mods>", rows[i].dates);
        const struct reference_date *date = date_of(read_xml(file), "issued");
        CHECK(date->year == rows[i].year && date->month == rows[i].month);
        CHECK(date->end_year == rows[i].end_year && date->literal.length == 0);
    }
}

static void the_dates_of_endnote_belong_together(void)
{
    static const struct {
        const char *year, *day;
        int issued[3], end_year;
        const char *literal;
        bool leaves;
    } rows[] = {
        {"2019", "2019/03/15", {2019, 3, 15}, 0, "", false},
        {"2019", "Mar 15", {2019, 3, 15}, 0, "", false},
        {"2019", "March 15, 2019", {2019, 3, 15}, 0, "", false},
        {"2019", "2019-03-15", {2019, 3, 15}, 0, "", false},
        {"2019", "2018/03/15", {2019, 0, 0}, 0, "", true},
        {"2019", "15/03", {2019, 0, 0}, 0, "", true},
        {"2019-2020", "Mar 15", {2019, 0, 0}, 2020, "", true},
        {"2019-20", "", {2019, 0, 0}, 2020, "", false},
        {"in press", "Mar 15", {0, 0, 0}, 0, "in press", true},
        {"", "March 5, 2019", {2019, 3, 5}, 0, "", false},
        {"", "2019/03/05", {2019, 3, 5}, 0, "", false},
        {"", "05/03/2019", {0, 0, 0}, 0, "05/03/2019", false},
        {"", "", {0, 0, 0}, 0, "", false},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        char file[512];
        snprintf(file, sizeof file,
                 "<xml><records><record><ref-type name=\"Book\">6</ref-type><dates><year>%s</year>"
                 "<pub-dates><date><style>%s</style></date></pub-dates></dates></record></records>"
                 "</xml>",
                 rows[i].year, rows[i].day);
        const struct reference *one = read_xml(file);
        const struct reference_date *date = date_of(one, "issued");
        CHECK(date->year == rows[i].issued[0] && date->month == rows[i].issued[1] &&
              date->day == rows[i].issued[2] && date->end_year == rows[i].end_year);
        CHECK_TEXT(date->literal, rows[i].literal);
        CHECK(one && (one->left != NULL) == rows[i].leaves);
    }
}

static void bad_xml_is_refused_at_its_place(void)
{
    read_xml("<xml>\n<records><record></xml>");
    CHECK(is_refused(2, 23));
    /* the first fault */
    read_xml("<xml>\n<records>\u00E9\u00E9<record a=1></record></records></xml>");
    CHECK(is_refused(2, 24)); /* in bytes: printed, it is the character 22 */
    read_xml("<xml>\n<a>AT&T \u00E9 & so</a>\n</b>");
    CHECK(is_refused(2, 8));
    read_xml("<mods a:b=\"c\">\n<a></b></mods>"); /* a prefix that nothing declares is none */
    CHECK(is_refused(2, 8));
    read_xml("<html>\n<body>Words</body></html>");
    CHECK(is_refused(1, 1));
    read_xml("<?xml version=\"1.0\"?>\n<!DOCTYPE x [<!ENTITY a \"b\">]><x>&a;</x>");
    CHECK(is_refused(2, 1));
    read_xml("<x>&unknown;</x>");
    CHECK(is_refused(1, 13));
    read_xml("");
    CHECK(report.errors == 1);
}

static void elements_in_each_other_have_a_limit(void)
{
    struct buffer out;
    buffer_init(&out, 1 << 20);
    for (int i = 0; i < 50000; i++)
        buffer_add_c(&out, "<mods>");
    buffer_add_byte(&out, '\0');
    read_xml(out.bytes);
    CHECK(is_refused(1, 64 * 6 + 1));
    buffer_clear(&out);
    buffer_add_c(&out, "<modsCollection><mods><titleInfo><title>");
    for (int i = 0; i < 50000; i++)
        buffer_add_c(&out, "<b/>x&amp;");
    buffer_add_c(&out, "</title></titleInfo></mods></modsCollection>");
    buffer_add_byte(&out, '\0');
    const struct reference *one = read_xml(out.bytes);
    CHECK(report.count == 0 && one && reference_text(one, "title").length == 100000);
    buffer_release(&out);
}

static void the_format_is_told_by_name_and_beginning(void)
{
    CHECK(references_format(TEXT("a.xml")) == REFERENCES_XML);
    CHECK(references_format(TEXT("a.MODS")) == REFERENCES_XML);
    CHECK(references_format_of(TEXT("\n<mods/>")) == REFERENCES_XML);
}

int main(void)
{
    arena_init(&arena);
    RUN(endnote_has_its_fields);
    RUN(looks_are_of_titles_alone);
    RUN(mods_has_its_fields);
    RUN(attributes_of_others_count_for_nothing);
    RUN(the_date_for_programs_counts_first);
    RUN(the_dates_of_endnote_belong_together);
    RUN(bad_xml_is_refused_at_its_place);
    RUN(elements_in_each_other_have_a_limit);
    RUN(the_format_is_told_by_name_and_beginning);
    arena_release(&arena);
    UNIT_EXIT();
}

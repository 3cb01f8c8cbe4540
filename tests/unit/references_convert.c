#include "tests/unit/unit.h"

#include "references/write.h"

static struct arena arena;
static struct report report;

static struct reference_list read_all(enum reference_format format, text bytes)
{
    struct reference_list list = {0};
    text copy = arena_copy(&arena, bytes);
    uint32_t file = report_add_source(&report, TEXT("r"), copy);
    references_read(&arena, &report, file, copy, format, &list);
    return list;
}

static void begin(void)
{
    arena_release(&arena);
    arena_init(&arena);
    report_init(&report, &arena);
}

static text write_all(const struct reference_list *list, enum reference_target target)
{
    struct buffer out;
    buffer_init(&out, 1 << 20);
    references_write(&arena, &report, list, target, &out);
    text written = arena_copy(&arena, buffer_text(&out));
    buffer_release(&out);
    return written;
}

static text convert(enum reference_format format, const char *bytes, enum reference_target target)
{
    begin();
    struct reference_list list = read_all(format, text_from_c(bytes));
    return write_all(&list, target);
}

/* One item of CSL-JSON with these members, as the target has it. */
static text json_to(enum reference_target target, const char *members)
{
    char item[1024];
    snprintf(item, sizeof item, "[{\"id\": \"a\", %s}]", members);
    return convert(REFERENCES_JSON, item, target);
}

static bool holds(text written, const char *part)
{
    bool does = text_find(written, text_from_c(part), 0) != SIZE_MAX;
    if (!does)
        printf("# no %s in\n%.*s\n", part, TEXT_ARGUMENTS(written));
    return does;
}

static bool is_told(uint32_t line, uint32_t column, const char *words)
{
    for (size_t i = 0; i < report.count; i++) {
        const struct diagnostic *one = &report.diagnostics[i];
        if (strcmp(one->rule->id, "reference-unheld") == 0 && one->span.line == line &&
            one->span.column == column &&
            text_find(one->message, text_from_c(words), 0) != SIZE_MAX)
            return true;
    }
    return false;
}

/* CSL-JSON → target → CSL-JSON */
static bool survives(enum reference_target target, const char *members)
{
    text first = json_to(REFERENCES_TO_CSLJSON, members);
    static char keep[4096];
    snprintf(keep, sizeof keep, "%.*s", TEXT_ARGUMENTS(first));
    text there = json_to(target, members);
    bool is_told_of = report.count > 0;
    enum reference_format format = target == REFERENCES_TO_RIS ? REFERENCES_RIS : REFERENCES_BIBTEX;
    struct reference_list list = read_all(format, there);
    text back = write_all(&list, REFERENCES_TO_CSLJSON);
    bool is_same = text_equal_c(back, keep);
    if (!is_same || is_told_of)
        printf("# %s\n# %.*s# %.*s", keep, TEXT_ARGUMENTS(there), TEXT_ARGUMENTS(back));
    return is_same && !is_told_of;
}

static void csl_json_is_written_as_it_was_read(void)
{
    text written = json_to(REFERENCES_TO_CSLJSON,
                           "\"type\": \"book\", \"volume\": 11, \"x-mine\": \"kept \\\"so\\\"\", "
                           "\"author\": [{\"literal\": \"others\"}], \"issued\": {\"raw\": "
                           "\"2016-05/..\"}, \"accessed\": {\"literal\": \"soon\"}");
    CHECK(report.count == 0);
    CHECK_TEXT(written, "[\n  {\n    \"id\": \"a\",\n    \"type\": \"book\",\n    \"volume\": "
                        "\"11\",\n    \"x-mine\": \"kept \\\"so\\\"\",\n    \"author\": [\n      "
                        "{\"literal\": \"others\"}\n    ],\n    \"issued\": {\"date-parts\": "
                        "[[2016, 5], [0]]},\n    \"accessed\": {\"literal\": \"soon\"}\n  }\n]\n");
    CHECK_TEXT(convert(REFERENCES_JSON, "[]", REFERENCES_TO_CSLJSON), "[\n]\n");
}

static void biblatex_holds_what_it_has_fields_for(void)
{
    static const char *const members[] = {
        "\"type\": \"book\", \"title\": \"Leaves & <i>grass</i> 50%: $5 {a} a_b ~ ^ # c:\\\\d\"",
        "\"type\": \"book\", \"title\": \"Leaves\", \"issued\": {\"date-parts\": [[-348]]}",
        "\"type\": \"book\", \"title\": \"Leaves\", \"issued\": {\"date-parts\": [[2005]], "
        "\"season\": 3}",
        "\"type\": \"book\", \"title\": \"Leaves\", \"issued\": {\"date-parts\": [[2005, 7, 1], "
        "[2006, 8]]}",
        "\"type\": \"book\", \"title\": \"Leaves\", \"issued\": {\"date-parts\": [[2005], [0]]}",
        "\"type\": \"book\", \"title\": \"Leaves\", \"issued\": {\"date-parts\": [[1580]], "
        "\"circa\": true}",
        "\"type\": \"book\", \"title\": \"Leaves\", \"issued\": {\"literal\": \"in press\"}",
        "\"type\": \"map\", \"title\": \"Leaves\"",
        "\"type\": \"article-newspaper\", \"title\": \"Leaves\", \"container-title\": \"The Day\", "
        "\"issued\": {\"date-parts\": [[2005]]}, \"issue\": \"3\", \"page\": \"A1-A3, 7\"",
        "\"type\": \"book\", \"author\": [{\"family\": \"Berg\", \"given\": \"Piet\", "
        "\"non-dropping-particle\": \"van den\"}, {\"family\": \"de la Vega\", \"given\": "
        "\"Ana\"}, {\"family\": \"King\", \"given\": \"Ann\", \"suffix\": \"Jr.\"}, {\"literal\": "
        "\"Bureau of This and That, Inc.\"}, {\"literal\": \"others\"}], \"title\": \"Leaves\"",
        "\"type\": \"book\", \"author\": [{\"family\": \"Berg\", \"given\": \"Piet\", "
        "\"dropping-particle\": \"van\"}, {\"family\": \"Vega\", \"given\": \"Ana\", "
        "\"non-dropping-particle\": \"De la\"}], \"title\": \"Leaves\"",
        "\"type\": \"book\", \"title\": \"All\", \"volume-title\": \"Part\", \"volume\": \"2\"",
        "\"type\": \"chapter\", \"title\": \"One\", \"container-title\": \"All\", "
        "\"volume-title\": \"Part\"",
        "\"type\": \"book\", \"title\": \"Leaves\", \"note\": \"One\\nTwo -- 'so' `x`\"",
        "\"type\": \"book\", \"language\": \"de\", \"title\": \"A &amp;lt; &lt;\"",
        "\"type\": \"thesis\", \"title\": \"Leaves\", \"publisher\": \"University\", \"genre\": "
        "\"PhD thesis\"",
    };
    for (size_t i = 0; i < sizeof members / sizeof *members; i++)
        CHECK(survives(REFERENCES_TO_BIBLATEX, members[i]));
}

/* "Hands &amp; soap": PubMed, Crossref and publishers escape what was HTML once. */
static void entities_of_databases_are_read(void)
{
    static const char wanted[] = "Hands & \u03B2 soap\u2013ash <5 &lt;b&gt; &none; &#0;";
    static const char written[] = "Hands &amp; &beta; soap&#8211;ash &lt;5 &lt;b&gt; &none; &#0;";
    static char file[1024];
    struct reference_list list;
    snprintf(file, sizeof file, "TY  - BOOK\nTI  - %s\nAU  - O&apos;Neill, A\nER  - \n", written);
    list = read_all(REFERENCES_RIS, text_from_c(file));
    CHECK_TEXT(reference_text(list.items[0], "title"), wanted);
    CHECK_TEXT(reference_find(list.items[0], "author")->names[0].family, "O'Neill");
    snprintf(file, sizeof file,
             "[{\"id\": \"a\", \"type\": \"book\", \"title\": \"%s\", \"author\": "
             "[{\"literal\": \"P &amp; G\"}], \"subtitle\": []}]",
             written);
    list = read_all(REFERENCES_JSON, text_from_c(file));
    CHECK_TEXT(reference_text(list.items[0], "title"), wanted);
    CHECK_TEXT(reference_find(list.items[0], "author")->names[0].literal, "P & G");
    CHECK(!reference_find(list.items[0], "subtitle"));
    list = read_all(REFERENCES_NBIB, TEXT("PMID- 1\nTI  - Of &lt;i&gt;E. coli&lt;/i&gt; &lt;5\n"));
    CHECK_TEXT(reference_text(list.items[0], "title"), "Of <i>E. coli</i> <5");
    list = read_all(REFERENCES_BIBTEX, TEXT("@book{a, title = {Soap&ndash;ash &amp; R\\&amp;D}}"));
    CHECK_TEXT(reference_text(list.items[0], "title"), "Soap\u2013ash & R&D");
    for (int target = REFERENCES_TO_CSLJSON; target < REFERENCES_TARGETS; target++) {
        list = read_all(REFERENCES_JSON, TEXT("[{\"id\": \"a\", \"type\": \"book\", \"publisher\": "
                                              "\"A&amp;amp;B &lt;b&gt; &amp;lt;b&amp;gt;\"}]"));
        CHECK_TEXT(reference_text(list.items[0], "publisher"), "A&amp;B &lt;b&gt; &lt;b&gt;");
        enum reference_format format = target == REFERENCES_TO_CSLJSON ? REFERENCES_JSON
                                       : target == REFERENCES_TO_RIS   ? REFERENCES_RIS
                                                                       : REFERENCES_BIBTEX;
        list = read_all(format, write_all(&list, (enum reference_target)target));
        CHECK_TEXT(reference_text(list.items[0], "publisher"), "A&amp;B &lt;b&gt; &lt;b&gt;");
    }
}

static void short_dois_have_their_prefix(void)
{
    struct reference_list list =
        read_all(REFERENCES_RIS, TEXT("TY  - BOOK\nDO  - https://doi.org/gh4x\nER  - \n"
                                      "TY  - BOOK\nDO  - https://shortdoi.org/10/gh4y\nER  - \n"
                                      "TY  - BOOK\nDO  - https://doi.org/a b\nER  - \n"));
    CHECK_TEXT(reference_text(list.items[0], "DOI"), "10/gh4x");
    CHECK_TEXT(reference_text(list.items[1], "DOI"), "10/gh4y");
    CHECK_TEXT(reference_text(list.items[2], "DOI"), "https://doi.org/a b");
}

static void bibtex_has_its_own_fields(void)
{
    text written = json_to(REFERENCES_TO_BIBTEX,
                           "\"type\": \"article-journal\", \"title\": \"On the Wind and DNA: A "
                           "study\", \"container-title\": \"Airs\", \"issued\": {\"date-parts\": "
                           "[[1999, 3, 4]]}, \"publisher-place\": \"London\", \"page\": \"1-5\"");
    CHECK(report.count == 0);
    CHECK_TEXT(written, "@article{a,\n  title = {On the {Wind} and {DNA}: A study},\n"
                        "  journal = {Airs},\n  year = {1999},\n  month = mar,\n  day = {4},\n"
                        "  address = {London},\n  pages = {1--5},\n}\n");
    CHECK(holds(json_to(REFERENCES_TO_BIBTEX, "\"type\": \"thesis\", \"title\": \"T\", \"genre\": "
                                              "\"Master\u2019s thesis\", \"publisher\": \"U\""),
                "@mastersthesis{a,\n  title = {T},\n  school = {U},\n}"));
    CHECK(holds(json_to(REFERENCES_TO_BIBTEX, "\"type\": \"book\", \"title\": \"der Alte Mann\", "
                                              "\"language\": \"de\""),
                "title = {der {Alte} {Mann}}")); /* its styles make small letters of any language */
    CHECK(holds(json_to(REFERENCES_TO_BIBTEX, "\"type\": \"book\", \"title\": \"T\", \"URL\": "
                                              "\"https://e.org/a_b%20{c}#d\""),
                "url = {https://e.org/a_b%20%7Bc%7D#d}"));
    CHECK(survives(REFERENCES_TO_BIBTEX, "\"type\": \"book\", \"title\": \"T\", \"issued\": "
                                         "{\"date-parts\": [[2005], [0]]}"));
    CHECK(survives(REFERENCES_TO_BIBTEX, "\"type\": \"dataset\", \"title\": \"T\", \"issued\": "
                                         "{\"date-parts\": [[2005, 7], [2005, 8]]}"));
}

static void what_a_format_has_no_place_for_is_told_where_it_stands(void)
{
    json_to(REFERENCES_TO_BIBTEX, "\"type\": \"book\",\n\"title\": \"T\",\n  \"scale\": \"1:9\"");
    CHECK(is_told(3, 12, "the field scale of a"));
    CHECK(report.count == 1 && report.errors == 0);
    json_to(REFERENCES_TO_BIBTEX, "\"type\": \"book\",\n\"issued\": {\"date-parts\": [[2005, 7, "
                                  "3], [2006, 8]]}");
    CHECK(is_told(2, 11, "range of dates"));
    json_to(REFERENCES_TO_RIS,
            "\"type\": \"book\",\n\"author\": [{\"family\": \"A\", \"given\": "
            "\"B\", \"dropping-particle\": \"van\"}, {\"literal\": \"others\"}]");
    CHECK(is_told(2, 11, "no particles") && is_told(2, 11, "others beside"));
    json_to(REFERENCES_TO_RIS, "\"type\": \"interview\"");
    CHECK(report.count == 0);
    json_to(REFERENCES_TO_RIS, "\"type\": \"treaty\"");
    CHECK(is_told(1, 2, "no type for \"treaty\""));
    /* what no field of CSL's is for: once for each name */
    convert(REFERENCES_BIBTEX, "@book{a, title={T},\n file={a.pdf}}\n@book{b, file={b.pdf}}",
            REFERENCES_TO_CSLJSON);
    CHECK(report.count == 1 && is_told(2, 2, "\"file\""));
    CHECK(report.notices == 1);
}

static void bibtex_keeps_what_bibtex_says(void)
{
    text written =
        convert(REFERENCES_BIBTEX, "@book{a, title={T}, file={a.pdf}, foreword={\\'E. Zola}}",
                REFERENCES_TO_BIBLATEX);
    CHECK(report.count == 0);
    CHECK_TEXT(written, "@book{a,\n  title = {T},\n  file = {a.pdf},\n  foreword = {\\'E. Zola},\n"
                        "}\n");
}

static void keys_are_such_as_bibtex_can_read(void)
{
    begin();
    struct reference_list list =
        read_all(REFERENCES_JSON, TEXT("[{\"id\": \"a b\", \"type\": \"book\"}, {\"id\": \"a,b\", "
                                       "\"type\": \"book\"}, {\"id\": \"\u00E9:1\", \"type\": "
                                       "\"book\"}]"));
    CHECK_TEXT(write_all(&list, REFERENCES_TO_BIBLATEX),
               "@book{a_b,\n}\n\n@book{a_b-2,\n}\n\n@book{\u00E9:1,\n}\n");
    CHECK(report.count == 2);
}

static void ris_is_one_line_for_each_thing(void)
{
    text written = json_to(REFERENCES_TO_RIS,
                           "\"type\": \"chapter\", \"title\": \"One\", \"container-title\": "
                           "\"All\", \"editor\": [{\"family\": \"A\", \"given\": \"B\"}, "
                           "{\"literal\": \"C D\"}], \"page\": \"3-9\", \"keyword\": \"x, y\", "
                           "\"note\": \"n\\nm\", \"issued\": {\"date-parts\": [[2001, 2]]}, "
                           "\"ISBN\": \"1\"");
    CHECK(report.count == 0);
    CHECK_TEXT(written, "TY  - CHAP\nID  - a\nTI  - One\nT2  - All\nED  - A, B\nED  - C D\n"
                        "SP  - 3\nEP  - 9\nKW  - x\nKW  - y\nN1  - n\nN1  - m\nPY  - 2001\n"
                        "DA  - 2001/02//\nSN  - 1\nER  - \n");
    CHECK(survives(REFERENCES_TO_RIS,
                   "\"type\": \"article-journal\", \"title\": \"One <i>two</i>\", "
                   "\"container-title\": \"All\", \"issued\": {\"date-parts\": "
                   "[[2001]], \"season\": 2}, \"page\": \"e7\", \"keyword\": "
                   "\"x, y\""));
}

int main(void)
{
    arena_init(&arena);
    RUN(csl_json_is_written_as_it_was_read);
    RUN(biblatex_holds_what_it_has_fields_for);
    RUN(entities_of_databases_are_read);
    RUN(short_dois_have_their_prefix);
    RUN(bibtex_has_its_own_fields);
    RUN(what_a_format_has_no_place_for_is_told_where_it_stands);
    RUN(bibtex_keeps_what_bibtex_says);
    RUN(keys_are_such_as_bibtex_can_read);
    RUN(ris_is_one_line_for_each_thing);
    arena_release(&arena);
    UNIT_EXIT();
}

/* Every code point of Unicode through every reader: what may not be published does not come out. */
#include "tests/unit/unit.h"

#include "base/characters.h"
#include "check/check.h"
#include "read/pictures.h"
#include "read/read.h"
#include "references/references.h"
#include "translate/catalogue.h"

enum { CHUNK = 4096, END = 0x110000 };

static struct arena arena;
static struct report report;
static struct buffer bytes;

/* How a reader's notation writes a character by its number. */
enum notation { RAW, ENTITY, YAML_ESCAPE, JSON_ESCAPE, OCTAL_ESCAPE };

static void write_character(uint32_t c, enum notation notation)
{
    char raw[4];
    size_t length = text_encode(c, raw);
    switch (notation) {
    case RAW:
        buffer_add(&bytes, raw, length);
        break;
    case ENTITY:
        buffer_printf(&bytes, "&#x%X;", (unsigned)c);
        break;
    case YAML_ESCAPE:
        buffer_printf(&bytes, "\\U%08X", (unsigned)c);
        break;
    case JSON_ESCAPE:
        if (c >= 0x10000)
            buffer_printf(&bytes, "\\u%04X\\u%04X", (unsigned)(0xD800 + ((c - 0x10000) >> 10)),
                          (unsigned)(0xDC00 + (c & 0x3FF)));
        else
            buffer_printf(&bytes, "\\u%04X", (unsigned)c);
        break;
    case OCTAL_ESCAPE:
        for (size_t i = 0; i < length; i++)
            buffer_printf(&bytes, "\\%03o", (unsigned)(unsigned char)raw[i]);
        break;
    }
}

static bool is_of_xml(uint32_t c)
{
    return c >= 0x20 && c != 0xFFFE && c != 0xFFFF;
}

/* The words a.a b.b … with the code points from first on. ASCII is left out, as are line ends:
   they are the notations' own. */
static uint32_t chunk = CHUNK; /* characters at once */

static void write_chunk(const char *before, uint32_t first, enum notation notation, bool for_xml,
                        const char *after)
{
    buffer_clear(&bytes);
    buffer_add_c(&bytes, before);
    for (uint32_t c = first; c < first + chunk; c++) {
        bool is_surrogate = c >= 0xD800 && c < 0xE000;
        bool is_own = c == 0 || c == '\t' || c == '\n' || c == '\r' || (c >= 0x20 && c < 0x7F);
        if (is_surrogate || is_own || (for_xml && !is_of_xml(c)))
            continue;
        buffer_add_byte(&bytes, 'a');
        write_character(c, notation);
        buffer_add_c(&bytes, "a ");
    }
    buffer_add_c(&bytes, after);
}

static bool holds(text words, enum character_fault fault)
{
    size_t offset = 0;
    return characters_find(words, fault, &offset);
}

static bool is_good(text words)
{
    return !holds(words, CHARACTER_MARK) && !holds(words, CHARACTER_CONTROL);
}

static void begin(void)
{
    arena_release(&arena);
    arena_init(&arena);
    report_init(&report, &arena);
}

static void test_the_table_is_that_of_the_standards(void)
{
    unsigned counts[4] = {0};
    for (uint32_t c = 0; c < END; c++)
        counts[character_fault(c)]++;
    /* 29 of C0, 33 of DEL and C1, 66 noncharacters */
    CHECK(counts[CHARACTER_CONTROL] == 29 + 33 + 66);
    CHECK(counts[CHARACTER_MARK] == 1 && character_fault(0xFEFF) == CHARACTER_MARK);
    CHECK(counts[CHARACTER_LOST] == 1 && character_fault(0xFFFD) == CHARACTER_LOST);
}

static void test_only_the_mark_that_begins_a_file_stays(void)
{
    begin();
    CHECK_TEXT(characters_of_file(&arena, TEXT("\xEF\xBB\xBF\xEF\xBB\xBF"
                                               "a\n\xEF\xBB\xBF# b\xEF\xBB\xBF")),
               "\xEF\xBB\xBF"
               "a\n# b");
    CHECK_TEXT(characters_clean(&arena, TEXT("\xEF\xBB\xBF"
                                             "a")),
               "a");
    CHECK(characters_clean(&arena, TEXT("\xEF\xBB\xBF")).length == 0);
}

/* articles */

static bool read_article_of(text article, struct document *document)
{
    begin();
    *document = (struct document){
        .arena = &arena, .report = &report, .folder = {.descriptor = -1}, .name = TEXT("a")};
    return read_article_bytes(document, article, TEXT("a.md"));
}

static bool tree_is_good(struct document *document)
{
    struct walk walk;
    walk_init(&walk, document->root);
    while (walk_next(&walk)) {
        if (!is_good(walk.node->text))
            return false;
        if (walk.node->kind == NODE_LINK && !is_good(walk.node->link.url))
            return false;
        for (const struct attribute *a = walk.node->attributes; a; a = a->next)
            if (!is_good(a->value))
                return false;
    }
    return is_good(document->metadata.title) && is_good(document->metadata.description);
}

/* Every place of an article that holds words. */
static void try_articles(const char *before, enum notation notation, const char *after)
{
    for (uint32_t first = 0; first < END; first += CHUNK) {
        struct document document;
        write_chunk(before, first, notation, false, after);
        CHECK(read_article_of(buffer_text(&bytes), &document));
        CHECK(tree_is_good(&document));
        bool has_controls = first == 0 || first == 0xF000 || (first & 0xF000) == 0xF000;
        CHECK((report.errors > 0) == has_controls);
    }
}

#define FRONT "---\ntitle: T\nlang: en\n---\n\n"

static void test_no_character_of_a_paragraph(void)
{
    try_articles(FRONT, RAW, "\n");
    try_articles(FRONT, ENTITY, "\n");
}

static void test_no_character_of_a_heading_or_code(void)
{
    try_articles(FRONT "# ", RAW, "\n");
    try_articles(FRONT "```\n", RAW, "\n```\n");
}

static void test_no_character_of_a_title_or_a_description(void)
{
    try_articles("---\nlang: en\ntitle: \"", YAML_ESCAPE, "\"\n---\n\nText.\n");
    try_articles("---\nlang: en\ntitle: T\ndescription: \"", YAML_ESCAPE, "\"\n---\n\nText.\n");
}

/* An address or a title of a link keeps no mark; controls in it are for the check to find. */
static void test_no_character_of_a_link(void)
{
    static const char *const places[] = {"[x](https://example.org/ \"", "![x](dot.png \""};
    for (size_t place = 0; place < sizeof places / sizeof *places; place++) {
        for (uint32_t first = 0; first < END; first += CHUNK) {
            struct document document;
            write_chunk(arena_printf(&arena, FRONT "%s", places[place]).bytes, first, ENTITY, false,
                        "\")\n");
            read_article_of(buffer_text(&bytes), &document);
            size_t errors = report.errors;
            check_document(&document);
            CHECK(tree_is_good(&document) || report.errors > errors);
        }
    }
}

/* references */

static void try_references(enum reference_format format, const char *before, enum notation notation,
                           const char *after)
{
    for (uint32_t first = 0; first < END; first += CHUNK) {
        struct reference_list list = {0};
        write_chunk(before, first, notation, false, after);
        begin();
        text file = characters_of_file(&arena, arena_copy(&arena, buffer_text(&bytes)));
        uint32_t source = report_add_source(&report, TEXT("r"), file);
        references_read(&arena, &report, source, file, format, &list);
        CHECK(list.count == 1);
        if (list.count != 1)
            return;
        for (const struct reference_field *f = list.items[0]->fields; f; f = f->next)
            CHECK(is_good(f->value));
    }
}

static void test_no_character_of_a_reference(void)
{
    try_references(REFERENCES_JSON, "[{\"id\":\"a\",\"title\":\"", JSON_ESCAPE, "\"}]");
    try_references(REFERENCES_YAML, "- id: a\n  title: \"", YAML_ESCAPE, "\"\n");
    try_references(REFERENCES_BIBTEX, "@book{a, title={", RAW, "}}");
    try_references(REFERENCES_RIS, "TY  - BOOK\nID  - a\nTI  - ", RAW, "\nER  - \n");
}

/* translations, pictures, styles: U+FEFF alone is theirs to drop; the article that they become a
   part of is read and checked afterwards */

static void test_no_mark_of_a_catalogue(void)
{
    static const enum notation notations[] = {RAW, OCTAL_ESCAPE};
    for (size_t i = 0; i < 2; i++) {
        for (uint32_t first = 0x1000; first < END; first += CHUNK) {
            struct catalogue catalogue;
            write_chunk("msgid \"\"\nmsgstr \"Content-Type: text/plain; charset=UTF-8\\n\"\n\n"
                        "msgid \"a\"\nmsgstr \"",
                        first, notations[i], false, "\"\n");
            begin();
            catalogue_init(&catalogue, &arena);
            CHECK(catalogue_read_po(&catalogue, &report, TEXT("a.po"), buffer_text(&bytes)));
            CHECK(catalogue.count == 1 &&
                  !holds(catalogue.messages[0].translation, CHARACTER_MARK));
        }
    }
}

static void test_no_mark_of_an_xliff(void)
{
    for (uint32_t first = 0; first < END; first += CHUNK) {
        struct catalogue catalogue;
        write_chunk("<xliff xmlns=\"urn:oasis:names:tc:xliff:document:2.0\" version=\"2.0\" "
                    "srcLang=\"en\" trgLang=\"fr\"><file id=\"f\"><unit id=\"1\"><segment>"
                    "<source>a</source><target>a",
                    first, ENTITY, true, "</target></segment></unit></file></xliff>");
        begin();
        catalogue_init(&catalogue, &arena);
        CHECK(catalogue_read_xliff(&catalogue, &report, TEXT("a.xlf"), buffer_text(&bytes)));
        CHECK(catalogue.count == 1 && !holds(catalogue.messages[0].translation, CHARACTER_MARK));
    }
}

static void test_no_mark_of_a_drawing(void)
{
    chunk = 512; /* one text of a drawing has no more letters */
    for (uint32_t first = 0; first < END; first += chunk) {
        const char *why = NULL;
        write_chunk("<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 9 9\"><text>a", first,
                    ENTITY, true, "</text></svg>");
        begin();
        struct image svg = {.path = TEXT("a.svg"), .bytes = buffer_text(&bytes)};
        CHECK(read_svg(&arena, &svg, NULL, &why));
        CHECK(!holds(svg.svg_text, CHARACTER_MARK) && !holds(svg.bytes, CHARACTER_MARK));
    }
}

int main(void)
{
    arena_init(&arena);
    buffer_init(&bytes, SIZE_MAX);
    RUN(test_the_table_is_that_of_the_standards);
    RUN(test_only_the_mark_that_begins_a_file_stays);
    RUN(test_no_character_of_a_paragraph);
    RUN(test_no_character_of_a_heading_or_code);
    RUN(test_no_character_of_a_title_or_a_description);
    RUN(test_no_character_of_a_link);
    RUN(test_no_character_of_a_reference);
    RUN(test_no_mark_of_a_catalogue);
    RUN(test_no_mark_of_an_xliff);
    RUN(test_no_mark_of_a_drawing);
    buffer_release(&bytes);
    arena_release(&arena);
    UNIT_EXIT();
}

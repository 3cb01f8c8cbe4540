/* Styles, locales, references and citations: no crash, no hang, UTF-8 in every token, markup
   nested. The input is in parts between lines "%%": a style; references in CSL-JSON; citations, one
   on each line; a locale file. A citation has its cites between semicolons: the first character
   chooses the reference, the second gives flags, the rest is PREFIX|LOCATOR|SUFFIX|LABEL. */
#include "csl/csl.h"
#include "references/references.h"

#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

enum { MOST_CITATIONS = 64, MOST_CITES = 16 };

static const char plain_locale[] =
    "<locale xml:lang=\"en-US\"><style-options punctuation-in-quote=\"true\"/>"
    "<date form=\"text\"><date-part name=\"month\" suffix=\" \"/><date-part name=\"day\" "
    "form=\"ordinal\" suffix=\", \"/><date-part name=\"year\"/></date>"
    "<date form=\"numeric\"><date-part name=\"month\" form=\"numeric\" suffix=\"/\"/><date-part "
    "name=\"year\" form=\"short\"/></date><terms><term name=\"and\">and</term><term "
    "name=\"et-al\">et al.</term><term name=\"page\" form=\"short\"><single>p.</single>"
    "<multiple>pp.</multiple></term><term name=\"editor\"><single>editor</single>"
    "<multiple>editors</multiple></term><term name=\"ibid\">ibid.</term><term "
    "name=\"open-quote\">\u201C</term><term name=\"close-quote\">\u201D</term><term "
    "name=\"open-inner-quote\">\u2018</term><term name=\"close-inner-quote\">\u2019</term><term "
    "name=\"ordinal\">th</term><term name=\"ordinal-01\">st</term><term name=\"ordinal-11\">th"
    "</term><term name=\"long-ordinal-01\">first</term><term name=\"month-01\">January</term><term "
    "name=\"season-01\">spring</term><term name=\"no date\">n.d.</term><term "
    "name=\"page-range-delimiter\">\u2013</term></terms></locale>";

static text load_locale(void *object, text tag)
{
    const text *given = object;
    return given->length && !text_equal_c(tag, "en-US") ? *given : text_from_c(plain_locale);
}

/* What stands before the next "\n%%\n". */
static text take_part(text *rest)
{
    size_t end = text_find(*rest, TEXT("\n%%\n"), 0);
    text part = text_slice(*rest, 0, end == SIZE_MAX ? rest->length : end);
    *rest = end == SIZE_MAX ? TEXT_EMPTY : text_slice(*rest, end + 4, rest->length);
    return part;
}

static text take(text *rest, char separator)
{
    size_t end = text_find_byte(*rest, separator, 0);
    text part = text_slice(*rest, 0, end == SIZE_MAX ? rest->length : end);
    *rest = end == SIZE_MAX ? TEXT_EMPTY : text_slice(*rest, end + 1, rest->length);
    return part;
}

static struct csl_cite read_cite(text words, size_t reference_count)
{
    unsigned char which = words.length > 0 ? (unsigned char)words.bytes[0] : 0;
    unsigned char flags = words.length > 1 ? (unsigned char)words.bytes[1] : 0;
    words = text_slice(words, words.length < 2 ? words.length : 2, words.length);
    if (text_find_invalid_utf8(words) != SIZE_MAX) /* an article's words are UTF-8 */
        words = TEXT_EMPTY;
    struct csl_cite cite = {
        .reference = which % reference_count,
        .author_suppressed = flags & 1,
        .author_only = flags & 2,
        .near_note = flags & 4,
        .position = flags >> 3 & 3,
    };
    cite.prefix = take(&words, '|');
    cite.locator = take(&words, '|');
    cite.suffix = take(&words, '|');
    cite.label = take(&words, '|');
    return cite;
}

static size_t read_citations(struct arena *arena, text words, size_t reference_count,
                             struct csl_citation *citations)
{
    size_t count = 0;
    while (words.length && count < MOST_CITATIONS) {
        text line = take(&words, '\n');
        struct csl_cite *cites = ARENA_NEW_ARRAY(arena, MOST_CITES, struct csl_cite);
        struct csl_citation *made = &citations[count++];
        *made = (struct csl_citation){.cites = cites, .note = (unsigned)(line.length % 3 * count)};
        while (line.length && made->cite_count < MOST_CITES)
            cites[made->cite_count++] = read_cite(take(&line, ';'), reference_count);
    }
    return count;
}

static void check_tokens(const struct csl_tokens *tokens)
{
    enum csl_look open[1024];
    size_t depth = 0;
    for (size_t i = 0; i < tokens->count; i++) {
        const struct csl_token *token = &tokens->tokens[i];
        if (text_find_invalid_utf8(token->text) != SIZE_MAX)
            abort();
        if (token->kind == CSL_OPEN && depth < 1024)
            open[depth++] = token->look;
        else if (token->kind == CSL_CLOSE && (depth == 0 || open[--depth] != token->look))
            abort();
    }
    if (depth)
        abort();
}

static void process(struct arena *arena, const struct csl_style *style,
                    const struct reference_list *references, text words, text *locale)
{
    struct csl_citation citations[MOST_CITATIONS];
    size_t count =
        references->count ? read_citations(arena, words, references->count, citations) : 0;
    struct csl_input input = {
        .style = style,
        .language = TEXT("de-AT"),
        .references = (const struct reference *const *)references->items,
        .reference_count = references->count,
        .citations = citations,
        .citation_count = count,
        .has_positions = count > 0 && citations[0].note == 1,
        .load_locale = load_locale,
        .locales = locale,
    };
    struct csl_output output;
    csl_process(arena, &input, &output);
    for (size_t i = 0; i < count; i++)
        check_tokens(&output.citations[i]);
    for (size_t i = 0; i < output.entry_count; i++) {
        if (output.entries[i].reference >= references->count)
            abort();
        check_tokens(&output.entries[i].tokens);
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct arena arena;
    struct report report;
    struct reference_list references = {NULL, 0, 0};
    arena_init(&arena);
    report_init(&report, &arena);
    text rest = arena_copy(&arena, (text){(const char *)data, size});
    text style_bytes = take_part(&rest), json = arena_copy(&arena, take_part(&rest)),
         citations = take_part(&rest);
    uint32_t file = report_add_source(&report, TEXT("style"), style_bytes);
    const struct csl_style *style = csl_style_read(&arena, &report, file, style_bytes);
    if (!style && !report.errors)
        abort();
    file = report_add_source(&report, TEXT("references"), json);
    references_read(&arena, &report, file, json, REFERENCES_JSON, &references);
    if (style && !csl_style_parent(style).length)
        process(&arena, style, &references, citations, &rest);
    struct buffer out;
    buffer_init(&out, 1 << 24);
    report_print(&report, &out);
    buffer_release(&out);
    arena_release(&arena);
    return 0;
}

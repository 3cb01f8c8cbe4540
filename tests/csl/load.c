/* Formats many citations, for the benchmark: load STYLE REFERENCES CITATIONS
   STYLE and REFERENCES (CSL-JSON) are files; every reference is cited, over and over, until there
   are CITATIONS citations, every third of two references and every fifth with a page. Prints each
   citation and each entry of the bibliography as plain text on a line. */
#include "base/files.h"
#include "csl/csl.h"
#include "publish/styles.h"
#include "references/references.h"

#include <stdio.h>
#include <stdlib.h>

enum { MOST_BYTES = 1 << 28 };

/* Empty: the file cannot be read. */
static text read_file(struct arena *arena, const char *path)
{
    text bytes;
    return file_read(arena, path, MOST_BYTES, &bytes) == FILE_OK ? bytes : TEXT_EMPTY;
}

static struct csl_citation *make_citations(struct arena *arena, size_t references, size_t count)
{
    struct csl_citation *citations = ARENA_NEW_ARRAY(arena, count, struct csl_citation);
    struct csl_cite *cites = ARENA_NEW_ARRAY(arena, 2 * count, struct csl_cite);
    for (size_t i = 0; i < count; i++) {
        struct csl_cite *own = &cites[2 * i];
        own[0].reference = i % references;
        own[0].locator = i % 5 == 0 ? TEXT("12-15") : TEXT_EMPTY;
        own[1].reference = (i * 7 + 1) % references;
        citations[i] = (struct csl_citation){.cites = own, .cite_count = i % 3 == 0 ? 2 : 1};
    }
    return citations;
}

static void print_tokens(const struct csl_tokens *tokens)
{
    for (size_t i = 0; i < tokens->count; i++)
        if (tokens->tokens[i].kind == CSL_TEXT)
            printf("%.*s", TEXT_ARGUMENTS(tokens->tokens[i].text));
    putchar('\n');
}

int main(int argument_count, char **arguments)
{
    if (argument_count != 4) {
        fprintf(stderr, "usage: load STYLE REFERENCES CITATIONS\n");
        return 2;
    }
    struct arena arena;
    struct report report;
    struct reference_list references = {NULL, 0, 0};
    arena_init(&arena);
    report_init(&report, &arena);
    struct styles styles = {.arena = &arena, .report = &report};
    text style_bytes = read_file(&arena, arguments[1]), json = read_file(&arena, arguments[2]);
    uint32_t file = report_add_source(&report, TEXT("style"), style_bytes);
    const struct csl_style *style = csl_style_read(&arena, &report, file, style_bytes);
    file = report_add_source(&report, TEXT("references"), json);
    references_read(&arena, &report, file, json, REFERENCES_JSON, &references);
    size_t count = strtoul(arguments[3], NULL, 10);
    if (!style || !references.count || !count) {
        fprintf(stderr, "load: no style, no references or no citations\n");
        return 1;
    }
    struct csl_input input = {
        .style = style,
        .language = TEXT("en-US"),
        .references = (const struct reference *const *)references.items,
        .reference_count = references.count,
        .citations = make_citations(&arena, references.count, count),
        .citation_count = count,
        .load_locale = styles_load_locale,
        .locales = &styles,
    };
    struct csl_output output;
    csl_process(&arena, &input, &output);
    for (size_t i = 0; i < count; i++)
        print_tokens(&output.citations[i]);
    for (size_t i = 0; i < output.entry_count; i++)
        print_tokens(&output.entries[i].tokens);
    arena_release(&arena);
    return 0;
}

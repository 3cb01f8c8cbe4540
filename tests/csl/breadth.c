/* Formats the citations and the bibliography of one document in many styles, to be compared with
   what the reference processor says. Prints a line of JSON for each style; judge.mjs prints the
   like.

   breadth LANGUAGE REFERENCES CITATIONS < STYLES    LANGUAGE: a tag, or "own": the style's */
#include "base/files.h"
#include "publish/styles.h"
#include "tests/csl/citing.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { MOST_BYTES = 1 << 24, MOST_PATH = 4096 };

struct sources {
    text language, references, citations;
};

struct breadth {
    struct arena arena;
    struct report report;
    struct styles styles;
    struct reference_list references;
    size_t *narrative; /* of each citation: 1 where its authors are named in the sentence */
};

/* References in the order in which they are cited; then those that are not. */
static void order_by_citation(struct breadth *breadth, const struct csl_citation *citations,
                              size_t count, struct csl_cite *cites[])
{
    size_t all = breadth->references.count, placed = 0;
    size_t *place = ARENA_NEW_ARRAY(&breadth->arena, all, size_t);
    struct reference **ordered = ARENA_NEW_ARRAY(&breadth->arena, all, struct reference *);
    for (size_t i = 0; i < count; i++) {
        for (size_t k = 0; k < citations[i].cite_count; k++) {
            size_t reference = citations[i].cites[k].reference;
            if (!place[reference]) {
                ordered[placed] = breadth->references.items[reference];
                place[reference] = ++placed;
            }
            cites[i][k].reference = place[reference] - 1;
        }
    }
    for (size_t i = 0; i < all; i++)
        if (!place[i])
            ordered[placed++] = breadth->references.items[i];
    breadth->references.items = ordered;
}

/* A narrative citation is two: the names, and the rest. */
static struct csl_citation *read_citations(struct breadth *breadth, const cJSON *list,
                                           bool in_notes, size_t *count)
{
    struct arena *arena = &breadth->arena;
    size_t most = 2 * (size_t)cJSON_GetArraySize(list);
    struct csl_citation *citations = ARENA_NEW_ARRAY(arena, most, struct csl_citation);
    struct csl_cite **cites = ARENA_NEW_ARRAY(arena, most, struct csl_cite *);
    breadth->narrative = ARENA_NEW_ARRAY(arena, most, size_t);
    *count = 0;
    const cJSON *entry;
    cJSON_ArrayForEach(entry, list)
    {
        const cJSON *items = cJSON_GetObjectItemCaseSensitive(entry, "cites");
        const cJSON *note = cJSON_GetObjectItemCaseSensitive(entry, "note");
        for (int part = is_true_member(entry, "narrative") ? 0 : 1; part < 2; part++) {
            struct csl_citation *made = &citations[*count];
            *made = citation_read(arena, &breadth->references, items);
            made->note = in_notes && cJSON_IsNumber(note) ? (unsigned)note->valueint : 0;
            cites[*count] = (struct csl_cite *)made->cites;
            if (is_true_member(entry, "narrative") && made->cite_count) {
                cites[*count]->author_only = part == 0;
                cites[*count]->author_suppressed = part == 1;
                breadth->narrative[*count] = part == 0;
            }
            (*count)++;
        }
    }
    order_by_citation(breadth, citations, *count, cites);
    return citations;
}

static cJSON *html_of(const struct csl_tokens *tokens)
{
    struct buffer out;
    buffer_init(&out, MOST_BYTES);
    add_tokens(&out, tokens);
    buffer_add_byte(&out, '\0');
    cJSON *made = cJSON_CreateString(out.bytes);
    buffer_release(&out);
    return made;
}

static void add_citations(cJSON *result, const struct breadth *breadth,
                          const struct csl_output *output, size_t count)
{
    cJSON *list = cJSON_AddArrayToObject(result, "citations");
    for (size_t i = 0; i < count; i++) {
        cJSON *made = html_of(&output->citations[i]);
        if (breadth->narrative[i]) {
            cJSON *rest = html_of(&output->citations[++i]);
            struct buffer both;
            buffer_init(&both, MOST_BYTES);
            buffer_printf(&both, "%s%s%s", made->valuestring, rest->valuestring[0] ? " " : "",
                          rest->valuestring);
            buffer_add_byte(&both, '\0');
            cJSON_SetValuestring(made, both.bytes);
            buffer_release(&both);
            cJSON_Delete(rest);
        }
        cJSON_AddItemToArray(list, made);
    }
}

static void add_bibliography(cJSON *result, const struct breadth *breadth,
                             const struct csl_output *output)
{
    cJSON *order = cJSON_AddArrayToObject(result, "order");
    cJSON *entries = cJSON_AddArrayToObject(result, "entries");
    for (size_t i = 0; i < output->entry_count; i++) {
        const struct reference *reference = breadth->references.items[output->entries[i].reference];
        cJSON_AddItemToArray(order, cJSON_CreateString(reference->id.bytes));
        cJSON_AddItemToArray(entries, html_of(&output->entries[i].tokens));
    }
}

static void format(struct breadth *breadth, const struct sources *sources,
                   const struct csl_style *style, cJSON *result)
{
    uint32_t number = report_add_source(&breadth->report, TEXT("references"), sources->references);
    references_read(&breadth->arena, &breadth->report, number, sources->references, REFERENCES_JSON,
                    &breadth->references);
    for (size_t i = 0; i < breadth->references.count; i++) { /* ids end in NUL, for cJSON */
        text *id = &breadth->references.items[i]->id;
        id->bytes = arena_copy_c(&breadth->arena, *id);
    }
    cJSON *list = cJSON_ParseWithLength(sources->citations.bytes, sources->citations.length);
    size_t count;
    struct csl_citation *citations =
        read_citations(breadth, list, csl_style_uses_notes(style), &count);
    struct csl_input input = {
        .style = style,
        .language = sources->language,
        .references = (const struct reference *const *)breadth->references.items,
        .reference_count = breadth->references.count,
        .citations = citations,
        .citation_count = count,
        .load_locale = styles_load_locale,
        .locales = &breadth->styles,
    };
    struct csl_output output;
    csl_process(&breadth->arena, &input, &output);
    add_citations(result, breadth, &output, count);
    if (csl_style_has_bibliography(style))
        add_bibliography(result, breadth, &output);
    cJSON_Delete(list);
}

static void run(const struct sources *sources, const char *path)
{
    struct breadth *breadth = calloc(1, sizeof *breadth);
    arena_init(&breadth->arena);
    report_init(&breadth->report, &breadth->arena);
    breadth->styles = (struct styles){.arena = &breadth->arena, .report = &breadth->report};
    cJSON *result = cJSON_CreateObject();
    cJSON_AddStringToObject(result, "style", path);
    text bytes;
    const struct csl_style *style = NULL;
    if (file_read(&breadth->arena, path, MOST_BYTES, &bytes) == FILE_OK) {
        uint32_t number = report_add_source(&breadth->report, text_from_c(path), bytes);
        style = csl_style_read(&breadth->arena, &breadth->report, number, bytes);
    }
    if (style && !csl_style_parent(style).length)
        format(breadth, sources, style, result);
    else
        cJSON_AddStringToObject(result, "error", "this style cannot be read");
    char *printed = cJSON_PrintUnformatted(result);
    puts(printed);
    free(printed);
    cJSON_Delete(result);
    arena_release(&breadth->arena);
    free(breadth);
}

int main(int argument_count, char **arguments)
{
    if (argument_count != 4) {
        fprintf(stderr, "usage: breadth LANGUAGE REFERENCES CITATIONS < STYLES\n");
        return 2;
    }
    struct arena arena;
    arena_init(&arena);
    struct sources sources = {0};
    if (strcmp(arguments[1], "own") != 0)
        sources.language = text_from_c(arguments[1]);
    if (file_read(&arena, arguments[2], MOST_BYTES, &sources.references) != FILE_OK ||
        file_read(&arena, arguments[3], MOST_BYTES, &sources.citations) != FILE_OK) {
        fprintf(stderr, "breadth: the references or the citations cannot be read\n");
        return 1;
    }
    char path[MOST_PATH];
    while (fgets(path, sizeof path, stdin)) {
        path[strcspn(path, "\n")] = '\0';
        run(&sources, path);
    }
    arena_release(&arena);
    return 0;
}

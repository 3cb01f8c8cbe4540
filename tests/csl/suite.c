/* Runs fixtures in the format of CSL's own test suite: files of sections between lines such as
   ">>===== MODE =====>>" and "<<===== MODE =====<<". Prints a table by category (what stands before
   the underscore in a file's name) and ends with "N passed, N failed".

   suite [--show] [--name PART] DIR */
#include "base/files.h"
#include "publish/styles.h"
#include "tests/csl/citing.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { MOST_BYTES = 1 << 26, MOST_CITES = 4096 };

struct fixture {
    struct arena arena;
    struct report report;
    struct styles styles;
    text bytes;
    struct reference_list references;
    const struct csl_style *style;
};

/* sections */

static bool is_mark(text line, const char *arrow, const char *name)
{
    line = text_trim(line);
    if (!text_starts_with(line, text_from_c(arrow)) || !text_ends_with(line, text_from_c(arrow)))
        return false;
    line = text_slice(line, 2, line.length - 2);
    while (line.length && line.bytes[0] == '=')
        line = text_slice(line, 1, line.length);
    while (line.length && line.bytes[line.length - 1] == '=')
        line.length--;
    return text_equal_c(text_trim(line), name);
}

static text section(text bytes, const char *name)
{
    size_t begin = SIZE_MAX;
    for (size_t from = 0, to; from < bytes.length; from = to + 1) {
        to = text_find_byte(bytes, '\n', from);
        to = to == SIZE_MAX ? bytes.length : to;
        text line = text_slice(bytes, from, to);
        if (begin == SIZE_MAX && is_mark(line, ">>", name))
            begin = to + 1;
        else if (begin != SIZE_MAX && is_mark(line, "<<", name))
            return text_slice(bytes, begin, from);
    }
    return TEXT_EMPTY;
}

static struct csl_citation cite_everything(struct fixture *fixture)
{
    size_t count = fixture->references.count;
    struct csl_cite *cites = ARENA_NEW_ARRAY(&fixture->arena, count, struct csl_cite);
    for (size_t i = 0; i < count; i++)
        cites[i].reference = i;
    return (struct csl_citation){.cites = cites, .cite_count = count};
}

static void process(struct fixture *fixture, const struct csl_citation *citations, size_t count,
                    bool has_positions, struct csl_output *output)
{
    struct csl_input input = {
        .style = fixture->style,
        .references = (const struct reference *const *)fixture->references.items,
        .reference_count = fixture->references.count,
        .citations = citations,
        .citation_count = count,
        .has_positions = has_positions,
        .load_locale = styles_load_locale,
        .locales = &fixture->styles,
    };
    csl_process(&fixture->arena, &input, output);
}

/* CITATIONS: each is put in its place among those before. The marks of a result that tell which
   ones changed last (">>" and "..") say nothing about a document that is formatted as a whole. */

struct placed {
    text id;
    struct csl_citation citation;
};

static size_t find_placed(const struct placed *all, size_t count, text id)
{
    for (size_t i = 0; i < count; i++)
        if (text_equal(all[i].id, id))
            return i;
    return SIZE_MAX;
}

static size_t add_neighbours(const cJSON *list, const struct placed *all, size_t all_count,
                             struct placed *order, size_t count)
{
    const cJSON *pair;
    cJSON_ArrayForEach(pair, list)
    {
        const cJSON *id = cJSON_GetArrayItem(pair, 0), *note = cJSON_GetArrayItem(pair, 1);
        size_t found = cJSON_IsString(id)
                           ? find_placed(all, all_count, text_from_c(id->valuestring))
                           : SIZE_MAX;
        if (found == SIZE_MAX || count == MOST_CITES)
            continue;
        order[count] = all[found];
        if (cJSON_IsNumber(note))
            order[count].citation.note = (unsigned)note->valueint;
        count++;
    }
    return count;
}

static void render_order(struct fixture *fixture, const struct placed *order, size_t count,
                         struct csl_output *output)
{
    struct csl_citation *citations = ARENA_NEW_ARRAY(&fixture->arena, count, struct csl_citation);
    for (size_t i = 0; i < count; i++)
        citations[i] = order[i].citation;
    process(fixture, citations, count, false, output);
}

/* Only what is cited in the end is known to the processor. */
static void drop_uncited(struct fixture *fixture, struct placed *order, size_t count)
{
    size_t all = fixture->references.count, kept = 0;
    size_t *places = ARENA_NEW_ARRAY(&fixture->arena, all, size_t);
    for (size_t i = 0; i < all; i++)
        places[i] = SIZE_MAX;
    struct reference **references = ARENA_NEW_ARRAY(&fixture->arena, all, struct reference *);
    for (size_t i = 0; i < count; i++) {
        struct csl_cite *cites =
            ARENA_NEW_ARRAY(&fixture->arena, order[i].citation.cite_count, struct csl_cite);
        for (size_t k = 0; k < order[i].citation.cite_count; k++) {
            cites[k] = order[i].citation.cites[k];
            size_t *place = &places[cites[k].reference];
            if (*place == SIZE_MAX) {
                references[kept] = fixture->references.items[cites[k].reference];
                *place = kept++;
            }
            cites[k].reference = *place;
        }
        order[i].citation.cites = cites;
    }
    fixture->references.items = references;
    fixture->references.count = kept;
}

static text html_of(struct fixture *fixture, const struct csl_tokens *tokens)
{
    struct buffer out;
    buffer_init(&out, MOST_BYTES);
    add_tokens(&out, tokens);
    text copy = arena_copy(&fixture->arena, buffer_text(&out));
    buffer_release(&out);
    return copy;
}

static void run_citations(struct fixture *fixture, const cJSON *list, struct buffer *out,
                          struct csl_output *output)
{
    struct arena *arena = &fixture->arena;
    struct placed *all = ARENA_NEW_ARRAY(arena, MOST_CITES, struct placed);
    struct placed *order = ARENA_NEW_ARRAY(arena, MOST_CITES, struct placed);
    size_t all_count = 0, count = 0;
    const cJSON *entry;
    cJSON_ArrayForEach(entry, list)
    {
        const cJSON *made = cJSON_GetArrayItem(entry, 0);
        const cJSON *properties = cJSON_GetObjectItemCaseSensitive(made, "properties");
        const cJSON *note = cJSON_GetObjectItemCaseSensitive(properties, "noteIndex");
        struct placed placed = {
            cite_string(&fixture->arena, made, "citationID"),
            citation_read(&fixture->arena, &fixture->references,
                          cJSON_GetObjectItemCaseSensitive(made, "citationItems"))};
        if (!placed.id.length)
            placed.id = arena_printf(arena, "made-%zu", all_count);
        placed.citation.note = cJSON_IsNumber(note) ? (unsigned)note->valueint : 0;
        size_t known = find_placed(all, all_count, placed.id);
        all[known == SIZE_MAX ? all_count++ : known] = placed;
        count = add_neighbours(cJSON_GetArrayItem(entry, 1), all, all_count, order, 0);
        order[count++] = placed;
        count = add_neighbours(cJSON_GetArrayItem(entry, 2), all, all_count, order, count);
    }
    drop_uncited(fixture, order, count);
    render_order(fixture, order, count, output);
    for (size_t i = 0; i < count; i++) {
        text now = html_of(fixture, &output->citations[i]);
        buffer_printf(out, "[%zu] %.*s\n", i, TEXT_ARGUMENTS(now));
    }
}

/* a fixture */

/* The suite's references may lack an id, and a later one with the same id takes the place of the
   first. */
static text normalise(struct fixture *fixture, text input)
{
    cJSON *list = cJSON_ParseWithLength(input.bytes, input.length);
    int count = cJSON_GetArraySize(list);
    for (int i = count - 1; i >= 0; i--) {
        cJSON *item = cJSON_GetArrayItem(list, i);
        text id = cite_string(&fixture->arena, item, "id");
        if (!id.length)
            cJSON_AddStringToObject(item, "id", arena_printf(&fixture->arena, "made-%d", i).bytes);
        for (int k = i - 1; id.length && k >= 0; k--) {
            if (!text_equal(cite_string(&fixture->arena, cJSON_GetArrayItem(list, k), "id"), id))
                continue;
            cJSON_ReplaceItemInArray(list, k, cJSON_Duplicate(item, 1));
            cJSON_DeleteItemFromArray(list, i);
            break;
        }
    }
    char *printed = cJSON_PrintUnformatted(list);
    text result = printed ? arena_copy(&fixture->arena, text_from_c(printed)) : TEXT_EMPTY;
    free(printed);
    cJSON_Delete(list);
    return result;
}

static void add_bibliography(struct buffer *out, const struct csl_output *output)
{
    buffer_add_c(out, "<div class=\"csl-bib-body\">\n");
    for (size_t i = 0; i < output->entry_count; i++) {
        buffer_add_c(out, "  <div class=\"csl-entry\">");
        add_tokens(out, &output->entries[i].tokens);
        buffer_add_c(out, "</div>\n");
    }
    buffer_add_c(out, "</div>");
}

static void render(struct fixture *fixture, struct buffer *out)
{
    text mode = text_trim(section(fixture->bytes, "MODE"));
    text items = section(fixture->bytes, "CITATION-ITEMS");
    text citations = section(fixture->bytes, "CITATIONS");
    struct csl_output output = {0};
    bool is_bibliography = text_equal_c(mode, "bibliography");
    if (citations.length) {
        cJSON *list = cJSON_ParseWithLength(citations.bytes, citations.length);
        struct buffer unwanted;
        buffer_init(&unwanted, MOST_BYTES);
        run_citations(fixture, list, is_bibliography ? &unwanted : out, &output);
        buffer_release(&unwanted);
        cJSON_Delete(list);
    } else if (items.length) {
        cJSON *list = cJSON_ParseWithLength(items.bytes, items.length);
        struct csl_citation *made =
            ARENA_NEW_ARRAY(&fixture->arena, MOST_CITES, struct csl_citation);
        size_t count = 0;
        const cJSON *entry;
        cJSON_ArrayForEach(entry, list) made[count++] =
            citation_read(&fixture->arena, &fixture->references, entry);
        process(fixture, made, count, true, &output);
        for (size_t i = 0; !is_bibliography && i < count; i++) {
            add_tokens(out, &output.citations[i]);
            buffer_add_byte(out, '\n');
        }
        cJSON_Delete(list);
    } else {
        struct csl_citation everything = cite_everything(fixture);
        process(fixture, &everything, 1, true, &output);
        if (!is_bibliography && output.citations[0].count == 0)
            buffer_add_c(out, "[CSL STYLE ERROR: reference with no printed form.]");
        else if (!is_bibliography)
            add_tokens(out, &output.citations[0]);
    }
    if (is_bibliography)
        add_bibliography(out, &output);
}

/* ">>[0] Doe" and "..[0] Doe" are "[0] Doe". */
static text without_marks(struct fixture *fixture, text wanted)
{
    struct buffer out;
    buffer_init(&out, MOST_BYTES);
    for (size_t from = 0, to; from < wanted.length; from = to) {
        to = text_find_byte(wanted, '\n', from);
        to = to == SIZE_MAX ? wanted.length : to + 1;
        text line = text_slice(wanted, from, to);
        bool is_marked = text_starts_with(line, TEXT(">>[")) || text_starts_with(line, TEXT("..["));
        buffer_add_text(&out, text_slice(line, is_marked ? 2 : 0, line.length));
    }
    text copy = arena_copy(&fixture->arena, buffer_text(&out));
    buffer_release(&out);
    return copy;
}

static bool run(const char *path, bool shows)
{
    struct fixture *fixture = calloc(1, sizeof *fixture);
    arena_init(&fixture->arena);
    report_init(&fixture->report, &fixture->arena);
    fixture->styles = (struct styles){.arena = &fixture->arena, .report = &fixture->report};
    struct buffer out;
    buffer_init(&out, MOST_BYTES);
    if (file_read(&fixture->arena, path, MOST_BYTES, &fixture->bytes) != FILE_OK)
        fixture->bytes = TEXT_EMPTY;
    text input = normalise(fixture, text_trim(section(fixture->bytes, "INPUT"))),
         style = text_trim(section(fixture->bytes, "CSL"));
    uint32_t number = report_add_source(&fixture->report, TEXT("input.json"), input);
    references_read(&fixture->arena, &fixture->report, number, input, REFERENCES_JSON,
                    &fixture->references);
    number = report_add_source(&fixture->report, TEXT("style.csl"), style);
    fixture->style = csl_style_read(&fixture->arena, &fixture->report, number, style);
    if (fixture->style)
        render(fixture, &out);
    text wanted = without_marks(fixture, text_trim(section(fixture->bytes, "RESULT"))),
         got = text_trim(buffer_text(&out));
    bool passed = text_equal(wanted, got);
    if (!passed && shows) {
        printf("not ok %s\n", path);
        struct buffer problems;
        buffer_init(&problems, MOST_BYTES);
        report_print(&fixture->report, &problems);
        printf("%.*s", TEXT_ARGUMENTS(buffer_text(&problems)));
        buffer_release(&problems);
        printf("--- wanted\n%.*s\n--- got\n%.*s\n\n", TEXT_ARGUMENTS(wanted), TEXT_ARGUMENTS(got));
    }
    buffer_release(&out);
    arena_release(&fixture->arena);
    free(fixture);
    return passed;
}

/* the table */

struct category {
    char name[64];
    unsigned passed, all;
};

static int only_fixtures(const struct dirent *entry)
{
    size_t length = strlen(entry->d_name);
    return length > 4 && strcmp(entry->d_name + length - 4, ".txt") == 0;
}

static void count(struct category *categories, size_t *category_count, const char *name,
                  bool passed)
{
    size_t length = strcspn(name, "_");
    size_t at = 0;
    while (at < *category_count &&
           (strncmp(categories[at].name, name, length) != 0 || categories[at].name[length]))
        at++;
    if (at == *category_count) {
        (*category_count)++;
        snprintf(categories[at].name, sizeof categories[at].name, "%.*s", (int)length, name);
    }
    categories[at].all++;
    categories[at].passed += passed;
}

int main(int argument_count, char **arguments)
{
    bool shows = false;
    const char *part = NULL, *folder = NULL;
    for (int i = 1; i < argument_count; i++) {
        if (strcmp(arguments[i], "--show") == 0)
            shows = true;
        else if (strcmp(arguments[i], "--name") == 0 && i + 1 < argument_count)
            part = arguments[++i];
        else
            folder = arguments[i];
    }
    struct dirent **entries = NULL;
    int found = folder ? scandir(folder, &entries, only_fixtures, alphasort) : -1;
    if (found <= 0) {
        fprintf(stderr, "usage: suite [--show] [--name PART] DIR; DIR holds fixtures (*.txt)\n");
        return 2;
    }
    static struct category categories[512];
    size_t category_count = 0;
    unsigned passed = 0, failed = 0;
    for (int i = 0; i < found; i++) {
        char path[4096];
        snprintf(path, sizeof path, "%s/%s", folder, entries[i]->d_name);
        if (!part || strstr(entries[i]->d_name, part)) {
            bool is_right = run(path, shows);
            passed += is_right;
            failed += !is_right;
            count(categories, &category_count, entries[i]->d_name, is_right);
        }
        free(entries[i]);
    }
    free(entries);
    for (size_t i = 0; i < category_count; i++)
        printf("%-20s %4u of %4u\n", categories[i].name, categories[i].passed, categories[i].all);
    printf("%u passed, %u failed\n", passed, failed);
    return failed != 0;
}

/* The HTML report: one page that asks for nothing outside of itself. It has no script. */
#include "inspect/print_html.h"

#include "base/base64.h"
#include "base/limits.h"
#include "inspect/epub.h"
#include "inspect/grid.h"

#include <string.h>

enum { SHOWN_BYTES = 4096, DEEPEST_INDENT = 12, MOST_HEADERS = 8, PICTURE_BYTES = 4 * 1024 * 1024 };

/* All pictures of a report together. */
#define REPORT_PICTURE_BYTES ((size_t)64 * 1024 * 1024)

static const char style[] =
    ":root{color-scheme:light dark;--ink:#1b1b1b;--ground:#fff;--soft:#595959;--line:#767676;"
    "--mark:#0b4f8a;--bad:#a30000;--panel:#f3f4f6}"
    "@media (prefers-color-scheme:dark){:root{--ink:#eee;--ground:#161616;--soft:#b8b8b8;"
    "--line:#8c8c8c;--mark:#9cc9f5;--bad:#ff9b9b;--panel:#242424}}"
    "body{font:1rem/1.5 system-ui,sans-serif;color:var(--ink);background:var(--ground);"
    "max-width:60rem;margin:0 auto;padding:1rem}"
    "h1,h2,h3{line-height:1.25}h2{border-top:1px solid var(--line);padding-top:1rem}"
    "a{color:var(--mark)}a:focus-visible,input:focus-visible,textarea:focus-visible,"
    "summary:focus-visible{outline:3px solid var(--mark);outline-offset:2px}"
    ":target{background:var(--panel);outline:2px solid var(--mark)}"
    "dl{display:grid;grid-template-columns:max-content 1fr;gap:.25rem 1rem}dd{margin:0}"
    "dt,.role{font-weight:600}.role{color:var(--mark)}.soft{color:var(--soft)}"
    ".bad{color:var(--bad);font-weight:600}"
    "ol.order{list-style:none;padding:0}ol.order li{padding:.1rem 0;overflow-wrap:anywhere}"
    "table{border-collapse:collapse;width:100%}th,td{border:1px solid var(--line);padding:.35rem;"
    "text-align:start;vertical-align:top;overflow-wrap:anywhere}caption{text-align:start;"
    "font-weight:600;padding:.5rem 0}"
    "figure{margin:1rem 0;display:flex;flex-wrap:wrap;gap:1rem}figure img{max-width:16rem;"
    "max-height:16rem;background:#fff;border:1px solid var(--line)}figcaption{flex:1 1 16rem}"
    "fieldset{border:1px solid var(--line);margin:1rem 0;padding:.75rem}legend{font-weight:600}"
    "label{margin-inline-end:1rem}textarea{width:100%;box-sizing:border-box;font:inherit;"
    "color:inherit;background:var(--ground);border:1px solid var(--line)}"
    ".page{display:block;width:100%;max-width:52rem;background:#fff;border:1px solid var(--line)}"
    ".crop{width:16rem;max-height:16rem;background:#fff;border:1px solid var(--line)}"
    ".block{fill:#0b4f8a;fill-opacity:.06;stroke:#0b4f8a;stroke-width:.7}"
    ".page text{font:bold 8px sans-serif;fill:#0b4f8a;text-anchor:end}"
    ".page line{stroke:#0b4f8a;stroke-width:.5;stroke-dasharray:3 2;pointer-events:none}"
    ".page a:hover .block,.page a:focus-visible .block{fill-opacity:.25;stroke-width:2.5}"
    ".page a:focus-visible{outline:none}"
    ".artifact{fill:url(#grey)}.stray{fill:url(#red);stroke:#c00}"
    ".skip{position:absolute;left:-99rem}.skip:focus{position:static}"
    "@media print{body{max-width:none}a{color:inherit}}";

void html_add(struct buffer *out, text words)
{
    for (size_t offset = 0; offset < words.length;) {
        uint32_t c = text_next(words, &offset);
        if (c == '<')
            buffer_add_c(out, "&lt;");
        else if (c == '>')
            buffer_add_c(out, "&gt;");
        else if (c == '&')
            buffer_add_c(out, "&amp;");
        else if (c == '"')
            buffer_add_c(out, "&quot;");
        else if (c == '\'')
            buffer_add_c(out, "&#39;");
        else if (c < 0x20 || (c >= 0x7F && c < 0xA0))
            buffer_add_byte(out, ' ');
        else
            buffer_add_code_point(out, c);
    }
}

void html_add_words(struct buffer *out, text words, text language, size_t most)
{
    bool is_foreign = language.length && !text_starts_with(language, TEXT("en"));
    text shown = words;
    if (shown.length > most) {
        shown = text_slice(words, 0, most);
        shown = text_slice(shown, 0, text_find_invalid_utf8(shown));
    }
    buffer_add_c(out, is_foreign ? "<span dir=\"auto\" lang=\"" : "<span dir=\"auto\">");
    if (is_foreign) {
        html_add(out, language);
        buffer_add_c(out, "\">");
    }
    html_add(out, shown);
    buffer_add_c(out, shown.length < words.length ? "…</span>" : "</span>");
}

void html_add_place(const struct inspection *inspection, uint32_t page, uint32_t object,
                    struct buffer *out)
{
    if (page) {
        buffer_printf(out, "<a href=\"#page-%u\">%s ", page, inspection->is_epub ? "file" : "page");
        html_add(out, inspection->pages[page - 1].label);
        buffer_add_c(out, "</a>");
    }
    if (object)
        buffer_printf(out, "%s%s %u", page ? ", " : "", inspection->is_epub ? "line" : "object",
                      object);
}

void html_add_object(const struct inspection *inspection, uint32_t node, struct buffer *scratch,
                     struct buffer *out)
{
    const struct details *details = inspection->nodes[node].details;
    text words = inspection_words(inspection, node, scratch, 200);
    buffer_printf(out, "<a href=\"#n%u\">", node);
    html_add(out, details ? print_role(details) : TEXT("content"));
    buffer_add_c(out, "</a> ");
    if (words.length)
        html_add_words(out, words, inspection_language(inspection, node), 200);
    if (inspection->nodes[node].page) {
        buffer_add_c(out, " <span class=\"soft\">");
        html_add_place(inspection, inspection->nodes[node].page, 0, out);
        buffer_add_c(out, "</span>");
    }
}

static void add_fact(struct buffer *out, const char *name, text value)
{
    buffer_printf(out, "<dt>%s</dt><dd>", name);
    if (value.length)
        html_add(out, value);
    else
        buffer_add_c(out, "<span class=\"bad\">none</span>");
    buffer_add_c(out, "</dd>\n");
}

static void add_head(const struct inspection *inspection, struct buffer *out)
{
    buffer_add_c(out, "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
                      "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; "
                      "img-src data:; style-src 'unsafe-inline'\">\n"
                      "<meta name=\"viewport\" content=\"width=device-width\">\n<title>What "
                      "assistive technology gets from ");
    html_add(out, inspection->name);
    buffer_printf(out, "</title>\n<style>%s</style>\n</head>\n<body>\n", style);
    buffer_add_c(out, "<a class=\"skip\" href=\"#findings\">To the findings</a>\n<header><h1>What "
                      "assistive technology gets</h1>\n<dl>\n");
    add_fact(out, "File", inspection->name);
    add_fact(out, "Format", inspection->version);
    add_fact(out, "Title", inspection->title);
    add_fact(out, "Language", inspection->language);
    add_fact(out, "Claims", inspection->claims);
    add_fact(out, "Tagged",
             inspection->is_epub || inspection->is_tagged ? TEXT("yes") : TEXT_EMPTY);
    buffer_printf(out, "<dt>%s</dt><dd>%zu</dd></dl>\n", inspection->is_epub ? "Files" : "Pages",
                  inspection->page_count);
    if (inspection->failure.length) {
        buffer_add_c(out, "<p class=\"bad\">It was not read to its end: ");
        html_add(out, inspection->failure);
        buffer_add_c(out, "</p>\n");
    }
    buffer_add_c(out, "</header>\n<nav aria-label=\"Parts\"><ul>\n");
    static const char *const parts[][2] = {
        {"findings", "Findings"},
        {"pictures", "Pictures and their alternatives"},
        {"headings", "Headings"},
        {"contents", "Bookmarks and page list"},
        {"links", "Links"},
        {"tables", "Tables"},
        {"checks", "Checks"},
        {"person", "For a person to judge"},
        {"pages", "Pages with the reading order drawn over them"},
        {"order", "Reading order"}};
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++)
        if (!inspection->is_epub || strcmp(parts[i][0], "pages") != 0)
            buffer_printf(out, "<li><a href=\"#%s\">%s</a></li>\n", parts[i][0], parts[i][1]);
    buffer_add_c(out, "</ul></nav>\n<main>\n");
}

static void add_findings(const struct inspection *inspection, struct buffer *out)
{
    size_t all = 0;
    for (size_t i = 0; i < CONDITIONS; i++)
        all += inspection->counts[i];
    buffer_printf(out, "<h2 id=\"findings\">Findings: %zu</h2>\n", all);
    if (!all) {
        buffer_add_c(out, "<p>Nothing was found that a program can find. What only a person can "
                          "judge stands <a href=\"#person\">below</a>.</p>\n");
        return;
    }
    buffer_add_c(out, "<table><thead><tr><th scope=\"col\">Condition</th><th "
                      "scope=\"col\">Where</th><th scope=\"col\">What</th></tr></thead><tbody>\n");
    for (size_t i = 0; i < inspection->finding_count; i++) {
        const struct finding *finding = &inspection->findings[i];
        const struct condition_row *row = &conditions[finding->condition];
        buffer_printf(out, "<tr><th scope=\"row\">%s <span class=\"soft\">(%s)</span></th><td>",
                      row->id, row->clause);
        html_add_place(inspection, finding->page, finding->object, out);
        if (finding->node)
            buffer_printf(out, " <a href=\"#n%u\">the tag</a>", finding->node);
        buffer_add_c(out, "</td><td>");
        html_add(out, text_from_c(row->words));
        buffer_add_c(out, ": ");
        html_add(out, finding->message);
        buffer_add_c(out, "</td></tr>\n");
    }
    buffer_add_c(out, "</tbody></table>\n");
    if (all > inspection->finding_count)
        buffer_printf(out, "<p>And %zu more of the same kinds.</p>\n",
                      all - inspection->finding_count);
}

/* The picture itself, where it can be had within the limits. */
static void add_image(const struct inspection *inspection, text path, size_t *spent,
                      struct buffer *out)
{
    struct arena arena;
    text bytes;
    const char *media;
    arena_init(&arena);
    if (path.length && *spent < REPORT_PICTURE_BYTES &&
        epub_picture(inspection, path, &arena, &bytes, &media) && bytes.length <= PICTURE_BYTES) {
        *spent += bytes.length;
        /* Its text stands beside it: it is not read twice. */
        buffer_printf(out, "<img alt=\"\" src=\"data:%s;base64,", media);
        base64_add(out, bytes);
        buffer_add_c(out, "\">");
    }
    arena_release(&arena);
}

static void add_pictures(const struct inspection *inspection, struct buffer *out)
{
    size_t spent = 0, count = 0;
    buffer_add_c(out, "<h2 id=\"pictures\">Pictures and their alternatives</h2>\n");
    for (uint32_t i = 1; i < inspection->node_count; i++) {
        const struct node *node = &inspection->nodes[i];
        if (node->kind != NODE_ELEMENT ||
            (!node_is(inspection, i, "Figure") && !node_is(inspection, i, "Formula")))
            continue;
        const struct details *details = node->details;
        text alt = details->alt.length ? details->alt : details->actual;
        count++;
        buffer_add_c(out, "<figure>");
        add_image(inspection, details->picture, &spent, out);
        print_crop(inspection, i, out);
        buffer_printf(out, "<figcaption><a href=\"#n%u\">%s %zu</a> ", i,
                      node_is(inspection, i, "Figure") ? "Figure" : "Formula", count);
        html_add_place(inspection, node->page, 0, out);
        buffer_add_c(out, "<br>");
        if (alt.length)
            html_add_words(out, alt, inspection_language(inspection, i), SIZE_MAX);
        else
            buffer_add_c(out, "<span class=\"bad\">no alternative text</span>");
        buffer_add_c(out, "</figcaption></figure>\n");
    }
    if (!count)
        buffer_add_c(out, "<p>There are none.</p>\n");
}

/* A list of the elements whose role begins so; heading levels are said. */
static void add_elements(const struct inspection *inspection, bool is_wanted(text role),
                         struct buffer *out)
{
    struct buffer scratch;
    size_t count = 0;
    buffer_init(&scratch, LIMIT_WORDS_BYTES);
    for (uint32_t i = 1; i < inspection->node_count; i++) {
        if (inspection->nodes[i].kind != NODE_ELEMENT ||
            !is_wanted(inspection->nodes[i].details->role))
            continue;
        text target = inspection->nodes[i].details->target;
        for (uint32_t kid = inspection->nodes[i].first; kid && !target.length;
             kid = inspection->nodes[kid].next)
            if (inspection->nodes[kid].kind == NODE_ANNOTATION)
                target = inspection->nodes[kid].details->target;
        buffer_add_c(out, count++ ? "<li>" : "<ul>\n<li>");
        html_add_object(inspection, i, &scratch, out);
        if (target.length) {
            buffer_add_c(out, " leads to <code>");
            html_add(out, target);
            buffer_add_c(out, "</code>");
        }
        buffer_add_c(out, "</li>\n");
    }
    buffer_add_c(out, count ? "</ul>\n" : "<p>There are none.</p>\n");
    buffer_release(&scratch);
}

static bool is_heading(text role)
{
    return role.length && role.bytes[0] == 'H' &&
           (role.length == 1 || (role.bytes[1] >= '0' && role.bytes[1] <= '9'));
}

static bool is_link(text role)
{
    return text_equal_c(role, "Link");
}

static void add_entries(const struct inspection *inspection, const char *name,
                        const struct outline_entry *entries, size_t count, struct buffer *out)
{
    buffer_printf(out, "<h3>%s</h3>\n%s", name, count ? "<ul>\n" : "<p>There is none.</p>\n");
    for (size_t i = 0; i < count; i++) {
        buffer_printf(out, "<li><span class=\"soft\">level %u</span> ", entries[i].depth);
        html_add(out, entries[i].title);
        buffer_add_byte(out, ' ');
        html_add_place(inspection, entries[i].page, 0, out);
        buffer_add_c(out, "</li>\n");
    }
    buffer_add_c(out, count ? "</ul>\n" : "");
}

/* A table as it is read: each cell behind its headers. */
static void add_table(const struct inspection *inspection, uint32_t table, struct buffer *scratch,
                      struct buffer *out)
{
    struct grid grid;
    grid_read(&grid, inspection, table);
    buffer_printf(out, "<p><a href=\"#n%u\">Table</a> of %u rows and %u columns ", table, grid.rows,
                  grid.columns);
    html_add_place(inspection, inspection->nodes[table].page, 0, out);
    buffer_add_c(out, "</p>\n");
    for (size_t i = 0; i < grid.count; i++) {
        uint32_t headers[MOST_HEADERS], node = grid.cells[i].node;
        size_t count = grid_headers(&grid, inspection, i, headers, MOST_HEADERS);
        text language = inspection_language(inspection, node);
        buffer_add_c(out, i ? "<li>" : "<ul>\n<li>");
        buffer_printf(out, "row %u, column %u, %s: ", grid.cells[i].row + 1,
                      grid.cells[i].column + 1, grid.cells[i].is_header ? "header" : "cell");
        html_add_words(out, inspection_words(inspection, node, scratch, SHOWN_BYTES), language,
                       SHOWN_BYTES);
        for (size_t k = 0; k < count; k++) {
            buffer_add_c(out, k ? ", " : " <span class=\"soft\">of</span> ");
            html_add_words(out, inspection_words(inspection, headers[k], scratch, 200), language,
                           200);
        }
        buffer_add_c(out, "</li>\n");
    }
    buffer_add_c(out, grid.count ? "</ul>\n" : "<p>It has no cells.</p>\n");
    grid_release(&grid);
}

static void add_tables(const struct inspection *inspection, struct buffer *out)
{
    struct buffer scratch;
    size_t count = 0;
    buffer_init(&scratch, LIMIT_WORDS_BYTES);
    buffer_add_c(out, "<h2 id=\"tables\">Tables</h2>\n");
    for (uint32_t i = 1; i < inspection->node_count; i++)
        if (inspection->nodes[i].kind == NODE_ELEMENT && node_is(inspection, i, "Table")) {
            add_table(inspection, i, &scratch, out);
            count++;
        }
    buffer_add_c(out, count ? "" : "<p>There are none.</p>\n");
    buffer_release(&scratch);
}

static void add_node(const struct inspection *inspection, uint32_t index, struct buffer *out)
{
    const struct node *node = &inspection->nodes[index];
    uint32_t depth =
        node->kind == NODE_ELEMENT ? node->number : inspection->nodes[node->parent].number + 1;
    text language = inspection_language(inspection, index);
    buffer_printf(out, "<li id=\"n%u\" style=\"margin-inline-start:%uem\">", index,
                  depth < DEEPEST_INDENT ? depth : DEEPEST_INDENT);
    if (node->kind == NODE_CONTENT) {
        if (node->words.length)
            html_add_words(out, node->words, language, SIZE_MAX);
        else
            buffer_printf(out, "<span class=\"soft\">(%s)</span>",
                          node->has_image    ? "picture"
                          : node->is_painted ? "graphics"
                                             : "nothing");
    } else {
        const struct details *details = node->details;
        buffer_printf(out, "<span class=\"role\">%s",
                      node->kind == NODE_ANNOTATION ? "annotation " : "");
        html_add(out, print_role(details));
        buffer_add_c(out, "</span>");
        const struct {
            const char *name;
            text value;
        } members[] = {{"tag", text_equal(details->tag, details->role) ? TEXT_EMPTY : details->tag},
                       {"language", details->has_language ? details->language : TEXT_EMPTY},
                       {"alternative", details->alt},
                       {"instead", details->actual},
                       {"expanded", details->expansion},
                       {"titled", details->title},
                       {"leads to", details->target}};
        for (size_t i = 0; i < sizeof members / sizeof *members; i++)
            if (members[i].value.length) {
                buffer_printf(out, " <span class=\"soft\">%s</span> ", members[i].name);
                html_add_words(out, members[i].value, i < 2 || i == 6 ? TEXT_EMPTY : language,
                               SIZE_MAX);
            }
    }
    buffer_add_c(out, "</li>\n");
}

static void add_order(const struct inspection *inspection, struct buffer *out)
{
    uint32_t page = 0, first = inspection->nodes[0].first;
    uint8_t *seen = ARENA_NEW_ARRAY(inspection->arena, inspection->page_count + 1, uint8_t);
    buffer_add_c(out, "<h2 id=\"order\">Reading order</h2>\n");
    if (!first) {
        buffer_add_c(out, "<p class=\"bad\">There are no tags: assistive technology gets nothing, "
                          "or has to guess.</p>\n");
        return;
    }
    for (uint32_t at = first; at; at = inspection_next(inspection, at, 0)) {
        const struct node *node = &inspection->nodes[at];
        if (node->page && node->page != page) {
            buffer_add_c(out, page ? "</ol>\n<h3" : at == first ? "<h3" : "</ol>\n<h3");
            page = node->page;
            if (!seen[page])
                buffer_printf(out, " id=\"page-%u\"", page);
            buffer_printf(out, ">%s ", inspection->is_epub ? "File" : "Page");
            html_add(out, inspection->pages[page - 1].label);
            buffer_printf(out, "%s</h3>\n<ol class=\"order\">\n", seen[page] ? ", again" : "");
            seen[page] = 1;
        } else if (at == first) {
            buffer_add_c(out, "<ol class=\"order\">\n");
        }
        add_node(inspection, at, out);
    }
    buffer_add_c(out, "</ol>\n");
    for (uint32_t i = 1; i <= inspection->page_count; i++)
        if (!seen[i]) {
            buffer_printf(out, "<h3 id=\"page-%u\">%s ", i, inspection->is_epub ? "File" : "Page");
            html_add(out, inspection->pages[i - 1].label);
            buffer_add_c(out, "</h3>\n<p>Nothing of it is read.</p>\n");
        }
}

void print_html(const struct inspection *inspection, struct buffer *out)
{
    add_head(inspection, out);
    add_findings(inspection, out);
    add_pictures(inspection, out);
    buffer_add_c(out, "<h2 id=\"headings\">Headings</h2>\n");
    add_elements(inspection, is_heading, out);
    buffer_add_c(out, "<h2 id=\"contents\">Bookmarks and page list</h2>\n");
    add_entries(inspection, inspection->is_epub ? "Table of contents" : "Bookmarks",
                inspection->outline, inspection->outline_count, out);
    if (inspection->is_epub)
        add_entries(inspection, "Page list", inspection->page_list, inspection->page_list_count,
                    out);
    buffer_add_c(out, "<h2 id=\"links\">Links</h2>\n");
    add_elements(inspection, is_link, out);
    add_tables(inspection, out);
    print_worksheet(inspection, out);
    print_pages(inspection, out);
    add_order(inspection, out);
    buffer_add_c(out, "</main>\n</body>\n</html>\n");
}

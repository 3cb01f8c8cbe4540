/* The index: one table, a row for each file, under headings that a screen reader can name in every
   cell; on a narrow screen each row is a block (html/stack.c). Its own words are English; titles
   say which language they are in. */
#include "base/address.h"
#include "base/limits.h"
#include "batch/manifest.h"
#include "document/language.h"
#include "document/words.h"
#include "html/markup.h"
#include "html/stylesheet.h"

static const char style[] =
    "body{font:1.125rem/1.5 sans-serif;max-width:70rem;margin:0 auto;padding:1rem;color:#1a1a1a;"
    "background:#fff}table{border-collapse:collapse;width:100%}body{overflow-wrap:anywhere}th,td{"
    "overflow-wrap:normal}caption{text-align:start;"
    "font-weight:bold;padding:.5rem 0}th,td{text-align:start;vertical-align:top;padding:.4rem "
    ".6rem;border:0 solid #767676;border-bottom-width:1px}a{color:#0b4f8a}a:focus{outline:3px "
    "solid #0b4f8a;"
    "outline-offset:2px}.failed{font-weight:bold;color:#a11212}";

struct index_page {
    struct arena *arena;
    struct markup *markup;
};

static text english(enum word word)
{
    return word_in(TEXT("en"), word, NULL);
}

static const enum word heads[] = {WORD_ARTICLE, WORD_LANGUAGE, WORD_FORMAT,
                                  WORD_SIZE,    WORD_PAGES,    WORD_STATUS};

static void open_header(struct index_page *page, const char *scope)
{
    markup_open(page->markup, "th");
    markup_attribute_c(page->markup, "scope", scope);
    markup_attribute_c(page->markup, "role", scope[0] == 'c' ? "columnheader" : "rowheader");
}

/* head: the number of its column. */
static void open_cell(struct index_page *page, size_t head)
{
    text name = english(heads[head]), colon = english(WORD_COLON);
    markup_open(page->markup, "td");
    markup_attribute_c(page->markup, "role", "cell");
    markup_attribute(
        page->markup, "data-label",
        arena_printf(page->arena, "%.*s%.*s", TEXT_ARGUMENTS(name), TEXT_ARGUMENTS(colon)));
}

static void add_cell(struct index_page *page, size_t head, text words)
{
    open_cell(page, head);
    markup_characters(page->markup, words);
    markup_close(page->markup);
}

text manifest_size_words(struct arena *arena, size_t bytes)
{
    bool is_large = bytes >= 1000 * 1000;
    double size = (double)bytes / (is_large ? 1e6 : 1e3);
    struct buffer number;
    buffer_init(&number, 40);
    buffer_add_number(&number, size < 0.1 ? 0.1 : size, size < 10 ? 1 : 0);
    text words = word_filled(arena, TEXT("en"), is_large ? WORD_MEGABYTES : WORD_KILOBYTES,
                             buffer_text(&number), TEXT_EMPTY);
    buffer_release(&number);
    return words;
}

/* What evidence is written as; what is not known, as a PDF. */
static const struct output_format *find_format(text name)
{
    static const struct output_format proof = {.media_type = "application/json", .shown = "JSON"},
                                      statement = {.media_type = "text/html", .shown = "HTML"};
    const struct output_format *format = format_find(name);
    if (format)
        return format;
    if (text_equal_c(name, "evidence"))
        return &proof;
    return text_equal_c(name, "statement") ? &statement : format_at(FORMAT_ROW_PDF);
}

static text format_words(struct index_page *page, const struct published_file *file)
{
    const char *shown = find_format(file->format)->shown;
    if (file->profile.length == 0 || text_equal_c(file->profile, "standard"))
        return text_from_c(shown);
    return arena_printf(page->arena, "%s, %.*s", shown, TEXT_ARGUMENTS(file->profile));
}

static void add_title(struct index_page *page, const struct manifest_row *row, const char *element)
{
    text title = row->title.length ? row->title : row->article;
    markup_open(page->markup, element);
    if (row->title.length && row->language.length && !text_equal_c(row->language, "en"))
        markup_language(page->markup, row->language,
                        language_direction(row->language) == DIRECTION_RIGHT_TO_LEFT ? "rtl"
                                                                                     : "ltr");
    markup_characters(page->markup, title);
    markup_close(page->markup);
}

static void add_row(struct index_page *page, const struct manifest_row *row,
                    const struct published_file *file, text language)
{
    struct markup *markup = page->markup;
    markup_open(markup, "tr");
    markup_attribute_c(markup, "role", "row");
    open_header(page, "row");
    add_title(page, row, "span");
    markup_close(markup);
    add_cell(page, 1, language);
    if (file) {
        text format = format_words(page, file);
        open_cell(page, 2);
        markup_open(markup, "a");
        markup_attribute(markup, "href", address_beside(page->arena, file->name));
        markup_attribute_c(markup, "type", find_format(file->format)->media_type);
        add_title(page, row, "span");
        markup_characters(markup, arena_printf(page->arena, " (%.*s, %.*s)",
                                               TEXT_ARGUMENTS(language), TEXT_ARGUMENTS(format)));
        markup_close(markup);
        markup_close(markup);
        add_cell(page, 3, manifest_size_words(page->arena, file->bytes));
        add_cell(page, 4, file->pages ? arena_printf(page->arena, "%zu", file->pages) : TEXT("–"));
        add_cell(page, 5, english(WORD_PUBLISHED));
    } else {
        for (size_t i = 2; i < 5; i++)
            add_cell(page, i, TEXT("–"));
        open_cell(page, 5);
        markup_attribute_c(markup, "class", "failed");
        markup_characters(markup, english(WORD_FAILED));
        if (row->why.length)
            markup_characters(markup,
                              arena_printf(page->arena, ": %.*s", TEXT_ARGUMENTS(row->why)));
        markup_close(markup);
    }
    markup_close(markup);
    markup_newline(markup);
}

static void add_table(struct index_page *page, const struct manifest *manifest)
{
    struct markup *markup = page->markup;
    markup_open(markup, "div");
    markup_attribute_c(markup, "class", "table");
    markup_open(markup, "table");
    markup_attribute_c(markup, "class", "stack stack-40"); /* by trial, with long titles */
    markup_attribute_c(markup, "role", "table");
    size_t published = 0;
    for (size_t i = 0; i < manifest->count; i++)
        published += manifest->rows[i].is_published;
    text number = arena_printf(page->arena, "%zu", published);
    text all = word_counted(page->arena, TEXT("en"), WORD_PUBLICATION_COUNT, manifest->count);
    markup_element(markup, "caption",
                   word_filled(page->arena, TEXT("en"), WORD_ONE_OF, number, all));
    markup_open(markup, "thead");
    markup_attribute_c(markup, "role", "rowgroup");
    markup_open(markup, "tr");
    markup_attribute_c(markup, "role", "row");
    for (size_t i = 0; i < sizeof heads / sizeof *heads; i++) {
        open_header(page, "col");
        markup_characters(markup, english(heads[i]));
        markup_close(markup);
    }
    markup_close(markup);
    markup_close(markup);
    markup_newline(markup);
    markup_open(markup, "tbody");
    markup_attribute_c(markup, "role", "rowgroup");
    markup_newline(markup);
    for (size_t i = 0; i < manifest->count; i++) {
        const struct manifest_row *row = &manifest->rows[i];
        text language = row->language.length ? language_name(page->arena, row->language, TEXT("en"))
                                             : TEXT("–");
        for (size_t f = 0; f < row->file_count; f++)
            add_row(page, row, &row->files[f], language);
        if (row->file_count == 0)
            add_row(page, row, NULL, language);
    }
    markup_close(markup);
    markup_close(markup);
    markup_close(markup);
}

static void write_style(struct markup *markup)
{
    struct buffer rules;
    buffer_init(&rules, LIMIT_OUTPUT_BYTES);
    buffer_add_c(&rules, style);
    stack_write_rules(&rules);
    markup_open(markup, "style");
    markup_raw(markup, buffer_text(&rules));
    markup_close(markup);
    buffer_release(&rules);
}

bool manifest_write_index(const struct manifest *manifest, struct buffer *out)
{
    struct index_page page = {manifest->arena, markup_new(out)};
    struct markup *markup = page.markup;
    if (!markup)
        return false;
    markup_html_doctype(markup);
    markup_open(markup, "html");
    markup_attribute_c(markup, "xmlns", "http://www.w3.org/1999/xhtml");
    markup_language(markup, TEXT("en"), NULL);
    markup_html_head(markup);
    markup_element(markup, "title", english(WORD_PUBLICATIONS));
    write_style(markup);
    markup_close(markup);
    markup_newline(markup);
    markup_open(markup, "body");
    markup_open(markup, "main");
    markup_element(markup, "h1", english(WORD_PUBLICATIONS));
    markup_newline(markup);
    add_table(&page, manifest);
    markup_close(markup);
    markup_close(markup);
    markup_close(markup);
    return markup_finish(markup);
}

#include "watch/list.h"

#include "base/address.h"
#include "base/limits.h"
#include "document/language.h"
#include "document/words.h"

static void add_link(struct markup *markup, text href, text words)
{
    markup_open(markup, "a");
    markup_attribute(markup, "href", href);
    markup_characters(markup, words);
    markup_close(markup);
}

static void add_file(struct markup *markup, struct arena *arena, const struct published_file *file)
{
    text path = address_encoded(arena, ADDRESS_PATH, file->name);
    bool is_pdf = text_equal_c(file->format, "pdf");
    markup_open(markup, "tr");
    markup_open(markup, "td");
    add_link(markup, arena_printf(arena, is_pdf ? "/view/%.*s" : "/%.*s", TEXT_ARGUMENTS(path)),
             file->name);
    if (text_equal_c(file->format, "epub")) {
        markup_characters_c(markup, ", ");
        add_link(markup, arena_printf(arena, "/%.*s/EPUB/nav.xhtml", TEXT_ARGUMENTS(path)),
                 arena_printf(arena, "%.*s as pages", TEXT_ARGUMENTS(file->name)));
    }
    markup_close(markup);
    markup_element(markup, "td", file->pages ? arena_printf(arena, "%zu", file->pages) : TEXT("–"));
    markup_element(markup, "td", manifest_size_words(arena, file->bytes));
    markup_close(markup);
    markup_newline(markup);
}

static void add_files(struct markup *markup, struct arena *arena, const struct news_row *row)
{
    static const char *const heads[] = {"File", "Pages", "Size"};
    markup_open(markup, "table");
    markup_open(markup, "thead");
    markup_open(markup, "tr");
    for (size_t i = 0; i < sizeof heads / sizeof *heads; i++) {
        markup_open(markup, "th");
        markup_attribute_c(markup, "scope", "col");
        markup_characters_c(markup, heads[i]);
        markup_close(markup);
    }
    markup_close(markup);
    markup_close(markup);
    markup_open(markup, "tbody");
    for (size_t i = 0; i < row->file_count; i++)
        add_file(markup, arena, &row->files[i]);
    markup_close(markup);
    markup_close(markup);
    markup_newline(markup);
}

static text counted(struct arena *arena, size_t count, const char *noun)
{
    return arena_printf(arena, "%zu %s%s", count, noun, count == 1 ? "" : "s");
}

/* "not published: 2 errors", "translation behind: 3 units", "1 warning"; nothing where all is well.
 */
static void add_state(struct markup *markup, struct arena *arena, const struct news_row *row)
{
    text states[3] = {TEXT_EMPTY, TEXT_EMPTY, TEXT_EMPTY};
    if (row->failed && !row->only_behind)
        states[0] = arena_printf(arena, "%s: %.*s",
                                 row->file_count ? "the last build failed" : "not published",
                                 TEXT_ARGUMENTS(counted(arena, row->errors, "error")));
    if (row->behind)
        states[1] = arena_printf(arena, "translation behind: %.*s",
                                 TEXT_ARGUMENTS(counted(arena, row->behind, "unit")));
    if (row->warnings)
        states[2] = counted(arena, row->warnings, "warning");
    for (size_t i = 0; i < sizeof states / sizeof *states; i++) {
        if (states[i].length == 0)
            continue;
        markup_open(markup, "p");
        if (i == 0)
            markup_attribute_c(markup, "class", "failed");
        markup_characters(markup, states[i]);
        markup_close(markup);
        markup_newline(markup);
    }
}

static void add_row(struct markup *markup, struct arena *arena, const struct news_row *row)
{
    const char *direction =
        language_direction(row->language) == DIRECTION_RIGHT_TO_LEFT ? "rtl" : "ltr";
    markup_open(markup, "h2");
    if (row->title.length)
        markup_language(markup, row->language, direction);
    markup_characters(markup, row->title.length ? row->title : row->article);
    markup_close(markup);
    markup_newline(markup);
    if (row->language.length)
        markup_element(markup, "p", language_name(arena, row->language, TEXT("en")));
    add_state(markup, arena, row);
    if (row->file_count)
        add_files(markup, arena, row);
}

void list_answer(const struct news *news, struct arena *arena, struct answer *answer)
{
    struct buffer page;
    buffer_init(&page, LIMIT_OUTPUT_BYTES);
    struct markup *markup = answer_begin_page(&page, TEXT("Publications"), "lectern-own");
    for (size_t i = 0; markup && i < news->count; i++)
        add_row(markup, arena, &news->rows[i]);
    if (markup && news->count == 0)
        markup_element(markup, "p", TEXT("Nothing has been published yet."));
    answer_end_page(markup, &page, answer);
}

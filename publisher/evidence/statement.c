#include "claims/summary.h"
#include "document/language.h"
#include "document/words.h"
#include "evidence/evidence.h"
#include "html/markup.h"
#include "html/stylesheet.h"

#include "base/address.h"
#include "base/limits.h"

static bool write_head(struct markup *markup, text title)
{
    struct buffer style;
    buffer_init(&style, LIMIT_OUTPUT_BYTES);
    bool is_styled = stylesheet_write_page(NULL, TEXT_EMPTY, &style);
    text rules = buffer_text(&style);
    size_t end = text_find_byte(rules, '\n', 0); /* past its @charset */
    markup_open(markup, "head");
    markup_newline(markup);
    markup_open(markup, "meta");
    markup_attribute_c(markup, "charset", "utf-8");
    markup_close(markup);
    markup_newline(markup);
    markup_element(markup, "title", title);
    markup_newline(markup);
    markup_open(markup, "meta");
    markup_attribute_c(markup, "name", "viewport");
    markup_attribute_c(markup, "content", "width=device-width, initial-scale=1");
    markup_close(markup);
    markup_newline(markup);
    markup_open(markup, "style");
    markup_raw(markup, text_slice(rules, end + 1, rules.length));
    markup_close(markup);
    markup_newline(markup);
    markup_close(markup);
    markup_newline(markup);
    buffer_release(&style);
    return is_styled;
}

static void write_files(struct markup *markup, const struct evidence *evidence, struct arena *arena)
{
    markup_open(markup, "ul");
    markup_newline(markup);
    for (size_t i = 0; i < evidence->file_count; i++) {
        const struct evidence_file *file = &evidence->files[i];
        markup_open(markup, "li");
        markup_open(markup, "a");
        markup_attribute(markup, "href", address_beside(arena, file->name));
        markup_characters(markup, file->name);
        markup_close(markup);
        if (file->standards.length)
            markup_characters(markup,
                              arena_printf(arena, " (%.*s)", TEXT_ARGUMENTS(file->standards)));
        markup_close(markup);
        markup_newline(markup);
    }
    markup_close(markup);
    markup_newline(markup);
}

bool evidence_write_statement(const struct evidence *evidence, struct arena *arena,
                              struct buffer *out)
{
    const struct metadata *metadata = &evidence->document->metadata;
    bool is_rtl = language_direction(metadata->language) == DIRECTION_RIGHT_TO_LEFT;
    struct markup *markup = markup_new_page(out);
    if (!markup)
        return false;
    text spoken, heading = word_in(metadata->language, WORD_ACCESSIBILITY, &spoken), language;
    struct facts facts;
    facts_find(&facts, evidence->document);
    text words = claims_summary(evidence->document, &facts, evidence->has_pages, arena, &language);
    text title = arena_printf(arena, "%.*s%.*s%.*s", TEXT_ARGUMENTS(heading),
                              TEXT_ARGUMENTS(word_in(metadata->language, WORD_COLON, NULL)),
                              TEXT_ARGUMENTS(metadata->title));
    markup_html_doctype(markup);
    markup_open(markup, "html");
    markup_language(markup, metadata->language, is_rtl ? "rtl" : "ltr");
    markup_newline(markup);
    bool has_head = write_head(markup, title);
    markup_open(markup, "body");
    markup_newline(markup);
    markup_open(markup, "main");
    markup_newline(markup);
    markup_open(markup, "h1");
    if (!language_is_same(spoken, metadata->language))
        markup_language(markup, spoken, NULL);
    markup_characters(markup, heading);
    markup_close(markup);
    markup_newline(markup);
    markup_element(markup, "h2", metadata->title);
    markup_newline(markup);
    markup_open(markup, "p");
    if (language.length)
        markup_language(markup, language, NULL);
    markup_characters(markup, words);
    markup_close(markup);
    markup_newline(markup);
    write_files(markup, evidence, arena);
    if (metadata->certified_by.length)
        markup_element(markup, "p",
                       arena_printf(arena, CLAIMS_CONFORMANCE ": %.*s",
                                    TEXT_ARGUMENTS(metadata->certified_by)));
    return markup_finish(markup) && has_head;
}

#include "watch/answers.h"

#include "publish/formats.h"

/* Of the files within an EPUB, and beside what is published. */
static const struct {
    const char *extension, *type;
} types[] = {
    {".xhtml", "application/xhtml+xml"},
    {".css", "text/css"},
    {".svg", "image/svg+xml"},
    {".png", "image/png"},
    {".jpg", "image/jpeg"},
    {".json", "application/json"},
    {".opf", "application/xml"},
};

static const char *type_of(text name)
{
    for (size_t i = 0; i < sizeof types / sizeof *types; i++) {
        if (text_ends_with(name, text_from_c(types[i].extension)))
            return types[i].type;
    }
    for (size_t i = 0; i < FORMAT_COUNT; i++) {
        text end = text_from_c(format_at(i)->name);
        if (name.length > end.length && text_ends_with(name, end) &&
            name.bytes[name.length - end.length - 1] == '.')
            return format_at(i)->served_type;
    }
    return "application/octet-stream";
}

void answer_nothing(struct answer *answer)
{
    buffer_clear(&answer->body);
    buffer_add_c(&answer->body, "There is nothing here.\n");
    answer->status = 404;
    answer->type = "text/plain; charset=utf-8";
}

void answer_give(struct answer *answer, text name, text bytes)
{
    answer->type = type_of(name);
    bool is_page = text_ends_with(name, TEXT(".html")) || text_ends_with(name, TEXT(".xhtml"));
    size_t end = is_page ? text_find(bytes, TEXT("</body>"), 0) : SIZE_MAX;
    if (end == SIZE_MAX) {
        buffer_add_text(&answer->body, bytes);
        return;
    }
    buffer_add_text(&answer->body, text_slice(bytes, 0, end));
    buffer_printf(&answer->body,
                  "<script src=\"/.lectern/watch.js\" data-run=\"%llx\" data-version=\"%llu\">"
                  "</script>",
                  (unsigned long long)answer->run, (unsigned long long)answer->version);
    buffer_add_text(&answer->body, text_slice(bytes, end, bytes.length));
}

struct markup *answer_begin_page(struct buffer *page, text title, const char *css_class)
{
    struct markup *markup = markup_new_page(page);
    if (!markup)
        return NULL;
    markup_html_doctype(markup);
    markup_open(markup, "html");
    markup_language(markup, TEXT("en"), NULL);
    markup_html_head(markup);
    markup_open(markup, "link");
    markup_attribute_c(markup, "rel", "stylesheet");
    markup_attribute_c(markup, "href", "/.lectern/watch.css");
    markup_close(markup);
    markup_element(markup, "title", title);
    markup_close(markup);
    markup_newline(markup);
    markup_open(markup, "body");
    markup_attribute_c(markup, "class", css_class);
    markup_open(markup, "main");
    markup_element(markup, "h1", title);
    markup_newline(markup);
    return markup;
}

void answer_end_page(struct markup *markup, struct buffer *page, struct answer *answer)
{
    if (markup && markup_finish(markup))
        answer_give(answer, TEXT("page.html"), buffer_text(page));
    else
        answer_nothing(answer);
    buffer_release(page);
}

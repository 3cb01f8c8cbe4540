#include "document/language.h"
#include "epub/parts.h"
#include "html/markup.h"

void xhtml_begin(struct markup *markup, const struct parts *parts, text title)
{
    text language = parts->document->metadata.language;
    bool is_rtl = language_direction(language) == DIRECTION_RIGHT_TO_LEFT;
    markup_html_doctype(markup);
    markup_open(markup, "html");
    markup_attribute_c(markup, "xmlns", "http://www.w3.org/1999/xhtml");
    markup_attribute_c(markup, "xmlns:epub", "http://www.idpf.org/2007/ops");
    markup_language(markup, language, is_rtl ? "rtl" : "ltr");
    markup_newline(markup);
    markup_open(markup, "head");
    markup_newline(markup);
    markup_element(markup, "title", title);
    markup_newline(markup);
    markup_open(markup, "link");
    markup_attribute_c(markup, "rel", "stylesheet");
    markup_attribute_c(markup, "type", "text/css");
    markup_attribute_c(markup, "href", STYLESHEET_NAME);
    markup_close(markup);
    markup_newline(markup);
    markup_close(markup);
    markup_newline(markup);
    markup_open(markup, "body");
    markup_newline(markup);
}

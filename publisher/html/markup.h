/* Markup: XML written into a buffer through libxml2's writer. Errors (memory, the buffer's maximum)
   are kept and told at the end; the calls between need no checking. Characters that XML 1.0 does
   not admit become U+FFFD. */
#ifndef LECTERN_HTML_MARKUP_H
#define LECTERN_HTML_MARKUP_H

#include "base/buffer.h"

struct markup;

/* Begins a document with its XML declaration. out must outlive the markup and is not released by
   it. NULL: no memory. */
struct markup *markup_new(struct buffer *out);
/* Begins a page in the HTML syntax (WHATWG HTML, 13.1) instead: no XML declaration, no attributes
   that only XML has (xml:lang, xmlns, epub:type), and an end tag for every element but the void. */
struct markup *markup_new_page(struct buffer *out);
/* Closes what is open, ends the document and frees the markup; false where anything went wrong. */
MUST_CHECK bool markup_finish(struct markup *markup);
/* Writes `<!DOCTYPE html>`. */
void markup_html_doctype(struct markup *markup);
/* Begins `<head>` with its encoding and the width of the window; its title comes next, and it is
   closed by markup_close. */
void markup_html_head(struct markup *markup);
/* Begins an element, which is open until markup_close. The name is borrowed until then. */
void markup_open(struct markup *markup, const char *element);
/* Of the element opened last, before anything is in it. */
void markup_attribute(struct markup *markup, const char *name, text value);
/* The same of a string of C. */
void markup_attribute_c(struct markup *markup, const char *name, const char *value);
/* The same of a whole number. */
void markup_attribute_number(struct markup *markup, const char *name, unsigned long value);
/* Characters of the element that is open; & < > are escaped. */
void markup_characters(struct markup *markup, text characters);
/* The same of a string of C. */
void markup_characters_c(struct markup *markup, const char *characters);
/* As they are: the content of <style> in a page. */
void markup_raw(struct markup *markup, text characters);
/* Ends the element that was opened last. */
void markup_close(struct markup *markup);
/* An element that holds only characters. */
void markup_element(struct markup *markup, const char *element, text characters);
/* A line feed between elements, where white space means nothing. */
void markup_newline(struct markup *markup);
/* lang, xml:lang and dir, each where it is given. direction: "ltr", "rtl" or NULL. */
void markup_language(struct markup *markup, text language, const char *direction);

#endif

/* Words that stand in a tag whose meaning only a program knows: `{% channel "help" %}`, `{{
   "[words]({})".format(address) }}`, `{{< see page="x" caption="words" >}}`. Where a tag says
   nothing but words, or words and where they lead, the words stay, and a warning tells what was
   read. A tag that may stand for more (a part of a page, a picture, a film, a file) is left to be
   told. */
#include "base/address.h"
#include "read/values.h"

#include <string.h>

enum { MOST_VALUES = 3 }; /* words in quotation marks in one tag */

/* Tags that show what is not words, by what their names begin with, and those that do something
   with their words. */
static bool is_for_program(text name)
{
    static const char *const shows[] = {"image", "img",   "fig",     "picture", "asset", "media",
                                        "video", "embed", "youtube", "vimeo",   "audio", "code",
                                        "gist",  "icon",  "iframe",  "include", "end",   "form"};
    static const char *const does[] = {
        "render", "import", "extends", "from", "if",   "elif", "elsif",  "unless",   "for",
        "case",   "when",   "assign",  "set",  "call", "load", "static", "url",      "link",
        "ref",    "relref", "post",    "page", "cite", "raw",  "layout", "post_url", "script"};
    for (size_t i = 0; i < sizeof shows / sizeof *shows; i++) {
        if (text_starts_with(name, text_from_c(shows[i])))
            return true;
    }
    return TEXT_IS_AMONG(name, does);
}

static size_t past_name(text inside)
{
    size_t at = 0;
    while (at < inside.length &&
           (text_is_ascii_letter(inside.bytes[at]) || byte_is_digit(inside.bytes[at]) ||
            (at && strchr("_-", inside.bytes[at]))))
        at++;
    return at;
}

/* What stands between two quotation marks of one kind, of which the first stands at the offset; the
   offset behind the second, or 0. */
static size_t past_quoted(text inside, size_t at, text *words)
{
    char quote = at < inside.length ? inside.bytes[at] : '\0';
    size_t end = quote == '"' || quote == '\'' ? text_find_byte(inside, quote, at + 1) : SIZE_MAX;
    if (end == SIZE_MAX)
        return 0;
    *words = text_trim(text_slice(inside, at + 1, end));
    return end + 1;
}

/* Words to read: not the name of a file, an address, or what a program puts together. */
static bool are_words(text words)
{
    bool has_letter = false;
    for (size_t i = 0; i < words.length; i++) {
        unsigned char c = (unsigned char)words.bytes[i];
        if (strchr("/\\{}<>|`*[]\n", c))
            return false;
        has_letter = has_letter || text_is_ascii_letter((char)c) || c >= 0x80;
    }
    size_t dot = words.length;
    while (dot && text_is_ascii_letter(words.bytes[dot - 1]))
        dot--;
    bool is_file = dot > 1 && dot < words.length && words.bytes[dot - 1] == '.';
    return has_letter && !is_file;
}

/* `name "words"`, `name "key", "words"`: the last are what is shown. */
static bool of_tag(text inside, text *words, text *address)
{
    size_t at = past_name(inside), found = 0;
    *address = TEXT_EMPTY;
    if (at == 0 || is_for_program(text_slice(inside, 0, at)))
        return false;
    while (at < inside.length) {
        size_t from = at;
        while (at < inside.length && strchr(" ,", inside.bytes[at]))
            at++;
        at = at > from ? past_quoted(inside, at, words) : 0;
        if (at == 0 || !are_words(*words) || ++found > MOST_VALUES)
            return false;
    }
    return found > 0;
}

/* `"[words](…{}…)".format(…)`: a link whose address is put together. */
static bool of_braces(text inside, text *words, text *address)
{
    text link;
    size_t behind = past_quoted(inside, 0, &link);
    text rest = text_trim(text_slice(inside, behind, inside.length));
    *address = TEXT_EMPTY;
    if (behind == 0 || !text_starts_with(rest, TEXT(".format(")) ||
        !text_ends_with(rest, TEXT(")")) || !text_starts_with(link, TEXT("[")) ||
        !text_ends_with(link, TEXT(")")))
        return false;
    size_t close = text_find(link, TEXT("]("), 1);
    *words = text_trim(text_slice(link, 1, close));
    return close != SIZE_MAX && text_find_byte(link, ' ', close) == SIZE_MAX && are_words(*words);
}

/* `name page="x" caption="words"`: both are asked for, lest the words be the title of a part. */
static bool of_shortcode(text inside, text *words, text *address)
{
    static const char *const shown[] = {"caption", "title", "text", "label"};
    static const char *const addresses[] = {"url", "href", "link"};
    static const char *const pages[] = {"page", "ref", "relref", "path"};
    static const char *const passed[] = {"icon", "class", "target", "color", "style"};
    bool leads = false;
    size_t at = past_name(inside);
    *words = *address = TEXT_EMPTY;
    if (at == 0 || is_for_program(text_slice(inside, 0, at)))
        return false;
    for (text rest = text_trim(text_slice(inside, at, inside.length)); rest.length;
         rest = text_trim(text_slice(rest, at, rest.length))) {
        size_t end = past_name(rest);
        text key = text_slice(rest, 0, end), value = TEXT_EMPTY;
        bool has_value = end && end < rest.length && rest.bytes[end] == '=';
        at = has_value ? past_quoted(rest, end + 1, &value) : 0;
        bool is_address = TEXT_IS_AMONG(key, addresses);
        if (at == 0 || (TEXT_IS_AMONG(key, shown) && words->length))
            return false;
        if (TEXT_IS_AMONG(key, shown))
            *words = value;
        else if (is_address && address_is_web(value) && address->length == 0)
            *address = value;
        else if (!is_address && !TEXT_IS_AMONG(key, pages) && !TEXT_IS_AMONG(key, passed))
            return false;
        leads = leads || is_address || TEXT_IS_AMONG(key, pages);
    }
    for (size_t i = 0; i < words->length; i++) {
        if (strchr("{}<>`*[]\n\\", words->bytes[i]))
            return false;
    }
    return leads && words->length;
}

bool template_words_find(enum template_form form, text inside, text *words, text *address)
{
    switch (form) {
    case TEMPLATE_SHORTCODE:
        return of_shortcode(inside, words, address);
    case TEMPLATE_BRACES:
        return of_braces(inside, words, address);
    case TEMPLATE_TAG:
        return of_tag(inside, words, address);
    }
    return false;
}

/* Words that stand in a tag whose meaning only a program knows: `{% channel "help" %}`, `{{
   "[words]({})".format(address) }}`, `{{< see page="x" caption="words" >}}`, `{{< required >}}`,
   `{% include term.html text="words" %}`.
   Where a tag says nothing but words, or words and where they lead, the words stay, and a warning
   tells what was read. A tag that may stand for more (a part of a page, a picture, a film, a file)
   is left to be told. */
#include "base/address.h"
#include "read/html_tokens.h"
#include "read/values.h"

#include <string.h>

enum { MOST_VALUES = 3 }; /* words in quotation marks in one tag */

/* Tags that show what is not words, by what their names begin with, and those that do something
   with their words. */
static bool is_for_program(text name)
{
    static const char *const shows[] = {
        "image",    "img",     "fig",      "picture",  "asset",     "media",        "video",
        "embed",    "youtube", "vimeo",    "audio",    "code",      "gist",         "icon",
        "iframe",   "include", "end",      "form",     "svg",       "chart",        "graph",
        "plot",     "diagram", "mermaid",  "plantuml", "gallery",   "bibliography", "table",
        "math",     "csv",     "file",     "download", "component", "partial",      "snippet",
        "carousel", "slide",   "tooltip",  "popover",  "abbr",      "style",        "script",
        "comment",  "if",      "variable", "require"};
    static const char *const does[] = {
        "render",  "import",    "extends",   "from",  "elif", "elsif",  "unless", "for",
        "case",    "when",      "assign",    "set",   "call", "load",   "static", "url",
        "link",    "ref",       "relref",    "post",  "page", "cite",   "raw",    "layout",
        "map",     "section",   "block",     "macro", "with", "switch", "date",   "now",
        "capture", "increment", "decrement", "cycle", "data", "filter", "css",    "js",
        "toc",     "post_url",  "else",      "ruby"};
    return TEXT_STARTS_WITH_ANY(name, shows) || TEXT_IS_AMONG(name, does);
}

bool shortcode_is_for_program(text name)
{
    static const char *const begins[] = {"hid", "show", "if", "only", "unless", "draft", "read"};
    static const char *const does[] = {"highlight", "katex",  "latex",    "tex",     "markmap",
                                       "echarts",   "quiz",   "question", "poll",    "private",
                                       "when",      "not",    "demo",     "unsafe",  "html",
                                       "rawhtml",   "abc",    "score",    "verse",   "poem",
                                       "pre",       "output", "terminal", "console", "answer"};
    return is_for_program(name) || TEXT_STARTS_WITH_ANY(name, begins) || TEXT_IS_AMONG(name, does);
}

static size_t past_name(text inside)
{
    size_t at = 0;
    while (at < inside.length &&
           (text_is_ascii_alphanumeric(inside.bytes[at]) || (at && strchr("_-", inside.bytes[at]))))
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

/* Before its last dot a name, behind it letters. */
static bool is_file(text words)
{
    size_t dot = words.length;
    bool has_letter = false;
    for (; dot && words.bytes[dot - 1] != '.'; dot--) {
        if (!text_is_ascii_alphanumeric(words.bytes[dot - 1]))
            return false;
        has_letter = has_letter || text_is_ascii_letter(words.bytes[dot - 1]);
    }
    return has_letter && dot > 1;
}

/* Not a file that is read as a page, but data, a picture, a film. */
static bool is_other_file(text path)
{
    static const char *const pages[] = {".md", ".mdx", ".markdown", ".qmd", ".html", ".htm"};
    size_t end = text_find_byte(path, '#', 0);
    path = text_slice(path, 0, end == SIZE_MAX ? path.length : end);
    return is_file(path) && !TEXT_ENDS_WITH_ANY(path, pages);
}

/* `&amp;`, which a page of HTML would show as its sign. */
static bool has_entity(text words)
{
    size_t at = text_find_byte(words, '&', 0);
    while (at != SIZE_MAX && !html_entity_length(words, at))
        at = text_find_byte(words, '&', at + 1);
    return at != SIZE_MAX;
}

/* What an author gives as a key: no words of a language that begins its names so. */
static bool is_key(text words)
{
    for (size_t i = 0; i < words.length; i++) {
        char c = words.bytes[i];
        bool is_small = c >= 'a' && c <= 'z';
        if (!is_small && !byte_is_digit(c) && !strchr("_-.", c))
            return false;
    }
    return words.length > 0;
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
    return has_letter && !is_file(words) && !has_entity(words);
}

/* `name "words"`, `name "key", "Words"`: the last are what is shown, where it is sure that those
   before them are not. */
static bool of_tag(text inside, text *words, text *address)
{
    size_t at = past_name(inside), found = 0;
    bool are_keys = true; /* all but the last */
    *address = TEXT_EMPTY;
    if (at == 0 || is_for_program(text_slice(inside, 0, at)))
        return false;
    while (at < inside.length) {
        size_t from = at;
        are_keys = are_keys && (found == 0 || is_key(*words));
        while (at < inside.length && strchr(" ,", inside.bytes[at]))
            at++;
        at = at > from ? past_quoted(inside, at, words) : 0;
        if (at == 0 || !are_words(*words) || ++found > MOST_VALUES)
            return false;
    }
    return found == 1 || (found && are_keys && !is_key(*words));
}

/* What a part of the site's is given besides the text: a name that it looks up, or what the text
   leads to. False: the way to another page, or to what is no address for a reader. */
static bool take_passed(text key, text value, text *address)
{
    static const char *const passed[] = {"entry", "id",    "key",  "term", "ref",   "page",
                                         "link",  "class", "icon", "lang", "target"};
    static const char *const leads[] = {"ref", "page", "link", "target"};
    if (!TEXT_IS_AMONG(key, passed))
        return false;
    if (!TEXT_IS_AMONG(key, leads) ||
        (text_find_byte(value, '/', 0) == SIZE_MAX && text_find_byte(value, ':', 0) == SIZE_MAX))
        return true;
    if (!address_is_web(value) || address->length)
        return false;
    *address = value;
    return true;
}

/* `include glossary.html entry="CI" text="CI"`: a part of the site's that is given the text to
   show, and else nothing but what it looks up. */
static bool of_include(text inside, text *words, text *address)
{
    text name = text_slice(inside, 0, past_name(inside)), file = text_trim(inside), value;
    *words = *address = TEXT_EMPTY;
    if (!text_equal_c(name, "include") || name.length + 1 >= inside.length)
        return false;
    file = text_trim(text_slice(inside, name.length, inside.length));
    size_t at = text_find_byte(file, ' ', 0);
    if (at == SIZE_MAX || !text_ends_with(text_slice(file, 0, at), TEXT(".html")))
        return false;
    for (text rest = text_trim(text_slice(file, at, file.length)); rest.length;
         rest = text_trim(text_slice(rest, at, rest.length))) {
        size_t end = past_name(rest);
        text key = text_slice(rest, 0, end);
        bool has_value = end && end < rest.length && rest.bytes[end] == '=';
        at = has_value ? past_quoted(rest, end + 1, &value) : 0;
        bool is_shown = text_equal_c(key, "text") && words->length == 0;
        if (at == 0 || (!is_shown && !take_passed(key, value, address)))
            return false;
        if (is_shown)
            *words = value;
    }
    return words->length && are_words(*words);
}

/* `"[words](…{}…)".format(…)`: a link whose address is put together. */
static bool of_braces(text inside, text *words, text *address)
{
    text link;
    size_t behind = past_quoted(inside, 0, &link);
    text rest = text_trim(text_slice(inside, behind, inside.length));
    size_t from = strlen(".format(");
    *address = TEXT_EMPTY;
    if (behind == 0 || !text_starts_with(rest, TEXT(".format(")) ||
        text_find_byte(rest, ')', 0) + 1 != rest.length ||
        text_find_byte(rest, '(', from) != SIZE_MAX || text_find_byte(rest, '"', 0) != SIZE_MAX ||
        text_find_byte(rest, '\'', 0) != SIZE_MAX || !text_starts_with(link, TEXT("[")) ||
        !text_ends_with(link, TEXT(")")))
        return false;
    size_t close = text_find(link, TEXT("]("), 1);
    *words = text_trim(text_slice(link, 1, close));
    return close != SIZE_MAX && text_find_byte(link, ' ', close) == SIZE_MAX && are_words(*words);
}

/* `required`, `deprecated`: a mark whose name is the word that it shows. */
static bool is_mark(text inside)
{
    static const char *const marks[] = {
        "required", "optional", "nullable", "deprecated", "removed",  "new",         "beta",
        "alpha",    "obsolete", "preview",  "unstable",   "internal", "experimental"};
    return TEXT_IS_AMONG(inside, marks);
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
    if (is_mark(inside)) {
        *words = inside;
        return true;
    }
    if (at == 0 || is_for_program(text_slice(inside, 0, at)))
        return false;
    for (text rest = text_trim(text_slice(inside, at, inside.length)); rest.length;
         rest = text_trim(text_slice(rest, at, rest.length))) {
        size_t end = past_name(rest);
        text key = text_slice(rest, 0, end), value = TEXT_EMPTY;
        bool has_value = end && end < rest.length && rest.bytes[end] == '=';
        at = has_value ? past_quoted(rest, end + 1, &value) : 0;
        bool is_address = TEXT_IS_AMONG(key, addresses), is_page = TEXT_IS_AMONG(key, pages);
        if (at == 0 || (TEXT_IS_AMONG(key, shown) && words->length) || has_entity(value) ||
            (is_page && is_other_file(value)))
            return false;
        if (TEXT_IS_AMONG(key, shown))
            *words = value;
        else if (is_address && address_is_web(value) && address->length == 0)
            *address = value;
        else if (!is_address && !is_page && !TEXT_IS_AMONG(key, passed))
            return false;
        leads = leads || is_address || is_page;
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
        return of_include(inside, words, address) || of_tag(inside, words, address);
    }
    return false;
}

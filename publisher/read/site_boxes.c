/* Boxes of sites, before the parser sees them; site_parts.c has the parts that are one tag,
   site_liquid.c those of Jekyll. Each is
   written anew in Lectern's own notation within its own bytes.

   - {{< callout type="info" title="…" >}} … {{< /callout >}} of Hugo's themes, and {{% … %}}:
   boxes. {{< table title="…" >}}: the caption of the table in it.
   - <Note title="…"> … </Note> of MDX: a box. A component that Lectern does not know has words in
     it that a reader can use: they stay, and what it does to them is told to be lost.
   - <Film src="https://…" title="…" /> of MDX: a link. <InlineToc />: the way through a site, which
   is left out.
   - {% grid { columns: 2 } %} … {% endgrid %}, in lines of their own: what stands between them.
   - A closing fence of colons that a formatter has set in as the list before it: it ends the box,
     as in the programs that go by lines.

   Whether a name is closed further on is looked up once for each name. */
#include "base/address.h"
#include "base/buffer.h"
#include "read/boxes.h"
#include "read/code_lines.h"
#include "read/html_tokens.h"
#include "read/lines.h"
#include "read/notations.h"
#include "read/passes.h"
#include "read/values.h"

#include <string.h>

enum { LONGEST_TAG = 1000 /* bytes */, MOST_NAMES = 32, MOST_OPEN = 32 };

struct site_boxes {
    struct reader *reader;
    struct {
        char close[48]; /* how its closing tag begins */
        size_t last;    /* where the last one stands; 0: none does */
    } names[MOST_NAMES];
    size_t name_count;
    struct {
        text name;
        bool is_box; /* else its tags leave nothing */
    } open[MOST_OPEN];
    size_t open_count;
    size_t fences[MOST_OPEN]; /* the columns of fences that are open */
    size_t fence_count;
};

/* A tag that stands alone in its line. */
struct tag {
    char *bytes; /* of reader->source, from the first */
    size_t length;
    text name, inside; /* behind the name */
};

/* Whether the words stand behind the offset. */
static bool is_closed_later(struct site_boxes *boxes, const char *close, size_t at)
{
    size_t i = 0, length = strlen(close);
    while (i < boxes->name_count && strcmp(boxes->names[i].close, close) != 0)
        i++;
    if (i == MOST_NAMES || length >= sizeof boxes->names->close)
        return false;
    if (i == boxes->name_count) {
        text source = reader_source(boxes->reader), words = text_from_c(close);
        memcpy(boxes->names[i].close, close, length + 1);
        boxes->names[i].last = 0;
        for (size_t end = source.length - length; end > boxes->reader->body; end--) {
            if (text_starts_with(text_slice(source, end, source.length), words)) {
                boxes->names[i].last = end;
                break;
            }
        }
        boxes->name_count++;
    }
    return boxes->names[i].last > at;
}

/* Kinds of boxes, by the words that programs have for them. */
static const struct {
    const char *word, *box;
} kinds[] = {
    {"note", "note"},
    {"info", "info"},
    {"tip", "tip"},
    {"hint", "tip"},
    {"success", "success"},
    {"check", "success"},
    {"important", "important"},
    {"warning", "warning"},
    {"warn", "warning"},
    {"caution", "caution"},
    {"danger", "danger"},
    {"error", "danger"},
    {"attention", "warning"},
    {"details", "details"},
    {"pitfall", "warning"},
    {"primary", "note"},
    {"secondary", "note"},
    {"default", "note"},
};

static const char *box_of(text word)
{
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
        if (text_equal_ignoring_case(word, text_from_c(kinds[i].word)))
            return kinds[i].box;
    }
    return NULL;
}

/* Names that say that it is a box, and leave its kind to an attribute. */
static bool is_any_box(text name)
{
    static const char *const names[] = {"callout", "alert", "admonition", "notice", "hint"};
    return TEXT_IS_AMONG_IGNORING_CASE(name, names);
}

/* The same box by a shorter name, for tags in which its own has no room: `<Tip>` is five bytes
   long. */
static const char *short_of(const char *box)
{
    const char *sign = box_sign(text_from_c(box));
    return sign ? sign : box;
}

/* The fence of a box of that kind, and the title at its own place. False: it has no room there. */
static bool put_box(struct tag *tag, const char *box, text title)
{
    char made[32];
    const char *end = title.length ? " " : "";
    int length = snprintf(made, sizeof made, ":::%s%s", box, end);
    if (length > 0 && (size_t)length > tag->length)
        length = snprintf(made, sizeof made, ":::%s%s", short_of(box), end);
    if (length < 0 || (size_t)length > tag->length || text_find_byte(title, '{', 0) != SIZE_MAX)
        return false;
    size_t at = title.length ? (size_t)(title.bytes - tag->bytes) : (size_t)length;
    if (at < (size_t)length)
        return false;
    memset(tag->bytes, ' ', at);
    memset(tag->bytes + at + title.length, ' ', tag->length - at - title.length);
    memcpy(tag->bytes, made, (size_t)length);
    return true;
}

/* What was opened is closed by the tag of its name. */
static bool push(struct site_boxes *boxes, text name, bool is_box)
{
    boxes->open[boxes->open_count].name = name;
    boxes->open[boxes->open_count++].is_box = is_box;
    return true;
}

static bool close_tag(struct site_boxes *boxes, struct tag *tag, text name)
{
    size_t last = boxes->open_count - 1;
    if (boxes->open_count == 0 || !text_equal(boxes->open[last].name, name))
        return false;
    boxes->open_count = last;
    memset(tag->bytes, ' ', tag->length);
    if (boxes->open[last].is_box)
        memcpy(tag->bytes, ":::", 3);
    return true;
}

/* The name in the arena: its bytes in the source are written over. */
static text kept(const struct site_boxes *boxes, text name)
{
    return (text){arena_copy_c(boxes->reader->arena, name), name.length};
}

/* shortcodes */

/* What stands behind the name: its kind and title. False: it says something else too. */
static bool read_values(text inside, text *kind, text *title)
{
    static const char *const kind_keys[] = {"type", "style", "color", "context", "level"};
    static const char *const title_keys[] = {"title",   "summary", "header",
                                             "heading", "label",   "name"};
    static const char *const other_keys[] = {"icon",        "emoji", "open", "closed",
                                             "collapsible", "class", "id",   "width"};
    size_t words = 0;
    *kind = *title = TEXT_EMPTY;
    for (text rest = text_trim(inside); rest.length; rest = text_trim(rest)) {
        size_t end = 0;
        while (end < rest.length && !strchr(" =\"", rest.bytes[end]))
            end++;
        bool has_key = end < rest.length && rest.bytes[end] == '=';
        text key = has_key ? text_slice(rest, 0, end) : TEXT_EMPTY,
             value = text_slice(rest, 0, end);
        size_t from = has_key ? end + 1 : end;
        if (from < rest.length && rest.bytes[from] == '"' && (has_key || from == 0)) {
            end = text_find_byte(rest, '"', from + 1);
            if (end == SIZE_MAX)
                return false;
            value = text_slice(rest, from + 1, end++);
        } else if (has_key) {
            for (end = from; end < rest.length && rest.bytes[end] != ' ';)
                end++;
            value = text_slice(rest, from, end);
        }
        bool is_known = !has_key && (words++ == 0 || title->length == 0);
        if (is_known && kind->length == 0 && (box_of(value) || words == 1))
            *kind = value;
        else if (is_known)
            *title = value;
        if (TEXT_IS_AMONG(key, title_keys) && title->length && value.length)
            return false; /* both are words */
        if (TEXT_IS_AMONG(key, kind_keys))
            *kind = value;
        else if (TEXT_IS_AMONG(key, title_keys))
            *title = value.length ? value : *title;
        else if (!is_known && !TEXT_IS_AMONG(key, other_keys))
            return false;
        rest = text_slice(rest, end, rest.length);
    }
    return true;
}

/* The line that stands there, and the offset of the next. */
static text line_at(text source, size_t *at)
{
    size_t from = *at, end = text_find_byte(source, '\n', from);
    *at = end == SIZE_MAX ? source.length : end + 1;
    return text_trim(text_slice(source, from, *at));
}

static text past_blanks(text source, size_t at)
{
    while (at < source.length && byte_is_white(source.bytes[at]))
        at++;
    return text_slice(source, at, source.length);
}

/* Whether the words begin with a line that captions.c takes for the caption of the table above. */
static bool begins_with_caption(text words)
{
    return (words.length > 1 && words.bytes[0] == ':' && byte_is_white(words.bytes[1])) ||
           text_starts_with(words, TEXT("Table:")) || text_starts_with(words, TEXT("table:"));
}

/* Whether a table follows below one empty line, as a caption needs it, and has no caption below it.
 */
static bool is_table_below(text source, size_t behind, text close)
{
    enum { LONGEST_INDENT = 3 };
    size_t lines = 0, from = behind;
    while (behind < source.length && byte_is_white(source.bytes[behind])) {
        if (source.bytes[behind++] == '\n')
            lines++, from = behind;
    }
    bool is_row = text_starts_with(text_slice(source, behind, source.length), TEXT("|"));
    if (lines != 2 || !is_row || behind - from > LONGEST_INDENT)
        return false;
    text head = line_at(source, &from), line = line_at(source, &from);
    if (!lines_begin_table(head, line))
        return false;
    while (line.length && !text_equal(line, close)) {
        line = line_at(source, &from);
        if (begins_with_caption(line))
            return false;
    }
    text rest = past_blanks(source, from);
    if (line.length == 0 && text_starts_with(rest, close))
        rest = past_blanks(rest, close.length);
    return !begins_with_caption(rest);
}

/* Whether an empty line stands above, and no table above that, which would take the caption; or
   nothing but the front matter, which ends at `body`. */
static bool is_apart_above(text source, size_t body, size_t at)
{
    size_t lines = 0, end = at;
    while (end > body && byte_is_white(source.bytes[end - 1]))
        lines += source.bytes[--end] == '\n';
    size_t from = end;
    while (from > body && source.bytes[from - 1] != '\n')
        from--;
    text line = text_trim(text_slice(source, from, end));
    return end <= body ||
           (lines > 1 && line.length && line.bytes[0] != '|' && line.bytes[line.length - 1] != '|');
}

/* {{< table title="…" >}}: the caption of the table that stands below it. */
static bool put_caption(struct site_boxes *boxes, struct tag *tag)
{
    text title, inside = text_trim(tag->inside), start = TEXT("title=\""), word = TEXT("Table:");
    size_t at = (size_t)(tag->bytes - boxes->reader->source);
    text close = tag->bytes[2] == '<' ? TEXT("{{< /table >}}") : TEXT("{{% /table %}}");
    if (!text_equal_c(tag->name, "table") || !text_starts_with(inside, start) ||
        text_find_byte(inside, '"', start.length) + 1 != inside.length ||
        !is_closed_later(boxes, close.bytes, at))
        return false;
    title = text_slice(inside, start.length, inside.length - 1);
    if (text_is_blank(title)) {
        memset(tag->bytes, ' ', tag->length);
        return push(boxes, TEXT("table"), false);
    }
    text source = reader_source(boxes->reader);
    if (text_find_byte(title, '{', 0) != SIZE_MAX ||
        !is_apart_above(source, boxes->reader->body, at) ||
        !is_table_below(source, at + tag->length, close))
        return false;
    size_t from = (size_t)(title.bytes - tag->bytes);
    memset(tag->bytes, ' ', from);
    memset(tag->bytes + from + title.length, ' ', tag->length - from - title.length);
    memcpy(tag->bytes, word.bytes, word.length);
    return push(boxes, TEXT("table"), false);
}

/* Four spaces would be code where the tag is gone. */
static bool is_set_in_far(text source, size_t behind)
{
    while (behind < source.length && strchr("\r\n", source.bytes[behind]))
        behind++;
    return text_starts_with(text_slice(source, behind, source.length), TEXT("    "));
}

/* Whether the tag of that name is closed further on. */
static bool is_pair(struct site_boxes *boxes, const struct tag *tag)
{
    static const char *const slashes[] = {"/", " /", "/ ", " / "};
    char close[48];
    for (size_t i = 0; i < sizeof slashes / sizeof *slashes; i++) {
        int length = snprintf(close, sizeof close, "{{%c%s%.*s", tag->bytes[2], slashes[i],
                              TEXT_ARGUMENTS(tag->name));
        if (length > 0 && (size_t)length < sizeof close &&
            is_closed_later(boxes, close, (size_t)(tag->bytes - boxes->reader->source)))
            return true;
    }
    return false;
}

/* A pair whose name Lectern does not know: what stands between the two is Markdown. */
static bool open_pair(struct site_boxes *boxes, struct tag *tag)
{
    text kind, title, name = kept(boxes, tag->name);
    size_t at = (size_t)(tag->bytes - boxes->reader->source);
    if (shortcode_is_for_program(tag->name) || !read_values(tag->inside, &kind, &title))
        return false;
    bool is_by_key = kind.length && (kind.bytes[-1] == '=' || kind.bytes[-2] == '=');
    if (kind.length && !is_by_key && title.length == 0 && kind.bytes[-1] == '"')
        title = kind; /* {{< tab "Monday" >}} */
    else if (kind.length && !is_by_key)
        return false;
    if (!is_pair(boxes, tag) || is_set_in_far(reader_source(boxes->reader), at + tag->length) ||
        (title.length && !put_box(tag, "tab", title)))
        return false;
    notation_report(boxes->reader, NOTATION_SHORTCODE_PAIR,
                    reader_span(boxes->reader, at, at + tag->length));
    if (title.length == 0)
        memset(tag->bytes, ' ', tag->length);
    return push(boxes, name, title.length > 0);
}

static bool open_shortcode(struct site_boxes *boxes, struct tag *tag)
{
    if (put_caption(boxes, tag))
        return true;
    text kind, title, name = kept(boxes, tag->name);
    const char *own = box_of(tag->name);
    bool is_any = is_any_box(tag->name);
    if (!own && !is_any)
        return open_pair(boxes, tag);
    if (!read_values(tag->inside, &kind, &title))
        return false;
    if (is_any)
        own = box_of(kind) ? box_of(kind) : "note";
    if (kind.length && !box_of(kind) && (!is_any || kind.bytes[-1] == '"')) {
        if (title.length) /* both are words */
            return false;
        title = is_any ? TEXT_EMPTY : kind; /* {{< details "Title" >}} */
    }
    return is_pair(boxes, tag) && put_box(tag, own, title) && push(boxes, name, true);
}

static bool read_shortcode(struct site_boxes *boxes, struct tag *tag, text line)
{
    bool is_angle = text_starts_with(line, TEXT("{{<"));
    text close = is_angle ? TEXT(">}}") : TEXT("%}}");
    if (text_find(line, close, 0) + close.length != line.length ||
        text_ends_with(line, TEXT("/>}}")))
        return false;
    text inside = text_trim(text_slice(line, 3, line.length - close.length));
    bool ends = inside.length && inside.bytes[0] == '/';
    inside = text_trim(text_slice(inside, ends, inside.length));
    size_t end = 0;
    while (end < inside.length && inside.bytes[end] != ' ')
        end++;
    tag->name = text_slice(inside, 0, end);
    tag->inside = text_slice(inside, end, inside.length);
    if (!ends)
        return boxes->open_count < MOST_OPEN && open_shortcode(boxes, tag);
    return close_tag(boxes, tag, tag->name);
}

/* components */

/* Attributes of a component whose loss takes no words from a reader. */
static bool is_for_looks(text name)
{
    static const char *const names[] = {
        "id",     "className", "class", "style", "icon",  "color",   "cols", "level",
        "sticky", "emoji",     "key",   "slot",  "theme", "variant", "open", "defaultOpen"};
    return TEXT_IS_AMONG(name, names);
}

/* The kind and the title of a component; false: it says something else too. */
static bool read_attributes(text line, const struct html_token *token, text *kind, text *title)
{
    static const char *const titles[] = {"title", "label", "header", "heading", "summary"};
    struct html_attribute found;
    *kind = *title = TEXT_EMPTY;
    for (size_t at = token->attributes; html_next_attribute(line, token, &at, &found);) {
        bool is_known = is_for_looks(found.name) && (!found.has_value || found.value.length < 40);
        bool is_plain = found.has_value && found.value.length &&
                        line.bytes[found.value_from - 1] == '"' &&
                        text_find_byte(found.value, '&', 0) == SIZE_MAX;
        is_known =
            is_known || (text_equal_c(found.name, "markdown") && text_equal_c(found.value, "1"));
        if (text_equal_c(found.name, "type") && is_plain)
            is_known = true, *kind = found.value;
        if (TEXT_IS_AMONG(found.name, titles) && is_plain && title->length == 0)
            is_known = true, *title = found.value;
        if (!is_known)
            return false;
    }
    return true;
}

static bool is_component(text name)
{
    bool has_small = false;
    for (size_t i = 0; i < name.length; i++) {
        char c = name.bytes[i];
        bool is_small = c >= 'a' && c <= 'z';
        if (!text_is_ascii_alphanumeric(c))
            return false;
        has_small = has_small || is_small;
    }
    return has_small && name.bytes[0] >= 'A' && name.bytes[0] <= 'Z';
}

/* Whether the byte at the offset is a sign of Markdown: not of a "file_name" or a "C#". */
static bool is_sign(text source, size_t at)
{
    char c = source.bytes[at], before = at ? source.bytes[at - 1] : '\n';
    if (c == '_')
        return !text_is_ascii_alphanumeric(before);
    if (c != '#')
        return c && strchr("*_`[", c);
    while (at && (source.bytes[at - 1] == ' ' || source.bytes[at - 1] == '\t'))
        at--;
    return at == 0 || source.bytes[at - 1] == '\n';
}

/* What stands below a tag without a blank line is HTML in CommonMark, and Markdown in MDX: told
   where there are signs of it before a line is blank, or the tag that has this end. */
static void tell_markdown(struct reader *reader, size_t at, size_t behind, text close)
{
    text source = reader_source(reader);
    unsigned line_ends = 0;
    for (size_t i = behind; i < source.length && line_ends < 2; i++) {
        char c = source.bytes[i];
        line_ends = c == '\n' ? line_ends + 1 : byte_is_white(c) ? line_ends : 0;
        if (c == '<' && text_starts_with(text_slice(source, i, source.length), close))
            return;
        if (is_sign(source, i)) {
            notation_report(reader, NOTATION_HTML_MARKDOWN, reader_span(reader, at, behind));
            return;
        }
    }
}

/* markdown="1", as in kramdown: the author says so. */
static bool has_markdown(text line, const struct html_token *token)
{
    struct html_attribute found;
    for (size_t at = token->attributes; html_next_attribute(line, token, &at, &found);) {
        if (text_equal_c(found.name, "markdown"))
            return true;
    }
    return false;
}

static bool open_component(struct site_boxes *boxes, struct tag *tag, text line,
                           const struct html_token *token)
{
    char close[48];
    text kind, title, source = reader_source(boxes->reader);
    size_t at = (size_t)(tag->bytes - source.bytes);
    int length = snprintf(close, sizeof close, "</%.*s>", TEXT_ARGUMENTS(token->name));
    if (length < 0 || (size_t)length >= sizeof close || !is_closed_later(boxes, close, at) ||
        !read_attributes(line, token, &kind, &title) || is_set_in_far(source, at + tag->length))
        return false;
    bool is_given = has_markdown(line, token); /* before the tag becomes a fence */
    text name = kept(boxes, token->name);
    const char *box =
        is_any_box(token->name) ? box_of(kind) ? box_of(kind) : "note" : box_of(token->name);
    if (box && put_box(tag, box, title)) {
        if (!is_given)
            tell_markdown(boxes->reader, at, at + tag->length, text_from_c(close));
        return push(boxes, name, true);
    }
    if (!box) {
        struct span span = reader_span(boxes->reader, at, at + tag->length);
        if (title.length && !put_box(tag, "tab", title))
            return false;
        if (title.length == 0)
            memset(tag->bytes, ' ', tag->length);
        notation_report(boxes->reader, NOTATION_COMPONENT_PAIR, span);
        return push(boxes, name, title.length > 0);
    }
    return false;
}

/* Ways through a site, which a publication has of its own: <InlineToc />, <MenuSchema />. Not a
   <LunchMenu /> or <MenuOfTheDay />. */
static bool is_for_the_way(text name)
{
    static const char *const ways[] = {"Menu",       "Nav",         "Navigation", "Toc",
                                       "Breadcrumb", "Breadcrumbs", "Sidebar",    "Pagination"};
    for (size_t at = 0; at < name.length;) {
        size_t end = at + 1;
        while (end < name.length && (name.bytes[end] < 'A' || name.bytes[end] > 'Z'))
            end++;
        text word = text_slice(name, at, end);
        if (TEXT_IS_AMONG(word, ways) && (!text_equal_c(word, "Menu") || text_equal(name, word) ||
                                          text_equal_c(name, "MenuSchema")))
            return true;
        at = end;
    }
    return text_find(name, TEXT("TableOfContents"), 0) != SIZE_MAX;
}

/* A component of one tag that shows the way and says nothing else. */
static bool put_away(struct site_boxes *boxes, struct tag *tag, text line,
                     const struct html_token *token)
{
    struct html_attribute found;
    size_t at = token->attributes, from = (size_t)(tag->bytes - boxes->reader->source);
    if (!is_for_the_way(token->name) || html_next_attribute(line, token, &at, &found))
        return false;
    notation_report(boxes->reader, NOTATION_COMPONENT_WAY,
                    reader_span(boxes->reader, from, from + tag->length));
    memset(tag->bytes, ' ', tag->length);
    return true;
}

static bool has_address(text address)
{
    static const char *const pictures[] = {".png", ".jpg", ".jpeg", ".gif", ".svg", ".webp"};
    if (TEXT_ENDS_WITH_ANY(address, pictures))
        return false;
    for (size_t i = 0; i < address.length; i++) {
        if (strchr(" <>()\"'{}`\\", address.bytes[i]))
            return false;
    }
    return address_is_web(address);
}

/* A component of one tag with an address of the web. */
static bool put_link(struct site_boxes *boxes, struct tag *tag, text line,
                     const struct html_token *token)
{
    static const char *const addresses[] = {"src", "href", "url", "to"};
    static const char *const words[] = {"title", "label", "text"};
    text address = TEXT_EMPTY, title = TEXT_EMPTY;
    struct html_attribute found;
    char made[LONGEST_TAG];
    for (size_t at = token->attributes; html_next_attribute(line, token, &at, &found);) {
        bool is_known = is_for_looks(found.name);
        if (TEXT_IS_AMONG(found.name, addresses) && address.length == 0)
            is_known = true, address = found.value;
        if (TEXT_IS_AMONG(found.name, words) && title.length == 0)
            is_known = true, title = text_trim(found.value);
        if (!is_known)
            return false;
    }
    for (size_t i = 0; i < title.length; i++) {
        if (strchr("[]{}<>`\\*_&", title.bytes[i]))
            return false;
    }
    if (!has_address(address))
        return false;
    int length = title.length ? snprintf(made, sizeof made, "[%.*s](%.*s)", TEXT_ARGUMENTS(title),
                                         TEXT_ARGUMENTS(address))
                              : snprintf(made, sizeof made, "<%.*s>", TEXT_ARGUMENTS(address));
    if (length < 0 || (size_t)length + LINE_HIDDEN_LEAST > tag->length)
        return false;
    size_t at = (size_t)(tag->bytes - boxes->reader->source);
    notation_report(boxes->reader, NOTATION_COMPONENT_LINK,
                    reader_span(boxes->reader, at, at + tag->length));
    memcpy(tag->bytes, made, (size_t)length);
    line_hide(tag->bytes + length, tag->length - (size_t)length);
    return true;
}

static bool read_component(struct site_boxes *boxes, struct tag *tag, text line)
{
    struct html_token token;
    size_t offset = 0;
    if (!html_next(line, &offset, &token) || token.to != line.length || !is_component(token.name))
        return false;
    if (token.kind == HTML_CLOSING)
        return close_tag(boxes, tag, token.name);
    if (token.is_closed)
        return put_away(boxes, tag, line, &token) || put_link(boxes, tag, line, &token);
    return boxes->open_count < MOST_OPEN && open_component(boxes, tag, line, &token);
}

/* layout: {% grid { columns: 3 } %} … {% endgrid %} */

/* A name that is put together from words for places on a page: `grid`, `gridCell`, `two-columns`.
 */
static bool is_for_places(text name)
{
    static const char *const places[] = {
        "grid",  "cell",  "cells",   "row",  "rows",      "col",     "cols",   "column", "columns",
        "half",  "third", "two",     "full", "container", "wrapper", "layout", "flex",   "stack",
        "width", "group", "section", "one",  "three",     "item",    "items",  "side",   "by"};
    for (size_t at = 0; at < name.length;) {
        size_t end = at;
        do
            end++;
        while (end < name.length && !strchr("_-", name.bytes[end]) &&
               !(name.bytes[end] >= 'A' && name.bytes[end] <= 'Z'));
        if (!TEXT_IS_AMONG_IGNORING_CASE(text_slice(name, at, end), places))
            return false;
        at = end < name.length && strchr("_-", name.bytes[end]) ? end + 1 : end;
    }
    return name.length > 0;
}

/* `{ classes: "app-border", columns: 3 }`, `class="wide"`: nothing that a reader would miss. */
static bool are_for_looks(text values)
{
    static const char *const keys[] = {
        "class",  "classes", "columns",       "cols",  "width",           "align",  "gap",
        "size",   "style",   "verticalAlign", "span",  "justify",         "rows",   "attributes",
        "tag",    "element", "position",      "order", "horizontalAlign", "mobile", "tablet",
        "desktop"};
    bool is_value = false;
    for (size_t at = 0; at < values.length;) {
        char c = values.bytes[at];
        if (c == '"' || c == '\'') {
            size_t end = text_find_byte(values, c, at + 1);
            if (!is_value || end == SIZE_MAX)
                return false;
            is_value = false;
            at = end + 1;
        } else if (text_is_ascii_alphanumeric(c)) {
            size_t from = at;
            while (at < values.length && (text_is_ascii_alphanumeric(values.bytes[at]) ||
                                          strchr("_-.%", values.bytes[at])))
                at++;
            if (!is_value && !TEXT_IS_AMONG(text_slice(values, from, at), keys))
                return false;
            is_value = !is_value && at < values.length && strchr(":=", values.bytes[at]);
            at += is_value;
        } else if (strchr("{},; ", c)) {
            is_value = is_value && c != '{';
            at++;
        } else {
            return false;
        }
    }
    return !is_value;
}

/* What stands between the two tags is Markdown, and only stands elsewhere on the site's page. */
static bool read_layout(struct site_boxes *boxes, struct tag *tag, text line)
{
    char close[48];
    bool has_dash = text_starts_with(line, TEXT("{%-"));
    text inside = text_trim(text_slice(line, 2 + has_dash, line.length - 2));
    if (text_find(line, TEXT("%}"), 0) + 2 != line.length)
        return false;
    if (text_ends_with(inside, TEXT("-")))
        inside = text_trim(text_slice(inside, 0, inside.length - 1));
    size_t end = 0;
    while (end < inside.length && !strchr(" {", inside.bytes[end]))
        end++;
    text name = text_slice(inside, 0, end), word = TEXT("end");
    if (text_starts_with(name, word) && end == inside.length)
        return close_tag(boxes, tag, text_slice(name, word.length, name.length));
    int length = snprintf(close, sizeof close, "{%% end%.*s %%}", TEXT_ARGUMENTS(name));
    size_t at = (size_t)(tag->bytes - boxes->reader->source);
    if (length < 0 || (size_t)length >= sizeof close || boxes->open_count == MOST_OPEN ||
        !is_for_places(name) || !are_for_looks(text_slice(inside, end, inside.length)) ||
        !is_closed_later(boxes, close, at) ||
        is_set_in_far(reader_source(boxes->reader), at + tag->length))
        return false;
    notation_report(boxes->reader, NOTATION_LIQUID_WORDS,
                    reader_span(boxes->reader, at, at + tag->length));
    text copy = kept(boxes, name);
    memset(tag->bytes, ' ', tag->length);
    return push(boxes, copy, false);
}

static bool read_tag(struct site_boxes *boxes, text line)
{
    text words = text_trim(line);
    size_t indent = (size_t)(words.bytes - line.bytes);
    if (words.length < 4 || words.length > LONGEST_TAG || indent > 3)
        return false;
    size_t from = (size_t)(words.bytes - boxes->reader->source);
    struct tag tag = {.bytes = boxes->reader->source + from, .length = words.length};
    if (text_starts_with(words, TEXT("{{<")) || text_starts_with(words, TEXT("{{%")))
        return read_shortcode(boxes, &tag, words);
    if (text_starts_with(words, TEXT("{%")))
        return read_layout(boxes, &tag, words);
    return words.bytes[0] == '<' && read_component(boxes, &tag, words);
}

/* fences */

/* A line of colons alone that stands further in than the fence that it closes. */
static void read_fence(struct site_boxes *boxes, const struct source_lines *lines)
{
    text line = lines->line;
    size_t marks = lines->code.marks > lines->from ? lines->code.marks - lines->from : 0, signs = 0;
    text words = text_trim(text_slice(line, marks, line.length));
    while (signs < words.length && words.bytes[signs] == ':')
        signs++;
    if (signs < 3 || text_find_byte(text_slice(line, 0, marks), '>', 0) != SIZE_MAX)
        return;
    size_t column = (size_t)(words.bytes - line.bytes);
    if (signs < words.length) {
        if (boxes->fence_count < MOST_OPEN)
            boxes->fences[boxes->fence_count++] = column;
        return;
    }
    size_t open = boxes->fence_count ? boxes->fences[--boxes->fence_count] : column;
    bool is_alone = text_is_blank(text_slice(line, 0, column));
    if (!is_alone || open >= column || column > open + 4)
        return;
    char *fence = boxes->reader->source + lines->from + open;
    memset(fence, ' ', column + signs - open);
    memset(fence, ':', signs);
}

void read_site_boxes(struct reader *reader)
{
    static const char *const signs[] = {"{{<", "{{%", "{% end", "</", "/>", ":::"};
    if (!TEXT_HOLDS_ANY(reader_body(reader), signs))
        return;
    struct site_boxes *boxes = ARENA_NEW(reader->arena, struct site_boxes);
    boxes->reader = reader;
    struct source_lines lines =
        SOURCE_LINES(reader_source(reader), reader->body, CODE_AND_BLOCKS_BEGIN);
    while (source_lines_next(&lines)) {
        if (lines.kind != LINE_WORDS || lines.code.words > lines.from ||
            read_tag(boxes, lines.line))
            continue;
        read_fence(boxes, &lines);
    }
}

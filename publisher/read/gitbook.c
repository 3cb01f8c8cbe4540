/* Blocks of GitBook, and boxes of Jekyll and GitHub's own pages, before the parser sees them: tags
   that stand alone in their lines, as
   `{% hint style="info" %}` to `{% endhint %}`. Each is written anew in Lectern's own notation
   within its own bytes, titles at their own places; what only a site needs becomes spaces. A tag
   that is not among them, or says more, is left and told: Jekyll has tags of these names too. */
#include "base/buffer.h"
#include "read/code_lines.h"
#include "read/liquid.h"
#include "read/passes.h"

#include <string.h>

enum { LONGEST_TAG = 1000 /* bytes */, MOST_OPEN = 64 };

/* Tags that wait for their ends. */
struct open_tags {
    bool is_translation;
    struct {
        char name[16];
        bool is_put;
    } tags[MOST_OPEN];
    size_t count;
};

struct tag {
    char *line; /* of reader->source */
    size_t from, to;
    text name;
    text inside; /* behind the name */
    text below;  /* the lines */
    text above;  /* the line */
};

static void blank(struct tag *tag)
{
    memset(tag->line + tag->from, ' ', tag->to - tag->from);
}

/* Words in `name="…"`; false: there are none. */
static bool value_of(const struct tag *tag, const char *name, text *value)
{
    return shortcode_value(tag->inside, name, value) && !text_is_blank(*value);
}

/* Words for readers in an attribute that is not the one that is kept; "": none is. */
static bool has_lost_words(const struct tag *tag, const char *kept)
{
    static const char *const names[] = {" title=", " description=", " caption="};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        if (strcmp(names[i], kept) != 0 &&
            text_find(tag->inside, text_from_c(names[i]), 0) != SIZE_MAX)
            return true;
    }
    return false;
}

static bool put_nothing(struct tag *tag)
{
    if (has_lost_words(tag, ""))
        return false;
    blank(tag);
    return true;
}

/* The link itself stands below it: else its address would be lost. */
static bool put_reference(struct tag *tag)
{
    size_t at = 0;
    while (at < tag->below.length && strchr(" \t\r\n", tag->below.bytes[at]))
        at++;
    text next = text_slice(tag->below, at, tag->below.length);
    bool is_empty = text_starts_with(next, TEXT("{% endcontent-ref"));
    return !is_empty && put_nothing(tag);
}

static bool put_closed(struct tag *tag)
{
    blank(tag);
    memcpy(tag->line + tag->from, ":::", 3);
    return true;
}

static bool put_hint(struct tag *tag)
{
    static const char *const styles[] = {"info", "success", "warning", "danger"};
    text style;
    if (!value_of(tag, " style=\"", &style) || has_lost_words(tag, ""))
        return false;
    for (size_t i = 0; i < sizeof styles / sizeof *styles; i++) {
        if (!text_equal_c(style, styles[i]))
            continue;
        put_closed(tag);
        memcpy(tag->line + tag->from + 4, styles[i], strlen(styles[i]));
        return true;
    }
    return false;
}

/* The title stays where it stood: translators change it there. */
static bool put_tab(struct tag *tag)
{
    text title;
    if (!value_of(tag, " title=\"", &title) || has_lost_words(tag, " title="))
        return false;
    size_t at = (size_t)(title.bytes - tag->line);
    memset(tag->line + tag->from, ' ', at - tag->from);
    memset(tag->line + at + title.length, ' ', tag->to - at - title.length);
    memcpy(tag->line + tag->from, ":::tab", 6);
    return true;
}

/* `{% note %}`, `{% warning "Title" %}`: the title stays where it stood. */
static bool put_box(struct tag *tag)
{
    text inside = text_trim(tag->inside), name = tag->name;
    bool has_title = inside.length > 2 && inside.bytes[0] == '"' &&
                     text_find_byte(inside, '"', 1) == inside.length - 1 &&
                     text_find_byte(inside, '{', 0) == SIZE_MAX;
    if (inside.length && !has_title)
        return false;
    if (text_equal_c(name, "alert") || text_equal_c(name, "callout"))
        name = TEXT("note"); /* a word is no longer */
    char box[16];
    size_t from = tag->from, at = (size_t)(inside.bytes - tag->line);
    int length = snprintf(box, sizeof box, ":::%.*s ", TEXT_ARGUMENTS(name));
    if (length < 0 || (size_t)length >= sizeof box)
        return false;
    memset(tag->line + from, ' ', (has_title ? at + 1 : tag->to) - from);
    if (has_title)
        memset(tag->line + at + inside.length - 1, ' ', tag->to - at - inside.length + 1);
    memcpy(tag->line + from, box, (size_t)length);
    return true;
}

/* Words that make a paragraph of nothing but themselves, not a list or a formula. */
static bool is_paragraph(text title)
{
    size_t digits = 0;
    while (digits < title.length && byte_is_digit(title.bytes[digits]))
        digits++;
    if (text_starts_with(title, TEXT("Table:")) || text_starts_with(title, TEXT("table:")))
        return false; /* the caption of a table above */
    if (byte_is_white(title.bytes[0]) ||
        (strchr(":!=+-%.", title.bytes[0]) &&
         !text_is_ascii_alphanumeric(title.bytes[title.length > 1])))
        return false; /* ".github" is a name */
    if (digits && digits < title.length && strchr(".)", title.bytes[digits]))
        return false;
    for (size_t i = 0; i < title.length; i++) {
        if (strchr("[]{}<>`*\\&#|$^~@", title.bytes[i]) || (title.bytes[i] == '_' && i == 0))
            return false;
    }
    return true;
}

/* Around code between fences: its title is a paragraph before it. What is left over of the tag is a
   comment, so that translators get the whole. */
static bool put_code(struct tag *tag)
{
    text title, below = tag->below;
    while (below.length && byte_is_white(below.bytes[0]))
        below = text_slice(below, 1, below.length);
    if (!(text_starts_with(below, TEXT("```")) || text_starts_with(below, TEXT("~~~"))) ||
        has_lost_words(tag, " title="))
        return false;
    if (!value_of(tag, " title=\"", &title))
        return put_nothing(tag);
    if (!is_paragraph(title) || !text_is_blank(tag->above))
        return false; /* it would be part of what stands above */
    size_t length = title.length, rest = tag->to - tag->from - length;
    memmove(tag->line + tag->from, title.bytes, length);
    memset(tag->line + tag->from + length, ' ', rest);
    memcpy(tag->line + tag->from + length, "<!--", 4);
    memcpy(tag->line + tag->to - 3, "-->", 3);
    return true;
}

/* What the site would show of another page: the link to it, by the words below it where it has
   some. An address alone is as long as its tag at most. */
static bool put_embedded(struct tag *tag)
{
    text address, caption;
    char made[LONGEST_TAG];
    if (!value_of(tag, " url=\"", &address) || !(text_starts_with(address, TEXT("https://")) ||
                                                 text_starts_with(address, TEXT("http://"))))
        return false;
    for (size_t i = 0; i < address.length; i++) {
        if (strchr(" <>()", address.bytes[i]))
            return false;
    }
    bool has_words = value_of(tag, " caption=\"", &caption);
    if (has_lost_words(tag, " caption="))
        return false;
    if (has_words && text_find_byte(caption, ']', 0) != SIZE_MAX)
        return false;
    int length = has_words ? snprintf(made, sizeof made, "[%.*s](%.*s)", TEXT_ARGUMENTS(caption),
                                      TEXT_ARGUMENTS(address))
                           : snprintf(made, sizeof made, "<%.*s>", TEXT_ARGUMENTS(address));
    if (length < 0 || (size_t)length > tag->to - tag->from)
        return false;
    blank(tag);
    memcpy(tag->line + tag->from, made, (size_t)length);
    return true;
}

static const struct {
    const char *name;
    bool (*put)(struct tag *tag);
} tags[] = {
    {"alert", put_box},
    {"callout", put_box},
    {"endalert", put_closed},
    {"endcallout", put_closed},
    {"note", put_box},
    {"endnote", put_closed},
    {"tip", put_box},
    {"endtip", put_closed},
    {"warning", put_box},
    {"endwarning", put_closed},
    {"caution", put_box},
    {"endcaution", put_closed},
    {"danger", put_box},
    {"enddanger", put_closed},
    {"important", put_box},
    {"endimportant", put_closed},
    {"hint", put_hint},
    {"endhint", put_closed},
    {"tabs", put_nothing},
    {"tab", put_tab},
    {"endtab", put_closed},
    {"endtabs", put_nothing},
    {"code", put_code},
    {"endcode", put_nothing},
    {"content-ref", put_reference},
    {"endcontent-ref", put_nothing},
    {"embed", put_embedded},
    {"endembed", put_nothing},
    {"stepper", put_nothing},
    {"step", put_nothing},
    {"endstep", put_nothing},
    {"endstepper", put_nothing},
    {"columns", put_nothing},
    {"column", put_nothing},
    {"endcolumn", put_nothing},
    {"endcolumns", put_nothing},
};

/* Whether the tag may be written anew. The end of one that was not is left as well: it would close
   what stands around it. A tag that has no end is for div-unclosed. */
static bool may_put(struct open_tags *open, text name, size_t *opened)
{
    bool is_end = text_starts_with(name, TEXT("end"));
    text of = text_slice(name, is_end ? 3 : 0, name.length);
    *opened = SIZE_MAX;
    if (text_equal_c(of, "embed"))
        return true; /* it needs no end */
    if (!is_end) {
        if (open->count == MOST_OPEN)
            return false;
        *opened = open->count++;
        memcpy(open->tags[*opened].name, name.bytes, name.length);
        open->tags[*opened].name[name.length] = '\0';
        return true;
    }
    for (size_t i = open->count; i; i--) {
        if (text_equal_c(of, open->tags[i - 1].name)) {
            open->count = i - 1;
            return open->tags[i - 1].is_put;
        }
    }
    /* A translation has the title of code in the place of the tag that began it. */
    return open->is_translation && text_equal_c(of, "code");
}

static void read_tag(char *bytes, text line, text above, text below, struct open_tags *open)
{
    text trimmed = text_trim(line);
    if (!text_starts_with(trimmed, TEXT("{% ")) || !text_ends_with(trimmed, TEXT(" %}")) ||
        trimmed.length > LONGEST_TAG || text_find(trimmed, TEXT("%}"), 0) + 2 != trimmed.length)
        return;
    size_t from = (size_t)(trimmed.bytes - line.bytes), end = 3;
    while (trimmed.bytes[end] != ' ')
        end++;
    struct tag tag = {
        .line = bytes, .from = from, .to = from + trimmed.length, .below = below, .above = above};
    text name = text_slice(trimmed, 3, end);
    char kept[16];
    if (name.length >= sizeof kept)
        return;
    memcpy(kept, name.bytes, name.length); /* the bytes of the line are written over */
    tag.name = (text){kept, name.length};
    tag.inside = (text){bytes + from + end, trimmed.length - end - 2};
    for (size_t i = 0; i < sizeof tags / sizeof *tags; i++) {
        size_t opened;
        if (!text_equal_c(tag.name, tags[i].name))
            continue;
        bool is_put = may_put(open, tag.name, &opened) && tags[i].put(&tag);
        if (opened != SIZE_MAX)
            open->tags[opened].is_put = is_put;
        return;
    }
}

static const char *const raw_ends[] = {LIQUID_RAW_ENDS};

/* The line begins what Liquid leaves as it is, and does not end it. */
static bool begins_raw(text line)
{
    static const char *const begins[] = {LIQUID_RAW_BEGINS};
    return TEXT_HOLDS_ANY(line, begins) && !TEXT_HOLDS_ANY(line, raw_ends);
}

void read_gitbook(struct reader *reader)
{
    text body = reader_body(reader);
    if (text_find(body, TEXT("{% end"), 0) == SIZE_MAX &&
        text_find(body, TEXT("{% embed"), 0) == SIZE_MAX)
        return;
    struct source_lines lines =
        SOURCE_LINES(reader_source(reader), reader->body, CODE_AND_BLOCKS_BEGIN);
    struct open_tags open = {.is_translation = reader->document->find_original};
    bool is_raw = false; /* Liquid shows the tags themselves */
    text above, line = TEXT_EMPTY;
    while (source_lines_next(&lines)) {
        above = line;
        line = lines.line;
        if (lines.kind != LINE_WORDS)
            continue;
        is_raw = is_raw ? !TEXT_HOLDS_ANY(lines.line, raw_ends) : begins_raw(lines.line);
        if (!is_raw)
            read_tag(reader->source + lines.from, line, above,
                     text_slice(lines.source, lines.to, reader->length), &open);
    }
}

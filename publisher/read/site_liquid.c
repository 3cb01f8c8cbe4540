/* Tags of Liquid, which Jekyll and others put into Markdown, before the parser sees them. Each is
   written anew in Lectern's own notation within its own bytes.

   - {% include box.html type="start" title="…" %} … {% include box.html type="end" %}: a box, or
   nothing but what stands between them.
   - {% include note.html content="…" %}: a box of one paragraph. {% include quote.html content="…"
   %}: a quotation.
   - {% include image.html file="…" alt="…" caption="…" %}: a picture.

   - {% name %}words{% endname %} within a line: the words.

   Words and pictures do not stay at their places: in an article that is translated they are left,
   to be told. `include_cached` is the same as `include`. What a part does besides is its own, and
   told. */
#include "base/buffer.h"
#include "base/limits.h"
#include "read/code_lines.h"
#include "read/lines.h"
#include "read/notations.h"
#include "read/passes.h"

#include <string.h>

enum { LONGEST_TAG = 4000 /* bytes */, MOST_VALUES = 12, MOST_OPEN = 32 };

struct value {
    text key, words;
};

struct part {
    size_t from, to; /* of the tag */
    text name;       /* of the file, without its ending */
    struct value values[MOST_VALUES];
    size_t count;
};

struct site_includes {
    struct reader *reader;
    struct buffer words;
    struct {
        text name;
        bool is_box; /* else its tags leave nothing */
    } open[MOST_OPEN];
    size_t open_count;
};

/* The tag */

static bool is_name_byte(char c)
{
    return text_is_ascii_alphanumeric(c) || strchr("_-./", c);
}

static size_t skip_blanks(text line, size_t at)
{
    while (at < line.length && byte_is_white(line.bytes[at]))
        at++;
    return at;
}

/* `key="words"` at the offset; the offset behind it, or 0. */
static size_t read_value(text line, size_t at, struct value *value)
{
    size_t end = at;
    while (end < line.length && (text_is_ascii_alphanumeric(line.bytes[end]) ||
                                 line.bytes[end] == '-' || line.bytes[end] == '_'))
        end++;
    char quote = end + 1 < line.length && line.bytes[end] == '=' ? line.bytes[end + 1] : ' ';
    size_t close = quote == '"' || quote == '\'' ? text_find_byte(line, quote, end + 2) : SIZE_MAX;
    if (end == at || close == SIZE_MAX)
        return 0;
    value->key = text_slice(line, at, end);
    value->words = text_slice(line, end + 2, close);
    return close + 1;
}

/* The tag that the line is; false: it is another. */
static bool read_part(text line, struct part *part)
{
    static const char *const words[] = {"include_cached ", "include "};
    static const char *const endings[] = {".html", ".md"};
    text inside = text_trim(text_slice(line, 2, line.length - 2));
    size_t at = 0;
    part->count = 0;
    for (size_t i = 0; i < 2 && !at; i++)
        at = text_starts_with(inside, text_from_c(words[i])) ? strlen(words[i]) : 0;
    if (!at)
        return false;
    size_t from = at = skip_blanks(inside, at), slash = at;
    for (; at < inside.length && is_name_byte(inside.bytes[at]); at++)
        slash = inside.bytes[at] == '/' ? at + 1 : slash;
    text file = text_slice(inside, from, at);
    if (!TEXT_ENDS_WITH_ANY(file, endings))
        return false;
    size_t dot = at;
    while (inside.bytes[dot - 1] != '.')
        dot--;
    part->name = text_slice(inside, slash, dot - 1);
    for (at = skip_blanks(inside, at); at < inside.length; at = skip_blanks(inside, at)) {
        at = part->count < MOST_VALUES ? read_value(inside, at, &part->values[part->count++]) : 0;
        if (!at)
            return false;
    }
    return part->name.length > 0;
}

/* The value of one of the keys; *is_one is made false where several are given. */
static text value_of(const struct part *part, const char *const *keys, bool *is_one)
{
    text value = TEXT_EMPTY;
    for (; *keys; keys++) {
        for (size_t i = 0; i < part->count; i++) {
            if (!text_equal_c(part->values[i].key, *keys))
                continue;
            *is_one = *is_one && value.bytes == NULL;
            value = text_trim(part->values[i].words);
        }
    }
    return value;
}

/* Whether each key is one of these, or says only how the part looks. */
static bool says_no_more(const struct part *part, const char *const *keys)
{
    static const char *const looks[] = {"class", "id",    "h",     "level", "icon",  "style",
                                        "color", "width", "align", "size",  "height"};
    for (size_t i = 0; i < part->count; i++) {
        bool is_known = TEXT_IS_AMONG(part->values[i].key, looks);
        for (size_t k = 0; keys[k] && !is_known; k++)
            is_known = text_equal_c(part->values[i].key, keys[k]);
        if (!is_known)
            return false;
    }
    return true;
}

/* What was made takes the place of the tag. False: it is too long. */
static bool put(struct site_includes *includes, const struct part *part)
{
    text made = buffer_text(&includes->words);
    if (made.length > part->to - part->from)
        return false;
    notation_report(includes->reader, NOTATION_INCLUDE_PART,
                    reader_span(includes->reader, part->from, part->to));
    char *bytes = includes->reader->source + part->from;
    memset(bytes, ' ', part->to - part->from);
    if (made.length)
        memcpy(bytes, made.bytes, made.length);
    return true;
}

/* Words that Markdown takes for nothing but words in the place of a title, or in a picture. */
static bool are_plain(text words)
{
    for (size_t i = 0; i < words.length; i++) {
        if (strchr("[]{}<>`\\\n", words.bytes[i]))
            return false;
    }
    return true;
}

/* Pairs */

static bool is_start(text type)
{
    static const char *const words[] = {"start", "begin", "open"};
    return TEXT_IS_AMONG(type, words);
}

static bool is_end(text type)
{
    static const char *const words[] = {"end", "close", "stop"};
    return TEXT_IS_AMONG(type, words);
}

/* type="start", "middle", "end", or "all" of a part that has words in none of them. */
static bool read_pair(struct site_includes *includes, const struct part *part)
{
    static const char *const keys[] = {"type", "title", NULL}, *const type_key[] = {"type", NULL},
                             *const title_key[] = {"title", NULL};
    bool is_one = true;
    text type = value_of(part, type_key, &is_one), title = value_of(part, title_key, &is_one);
    size_t open = includes->open_count;
    bool is_contents = text_starts_with(part->name, TEXT("toc"));
    buffer_clear(&includes->words);
    if (!is_one || !says_no_more(part, keys) || !are_plain(title))
        return false;
    if (is_start(type)) {
        bool is_box = title.length && !is_contents; /* the contents are left out */
        size_t at =
            title.length ? (size_t)(title.bytes - includes->reader->source) - part->from : 0;
        if (is_box) /* the title stays where it stood: translators change it there */
            buffer_printf(&includes->words, ":::tab%*s%.*s", (int)(at - strlen(":::tab")), "",
                          TEXT_ARGUMENTS(title));
        text name = {arena_copy_c(includes->reader->arena, part->name), part->name.length};
        if (open == MOST_OPEN || !put(includes, part))
            return false;
        includes->open[open].name = name;
        includes->open[includes->open_count++].is_box = is_box;
        return true;
    }
    bool is_open = open && text_equal(includes->open[open - 1].name, part->name);
    if (is_end(type) && is_open && !title.length) {
        includes->open_count--;
        if (includes->open[open - 1].is_box)
            buffer_add_c(&includes->words, ":::");
        return put(includes, part);
    }
    bool is_mark = (text_equal_c(type, "middle") && is_open) || text_equal_c(type, "all");
    return is_mark && !title.length && put(includes, part);
}

/* Words and pictures */

/* HTML around all of the words, which a site's author wrote for the page: `<p>words</p>`. */
static text without_paragraph(text words)
{
    if (text_starts_with(words, TEXT("<p>")) && text_ends_with(words, TEXT("</p>")))
        words = text_trim(text_slice(words, 3, words.length - 4));
    return words;
}

/* A box or a quotation of one paragraph. The signs of boxes are Markua's (admonitions.c). */
static bool read_words(struct site_includes *includes, const struct part *part)
{
    static const struct {
        const char *name, *sign;
    } kinds[] = {{"note", "D> "},    {"info", "I> "},      {"tip", "T> "},       {"warning", "W> "},
                 {"caution", "W> "}, {"important", "!> "}, {"blockquote", "> "}, {"quote", "> "},
                 {"callout", "D> "}, {"alert", "D> "},     {"danger", "E> "},    {"error", "E> "}};
    static const char *const keys[] = {"content", "text", "type", NULL},
                             *const words_key[] = {"content", "text", NULL},
                             *const type_key[] = {"type", NULL};
    bool is_one = true;
    text words = without_paragraph(value_of(part, words_key, &is_one)),
         type = value_of(part, type_key, &is_one);
    const char *sign = NULL, *by_type = NULL;
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
        if (text_equal_c(part->name, kinds[i].name))
            sign = kinds[i].sign;
        if (text_equal_ignoring_case(type, text_from_c(kinds[i].name)))
            by_type = kinds[i].sign;
    }
    if (!sign || !is_one || words.length == 0 || (type.length && !by_type) ||
        !says_no_more(part, keys) || text_find_byte(words, '<', 0) != SIZE_MAX ||
        text_find_byte(words, '{', 0) != SIZE_MAX)
        return false;
    bool is_quotation = sign[0] == '>';
    buffer_clear(&includes->words);
    buffer_add_c(&includes->words, by_type && !is_quotation ? by_type : sign);
    buffer_add_text(&includes->words, words);
    return put(includes, part);
}

static bool read_picture(struct site_includes *includes, const struct part *part)
{
    static const char *const names[] = {"image", "figure", "img", "picture"};
    static const char
        *const keys[] = {"file",       "src", "path",    "url",       "image",
                         "image_path", "alt", "caption", "max-width", NULL},
               *const file_keys[] = {"file", "src", "path", "url", "image", "image_path", NULL},
               *const alt_key[] = {"alt", NULL}, *const caption_key[] = {"caption", NULL};
    bool is_one = true;
    text file = value_of(part, file_keys, &is_one), alt = value_of(part, alt_key, &is_one),
         caption = value_of(part, caption_key, &is_one);
    if (!TEXT_IS_AMONG(part->name, names) || !is_one || !says_no_more(part, keys) ||
        file.length == 0 || text_find_byte(file, ' ', 0) != SIZE_MAX || !are_plain(alt) ||
        !are_plain(file) || !are_plain(caption) || text_find_byte(alt, '"', 0) != SIZE_MAX)
        return false;
    buffer_clear(&includes->words);
    if (caption.length && alt.length)
        buffer_printf(&includes->words, "![%.*s](%.*s){alt=\"%.*s\"}", TEXT_ARGUMENTS(caption),
                      TEXT_ARGUMENTS(file), TEXT_ARGUMENTS(alt));
    else if (caption.length)
        return false; /* what it shows is said nowhere: it is told */
    else
        buffer_printf(&includes->words, "![%.*s](%.*s)", TEXT_ARGUMENTS(alt), TEXT_ARGUMENTS(file));
    return put(includes, part);
}

/* Words within a line */

/* `{% name %}` at the offset, or with "end" before the name: the offset behind it, or 0. */
static size_t plain_tag(text line, size_t at, text *name)
{
    enum { LONGEST = 60 };
    size_t end = text_find(text_slice(line, 0, at + LONGEST + 2), TEXT("%}"), at);
    if (end == SIZE_MAX)
        return 0;
    *name = text_trim(text_slice(line, at + 2, end));
    for (size_t i = 0; i < name->length; i++) {
        if (!text_is_ascii_letter(name->bytes[i]) && name->bytes[i] != '_')
            return 0;
    }
    return name->length ? end + 2 : 0;
}

/* Names whose words do not simply stay. */
static bool is_for_program(text name)
{
    static const char *const names[] = {
        "raw",    "comment", "if",    "unless", "for",    "case",    "block", "capture",   "liquid",
        "schema", "set",     "macro", "call",   "filter", "details", "style", "javascript"};
    return TEXT_IS_AMONG(name, names);
}

/* The words between two tags of the line up to `to` move to where the first of them stood, and what
   is left over is a comment at the end. The offset up to which it is read. */
static size_t read_word_pair(struct reader *reader, size_t to, size_t at)
{
    text line = text_slice(reader_source(reader), 0, to), name, closing;
    size_t words = plain_tag(line, at, &name);
    if (words == 0 || is_for_program(name))
        return at + 1;
    size_t end = text_find(line, TEXT("{%"), words);
    size_t behind = end == SIZE_MAX ? 0 : plain_tag(line, end, &closing);
    if (behind == 0 || !text_starts_with(closing, TEXT("end")) ||
        !text_equal(text_slice(closing, 3, closing.length), name))
        return words;
    char *source = reader->source;
    size_t length = end - words, rest = to - behind;
    notation_report(reader, NOTATION_LIQUID_WORDS, reader_span(reader, at, words));
    memmove(source + at, source + words, length);
    memmove(source + at + length, source + behind, rest);
    line_hide(source + at + length + rest, to - at - length - rest);
    return at + length;
}

static void read_word_pairs(struct reader *reader, const struct source_lines *lines)
{
    if (text_find(lines->line, TEXT("{% end"), 0) == SIZE_MAX)
        return;
    for (size_t at = lines->from; at < lines->to;) {
        size_t behind = code_lines_skip(&lines->code, lines->source, lines->to, at);
        if (behind > at)
            at = behind;
        else if (text_starts_with(text_slice(lines->source, at, lines->to), TEXT("{% ")))
            at = read_word_pair(reader, lines->to, at);
        else
            at++;
    }
}

/* Whether blank lines stand above and below, so that it is a block of its own. */
static bool is_apart(text source, size_t body, const struct source_lines *lines)
{
    size_t above = lines->from, below = lines->to;
    if (above > body) /* before the end of the line above; nothing stands above the body */
        for (above--; above && source.bytes[above - 1] != '\n';)
            above--;
    size_t end = below < source.length ? text_find_byte(source, '\n', below + 1) : source.length;
    return text_is_blank(text_slice(source, above, lines->from)) &&
           text_is_blank(text_slice(source, below, end == SIZE_MAX ? source.length : end));
}

void read_site_liquid(struct reader *reader)
{
    static const char *const signs[] = {"{% include", "{% end"};
    if (!TEXT_HOLDS_ANY(reader_body(reader), signs))
        return;
    struct site_includes *includes = ARENA_NEW(reader->arena, struct site_includes);
    includes->reader = reader;
    buffer_init(&includes->words, LIMIT_WORDS_BYTES);
    struct source_lines lines =
        SOURCE_LINES(reader_source(reader), reader->body, CODE_AND_BLOCKS_BEGIN);
    while (source_lines_next(&lines)) {
        text line = text_trim(lines.line);
        size_t indent = (size_t)(line.bytes - lines.line.bytes);
        struct part part;
        if (lines.kind != LINE_WORDS || lines.code.words > lines.from)
            continue;
        read_word_pairs(reader, &lines);
        if (indent > 3 || line.length > LONGEST_TAG ||
            !text_starts_with(line, TEXT("{% include")) ||
            text_find(line, TEXT("%}"), 0) + 2 != line.length || !read_part(line, &part))
            continue;
        part.from = lines.from + indent;
        part.to = part.from + line.length;
        if (!read_pair(includes, &part) && is_apart(reader_source(reader), reader->body, &lines) &&
            !reader->document->keeps_units && !read_words(includes, &part))
            read_picture(includes, &part);
    }
    buffer_release(&includes->words);
}

/* Values that a program fills in: `{{ page.title }}` of Jekyll, `{{< meta title >}}` and
   `{{< var name >}}` of Quarto, `{{ name }}` of MyST. They are read from the front matter and from
   the project's own files beside the article or above it, up to the folder that is granted; one
   that stands nowhere, or is more than words, is told (see notations_signs.c). */
#include "read/values.h"
#include "base/limits.h"
#include "read/dialect.h"
#include "read/front.h"
#include "read/html_tokens.h"

#include <cmark-gfm/node.h>

#include <string.h>

enum {
    LONGEST = 500,      /* bytes, of all between the braces */
    LONGEST_WORDS = 400 /* of a value, which may be asked for again and again */
};

/* The value at a path "a.b" of keys; NULL: none. */
static const struct yaml_value *find(const struct yaml_value *top, text path)
{
    while (top && path.length) {
        text key;
        text_cut(path, '.', &key, &path);
        top = top->kind == YAML_MAPPING ? yaml_find(top, key) : NULL;
    }
    return top;
}

/* The words without tags of HTML that only say how they look; empty where others stand. */
static text without_looks(struct arena *arena, text value)
{
    static const char *const looks[] = {"span", "strong", "b", "em", "i", "small", "mark"};
    char *words = arena_copy_c(arena, value);
    size_t length = 0;
    struct html_token token;
    for (size_t at = 0; html_next(value, &at, &token);) {
        bool is_words = token.kind == HTML_WORDS;
        if (!is_words && !TEXT_IS_AMONG(token.name, looks))
            return TEXT_EMPTY;
        for (size_t i = token.from; is_words && i < token.to; i++)
            words[length++] = value.bytes[i];
    }
    return (text){words, length};
}

/* The words of a value that nothing needs to be read in. */
static text words_of(struct reader *reader, const struct yaml_value *value)
{
    if (!value || value->kind != YAML_SCALAR || front_is_null(value) ||
        value->scalar.length > LONGEST_WORDS)
        return TEXT_EMPTY;
    text words = text_find_byte(value->scalar, '<', 0) == SIZE_MAX
                     ? value->scalar
                     : without_looks(reader->arena, value->scalar);
    bool is_words = !front_holds_markup(words) && text_find_byte(words, '{', 0) == SIZE_MAX;
    return is_words ? text_trim(words) : TEXT_EMPTY;
}

/* The values of a file of the project, which is read once. */
static const struct yaml_value *values_of_file(struct reader *reader, const char *name,
                                               struct site_values *kept)
{
    if (!kept->is_read) {
        struct site_file file = document_read_from_root(
            reader->document, arena_printf(reader->arena, "/%s", name), LIMIT_SETTINGS_BYTES);
        const char *why;
        struct yaml_place place;
        kept->is_read = true;
        kept->place = file.place;
        kept->bytes = file.bytes;
        if (file.status == FILE_OK && file.other.length == 0 &&
            text_find_invalid_utf8(file.bytes) == SIZE_MAX)
            kept->top = yaml_read(reader->arena, file.bytes, &why, &place);
    }
    return kept->top;
}

const struct yaml_value *value_of_file(struct reader *reader, const char *name,
                                       struct site_values *kept, text path)
{
    return find(values_of_file(reader, name, kept), path);
}

static text behind(text words, const char *start)
{
    text prefix = text_from_c(start);
    return text_starts_with(words, prefix)
               ? text_trim(text_slice(words, prefix.length, words.length))
               : TEXT_EMPTY;
}

static bool is_path(text words)
{
    for (size_t i = 0; i < words.length; i++) {
        char c = words.bytes[i];
        if (!text_is_ascii_letter(c) && !byte_is_digit(c) && !strchr("._-", c))
            return false;
    }
    return words.length > 0;
}

/* What stands between `{{` and `}}`. */
static text value_of_braces(struct reader *reader, text inside)
{
    text page = behind(inside, "page."), site = behind(inside, "site.");
    if (!is_path(inside))
        return TEXT_EMPTY;
    if (page.length)
        return words_of(reader, find(reader->front_values, page));
    if (site.length)
        return words_of(reader,
                        find(values_of_file(reader, "_config.yml", &reader->site_config), site));
    text words = words_of(reader, find(find(reader->front_values, TEXT("substitutions")), inside));
    return words.length
               ? words
               : words_of(reader,
                          find(find(reader->front_values, TEXT("myst.substitutions")), inside));
}

/* Quarto reads more values from the files that `metadata-files` names. */
static text value_of_other_files(struct reader *reader, text path)
{
    enum { MOST = sizeof reader->metadata_files / sizeof *reader->metadata_files };
    const struct yaml_value *names = find(reader->front_values, TEXT("metadata-files"));
    const struct yaml_value *name = names && names->kind == YAML_SEQUENCE ? names->first : NULL;
    text words = TEXT_EMPTY;
    for (size_t i = 0; name && i < MOST && words.length == 0; i++, name = name->next) {
        if (name->kind == YAML_SCALAR)
            words = words_of(reader,
                             find(values_of_file(reader, arena_copy_c(reader->arena, name->scalar),
                                                 &reader->metadata_files[i]),
                                  path));
    }
    return words;
}

/* What stands between `{{<` and `>}}`. */
static text value_of_shortcode(struct reader *reader, text inside)
{
    text meta = behind(inside, "meta "), variable = behind(inside, "var ");
    if (is_path(meta)) {
        text words = words_of(reader, find(reader->front_values, meta));
        return words.length ? words : value_of_other_files(reader, meta);
    }
    if (is_path(variable))
        return words_of(
            reader,
            find(values_of_file(reader, "_variables.yml", &reader->site_variables), variable));
    return TEXT_EMPTY;
}

static text value_of_tag(struct reader *reader, text inside)
{
    (void)reader, (void)inside;
    return TEXT_EMPTY; /* a tag names no value */
}

static const struct {
    const char *open, *close;
    text (*read)(struct reader *reader, text inside);
    enum template_form form;
} forms[] = {
    {"{{<", ">}}", value_of_shortcode, TEMPLATE_SHORTCODE},
    {"{{", "}}", value_of_braces, TEMPLATE_BRACES},
    {"{%", "%}", value_of_tag, TEMPLATE_TAG},
};

static bool is_blank(char c)
{
    return c == ' ' || c == '\t';
}

/* A tag in lines of its own may stand for a part of a page: it is words within words, or in an item
   of a list. */
static bool is_within_words(const cmark_node *block, text content, size_t at, size_t end)
{
    while (at && is_blank(content.bytes[at - 1]))
        at--;
    while (end < content.length && is_blank(content.bytes[end]))
        end++;
    bool begins = at == 0 || content.bytes[at - 1] == '\n';
    bool ends = end == content.length || content.bytes[end] == '\n';
    return !begins || !ends || (block->parent && block->parent->type == CMARK_NODE_ITEM);
}

static cmark_node *match(cmark_syntax_extension *extension, cmark_parser *parser,
                         cmark_node *parent, unsigned char character,
                         cmark_inline_parser *inline_parser)
{
    if (character != '{')
        return NULL;
    struct dialect *dialect = cmark_syntax_extension_get_private(extension);
    text content = inline_content(inline_parser);
    size_t at = (size_t)cmark_inline_parser_get_offset(inline_parser), i = 0;
    if (at && content.bytes[at - 1] == '{')
        return NULL; /* {{{< x >}}} is how Quarto shows a shortcode */
    text rest = text_slice(content, at, at + LONGEST);
    while (i < sizeof forms / sizeof *forms && !text_starts_with(rest, text_from_c(forms[i].open)))
        i++;
    if (i == sizeof forms / sizeof *forms)
        return NULL;
    size_t from = strlen(forms[i].open), end = text_find(rest, text_from_c(forms[i].close), from);
    if (end == SIZE_MAX)
        return NULL;
    struct arena *arena = dialect->reader->arena;
    text inside = text_trim(text_slice(rest, from, end)), address = TEXT_EMPTY;
    text words = forms[i].read(dialect->reader, inside);
    end = at + end + strlen(forms[i].close);
    bool is_known = words.length || (forms[i].form == TEMPLATE_SHORTCODE &&
                                     video_find(arena, inside, &words, &address));
    bool may_be_words = forms[i].form != TEMPLATE_TAG || is_within_words(parent, content, at, end);
    if (!is_known &&
        !(may_be_words && template_words_find(forms[i].form, inside, &words, &address)))
        return NULL;
    struct mark *mark = mark_new(dialect, MARK_WORDS);
    mark->is_guessed = !is_known;
    mark->meaning = arena_copy(arena, address);
    mark->offset = at;
    mark->end = end;
    mark->label = arena_copy(arena, words);
    return mark_take_inline(parser, inline_parser, mark);
}

cmark_syntax_extension *values_extension(void)
{
    cmark_syntax_extension *extension = cmark_syntax_extension_new("values");
    inline_extension(extension, match, "{");
    return extension;
}

void values_enter(struct builder *builder, const struct mark *mark)
{
    struct span span = places_span(&builder->places, mark->offset, mark->end);
    if (mark->is_guessed)
        notation_report(builder->reader, NOTATION_TEMPLATE_WORDS, span);
    if (mark->meaning.length && builder->link_depth) /* its words would lead elsewhere */
        notation_report(builder->reader, NOTATION_SHORTCODE, span);
    if (mark->meaning.length == 0 || builder->link_depth) {
        build_add_characters(builder, mark->label, span);
        return;
    }
    build_end_text(builder);
    struct node *link = build_add(builder, NODE_LINK, span);
    link->link.url = mark->meaning;
    node_append(link, node_new_text(builder->reader->arena, mark->label, span));
    builder->last_character = 'a';
}

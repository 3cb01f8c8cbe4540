/* Emoji by name: `:warning:` is the character that the table has for it. Icons are drawings of a
   site's own (`:material-check:`). One that stands before words, at the beginning of a line or a
   link, adds nothing to them and is left out; elsewhere the text may need it ("press
   :material-printer:"), and its name stands for it. Both are told. Other names are told where they
   stand (see notations_signs.c). */
#include "read/emoji.h"

#include "read/notations.h"

#include <string.h>

static const struct {
    const char *name, *characters;
} table[] = {
#define EMOJI(name, characters) {name, characters},
#include "read/emoji.def"
#undef EMOJI
};

enum { EMOJI_COUNT = sizeof table / sizeof *table, LONGEST_NAME = 40 };

static bool is_of_name(char c)
{
    return (c >= 'a' && c <= 'z') || byte_is_digit(c) || c == '_' || c == '+' || c == '-';
}

static const char *find(text name)
{
    size_t low = 0, high = EMOJI_COUNT;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        int order = text_compare(name, text_from_c(table[middle].name));
        if (order == 0)
            return table[middle].characters;
        if (order < 0)
            high = middle;
        else
            low = middle + 1;
    }
    return NULL;
}

/* `material-home-outline`: the name without the set that it is of; empty: it is no icon. */
static text icon_words(text name)
{
    static const char *const sets[] = {"material-",
                                       "octicons-",
                                       "simple-",
                                       "lucide-",
                                       "fontawesome-solid-",
                                       "fontawesome-regular-",
                                       "fontawesome-brands-",
                                       "fontawesome-"};
    for (size_t i = 0; i < sizeof sets / sizeof *sets; i++) {
        if (text_starts_with(name, text_from_c(sets[i])))
            return text_slice(name, strlen(sets[i]), name.length);
    }
    return TEXT_EMPTY;
}

/* How the name is read: "home", without what says how it is drawn or how large. */
static text icon_name(struct arena *arena, text words)
{
    static const char *const looks[] = {"-outline", "-12", "-16", "-24"};
    for (size_t i = 0; i < sizeof looks / sizeof *looks; i++) {
        if (text_ends_with(words, text_from_c(looks[i])))
            words = text_slice(words, 0, words.length - strlen(looks[i]));
    }
    char *name = arena_copy_c(arena, words);
    for (size_t i = 0; i < words.length; i++)
        name[i] = name[i] == '-' || name[i] == '_' ? ' ' : name[i];
    return (text){name, words.length};
}

text icon_named(struct arena *arena, text name)
{
    text words = icon_words(name);
    return words.length ? icon_name(arena, words) : TEXT_EMPTY;
}

/* Yes or no, a state, a direction: what the words behind it may not say themselves. */
static bool says_something(text words)
{
    static const char *const parts[] = {
        "alert",   "arrow",    "ban",   "block",    "cancel", "check",  "checkbox",    "checked",
        "close",   "closed",   "cross", "disabled", "down",   "equal",  "exclamation", "help",
        "minus",   "multiply", "no",    "not",      "off",    "plus",   "prohibited",  "question",
        "remove",  "slash",    "star",  "stop",     "thumb",  "thumbs", "times",       "up",
        "warning", "x",        "xmark", "yes"};
    if (text_find(words, TEXT("brands"), 0) != SIZE_MAX ||
        text_find(words, TEXT("twitter"), 0) != SIZE_MAX)
        return false;
    for (size_t from = 0; from < words.length;) {
        size_t end = text_find_byte(words, '-', from);
        end = end == SIZE_MAX ? words.length : end;
        if (TEXT_IS_AMONG(text_slice(words, from, end), parts))
            return true;
        from = end + 1;
    }
    return false;
}

/* In a line that goes on with a sentence it is a word of that (press⏎:material-printer: twice). */
static bool stands_before_words(text content, size_t at, size_t end)
{
    size_t from = at, to = end;
    while (from && strchr(" \t\n*_", content.bytes[from - 1]))
        from--;
    while (to < content.length && strchr(" \t\n", content.bytes[to]))
        to++;
    bool begins = from == 0 || strchr("[|>", content.bytes[from - 1]);
    return begins && to > end && to < content.length && content.bytes[to] != '|';
}

static cmark_node *take_icon(struct dialect *dialect, cmark_parser *parser,
                             cmark_inline_parser *inline_parser, size_t at, size_t end)
{
    text content = inline_content(inline_parser);
    text words = icon_words(text_slice(content, at + 1, end - 1));
    if (words.length == 0)
        return NULL;
    bool is_left_out = stands_before_words(content, at, end);
    if (is_left_out && says_something(words))
        return NULL; /* is told: see notations_signs.c */
    struct mark *mark = mark_new(dialect, MARK_ICON);
    mark->offset = at;
    mark->end = end + is_left_out; /* with the space behind it */
    if (!is_left_out)
        mark->label = icon_name(dialect->reader->arena, words);
    return mark_take_inline(parser, inline_parser, mark);
}

void icon_enter(struct builder *builder, const struct mark *mark)
{
    struct span span = places_span(&builder->places, mark->offset, mark->end);
    if (builder->image_depth == 0)
        notation_report(builder->reader, NOTATION_ICON, span);
    build_add_characters(builder, mark->label, span);
}

/* `:name:` of the table at the offset: people set one emoji right behind another. */
static bool begins_emoji(text content, size_t at)
{
    size_t end = at + 1;
    while (end < content.length && end - at <= LONGEST_NAME && is_of_name(content.bytes[end]))
        end++;
    return at < content.length && content.bytes[at] == ':' && end < content.length &&
           content.bytes[end] == ':' && find(text_slice(content, at + 1, end));
}

/* The same before the offset. */
static bool ends_emoji(text content, size_t at)
{
    size_t from = at - 1;
    while (from && at - from <= LONGEST_NAME && is_of_name(content.bytes[from - 1]))
        from--;
    return from && begins_emoji(content, from - 1);
}

/* Not within a word, nor before code, which is a role. */
static cmark_node *match(cmark_syntax_extension *extension, cmark_parser *parser,
                         cmark_node *parent, unsigned char character,
                         cmark_inline_parser *inline_parser)
{
    (void)parent;
    if (character != ':')
        return NULL;
    text content = inline_content(inline_parser);
    size_t at = (size_t)cmark_inline_parser_get_offset(inline_parser), end = at + 1;
    while (end < content.length && end - at <= LONGEST_NAME && is_of_name(content.bytes[end]))
        end++;
    char before = at ? content.bytes[at - 1] : ' ';
    char after = end + 1 < content.length ? content.bytes[end + 1] : ' ';
    if (end == content.length || content.bytes[end] != ':' || scan_is_word(before) ||
        scan_is_word(after) || (before == ':' && !ends_emoji(content, at)) ||
        (after == ':' && !begins_emoji(content, end + 1)) || after == '`')
        return NULL;
    struct dialect *dialect = cmark_syntax_extension_get_private(extension);
    const char *found = find(text_slice(content, at + 1, end));
    if (!found)
        return take_icon(dialect, parser, inline_parser, at, end + 1);
    struct mark *mark = mark_new(dialect, MARK_EMOJI);
    mark->offset = at;
    mark->end = end + 1;
    mark->label = text_from_c(found);
    mark->meaning = arena_copy(dialect->reader->arena, text_slice(content, at + 1, end));
    return mark_take_inline(parser, inline_parser, mark);
}

cmark_syntax_extension *emoji_extension(void)
{
    cmark_syntax_extension *extension = cmark_syntax_extension_new("emoji");
    inline_extension(extension, match, ":");
    return extension;
}

/* A node of its own: links may lead to a heading by its name. */
void emoji_enter(struct builder *builder, const struct mark *mark)
{
    build_end_text(builder);
    build_add_characters(builder, mark->label,
                         places_span(&builder->places, mark->offset, mark->end));
    build_end_text(builder);
    struct node *last = builder->into->last_child;
    if (last && last->kind == NODE_TEXT)
        last->characters.emoji = mark->meaning;
}

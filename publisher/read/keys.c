/* Keys of a keyboard as pymdownx.keys of MkDocs has them: `++ctrl+alt+del++`, `++ctrl+"Ä"++`. All
   that stands between the signs must be names of keys (keys.def), letters, digits or what is in
   quotation marks, and one of them must be nothing but a key (Ctrl, F1): others write inserted
   words so (`++less++ sugar`), or sums (`++i++`), and what is no row of keys is told where it
   stands (see notations_signs.c). Names may begin with capitals, as in the extension's
   `camel_case`. */
#include "read/keys.h"

#include "read/dialect.h"
#include "read/notations.h"

/* How sure it is that a name is one of a key. */
enum sureness {
    KEY_MAYBE,  /* beside one that is */
    KEY_BESIDE, /* beside any other */
    KEY_SURE,
};

static const struct {
    const char *name, *shown;
    enum sureness sureness;
} table[] = {
#define KEY(name, shown)          {name, shown, KEY_SURE},
#define KEY_MODIFIER(name, shown) {name, shown, KEY_BESIDE},
#define KEY_WORD(name, shown)     {name, shown, KEY_MAYBE},
#include "read/keys.def"
#undef KEY
#undef KEY_MODIFIER
#undef KEY_WORD
};

enum { KEYS = sizeof table / sizeof *table, LONGEST_NAME = 40, LONGEST_ROW = 200, LAST_F_KEY = 24 };

static bool is_of_name(char c)
{
    return text_is_ascii_alphanumeric(c) || c == '-';
}

static bool is_small(char c)
{
    return c >= 'a' && c <= 'z';
}

static char byte_at(text content, size_t at)
{
    return at < content.length ? content.bytes[at] : '\0';
}

/* F1 to F24, letters and digits stand for themselves, in capitals. */
static bool is_plain(text name)
{
    unsigned number = 0;
    if (name.length == 1)
        return text_is_ascii_alphanumeric(name.bytes[0]);
    if (name.length > 3 || (name.bytes[0] != 'f' && name.bytes[0] != 'F') || name.bytes[1] == '0')
        return false;
    for (size_t i = 1; i < name.length; i++) {
        if (!byte_is_digit(name.bytes[i]))
            return false;
        number = number * 10 + (unsigned)(name.bytes[i] - '0');
    }
    return number >= 1 && number <= LAST_F_KEY;
}

/* What is shown for the name; empty: it is none of a key. `PageUp` is `page-up`. */
static text shown_of(struct arena *arena, text name, enum sureness *sureness)
{
    char plain[2 * LONGEST_NAME];
    size_t length = 0;
    bool was_small = false;
    *sureness = KEY_MAYBE;
    if (name.length == 0 || name.length > LONGEST_NAME)
        return TEXT_EMPTY;
    if (is_plain(name)) {
        char *shown = arena_copy_c(arena, name);
        *sureness = name.length > 1 ? KEY_SURE : KEY_MAYBE;
        shown[0] = is_small(shown[0]) ? (char)(shown[0] - 'a' + 'A') : shown[0];
        return (text){shown, name.length};
    }
    for (size_t i = 0; i < name.length; i++) {
        char c = name.bytes[i];
        bool is_capital = c >= 'A' && c <= 'Z';
        if (is_capital && was_small)
            plain[length++] = '-';
        was_small = is_small(c);
        plain[length++] = is_capital ? (char)(c - 'A' + 'a') : c;
    }
    for (size_t i = 0; i < KEYS; i++) {
        if (text_equal((text){plain, length}, text_from_c(table[i].name))) {
            *sureness = table[i].sureness;
            return text_from_c(table[i].shown);
        }
    }
    return TEXT_EMPTY;
}

/* The offset behind the key at the offset, and what is shown for it; 0: none is there. */
static size_t past_key(struct arena *arena, text content, size_t at, text *shown,
                       enum sureness *sureness)
{
    static const char *const templates[] = {"{{", "{%", "{<"};
    size_t end = at;
    *sureness = KEY_MAYBE;
    if (byte_at(content, at) == '"') {
        /* entities and escapes in it are not the extension's own words: they are left to be told */
        for (end++; end < at + LONGEST_ROW && byte_at(content, end) != '"'; end++) {
            unsigned char c = (unsigned char)byte_at(content, end);
            if (c < ' ' || c == '&' || c == '\\' || c == 0x7F)
                return 0;
        }
        *shown = text_trim(text_slice(content, at + 1, end));
        return byte_at(content, end) == '"' && shown->length && !TEXT_HOLDS_ANY(*shown, templates)
                   ? end + 1
                   : 0;
    }
    while (end < at + LONGEST_NAME && is_of_name(byte_at(content, end)))
        end++;
    *shown = shown_of(arena, text_slice(content, at, end), sureness);
    return shown->length ? end : 0;
}

/* The offset behind the last key of the row, or 0. */
static size_t past_row(struct arena *arena, text content, size_t at)
{
    size_t from = at, end;
    text shown;
    enum sureness sureness, surest = KEY_MAYBE;
    while ((end = past_key(arena, content, from, &shown, &sureness)) != 0 &&
           end < at + LONGEST_ROW) {
        surest = sureness > surest ? sureness : surest;
        if (byte_at(content, end) != '+')
            return 0;
        if (byte_at(content, end + 1) == '+')
            return surest == KEY_SURE || (surest == KEY_BESIDE && from > at) ? end : 0;
        from = end + 1;
    }
    return 0;
}

/* What stands before the offset, back to the last space, may be an address. */
static bool is_in_address(text content, size_t at)
{
    static const char *const signs[] = {"/", "www."};
    size_t from = at;
    while (from && at - from < LONGEST_ROW && !strchr(" \t\n", content.bytes[from - 1]))
        from--;
    return TEXT_HOLDS_ANY(text_slice(content, from, at), signs);
}

static cmark_node *match(cmark_syntax_extension *extension, cmark_parser *parser,
                         cmark_node *parent, unsigned char character,
                         cmark_inline_parser *inline_parser)
{
    (void)parent;
    text content = inline_content(inline_parser);
    size_t at = (size_t)cmark_inline_parser_get_offset(inline_parser);
    char before = at ? content.bytes[at - 1] : ' ';
    if (character != '+' || byte_at(content, at + 1) != '+' || before == '+' || before == '{' ||
        text_is_ascii_alphanumeric(before)) /* {++x++} is an editor's */
        return NULL;
    struct dialect *dialect = cmark_syntax_extension_get_private(extension);
    size_t end = past_row(dialect->reader->arena, content, at + 2);
    char after = byte_at(content, end + 2);
    if (end == 0 || after == '+' || text_is_ascii_alphanumeric(after) || is_in_address(content, at))
        return NULL;
    struct mark *mark = mark_new(dialect, MARK_KEYS);
    mark->offset = at;
    mark->end = end + 2;
    mark->label = arena_copy(dialect->reader->arena, text_slice(content, at + 2, end));
    return mark_take_inline(parser, inline_parser, mark);
}

cmark_syntax_extension *keys_extension(void)
{
    cmark_syntax_extension *extension = cmark_syntax_extension_new("keys");
    inline_extension(extension, match, "+");
    return extension;
}

void keys_enter(struct builder *builder, const struct mark *mark)
{
    struct arena *arena = builder->reader->arena;
    text keys = mark->label, shown;
    enum sureness sureness;
    for (size_t at = 0, end; at < keys.length; at = end + 1) {
        end = past_key(arena, keys, at, &shown, &sureness);
        if (end == 0)
            break;
        struct span span =
            places_span(&builder->places, mark->offset + 2 + at, mark->offset + 2 + end);
        if (at)
            build_add_characters(builder, TEXT("+"), span);
        if (builder->image_depth) { /* an alternative text is just words */
            build_add_characters(builder, shown, span);
            continue;
        }
        build_end_text(builder);
        struct node *key = build_add(builder, NODE_KEYBOARD, span);
        if (build_count(builder, span))
            node_append(key, node_new_text(arena, shown, span));
        builder->last_character = 'a';
    }
}

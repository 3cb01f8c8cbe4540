/* Joins the tree of an output into tokens: affixes and delimiters, quotes within quotes, signs that
   meet, looks that turn over. */
#include "csl/output.h"

#include <string.h>
#include <unicode/uchar.h>
#include <unicode/unorm2.h>

enum { OUTPUT_DEPTH = 200 };

struct piece {
    struct csl_token token;
    bool is_affix, is_close_quote;
};

struct joiner {
    struct arena *arena;
    const struct locale *locale;
    struct piece *pieces;
    size_t count, capacity;
    unsigned depth;
    uint8_t quotes; /* that are open: 0 none, 1 outer, 2 inner */
};

struct looks {
    uint8_t style, weight, variant, decoration, vertical; /* 0: plain */
};

static struct piece *add_piece(struct joiner *joiner, struct csl_token token)
{
    ARENA_GROW(joiner->arena, joiner->pieces, joiner->count, joiner->capacity);
    struct piece *piece = &joiner->pieces[joiner->count++];
    *piece = (struct piece){.token = token};
    return piece;
}

/* The index of the last text at or before `from`, exclusive; SIZE_MAX: none. */
static size_t last_text(const struct joiner *joiner, size_t from)
{
    while (from-- > 0)
        if (joiner->pieces[from].token.kind == CSL_TEXT && joiner->pieces[from].token.text.length)
            return from;
    return SIZE_MAX;
}

/* What becomes of a sign after another: 1 the first stays, 2 the second stays, 3 both. */
static int meeting_of(char before, char after)
{
    static const char signs[] = ":.;!?,";
    static const char meetings[6][7] = {
        /*     : . ; ! ? , */
        [0] = "113223", /* : */
        [1] = "313333", /* . */
        [2] = "111223", /* ; */
        [3] = "113133", /* ! */
        [4] = "113313", /* ? */
        [5] = "333331", /* , */
    };
    const char *a = before ? strchr(signs, before) : NULL, *b = after ? strchr(signs, after) : NULL;
    return a && b ? meetings[a - signs][b - signs] - '0' : 3;
}

static char last_byte(text t)
{
    return t.length ? t.bytes[t.length - 1] : 0;
}

/* A sign after a closing quote goes before it, where the language wants that. True: it is placed.
 */
static bool move_into_quotes(struct joiner *joiner, size_t quote, char sign, bool is_affix)
{
    if (!joiner->locale->punctuation_in_quote || !strchr(".,!?", sign))
        return false;
    size_t place = quote, before = quote;
    do {
        place = before;
        before = last_text(joiner, before);
    } while (before != SIZE_MAX && joiner->pieces[before].is_close_quote);
    if (before == SIZE_MAX)
        return false;
    text *inside = &joiner->pieces[before].token.text;
    int meeting = meeting_of(last_byte(*inside), sign);
    if (meeting == 1)
        return true;
    if (meeting == 2)
        inside->length--;
    add_piece(joiner, (struct csl_token){.kind = CSL_TEXT});
    struct piece moved = {.is_affix = is_affix};
    moved.token.text = arena_copy(joiner->arena, (text){&sign, 1});
    memmove(&joiner->pieces[place + 1], &joiner->pieces[place],
            (joiner->count - 1 - place) * sizeof moved);
    joiner->pieces[place] = moved;
    return true;
}

/* A full stop inside quotes meets one outside, where the language wants them outside. */
static bool stop_is_inside(const struct joiner *joiner, size_t quote, char sign)
{
    size_t before = last_text(joiner, quote);
    if (before == SIZE_MAX || (sign != '.' && sign != ':'))
        return false;
    char inside = last_byte(joiner->pieces[before].token.text);
    return (inside == '.' && sign == '.') || inside == '!' || inside == '?';
}

static void put(struct joiner *joiner, text t, bool is_affix)
{
    while (t.length) {
        size_t last = last_text(joiner, joiner->count);
        if (last == SIZE_MAX)
            break;
        struct piece *piece = &joiner->pieces[last];
        char first = t.bytes[0], before = last_byte(piece->token.text);
        bool drops = false;
        if (piece->is_close_quote && is_affix) {
            drops = move_into_quotes(joiner, last, first, is_affix) ||
                    stop_is_inside(joiner, last, first);
        } else if (is_affix || piece->is_affix) {
            int meeting = meeting_of(before, first);
            drops = meeting == 1 || (first == ' ' && before == ' ');
            if (meeting == 2) {
                piece->token.text.length--;
                continue;
            }
        }
        if (!drops)
            break;
        t = text_slice(t, 1, t.length);
    }
    if (t.length)
        add_piece(joiner, (struct csl_token){.kind = CSL_TEXT, .text = t})->is_affix = is_affix;
}

static void put_characters(struct joiner *joiner, const struct output *output, struct looks looks);
/* Affixes and literals of a style may have markup too. */
static void join(struct joiner *joiner, const struct output *output, struct looks looks);

static void put_affix(struct joiner *joiner, text t, struct looks looks)
{
    if (!t.length)
        return;
    if (text_find_byte(t, '<', 0) == SIZE_MAX) { /* quotes are as the style has them */
        struct output affix = {.characters = t, .is_affix = true};
        put_characters(joiner, &affix, looks);
        return;
    }
    struct output *affix = rich_read(joiner->arena, joiner->locale, t);
    output_mark_affix(affix);
    join(joiner, affix, looks);
}

static enum csl_look plain_of(enum csl_look look)
{
    switch (look) {
    case CSL_ITALIC:
    case CSL_OBLIQUE:
        return CSL_UPRIGHT;
    case CSL_BOLD:
    case CSL_LIGHT:
        return CSL_MEDIUM;
    case CSL_SMALL_CAPITALS:
        return CSL_PLAIN_CAPITALS;
    case CSL_UNDERLINED:
        return CSL_NOT_UNDERLINED;
    default:
        return CSL_ON_BASELINE;
    }
}

/* Opens a look unless it is there already; true where something was opened. */
static bool open_look(struct joiner *joiner, enum csl_look look, uint8_t *now, bool turns)
{
    if (look == CSL_LOOK_NONE)
        return false;
    bool is_plain = look == plain_of(look) || look == CSL_UPRIGHT || look == CSL_MEDIUM ||
                    look == CSL_PLAIN_CAPITALS || look == CSL_NOT_UNDERLINED;
    if (turns && *now == look) {
        look = plain_of(look);
        is_plain = true;
    }
    if (is_plain ? *now == 0 : *now == look)
        return false;
    *now = is_plain ? 0 : (uint8_t)look;
    add_piece(joiner, (struct csl_token){.kind = CSL_OPEN, .look = look});
    return true;
}

static void close_look(struct joiner *joiner, enum csl_look look)
{
    add_piece(joiner, (struct csl_token){.kind = CSL_CLOSE, .look = look});
}

static uint8_t *place_of(struct looks *looks, enum csl_look look)
{
    return look >= CSL_ITALIC && look <= CSL_UPRIGHT                  ? &looks->style
           : look >= CSL_BOLD && look <= CSL_MEDIUM                   ? &looks->weight
           : look >= CSL_SMALL_CAPITALS && look <= CSL_PLAIN_CAPITALS ? &looks->variant
           : look >= CSL_UNDERLINED && look <= CSL_NOT_UNDERLINED     ? &looks->decoration
                                                                      : &looks->vertical;
}

/* What a raised letter is the raised form of; returns how many units, 0: it is none. */
static int32_t raised_of(uint32_t c, UChar units[8])
{
    static const UChar others[][2] = {/* that Unicode does not decompose */
                                      {0x2C0, 0x294},
                                      {0x2C1, 0x295},
                                      {0x6E5, 0x648},
                                      {0x6E6, 0x64A}};
    for (size_t i = 0; i < sizeof others / sizeof *others; i++) {
        units[0] = others[i][1];
        if (c == others[i][0])
            return 1;
    }
    if (u_getIntPropertyValue((UChar32)c, UCHAR_DECOMPOSITION_TYPE) != U_DT_SUPER)
        return 0;
    UErrorCode error = U_ZERO_ERROR;
    int32_t count =
        unorm2_getRawDecomposition(unorm2_getNFKDInstance(&error), (UChar32)c, units, 8, &error);
    return U_FAILURE(error) ? 0 : count;
}

/* Letters that Unicode has raised become letters that are raised by their look: any font has them.
 */
static void put_characters(struct joiner *joiner, const struct output *output, struct looks looks)
{
    text t = output->characters;
    size_t plain = 0;
    for (size_t at = 0, next = 0; at < t.length; at = next) {
        uint32_t c = text_next(t, &next);
        if (c < 0x80 || looks.vertical)
            continue;
        UChar units[8];
        int32_t count = raised_of(c, units);
        if (count <= 0)
            continue;
        put(joiner, text_slice(t, plain, at), output->is_affix);
        char bytes[8 * 4];
        size_t length = 0;
        for (int32_t i = 0; i < count; i++)
            length += text_encode(units[i], bytes + length);
        add_piece(joiner, (struct csl_token){.kind = CSL_OPEN, .look = CSL_SUPERSCRIPT});
        put(joiner, arena_copy(joiner->arena, (text){bytes, length}), false);
        close_look(joiner, CSL_SUPERSCRIPT);
        plain = next;
    }
    put(joiner, text_slice(t, plain, t.length), output->is_affix);
}

static void join_children(struct joiner *joiner, const struct output *output, struct looks looks)
{
    put_characters(joiner, output, looks);
    bool is_first = true;
    for (const struct output *child = output->first; child; child = child->next) {
        if (output_is_empty(child))
            continue;
        if (!is_first)
            put_affix(joiner, output->delimiter, looks);
        is_first = false;
        join(joiner, child, looks);
    }
}

static void put_quote(struct joiner *joiner, bool opens, bool is_inner)
{
    const struct locale *locale = joiner->locale;
    text mark = opens      ? is_inner ? locale->open_inner : locale->open_quote
                : is_inner ? locale->close_inner
                           : locale->close_quote;
    if (mark.length) {
        struct piece *piece = add_piece(joiner, (struct csl_token){.kind = CSL_TEXT, .text = mark});
        piece->is_close_quote = !opens;
    }
}

/* With its looks and quotes, without affixes. */
static void join_formatted(struct joiner *joiner, const struct output *output, struct looks looks)
{
    const struct format *format = &output->format;
    const uint8_t wanted[] = {format->vertical, format->decoration, format->weight,
                              format->variant,  format->style,      (uint8_t)output->markup};
    enum csl_look opened[sizeof wanted]; /* not their places: signs that move shift these */
    size_t count = 0;
    uint8_t around = joiner->quotes;
    bool is_inner = output->quotes_are_single ? around != 2 : around == 1;
    if (output->has_quotes) {
        put_quote(joiner, true, is_inner);
        joiner->quotes = is_inner ? 2 : 1;
    }
    for (size_t i = 0; i < sizeof wanted; i++) {
        bool is_markup = i + 1 == sizeof wanted;
        if (open_look(joiner, wanted[i], place_of(&looks, wanted[i]), is_markup))
            opened[count++] = joiner->pieces[joiner->count - 1].token.look;
    }
    if (output->affixes_inside)
        put_affix(joiner, output->prefix, looks);
    join_children(joiner, output, looks);
    if (output->affixes_inside)
        put_affix(joiner, output->suffix, looks);
    while (count)
        close_look(joiner, opened[--count]);
    if (output->has_quotes) {
        joiner->quotes = around;
        put_quote(joiner, false, is_inner);
    }
}

static void wrap(struct joiner *joiner, enum csl_token_kind kind, enum csl_look look,
                 const struct output *output)
{
    text subject = look == CSL_LANGUAGE ? output->language : output->link;
    add_piece(joiner, (struct csl_token){
                          .kind = kind, .look = look, .item = output->item, .text = subject});
}

static void join(struct joiner *joiner, const struct output *output, struct looks looks)
{
    if (joiner->depth == OUTPUT_DEPTH || output_is_empty(output))
        return;
    joiner->depth++;
    if (output->is_cite)
        wrap(joiner, CSL_OPEN, CSL_CITE, output);
    if (output->format.display)
        wrap(joiner, CSL_OPEN, (enum csl_look)output->format.display, output);
    if (!output->affixes_inside)
        put_affix(joiner, output->prefix, looks);
    if (output->language.length)
        wrap(joiner, CSL_OPEN, CSL_LANGUAGE, output);
    if (output->link.length)
        wrap(joiner, CSL_OPEN, CSL_LINK, output);
    join_formatted(joiner, output, looks);
    if (output->link.length)
        wrap(joiner, CSL_CLOSE, CSL_LINK, output);
    if (output->language.length)
        wrap(joiner, CSL_CLOSE, CSL_LANGUAGE, output);
    if (!output->affixes_inside)
        put_affix(joiner, output->suffix, looks);
    if (output->format.display)
        wrap(joiner, CSL_CLOSE, (enum csl_look)output->format.display, output);
    if (output->is_cite)
        wrap(joiner, CSL_CLOSE, CSL_CITE, output);
    joiner->depth--;
}

/* The texts from `from` on that nothing stands between, as one; *to: behind them. */
static text whole_text(const struct joiner *joiner, size_t from, size_t *to)
{
    size_t length = 0, at = from;
    for (; at < joiner->count && joiner->pieces[at].token.kind == CSL_TEXT; at++)
        length += joiner->pieces[at].token.text.length;
    *to = at;
    if (at == from + 1)
        return joiner->pieces[from].token.text;
    char *bytes = arena_allocate(joiner->arena, length + 1);
    size_t done = 0;
    for (size_t i = from; i < at; i++) {
        text part = joiner->pieces[i].token.text;
        if (part.length)
            memcpy(bytes + done, part.bytes, part.length);
        done += part.length;
    }
    return (text){bytes, length};
}

void output_join(struct arena *arena, const struct locale *locale, const struct output *output,
                 struct csl_tokens *tokens)
{
    struct joiner joiner = {.arena = arena, .locale = locale};
    join(&joiner, output, (struct looks){0});
    size_t most = 0;
    for (size_t i = 0; i < joiner.count; i++)
        most += joiner.pieces[i].token.kind != CSL_TEXT || i == 0 ||
                joiner.pieces[i - 1].token.kind != CSL_TEXT;
    *tokens = (struct csl_tokens){.tokens = ARENA_NEW_ARRAY(arena, most, struct csl_token),
                                  .capacity = most};
    for (size_t i = 0, next; i < joiner.count; i = next) {
        struct csl_token token = joiner.pieces[i].token;
        next = i + 1;
        if (token.kind == CSL_TEXT)
            token.text = whole_text(&joiner, i, &next);
        if (token.kind != CSL_TEXT || token.text.length)
            tokens->tokens[tokens->count++] = token;
    }
}

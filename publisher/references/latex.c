/* The method: one pass with a stack of open groups. A group closes what its opening began: a look,
   the protection of its capitals, a quotation. Accents wait for the next character. Text is
   collected first, with protected stretches marked by two characters that no text may hold; the
   capitals are made small at the end. */
#include "references/latex.h"

#include "base/buffer.h"
#include "base/limits.h"
#include "references/library.h"

#include <hb.h>
#include <string.h>

/* A letter between braces is a span of 32 bytes. */
enum { MOST_BYTES = 32 * LIMIT_REFERENCE_VALUE, DEPTH = 32, KEPT_OPEN = 0x01, KEPT_CLOSE = 0x02 };
enum { MOST_ACCENTS = 4, MOST_MARKS = 2 * MOST_ACCENTS };

struct group {
    const char *close; /* what is written at its end */
    bool is_argument;  /* of a command: not a protection of capitals */
    bool is_kept;
};

struct latex {
    const struct latex_options *options;
    text source;
    size_t at;
    struct buffer out;
    struct group groups[DEPTH];
    size_t depth;
    uint32_t accents[MOST_ACCENTS]; /* combining characters that wait, the outer ones first */
    size_t accent_count;
    bool in_math;
    const char *next_close; /* the next group's, which is an argument */
    bool has_next;
};

static const struct {
    const char *name, *characters;
} characters[] = {
#define LATEX(name, characters) {name, characters},
#include "references/latex.def"
#undef LATEX
};

/* Combining characters (Unicode 15, chapter 7.9), by the command that writes them. */
static const struct {
    const char *name;
    uint32_t mark;
} accents[] = {
    {"`", 0x300}, {"'", 0x301},  {"^", 0x302}, {"~", 0x303}, {"=", 0x304}, {"u", 0x306},
    {".", 0x307}, {"\"", 0x308}, {"r", 0x30A}, {"H", 0x30B}, {"v", 0x30C}, {"d", 0x323},
    {"c", 0x327}, {"k", 0x328},  {"b", 0x331}, {"t", 0x361}, {"G", 0x30F}, {"U", 0x30E},
};

static const struct {
    const char *name, *open, *close;
} looks[] = {
    {"emph", "<i>", "</i>"},
    {"textit", "<i>", "</i>"},
    {"textsl", "<i>", "</i>"},
    {"mkbibemph", "<i>", "</i>"},
    {"mkbibitalic", "<i>", "</i>"},
    {"textbf", "<b>", "</b>"},
    {"mkbibbold", "<b>", "</b>"},
    {"textsc", "<span style=\"font-variant:small-caps;\">", "</span>"},
    {"textsuperscript", "<sup>", "</sup>"},
    {"mkbibsuperscript", "<sup>", "</sup>"},
    {"textsubscript", "<sub>", "</sub>"},
    {"mkbibquote", "\xE2\x80\x9C", "\xE2\x80\x9D"},
    {"enquote", "\xE2\x80\x9C", "\xE2\x80\x9D"},
};

/* Commands whose argument is no text. */
static const char *const dropped[] = {"label", "cite",      "footnote",       "vspace", "hspace",
                                      "color", "setlength", "providecommand", "index"};

static char peek(const struct latex *latex, size_t ahead)
{
    size_t at = latex->at + ahead;
    return at < latex->source.length ? latex->source.bytes[at] : '\0';
}

static void skip_spaces(struct latex *latex)
{
    while (peek(latex, 0) == ' ' || peek(latex, 0) == '\n' || peek(latex, 0) == '\t' ||
           peek(latex, 0) == '\r')
        latex->at++;
}

static void write_pending_accents(struct latex *latex)
{
    while (latex->accent_count)
        buffer_add_code_point(&latex->out, latex->accents[--latex->accent_count]);
}

/* A letter and its marks: by combining class, those of one class in the order they came, and
   composed (Unicode 15, chapter 3.11). */
struct accented {
    uint32_t letter, marks[MOST_MARKS];
    size_t count;
};

static unsigned class_of(uint32_t mark)
{
    return (unsigned)hb_unicode_combining_class(hb_unicode_funcs_get_default(), mark);
}

/* Before all marks of the same class, or behind them. */
static void add_accent(struct accented *to, uint32_t mark, bool is_first)
{
    size_t at = 0;
    while (at < to->count && (class_of(to->marks[at]) < class_of(mark) ||
                              (!is_first && class_of(to->marks[at]) == class_of(mark))))
        at++;
    for (size_t i = to->count++; i > at; i--)
        to->marks[i] = to->marks[i - 1];
    to->marks[at] = mark;
}

static void write_accented(struct latex *latex, const struct accented *accented)
{
    uint32_t letter = accented->letter, rest[MOST_MARKS], composed;
    size_t count = 0;
    for (size_t i = 0; i < accented->count; i++) {
        uint32_t mark = accented->marks[i];
        bool is_blocked = count && class_of(rest[count - 1]) == class_of(mark);
        if (!is_blocked &&
            hb_unicode_compose(hb_unicode_funcs_get_default(), letter, mark, &composed))
            letter = composed;
        else
            rest[count++] = mark;
    }
    buffer_add_code_point(&latex->out, letter);
    for (size_t i = 0; i < count; i++)
        buffer_add_code_point(&latex->out, rest[i]);
}

/* A character, with the accents that wait for it, composed where Unicode has them as one. */
static void put(struct latex *latex, uint32_t c)
{
    if (latex->accent_count == 0) {
        buffer_add_code_point(&latex->out, c);
        return;
    }
    if (c == 0x131 || c == 0x237) /* \'{\i}: the accent takes the place of the dot */
        c = c == 0x131 ? 'i' : 'j';
    struct accented accented = {.letter = c};
    uint32_t letter, mark;
    while (accented.count < MOST_MARKS - MOST_ACCENTS &&
           hb_unicode_decompose(hb_unicode_funcs_get_default(), accented.letter, &letter, &mark) &&
           mark) {
        accented.letter = letter;
        add_accent(&accented, mark, true);
    }
    while (latex->accent_count) /* the inner ones first: \~{\^e} */
        add_accent(&accented, latex->accents[--latex->accent_count], false);
    write_accented(latex, &accented);
}

static void put_all(struct latex *latex, text t)
{
    for (size_t offset = 0; offset < t.length;)
        put(latex, text_next(t, &offset));
}

/* A line's end, where lines are kept: without the spaces around it. */
static void put_line_end(struct latex *latex)
{
    if (!latex->options->keeps_lines) {
        put(latex, ' ');
        return;
    }
    write_pending_accents(latex);
    while (latex->out.length && latex->out.bytes[latex->out.length - 1] == ' ')
        latex->out.length--;
    buffer_add_byte(&latex->out, '\n');
    skip_spaces(latex);
}

static void put_mark(struct latex *latex, const char *mark)
{
    bool is_look = mark && mark[0] == '<';
    if (mark && !(is_look && latex->options->plain))
        buffer_add_c(&latex->out, mark);
}

static bool is_letter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

/* {} behind a command, and BibTeX's special characters, {\'e} and {\ss}: their braces say where a
   command ends, not that capitals stay. */
static bool keeps_nothing(const struct latex *latex)
{
    size_t letters = 0;
    if (peek(latex, 0) == '}')
        return true;
    while (letters < 3 && is_letter(peek(latex, 1 + letters)))
        letters++;
    return peek(latex, 0) == '\\' && letters < 3;
}

static void open_group(struct latex *latex)
{
    struct group group = {.close = latex->has_next ? latex->next_close : NULL,
                          .is_argument = latex->has_next || latex->accent_count || latex->in_math};
    latex->has_next = false;
    latex->next_close = NULL;
    if (latex->depth >= DEPTH)
        return;
    bool is_inside = latex->depth > 0 && latex->groups[latex->depth - 1].is_kept;
    group.is_kept = latex->options->sentence_case && (is_inside || !group.is_argument);
    group.is_kept = group.is_kept && (is_inside || !keeps_nothing(latex));
    if (group.is_kept && !is_inside)
        buffer_add_byte(&latex->out, KEPT_OPEN);
    latex->groups[latex->depth++] = group;
}

static void close_group(struct latex *latex)
{
    write_pending_accents(latex);
    if (latex->depth == 0)
        return;
    const struct group *group = &latex->groups[--latex->depth];
    put_mark(latex, group->close);
    bool is_inside = latex->depth > 0 && latex->groups[latex->depth - 1].is_kept;
    if (group->is_kept && !is_inside)
        buffer_add_byte(&latex->out, KEPT_CLOSE);
}

/* The bytes of a {…} that follows, without the braces, and past them. */
static text take_argument(struct latex *latex)
{
    skip_spaces(latex);
    if (peek(latex, 0) != '{')
        return TEXT_EMPTY;
    size_t depth = 0, start = latex->at + 1;
    for (; latex->at < latex->source.length; latex->at++) {
        char c = latex->source.bytes[latex->at];
        if (c == '\\')
            latex->at++;
        else if (c == '{')
            depth++;
        else if (c == '}' && --depth == 0)
            break;
    }
    text argument = text_slice(latex->source, start, latex->at);
    if (latex->at < latex->source.length)
        latex->at++;
    return argument;
}

/* An entity of HTML, which databases leave in the titles that they hand out: "Hands &amp; soap". */
static bool take_entity(struct latex *latex)
{
    uint32_t character;
    size_t length =
        library_entity(text_slice(latex->source, latex->at, latex->source.length), &character);
    if (!length)
        return false;
    latex->at += length;
    put(latex, character == '\'' ? 0x2019 : character);
    return true;
}

static bool take_word_command(struct latex *latex, text name)
{
    for (size_t i = 0; i < sizeof characters / sizeof *characters; i++) {
        if (!text_equal_c(name, characters[i].name))
            continue;
        put_all(latex, text_from_c(characters[i].characters));
        skip_spaces(latex);
        if (peek(latex, 0) == '{' && peek(latex, 1) == '}')
            latex->at += 2;
        return true;
    }
    for (size_t i = 0; i < sizeof looks / sizeof *looks; i++) {
        if (!text_equal_c(name, looks[i].name))
            continue;
        skip_spaces(latex);
        if (peek(latex, 0) == '{') {
            put_mark(latex, looks[i].open);
            latex->next_close = looks[i].close;
            latex->has_next = true;
        }
        return true;
    }
    for (size_t i = 0; i < sizeof dropped / sizeof *dropped; i++) {
        if (text_equal_c(name, dropped[i])) {
            take_argument(latex);
            return true;
        }
    }
    if (text_equal_c(name, "url") || text_equal_c(name, "path")) {
        put_all(latex, take_argument(latex));
        return true;
    }
    if (text_equal_c(name, "href")) {
        take_argument(latex); /* the address; the words follow */
        latex->has_next = true;
        return true;
    }
    return false;
}

static bool take_accent(struct latex *latex, text name)
{
    for (size_t i = 0; i < sizeof accents / sizeof *accents; i++) {
        if (text_equal_c(name, accents[i].name)) {
            if (latex->accent_count == MOST_ACCENTS)
                write_pending_accents(latex);
            latex->accents[latex->accent_count++] = accents[i].mark;
            skip_spaces(latex);
            return true;
        }
    }
    return false;
}

/* After a backslash. */
static void take_command(struct latex *latex)
{
    size_t start = latex->at;
    if (!is_letter(peek(latex, 0))) {
        if (latex->at >= latex->source.length)
            return;
        text one = text_slice(latex->source, latex->at, latex->at + 1);
        char c = one.bytes[0];
        latex->at = start + 1;
        if (!latex->in_math && take_accent(latex, one)) /* \' a: the space is the command's */
            return;
        latex->at = start;
        if (c == '\\') {
            latex->at++;
            put_line_end(latex);
        } else if (c == ',' || c == ' ' || c == '\n') {
            latex->at++;
            put(latex, ' ');
        } else if (c == '&') { /* \&amp; too, which was escaped twice */
            if (!take_entity(latex))
                put(latex, text_next(latex->source, &latex->at));
        } else if (c == '-' || c == '/' || c == '!' || c == '(' || c == ')') {
            latex->at++; /* places of hyphens, corrections, the ends of mathematics */
        } else {
            put(latex, text_next(latex->source, &latex->at)); /* \& \% \$ \# \_ \{ \} */
        }
        return;
    }
    while (is_letter(peek(latex, 0)))
        latex->at++;
    text name = text_slice(latex->source, start, latex->at);
    if (take_word_command(latex, name))
        return;
    if (!latex->in_math && name.length == 1 && take_accent(latex, name))
        return;
    skip_spaces(latex);
    if (peek(latex, 0) == '{') /* an unknown command: its argument is kept */
        latex->has_next = true;
}

/* Signs that are written with several characters. */
static bool take_ligature(struct latex *latex)
{
    static const struct {
        const char *written, *shown;
    } ligatures[] = {
        {"---", "\xE2\x80\x94"}, {"--", "\xE2\x80\x93"}, {"``", "\xE2\x80\x9C"},
        {"''", "\xE2\x80\x9D"},  {"`", "\xE2\x80\x98"},  {"'", "\xE2\x80\x99"},
        {"!`", "\xC2\xA1"},      {"?`", "\xC2\xBF"},
    };
    for (size_t i = 0; i < sizeof ligatures / sizeof *ligatures; i++) {
        size_t length = strlen(ligatures[i].written);
        if (text_equal_c(text_slice(latex->source, latex->at, latex->at + length),
                         ligatures[i].written)) {
            put_all(latex, text_from_c(ligatures[i].shown));
            latex->at += length;
            return true;
        }
    }
    return false;
}

/* x^{2} in mathematics. */
static void take_script(struct latex *latex, bool raised)
{
    put_mark(latex, raised ? "<sup>" : "<sub>");
    const char *close = raised ? "</sup>" : "</sub>";
    skip_spaces(latex);
    if (peek(latex, 0) == '{') {
        latex->next_close = close;
        latex->has_next = true;
        return;
    }
    if (peek(latex, 0) == '\\') {
        latex->at++;
        take_command(latex);
    } else if (latex->at < latex->source.length) {
        put(latex, text_next(latex->source, &latex->at));
    }
    put_mark(latex, close);
}

static void take_one(struct latex *latex)
{
    char c = peek(latex, 0);
    if (take_ligature(latex))
        return;
    switch (c) {
    case '\\':
        latex->at++;
        take_command(latex);
        return;
    case '{':
        latex->at++;
        open_group(latex);
        return;
    case '}':
        latex->at++;
        close_group(latex);
        return;
    case '$':
        latex->at++;
        latex->in_math = !latex->in_math;
        return;
    case '&':
        if (take_entity(latex))
            return;
        break;
    case '~':
        latex->at++;
        put(latex, 0xA0);
        return;
    case '^':
    case '_':
        if (latex->in_math) {
            latex->at++;
            take_script(latex, c == '^');
            return;
        }
        break;
    default:
        break;
    }
    uint32_t code_point = text_next(latex->source, &latex->at);
    put(latex, code_point < 0x20 || code_point == 0x7F ? ' ' : code_point);
}

/* sentence case */

static bool is_upper(uint32_t c)
{
    return hb_unicode_general_category(hb_unicode_funcs_get_default(), c) ==
           HB_UNICODE_GENERAL_CATEGORY_UPPERCASE_LETTER;
}

static uint32_t lower(uint32_t c)
{
    if (c < 0x80)
        return c >= 'A' && c <= 'Z' ? c + 32 : c;
    if ((c >= 0xC0 && c <= 0xDE && c != 0xD7) || (c >= 0x391 && c <= 0x3A9) ||
        (c >= 0x410 && c <= 0x42F))
        return c + 32;
    if (c == 0x130 || c == 0x178)
        return c == 0x130 ? 'i' : 0xFF;
    return c >= 0x100 && c <= 0x17F && is_upper(c) ? c + 1 : c;
}

/* One capital at the word's beginning and small letters after it: a custom of titles. "I", "DNA"
   and "iPhone" stay. */
static bool is_capital_by_custom(text t, size_t offset)
{
    uint32_t first = text_next(t, &offset);
    if (!is_upper(first))
        return false;
    bool has_small = first == 'A' && offset + 1 < t.length && t.bytes[offset] == ' '; /* article */
    while (offset < t.length) {
        uint32_t c = text_next(t, &offset);
        if (c <= ' ' || c == KEPT_CLOSE || c == '-' || c == 0x2013 || c == '/' || c == '<')
            break;
        if (c == KEPT_OPEN || is_upper(c))
            return false;
        has_small |= c == '\'' || c == 0x2019 || c >= 0x61;
    }
    return has_small;
}

static void write_sentence(struct buffer *out, text t)
{
    bool is_kept = false, begins = true, is_first = true, in_tag = false;
    for (size_t offset = 0; offset < t.length;) {
        size_t at = offset;
        uint32_t c = text_next(t, &offset);
        if (c == KEPT_OPEN || c == KEPT_CLOSE) {
            is_kept = c == KEPT_OPEN;
            buffer_add_c(out, is_kept ? "<span class=\"nocase\">" : "</span>");
            begins = is_kept ? begins : false;
            continue;
        }
        in_tag = c == '<' ? true : in_tag;
        if (begins && !is_kept && !in_tag && !is_first && is_capital_by_custom(t, at))
            c = lower(c);
        buffer_add_code_point(out, c);
        if (in_tag) {
            in_tag = c != '>';
            continue;
        }
        bool is_break = c <= ' ' || c == '-' || c == 0x2013 || c == '/' || c == '(' ||
                        c == 0x201C || c == 0x2018;
        if (c == ':' || c == '?' || c == '!' || c == '.')
            is_first = true; /* a subtitle begins like a sentence */
        else if (c > ' ')
            is_first = false;
        begins = is_break;
    }
}

text latex_read(struct arena *arena, text latex_text, const struct latex_options *options)
{
    struct latex latex = {.options = options, .source = latex_text};
    buffer_init(&latex.out, MOST_BYTES);
    while (latex.at < latex.source.length)
        take_one(&latex);
    while (latex.depth)
        close_group(&latex);
    write_pending_accents(&latex);
    struct buffer folded; /* runs of white space are one space */
    buffer_init(&folded, MOST_BYTES);
    text all = text_trim(buffer_text(&latex.out));
    for (size_t i = 0; i < all.length; i++) {
        if (all.bytes[i] != ' ' || all.bytes[i - 1] != ' ')
            buffer_add_byte(&folded, all.bytes[i]);
    }
    text result;
    if (options->sentence_case) {
        buffer_clear(&latex.out);
        write_sentence(&latex.out, buffer_text(&folded));
        result = arena_copy(arena, buffer_text(&latex.out));
    } else {
        result = arena_copy(arena, buffer_text(&folded));
    }
    buffer_release(&folded);
    buffer_release(&latex.out);
    return result;
}

/* Most texts of the front matter are words, and printed as they are typed. Other tools read
   Markdown, HTML and LaTeX in them; whoever wrote that must hear that nobody does here. Those that
   are Markdown (front_texts.c) are looked at for the sake of the many that hold none. */
#include "read/front.h"
#include "read/notations.h"

#include <string.h>

static char at(text words, size_t i)
{
    return i < words.length ? words.bytes[i] : '\0';
}

/* "*so*": a sign that touches what follows, and again one that touches what stands before it; of
   _ and $ neither within a word. spaced: may white space stand between them? */
static bool is_pair(text words, size_t from, char sign, bool spaced)
{
    bool is_outer = sign == '_' || sign == '$';
    size_t first = from;
    while (at(words, first) == sign)
        first++;
    if (!at(words, first) || at(words, first) == ' ' ||
        (is_outer && from && scan_is_word(words.bytes[from - 1])))
        return false;
    for (size_t i = first + 1; i < words.length; i++) {
        if (!spaced && words.bytes[i] == ' ')
            return false;
        if (words.bytes[i] == sign && words.bytes[i - 1] != ' ' &&
            !(is_outer && scan_is_word(at(words, i + 1))))
            return true;
    }
    return false;
}

/* "<sup>", "</b>", "<br/>" */
static bool is_tag(text words, size_t from)
{
    size_t i = from + 1 + (at(words, from + 1) == '/');
    if (!text_is_ascii_letter(at(words, i)))
        return false;
    while (scan_is_word(at(words, i)))
        i++;
    return at(words, i) == '>' || (at(words, i) == '/' && at(words, i + 1) == '>');
}

/* A backslash before a sign of ASCII takes its meaning (CommonMark, 2.4). */
static bool is_escaped(char sign)
{
    return sign > ' ' && sign < '\x7F' && !scan_is_word(sign);
}

/* "&amp;" */
static bool is_entity(text words, size_t from)
{
    size_t i = from + 1 + (at(words, from + 1) == '#');
    size_t first = i;
    while (scan_is_word(at(words, i)) && i - first < 32)
        i++;
    return i > first + 1 && at(words, i) == ';';
}

/* ":tada:" */
static bool is_name(text words, size_t from)
{
    size_t i = from + 1;
    while (at(words, i) && strchr("abcdefghijklmnopqrstuvwxyz0123456789_+-", at(words, i)))
        i++;
    return i > from + 2 && at(words, i) == ':' &&
           (from == 0 || !scan_is_word(words.bytes[from - 1]));
}

static bool is_markup(text words, size_t i)
{
    switch (words.bytes[i]) {
    case '`':
        return is_pair(words, i, '`', true) ||
               (at(words, i + 1) == '`' && text_find(words, TEXT("''"), i + 2) != SIZE_MAX);
    case '*':
    case '_':
    case '$':
        return is_pair(words, i, words.bytes[i], true);
    case '^':
        return at(words, i + 1) == '[' || is_pair(words, i, '^', false);
    case '~':
        return is_pair(words, i, '~', at(words, i + 1) == '~');
    case '=':
        return at(words, i + 1) == '=' && is_pair(words, i, '=', true);
    case ']':
        return at(words, i + 1) == '(' || at(words, i + 1) == '{';
    case '\\':
        return is_escaped(at(words, i + 1)) ||
               (text_is_ascii_letter(at(words, i + 1)) && text_is_ascii_letter(at(words, i + 2)));
    case '<':
        return is_tag(words, i);
    case '{': /* a value, a tag of Liquid */
        return at(words, i + 1) == '{' || at(words, i + 1) == '%';
    case ':':
        return is_name(words, i);
    case '&':
        return is_entity(words, i);
    default:
        return false;
    }
}

bool front_holds_markup(text words)
{
    enum { FURTHEST = 4000 }; /* bytes: pairs are looked for from each sign */
    words = text_slice(words, 0, FURTHEST);
    for (size_t i = 0; i < words.length; i++) {
        if (is_markup(words, i))
            return true;
        while (at(words, i) && at(words, i + 1) == words.bytes[i])
            i++; /* a row of signs is one */
    }
    return false;
}

/* Articles for fuzzing: bytes alone seldom make a table or a directive. A change puts in a notation
   of the program's own tables, or moves, indents, quotes and wraps whole lines, so that notations
   stand in each other; now and then bytes are changed as well. */
#ifndef LECTERN_FUZZ_NOTATIONS_H
#define LECTERN_FUZZ_NOTATIONS_H

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

/* Every notation of the other dialects, as its dialect writes it; LINE stands for a line end. */
static const char *const notation_pieces[] = {
#define NOTATION(symbol, rule, fix, dialects, name, example, instead) example,
#include "read/notations.def"
#undef NOTATION
    /* what tables and bodies are made of, which no single example has */
    "|---|:-:|",
    "| a | b |",
    "| a {colspan=2} | |",
    "+---+---+LINE| a | b |LINE+===+===+",
    "|   +---+LINE+---+   |",
    "+:--+--:+",
    "A    B   CLINE---  --  ---LINEa    b   c",
    "-----------LINE A    BLINE---- ------LINE a    bLINELINE c    dLINE-----------",
    "Table: c {#tbl:a}",
    ": c {#fig:a .x lang=fr width=50% alt=\"b\"}",
    "* - aLINE  - b",
    ":name: x",
    "---LINEclass: xLINE---",
    ":::",
    "::::",
    "```",
    "~~~~",
    "````{note} A *title*",
    "#| echo: false",
    "#| fig-cap: \"c\"",
    "-->",
    "<!--",
    "[^a]: note",
    "[^a]",
    "[@a, p. 3]",
    "@fig:a",
    "\\@ref(fig:a)",
    "[a]: b 'c'",
    ": definition",
    "term",
    "| line of a poem",
    "- [ ] task",
    "a. letter",
    "iv) four",
    "(A) b",
    "#. c",
    "(@a) c",
    "(@) c",
    "@a",
    "$$LINEx \\label{eq:a}LINE$$ {#eq:b}",
    "\\eqref{eq:a}",
    "^[note",
    "](b){.x #a}",
    "![a](b)",
    "# A {#a .unnumbered}",
    "=== \"Tab\"LINE    words",
    "\"a 'b' c\" -- d...",
    "$a$",
    "\\(a\\)",
    "{{a}}",
    "{% raw %}",
    "{% endraw %}",
    "&amp;",
    "&#x41;",
    "\\ ",
    "\t",
    "\xC2\xA0",
    "\xE3\x80\x82",
    "\xD7\x90",
    "\xCC\x81",
    "\r\n",
    "\\newpage",
    "{{< include a.md >}}",
    "{{< pagebreak >}}",
    "<!-- lectern-allow: raw-html why -->"};

static const char *const notation_keys[] = {
#define FRONT_KEY(name, function, place) name,
#include "read/front_keys.def"
#undef FRONT_KEY
#define SAME_KEY(name, function, row) name,
#define OTHER_KEY(name)               name,
#define PRINTED_KEY(name)             name,
#include "read/other_keys.def"
#undef SAME_KEY
#undef OTHER_KEY
#undef PRINTED_KEY
#define AUTHOR_KEY(name, field) name,
#include "read/author_keys.def"
#undef AUTHOR_KEY
};

static const char *const notation_values[] = {"a",
                                              "[a, b]",
                                              "{name: a, affiliation: 1}",
                                              "[{index: 1, name: a}]",
                                              "2021-02-30",
                                              "11 October 2019",
                                              "Feb 2021",
                                              "18.10.2022",
                                              "true",
                                              "\"*a*\"",
                                              "-LINE  - aLINE  - b",
                                              "de",
                                              "0000-0002-1825-0097",
                                              "978-3-16-148410-0",
                                              "|LINE  a",
                                              "1.5"};

static const char *const notation_names[] = {
#define HTML_ELEMENT(name, way, kind, hint) name,
#include "read/html_elements.def"
#undef HTML_ELEMENT
};

static const char *const notation_attributes[] = {"id='a'",           "class=\"callout note\"",
                                                  "lang=fr",          "dir=rtl",
                                                  "title='a \" b'",   "alt='a'",
                                                  "src='a.svg'",      "href='#a'",
                                                  "width=50%",        "colspan=2",
                                                  "rowspan=3",        "scope=row",
                                                  "start=3",          "type=i",
                                                  "markdown='1'",     "onclick=x",
                                                  "style='color:red'"};

/* Names that stand in braces: boxes, directives and roles. */
static const char *const notation_braces[] = {
#define BOX(name, form, variety, word) name,
#include "read/boxes.def"
#undef BOX
#define DIRECTIVE(name, form) name,
#include "read/directives.def"
#undef DIRECTIVE
#define ROLE(name, meaning, kind) name,
#include "read/roles.def"
#undef ROLE
};

static const char *const notation_commands[] = {
#define TEX(name, arguments, meaning, kind, words) name,
#include "read/tex.def"
#undef TEX
};

#define CHOICE(table) table[notation_next(state) % (sizeof table / sizeof *table)]

size_t LLVMFuzzerMutate(uint8_t *data, size_t size, size_t most);

static unsigned notation_next(unsigned *state)
{
    *state = *state * 1664525u + 1013904223u;
    return *state >> 8;
}

/* A piece of notation; "LINE" is still in it. */
static void notation_make(unsigned *state, char *piece, size_t room)
{
    const char *name = CHOICE(notation_names), *other = CHOICE(notation_names);
    switch (notation_next(state) % 8) {
    case 0:
        snprintf(piece, room, "<%s %s>", name, CHOICE(notation_attributes));
        break;
    case 1:
        snprintf(piece, room, "</%s>", name);
        break;
    case 2:
        snprintf(piece, room, "<%s %s>a<%s>b</%s></%s>", name, CHOICE(notation_attributes), other,
                 notation_next(state) % 4 ? other : name, name);
        break;
    case 3:
        snprintf(piece, room, notation_next(state) % 2 ? "```{%s} a" : ":::{%s}",
                 CHOICE(notation_braces));
        break;
    case 4:
        snprintf(piece, room, notation_next(state) % 2 ? "{%s}`a <b>`" : "> [!%s] a",
                 CHOICE(notation_braces));
        break;
    case 5:
        snprintf(piece, room, notation_next(state) % 2 ? "\\%s{a}" : "\\%s[b]{a}{*c*}",
                 CHOICE(notation_commands));
        break;
    default:
        snprintf(piece, room, "%s", CHOICE(notation_pieces));
    }
}

/* Writes the text with line ends for "LINE" and gives its length. */
static size_t notation_write(char *text)
{
    char *out = text;
    for (const char *in = text; *in;) {
        bool is_end = strncmp(in, "LINE", 4) == 0;
        *out++ = is_end ? '\n' : *in;
        in += is_end ? 4 : 1;
    }
    return (size_t)(out - text);
}

static size_t notation_insert(uint8_t *data, size_t size, size_t most, size_t at, const char *bytes,
                              size_t length)
{
    if (length > most - size || at > size)
        return size;
    memmove(data + at + length, data + at, size - at);
    memcpy(data + at, bytes, length);
    return size + length;
}

/* The start of a line, any one, from `from` on. */
static size_t notation_line(unsigned *state, const uint8_t *data, size_t size, size_t from)
{
    size_t at = from + (size > from ? notation_next(state) % (size - from + 1) : 0);
    while (at > from && data[at - 1] != '\n')
        at--;
    return at;
}

static size_t notation_indent(unsigned *state, uint8_t *data, size_t size, size_t most)
{
    static const char *const prefixes[] = {"> ", "    ", "- ",  "| ", "  ",
                                           "\t", "#| ",  "1. ", ": ", "#"};
    const char *prefix = CHOICE(prefixes);
    size_t at = notation_line(state, data, size, 0);
    for (unsigned lines = 1 + notation_next(state) % 6; lines-- && at < size;) {
        size = notation_insert(data, size, most, at, prefix, strlen(prefix));
        uint8_t *end = memchr(data + at, '\n', size - at);
        at = end ? (size_t)(end - data) + 1 : size;
    }
    return size;
}

/* Lines between two that belong together. */
static size_t notation_wrap(unsigned *state, uint8_t *data, size_t size, size_t most)
{
    char open[256], close[64];
    const char *name = CHOICE(notation_names);
    switch (notation_next(state) % 4) {
    case 0:
        snprintf(open, sizeof open, "<%s %s>\n", name, CHOICE(notation_attributes));
        snprintf(close, sizeof close, "</%s>\n", name);
        break;
    case 1:
        snprintf(open, sizeof open, "::::{%s} a\n", CHOICE(notation_braces));
        snprintf(close, sizeof close, "::::\n");
        break;
    case 2:
        snprintf(open, sizeof open, "````{%s} a\n:name: b\n\n", CHOICE(notation_braces));
        snprintf(close, sizeof close, "````\n");
        break;
    default:
        snprintf(open, sizeof open, "::: %s\n", CHOICE(notation_braces));
        snprintf(close, sizeof close, ":::\n");
    }
    size_t at = notation_line(state, data, size, 0), end = notation_line(state, data, size, at);
    size = notation_insert(data, size, most, end, close, strlen(close));
    return notation_insert(data, size, most, at, open, strlen(open));
}

/* A run of lines is taken out, or put in again elsewhere. */
static size_t notation_move(unsigned *state, uint8_t *data, size_t size, size_t most)
{
    size_t from = notation_line(state, data, size, 0), to = notation_line(state, data, size, from);
    if (notation_next(state) % 2) {
        memmove(data + from, data + to, size - to);
        return size - (to - from);
    }
    char *copy = malloc(to - from + 1);
    if (!copy)
        abort();
    memcpy(copy, data + from, to - from);
    size = notation_insert(data, size, most, notation_line(state, data, size, 0), copy, to - from);
    free(copy);
    return size;
}

/* A key of the front matter, right behind its first line; where there is none, one is made. */
static size_t notation_key(unsigned *state, uint8_t *data, size_t size, size_t most)
{
    char line[512];
    bool has_one = size >= 4 && memcmp(data, "---\n", 4) == 0;
    snprintf(line, sizeof line, "%s%s: %sLINE%s", has_one ? "" : "---LINE", CHOICE(notation_keys),
             CHOICE(notation_values), has_one ? "" : "---LINE");
    size_t length = notation_write(line);
    return notation_insert(data, size, most, has_one ? 4 : 0, line, length);
}

/* Lines of their own, now and then with an empty one before or behind them. */
static size_t notation_add_lines(unsigned *state, uint8_t *data, size_t size, size_t most)
{
    char piece[512], lines[1024];
    notation_make(state, piece, sizeof piece);
    snprintf(lines, sizeof lines, "%s%sLINE%s", notation_next(state) % 2 ? "LINE" : "", piece,
             notation_next(state) % 2 ? "LINE" : "");
    size_t length = notation_write(lines);
    return notation_insert(data, size, most, notation_line(state, data, size, 0), lines, length);
}

static size_t notations_mutate(uint8_t *data, size_t size, size_t most, unsigned seed)
{
    unsigned state[] = {seed};
    char piece[1024];
    for (unsigned times = 1 + notation_next(state) % 4; times--;) {
        switch (notation_next(state) % 10) {
        case 0:
            size = LLVMFuzzerMutate(data, size, most);
            break;
        case 1:
            size = notation_indent(state, data, size, most);
            break;
        case 2:
            size = notation_wrap(state, data, size, most);
            break;
        case 3:
            size = notation_move(state, data, size, most);
            break;
        case 4:
            size = notation_key(state, data, size, most);
            break;
        case 5:
        case 6:
        case 7:
            size = notation_add_lines(state, data, size, most);
            break;
        default: /* within words */
            notation_make(state, piece, sizeof piece);
            size = notation_insert(data, size, most, notation_next(state) % (size + 1), piece,
                                   notation_write(piece));
        }
    }
    return size;
}

#undef CHOICE
#endif

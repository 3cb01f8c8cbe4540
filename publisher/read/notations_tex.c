/* Notations of LaTeX within a line: what a backslash begins. */
#include "read/notations.h"

#include <string.h>

enum { LONGEST_NAME = 40 };

/* The name behind a backslash that stands where a command may; empty: none. Behind a letter or a
   colon it is a folder's. */
static text tex_name(const struct scan *scan, size_t at)
{
    char before = scan_before(scan, at);
    size_t end = at + 1;
    while (text_is_ascii_letter(scan_byte(scan, end)) && end < at + LONGEST_NAME)
        end++;
    bool is_folder = scan_is_word(before) || scan_is_among(before, ":\\");
    return is_folder ? TEXT_EMPTY : text_slice(scan->seen, at + 1, end);
}

/* The offset behind the letter or two in the braces that open there, or 0. */
static size_t past_accented(const struct scan *scan, size_t open)
{
    size_t end = open + 1;
    while (end < open + 4 && scan_byte(scan, end) != '}' && scan_byte(scan, end))
        end++;
    return end > open + 1 && scan_byte(scan, end) == '}' ? end + 1 : 0;
}

/* `\H{o}`, `\c{c}`: a letter that has an accent; not `\d{2}` of a pattern. */
static size_t tex_accent(const struct scan *scan, size_t at)
{
    bool is_accent = scan_is_among(scan_byte(scan, at + 1), "cHruvktbd") &&
                     scan_byte(scan, at + 2) == '{' && !byte_is_digit(scan_byte(scan, at + 3)) &&
                     !scan_is_among(scan_before(scan, at), ":\\");
    return is_accent ? past_accented(scan, at + 2) : 0;
}

/* Signs of letters, and of formulas that stand in the text without their dollars; not what may as
   well be a folder (`\to`, `\in`). */
size_t notation_tex_letter(const struct scan *scan, size_t at)
{
    static const char *const letters[] = {"ss",
                                          "aa",
                                          "AA",
                                          "ae",
                                          "AE",
                                          "oe",
                                          "OE",
                                          "dag",
                                          "ddag",
                                          "alpha",
                                          "beta",
                                          "gamma",
                                          "delta",
                                          "epsilon",
                                          "lambda",
                                          "mu",
                                          "pi",
                                          "sigma",
                                          "theta",
                                          "omega",
                                          "Delta",
                                          "Omega",
                                          "Sigma",
                                          "times",
                                          "cdot",
                                          "pm",
                                          "leq",
                                          "geq",
                                          "neq",
                                          "approx",
                                          "sim",
                                          "infty",
                                          "rightarrow",
                                          "leftarrow",
                                          "Rightarrow",
                                          "degree",
                                          "textquotedblleft",
                                          "textquotedblright",
                                          "textquoteleft",
                                          "textquoteright",
                                          "textperiodcentered",
                                          "zeta",
                                          "kappa",
                                          "tau",
                                          "upsilon",
                                          "varphi",
                                          "phi",
                                          "psi",
                                          "Gamma",
                                          "Theta",
                                          "Lambda",
                                          "Phi",
                                          "Psi",
                                          "equiv",
                                          "simeq",
                                          "propto",
                                          "partial",
                                          "nabla",
                                          "subset",
                                          "subseteq",
                                          "forall",
                                          "exists",
                                          "cdots",
                                          "leftrightarrow"};
    size_t accent = tex_accent(scan, at);
    text name = tex_name(scan, at);
    size_t end = at + 1 + name.length;
    /* `\S 4` and `\S~4`: a section */
    bool is_section = text_equal_c(name, "S") && scan_is_among(scan_byte(scan, end), " ~") &&
                      byte_is_digit(scan_byte(scan, end + 1));
    return accent ? accent : is_section || TEXT_IS_AMONG(name, letters) ? end : 0;
}

/* `\q{words}` is a command of one letter: not `\d{2}` of a pattern, `\p{L}`, `\n{name}`, `\e{esc}`,
   nor what stands in a path or in quotation marks. */
static bool is_letter_with_argument(const struct scan *scan, text name, size_t end)
{
    text rest = scan_rest(scan, end + 1);
    size_t close = text_find_byte(rest, '}', 0);
    return name.length == 1 && scan_byte(scan, end) == '{' && close != SIZE_MAX && close > 0 &&
           !byte_is_digit(rest.bytes[0]) && rest.bytes[0] != ',' &&
           !strchr("aAbBdDeEfgGhHkKnNopPQrRsStuUwWxX", name.bytes[0]) &&
           !scan_is_among(scan_before(scan, end - 1 - name.length), ".%/\"-~");
}

/* The offset behind the commands that the paragraph consists of, or 0: `\minitoc`. A pattern's
   signs are single letters, a capital begins a folder, and what people write about stands in
   headings, lists, tables, notes. */
static size_t past_block_of_commands(const struct scan *scan, size_t at)
{
    size_t end = at;
    if (!scan->is_own_paragraph || at)
        return 0;
    while (scan_byte(scan, end) == '\\') {
        size_t from = ++end;
        if (!(scan_byte(scan, end) >= 'a' && scan_byte(scan, end) <= 'z'))
            return 0;
        while (text_is_ascii_letter(scan_byte(scan, end)))
            end++;
        if (end < from + 3 ||
            (end < scan->content.length && !scan_is_space(scan->content.bytes[end])))
            return 0;
        while (end < scan->content.length && scan_is_space(scan->content.bytes[end]))
            end++;
    }
    return end == scan->seen.length ? end : 0;
}

size_t notation_tex_command(const struct scan *scan, size_t at)
{
    static const char *const alone[] = {
        "LaTeX",           "TeX",        "newpage",   "pagebreak", "clearpage",
        "noindent",        "bigskip",    "medskip",   "smallskip", "maketitle",
        "tableofcontents", "appendix",   "hfill",     "vfill",     "centering",
        "ldots",           "dots",       "newline",   "linebreak", "listoffigures",
        "listoftables",    "begingroup", "endgroup",  "par",       "quad",
        "qquad",           "hrule",      "hrulefill", "dotfill",   "today",
        "minitoc",         "linewidth",  "textwidth", "bfseries",  "itshape",
        "normalsize",      "mdseries",   "upshape",   "rmfamily",  "sffamily",
        "footnotesize",    "scriptsize", "vskip",     "nobreak",   "xspace"};
    text name = tex_name(scan, at);
    if (name.length == 0)
        return 0;
    char before = scan_before(scan, at);
    size_t end = at + 1 + name.length;
    end += scan_byte(scan, end) == '*';
    bool has_argument = name.length > 1 && scan_is_among(scan_byte(scan, end), "{[");
    /* {\bf words}, and not what an argument of another begins with */
    bool is_switch = name.length > 1 && before == '{' &&
                     (at < 2 || scan_is_space(scan_before(scan, at - 1)) ||
                      scan_is_among(scan_before(scan, at - 1), "(\"'"));
    if (has_argument || is_switch || TEXT_IS_AMONG(name, alone) ||
        is_letter_with_argument(scan, name, end))
        return end;
    return past_block_of_commands(scan, at);
}

/* A command that has no meaning of its own among words, as authors define them: `\clinicname`. Not
   a part of a path or of a pattern. */
size_t notation_tex_name(const struct scan *scan, size_t at)
{
    text name = tex_name(scan, at);
    size_t end = at + 1 + name.length;
    char before = scan_before(scan, at), after = scan_byte(scan, end);
    bool is_stop = scan_is_among(after, ".,;:!?)") && scan_is_space(scan_byte(scan, end + 1));
    bool is_small = name.length > 2 && name.bytes[0] >= 'a';
    return is_small && scan->is_own_paragraph && (scan_is_space(before) || before == '(') &&
                   (scan_is_space(after) || is_stop)
               ? end
               : 0;
}

/* `\"{u}` and its like, of which the parser has taken the backslash for its own. */
size_t notation_tex_accent(const struct scan *scan, size_t at)
{
    text content = scan->content;
    bool is_accent = at > 1 && content.bytes[at - 2] == '\\' &&
                     scan->seen.bytes[at - 2] == NOTATION_BLOT &&
                     scan_is_among(content.bytes[at - 1], "\"'`^~=.");
    return is_accent ? past_accented(scan, at) : 0;
}

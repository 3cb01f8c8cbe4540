/* Lines of LaTeX that say how pages are to look and nothing to a reader:
   `\setlength{\parindent}{0pt}`,
   `\newpage`, `\begin{center}`. Pandoc leaves them out of all but LaTeX, and so do we; a line that
   also holds words, or a command that is not known, is told. Commands that make new ones
   (`\newcommand`) are none of these: what they make may stand in the text. */
#include "read/tex.h"

#include <string.h>

static const struct {
    const char *name;
    unsigned arguments;
} layout[] = {
    {"addcontentsline", 3},
    {"addtocontents", 2},
    {"addtocounter", 2},
    {"addtolength", 2},
    {"allowdisplaybreaks", 0},
    {"appendix", 0},
    {"backmatter", 0},
    {"begingroup", 0},
    {"bibliographystyle", 1},
    {"bigskip", 0},
    {"captionsetup", 1},
    {"centering", 0},
    {"doublespacing", 0},
    {"endgroup", 0},
    {"fancyfoot", 1},
    {"fancyhead", 1},
    {"FloatBarrier", 0},
    {"floatplacement", 2},
    {"flushbottom", 0},
    {"fontsize", 2},
    {"footnotesize", 0},
    {"frontmatter", 0},
    {"hfill", 0},
    {"hspace", 1},
    {"hypersetup", 1},
    {"indent", 0},
    {"large", 0},
    {"Large", 0},
    {"linenumbers", 0},
    {"linespread", 1},
    {"listoffigures", 0},
    {"listoftables", 0},
    {"mainmatter", 0},
    {"maketitle", 0},
    {"markboth", 2},
    {"markright", 1},
    {"medskip", 0},
    {"noindent", 0},
    {"nolinenumbers", 0},
    {"nopagebreak", 0},
    {"normalsize", 0},
    {"numberwithin", 2},
    {"onecolumn", 0},
    {"onehalfspacing", 0},
    {"pagenumbering", 1},
    {"pagestyle", 1},
    {"par", 0},
    {"phantomsection", 0},
    {"raggedbottom", 0},
    {"raggedright", 0},
    {"renewcommand", 2},
    {"scriptsize", 0},
    {"selectfont", 0},
    {"selectlanguage", 1},
    {"setcounter", 2},
    {"setlength", 2},
    {"setstretch", 1},
    {"singlespacing", 0},
    {"sloppy", 0},
    {"small", 0},
    {"smallskip", 0},
    {"thispagestyle", 1},
    {"tiny", 0},
    {"twocolumn", 0},
    {"usepackage", 1},
    {"vfill", 0},
    {"vspace", 1},
};

static const char *const page_breaks[] = {"newpage", "pagebreak", "clearpage", "cleardoublepage"};

/* Environments that place what stands in them, and the arguments of their beginning. */
static const struct {
    const char *name;
    unsigned arguments;
} places[] = {
    {"center", 0},       {"flushleft", 0}, {"flushright", 0},  {"landscape", 0},
    {"raggedright", 0},  {"spacing", 1},   {"singlespace", 0}, {"doublespace", 0},
    {"onehalfspace", 0}, {"multicols", 1}, {"adjustwidth", 2}, {"small", 0},
    {"footnotesize", 0}, {"sloppypar", 0}, {"samepage", 0},    {"quote", 0},
};

/* The offset behind what the brackets at the offset hold, or 0. */
static size_t past_brackets(text line, size_t at, char open, char close)
{
    size_t depth = 0;
    for (size_t i = at; i < line.length; i++) {
        char c = line.bytes[i];
        if (c == '\\')
            i++;
        else if (c == open)
            depth++;
        else if (c == close && --depth == 0)
            return i + 1;
    }
    return 0;
}

static size_t past_letters(text line, size_t at)
{
    while (at < line.length && text_is_ascii_letter(line.bytes[at]))
        at++;
    return at;
}

/* The offset behind the arguments and options of a command, or 0: they are not there. */
static size_t past_arguments(text line, size_t at, unsigned arguments)
{
    unsigned found = 0;
    while (at < line.length) {
        char c = line.bytes[at];
        bool is_command = c == '\\' && found < arguments && found == 0;
        if (c == '[')
            at = past_brackets(line, at, '[', ']');
        else if (c == '{' && (found < arguments ||
                              text_starts_with(text_slice(line, at, line.length), TEXT("{}"))))
            at = past_brackets(line, at, '{', '}');
        else if (is_command)
            at = past_letters(line, at + 1);
        else
            break;
        if (at == 0)
            return 0;
        found += c != '[';
    }
    return found >= arguments ? at : 0;
}

/* `\begin{center}` or its end: the offset behind it, or 0. */
static size_t past_place(text line, size_t at, text name)
{
    bool begins = text_equal_c(name, "begin");
    size_t end = past_brackets(line, at, '{', '}');
    if (end == 0 || (!begins && !text_equal_c(name, "end")))
        return 0;
    text place = text_slice(line, at + 1, end - 1);
    for (size_t i = 0; i < sizeof places / sizeof *places; i++) {
        if (text_equal_c(place, places[i].name))
            return past_arguments(line, end, begins ? places[i].arguments : 0);
    }
    return 0;
}

/* The offset behind the command at the offset, or 0. */
static size_t past_command(text line, size_t at, enum tex_layout *found)
{
    size_t end = past_letters(line, at + 1);
    text name = text_slice(line, at + 1, end);
    end += end < line.length && line.bytes[end] == '*';
    for (size_t i = 0; i < sizeof page_breaks / sizeof *page_breaks; i++) {
        if (text_equal_c(name, page_breaks[i])) {
            *found = TEX_LAYOUT_BREAKS_PAGE;
            return past_arguments(line, end, 0);
        }
    }
    for (size_t i = 0; i < sizeof layout / sizeof *layout; i++) {
        if (text_equal_c(name, layout[i].name))
            return past_arguments(line, end, layout[i].arguments);
    }
    size_t place = end < line.length && line.bytes[end] == '{' ? past_place(line, end, name) : 0;
    if (place && *found == TEX_LAYOUT_LEFT_OUT)
        *found = TEX_LAYOUT_PLACES;
    return place;
}

enum tex_layout tex_layout_of(text line)
{
    enum tex_layout found = TEX_LAYOUT_LEFT_OUT;
    size_t at = 0;
    line = text_trim(line);
    while (at < line.length) {
        char c = line.bytes[at];
        if (c == ' ' || c == '\t')
            at++;
        else if (c == '%' && at)
            return found; /* a comment */
        else if (c != '\\' || (at = past_command(line, at, &found)) == 0)
            return TEX_LAYOUT_NONE;
    }
    return line.length ? found : TEX_LAYOUT_NONE;
}

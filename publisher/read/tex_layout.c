/* Lines of LaTeX that say how pages are to look and nothing to a reader:
   `\setlength{\parindent}{0pt}`, `\newpage`, `\begin{center}`. Pandoc leaves them out of all but
   LaTeX, and so do we; a line that also holds words, or a command that is not known, is told.
   Commands that make new ones (`\newcommand`) are none of these: what they make may stand in the
   text. */
#include "read/tex.h"

#include <string.h>

static const struct {
    const char *name;
    unsigned arguments;
    bool has_options; /* else a bracket behind it begins words */
} layout[] = {
    {"addcontentsline", 3, false},
    {"addtocontents", 2, false},
    {"addtocounter", 2, false},
    {"addtolength", 2, false},
    {"adjustmtc", 0, true},
    {"allowdisplaybreaks", 0, true},
    {"appendix", 0, false},
    {"backmatter", 0, false},
    {"begingroup", 0, false},
    {"bibliographystyle", 1, false},
    {"bigskip", 0, false},
    {"blandscape", 0, false},
    {"captionsetup", 1, true},
    {"cellcolor", 1, true},
    {"centering", 0, false},
    {"doublespacing", 0, false},
    {"elandscape", 0, false},
    {"endgroup", 0, false},
    {"fancyfoot", 1, true},
    {"fancyhead", 1, true},
    {"FloatBarrier", 0, false},
    {"floatplacement", 2, false},
    {"flushbottom", 0, false},
    {"fontsize", 2, false},
    {"footnotesize", 0, false},
    {"frontmatter", 0, false},
    {"hfill", 0, false},
    {"hspace", 1, false},
    {"hypersetup", 1, false},
    {"indent", 0, false},
    {"large", 0, false},
    {"Large", 0, false},
    {"LARGE", 0, false},
    {"huge", 0, false},
    {"Huge", 0, false},
    {"linenumbers", 0, true},
    {"linespread", 1, false},
    {"listoffigures", 0, false},
    {"listoftables", 0, false},
    {"mainmatter", 0, false},
    {"maketitle", 0, false},
    {"markboth", 2, false},
    {"markright", 1, false},
    {"medskip", 0, false},
    {"minitoc", 0, true},
    {"noindent", 0, false},
    {"nolinenumbers", 0, false},
    {"nopagebreak", 0, true},
    {"normalsize", 0, false},
    {"numberwithin", 2, true},
    {"onecolumn", 0, false},
    {"onehalfspacing", 0, false},
    {"pagenumbering", 1, false},
    {"pagestyle", 1, false},
    {"par", 0, false},
    {"phantomsection", 0, false},
    {"printbibliography", 0, true},
    {"raggedbottom", 0, false},
    {"raggedright", 0, false},
    {"renewcommand", 2, true},
    {"rowcolor", 1, true},
    {"scriptsize", 0, false},
    {"selectfont", 0, false},
    {"setcounter", 2, false},
    {"setlength", 2, false},
    {"setstretch", 1, false},
    {"singlespacing", 0, false},
    {"sloppy", 0, false},
    {"small", 0, false},
    {"smallskip", 0, false},
    {"thispagestyle", 1, false},
    {"tightlist", 0, false},
    {"tiny", 0, false},
    {"twocolumn", 0, false},
    {"usepackage", 1, true},
    {"vfill", 0, false},
    {"vspace", 1, false},
};

static const struct {
    const char *name;
    bool has_options;
} page_breaks[] = {
    {"newpage", false}, {"pagebreak", true}, {"clearpage", false}, {"cleardoublepage", false}};

/* Environments that place what stands in them, and the arguments of their beginning. */
static const struct {
    const char *name;
    unsigned arguments;
} places[] = {
    {"center", 0},       {"flushleft", 0}, {"flushright", 0},  {"landscape", 0},
    {"raggedright", 0},  {"spacing", 1},   {"singlespace", 0}, {"doublespace", 0},
    {"onehalfspace", 0}, {"multicols", 1}, {"adjustwidth", 2}, {"small", 0},
    {"footnotesize", 0}, {"sloppypar", 0}, {"samepage", 0},
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

/* The offset behind the arguments and options of a command, or 0: they are not there, or words in
   brackets are, of a command that has no options. */
static size_t past_arguments(text line, size_t at, unsigned arguments, bool has_options)
{
    unsigned found = 0;
    while (at < line.length) {
        char c = line.bytes[at];
        bool is_command = c == '\\' && found < arguments && found == 0;
        if (c == '[')
            at = !has_options ? 0 : past_brackets(line, at, '[', ']');
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
            return past_arguments(line, end, begins ? places[i].arguments : 0, false);
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
        if (text_equal_c(name, page_breaks[i].name)) {
            *found = TEX_LAYOUT_BREAKS_PAGE;
            return past_arguments(line, end, 0, page_breaks[i].has_options);
        }
    }
    for (size_t i = 0; i < sizeof layout / sizeof *layout; i++) {
        if (text_equal_c(name, layout[i].name))
            return past_arguments(line, end, layout[i].arguments, layout[i].has_options);
    }
    size_t place = end < line.length && line.bytes[end] == '{' ? past_place(line, end, name) : 0;
    if (place && *found == TEX_LAYOUT_LEFT_OUT)
        *found = TEX_LAYOUT_PLACES;
    return place;
}

/* Of HTML, which is all that stands there. */
static bool is_comment(text rest)
{
    return text_starts_with(rest, TEXT("<!--")) &&
           text_find(rest, TEXT("-->"), 0) + 3 == rest.length;
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
        else if (at && (c == '%' || is_comment(text_slice(line, at, line.length))))
            return found;
        else if (c != '\\' || (at = past_command(line, at, &found)) == 0)
            return TEX_LAYOUT_NONE;
    }
    return line.length ? found : TEX_LAYOUT_NONE;
}

size_t tex_past_layout(text source, size_t at, size_t to)
{
    enum tex_layout found = TEX_LAYOUT_LEFT_OUT;
    size_t end = past_command(text_slice(source, 0, to), at, &found);
    return found == TEX_LAYOUT_LEFT_OUT ? end : 0;
}

/* Rich text → LaTeX. The marks of CSL's rich text that close somewhere become commands; all else is
   characters, of which those that mean something to LaTeX are escaped. */
#include "references/writer.h"

#include <hb.h>
#include <string.h>

enum { MARKS = 10, DEPTH = 32 };

static const struct {
    const char *open, *close, *latex;
} marks[MARKS] = {
    {"<i>", "</i>", "\\emph{"},
    {"<b>", "</b>", "\\textbf{"},
    {"<sup>", "</sup>", "\\textsuperscript{"},
    {"<sub>", "</sub>", "\\textsubscript{"},
    {"<sc>", "</sc>", "\\textsc{"},
    {"<span style=\"font-variant:small-caps;\">", "</span>", "\\textsc{"},
    {"<span style=\"font-variant: small-caps;\">", "</span>", "\\textsc{"},
    {"<span style=\"font-variant:small-caps\">", "</span>", "\\textsc{"},
    {"<span class=\"nocase\">", "</span>", "{"},
    {"<span class=\"nodecor\">", "</span>", "\\textnormal{"},
};

struct latex_writer {
    struct buffer *out;
    text rich;
    size_t last_close[MARKS]; /* where the last of these closings stands; SIZE_MAX: nowhere */
    const char *open[DEPTH];  /* the closings that are awaited */
    size_t depth;
    size_t protected_to; /* the end of the word that stands in braces; 0: none */
    bool begins_word, begins_sentence, in_quotes;
};

static void find_closings(struct latex_writer *writer)
{
    for (size_t i = 0; i < MARKS; i++) {
        text close = text_from_c(marks[i].close);
        writer->last_close[i] = SIZE_MAX;
        for (size_t at = text_find(writer->rich, close, 0); at != SIZE_MAX;
             at = text_find(writer->rich, close, at + close.length))
            writer->last_close[i] = at;
    }
}

static bool is_inside_kept(const struct latex_writer *writer)
{
    for (size_t i = 0; i < writer->depth; i++)
        if (strcmp(writer->open[i], "</span>") == 0)
            return true;
    return false;
}

/* A mark at the offset: how long it is; 0: there is none. */
static size_t take_mark(struct latex_writer *writer, size_t at)
{
    text rest = text_slice(writer->rich, at, writer->rich.length);
    if (writer->depth) {
        text close = text_from_c(writer->open[writer->depth - 1]);
        if (text_starts_with(rest, close)) {
            buffer_add_byte(writer->out, '}');
            writer->depth--;
            return close.length;
        }
    }
    for (size_t i = 0; i < MARKS && writer->depth < DEPTH; i++) {
        text open = text_from_c(marks[i].open);
        if (!text_starts_with(rest, open) || writer->last_close[i] == SIZE_MAX ||
            writer->last_close[i] < at)
            continue;
        buffer_add_c(writer->out, marks[i].latex);
        writer->open[writer->depth++] = marks[i].close;
        return open.length;
    }
    return 0;
}

static void put(struct latex_writer *writer, uint32_t c, size_t at)
{
    static const struct {
        uint32_t character;
        const char *latex;
    } escapes[] = {
        {'\\', "\\textbackslash{}"},
        {'{', "\\textbraceleft{}"},
        {'}', "\\textbraceright{}"},
        {'$', "\\$"},
        {'&', "\\&"},
        {'#', "\\#"},
        {'%', "\\%"},
        {'_', "\\_"},
        {'~', "\\textasciitilde{}"},
        {'^', "\\textasciicircum{}"},
        {'`', "\\textasciigrave{}"},
        {0xA0, "~"},
        {'\n', "\\\\ "},
    };
    for (size_t i = 0; i < sizeof escapes / sizeof *escapes; i++) {
        if (c == escapes[i].character) {
            buffer_add_c(writer->out, escapes[i].latex);
            bool is_entity = c == '&' && at + 1 < writer->rich.length &&
                             (writer->rich.bytes[at + 1] == '#' ||
                              text_is_ascii_letter(writer->rich.bytes[at + 1]));
            buffer_add_c(writer->out, is_entity ? "{}" : ""); /* readers undo &lt; and its like */
            return;
        }
    }
    bool begins = at == 0 || writer->rich.bytes[at - 1] == ' ' || writer->rich.bytes[at - 1] == '>';
    bool ends = at + 1 == writer->rich.length || strchr(" ,.;:!?<", writer->rich.bytes[at + 1]);
    if (c == '\'' && (begins || (ends && writer->in_quotes))) {
        writer->in_quotes = begins; /* elsewhere it is an apostrophe, as LaTeX has it */
        buffer_add_c(writer->out, "\\textquotesingle{}");
        return;
    }
    if (c == '-' && at && writer->rich.bytes[at - 1] == '-')
        buffer_add_c(writer->out, "\\/"); /* two hyphens are no dash */
    if (c == '\'' && at && writer->rich.bytes[at - 1] == '\'')
        buffer_add_c(writer->out, "\\/");
    buffer_add_code_point(writer->out, c);
}

/* The end of the word that begins here, where it has a capital that BibTeX would make small; else
   0. */
static size_t end_of_capital_word(const struct latex_writer *writer, size_t at)
{
    bool has_capital = false;
    size_t offset = at, end = at; /* without the punctuation behind it */
    while (offset < writer->rich.length) {
        size_t before = offset;
        uint32_t c = text_next(writer->rich, &offset);
        if (c <= ' ' || c == 0xA0 || c == '<' || c == '>') {
            break;
        }
        bool is_first = before == at;
        if (c > ' ' && !strchr(":;,.?!", c < 0x80 ? (int)c : 'a'))
            end = offset;
        bool is_upper = hb_unicode_general_category(hb_unicode_funcs_get_default(), c) ==
                        HB_UNICODE_GENERAL_CATEGORY_UPPERCASE_LETTER;
        has_capital |= is_upper && !(is_first && writer->begins_sentence);
    }
    return has_capital ? end : 0;
}

void latex_write(struct buffer *out, text rich, bool protects_case)
{
    struct latex_writer writer = {
        .out = out, .rich = rich, .begins_word = true, .begins_sentence = true};
    find_closings(&writer);
    for (size_t at = 0; at < rich.length;) {
        if (writer.protected_to && at >= writer.protected_to) {
            buffer_add_byte(out, '}');
            writer.protected_to = 0;
        }
        size_t length = rich.bytes[at] == '<' ? take_mark(&writer, at) : 0;
        if (length) {
            at += length;
            writer.begins_word = true;
            continue;
        }
        size_t offset = at;
        uint32_t c = text_next(rich, &offset);
        if (protects_case && writer.begins_word && c > ' ' && !is_inside_kept(&writer)) {
            writer.protected_to = end_of_capital_word(&writer, at);
            buffer_add_c(out, writer.protected_to ? "{" : "");
        }
        put(&writer, c, at);
        bool is_space = c <= ' ' || c == 0xA0;
        writer.begins_word = is_space;
        /* as the reader of LaTeX has it: a subtitle begins like a sentence */
        if (!is_space)
            writer.begins_sentence = c == ':' || c == '?' || c == '!' || c == '.';
        at = offset;
    }
    buffer_add_c(out, writer.protected_to ? "}" : "");
    while (writer.depth--)
        buffer_add_byte(out, '}');
}

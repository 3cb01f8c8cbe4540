/* Figures and tables of LaTeX, which float, with what stands in them. A figure of one picture is a
   picture of Markdown with its caption in the brackets; one of several is Quarto's box of parts.
   What places them is left out; words of their own they do not have: where they do, nothing is
   written. */
#include "read/tex_blocks.h"

#include "read/tex.h"

#include <string.h>

enum { MOST_NOTES = 16 };

struct picture {
    size_t at; /* of its command */
    struct tex_range options, file, caption, label, description;
};

struct tabular {
    struct tex_range columns, rows;
};

struct contents {
    struct picture pictures[TEX_MOST_PICTURES];
    size_t count;
    struct tex_range caption, label, description;
    struct tabular tabular;
    struct tex_range notes[MOST_NOTES]; /* words below */
    size_t note_count;
    bool is_in_part; /* a subfigure is open: what comes is the last picture's, or the next one's */
    bool part_has_picture;
    struct picture part;
};

static bool is_there(struct tex_range range)
{
    return range.to > 0;
}

/* one picture */

/* A part of the width of the text, in per cent; 0: it is said otherwise. */
static unsigned width_of(text source, struct tex_range options)
{
    static const char *const widths[] = {"\\textwidth", "\\linewidth", "\\columnwidth", "\\hsize"};
    struct tex_range value = tex_find_option(source, options, "width");
    text words = text_trim(text_slice(source, value.from, value.to));
    size_t at = text_find_byte(words, '\\', 0);
    if (at == SIZE_MAX || !TEXT_IS_AMONG(text_slice(words, at, words.length), widths))
        return 0;
    unsigned width = 0, places = 0;
    bool has_point = false;
    for (size_t i = 0; i < at && width < 1000; i++) {
        char c = words.bytes[i];
        if (c == '.')
            has_point = true;
        else if (byte_is_digit(c) && (!has_point || places++ < 2))
            width = 10 * width + (unsigned)(c - '0');
        else if (!byte_is_digit(c))
            return 0;
    }
    for (; places < 2; places++)
        width *= 10;
    return width > 0 && width < 100 ? width : 0;
}

/* A description: words without commands. */
static bool write_description(struct tex_writer *writer, struct tex_range words)
{
    text source = writer->source;
    tex_make(writer, words.from, TEXT(" alt=\""));
    for (size_t at = words.from; at < words.to; at++) {
        char c = source.bytes[at];
        bool is_sign =
            c == '\\' && at + 1 < words.to && !text_is_ascii_letter(source.bytes[at + 1]);
        if ((c == '\\' && !is_sign) || strchr("{}$\"", c))
            return false;
        if (c == '\n' || c == '~')
            tex_make(writer, at, TEXT(" "));
        else
            tex_copy(writer, at, at + 1 + is_sign);
        at += is_sign;
    }
    tex_make(writer, words.to - 1, TEXT("\""));
    return true;
}

static bool is_name(text words)
{
    for (size_t i = 0; i < words.length; i++) {
        char c = words.bytes[i];
        if (!text_is_ascii_alphanumeric(c) && !strchr("_:.-", c))
            return false;
    }
    return words.length > 0 && text_is_ascii_letter(words.bytes[0]);
}

/* Whether brackets among the words that were written since agree: they stand in brackets. */
static bool brackets_agree(const struct tex_writer *writer, struct tex_mark since)
{
    text words = text_slice(buffer_text(&writer->out), since.length, SIZE_MAX);
    size_t depth = 0;
    for (size_t i = 0; i < words.length; i++) {
        char c = words.bytes[i];
        if (c == '\\')
            i++;
        else if (c == '[')
            depth++;
        else if (c == ']' && depth-- == 0)
            return false;
    }
    return depth == 0;
}

/* The words of a caption, and its label behind them. */
static bool write_caption(struct tex_writer *writer, struct tex_range caption,
                          struct tex_range label)
{
    struct tex_line one = {.form = TEX_LINE, .is_begun = true};
    struct tex_mark mark = tex_mark(writer);
    if (is_there(caption) && !tex_write_words(writer, &one, caption))
        return false;
    if (is_there(label)) {
        tex_make(writer, label.from, TEXT("\\label{"));
        tex_copy(writer, label.from, label.to);
        tex_make(writer, label.to - 1, TEXT("}"));
    }
    return brackets_agree(writer, mark);
}

static bool write_attributes(struct tex_writer *writer, const struct picture *picture, size_t at)
{
    text source = writer->source,
         label = text_slice(source, picture->label.from, picture->label.to);
    struct tex_range description = tex_find_option(source, picture->options, "alt");
    unsigned width = width_of(source, picture->options);
    struct arena *arena = writer->reader->arena;
    if (!is_there(description))
        description = picture->description;
    bool is_caption = is_there(picture->caption) && !is_there(description);
    bool has_id = label.length && !is_there(picture->caption) && is_name(label);
    if (!width && !is_there(description) && !is_caption && !has_id)
        return true;
    tex_make(writer, at, TEXT("{"));
    if (has_id) {
        tex_make(writer, at, TEXT("#"));
        tex_copy(writer, picture->label.from, picture->label.to);
    }
    if (is_there(description) && !write_description(writer, description))
        return false;
    if (is_caption)
        tex_make(writer, at, TEXT(" captions=brackets"));
    if (width)
        tex_make(writer, at, arena_printf(arena, " width=%u%%", width));
    tex_make(writer, at, TEXT("}"));
    return true;
}

static bool is_svg(text source, size_t at)
{
    return text_starts_with(text_slice(source, at, source.length), TEXT("\\includesvg"));
}

/* Whether the options take another page of the file, or turn it. */
static bool is_turned(text source, struct tex_range options)
{
    struct tex_range page = tex_find_option(source, options, "page"),
                     angle = tex_find_option(source, options, "angle");
    text first = text_trim(text_slice(source, page.from, page.to)),
         turn = text_trim(text_slice(source, angle.from, angle.to));
    return (first.length && !text_equal_c(first, "1")) ||
           (turn.length && !text_equal_c(turn, "0") && !text_equal_c(turn, "360"));
}

static bool write_one(struct tex_writer *writer, struct tex_line *line,
                      const struct picture *picture)
{
    text path = text_slice(writer->source, picture->file.from, picture->file.to);
    struct tex_range none = {0, 0};
    bool has_caption = is_there(picture->caption);
    if (is_turned(writer->source, picture->options) || path.length == 0 ||
        strchr("\"<", path.bytes[0]) || text_find_byte(path, '\\', 0) < SIZE_MAX ||
        text_find_byte(path, '\n', 0) < SIZE_MAX || text_find_byte(path, '>', 0) < SIZE_MAX)
        return false;
    tex_begin_block(writer, line, picture->at);
    tex_make(writer, picture->at, TEXT("!["));
    if (!write_caption(writer, picture->caption, has_caption ? picture->label : none))
        return false;
    tex_make(writer, picture->file.from, TEXT("](<"));
    tex_copy(writer, picture->file.from, picture->file.to);
    if (is_svg(writer->source, picture->at) && !text_ends_with(path, TEXT(".svg")))
        tex_make(writer, picture->file.to - 1, TEXT(".svg"));
    tex_make(writer, picture->file.to - 1, TEXT(">)"));
    line->line_ends = 2;
    return write_attributes(writer, picture, picture->file.from);
}

bool tex_write_picture(struct tex_writer *writer, struct tex_line *line, size_t at,
                       struct tex_range options, struct tex_range file)
{
    const struct picture picture = {.at = at, .options = options, .file = file};
    return write_one(writer, line, &picture);
}

/* looking */

/* What a command of a float says; the offset behind it, or 0: it says nothing, or another said it
   before. Its name ends at `at`. */
static size_t take_words(text source, size_t at, size_t to, struct tex_range *words)
{
    struct tex_range option;
    (void)tex_take_argument(source, &at, to, '[', &option);
    return !is_there(*words) && tex_take_argument(source, &at, to, '{', words) ? at : 0;
}

/* One without words is none. */
static size_t take_label(text source, size_t at, size_t to, struct tex_range *label)
{
    struct tex_range words;
    if (!tex_take_argument(source, &at, to, '{', &words) ||
        (words.to > words.from && is_there(*label)))
        return 0;
    if (words.to > words.from)
        *label = words;
    return at;
}

static bool end_part(struct contents *contents)
{
    bool is_whole = contents->is_in_part && is_there(contents->part.file) &&
                    contents->count < TEX_MOST_PICTURES;
    if (is_whole)
        contents->pictures[contents->count++] = contents->part;
    contents->is_in_part = false;
    return is_whole;
}

static size_t take_picture(struct contents *contents, text source, size_t from, size_t at,
                           size_t to)
{
    struct picture picture = {.at = from};
    (void)tex_take_argument(source, &at, to, '[', &picture.options);
    if (!tex_take_argument(source, &at, to, '{', &picture.file))
        return 0;
    if (contents->is_in_part) {
        if (is_there(contents->part.file))
            return 0;
        contents->part.at = from;
        contents->part.file = picture.file;
        contents->part.options = picture.options;
    } else if (contents->count < TEX_MOST_PICTURES) {
        contents->pictures[contents->count++] = picture;
    } else {
        return 0;
    }
    return at;
}

/* `\subfloat[caption]{\includegraphics{…}\label{…}}`: its braces are a part. */
static size_t take_subfloat(struct contents *contents, text source, size_t at, size_t to)
{
    struct tex_range caption = {0, 0}, inside;
    (void)tex_take_argument(source, &at, to, '[', &caption);
    if (contents->is_in_part || !tex_take_argument(source, &at, to, '{', &inside))
        return 0;
    contents->part = (struct picture){.caption = caption};
    for (size_t next = inside.from; next < inside.to;) {
        next = tex_past_blanks(source, next, inside.to);
        if (next == inside.to)
            break;
        text name = source.bytes[next] == '\\' ? tex_name_at(source, next, inside.to) : TEXT_EMPTY;
        size_t behind = next + 1 + name.length;
        if (text_equal_c(name, "includegraphics") && !is_there(contents->part.file)) {
            contents->part.at = next;
            (void)tex_take_argument(source, &behind, inside.to, '[', &contents->part.options);
            if (!tex_take_argument(source, &behind, inside.to, '{', &contents->part.file))
                return 0;
        } else if (text_equal_c(name, "label")) {
            behind = take_label(source, behind, inside.to, &contents->part.label);
        } else {
            behind = name.length ? tex_past_layout(source, next, inside.to) : 0;
        }
        if (behind == 0)
            return 0;
        next = behind;
    }
    contents->is_in_part = true;
    return end_part(contents) ? at : 0;
}

static size_t take_begin(struct contents *contents, text source, size_t at, size_t to,
                         bool is_table)
{
    static const char *const parts[] = {"subfigure", "minipage", "subcaptionblock"};
    static const char *const places[] = {"center",         "centering",  "flushright",
                                         "threeparttable", "small",      "footnotesize",
                                         "scriptsize",     "tablenotes", "flushleft"};
    static const char *const tables[] = {"tabular", "tabular*", "tabularx", "tabulary"};
    struct tex_range inside, option;
    if (!tex_take_argument(source, &at, to, '{', &inside))
        return 0;
    text name = text_slice(source, inside.from, inside.to);
    if (TEXT_IS_AMONG(name, places))
        return at;
    if (TEXT_IS_AMONG(name, parts) && !is_table) {
        (void)tex_take_argument(source, &at, to, '[', &option);
        if (contents->is_in_part || !tex_take_argument(source, &at, to, '{', &option))
            return 0;
        contents->is_in_part = true;
        contents->part = (struct picture){0};
        return at;
    }
    size_t close = TEXT_IS_AMONG(name, tables) ? tex_find_end(source, at, name) : SIZE_MAX;
    if (close >= to || is_there(contents->tabular.rows))
        return 0;
    bool has_width = !text_equal_c(name, "tabular");
    if (has_width && !tex_take_argument(source, &at, close, '{', &option))
        return 0;
    (void)tex_take_argument(source, &at, close, '[', &option);
    if (!tex_take_argument(source, &at, close, '{', &contents->tabular.columns))
        return 0;
    contents->tabular.rows = (struct tex_range){at, close};
    return close + strlen("\\end{}") + name.length;
}

static size_t take_end(struct contents *contents, text source, size_t at, size_t to)
{
    static const char *const parts[] = {"subfigure", "minipage", "subcaptionblock"};
    struct tex_range inside;
    if (!tex_take_argument(source, &at, to, '{', &inside))
        return 0;
    if (!TEXT_IS_AMONG(text_slice(source, inside.from, inside.to), parts))
        return at;
    return end_part(contents) ? at : 0;
}

/* Behind what only places: `\\[1ex]`, `\,`; 0: the sign begins words. */
static size_t past_sign(text source, size_t from, size_t to)
{
    struct tex_range length;
    size_t at = from + 2;
    if (at > to || !strchr("\\ ,;:!/-@\n\r", source.bytes[from + 1]))
        return 0;
    if (source.bytes[from + 1] == '\\') {
        at += at < to && source.bytes[at] == '*';
        if (at < to && source.bytes[at] == '[')
            (void)tex_take_argument(source, &at, to, '[', &length);
    }
    return at;
}

/* A command in a float; the offset behind it, or 0. */
static size_t take_command(struct contents *contents, text source, size_t from, size_t to,
                           bool is_table)
{
    static const char *const pictures[] = {"includegraphics", "includegraphics*", "includesvg"};
    static const char *const captions[] = {"caption", "caption*", "subcaption"};
    static const char *const passed[] = {"quad",     "qquad",     "hfill",         "linebreak",
                                         "newline",  "tabcolsep", "protect",       "bfseries",
                                         "sffamily", "par",       "arraybackslash"};
    text name = tex_name_at(source, from, to);
    size_t at = from + 1 + name.length;
    struct picture *part = contents->is_in_part ? &contents->part : NULL;
    struct tex_range other;
    if (TEXT_IS_AMONG(name, pictures))
        return take_picture(contents, source, from, at, to);
    if (text_equal_c(name, "def")) { /* \def\svgwidth{5cm} */
        at = at < to && source.bytes[at] == '\\' ? at + 1 + tex_name_at(source, at, to).length : at;
        return tex_take_argument(source, &at, to, '{', &other) ? at : 0;
    }
    if (TEXT_IS_AMONG(name, captions))
        return take_words(source, at, to, part ? &part->caption : &contents->caption);
    if (text_equal_c(name, "captionof"))
        return tex_take_argument(source, &at, to, '{', &other)
                   ? take_words(source, at, to, part ? &part->caption : &contents->caption)
                   : 0;
    if (text_equal_c(name, "label"))
        return take_label(source, at, to, part ? &part->label : &contents->label);
    if (text_equal_c(name, "Description") || text_equal_c(name, "alt"))
        return take_words(source, at, to, part ? &part->description : &contents->description);
    if (text_equal_c(name, "subfloat") || text_equal_c(name, "subfigure"))
        return take_subfloat(contents, source, at, to);
    if (text_equal_c(name, "item")) /* of notes */
        return contents->note_count || is_there(contents->tabular.rows) ? at : 0;
    if (text_equal_c(name, "begin"))
        return take_begin(contents, source, at, to, is_table);
    if (text_equal_c(name, "end"))
        return take_end(contents, source, at, to);
    if (text_equal_c(name, "resizebox"))
        return tex_take_argument(source, &at, to, '{', &other) &&
                       tex_take_argument(source, &at, to, '{', &other)
                   ? at
                   : 0;
    if (text_equal_c(name, "scalebox"))
        return tex_take_argument(source, &at, to, '{', &other) ? at : 0;
    if (TEXT_IS_AMONG(name, passed))
        return at;
    if (name.length == 0)
        return past_sign(source, from, to);
    return tex_past_layout(source, from, to);
}

/* knitr writes `(\#fig:plan)` behind a caption. */
static size_t take_knitr_label(struct contents *contents, text source, size_t at, size_t to)
{
    size_t end = text_find_byte(source, ')', at);
    if (end >= to || is_there(contents->label) ||
        !text_starts_with(text_slice(source, at, end), TEXT("(\\#")))
        return 0;
    contents->label = (struct tex_range){at + 3, end};
    return end + 1;
}

/* Words below a picture or a table, up to the next part of the float. */
static size_t take_note(struct contents *contents, text source, size_t at, size_t to)
{
    static const char *const parts[] = {"caption", "caption*",  "captionof",  "subcaption",
                                        "label",   "begin",     "end",        "includegraphics",
                                        "item",    "subfloat",  "includesvg", "includegraphics*",
                                        "alt",     "subfigure", "Description"};
    bool has_place = (contents->count || is_there(contents->tabular.rows)) &&
                     !contents->is_in_part && contents->note_count < MOST_NOTES;
    size_t end = at, braces = 0;
    if (!has_place ||
        (source.bytes[at] == '\\' && TEXT_IS_AMONG(tex_name_at(source, at, to), parts)))
        return 0;
    while (end < to) {
        char c = source.bytes[end];
        if (c == '\\' && TEXT_IS_AMONG(tex_name_at(source, end, to), parts))
            break;
        if (c == '%' && tex_is_comment(source, end)) {
            end = tex_past_comment(source, end, to);
            continue;
        }
        if (c == '}' && braces == 0) /* of a group that began before */
            break;
        braces += c == '{' ? 1 : 0;
        braces -= c == '}' ? 1 : 0;
        end += c == '\\' ? 2 : 1;
    }
    end = end < to ? end : to;
    contents->notes[contents->note_count++] = (struct tex_range){at, end};
    return end;
}

static bool take_contents(struct contents *contents, text source, struct tex_range inside,
                          bool is_table)
{
    size_t at = inside.from;
    while (at < inside.to) {
        char c = source.bytes[at];
        if (byte_is_white(c) || c == '{' || c == '}' || c == '~' || c == '&') {
            at++;
        } else if (c == '%') {
            at = text_find_byte(source, '\n', at);
            at = at < inside.to ? at : inside.to;
        } else {
            size_t behind = c == '\\'  ? take_command(contents, source, at, inside.to, is_table)
                            : c == '(' ? take_knitr_label(contents, source, at, inside.to)
                                       : 0;
            at = behind ? behind : take_note(contents, source, at, inside.to);
            if (at == 0)
                return false;
        }
    }
    return !contents->is_in_part;
}

/* A label in the caption, as some write it: `\caption{Words\label{fig:a}}`, is read there. */

/* several pictures */

/* Quarto's box takes an id that says "figure"; another label stands in the caption. */
static bool is_id_of_box(text label)
{
    return (text_starts_with(label, TEXT("fig:")) || text_starts_with(label, TEXT("fig-"))) &&
           is_name(label);
}

static bool write_parts(struct tex_writer *writer, struct tex_line *line,
                        const struct contents *contents, size_t at)
{
    struct tex_range none = {0, 0}, label = contents->label;
    bool is_box = is_there(contents->caption),
         has_id = is_id_of_box(text_slice(writer->source, label.from, label.to));
    if (is_box) {
        tex_begin_block(writer, line, at);
        tex_make(writer, at, TEXT("::: {#"));
        if (has_id)
            tex_copy(writer, label.from, label.to);
        else
            tex_make(writer, at, arena_printf(writer->reader->arena, "fig-parts-%zu", at));
        tex_make(writer, at, TEXT(" layout-ncol=2}"));
        line->line_ends = 2;
    }
    for (size_t i = 0; i < contents->count; i++) {
        if (!write_one(writer, line, &contents->pictures[i]))
            return false;
    }
    if (!is_box)
        return true;
    tex_begin_block(writer, line, contents->caption.from);
    if (!write_caption(writer, contents->caption, has_id ? none : label))
        return false;
    line->line_ends = 1;
    tex_begin_words(writer, line, contents->caption.to);
    tex_make(writer, contents->caption.to, TEXT(":::"));
    line->line_ends = 2;
    return true;
}

static bool write_contents(struct tex_writer *writer, struct tex_line *line,
                           struct contents *contents, size_t at, bool is_table)
{
    if (is_there(contents->tabular.rows))
        return is_table && contents->count == 0 && !is_there(contents->description) &&
               tex_write_rows(writer, line, contents->tabular.columns, contents->tabular.rows,
                              contents->caption, contents->label);
    if (contents->count == 0 || is_table)
        return false;
    struct picture *picture = &contents->pictures[0];
    bool has_two_labels = is_there(contents->label) && is_there(picture->label),
         has_two_descriptions =
             is_there(contents->description) &&
             (contents->count > 1 || is_there(picture->description) || is_there(picture->caption));
    if ((contents->count == 1 && has_two_labels) || has_two_descriptions)
        return false;
    if (contents->count > 1 || (is_there(contents->caption) && is_there(picture->caption)))
        return write_parts(writer, line, contents, at);
    if (is_there(contents->caption))
        picture->caption = contents->caption;
    if (is_there(contents->label))
        picture->label = contents->label;
    if (is_there(contents->description))
        picture->description = contents->description;
    return write_one(writer, line, picture);
}

bool tex_write_float(struct tex_writer *writer, struct tex_line *line, struct tex_range inside,
                     bool is_table)
{
    struct contents contents = {0};
    if (!take_contents(&contents, writer->source, inside, is_table) ||
        !write_contents(writer, line, &contents, inside.from, is_table))
        return false;
    for (size_t i = 0; i < contents.note_count; i++) {
        tex_begin_block(writer, line, contents.notes[i].from);
        if (!tex_write_words(writer, line, contents.notes[i]))
            return false;
        line->line_ends = 2;
    }
    return true;
}

/* Rows and cells of LaTeX become a table with bars. The rows before the first line across the table
   that stands below one are its head, as for pandoc; without such a line it has none, which is
   told. */
#include "read/tex_blocks.h"

#include "base/limits.h"
#include "read/tex.h"

#include <string.h>

enum { MOST_ROWS_OF_HEAD = 9 };

struct tabular {
    struct tex_writer *writer;
    struct tex_line *line;
    char alignments[LIMIT_TABLE_COLUMNS];
    unsigned columns, column; /* of the row that is written: cells so far */
    unsigned rows, head_rows;
    bool has_corner; /* the first cells of several rows of the head are empty: they are one */
    bool has_rule_made;
    struct tex_range again; /* a head for further pages, which is the first one again */
    unsigned covered[LIMIT_TABLE_COLUMNS]; /* rows that a cell above still reaches over */
};

/* columns */

/* The offset behind a word of a length, `plus 2fil`, or a sign of one; the offset itself: none. */
static size_t past_length(text source, size_t at, size_t to)
{
    static const char *const words[] = {"pt", "em",   "ex",    "mm",   "cm",    "in",
                                        "bp", "pc",   "sp",    "mu",   "fil",   "fill",
                                        "dd", "plus", "minus", "fill", "width", "height"};
    size_t end = at;
    while (end < to && text_is_ascii_letter(source.bytes[end]))
        end++;
    if (end > at)
        return TEXT_IS_AMONG(text_slice(source, at, end), words) ? end : at;
    bool is_sign = byte_is_digit(source.bytes[at]) || strchr(".,=-", source.bytes[at]);
    return at + is_sign;
}

/* Whether what stands around cells only places them or gives them a look. */
static bool is_of_look(text source, struct tex_range inside)
{
    static const char *const spaces[] = {
        "hskip",     "hrule", "arrayrulewidth", "kern",      "vrule",    "hsize", "linewidth",
        "tabcolsep", "vskip", "fill",           "textwidth", "hspace",   "hfil",  "hfill",
        "quad",      "qquad", "space",          "enspace",   "thinspace"};
    static const char *const looks[] = {
        "extracolsep",    "global",       "hspace*",      "raggedright", "raggedleft",
        "arraybackslash", "centering",    "RaggedRight",  "RaggedLeft",  "Centering",
        "bfseries",       "bf",           "itshape",      "it",          "em",
        "small",          "footnotesize", "scriptsize",   "tiny",        "normalsize",
        "large",          "ttfamily",     "sffamily",     "scshape",     "columncolor",
        "color",          "cellcolor",    "vline",        "vspace",      "strut",
        "setlength",      "noindent",     "let",          "newline",     "par",
        "leavevmode",     "tt",           "smallskip",    "medskip",     "bigskip",
        "relax",          "parindent",    "ignorespaces", "sloppy",      "hyphenpenalty",
        "unskip",         "rmfamily",     "upshape",      "mdseries"};
    struct tex_range argument;
    bool is_length = false;
    size_t at = inside.from;
    while ((at = tex_past_blanks(source, at, inside.to)) < inside.to) {
        char c = source.bytes[at];
        if (c == '%' && tex_is_comment(source, at)) {
            at = tex_past_comment(source, at, inside.to);
            continue;
        }
        if (c != '\\') {
            size_t end = is_length ? past_length(source, at, inside.to) : at + (c == '~');
            if (end == at)
                return false;
            at = end;
            continue;
        }
        text name = tex_name_at(source, at, inside.to);
        is_length = TEXT_IS_AMONG(name, spaces);
        if (name.length == 0 && at + 1 < inside.to && strchr("\\,;:! /", source.bytes[at + 1]))
            at += 2;
        else if (is_length || TEXT_IS_AMONG(name, looks))
            at += 1 + name.length;
        else
            return false;
        while (name.length && at < inside.to && strchr("[{", source.bytes[at])) {
            if (!tex_take_argument(source, &at, inside.to, source.bytes[at], &argument))
                return false;
        }
    }
    return true;
}

/* Adds what `*{3}{l}` repeats; the offset behind it, or 0. */
static size_t add_repeated(struct tabular *tabular, text source, size_t at, size_t to);

static size_t add_column(struct tabular *tabular, text source, size_t at, size_t to)
{
    struct tex_range width;
    char c = source.bytes[at++];
    if (strchr("@!><", c)) /* what stands between, before or behind cells */
        return tex_take_argument(source, &at, to, '{', &width) && is_of_look(source, width) ? at
                                                                                            : 0;
    if (c == '|' || byte_is_white(c) || c == ':')
        return at;
    if (c == '*')
        return add_repeated(tabular, source, at, to);
    if (!text_is_ascii_letter(c) || tabular->columns == LIMIT_TABLE_COLUMNS)
        return 0;
    if (at < to && source.bytes[at] == '[' && !tex_take_argument(source, &at, to, '[', &width))
        return 0;
    bool has_width = at < to && source.bytes[at] == '{';
    if (has_width && !tex_take_argument(source, &at, to, '{', &width))
        return 0;
    tabular->alignments[tabular->columns++] = strchr("cC", c) ? 'c' : strchr("rRSd", c) ? 'r' : 'l';
    return at;
}

static size_t add_repeated(struct tabular *tabular, text source, size_t at, size_t to)
{
    struct tex_range times, columns;
    unsigned long count;
    if (!tex_take_argument(source, &at, to, '{', &times) ||
        !tex_take_argument(source, &at, to, '{', &columns) ||
        !text_to_number(text_slice(source, times.from, times.to), LIMIT_TABLE_COLUMNS, &count))
        return 0;
    for (unsigned long i = 0; i < count; i++) {
        for (size_t next = columns.from; next < columns.to;) {
            if (source.bytes[next] == '*')
                return 0;
            next = add_column(tabular, source, next, columns.to);
            if (next == 0)
                return 0;
        }
    }
    return at;
}

static bool read_columns(struct tabular *tabular, text source, struct tex_range columns)
{
    size_t at = columns.from;
    while (at && at < columns.to)
        at = add_column(tabular, source, at, columns.to);
    return at && tabular->columns;
}

/* lines across the table */

enum rule { RULE_NONE, RULE_WHOLE, RULE_PART };

/* The offset behind a line across the table, or other things between rows; `at`: there is none. */
static size_t past_rule(text source, size_t at, size_t to, enum rule *rule)
{
    static const char *const whole[] = {"hline",   "toprule",  "midrule",     "bottomrule",
                                        "Xhline",  "tophline", "middlehline", "bottomhline",
                                        "botrule", "endhead",  "endfirsthead"};
    static const char *const part[] = {
        "cline",   "cmidrule",    "addlinespace", "noalign",   "rowcolor", "arrayrulecolor",
        "endfoot", "endlastfoot", "centering",    "rowcolors", "small",    "footnotesize"};
    text name = source.bytes[at] == '\\' ? tex_name_at(source, at, to) : TEXT_EMPTY;
    bool is_whole = TEXT_IS_AMONG(name, whole);
    struct tex_range inside;
    if (!is_whole && !TEXT_IS_AMONG(name, part))
        return at;
    *rule = is_whole ? RULE_WHOLE : RULE_PART;
    static const char *const with_brackets[] = {
        "toprule",  "midrule", "bottomrule",     "addlinespace", "cmidrule",  "rowcolor",
        "tophline", "botrule", "arrayrulecolor", "middlehline",  "rowcolors", "bottomhline"};
    static const struct {
        const char *name;
        unsigned count;
    } with_braces[] = {{"cline", 1},          {"cmidrule", 1},  {"rowcolor", 1}, {"Xhline", 1},
                       {"arrayrulecolor", 1}, {"rowcolors", 3}, {"noalign", 1}};
    size_t from = at;
    at += 1 + name.length;
    if (TEXT_IS_AMONG(name, with_brackets) && at < to && source.bytes[at] == '[')
        (void)tex_take_argument(source, &at, to, '[', &inside);
    if (text_equal_c(name, "cmidrule") && at < to && source.bytes[at] == '(') {
        size_t end = text_find_byte(source, ')', at);
        at = end < to ? end + 1 : at;
    }
    for (size_t i = 0; i < sizeof with_braces / sizeof *with_braces; i++) {
        for (unsigned k = 0; text_equal_c(name, with_braces[i].name) && k < with_braces[i].count;
             k++) {
            if (!tex_take_argument(source, &at, to, '{', &inside))
                return at;
        }
    }
    if (text_equal_c(name, "noalign") && !is_of_look(source, inside))
        return from; /* its words are told */
    return at;
}

/* cells */

struct reach {
    unsigned columns, rows;
    struct tex_range words;
};

/* A number of one to three digits, which may begin with a sign; 0: it is none. */
static unsigned number_in(text source, struct tex_range range)
{
    unsigned long number;
    text words = text_trim(text_slice(source, range.from, range.to));
    return text_to_number(words, 999, &number) ? (unsigned)number : 0;
}

/* `\multicolumn{2}{c}{words}` and `\multirow{2}{*}{words}` as all that the cell holds. False: it
   holds them otherwise. */
static bool take_spans(text source, struct tex_range cell, struct reach *reach)
{
    *reach = (struct reach){1, 1, cell};
    for (unsigned i = 0; i < 2; i++) {
        size_t at = tex_past_blanks(source, reach->words.from, reach->words.to);
        size_t to = reach->words.to;
        text name = at < to && source.bytes[at] == '\\' ? tex_name_at(source, at, to) : TEXT_EMPTY;
        bool is_row = text_equal_c(name, "multirow");
        if (!is_row && !text_equal_c(name, "multicolumn"))
            break;
        struct tex_range count, other, words;
        at += 1 + name.length;
        (void)tex_take_argument(source, &at, to, '[', &other);
        if (!tex_take_argument(source, &at, to, '{', &count))
            return false;
        (void)tex_take_argument(source, &at, to, '[', &other);
        if (is_row && at < to && source.bytes[at] == '*') /* as wide as it is */
            at++;
        else if (!tex_take_argument(source, &at, to, '{', &other))
            return false;
        (void)tex_take_argument(source, &at, to, '[', &other);
        if (!tex_take_argument(source, &at, to, '{', &words) ||
            tex_past_blanks(source, at, to) != to || number_in(source, count) == 0)
            return false;
        *(is_row ? &reach->rows : &reach->columns) = number_in(source, count);
        reach->words = words;
    }
    return true;
}

static void begin_row(struct tabular *tabular, size_t at)
{
    struct tex_line *line = tabular->line;
    if (tabular->rows == 0)
        tex_begin_block(tabular->writer, line, at);
    else {
        line->line_ends = 1;
        tex_begin_words(tabular->writer, line, at);
    }
    tex_make(tabular->writer, at, TEXT("|"));
}

static void make_rule(struct tabular *tabular, size_t at)
{
    tabular->line->line_ends = 1;
    tex_begin_words(tabular->writer, tabular->line, at);
    tex_make(tabular->writer, at, TEXT("|"));
    for (unsigned i = 0; i < tabular->columns; i++) {
        char c = tabular->alignments[i];
        tex_make(tabular->writer, at,
                 c == 'c'   ? TEXT(":---:|")
                 : c == 'r' ? TEXT("---:|")
                            : TEXT(":---|"));
    }
    tabular->has_rule_made = true;
}

static struct tex_range trimmed(text source, struct tex_range words)
{
    words.from = tex_past_blanks(source, words.from, words.to);
    while (words.to > words.from && byte_is_white(source.bytes[words.to - 1]))
        words.to--;
    return words;
}

static bool write_cell(struct tabular *tabular, struct tex_range cell)
{
    struct tex_writer *writer = tabular->writer;
    struct tex_line words = {.form = TEX_CELL, .is_begun = true};
    struct reach reach;
    if (!take_spans(writer->source, cell, &reach) ||
        tabular->column + reach.columns > tabular->columns)
        return false;
    reach.words = trimmed(writer->source, reach.words);
    tex_make(writer, cell.from, TEXT(" "));
    struct tex_mark mark = tex_mark(writer);
    if (!tex_write_words(writer, &words, reach.words))
        return false;
    bool is_empty = tex_mark(writer).length == mark.length;
    bool is_corner = is_empty && tabular->rows == 0 && tabular->column == 0 &&
                     tabular->has_corner && tabular->head_rows > 1;
    reach.rows = is_corner ? tabular->head_rows : reach.rows;
    if (tabular->covered[tabular->column] && !is_empty)
        return false; /* words below a cell that reaches over them */
    if (reach.columns > 1)
        tex_make(writer, cell.from,
                 arena_printf(writer->reader->arena, " {colspan=%u}", reach.columns));
    if (reach.rows > 1)
        tex_make(writer, cell.from,
                 arena_printf(writer->reader->arena, " {rowspan=%u}", reach.rows));
    if (reach.columns > 1 && reach.rows > 1)
        return false;
    tex_make(writer, cell.from, TEXT(" |"));
    for (unsigned i = 0; i < reach.columns; i++) {
        if (i)
            tex_make(writer, cell.from, TEXT(" |"));
        unsigned *covered = &tabular->covered[tabular->column++];
        *covered = reach.rows > 1 ? reach.rows : *covered;
    }
    return true;
}

/* The end of the cell that begins at the offset: `&`, `\\` or the end of the rows; SIZE_MAX: it is
   not well formed. */
static size_t find_cell_end(text source, size_t at, size_t to)
{
    while (at < to) {
        char c = source.bytes[at];
        if (c == '&')
            return at;
        if (c == '{') {
            at = tex_past_brackets(source, at, to);
            if (at == 0)
                return SIZE_MAX;
        } else if (c == '%') {
            if (!tex_is_comment(source, at))
                return SIZE_MAX;
            at = tex_past_comment(source, at, to);
        } else if (c == '\\') {
            text rest = text_slice(source, at + 1, to);
            if (text_starts_with(rest, TEXT("\\")) ||
                text_starts_with(rest, TEXT("tabularnewline")))
                return at;
            at += 2;
        } else {
            at++;
        }
    }
    return to;
}

/* The end of the row: `\\` or that of all rows. */
static size_t find_row_end(text source, size_t at, size_t to)
{
    while ((at = find_cell_end(source, at, to)) < to && source.bytes[at] == '&')
        at++;
    return at;
}

/* The offset behind the end of a row, of which there may be none at the end. */
static size_t past_row_end(text source, size_t at, size_t to)
{
    struct tex_range length;
    if (at >= to)
        return to;
    at += source.bytes[at + 1] == '\\' ? 2 : strlen("\\tabularnewline");
    at += at < to && source.bytes[at] == '*';
    if (at < to && source.bytes[at] == '[')
        (void)tex_take_argument(source, &at, to, '[', &length);
    return at;
}

/* Whether a row has no words and no cell that reaches over it: `\\[-1.8ex]`, `& & \\`. */
static bool is_space(const struct tabular *tabular, text source, size_t at, size_t end)
{
    if (tex_past_blanks(source, at, end) == end)
        return true;
    for (unsigned i = 0; i < tabular->columns; i++) {
        if (tabular->covered[i])
            return false;
    }
    while (at < end && (byte_is_white(source.bytes[at]) || source.bytes[at] == '&'))
        at++;
    return at == end;
}

/* One row; the offset behind it, or 0. */
static size_t write_row(struct tabular *tabular, size_t at, size_t to)
{
    text source = tabular->writer->source;
    size_t row_end = find_row_end(source, at, to);
    if (row_end != SIZE_MAX && is_space(tabular, source, at, row_end))
        return past_row_end(source, row_end, to);
    begin_row(tabular, at);
    tabular->column = 0;
    for (;;) {
        size_t end = find_cell_end(source, at, to);
        if (end == SIZE_MAX || !write_cell(tabular, (struct tex_range){at, end}))
            return 0;
        at = end < to && source.bytes[end] == '&' ? end + 1 : end;
        if (at == end)
            break;
    }
    while (tabular->column < tabular->columns) {
        tex_make(tabular->writer, at < to ? at : to - 1, TEXT(" |"));
        tabular->column++;
    }
    for (unsigned i = 0; i < tabular->columns; i++)
        tabular->covered[i] -= tabular->covered[i] > 0;
    tabular->rows++;
    return past_row_end(source, at, to);
}

/* The next sign of rows that is no blank, comment or line across the table; the end: none. */
static size_t past_rules(text source, size_t at, size_t to)
{
    enum rule rule;
    while ((at = tex_past_blanks(source, at, to)) < to) {
        size_t behind = source.bytes[at] == '%' ? tex_past_comment(source, at, to)
                                                : past_rule(source, at, to, &rule);
        if (behind == at)
            break;
        at = behind;
    }
    return at;
}

static bool are_same(text source, struct tex_range one, struct tex_range other)
{
    for (;;) {
        one.from = past_rules(source, one.from, one.to);
        other.from = past_rules(source, other.from, other.to);
        if (one.from >= one.to || other.from >= other.to)
            return one.from >= one.to && other.from >= other.to;
        if (source.bytes[one.from++] != source.bytes[other.from++])
            return false;
    }
}

/* The parts of a table over several pages, each of which a command ends. False: one for further
   pages has words of its own. */
static bool find_parts(struct tabular *tabular, text source, struct tex_range rows)
{
    static const char *const ends[] = {"endfirsthead", "endhead", "endfoot", "endlastfoot"};
    struct tex_range head = {0, 0};
    size_t from = rows.from;
    for (size_t at = rows.from; at < rows.to; at++) {
        text name = source.bytes[at] == '\\' ? tex_name_at(source, at, rows.to) : TEXT_EMPTY;
        if (source.bytes[at] == '%' && tex_is_comment(source, at))
            at = tex_past_comment(source, at, rows.to);
        else if (source.bytes[at] == '\\')
            at += name.length == 0; /* the sign behind it */
        if (!TEXT_IS_AMONG(name, ends))
            continue;
        struct tex_range part = {from, at};
        from = at + 1 + name.length;
        bool is_empty = past_rules(source, part.from, at) >= at;
        if (is_empty)
            continue;
        if (text_ends_with(name, TEXT("foot")) || tabular->again.to ||
            (head.to && !are_same(source, head, part)))
            return false;
        if (head.to)
            tabular->again = part;
        head = part;
    }
    return true;
}

/* The rows before the first line across the table behind a row, where rows follow; 0: none. */
static unsigned count_head(struct tabular *tabular, text source, struct tex_range rows)
{
    unsigned count = 0;
    tabular->has_corner = true;
    enum rule rule;
    for (size_t at = rows.from; (at = tex_past_blanks(source, at, rows.to)) < rows.to;) {
        size_t behind = past_rule(source, at, rows.to, &rule);
        if (behind > at) {
            if (rule == RULE_WHOLE && count)
                return tex_past_blanks(source, behind, rows.to) < rows.to ? count : 0;
            at = behind;
            continue;
        }
        if (source.bytes[at] == '%') {
            at = text_find_byte(source, '\n', at);
            continue;
        }
        size_t end = find_row_end(source, at, rows.to);
        if (end == SIZE_MAX)
            return 0;
        if (!is_space(tabular, source, at, end)) {
            tabular->has_corner = tabular->has_corner && source.bytes[at] == '&';
            count++;
        }
        if (count > MOST_ROWS_OF_HEAD)
            return 0;
        at = past_row_end(source, end, rows.to);
    }
    return 0;
}

static bool write_caption(struct tabular *tabular, struct tex_range caption, struct tex_range label)
{
    struct tex_writer *writer = tabular->writer;
    struct tex_line one = {.form = TEX_LINE, .is_begun = true};
    tabular->line->line_ends = 2;
    if (caption.to == 0)
        return tabular->head_rows <= 1;
    tex_begin_words(writer, tabular->line, caption.from);
    tex_make(writer, caption.from, TEXT(": "));
    if (!tex_write_words(writer, &one, caption))
        return false;
    if (label.to) {
        tex_make(writer, label.from, TEXT("\\label{"));
        tex_copy(writer, label.from, label.to);
        tex_make(writer, label.to - 1, TEXT("}"));
    }
    if (tabular->head_rows > 1)
        tex_make(writer, caption.from,
                 arena_printf(writer->reader->arena, " {head-rows=%u%s}", tabular->head_rows,
                              tabular->has_corner ? " header-columns=1" : ""));
    tabular->line->line_ends = 2;
    return true;
}

/* A table without a head: cells without words stand there, which the checks tell. */
static void make_empty_head(struct tabular *tabular, size_t at)
{
    begin_row(tabular, at);
    for (unsigned i = 0; i < tabular->columns; i++)
        tex_make(tabular->writer, at, TEXT(" |"));
    tabular->rows++;
    make_rule(tabular, at);
}

bool tex_write_rows(struct tex_writer *writer, struct tex_line *line, struct tex_range columns,
                    struct tex_range rows, struct tex_range caption, struct tex_range label)
{
    struct tabular tabular = {.writer = writer, .line = line};
    text source = writer->source;
    enum rule rule;
    if (!read_columns(&tabular, source, columns))
        return false;
    if (!find_parts(&tabular, source, rows))
        return false;
    tabular.head_rows = count_head(&tabular, source, rows);
    if (tabular.head_rows == 0)
        make_empty_head(&tabular, rows.from);
    for (size_t at = rows.from; (at = tex_past_blanks(source, at, rows.to)) < rows.to;) {
        size_t behind = past_rule(source, at, rows.to, &rule);
        if (at >= tabular.again.from && at < tabular.again.to)
            behind = tabular.again.to;
        else if (source.bytes[at] == '%')
            behind = text_find_byte(source, '\n', at);
        if (behind > at) {
            at = behind < rows.to ? behind : rows.to;
            continue;
        }
        at = write_row(&tabular, at, rows.to);
        if (at == 0)
            return false;
        if (!tabular.has_rule_made && tabular.rows)
            make_rule(&tabular, at - 1);
    }
    return tabular.rows > 1 && write_caption(&tabular, caption, label);
}

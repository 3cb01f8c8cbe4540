/* Tables whose line of hyphens has another number of cells than the head above it, before the
   parser sees them: it would take them for words. Pandoc reads them; so the line gets as many cells
   as the head within its own bytes, with a warning. A cell is one of a line's parts between bars.
   Plus signs between its cells, as in tables of org-mode, pandoc reads as bars, without a word.
   A bar of code in a row ends its cell in GitHub's tables, and what is then more is lost; in
   pandoc's it is one of the code. Where a row is as long as its table but for such bars, or a head
   as long as the line below it, they are code. */
#include "read/code_lines.h"
#include "read/notations.h"
#include "read/passes.h"

#include <string.h>

static bool is_space(char c)
{
    return c == ' ' || c == '\t' || c == '\r';
}

/* The line without spaces and the bars at its edges. */
static text without_edges(text line)
{
    while (line.length && is_space(line.bytes[line.length - 1]))
        line.length--;
    while (line.length && is_space(line.bytes[0]))
        line = text_slice(line, 1, line.length);
    if (line.length && line.bytes[0] == '|')
        line = text_slice(line, 1, line.length);
    bool is_escaped = line.length > 1 && line.bytes[line.length - 2] == '\\';
    if (line.length && line.bytes[line.length - 1] == '|' && !is_escaped)
        line.length--;
    return line;
}

static unsigned count_cells(text line)
{
    unsigned bars = 0;
    for (size_t i = 0; i < line.length; i++) {
        if (line.bytes[i] == '\\')
            i++;
        else
            bars += line.bytes[i] == '|';
    }
    return bars + 1;
}

bool table_rule_is(text line)
{
    text cells = without_edges(line);
    bool has_hyphen = false, has_bar = false;
    for (size_t i = 0; i <= cells.length; i++) {
        char c = i < cells.length ? cells.bytes[i] : '|';
        if (c == '|' && !has_hyphen)
            return false;
        if (c != '|' && c != '-' && c != ':' && !is_space(c))
            return false;
        has_bar = has_bar || (c == '|' && i < cells.length);
        has_hyphen = c == '-' || (has_hyphen && c != '|');
    }
    return has_bar;
}

/* Bars in the last cell: it becomes several, of which the first is set as it was. False: its
   hyphens are too few. */
static bool split_last(char *bytes, text cells, unsigned more)
{
    size_t from = cells.length, to = cells.length;
    while (from && cells.bytes[from - 1] != '|')
        from--;
    while (from < to && is_space(cells.bytes[from]))
        from++;
    while (to > from && is_space(cells.bytes[to - 1]))
        to--;
    bool is_left = cells.bytes[from] == ':', is_right = to > from && cells.bytes[to - 1] == ':';
    size_t length = to - from, added = 2 * (size_t)more; /* a bar and a hyphen each */
    if (length < added + 1 + is_left + is_right)
        return false;
    size_t first = length - added;
    memset(bytes + from + is_left, '-', length - is_left);
    if (is_right)
        bytes[from + first - 1] = ':';
    for (size_t i = first; i < length; i += 2)
        bytes[from + i] = '|';
    return true;
}

/* The cells behind those that the head has become spaces. */
static void leave_out_last(char *bytes, text cells, unsigned kept)
{
    size_t at = 0;
    while (at < cells.length && (kept -= cells.bytes[at] == '|'))
        at++;
    memset(bytes + at + 1, ' ', cells.length - at);
}

/* `|-----+-----|`: hyphens behind a bar, with plus signs between them, which become bars. */
static void take_plus_signs(char *bytes, text line)
{
    text words = text_trim(line);
    size_t pluses = 0;
    if (words.length < 3 || words.bytes[0] != '|' || words.bytes[1] == '+')
        return;
    for (size_t i = 0; i < words.length; i++) {
        if (!strchr("|+-:", words.bytes[i]) || !words.bytes[i])
            return;
        pluses += words.bytes[i] == '+';
    }
    for (size_t i = 0; pluses && i < line.length; i++)
        bytes[i] = bytes[i] == '+' ? '|' : bytes[i];
}

/* The offset behind the code that begins at a backtick; at: none begins there. */
static size_t skip_code(text line, size_t at)
{
    size_t run = at, behind = code_lines_skip_span(line, at);
    while (run < line.length && line.bytes[run] == '`')
        run++;
    return behind > run ? behind : at;
}

/* The offset behind an address between signs, in which backticks are no code; at: none begins. */
static size_t skip_address(text line, size_t at)
{
    size_t end = at + 1;
    bool has_colon = false;
    if (end >= line.length || !text_is_ascii_letter(line.bytes[end]))
        return at;
    while (end < line.length && !is_space(line.bytes[end]) && !strchr("<>", line.bytes[end]))
        has_colon = line.bytes[end++] == ':' || has_colon;
    return has_colon && end < line.length && line.bytes[end] == '>' ? end + 1 : at;
}

/* Marks the bars of code, where take is given; the cells of the row without them. */
static unsigned take_code_bars(text cells, char *take)
{
    unsigned bars = 0;
    size_t words = 0; /* no address that was seen ends behind it */
    for (size_t i = 0; i < cells.length; i++) {
        if (cells.bytes[i] == '<' && i >= words)
            words = skip_address(cells, i);
        size_t behind = cells.bytes[i] == '`' && i >= words ? skip_code(cells, i) : i;
        for (; i < behind; i++) {
            bool is_escaped = cells.bytes[i] == '\\' && i + 1 < behind;
            if (take && cells.bytes[i] == '|')
                take[i] = CODE_BAR;
            i += is_escaped;
        }
        if (i >= cells.length)
            break;
        if (cells.bytes[i] == '\\')
            i++;
        else
            bars += cells.bytes[i] == '|';
    }
    return bars + 1;
}

/* The bars of code in a row, or a head, of a table of so many columns; false: none are. */
static bool take_row(struct reader *reader, text row, unsigned columns)
{
    text cells = without_edges(row);
    if (text_find_byte(cells, '`', 0) == SIZE_MAX || count_cells(cells) <= columns ||
        take_code_bars(cells, NULL) != columns)
        return false;
    size_t from = (size_t)(cells.bytes - reader->source);
    take_code_bars(cells, reader->source + from);
    notation_report(reader, NOTATION_TABLE_CODE_BAR,
                    reader_span(reader, from, from + cells.length));
    return true;
}

/* A head of cells and a rule below it, at those offsets of the source. */
static void take_rule(struct reader *reader, text head, text rule)
{
    unsigned heads = count_cells(without_edges(head)), count = count_cells(without_edges(rule));
    if (heads < 2 || heads == count || table_rule_is(head) || take_row(reader, head, count))
        return;
    text cells = without_edges(rule);
    size_t from = (size_t)(cells.bytes - reader->source);
    bool has_bar_behind =
        from + cells.length < reader->length && reader->source[from + cells.length] == '|';
    if (heads > count && !split_last(reader->source + from, cells, heads - count))
        return;
    if (heads < count) {
        cells.length -= !has_bar_behind; /* else the bar goes with the last cell */
        leave_out_last(reader->source + from, cells, heads);
    }
    report_rule(reader->report, "table-ragged", reader_span(reader, from, from + cells.length),
                NULL,
                "a line of hyphens with another number of cells than the head: %u, and not %u",
                count, heads);
}

/* `| A |` above `|:--|`: a table of one column, which has bars at its edges only. */
static bool is_of_one_column(text head, text rule)
{
    text edged = text_trim(head), line = text_trim(rule), cell = text_trim(without_edges(rule));
    if (edged.length < 3 || edged.bytes[0] != '|' || edged.bytes[edged.length - 1] != '|' ||
        line.length < 3 || line.bytes[0] != '|' || line.bytes[line.length - 1] != '|' ||
        take_code_bars(without_edges(head), NULL) != 1)
        return false;
    size_t hyphens = 0;
    for (size_t i = 0; i < cell.length; i++) {
        bool is_edge = i == 0 || i + 1 == cell.length;
        if (cell.bytes[i] != '-' && (cell.bytes[i] != ':' || !is_edge))
            return false;
        hyphens += cell.bytes[i] == '-';
    }
    return hyphens > 0;
}

static bool is_heading(text words)
{
    size_t signs = 0;
    while (signs < words.length && words.bytes[signs] == '#')
        signs++;
    return signs && signs <= 6 && (signs == words.length || is_space(words.bytes[signs]));
}

/* Whether the line begins a block of its own, which no table goes on with: a heading, an item, a
   break. Its words stand behind the marks of the quotations that it is in. */
static bool begins_block(text line)
{
    while (line.length && (is_space(line.bytes[0]) || line.bytes[0] == '>'))
        line = text_slice(line, 1, line.length);
    bool may_be_item =
        line.length && (strchr("-+*_", line.bytes[0]) || byte_is_digit(line.bytes[0]));
    return is_heading(line) || (may_be_item && code_lines_begin_item(line));
}

/* The columns of the table whose head and rule these are; 0: they are none. */
static unsigned take_head(struct reader *reader, text head, text rule)
{
    unsigned count = count_cells(without_edges(rule));
    bool is_head = take_row(reader, head, count) || count_cells(without_edges(head)) == count;
    return is_head ? count : 0;
}

void read_table_rules(struct reader *reader)
{
    struct source_lines lines =
        SOURCE_LINES(reader_source(reader), reader->body, CODE_AND_BLOCKS_BEGIN);
    text before = TEXT_EMPTY; /* a line that may be a head: one is blank before it */
    bool was_blank = true, is_in_block = false;
    text previous = TEXT_EMPTY;
    unsigned columns = 0; /* of the table in which the line stands; 0: in none */
    unsigned quotes = 0;  /* that the table stands in */
    while (source_lines_next(&lines)) {
        text line = lines.line;
        bool is_fenced = lines.kind != LINE_WORDS;
        /* R Markdown's blocks are between fences and hold Markdown */
        is_in_block = is_fenced && (is_in_block || text_starts_with(line, TEXT("```{block")));
        if (is_fenced && !is_in_block) {
            before = TEXT_EMPTY;
            was_blank = true;
            columns = 0;
            previous = TEXT_EMPTY;
            continue;
        }
        if (before.length)
            take_plus_signs(reader->source + lines.from, line);
        bool is_blank = text_is_blank(line);
        text words = text_slice(line, is_fenced ? 0 : lines.code.marks - lines.from, line.length);
        if (before.length && table_rule_is(line)) {
            take_rule(reader, before, line);
            columns = count_cells(without_edges(before));
            quotes = lines.code.last_quotes;
        } else if (text_find_byte(previous, '|', 0) != SIZE_MAX &&
                   (table_rule_is(words) || (!columns && is_of_one_column(previous, words)))) {
            /* in a quotation, or right behind other words */
            columns = take_head(reader, previous, words);
            quotes = lines.code.last_quotes;
        } else if (is_blank || quotes != lines.code.last_quotes || begins_block(line))
            columns = 0;
        else if (columns)
            take_row(reader, words, columns);
        previous = is_heading(words) ? TEXT_EMPTY : words; /* which is no head */
        bool may_be_head = was_blank && text_find_byte(previous, '|', 0) != SIZE_MAX;
        before = may_be_head ? previous : TEXT_EMPTY;
        was_blank = is_blank;
    }
}

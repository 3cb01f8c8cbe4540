#include "read/code_lines.h"

#include "read/boxes.h"
#include "read/directives.h"

#include <string.h>

enum { CODE_COLUMNS = 4 }; /* by which code is set in, and what notes and boxes hold */

/* How far a line has been looked at. */
struct head {
    text line;
    size_t at, column; /* a tab goes on to the next column that four divides */
    unsigned quotes;
    size_t quoted; /* the column behind the last mark of a quotation */
    size_t spoilt; /* the offset up to which no words are a break: it is asked at each mark */
};

static char byte_at(text line, size_t at)
{
    return at < line.length ? line.bytes[at] : '\0';
}

static void skip_blanks(struct head *head)
{
    for (; head->at < head->line.length && strchr(" \t\r", head->line.bytes[head->at]) &&
           head->line.bytes[head->at];
         head->at++)
        head->column =
            head->line.bytes[head->at] == '\t' ? head->column / 4 * 4 + 4 : head->column + 1;
}

static void skip(struct head *head, size_t bytes)
{
    head->at += bytes;
    head->column += bytes;
}

/* The column in which the lines of the innermost block begin that a line at such a column may
   belong to. */
static size_t block_column(const struct code_lines *lines, const struct head *head)
{
    size_t column = head->quoted;
    for (unsigned i = 0; i < lines->item_count; i++) {
        if (lines->items[i].column <= head->column && lines->items[i].quotes <= head->quotes &&
            lines->items[i].column > column)
            column = lines->items[i].column;
    }
    return column;
}

static bool is_set_in(const struct code_lines *lines, const struct head *head)
{
    return head->column >= block_column(lines, head) + CODE_COLUMNS;
}

/* A quotation begins, or goes on, in such a column: items that stand further in are at their end.
 */
static void close_before_quote(struct code_lines *lines, const struct head *head)
{
    unsigned kept = 0;
    while (kept < lines->item_count &&
           (lines->items[kept].quotes != head->quotes || lines->items[kept].column <= head->column))
        kept++;
    lines->item_count = kept;
}

/* Blanks and marks of quotations, of which there are not more than so many. */
static void skip_quotes(struct code_lines *lines, struct head *head, unsigned most)
{
    skip_blanks(head);
    while (head->quotes < most && byte_at(head->line, head->at) == '>' && !is_set_in(lines, head)) {
        close_before_quote(lines, head);
        skip(head, 1);
        head->quotes++;
        head->quoted = head->column + 1;
        skip_blanks(head);
    }
}

/* items */

static bool is_blank_at(text line, size_t at)
{
    return at >= line.length || line.bytes[at] == ' ' || line.bytes[at] == '\t' ||
           line.bytes[at] == '\r';
}

/* `***`, `- - -`. Up to the byte that spoils it there are its signs alone, which it spoils too. */
static bool is_break(struct head *head)
{
    text line = head->line;
    char sign = byte_at(line, head->at);
    size_t count = 0;
    if (head->at < head->spoilt || sign == '\0' || !strchr("-*_", sign))
        return false;
    for (size_t i = head->at; i < line.length; i++) {
        if (line.bytes[i] == sign) {
            count++;
        } else if (!is_blank_at(line, i)) {
            head->spoilt = i;
            return false;
        }
    }
    return count >= 3;
}

static bool is_roman(char c)
{
    return c && strchr("ivxlcdm", c);
}

/* The length of the number of an item: digits, a letter or a Roman number, `#`, `@label`. */
static size_t number_length(text words)
{
    size_t end = 0;
    if (byte_at(words, 0) == '#')
        return 1;
    if (byte_at(words, 0) == '@') {
        while (end < words.length && end < 100 && !strchr(") ", words.bytes[end]))
            end++;
        return end;
    }
    while (end < 9 && byte_is_digit(byte_at(words, end)))
        end++;
    if (end == 0 && text_is_ascii_letter(byte_at(words, 0)))
        end = 1;
    while (end && end < 9 && is_roman(byte_at(words, end)) && is_roman(words.bytes[0]))
        end++;
    return end;
}

/* The length of the mark of an item; 0: there is none. *holds: by how many columns its lines are
   set in; 0: as far as its words. */
static size_t mark_length(struct head *head, size_t *holds)
{
    text words = text_slice(head->line, head->at, head->line.length);
    char first = byte_at(words, 0), second = byte_at(words, 1);
    *holds = 0;
    if (text_is_ascii_letter(first) && second != '.' && second != ')' && !is_roman(second))
        return 0; /* most lines */
    if (first && strchr("-+*:~", first) && is_blank_at(words, 1))
        return is_break(head) ? 0 : 1;
    if (text_starts_with(words, TEXT("!!!")) || text_starts_with(words, TEXT("???")) ||
        text_starts_with(words, TEXT("=== \""))) { /* MkDocs */
        *holds = CODE_COLUMNS;
        return 3;
    }
    if (text_starts_with(words, TEXT("[^"))) {
        size_t end = text_find(words, TEXT("]:"), 2);
        *holds = CODE_COLUMNS;
        return end == SIZE_MAX || end > 200 ? 0 : end + 2;
    }
    bool is_bracketed = first == '(';
    size_t length = number_length(text_slice(words, is_bracketed, words.length)) + is_bracketed;
    char behind = byte_at(words, length);
    /* "B. Russell" has one blank: pandoc asks for two */
    bool is_name = first >= 'A' && first <= 'Z' && behind == '.' && !is_blank_at(words, length + 2);
    bool is_mark = length > is_bracketed && (behind == ')' || (behind == '.' && !is_bracketed)) &&
                   is_blank_at(words, length + 1) && !is_name;
    return is_mark ? length + 1 : 0;
}

/* Items that a line at such a column does not belong to. */
static void close_items(struct code_lines *lines, const struct head *head)
{
    while (lines->item_count && (lines->items[lines->item_count - 1].column > head->column ||
                                 lines->items[lines->item_count - 1].quotes > head->quotes))
        lines->item_count--;
}

/* Marks of items and of the quotations in them. Whether what stands behind them is code. */
static bool skip_items(struct code_lines *lines, struct head *head)
{
    size_t holds, length;
    while (head->at < head->line.length && (length = mark_length(head, &holds))) {
        size_t column = head->column;
        close_items(lines, head);
        skip(head, length);
        size_t behind = head->column;
        skip_blanks(head);
        bool is_code = head->column > behind + CODE_COLUMNS && !holds;
        bool is_empty = head->at == head->line.length;
        if (lines->item_count == CODE_MOST_ITEMS)
            lines->item_count--;
        lines->items[lines->item_count].quotes = head->quotes;
        lines->items[lines->item_count++].column = holds                 ? column + holds
                                                   : is_code || is_empty ? behind + 1
                                                                         : head->column;
        if (is_code || holds)
            return is_code && !is_empty;
        skip_quotes(lines, head, UINT32_MAX);
    }
    return false;
}

/* what is open */

static const struct {
    const char *opens, *closes;
} blocks[] = {
    {"<pre", "</pre>"},     {"<PRE", "</PRE>"}, {"<script", "</script>"},
    {"<style", "</style>"}, {"$$", "$$"},
};

static void open_in_block(struct code_lines *lines, const struct head *head)
{
    lines->quotes = head->quotes;
    lines->column = 0;
    for (unsigned i = 0; i < lines->item_count; i++) {
        if (lines->items[i].column <= head->column)
            lines->column = lines->items[i].column;
    }
}

/* Whether the line stands outside the block that holds what is open. */
static bool has_left(const struct code_lines *lines, const struct head *head)
{
    bool is_blank = head->at == head->line.length;
    return head->quotes < lines->quotes || (!is_blank && head->column < lines->column);
}

/* The line of a comment that is open: kind, and lines->words where it ends. */
static enum line_kind take_comment(struct code_lines *lines, text source, size_t from, size_t to)
{
    size_t end = text_find(text_slice(source, 0, to), TEXT("-->"), from);
    lines->words = to;
    if (end == SIZE_MAX)
        return LINE_HIDDEN;
    lines->is_comment = false;
    lines->words = end + 3;
    return text_is_blank(text_slice(source, lines->words, to)) ? LINE_HIDDEN : LINE_WORDS;
}

/* Whether the words begin such a block; and whether it is all of the line, or more. */
static bool begins_block(struct code_lines *lines, text words)
{
    for (size_t i = 0; i < sizeof blocks / sizeof *blocks; i++) {
        size_t length = strlen(blocks[i].opens);
        bool is_tag = blocks[i].closes[1] == '/';
        if (!text_starts_with(words, text_from_c(blocks[i].opens)) ||
            (is_tag && words.length > length && !strchr(" \t\r>", words.bytes[length])))
            continue;
        text end = text_from_c(blocks[i].closes);
        size_t found = text_find(words, end, length);
        if (found != SIZE_MAX) /* words behind it are none of it */
            return text_is_blank(text_slice(words, found + end.length, words.length));
        lines->block_end = blocks[i].closes;
        return true;
    }
    return false;
}

/* The line of a block that is open, unless two dollars were none of a formula. */
static bool take_block(struct code_lines *lines, text line)
{
    if (lines->block_end[0] == '$' && text_is_blank(line)) {
        lines->block_end = NULL;
        return false;
    }
    if (text_find(line, text_from_c(lines->block_end), 0) != SIZE_MAX)
        lines->block_end = NULL;
    return true;
}

/* fences */

static size_t run_at(text line, size_t at)
{
    size_t end = at;
    while (end < line.length && line.bytes[end] == line.bytes[at])
        end++;
    return end - at;
}

/* Whether the fence opens or closes a directive that holds Markdown (`{note}`): it sets off no
 * code. */
static bool is_of_directive(struct code_lines *lines, char sign, size_t length, text behind)
{
    text name;
    unsigned count = lines->directive_count;
    if (text_is_blank(behind)) {
        bool is_end = count && lines->directives[count - 1].sign == sign &&
                      length >= lines->directives[count - 1].length;
        lines->directive_count -= is_end;
        return is_end;
    }
    if (count == CODE_MOST_DIRECTIVES || !directive_name(behind, 0, &name))
        return false;
    enum directive_form form = directive_find(name);
    bool is_box = box_find(name) && form != DIRECTIVE_SOURCE;
    bool holds_blocks = is_box || form == DIRECTIVE_FIGURE || form == DIRECTIVE_TABLE ||
                        form == DIRECTIVE_LIST_TABLE;
    if (holds_blocks) {
        lines->directives[count].sign = sign;
        lines->directives[count].length = length;
    }
    lines->directive_count += holds_blocks;
    return holds_blocks;
}

static bool opens_fence(struct code_lines *lines, const struct head *head)
{
    char sign = byte_at(head->line, head->at);
    size_t run = sign == '`' || sign == '~' ? run_at(head->line, head->at) : 0;
    text behind = text_slice(head->line, head->at + run, head->line.length);
    if (run < 3 || (sign == '`' && text_find_byte(behind, '`', 0) != SIZE_MAX))
        return false;
    if (is_of_directive(lines, sign, run, behind))
        return false;
    lines->fence = sign;
    lines->length = run;
    open_in_block(lines, head);
    return true;
}

static bool closes_fence(const struct code_lines *lines, const struct head *head)
{
    size_t run = byte_at(head->line, head->at) == lines->fence ? run_at(head->line, head->at) : 0;
    return run >= lines->length && !is_set_in(lines, head) &&
           text_is_blank(text_slice(head->line, head->at + run, head->line.length));
}

/* comments within a line */

/* A run of one sign and nothing else. */
static bool is_run_alone(const struct head *head)
{
    size_t end = head->at + run_at(head->line, head->at);
    return text_is_blank(text_slice(head->line, end, head->line.length));
}

/* Whether the line, which is not blank, begins another block than the paragraph before it. */
static bool ends_paragraph(const struct code_lines *lines, struct head *head)
{
    struct code_lines other = {0};
    size_t holds;
    text words = text_slice(head->line, head->at, head->line.length);
    return head->quotes > lines->last_quotes || words.bytes[0] == '#' || is_break(head) ||
           opens_fence(&other, head) || mark_length(head, &holds) ||
           text_starts_with(words, TEXT("<!--"));
}

/* Whether the comment at the offset ends in its paragraph. */
static bool ends_in_paragraph(struct code_lines *lines, text source, size_t at)
{
    if (at < lines->endless)
        return false;
    for (size_t from = at, end; from < source.length; from = end + 1) {
        end = text_find_byte(source, '\n', from);
        end = end == SIZE_MAX ? source.length : end;
        struct head head = {.line = text_slice(source, from, end)};
        struct code_lines other = {0};
        skip_quotes(&other, &head, UINT32_MAX);
        text words = text_slice(head.line, head.at, head.line.length);
        if (from > at && words.length && ends_paragraph(lines, &head))
            break;
        if (text_find(head.line, TEXT("-->"), from == at ? 2 : 0) != SIZE_MAX)
            return true;
        if (words.length == 0)
            break;
        lines->endless = end;
    }
    return false;
}

/* Finds a comment that begins in the line of words and does not end in it. */
static void find_comment(struct code_lines *lines, text source, size_t to)
{
    text line = text_slice(source, 0, to);
    size_t tick = text_find_byte(line, '`', lines->words);
    for (size_t at = text_find(line, TEXT("<!--"), lines->words); at != SIZE_MAX;) {
        if (tick < at) {
            size_t behind = code_lines_skip_span(line, tick);
            tick = text_find_byte(line, '`', behind);
            at = behind > at ? text_find(line, TEXT("<!--"), behind) : at;
            continue;
        }
        size_t end = text_is_escaped(source, at) ? at + 1 : text_find(line, TEXT("-->"), at + 2);
        if (end == SIZE_MAX) {
            lines->is_comment = lines->is_within = ends_in_paragraph(lines, source, at);
            lines->next_comment = lines->unclosed = at;
            return;
        }
        at = text_find(line, TEXT("<!--"), end);
        tick = text_find_byte(line, '`', end);
    }
}

/* code within a line that goes on in the next ones */

/* The offset behind the first run of so many backticks in the line at or after `at`; 0: none. */
static size_t behind_run(text line, size_t at, size_t length)
{
    for (at = text_find_byte(line, '`', at); at != SIZE_MAX; at = text_find_byte(line, '`', at)) {
        size_t run = run_at(line, at);
        at += run;
        if (run == length)
            return at;
    }
    return 0;
}

/* The offset behind the backticks that end, in the paragraph's lines behind `to`, code that so many
   begin; 0: none do. */
static size_t span_end(struct code_lines *lines, text source, size_t to, size_t length)
{
    for (size_t from = to + 1, end; from < source.length; from = end + 1) {
        end = text_find_byte(source, '\n', from);
        end = end == SIZE_MAX ? source.length : end;
        struct head head = {.line = text_slice(source, from, end)};
        struct code_lines other = {0};
        skip_quotes(&other, &head, UINT32_MAX);
        bool is_sign = strchr("=-|", byte_at(head.line, head.at)) != NULL; /* '\0' too */
        if (is_sign && (byte_at(head.line, head.at) == '|' || is_run_alone(&head)))
            break;
        text words = text_slice(head.line, head.at, head.line.length);
        bool is_of_box = text_starts_with(words, TEXT(":::")) ||
                         text_starts_with(words, TEXT("{:")) || byte_at(words, 0) == '<';
        if (is_of_box || ends_paragraph(lines, &head))
            break;
        size_t found = behind_run(head.line, head.at, length);
        if (found)
            return from + found;
        lines->endless_spans[length] = end;
    }
    return 0;
}

/* Finds code that begins in the line's words and does not end in it. */
static void find_span(struct code_lines *lines, text source, size_t to)
{
    text line = text_slice(source, 0, to);
    for (size_t at = text_find_byte(line, '`', lines->words); at != SIZE_MAX;
         at = text_find_byte(line, '`', at)) {
        size_t length = run_at(line, at), behind = code_lines_skip_span(line, at);
        bool may_go_on = behind == at + length && length < CODE_MOST_TICKS &&
                         !text_is_escaped(source, at) && to >= lines->endless_spans[length];
        size_t end = may_go_on ? span_end(lines, source, to, length) : 0;
        if (end) {
            lines->span_at = at;
            lines->span_end = end;
            return;
        }
        at = behind;
    }
}

/* lines */

/* `===`, `-`: below a paragraph it makes a heading of that, behind which code may begin. */
static bool is_underline(const struct code_lines *lines, const struct head *head)
{
    char sign = byte_at(head->line, head->at);
    bool is_inside =
        head->quotes == lines->last_quotes &&
        (lines->item_count == 0 || lines->items[lines->item_count - 1].column <= head->column);
    if (!is_inside || (sign != '=' && sign != '-'))
        return false;
    return is_run_alone(head);
}

/* Behind what holds the line: its words, of which nothing was open. */
static enum line_kind take_words(struct code_lines *lines, text source, struct head *head)
{
    size_t from = (size_t)(head->line.bytes - source.bytes), to = from + head->line.length;
    char first = byte_at(head->line, head->at);
    text words = text_slice(head->line, head->at, head->line.length);
    bool was_apart = lines->was_blank || head->quotes > lines->last_quotes;
    bool is_code = (was_apart || lines->was_code) && is_set_in(lines, head);
    bool goes_on = !is_code && is_set_in(lines, head); /* a paragraph: no other block begins */
    bool is_underlined = !was_apart && !lines->was_code && !goes_on && is_underline(lines, head);
    lines->last_quotes = head->quotes;
    if (!is_code && !goes_on &&
        (was_apart || strchr("#`~", first) || is_break(head) ||
         text_starts_with(words, TEXT("<!--"))))
        close_items(lines, head);
    is_code = is_code || (!goes_on && !is_underlined && skip_items(lines, head));
    words = text_slice(head->line, head->at, head->line.length);
    lines->marks = from + head->at;
    lines->was_code = is_code;
    first = byte_at(words, 0);
    lines->was_blank = is_underlined || (!goes_on && (first == '#' || is_break(head)));
    if (is_code || (!goes_on && opens_fence(lines, head)))
        return LINE_CODE;
    if (lines->has_blocks && !goes_on && (first == '<' || first == '$') &&
        begins_block(lines, words)) {
        open_in_block(lines, head);
        return LINE_HIDDEN;
    }
    if (lines->next_comment <= from)
        lines->next_comment = text_find(source, TEXT("<!--"), from);
    if (lines->next_comment >= to) {
        bool may_go_on = !lines->was_blank && first != '|' && first != '<' &&
                         !text_starts_with(words, TEXT("```"));
        if (may_go_on)
            find_span(lines, source, to);
        return LINE_WORDS;
    }
    enum line_kind kind = LINE_WORDS;
    if (!goes_on && text_starts_with(words, TEXT("<!--"))) {
        open_in_block(lines, head);
        lines->is_comment = true;
        lines->is_within = false;
        kind = take_comment(lines, source, from + head->at + 2, to);
        lines->was_blank = !lines->is_comment;
    }
    if (!lines->is_comment)
        find_comment(lines, source, to);
    return kind;
}

enum line_kind code_lines_take(struct code_lines *lines, text source, size_t from, size_t to)
{
    struct head head = {.line = text_slice(source, from, to)};
    bool is_open = lines->fence || lines->block_end || (lines->is_comment && !lines->is_within);
    lines->words = lines->marks = from;
    lines->unclosed = SIZE_MAX;
    if (lines->span_end > from) {
        lines->words = lines->span_end < to ? lines->span_end : to;
        if (lines->words < to)
            find_span(lines, source, to);
        return lines->words < to ? LINE_WORDS : LINE_HIDDEN;
    }
    if (lines->is_comment && lines->is_within) {
        enum line_kind kind = take_comment(lines, source, from, to);
        if (kind == LINE_WORDS)
            find_comment(lines, source, to);
        return kind;
    }
    skip_quotes(lines, &head, is_open ? lines->quotes : UINT32_MAX);
    if (is_open && has_left(lines, &head)) {
        is_open = lines->is_comment = false;
        lines->fence = '\0';
        lines->block_end = NULL;
        lines->was_blank = true;
        skip_quotes(lines, &head, UINT32_MAX);
    }
    bool is_blank = head.at == head.line.length;
    enum line_kind kind = LINE_HIDDEN;
    if (lines->fence) {
        if (closes_fence(lines, &head))
            lines->fence = '\0';
        lines->was_blank = !lines->fence;
        lines->was_code = false;
        kind = LINE_CODE;
    } else if (is_open && lines->is_comment) {
        kind = take_comment(lines, source, from, to);
        lines->was_blank = !lines->is_comment;
        if (kind == LINE_WORDS)
            find_comment(lines, source, to);
    } else if (!is_open || !take_block(lines, head.line)) {
        kind = LINE_WORDS;
        if (is_blank) {
            lines->was_blank = true;
        } else {
            kind = take_words(lines, source, &head);
        }
    }
    lines->last_quotes = head.quotes;
    return kind;
}

size_t code_lines_skip_found(const struct code_lines *lines, text source, size_t to, size_t at)
{
    text line = text_slice(source, 0, to);
    if (byte_at(line, at) == '`')
        return at == lines->span_at && lines->span_end > to ? to : code_lines_skip_span(line, at);
    if (!text_starts_with(text_slice(line, at, to), TEXT("<!--")) || text_is_escaped(source, at))
        return at;
    if (at >= lines->unclosed)
        return lines->is_comment && lines->is_within ? to : at;
    size_t end = text_find(line, TEXT("-->"), at + 2);
    return end == SIZE_MAX ? at : end + 3;
}

size_t code_lines_skip_span(text line, size_t at)
{
    enum { MOST_RUNS = 64 }; /* looked at, for one: else a line of runs would cost its square */
    size_t length = run_at(line, at), next = at + length;
    for (unsigned i = 0; i < MOST_RUNS; i++) {
        next = text_find_byte(line, '`', next);
        if (next == SIZE_MAX)
            break;
        size_t run = run_at(line, next);
        next += run;
        if (run == length)
            return next;
    }
    return at + length;
}

bool code_lines_begin_item(text words)
{
    size_t holds;
    struct head head = {.line = words};
    return words.length && (mark_length(&head, &holds) || is_break(&head));
}

bool source_lines_next(struct source_lines *lines)
{
    if (lines->next >= lines->source.length)
        return false;
    lines->from = lines->next;
    lines->to = text_find_byte(lines->source, '\n', lines->from);
    if (lines->to == SIZE_MAX)
        lines->to = lines->source.length;
    lines->next = lines->to + 1;
    lines->line = (text){lines->source.bytes + lines->from, lines->to - lines->from};
    lines->kind = code_lines_take(&lines->code, lines->source, lines->from, lines->to);
    return true;
}

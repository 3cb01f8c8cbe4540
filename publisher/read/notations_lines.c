/* Notations that a line begins with. */
#include "read/notations.h"
#include "read/passes.h"

#include <string.h>

static bool is_small(char c)
{
    return c >= 'a' && c <= 'z';
}

static bool is_letter(char c)
{
    return is_small(c) || (c >= 'A' && c <= 'Z');
}

static size_t line_after(const struct scan *scan, size_t at)
{
    return at + scan_rest(scan, at).length;
}

static size_t starts_with(const struct scan *scan, size_t at, const char *words)
{
    return scan_starts(scan, at, words) ? line_after(scan, at) : 0;
}

static size_t next_line(const struct scan *scan, size_t at)
{
    size_t end = text_find_byte(scan->seen, '\n', at);
    return end == SIZE_MAX ? scan->seen.length : end + 1;
}

/* lists */

/* The length of "a. " or "iv. " at the offset, and the letters in *letters. With a bracket they are
   for the rule list-typed. */
static size_t letter_marker(const struct scan *scan, size_t at, text *letters)
{
    size_t end = at;
    while (is_letter(scan_byte(scan, end)) && end < at + 8)
        end++;
    *letters = text_slice(scan->seen, at, end);
    return letters->length && scan_starts(scan, end, ". ") ? end + 2 - at : 0;
}

/* Whether the second follows the first: b after a, ii after i. */
static bool follows(text first, text second)
{
    static const char *const roman[] = {"i",  "ii",  "iii",  "iv", "v",
                                        "vi", "vii", "viii", "ix", "x"};
    if (first.length == 1 && second.length == 1 && second.bytes[0] == first.bytes[0] + 1)
        return true;
    for (size_t i = 0; i + 1 < sizeof roman / sizeof *roman; i++) {
        if (text_equal_ignoring_case(first, text_from_c(roman[i])) &&
            text_equal_ignoring_case(second, text_from_c(roman[i + 1])))
            return true;
    }
    return false;
}

static size_t past_spaces(const struct scan *scan, size_t at)
{
    while (scan_byte(scan, at) == ' ' || scan_byte(scan, at) == '\t')
        at++;
    return at;
}

/* The line and the next begin with letters that follow one another. */
static size_t list_letters(const struct scan *scan, size_t at)
{
    text first, second;
    at = past_spaces(scan, at);
    if (!letter_marker(scan, at, &first) || text_find_byte(scan->seen, '\n', at) == SIZE_MAX)
        return 0;
    size_t next = past_spaces(scan, next_line(scan, at));
    bool is_list = letter_marker(scan, next, &second) && follows(first, second);
    return is_list ? line_after(scan, at) : 0;
}

/* `[-] ` and its like at the head of an item; what a box may hold but a space and an x, GitLab,
   Obsidian and org-mode disagree on. */
static size_t task_other(const struct scan *scan, size_t at)
{
    char sign = scan_byte(scan, at + 1);
    bool is_sign = sign && strchr("-~></?!*+\"", sign);
    return at == 0 && scan->begins_item && is_sign && scan_starts(scan, at + 2, "] ") ? 3 : 0;
}

static size_t list_hash(const struct scan *scan, size_t at)
{
    size_t end = starts_with(scan, at, "#. ");
    return end ? end : starts_with(scan, at, "#) ");
}

/* What lists.c has left, because it stands in a paragraph or nothing refers to it. Where the key is
   understood, it is a reference in brackets. */
static size_t list_example(const struct scan *scan, size_t at)
{
    bool is_understood = scan_byte(scan, at + 1) == NOTATION_BLOT;
    size_t end = at + 2;
    if (!scan_starts(scan, at, "(") || at + 1 >= scan->content.length ||
        scan->content.bytes[at + 1] != '@' || (is_understood && (at || scan->has_examples)))
        return 0;
    /* the key is a citation for the parser */
    while (end < scan->content.length && end < at + 40 && scan->content.bytes[end] != ')' &&
           scan->content.bytes[end] != '\n')
        end++;
    return scan_starts(scan, end, ") ") ? line_after(scan, at) : 0;
}

/* tables and blocks of lines */

/* A bar at its end, and another at its head or between two words. */
static bool ends_with_bar(const struct scan *scan, size_t at)
{
    size_t end = next_line(scan, at);
    text line = text_trim(text_slice(scan->seen, at, end));
    return line.length > 1 && line.bytes[line.length - 1] == '|' &&
           (line.bytes[0] == '|' || text_find(line, TEXT(" | "), 0) != SIZE_MAX);
}

/* One row that stands alone, or above the head of a table, where the parser has taken it for words:
   "| a | b |", but not "|a| + |b|". */
static size_t table_row_alone(const struct scan *scan, size_t at)
{
    text line = text_trim(scan->seen);
    bool is_row = text_starts_with(line, TEXT("| ")) && ends_with_bar(scan, 0) &&
                  text_find_byte(line, '|', 1) + 1 < line.length;
    return at == 0 && is_row && text_find_byte(scan->seen, '\n', 0) == SIZE_MAX ? line.length : 0;
}

static bool begins_block(const struct scan *scan, size_t at)
{
    return at == 0 && text_find_byte(scan->seen, '\n', 0) != SIZE_MAX;
}

static size_t table_without_rule(const struct scan *scan, size_t at)
{
    return begins_block(scan, at) && ends_with_bar(scan, 0) &&
                   ends_with_bar(scan, next_line(scan, 0))
               ? scan->seen.length
               : 0;
}

/* Every line of the block begins with a bar, and some end with one: else it is a block of lines. */
static size_t table_of_bars(const struct scan *scan, size_t at)
{
    if (!begins_block(scan, at))
        return 0;
    for (size_t line = 0; line < scan->seen.length; line = next_line(scan, line)) {
        if (!scan_starts(scan, line, "| ") && !scan_starts(scan, line, "|\n"))
            return 0;
    }
    return scan->seen.length;
}

/* Below another line, cells of hyphens: as many as the head has, and it would be a table. */
static size_t table_rule(const struct scan *scan, size_t at)
{
    return at && table_rule_is(scan_rest(scan, at)) ? line_after(scan, at) : 0;
}

static size_t table_grid(const struct scan *scan, size_t at)
{
    text line = text_trim(scan_rest(scan, at));
    if (line.length < 4 || line.bytes[0] != '+' || line.bytes[line.length - 1] != '+')
        return 0;
    for (size_t i = 0; i < line.length; i++) {
        if (!strchr("+-=:", line.bytes[i]))
            return 0;
    }
    /* one report a table */
    return scan->seen.length;
}

/* boxes */

/* What divs.c has left as text. */
static size_t fence_unread(const struct scan *scan, size_t at)
{
    size_t from = at;
    while (scan_byte(scan, from) == ':')
        from++;
    return from < at + 3 ? 0 : line_after(scan, at);
}

static size_t directive_rst(const struct scan *scan, size_t at)
{
    size_t end = at + 3;
    if (!scan_starts(scan, at, ".. "))
        return 0;
    while (is_small(scan_byte(scan, end)) || scan_byte(scan, end) == '-')
        end++;
    return end > at + 3 && scan_starts(scan, end, "::") ? line_after(scan, at) : 0;
}

static size_t target(const struct scan *scan, size_t at)
{
    text line = text_trim(scan_rest(scan, at));
    if (line.length < 4 || line.bytes[0] != '(' || !text_ends_with(line, TEXT(")=")))
        return 0;
    return text_find_byte(line, ' ', 0) != SIZE_MAX ? at + line.length : 0;
}

static bool is_line(const struct scan *scan, size_t at, const char *words)
{
    return text_equal_c(text_trim(scan_rest(scan, at)), words);
}

static size_t block_break(const struct scan *scan, size_t at)
{
    return is_line(scan, at, "+++") || starts_with(scan, at, "+++ {") ? line_after(scan, at) : 0;
}

/* A number stands before its sign, also at the end of the line above, or behind it ("% 80" of
   Basque and Turkish); a cell may begin with one. Within a paragraph only behind a word or the end
   of a sentence. */
static size_t comment_line(const struct scan *scan, size_t at)
{
    text before = text_trim(text_slice(scan->content, 0, at));
    char last = before.length ? before.bytes[before.length - 1] : '.';
    bool may_begin = text_is_ascii_letter(last) || strchr(".:;!?", last) != NULL;
    bool is_number = byte_is_digit(scan_byte(scan, at + 2));
    return scan->is_cell || is_number || !may_begin ? 0 : starts_with(scan, at, "% ");
}

/* "#Opening hours", as CommonMark does not read it; neither a hashtag nor a row of them. */
static size_t heading_tight(const struct scan *scan, size_t at)
{
    text line = text_trim(scan_rest(scan, at));
    size_t level = 0;
    while (level < line.length && line.bytes[level] == '#')
        level++;
    if (at || level == 0 || level > 6 || level == line.length)
        return 0;
    unsigned char first = (unsigned char)line.bytes[level];
    bool is_name =
        (first >= 'A' && first <= 'Z') || first >= 0x80 || (level > 1 && is_small((char)first));
    bool is_row = text_find(line, TEXT(" #"), 0) != SIZE_MAX;
    bool is_phrase = level > 1 || text_find_byte(line, ' ', 0) != SIZE_MAX;
    return is_name && is_phrase && !is_row ? line.length : 0;
}

static size_t formula_open(const struct scan *scan, size_t at)
{
    return is_line(scan, at, "$$") ? line_after(scan, at) : 0;
}

/* files and programs */

static size_t snippet(const struct scan *scan, size_t at)
{
    static const char *const marks[] = {"--8<-- ", "-8<- ", ";--8<-- ", "<<< @/", "<<< ./", "<<["};
    for (size_t i = 0; i < sizeof marks / sizeof *marks; i++) {
        if (scan_starts(scan, at, marks[i]))
            return line_after(scan, at);
    }
    return 0;
}

/* What mdx.c has left. */
static size_t mdx(const struct scan *scan, size_t at)
{
    text line = scan_rest(scan, at);
    bool is_import = text_starts_with(line, TEXT("import ")) &&
                     (text_find(line, TEXT(" from '"), 0) != SIZE_MAX ||
                      text_find(line, TEXT(" from \""), 0) != SIZE_MAX);
    bool is_export = text_starts_with(line, TEXT("export const ")) ||
                     text_starts_with(line, TEXT("export default ")) ||
                     text_starts_with(line, TEXT("export function ")) ||
                     text_starts_with(line, TEXT("export {"));
    return is_import || is_export ? at + line.length : 0;
}

/* Below words a sign of a list begins one only if it is indented by less than four spaces: what
   stands here was meant for one. Of several lines the first is told. */
static size_t list_indented(const struct scan *scan, size_t at)
{
    size_t before = at;
    bool is_html =
        scan->content.length && scan->content.bytes[0] == '<'; /* with lines of its own */
    bool is_item =
        at && !is_html && scan_byte(scan, at + 1) == ' ' && !scan_is_space(scan_byte(scan, at + 2));
    while (is_item && before > 1 && scan->seen.bytes[before - 2] != '\n' &&
           at - before < NOTATION_REACH)
        before--;
    bool follows = is_item && before > 1 && strchr("*+-", scan_before(scan, before)) &&
                   scan_byte(scan, before) == ' ';
    return is_item && !follows ? line_after(scan, at) : 0;
}

static size_t pause(const struct scan *scan, size_t at)
{
    return at == 0 && text_equal_c(text_trim(scan->seen), ". . .") ? scan->seen.length : 0;
}

/* Behind its kind may stand a name; a sentence about it has no line that ends it. */
static size_t diagram(const struct scan *scan, size_t at)
{
    static const char *const kinds[] = {"uml",  "mindmap", "gantt", "salt",  "wbs",
                                        "json", "yaml",    "ditaa", "latex", "dot"};
    text line = scan_rest(scan, at), begins = TEXT("@start");
    text kind = text_slice(line, begins.length, line.length);
    for (size_t i = 0; text_starts_with(line, begins) && i < sizeof kinds / sizeof *kinds; i++) {
        text name = text_from_c(kinds[i]);
        char after = kind.length > name.length ? kind.bytes[name.length] : ' ';
        bool is_kind = text_starts_with(kind, name) && !text_is_ascii_alphanumeric(after);
        text rest = text_trim(text_slice(kind, name.length, kind.length));
        if (is_kind && (rest.length == 0 || text_find(scan->seen, TEXT("\n@end"), at) != SIZE_MAX))
            return at + line.length;
    }
    return 0;
}

#define SPACES " \t\v\f\r"
const struct notation_line notation_lines[] = {
    {NULL, NOTATION_LIST_CLOSE, list_letters},
    {SPACES, NOTATION_LIST_CLOSE, list_letters},
    {"#", NOTATION_LIST_CLOSE, list_hash},
    {"*-+", NOTATION_LIST_INDENTED, list_indented},
    {".", NOTATION_PAUSE, pause},
    {"@", NOTATION_DIAGRAM_BARE, diagram},
    {"[", NOTATION_TASK_OTHER, task_other},
    {"(", NOTATION_LIST_EXAMPLE, list_example},
    {SPACES "|", NOTATION_TABLE_WITHOUT_RULE, table_without_rule},
    {"|", NOTATION_TABLE_WITHOUT_RULE, table_of_bars},
    {NULL, NOTATION_TABLE_WITHOUT_RULE, table_without_rule},
    {SPACES "|", NOTATION_TABLE_WITHOUT_RULE, table_row_alone},
    {SPACES "-:|", NOTATION_TABLE_WITHOUT_RULE, table_rule},
    {SPACES "+", NOTATION_TABLE_GRID, table_grid},
    {":", NOTATION_FENCE_UNREAD, fence_unread},
    {".", NOTATION_DIRECTIVE_RST, directive_rst},
    {SPACES "(", NOTATION_TARGET_WORDS, target},
    {SPACES "+", NOTATION_BLOCK_BREAK, block_break},
    {"%", NOTATION_COMMENT_LINE, comment_line},
    {SPACES "#", NOTATION_HEADING_TIGHT, heading_tight},
    {SPACES "$", NOTATION_FORMULA_OPEN, formula_open},
    {"-;<", NOTATION_SNIPPET_UNREAD, snippet},
    {NULL, NOTATION_MDX, mdx},
};
#undef SPACES
const size_t notation_line_count = sizeof notation_lines / sizeof *notation_lines;

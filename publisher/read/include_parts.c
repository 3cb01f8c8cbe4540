/* Which part of a file is taken in: lines by their numbers, what stands between marks, what stands
   between words. All is lines, but for words: these may stand within one. */
#include "read/includes.h"

#include <string.h>

struct parts {
    struct arena *arena;
    struct include_range *ranges;
    size_t count, capacity;
};

static void add(struct parts *parts, size_t from, size_t to)
{
    if (from > to)
        return;
    ARENA_GROW(parts->arena, parts->ranges, parts->count, parts->capacity);
    parts->ranges[parts->count++] = (struct include_range){from, to};
}

/* The offset behind the line that begins there, and behind its end. */
static size_t next_line(text bytes, size_t at)
{
    size_t end = text_find_byte(bytes, '\n', at);
    return end == SIZE_MAX ? bytes.length : end + 1;
}

static bool is_name(char c)
{
    return text_is_ascii_alphanumeric(c) || c == '_' || c == '-' || c == '.';
}

/* marks of sections */

enum mark { MARK_NONE, MARK_BEGINS, MARK_ENDS };

/* How sure it is that words of that form are a mark. */
enum mark_form {
    FORM_CERTAIN, /* they are one */
    FORM_ANCHOR,  /* mdBook's, which for others must be comments */
    FORM_ASKED,   /* only where the section is asked for by that name */
};

static const struct {
    const char *begins, *ends, *behind;
    enum mark_form form;
} marks[] = {
    {"--8<-- [start:", "--8<-- [end:", "]", FORM_CERTAIN}, /* pymdownx.snippets */
    {"-8<- [start:", "-8<- [end:", "]", FORM_CERTAIN},
    {"ANCHOR: ", "ANCHOR_END: ", "", FORM_ANCHOR}, /* mdBook */
    {"ANCHOR:", "ANCHOR_END:", "", FORM_ANCHOR},
    {"#region ", "#endregion ", "", FORM_ASKED}, /* VitePress */
    {"# region ", "# endregion ", "", FORM_ASKED},
    {"region ", "endregion ", "", FORM_ASKED},
    {"[START ", "[END ", "]", FORM_ASKED}, /* Google's samples, Hugo */
    {"<", "</", ">", FORM_ASKED},          /* DocFX */
};

/* Whether what stands before a mark is the sign of a comment, and no words. */
static bool begins_comment(text before, bool needs_sign)
{
    before = text_trim(before);
    if (text_ends_with(before, TEXT("#pragma")) || text_equal_c(before, "REM"))
        return true;
    for (size_t i = 0; i < before.length; i++) {
        if (is_name(before.bytes[i]) && before.bytes[i] != '-')
            return false;
        if ((unsigned char)before.bytes[i] >= 0x80)
            return false;
    }
    bool is_item = before.length == 1 && strchr("-+*>|", before.bytes[0]);
    return (before.length && !is_item) || !needs_sign;
}

static text name_behind(text line, const char *sign, const char *behind, bool is_certain)
{
    size_t at = text_find(line, text_from_c(sign), 0);
    if (at == SIZE_MAX)
        return TEXT_EMPTY;
    bool needs_sign = sign[0] == '<' || text_is_ascii_letter(sign[0]);
    if (!is_certain && !begins_comment(text_slice(line, 0, at), needs_sign))
        return TEXT_EMPTY;
    at += strlen(sign);
    while (at < line.length && line.bytes[at] == ' ')
        at++;
    size_t end = at;
    while (end < line.length && is_name(line.bytes[end]))
        end++;
    bool is_whole = text_starts_with(text_slice(line, end, line.length), text_from_c(behind));
    return is_whole ? text_slice(line, at, end) : TEXT_EMPTY;
}

/* Whether no words follow the name of a mark. */
static bool ends_comment(text line, text name)
{
    size_t end = (size_t)(name.bytes - line.bytes) + name.length;
    for (; end < line.length; end++) {
        if (text_is_ascii_letter(line.bytes[end]) || (unsigned char)line.bytes[end] >= 0x80)
            return false;
    }
    return true;
}

/* The mark that the line is, and its name. */
static enum mark mark_of(text line, enum include_form form, text wanted, text *name)
{
    bool is_asked = form == INCLUDE_MDBOOK && wanted.length;
    for (size_t i = 0; i < sizeof marks / sizeof *marks; i++) {
        bool is_anchor = marks[i].form == FORM_ANCHOR, needs_name = marks[i].form == FORM_ASKED;
        bool is_certain = is_anchor ? is_asked : marks[i].form == FORM_CERTAIN;
        if (needs_name && !wanted.length)
            continue;
        text begun = name_behind(line, marks[i].begins, marks[i].behind, is_certain);
        text ended = name_behind(line, marks[i].ends, marks[i].behind, is_certain);
        *name = ended.length ? ended : begun;
        if (is_anchor && !is_asked && name->length && !ends_comment(line, *name))
            continue;
        if (name->length && (!needs_name || text_equal(*name, wanted)))
            return ended.length ? MARK_ENDS : MARK_BEGINS;
    }
    /* "#endregion" may have no name */
    bool has_end = wanted.length && (text_ends_with(text_trim(line), TEXT("#endregion")) ||
                                     text_find(line, TEXT("#endregion -->"), 0) != SIZE_MAX);
    *name = has_end ? wanted : TEXT_EMPTY;
    return has_end ? MARK_ENDS : MARK_NONE;
}

/* The lines between the marks of the section (empty: all lines), without those that are marks. */
static bool add_section(struct parts *parts, text bytes, size_t first_byte, enum include_form form,
                        text wanted)
{
    bool is_inside = wanted.length == 0, was_found = is_inside;
    size_t from = first_byte;
    for (size_t at = first_byte, next; at < bytes.length; at = next) {
        text name;
        next = next_line(bytes, at);
        enum mark mark = mark_of(text_slice(bytes, at, next), form, wanted, &name);
        if (mark == MARK_NONE)
            continue;
        if (is_inside && at > from)
            add(parts, from, at);
        from = next;
        if (wanted.length && text_equal(name, wanted)) {
            is_inside = mark == MARK_BEGINS;
            was_found = true;
        }
    }
    if (is_inside && (bytes.length > from || parts->count == 0))
        add(parts, from, bytes.length);
    return was_found;
}

/* lines by their numbers */

static size_t count_lines(text bytes)
{
    size_t count = 0;
    for (size_t at = 0; at < bytes.length; at = next_line(bytes, at))
        count++;
    return count;
}

static bool add_lines(struct parts *parts, const struct include_request *request, text bytes)
{
    bool was_found = false;
    size_t all = request->counts_from_end ? count_lines(bytes) : 0;
    for (size_t i = 0; i < request->line_count; i++) {
        unsigned long number = 1;
        struct include_lines lines = request->lines[i];
        if (request->counts_from_end)
            lines.last = lines.last < all ? all - lines.last : 0;
        if (request->counts_from_end && lines.last == 0)
            continue; /* nothing is left */
        size_t from = SIZE_MAX, at = 0;
        for (size_t next; at < bytes.length && (lines.last == 0 || number <= lines.last);
             at = next, number++) {
            next = next_line(bytes, at);
            if (number == lines.first || (lines.first == 0 && number == 1))
                from = at;
        }
        if (from == SIZE_MAX)
            continue;
        add(parts, from, at);
        was_found = true;
    }
    return was_found;
}

/* what stands between words */

static size_t line_start(text bytes, size_t at)
{
    while (at && bytes.bytes[at - 1] != '\n')
        at--;
    return at;
}

/* `start-after`, `end-before` and their like; false: *why says what is not there. */
static bool add_between(struct parts *parts, const struct include_request *request, text bytes,
                        size_t first_byte, const char **why)
{
    size_t at = first_byte;
    for (size_t i = 0; i == 0 || (request->repeats && at < bytes.length); i++) {
        size_t from = at, to = bytes.length;
        if (request->after.length) {
            size_t found = text_find(bytes, request->after, from);
            if (found == SIZE_MAX && i)
                return true;
            if (found == SIZE_MAX) {
                *why = "the words that it should begin behind are not in it";
                return false;
            }
            from = request->keeps_after ? line_start(bytes, found) : found + request->after.length;
            at = found + request->after.length;
        }
        if (request->before.length) {
            size_t found = text_find(bytes, request->before, at);
            if (found == SIZE_MAX && !request->repeats) {
                *why = "the words that it should end before are not in it";
                return false;
            }
            to = found == SIZE_MAX       ? bytes.length
                 : request->keeps_before ? next_line(bytes, found)
                                         : found;
            at = found == SIZE_MAX ? bytes.length : found + request->before.length;
        } else {
            at = bytes.length;
        }
        add(parts, from, to);
        if (request->after.length == 0)
            break;
    }
    return true;
}

bool include_find_parts(struct arena *arena, const struct include_request *request, text bytes,
                        size_t first_byte, struct include_range **ranges, size_t *count,
                        const char **why)
{
    struct parts parts = {.arena = arena};
    bool is_found = true;
    if (request->line_count && request->section.length == 0) {
        is_found = add_lines(&parts, request, bytes);
        *why = "it has not so many lines";
    } else if (request->after.length || request->before.length) {
        is_found = add_between(&parts, request, bytes, first_byte, why);
    } else {
        is_found = add_section(&parts, bytes, request->section.length ? 0 : first_byte,
                               request->form, request->section);
        *why = "it has no part of that name";
    }
    if (is_found && request->line_count && request->section.length && parts.count) {
        /* lines of a section */
        size_t start = parts.ranges[0].from;
        text section = text_slice(bytes, 0, parts.ranges[parts.count - 1].to);
        parts.count = 0;
        is_found = add_lines(&parts, request, text_slice(section, start, section.length));
        for (size_t i = 0; i < parts.count; i++) {
            parts.ranges[i].from += start;
            parts.ranges[i].to += start;
        }
        *why = "it has not so many lines";
    }
    *ranges = parts.ranges;
    *count = parts.count;
    return is_found;
}

/* parsing */

static bool take_number(text words, size_t *at, unsigned long *number)
{
    size_t end = *at;
    while (end < words.length && byte_is_digit(words.bytes[end]))
        end++;
    if (end == *at)
        return false;
    bool is_one = text_to_number(text_slice(words, *at, end), 1000000000, number);
    *at = end;
    return is_one;
}

bool include_parse_lines(struct include_request *request, text words, char range)
{
    size_t at = 0;
    size_t before = request->line_count;
    do {
        struct include_lines lines = {0};
        while (at < words.length && (words.bytes[at] == ' ' || words.bytes[at] == ','))
            at++;
        bool has_first = take_number(words, &at, &lines.first);
        bool is_range = at < words.length && words.bytes[at] == range;
        at += is_range;
        bool has_last = is_range && take_number(words, &at, &lines.last);
        if (!is_range)
            lines.last = lines.first;
        if ((!has_first && !has_last) || request->line_count == INCLUDE_MOST_LINES)
            break;
        request->lines[request->line_count++] = lines;
    } while (at < words.length && (words.bytes[at] == ',' || words.bytes[at] == ' '));
    if (at >= words.length && request->line_count > before)
        return true;
    request->line_count = before;
    return false;
}

size_t include_parse_word(text words, size_t at, text *word)
{
    char quote = at < words.length ? words.bytes[at] : ' ';
    size_t end = at;
    if (quote == '"' || quote == '\'') {
        end = text_find_byte(words, quote, at + 1);
        *word = text_slice(words, at + 1, end);
        return end == SIZE_MAX ? 0 : end + 1;
    }
    while (end < words.length && !strchr(" \t\r\n", words.bytes[end]))
        end++;
    *word = text_slice(words, at, end);
    return end > at ? end : 0;
}

text include_language(text path)
{
    static const char *const names[][2] = {
        {"rs", "rust"},       {"py", "python"}, {"rb", "ruby"},   {"js", "javascript"},
        {"ts", "typescript"}, {"sh", "bash"},   {"yml", "yaml"},  {"md", "markdown"},
        {"hs", "haskell"},    {"kt", "kotlin"}, {"cs", "csharp"}, {"txt", ""},
        {"h", "c"},           {"ex", "elixir"}, {"pl", "perl"},   {"ps1", "powershell"},
    };
    size_t dot = path.length;
    while (dot && path.bytes[dot - 1] != '.' && path.bytes[dot - 1] != '/')
        dot--;
    text extension =
        dot && path.bytes[dot - 1] == '.' ? text_slice(path, dot, path.length) : TEXT_EMPTY;
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        if (text_equal_c(extension, names[i][0]))
            return text_from_c(names[i][1]);
    }
    for (size_t i = 0; i < extension.length; i++) {
        if (!is_name(extension.bytes[i]))
            return TEXT_EMPTY;
    }
    return extension;
}

void include_refuse(struct include_request *request, const char *why, const char *hint)
{
    if (request->refused)
        return;
    request->refused = why;
    request->hint = hint;
}

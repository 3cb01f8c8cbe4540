/* A fix is made of the place of a diagnostic, and only where the source has at that place just what
   the rule saw: an entity, an escape or a translation is left to its author. */
#include "check/fixes.h"

#include <stdlib.h>

struct edit {
    size_t from, to; /* bytes of the source; to: exclusive */
    const char *bytes;
};

struct fixes {
    struct report *report;
    uint32_t file;
    text source;
    struct edit *edits;
    size_t count, capacity;
    struct buffer *said;
};

static size_t offset_of_line(const struct fixes *fixes, uint32_t line)
{
    text bytes = report_line(fixes->report, fixes->file, line);
    return bytes.bytes ? (size_t)(bytes.bytes - fixes->source.bytes) : fixes->source.length;
}

static void add_edit(struct fixes *fixes, size_t from, size_t to, const char *bytes)
{
    ARENA_GROW(fixes->report->arena, fixes->edits, fixes->count, fixes->capacity);
    fixes->edits[fixes->count++] = (struct edit){from, to, bytes};
}

/* The source at the place, which is in one line; empty where it is not. */
static text words_at(const struct fixes *fixes, const struct span *span, size_t *from)
{
    if (span->line == 0 || span->end_line != span->line || span->end_column < span->column)
        return TEXT_EMPTY;
    *from = offset_of_line(fixes, span->line) + span->column - 1;
    return text_slice(fixes->source, *from, *from + span->end_column - span->column + 1);
}

static bool fix_address(struct fixes *fixes, const struct span *span)
{
    size_t from = 0;
    text words = words_at(fixes, span, &from);
    if (!text_starts_with(words, TEXT("http")) || text_find_byte(words, ' ', 0) != SIZE_MAX ||
        text_find_byte(words, '>', 0) != SIZE_MAX)
        return false;
    add_edit(fixes, from, from, "<");
    add_edit(fixes, from + words.length, from + words.length, ">");
    return true;
}

static bool fix_soft_hyphen(struct fixes *fixes, const struct span *span)
{
    size_t from = 0;
    text words = words_at(fixes, span, &from);
    if (!text_equal_c(words, "\xC2\xAD"))
        return false;
    add_edit(fixes, from, from + words.length, "");
    return true;
}

/* A row of no-break spaces becomes one space; underscores and dots may be a form to fill in. */
static bool fix_spaces(struct fixes *fixes, const struct span *span)
{
    size_t from = 0;
    text words = words_at(fixes, span, &from);
    for (size_t i = 0; i < words.length; i += 2) {
        if (!text_starts_with(text_slice(words, i, words.length), TEXT("\xC2\xA0")))
            return false;
    }
    if (words.length < 4)
        return false;
    add_edit(fixes, from, from + words.length, " ");
    return true;
}

/* The length of a bullet at the beginning of the line, with its space; 0: none. */
static size_t bullet_length(text line)
{
    static const char *const bullets[] = {"• ", "‣ ", "▪ ", "● ", "○ ",
                                          "◦ ", "· ", "■ ", "► ", "➢ "};
    for (size_t i = 0; i < sizeof bullets / sizeof bullets[0]; i++) {
        text bullet = text_from_c(bullets[i]);
        if (text_starts_with(line, bullet))
            return bullet.length;
    }
    return 0;
}

static text line_at(const struct fixes *fixes, uint32_t line)
{
    return report_line(fixes->report, fixes->file, line);
}

/* A line of the list, or an empty one between two of them. */
static bool is_of_list(const struct fixes *fixes, uint32_t line)
{
    return line > 0 &&
           (bullet_length(line_at(fixes, line)) ||
            (text_is_blank(line_at(fixes, line)) && bullet_length(line_at(fixes, line - 1)) &&
             bullet_length(line_at(fixes, line + 1))));
}

/* Only where every line is an item: what goes on in a second line may be anything. */
static bool fix_list(struct fixes *fixes, const struct span *span)
{
    uint32_t first = span->line, last = span->line;
    if (span->column != 1 || !bullet_length(line_at(fixes, first)))
        return false;
    while (is_of_list(fixes, first - 1))
        first--;
    while (is_of_list(fixes, last + 1))
        last++;
    if (!text_is_blank(line_at(fixes, first - 1)) || !text_is_blank(line_at(fixes, last + 1)))
        return false;
    for (uint32_t line = first; line <= last; line++) {
        text words = line_at(fixes, line);
        size_t length = bullet_length(words), start = offset_of_line(fixes, line);
        if (length == 0)
            continue;
        add_edit(fixes, start, start + length, "- ");
        if (text_ends_with(words, TEXT("\\")))
            add_edit(fixes, start + words.length - 1, start + words.length, "");
    }
    return true;
}

static const struct {
    const char *rule;
    bool (*fix)(struct fixes *fixes, const struct span *span);
    const char *done;
} kinds[] = {
    {"link-bare-address", fix_address, "put the address between angle brackets"},
    {"soft-hyphen", fix_soft_hyphen, "took the soft hyphen out"},
    {"spaces-for-layout", fix_spaces, "made one space of the row"},
    {"list-typed", fix_list, "made items of a list of the lines"},
};

static void fix_one(struct fixes *fixes, const struct diagnostic *diagnostic)
{
    for (size_t i = 0; i < sizeof kinds / sizeof kinds[0]; i++) {
        if (text_equal_c(text_from_c(kinds[i].rule), diagnostic->rule->id) &&
            kinds[i].fix(fixes, &diagnostic->span))
            buffer_printf(fixes->said, "%.*s:%u: fixed[%s]: %s\n",
                          TEXT_ARGUMENTS(fixes->report->sources[fixes->file].name),
                          diagnostic->span.line, kinds[i].rule, kinds[i].done);
    }
}

static int compare_edits(const void *left, const void *right)
{
    const struct edit *a = left, *b = right;
    if (a->from != b->from)
        return a->from < b->from ? -1 : 1;
    return a->to < b->to ? -1 : a->to > b->to;
}

size_t fixes_apply(struct report *report, uint32_t file, struct buffer *out, struct buffer *said)
{
    if (file >= report->source_count)
        return 0;
    struct fixes fixes = {
        .report = report, .file = file, .source = report->sources[file].bytes, .said = said};
    report_sort(report);
    for (size_t i = 0; i < report->count; i++) {
        if (report->diagnostics[i].span.file == file)
            fix_one(&fixes, &report->diagnostics[i]);
    }
    if (fixes.count == 0)
        return 0;
    qsort(fixes.edits, fixes.count, sizeof *fixes.edits, compare_edits);
    size_t done = 0;
    for (size_t i = 0; i < fixes.count; i++) {
        const struct edit *edit = &fixes.edits[i];
        if (edit->from < done ||
            (i && edit->from == fixes.edits[i - 1].from && edit->to == fixes.edits[i - 1].to))
            continue; /* the same list was reported twice */
        buffer_add_text(out, text_slice(fixes.source, done, edit->from));
        buffer_add_c(out, edit->bytes);
        done = edit->to;
    }
    buffer_add_text(out, text_slice(fixes.source, done, fixes.source.length));
    return fixes.count;
}

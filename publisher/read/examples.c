/* Example lists, after Pandoc: `(@) words`, `(@label) words`, counted through the whole document,
   and `(@label)` or `@label` in the text for the number. lists.c makes the items.

   "(@ann) mended it" is how a list of changes names people. So such lines begin examples only where
   one of them has no label, or where a label is used again. */
#include "read/dialect.h"

#include "document/list_labels.h"
#include "read/code_lines.h"

#include <string.h>

enum { LONGEST_LABEL = 100 };

static bool is_of_label(char c)
{
    return text_is_ascii_alphanumeric(c) || c == '-' || c == '_';
}

static size_t label_end(text words, size_t from)
{
    size_t end = from;
    while (end < words.length && end < from + LONGEST_LABEL && is_of_label(words.bytes[end]))
        end++;
    return end;
}

size_t example_marker(text line, text *label)
{
    size_t end = text_starts_with(line, TEXT("(@")) ? label_end(line, 2) : 0;
    if (end == 0 || end + 1 >= line.length || line.bytes[end] != ')' ||
        (line.bytes[end + 1] != ' ' && line.bytes[end + 1] != '\t') ||
        text_is_blank(text_slice(line, end + 1, line.length)))
        return 0;
    *label = text_slice(line, 2, end);
    return end + 1;
}

/* Where the words of a line begin, behind the signs of quotations. */
static size_t skip_to_words(text source, size_t at)
{
    while (at < source.length && source.bytes[at] && strchr(" \t>", source.bytes[at]))
        at++;
    return at;
}

/* The labels of lines that may begin examples; *has_plain: one of them has none. */
static struct id_map *find_labels(const struct reader *reader, text body, bool *has_plain)
{
    struct id_map *labels = id_map_new(reader->arena);
    struct source_lines lines = SOURCE_LINES(body, 0, CODE_LINES_BEGIN);
    *has_plain = false;
    while (source_lines_next(&lines)) {
        text label;
        if (lines.kind != LINE_WORDS ||
            !example_marker(text_slice(body, skip_to_words(body, lines.from), lines.to), &label))
            continue;
        *has_plain = *has_plain || label.length == 0;
        id_map_add(labels, label, reader->document->root, NULL);
    }
    return labels;
}

static bool is_any_used(const struct reader *reader)
{
    text body = reader_body(reader);
    if (text_find(body, TEXT("(@"), 0) == SIZE_MAX)
        return false;
    bool has_plain;
    struct id_map *labels = find_labels(reader, body, &has_plain);
    if (has_plain)
        return true;
    struct id_map *seen = id_map_new(reader->arena);
    for (size_t at = text_find_byte(body, '@', 0); at != SIZE_MAX;
         at = text_find_byte(body, '@', at + 1)) {
        text label = text_slice(body, at + 1, label_end(body, at + 1));
        if (label.length && id_map_find(labels, label) &&
            !id_map_add(seen, label, reader->document->root, NULL))
            return true;
    }
    return false;
}

bool examples_are_read(struct reader *reader)
{
    if (!reader->examples) {
        reader->examples = id_map_new(reader->arena);
        reader->reads_examples = is_any_used(reader);
    }
    return reader->reads_examples;
}

struct node *example_new(struct reader *reader, text label, struct span span)
{
    struct node *item = node_new(reader->arena, NODE_LIST_ITEM, span), *holder = NULL;
    item->list_item.number = ++reader->example_count;
    if (label.length &&
        !id_map_add(reader->examples, arena_copy(reader->arena, label), item, &holder)) {
        text hint = arena_printf(reader->arena, "it is taken in line %u: choose another",
                                 holder->span.line);
        report_error(reader->report, "id-duplicate", span, hint.bytes,
                     "the example @%.*s is given twice", TEXT_ARGUMENTS(label));
    }
    return item;
}

struct node *example_find(const struct reader *reader, text label)
{
    return reader->examples ? id_map_find(reader->examples, label) : NULL;
}

#include "references/tagged.h"

#include <string.h>

/* Two to four capitals or digits, spaces up to the fifth place, a hyphen. */
static bool is_tagged(text line)
{
    size_t letters = 0;
    while (letters < line.length && letters < 4 &&
           ((line.bytes[letters] >= 'A' && line.bytes[letters] <= 'Z') ||
            (letters && line.bytes[letters] >= '0' && line.bytes[letters] <= '9')))
        letters++;
    size_t hyphen = letters;
    while (hyphen < 4 && hyphen < line.length && line.bytes[hyphen] == ' ')
        hyphen++;
    bool ends = line.length == 5 || (line.length > 5 && strchr(" \r\t", line.bytes[5]));
    return letters >= 2 && hyphen == 4 && line.length >= 5 && line.bytes[4] == '-' && ends;
}

/* The line at the offset, without its end, and the offset of the next. */
static text line_at(text bytes, size_t from, size_t *next)
{
    size_t end = text_find_byte(bytes, '\n', from);
    end = end == SIZE_MAX ? bytes.length : end;
    *next = end + 1;
    return text_slice(bytes, from, end);
}

bool tagged_next(struct tagged *tagged, struct tagged_line *line)
{
    struct library *library = tagged->into;
    text bytes = library->bytes;
    if (tagged->at == 0 && text_starts_with(bytes, TEXT("\xEF\xBB\xBF")))
        tagged->at = 3;
    size_t from = tagged->at, next = from;
    text first = TEXT_EMPTY;
    for (; from < bytes.length; from = next) {
        first = line_at(bytes, from, &next);
        if (tagged->ends_at_blank || !text_is_blank(first))
            break;
    }
    if (from >= bytes.length)
        return false;
    bool has_tag = is_tagged(first);
    *line = (struct tagged_line){
        .tag = has_tag ? text_trim(text_slice(first, 0, 4)) : TEXT_EMPTY,
        .words = library_clean(library, text_slice(first, has_tag ? 5 : 0, first.length)),
        .span = library_span(library, from, from + text_trim(first).length),
    };
    struct words_list list = {0};
    bool goes_on = has_tag && !text_equal_c(line->tag, "ER"); /* the end of a reference of RIS */
    for (size_t at = next; goes_on && at < bytes.length; at = next) {
        size_t after;
        text more = line_at(bytes, at, &after);
        if (is_tagged(more) || (tagged->ends_at_blank && text_is_blank(more)))
            break;
        next = after;
        if (text_is_blank(more))
            continue;
        if (list.count == 0)
            words_list_add(library->arena, &list, line->words);
        words_list_add(library->arena, &list, library_clean(library, more));
    }
    if (list.count)
        line->words = words_list_join(library->arena, &list, " ");
    line->words = library_without_entities(library, line->words, tagged->has_entities_of_markup);
    tagged->at = next;
    return true;
}

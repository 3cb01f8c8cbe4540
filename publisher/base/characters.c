#include "base/characters.h"

#include <string.h>

#define BYTE_ORDER_MARK "\xEF\xBB\xBF"

enum character_fault character_fault(uint32_t c)
{
    if (c < 0x20)
        return c == '\t' || c == '\n' || c == '\r' ? CHARACTER_GOOD : CHARACTER_CONTROL;
    if (c < 0x7F)
        return CHARACTER_GOOD;
    if (c < 0xA0 || (c >= 0xFDD0 && c <= 0xFDEF) || (c & 0xFFFE) == 0xFFFE)
        return CHARACTER_CONTROL;
    return c == 0xFEFF ? CHARACTER_MARK : c == 0xFFFD ? CHARACTER_LOST : CHARACTER_GOOD;
}

bool characters_find(text t, enum character_fault fault, size_t *offset)
{
    while (*offset < t.length) {
        size_t next = *offset;
        if (character_fault(text_next(t, &next)) == fault)
            return true;
        *offset = next;
    }
    return false;
}

static text without_marks(struct arena *arena, text t, size_t from)
{
    text mark = TEXT(BYTE_ORDER_MARK);
    size_t next = text_find(t, mark, from);
    if (next == SIZE_MAX)
        return t;
    char *bytes = arena_copy_c(arena, t);
    size_t length = 0, at = 0;
    for (; next != SIZE_MAX; next = text_find(t, mark, at)) {
        memmove(bytes + length, t.bytes + at, next - at);
        length += next - at;
        at = next + mark.length;
    }
    memmove(bytes + length, t.bytes + at, t.length - at);
    length += t.length - at;
    bytes[length] = '\0';
    return (text){bytes, length};
}

text characters_clean(struct arena *arena, text t)
{
    return without_marks(arena, t, 0);
}

text characters_of_file(struct arena *arena, text bytes)
{
    return without_marks(arena, bytes, text_starts_with(bytes, TEXT(BYTE_ORDER_MARK)) ? 3 : 0);
}

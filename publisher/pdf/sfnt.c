#include "pdf/sfnt.h"

#include <string.h>

uint32_t sfnt_number(struct sfnt_table *table, size_t at, unsigned size)
{
    if (at > table->length || size > table->length - at) {
        table->is_unsound = true;
        return 0;
    }
    uint32_t value = 0;
    for (unsigned i = 0; i < size; i++)
        value = value << 8 | table->bytes[at + i];
    return value;
}

int sfnt_signed(struct sfnt_table *table, size_t at)
{
    return (int16_t)sfnt_number(table, at, 2);
}

struct sfnt_table sfnt_find(unsigned char *font, size_t length, const char *tag)
{
    struct sfnt_table file = {font, length, false};
    unsigned count = sfnt_number(&file, 4, 2);
    for (unsigned i = 0; i < count && !file.is_unsound; i++) {
        size_t row = 12 + 16 * (size_t)i;
        size_t from = sfnt_number(&file, row + 8, 4), size = sfnt_number(&file, row + 12, 4);
        if (!file.is_unsound && !memcmp(font + row, tag, 4))
            return from <= length && size <= length - from
                       ? (struct sfnt_table){font + from, size, false}
                       : (struct sfnt_table){NULL, 0, true};
    }
    return (struct sfnt_table){NULL, 0, false};
}

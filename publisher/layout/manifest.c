#include "layout/manifest.h"

bool manifest_next(struct manifest_reader *reader, text *line)
{
    while (reader->offset < reader->bytes.length) {
        size_t end = text_find_byte(reader->bytes, '\n', reader->offset);
        *line = text_trim(text_slice(reader->bytes, reader->offset, end));
        reader->offset = end == SIZE_MAX ? reader->bytes.length : end + 1;
        reader->line++;
        if (line->length && line->bytes[0] != '#')
            return true;
    }
    return false;
}

size_t manifest_split(text line, text *columns, size_t most)
{
    size_t count = 0, from = 0;
    while (count < most) {
        size_t bar = text_find_byte(line, '|', from);
        columns[count++] = text_trim(text_slice(line, from, bar));
        if (bar == SIZE_MAX)
            break;
        from = bar + 1;
    }
    return count;
}

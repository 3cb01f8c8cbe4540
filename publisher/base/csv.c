#include "base/csv.h"

#include "base/limits.h"

#include <string.h>

struct csv_reader {
    struct arena *arena;
    text bytes;
    size_t at;
    char separator;
    struct csv_fault *fault;
    size_t cell_count;
    struct csv_cell *cells; /* of the row that is read */
    size_t count, capacity;
};

static char peek(const struct csv_reader *reader)
{
    return reader->at < reader->bytes.length ? reader->bytes.bytes[reader->at] : '\n';
}

static bool fail(struct csv_reader *reader, size_t from, size_t to, const char *why,
                 const char *hint)
{
    *reader->fault = (struct csv_fault){why, hint, from, to};
    return false;
}

/* The separator that the first row with words has most of. */
static char find_separator(text bytes)
{
    static const char signs[] = ",;\t";
    size_t counts[sizeof signs - 1] = {0}, most = 0;
    bool is_quoted = false;
    size_t first = 0;
    while (first < bytes.length && strchr("\r\n ", bytes.bytes[first]))
        first++;
    for (size_t i = first; i < bytes.length && (is_quoted || bytes.bytes[i] != '\n'); i++) {
        const char *sign = bytes.bytes[i] ? strchr(signs, bytes.bytes[i]) : NULL;
        is_quoted = is_quoted != (bytes.bytes[i] == '"');
        if (sign && !is_quoted)
            counts[sign - signs]++;
    }
    for (size_t i = 1; i < sizeof counts / sizeof *counts; i++)
        most = counts[i] > counts[most] ? i : most;
    return signs[most];
}

/* `sep=;`, the first line that spreadsheets write for each other: what it names, and the offset
   behind the sign. 0: there is none. */
static char read_named_separator(text bytes, size_t *at)
{
    size_t sign = *at + strlen("sep=");
    text line = text_slice(bytes, *at, text_find_byte(bytes, '\n', *at));
    line = text_slice(line, 0, line.length - text_ends_with(line, TEXT("\r")));
    if (line.length != strlen("sep=") + 1 || !text_starts_with(line, TEXT("sep=")) ||
        !bytes.bytes[sign] || !strchr(",;\t", bytes.bytes[sign]))
        return '\0';
    *at = sign + 1;
    return bytes.bytes[sign];
}

/* Whether a row ends here: a CR is of the line's end where LF follows, or nothing. */
static bool is_row_end(const struct csv_reader *reader)
{
    size_t next = reader->at + 1;
    char c = peek(reader);
    return c == '\n' ||
           (c == '\r' && (next >= reader->bytes.length || reader->bytes.bytes[next] == '\n'));
}

static bool is_blank(char c)
{
    return c == ' ' || c == '\t';
}

/* A value between quotation marks; the first stands here. */
static bool read_quoted(struct csv_reader *reader, struct csv_cell *cell)
{
    size_t open = reader->at++;
    bool has_twice = false;
    for (;; reader->at++) {
        if (reader->at >= reader->bytes.length)
            return fail(reader, open, open + 1, "a quotation mark begins a value that never ends",
                        "end it with another one, or write it twice if it is of the words");
        if (peek(reader) != '"')
            continue;
        if (reader->at + 1 >= reader->bytes.length || reader->bytes.bytes[reader->at + 1] != '"')
            break;
        has_twice = true;
        reader->at++;
    }
    cell->words = text_slice(reader->bytes, open + 1, reader->at);
    reader->at++;
    if (has_twice) {
        char *words = arena_copy_c(reader->arena, cell->words);
        size_t length = 0;
        for (size_t i = 0; i < cell->words.length; i++) {
            words[length++] = words[i];
            i += words[i] == '"';
        }
        cell->words = (text){words, length};
    }
    cell->to = reader->at;
    while (is_blank(peek(reader)) && peek(reader) != reader->separator)
        reader->at++;
    return is_row_end(reader) || peek(reader) == reader->separator ||
           fail(reader, cell->to - 1, cell->to,
                "a quotation mark ends a value, and the value goes on",
                "write each quotation mark within a value twice");
}

static bool read_plain(struct csv_reader *reader, struct csv_cell *cell)
{
    size_t from = reader->at;
    while (!is_row_end(reader) && peek(reader) != reader->separator) {
        if (peek(reader) == '"')
            return fail(reader, reader->at, reader->at + 1,
                        "a quotation mark stands within a value that begins without one",
                        "put the value between quotation marks, and write those in it twice");
        reader->at++;
    }
    cell->words = text_trim(text_slice(reader->bytes, from, reader->at));
    cell->to = reader->at;
    return true;
}

/* Up to the end of the row, which is passed. */
static bool read_row(struct csv_reader *reader)
{
    reader->count = 0;
    for (;;) {
        size_t from = reader->at;
        while (is_blank(peek(reader)) && peek(reader) != reader->separator)
            reader->at++;
        struct csv_cell cell = {.words = TEXT_EMPTY, .from = from};
        bool is_quoted = reader->at < reader->bytes.length && peek(reader) == '"';
        if (is_quoted)
            cell.from = reader->at;
        if (!(is_quoted ? read_quoted(reader, &cell) : read_plain(reader, &cell)))
            return false;
        if (reader->count >= LIMIT_DATA_COLUMNS || ++reader->cell_count > LIMIT_DATA_CELLS)
            return fail(reader, cell.from, cell.to,
                        reader->count >= LIMIT_DATA_COLUMNS
                            ? "a row has more than 1000 cells"
                            : "the file has more than 4 million cells",
                        "take out columns that nothing asks for, or make several files");
        ARENA_GROW(reader->arena, reader->cells, reader->count, reader->capacity);
        reader->cells[reader->count++] = cell;
        if (is_row_end(reader))
            break;
        reader->at++;
    }
    reader->at += peek(reader) == '\r';
    reader->at++;
    return true;
}

/* A blank line, or the row of separators that spreadsheets leave behind. */
static bool is_empty(const struct csv_reader *reader)
{
    size_t i = 0;
    while (i < reader->count && reader->cells[i].words.length == 0)
        i++;
    return i == reader->count;
}

bool csv_read(struct arena *arena, text bytes, char separator, struct csv *csv,
              struct csv_fault *fault)
{
    struct csv_reader reader = {.arena = arena, .bytes = bytes, .fault = fault};
    size_t capacity = 0;
    *csv = (struct csv){0};
    if (text_starts_with(bytes, TEXT("\xEF\xBB\xBF")))
        reader.at = 3;
    char named = read_named_separator(bytes, &reader.at);
    separator = separator ? separator : named;
    reader.separator =
        separator ? separator : find_separator(text_slice(bytes, reader.at, bytes.length));
    csv->separator = reader.separator;
    while (reader.at < bytes.length) {
        if (!read_row(&reader))
            return false;
        if (is_empty(&reader))
            continue;
        const struct csv_cell *last = &reader.cells[reader.count - 1];
        if (csv->count && reader.count != csv->rows[0].count)
            return fail(&reader, reader.cells[0].from, last->to,
                        reader.count < csv->rows[0].count
                            ? "the row has fewer cells than the first one"
                            : "the row has more cells than the first one",
                        "put a value that holds the separator between quotation marks; write one "
                        "separator less than there are columns");
        struct csv_row row = {.cells = ARENA_NEW_ARRAY(arena, reader.count, struct csv_cell),
                              .count = reader.count};
        memcpy(row.cells, reader.cells, reader.count * sizeof *row.cells);
        ARENA_GROW(arena, csv->rows, csv->count, capacity);
        csv->rows[csv->count++] = row;
    }
    return csv->count || fail(&reader, 0, 0, "the file has no rows", "write a first row of names");
}

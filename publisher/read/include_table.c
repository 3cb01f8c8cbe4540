/* Files of CSV as tables, {{< table x.csv >}}: one between bars takes the place of the notation, as
   an author would type it. Each cell stands for its bytes in the file, so what is found in it is
   told there; its words are words, with a backslash before each sign that would be more. A caption
   and attributes stand below, as below any table. */
#include "base/buffer.h"
#include "base/csv.h"
#include "base/limits.h"
#include "read/includes.h"

#include <string.h>

struct table {
    struct arena *arena;
    struct csv csv;
    struct include_piece *pieces;
    size_t count, capacity;
    struct buffer words;
};

static void add(struct table *table, text words, size_t from, size_t to, bool ends_line)
{
    ARENA_GROW(table->arena, table->pieces, table->count, table->capacity);
    table->pieces[table->count++] = (struct include_piece){words, from, to, ends_line};
}

/* The signs that mean something to whoever reads Markdown, in the middle of words too. */
static bool is_sign(text words, size_t at)
{
    char c = words.bytes[at], next = at + 1 < words.length ? words.bytes[at + 1] : '\0';
    if (c == '=' || c == '+' || c == '-' || c == '%' || c == '\'') /* twice */
        return next == c || (at && words.bytes[at - 1] == c);
    return c && strchr("\\`*_{}[]<>#~^$@|&:", c);
}

static text plain(struct table *table, text words)
{
    buffer_clear(&table->words);
    for (size_t i = 0; i < words.length; i++) {
        char c = words.bytes[i];
        bool is_white = byte_is_white(c);
        if (is_white && i && byte_is_white(words.bytes[i - 1]))
            continue;
        if (is_sign(words, i))
            buffer_add_byte(&table->words, '\\');
        buffer_add_byte(&table->words, is_white ? ' ' : c);
    }
    return arena_copy(table->arena, text_trim(buffer_text(&table->words)));
}

/* Digits with what stands in and around a number: 1,234.5  -3 %  € 5  1 000 */
static bool is_number(text words)
{
    bool has_digit = false;
    for (size_t i = 0; i < words.length; i++) {
        char c = words.bytes[i];
        has_digit = has_digit || byte_is_digit(c);
        if (!byte_is_digit(c) && !strchr(" .,'+-%$", c) && (unsigned char)c < 0x80)
            return false;
    }
    size_t offset = 0;
    for (uint32_t c; (c = text_next(words, &offset)) != UINT32_MAX;) {
        bool is_space = c == 0xA0 || c == 0x2009 || c == 0x202F;
        bool is_currency = (c >= 0x20A0 && c <= 0x20CF) || (c >= 0xA2 && c <= 0xA5);
        if (c >= 0x80 && !is_space && !is_currency && c != 0x2212 && c != 0x2019)
            return false;
    }
    return has_digit;
}

/* Nothing but numbers below the first row, and at least one. */
static bool is_of_numbers(const struct csv *csv, size_t column)
{
    bool has_any = false;
    for (size_t row = 1; row < csv->count; row++) {
        text words = text_trim(csv->rows[row].cells[column].words);
        if (words.length && !text_equal_c(words, "-") && !text_equal_c(words, "\xE2\x80\x93")) {
            if (!is_number(words))
                return false;
            has_any = true;
        }
    }
    return has_any;
}

static void add_rule(struct table *table, text alignment)
{
    const struct csv_row *head = &table->csv.rows[0];
    for (size_t i = 0; i < head->count; i++) {
        char side = i < alignment.length            ? alignment.bytes[i]
                    : is_of_numbers(&table->csv, i) ? 'r'
                                                    : 'l';
        const struct csv_cell *cell = &head->cells[i];
        text rule = side == 'r' ? TEXT("| --: ") : side == 'c' ? TEXT("| :-: ") : TEXT("| --- ");
        add(table, rule, cell->from, cell->to, false);
    }
    add(table, TEXT("|"), head->cells[head->count - 1].to, head->cells[head->count - 1].to, true);
}

static void add_row(struct table *table, size_t row)
{
    const struct csv_row *cells = &table->csv.rows[row];
    for (size_t i = 0; i < cells->count; i++) {
        const struct csv_cell *cell = &cells->cells[i];
        add(table, TEXT("| "), cell->from, cell->from, false);
        add(table, plain(table, cell->words), cell->from, cell->to, false);
        add(table, TEXT(" "), cell->to, cell->to, false);
    }
    size_t end = cells->cells[cells->count - 1].to;
    add(table, TEXT("|"), end, end, row + 1 < table->csv.count);
}

static bool fail(struct csv_fault *fault, const char *why, const char *hint)
{
    *fault = (struct csv_fault){.why = why, .hint = hint};
    return false;
}

bool include_read_table(struct arena *arena, const struct include_request *request, text bytes,
                        struct include_table *made, struct csv_fault *fault)
{
    struct table table = {.arena = arena};
    text sides = request->alignment;
    if (bytes.length > LIMIT_TABLE_DATA_BYTES)
        return fail(fault, "a table is of one MB at most", "show a part of it");
    if (!csv_read(arena, bytes, request->separator, &table.csv, fault))
        return false;
    if (table.csv.count < 2)
        return fail(fault, "the file has no row below the names of its columns",
                    "write a row below the first");
    if (sides.length && sides.length != table.csv.rows[0].count)
        return fail(fault, "align has not as many letters as there are columns",
                    "write l, r or c for each column, such as align=\"lrr\"");
    for (size_t i = 0; i < sides.length; i++) {
        if (!strchr("lrc", sides.bytes[i]))
            return fail(fault, "align has other letters than l, r and c",
                        "write l, r or c for each column, such as align=\"lrr\"");
    }
    buffer_init(&table.words, 4 * LIMIT_TABLE_DATA_BYTES);
    add_row(&table, 0);
    table.pieces[table.count - 1].ends_line = true;
    add_rule(&table, sides);
    for (size_t row = 1; row < table.csv.count; row++)
        add_row(&table, row);
    buffer_release(&table.words);
    *made = (struct include_table){table.pieces, table.count,
                                   table.csv.count * table.csv.rows[0].count};
    return true;
}

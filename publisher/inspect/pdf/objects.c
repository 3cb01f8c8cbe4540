/* What is known of a PDF's objects, by their numbers. A foreign file may number them as it likes,
   in any order and with any gaps, and its trailer may promise fewer than there are: a row is made
   for each number of which something is kept, found by a table of open addresses. */
#include "inspect/pdf/reader.h"

#include <stdlib.h>
#include <string.h>

enum {
    FIRST_SLOTS = 1024,
    MOST_PLAIN = 8 * 1024 * 1024, /* numbers below are bits of a set by themselves, without a row */
};

static size_t slot_of(const struct object_rows *rows, uint32_t number)
{
    /* the high bits of a product with the golden ratio: numbers in even steps do not meet */
    unsigned bits = (unsigned)__builtin_ctzl(rows->slot_count);
    size_t slot = (size_t)(number * 0x9E3779B97F4A7C15u >> (64 - bits));
    while (rows->slots[slot] && rows->rows[rows->slots[slot] - 1].number != number)
        slot = (slot + 1) & (rows->slot_count - 1);
    return slot;
}

static void grow(struct pdf_reader *reader)
{
    struct object_rows *rows = &reader->objects;
    rows->slot_count = rows->slot_count ? 2 * rows->slot_count : FIRST_SLOTS;
    free(rows->slots);
    rows->slots = memory_allocate(rows->slot_count * sizeof *rows->slots);
    memset(rows->slots, 0, rows->slot_count * sizeof *rows->slots);
    for (size_t i = 0; i < rows->count; i++)
        rows->slots[slot_of(rows, rows->rows[i].number)] = (uint32_t)i + 1;
}

static uint32_t find_row(struct pdf_reader *reader, uint32_t number)
{
    struct object_rows *rows = &reader->objects;
    if (2 * rows->count >= rows->slot_count)
        grow(reader);
    size_t slot = slot_of(rows, number);
    if (!rows->slots[slot]) {
        if (rows->count == rows->capacity) {
            rows->capacity = rows->capacity ? rows->capacity + rows->capacity / 2 : FIRST_SLOTS / 2;
            rows->rows = memory_reallocate(rows->rows, rows->capacity * sizeof *rows->rows);
        }
        rows->rows[rows->count] = (struct object_row){.number = number};
        rows->slots[slot] = (uint32_t)++rows->count;
    }
    return rows->slots[slot] - 1;
}

struct object_row *pdf_object_row(struct pdf_reader *reader, uint32_t number)
{
    uint32_t row = find_row(reader, number); /* which may move them all */
    return &reader->objects.rows[row];
}

void pdf_release_rows(struct pdf_reader *reader)
{
    free(reader->objects.rows);
    free(reader->objects.slots);
}

uint32_t pdf_page_of(struct pdf_reader *reader, uint32_t number)
{
    const struct object_rows *rows = &reader->objects;
    uint32_t row = rows->slot_count ? rows->slots[slot_of(rows, number)] : 0;
    return row ? rows->rows[row - 1].page : 0;
}

/* True where the bit was not set yet. */
static bool set_bit(struct arena *arena, struct bits *set, uint32_t bit)
{
    if (bit / 8 >= set->size) {
        size_t size = 2 * set->size > bit / 8 + 128 ? 2 * set->size : bit / 8 + 128;
        uint8_t *bytes = arena_allocate(arena, size);
        if (set->size)
            memcpy(bytes, set->bytes, set->size);
        set->bytes = bytes;
        set->size = size;
    }
    uint8_t mask = (uint8_t)(1u << bit % 8);
    if (set->bytes[bit / 8] & mask)
        return false;
    set->bytes[bit / 8] |= mask;
    return true;
}

bool number_set_add(struct pdf_reader *reader, struct number_set *set, uint32_t number)
{
    if (number < MOST_PLAIN)
        return set_bit(reader->file.arena, &set->plain, number);
    return set_bit(reader->file.arena, &set->others, find_row(reader, number));
}

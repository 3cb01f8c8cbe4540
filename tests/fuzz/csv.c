/* CSV: any bytes. Whatever they are, all rows have as many cells, each cell lies within the file,
   behind the one before it, and holds no more bytes than it takes up there. */
#include "base/csv.h"

#include <assert.h>

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length);

static void check_rows(const struct csv *csv, size_t length)
{
    size_t at = 0;
    for (size_t i = 0; i < csv->count; i++) {
        assert(csv->rows[i].count == csv->rows[0].count && csv->rows[i].count > 0);
        for (size_t c = 0; c < csv->rows[i].count; c++) {
            const struct csv_cell *cell = &csv->rows[i].cells[c];
            assert(cell->from >= at && cell->to >= cell->from && cell->to <= length);
            assert(cell->words.length <= cell->to - cell->from);
            at = cell->to;
        }
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
    static const char separators[] = {'\0', ',', ';', '\t'};
    for (size_t i = 0; i < sizeof separators; i++) {
        struct arena arena;
        struct csv csv;
        struct csv_fault fault = {0};
        arena_init(&arena);
        text source = arena_copy(&arena, (text){(const char *)bytes, length});
        if (csv_read(&arena, source, separators[i], &csv, &fault))
            check_rows(&csv, length);
        else
            assert(fault.why && fault.hint && fault.from <= fault.to && fault.from <= length);
        arena_release(&arena);
    }
    return 0;
}

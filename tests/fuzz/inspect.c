/* PDFs and EPUBs of any origin: no crash, no hang, UTF-8 in what is told, in every format. */
#include "inspect/inspect.h"
#include "archive.h"
#include "inspect/report/report.h"

#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
size_t LLVMFuzzerMutate(uint8_t *data, size_t size, size_t most);
size_t LLVMFuzzerCustomMutator(uint8_t *data, size_t size, size_t most, unsigned seed);

size_t LLVMFuzzerCustomMutator(uint8_t *data, size_t size, size_t most, unsigned seed)
{
    return archive_mutate(data, size, most, seed, LLVMFuzzerMutate);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const enum inspect_format formats[] = {INSPECT_TEXT, INSPECT_JSON};
    struct arena arena;
    arena_init(&arena);
    text bytes = arena_copy(&arena, (text){(const char *)data, size});
    const struct inspection *inspection = inspect(&arena, TEXT("file"), bytes);
    for (size_t i = 0; i < sizeof formats / sizeof *formats; i++) {
        struct buffer out;
        buffer_init(&out, 1 << 26);
        if (inspection_write(inspection, formats[i], &out) &&
            text_find_invalid_utf8(buffer_text(&out)) != SIZE_MAX)
            abort();
        buffer_release(&out);
    }
    /* The report without pictures: they are drawn by processes of their own. */
    struct buffer report;
    buffer_init(&report, 1 << 26);
    report_write(inspection, NULL, &report);
    if (!report.overflowed && text_find_invalid_utf8(buffer_text(&report)) != SIZE_MAX)
        abort();
    buffer_release(&report);
    arena_release(&arena);
    return 0;
}

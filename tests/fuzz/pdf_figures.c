/* Figures in PDF: a drawing comes out that can be read, or a reason. A child process draws, so this
   is slow; what it gives is read in this one. */
#include "read/pictures.h"

#include "base/arena.h"

#include <assert.h>

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length);

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
    struct arena arena;
    arena_init(&arena);
    struct image image = {.bytes = {(const char *)bytes, length}};
    const char *why = NULL;
    if (read_pdf_figure(&arena, &image, &why)) {
        why = NULL;
        assert(read_svg(&arena, &image, NULL, &why) || why);
    } else {
        assert(why);
    }
    arena_release(&arena);
    return 0;
}

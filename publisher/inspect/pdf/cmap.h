/* CMaps: of codes to Unicode (ISO 32000-1, 9.10.3) and of codes to CIDs (9.7.5). */
#ifndef LECTERN_INSPECT_PDF_CMAP_H
#define LECTERN_INSPECT_PDF_CMAP_H

#include "base/arena.h"
#include "base/buffer.h"

struct cmap_range {
    uint32_t first, last; /* codes */
    uint32_t value;       /* a CID, or the offset of UTF-16BE in cmap.units */
    uint16_t units;       /* bytes of UTF-16BE; 0 for CIDs */
    uint8_t bytes;        /* of the code */
};

struct code_space {
    uint32_t low, high;
    uint8_t bytes;
};

struct cmap {
    struct cmap_range *ranges; /* sorted by bytes and first */
    size_t count, capacity;
    struct code_space *spaces;
    size_t space_count, space_capacity;
    char *units;
    size_t unit_count, unit_capacity;
    text uses; /* usecmap */
    text registry, ordering;
    int supplement; /* -1: not said */
    int writing_mode;
    bool has_zero, has_mark; /* maps to U+0000; to U+FEFF or U+FFFE */
};

/* Reads the bytes of a CMap; what is not understood is passed over. */
void cmap_read(struct cmap *cmap, struct arena *arena, text bytes);
/* How many bytes the code at the front of the string has, by the code spaces; at least 1. */
int cmap_code_bytes(const struct cmap *cmap, text string);
/* The range that holds a code of that many bytes; NULL: none does. */
const struct cmap_range *cmap_find(const struct cmap *cmap, uint32_t code, int bytes);
/* The code's value as UTF-8 (at most `room` bytes); 0 where it has none. */
size_t cmap_unicode(const struct cmap *cmap, uint32_t code, int bytes, char *out, size_t room);

#endif
